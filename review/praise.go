package review

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// praise returns the one passage of the review that shows a reader most: at least three kinds of particular (a person, a moment, a
// figure, a place, a thing, somebody's words) in one paragraph of changed prose. Nil when there is none (checks.md, Ranking 6).
func (m *maker) praise(pages []judged) *Praise {
	if !m.config.Praise {
		return nil
	}
	var best *Praise
	most := 2
	for _, j := range pages {
		if j.read == nil || !praised(j.kind) {
			continue
		}
		for i, b := range j.page.Blocks {
			if !b.IsProse() || len(b.Sentences) == 0 || j.spokenOf(b.Span) {
				continue
			}
			kinds, s := j.shown(i)
			if len(kinds) <= most {
				continue
			}
			most = len(kinds)
			best = &Praise{Path: j.source.Path, Line: j.page.Line(s.Span.Start), Quote: shorten(s.Text, 2*quoteWords),
				Text: fmt.Sprintf("A reader can see this: %s.", list(kinds))}
		}
	}
	return best
}

// shown returns the kinds of particular in a block's changed sentences, and the one of them with most.
func (j judged) shown(block int) (kinds map[string]bool, best *evidence.Sentence) {
	kinds = map[string]bool{}
	for _, s := range j.read.Block(block) {
		if !j.source.Change.Touches(j.page, s.Span) {
			continue
		}
		for kind := range s.Kinds(evidence.Particular) {
			kinds[kind] = true
		}
		if best == nil || s.Count(evidence.Particular) > best.Count(evidence.Particular) {
			best = s
		}
	}
	return kinds, best
}

// praised reports whether a kind of page is one where particulars are somebody's doing.
func praised(kind prose.Kind) bool {
	switch kind {
	case prose.Launch, prose.Opinion, prose.Product, prose.CaseStudy, prose.News:
		return true
	}
	return false
}

// spokenOf reports whether something is said of a passage, in a comment of its own or within another, so that it is not praised as well.
func (j judged) spokenOf(span prose.Span) bool {
	for _, c := range j.candidates {
		if c.place == Silent {
			continue
		}
		spans := append([]prose.Span{c.finding.Span}, c.again...)
		for _, other := range c.folded {
			spans = append(spans, other.finding.Span)
		}
		if slices.ContainsFunc(spans, span.Overlaps) {
			return true
		}
	}
	return false
}

// particularWords says kinds of particular in a reader's words.
var particularWords = map[string]string{
	"person": "somebody with a name", "role": "somebody at work", "number": "a figure", "quote": "somebody's own words",
	"moment": "a moment", "place": "a place", "artefact": "a thing to hold",
}

func list(kinds map[string]bool) string {
	var words []string
	for k := range kinds {
		if w := particularWords[k]; w != "" {
			words = append(words, w)
		}
	}
	sort.Strings(words)
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
