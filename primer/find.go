package primer

import (
	"cmp"
	"slices"
)

// Find returns the sections whose words fit best, best first, at most n. A section that shares no word is not among them.
func (x *Index) Find(words string, n int) []*Section {
	scores := x.bySection.scores(Need{Passage: split(words)}.query())
	found := slices.DeleteFunc(slices.Clone(x.sections), func(s *Section) bool { return scores[s.place] == 0 })
	slices.SortStableFunc(found, func(a, b *Section) int { return cmp.Compare(scores[b.place], scores[a.place]) })
	return found[:min(n, len(found))]
}
