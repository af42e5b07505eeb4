package github_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

func clientOf(t *testing.T, s *githubtest.Server, token string, change ...func(*github.Options)) *github.Client {
	t.Helper()
	o := github.Options{
		API: s.URL(), GraphQL: s.GraphQL(), Token: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token}),
		Sleep: func(_ context.Context, d time.Duration) error { s.Sleep(d); return nil },
		Log:   func(line string) { t.Log(line) },
	}
	for _, f := range change {
		f(&o)
	}
	c, err := github.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func gather(t *testing.T, c *github.Client, ask github.Ask) *review.Pull {
	t.Helper()
	ask.Repo = "acme/site"
	pull, err := c.Gather(context.Background(), ask)
	if err != nil {
		t.Fatal(err)
	}
	return pull
}

// file returns a file of a pull request by its name.
func file(t *testing.T, pull *review.Pull, path string) review.PullFile {
	t.Helper()
	for _, f := range pull.Files {
		if f.Path == path {
			return f
		}
	}
	t.Fatalf("%s is not among %d files", path, len(pull.Files))
	return review.PullFile{}
}

// pages makes so many pages of prose.
func pages(n int, about string) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("blog/page-%03d.md", i)] = fmt.Sprintf("# Page %d\n\nIt is about %s.\n\nIt ends here.\n", i, about)
	}
	return files
}

// operations are the names of what was asked.
func operations(all githubtest.Requests) string {
	var names []string
	for _, r := range all {
		names = append(names, r.Operation)
	}
	return strings.Join(names, ", ")
}

func TestWhatAReviewCosts(t *testing.T) {
	for _, tt := range []struct {
		name     string
		files    int
		comments int
		checkout bool
		summary  bool
		mended   int
		want     string
	}{
		{"8 files, 5 comments, a checkout", 8, 5, true, false, 0, "query Gather, pulls/list-files, pulls/get, pulls/create-review, checks/create"},
		{"8 files, 5 comments", 8, 5, false, false, 0, "query Gather, pulls/list-files, query Texts, pulls/get, pulls/create-review, checks/create"},
		{"100 files, 20 comments, a checkout", 100, 20, true, false, 0, "query Gather, pulls/list-files, pulls/get, pulls/create-review, checks/create"},
		{"100 files, 20 comments", 100, 20, false, false, 0, "query Gather, pulls/list-files, query Texts, pulls/get, pulls/create-review, checks/create"},
		{"8 files, 5 comments, a summary, three mended, a checkout", 8, 5, true, true, 3,
			"query Gather, pulls/list-files, pulls/get, pulls/create-review, mutation updatePullRequestReviewComment×3 minimizeComment×3 addComment createCheckRun"},
		{"100 files, summary only, a checkout", 100, 0, true, true, 0, "query Gather, pulls/list-files, pulls/get, mutation addComment createCheckRun"},
		{"100 files, summary only", 100, 0, false, true, 0, "query Gather, pulls/list-files, query Texts, pulls/get, mutation addComment createCheckRun"},
		{"three mended, nothing new", 8, 0, false, false, 3,
			"query Gather, pulls/list-files, query Texts, pulls/get, mutation updatePullRequestReviewComment×3 minimizeComment×3 createCheckRun"},
		{"nothing new", 8, 0, false, false, 0, "query Gather, pulls/list-files, query Texts, checks/create"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := githubtest.New(t)
			repo := s.Repo("acme/site")
			repo.Commit("main", map[string]string{"README.md": "# Site\n"}, "Begin")
			head := repo.Commit("work", pages(tt.files, "rounds"), "Pages")
			p := repo.Open("work", "main", githubtest.PR{})
			c := clientOf(t, s, p.Token())
			ask := github.Ask{Number: p.Number}
			if tt.checkout {
				ask.Checkout = repo.Clone(t, head)
			}
			var stood []githubtest.Thread
			for i := range tt.mended {
				stood = append(stood, p.Remark("github-actions[bot]", fmt.Sprintf("blog/page-%03d.md", i), 3, "What did she lose?"))
			}
			s.Forget()
			pull := gather(t, c, ask)
			deeds := review.Deeds{Check: review.Verdict{Conclusion: "neutral", Title: "t", Summary: "s"}}
			for i := range tt.comments {
				f := pull.Files[i%len(pull.Files)]
				if !strings.HasPrefix(string(f.Text), "# Page") {
					t.Fatalf("%s holds %q", f.Path, f.Text)
				}
				deeds.Posts = append(deeds.Posts, review.Post{Path: f.Path, StartLine: 3, Line: 5, Body: "What did she lose?"})
			}
			for _, thread := range stood {
				deeds.Edits = append(deeds.Edits, review.Edit{ID: thread.Comments[0].ID, Body: "Addressed."})
				deeds.Minimise = append(deeds.Minimise, thread.Comments[0].ID)
			}
			if tt.summary {
				deeds.Summary = &review.Edit{Body: "All in all."}
			}
			told, err := c.Tell(context.Background(), pull, deeds)
			if err != nil || told.Posted != tt.comments || told.Edited != len(stood) || len(told.Problems) > 0 || told.CheckURL == "" || tt.summary != (told.SummaryURL != "") {
				t.Errorf("told %+v, %v", told, err)
			}
			if checks := p.Checks(); len(checks) != 1 || checks[0].Commit != head || checks[0].Status != "completed" || checks[0].Conclusion != "neutral" {
				t.Errorf("the check runs are %+v", checks)
			}
			if got := operations(s.Requests()); got != tt.want {
				t.Errorf("asked %s\nwant  %s", got, tt.want)
			}
			if got := len(c.Requests()); got != len(s.Requests()) {
				t.Errorf("the client counts %d requests, and the server %d", got, len(s.Requests()))
			}
			notifying := 0 // the review and a new summary comment; what is edited, and a check run, notify nobody
			for _, speaks := range []bool{tt.comments > 0, tt.summary} {
				if speaks {
					notifying++
				}
			}
			if got := len(s.Requests().Notifying()); got != notifying {
				t.Errorf("%d requests notify somebody, want %d", got, notifying)
			}
			t.Logf("\n%s", s.Requests())
			for _, thread := range p.Threads()[len(stood):] {
				if thread.StartLine != 3 || thread.Line != 5 || thread.Outdated {
					t.Errorf("a thread stands at %d-%d", thread.StartLine, thread.Line)
				}
			}
		})
	}
}

