package server

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/review"
)

// look reads whether a repository is switched on, and by what, and finds the open pull requests whose head has no review.
func (s *Server) look(ctx context.Context, client *github.Client, j *job) (head, outcome string, err error) {
	own, above, err := client.Settings(ctx, j.repo)
	if err != nil {
		return "", "", err
	}
	mode, why := listed, "it has no "+review.ConfigPath+", and the organisation's settings do not name it"
	organisation, _ := review.ParseConfig(review.ConfigPath, above)
	switch {
	case own != nil:
		mode, why = dryRun, "it has "+review.ConfigPath
	case organisation.Enables(j.repo):
		mode, why = dryRun, "the organisation's settings name it"
	}
	if err := s.store.setMode(ctx, j.repository, mode, why); err != nil {
		return "", "", err
	}
	if mode == listed {
		return "", why, nil
	}
	open, err := client.Open(ctx, j.repo)
	if err != nil {
		return "", "", err
	}
	n, err := s.store.catchUp(ctx, j.repository, open)
	if n > 0 {
		s.wakeAt(s.o.Now())
	}
	return "", fmt.Sprintf("%s; %d open pull requests, %d of them to read", why, len(open), n), err
}

// setMode notes whether a repository is switched on. Whether its dry run was ended is read in the same breath, for that may be just now.
func (st *store) setMode(ctx context.Context, repository int64, mode, why string) error {
	_, err := st.db.ExecContext(ctx, `UPDATE repositories SET mode = CASE WHEN $1 = 'dry-run' AND released = 1 THEN 'on' ELSE $1 END, why = $2 WHERE id = $3`, mode, why, repository)
	return err
}

