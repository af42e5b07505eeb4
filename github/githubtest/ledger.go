package githubtest

import (
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// A Request is one request as it was answered.
type Request struct {
	Method    string
	Path      string // below the base path
	Operation string // "pulls/create-review", as GitHub's description names it, or "query Gather", "mutation minimizeComment"
	As        string // login
	Status    int
	Points    int  // of the secondary limit: 1 to read, 5 to write
	Primary   bool // it costs one of the hour's requests; an answer 304 does not
	Creates   bool // it makes content, of which 80 a minute and 500 an hour are allowed
	Notifies  bool // somebody is told of it
	Failed    string
}

// Writes reports whether it could change anything.
func (r Request) Writes() bool {
	return r.Method != "GET" && r.Method != "HEAD" && !strings.HasPrefix(r.Operation, "query")
}

// Requests are what a server was asked, in order.
type Requests []Request

// Requests returns what was asked since the last Forget.
func (s *Server) Requests() Requests {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(Requests(nil), s.log...)
}

// Forget empties the table; limits remember.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = nil
}

// Of returns the requests whose operation holds a text.
func (all Requests) Of(operation string) Requests {
	return all.where(func(r Request) bool { return strings.Contains(r.Operation, operation) })
}

// Writes returns those that could change something.
func (all Requests) Writes() Requests { return all.where(Request.Writes) }

// Notifying returns those that somebody is told of.
func (all Requests) Notifying() Requests {
	return all.where(func(r Request) bool { return r.Notifies })
}

// Creating returns those that count as making content.
func (all Requests) Creating() Requests {
	return all.where(func(r Request) bool { return r.Creates })
}

// Points sums the secondary limit's points.
func (all Requests) Points() int {
	n := 0
	for _, r := range all {
		n += r.Points
	}
	return n
}

func (all Requests) where(keep func(Request) bool) Requests {
	var kept Requests
	for _, r := range all {
		if keep(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// String is a table to print or to keep as a golden.
func (all Requests) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "#\tmethod\toperation\tstatus\tpoints\tcontent\tnotifies\t\n")
	mark := map[bool]string{true: "yes", false: "-"}
	for i, r := range all {
		fmt.Fprintf(w, "%d\t%s\t%s\t%d\t%d\t%s\t%s\t%s\n", i+1, r.Method, r.Operation, r.Status, r.Points, mark[r.Creates], mark[r.Notifies], r.Failed)
	}
	fmt.Fprintf(w, "\t\t%d requests, %d writing\t\t%d\t%d\t%d\t\n", len(all), len(all.Writes()), all.Points(), len(all.Creating()), len(all.Notifying()))
	w.Flush()
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// spent is one request as the limits remember it.
type spent struct {
	at      time.Time
	login   string
	graph   bool
	points  int
	creates bool
	primary bool
}

// The limits of https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: a workflow's token has 1,000 requests an hour
// for each repository; 900 points a minute for REST and 2,000 for GraphQL; 80 requests a minute and 500 an hour that make content.
const (
	primaryPerHour    = 1000
	restPerMinute     = 900
	graphPerMinute    = 2000
	contentPerMinute  = 80
	contentPerHour    = 500
	secondaryWaitSecs = 60
)

// overdrawn returns the answer to a request beyond a limit, or nil.
func (s *Server) overdrawn(next spent) *reply {
	if !s.limited {
		return nil
	}
	var primary, points, minute, hour int
	for _, p := range s.history {
		if p.login != next.login {
			continue
		}
		age := s.now.Sub(p.at)
		if age < time.Hour && p.primary && p.graph == next.graph {
			primary++
		}
		if age < time.Minute && p.graph == next.graph {
			points += p.points
		}
		if p.creates && age < time.Minute {
			minute++
		}
		if p.creates && age < time.Hour {
			hour++
		}
	}
	most := restPerMinute
	if next.graph {
		most = graphPerMinute
	}
	switch {
	case primary >= primaryPerHour:
		out := fail(403, "API rate limit exceeded for installation ID 1.")
		out.header.Set("X-RateLimit-Remaining", "0")
		return out
	case points+next.points > most, next.creates && (minute >= contentPerMinute || hour >= contentPerHour):
		out := fail(403, secondaryMessage)
		out.header.Set("Retry-After", strconv.Itoa(secondaryWaitSecs))
		return out
	}
	return nil
}

const secondaryMessage = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. " +
	"If you reach out to GitHub Support for help, please include the request ID."

// used is how many requests of this hour a login has spent.
func (s *Server) used(login string) int {
	n := 0
	for _, p := range s.history {
		if p.login == login && p.primary && s.now.Sub(p.at) < time.Hour {
			n++
		}
	}
	return n
}
