// Package lede holds the check buried-lede.
package lede

import (
	_ "embed"
	"fmt"
	"strconv"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed lede.md
var doc string

// Check reports the page's most human passage when the reader meets it late, and nothing like it first.
var Check = &review.Check{
	Name:   "buried-lede",
	Family: review.Emotion,
	Doc:    doc,
	Needs:  []primer.Kind{primer.TheirWords, primer.Triggers},
	About:  []string{"said", "quote", "words", "story", "told", "moment", "happened"},
	Rests:  review.OnPage,
	Help:   5,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Summary, prose.Opinion: review.Summary, prose.Product: review.Summary, prose.CaseStudy: review.Summary,
		prose.News: review.Summary,
	},
	Run: run,
}

func run(pass *review.Pass) error {
	read := pass.Read
	n := len(read.Sentences)
	if n < 12 {
		return nil // too short to bury anything in
	}
	for _, s := range read.Opening() {
		if s.Has(evidence.Person, evidence.Stakes) || alive(s) > 1 {
			return nil // the page already opens on somebody
		}
	}
	best, most := -1, 2
	for _, s := range read.Sentences {
		if s.Index*5 < n*2 || s.Has(evidence.Self, evidence.Call, evidence.Announce) {
			continue // met early, or our own voice
		}
		if len(s.Words) < leastWords || canned(s) {
			continue // a fragment, or a quotation out of a press release
		}
		if score := alive(s) + len(s.Kinds(evidence.Particular)); alive(s) > 0 && score > most {
			best, most = s.Index, score
		}
	}
	if best < 0 {
		return nil // nothing is buried
	}
	s := read.Sentences[best]
	w := pass.Weigh()
	w.When(most > 3, "four signs of life or more")
	w.When(s.Index*10 > n*8, "in the last fifth of the page")
	pass.Surroundings(w, s)
	pass.Report(review.Finding{
		Span: s.Span, Evidence: w.Seen, Confidence: w.Confidence(),
		Fill: map[string]string{
			"sentence": strconv.Itoa(s.Index + 1), "count": strconv.Itoa(n),
			"percent": fmt.Sprintf("%d%%", s.Index*100/n),
		},
	})
	return nil
}

// leastWords is how long a passage is before a page could begin with it.
const leastWords = 8

// canned reports whether the words quoted in a sentence are those of press releases.
func canned(s *evidence.Sentence) bool {
	for _, w := range s.Words {
		switch w.Norm {
		case "delighted", "thrilled", "excited", "proud", "pleased", "honoured", "honored", "committed", "commitment", "journey":
			return true
		}
	}
	return false
}

// alive counts what makes a sentence somebody's: a voice, a feeling of theirs, something at stake, a person.
func alive(s *evidence.Sentence) int {
	n := 0
	for _, m := range s.All(evidence.Feeling) {
		if m.Whose == evidence.Theirs {
			n++
			break
		}
	}
	for _, w := range s.Words {
		if w.Quoted {
			n++
			break
		}
	}
	if s.Has(evidence.Stakes) {
		n++
	}
	if m := s.First(evidence.Person); m != nil && m.Whose != evidence.Ours {
		n++
	}
	return n
}
