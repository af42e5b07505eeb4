package github_test

import (
	"context"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

// aRun is one run of tellwell in two steps, so that another can come between them.
type aRun struct {
	t      *testing.T
	client *github.Client
	pull   *review.Pull
	deeds  review.Deeds
}

func begin(t *testing.T, server *githubtest.Server, p *githubtest.Pull) *aRun {
	t.Helper()
	client, err := github.New(github.Options{
		API: server.URL(), GraphQL: server.GraphQL(), Token: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: p.Token()}),
		Sleep: func(_ context.Context, d time.Duration) error { server.Sleep(d); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	pull, err := client.Gather(context.Background(), github.Ask{Repo: "acme/site", Number: p.Number})
	if err != nil {
		t.Fatal(err)
	}
	request := pull.Request(checks.All)
	return &aRun{t: t, client: client, pull: pull, deeds: review.Live(pull, request.Config, review.Make(request))}
}

func (r *aRun) tell() github.Told {
	r.t.Helper()
	told, err := r.client.Tell(context.Background(), r.pull, r.deeds)
	if err != nil {
		r.t.Fatal(err)
	}
	return told
}

func launched(t *testing.T, opts ...githubtest.Option) (*githubtest.Server, *githubtest.Pull) {
	server := githubtest.New(t, opts...)
	repo := server.Repo("acme/site")
	repo.Commit("main", map[string]string{".github/tellwell.yml": settings, "primers/planners.md": planners}, "Begin")
	repo.Commit("relay", map[string]string{"blog/relay.md": launch + more}, "A launch page")
	return server, repo.Open("relay", "main", githubtest.PR{Title: "Relay 4", Author: "mira"})
}

// Two events of one moment (opened and labelled) start two runs on one head: the questions stand once.
func TestTwoRunsAtOnce(t *testing.T) {
	server, p := launched(t)
	first, second := begin(t, server, p), begin(t, server, p)
	a := first.tell()
	if a.Posted == 0 {
		t.Fatal("the first run posted nothing")
	}
	server.Forget()
	b := second.tell()
	if b.Posted != 0 || b.Standing != a.Posted || len(p.Threads()) != a.Posted {
		t.Errorf("the first run posted %d, the second %d more, and knew of %d; %d threads stand", a.Posted, b.Posted, b.Standing, len(p.Threads()))
	}
	if n := len(server.Requests().Notifying()); n > 1 { // the check run
		t.Errorf("the second run notified people %d times:\n%s", n, server.Requests())
	}
}

// A run that begins while the list of threads is five seconds behind asks nothing twice, and does no more than list them again.
func TestListingIsBehind(t *testing.T) {
	server, p := launched(t, githubtest.Lagging(0, 5*time.Second))
	a := begin(t, server, p).tell()
	second := begin(t, server, p)
	if len(second.pull.Threads) != 0 || len(second.deeds.Posts) != a.Posted {
		t.Fatalf("the list is not behind: %d threads, %d posts", len(second.pull.Threads), len(second.deeds.Posts))
	}
	server.Forget()
	b := second.tell()
	if b.Posted != 0 || len(p.Threads()) != a.Posted {
		t.Errorf("the first run posted %d, the second %d more", a.Posted, b.Posted)
	}
	if n := len(server.Requests()); n > 5 { // the head, the threads twice, the mutation, and what a mutation without a check run needs
		t.Errorf("the second run made %d requests:\n%s", n, server.Requests())
	}
}

// A count that stays ahead of the list does not silence us for good.
func TestCountStaysAhead(t *testing.T) {
	server, p := launched(t, githubtest.Lagging(0, time.Hour))
	a := begin(t, server, p).tell()
	if b := begin(t, server, p).tell(); b.Posted != a.Posted {
		t.Errorf("posted %d, want %d", b.Posted, a.Posted)
	}
}
