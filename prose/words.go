package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words returns the words of text as ranges of its bytes: runs of letters and digits, joined by inner apostrophes, hyphens, points
// and, between digits, commas.
func words(text string) []textRange {
	var out []textRange
	start := -1
	var before rune
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		if isWordRune(c) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			after, _ := utf8.DecodeRuneInString(text[i+size:])
			if !joins(before, c, after) {
				out = append(out, textRange{start, i})
				start = -1
			}
		}
		before = c
		i += size
	}
	if start >= 0 {
		out = append(out, textRange{start, len(text)})
	}
	return out
}

func isWordRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || c == '_'
}

// joins reports whether c between two runes keeps them one word.
func joins(before, c, after rune) bool {
	if !isWordRune(before) || !isWordRune(after) {
		return false
	}
	switch c {
	case '\'', '’', '-', '‑', '.':
		return true
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

// norm returns a word in lower case with straight apostrophes and hyphens.
func norm(word string) string {
	word = strings.ToLower(word)
	if !strings.ContainsAny(word, "’‑") {
		return word
	}
	return strings.NewReplacer("’", "'", "‑", "-").Replace(word)
}
