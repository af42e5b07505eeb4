// Package announced holds the check announced-emotion.
package announced

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed announced.md
var doc string

// Check reports sentences that put our own feeling where the reader's would be.
var Check = &review.Check{
	Name:   "announced-emotion",
	Family: review.Emotion,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Pains, primer.Jobs, primer.Day},
	About:  []string{"relief", "fear", "dread", "proud", "worry", "hope", "feel", "moment", "day"},
	Help:   3,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Inline, prose.Opinion: review.Inline, prose.Product: review.Inline, prose.CaseStudy: review.Inline,
		prose.News: review.Inline, prose.Unknown: review.Inline,
	},
	Run: run,
}

func run(pass *review.Pass) error {
	for _, s := range pass.Read.Sentences {
		m := s.First(evidence.Announce)
		if m == nil {
			continue
		}
		if s.Has(evidence.Polite) && !s.Opening {
			continue // a formula, nobody's feeling
		}
		w := pass.Weigh()
		w.Add("our feeling: "+m.Kind, m.Span)
		w.When(len(pass.Read.Sentences) > 6 && s.Index < 6, "among the first six sentences")
		pass.Surroundings(w, s)
		pass.Report(review.Finding{Span: s.Span, Quote: review.Phrase(s, m), Evidence: w.Seen, Confidence: w.Confidence()})
	}
	return nil
}
