package primer

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// A slugger gives the headings of one page their anchors by GitHub's rule, as the npm package github-slugger 2.0.0 (ISC,
// Dan Flettre) describes it. The implementation is ours; testdata/slugs.txt holds what that package answers.
//
// The rule: lower case; keep letters, marks, decimal digits, connectors such as "_", hyphens and spaces; spaces become hyphens;
// an anchor already taken gets "-1", "-2", … counted for the heading that wanted it.
type slugger struct{ taken map[string]int }

// slug returns the anchor of the next heading of the page. No two calls return the same anchor.
func (s *slugger) slug(heading string) string {
	if s.taken == nil {
		s.taken = map[string]int{}
	}
	wanted := slug(heading)
	anchor := wanted
	for {
		if _, ok := s.taken[anchor]; !ok {
			break
		}
		s.taken[wanted]++
		anchor = wanted + "-" + strconv.Itoa(s.taken[wanted])
	}
	s.taken[anchor] = 0
	return anchor
}

// slug returns the anchor of a heading on a page that has no other.
func slug(heading string) string {
	var b strings.Builder
	for _, r := range lowered(heading) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case anchored(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// lowered lowers the case as JavaScript does: a capital sigma that ends a word becomes ς, and İ keeps its dot.
func lowered(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return cases.Lower(language.Und, cases.HandleFinalSigma(true)).String(s)
		}
	}
	return strings.ToLower(s)
}

// anchored reports whether an anchor keeps the character.
func anchored(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_' || r == ' '
	}
	return unicode.In(r, unicode.L, unicode.Nl, unicode.M, unicode.Nd, unicode.Pc, unicode.Other_Alphabetic) && !unicode.Is(after13, r)
}