// catchUp makes the open pull requests wanted whose head nobody has reviewed or is about to.
func (st *store) catchUp(ctx context.Context, repository int64, open []github.Head) (n int, err error) {
	err = st.within(ctx, func(tx *sql.Tx) error {
		for _, p := range open {
			var done, wanted string
			var left int
			err := tx.QueryRowContext(ctx, `SELECT done, wanted, CASE WHEN done_seq < wanted_seq THEN 1 ELSE 0 END FROM work WHERE repository = $1 AND kind = 'pull' AND number = $2`, repository, p.Number).Scan(&done, &wanted, &left)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			if err == nil && (done == p.SHA || left == 1) {
				continue
			}
			n++
			if err := st.want(ctx, tx, repository, pullWork, p.Number, "", p.SHA, st.ms()); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// reconcile asks GitHub for what no delivery brought: deliveries that failed, installations and repositories that came or went, and (by
// looking at each repository that is switched on) pull requests without a review. Of several servers one does it.
func (s *Server) reconcile(ctx context.Context) error {
	app := s.App()
	if app == nil {
		return nil
	}
	mine, err := s.store.turn(ctx, "reconciled", s.o.Reconcile)
	if err != nil || !mine {
		return err
	}
	return errors.Join(s.redeliver(ctx, app), s.survey(ctx, app), s.digests(ctx, app))
}

// digests makes last month's digest an issue, where the organisation's settings name a repository for it. It is told once: a note says so,
// and where that is missing the issue itself is looked for.
func (s *Server) digests(ctx context.Context, app *github.App) error {
	now := s.o.Now().UTC()
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -1, 0)
	all, err := s.store.installations(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, in := range all {
		if in.Suspended {
			continue
		}
		name := fmt.Sprintf("digest %d %s", in.ID, month.Format("2006-01"))
		if told, err := s.store.noted(ctx, name); err != nil || told {
			failed = append(failed, err)
			continue
		}
		failed = append(failed, s.digestFor(ctx, app, in, month, name))
	}
	return errors.Join(failed...)
}

func (s *Server) digestFor(ctx context.Context, app *github.App, in installed, month time.Time, name string) error {
	client, err := app.Installation(in.ID)
	if err != nil {
		return err
	}
	settings, _, err := client.Settings(ctx, in.Account+"/.github")
	if err != nil {
		return nil // there is no such repository, or none that we may read
	}
	config, _ := review.ParseConfig(review.ConfigPath, settings)
	if config.Digest == "" {
		return nil
	}
	d, err := s.month(ctx, session{Installations: []int64{in.ID}}, month)
	if err != nil {
		return err
	}
	if len(d.Subjects) == 0 {
		return s.store.note(ctx, name, "nothing to tell")
	}
	text := d.markdown(month)
	title, body, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
	me := "" // an App whose credentials came by hand does not know its name, and looks among everybody's
	if app.Slug != "" {
		me = app.Slug + "[bot]"
	}
	done, err := client.Issue(ctx, config.Digest, me, title, strings.TrimLeft(body, "\n"))
	if err != nil {
		return err
	}
	if !done {
		s.o.Log.Warn("the digest could not be made an issue; the App needs issues: write there", "repository", config.Digest)
	}
	return s.store.note(ctx, name, fmt.Sprint(done))
}

func (st *store) noted(ctx context.Context, name string) (bool, error) {
	var n int
	err := st.db.QueryRowContext(ctx, `SELECT count(*) FROM notes WHERE name = $1`, name).Scan(&n)
	return n > 0, err
}

func (st *store) note(ctx context.Context, name, value string) error {
	_, err := st.db.ExecContext(ctx, `INSERT INTO notes (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

// redeliver asks again for what GitHub could not deliver in the last three days, which is as long as it keeps it.
func (s *Server) redeliver(ctx context.Context, app *github.App) error {
	since := s.o.Now().Add(-71 * time.Hour)
	missed, err := app.Missed(ctx, since)
	if err != nil {
		return err
	}
	for _, m := range missed {
		known, err := s.store.known(ctx, m.GUID)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		if err := app.Redeliver(ctx, m.ID); err != nil {
			return err
		}
		s.metrics.redelivered.Inc()
	}
	return nil
}

// survey takes over where the App is installed, and has every repository looked at.
func (s *Server) survey(ctx context.Context, app *github.App) error {
	// What comes while GitHub is asked is not among what it lists, and must not be taken for gone.
	installations, repositories, err := s.store.present(ctx)
	if err != nil {
		return err
	}
	installed, err := app.Installations(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, in := range installed {
		delete(installations, in.ID)
		var repos []github.Repository
		if !in.Suspended {
			client, err := app.Installation(in.ID)
			if err == nil {
				repos, err = client.Repositories(ctx)
			}
			if err != nil {
				failed = append(failed, err)
				continue
			}
		}
		failed = append(failed, s.store.survey(ctx, in, repos, repositories[in.ID]))
	}
	failed = append(failed, s.store.lose(ctx, installations))
	s.wakeAt(s.o.Now())
	return errors.Join(failed...)
}

func (st *store) survey(ctx context.Context, in github.Installation, repos []github.Repository, before map[int64]bool) error {
	return st.within(ctx, func(tx *sql.Tx) error {
		if err := st.installation(ctx, tx, in, false); err != nil || in.Suspended {
			return err
		}
		for _, r := range repos {
			if err := st.repository(ctx, tx, in.ID, r, false); err != nil {
				return err
			}
			delete(before, r.ID)
			if !r.Archived {
				if err := st.want(ctx, tx, r.ID, lookWork, 0, "", "", st.ms()); err != nil {
					return err
				}
			}
		}
		for id := range before {
			if _, err := tx.ExecContext(ctx, `UPDATE repositories SET gone = 1 WHERE id = $1 AND installation = $2`, id, in.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// present returns the installations and repositories that we take to be there.
func (st *store) present(ctx context.Context) (installations map[int64]bool, repositories map[int64]map[int64]bool, err error) {
	installations, repositories = map[int64]bool{}, map[int64]map[int64]bool{}
	_, err = collect(ctx, st.db, func(scan func(...any) error) (none struct{}, err error) {
		var id int64
		err = scan(&id)
		installations[id], repositories[id] = true, map[int64]bool{}
		return none, err
	}, `SELECT id FROM installations WHERE gone = 0`)
	if err != nil {
		return nil, nil, err
	}
	_, err = collect(ctx, st.db, func(scan func(...any) error) (none struct{}, err error) {
		var id, in int64
		err = scan(&id, &in)
		if repositories[in] != nil {
			repositories[in][id] = true
		}
		return none, err
	}, `SELECT id, installation FROM repositories WHERE gone = 0`)
	return installations, repositories, err
}

// lose marks installations that are there no longer.
func (st *store) lose(ctx context.Context, lost map[int64]bool) error {
	for id := range lost {
		if _, err := st.db.ExecContext(ctx, `UPDATE installations SET gone = 1 WHERE id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

// turn reports whether it is this server's turn to do what is done once in a while by one of them.
func (st *store) turn(ctx context.Context, name string, every time.Duration) (mine bool, err error) {
	now := st.ms()
	done, err := st.db.ExecContext(ctx, `INSERT INTO notes (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE CAST(notes.value AS BIGINT) <= $3`, name, fmt.Sprint(now), now-every.Milliseconds()+1000)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

func (st *store) known(ctx context.Context, guid string) (bool, error) {
	var n int
	err := st.db.QueryRowContext(ctx, `SELECT count(*) FROM deliveries WHERE guid = $1`, guid).Scan(&n)
	return n > 0, err
}
