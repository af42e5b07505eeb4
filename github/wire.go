package github

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// A wire carries requests to GitHub and back, and knows how GitHub wants to be asked. It is our own because go-github v60 takes a 429
// for an ordinary error. Reads are tried again after a fault; a write only where GitHub surely has not carried it out.
type wire struct {
	base  http.RoundTripper
	token oauth2.TokenSource
	sleep func(context.Context, time.Duration) error
	log   func(string)
	told  func(Request)
	hosts map[string]bool // that the token is shown to
	api   string          // path of the API's address
	graph string          // path of GraphQL's

	patience time.Duration // that one request waits in all

	writing   sync.Mutex // held during a write
	lastWrite time.Time

	mu       sync.Mutex
	requests []Request
	secrets  []string
	etags    etags
	budget   budget
}

const (
	deadline   = 30 * time.Second // of one request; GitHub gives up on its own after ten
	mostAnswer = 32 << 20         // bytes of one answer
	mostTries  = 4
	mostWait   = 5 * time.Minute // that one request waits in all, unless Options say otherwise
	betweenTwo = time.Second     // writes (best-practices-for-using-the-rest-api.md)
)

func newWire(o Options, api, graph *url.URL) *wire {
	w := &wire{
		base: o.Base, token: o.Token, sleep: o.Sleep, log: o.Log, told: o.Sent,
		hosts: map[string]bool{origin(api): true, origin(graph): true},
		api:   strings.TrimSuffix(api.Path, "/") + "/", graph: graph.Path,
	}
	if w.patience = o.Patience; w.patience == 0 {
		w.patience = mostWait
	}
	if w.base == nil {
		w.base = http.DefaultTransport
	}
	if w.sleep == nil {
		w.sleep = sleep
	}
	if w.log == nil {
		w.log = func(string) {}
	}
	return w
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func origin(u *url.URL) string { return u.Scheme + "://" + strings.ToLower(u.Host) }

// ours reports whether the token may be shown to an address.
func (w *wire) ours(u *url.URL) bool { return w.hosts[origin(u)] }

// operation is the key under which a context names a GraphQL operation.
type operation struct{}

// A call is a GraphQL operation on its way.
type call struct {
	name  string
	write bool
}

// RoundTrip sends a request, waiting and trying again as GitHub asks. The answer's body is in memory.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		body, err = io.ReadAll(req.Body)
		req.Body.Close()
		if err != nil {
			return nil, err
		}
	}
	r := &ride{wire: w, req: req, body: body, write: req.Method != http.MethodGet && req.Method != http.MethodHead}
	if c, ok := req.Context().Value(operation{}).(call); ok {
		r.name, r.write = "graphql "+c.name, c.write
	}
	if r.write {
		w.writing.Lock()
		defer w.writing.Unlock()
		if left := betweenTwo - time.Since(w.lastWrite); !w.lastWrite.IsZero() && left > 0 {
			if err := w.sleep(req.Context(), left); err != nil {
				return nil, err
			}
		}
		defer func() { w.lastWrite = time.Now() }()
	}
	return r.send()
}

// A ride is one request with all its tries.
type ride struct {
	wire   *wire
	req    *http.Request
	body   []byte
	write  bool
	name   string // of a GraphQL operation
	waited time.Duration
}

func (r *ride) send() (*http.Response, error) {
	for try := 1; ; try++ {
		resp, err := r.once()
		if err == nil {
			r.wire.note(resp)
			if wait, limited := limitOf(resp, try); limited {
				if err := r.wait(wait, resp); err != nil {
					return nil, err
				}
				continue
			}
			if resp.StatusCode < 500 || r.write || try == mostTries {
				return resp, nil
			}
			err = fmt.Errorf("GitHub answered %s", resp.Status)
		}
		var unsigned *unsigned
		if errors.As(err, &unsigned) || errors.Is(err, errTooMuch) {
			return nil, err // it would be the same again
		}
		if ctx := r.req.Context(); ctx.Err() != nil {
			return nil, ctx.Err()
		}
		again := !r.write || notSent(err)
		if !again || try == mostTries {
			if r.write && !notSent(err) {
				err = fmt.Errorf("%w; GitHub may or may not have carried this out, and a later run will see which", err)
			}
			return nil, err
		}
		pause := time.Second << (try - 1)
		r.wire.tell("%s: %v; trying again in %s", r.where(), err, pause)
		if err := r.wire.sleep(r.req.Context(), pause); err != nil {
			return nil, err
		}
	}
}

