package github_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

const bakersPrimer = "---\naudience: bakers\nreviewed: 2024-02-01\nowner: Ines\n---\n\n# Bakers\n\n## Pains\n\nThe oven is cold at four and the van leaves at six.\n\n" +
	"## What is at stake\n\nA morning's bread, eleven shops, and the contract with the school.\n\n" +
	"## Proof\n\nHawes counted 1,940 loaves.\n\n## Say it their way\n\n| They say | We tend to say |\n|---|---|\n| the bread is late | suboptimal throughput |\n"

const bakersPage = "---\naudience: bakers\n---\n\n# The future of baking\n\nIn today's fast-paced world, Deck 3 is our most powerful, innovative and seamless oven yet, built to " +
	"transform and streamline operations for bakers everywhere. We are thrilled and excited to announce it.\n"

// A primer in another repository is read at one commit, once, and told to be where readers may not get.
func TestPrimerInAnotherRepository(t *testing.T) {
	s := githubtest.New(t)
	handbook := s.Repo("acme/handbook")
	handbook.Commit("main", map[string]string{"who/bakers.md": bakersPrimer, "who/deep/er/still/more.md": "# More\n\n## Jobs\n\nTo sleep.\n", "README.md": "# Handbook\n"}, "Begin")
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"blog/a.md": "# A\n",
		".github/tellwell.yml": "primers: {repository: acme/handbook, path: who/}\nbudget: {amount: full}\n"}, "Begin")
	repo.Commit("work", map[string]string{"blog/b.md": bakersPage, "who/not-here.md": "# Not the primer\n"}, "Work")
	p := repo.Open("work", "main", githubtest.PR{})
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	client := clientOf(t, s, p.Token(), func(o *github.Options) { o.Now = func() time.Time { return at } })

	s.Forget()
	pull := gather(t, client, github.Ask{Number: p.Number})
	if got, want := operations(s.Requests()), "query Gather, pulls/list-files, query Texts, query Handbook, query Primer, query Primer"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	if len(pull.Primer) != 2 || !strings.Contains(string(pull.Primer["who/bakers.md"]), "eleven shops") || pull.PrimerIn.Commit != handbook.Head("main") {
		t.Fatalf("primer %v in %+v", pull.Primer, pull.PrimerIn)
	}
	request := pull.Request(checks.All)
	deeds := review.Live(pull, request.Config, review.Make(request))
	if len(deeds.Posts) == 0 || !strings.Contains(deeds.Posts[0].Body, "acme/handbook/blob/HEAD/who/bakers.md#") || !strings.Contains(deeds.Posts[0].Body, "min, in acme/handbook") {
		t.Fatalf("posted %+v", deeds.Posts)
	}
	request.Config.Budget.PerPullRequest = 0 // all goes to the summary
	request.PerReview = -1
	deeds = review.Live(pull, request.Config, review.Make(request))
	if body := deeds.Summary; body == nil || !strings.Contains(body.Body, "Links lead to acme/handbook, which is private") ||
		!strings.Contains(body.Body, "who/bakers.md, last looked over 2024-02-01, was due 2024-08-01; Ines keeps it") {
		t.Errorf("the summary is %+v", body)
	}

	s.Forget()
	gather(t, client, github.Ask{Number: p.Number})
	if got, want := operations(s.Requests()), "query Gather, pulls/list-files, query Texts, query Handbook"; got != want {
		t.Errorf("the second time asked %s, want %s", got, want)
	}
	handbook.Commit("main", map[string]string{"who/bakers.md": strings.Replace(bakersPrimer, "eleven", "twelve", 1)}, "More shops")
	if pull := gather(t, client, github.Ask{Number: p.Number}); !strings.Contains(string(pull.Primer["who/bakers.md"]), "twelve shops") {
		t.Error("a new commit of the handbook is not read")
	}

	handbook.Publish()
	request = gather(t, client, github.Ask{Number: p.Number}).Request(checks.All)
	if request.PrimerIn != "" {
		t.Error("a public handbook is told to be closed")
	}
}

// What can't be read of another repository stops no review, and is told with what to do.
func TestPrimerOutOfReach(t *testing.T) {
	s := githubtest.New(t)
	handbook := s.Repo("acme/handbook")
	handbook.Commit("main", map[string]string{"who/bakers.md": bakersPrimer}, "Begin")
	handbook.Hide("handbook-reader[bot]")
	repo := s.Repo("acme/site")
	for _, tt := range []struct{ config, token, want string }{
		{"{repository: acme/handbook, path: who/}", "", "GitHub shows this token no such repository; check primers.repository, and where it is private give a primer-token"},
		{"{repository: acme/handbook, path: who/}", "handbook-reader[bot]", ""},
		{"{repository: acme/handbook, path: who/, ref: v9}", "handbook-reader[bot]", "it has no v9; check primers.ref"},
		{"{repository: acme/handbook, path: whom/}", "handbook-reader[bot]", "it has no folder whom at HEAD; check primers.path"},
	} {
		repo.Commit("main", map[string]string{"blog/a.md": "# A\n", ".github/tellwell.yml": "primers: " + tt.config + "\n"}, "Set")
		repo.Commit("work", map[string]string{"blog/b.md": bakersPage}, "Work")
		p := repo.Open("work", "main", githubtest.PR{})
		ask := github.Ask{Repo: "acme/site", Number: p.Number}
		if tt.token != "" {
			ask.Handbook = clientOf(t, s, s.As(tt.token))
		}
		pull, err := clientOf(t, s, p.Token()).Gather(context.Background(), ask)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(pull.PrimerIn.Unread, tt.want) || (tt.want == "") != (pull.PrimerIn.Unread == "") {
			t.Errorf("%s: unread because %q, want %q", tt.config, pull.PrimerIn.Unread, tt.want)
		}
		request := pull.Request(checks.All)
		deeds := review.Live(pull, request.Config, review.Make(request))
		if told := "the primer in acme/handbook could not be read: "; len(deeds.Posts) == 0 || strings.Contains(deeds.Report, told) != (tt.want != "") {
			t.Errorf("%s: posted %d, report %s", tt.config, len(deeds.Posts), deeds.Report)
		}
		if gaps := review.Make(request).Gaps; tt.want != "" && len(gaps) > 0 {
			t.Errorf("%s: a primer that was not read lacks %v", tt.config, gaps)
		}
		p.Close()
	}
}
