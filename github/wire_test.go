package github

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

const secret = "ghs_0123456789abcdefghij"

// A script is a server that answers one after another, under a base path as Enterprise Server has one.
type script struct {
	t       *testing.T
	mu      sync.Mutex
	answers []http.HandlerFunc
	seen    []*http.Request
	slept   []time.Duration
	logged  []string
	client  *Client
	server  *httptest.Server
}

func newScript(t *testing.T, answers ...http.HandlerFunc) *script {
	t.Helper()
	s := &script{t: t, answers: answers}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.seen = append(s.seen, r)
		if !strings.HasPrefix(r.URL.Path, "/api/") {
			t.Errorf("%s %s misses the base path", r.Method, r.URL.Path)
		}
		if got := r.Header.Get("Authorization"); got != "Bearer "+secret {
			t.Errorf("%s %s: Authorization is %q", r.Method, r.URL.Path, got)
		}
		if len(s.answers) == 0 {
			t.Errorf("%s %s: nobody expected this", r.Method, r.URL.Path)
			w.WriteHeader(http.StatusTeapot)
			return
		}
		answer := s.answers[0]
		s.answers = s.answers[1:]
		answer(w, r)
	}))
	t.Cleanup(s.server.Close)
	s.client = s.with(Options{})
	return s
}