func TestWhatIsGathered(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{
		review.ConfigPath: "version: 1\n", "primers/a.md": "# A\n", "primers/people/b.md": "# B\n", "primers/people/of/note/c.md": "# C\n", "primers/logo.svg": "<svg/>",
		"primers/.drafts/d.md": "# D\n", "blog/old.md": "# Old\n\nSay one.\n\nSay two.\n", "blog/moved.md": "# Moved\n\nWords that stay.\n", "blog/gone.md": "# Gone\n",
	}, "Begin")
	repo.Commit("work", map[string]string{
		"blog/old.md": "# Old\n\nSay one.\n\nSay three.\n", "blog/new.md": "# New\n\nHere.\n", "blog/here.md": "# Moved\n\nWords that stay.\n", "blog/moved.md": githubtest.Gone,
		"blog/gone.md": githubtest.Gone, "blog/empty.md": "", "logo.png": "\x89PNG\x00", review.ConfigPath: "version: 1\nprimers: {path: elsewhere/}\n",
	}, "Work")
	p := repo.Open("work", "main", githubtest.PR{Author: "mira", Labels: []string{"blog", review.SkipLabel}})
	c := clientOf(t, s, p.Token())
	s.Forget()
	pull := gather(t, c, github.Ask{Number: p.Number})
	if pull.Me != "github-actions[bot]" || pull.Author != "mira" || pull.Bot || pull.Draft || !pull.Open || pull.Fork || pull.BaseRef != "main" ||
		pull.Base != repo.Head("main") || pull.Head != p.Head() || len(pull.Labels) != 2 || pull.MustResolve || pull.BringsIn || pull.May != (review.May{Comment: true, Check: true}) {
		t.Errorf("gathered %+v", pull)
	}
	if string(pull.Config) != "version: 1\n" {
		t.Errorf("the configuration is %q; it must be the base's", pull.Config)
	}
	var primer []string
	for path := range pull.Primer {
		primer = append(primer, path)
	}
	if len(primer) != 3 || string(pull.Primer["primers/people/of/note/c.md"]) != "# C\n" {
		t.Errorf("the primer is %v", primer)
	}
	if pull.FilesTotal != len(pull.Files) {
		t.Errorf("%d of %d files", len(pull.Files), pull.FilesTotal)
	}
	for _, tt := range []struct {
		path, status, text, change, hunks string
	}{
		{"blog/old.md", "modified", "# Old\n\nSay one.\n\nSay three.\n", "{false [{5 5}] false}", "[{2 5}]"},
		{"blog/new.md", "added", "# New\n\nHere.\n", "{true [{1 3}] false}", "[{1 3}]"},
		{"blog/here.md", "renamed", "# Moved\n\nWords that stay.\n", "{false [] true}", "[]"},
		{"blog/gone.md", "removed", "", "{false [] false}", "[]"},
		{"blog/empty.md", "added", "", "{true [] false}", "[]"},
		{"logo.png", "added", "", "{true [] false}", "[]"},
	} {
		f := file(t, pull, tt.path)
		if f.Status != tt.status || string(f.Text) != tt.text || fmt.Sprint(*f.Change) != tt.change || fmt.Sprint(f.Hunks) != tt.hunks || f.Unread != "" {
			t.Errorf("%s is %s, %q, %v, %v, %q", tt.path, f.Status, f.Text, *f.Change, f.Hunks, f.Unread)
		}
	}
	if got := operations(s.Requests()); got != "query Gather, pulls/list-files, query Texts, query Primer" {
		t.Errorf("asked %s; nothing is to be asked again for a rename, an empty file or a picture", got)
	}
}

