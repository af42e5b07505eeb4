package github_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/example-org/tellwell/github/githubtest"
)

// Fifteen to twenty questions stand on ten pages, and text above them moves: by twenty lines inserted, by a rebase, by a force-push. None
// is posted again and none is touched. On the first of these reviewdog makes 24 calls and posts twenty anew (issue 3).
func TestTwentyLinesAbove(t *testing.T) {
	tags := "tags:\n"
	for i := range 19 {
		tags += fmt.Sprintf("  - tag %d\n", i)
	}
	server := githubtest.New(t)
	repo := server.Repo("acme/site")
	repo.Commit("main", map[string]string{".github/tellwell.yml": settings + "budget: {per_pull_request: 20, words_per_comment: 60}\n", "primers/planners.md": planners}, "Begin")
	opening, rest, _ := strings.Cut(launch+more, "We are thrilled to announce Relay 4, the newest part of the Relay suite.")
	beginning, rest, _ := strings.Cut(rest, "Relay 4 is a robust")
	_, end, _ := strings.Cut(rest, "## Availability")
	other := opening + "In a world where everything changes, change is the only constant." + beginning +
		"Our customers love Relay 4. They tell us that it has changed their lives.\n\n## Availability" + end
	written, moved := map[string]string{}, map[string]string{}
	for i, county := range []string{"Carlow", "Cavan", "Clare", "Kerry", "Laois", "Louth", "Mayo", "Meath", "Offaly", "Sligo"} {
		path, text := fmt.Sprintf("blog/relay-%d.md", i), launch+more
		if i%2 == 1 {
			text = other // neither one page ten times nor one sort of question twenty times would do: nothing is asked twice in the same words
		}
		text = strings.NewReplacer("announce Relay 4", "announce Relay 4 for "+county, "Relay 4 is a robust", "Relay 4 for "+county+" is a robust",
			"every customer", "every customer in "+county, "In a world", "In "+county+" and in a world").Replace(text)
		written[path], moved[path] = text, strings.Replace(text, "kind: product\n", "kind: product\n"+tags, 1)
	}
	repo.Commit("relay", written, "Ten launch pages")
	p := repo.Open("relay", "main", githubtest.PR{Title: "Relay 4", Author: "mira"})
	if told := begin(t, server, p).tell(); told.Posted < 15 { // how many of the twenty that the budget allows is for the checks to say
		t.Fatalf("%d questions were posted, want 15 to 20", told.Posted)
	}
	bodies := func() string {
		var all []string
		for _, thread := range p.Threads() {
			for _, c := range thread.Comments {
				all = append(all, fmt.Sprint(thread.ID, c.Minimised, c.Body))
			}
		}
		return strings.Join(all, "\n")
	}
	before := bodies()
	for _, change := range []struct {
		name string
		do   func()
	}{
		{"twenty lines inserted above", func() { p.Push(moved) }},
		{"rebased", func() {
			repo.Commit("main", map[string]string{"blog/news.md": "# News\n\nNothing.\n"}, "Main moves on")
			p.Rebase()
		}},
		{"force-pushed, as it was first", func() { p.ForcePush(written) }},
	} {
		change.do()
		server.Sleep(time.Minute)
		server.Forget()
		told := begin(t, server, p).tell()
		requests := server.Requests()
		if told.Posted != 0 || told.Edited != 0 || len(requests.Notifying()) != 0 || bodies() != before {
			t.Errorf("%s: posted %d, edited %d, %d requests notify", change.name, told.Posted, told.Edited, len(requests.Notifying()))
		}
		for _, thread := range p.Threads() {
			if thread.Outdated || thread.Line == 0 {
				t.Errorf("%s: the thread on %s is outdated", change.name, thread.Path)
			}
		}
		if len(requests) > 5 { // a summary that names lines is edited in place
			t.Errorf("%s: %d requests", change.name, len(requests))
		}
		t.Logf("%s\n%s", change.name, requests)
	}
}
