// Package claim holds the check unsupported-claim.
package claim

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed claim.md
var doc string

// Check reports claims about ourselves that nothing near them proves.
var Check = &review.Check{
	Name:   "unsupported-claim",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Proof, primer.WeWin},
	About:  []string{"proof", "number", "figure", "measured", "result", "record", "percent", "evidence", "customer"},
	Help:   4,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Inline, prose.Opinion: review.Inline, prose.Product: review.Inline, prose.CaseStudy: review.Inline,
		prose.News: review.Inline, prose.Unknown: review.Inline,
	},
	Run: run,
}

func run(pass *review.Pass) error {
	sentences := pass.Read.Sentences
	if sub := pass.Read.Subtitle; sub != nil && !sub.Span.Empty() {
		sentences = append([]*evidence.Sentence{sub}, sentences...)
	}
	for _, s := range sentences {
		claim := claimed(s)
		if claim == nil || s.Has(evidence.Proof, evidence.Call) || thanks(s) {
			continue // nothing is claimed, or it is proved, or it only says where to click
		}
		w := pass.Weigh()
		w.Add(claims[claim.Name], claim.Span)
		w.When(claim.Name == evidence.Puff && claim.Kind != "", "a boast of the form "+claim.Kind)
		pass.Surroundings(w, s)
		pass.Report(review.Finding{
			Span: s.Span, Quote: review.Phrase(s, claim), Evidence: w.Seen, Confidence: w.Confidence(),
			Fill: fill(claim),
		})
	}
	return nil
}

// claims says what a sentence claims with.
var claims = map[evidence.Name]string{
	evidence.Puff: "claims with a boast", evidence.Studies: "leans on a study nobody names", evidence.Absolute: "promises without a limit",
	evidence.SoftPuff: "claims with soft praise", evidence.Slogan: "claims with a slogan",
	evidence.Vague: "promises a benefit that could be anyone's", evidence.Gain: "promises a gain",
	evidence.Benefit: "promises what it lets somebody do",
}

// promise.txt holds the words with which a gain is promised.
//
//go:embed promise.txt
var promiseList string

var promise = review.ReadList(promiseList)

// leastWords is how long a sentence is before it can promise a gain; shorter ones are calls and stands.
const leastWords = 6

// claimed returns the boast a sentence rests on: a strong word, a promise without a limit, a study nobody names, soft praise, a line
// that could be anyone's, or a gain that is promised. Nil when it makes none.
func claimed(s *evidence.Sentence) *evidence.Mark {
	for _, name := range []evidence.Name{evidence.Puff, evidence.Studies, evidence.Absolute, evidence.SoftPuff, evidence.Slogan} {
		if m := s.First(name); m != nil && m.Whose != evidence.Theirs {
			return m
		}
	}
	if promise.Find(s.Words) < 0 || len(s.Words) < leastWords {
		return nil
	}
	for _, name := range []evidence.Name{evidence.Vague, evidence.Gain, evidence.Benefit} {
		if m := s.First(name); m != nil && m.Whose != evidence.Theirs {
			return m
		}
	}
	return nil
}

// fill names the claim where it is a boast by itself; a promised gain is only half of one.
func fill(claim *evidence.Mark) map[string]string {
	switch claim.Name {
	case evidence.Puff, evidence.Absolute, evidence.Slogan:
		return map[string]string{"claim": claim.Text}
	}
	return nil
}

// thanks reports whether the sentence thanks somebody, which is no claim.
func thanks(s *evidence.Sentence) bool {
	for _, w := range s.Words {
		switch w.Norm {
		case "thank", "thanks", "grateful", "gratitude", "congratulations":
			return true
		}
	}
	return false
}