func TestWhoseWordCounts(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
	repo.Commit("work", map[string]string{"blog/a.md": "# A\n\nNew.\n"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{Author: "mira", Fork: true})
	p.Comment("mira", "", "tellwell: why")
	p.Comment("ines", "MEMBER", "tellwell: stop")
	p.Comment("jo", "COLLABORATOR", "I like it.")
	p.Comment("max", "NONE", "tellwell: stop <!-- tellwell:1 stock-opening 0123456789ab-1 -->")
	p.Comment("", "", "I was here.")
	down := p.Comment("github-actions[bot]", "", "all in all <!-- tellwell:summary -->")
	p.React(down, "max", "-1")
	p.React(down, "ines", "-1")
	p.React(down, "github-actions[bot]", "eyes")
	p.Remark("github-actions[bot]", "blog/a.md", 3, "What did she lose?")
	pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number, May: &review.May{}})
	var got []string
	for _, n := range pull.Notes {
		got = append(got, fmt.Sprintf("%s %v", n.Author, n.Trusted))
	}
	if want := "[mira true ines true jo true max false ghost false github-actions[bot] false]"; fmt.Sprint(got) != want {
		t.Errorf("trusted are %v\nwant %s", got, want)
	}
	if n := pull.Notes[5]; n.Down != 2 || !n.Heard || !n.Bot || n.Number == 0 || n.ID == "" {
		t.Errorf("our note is %+v", n)
	}
	if pull.Notes[0].At.IsZero() || pull.Notes[5].At.Before(pull.Notes[0].At) {
		t.Errorf("they were written at %s and %s", pull.Notes[0].At, pull.Notes[5].At)
	}
	if len(pull.Threads) != 1 || pull.Threads[0].Line != 3 || pull.Threads[0].Notes[0].Author != pull.Me || !pull.Fork || pull.May != (review.May{}) {
		t.Errorf("gathered %+v", pull)
	}
}

