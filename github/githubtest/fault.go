package githubtest

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A Fault makes requests fail. Make one with the functions below, and aim it with On, After and Times.
type Fault struct {
	name    string
	on      string
	skip    int
	left    int
	status  int
	header  http.Header
	body    string
	latency time.Duration
	cut     bool // the answer breaks off half-way
	late    bool // the request is carried out first
	hang    bool // no answer until the client gives up
}

// Fault arms faults. Each strikes once, at the next request it is aimed at, unless told otherwise.
func (s *Server) Fault(faults ...*Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

// Heal disarms all faults.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// On aims the fault at operations whose name holds text: "pulls/create-review", "mutation", "query".
func (f *Fault) On(text string) *Fault { f.on = text; return f }

// After lets n requests it is aimed at pass first.
func (f *Fault) After(n int) *Fault { f.skip = n; return f }

// Times makes it strike n times.
func (f *Fault) Times(n int) *Fault { f.left = n; return f }

// SecondaryLimit is a 403 for having written too fast, with Retry-After when wait is positive.
func SecondaryLimit(wait time.Duration) *Fault {
	f := &Fault{name: "secondary limit", left: 1, status: 403, header: http.Header{}, body: message(secondaryMessage)}
	if wait > 0 {
		f.header.Set("Retry-After", strconv.Itoa(int(wait/time.Second)))
	}
	return f
}

// TooMany is the same as a 429, which go-github v60 does not know for a limit.
func TooMany(wait time.Duration) *Fault {
	f := SecondaryLimit(wait)
	f.name, f.status = "too many requests", 429
	return f
}

// PrimaryLimit is a 403 for the hour's requests being spent; they come back at the hour of reset.
func PrimaryLimit(reset time.Time) *Fault {
	f := &Fault{name: "primary limit", left: 1, status: 403, header: http.Header{}, body: message("API rate limit exceeded for installation ID 1.")}
	f.header.Set("X-RateLimit-Remaining", "0")
	f.header.Set("X-RateLimit-Reset", strconv.FormatInt(reset.Unix(), 10))
	return f
}

// Broken is a status of 500 or more, with the page that a proxy puts there.
func Broken(status int) *Fault {
	return &Fault{name: "broken", left: 1, status: status, header: http.Header{"Content-Type": {"text/html"}},
		body: "<html><body><h1>" + http.StatusText(status) + "</h1></body></html>"}
}

// Lost carries the request out and then answers with status, so that asking again does it twice.
func Lost(status int) *Fault {
	f := Broken(status)
	f.name, f.late = "answer lost", true
	return f
}

// Truncated carries the request out and breaks its answer off half-way.
func Truncated() *Fault { return &Fault{name: "truncated", left: 1, cut: true, late: true} }

// Refused is an answer that the server means: status with GitHub's form of error.
func Refused(status int, text string) *Fault {
	return &Fault{name: "refused", left: 1, status: status, header: http.Header{}, body: message(text)}
}

// Latency lets d pass on the server's clock before the answer.
func Latency(d time.Duration) *Fault { return &Fault{name: "latency", left: 1, latency: d} }

// Hang gives no answer until the client gives up. It takes as long as the client waits, on the real clock.
func Hang() *Fault { return &Fault{name: "hang", left: 1, hang: true} }

// strike returns the fault that meets an operation, or nil.
func (s *Server) strike(operation string) *Fault {
	for _, f := range s.faults {
		if f.left == 0 || !strings.Contains(operation, f.on) {
			continue
		}
		if f.skip > 0 {
			f.skip--
			continue
		}
		f.left--
		return f
	}
	return nil
}

func message(text string) string { return string(fail(0, text).bytes()) }
