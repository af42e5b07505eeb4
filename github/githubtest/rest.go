package githubtest

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// A call is a request that is being answered.
type call struct {
	s    *Server
	r    *http.Request
	path string // below the base path
	base string // of the REST interface, as the client reached it
	body []byte
	who  identity
	repo *Repo
	pull *Pull
}

// A reply is an answer before it is sent.
type reply struct {
	status int
	header http.Header
	body   any    // JSON, unless raw
	raw    []byte // bytes as they are
}

func ok(body any) *reply { return answer(200, body) }

func answer(status int, body any) *reply {
	return &reply{status: status, header: http.Header{}, body: body}
}

// fail is an error in REST's form. More than a message goes into errors.
func fail(status int, text string, more ...string) *reply {
	body := map[string]any{"message": text, "documentation_url": "https://docs.github.com/rest", "status": strconv.Itoa(status)}
	if len(more) > 0 {
		body["errors"] = more
	}
	return answer(status, body)
}

func (a *reply) bytes() []byte {
	if a.raw != nil || a.body == nil {
		return a.raw
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(a.body); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// A route is one operation of the REST interface.
type route struct {
	method, pattern string
	operation       string   // as GitHub's description names it
	needs           []string // any of them: "pull-requests:write"
	creates         bool
	notifies        bool
	do              func(*call) *reply
}

// rest finds the operation of a path. Both .../pulls/{number}/comments and .../pulls/comments/{id} exist, which http.ServeMux refuses.
func (s *Server) rest(w http.ResponseWriter, r *http.Request) {
	for _, rt := range routes {
		if rt.method == r.Method && rt.matches(r) {
			s.serve(w, r, rt)
			return
		}
	}
	s.t.Errorf("githubtest: nothing answers %s %s here; when GitHub has it, it belongs into routes", r.Method, r.URL.Path)
	s.serve(w, r, route{method: r.Method, operation: "unknown " + r.URL.Path, do: func(*call) *reply { return fail(404, "Not Found") }})
}

// matches compares a path with the pattern and keeps what its names stand for. {number} and {id} are digits; {path...} takes the rest.
func (rt route) matches(r *http.Request) bool {
	have := strings.Split(r.URL.EscapedPath(), "/")
	for i, want := range strings.Split(rt.pattern, "/") {
		if i >= len(have) {
			return false
		}
		name, named := strings.CutPrefix(want, "{")
		name = strings.TrimSuffix(name, "}")
		value, err := url.PathUnescape(have[i])
		if err != nil {
			return false
		}
		if rest, ok := strings.CutSuffix(name, "..."); named && ok {
			value, err = url.PathUnescape(strings.Join(have[i:], "/"))
			r.SetPathValue(rest, value)
			return err == nil
		}
		if !named {
			if value != want {
				return false
			}
			continue
		}
		if _, err := strconv.ParseInt(value, 10, 64); err != nil && (name == "number" || name == "id") {
			return false
		}
		r.SetPathValue(name, value)
	}
	return len(have) == strings.Count(rt.pattern, "/")+1
}

// serve answers a REST request.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, rt route) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client is gone
	}
	writes := r.Method != "GET"
	entry := Request{Method: r.Method, Path: r.URL.Path, Operation: rt.operation, Points: 1, Creates: rt.creates, Notifies: rt.notifies}
	if writes {
		entry.Points = 5
	}
	base := s.http.URL
	if strings.HasPrefix(r.RequestURI, enterprise+"/") {
		base += enterprise
	}
	c := &call{s: s, r: r, path: r.URL.Path, base: base, body: body}
	s.exchange(w, c, entry, func() *reply {
		out := c.find(rt)
		if out == nil {
			out = rt.do(c)
		}
		return out
	})
}

// find looks up what the path names and whether the token may go there.
func (c *call) find(rt route) *reply {
	if owner := c.r.PathValue("owner"); owner != "" {
		c.repo = c.s.repos[owner+"/"+c.r.PathValue("repo")]
		if c.repo == nil || !c.repo.shows(c.who) {
			return fail(404, "Not Found")
		}
	}
	if !c.permits(rt.needs) {
		return fail(403, "Resource not accessible by integration")
	}
	if n := c.r.PathValue("number"); n != "" {
		if c.pull = c.repo.pull(n); c.pull == nil {
			return fail(404, "Not Found")
		}
	}
	return nil
}

func (c *call) permits(needs []string) bool {
	for _, need := range needs {
		if c.s.may(c.who, need) {
			return true
		}
	}
	return len(needs) == 0
}

func (r *Repo) pull(number string) *Pull {
	for _, p := range r.pulls {
		if strconv.Itoa(p.Number) == number {
			return p
		}
	}
	return nil
}

