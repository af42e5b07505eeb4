// Package benefit holds the check feature-without-benefit.
package benefit

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed benefit.md
var doc string

// Check reports lists of what a product has, with nothing that they let somebody do.
var Check = &review.Check{
	Name:   "feature-without-benefit",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Jobs, primer.Pains},
	About:  []string{"so that", "stop", "without", "job", "done", "save", "never again", "instead"},
	Help:   5,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Summary, prose.Product: review.Summary,
	},
	Run: run,
}

// leastFeatures is how many features a section lists before it is a list of features (checks.md).
const leastFeatures = 3

// longestItem is how many words an item has at most that only names a feature.
const longestItem = 9

func run(pass *review.Pass) error {
	for _, section := range pass.Page.Sections {
		var features []*evidence.Sentence
		met := false
		for i := section.First; i < section.End; i++ {
			if !pass.Page.Blocks[i].IsProse() {
				continue
			}
			for _, s := range pass.Read.Block(i) {
				met = met || lets(s)
				if isFeature(s) {
					features = append(features, s)
				}
			}
		}
		if section.Heading >= 0 {
			for _, s := range pass.Read.Block(section.Heading) {
				met = met || lets(s)
			}
		}
		if met || len(features) < leastFeatures {
			continue // somebody gets to do something, or it is no list
		}
		first := features[0]
		w := pass.Weigh()
		w.Add("a feature with nobody to use it", first.Span)
		w.When(len(features) > 4, "five features or more in a row")
		pass.Surroundings(w, first)
		pass.Report(review.Finding{Span: first.Span, Evidence: w.Seen, Confidence: w.Confidence()})
		return nil // once a page
	}
	return nil
}

// lets reports whether a sentence says what something lets somebody do, or who it is for.
func lets(s *evidence.Sentence) bool {
	for _, m := range s.All(evidence.Customer) {
		if m.Kind != "generic" {
			return true
		}
	}
	return s.Has(evidence.Benefit, evidence.Reader, evidence.Role, evidence.Stakes, evidence.Gain, evidence.Problem, evidence.Person)
}

// isFeature reports whether a sentence lists what a product has, or is an item that only names it.
func isFeature(s *evidence.Sentence) bool {
	return s.Has(evidence.FeatureVerb) || s.ListItem && len(s.Words) <= longestItem && !s.Has(evidence.Particular)
}
