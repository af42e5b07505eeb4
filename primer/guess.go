package primer

import "slices"

// The headings that only one kind of page has (checks.md, Primer page schema).
var pageOf = map[Kind]PageKind{
	Who: Customer, Day: Customer, Jobs: Customer, Pains: Customer, Stakes: Customer, Triggers: Customer, Objections: Customer,
	TheirWords: Customer, SayIt: Customer, WhoDecides: Customer, Next: Customer, Questions: Customer, Proof: Customer,
	TheySay: Competitor, TheyWin: Competitor, WeWin: Competitor,
	Believe: PointOfView, Refuse: PointOfView, Disagrees: PointOfView, WeDisagree: PointOfView,
	HowItWorks: Industry, Changed: Industry,
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

// guessKind guesses what a page is about: by most of its headings, then by the words of its title and path. A page that says
// nothing of itself is background about the industry, the kind that claims least.
func guessKind(page *Page) PageKind {
	votes := map[PageKind]float64{}
	for _, s := range page.Sections {
		if k, ok := pageOf[s.Kind]; ok && s.Text != "" {
			votes[k]++
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
	best := Industry
	for _, kind := range pageKinds { // in order, so that a tie goes to the customer
		if votes[kind] > votes[best] || kind == Customer && votes[kind] > 0 && votes[kind] == votes[best] {
			best = kind
		}
	}
	return best
}
