// Package vague holds the check vague-benefit.
package vague

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed vague.md
var doc string

// Check reports benefits that could be anybody's, stacked or in a prominent place.
var Check = &review.Check{
	Name:   "vague-benefit",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Jobs, primer.Proof},
	About:  []string{"minute", "hour", "day", "shorter", "fewer", "number", "call", "paper", "monday"},
	Help:   4,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Summary, prose.Opinion: review.Summary, prose.Product: review.Summary, prose.CaseStudy: review.Summary,
	},
	Run: run,
}

func run(pass *review.Pass) error {
	sentences := append([]*evidence.Sentence{}, pass.Read.Headings...)
	for _, s := range []*evidence.Sentence{pass.Read.Title, pass.Read.Subtitle} {
		if s != nil && s.Block < 0 {
			sentences = append(sentences, s)
		}
	}
	for _, s := range append(sentences, pass.Read.Sentences...) {
		n := s.Count(evidence.Vague)
		prominent := s.Heading || s.Opening
		if n == 0 || n == 1 && !prominent {
			continue
		}
		if s.Has(evidence.Particular, evidence.Proof, evidence.Role, evidence.Person) || s.Index >= 0 && pass.Read.Near(s.Index, 1, evidence.Proof) {
			continue // somebody's, or proved beside it
		}
		m := s.First(evidence.Vague)
		w := pass.Weigh()
		w.Add("a benefit that could be anybody's", m.Span)
		w.When(n > 1, "stacked with another")
		pass.Surroundings(w, s)
		pass.Report(review.Finding{Span: s.Span, Quote: review.Phrase(s, m), Evidence: w.Seen, Confidence: w.Confidence()})
	}
	return nil
}
