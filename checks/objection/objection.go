// Package objection holds the check unanswered-objection.
package objection

import (
	_ "embed"
	"strings"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
)

//go:embed objection.md
var doc string

// Check reports pages that stay quiet on what customers fear most.
var Check = &review.Check{
	Name:   "unanswered-objection",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Objections},
	About:  []string{"fear", "worry", "won't", "what if", "switch"},
	Rests:  review.OnPage,
	Help:   4,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Summary, prose.Product: review.Summary,
	},
	Run: run,
}

const (
	leastWords = 300 // shorter pages need not answer everything (checks.md)
	first      = 2   // only a primer page's first objections count
)

func run(pass *review.Pass) error {
	words := map[string]bool{}
	n := 0
	for _, s := range pass.Read.Sentences {
		n += len(s.Words)
		for stem := range primer.Stems(s.Words) {
			words[stem] = true
		}
	}
	if n < leastWords {
		return nil
	}
	var open []primer.Objection
	counted := map[*primer.Page]int{}
	for _, o := range pass.Primer.Objections() {
		if o.SalesOnly || len(o.Cues) == 0 || o.Section == nil {
			continue
		}
		if counted[o.Section.Page]++; counted[o.Section.Page] > first {
			continue
		}
		if !answered(o, words) {
			open = append(open, o)
		}
	}
	if len(open) == 0 || !about(pass, open[0].Section.Page, words) {
		return nil // all are answered, or the page is about something else
	}
	ending := pass.Page.Ending()
	if ending == nil {
		return nil
	}
	last := pass.Read.Sentences[len(pass.Read.Sentences)-1]
	w := pass.Weigh()
	w.When(true, "no word on “"+open[0].Text+"”")
	w.When(len(open) > 1, "two objections without a word on either")
	pass.Surroundings(w, last)
	pass.Report(review.Finding{
		Span: last.Span, Evidence: w.Seen, Confidence: w.Confidence(), Section: open[0].Section, Fill: map[string]string{"objection": strings.TrimRight(open[0].Text, "?.!")},
	})
	return nil
}

// answered reports whether the page holds one of an objection's cues.
func answered(o primer.Objection, words map[string]bool) bool {
	for _, cue := range o.Cues {
		found := true
		for _, stem := range primer.Phrase(cue) {
			found = found && words[stem]
		}
		if found {
			return true
		}
	}
	return false
}

// about reports whether a page is about the people of a primer page: it names them as its audience, or uses most of their terms.
func about(pass *review.Pass, page *primer.Page, words map[string]bool) bool {
	if declared, ok := pass.Page.Front.Get("audience"); ok && declared.Text != "" {
		return strings.EqualFold(strings.TrimSpace(declared.Text), page.Audience)
	}
	used := 0
	for _, term := range page.Terms {
		found := true
		for _, stem := range primer.Phrase(term) {
			found = found && words[stem]
		}
		if found {
			used++
		}
	}
	return used >= 3 && 2*used > len(page.Terms)
}
