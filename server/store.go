package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver "sqlite", in pure Go

	"github.com/example-org/tellwell/github"
)

// A store is the database: one SQLite file, or a Postgres that several servers share. Hours are milliseconds since 1970, 0 for never.
type store struct {
	db     *sql.DB
	pool   *pgxpool.Pool // of Postgres, which the queue shares
	shared bool          // other servers may use it
	now    func() time.Time
}

// schema is what either database holds. What differs between them is written in braces.
const schema = `
CREATE TABLE IF NOT EXISTS installations (
  id BIGINT PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL DEFAULT '', suspended INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0,
  paused_until BIGINT NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS repositories (
  id BIGINT PRIMARY KEY, installation BIGINT NOT NULL, name TEXT NOT NULL, mode TEXT NOT NULL DEFAULT '', released INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS work (
  id {id}, repository BIGINT NOT NULL, kind TEXT NOT NULL, number BIGINT NOT NULL, sha TEXT NOT NULL DEFAULT '',
  wanted TEXT NOT NULL DEFAULT '', done TEXT NOT NULL DEFAULT '', wanted_seq BIGINT NOT NULL DEFAULT 0, done_seq BIGINT NOT NULL DEFAULT 0,
  wanted_at BIGINT NOT NULL DEFAULT 0, due_at BIGINT NOT NULL DEFAULT 0, lease_owner TEXT NOT NULL DEFAULT '', lease_until BIGINT NOT NULL DEFAULT 0,
  posting_at BIGINT NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', aside INTEGER NOT NULL DEFAULT 0,
  UNIQUE (repository, kind, number, sha));
CREATE INDEX IF NOT EXISTS work_due ON work (due_at) WHERE done_seq < wanted_seq AND aside = 0;
CREATE INDEX IF NOT EXISTS work_leased ON work (lease_until) WHERE lease_until > 0;
CREATE TABLE IF NOT EXISTS deliveries (
  guid TEXT PRIMARY KEY, event TEXT NOT NULL, action TEXT NOT NULL, installation BIGINT NOT NULL, repository BIGINT NOT NULL, received_at BIGINT NOT NULL,
  what TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS deliveries_received ON deliveries (received_at);
CREATE TABLE IF NOT EXISTS reviews (
  id {id}, work BIGINT NOT NULL, repository BIGINT NOT NULL, number BIGINT NOT NULL, head TEXT NOT NULL, at BIGINT NOT NULL, ms BIGINT NOT NULL,
  mode TEXT NOT NULL, settings TEXT NOT NULL, posted INTEGER NOT NULL, edited INTEGER NOT NULL, outcome TEXT NOT NULL, told TEXT NOT NULL, quotes TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS reviews_at ON reviews (at);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
`

