package server

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"github.com/example-org/tellwell/github/githubtest"
)

// The line to GitHub is slow, breaks, and cuts answers short; GitHub answers with errors and limits: nothing is lost, nothing is said twice,
// and no limit of the stand-in's is ever broken.
func TestFaults(t *testing.T) {
	s := &scene{t: t, github: githubtest.New(t, githubtest.Lagging(0, 5*time.Second))}
	s.app = s.github.App("tellwell")
	proxies := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	proxy := toxiproxy.NewProxy(proxies, "github", "127.0.0.1:0", strings.TrimPrefix(s.github.WebURL(), "http://"))
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Stop)
	through := "http://" + proxy.Listen
	o := s.options(t.TempDir() + "/t.db")
	o.GitHub.API, o.GitHub.GraphQL = through+"/api/v3", through+"/api/graphql"
	o.GitHub.Base = &http.Transport{DisableKeepAlives: true, DialContext: (&net.Dialer{Timeout: 2 * time.Second}).DialContext} // each request meets the line as it is
	o.Settle = 400 * time.Millisecond
	o.Retries = 1000 // whoever fails is tried again while this lasts
	s.serve(o)
	stop := make(chan struct{})
	defer close(stop)
	go func() { // GitHub's clock goes on, so that what lags comes to show and what is limited ends
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				s.github.Sleep(300 * time.Millisecond)
			}
		}
	}()

	site := s.github.Repo("acme/site")
	site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full, words_per_comment: 20, per_page: 10, per_pull_request: 30}\n", "blog/a.md": "# A\n"}, "Begin")
	in := s.app.Install("acme", site)
	s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
	s.release()

	toxic := func(kind, attributes string) func() {
		return func() {
			if _, err := proxy.Toxics.AddToxicJson(strings.NewReader(fmt.Sprintf(`{"name": %q, "type": %q, "stream": "downstream", "toxicity": 0.7, "attributes": {%s}}`, kind, kind, attributes))); err != nil {
				t.Fatal(err)
			}
		}
	}
	weather := []struct {
		name  string
		begin func()
	}{
		{"slow", toxic("latency", `"latency": 150`)},
		{"reset", toxic("reset_peer", `"timeout": 5`)},
		{"cut short", toxic("limit_data", `"bytes": 900`)},
		{"server errors", func() {
			s.github.Fault(githubtest.Broken(502).Times(6), githubtest.Lost(502).On("mutation"), githubtest.Lost(502).On("pulls/create-review"))
		}},
		{"limits", func() {
			s.github.Fault(githubtest.SecondaryLimit(40*time.Second), githubtest.TooMany(30*time.Second).After(2), githubtest.TooMany(0).After(3))
		}},
		{"lost answers", func() {
			s.github.Fault(githubtest.Lost(500).On("pulls/create-review").Times(2), githubtest.Truncated().On("pulls/create-review").After(1))
		}},
	}
	var pulls []*githubtest.Pull
	for i, w := range weather {
		branch := fmt.Sprintf("work-%d", i)
		site.Commit(branch, map[string]string{fmt.Sprintf("blog/p%d.md", i): page(i, 0)}, "Work")
		p := site.Open(branch, "main", githubtest.PR{})
		pulls = append(pulls, p)
		w.begin()
		in.Event(p, "opened")
		time.Sleep(400 * time.Millisecond)
		p.Push(map[string]string{fmt.Sprintf("blog/p%d.md", i): page(i, 1)})
		in.Event(p, "synchronize")
		time.Sleep(600 * time.Millisecond)
		proxy.Toxics.ResetToxics(context.Background())
		s.github.Heal()
	}
	end := time.Now().Add(2 * time.Minute)
	for time.Now().Before(end) && !s.idle() {
		if _, err := s.server.store.db.Exec(`UPDATE installations SET paused_until = 0`); err != nil { // GitHub's hours are over sooner than ours
			t.Fatal(err)
		}
		if _, err := s.server.store.db.Exec(`UPDATE work SET due_at = 0 WHERE due_at > $1`, time.Now().Add(time.Second).UnixMilli()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
	if !s.idle() {
		t.Fatalf("it never came to rest\n%s", s.rows())
	}
	(&storm{scene: s, pulls: pulls, repo: func(int) string { return "acme/site" }}).judge(s.server.store)
	for _, r := range s.github.Requests() {
		if (r.Status == http.StatusForbidden || r.Status == http.StatusTooManyRequests) && r.Failed == "" {
			t.Errorf("a limit was broken: %v", r)
		}
	}
}
