package server

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
)

const weak = "# The future of baking\n\nIn today's fast-paced world, Deck 3 is our most powerful, innovative and seamless oven yet, built to transform operations for bakers everywhere. We are thrilled to announce it.\n"

// A scene is a stand-in for GitHub with an App on it, and a server that the App's webhook reaches.
type scene struct {
	t      *testing.T
	github *githubtest.Server
	app    *githubtest.App
	server *Server
	http   *httptest.Server
}

// short are the times of a server that nobody waits for.
func short(o Options) Options {
	o.Quiet, o.Sweep, o.Lease, o.Settle = 10*time.Millisecond, 300*time.Millisecond, 3*time.Second, 50*time.Millisecond
	if o.Reconcile == 0 {
		o.Reconcile = time.Hour
	}
	return o
}

func (s *scene) options(database string) Options {
	return short(Options{Database: database, Checks: checks.All, Log: logger(s.t), GitHub: github.Options{
		API: s.github.URL(), GraphQL: s.github.GraphQL(), Sleep: func(_ context.Context, d time.Duration) error { s.github.Sleep(d); return nil },
	}})
}

func logger(t *testing.T) *slog.Logger {
	if os.Getenv("TELLWELL_SHOW") == "" {
		return nil
	}
	return slog.New(slog.NewTextHandler(testWriter{t}, nil))
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

func credentials(a *githubtest.App) github.Credentials {
	return github.Credentials{AppID: a.ID, Slug: a.Slug, PrivateKey: a.Key(), WebhookSecrets: []string{a.Secret}}
}

// stage makes a scene with one server, on a database of its own.
func stage(t *testing.T, database string) *scene {
	t.Helper()
	s := &scene{t: t, github: githubtest.New(t)}
	s.app = s.github.App("tellwell")
	s.serve(s.options(database))
	return s
}

// serve starts the scene's server, and lets the webhook reach it.
func (s *scene) serve(o Options) {
	s.t.Helper()
	s.server = s.start(o)
	s.http = httptest.NewServer(s.server.Handler())
	s.t.Cleanup(s.http.Close)
	s.app.Hook(s.http.URL + "/webhook")
}

func (s *scene) start(o Options) *Server {
	s.t.Helper()
	ctx := context.Background()
	server, err := Open(ctx, o)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := server.Use(credentials(s.app)); err != nil {
		s.t.Fatal(err)
	}
	if err := server.Start(ctx); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := server.Stop(ctx); err != nil {
			s.t.Errorf("stop: %v", err)
		}
		if err := server.Close(); err != nil {
			s.t.Errorf("close: %v", err)
		}
	})
	return server
}

// until waits until something is so.
func (s *scene) until(what string, is func() bool) {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	s.t.Fatalf("it never came to be that %s\n%s", what, s.rows())
}

func (s *scene) rows() string {
	var b strings.Builder
	rows, err := s.server.store.db.Query(`SELECT r.name, r.mode, w.kind, w.number, w.wanted_seq, w.done_seq, w.attempts, w.reason, w.due_at, w.lease_until FROM work w JOIN repositories r ON r.id = w.repository`)
	if err != nil {
		return err.Error()
	}
	defer rows.Close()
	for rows.Next() {
		var name, mode, kind, reason string
		var number, wanted, done, attempts, due, lease int64
		if err := rows.Scan(&name, &mode, &kind, &number, &wanted, &done, &attempts, &reason, &due, &lease); err != nil {
			return err.Error()
		}
		fmt.Fprintf(&b, "%s (%s) %s %d: wanted %d, done %d, attempts %d, %q, due %d, leased %d\n", name, mode, kind, number, wanted, done, attempts, reason, due, lease)
	}
	return b.String()
}

func (s *scene) idle() bool {
	q, err := s.server.store.state(context.Background())
	return err == nil && q.Waiting == 0
}

// release ends the dry run of every repository.
func (s *scene) release() {
	s.t.Helper()
	if _, err := s.server.store.db.Exec(`UPDATE repositories SET released = 1, mode = 'on' WHERE mode = 'dry-run'`); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) mode(repo string) (mode string) {
	_ = s.server.store.db.QueryRow(`SELECT mode FROM repositories WHERE name = $1`, repo).Scan(&mode)
	return mode
}

