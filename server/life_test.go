package server

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/example-org/tellwell/github/githubtest"
)

const mended = "# Eleven shops before six\n\nOn Monday at four the oven in Hawes was cold, and Petra Lang rang the school to say there would be no rolls.\n"

// The life of a pull request, through signed webhooks: as a draft it is silent, then asked, then answered, mended, left alone, closed.
func TestLife(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := stage(t, database)
		hooks := []string{s.http.URL + "/webhook"}
		if s.server.store.shared { // a second server takes every other delivery
			second := s.start(s.options(database))
			web := httptest.NewServer(second.Handler())
			t.Cleanup(web.Close)
			hooks = append(hooks, web.URL+"/webhook")
		}
		turn := 0
		site := s.github.Repo("acme/site")
		site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full}\n", "blog/a.md": "# A\n"}, "Begin")
		in := s.app.Install("acme", site)
		s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
		s.release()

		site.Commit("work", map[string]string{"blog/b.md": weak}, "Work")
		p := site.Open("work", "main", githubtest.PR{Draft: true, Author: "mira"})
		site.Member("mira", "MEMBER")
		stage := func(what string, do func(), holds func() bool) {
			t.Helper()
			turn++
			s.app.Hook(hooks[turn%len(hooks)])
			do()
			s.until(what+" is done", s.idle)
			s.github.Sleep(time.Minute)
			if !holds() {
				t.Fatalf("%s: %s\n%s", what, p.Story(), s.rows())
			}
		}
		open := func() (n int) {
			for _, th := range p.Threads() {
				if !strings.Contains(th.Comments[0].Body, "no longer") && th.Comments[0].Minimised == "" {
					n++
				}
			}
			return n
		}
		stage("opened as a draft", func() { in.Event(p, "opened") }, func() bool { return len(p.Threads()) == 0 && len(p.Checks()) == 1 })
		stage("ready", func() { p.Ready(); in.Event(p, "ready_for_review") }, func() bool { return open() == 1 })
		stage("asked why", func() {
			said := p.Reply(p.Threads()[0], "mira", "tellwell: why")
			in.Said(p, said)
		}, func() bool { return len(p.Threads()[0].Comments) == 3 })
		stage("small talk", func() { in.Said(p, p.Comment("orla", "MEMBER", "Nice work!")) }, func() bool { return open() == 1 })
		stage("another page", func() {
			p.Push(map[string]string{"blog/c.md": strings.ReplaceAll(weak, "Deck 3", "Deck 4")})
			in.Event(p, "synchronize")
		}, func() bool { return open() == 2 })
		stage("mended", func() {
			p.Push(map[string]string{"blog/c.md": mended})
			in.Event(p, "synchronize")
		}, func() bool { return open() == 1 })
		stage("labelled", func() {
			p.Label("tellwell: skip")
			p.Push(map[string]string{"blog/d.md": strings.ReplaceAll(weak, "Deck 3", "Deck 5")})
			in.Event(p, "synchronize")
		}, func() bool { return open() == 1 })
		stage("in the merge queue", func() {
			s.app.Deliver("merge_group", in.With([]byte(fmt.Sprintf(`{"action":"checks_requested","merge_group":{"head_sha":%q},"repository":%s}`, p.Head(), repository(s, site)))))
		}, func() bool {
			last := p.Checks()[len(p.Checks())-1]
			return last.Conclusion == "success"
		})
		checks := len(p.Checks())
		stage("closed", func() { p.Close(); s.app.Deliver("pull_request", in.With(p.Event("closed"))) }, func() bool { return len(p.Checks()) == checks })
		stage("suspended", func() { in.Suspend(true); p.Reopen(); in.Event(p, "reopened") }, func() bool { return len(p.Checks()) == checks })
	})
}

// What could not be delivered is found at the next look, and what nobody told of as well.
func TestNothingIsMissed(t *testing.T) {
	s := &scene{t: t, github: githubtest.New(t, githubtest.StartAt(time.Now()))}
	s.app = s.github.App("tellwell")
	site := s.github.Repo("acme/site")
	site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full}\n", "blog/a.md": "# A\n"}, "Begin")
	s.app.Install("acme", site) // nobody listens
	o := s.options(t.TempDir() + "/t.db")
	o.Reconcile = 1200 * time.Millisecond
	s.serve(o)
	s.until("the repository is found", func() bool { return s.mode("acme/site") == dryRun })
	s.until("the delivery comes again", func() bool {
		var n int
		return s.server.store.db.QueryRow(`SELECT count(*) FROM deliveries WHERE event = 'installation'`).Scan(&n) == nil && n == 1
	})
	s.release()
	site.Commit("work", map[string]string{"blog/b.md": weak}, "Work")
	p := site.Open("work", "main", githubtest.PR{}) // and no event at all
	s.until("it is found without an event", func() bool { return len(p.Threads()) == 1 })
}

