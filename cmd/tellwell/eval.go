package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/editors"
	"github.com/example-org/tellwell/review"
)

type evalCommand struct {
	Labels    string `required:"" placeholder:"FOLDER" help:"The editors' marks: one folder an editor, in it one file a page."`
	Pages     string `required:"" placeholder:"FOLDER" help:"The pages, and index.tsv, which names them: a line id<TAB>file for each."`
	Amount    string `enum:"quiet,default,full," default:"" placeholder:"quiet|default|full" help:"How much to say; it overrides budget.amount."`
	Judgement string `placeholder:"FILE" help:"Weigh by what this file holds, which tellwell fit has written, and not by what tellwell ships."`
	List      bool   `help:"Show every comment beside what the editors marked there, the surest first."`
}

func (evalCommand) Help() string {
	return `Holds tellwell against what your own editors marked on pages: on how many of its comments one of them agrees, and where it went ` +
		`wrong. A comment agrees with a mark when both stand on the same paragraph and have the same reason.

An editor's marks on one page are a JSON file named by the page's id:

    {"id": "spring", "kind": "launch",
     "comments": [{"lines": [7, 7], "family": "insight", "tag": "opening", "quote": "We have launched", "strength": 2}],
     "protect":  [{"lines": [12, 14], "quote": "the lift stood for nine hours"}]}

lines are those of the file; strength is 1 (only if asked) to 3 (before it is published); protect names passages that are good as they are.
Tags of insight: ` + strings.Join(editors.Tags[8:], ", ") + `.
Tags of emotion: ` + strings.Join(editors.Tags[:8], ", ") + `.

Example

    tellwell eval --labels marks --pages content --list`
}

func (c evalCommand) run(w *world) (status, error) {
	set, err := editors.Load(w.abs(c.Labels), w.abs(c.Pages))
	if err != nil {
		return 0, err
	}
	said, err := c.said(w, set)
	if err != nil {
		return 0, err
	}
	out := bufio.NewWriter(w.stdout)
	tellMeasure(out, set, set.Measure(said), c.List)
	return reviewed, out.Flush()
}

// said reviews the pages of a set as whole pages.
func (c evalCommand) said(w *world, set *editors.Set) (editors.Said, error) {
	r, err := w.openRepo([]string{c.Pages}, "")
	if err != nil {
		return nil, err
	}
	if c.Amount != "" {
		r.config.Budget.Amount = review.Amount(c.Amount)
	}
	if err := w.readPrimer(r, ""); err != nil {
		return nil, err
	}
	model, err := w.judgeFrom(c.Judgement)
	if err != nil {
		return nil, err
	}
	request := review.Request{Checks: checks.All, Config: r.config, Primer: r.primer, Judge: model}
	for _, p := range set.Pages {
		src, err := os.ReadFile(filepath.Join(w.abs(c.Pages), filepath.FromSlash(p.Path)))
		if err != nil {
			return nil, fmt.Errorf("read a marked page: %w", err)
		}
		request.Sources = append(request.Sources, review.Source{Path: p.Path, Text: src, Aside: review.Aside(r.config, p.Path, src, true)})
	}
	said := editors.Said{}
	for i, told := range review.Make(request).Pages {
		p := set.Pages[i]
		for _, f := range told.Findings {
			if f.Place != review.Inline {
				continue
			}
			said[p.ID] = append(said[p.ID], editors.Remark{
				Blocks: p.Touched(f.Line, f.EndLine), Family: string(f.Family), Tags: editors.Near(editors.Reasons[f.Check]), Check: f.Check,
				Line: f.Line, Confidence: f.Confidence,
			})
		}
	}
	return said, nil
}

// tellMeasure tells how tellwell fared.
func tellMeasure(out *bufio.Writer, set *editors.Set, m editors.Measure, list bool) {
	if list {
		for _, o := range m.Outcomes {
			what := "alone"
			switch {
			case o.Agreed:
				what = "agree"
			case o.Harm:
				what = "HARM"
			}
			there := "-"
			if len(o.There) > 0 {
				there = strings.Join(o.There, ", ")
			}
			fmt.Fprintf(out, "%-5s  %.2f  %s:%d  %s  editors: %s\n", what, o.Remark.Confidence, harmless(o.Page.Path), o.Remark.Line, o.Remark.Check, there)
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "%d comments on %d of %d pages; %d %s\n\n", m.Posted, m.WithComment, m.Pages, len(set.Editors), map[bool]string{true: "editor", false: "editors"}[len(set.Editors) == 1])
	line := func(name string, value float64) { fmt.Fprintf(out, "%-46s %.3f\n", name, value) }
	line("some editor agrees", m.Agrees)
	for _, n := range []int{15, 45, 100} {
		if share, ok := m.Surest(n); ok {
			line(fmt.Sprintf("some editor agrees, of the surest %d", n), share)
		}
	}
	line("on a passage marked as good", m.Harm)
	for _, by := range []struct {
		name  string
		score editors.Score
	}{{"same reason", m.Reason}, {"same family", m.Family}} {
		line(by.name+": precision", by.score.Precision)
		line(by.name+": recall", by.score.Recall)
		line(by.name+": F0.5", by.score.F)
		if len(set.Editors) > 1 {
			line(by.name+": share of an editor", by.score.Share)
		}
	}
	var names []string
	for name := range m.Checks {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Fprintf(out, "\n%-28s %7s %7s %7s\n", "check", "posted", "agreed", "harm")
	for _, name := range names {
		row := m.Checks[name]
		fmt.Fprintf(out, "%-28s %7d %7d %7d\n", name, row.Posted, row.Agreed, row.Harm)
	}
	fmt.Fprintf(out, "\n%-28s %7s %7s\n", "confidence", "posted", "agreed")
	most := 1.1
	for _, least := range []float64{.6, .5, .4, .3, .2, 0} {
		posted, agreed := 0, 0
		for _, o := range m.Outcomes {
			if least <= o.Remark.Confidence && o.Remark.Confidence < most {
				posted++
				if o.Agreed {
					agreed++
				}
			}
		}
		fmt.Fprintf(out, "%-28s %7d %7d\n", fmt.Sprintf("%.1f and more", least), posted, agreed)
		most = least
	}
	tags := slices.Clone(editors.Tags)
	sort.SliceStable(tags, func(a, b int) bool { return m.Missed[tags[a]] > m.Missed[tags[b]] })
	fmt.Fprintf(out, "\nmarks that no comment met, most often: ")
	for i, tag := range tags[:5] {
		if i > 0 {
			fmt.Fprint(out, ", ")
		}
		fmt.Fprintf(out, "%s (%d)", tag, m.Missed[tag])
	}
	fmt.Fprintln(out)
}
