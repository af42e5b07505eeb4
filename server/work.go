package server

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/review"
)

// rowDeadline ends what takes too long, limits and all.
const rowDeadline = 10 * time.Minute

// watch is how often a row at work is looked at, by whichever server may have heard that something newer is wanted.
const watch = 2 * time.Second

// work takes rows until there are none that may be taken.
func (s *Server) work(ctx context.Context) error {
	if s.App() == nil {
		return nil
	}
	for ctx.Err() == nil {
		j, err := s.store.take(ctx, s.me, s.o.Lease, s.o.Settle)
		if err != nil || j == nil {
			return err
		}
		s.do(ctx, j)
	}
	return nil
}

// do does one row, and says in the row what came of it.
func (s *Server) do(ctx context.Context, j *job) {
	log := s.o.Log.With("repository", j.repo, "kind", j.kind, "number", j.number, "attempt", j.attempts)
	began := s.o.Now()
	timed, end := context.WithTimeout(ctx, rowDeadline)
	defer end()
	working, cancel := context.WithCancelCause(timed)
	renewed := make(chan struct{})
	go func() { // the lease is kept as long as we live, and what a newer head makes needless is called off
		defer close(renewed)
		tick := time.NewTicker(min(watch, s.o.Lease/3))
		defer tick.Stop()
		for {
			select {
			case <-working.Done():
				return
			case <-tick.C:
				if err := s.store.renew(working, j, s.me, s.o.Lease); err != nil && working.Err() == nil {
					log.Warn("called off", "error", err)
					cancel(err)
					return
				}
			}
		}
	}()
	head, outcome, err := s.row(working, j)
	if err != nil && errors.Is(context.Cause(working), errSuperseded) {
		err = errSuperseded
	}
	cancel(nil)
	<-renewed
	after := context.WithoutCancel(ctx)
	switch {
	case errors.Is(err, errSuperseded):
		err = s.store.yield(after, j, s.me, errSuperseded.Error())
	case err == nil:
		err = s.store.finish(after, j, s.me, head, outcome)
		s.metrics.reviewed(j.kind, s.o.Now().Sub(began))
		log.Info("done", "head", head, "outcome", outcome, "ms", s.o.Now().Sub(began).Milliseconds())
	case ctx.Err() != nil: // we are called off, and it is nobody's fault
		err = s.store.postpone(after, j, s.me, s.o.Now(), "handed back", j.attempts-1, false)
	default:
		log.Warn("not done", "error", err)
		err = s.later(after, j, err)
	}
	if err != nil {
		log.Warn("what came of a row could not be noted; it is done again", "error", err)
	}
}

// later decides when a row that failed is tried again: when GitHub's limit is over, else after a pause that doubles, else not, until
// somebody looks at it.
func (s *Server) later(ctx context.Context, j *job, why error) error {
	now := s.o.Now()
	if until, limited := github.RetryAt(why); limited {
		if until.Before(now) {
			until = now.Add(time.Minute)
		}
		if err := s.store.pause(ctx, j.installation, until); err != nil {
			return err
		}
		s.wakeAt(until)
		return s.store.postpone(ctx, j, s.me, until, why.Error(), j.attempts-1, false)
	}
	aside := j.attempts >= s.o.Retries
	until := now.Add(min(time.Hour, s.o.Settle<<min(j.attempts-1, 10)))
	if !aside {
		s.wakeAt(until)
	}
	return s.store.postpone(ctx, j, s.me, until, why.Error(), j.attempts, aside)
}

// row does what a row asks for. A panic is the row's own.
func (s *Server) row(ctx context.Context, j *job) (head, outcome string, err error) {
	defer func() {
		if failed := recover(); failed != nil {
			s.o.Log.Error("a review broke off", "repository", j.repo, "number", j.number, "panic", fmt.Sprint(failed), "stack", string(debug.Stack()))
			err = fmt.Errorf("it broke off: %v", failed)
		}
	}()
	client, err := s.App().Installation(j.installation)
	if err != nil {
		return "", "", err
	}
	defer func() {
		if left, reset, known := client.Budget(); known && left < leastBudget {
			err = errors.Join(err, s.store.pause(context.WithoutCancel(ctx), j.installation, reset))
		}
	}()
	switch j.kind {
	case lookWork:
		return s.look(ctx, client, j)
	case groupWork:
		return s.group(ctx, client, j)
	}
	return s.review(ctx, client, j)
}

// leastBudget is how many requests of GitHub's limit an installation keeps for people and other tools before we wait for the next hour.
const leastBudget = 250

// group lets a merge queue go on at once: what there was to ask was asked on the pull requests.
func (s *Server) group(ctx context.Context, client *github.Client, j *job) (head, outcome string, err error) {
	if j.mode == dryRun {
		return j.head, "a dry run: the merge queue is not told", nil
	}
	verdict := review.Verdict{Conclusion: "success", Title: "Nothing waits for tellwell", Summary: "In the merge queue nothing is asked; it was asked on the pull request."}
	if j.doubt {
		if done, err := client.Checked(ctx, j.repo, j.head); err != nil || done {
			return j.head, "the merge queue goes on", err
		}
	}
	if err := s.store.posting(ctx, j, s.me, j.head); err != nil {
		return "", "", err
	}
	_, err = client.Tell(ctx, &review.Pull{Repo: j.repo, Head: j.head, May: review.May{Check: true}}, review.Deeds{Check: verdict})
	return j.head, "the merge queue goes on", err
}

