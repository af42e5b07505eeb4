package github_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

var updateLife = flag.Bool("update-life", false, "rewrite the story of a pull request's life")

// The pages of the scripted life, in the state of a competent marketer who was not moved.
const (
	launch = `---
title: Introducing Relay 4
kind: product
---
We are thrilled to announce Relay 4, the newest part of the Relay suite. It is available to all customers from today.

## What is new

Relay 4 is a robust and scalable platform that streamlines operations and improves efficiency for teams of all sizes. It offers a modern
interface and a comprehensive set of functions, and it can be adapted to every need.

Our experienced team supports every customer at each step of the way. With cutting-edge technology and unmatched expertise, Relay is the
natural choice for planners.

## Availability

The new version can be used in the cloud or on site. Customers with a contract can upgrade at any time, and prices stay as they are.
`
	mended = `---
title: Friday's forecast, done before the lorries are back
kind: product
---
On Friday at four, Petra Lang in dispatch used to copy nineteen lorries from the wall into a sheet. She missed one in March, and a load
of milk went sour in Cavan.

## What is new

Relay 4 reads the wall. Petra looks at it once, at half past three, and goes home.

Our experienced team supports every customer at each step of the way. With cutting-edge technology and unmatched expertise, Relay is the
natural choice for planners.

## Availability

The new version can be used in the cloud or on site. Customers with a contract can upgrade at any time, and prices stay as they are.
`

	// more is what both have below: plain, and long enough for three questions.
	more = `
## How it is set up

The setup begins with a list of the farms. Each farm has a gate, a tank and a hardness of track, and each of these is entered once. The list
can be typed, or it can be read from the sheet that the office keeps. After that come the lorries, with their litres and their drivers, and
the creameries, with their hours. None of it has to be complete on the first day. A farm that is missing is asked for when its milk is due.

The plan for the week is laid out in the evening and can be changed until the first lorry leaves. A change is shown in red until somebody
has looked at it. Drivers see their own round and the one before it, since the tank has to be empty when the round begins. A round can be
printed on one sheet, and the sheet fits into the visor of the cab.

## What it connects to

The laboratory sends its results as a file, and Relay reads the file when it arrives. The weighbridge is read by cable. The office system
gets a line for each collection, with the litres, the time and the number of the tank. Where there is no office system there is a list that
can be sent by post. The telephone system is left as it is.

## What it costs

The price is counted in lorries and not in people, since the people change with the season and the lorries do not. The first year is paid in
two halves. Training is a day on the spot, for whoever comes, and a second day when the grass has grown. The contract runs for a year and is
ended by a letter or by an email that somebody answers.
`
	settings = "version: 1\ncompany: {names: [Relay], products: [Relay 4]}\n"
	planners = "---\ntitle: Haulage planners\nkind: customer\naudience: haulage-planner\nterms: [planner, lorries, forecast]\nask: [{name: Aoife Brannigan, good_for: rounds}]\n---\n# Haulage planners\n\n## Jobs\n\n- Get every farm collected inside two days.\n\n## Pains\n\n- The plan is right at four and wrong by seven.\n\n## A day in their week\n\nFriday, four o'clock: next week's rounds, on paper first.\n"
)

// a stage is where a life is played.
type stage struct {
	t      *testing.T
	server *githubtest.Server
	repo   string // "acme/site" when empty
	pull   *githubtest.Pull
	n      int
	before map[string]int // lines of the story, and how often
	may    *review.May    // what the token may do, where the event tells
	story  strings.Builder
}

// play runs tellwell once and writes down what stands then, and in how many requests.
func (s *stage) play(what string) (*review.Pull, github.Told) {
	s.t.Helper()
	s.n++
	what = fmt.Sprintf("%d. %s", s.n, what)
	s.server.Forget()
	s.server.Sleep(time.Minute)
	client, err := github.New(github.Options{
		API: s.server.URL(), GraphQL: s.server.GraphQL(), Token: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: s.pull.Token()}),
		Sleep: func(_ context.Context, d time.Duration) error { s.server.Sleep(d); return nil },
	})
	if err != nil {
		s.t.Fatal(err)
	}
	pull, err := client.Gather(context.Background(), github.Ask{Repo: orElse(s.repo, "acme/site"), Number: s.pull.Number, May: s.may})
	if err != nil {
		s.t.Fatalf("%s: %v", what, err)
	}
	request := pull.Request(checks.All)
	deeds := review.Live(pull, request.Config, review.Make(request))
	told, err := client.Tell(context.Background(), pull, deeds)
	if err != nil {
		s.t.Fatalf("%s: %v", what, err)
	}
	requests := s.server.Requests()
	for _, r := range requests {
		if r.Method == "DELETE" || strings.Contains(r.Operation, "delete") {
			s.t.Errorf("%s: something was deleted: %v", what, r)
		}
	}
	if os.Getenv("TELLWELL_SHOW") != "" {
		s.t.Logf("%s\n%s", what, requests)
	}
	fmt.Fprintf(&s.story, "\n==== %s ====\nposted %d, edited %d, %d requests, %d of them notify; %s", what, told.Posted, told.Edited, len(requests), len(requests.Notifying()),
		orElse(deeds.Silent, "it speaks"))
	for _, p := range told.Problems {
		fmt.Fprintf(&s.story, "\nproblem: %s", p.Message)
	}
	fmt.Fprintf(&s.story, "\n\n%s\n", s.fresh(s.pull.Story()))
	return pull, told
}

