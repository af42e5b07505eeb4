package githubtest

import (
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// enterprise is the base path of the REST interface on an Enterprise Server; its GraphQL lies beside it.
const enterprise = "/api/v3"

// A Server is a stand-in for one GitHub. It serves both layouts at once: Enterprise Server's (/api/v3 and /api/graphql) and
// api.github.com's (/ and /graphql).
type Server struct {
	t    testing.TB
	http *httptest.Server

	mu       sync.Mutex // held by every request and every line of a script
	now      time.Time
	seq      int // requests so far
	lastID   int64
	repos    map[string]*Repo
	tokens   map[string]identity
	app      *App              // nil until one was made
	person   string            // who is signed in
	roles    map[string]string // "organisation/login", "organisation/team/login"
	manifest map[string]any    // that the App was made from
	granted  Permissions
	nodes    map[string]any // what a GraphQL id stands for
	faults   []*Fault
	log      Requests
	history  []spent // for the limits; it outlives Forget
	limited  bool
	lag      lag
	limits   diffLimits
	contract *contract
}

// An Option changes a server before it answers anything.
type Option func(*Server)

// StartAt sets the hour at which the server's clock begins.
func StartAt(t time.Time) Option { return func(s *Server) { s.now = t } }

// Unlimited turns rate limits off, as Enterprise Server has it by default.
func Unlimited() Option { return func(s *Server) { s.limited = false } }

// Lagging hides a review thread made through the API from every listing until requests more have come or the server's clock has gone on
// by d, whichever is first.
func Lagging(requests int, d time.Duration) Option {
	return func(s *Server) { s.lag = lag{requests, d} }
}

// WithoutContract leaves GitHub's descriptions out of it, for tests that send what GitHub would refuse.
func WithoutContract() Option { return func(s *Server) { s.contract = nil } }

// New starts a server that ends with the test. It skips the test where there is no git.
func New(t testing.TB, opts ...Option) *Server {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git on this machine, and the stand-in for GitHub makes its patches with it")
	}
	s := &Server{
		t:        t,
		now:      time.Date(2025, time.March, 3, 9, 0, 0, 0, time.UTC),
		lastID:   1000,
		repos:    map[string]*Repo{},
		tokens:   map[string]identity{},
		roles:    map[string]string{},
		granted:  Permissions{"contents": "read", "pull-requests": "write", "checks": "write"},
		nodes:    map[string]any{},
		limited:  true,
		limits:   documentedDiffLimits,
		contract: loadContract(t),
	}
	for _, opt := range opts {
		opt(s)
	}
	rest := http.HandlerFunc(s.rest)
	outer := http.NewServeMux()
	outer.Handle(enterprise+"/", http.StripPrefix(enterprise, rest))
	outer.HandleFunc("POST /api/graphql", s.serveGraphQL)
	outer.HandleFunc("POST /graphql", s.serveGraphQL)
	outer.HandleFunc("GET /favicon.ico", http.NotFound) // browsers ask by themselves
	outer.HandleFunc("POST /settings/apps/new", s.newAppPage)
	outer.HandleFunc("POST /organizations/{org}/settings/apps/new", s.newAppPage)
	outer.HandleFunc("POST /made", s.makeApp)
	outer.HandleFunc("GET /login/oauth/authorize", s.authorize)
	outer.HandleFunc("POST /login/oauth/access_token", s.accessToken)
	outer.Handle("/", rest)
	s.http = httptest.NewServer(outer)
	t.Cleanup(s.http.Close)
	return s
}

// URL is the base of the REST interface as an Enterprise Server has it, without a slash at the end.
func (s *Server) URL() string { return s.http.URL + enterprise }

// GraphQL is the address that GraphQL documents are posted to on an Enterprise Server.
func (s *Server) GraphQL() string { return s.http.URL + "/api/graphql" }

// DotcomURL is the base of the REST interface as api.github.com has it: no path at all.
func (s *Server) DotcomURL() string { return s.http.URL }

// DotcomGraphQL is the address that GraphQL documents are posted to on api.github.com.
func (s *Server) DotcomGraphQL() string { return s.http.URL + "/graphql" }

// WebURL is where its web pages would be.
func (s *Server) WebURL() string { return s.http.URL }

// Contract reports whether GitHub's own descriptions are held against everything that passes.
func (s *Server) Contract() bool { return s.contract != nil }

// Now is the hour on the server's clock. It moves only with requests, scripts, Latency and Sleep.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Sleep moves the server's clock on by d and returns at once.
func (s *Server) Sleep(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// Repo returns the repository of that "owner/name", made empty when it is new. Its default branch is main.
func (s *Server) Repo(name string) *Repo {
	s.t.Helper()
	defer s.script()()
	if r, ok := s.repos[name]; ok {
		return r
	}
	if owner, base, ok := strings.Cut(name, "/"); !ok || owner == "" || base == "" {
		s.t.Fatalf("githubtest: a repository is named owner/name, not %q", name)
	}
	r := newRepo(s, name)
	s.repos[name] = r
	return r
}

// script locks the server for one line of a script; what it returns unlocks it and tells the test what git could not do.
func (s *Server) script() func() {
	s.t.Helper()
	s.mu.Lock()
	s.now = s.now.Add(5 * time.Minute)
	return func() {
		s.mu.Unlock()
		if failed := recover(); failed != nil {
			if failed, ok := failed.(gitError); ok {
				s.t.Helper()
				s.t.Fatal(failed)
			}
			panic(failed)
		}
	}
}

func (s *Server) id() int64 {
	s.lastID++
	return s.lastID
}

type lag struct {
	requests int
	time     time.Duration
}

// seen reports whether a thread shows in listings yet.
func (s *Server) seen(t *thread) bool {
	if t.ghost {
		return false
	}
	if t.scripted || s.lag == (lag{}) {
		return true
	}
	return s.lag.requests > 0 && s.seq-t.bornSeq > s.lag.requests || s.lag.time > 0 && s.now.Sub(t.born) >= s.lag.time
}
