package main

import (
	"bufio"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

type reviewCommand struct {
	Path []string `arg:"" optional:"" help:"Files, folders and globs to read; - reads standard input. Without any, the repository's content is read: what content.include names, else the folders named for marketing (tellwell config show lists them)."`

	Diff           *string `placeholder:"BASE...HEAD" help:"Judge only what changed from BASE to HEAD, as a pull request would show it. BASE alone compares with the files on the disk."`
	Format         string  `enum:"text,html,json,sarif,rdjsonl" default:"text" placeholder:"text|html|json|sarif|rdjsonl" help:"text for a person, html for a page to open or attach, json for a program, sarif for code scanning and editors, rdjsonl for reviewdog."`
	Amount         string  `enum:"quiet,default,full," default:"" placeholder:"quiet|default|full" help:"How much to say: only the surest, as far as editors mostly agree, or as much as the budget allows. It overrides budget.amount."`
	Why            bool    `help:"Under each question, say what was seen and why it matters."`
	FailOnFindings bool    `help:"End with status 1 when any question was asked. The setting fail_on does so for single checks."`
	ExitZero       bool    `help:"End with status 0 whatever was asked or could not be done; it is told all the same. For hooks that must not stop anybody."`
	Judgement      string  `placeholder:"FILE" help:"Weigh by what this file holds, which tellwell fit has written, and not by what tellwell ships."`
	Config         string  `placeholder:"FILE" help:"Read this configuration instead of the repository's .github/tellwell.yml."`
	Primer         string  `placeholder:"FOLDER" help:"Read the primer from this clone of the repository that primers.repository names."`
	StdinPath      string  `placeholder:"NAME" help:"The path that the page on standard input has in the repository."`
	Color          string  `enum:"auto,always,never" default:"auto" placeholder:"auto|always|never" help:"auto means on a terminal, unless NO_COLOR is set."`
}

func (reviewCommand) Help() string {
	return `Each page's kind (launch, case study, opinion, …) decides what is asked of it. Pages of bad news, pages in other ` +
		`languages, legal pages and READMEs are left alone, and named with the reason.

Examples

    tellwell review
    tellwell review blog/launch.md customers/
    tellwell review "blog/2026-*/**/*.md"
    tellwell review --diff main...HEAD
    tellwell review --diff main              with what is not committed yet
    tellwell review --format html > review.html
    tellwell review --format json > review.json
    pandoc -t gfm draft.docx | tellwell review - --stdin-path blog/draft.md

A page is waved through by "tellwell: ok" in its front matter.`
}

func (c reviewCommand) run(w *world) (status, error) {
	if err := c.contradiction(); err != nil {
		return 0, err
	}
	ended, err := c.review(w)
	if err != nil && c.ExitZero {
		w.fail(err)
		return reviewed, nil
	}
	if c.ExitZero {
		ended = reviewed
	}
	return ended, err
}

func (c reviewCommand) review(w *world) (status, error) {
	r, err := w.openRepo(c.rootPaths(), c.Config)
	if err != nil {
		return 0, err
	}
	if c.Amount != "" {
		r.config.Budget.Amount = review.Amount(c.Amount)
	}
	if err := w.readPrimer(r, c.Primer); err != nil {
		return 0, err
	}
	g, err := c.gather(w, r)
	if err != nil {
		return 0, err
	}
	model, err := w.judgeFrom(c.Judgement)
	if err != nil {
		return 0, err
	}
	request := review.Request{
		Checks: checks.All,
		Config: r.config,
		Primer: r.primer,
		// a primer that is kept elsewhere, and was not given
		PrimerUnread: r.shelf == "",
		Sources:      g.sources,
		Judge:        model,
		Problems:     append(r.problems, g.problems...),
	}
	if c.Diff != nil {
		if request.PerReview = r.config.Budget.PerPullRequest; request.PerReview == 0 {
			request.PerReview = -1 // a budget of nothing
		}
	}
	var plan *review.Plan
	w.during("reading "+count(len(g.sources), "page", "pages"), func() { plan = review.Make(request) })
	if err := c.tell(w, request, plan, g.sources); err != nil {
		return 0, err
	}
	if len(g.sources) == 0 && len(plan.Problems) == 0 {
		w.hint(c.nothingRead(w, g))
	}
	return c.status(plan, r.config), nil
}

// contradiction returns the error for flags that can't stand together.
func (c reviewCommand) contradiction() error {
	stdin := slices.Contains(c.Path, "-")
	switch {
	case stdin && c.Diff != nil:
		return misuse("name files, or leave --diff out", "--diff judges what git knows, and - reads standard input")
	case c.StdinPath != "" && !stdin:
		return misuse("tellwell review - --stdin-path "+c.StdinPath, "--stdin-path names the page on standard input, which is read only for -")
	case c.ExitZero && c.FailOnFindings:
		return misuse("leave one of them out", "--exit-zero and --fail-on-findings contradict each other")
	case slices.Contains(c.Path, ""):
		return misuse("tellwell review . reads this folder", "a PATH is empty")
	}
	return nil
}

// rootPaths returns the paths that say which repository is meant.
func (c reviewCommand) rootPaths() []string {
	paths := slices.Clone(c.Path)
	for i, p := range paths {
		if p == "-" {
			paths[i] = c.StdinPath
		}
		if paths[i] == "" {
			paths[i] = stdinPath
		}
	}
	return paths
}

func (c reviewCommand) gather(w *world, r *repo) (*gathering, error) {
	if c.Diff != nil {
		return w.gatherChanges(r, *c.Diff, c.Path)
	}
	return w.gather(r, c.Path, c.StdinPath)
}

func (c reviewCommand) tell(w *world, request review.Request, plan *review.Plan, sources []review.Source) error {
	out := bufio.NewWriter(w.stdout)
	text := map[string][]byte{}
	for _, source := range sources {
		text[source.Path] = source.Text
	}
	var err error
	switch c.Format {
	case "json":
		err = tellJSON(out, plan)
	case "html":
		err = tellHTML(out, request, plan)
	case "sarif":
		err = tellSARIF(out, plan, checks.All)
	case "rdjsonl":
		err = tellRDJSONL(out, plan, text)
		for _, p := range plan.Problems {
			w.hint(strings.TrimPrefix(fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message), ":0: "))
		}
	default:
		t := teller{out: out, width: textWidth(w.stdout), palette: w.palette(c.Color), why: c.Why, changes: c.Diff != nil, source: text}
		t.tell(plan)
	}
	return errors.Join(err, out.Flush())
}