// review gathers a pull request, judges it and tells what there is to say; in a dry run it tells only us.
func (s *Server) review(ctx context.Context, client *github.Client, j *job) (head, outcome string, err error) {
	began := s.o.Now()
	pull, err := client.Gather(ctx, github.Ask{Repo: j.repo, Number: j.number, Inherit: true})
	if err != nil {
		return "", "", err
	}
	if !pull.Open {
		return pull.Head, "closed", nil
	}
	request := pull.Request(s.o.Checks)
	plan := s.o.Judge(request)
	deeds := review.Live(pull, request.Config, plan)
	r := reviewed{job: j, head: pull.Head, at: began, mode: j.mode, settings: fingerprint(pull), told: tellingOf(pull, request.Config, plan, deeds)}
	if j.mode == dryRun {
		r.outcome, r.quotes = "a dry run: "+silence(deeds), wouldSay(deeds)
		r.ms = s.o.Now().Sub(began).Milliseconds()
		return pull.Head, r.outcome, s.store.record(ctx, r)
	}
	deeds.Again = j.doubt || j.done == pull.Head
	if err := s.store.posting(ctx, j, s.me, pull.Head); err != nil {
		return "", "", err
	}
	s.o.Crash("before telling")
	told, err := client.Tell(ctx, pull, deeds)
	s.o.Crash("after telling")
	if err != nil {
		return "", "", err
	}
	if told.Stale {
		return "", "", errors.New("the head moved on while it was read; the newer one is read next")
	}
	r.posted, r.edited = told.Posted, told.Edited
	r.told.URL = told.ReviewURL
	r.outcome = outcomeOf(deeds, told)
	r.ms = s.o.Now().Sub(began).Milliseconds()
	s.metrics.found(r.told.Checks)
	return pull.Head, r.outcome, s.store.record(ctx, r)
}

// outcomeOf says in a sentence why there are comments, or why there are none.
func outcomeOf(deeds review.Deeds, told github.Told) string {
	switch {
	case told.Posted > 0:
		return fmt.Sprintf("%d posted, %d edited", told.Posted, told.Edited)
	case told.Edited > 0:
		return fmt.Sprintf("nothing new, %d edited", told.Edited)
	case len(told.Problems) > 0:
		return told.Problems[0].Message
	}
	return silence(deeds)
}

func silence(deeds review.Deeds) string {
	if n := len(deeds.Posts); n > 0 && deeds.Silent == "" {
		return fmt.Sprintf("%d to ask", n)
	}
	return cmp.Or(deeds.Silent, "nothing to ask")
}

// fingerprint names the settings and the primer that a review went by, so that the record says under which.
func fingerprint(pull *review.Pull) string {
	sum := sha256.New()
	sum.Write(pull.Above)
	sum.Write([]byte{0})
	sum.Write(pull.Config)
	return hex.EncodeToString(sum.Sum(nil)[:6]) + " at " + pull.Base[:min(7, len(pull.Base))]
}

// A telling is what the record keeps of a review: counts and names, no words of the page and no author.
type telling struct {
	Checks   map[string]int `json:"checks,omitempty"`   // by name, of what was asked
	Sections []string       `json:"sections,omitempty"` // of the primer, that were linked
	Gaps     []string       `json:"gaps,omitempty"`
	Improved []string       `json:"improved,omitempty"` // pages of the primer that the pull request looked after
	URL      string         `json:"url,omitempty"`      // of the review on GitHub that holds the comments
	Waved    []review.Wave  `json:"waved,omitempty"`    // questions that were waved away, by check and path
	Problems []string       `json:"problems,omitempty"`
}

func tellingOf(pull *review.Pull, config *review.Config, plan *review.Plan, deeds review.Deeds) telling {
	t := telling{Checks: map[string]int{}, Waved: deeds.Waved}
	for _, p := range plan.Pages {
		for _, c := range p.Findings {
			t.Checks[c.Check]++
			if c.Primer != nil && c.Primer.Heading != "" {
				t.Sections = append(t.Sections, c.Primer.Title+" § "+c.Primer.Heading)
			}
		}
	}
	for _, f := range pull.Files {
		if config.Primers.Holds(f.Path) && primer.IsPage(f.Path) && f.Status != "removed" {
			t.Improved = append(t.Improved, pull.Repo+": "+f.Path)
		}
	}
	for _, g := range plan.Gaps {
		t.Gaps = append(t.Gaps, g.Need)
	}
	for _, p := range plan.Problems {
		t.Problems = append(t.Problems, p.Path+": "+p.Message)
	}
	return t
}

// A said is a question as a dry run keeps it.
type said struct {
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Check    string `json:"check"`
	Message  string `json:"message"`
	Question string `json:"question"`
}

func wouldSay(deeds review.Deeds) []said {
	var out []said
	for _, p := range deeds.Posts {
		out = append(out, said{p.Path, p.Line, p.Comment.Check, p.Comment.Message, p.Comment.Question})
	}
	return out
}

// A reviewed is one line of the record.
type reviewed struct {
	*job
	head, mode, settings, outcome string
	at                            time.Time
	ms                            int64
	posted, edited                int
	told                          telling
	quotes                        []said
}

// record writes down what was told where, under which settings.
func (st *store) record(ctx context.Context, r reviewed) error {
	told, err := json.Marshal(r.told)
	if err != nil {
		return err
	}
	quotes := ""
	if len(r.quotes) > 0 {
		b, err := json.Marshal(r.quotes)
		if err != nil {
			return err
		}
		quotes = string(b)
	}
	_, err = st.db.ExecContext(ctx, `INSERT INTO reviews (work, repository, number, head, at, ms, mode, settings, posted, edited, outcome, told, quotes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, r.id, r.repository, r.number, r.head, r.at.UnixMilli(), r.ms, r.mode, r.settings, r.posted, r.edited, r.outcome, string(told), quotes)
	return err
}
