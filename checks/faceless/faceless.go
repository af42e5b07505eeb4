// Package faceless holds the check faceless-case-study.
package faceless

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed faceless.md
var doc string

// Check reports case studies without a person in them.
var Check = &review.Check{
	Name:   "faceless-case-study",
	Family: review.Emotion,
	Doc:    doc,
	Needs:  []primer.Kind{primer.TheirWords, primer.Questions, primer.Who},
	About:  []string{"said", "quote", "interview", "told", "customer", "words", "who"},
	Rests:  review.OnPage,
	Help:   5,
	Kinds: map[prose.Kind]review.Place{
		prose.CaseStudy: review.Inline,
	},
	Run: run,
}

// leastWords is how long a case study is before a reader misses somebody in it (checks.md).
const leastWords = 250

func run(pass *review.Pass) error {
	if v, ok := pass.Page.Front.Get("anonymous"); ok && v.Text == "true" {
		return nil // the customer can't be named
	}
	if pass.Config.Checks[pass.Check.Name].AnonymousOK {
		return nil
	}
	voices := 0
	for _, q := range pass.Page.Quotations {
		if q.Words >= 6 {
			voices++
		}
	}
	people := 0
	for _, s := range pass.Read.Sentences {
		if m := s.First(evidence.Person); m != nil && m.Whose != evidence.Ours {
			people++
		}
	}
	words := 0
	for _, s := range pass.Read.Sentences {
		words += len(s.Words)
	}
	if voices > 0 || people > 0 || words < leastWords {
		return nil // somebody is there
	}
	at := pass.Read.Sentences[0]
	for _, s := range pass.Read.Sentences {
		if s.Has(evidence.Problem) && s.Has(evidence.Customer) {
			at = s
			break
		}
	}
	w := pass.Weigh()
	w.When(true, "nobody is quoted")
	w.When(true, "nobody is named")
	w.When(at.Index == 0, "told of the page as a whole")
	pass.Surroundings(w, at)
	pass.Report(review.Finding{Span: at.Span, Evidence: w.Seen, Confidence: w.Confidence()})
	return nil
}
