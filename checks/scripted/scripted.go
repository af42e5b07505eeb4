// Package scripted holds the check scripted-quote.
package scripted

import (
	_ "embed"
	"strings"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed scripted.md
var doc string

// scripted.txt holds the words that quotations are made of when nobody said them.
//
//go:embed scripted.txt
var words string

var canned = review.ReadList(words)

// Check reports quotations that nobody can have spoken.
var Check = &review.Check{
	Name:   "scripted-quote",
	Family: review.Emotion,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Questions, primer.TheirWords},
	About:  []string{"question", "ask", "interview", "said", "stopped", "switch", "words"},
	Help:   4,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Inline, prose.Opinion: review.Inline, prose.Product: review.Inline, prose.CaseStudy: review.Inline,
		prose.News: review.Inline,
	},
	Run: run,
}

func run(pass *review.Pass) error {
	for i, q := range pass.Page.Quotations {
		if q.Words < 5 {
			continue
		}
		said := evidence.Of(q.Text, pass.Lists)
		stock := canned.Count(said.Words)
		if stock == 0 && !said.Has(evidence.Vague, evidence.Puff, evidence.SoftPuff) {
			continue // nothing canned in it
		}
		if spoken(said) || beside(pass, i) {
			continue // somebody really is speaking, here or in the same breath
		}
		w := pass.Weigh()
		w.When(stock == 1, "one word out of a press release")
		w.When(stock > 1, "two words or more out of a press release")
		w.When(q.Words < 12, "a short quotation")
		w.When(q.Words > 40, "a long quotation")
		w.When(q.Speaker == "", "nobody is named for it")
		w.When(q.Form == prose.BlockQuote, "in a block quote")
		pass.Surroundings(w, said)
		fill := map[string]string{"speaker": q.Speaker}
		if len(strings.Fields(q.Speaker)) > 6 {
			fill["speaker"] = ""
		}
		pass.Report(review.Finding{Span: q.Span, Evidence: placed(w.Seen, q.Span), Confidence: w.Confidence(), Fill: fill})
	}
	return nil
}

// spoken reports whether a quotation holds something that only somebody who was there would say.
func spoken(said *evidence.Sentence) bool {
	return said.Has(evidence.Stakes, evidence.Problem, evidence.Person) || len(said.Kinds(evidence.Particular)) > 0 || firstPerson(said)
}

// breath is how many bytes may lie between two quotations that are one answer.
const breath = 200

// beside reports whether the quotation before or after quotation i is part of the same answer and really spoken: a short warm line
// may stand beside a specific one.
func beside(pass *review.Pass, i int) bool {
	all := pass.Page.Quotations
	q := all[i]
	for _, n := range []int{i - 1, i + 1} {
		if n < 0 || n >= len(all) {
			continue
		}
		other := all[n]
		gap := max(other.Span.Start-q.Span.End, q.Span.Start-other.Span.End)
		if gap < breath && spoken(evidence.Of(other.Text, pass.Lists)) {
			return true
		}
	}
	return false
}

// placed gives evidence found in a quotation the quotation's own place, since it was read apart from the page.
func placed(seen []review.Evidence, span prose.Span) []review.Evidence {
	for i := range seen {
		if !seen[i].Span.Empty() {
			seen[i].Span = span
		}
	}
	return seen
}

// firstPerson reports whether somebody tells what they did: "I print it once".
func firstPerson(s *evidence.Sentence) bool {
	for i, w := range s.Words {
		if w.Norm != "i" && w.Norm != "i'd" || i+1 >= len(s.Words) {
			continue
		}
		switch s.Words[i+1].Norm {
		case "am", "believe", "think", "would", "feel", "hope", "want", "can", "could", "have", "was", "look":
		default:
			return true
		}
	}
	return false
}
