package server

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// A queue wakes workers up, and says nothing of what they find to do.
type queue interface {
	start(context.Context) error
	stop(context.Context) error
	wake(ctx context.Context, n int) error // so many workers
}

// A wake is River's job: whoever gets it takes rows until there are none.
type wake struct{}

// Kind names the job in River's tables.
func (wake) Kind() string { return "wake" }

type worker struct {
	river.WorkerDefaults[wake]
	do func(context.Context) error
}

// Work takes rows until there are none. A row has its own lease and its own attempts, so that a wake fails nobody.
func (w *worker) Work(ctx context.Context, _ *river.Job[wake]) error { return w.do(ctx) }

// Timeout is none: each row has its own.
func (w *worker) Timeout(*river.Job[wake]) time.Duration { return -1 }

type riverQueue[T any] struct{ client *river.Client[T] }

// openQueue prepares River's tables beside ours and returns the queue; do is called by as many goroutines as there are workers.
func openQueue(ctx context.Context, st *store, workers int, do func(context.Context) error) (queue, error) {
	if st.shared {
		conn, err := st.pool.Acquire(ctx) // two servers may start at once, and one prepares the tables
		if err != nil {
			return nil, fmt.Errorf("prepare the queue: %w", err)
		}
		defer conn.Release()
		if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(7311)"); err != nil {
			return nil, fmt.Errorf("prepare the queue: %w", err)
		}
		defer func() { _, _ = conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(7311)") }() // it ends with the connection, too
		return newRiver[pgx.Tx](ctx, riverpgxv5.New(st.pool), workers, do)
	}
	return newRiver[*sql.Tx](ctx, riversqlite.New(st.db), workers, do)
}

func newRiver[T any](ctx context.Context, driver riverdriver.Driver[T], workers int, do func(context.Context) error) (queue, error) {
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("prepare the queue: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return nil, fmt.Errorf("prepare the queue: %w", err)
	}
	list := river.NewWorkers()
	river.AddWorker(list, &worker{do: do})
	client, err := river.NewClient(driver, &river.Config{
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}}, Workers: list, MaxAttempts: 1,
		CompletedJobRetentionPeriod: time.Hour, DiscardedJobRetentionPeriod: time.Hour, CancelledJobRetentionPeriod: time.Hour,
		FetchPollInterval: 500 * time.Millisecond, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, fmt.Errorf("open the queue: %w", err)
	}
	return &riverQueue[T]{client}, nil
}

func (q *riverQueue[T]) start(ctx context.Context) error { return q.client.Start(ctx) }
func (q *riverQueue[T]) stop(ctx context.Context) error  { return q.client.StopAndCancel(ctx) }

func (q *riverQueue[T]) wake(ctx context.Context, n int) error {
	if n == 0 {
		return nil
	}
	many := make([]river.InsertManyParams, n)
	for i := range many {
		many[i] = river.InsertManyParams{Args: wake{}}
	}
	_, err := q.client.InsertMany(ctx, many)
	return err
}