func TestLongTalk(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
	repo.Commit("work", map[string]string{"blog/a.md": "# A\n\nNew.\n"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	for i := range 230 {
		p.Comment("jo", "", fmt.Sprint(i))
	}
	for i := range 105 {
		thread := p.Remark("jo", "blog/a.md", 3, fmt.Sprint(i))
		for j := 1; i == 3 && j < 170; j++ {
			p.Reply(thread, "mira", fmt.Sprint(j))
		}
	}
	pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number})
	if len(pull.Notes) != 230 || len(pull.Threads) != 105 || len(pull.Threads[3].Notes) != 170 {
		t.Fatalf("%d notes, %d threads, %d replies", len(pull.Notes), len(pull.Threads), len(pull.Threads[3].Notes))
	}
	for i, n := range pull.Notes {
		if n.Body != fmt.Sprint(i) {
			t.Fatalf("note %d is %s", i, n.Body)
		}
	}
	for i, n := range pull.Threads[3].Notes[1:] {
		if n.Body != fmt.Sprint(i+1) {
			t.Fatalf("reply %d is %s", i+1, n.Body)
		}
	}
}

func TestResolvedConversations(t *testing.T) {
	for _, tt := range []struct {
		name string
		set  func(*githubtest.Repo)
	}{
		{"protection", func(r *githubtest.Repo) { r.Protect("main") }},
		{"ruleset", func(r *githubtest.Repo) { r.Rule("main") }},
		{"ruleset of the organisation", func(r *githubtest.Repo) { r.OrganizationRule("main") }},
	} {
		s := githubtest.New(t)
		repo := s.Repo("acme/site")
		repo.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
		repo.Commit("work", map[string]string{"blog/a.md": "# A\n\nNew.\n"}, "Work")
		tt.set(repo)
		p := repo.Open("work", "main", githubtest.PR{})
		s.Forget()
		if pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number}); !pull.MustResolve {
			t.Errorf("%s: it is not seen that conversations must be resolved", tt.name)
		}
		if got := operations(s.Requests()); got != "query Gather, pulls/list-files, query Texts" {
			t.Errorf("%s: asked %s; it comes with the query that is sent anyway", tt.name, got)
		}
		repo.Commit("next", map[string]string{"blog/b.md": "# B\n"}, "Next")
		p.Retarget("next")
		if pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number}); pull.MustResolve {
			t.Errorf("%s: it is said of a branch that does not require it", tt.name)
		}
	}
}

// GitHub lists 3,000 files of a pull request, and the others are not forgotten. So many pages are told in the summary only.
func TestThreeThousandFiles(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"blog/page-000.md": "# Page 0\n"}, "Begin")
	head := repo.Commit("work", pages(3001, "rounds"), "Pages")
	p := repo.Open("work", "main", githubtest.PR{})
	checkout := repo.Clone(t, head)
	s.Forget()
	client := clientOf(t, s, p.Token())
	pull := gather(t, client, github.Ask{Number: p.Number, Checkout: checkout})
	if len(pull.Files) != 3000 || pull.FilesTotal != 3001 {
		t.Fatalf("gathered %d of %d files", len(pull.Files), pull.FilesTotal)
	}
	for _, f := range pull.Files {
		if f.Unread != "" || f.Text == nil || f.Change == nil || len(f.Hunks) == 0 {
			t.Fatalf("%s: %q, %v", f.Path, f.Unread, f.Hunks)
		}
	}
	if n := len(s.Requests()); n != 31 {
		t.Errorf("%d requests, want the query and 30 pages", n)
	}
	request := pull.Request(checks.All)
	deeds := review.Live(pull, request.Config, review.Make(request))
	if want := "it changes 3000 pages, and more than 10 are told in one summary"; deeds.Silent != want || len(deeds.Posts) > 0 {
		t.Errorf("silent because %q, %d posts", deeds.Silent, len(deeds.Posts))
	}
	if want := "GitHub lists 3000 of the 3001 files; the others were not read"; !strings.Contains(deeds.Report, want) {
		t.Errorf("the report does not say %q", want)
	}
	if told, err := client.Tell(context.Background(), pull, deeds); err != nil || told.CheckURL == "" || len(told.Problems) > 0 {
		t.Errorf("told %+v, %v", told, err)
	}
}

func TestBringsIn(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
	repo.Commit("work", map[string]string{review.ConfigPath: "version: 1\ncontent: {include: ['nothing/**']}\n", "blog/a.md": "# A\n\nNew.\n"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number})
	if !pull.BringsIn || pull.Config != nil || file(t, pull, "blog/a.md").Text == nil {
		t.Errorf("gathered %+v; what the head brings is not believed", pull)
	}
}

