package review

import (
	"slices"
	"sort"
	"strings"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// A where is the part of the page a passage stands in; readers meet the first ones first.
type where int

const (
	inBody where = iota
	inHeading
	inEnding
	inOpening
	inTitle
)

// weight is how much a passage's place counts (checks.md, Ranking 1).
func (w where) weight() float64 {
	switch w {
	case inTitle:
		return 1.3
	case inOpening:
		return 1.2
	case inHeading, inEnding:
		return 1.1
	}
	return 1
}

// position returns which part of the page a span stands in; block is the index of its block, -1 for front matter.
func position(read *evidence.Page, span prose.Span, block int) where {
	page := read.Source
	if page.Title.Span.Overlaps(span) || page.Subtitle.Span.Overlaps(span) {
		return inTitle
	}
	for _, s := range read.Opening() {
		if s.Span.Overlaps(span) {
			return inOpening
		}
	}
	if n := len(read.Sentences); n > 0 && block >= 0 && read.Sentences[n-1].Block == block {
		return inEnding
	}
	if block >= 0 && page.Blocks[block].Kind == prose.Heading {
		return inHeading
	}
	return inBody
}

// A candidate is a finding on its way to becoming a comment.
type candidate struct {
	finding Finding
	help    primer.Help
	where   where
	block   int // of the page, that the passage stands in; -1 for front matter
	place   Place
	mark    string // of its passage
	// unchanged says that the branch did not touch what the finding rests on, or that only a fuller amount would say it: it is remembered,
	// and not told.
	unchanged bool
	score     float64
	lines     LineRange    // where the comment stands
	span      prose.Span   // the part of the passage that stands on those lines
	folded    []*candidate // other checks that spoke of the same passage
	again     []prose.Span // the same check elsewhere on the page
	alsoOn    []string     // other pages with the same words, of which the same check would have spoken
}

// weigh sets the score that candidates are ranked by: how sure, how prominent, how helpful, and whether the primer has an answer
// (checks.md, Ranking 1).
func (c *candidate) weigh() {
	route := 0.4
	switch {
	case c.help.Section != nil:
		route = 1
	case c.help.Ask != nil:
		route = 0.7
	}
	// Confidence carries most: it is measured, the other factors are reasoned. Each of them is damped to its square root's root.
	c.score = c.finding.Confidence * damp(c.where.weight()) * damp(float64(c.finding.Check.Help)/5) * damp(route)
}

// damp takes a factor's edge off, so that it decides between equals and hardly otherwise.
func damp(x float64) float64 { return 0.8 + 0.2*x }

// anchor chooses the lines a comment stands on: the passage's own, or in a change those of them that were changed, or the nearest
// changed line of the same section. A finding with no changed line near it is told in the summary.
func (c *candidate) anchor(page *prose.Page, change *Change) {
	span := c.finding.Quote // the words themselves; the passage around them may be long
	for !span.Empty() && page.Source[span.End-1] <= ' ' {
		span.End-- // the end of a line is no place to point at
	}
	c.span = span
	c.lines = LineRange{page.Line(span.Start), page.Line(max(span.Start, span.End-1))}
	if change == nil {
		return
	}
	lines, ok := change.Nearest(page, span)
	if !ok {
		c.place = Summary
		return
	}
	c.lines = lines
	c.span = clipTo(page, span, lines)
}

// clipTo returns the part of span that stands on lines, or the text of those lines where none of it does.
func clipTo(page *prose.Page, span prose.Span, lines LineRange) prose.Span {
	on := page.LineSpan(lines.First, lines.Last)
	if !on.Overlaps(span) {
		return on
	}
	return prose.Span{Start: max(span.Start, on.Start), End: min(span.End, on.End)}
}

// openingOrder is which opening check speaks for the others when several do (checks.md, Ranking 2).
var openingOrder = []string{"buried-lede", "announced-emotion", "product-first-opening", "stock-opening"}

// choose merges, ranks and budgets the candidates of all pages. Those that are not told end with the Silent place; each page's
// candidates end in order of place.
func choose(pages []judged, budget Budget, perReview int) {
	type entry struct {
		page int
		c    *candidate
	}
	var all []entry
	once(pages)
	for i := range pages {
		p := &pages[i]
		p.candidates = merge(p.candidates)
		for _, c := range pick(p, budget) {
			all = append(all, entry{i, c})
		}
	}
	if perReview != 0 && len(all) > max(0, perReview) {
		sort.SliceStable(all, func(a, b int) bool { return all[a].c.score > all[b].c.score })
		for _, e := range all[max(0, perReview):] {
			e.c.place = Summary
		}
	}
	for i := range pages {
		cs := pages[i].candidates
		sort.SliceStable(cs, func(a, b int) bool { return cs[a].finding.Span.Start < cs[b].finding.Span.Start })
	}
}

// fewestShared is how many words two pages must share for a finding to be the same one; "It leads the field" may well be said twice.
const fewestShared = 5

// once leaves, of the findings of one check in the same words, the one on the first page: a boilerplate that is pasted, a partial that
// is copied, and pages that nobody has translated yet are told once.
func once(pages []judged) {
	type words struct{ check, quote string }
	type teller struct {
		c    *candidate
		path string
	}
	first := map[words]teller{}
	for i := range pages {
		p := &pages[i]
		kept := p.candidates[:0:0]
		for _, c := range p.candidates {
			quote := readText(p.page, c.finding.Quote)
			same := words{c.finding.Check.Name, letters(quote)}
			told, ok := first[same]
			switch {
			case c.place == Silent || len(strings.Fields(quote)) < fewestShared:
			case !ok:
				first[same] = teller{c, p.source.Path}
			case told.path != p.source.Path: // else the page itself says it twice
				if !slices.Contains(told.c.alsoOn, p.source.Path) {
					told.c.alsoOn = append(told.c.alsoOn, p.source.Path)
				}
				continue
			}
			kept = append(kept, c)
		}
		p.candidates = kept
	}
}

// merge leaves one candidate a passage and one a check. The others are folded into the one that stays.
func merge(candidates []*candidate) []*candidate {
	byScore(candidates)
	var out []*candidate
next:
	for _, c := range candidates {
		for _, kept := range out {
			if kept.finding.Check == c.finding.Check {
				kept.again = append(kept.again, c.finding.Span)
				continue next
			}
		}
		// c may speak of the passages of several: of its own paragraph's, and of the opening's.
		var alike, others []*candidate
		for _, kept := range out {
			if kept.place == c.place && samePassage(kept, c) {
				alike = append(alike, kept)
			} else {
				others = append(others, kept)
			}
		}
		if len(alike) > 0 && !outranks(c, alike[0]) {
			alike[0].folded = append(alike[0].folded, c)
			continue
		}
		for _, kept := range alike {
			c.folded = append(append(c.folded, kept), kept.folded...)
			c.score = max(c.score, kept.score)
			kept.folded = nil
		}
		out = append(others, c)
	}
	return out
}

func byScore(cs []*candidate) {
	sort.SliceStable(cs, func(a, b int) bool {
		if cs[a].score != cs[b].score {
			return cs[a].score > cs[b].score
		}
		return cs[a].finding.Span.Start < cs[b].finding.Span.Start
	})
}

// samePassage reports whether two findings would be one remark to a reader: they are about the same paragraph, or both about the
// opening.
func samePassage(a, b *candidate) bool {
	if a.block >= 0 && a.block == b.block || a.finding.Span.Overlaps(b.finding.Span) {
		return true
	}
	return openingRank(a) >= 0 && openingRank(b) >= 0 && a.where == inOpening && b.where == inOpening
}

func openingRank(c *candidate) int {
	for i, name := range openingOrder {
		if name == c.finding.Check.Name {
			return i
		}
	}
	return -1
}

// outranks reports whether a speaks for b in the opening.
func outranks(a, b *candidate) bool {
	ra, rb := openingRank(a), openingRank(b)
	return ra >= 0 && rb >= 0 && ra < rb && a.finding.Confidence >= 0.8*b.finding.Confidence
}

// pick takes the page's inline comments: the best first, then by turns of the two families, as long as the budget allows. What is
// left goes to the summary when it would be read there, else it stays unsaid.
func pick(p *judged, budget Budget) []*candidate {
	allowed := budget.PerPage
	if budget.WordsPerComment > 0 {
		allowed = min(allowed, max(1, changedWords(p)/budget.WordsPerComment))
	}
	left := append([]*candidate(nil), p.candidates...)
	byScore(left)
	var taken []*candidate
	var last Family
	for len(taken) < allowed {
		next := -1
		for i, c := range left {
			if c == nil || c.place != Inline {
				continue
			}
			if next < 0 || left[next].finding.Check.Family == last && c.finding.Check.Family != last {
				next = i
				if c.finding.Check.Family != last {
					break
				}
			}
		}
		if next < 0 {
			break
		}
		taken = append(taken, left[next])
		last = left[next].finding.Check.Family
		left[next] = nil
	}
	notes := 0
	for _, c := range left {
		if c == nil {
			continue
		}
		if c.place == Summary && notes < maxNotes {
			notes++
			continue
		}
		c.place = Silent
	}
	return taken
}

// maxNotes is how many of a page's findings the summary holds (checks.md, Ranking 5).
const maxNotes = 3

// changedWords is how many words of prose were judged.
func changedWords(p *judged) int {
	if p.page == nil {
		return 0
	}
	n := 0
	for _, s := range p.page.Prose() {
		if p.source.Change == nil || p.source.Change.Touches(p.page, s.Span) {
			n += len(s.Words)
		}
	}
	return n
}

// The least confidence at which something is said, inline and in the summary, where a check's own rule says how sure it is. When in doubt
// tellwell is silent. Chosen where the share of passages that an editor had marked as good stays near one in ten (weights.yaml has the
// measurements).
const (
	leastInline  = 0.25
	leastSummary = 0.18
)

// leastLearnt is the least confidence at which something is said inline by what was learnt from editors, by how much tellwell is asked to
// say (docs/amounts.md has the measured curve).
var leastLearnt = map[Amount]float64{Quiet: 0.5, Usual: 1.0 / 3, Full: 0.25}

// LeastLearnt returns the least confidence, 0 to 1, at which what was learnt from editors is said inline.
func LeastLearnt(amount Amount) float64 { return leastLearnt[amount] }

// floor returns the least confidence at which a check speaks in a place. learnt says that its confidence was learnt from editors.
func floor(check *Check, place Place, set CheckConfig, amount Amount, learnt bool) float64 {
	least := leastInline
	switch {
	case place == Summary:
		least = leastSummary
	case learnt:
		least = leastLearnt[amount]
	case amount == Quiet:
		least = leastLearnt[Quiet]
	}
	return max(least, check.Floor, set.Floor)
}
