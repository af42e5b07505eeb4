package primer

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

//go:embed stop.txt
var stopText string

var stop = wordSet(stopText)

// wordSet reads a list of words, any number a line; "#" starts a comment.
func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		for _, w := range strings.Fields(line) {
			set[w] = true
		}
	}
	return set
}

// split returns the words of a text in lower case: runs of letters and digits, a possessive 's taken off, inner apostrophes
// dropped ("don't" is "dont").
func split(text string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if b.Len() == 0 {
			return
		}
		w := b.String()
		b.Reset()
		w = strings.TrimSuffix(strings.TrimRight(w, "'"), "'s")
		if w = strings.ReplaceAll(w, "'", ""); w != "" {
			out = append(out, w)
		}
	}
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(unicode.ToLower(r))
		case (r == '\'' || r == '’') && b.Len() > 0:
			b.WriteByte('\'')
		default:
			flush()
		}
	}
	flush()
	return out
}

// contentStems returns the stems of a text's words that carry meaning, in order.
func contentStems(text string) []string {
	var out []string
	for _, w := range split(text) {
		if s, ok := contentStem(w); ok {
			out = append(out, s)
		}
	}
	return out
}

// contentStemsOf returns the stems of the words that carry meaning, in order. The words may be hyphenated.
func contentStemsOf(words []string) []string {
	var out []string
	for _, w := range words {
		if plain(w) {
			if s, ok := contentStem(w); ok {
				out = append(out, s)
			}
			continue
		}
		out = append(out, contentStems(w)...)
	}
	return out
}

// plain reports whether the word is lower-case ASCII letters and digits alone, so that split would return it as it is.
func plain(w string) bool {
	for i := 0; i < len(w); i++ {
		if c := w[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			return false
		}
	}
	return w != ""
}

// contentStem returns the stem of one lower-case word, and whether the word carries meaning: not a stop word, not one letter.
func contentStem(w string) (string, bool) {
	if stop[w] || utf8.RuneCountInString(w) < 2 {
		return "", false
	}
	return stem(w), true
}

// allStems returns the stems of every word of a text, stop words too; for phrases such as "who they are".
func allStems(text string) []string {
	words := split(text)
	for i, w := range words {
		words[i] = stem(w)
	}
	return words
}

// stem is the Snowball (Porter 2) English stem of a lower-case word. Stems are remembered, up to a number that a site's own
// vocabulary stays well below, so that a server's memory is bounded whatever it is given.
func stem(w string) string {
	if len(w) > 40 {
		return w
	}
	stems.RLock()
	s, ok := stems.of[w]
	stems.RUnlock()
	if ok {
		return s
	}
	s = english.Stem(w, true)
	stems.Lock()
	if len(stems.of) < 1<<15 {
		stems.of[strings.Clone(w)] = s
	}
	stems.Unlock()
	return s
}

var stems = struct {
	sync.RWMutex
	of map[string]string
}{of: map[string]string{}}
