package review

import (
	"strings"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// Phrase returns the words of a sentence around a mark, as somebody would quote them: from where its clause begins, but not from far
// away, and not breaking off on a small word.
func Phrase(s *evidence.Sentence, m *evidence.Mark) prose.Span {
	const before, after, whole = 8, 6, 14
	if len(s.Words) <= whole {
		return prose.Span{Start: s.Words[0].Span.Start, End: s.Words[len(s.Words)-1].Span.End}
	}
	first := m.First
	for first > 0 && m.First-first < before && !parted(s, first) {
		first--
	}
	last := min(len(s.Words)-1, m.Last+after)
	for last > m.Last && small[s.Words[last].Norm] {
		last--
	}
	return prose.Span{Start: s.Words[first].Span.Start, End: s.Words[last].Span.End}
}

// parted reports whether a comma, a colon, a dash or a bracket stands before word i.
func parted(s *evidence.Sentence, i int) bool {
	before := s.Words[i-1]
	gap := s.Text[before.Offset+len(before.Text) : s.Words[i].Offset]
	return strings.ContainsAny(gap, ",;:()—–")
}

// small holds words that a quotation does not break off on.
var small = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`a an the and or but of to in on at for with by from that which who as is are was were be our your their
		its this these so not than into about will can we you it`) {
		out[w] = true
	}
	return out
}()
