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

// Two events of one moment (opened and labelled) start two runs on one head: the questions stand once, and so does the summary.
func TestTwoRunsAtOnce(t *testing.T) {
	server, p := launched(t)
	first, second := begin(t, server, p), begin(t, server, p)
	a := first.tell()
	if a.Posted == 0 || a.SummaryURL == "" {
		t.Fatalf("the first run told %+v", a)
	}
	server.Forget()
	b := second.tell()
	if b.Posted != 0 || b.Standing != a.Posted || len(p.Threads()) != a.Posted {
		t.Errorf("the first run posted %d, the second %d more, and knew of %d; %d threads stand", a.Posted, b.Posted, b.Standing, len(p.Threads()))
	}
	if n := len(p.Notes()); n != 1 {
		t.Errorf("%d summary comments stand", n)
	}
	if n := len(server.Requests().Notifying()); n != 0 {
		t.Errorf("the second run notified people %d times:\n%s", n, server.Requests())
	}
}

// One question of "why" that two runs hear of is answered once.
func TestTwoRunsAnswerOnce(t *testing.T) {
	server, p := launched(t)
	begin(t, server, p).tell()
	p.Reply(p.Threads()[0], "mira", "tellwell: why")
	first, second := begin(t, server, p), begin(t, server, p)
	first.tell()
	second.tell()
	if n := len(p.Threads()[0].Comments); n != 3 {
		t.Errorf("%d comments stand in the thread, want the question, the why and one answer", n)
	}
}

// A run that begins while the list of threads is five seconds behind asks nothing twice, for no more requests than a first review.
func TestListingIsBehind(t *testing.T) {
	server, p := launched(t, githubtest.Lagging(0, 5*time.Second))
	a := begin(t, server, p).tell()
	server.Forget()
	second := begin(t, server, p)
	if len(second.pull.Threads) != 0 || len(second.deeds.Posts) != a.Posted {
		t.Fatalf("the list is not behind: %d threads, %d posts", len(second.pull.Threads), len(second.deeds.Posts))
	}
	b := second.tell()
	if b.Posted != 0 || len(p.Threads()) != a.Posted {
		t.Errorf("the first run posted %d, the second %d more", a.Posted, b.Posted)
	}
	if n := len(server.Requests()); n > 6 {
		t.Errorf("the second run made %d requests, want at most 6", n)
	}
	t.Logf("\n%s", server.Requests())
}

// What was posted within the lag counts against the budget of a run on a newer head, and what lay before it is not new.
func TestPushWithinTheLag(t *testing.T) {
	server, p := launched(t, githubtest.Lagging(0, 5*time.Minute+5*time.Second)) // five minutes pass on the server's clock before a push
	a := begin(t, server, p).tell()
	p.Push(map[string]string{"blog/relay.md": launch + more + "\n## Last\n\nA last word.\n", "blog/second.md": launch + more})
	second := begin(t, server, p)
	second.deeds.Room = a.Posted + 1 // as if the budget were that
	news := 0
	for _, post := range second.deeds.Posts {
		if post.Path == "blog/second.md" {
			news++
		}
	}
	if len(second.pull.Threads) != 0 || news == 0 {
		t.Fatalf("%d threads are seen, and %d questions are new", len(second.pull.Threads), news)
	}
	if b := second.tell(); b.Posted != 1 || len(p.Threads()) != a.Posted+1 {
		t.Errorf("the second run posted %d; %d threads stand, and the budget is %d", b.Posted, len(p.Threads()), a.Posted+1)
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
