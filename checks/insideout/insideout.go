// Package insideout holds the check inside-out-language.
package insideout

import (
	_ "embed"
	"strings"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed insideout.md
var doc string

// Check reports our own words for things that the primer knows customers call otherwise.
var Check = &review.Check{
	Name:   "inside-out-language",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.SayIt, primer.TheirWords},
	About:  []string{"say", "call", "word", "customers"},
	Help:   5,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Inline, prose.Opinion: review.Inline, prose.Product: review.Inline, prose.CaseStudy: review.Inline,
		prose.News: review.Inline, prose.HowTo: review.Summary, prose.ReleaseNotes: review.Summary, prose.Unknown: review.Inline,
	},
	Run: run,
}

func run(pass *review.Pass) error {
	pairs := pass.Primer.Pairs()
	if len(pairs) == 0 {
		return nil // the primer has no such table
	}
	declared, _ := pass.Page.Front.Get("audience")
	var sentences []*evidence.Sentence
	if t := pass.Read.Title; t != nil && !t.Span.Empty() {
		sentences = append(sentences, t)
	}
	sentences = append(append(sentences, pass.Read.Headings...), pass.Read.Sentences...)
	stems := make([][][]string, len(sentences))
	for i, s := range sentences {
		stems[i] = primer.StemsOf(s.Words)
	}
	for _, pair := range pairs {
		if declared.Text != "" && pair.Section != nil && !sameAudience(declared.Text, pair.Section.Page.Audience) {
			continue // written for somebody else, who may well say it so
		}
		ours, theirs := primer.Phrase(pair.Ours), primer.Phrase(pair.Theirs)
		for i, s := range sentences {
			first, last := primer.FindPhrase(ours, stems[i])
			if first < 0 || s.Words[first].Quoted || s.Words[first].Code {
				continue
			}
			if customersWord(theirs, stems, i) {
				break // the customers' own word stands beside it
			}
			w := pass.Weigh()
			span := prose.Span{Start: s.Words[first].Span.Start, End: s.Words[last].Span.End}
			w.Add("our word for it", span)
			pass.Surroundings(w, s)
			pass.Report(review.Finding{
				Span: s.Span, Quote: span, Evidence: w.Seen, Confidence: w.Confidence(), Section: pair.Section,
				Fill: map[string]string{"theirs": pair.Theirs},
			})
			break // one remark a pair is enough
		}
	}
	return nil
}

func sameAudience(a, b string) bool {
	clean := strings.NewReplacer("-", " ", "_", " ")
	return b == "" || strings.EqualFold(clean.Replace(a), clean.Replace(b))
}

// customersWord reports whether the customers' word stands within two sentences of sentence i.
func customersWord(theirs []string, stems [][][]string, i int) bool {
	for j := max(0, i-2); j <= min(len(stems)-1, i+2); j++ {
		if first, _ := primer.FindPhrase(theirs, stems[j]); first >= 0 {
			return true
		}
	}
	return false
}
