// Package term holds the check undefined-term.
package term

import (
	_ "embed"
	"strings"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed term.md
var doc string

// Check reports terms that the primer wants explained, where nothing explains them.
var Check = &review.Check{
	Name:   "undefined-term",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Glossary, primer.SayIt},
	About:  []string{"means", "called", "glossary", "word"},
	Help:   3,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Summary, prose.Opinion: review.Summary, prose.Product: review.Summary, prose.CaseStudy: review.Summary,
		prose.News: review.Summary, prose.HowTo: review.Summary, prose.ReleaseNotes: review.Summary, prose.Unknown: review.Summary,
	},
	Run: run,
}

func run(pass *review.Pass) error {
	var sentences []*evidence.Sentence
	if t := pass.Read.Title; t != nil && t.Block < 0 {
		sentences = append(sentences, t)
	}
	for i := range pass.Page.Blocks {
		sentences = append(sentences, pass.Read.Block(i)...)
	}
	for _, term := range pass.Primer.Terms() {
		if !term.Explain {
			continue
		}
		phrase := primer.Phrase(term.Name)
		for i, s := range sentences {
			first, last := primer.FindPhrase(phrase, primer.StemsOf(s.Words))
			if first < 0 || s.Words[first].Quoted || s.Words[first].Code || !sameCase(term.Name, s, first) {
				continue
			}
			if glossed(s, first, last) || i+1 < len(sentences) && opens(sentences[i+1]) || linked(s, first) {
				break // the first use explains it
			}
			span := prose.Span{Start: s.Words[first].Span.Start, End: s.Words[last].Span.End}
			w := pass.Weigh()
			w.Add("a term that the primer wants explained", span)
			pass.Surroundings(w, s)
			pass.Report(review.Finding{
				Span: s.Span, Quote: span, Evidence: w.Seen, Confidence: w.Confidence(), Section: term.Section,
				Fill: map[string]string{"meaning": strings.TrimRight(term.Meaning, ".")},
			})
			break
		}
	}
	return nil
}

// sameCase keeps a term in capitals from being found in a word ("AMS" in "ams").
func sameCase(name string, s *evidence.Sentence, first int) bool {
	return name != strings.ToUpper(name) || strings.HasPrefix(name, s.Words[first].Text[:1])
}

// glossed reports whether the sentence says what the term means: in parentheses, between dashes, after "is", "means" or "or".
func glossed(s *evidence.Sentence, first, last int) bool {
	before := s.Text[:s.Words[first].Offset]
	after := strings.TrimSpace(s.Text[s.Words[last].Offset+len(s.Words[last].Text):])
	for _, mark := range []string{"(", "–", "—", "- ", ", or ", ", that is", ": "} {
		if strings.HasPrefix(after, mark) {
			return true
		}
	}
	if strings.LastIndex(before, "(") > strings.LastIndex(before, ")") {
		return true // "somatic cells (SCC)"
	}
	if last+1 < len(s.Words) {
		switch s.Words[last+1].Norm {
		case "is", "are", "means", "stands", "counts", "measures":
			return true
		}
	}
	return false
}

// opens reports whether a sentence begins by explaining what the one before named: "That is …", "It means …".
func opens(s *evidence.Sentence) bool {
	return len(s.Words) > 1 && (s.Words[0].Norm == "that" || s.Words[0].Norm == "it" || s.Words[0].Norm == "this") &&
		(s.Words[1].Norm == "is" || s.Words[1].Norm == "means" || s.Words[1].Norm == "counts")
}

func linked(s *evidence.Sentence, first int) bool { return s.Words[first].Linked }