func TestPrimerElsewhere(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{review.ConfigPath: "version: 1\nprimers: {path: docs/people/}\n", "docs/people/a.md": "# A\n", "primers/b.md": "# B\n"}, "Begin")
	repo.Commit("work", map[string]string{"blog/a.md": "# A\n"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	c := clientOf(t, s, p.Token())
	for range 2 {
		s.Forget()
		pull := gather(t, c, github.Ask{Number: p.Number})
		if len(pull.Primer) != 1 || string(pull.Primer["docs/people/a.md"]) != "# A\n" {
			t.Errorf("the primer is %v", pull.Primer)
		}
		if got := operations(s.Requests()); got != "query Gather, pulls/list-files, query Texts" {
			t.Errorf("asked %s; the folder comes along with the texts", got)
		}
	}
}

// A primer page that the pull request itself edits is read to be noticed, in the request that reads the pages; the base's is what judges.
func TestPrimerEditedHere(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"primers/bakers.md": "# Bakers\n\n## Pains\n\nCold ovens.\n", "blog/a.md": "# A\n"}, "Begin")
	repo.Commit("work", map[string]string{
		"primers/bakers.md": "# Bakers\n\n## Pains\n\nCold ovens.\n\n## In their words\n\n> \"I smell it before I see it.\" — baker, Hawes\n",
		"blog/a.md":         "# A\n\nOn Monday at four the oven in Hawes was cold.\n",
	}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	s.Forget()
	pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number})
	if got := operations(s.Requests()); got != "query Gather, pulls/list-files, query Texts" {
		t.Errorf("asked %s", got)
	}
	if strings.Contains(string(pull.Primer["primers/bakers.md"]), "In their words") || !strings.Contains(string(file(t, pull, "primers/bakers.md").Text), "In their words") {
		t.Errorf("base %q, head %q", pull.Primer["primers/bakers.md"], file(t, pull, "primers/bakers.md").Text)
	}
	request := pull.Request(checks.All)
	if len(request.Sources) != 1 {
		t.Errorf("%d pages are judged; the primer is none", len(request.Sources))
	}
	deeds := review.Live(pull, request.Config, review.Make(request))
	if deeds.Summary == nil || !strings.Contains(deeds.Summary.Body, "primers/bakers.md has new words of a customer: “I smell it before I see it”. Whoever writes next can begin there.") {
		t.Errorf("the summary is %+v", deeds.Summary)
	}
}

// A patch that GitHub leaves out is never taken for nothing changed.
func TestMissingPatches(t *testing.T) {
	long := func(words string, n int) string { return "# Long\n\n" + strings.Repeat(words+"\n\n", n) }
	s := githubtest.New(t, githubtest.SmallPatches(60, 50))
	repo := s.Repo("acme/site")
	kept := strings.Repeat("These words stay as they are.\n\n", 20)
	repo.Commit("main", map[string]string{"blog/c.md": "# C\n\nOne.\n", "blog/moved.md": "# M\n\n" + kept, "blog/pure.md": "# P\n\n" + kept,
		"blog/e.md": "# E\n\n" + strings.Repeat("Before.\n", 70)}, "Begin")
	repo.Commit("work", map[string]string{
		"blog/a.md": long("Words.", 25), // the page of the list is full with it
		"blog/c.md": "# C\n\nTwo.\n", "blog/moved.md": githubtest.Gone, "blog/there.md": "# M\n\n" + kept + "And these are new.\n",
		"blog/pure.md": githubtest.Gone, "blog/thence.md": "# P\n\n" + kept,
		"blog/d.md": long("More.", 40),                          // too large for a patch
		"blog/e.md": "# E\n\n" + strings.Repeat("After.\n", 70), // too large as well, and modified: base and head are held against each other
	}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	for _, checkout := range []string{"", repo.Clone(t, p.Head())} {
		pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number, Checkout: checkout})
		for path, want := range map[string]string{
			"blog/a.md": "{true [{1 52}] false}", "blog/c.md": "{false [{3 3}] false}", "blog/there.md": "{false [{43 43}] false}",
			"blog/thence.md": "{false [] true}", "blog/d.md": "{true [{1 82}] false}",
			"blog/e.md": "{false [{3 72}] false}",
		} {
			if f := file(t, pull, path); fmt.Sprint(*f.Change) != want || f.Unread != "" {
				t.Errorf("%s (%s): changed %v, %s; want %s", path, f.Status, *f.Change, f.Unread, want)
			}
		}
	}
}