// nothingRead is the hint when there was no page to read.
func (c reviewCommand) nothingRead(w *world, g *gathering) string {
	switch {
	case c.Diff != nil:
		return "no page that tellwell reads was changed there"
	case len(g.others) > 0:
		other := g.others[0]
		if rel, err := filepath.Rel(w.dir, other); err == nil {
			other = filepath.ToSlash(rel)
		}
		return other + " is a repository of its own: tellwell review " + other
	case len(c.Path) > 0:
		return "there is no page in what was named (" + strings.Join(review.Extensions, ", ") + ")"
	case len(g.repo.config.Content.Include) > 0:
		return "nothing matches content.include in " + g.repo.from
	}
	return "no folder here is named for marketing (tellwell config show lists the names); name files or folders, or set content.include in " +
		review.ConfigPath
}

// status is what the review ends with. What could not be done comes first, since a question may hide behind it.
func (c reviewCommand) status(plan *review.Plan, config *review.Config) status {
	if len(plan.Problems) > 0 {
		return incomplete
	}
	for _, page := range plan.Pages {
		for _, comment := range page.Findings {
			if c.FailOnFindings || spoke(comment, config.FailOn) {
				return findings
			}
		}
	}
	return reviewed
}

// spoke reports whether a comment is of one of the checks, or holds what one of them found.
func spoke(comment review.Comment, checks []string) bool {
	return slices.ContainsFunc(checks, func(check string) bool {
		return comment.Check == check || slices.Contains(comment.Folded, check)
	})
}
