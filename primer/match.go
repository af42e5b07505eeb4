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

// StemsOf returns the stems of each word, for FindPhrase; a hyphenated word has several.
func StemsOf(words []prose.Word) [][]string {
	out := make([][]string, len(words))
	for i, w := range words {
		if plain(w.Norm) {
			out[i] = []string{stem(w.Norm)}
		} else {
			out[i] = allStems(w.Norm)
		}
	}
	return out
}

// FindPhrase returns the indexes of the first and last word of the first place where the phrase stands among the stems of words,
// inflected or not; -1 and -1 when it stands nowhere.
func FindPhrase(phrase []string, words [][]string) (first, last int) {
	if len(phrase) == 0 {
		return -1, -1
	}
	for i := range words {
		n := 0 // how much of the phrase stands from word i on
		j := i
		for ; j < len(words) && n < len(phrase) && hasPrefix(phrase[n:], words[j]) && len(words[j]) > 0; j++ {
			n += len(words[j])
		}
		if n == len(phrase) {
			return i, j - 1
		}
	}
	return -1, -1
}
