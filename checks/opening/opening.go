// Package opening holds the check product-first-opening.
package opening

import (
	_ "embed"
	"strconv"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
	"github.com/example-org/tellwell/review/judge"
)

//go:embed opening.md
var doc string

// Check reports openings in which we come before anybody who might need us.
var Check = &review.Check{
	Name:   "product-first-opening",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Day, primer.Triggers, primer.Pains},
	About:  []string{"day", "week", "morning", "before", "struggle", "call", "trigger", "need", "wait"},
	Rests:  review.OnOpening,
	Help:   5,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Inline, prose.Product: review.Inline, prose.CaseStudy: review.Inline, prose.Opinion: review.Summary,
		prose.News: review.Inline,
	},
	Run:      run,
	Proposed: proposed,
}

// proposed points at the first sentence of the opening, if we are in it and nobody else is.
func proposed(p *judge.Passage, _ func(*evidence.Sentence) int) *evidence.Sentence {
	if !p.Opening {
		return nil
	}
	for _, s := range p.Sentences {
		if s.Index == 0 {
			if met(s) || s.Has(evidence.Person) || !s.Has(evidence.Self) && !defines(s) {
				return nil
			}
			return s
		}
	}
	return nil
}

func run(pass *review.Pass) error {
	opening := pass.Read.Opening()
	if len(opening) == 0 {
		return nil
	}
	first := opening[0]
	if met(first) || first.Has(evidence.Person, evidence.Problem, evidence.Stakes) {
		return nil // somebody, or somebody's trouble, comes first
	}
	self := first.First(evidence.Self)
	if self == nil && !defines(first) {
		return nil // whatever comes first, it isn't us
	}
	w := pass.Weigh()
	if self != nil {
		w.Add("we are in the first sentence", self.Span)
	}
	w.When(self != nil && self.First < 3, "the first sentence begins with us")
	w.When(pass.Read.Title.First(evidence.Self) != nil, "we are in the title")
	w.When(defines(first), "begins by saying what something is")
	w.When(first.Has(evidence.Announce), "announces something")
	later := -1
	for _, s := range opening[1:] {
		if met(s) || s.Has(evidence.Problem, evidence.Stakes) {
			later = s.Index
			break
		}
	}
	w.When(later < 0, "no customer in the first three sentences")
	w.When(pass.Read.Particulars(first.Block, 0)["moment"], "a moment in the first paragraph")
	pass.Surroundings(w, first)
	fill := map[string]string{}
	for _, s := range pass.Read.Sentences {
		if s.Index > 2 && met(s) && s.Has(evidence.Problem, evidence.Stakes, evidence.Particular) {
			fill["sentence"] = strconv.Itoa(s.Index + 1)
			break
		}
	}
	pass.Report(review.Finding{Span: first.Span, Evidence: w.Seen, Confidence: w.Confidence(), Fill: fill})
	return nil
}

// met reports whether a reader meets a customer, or themselves, in the sentence.
func met(s *evidence.Sentence) bool {
	for _, m := range s.All(evidence.Customer) {
		if m.Kind != "generic" {
			return true
		}
	}
	return s.Has(evidence.Reader)
}

// defines reports whether the sentence begins with a name or a noun and "is", as an encyclopaedia would.
func defines(s *evidence.Sentence) bool {
	for i, w := range s.Words {
		if i > 0 && i < 6 && (w.Norm == "is" || w.Norm == "are" || w.Norm == "provides" || w.Norm == "offers" || w.Norm == "specialises" || w.Norm == "specializes") {
			return true
		}
	}
	return false
}