// exchange does what every request has in common: who sends it, faults, limits, the contract, the table.
func (s *Server) exchange(w http.ResponseWriter, c *call, entry Request, do func() *reply) {
	s.mu.Lock()
	s.seq++
	s.now = s.now.Add(250 * time.Millisecond)
	fault := s.strike(entry.Operation)
	out := s.judge(c, &entry, fault, do)
	if fault != nil {
		entry.Failed = fault.name
		if fault.status != 0 {
			out = &reply{status: fault.status, header: fault.header.Clone(), raw: []byte(fault.body)}
		}
	}
	if c.r.Method == "GET" && out.status == 200 {
		etag := fmt.Sprintf(`W/"%x"`, sha256.Sum256(out.bytes()))
		out.header.Set("ETag", etag)
		if c.r.Header.Get("If-None-Match") == etag {
			out = &reply{status: 304, header: out.header}
		}
	}
	entry.Status = out.status
	entry.Primary = out.status != 304 && entry.Operation != "rate-limit/get"
	if out.status >= 400 {
		entry.Notifies = false
	}
	s.history = append(s.history, spent{s.now, c.who.login, c.graph(), entry.Points, entry.Creates, entry.Primary})
	s.log = append(s.log, entry)
	used := s.used(c.who.login)
	reset := s.now.Add(time.Hour).Truncate(time.Hour).Unix()
	number := s.seq
	s.mu.Unlock()

	if fault != nil && fault.hang {
		<-c.r.Context().Done()
		return
	}
	h := w.Header()
	h.Set("X-GitHub-Request-Id", fmt.Sprintf("TEST:%d", number))
	h.Set("X-GitHub-Media-Type", "github.v3; format=json")
	if strings.HasPrefix(c.r.RequestURI, "/api/") {
		h.Set("X-GitHub-Enterprise-Version", "3.19.0")
	}
	h.Set("X-RateLimit-Limit", strconv.Itoa(primaryPerHour))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, primaryPerHour-used)))
	h.Set("X-RateLimit-Used", strconv.Itoa(used))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(reset, 10))
	h.Set("X-RateLimit-Resource", "core")
	h.Set("Content-Type", "application/json; charset=utf-8")
	for key, values := range out.header {
		h[key] = values
	}
	body := out.bytes()
	if fault != nil && fault.cut {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(out.status)
		w.Write(body[:len(body)/2])
		return // the server then cuts the line, and the client meets an unexpected end
	}
	w.WriteHeader(out.status)
	w.Write(body)
}

// judge carries a request out, or says why not.
func (s *Server) judge(c *call, entry *Request, fault *Fault, do func() *reply) (out *reply) {
	defer func() {
		if failed := recover(); failed != nil {
			s.t.Errorf("githubtest: %s: %v\n%s", entry.Operation, failed, debug.Stack())
			out = fail(500, "Server Error")
		}
	}()
	who, known := s.identify(c.r)
	c.who = who
	entry.As = who.login
	if fault != nil {
		s.now = s.now.Add(fault.latency)
		if fault.status != 0 && !fault.late || fault.hang {
			return fail(fault.status, "")
		}
	}
	if !known && entry.Operation != "apps/create-from-manifest" {
		return fail(401, "Bad credentials")
	}
	next := spent{s.now, who.login, c.graph(), entry.Points, entry.Creates, true}
	if out := s.overdrawn(next); out != nil {
		return out
	}
	s.contract.request(s.t, c, entry.Operation)
	out = do()
	s.contract.answer(s.t, c, entry.Operation, out)
	return out
}

func (c *call) graph() bool { return strings.HasSuffix(c.r.URL.Path, "/graphql") }

// decode reads a JSON body; false is an answer of 400 (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api).
func (c *call) decode(into any) bool { return json.Unmarshal(c.body, into) == nil }

// page cuts a page out of n items and sets the Link header, as REST pages: 30 a page, 100 at most.
func (c *call) page(n int, header http.Header) (from, to int) {
	q := c.r.URL.Query()
	per, _ := strconv.Atoi(q.Get("per_page"))
	if per <= 0 {
		per = 30
	}
	per = min(per, 100)
	page, _ := strconv.Atoi(q.Get("page"))
	page = max(page, 1)
	last := max(1, (n+per-1)/per)
	var links []string
	link := func(to int, rel string) {
		q.Set("page", strconv.Itoa(to))
		q.Set("per_page", strconv.Itoa(per))
		links = append(links, fmt.Sprintf(`<%s%s?%s>; rel="%s"`, c.base, c.path, q.Encode(), rel))
	}
	if page > 1 {
		link(page-1, "prev")
	}
	if page < last {
		link(page+1, "next")
		link(last, "last")
	}
	if page > 1 {
		link(1, "first")
	}
	if len(links) > 0 {
		header.Set("Link", strings.Join(links, ", "))
	}
	return min((page-1)*per, n), min(page*per, n)
}
