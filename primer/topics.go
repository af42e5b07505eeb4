package primer

import (
	"slices"
	"strings"
)

// A Topic is something the primer knows of customers: a job, an objection or a trigger.
type Topic struct {
	Section *Section
	Text    string
}

// Untouched returns the jobs, objections and triggers that none of the passages (paragraphs of published pages) touches, in order of
// primer page. A passage touches one when it holds half of the words of it that carry meaning, and two of them at least; an objection
// also when it holds one of the cues written beside it.
func (x *Index) Untouched(passages []string) []Topic {
	held := map[string][]int{} // by stem: the passages that hold it
	phrases := make([][]string, len(passages))
	for i, p := range passages {
		phrases[i] = allStems(p)
		for _, w := range distinct(contentStems(p)) {
			held[w] = append(held[w], i)
		}
	}
	touched := func(text string, cues []string) bool {
		for _, c := range cues {
			cue := allStems(c)
			if slices.ContainsFunc(phrases, func(p []string) bool { return indexOf(p, cue) >= 0 }) {
				return true
			}
		}
		words, shared := distinct(contentStems(text)), map[int]int{}
		least := min(len(words), max(2, (len(words)+1)/2))
		for _, w := range words {
			for _, i := range held[w] {
				if shared[i]++; shared[i] >= least {
					return true
				}
			}
		}
		return false
	}
	var out []Topic
	add := func(s *Section, text string, cues []string) {
		if text != "" && !touched(text, cues) {
			out = append(out, Topic{s, text})
		}
	}
	objections := x.Objections()
	for _, s := range x.sections {
		switch s.Kind {
		case Objections:
			for _, o := range objections {
				if o.Section == s && !o.SalesOnly {
					add(s, o.Text, o.Cues)
				}
			}
		case Jobs, Triggers:
			for _, text := range s.parts() {
				_, bare, ok := strings.Cut(text, ": ") // "Functional: get every farm collected"
				if !ok {
					bare = text
				}
				add(s, strings.TrimSpace(bare), nil)
			}
		}
	}
	return out
}

// parts returns a section's items, or, where it has none, its sentences.
func (s *Section) parts() []string {
	if len(s.Items) > 0 {
		return s.Items
	}
	return s.sentences
}
