package primer

import (
	_ "embed"
	"fmt"
	"iter"
	"strings"
	"unicode"
)

//go:embed aliases.txt
var aliasText string

// An alias is a heading that means a kind of section.
type alias struct {
	stems []string
	kind  Kind
	whole bool // nothing may stand beside it
	open  bool // one to mostBetween words of any kind follow, and then last
	last  []string
}

// mostBetween is how many words "…" stands for at most.
const mostBetween = 4

var aliases, kindsNamed = readAliases(aliasText)

// readAliases reads aliases.txt, and returns the kinds it names in order. It panics on a line that is none, as the file is part of
// the program and a test reads it.
func readAliases(text string) (list []alias, kinds []Kind) {
	for kind, headings := range byKind("aliases.txt", text) {
		if n := len(kinds); n == 0 || kinds[n-1] != Kind(kind) {
			kinds = append(kinds, Kind(kind))
		}
		for h := range strings.SplitSeq(headings, ",") {
			h = strings.TrimSpace(h)
			phrase, whole := strings.CutPrefix(h, "=")
			first, last, open := strings.Cut(phrase, "…")
			a := alias{stems: allStems(first), kind: Kind(kind), whole: whole, open: open}
			if open {
				a.last = allStems(last)
			}
			list = append(list, a)
		}
	}
	return list, kinds
}

// byKind reads a list of lines "kind: words, words" (comments and empty lines aside). It panics on a line that is none, naming the file.
func byKind(file, text string) iter.Seq2[string, string] {
	return func(yield func(kind, words string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			kind, words, ok := strings.Cut(line, ":")
			if !ok {
				panic(fmt.Sprintf("primer/%s: %q has no colon after the kind", file, line))
			}
			if !yield(kind, words) {
				return
			}
		}
	}
}

// How well an alias fits a heading.
const (
	noFit = iota
	within
	begins
	label // all that stands before a colon or a dash
	exact
)

// KindOf returns the kind of section that a heading announces, or Other (aliases.txt).
func KindOf(heading string) Kind {
	all := headingStems(heading)
	before := headingStems(beforeColon(heading))
	best, length, kind := noFit, 0, Other
	for _, a := range aliases {
		fit := a.fit(all, before)
		if n := len(a.stems) + len(a.last); fit > best || fit == best && fit > noFit && n > length {
			best, length, kind = fit, n, a.kind
		}
	}
	return kind
}

func (a alias) fit(all, before []string) int {
	if a.open {
		return a.fitOpen(all)
	}
	switch at := indexOf(all, a.stems); {
	case equal(all, a.stems):
		return exact
	case equal(before, a.stems):
		return label
	case a.whole || at < 0:
		return noFit
	case at == 0:
		return begins
	case len(a.stems) > 1:
		return within
	}
	return noFit
}

// fitOpen is fit for an alias that leaves words open: a heading begins with it.
func (a alias) fitOpen(all []string) int {
	if len(all) <= len(a.stems) || indexOf(all, a.stems) != 0 {
		return noFit
	}
	if len(a.last) == 0 {
		return begins
	}
	if at := indexOf(all[len(a.stems)+1:], a.last); at >= 0 && at < mostBetween {
		return begins
	}
	return noFit
}

// headingStems returns the stems of a heading without the number, letter or emoji it may begin with.
func headingStems(heading string) []string {
	words := allStems(heading)
	for len(words) > 1 && isNumber(words[0]) {
		words = words[1:]
	}
	return words
}

func isNumber(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// beforeColon returns what stands before the heading's first colon or spaced dash; all of it when there is neither.
func beforeColon(heading string) string {
	for i, r := range heading {
		rest := heading[i:]
		if r == ':' && i > 0 || i > 0 && (strings.HasPrefix(rest, " - ") || strings.HasPrefix(rest, " – ") || strings.HasPrefix(rest, " — ")) {
			return heading[:i]
		}
	}
	return heading
}

func equal(a, b []string) bool { return len(a) == len(b) && indexOf(a, b) == 0 }

// indexOf returns where the phrase stands among words, or -1. The empty phrase stands nowhere.
func indexOf(words, phrase []string) int {
	if len(phrase) == 0 {
		return -1
	}
	for i := 0; i+len(phrase) <= len(words); i++ {
		if hasPrefix(words[i:], phrase) {
			return i
		}
	}
	return -1
}

func hasPrefix(words, phrase []string) bool {
	for i, w := range phrase {
		if words[i] != w {
			return false
		}
	}
	return true
}