// wait waits until a limit is over, unless that takes too long.
func (r *ride) wait(wait time.Duration, resp *http.Response) error {
	now := clock(resp)
	limit := &LimitError{Until: now.Add(wait), Wait: wait}
	if r.waited+wait > r.wire.patience {
		return limit
	}
	if until, ok := r.req.Context().Deadline(); ok && time.Until(until) < wait {
		return limit
	}
	r.waited += wait
	r.wire.tell("%s: GitHub asks us to wait %s", r.where(), wait.Round(time.Second))
	return r.wire.sleep(r.req.Context(), wait)
}

// once sends the request once and reads the answer whole.
func (r *ride) once() (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.req.Context(), deadline)
	defer cancel()
	req := r.req.Clone(ctx)
	if r.body != nil {
		req.Body = io.NopCloser(bytes.NewReader(r.body))
		req.ContentLength = int64(len(r.body))
	}
	if err := r.wire.sign(req); err != nil {
		return nil, &unsigned{err}
	}
	key := r.wire.etags.ask(req, &r.wire.mu)
	resp, err := r.wire.base.RoundTrip(req)
	if err != nil {
		r.record(0)
		return nil, err
	}
	r.record(resp.StatusCode)
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, mostAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("GitHub's answer (%s) breaks off: %w", resp.Status, err)
	case len(data) > mostAnswer:
		return nil, errTooMuch
	}
	resp.Body, resp.ContentLength, resp.Request = io.NopCloser(bytes.NewReader(data)), int64(len(data)), r.req
	return r.wire.etags.keep(key, resp, data, &r.wire.mu), nil
}

var errTooMuch = fmt.Errorf("GitHub's answer is larger than %d MB", mostAnswer>>20)

// notSent reports an error that came before anything reached GitHub.
func notSent(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial"
}

// unsigned is a request that was not sent for want of a token.
type unsigned struct{ error }

// sign adds the token, for GitHub's own hosts only.
func (w *wire) sign(req *http.Request) error {
	req.Header.Set("User-Agent", userAgent)
	req.Header.Del("Authorization")
	if !w.ours(req.URL) {
		return nil
	}
	token, err := w.token.Token()
	if err != nil {
		var answered *oauth2.RetrieveError // its text holds the whole answer, which may hold a token
		if errors.As(err, &answered) && answered.Response != nil {
			return fmt.Errorf("no token could be had: the token's server answered %s", answered.Response.Status)
		}
		return fmt.Errorf("no token could be had: %w", err)
	}
	w.hide(token.AccessToken)
	w.hide(token.RefreshToken)
	token.SetAuthHeader(req)
	return nil
}

// record notes that the request was sent.
func (r *ride) record(status int) {
	points := 1
	if r.write {
		points = 5
	}
	sent := Request{Method: r.req.Method, Path: r.where(), Status: status, Points: points}
	if r.wire.told != nil {
		r.wire.told(sent)
	}
	r.wire.mu.Lock()
	defer r.wire.mu.Unlock()
	r.wire.requests = append(r.wire.requests, sent)
	if len(r.wire.requests) > 2*mostRequests { // a server's client lives long
		r.wire.requests = append([]Request(nil), r.wire.requests[mostRequests:]...)
	}
}

const mostRequests = 10_000

// where names the request for people.
func (r *ride) where() string {
	if r.name != "" {
		return r.name
	}
	where := strings.TrimPrefix(r.req.URL.Path, r.wire.api)
	if r.req.URL.RawQuery != "" {
		where += "?" + r.req.URL.RawQuery
	}
	return where
}

func (w *wire) sent() []Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Request(nil), w.requests...)
}

func (w *wire) tell(format string, args ...any) { w.log(w.clean(fmt.Sprintf(format, args...))) }

// hide remembers a secret that no text of ours may hold.
func (w *wire) hide(secret string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if secret == "" || len(w.secrets) > 0 && w.secrets[len(w.secrets)-1] == secret {
		return
	}
	for _, s := range w.secrets {
		if s == secret {
			return
		}
	}
	w.secrets = append(w.secrets, secret)
	if len(w.secrets) > 16 { // tokens change once an hour
		w.secrets = w.secrets[1:]
	}
}

// clean takes every token out of a text.
func (w *wire) clean(text string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.secrets {
		text = strings.ReplaceAll(text, s, "***")
	}
	return text
}
