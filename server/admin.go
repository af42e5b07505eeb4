package server

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An installed account as the admin's page shows it.
type installed struct {
	ID            int64
	Account, Kind string
	Suspended     bool
	DryRuns       int
	Repositories  []shown
}

// A shown repository.
type shown struct {
	ID                     int64
	Name, Mode, State, Why string
}

var states = map[string]string{"": "not looked at yet", listed: "listed, otherwise untouched", dryRun: "dry run", live: "on"}

func (st *store) installations(ctx context.Context) ([]installed, error) {
	return collect(ctx, st.db, func(scan func(...any) error) (in installed, err error) {
		var suspended int
		err = scan(&in.ID, &in.Account, &in.Kind, &suspended)
		in.Suspended = suspended != 0
		return in, err
	}, `SELECT id, account, kind, suspended FROM installations WHERE gone = 0 ORDER BY account`)
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, db *sql.DB, read func(scan func(...any) error) (T, error), query string, args ...any) (out []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		one, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, rows.Err()
}

// among writes a list of numbers for SQL.
func among(ids []int64) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

func (s *Server) overview(w http.ResponseWriter, r *http.Request, who session) error {
	ctx := r.Context()
	all, err := s.store.installations(ctx)
	if err != nil {
		return err
	}
	var mine []installed
	for _, in := range all {
		if !slices.Contains(who.Installations, in.ID) {
			continue
		}
		in.Repositories, err = collect(ctx, s.store.db, func(scan func(...any) error) (r shown, err error) {
			err = scan(&r.ID, &r.Name, &r.Mode, &r.Why)
			r.State = states[r.Mode]
			return r, err
		}, `SELECT id, name, mode, why FROM repositories WHERE installation = $1 AND gone = 0 ORDER BY mode DESC, name`, in.ID)
		if err != nil {
			return err
		}
		for _, repo := range in.Repositories {
			if repo.Mode == dryRun {
				in.DryRuns++
			}
		}
		mine = append(mine, in)
	}
	type aside struct {
		ID, Number   int64
		Repo, Reason string
	}
	failed, err := collect(ctx, s.store.db, func(scan func(...any) error) (a aside, err error) {
		return a, scan(&a.ID, &a.Repo, &a.Number, &a.Reason)
	}, `SELECT w.id, r.name, w.number, w.reason FROM work w JOIN repositories r ON r.id = w.repository WHERE w.aside = 1 AND r.installation IN `+among(who.Installations)+` ORDER BY w.id DESC LIMIT 50`)
	if err != nil {
		return err
	}
	state, err := s.store.state(ctx)
	if err != nil {
		return err
	}
	var at int64
	last := "none yet"
	if err := s.store.db.QueryRowContext(ctx, `SELECT coalesce(max(received_at), 0) FROM deliveries`).Scan(&at); err != nil {
		return err
	}
	if at > 0 {
		last = roughly(s.o.Now().Sub(time.UnixMilli(at))) + " ago"
	}
	s.show(w, http.StatusOK, "overview", map[string]any{"Title": "Overview", "Login": who.Login, "Proof": s.proof(r), "Installations": mine, "Aside": failed, "Queue": state,
		"Paused": state.Paused > 0, "Last": last})
	return nil
}

