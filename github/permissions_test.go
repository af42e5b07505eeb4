package github_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

// What a workflow's token may do decides where a review is told; nothing of it is lost, and what is missing is named. The permissions
// that GitHub gives are those of docs.github.com/actions/reference/security/securely-using-pull_request_target: a run of pull_request
// from a fork, or by Dependabot, may only read, unless a private repository sends write tokens to its forks.
func TestPermissionMatrix(t *testing.T) {
	const (
		noReviews = "the token may not write reviews: add “pull-requests: write” under permissions in the workflow"
		noChecks  = "the token may not make check runs: add “checks: write” under permissions in the workflow"
		ofForks   = "; on a pull request from a fork the token of pull_request may only read, whatever the workflow says"
	)
	told := &review.May{} // what the event says of a fork or of Dependabot
	for _, tt := range []struct {
		name     string
		may      githubtest.Permissions
		fork     bool
		event    *review.May
		inline   bool
		check    bool
		notices  int // annotations that the run itself is to show: refused questions, or all of them where there is no check run
		problems []string
		requests int
	}{
		{name: "all that is asked for", may: githubtest.Permissions{"contents": "read", "pull-requests": "write", "checks": "write"},
			inline: true, check: true, requests: 6},
		{name: "contents too, for resolving", may: githubtest.Permissions{"contents": "write", "pull-requests": "write", "checks": "write"},
			inline: true, check: true, requests: 6},
		{name: "without checks: write", may: githubtest.Permissions{"contents": "read", "pull-requests": "write"},
			inline: true, problems: []string{noChecks}, requests: 7},
		{name: "without pull-requests: write", may: githubtest.Permissions{"contents": "read", "pull-requests": "read", "checks": "write"},
			check: true, notices: 2, problems: []string{noReviews}, requests: 6},
		{name: "a token that reads, and nobody said so", may: githubtest.ReadOnly, notices: 2, problems: []string{noReviews, noChecks}, requests: 6},
		{name: "a fork", may: githubtest.ReadOnly, fork: true, event: told, notices: 2, requests: 3},
		{name: "Dependabot's push to a person's branch", may: githubtest.ReadOnly, event: told, notices: 2, requests: 3},
		{name: "a fork, and nobody said so", may: githubtest.ReadOnly, fork: true, notices: 2, problems: []string{noReviews + ofForks, noChecks + ofForks}, requests: 6},
		{name: "a fork of a private repository that gets write tokens", may: githubtest.Permissions{"contents": "read", "pull-requests": "write", "checks": "write"},
			fork: true, inline: true, check: true, requests: 6},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := launched(t)
			s.Repo("acme/site").Commit("again", map[string]string{"blog/again.md": launch + more}, "Another launch page")
			p := s.Repo("acme/site").Open("again", "main", githubtest.PR{Title: "Relay 4", Author: "mira", Fork: tt.fork})
			c := clientOf(t, s, s.AsWith("github-actions[bot]", tt.may))
			s.Forget()
			pull := gather(t, c, github.Ask{Number: p.Number, May: tt.event})
			request := pull.Request(checks.All)
			deeds := review.Live(pull, request.Config, review.Make(request))
			got, err := c.Tell(context.Background(), pull, deeds)
			if err != nil {
				t.Fatal(err)
			}
			if posted := got.Posted > 0; posted != tt.inline || len(p.Threads()) != got.Posted || posted != (len(p.Notes()) == 1) {
				t.Errorf("%d posted, %d threads and %d comments stand", got.Posted, len(p.Threads()), len(p.Notes()))
			}
			if made := got.CheckURL != ""; made != tt.check || made != (len(p.Checks()) == 1) {
				t.Errorf("check run %q, %d stand", got.CheckURL, len(p.Checks()))
			}
			notices := len(got.Refused)
			if got.CheckURL == "" {
				notices += len(deeds.Notices)
			}
			if notices != tt.notices {
				t.Errorf("%d annotations are left to the run, want %d", notices, tt.notices)
			}
			if tt.event != nil && !strings.Contains(deeds.Report, "the token may only read; the questions are annotations") {
				t.Errorf("the report does not say why:\n%s", deeds.Report)
			}
			var problems []string
			for _, p := range got.Problems {
				if !strings.HasPrefix(p.Message, "not told inline: ") {
					problems = append(problems, p.Message)
				}
			}
			if fmt.Sprint(problems) != fmt.Sprint(tt.problems) {
				t.Errorf("problems %q\nwant     %q", problems, tt.problems)
			}
			if n := len(s.Requests()); n != tt.requests {
				t.Errorf("%d requests, want %d:\n%s", n, tt.requests, s.Requests())
			}
		})
	}
}

// A token that may not read the code, or no pull request, ends the run with the permission that is missing.
func TestPermissionToRead(t *testing.T) {
	for _, may := range []githubtest.Permissions{{"pull-requests": "write", "checks": "write"}, {"contents": "read", "checks": "write"}} {
		s, p := launched(t)
		_, err := clientOf(t, s, s.AsWith("github-actions[bot]", may)).Gather(context.Background(), github.Ask{Repo: "acme/site", Number: p.Number})
		if err == nil || !strings.Contains(err.Error(), "contents: read") {
			t.Errorf("%v: %v", may, err)
		}
	}
}

// A merge queue is let go on by one request, on a commit that no pull request has for its head.
func TestMergeQueue(t *testing.T) {
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
	group := repo.Commit("gh-readonly-queue/main/pr-7-abc", map[string]string{"blog/a.md": "# A\n\nNew.\n"}, "Merge pull request #7")
	s.Forget()
	told, err := clientOf(t, s, s.Token()).Tell(context.Background(), &review.Pull{Repo: "acme/site", Head: group, May: review.May{Check: true}},
		review.Deeds{Check: review.Verdict{Conclusion: "success", Title: "Nothing waits for tellwell", Summary: "In the merge queue nothing is asked."}})
	if err != nil || told.CheckURL == "" || operations(s.Requests()) != "checks/create" {
		t.Errorf("told %+v, %v, by %s", told, err, operations(s.Requests()))
	}
}
