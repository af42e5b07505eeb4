package review

import (
	"slices"
	"strings"
)

// nearest is how many names a person is offered at most; more is a list to search, not an answer.
const nearest = 3

// Near returns the candidates most like name, best first, at most three; empty when none is near. A candidate is near when it
// is the same but for case and separators, when a slip or two of the fingers apart (one for every three letters, at most four),
// when name is how it begins ("stock" for "stock-opening"), or when name is one of its words ("quote" for "scripted-quote").
func Near(name string, candidates []string) []string {
	type ranked struct {
		candidate string
		distance  int
	}
	written := folded(name)
	if len(written) == 0 {
		return nil
	}
	var near []ranked
	for _, candidate := range candidates {
		if d, ok := apart(written, folded(candidate)); ok {
			near = append(near, ranked{candidate, d})
		}
	}
	slices.SortStableFunc(near, func(a, b ranked) int { return a.distance - b.distance })
	var out []string
	for _, r := range near {
		if len(out) < nearest && !slices.Contains(out, r.candidate) {
			out = append(out, r.candidate)
		}
	}
	return out
}

// apart returns how far two folded names are apart, and whether that is near.
func apart(written, candidate []rune) (distance int, near bool) {
	cut := min(4, max(1, len(candidate)/3))
	if d := len(written) - len(candidate); max(d, -d) <= cut {
		if slips := slips(written, candidate); slips <= cut && slips < len(candidate) {
			return slips, true
		}
	}
	w, c := string(written), string(candidate)
	switch {
	case len(written) < 3:
		return 0, false // two letters begin too much
	case strings.HasPrefix(c, w):
		return cut + 1, true
	case slices.Contains(strings.Split(c, "-"), w):
		return cut + 2, true
	}
	return 0, false
}

// slips counts the letters to add, drop, change or swap with their neighbour to get from a to b. It is the Levenshtein distance
// with swaps (optimal string alignment); plain Levenshtein counts "praies" for "praise" twice, and a swap is the commonest slip.
func slips(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// folded is a name as it is compared: lower case, with one kind of separator.
func folded(name string) []rune {
	return []rune(strings.NewReplacer("_", "-", " ", "-", ".", "-").Replace(strings.ToLower(strings.TrimSpace(name))))
}

// didYouMean ends a sentence about an unknown name with the nearest right one: `; did you mean "content"?`. It is empty when
// none is near.
func didYouMean(name string, candidates []string) string {
	near := Near(name, candidates)
	for i := range near {
		near[i] = quoted(near[i])
	}
	switch len(near) {
	case 0:
		return ""
	case 1:
		return "; did you mean " + near[0] + "?"
	}
	return "; did you mean " + strings.Join(near[:len(near)-1], ", ") + " or " + near[len(near)-1] + "?"
}

// quoted puts a word that somebody wrote into quotation marks, shortened and on one line.
func quoted(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return `"` + s + `"`
}
