package primer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a missing section would be on, in the words of a gap.
var onWhat = map[Kind]string{
	Jobs:       "the jobs they want done",
	Pains:      "their pains",
	Triggers:   "what makes them look for something new",
	Objections: "their objections",
	TheirWords: "what they say in their own words",
	SayIt:      "how they would say it",
	Glossary:   "the words of the trade",
	Questions:  "what to ask a customer",
}

// What a missing page would be about.
var aboutWhom = map[PageKind]string{
	Customer:    "a customer",
	Competitor:  "a competitor",
	PointOfView: "our own point of view",
	Industry:    "how the industry works",
	Technology:  "how the technology works",
}

// gap names the person who can help where no section does, and says in words what the primer lacks.
func gap(n Need, kinds []Kind, specific, general []*Page, chosen routing) Help {
	what := on(kinds)
	if len(chosen.pages) > 0 {
		page := chosen.pages[0]
		help := Help{Page: page, Ask: page.whom(n.Passage), Confidence: chosen.confidence}
		help.Gap = fmt.Sprintf("no section on %s%s", what, forWhom(page))
		if slices.ContainsFunc(page.Sections, func(s *Section) bool { return s.answers(kinds) }) {
			help.Gap += " that is clearly the one meant, though there are some"
		}
		return help
	}
	if n.Audience != "" && family(kinds[0]) == Customer {
		return Help{Gap: fmt.Sprintf("no page about the audience %q, with a section on %s", n.Audience, what)}
	}
	candidates := slices.Concat(specific, general)
	if len(candidates) == 0 {
		return Help{Gap: fmt.Sprintf("no page about %s, with a section on %s", aboutWhom[family(kinds[0])], what)}
	}
	help := Help{Gap: fmt.Sprintf("no page that says it is for this one, by applies_to, audience or terms, with a section on %s", what)}
	if ask, page := expertAmong(candidates, n.Passage); ask != nil {
		help.Ask, help.Page, help.Confidence = ask, page, 0.3
	}
	return help
}

// on says what the first two of the kinds are on.
func on(kinds []Kind) string {
	var words []string
	for _, k := range kinds[:min(2, len(kinds))] {
		w, ok := onWhat[k]
		if !ok {
			w = string(k)
		}
		words = append(words, w)
	}
	return strings.Join(words, " or ")
}

// forWhom returns " for dairy haulage planners", from the page's title; nothing for our own point of view.
func forWhom(page *Page) string {
	switch page.Kind {
	case PointOfView:
		return ""
	case Customer:
		return " for " + midSentence(page.Title)
	}
	return " on the page about " + midSentence(page.Title)
}

// midSentence lowers a title's first letter, when no other letter of it is a capital (names keep theirs).
func midSentence(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	if strings.ContainsFunc(title[size:], unicode.IsUpper) || !strings.Contains(title, " ") {
		return title
	}
	return string(unicode.ToLower(first)) + title[size:]
}