func TestForget(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := stage(t, database)
		site, other := s.github.Repo("acme/site"), s.github.Repo("bolt/site")
		for _, r := range []*githubtest.Repo{site, other} {
			r.Commit("main", map[string]string{".github/tellwell.yml": "version: 1\n", "blog/a.md": "# A\n"}, "Begin")
		}
		in := s.app.Install("acme", site)
		s.app.Install("bolt", other)
		s.until("both are looked at", func() bool { return s.mode("acme/site") == dryRun && s.mode("bolt/site") == dryRun && s.idle() })
		rows, err := Forget(context.Background(), database, in.ID)
		if err != nil || rows < 4 || s.mode("acme/site") != "" || s.mode("bolt/site") != dryRun {
			t.Errorf("%d rows, %v, %q, %q", rows, err, s.mode("acme/site"), s.mode("bolt/site"))
		}
		if rows, err := Forget(context.Background(), database, in.ID); err != nil || rows != 0 {
			t.Errorf("the second time %d rows, %v", rows, err)
		}
	})
}

// What keeps failing is set aside with its reason, and a limit of GitHub's is waited out by the queue.
func TestFailing(t *testing.T) {
	s := &scene{t: t, github: githubtest.New(t)}
	s.app = s.github.App("tellwell")
	o := s.options(t.TempDir() + "/t.db")
	o.Retries = 3
	s.serve(o)
	site := s.github.Repo("acme/site")
	site.Commit("main", map[string]string{".github/tellwell.yml": "version: 1\n", "blog/a.md": "# A\n"}, "Begin")
	in := s.app.Install("acme", site)
	s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
	site.Commit("work", map[string]string{"blog/b.md": weak}, "Work")
	p := site.Open("work", "main", githubtest.PR{})
	s.github.Fault(githubtest.Broken(502).On("query").Times(1000))
	in.Event(p, "opened")
	s.until("it is set aside", func() bool {
		var reason string
		err := s.server.store.db.QueryRow(`SELECT reason FROM work WHERE aside = 1 AND kind = 'pull'`).Scan(&reason)
		return err == nil && strings.Contains(reason, "502")
	})
	s.github.Heal()
	in.Event(p, "edited")
	s.until("it is done after all", s.idle)

	s.github.Fault(githubtest.TooMany(30 * time.Minute).On("query"))
	in.Event(p, "reopened")
	s.until("the installation waits", func() bool {
		q, err := s.server.store.state(context.Background())
		return err == nil && q.Paused == 1 && q.Waiting == 1
	})
}

// Last month's digest becomes one issue where the organisation's settings ask for it and the App may; else nothing happens.
func TestDigestIssue(t *testing.T) {
	s := stage(t, t.TempDir()+"/t.db")
	site, settings := s.github.Repo("acme/site"), s.github.Repo("acme/.github")
	site.Commit("main", map[string]string{".github/tellwell.yml": "version: 1\n", "blog/a.md": "# A\n"}, "Begin")
	settings.Commit("main", map[string]string{".github/tellwell.yml": "digest: acme/site\n"}, "Begin")
	in := s.app.Install("acme", site, settings)
	s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
	ctx := context.Background()
	last := time.Now().UTC().AddDate(0, 0, -time.Now().UTC().Day()) // within last month
	if _, err := s.server.store.db.Exec(`INSERT INTO reviews (work, repository, number, head, at, ms, mode, settings, posted, edited, outcome, told, quotes)
		VALUES (1, $1, 7, 'abc', $2, 1, 'on', '', 1, 0, '', '{"checks":{"stock-opening":3},"gaps":["no page about <b>us</b>, @acme/all"]}', '')`, site.ID(), last.UnixMilli()); err != nil {
		t.Fatal(err)
	}
	if err := s.server.digests(ctx, s.server.App()); err != nil || len(site.Issues()) != 0 {
		t.Fatalf("without the permission: %v, %v", site.Issues(), err)
	}
	s.github.Permit(githubtest.Permissions{"contents": "read", "pull-requests": "write", "checks": "write", "issues": "write"})
	for range 2 {
		if _, err := s.server.store.db.Exec(`DELETE FROM notes WHERE name LIKE 'digest %'`); err != nil { // as if the server had ended before it noted it
			t.Fatal(err)
		}
		if err := s.server.digests(ctx, s.server.App()); err != nil {
			t.Fatal(err)
		}
	}
	issues := site.Issues()
	if len(issues) != 1 || issues[0].Title != "tellwell in "+last.Format("January 2006") || !strings.Contains(issues[0].Body, "stock-opening (3 questions)") ||
		strings.Contains(issues[0].Body, "<b>") || strings.Contains(issues[0].Body, "@acme") {
		t.Errorf("%d: %+v", in.ID, issues)
	}
}
