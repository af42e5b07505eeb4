package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/editors"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

type fitCommand struct {
	Labels  string `required:"" placeholder:"FOLDER" help:"The editors' marks: one folder an editor, in it one file a page (tellwell eval --help describes it)."`
	Pages   string `required:"" placeholder:"FOLDER" help:"The pages, and index.tsv, which names them: id, file, and the repo that a page is from."`
	Without string `placeholder:"FOLDER" help:"Learn nothing from sources (repo) that the index of this folder names, too: those pages are to measure with."`
	About   string `default:"one editor's marks" placeholder:"TEXT" help:"Whose judgement it is, and when; told in the file's first lines."`
	Limit   int    `placeholder:"N" help:"Learn from the first N pages only, to see what more pages bring."`
	Out     string `placeholder:"FILE" help:"Where what was learnt is written. Without it only the figures are told."`
}

func (fitCommand) Help() string {
	return `Learns from what editors marked how likely they are to make each remark on a passage. The same marks give the same file. ` +
		`The figures told are of pages whose source it had not seen: the sources are cut into five parts, and each part is judged by what ` +
		`was learnt from the other four.

Example

    tellwell fit --labels marks --pages content --about "our two editors, spring 2027" --out judgement.txt`
}

func (c fitCommand) run(w *world) (status, error) {
	set, err := editors.Load(w.abs(c.Labels), w.abs(c.Pages))
	if err != nil {
		return 0, err
	}
	if c.Without != "" {
		sources, err := editors.Sources(filepath.Join(w.abs(c.Without), "index.tsv"))
		if err != nil {
			return 0, err
		}
		set = set.Without(sources)
	}
	if c.Limit > 0 && c.Limit < len(set.Pages) {
		set.Pages = set.Pages[:c.Limit]
	}
	examples, err := examplesOf(set, w.abs(c.Pages))
	if err != nil {
		return 0, err
	}
	if len(examples) < 200 {
		return 0, fmt.Errorf("%d passages of %d pages are too few to learn from; some hundred pages are needed", len(examples), len(set.Pages))
	}
	model, left := editors.Fit(examples, editors.Usual)
	measure := set.Measure(set.Posted(examples, left))
	var about strings.Builder
	fmt.Fprintf(&about, "What was learnt from editors' marks. %s.\n", strings.TrimRight(c.About, ". \n"))
	fmt.Fprintf(&about, "%d pages of %d sources, %d passages. Made by tellwell fit; not to be edited by hand. The form is told in judge.Model.Write.\n",
		len(set.Pages), len(set.Sources()), len(examples))
	fmt.Fprintf(&about, "On sources left out, one comment a page and a half at most, one a check: ")
	for _, share := range []float64{15.0 / 66, 45.0 / 66, 1} {
		n := int(share * float64(len(set.Pages)))
		if agrees, ok := measure.Surest(n); ok {
			fmt.Fprintf(&about, "surest %d agree %.3f; ", n, agrees)
		}
	}
	fmt.Fprintf(&about, "harm %.3f of %d.\n", measure.Harm, measure.Posted)
	for _, check := range model.Checks() {
		posted, agreed, harm := 0, 0, 0
		for _, o := range measure.Outcomes {
			if o.Remark.Check == check && o.Remark.Confidence >= review.LeastLearnt(review.Full) {
				posted++
				agreed += map[bool]int{true: 1}[o.Agreed]
				harm += map[bool]int{true: 1}[o.Harm]
			}
		}
		fmt.Fprintf(&about, "  %s, at the full setting: %d posted, %d agreed, %d harm\n", check, posted, agreed, harm)
	}
	fmt.Fprint(w.stdout, about.String())
	if c.Out == "" {
		return reviewed, nil
	}
	if err := os.WriteFile(w.abs(c.Out), model.Write(about.String()), 0o644); err != nil {
		return 0, fmt.Errorf("write what was learnt: %w", err)
	}
	return reviewed, nil
}

// examplesOf reads the passages of a set's pages, and what the editors said of them.
func examplesOf(set *editors.Set, folder string) ([]*editors.Example, error) {
	cfg, lists := review.Default(), evidence.DefaultLists()
	var out []*editors.Example
	for i, p := range set.Pages {
		src, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(p.Path)))
		if err != nil {
			return nil, fmt.Errorf("read a marked page: %w", err)
		}
		page := prose.Parse(p.Path, src)
		if page.Foreign() != "" || page.BadNews() != "" {
			continue // nothing is said of it
		}
		for _, passage := range review.Passages(checks.All, cfg, lists, page) {
			e := &editors.Example{Page: i, Source: p.Source, Passage: passage, Blocks: map[int]bool{}}
			first := -1
			for _, s := range passage.Sentences {
				for b := range p.Touched(page.Line(s.Span.Start), page.Line(max(s.Span.Start, s.Span.End-1))) {
					if first < 0 || b < first {
						first = b
					}
				}
			}
			if first < 0 {
				continue
			}
			e.Blocks[first] = true
			set.Mark(e)
			out = append(out, e)
		}
	}
	return out, nil
}
