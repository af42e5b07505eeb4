package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/review"
)

type primerCommands struct {
	New  primerNewCommand  `cmd:"" help:"Begin a primer page, with the questions that get good answers."`
	Lint primerLintCommand `cmd:"" help:"Say what the primer's keepers would want to mend."`
	Find primerFindCommand `cmd:"" help:"Find the sections about something."`
	Gaps primerGapsCommand `cmd:"" help:"Say what pages ask for and no primer page answers."`
}

// now is the time; TELLWELL_TODAY, a date, stands in for it, so that what is written can be the same again.
func (w *world) now() time.Time {
	if at, err := time.Parse(time.DateOnly, w.getenv("TELLWELL_TODAY")); err == nil {
		return at
	}
	return time.Now()
}

// primerOf opens the repository that paths belong to (the working directory's, when there are none), with its primer, which must hold
// a page.
func (w *world) primerOf(paths []string, configFile, clone string) (*repo, error) {
	r, err := w.openRepo(paths, configFile)
	if err != nil {
		return nil, err
	}
	if err := w.atHand(r, clone); err != nil {
		return nil, err
	}
	if err := w.readPrimer(r, clone); err != nil {
		return nil, err
	}
	if len(r.primer.Pages) == 0 {
		return nil, cannot("tellwell primer new customer \"Who you write for\" begins one", "there is no primer in %s", r.primerFolder())
	}
	return r, nil
}

// atHand finds the primer's own repository, and fails where that is another one and no clone of it was given.
func (w *world) atHand(r *repo, clone string) error {
	if err := w.shelve(r, clone); err != nil {
		return err
	}
	if r.shelf == "" {
		return cannot("clone it, and say where with --primer FOLDER", "the primer is kept in %s, and nothing is read from the network here", r.config.Primers.Repository)
	}
	return nil
}

type primerNewCommand struct {
	Kind  string   `arg:"" help:"What the page is about: customer, industry, technology, competitor or point-of-view."`
	Title []string `arg:"" optional:"" help:"Its title: who or what it is about, as you would say it."`

	DryRun bool   `help:"Print the page and write nothing."`
	Config string `placeholder:"FILE" help:"Read this configuration instead of the repository's .github/tellwell.yml."`
	Primer string `placeholder:"FOLDER" help:"Read the primer from this clone of the repository that primers.repository names."`
}

func (primerNewCommand) Help() string {
	return `The page holds the headings that comments link to, and under each the question that gets a good answer. Answer two of them today: ` +
		`a page with one true sentence helps more than a full one with none.

    tellwell primer new customer Dairy haulage planners
    tellwell primer new competitor Quillet`
}

func (c primerNewCommand) run(w *world) (status, error) {
	kind, err := pageKind(c.Kind)
	if err != nil {
		return 0, err
	}
	r, err := w.openRepo(nil, c.Config)
	if err != nil {
		return 0, err
	}
	if err := w.atHand(r, c.Primer); err != nil {
		return 0, err
	}
	title := strings.Join(c.Title, " ")
	if strings.TrimSpace(title) == "" {
		title = "A " + string(kind) + " to name"
		if kind == primer.PointOfView {
			title = "Our view"
		}
	}
	name := primer.StarterName(title)
	if name == "" {
		return 0, misuse("write it in letters or digits", "no file can be named after the title %q", title)
	}
	page := primer.Starter(kind, title, w.now())
	shown := path.Join(r.primerFolder(), name)
	if c.DryRun {
		_, err := w.stdout.Write(page)
		w.hint("nothing was written; without --dry-run this is " + shown)
		return reviewed, err
	}
	if err := writeNew(filepath.Join(r.shelf, filepath.FromSlash(shown)), page); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return 0, cannot("give the page another title, or fill that one in", "%s is there already and stays as it is", shown)
		}
		return 0, cannot("the folder must be one that you may write to", "write %s: %w", shown, bare(err))
	}
	fmt.Fprintf(w.stdout, "%s\n", harmless(shown))
	w.hint("answer two of its questions today; tellwell primer lint says what is still open")
	return reviewed, nil
}

func pageKind(name string) (primer.PageKind, error) {
	var names []string
	for _, k := range primer.PageKinds() {
		if strings.EqualFold(name, string(k)) {
			return k, nil
		}
		names = append(names, string(k))
	}
	return "", misuse(didYouMean(name, names, "there are "+strings.Join(names, ", ")), "%q is no kind of primer page", name)
}

