package server

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

// What a newer head makes needless is called off before GitHub is told anything of the older one.
func TestSuperseded(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := &scene{t: t, github: githubtest.New(t)}
		s.app = s.github.App("tellwell")
		o := s.options(database)
		reading, on := make(chan struct{}), make(chan struct{})
		var first sync.Once
		o.Judge = func(r review.Request) *review.Plan {
			first.Do(func() { close(reading); <-on })
			return review.Make(r)
		}
		s.serve(o)
		site := s.github.Repo("acme/site")
		site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full}\n", "blog/a.md": "# A\n"}, "Begin")
		in := s.app.Install("acme", site)
		s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
		s.release()
		site.Commit("work", map[string]string{"blog/b.md": weak}, "Work")
		p := site.Open("work", "main", githubtest.PR{})
		in.Event(p, "opened")
		<-reading
		older := p.Head()
		p.Push(map[string]string{"blog/b.md": weak + "\nOne more line.\n"})
		in.Event(p, "synchronize")
		s.github.Forget()
		close(on)
		s.until("the newer head is done", s.idle)
		if requests := s.github.Requests(); len(requests) == 0 || !strings.Contains(requests[0].Operation, "Gather") {
			t.Errorf("the older head went on, instead of the newer one being gathered:\n%s", requests)
		}
		if n := len(p.Checks()); n != 1 || len(p.Threads()) != 1 {
			t.Errorf("%d check runs and %d threads, and the newer head deserves one of each", n, len(p.Threads()))
		}
		for _, c := range p.Checks() {
			if c.Commit == older {
				t.Errorf("the older head has a check run: %+v", c)
			}
		}
		var reviews int
		if err := s.server.store.db.QueryRow(`SELECT count(*) FROM reviews`).Scan(&reviews); err != nil || reviews != 1 {
			t.Errorf("%d reviews are on record, %v", reviews, err)
		}
	})
}

// What waits for GitHub is called off as well.
func TestSupersededWhileGathering(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := stage(t, database)
		site := s.github.Repo("acme/site")
		site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full}\n", "blog/a.md": "# A\n"}, "Begin")
		in := s.app.Install("acme", site)
		s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
		s.release()
		s.github.Fault(githubtest.Hang().On("Gather").Times(2))
		site.Commit("work", map[string]string{"blog/b.md": weak}, "Work")
		p := site.Open("work", "main", githubtest.PR{})
		in.Event(p, "opened")
		for _, want := range []string{"", errSuperseded.Error()} { // the first two wait for an answer that never comes
			s.until("a worker waits", func() bool {
				var reason string
				var leased bool
				err := s.server.store.db.QueryRow(`SELECT reason, lease_owner <> '' FROM work WHERE kind = 'pull'`).Scan(&reason, &leased)
				return err == nil && leased && reason == want
			})
			p.Push(map[string]string{"blog/b.md": weak + "\nOne more line" + want + ".\n"})
			in.Event(p, "synchronize")
		}
		s.until("the last head is done", s.idle)
		if n := len(p.Checks()); n != 1 || p.Checks()[0].Commit != p.Head() {
			t.Errorf("%d check runs: %+v", n, p.Checks())
		}
	})
}

// A new secret in the file of credentials is believed without a restart, and a broken file takes nothing away.
func TestNewSecret(t *testing.T) {
	s := &scene{t: t, github: githubtest.New(t)}
	s.app = s.github.App("tellwell")
	o := s.options(t.TempDir() + "/t.db")
	o.Keeper = Keeper{filepath.Join(t.TempDir(), "credentials.json")}
	kept := Kept{Credentials: credentials(s.app)}
	if err := o.Keeper.Save(kept); err != nil {
		t.Fatal(err)
	}
	s.serve(o)
	old := s.app.Secret
	ping := func(secret string) int {
		s.app.Secret = secret
		_, status := s.app.Deliver("ping", []byte(`{"zen":"Keep it."}`))
		return status
	}
	if a, b := ping(old), ping("new"); a != http.StatusAccepted || b != http.StatusUnauthorized {
		t.Fatalf("before: %d, %d", a, b)
	}
	kept.Credentials.WebhookSecrets = []string{old, "new"}
	if err := o.Keeper.Save(kept); err != nil {
		t.Fatal(err)
	}
	s.until("the new secret is believed", func() bool { return ping("new") == http.StatusAccepted })
	if got := ping(old); got != http.StatusAccepted {
		t.Errorf("the old one, beside it: %d", got)
	}
	for _, broken := range []string{`{"public`, `{}`, fmt.Sprintf(`{"credentials":{"app_id":1,"private_key":%q,"webhook_secrets":[]}}`, s.app.Key())} {
		if err := os.WriteFile(o.Keeper.Path, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * o.Sweep)
		if a, b := ping("new"), ping("another"); a != http.StatusAccepted || b != http.StatusUnauthorized {
			t.Errorf("with %.20s in the file: %d, %d", broken, a, b)
		}
	}
}
