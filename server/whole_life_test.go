package server

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/example-org/tellwell/github/githubtest"
)

// The whole life that package github tells turn by turn, through signed webhooks: what stands on the pull request after each turn is word
// for word what stands there when a workflow ran, but for the turns below. On Postgres two servers take the deliveries by turns.
func TestWholeLife(t *testing.T) {
	src, err := os.ReadFile("../github/testdata/life.txt")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{} // by turn
	for _, part := range strings.Split(string(src), "\n==== ")[1:] {
		name, rest, _ := strings.Cut(part, " ====\n")
		_, body, _ := strings.Cut(rest, "\n\n") // after how much it cost
		told[name] = strings.TrimSpace(body)
	}
	// Where the App differs from a workflow, and what holds there instead.
	unchecked := func(turn string) func(string) bool { // a head has one check run, and nothing is said of it twice
		return func(story string) bool {
			want, _, _ := strings.Cut(told[turn], "check \"tellwell\"")
			return story == strings.TrimSpace(want)
		}
	}
	otherwise := map[string]func(story string) bool{
		"3. run again with nothing new": unchecked("3. run again with nothing new"),
		"22. a stranger says stop":      unchecked("22. a stranger says stop"),
		"26. labelled":                  unchecked("26. labelled"),
		"28. reopened":                  unchecked("28. reopened"),
		"27. closed": func(story string) bool { // a workflow of ours may run then; the server does nothing
			return !strings.Contains(story, "check ") && strings.Contains(story, "closed")
		},
		"29. from a fork, whose token may only read": func(story string) bool { // an App's token may write there, too
			return strings.Count(story, "thread on blog/guest.md") == 2
		},
		"30. by Dependabot": func(story string) bool { // and here, so that the check run can say why nothing is asked
			return !strings.Contains(story, "thread on") && strings.Contains(story, "its author is a bot")
		},
		"38. the pull request that brings tellwell in": func(story string) bool { // until it is merged the repository is only listed
			return !strings.Contains(story, "check ") && !strings.Contains(story, "comment")
		},
	}
	eachDatabase(t, func(t *testing.T, database string) {
		s := &scene{t: t, github: githubtest.New(t)}
		s.app = s.github.App("github-actions") // the name that a workflow has, so that the stories can be compared
		var hooks []string
		for i := range 2 {
			server := s.start(s.options(database))
			web := httptest.NewServer(server.Handler())
			t.Cleanup(web.Close)
			hooks = append(hooks, web.URL+"/webhook")
			if i == 0 {
				s.server = server
			}
			if !server.store.shared {
				break
			}
		}
		s.app.Hook(hooks[0])
		site, fresh := s.github.Repo("acme/site"), s.github.Repo("acme/fresh")
		githubtest.Begin(site)
		in := s.app.Install("acme", site, fresh)
		s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
		s.release()
		var news githubtest.News
		n, deliveries := 0, 0
		for turn := range githubtest.Life(site, fresh) {
			n++
			name := fmt.Sprintf("%d. %s", n, turn.What)
			for _, said := range turn.Told {
				s.app.Hook(hooks[deliveries%len(hooks)])
				deliveries++
				if _, status := s.app.Deliver(said.Event, in.With(said.Body)); status != 202 {
					t.Fatalf("%s: %s is answered %d", name, said.Event, status)
				}
			}
			s.until(name+" is done", s.idle)
			s.github.Sleep(time.Minute)
			story := strings.TrimSpace(news.Of(turn.Pull))
			if holds, ok := otherwise[name]; ok {
				if !holds(story) {
					t.Errorf("%s:\n%s", name, story)
				}
			} else if want, ok := told[name]; !ok || story != want {
				t.Errorf("==== %s, through the webhook ====\n%s\n==== and in a workflow ====\n%s", name, story, want)
			}
		}
		t.Logf("%d turns, %d deliveries", n, deliveries)
		if n != len(told) {
			t.Errorf("%d turns, and the story has %d", n, len(told))
		}
	})
}
