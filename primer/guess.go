package primer

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed kinds.txt
var kindText string

// kindCues are, by kind of page, the phrases that such a page says, as stems.
var kindCues = readKindCues(kindText)

func readKindCues(text string) map[PageKind][][]string {
	out := map[PageKind][][]string{}
	for kind, phrases := range byKind("kinds.txt", text) {
		for p := range strings.SplitSeq(phrases, ",") {
			out[PageKind(kind)] = append(out[PageKind(kind)], allStems(p))
		}
	}
	return out
}

// What a phrase counts beside a heading, which counts one, and how many headings all phrases of a kind outweigh at most.
const (
	phraseVote  = 0.5
	mostPhrases = 6
)

// The headings that only one kind of page has (checks.md, Primer page schema).
var pageOf = map[Kind]PageKind{
	Who: Customer, Day: Customer, Jobs: Customer, Pains: Customer, Stakes: Customer, Triggers: Customer, Objections: Customer,
	TheirWords: Customer, SayIt: Customer, WhoDecides: Customer, Next: Customer, Questions: Customer, Proof: Customer,
	TheySay: Competitor, TheyWin: Competitor, WeWin: Competitor,
	Believe: PointOfView, Refuse: PointOfView, Disagrees: PointOfView, WeDisagree: PointOfView,
}

// The words of a title or a path that say what a page is about, as stems.
var pageWords = map[PageKind][]string{
	Customer:    stemAll("customer", "persona", "audience", "buyer", "user", "segment", "icp"),
	Competitor:  stemAll("competitor", "competition", "rival", "versus", "vs", "battlecard", "alternative"),
	PointOfView: stemAll("view", "pov", "manifesto", "belief", "believe", "stance", "opinion"),
	Industry:    stemAll("industry", "market", "sector", "regulation"),
	Technology:  stemAll("technology", "tech", "protocol", "architecture", "hardware", "software"),
}

func stemAll(words ...string) []string {
	for i, w := range words {
		words[i] = stem(w)
	}
	return words
}

// guessKind guesses what a page is about: by most of its headings, the words of its title and path, and what it says
// (kinds.txt). A page that says
// nothing of itself is background about the industry, the kind that claims least.
func guessKind(page *Page) PageKind {
	votes := map[PageKind]float64{}
	for _, s := range page.Sections {
		if k, ok := pageOf[s.Kind]; ok && s.Text != "" {
			votes[k]++
		}
		if s.Kind == HowItWorks || s.Kind == Changed { // both kinds of page have them
			votes[Industry]++
			votes[Technology]++
		}
	}
	named := append(allStems(page.Title), allStems(page.Path)...)
	for kind, words := range pageWords {
		if slices.ContainsFunc(named, func(w string) bool { return slices.Contains(words, w) }) {
			votes[kind] += 1.5
		}
	}
	if page.Audience != "" {
		votes[Customer] += 1.5
	}
	said := allStems(page.intro)
	for _, s := range page.Sections {
		said = append(append(said, allStems(s.Heading)...), allStems(s.Text)...)
	}
	for kind, phrases := range kindCues {
		n := 0
		for _, p := range phrases {
			if indexOf(said, p) >= 0 {
				n++
			}
		}
		votes[kind] += phraseVote * float64(min(n, mostPhrases))
	}
	best := Industry
	for _, kind := range pageKinds { // in order, so that a tie goes to the customer
		if votes[kind] > votes[best] || kind == Customer && votes[kind] > 0 && votes[kind] == votes[best] {
			best = kind
		}
	}
	return best
}