// release ends dry runs: of one repository, or of an installation's.
func (s *Server) release(w http.ResponseWriter, r *http.Request, who session) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		say(w, http.StatusNotFound, "there is no such page")
		return nil
	}
	where := "id"
	if strings.HasPrefix(r.URL.Path, "/installations/") {
		where = "installation"
	}
	ctx := r.Context()
	err = s.store.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE repositories SET released = 1, mode = 'on' WHERE mode = 'dry-run' AND `+where+` = $1 AND installation IN `+among(who.Installations), id); err != nil {
			return err
		}
		// What was only looked at is read once more, and told this time.
		_, err := tx.ExecContext(ctx, `UPDATE work SET wanted_seq = wanted_seq + 1, due_at = $1, wanted_at = $1 WHERE kind = 'pull' AND reason <> 'closed'
			AND repository IN (SELECT id FROM repositories WHERE mode = 'on' AND `+where+` = $2 AND installation IN `+among(who.Installations)+`)`, s.store.ms(), id)
		return err
	})
	if err != nil {
		return err
	}
	s.o.Log.Info("a dry run was ended", "by", who.Login, where, id)
	s.wakeAt(s.o.Now())
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// retry takes up again what was set aside.
func (s *Server) retry(w http.ResponseWriter, r *http.Request, who session) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		say(w, http.StatusNotFound, "there is no such page")
		return nil
	}
	_, err = s.store.db.ExecContext(r.Context(), `UPDATE work SET aside = 0, attempts = 0, due_at = $1 WHERE id = $2 AND repository IN (SELECT id FROM repositories WHERE installation IN `+among(who.Installations)+`)`, s.store.ms(), id)
	if err != nil {
		return err
	}
	s.wakeAt(s.o.Now())
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// A line of the record as the page shows it.
type line struct {
	Repo, URL, At, Short, Settings, Outcome string
	Number, MS                              int64
	Quotes                                  []said
}

func (s *Server) reviews(w http.ResponseWriter, r *http.Request, who session) error {
	lines, err := collect(r.Context(), s.store.db, func(scan func(...any) error) (l line, err error) {
		var at int64
		var head, quotes string
		if err := scan(&l.Repo, &l.Number, &head, &at, &l.MS, &l.Settings, &l.Outcome, &quotes); err != nil {
			return l, err
		}
		l.At, l.Short = time.UnixMilli(at).UTC().Format("2 Jan 2006 15:04 UTC"), head[:min(7, len(head))]
		l.URL = fmt.Sprintf("%s/%s/pull/%d", s.web(), l.Repo, l.Number)
		if quotes != "" {
			err = json.Unmarshal([]byte(quotes), &l.Quotes)
		}
		return l, err
	}, `SELECT r.name, v.number, v.head, v.at, v.ms, v.settings, v.outcome, v.quotes FROM reviews v JOIN repositories r ON r.id = v.repository
		WHERE r.installation IN `+among(who.Installations)+` ORDER BY v.at DESC, v.id DESC LIMIT 100`)
	if err != nil {
		return err
	}
	s.show(w, http.StatusOK, "reviews", map[string]any{"Title": "Reviews", "Login": who.Login, "Proof": s.proof(r), "Reviews": lines})
	return nil
}

// A tally is something that was counted.
type tally struct {
	Name  string
	Count int
}

// tallied returns counts, the largest first.
func tallied(counts map[string]int, most int) []tally {
	var out []tally
	for name, n := range counts {
		out = append(out, tally{name, n})
	}
	slices.SortFunc(out, func(a, b tally) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out[:min(len(out), most)]
}

// A told review is what the record keeps of one.
type told struct {
	at time.Time
	telling
}

// recorded returns what was told between two hours; of each pull request its last review alone counts, so that a page that is pushed ten
// times is not counted ten times.
func (s *Server) recorded(ctx context.Context, who session, from, to time.Time) ([]told, error) {
	return collect(ctx, s.store.db, func(scan func(...any) error) (t told, err error) {
		var at int64
		var text string
		if err := scan(&at, &text); err != nil {
			return t, err
		}
		t.at = time.UnixMilli(at)
		return t, json.Unmarshal([]byte(text), &t.telling)
	}, `SELECT v.at, v.told FROM reviews v JOIN repositories r ON r.id = v.repository WHERE v.at >= $1 AND v.at < $2 AND r.installation IN `+among(who.Installations)+`
		AND v.id IN (SELECT max(id) FROM reviews GROUP BY work)`, from.UnixMilli(), to.UnixMilli())
}

// A bar of a small drawing.
type bar struct{ X, Y, H int }

func (s *Server) subjects(w http.ResponseWriter, r *http.Request, who session) error {
	now := s.o.Now()
	const weeks = 26
	from := now.AddDate(0, 0, -7*weeks)
	all, err := s.recorded(r.Context(), who, from, now.Add(time.Hour))
	if err != nil {
		return err
	}
	counts, waved, gaps, where := map[string]int{}, map[string]int{}, map[string]int{}, map[[2]string]int{}
	byWeek := map[string][]int{}
	for _, t := range all {
		week := min(weeks-1, int(t.at.Sub(from).Hours()/(24*7)))
		for name, n := range t.Checks {
			counts[name] += n
			if byWeek[name] == nil {
				byWeek[name] = make([]int, weeks)
			}
			byWeek[name][week] += n
		}
		for _, x := range t.Waved {
			waved[x.Check]++
			where[[2]string{x.Check, path.Dir(x.Path)}]++
		}
		for _, g := range t.Gaps {
			gaps[g]++
		}
	}
	type subject struct {
		Name         string
		Count, Waved int
		Told         string
		Bars         []bar
	}
	var list []subject
	for _, t := range tallied(counts, 30) {
		x := subject{Name: t.Name, Count: t.Count, Waved: waved[t.Name]}
		most := max(1, slices.Max(byWeek[t.Name]))
		for i, n := range byWeek[t.Name] {
			if n > 0 {
				h := max(2, 30*n/most)
				x.Bars = append(x.Bars, bar{i * 10, 32 - h, h})
			}
		}
		x.Told = fmt.Sprintf("%d in the last four weeks, at most %d in a week", sum(byWeek[t.Name][weeks-4:]), most)
		list = append(list, x)
	}
	type folder struct {
		Check, Folder string
		Count         int
	}
	var folders []folder
	for key, n := range where {
		folders = append(folders, folder{key[0], key[1], n})
	}
	slices.SortFunc(folders, func(a, b folder) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Check+a.Folder, b.Check+b.Folder)
	})
	s.show(w, http.StatusOK, "subjects", map[string]any{"Title": "Subjects", "Login": who.Login, "Proof": s.proof(r), "Subjects": list, "Waved": folders[:min(len(folders), 30)],
		"Gaps": tallied(gaps, 20)})
	return nil
}

func sum(list []int) (n int) {
	for _, x := range list {
		n += x
	}
	return n
}

// A digest is a month in four lists.
type digest struct{ Subjects, Sections, Improved, Gaps []tally }

func (s *Server) digestOf(r *http.Request, who session) (d digest, month time.Time, err error) {
	now := s.o.Now().UTC()
	month = time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	if at, err := time.Parse("2006-01", r.URL.Query().Get("month")); err == nil {
		month = at
	}
	d, err = s.month(r.Context(), who, month)
	return d, month, err
}

// month counts what was told in a month.
func (s *Server) month(ctx context.Context, who session, month time.Time) (digest, error) {
	all, err := s.recorded(ctx, who, month, month.AddDate(0, 1, 0))
	if err != nil {
		return digest{}, err
	}
	subjects, sections, improved, gaps := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, t := range all {
		for _, x := range t.Improved {
			improved[x]++
		}
		for name, n := range t.Checks {
			subjects[name] += n
		}
		for _, x := range t.Sections {
			sections[x]++
		}
		for _, g := range t.Gaps {
			gaps[g]++
		}
	}
	return digest{tallied(subjects, 3), tallied(sections, 10), tallied(improved, 10), tallied(gaps, 10)}, nil
}

func (s *Server) digest(w http.ResponseWriter, r *http.Request, who session) error {
	d, month, err := s.digestOf(r, who)
	if err != nil {
		return err
	}
	s.show(w, http.StatusOK, "digest", map[string]any{"Title": "Digest", "Login": who.Login, "Proof": s.proof(r), "Digest": d, "Month": month.Format("January 2006"),
		"Key": month.Format("2006-01"), "Before": month.AddDate(0, -1, 0).Format("2006-01")})
	return nil
}

// digestText is the digest as Markdown, to paste wherever the team reads.
func (s *Server) digestText(w http.ResponseWriter, r *http.Request, who session) error {
	d, month, err := s.digestOf(r, who)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	_, _ = w.Write([]byte(d.markdown(month))) // whoever has gone sees nothing
	return nil
}

func (d digest) markdown(month time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# tellwell in %s\n", month.Format("January 2006"))
	list := func(heading, none, unit string, of []tally) {
		fmt.Fprintf(&b, "\n## %s\n\n", heading)
		for _, t := range of {
			fmt.Fprintf(&b, "- %s (%d %s)\n", strings.NewReplacer("\n", " ", "<", "&lt;", "@", "@\u200b").Replace(t.Name), t.Count, unit)
		}
		if len(of) == 0 {
			b.WriteString(none + "\n")
		}
	}
	list("Most asked about", "Nothing was asked.", "questions", d.Subjects)
	list("Sections linked", "None.", "times", d.Sections)
	list("Primer pages looked after", "None.", "pull requests", d.Improved)
	list("The primer could not answer", "Nothing was missing.", "reviews", d.Gaps)
	return b.String()
}
