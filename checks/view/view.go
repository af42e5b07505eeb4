// Package view holds the check missing-point-of-view.
package view

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed view.md
var doc string

// Check reports opinions that take no side.
var Check = &review.Check{
	Name:   "missing-point-of-view",
	Family: review.Emotion,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Believe, primer.Refuse, primer.Disagrees},
	About:  []string{"believe", "wrong", "refuse", "disagree", "instead", "never"},
	Rests:  review.OnPage,
	Help:   5,
	Kinds: map[prose.Kind]review.Place{
		prose.Opinion: review.Summary,
	},
	Run: run,
}

const (
	leastWords = 300  // fewer are too few to take a side in
	perContest = 1000 // words to one mark of a side taken, or more, is a page without one (checks.md)
	stacked    = 2    // hedges in one sentence that take the thesis back
)

func run(pass *review.Pass) error {
	if kind, _ := pass.Page.DeclaredKind(); kind != prose.Opinion {
		return nil // only a page that says it is an opinion owes one
	}
	words, sides := 0, 0
	for _, s := range pass.Read.Sentences {
		words += len(s.Words)
		sides += s.Count(evidence.Contest)
	}
	if words < leastWords || sides*perContest > words {
		return nil
	}
	thesis := pass.Read.Sentences[0]
	for _, s := range append(append([]*evidence.Sentence{}, pass.Read.Opening()...), pass.Read.Sentences[len(pass.Read.Sentences)-1]) {
		if s.Count(evidence.Hedge) > thesis.Count(evidence.Hedge) {
			thesis = s
		}
	}
	w := pass.Weigh()
	w.When(sides == 0, "no side is taken in any sentence")
	w.When(thesis.Count(evidence.Hedge) >= stacked, "the thesis is taken back as it is made")
	w.Mark(thesis, evidence.Hedge, "a hedge in the thesis")
	pass.Surroundings(w, thesis)
	pass.Report(review.Finding{Span: thesis.Span, Evidence: w.Seen, Confidence: w.Confidence()})
	return nil
}
