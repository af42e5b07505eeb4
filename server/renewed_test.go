package server

import (
	"net/http"
	"net/http/httptest"
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
		s.server = s.start(o)
		s.http = httptest.NewServer(s.server.Handler())
		t.Cleanup(s.http.Close)
		s.app.Hook(s.http.URL + "/webhook")
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
	s.server = s.start(o)
	s.http = httptest.NewServer(s.server.Handler())
	t.Cleanup(s.http.Close)
	s.app.Hook(s.http.URL + "/webhook")
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
	if err := os.WriteFile(o.Keeper.Path, []byte(`{"public`), 0o600); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * o.Sweep)
	if a, b := ping("new"), ping("another"); a != http.StatusAccepted || b != http.StatusUnauthorized {
		t.Errorf("with a broken file: %d, %d", a, b)
	}
}
