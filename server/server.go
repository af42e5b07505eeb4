// Package server is tellwell for a whole organisation: webhooks come in, are stored, and are reviewed in turn. The truth is one row for
// each pull request, with what is wanted and what is done; a job of the queue only wakes a worker up. It gathers and tells through package
// github, judges through package review, and never hears of a check by name.
package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/review"
)

// Options say how a Server works. The zero values of times and counts have good defaults.
type Options struct {
	Database string // "postgres://…", else the path of an SQLite file
	Checks   []*review.Check
	Judge    func(review.Request) *review.Plan // nil is review.Make
	GitHub   github.Options                    // where GitHub is; its token is left aside
	Log      *slog.Logger                      // nil says nothing

	Workers   int           // reviews at a time; 4
	Quiet     time.Duration // how long a pull request must be left alone before it is reviewed; 20 s
	Sweep     time.Duration // how often rows are looked through that nobody woke; 15 s
	Reconcile time.Duration // how often GitHub is asked for what was missed; 1 h
	Lease     time.Duration // how long a worker that says nothing keeps its row; 90 s
	Settle    time.Duration // how long after a post of unknown outcome GitHub is asked what stands; 15 s
	Retries   int           // attempts before a row is set aside; 8
	Keep      time.Duration // how long deliveries and quotes of dry runs are kept; 30 days
	KeepLong  time.Duration // how long the record of reviews is kept; 400 days

	Keeper  Keeper // keeps the App's credentials
	Claimed func() // called once the server has been set up; may be nil
	Team    string // slug of the team that may see the admin pages, beside owners; empty names none

	Now func() time.Time // nil is the clock
	// Crash, when set, is called at the places named, so that a test can end the process there.
	Crash func(place string)
}

// A Server reviews the pull requests of every installation of one GitHub App. Several may share one Postgres.
type Server struct {
	o     Options
	me    string // this process, as its leases are signed
	store *store
	queue queue
	nudge chan time.Time

	mu         sync.Mutex
	app        *github.App
	kept       Kept   // where we are reached, and as whom
	claimToken string // opens the setup page once; empty when it was used or there is none

	secret []byte // signs cookies and forms

	metrics *metrics
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// Open opens the database, made or brought up to date where that is needed. Close ends it.
func Open(ctx context.Context, o Options) (*Server, error) {
	o = o.filled()
	st, err := openStore(ctx, o.Database, o.Now)
	if err != nil {
		return nil, err
	}
	var id [8]byte
	_, _ = rand.Read(id[:]) // it never fails
	s := &Server{o: o, me: hex.EncodeToString(id[:]), store: st, nudge: make(chan time.Time, 1024), metrics: newMetrics()}
	s.metrics.watch(s)
	if s.secret, err = st.secret(ctx); err != nil {
		return nil, errors.Join(err, st.close())
	}
	if s.queue, err = openQueue(ctx, st, o.Workers, s.work); err != nil {
		return nil, errors.Join(err, st.close())
	}
	return s, nil
}

func (o Options) filled() Options {
	pick := func(d *time.Duration, otherwise time.Duration) {
		if *d == 0 {
			*d = otherwise
		}
	}
	pick(&o.Quiet, 20*time.Second)
	pick(&o.Sweep, 15*time.Second)
	pick(&o.Reconcile, time.Hour)
	pick(&o.Lease, 90*time.Second)
	pick(&o.Settle, 15*time.Second)
	pick(&o.Keep, 30*24*time.Hour)
	pick(&o.KeepLong, 400*24*time.Hour)
	if o.Workers == 0 {
		o.Workers = 4
	}
	if o.Retries == 0 {
		o.Retries = 8
	}
	if o.Judge == nil {
		o.Judge = review.Make
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Crash == nil {
		o.Crash = func(string) {}
	}
	return o
}

// Use makes the server act as a GitHub App. Before that deliveries are turned away, and nothing is reviewed.
func (s *Server) Use(c github.Credentials) error {
	s.mu.Lock()
	o := s.o.GitHub
	s.mu.Unlock()
	o.Now, o.Patience = s.o.Now, 20*time.Second // whatever takes longer is for the queue to wait out
	o.Log = func(text string) { s.o.Log.Info("github", "said", text) }
	o.Sent = s.metrics.sent
	app, err := github.NewApp(c, o)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.app = app
	return nil
}

// Adopt makes the server act as the App that was kept, and know where it is reached.
func (s *Server) Adopt(kept Kept) error {
	s.mu.Lock()
	s.o.GitHub.API, s.o.GitHub.GraphQL = apiOf(kept.Web, s.o.GitHub)
	s.mu.Unlock()
	if err := s.Use(kept.Credentials); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = kept
	return nil
}

// renewed acts on credentials that were changed where they are kept, so that a new key or secret wants no restart. What can't be read
// changes nothing.
func (s *Server) renewed() error {
	if s.App() == nil || s.o.Keeper.Path == "" {
		return nil
	}
	kept, err := s.o.Keeper.Load()
	if err != nil || kept == nil {
		return err
	}
	s.mu.Lock()
	same := reflect.DeepEqual(*kept, s.kept)
	s.mu.Unlock()
	if same {
		return nil
	}
	if err := s.Adopt(*kept); err != nil {
		return fmt.Errorf("%s was changed and can't be used; what was read before stays: %w", s.o.Keeper.Path, err)
	}
	s.o.Log.Info("the App's credentials were changed, and are used from now on")
	return nil
}

// Claim returns the token that opens the setup page once.
func (s *Server) Claim() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claimToken = hex.EncodeToString(b[:])
	return s.claimToken
}

// public and web are where we and GitHub's pages are reached.
func (s *Server) public() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.Public
}

