// Package audience holds the check unnamed-audience.
package audience

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed audience.md
var doc string

// Check reports pages addressed to everybody, on which nobody finds out that they are meant.
var Check = &review.Check{
	Name:   "unnamed-audience",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Who, primer.Day},
	About:  []string{"who", "role", "manager", "day", "week", "night", "reports", "runs"},
	Rests:  review.OnPage,
	Help:   4,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Summary, prose.Opinion: review.Summary, prose.Product: review.Summary, prose.CaseStudy: review.Summary,
	},
	Run: run,
}

// leastGeneric is how often nobody in particular is the subject before the page is everybody's (checks.md).
const leastGeneric = 3

func run(pass *review.Pass) error {
	if declared, ok := pass.Page.Front.Get("audience"); ok && declared.Text != "" {
		return nil // it says for whom it is
	}
	early := pass.Read.Sentences[:len(pass.Read.Sentences)*3/10]
	if named(pass.Read.Title) || named(pass.Read.Subtitle) {
		return nil
	}
	for _, s := range append(append(append([]*evidence.Sentence{}, pass.Read.Headings...), pass.Read.Opening()...), early...) {
		if named(s) {
			return nil // somebody in particular is met early
		}
	}
	var first *evidence.Sentence
	var at *evidence.Mark
	subjects, sweep := 0, false
	for _, s := range pass.Read.Sentences {
		for i := range s.Marks {
			m := &s.Marks[i]
			if m.Name != evidence.GenericAudience || m.Kind == "mention" {
				continue
			}
			if m.Kind == "sweep" {
				sweep = sweep || s.Opening
			} else {
				subjects++
			}
			if first == nil {
				first, at = s, m
			}
		}
	}
	if first == nil || subjects < leastGeneric && !sweep {
		return nil
	}
	w := pass.Weigh()
	w.Add("meant for everybody", at.Span)
	w.When(subjects >= leastGeneric, "nobody in particular is the subject three times or more")
	pass.Surroundings(w, first)
	pass.Report(review.Finding{Span: first.Span, Evidence: w.Seen, Confidence: w.Confidence()})
	return nil
}

// named reports whether somebody whom the page may be for is in a sentence: a role, a customer, a person, or the reader with a task.
func named(s *evidence.Sentence) bool {
	if s == nil {
		return false
	}
	for _, m := range s.All(evidence.Customer) {
		if m.Kind == "role" || m.Kind == "kin" {
			return true
		}
	}
	return s.Has(evidence.Role, evidence.Person) || s.Kinds(evidence.Reader)["you"]
}
