package primer

import (
	"slices"
	"strings"
)

// Pages about several people at once ("Personas" with a heading for each) hold the same kind of section more than once. What follows
// keeps one person's pains from being linked where another is meant.

// under gives each section the heading of the person it stands under: the nearest heading above that no alias knows, the page's own
// title left out.
func under(page *Page) {
	var open []*Section
	for i, s := range page.Sections {
		for len(open) > 0 && open[len(open)-1].Level >= s.Level {
			open = open[:len(open)-1]
		}
		for n := len(open) - 1; n >= 0 && s.under == ""; n-- {
			if open[n].named {
				s.under = personOf(open[n].Heading)
			}
		}
		s.named = personOf(s.Heading) != "" && (i > 0 || s.Level > 1)
		open = append(open, s)
	}
}

// personOf returns whom a heading may name: all of one that no alias knows, and of "Persona: school cooks" what follows the colon. It is
// "" for a heading such as "Pains".
func personOf(heading string) string {
	switch KindOf(heading) {
	case Other:
		return heading
	case Who:
		if label := beforeColon(heading); label != heading {
			if rest := strings.TrimLeft(heading[len(label):], ":-–— "); KindOf(rest) == Other {
				return rest
			}
		}
	}
	return ""
}

// people returns the headings that other known kinds of section stand under.
func (p *Page) people() []string {
	var out []string
	for _, s := range p.Sections {
		if s.under != "" && KindOf(s.Heading) != Other && !slices.Contains(out, s.under) {
			out = append(out, s.under)
		}
	}
	return out
}

// theirWords is how many words of a passage one section of a person must hold before it speaks for them.
const theirWords = 2

// whose leaves, of sections that stand under different people, those of the person the need is about: the audience it declares, else
// the one that its words name most, else the one whose section its words fit clearly best. When nothing tells, those of nobody in
// particular are left.
func (x *Index) whose(n Need, found []*Section, scores []float64) []*Section {
	best := map[string]float64{}
	for _, s := range found {
		best[s.under] = max(best[s.under], scores[s.place])
	}
	delete(best, "")
	people := sortedKeys(best)
	if len(people) < 2 {
		return found
	}
	text, held := readWords(n)
	named, fits := make([]float64, len(people)), make([]float64, len(people))
	for i, who := range people {
		phrase := contentStems(who)
		if len(phrase) == 0 {
			continue
		}
		for _, a := range listed(n.Audience) {
			if want := allStems(a); indexOf(phrase, want) >= 0 || indexOf(want, phrase) >= 0 {
				return standing(found, who)
			}
		}
		named[i] = float64(occurrences(text, held, phrase))
		fits[i] = best[who]
	}
	if n.Audience == "" {
		if i, margin := ahead(named); margin > 0 {
			return standing(found, people[i])
		}
		if i, margin := ahead(fits); margin >= anyMargin && slices.ContainsFunc(found, func(s *Section) bool {
			return s.under == people[i] && x.shared(s, n.Passage) >= theirWords
		}) {
			return standing(found, people[i])
		}
	}
	return standing(found, "")
}

// standing returns the sections that stand under one person.
func standing(sections []*Section, who string) []*Section {
	return slices.DeleteFunc(slices.Clone(sections), func(s *Section) bool { return s.under != who })
}
