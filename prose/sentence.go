package prose

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviations.txt: words that end in a point without ending a sentence. "never" lines never end one; "seldom" lines end one only
// before a word that is a usual first word.
//
//go:embed abbreviations.txt
var abbreviationList string

var abbreviations = readAbbreviations(abbreviationList)

func readAbbreviations(list string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(list) {
		how, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(rest) {
			out[word] = how
		}
	}
	return out
}

// sentences cuts text into sentences, as ranges of its bytes. It was measured on edited prose with rules of this form at F1 .99
// (resources.md, section 4); a sentence that starts in lower case is joined to the one before, by design.
func sentences(text []byte, stops []int) []textRange {
	var out []textRange
	start := 0
	cut := func(at int) {
		if strings.TrimSpace(string(text[start:at])) != "" {
			out = append(out, textRange{start, at})
		}
		start = at
	}
	for i := 0; i < len(text); {
		for len(stops) > 0 && stops[0] < i {
			stops = stops[1:]
		}
		if len(stops) > 0 && stops[0] == i {
			stops = stops[1:]
			if i > start && startsSentence(text[i:]) {
				cut(i)
			}
		}
		c, size := utf8.DecodeRune(text[i:])
		if !isTerminator(c) {
			i += size
			continue
		}
		end := i + size
		for end < len(text) {
			c, size := utf8.DecodeRune(text[end:])
			if !isTerminator(c) && !isCloser(c) {
				break
			}
			end += size
		}
		if c == '。' || c == '！' || c == '？' || ends(text, start, i, end) {
			cut(end)
		}
		i = end
	}
	cut(len(text))
	return out
}

func isTerminator(c rune) bool {
	return c == '.' || c == '!' || c == '?' || c == '…' || c == '。' || c == '！' || c == '？'
}

func isCloser(c rune) bool {
	return strings.ContainsRune("\"'”’)]»*_", c)
}

func isOpener(c rune) bool {
	return strings.ContainsRune("\"'“‘([«¿¡*_", c)
}

// startsSentence reports whether rest begins as a sentence may: a capital, a digit, or one of these after an opening mark.
func startsSentence(rest []byte) bool {
	for len(rest) > 0 {
		c, size := utf8.DecodeRune(rest)
		if c == ' ' || isOpener(c) {
			rest = rest[size:]
			continue
		}
		if unicode.IsLower(c) { // names such as iPhone and eBay start a sentence as well
			next, _ := utf8.DecodeRune(rest[size:])
			return unicode.IsUpper(next)
		}
		return true
	}
	return true
}

// ends reports whether the terminators text[at:end] end the sentence that began at start.
func ends(text []byte, start, at, end int) bool {
	if end >= len(text) {
		return true
	}
	if text[end] != ' ' {
		return false
	}
	if !startsSentence(text[end:]) {
		return false
	}
	if text[at] != '.' || end > at+1 && text[at+1] == '.' {
		return true // "!", "?", "…" and "..." end it before a capital
	}
	from := at
	for from > start && text[from-1] != ' ' && text[from-1] != '(' && text[from-1] != '"' {
		from--
	}
	token := strings.TrimLeft(string(text[from:at]), "“‘'[*_")
	if token == "" {
		return true
	}
	if isDigits(token) && strings.TrimSpace(string(text[start:from])) == "" {
		return false // "1. First" is a number and its item
	}
	next := firstWord(text[end:])
	switch abbreviations[strings.ToLower(token)] {
	case "never":
		return false
	case "number":
		return !startsWithDigit(text[end:])
	case "seldom":
		return usualFirst[strings.ToLower(next)]
	}
	if utf8.RuneCountInString(token) == 1 && unicode.IsUpper([]rune(token)[0]) && token != "I" {
		return usualFirst[strings.ToLower(next)] // an initial: "J. Smith"
	}
	if strings.Contains(token, ".") && len(token) <= 6 && isInitials(token) {
		return usualFirst[strings.ToLower(next)] // "U.S."
	}
	return true
}

func isDigits(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return !unicode.IsDigit(c) }) < 0
}

func startsWithDigit(b []byte) bool {
	b = []byte(strings.TrimLeft(string(b[:min(8, len(b))]), " "))
	return len(b) > 0 && b[0] >= '0' && b[0] <= '9'
}

// isInitials reports whether token is single letters between points.
func isInitials(token string) bool {
	for part := range strings.SplitSeq(token, ".") {
		if utf8.RuneCountInString(part) > 1 || part != "" && !unicode.IsLetter([]rune(part)[0]) {
			return false
		}
	}
	return true
}

func firstWord(b []byte) string {
	s := strings.TrimLeftFunc(string(b[:min(40, len(b))]), func(c rune) bool { return c == ' ' || isOpener(c) })
	if i := strings.IndexFunc(s, func(c rune) bool { return !isWordRune(c) && c != '\'' && c != '’' }); i >= 0 {
		s = s[:i]
	}
	return s
}

// usualFirst holds words that begin sentences far more often than they begin names.
var usualFirst = setOf(`the a an this that these those it its we our you your he she they his her their i my in on at by for from with
	as if when while where after before since until once and but or so yet then there here what why how who which not no now all some
	many most more each every both one two three to of do does did is are was were can could will would should let let's it's that's
	we're you're they're i'm there's however although though because instead today meanwhile despite last next even just only`)

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