func (s *script) with(o Options) *Client {
	s.t.Helper()
	o.API = s.server.URL + "/api/v3"
	o.Token = oauth2.StaticTokenSource(&oauth2.Token{AccessToken: secret})
	o.Sleep = func(ctx context.Context, d time.Duration) error {
		s.slept = append(s.slept, d)
		return ctx.Err()
	}
	o.Log = func(line string) { s.logged = append(s.logged, line) }
	c, err := New(o)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// says makes an answer of a status, headers and a body.
func says(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func cutOff(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "100")
	io.WriteString(w, "{")
}

// at is an hour in the time of the server's answers.
func at(in time.Duration) string {
	return strconv.FormatInt(time.Now().Add(in).Truncate(time.Second).Unix(), 10)
}

func TestWaiting(t *testing.T) {
	fine := says(200, `{"number": 7}`)
	const limited = `{"message": "You have exceeded a secondary rate limit."}`
	for _, tt := range []struct {
		name    string
		answers []http.HandlerFunc
		write   bool
		slept   []time.Duration
		wantErr string
	}{
		{"nothing to wait for", []http.HandlerFunc{fine}, false, nil, ""},
		{"429 with Retry-After", []http.HandlerFunc{says(429, "{}", "Retry-After", "7"), fine}, false, []time.Duration{7 * time.Second}, ""},
		{"403 with Retry-After", []http.HandlerFunc{says(403, limited, "Retry-After", "9"), fine}, false, []time.Duration{9 * time.Second}, ""},
		{"a write too", []http.HandlerFunc{says(429, "{}", "Retry-After", "7"), fine}, true, []time.Duration{7 * time.Second}, ""},
		{"secondary without a word how long: a minute, then two", []http.HandlerFunc{says(403, limited), says(403, limited), fine}, false,
			[]time.Duration{time.Minute, 2 * time.Minute}, ""},
		{"and then enough", []http.HandlerFunc{says(403, limited), says(403, limited), says(403, limited)}, false,
			[]time.Duration{time.Minute, 2 * time.Minute}, "GitHub's rate limit is used up until"},
		{"the primary limit, far off", []http.HandlerFunc{says(403, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", at(time.Hour))}, false, nil,
			"run again then"},
		{"the last request of the hour stops nothing", []http.HandlerFunc{says(200, `{"number": 7}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", at(time.Hour))},
			false, nil, ""},
		{"submitted too quickly", []http.HandlerFunc{says(422, `{"message": "Validation Failed", "errors": ["was submitted too quickly"]}`), fine}, true,
			[]time.Duration{time.Minute}, ""},
		{"a plain 403 is no limit", []http.HandlerFunc{says(403, `{"message": "Resource not accessible by integration"}`)}, true, nil, "403"},
		{"a read is tried again after a 502", []http.HandlerFunc{says(502, "<html>"), says(500, ""), fine}, false, []time.Duration{time.Second, 2 * time.Second}, ""},
		{"but not for ever", []http.HandlerFunc{says(502, ""), says(502, ""), says(502, ""), says(502, "")}, false,
			[]time.Duration{time.Second, 2 * time.Second, 4 * time.Second}, "502"},
		{"a write is not", []http.HandlerFunc{says(502, "<html>")}, true, nil, "502"},
		{"a read whose answer breaks off", []http.HandlerFunc{cutOff, fine}, false, []time.Duration{time.Second}, ""},
		{"a write whose answer breaks off", []http.HandlerFunc{cutOff}, true, nil, "may or may not have carried this out"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newScript(t, tt.answers...)
			var err error
			if tt.write {
				_, _, err = s.client.rest.PullRequests.Create(context.Background(), "o", "r", nil)
			} else {
				_, _, err = s.client.rest.PullRequests.Get(context.Background(), "o", "r", 7)
			}
			if err != nil {
				err = s.client.fault("try", err)
			}
			if (err == nil) != (tt.wantErr == "") || err != nil && !strings.Contains(err.Error(), tt.wantErr) {
				t.Errorf("error %v, want %q", err, tt.wantErr)
			}
			if fmt.Sprint(s.slept) != fmt.Sprint(tt.slept) {
				t.Errorf("slept %v, want %v", s.slept, tt.slept)
			}
			if len(s.answers) > 0 {
				t.Errorf("%d answers were not asked for", len(s.answers))
			}
		})
	}
}

// The wait until a reset is measured by GitHub's clock, not by ours.
func TestResetByTheirClock(t *testing.T) {
	theirs := time.Date(2031, time.May, 5, 12, 0, 0, 0, time.UTC)
	s := newScript(t, says(429, "{}", "Date", theirs.Format(http.TimeFormat), "X-RateLimit-Remaining", "0",
		"X-RateLimit-Reset", strconv.FormatInt(theirs.Add(40*time.Second).Unix(), 10)), says(200, "{}"))
	if _, _, err := s.client.rest.PullRequests.Get(context.Background(), "o", "r", 7); err != nil {
		t.Fatal(err)
	}
	if len(s.slept) != 1 || s.slept[0] != 40*time.Second {
		t.Errorf("slept %v, want 40s", s.slept)
	}
}

// Nobody is kept waiting for longer than the deadline of the whole run.
func TestWaitingEndsWithTheDeadline(t *testing.T) {
	s := newScript(t, says(429, "{}", "Retry-After", "60"))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	_, _, err := s.client.rest.PullRequests.Get(ctx, "o", "r", 7)
	var limit *LimitError
	if !errors.As(err, &limit) || len(s.slept) > 0 {
		t.Errorf("error %v after sleeping %v; want a LimitError at once", err, s.slept)
	}
}

// GraphQL tells its limit in an answer 200, and a page that speaks of limits is not one.
func TestGraphQLLimit(t *testing.T) {
	s := newScript(t, says(200, `{"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}`, "Retry-After", "3"),
		says(200, `{"data": {"text": "\"RATE_LIMITED\""}}`))
	var out struct{ Text string }
	if _, err := s.client.ask(context.Background(), call{name: "X"}, "query X { text }", nil, &out); err != nil {
		t.Fatal(err)
	}
	if len(s.slept) != 1 || s.slept[0] != 3*time.Second || out.Text != `"RATE_LIMITED"` {
		t.Errorf("slept %v, read %q", s.slept, out.Text)
	}
	if got := s.client.Requests(); len(got) != 2 || got[0].Path != "graphql X" || got[0].Points != 1 {
		t.Errorf("requests are %v", got)
	}
}

func TestWritesAreASecondApart(t *testing.T) {
	s := newScript(t, says(200, "{}"), says(200, "{}"), says(200, "{}"))
	for range 3 {
		if _, _, err := s.client.rest.PullRequests.Create(context.Background(), "o", "r", nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.slept) != 2 {
		t.Fatalf("slept %v, want twice", s.slept)
	}
	for _, d := range s.slept {
		if d <= 500*time.Millisecond || d > time.Second {
			t.Errorf("slept %v between two writes, want about a second", d)
		}
	}
}

func TestETags(t *testing.T) {
	s := newScript(t, says(200, `{"number": 7}`, "ETag", `"a"`), func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("If-None-Match"); got != `"a"` {
			t.Errorf("If-None-Match is %q", got)
		}
		w.WriteHeader(304)
	}, says(200, `{"number": 8}`, "ETag", `"b"`))
	for _, want := range []int{7, 7, 8} {
		pull, _, err := s.client.rest.PullRequests.Get(context.Background(), "o", "r", 7)
		if err != nil || pull.GetNumber() != want {
			t.Errorf("got %d, %v; want %d", pull.GetNumber(), err, want)
		}
	}
	if got := s.client.Requests(); got[1].Status != 304 {
		t.Errorf("requests are %v", got)
	}
}

func TestAnswersAreCapped(t *testing.T) {
	huge := func(w http.ResponseWriter, r *http.Request) {
		chunk := strings.Repeat("x", 1<<20)
		for range mostAnswer>>20 + 1 {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
		}
	}
	s := newScript(t, huge)
	_, _, err := s.client.rest.PullRequests.Get(context.Background(), "o", "r", 7)
	if !errors.Is(err, errTooMuch) {
		t.Errorf("error %v, want %v", err, errTooMuch)
	}
}

// The token is shown to GitHub's own host alone, and a redirect to another is not followed.
func TestRedirects(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("another host was asked, with Authorization %q", r.Header.Get("Authorization"))
	}))
	defer other.Close()
	s := newScript(t, says(301, "", "Location", other.URL+"/api/v3/x"))
	if _, _, err := s.client.rest.PullRequests.Get(context.Background(), "o", "r", 7); err == nil || !strings.Contains(err.Error(), "another host") {
		t.Errorf("error %v", err)
	}
	s = newScript(t, says(301, "", "Location", "/api/v3/repositories/1/pulls/7"), says(200, `{"number": 7}`))
	if pull, _, err := s.client.rest.PullRequests.Get(context.Background(), "o", "r", 7); err != nil || pull.GetNumber() != 7 {
		t.Errorf("a renamed repository is not found: %v", err)
	}
}

func TestTokenIsForGitHubAlone(t *testing.T) {
	s := newScript(t)
	for address, want := range map[string]string{s.server.URL + "/x": "Bearer " + secret, "http://elsewhere.example/x": "", strings.Replace(s.server.URL, "http:", "https:", 1): ""} {
		req := httptest.NewRequest("GET", address, nil)
		req.Header.Set("Authorization", "Bearer old")
		if err := s.client.wire.sign(req); err != nil || req.Header.Get("Authorization") != want {
			t.Errorf("%s gets %q, %v; want %q", address, req.Header.Get("Authorization"), err, want)
		}
	}
}

// Whatever goes wrong and however it is worded, the token is in no error and no log.
func TestTokenIsNeverTold(t *testing.T) {
	leak := says(403, fmt.Sprintf(`{"message": "token %s may not"}`, secret))
	limit := says(429, fmt.Sprintf(`{"message": "token %s is slow"}`, secret), "Retry-After", "1")
	s := newScript(t, limit, leak)
	_, err := s.client.Gather(context.Background(), Ask{Repo: "o/r", Number: 7})
	quiet(t, err, s.logged)

	s = newScript(t)
	c := s.with(Options{Base: failing{}})
	_, err = c.Gather(context.Background(), Ask{Repo: "o/r", Number: 7})
	quiet(t, err, s.logged)
	if len(s.logged) == 0 || !strings.Contains(s.logged[0], "***") {
		t.Errorf("the log is %q; the fault should show, without the token", s.logged)
	}

	c, err = New(Options{Token: noToken{}, Log: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Gather(context.Background(), Ask{Repo: "o/r", Number: 7})
	quiet(t, err, nil)
	if err == nil || !strings.Contains(err.Error(), "no token could be had") {
		t.Errorf("error %v", err)
	}
}

func quiet(t *testing.T, err error, logged []string) {
	t.Helper()
	if err == nil {
		t.Error("there is no error")
		return
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if strings.Contains(fmt.Sprintf("%v %+v", e, e), secret) {
			t.Errorf("the token is in the error: %v", e)
		}
	}
	if strings.Contains(strings.Join(logged, "\n"), secret) {
		t.Errorf("the token is in the log: %v", logged)
	}
}

type failing struct{}

func (failing) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("proxy says: bad header %v", r.Header)
}

type noToken struct{}

func (noToken) Token() (*oauth2.Token, error) {
	return nil, &oauth2.RetrieveError{Response: &http.Response{Status: "401 Unauthorized"}, Body: []byte(secret)}
}

func TestAddresses(t *testing.T) {
	for _, tt := range []struct{ api, graph, want string }{
		{"", "", "https://api.github.com/graphql"},
		{"https://git.acme.example/api/v3", "", "https://git.acme.example/api/graphql"},
		{"https://git.acme.example/api/v3/", "", "https://git.acme.example/api/graphql"},
		{"https://api.acme.ghe.com", "", "https://api.acme.ghe.com/graphql"},
		{"http://127.0.0.1:4600/x/api/v3", "http://127.0.0.1:4600/x/y", "http://127.0.0.1:4600/x/y"},
		{"ftp://x", "", "no address"},
		{"api.github.com", "", "no address"},
		{"https://user:pass@api.github.com", "", "no address"},
	} {
		c, err := New(Options{API: tt.api, GraphQL: tt.graph, Token: noToken{}})
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = c.graph
		}
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s, want %s", tt.api, got, tt.want)
		}
	}
	if _, err := New(Options{}); err == nil || !strings.Contains(err.Error(), "GITHUB_TOKEN") {
		t.Errorf("without a token: %v", err)
	}
}