// Texts come as the bytes that the author wrote.
func TestTextsAreBytes(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"README.md": "# Site\n"}, "Begin")
	texts := map[string]string{
		"blog/bom.md": "\xef\xbb\xbf# A\r\n\r\nB\r\n", "blog/latin.md": "# Caf\xe9\n", "blog/long.md": "# Long\n\n" + strings.Repeat("Many words. ", 60_000) + "\n",
	}
	repo.Commit("work", texts, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number})
	for path, text := range texts {
		if f := file(t, pull, path); string(f.Text) != text || f.Unread != "" {
			t.Errorf("%s holds %d bytes, %q; want %d", path, len(f.Text), f.Unread, len(text))
		}
	}
}

func TestBinaryPageIsUnread(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"README.md": "# Site\n"}, "Begin")
	repo.Commit("work", map[string]string{"blog/wide.md": "#\x00 \x00A\x00\n\x00"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number})
	if f := file(t, pull, "blog/wide.md"); !strings.Contains(f.Unread, "binary") {
		t.Errorf("it is unread because %q", f.Unread)
	}
}

func TestCheckouts(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	base := repo.Commit("main", map[string]string{"blog/a.md": "# A\n", "blog/b.md": "# B\n"}, "Begin")
	head := repo.Commit("work", map[string]string{"blog/a.md": "# A\n\nNew.\n", "blog/b.md": "# B\n\nNew.\n"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	edited := repo.Clone(t, head)
	if err := os.WriteFile(filepath.Join(edited, "blog", "b.md"), []byte("# B\n\nFormatted by an earlier step.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, folder, want string }{
		{"of the head", repo.Clone(t, head), ""},
		{"of the base", repo.Clone(t, base), ", query Texts"},
		{"of the head, edited", edited, ", query Texts"},
		{"no folder", t.TempDir(), ", query Texts"},
	} {
		s.Forget()
		pull := gather(t, clientOf(t, s, p.Token()), github.Ask{Number: p.Number, Checkout: tt.folder})
		if got := operations(s.Requests()); got != "query Gather, pulls/list-files"+tt.want {
			t.Errorf("%s: asked %s", tt.name, got)
		}
		for path, text := range map[string]string{"blog/a.md": "# A\n\nNew.\n", "blog/b.md": "# B\n\nNew.\n"} {
			if f := file(t, pull, path); string(f.Text) != text {
				t.Errorf("%s: %s holds %q", tt.name, path, f.Text)
			}
		}
	}
}

// between does something before the first request to a path.
type between struct {
	path string
	do   func()
}

func (b *between) RoundTrip(r *http.Request) (*http.Response, error) {
	if b.do != nil && strings.HasSuffix(r.URL.Path, b.path) {
		b.do()
		b.do = nil
	}
	return http.DefaultTransport.RoundTrip(r)
}

// A push between two requests makes all be read again, so that patches and texts are of one head.
func TestPushMeanwhile(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
	repo.Commit("work", map[string]string{"blog/a.md": "# A\n\nNew.\n"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	push := &between{"/files", func() { p.Push(map[string]string{"blog/a.md": "# A\n\nNew.\n\nNewer.\n"}) }}
	pull := gather(t, clientOf(t, s, p.Token(), func(o *github.Options) { o.Base = push }), github.Ask{Number: p.Number})
	if f := file(t, pull, "blog/a.md"); pull.Head != p.Head() || string(f.Text) != "# A\n\nNew.\n\nNewer.\n" || fmt.Sprint(f.Change.Added) != "[{2 5}]" {
		t.Errorf("head %s, text %q, added %v", pull.Head, f.Text, f.Change.Added)
	}
	p.Push(map[string]string{"blog/a.md": "# A\n\nNewest.\n"})
	told, err := clientOf(t, s, p.Token()).Tell(context.Background(), pull, review.Deeds{Posts: []review.Post{{Path: "blog/a.md", Line: 3, Body: "?"}}})
	if err != nil || !told.Stale || len(p.Threads()) > 0 {
		t.Errorf("told %+v, %v", told, err)
	}
}

func TestNoSuchPullRequest(t *testing.T) {
	s := githubtest.New(t)
	s.Repo("acme/site").Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
	for _, tt := range []struct {
		ask  github.Ask
		want string
	}{
		{github.Ask{Repo: "acme/site", Number: 99}, "read pull request acme/site#99: GitHub can't answer all of it: repository.pullRequest"},
		{github.Ask{Repo: "acme/none", Number: 7}, "check the name and number"},
		{github.Ask{Repo: "acme", Number: 7}, `"acme" is no repository`},
	} {
		_, err := clientOf(t, s, s.Token()).Gather(context.Background(), tt.ask)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.ask.Repo, err, tt.want)
		}
	}
	_, err := clientOf(t, s, "wrong").Gather(context.Background(), github.Ask{Repo: "acme/site", Number: 7})
	if err == nil || !strings.Contains(err.Error(), "check that the token is set") {
		t.Errorf("a wrong token: %v", err)
	}
}

// What GitHub refuses although it looked right costs one more request, and none of the other comments.
func TestOneBadAnchor(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"README.md": "# Site\n"}, "Begin")
	repo.Commit("work", pages(3, "rounds"), "Pages")
	p := repo.Open("work", "main", githubtest.PR{})
	c := clientOf(t, s, p.Token())
	pull := gather(t, c, github.Ask{Number: p.Number})
	pull.Files[1].Hunks = []review.LineRange{{First: 1, Last: 99}} // as if we had misread
	s.Forget()
	told, err := c.Tell(context.Background(), pull, review.Deeds{Posts: []review.Post{
		{Path: pull.Files[0].Path, Line: 3, Body: "?"}, {Path: pull.Files[1].Path, Line: 50, Body: "?"}, {Path: pull.Files[2].Path, StartLine: 3, Line: 5, Body: "?"},
	}})
	if err != nil || told.Posted != 2 || len(told.Refused) != 1 || len(p.Threads()) != 2 {
		t.Errorf("told %+v, %v; %d threads", told, err, len(p.Threads()))
	}
	if got, want := operations(s.Requests()), "pulls/get, pulls/create-review, mutation addPullRequestReview×3"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
}

// Limits and faults on the way change nothing of what is gathered and told.
func TestFaults(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
	repo.Commit("work", map[string]string{"blog/a.md": "# A\n\nNew.\n"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	s.Fault(githubtest.TooMany(30*time.Second).On("query Gather"), githubtest.Broken(502).On("pulls/list-files"), githubtest.Truncated().On("query Texts"),
		githubtest.SecondaryLimit(0).On("pulls/create-review"), githubtest.TooMany(time.Second).On("checks/create"))
	c := clientOf(t, s, p.Token())
	pull := gather(t, c, github.Ask{Number: p.Number})
	told, err := c.Tell(context.Background(), pull, review.Deeds{Room: 5, Posts: []review.Post{{Path: "blog/a.md", Line: 3, Body: "?"}}, Check: review.Verdict{Conclusion: "success", Title: "t", Summary: "s"}})
	if err != nil || told.Posted != 1 || len(p.Threads()) != 1 || len(p.Checks()) != 1 {
		t.Errorf("told %+v, %v", told, err)
	}
	// A review whose answer was lost may stand, and is not posted twice.
	s.Fault(githubtest.Lost(502).On("pulls/create-review"))
	told, err = c.Tell(context.Background(), pull, review.Deeds{Room: 5, Posts: []review.Post{{Path: "blog/a.md", Line: 2, Body: "?"}}, Check: review.Verdict{Conclusion: "success", Title: "t", Summary: "s"}})
	if err == nil || told.CheckURL == "" || len(p.Threads()) != 2 {
		t.Errorf("told %+v, %v; %d threads", told, err, len(p.Threads()))
	}
}
