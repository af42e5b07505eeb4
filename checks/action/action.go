// Package action holds the check generic-call-to-action.
package action

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed action.md
var doc string

// Check reports last words that anybody could print, with nothing to look forward to.
var Check = &review.Check{
	Name:   "generic-call-to-action",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Next},
	About:  []string{"ask", "trial", "bring", "try", "send", "visit", "first", "next"},
	Help:   2,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Summary, prose.Product: review.Summary, prose.CaseStudy: review.Summary,
	},
	Run: run,
}

// mostWords is how long an ending is at most that is nothing but a call (checks.md).
const mostWords = 25

func run(pass *review.Pass) error {
	n := len(pass.Read.Sentences)
	if n == 0 {
		return nil
	}
	block := pass.Read.Sentences[n-1].Block
	var called *evidence.Sentence
	words := 0
	for _, s := range pass.Read.Block(block) {
		words += len(s.Words)
		if s.Has(evidence.Particular, evidence.Proof, evidence.Person, evidence.Stakes, evidence.Gain) {
			return nil // there is something to look forward to
		}
		if called == nil && s.Has(evidence.Call) {
			called = s
		}
	}
	if called == nil || words > mostWords {
		return nil
	}
	m := called.First(evidence.Call)
	w := pass.Weigh()
	w.Add("a call that anybody could print", m.Span)
	pass.Surroundings(w, called)
	pass.Report(review.Finding{Span: called.Span, Evidence: w.Seen, Confidence: w.Confidence()})
	return nil
}