// A repository is listed until it is configured, then reviewed in a dry run, then told.
func TestFromInstallationToReview(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := stage(t, database)
		site, shop := s.github.Repo("acme/site"), s.github.Repo("acme/shop")
		for _, r := range []*githubtest.Repo{site, shop} {
			r.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
			r.Commit("work", map[string]string{"blog/b.md": weak}, "Work")
		}
		p, q := site.Open("work", "main", githubtest.PR{}), shop.Open("work", "main", githubtest.PR{})
		in := s.app.Install("acme", site, shop)
		s.until("both are listed", func() bool { return s.mode("acme/site") == listed && s.mode("acme/shop") == listed })
		in.Event(p, "opened")
		in.Event(q, "opened")
		time.Sleep(200 * time.Millisecond)
		if n := len(p.Threads()) + len(p.Checks()); n > 0 {
			t.Fatalf("a repository that is only listed was told %d things", n)
		}

		site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full}\n"}, "Switch on")
		s.app.Deliver("push", in.With([]byte(fmt.Sprintf(`{"ref":"refs/heads/main","commits":[{"added":[".github/tellwell.yml"]}],"repository":%s}`, repository(s, site)))))
		s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
		var outcome, quotes string
		if err := s.server.store.db.QueryRow(`SELECT outcome, quotes FROM reviews ORDER BY id DESC LIMIT 1`).Scan(&outcome, &quotes); err != nil || !strings.Contains(outcome, "a dry run: ") || !strings.Contains(quotes, "thrilled") {
			t.Fatalf("the record has %q, %q, %v", outcome, quotes, err)
		}
		if n := len(p.Threads()) + len(p.Checks()) + len(q.Threads()) + len(q.Checks()); n > 0 {
			t.Fatalf("a dry run told %d things", n)
		}

		s.release()
		in.Event(p, "reopened")
		s.until("the questions stand", func() bool { return len(p.Threads()) > 0 && len(p.Checks()) == 1 && s.idle() })
		before := len(p.Threads())
		guid, _ := s.app.Deliver("pull_request", in.With(p.Event("edited")))
		s.until("it was looked at again", s.idle)
		for range 3 {
			if status := s.app.Again(guid, "pull_request", in.With(p.Event("edited"))); status != http.StatusAccepted {
				t.Errorf("a delivery that comes again is answered %d", status)
			}
		}
		time.Sleep(100 * time.Millisecond)
		if len(p.Threads()) != before {
			t.Errorf("%d threads, and %d after it was looked at again", before, len(p.Threads()))
		}
		// What an author answers is heard, and the organisation's settings switch others on.
		s.github.Repo("acme/.github").Commit("main", map[string]string{".github/tellwell.yml": "repositories: [shop]\nbudget: {per_pull_request: 1}\n"}, "Settings")
		in.Add(s.github.Repo("acme/.github"))
		s.app.Deliver("push", in.With([]byte(fmt.Sprintf(`{"ref":"refs/heads/main","commits":[{"added":[".github/tellwell.yml"]}],"repository":%s}`, repository(s, s.github.Repo("acme/.github"))))))
		s.until("the shop is switched on", func() bool { return s.mode("acme/shop") == dryRun && s.idle() })
		if s.app.Exchanges > 1 {
			t.Errorf("%d tokens were asked for, want one an hour", s.app.Exchanges)
		}
	})
}

func repository(s *scene, r *githubtest.Repo) string {
	return fmt.Sprintf(`{"id":%d,"full_name":%q,"default_branch":"main"}`, r.ID(), r.Name)
}

