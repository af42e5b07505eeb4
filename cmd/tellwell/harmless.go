package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// cells returns how many cells of a terminal a text takes.
func cells(text string) int { return displaywidth.String(text) }

// harmless returns text as a terminal can show it without being steered by it: on one line, with every control character,
// escape, direction override and byte that is no UTF-8 shown as "�". Page texts, file names and what git says all come from
// others.
func harmless(text string) string {
	if plainASCII(text) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteRune(utf8.RuneError)
		case r == '\t' || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			b.WriteByte(' ')
		case r == '\ufeff':
			// a byte order mark inside text is seen by nobody
		case unicode.IsControl(r) || steersDirection(r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// plainASCII reports whether text needs no second look.
func plainASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// steersDirection reports whether r is one of the characters that reorder what stands around them (Unicode TR36, 2.7; the
// "Trojan Source" characters).
func steersDirection(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// wrapped breaks text at its spaces into lines of at most width cells. A word wider than that stands alone on its line, whole,
// since half an address opens nothing.
func wrapped(text string, width int) []string {
	var out []string
	var line strings.Builder
	used := 0
	for _, word := range strings.Fields(harmless(text)) {
		n := cells(word)
		if used > 0 && used+1+n > width {
			out = append(out, line.String())
			line.Reset()
			used = 0
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += n
	}
	if used > 0 {
		out = append(out, line.String())
	}
	return out
}