// writeNew writes a file that must not be there yet, and the folders above it.
func writeNew(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

type primerLintCommand struct {
	Since          string `placeholder:"COMMIT" help:"Tell headings and pages that were there at this commit and are gone."`
	FailOnFindings bool   `help:"End with status 1 when there is something to mend."`
	Config         string `placeholder:"FILE" help:"Read this configuration instead of the repository's .github/tellwell.yml."`
	Primer         string `placeholder:"FOLDER" help:"Read the primer from this clone of the repository that primers.repository names."`
}

func (primerLintCommand) Help() string {
	return `Which kinds of page are missing; which pages nobody owns, nobody has looked over for long (reviewed, review_every, ` +
		`primers.stale_after) or no customer speaks on; words that nobody is known to have said; links that lead nowhere; headings that ` +
		`tellwell can't place; questions of a new page that wait for an answer. Nothing of it stops a review.

    tellwell primer lint
    tellwell primer lint --since v1.4`
}

func (c primerLintCommand) run(w *world) (status, error) {
	r, err := w.primerOf(nil, c.Config, c.Primer)
	if err != nil {
		return 0, err
	}
	found := r.primer.Lint(w.now(), r.config.Primers.StaleAfter, func(file string) bool {
		_, err := os.Stat(filepath.Join(r.shelf, filepath.FromSlash(file)))
		return err == nil && filepath.IsLocal(filepath.FromSlash(file))
	})
	if c.Since != "" {
		before, err := w.primerAt(r, c.Since)
		if err != nil {
			return 0, err
		}
		found = append(found, r.primer.Renamed(before)...)
	}
	out := bufio.NewWriter(w.stdout)
	for _, p := range r.problems {
		fmt.Fprintln(out, remarked(p.Path, p.Line, p.Message))
	}
	for _, p := range found {
		fmt.Fprintln(out, remarked(p.Path, p.Line, p.Message))
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	said := count(len(r.primer.Pages), "page", "pages") + " read, "
	if n := len(found) + len(r.problems); n > 0 {
		w.hint(said + count(n, "thing", "things") + " to look at; none of them stops a review")
		if c.FailOnFindings {
			return findings, nil
		}
		return reviewed, nil
	}
	w.hint(said + "nothing to mend")
	return reviewed, nil
}

// remarked is a remark on a place, as editors and terminals follow it; on the whole primer when it has no place.
func remarked(file string, line int, message string) string {
	if file == "" {
		return harmless(message)
	}
	return placed(file, line) + ": " + harmless(message)
}

// primerAt reads the primer as a commit holds it.
func (w *world) primerAt(r *repo, revision string) (*primer.Index, error) {
	git := w.git(r.shelf)
	commit, err := git.commit(revision)
	if err != nil {
		return nil, err
	}
	listed, err := git.ask("ls-tree", "-r", "-z", "--name-only", commit, "--", r.primerFolder())
	if err != nil {
		return nil, cannot("", "ask git for the primer of %s: %w", revision, err)
	}
	var paths []string
	for _, p := range strings.FieldsFunc(string(listed), func(c rune) bool { return c == 0 }) {
		if primer.IsPage(p) {
			paths = append(paths, p)
		}
	}
	blobs, err := git.texts(commit, paths)
	if err != nil {
		return nil, err
	}
	pages := map[string][]byte{}
	for i, b := range blobs {
		if b.err == nil {
			pages[paths[i]] = b.text
		}
	}
	before, _ := primer.New(pages)
	return before, nil
}

type primerFindCommand struct {
	Words  []string `arg:"" help:"What to look for, in any words."`
	Config string   `placeholder:"FILE" help:"Read this configuration instead of the repository's .github/tellwell.yml."`
	Primer string   `placeholder:"FOLDER" help:"Read the primer from this clone of the repository that primers.repository names."`
}

func (primerFindCommand) Help() string {
	return `The five sections whose words fit best, best first, and whom to ask.

    tellwell primer find rejected load`
}

// mostFound is how many sections are shown.
const mostFound = 5

func (c primerFindCommand) run(w *world) (status, error) {
	r, err := w.primerOf(nil, c.Config, c.Primer)
	if err != nil {
		return 0, err
	}
	words := strings.Join(c.Words, " ")
	found := r.primer.Find(words, mostFound)
	if len(found) == 0 {
		w.hint("no section of the primer holds any word of “" + words + "”; other words may, and primer new begins a page")
		return reviewed, nil
	}
	out := bufio.NewWriter(w.stdout)
	t := teller{out: out, width: textWidth(w.stdout), palette: w.palette("auto")}
	for _, s := range found {
		p := review.Pointer{Path: s.Page.Path, Heading: s.Heading, URL: r.config.Primers.At().URL(s), Title: s.Page.Title, Minutes: s.Minutes()}
		if len(s.Page.Ask) > 0 {
			p.Ask = s.Page.Ask[0].Name
			if good := s.Page.Ask[0].GoodFor; good != "" {
				p.Ask += " — " + good
			}
		}
		t.hanging(0, "→ ", pointed(p), t.palette.link)
		if text := strings.Join(strings.Fields(s.Text), " "); text != "" {
			t.lines(2, short(text, 160), t.palette.quiet)
		}
	}
	return reviewed, out.Flush()
}

type primerGapsCommand struct {
	Path   []string `arg:"" optional:"" help:"Files, folders and globs to read; the repository's content otherwise."`
	Config string   `placeholder:"FILE" help:"Read this configuration instead of the repository's .github/tellwell.yml."`
	Primer string   `placeholder:"FOLDER" help:"Read the primer from this clone of the repository that primers.repository names."`
}

func (primerGapsCommand) Help() string {
	return `Every question that a review would ask at its most talkative is held against the primer; what it has no answer for is told, ` +
		`what was asked for most first.

    tellwell primer gaps blog products`
}

func (c primerGapsCommand) run(w *world) (status, error) {
	r, err := w.openRepo(c.Path, c.Config)
	if err != nil {
		return 0, err
	}
	if err := w.atHand(r, c.Primer); err != nil {
		return 0, err
	}
	if err := w.readPrimer(r, c.Primer); err != nil {
		return 0, err
	}
	g, err := w.gather(r, c.Path, "")
	if err != nil {
		return 0, err
	}
	r.config.Budget.Amount, r.config.Budget.PerPage = review.Full, review.MostComments
	plan := review.Make(review.Request{Checks: checks.All, Config: r.config, Primer: r.primer, Sources: g.sources, Judge: learntJudge(),
		Problems: append(r.problems, g.problems...)})
	out := bufio.NewWriter(w.stdout)
	t := teller{out: out, width: textWidth(w.stdout), palette: w.palette("auto")}
	t.gaps(plan.Gaps)
	t.problems(plan.Problems)
	if err := out.Flush(); err != nil {
		return 0, err
	}
	if len(plan.Gaps) == 0 {
		w.hint(count(len(g.sources), "page", "pages") + " read; the primer answers whatever they ask")
	}
	if len(plan.Problems) > 0 {
		return incomplete, nil
	}
	return reviewed, nil
}