// What comes to the webhook is believed only when it is signed, and acknowledged only when it is stored.
func TestHook(t *testing.T) {
	s := stage(t, filepath.Join(t.TempDir(), "t.db"))
	send := func(body []byte, signature string, header ...string) int {
		req, err := http.NewRequest("POST", s.http.URL+"/webhook", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-GitHub-Event", "ping")
		req.Header.Set("X-GitHub-Delivery", "one")
		req.Header.Set("X-Hub-Signature-256", signature)
		for i := 0; i < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode
	}
	sign := func(body []byte) string {
		mac := hmac.New(sha256.New, []byte(s.app.Secret))
		mac.Write(body)
		return "sha256=" + hex.EncodeToString(mac.Sum(nil))
	}
	body := []byte(`{"zen":"Keep it logically awesome."}`)
	for _, tt := range []struct {
		name      string
		body      []byte
		signature string
		header    []string
		want      int
	}{
		{"signed", body, sign(body), nil, 202},
		{"an unknown event", body, sign(body), []string{"X-GitHub-Event", "sponsorship", "X-GitHub-Delivery", "two"}, 202},
		{"unsigned", body, "", nil, 401},
		{"signed by somebody else", body, "sha256=" + strings.Repeat("ab", 32), nil, 401},
		{"changed on the way", []byte(`{"zen":"Keep it logically awesome!"}`), sign(body), nil, 401},
		{"no JSON", []byte("a=b"), sign([]byte("a=b")), nil, 400},
		{"nameless", body, sign(body), []string{"X-GitHub-Delivery", ""}, 400},
		{"too large", make([]byte, github.MostPayload+1), "sha256=00", nil, 413},
	} {
		if got := send(tt.body, tt.signature, tt.header...); got != tt.want {
			t.Errorf("%s: answered %d, want %d", tt.name, got, tt.want)
		}
	}
	if known, err := s.server.store.known(context.Background(), "one"); err != nil || !known {
		t.Errorf("what was acknowledged is not stored: %v", err)
	}
	if resp, err := http.Get(s.http.URL + "/metrics"); err != nil || resp.StatusCode != 404 {
		t.Errorf("the world reaches the metrics: %v, %v", resp, err)
	}
}

// eachDatabase runs a test on SQLite, and on Postgres where there is one.
func eachDatabase(t *testing.T, do func(t *testing.T, database string)) {
	t.Run("SQLite", func(t *testing.T) { do(t, filepath.Join(t.TempDir(), "tellwell.db")) })
	t.Run("Postgres", func(t *testing.T) { do(t, postgres(t)) })
}

// GitHub's own sample payloads, signed: each is taken or politely passed by, and none of them upsets what is stored.
func TestSamplesThroughTheHook(t *testing.T) {
	samples := githubtest.Samples(t)
	s := &scene{t: t, github: githubtest.New(t)}
	s.app = s.github.App("tellwell")
	server, err := Open(context.Background(), s.options(filepath.Join(t.TempDir(), "t.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if err := server.Use(credentials(s.app)); err != nil {
		t.Fatal(err)
	}
	s.server, s.http = server, httptest.NewServer(server.Handler())
	defer s.http.Close()
	s.app.Hook(s.http.URL + "/webhook")
	for i, sample := range samples {
		if _, status := s.app.Deliver(sample.Event, sample.Body); status != http.StatusAccepted {
			t.Errorf("%s, sample %d, is answered %d", sample.Event, i, status)
		}
	}
}

// A repository that is renamed, or moved to another organisation, keeps its row and its work.
func TestRenamedAndMoved(t *testing.T) {
	s := stage(t, filepath.Join(t.TempDir(), "t.db"))
	site := s.github.Repo("acme/site")
	site.Commit("main", map[string]string{".github/tellwell.yml": "version: 1\n", "blog/a.md": "# A\n"}, "Begin")
	in := s.app.Install("acme", site)
	s.until("it is a dry run", func() bool { return s.mode("acme/site") == dryRun && s.idle() })
	for _, e := range []struct{ name, body string }{
		{"acme/pages", fmt.Sprintf(`{"action":"renamed","installation":{"id":%d},"repository":{"id":%d,"full_name":"acme/pages"}}`, in.ID, site.ID())},
		{"bolt/pages", fmt.Sprintf(`{"action":"transferred","installation":{"id":%d},"organization":{"login":"bolt"},"repository":{"id":%d,"full_name":"bolt/pages"}}`, in.ID+1000, site.ID())},
	} {
		s.app.Deliver("repository", []byte(e.body))
		var n int
		if err := s.server.store.db.QueryRow(`SELECT count(*) FROM repositories WHERE id = $1 AND name = $2 AND gone = 0`, site.ID(), e.name).Scan(&n); err != nil || n != 1 {
			t.Errorf("%s: %d rows, %v", e.name, n, err)
		}
	}
	var installation int64
	if err := s.server.store.db.QueryRow(`SELECT installation FROM repositories WHERE id = $1`, site.ID()).Scan(&installation); err != nil || installation != in.ID+1000 {
		t.Errorf("it belongs to installation %d, %v", installation, err)
	}
}
