package review_test

import (
	"testing"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/judge"
)

const claims = `# Kilns for everyone

Our innovative platform empowers organisations to unlock value and drive growth with seamless, best-in-class solutions.

It was a Tuesday in March when Katrin Brenner heard the kiln click, and she rang the owner at ten past four.
`

func judged(t *testing.T, src string, amount review.Amount, model *judge.Model) []review.Comment {
	t.Helper()
	cfg := review.Default()
	cfg.Budget.Amount = amount
	plan := review.Make(review.Request{Checks: checks.All, Config: cfg, Judge: model, Sources: []review.Source{{Path: "blog/a.md", Text: []byte(src)}}})
	return plan.Pages[0].Findings
}

// What was learnt speaks of a line that any rival could print and is silent on a person and a moment; the more is asked for, the more is
// said; and it tells which words spoke for it.
func TestJudgement(t *testing.T) {
	model := judge.Default()
	said := map[review.Amount]int{}
	for _, amount := range review.Amounts {
		for _, c := range judged(t, claims, amount, model) {
			said[amount]++
			if c.Line != 3 {
				t.Errorf("%s: line %d, %s", amount, c.Line, c.Check)
			}
		}
	}
	if said[review.Full] == 0 || said[review.Quiet] > said[review.Usual] || said[review.Usual] > said[review.Full] {
		t.Errorf("said: %v", said)
	}
	byRule, learnt := judged(t, claims, review.Full, nil), judged(t, claims, review.Full, model)
	if len(byRule) == 0 || len(learnt) == 0 || byRule[0].Confidence == learnt[0].Confidence {
		t.Error("what was learnt changes nothing")
	}
}

// A model that was fitted to no check leaves the rules alone.
func TestJudgementOfNothing(t *testing.T) {
	none := &judge.Model{Remarks: map[string]*judge.Learnt{}}
	a, b := judged(t, claims, review.Full, nil), judged(t, claims, review.Full, none)
	if len(a) != len(b) {
		t.Fatalf("%d and %d comments", len(a), len(b))
	}
	for i := range a {
		if a[i].Confidence != b[i].Confidence {
			t.Errorf("%s: %v and %v", a[i].Check, a[i].Confidence, b[i].Confidence)
		}
	}
}

// Another amount says less and forgets nothing: a question that was asked at full is not taken for mended at quiet.
func TestAmountMendsNothing(t *testing.T) {
	fired := func(amount review.Amount) map[string]bool {
		cfg := review.Default()
		cfg.Budget.Amount = amount
		return review.Make(review.Request{Checks: checks.All, Config: cfg, Judge: judge.Default(), Sources: []review.Source{{Path: "blog/a.md", Text: []byte(claims)}}}).Fired
	}
	full, quiet := fired(review.Full), fired(review.Quiet)
	if len(full) == 0 || len(full) != len(quiet) {
		t.Fatalf("at full %d marks are remembered, at quiet %d", len(full), len(quiet))
	}
	for mark := range full {
		if !quiet[mark] {
			t.Errorf("%s is forgotten", mark)
		}
	}
}
