package primer

import "github.com/example-org/tellwell/prose"

// Stems returns the stems of the words that carry meaning, other people's quoted words left out; a Claim's Words can be held against
// them.
func Stems(words []prose.Word) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		if w.Quoted {
			continue
		}
		for _, s := range contentStems(w.Norm) {
			out[s] = true
		}
	}
	return out
}

// Phrase returns the stems of a phrase, stop words too, for FindPhrase.
func Phrase(text string) []string { return allStems(text) }

// FindPhrase returns the indexes of the first and last word of the first place where the phrase stands among words, inflected or not;
// -1 and -1 when it stands nowhere.
func FindPhrase(phrase []string, words []prose.Word) (first, last int) {
	if len(phrase) == 0 {
		return -1, -1
	}
	for i := range words {
		n := 0 // how much of the phrase stands from word i on
		j := i
		for ; j < len(words) && n < len(phrase); j++ {
			parts := allStems(words[j].Norm) // "low-coverage" is two
			if len(parts) == 0 || len(parts) > len(phrase)-n {
				break
			}
			ok := true
			for k, part := range parts {
				ok = ok && part == phrase[n+k]
			}
			if !ok {
				break
			}
			n += len(parts)
		}
		if n == len(phrase) {
			return i, j - 1
		}
	}
	return -1, -1
}