func openStore(ctx context.Context, address string, now func() time.Time) (*store, error) {
	st := &store{now: now}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		pool, err := pgxpool.New(ctx, address)
		if err != nil {
			return nil, fmt.Errorf("open the database: %s; it looks like postgres://user:password@host/name", withoutSecret(err, address))
		}
		st.pool, st.db, st.shared = pool, stdlib.OpenDBFromPool(pool), true
	} else {
		if err := os.MkdirAll(filepath.Dir(address), 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of the database: %w", err)
		}
		f, err := os.OpenFile(address, os.O_RDWR|os.O_CREATE, 0o600) // it holds what cookies are signed with
		if err != nil {
			return nil, fmt.Errorf("open the database: %w", err)
		}
		if err := f.Close(); err != nil {
			return nil, fmt.Errorf("open the database: %w", err)
		}
		// FULL makes a commit survive the loss of power. One connection at a time is what SQLite and River's driver want.
		db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: address}).EscapedPath()+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_txlock=immediate")
		if err != nil {
			return nil, fmt.Errorf("open the database %s: %w", address, err)
		}
		db.SetMaxOpenConns(1)
		st.db = db
	}
	id := "INTEGER PRIMARY KEY AUTOINCREMENT"
	if st.shared {
		id = "BIGSERIAL PRIMARY KEY"
	}
	// Tables are made once and not at each start, since making sure of them takes locks that a server at work may wait for in another order.
	sum := sha256.Sum256([]byte(schema))
	version := hex.EncodeToString(sum[:8])
	var have string
	if err := st.db.QueryRowContext(ctx, `SELECT value FROM notes WHERE name = 'schema'`).Scan(&have); err == nil && have == version {
		return st, nil
	}
	err := st.within(ctx, func(tx *sql.Tx) error {
		if st.shared { // two servers may start at once
			if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(7310)"); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, strings.ReplaceAll(schema, "{id}", id)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO notes (name, value) VALUES ('schema', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, version)
		return err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the database: %s; check that the address is right and that it may be written to", withoutSecret(err, address)), st.close())
	}
	return st, nil
}

// withoutSecret words an error without the password of an address.
func withoutSecret(err error, address string) string {
	text := err.Error()
	if u, parsed := url.Parse(address); parsed == nil && u.User != nil {
		if secret, ok := u.User.Password(); ok && secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}

func (st *store) close() error {
	err := st.db.Close()
	if st.pool != nil {
		st.pool.Close()
	}
	return err
}

func (st *store) within(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := st.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func (st *store) ms() int64 { return st.now().UnixMilli() }

// The kinds of work.
const (
	pullWork  = "pull"  // review a pull request
	groupWork = "group" // let a merge group go on
	lookWork  = "look"  // read a repository's settings, and which pull requests wait
)

// The modes of a repository. In the first nothing is known of it yet.
const (
	listed = "listed"  // installed, and not switched on: otherwise untouched
	dryRun = "dry-run" // reviewed, and nothing is told
	live   = "on"
)

// receive stores a delivery and what it makes wanted, in one transaction. A delivery that was stored before changes nothing. It returns
// when the first of what is wanted is due; the zero time when nothing is.
func (st *store) receive(ctx context.Context, d github.Delivery, quiet time.Duration) (again bool, due time.Time, err error) {
	err = st.within(ctx, func(tx *sql.Tx) error {
		now := st.ms()
		what := "nothing to do"
		if !d.Idle() {
			what = "stored"
		}
		done, err := tx.ExecContext(ctx, `INSERT INTO deliveries (guid, event, action, installation, repository, received_at, what) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (guid) DO NOTHING`, d.ID, d.Event, d.Action, d.Installation.ID, d.Repo.ID, now, what)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			again = true
			return err
		}
		if d.Idle() {
			return nil
		}
		due = st.now()
		if err := st.heard(ctx, tx, d); err != nil {
			return err
		}
		if d.Group != "" {
			return st.want(ctx, tx, d.Repo.ID, groupWork, 0, d.Group, d.Group, now)
		}
		for _, p := range d.Pulls {
			at := now
			if d.Event == "pull_request" && d.Action == "synchronize" {
				at += quiet.Milliseconds()
				due = st.now().Add(quiet)
			}
			if p.Number == 0 { // whichever stands at that commit
				if _, err := tx.ExecContext(ctx, `UPDATE work SET wanted_seq = wanted_seq + 1, due_at = $1, aside = 0, attempts = 0 WHERE repository = $2 AND kind = 'pull' AND done = $3`, now, d.Repo.ID, p.SHA); err != nil {
					return err
				}
				continue
			}
			if err := st.want(ctx, tx, d.Repo.ID, pullWork, p.Number, "", p.SHA, at); err != nil {
				return err
			}
		}
		if d.Closed != 0 {
			if _, err := tx.ExecContext(ctx, `UPDATE work SET done_seq = wanted_seq, aside = 0, reason = 'closed' WHERE repository = $1 AND kind = 'pull' AND number = $2`, d.Repo.ID, d.Closed); err != nil {
				return err
			}
		}
		if d.Look {
			if err := st.want(ctx, tx, d.Repo.ID, lookWork, 0, "", "", now); err != nil {
				return err
			}
		}
		if d.LookAll {
			return st.lookAll(ctx, tx, d.Installation.ID, now)
		}
		return nil
	})
	return again, due, err
}

// heard takes over what a delivery tells of installation and repositories: that they are there, what they are called now, that they are gone.
func (st *store) heard(ctx context.Context, tx *sql.Tx, d github.Delivery) error {
	in := d.Installation
	if in.ID == 0 {
		return nil
	}
	if d.Event == "installation" {
		if err := st.installation(ctx, tx, in, d.Gone); err != nil {
			return err
		}
	} else if _, err := tx.ExecContext(ctx, `INSERT INTO installations (id, account, kind) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`, in.ID, in.Account, in.Kind); err != nil {
		return err
	}
	for _, r := range d.Added {
		if err := st.repository(ctx, tx, in.ID, r, true); err != nil {
			return err
		}
	}
	for _, r := range d.Removed {
		if _, err := tx.ExecContext(ctx, `UPDATE repositories SET gone = 1 WHERE id = $1 AND installation = $2`, r.ID, in.ID); err != nil {
			return err
		}
	}
	if d.Repo.ID == 0 {
		return nil
	}
	if d.RepoGone {
		_, err := tx.ExecContext(ctx, `UPDATE repositories SET gone = 1 WHERE id = $1`, d.Repo.ID)
		return err
	}
	return st.repository(ctx, tx, in.ID, d.Repo, true)
}

func (st *store) installation(ctx context.Context, tx *sql.Tx, in github.Installation, gone bool) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO installations (id, account, kind, suspended, gone) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET account = excluded.account, kind = excluded.kind, suspended = excluded.suspended, gone = excluded.gone`,
		in.ID, in.Account, in.Kind, number(in.Suspended), number(gone))
	return err
}

// repository notes that an installation has a repository, by the name it has now. One that is new, or came from elsewhere, is looked at.
func (st *store) repository(ctx context.Context, tx *sql.Tx, installation int64, r github.Repository, look bool) error {
	var before int64
	var gone int
	var mode string
	err := tx.QueryRowContext(ctx, `SELECT installation, gone, mode FROM repositories WHERE id = $1`, r.ID).Scan(&before, &gone, &mode)
	known := err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO repositories (id, installation, name, gone) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET installation = excluded.installation, name = excluded.name, gone = excluded.gone`, r.ID, installation, r.Name, number(r.Archived))
	if err != nil {
		return err
	}
	if look && !r.Archived && (!known || before != installation || gone != 0 || mode == "") {
		return st.want(ctx, tx, r.ID, lookWork, 0, "", "", st.ms())
	}
	return nil
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// want makes a row wanted, and counts that: what is done is held against the count, since the same head may be wanted again.
func (st *store) want(ctx context.Context, tx *sql.Tx, repository int64, kind string, n int, sha, head string, due int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO work (repository, kind, number, sha, wanted, wanted_seq, wanted_at, due_at) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)
		ON CONFLICT (repository, kind, number, sha) DO UPDATE SET wanted_seq = work.wanted_seq + 1, aside = 0, attempts = 0, due_at = excluded.due_at,
		wanted = CASE WHEN excluded.wanted = '' THEN work.wanted ELSE excluded.wanted END,
		wanted_at = CASE WHEN work.done_seq < work.wanted_seq THEN work.wanted_at ELSE excluded.wanted_at END`,
		repository, kind, n, sha, head, st.ms(), due)
	return err
}

// lookAll makes every repository of an installation be looked at.
func (st *store) lookAll(ctx context.Context, tx *sql.Tx, installation, now int64) error {
	rows, err := tx.QueryContext(ctx, `SELECT id FROM repositories WHERE installation = $1 AND gone = 0`, installation)
	if err != nil {
		return err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return errors.Join(err, rows.Close())
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, id := range ids {
		if err := st.want(ctx, tx, id, lookWork, 0, "", "", now); err != nil {
			return err
		}
	}
	return nil
}

// A job is a row that a worker has taken.
type job struct {
	id           int64
	kind         string
	number       int
	head         string // wanted
	done         string // the head of the last review
	seq          int64  // the count that this answers
	attempts     int
	wantedAt     time.Time
	repository   int64
	repo         string // "owner/name"
	mode         string
	doubt        bool // an earlier attempt may have told GitHub something
	installation int64
}

// take leases the row that comes next: of the installation that has the fewest at work, the one that is due for longest.
func (st *store) take(ctx context.Context, owner string, lease, settle time.Duration) (*job, error) {
	now := st.ms()
	for {
		var id int64
		err := st.db.QueryRowContext(ctx, `WITH busy AS (SELECT r.installation, count(*) AS n FROM work w JOIN repositories r ON r.id = w.repository WHERE w.lease_until >= $1 GROUP BY r.installation)
			SELECT w.id FROM work w JOIN repositories r ON r.id = w.repository JOIN installations i ON i.id = r.installation LEFT JOIN busy b ON b.installation = r.installation
			WHERE `+ready+` ORDER BY coalesce(b.n, 0), w.due_at, w.id LIMIT 1`, now, settle.Milliseconds()).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		taken, err := st.db.ExecContext(ctx, `UPDATE work SET lease_owner = $1, lease_until = $2, attempts = attempts + 1 WHERE id = $3 AND lease_until < $4 AND done_seq < wanted_seq AND aside = 0`,
			owner, now+lease.Milliseconds(), id, now)
		if err != nil {
			return nil, err
		}
		if n, err := taken.RowsAffected(); err != nil || n == 0 { // another was quicker
			if err != nil {
				return nil, err
			}
			continue
		}
		j := &job{id: id}
		var at, posting int64
		err = st.db.QueryRowContext(ctx, `SELECT w.kind, w.number, w.wanted, w.done, w.wanted_seq, w.attempts, w.wanted_at, w.posting_at, r.id, r.name, r.mode, r.installation
			FROM work w JOIN repositories r ON r.id = w.repository WHERE w.id = $1`, id).
			Scan(&j.kind, &j.number, &j.head, &j.done, &j.seq, &j.attempts, &at, &posting, &j.repository, &j.repo, &j.mode, &j.installation)
		j.wantedAt, j.doubt = time.UnixMilli(at), posting != 0
		return j, err
	}
}

// ready says which rows may be taken at the hour $1: wanted, due, nobody's, and long enough after a post of unknown outcome ($2).
const ready = `w.done_seq < w.wanted_seq AND w.aside = 0 AND w.due_at <= $1 AND w.lease_until < $1 AND (w.posting_at = 0 OR w.posting_at + $2 <= $1)
	AND i.suspended = 0 AND i.gone = 0 AND i.paused_until <= $1 AND r.gone = 0 AND (w.kind = 'look' OR r.mode IN ('dry-run', 'on'))`

// due counts the rows that may be taken.
func (st *store) due(ctx context.Context, settle time.Duration) (n int, err error) {
	err = st.db.QueryRowContext(ctx, `SELECT count(*) FROM work w JOIN repositories r ON r.id = w.repository JOIN installations i ON i.id = r.installation WHERE `+ready,
		st.ms(), settle.Milliseconds()).Scan(&n)
	return n, err
}

// errLost says that a row is another's by now.
var errLost = errors.New("the row was taken by another server meanwhile")

// held changes a row that we hold, and only then.
func (st *store) held(ctx context.Context, j *job, owner, set string, args ...any) error {
	args = append(args, j.id, owner, st.ms())
	n := len(args)
	done, err := st.db.ExecContext(ctx, fmt.Sprintf(`UPDATE work SET %s WHERE id = $%d AND lease_owner = $%d AND lease_until >= $%d`, set, n-2, n-1, n), args...)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errLost)
	}
	return nil
}

// errSuperseded says that a newer head is wanted than the one at work.
var errSuperseded = errors.New("a newer head came while it was read; that one is read next")

// renew lengthens a lease, unless a newer head is wanted and GitHub has been told nothing yet.
func (st *store) renew(ctx context.Context, j *job, owner string, lease time.Duration) error {
	if err := st.held(ctx, j, owner, `lease_until = $1`, st.ms()+lease.Milliseconds()); err != nil {
		return err
	}
	return st.newest(ctx, j, j.head)
}

// newest fails when a pull request's head that is wanted is neither the one that its row was taken for nor the one that was read.
func (st *store) newest(ctx context.Context, j *job, read string) error {
	if j.kind != pullWork {
		return nil
	}
	var wanted string
	var posting int64
	if err := st.db.QueryRowContext(ctx, `SELECT wanted, posting_at FROM work WHERE id = $1`, j.id).Scan(&wanted, &posting); err != nil {
		return err
	}
	if posting == 0 && wanted != j.head && wanted != read {
		return errSuperseded
	}
	return nil
}

// posting notes, before GitHub is told anything of the head that was read, that from now on nobody knows what it has heard until finish
// or a reading says so.
func (st *store) posting(ctx context.Context, j *job, owner, read string) error {
	if err := st.newest(ctx, j, read); err != nil {
		return err
	}
	return st.held(ctx, j, owner, `posting_at = $1`, st.ms())
}

// finish notes what is done, and gives the row back. What became wanted meanwhile stays wanted.
func (st *store) finish(ctx context.Context, j *job, owner, head, reason string) error {
	return st.held(ctx, j, owner, `done = $1, done_seq = $2, reason = $3, lease_owner = '', lease_until = 0, posting_at = 0, attempts = 0`, head, j.seq, reason)
}

// postpone gives a row back to be tried later, or sets it aside. What failed on its own account counts as an attempt.
func (st *store) postpone(ctx context.Context, j *job, owner string, until time.Time, reason string, attempts int, aside bool) error {
	return st.held(ctx, j, owner, `due_at = $1, reason = $2, attempts = $3, aside = $4, lease_owner = '', lease_until = 0`, until.UnixMilli(), reason, attempts, number(aside))
}

// yield gives a row back for the newer head that its row is due for already.
func (st *store) yield(ctx context.Context, j *job, owner, reason string) error {
	return st.held(ctx, j, owner, `reason = $1, attempts = 0, lease_owner = '', lease_until = 0`, reason)
}

// abandon frees every lease, where no other server can hold one.
func (st *store) abandon(ctx context.Context) error {
	_, err := st.db.ExecContext(ctx, `UPDATE work SET lease_owner = '', lease_until = 0 WHERE lease_until > 0`)
	return err
}

// pause holds an installation's work back until its rate limit is reset.
func (st *store) pause(ctx context.Context, installation int64, until time.Time) error {
	_, err := st.db.ExecContext(ctx, `UPDATE installations SET paused_until = $1 WHERE id = $2`, until.UnixMilli(), installation)
	return err
}

// expire forgets what was kept long enough.
func (st *store) expire(ctx context.Context, keep, long time.Duration) error {
	now := st.now()
	for _, q := range []struct {
		text   string
		before time.Time
	}{
		{`DELETE FROM deliveries WHERE received_at < $1`, now.Add(-keep)},
		{`UPDATE reviews SET quotes = '' WHERE at < $1 AND quotes <> ''`, now.Add(-keep)},
		{`DELETE FROM reviews WHERE at < $1`, now.Add(-long)},
		{`DELETE FROM work WHERE kind = 'group' AND done_seq = wanted_seq AND wanted_at < $1`, now.Add(-keep)},
	} {
		if _, err := st.db.ExecContext(ctx, q.text, q.before.UnixMilli()); err != nil {
			return fmt.Errorf("forget what is old: %w", err)
		}
	}
	return nil
}

// secret returns what cookies and forms are signed with, made when there is none.
func (st *store) secret(ctx context.Context) ([]byte, error) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // it never fails
	if _, err := st.db.ExecContext(ctx, `INSERT INTO notes (name, value) VALUES ('secret', $1) ON CONFLICT (name) DO NOTHING`, hex.EncodeToString(b[:])); err != nil {
		return nil, err
	}
	var text string
	if err := st.db.QueryRowContext(ctx, `SELECT value FROM notes WHERE name = 'secret'`).Scan(&text); err != nil {
		return nil, err
	}
	return hex.DecodeString(text)
}