func (s *Server) web() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return cmp.Or(s.kept.Web, "https://github.com")
}

// App returns the GitHub App the server acts as, nil before there is one.
func (s *Server) App() *github.App {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.app
}

// Start begins to review. Stop hands back what is being done.
func (s *Server) Start(ctx context.Context) error {
	if !s.store.shared {
		if err := s.store.abandon(ctx); err != nil { // whoever held a lease on this file is gone
			return err
		}
	}
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := s.queue.start(ctx); err != nil {
		s.stop()
		return fmt.Errorf("start the queue: %w", err)
	}
	s.done.Add(3)
	go s.nudges(ctx)
	go s.every(ctx, s.o.Sweep, s.sweep)
	go s.every(ctx, s.o.Reconcile, s.reconcile)
	return nil
}

// Stop ends all work: what runs is called off, and its rows are handed back for whoever comes next.
func (s *Server) Stop(ctx context.Context) error {
	if s.stop != nil {
		s.stop()
	}
	err := s.queue.stop(ctx)
	s.done.Wait()
	return err
}

// Close closes the database.
func (s *Server) Close() error { return s.store.close() }

// every does something now and again until ctx ends; what goes wrong is told, and tried the next time.
func (s *Server) every(ctx context.Context, pause time.Duration, do func(context.Context) error) {
	defer s.done.Done()
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.Error("not done, and tried again later", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// nudges wakes workers up for rows that have just become wanted. A nudge that is lost costs until the next sweep, and nothing else.
func (s *Server) nudges(ctx context.Context) {
	defer s.done.Done()
	for {
		select {
		case <-ctx.Done():
			return
		case at := <-s.nudge:
			if later := at.Sub(s.o.Now()); later > 0 {
				time.AfterFunc(later, func() { s.wakeAt(time.Time{}) })
				continue
			}
			if err := s.queue.wake(ctx, 1); err != nil && ctx.Err() == nil {
				s.o.Log.Warn("no worker could be woken; the sweep will", "error", err)
			}
		}
	}
}

func (s *Server) wakeAt(at time.Time) {
	select {
	case s.nudge <- at:
	default: // the sweep wakes
	}
}

// sweep wakes a worker for each row that is due and that nobody holds, as many as there are workers, and forgets what was kept long enough.
func (s *Server) sweep(ctx context.Context) error {
	if err := s.renewed(); err != nil {
		s.o.Log.Error("credentials", "error", err)
	}
	due, err := s.store.due(ctx, s.o.Settle)
	if err != nil {
		return err
	}
	if err := s.store.expire(ctx, s.o.Keep, s.o.KeepLong); err != nil {
		return err
	}
	return s.queue.wake(ctx, min(due, s.o.Workers))
}
