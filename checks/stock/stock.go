// Package stock holds the check stock-opening.
package stock

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed stock.md
var doc string

// Check reports openings that could open any page.
var Check = &review.Check{
	Name:   "stock-opening",
	Family: review.Emotion,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Triggers, primer.Day},
	About:  []string{"happened", "last", "month", "week", "morning", "call", "trigger", "moment", "when"},
	Help:   3,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Inline, prose.Opinion: review.Inline, prose.Product: review.Inline, prose.CaseStudy: review.Inline,
		prose.News:    review.Inline,
		prose.Unknown: review.Inline,
	},
	Run: run,
}

func run(pass *review.Pass) error {
	for _, s := range pass.Read.Opening() {
		if s.Index > 1 || s.Has(evidence.Person) || notice(s) {
			continue // a later sentence, or somebody in particular is in it, or a note of record
		}
		template := s.First(evidence.Stock)
		if template != nil && s.Has(evidence.Particular) {
			continue // a template that comes to something particular
		}
		general := !s.Has(evidence.Self, evidence.Particular, evidence.Proof, evidence.Person) && len(s.Words) > 3
		asked := s.Text[len(s.Text)-1] == '?'
		if template == nil && (!general || asked && s.Index > 0) {
			continue // this page's own line, or a question that the first line led up to
		}
		w := pass.Weigh()
		if template != nil {
			w.Add("a ready-made "+template.Kind, template.Span)
		}
		w.When(general, "nobody and nothing in particular in it")
		w.When(general && asked, "a question to nobody in particular")
		pass.Surroundings(w, s)
		pass.Report(review.Finding{Span: s.Span, Evidence: w.Seen, Confidence: w.Confidence()})
	}
	return nil
}

// notice reports whether the sentence only says what became of the page.
func notice(s *evidence.Sentence) bool {
	for _, w := range s.Words {
		switch w.Norm {
		case "archived", "deprecated", "update", "updated", "tldr", "tl":
			return true
		}
	}
	return false
}
