// Package stakes holds the check missing-stakes.
package stakes

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed stakes.md
var doc string

// Check reports pages that say what a thing does and never what happens without it.
var Check = &review.Check{
	Name:   "missing-stakes",
	Family: review.Emotion,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Stakes, primer.Pains, primer.Triggers},
	About:  []string{"lose", "cost", "risk", "miss", "blame", "fail", "late", "night", "wrong"},
	Rests:  review.OnPage,
	Help:   5,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Summary, prose.Opinion: review.Summary, prose.Product: review.Summary, prose.CaseStudy: review.Summary,
	},
	Run: run,
}

const (
	leastSentences = 15 // fewer are too few to miss something in (checks.md)
	oneIn          = 25 // stakes in one sentence of so many, or fewer, is a page without stakes (our p10 = .03, median .13)
)

func run(pass *review.Pass) error {
	all := pass.Read.Sentences
	if len(all) < leastSentences {
		return nil
	}
	felt := 0
	for _, s := range all {
		if s.Has(evidence.Stakes, evidence.Gain) || theirs(s) {
			felt++
		}
	}
	if felt*oneIn > len(all) {
		return nil // something is at stake
	}
	for _, s := range all {
		if !s.Has(evidence.Problem) || s.Has(evidence.Stakes) || theirs(s) || s.Has(evidence.Person) {
			continue
		}
		if len(pass.Read.Particulars(s.Block, 1)) >= 2 {
			continue // the trouble is told with a face, a moment or a figure
		}
		w := pass.Weigh()
		w.When(felt == 0, "nothing is at stake in any sentence")
		w.Mark(s, evidence.Problem, "a trouble told without what it costs")
		w.When(s.Count(evidence.Problem) > 1, "two troubles named")
		pass.Surroundings(w, s)
		pass.Report(review.Finding{Span: s.Span, Evidence: w.Seen, Confidence: w.Confidence()})
		return nil // the page is reported once, where it comes nearest to a consequence
	}
	return nil
}

// theirs reports whether somebody other than ourselves feels something in the sentence.
func theirs(s *evidence.Sentence) bool {
	for _, m := range s.All(evidence.Feeling) {
		if m.Whose == evidence.Theirs {
			return true
		}
	}
	return false
}