// fresh returns the lines of a pull request's story that were not there before, so that each stage tells only what it did.
func (s *stage) fresh(story string) string {
	var out []string
	now := map[string]int{}
	for _, line := range strings.Split(story, "\n") {
		now[line]++
		if now[line] > s.before[line] && !hiddenLine.MatchString(line) {
			out = append(out, line)
		}
	}
	s.before = now
	return strings.Join(out, "\n")
}

// hiddenLine is what readers of a comment don't see.
var hiddenLine = regexp.MustCompile(`<!-- tellwell|^\s*\|?\s*$`)

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// TestLifeOfAPullRequest plays a pull request's whole life, as docs/life.md has it. testdata/life.txt is its story; read its diff as
// prose, and rewrite it with -update-life.
func TestLifeOfAPullRequest(t *testing.T) {
	server := githubtest.New(t)
	repo := server.Repo("acme/site")
	repo.Commit("main", map[string]string{
		".github/tellwell.yml": settings, "primers/planners.md": planners, "blog/old.md": "# Old\n\nAn old page about rounds.\n",
	}, "Begin")
	repo.Commit("relay", map[string]string{"blog/relay.md": launch + more}, "A launch page")
	s := &stage{t: t, server: server, pull: repo.Open("relay", "main", githubtest.PR{Title: "Relay 4", Author: "mira", Draft: true})}

	s.play("opened as a draft")
	s.pull.Ready()
	s.play("ready for review")
	s.play("run again with nothing new")
	s.pull.Push(map[string]string{"blog/relay.md": strings.Replace(launch+more, "## What is new\n", "## What is new\n\nRead on below.\n\nHere it comes.\n", 1)})
	s.play("lines inserted above")
	threads := s.pull.Threads()
	if len(threads) == 0 {
		t.Fatalf("nothing was asked:\n%s", s.story.String())
	}
	s.pull.Reply(threads[0], "jo", "Fair. I'll ask Petra.")
	s.pull.Reply(threads[len(threads)-1], "mira", "tellwell: why")
	s.play("one is answered, one asks why")
	s.pull.Push(map[string]string{"blog/relay.md": mended + more})
	s.play("the page is mended")
	s.pull.Push(map[string]string{"blog/relay.md": launch + more})
	s.play("the mend is taken back")
	s.pull.ForcePush(map[string]string{"blog/relay.md": launch + more})
	s.play("force-pushed, the same words")
	repo.Commit("main", map[string]string{"blog/news.md": "# News\n\nNothing.\n"}, "Main moves on")
	s.pull.Rebase()
	s.play("rebased")
	whole := launch + more
	opening, rest, _ := strings.Cut(whole, "## What is new")
	news, availability, _ := strings.Cut(rest, "## Availability")
	s.pull.Push(map[string]string{"blog/relay.md": opening + "## Availability" + strings.Replace(availability, "## How it is set up", "## What is new"+news+"## How it is set up", 1)})
	s.play("a section is moved")
	s.pull.Push(map[string]string{"blog/relay.md": githubtest.Gone, "blog/relay-4.md": whole})
	s.play("the page is renamed")
	s.pull.Push(map[string]string{"blog/relay-4.md": githubtest.Gone, "blog/relay.md": whole})
	s.play("and back")
	repo.Commit("next", map[string]string{"blog/next.md": "# Next\n\nSoon.\n"}, "A branch for the next season")
	s.pull.Retarget("next")
	s.play("retargeted")
	s.pull.Retarget("main")
	s.play("and back")
	s.pull.Push(map[string]string{"blog/README.md": "# How we write\n\nPlainly.\n"})
	s.play("a README changes")
	s.pull.Push(map[string]string{"blog/relay.md": strings.Replace(whole, "at any time", "at all times", 1)})
	s.play("a word changes elsewhere")
	s.pull.Push(map[string]string{"blog/second.md": "# A second page\n\nOn Tuesday, Aoife rang eleven farms.\n"})
	s.play("a second page, and a good one")
	s.pull.Push(map[string]string{"blog/second.md": githubtest.Gone})
	s.play("which is taken back")
	s.pull.MergeBase()
	s.play("main is merged into it")
	for _, thread := range s.pull.Threads() {
		if strings.Contains(thread.Comments[0].Body, "unmatched") || thread.Resolved {
			continue
		}
		s.pull.React(thread.Comments[0], "jo", "-1")
		break
	}
	s.pull.Push(map[string]string{"blog/relay.md": mended + more})
	s.play("mended again, one question disliked")
	s.pull.Comment("jo", "MEMBER", "tellwell: skip stock-opening, because it is our manner")
	s.play("a check is skipped")
	s.pull.Comment("stranger", "NONE", "tellwell: stop")
	s.play("a stranger says stop")
	s.pull.Comment("jo", "MEMBER", "tellwell: stop")
	s.play("a member says stop")
	s.pull.Comment("mira", "NONE", "tellwell: review")
	s.play("the author asks for a review")
	s.pull.Push(map[string]string{"blog/relay.md": githubtest.Gone, "blog/old.md": "# Old\n\nAn old page about rounds, mended.\n"})
	s.play("the launch is reverted")
	s.pull.Label(review.SkipLabel)
	s.play("labelled")
	s.pull.Unlabel(review.SkipLabel)
	s.pull.Close()
	s.play("closed")
	s.pull.Reopen()
	s.play("reopened")

	repo.Commit("contribution", map[string]string{"blog/guest.md": launch + more}, "A guest's page")
	s.pull = repo.Open("contribution", "main", githubtest.PR{Title: "A guest's page", Author: "stranger", Fork: true})
	s.may = &review.May{}
	pull, told := s.play("from a fork, whose token may only read")
	if !pull.Fork || told.Posted != 0 {
		t.Errorf("from a fork: %v, posted %d", pull.Fork, told.Posted)
	}

	repo.Commit("bump", map[string]string{"blog/bumped.md": launch + more}, "Bump relay from 3 to 4")
	s.pull = repo.Open("bump", "main", githubtest.PR{Title: "Bump relay from 3 to 4", Author: "dependabot[bot]"})
	s.play("by Dependabot")

	repo.Commit("colleague", map[string]string{"blog/spring.md": launch + more}, "A colleague's page")
	s.pull, s.may = repo.Open("colleague", "main", githubtest.PR{Title: "Spring", Author: "noor"}), nil
	s.play("a colleague's page")
	threads = s.pull.Threads()
	s.pull.Reply(threads[0], "noor", "tellwell: skip, because it is the campaign's line")
	s.pull.Resolve(threads[1], "noor")
	s.play("she skips one question, and resolves the other without a change")
	s.pull.Push(map[string]string{"blog/spring.md": mended + more})
	s.play("both passages are mended all the same")
	s.pull.Reply(s.pull.Threads()[0], "noor", "tellwell: stop")
	s.pull.Push(map[string]string{"blog/summer.md": launch + more})
	s.play("she says stop in a thread, and brings another page")

	repo.Commit("stable", map[string]string{"blog/stable.md": "# Stable\n\nFor now.\n"}, "A branch for what is released")
	repo.OrganizationRule("stable")
	repo.Commit("guarded", map[string]string{"blog/autumn.md": launch + more}, "A page for autumn")
	s.pull = repo.Open("guarded", "stable", githubtest.PR{Title: "Autumn", Author: "noor"})
	s.play("into a branch that requires resolved conversations")

	repo.Commit("second", map[string]string{"blog/winter.md": launch + more}, "A page for winter")
	s.pull = repo.Open("second", "main", githubtest.PR{Title: "Winter", Author: "noor"})
	s.pull.Remark("site-tellwell[bot]", "blog/winter.md", 5, "Who is thrilled? <!-- tellwell:1 announced-emotion 0123456789ab-1 -->")
	s.play("where another tellwell speaks")

	many := map[string]string{}
	for i := range 12 {
		many[fmt.Sprintf("blog/season-%02d.md", i)] = launch + more
	}
	repo.Commit("many", many, "Twelve pages")
	s.pull = repo.Open("many", "main", githubtest.PR{Title: "Twelve pages", Author: "noor"})
	s.play("twelve pages at once")

	fresh := server.Repo("acme/fresh")
	fresh.Commit("main", map[string]string{"blog/old.md": "# Old\n\nAn old page about rounds.\n"}, "Begin")
	fresh.Commit("tellwell", map[string]string{".github/tellwell.yml": settings, "blog/relay.md": launch + more}, "Bring tellwell in")
	s.repo, s.pull = "acme/fresh", fresh.Open("tellwell", "main", githubtest.PR{Title: "Bring tellwell in", Author: "noor"})
	s.play("the pull request that brings tellwell in")

	story := shas.ReplaceAllString(s.story.String(), "COMMIT")
	const golden = "testdata/life.txt"
	if *updateLife {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(story), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != story {
		t.Errorf("the life reads otherwise now; go test ./github -run Life -update-life rewrites it, and its diff reads as prose:\n%s", firstDifference(string(want), story))
	}
}

// shas are commits, which differ with the git that made them.
var shas = regexp.MustCompile(`\b[0-9a-f]{7}(?:[0-9a-f]{33})?\b`)

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d\n was %s\n  is %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("it has %d lines, and had %d", len(g), len(w))
}
