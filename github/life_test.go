package github_test

import (
	"context"
	"flag"
	"fmt"
	"os"
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

const (
	launch, more       = githubtest.Launch, githubtest.More
	settings, planners = githubtest.Settings, githubtest.Planners
)

// a stage is where a life is played.
type stage struct {
	t      *testing.T
	server *githubtest.Server
	pull   *githubtest.Pull
	n      int
	news   githubtest.News
	may    *review.May // what the token may do, where the event tells
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
	pull, err := client.Gather(context.Background(), github.Ask{Repo: s.pull.In(), Number: s.pull.Number, May: s.may})
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
	fmt.Fprintf(&s.story, "\n\n%s\n", s.news.Of(s.pull))
	return pull, told
}

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
	site, fresh := server.Repo("acme/site"), server.Repo("acme/fresh")
	githubtest.Begin(site)
	s := &stage{t: t, server: server}
	for turn := range githubtest.Life(site, fresh) {
		s.pull, s.may = turn.Pull, nil
		if turn.ReadOnly {
			s.may = &review.May{}
		}
		pull, told := s.play(turn.What)
		if turn.ReadOnly && told.Posted != 0 || turn.Pull.Fork != pull.Fork {
			t.Errorf("%s: a fork: %v, posted %d", turn.What, pull.Fork, told.Posted)
		}
	}
	if s.n != 38 {
		t.Errorf("the life has %d turns", s.n)
	}

	story := s.story.String()
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

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d\n was %s\n  is %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("it has %d lines, and had %d", len(g), len(w))
}
