package primer

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// A route is which content pages a primer page is for, in stems.
type route struct {
	place     int        // in Index.Pages
	title     []string   // without stop words
	audiences [][]string // declared
	products  [][]string
	phrases   [][]string // title, audiences, products and terms: any of them on a content page speaks for the primer page
	general   bool       // the page is about one kind of thing for everybody ("Testimonials"), not about somebody
}

func newRoute(page *Page, place int) route {
	r := route{place: place, title: contentStems(page.Title)}
	for _, a := range listed(page.Audience) {
		r.audiences = append(r.audiences, allStems(a))
	}
	for _, p := range listed(page.Product) {
		r.products = append(r.products, allStems(p))
	}
	phrases := slices.Concat([][]string{r.title}, r.audiences, r.products)
	for _, t := range page.Terms {
		phrases = append(phrases, allStems(t))
	}
	for _, who := range page.people() {
		phrases = append(phrases, contentStems(who))
	}
	for _, p := range phrases {
		if len(p) > 0 && !slices.ContainsFunc(r.phrases, func(q []string) bool { return equal(p, q) }) {
			r.phrases = append(r.phrases, p)
		}
	}
	r.general = page.Kind != Competitor && page.Kind != PointOfView && KindOf(page.Title) != Other &&
		page.Audience == "" && page.Product == "" && len(page.AppliesTo) == 0
	return r
}

// A routing is the pages that answer for a need, and how surely they are the right ones.
type routing struct {
	pages      []*Page
	confidence float64
	doubt      bool // several pages might be meant, and nothing decides between them
}

// routeTo chooses among candidates the pages that a need is about: by the audience or product the content page declares, then by
// applies_to, then by its words (checks.md, Routing).
func (x *Index) routeTo(n Need, candidates []*Page) routing {
	if r := declared(n, candidates); len(r.pages) > 0 {
		if applying := applicable(n, r.pages); len(applying) > 0 {
			r.pages = applying // pages still alike answer together
		}
		return r
	}
	left := possible(n, candidates)
	switch applying := applicable(n, left); len(applying) {
	case 0:
		return x.byWords(n, left)
	case 1:
		return routing{pages: applying, confidence: 0.85}
	default:
		return x.byWords(n, applying)
	}
}

// possible leaves out pages about customers other than the one that the content page says it is for.
func possible(n Need, pages []*Page) []*Page {
	return slices.DeleteFunc(slices.Clone(pages), func(p *Page) bool {
		return n.Audience != "" && p.Kind == Customer && !p.route.general && !p.applies(n.Path)
	})
}

// applicable returns the pages that say they apply to the content page's path.
func applicable(n Need, pages []*Page) []*Page {
	return slices.DeleteFunc(slices.Clone(pages), func(p *Page) bool { return !p.applies(n.Path) })
}

// declared returns the candidates whose audience or product the content page declares, the best matches only.
func declared(n Need, candidates []*Page) routing {
	var best routing
	for _, p := range candidates {
		fit := max(p.route.fits(n.Audience, p.route.audiences), 0.95*p.route.fits(n.Product, p.route.products))
		switch {
		case fit == 0 || fit < best.confidence:
		case fit > best.confidence:
			best = routing{pages: []*Page{p}, confidence: fit}
		default:
			best.pages = append(best.pages, p)
		}
	}
	return best
}

// fits returns how surely a declared name (or a list of them) means this page: 1 for one of the page's own names of that sort,
// less for its title or terms, less again for a name that is part of its title or that its own name is part of.
func (r *route) fits(name string, own [][]string) float64 {
	best := 0.0
	for _, one := range listed(name) {
		want := allStems(one)
		for _, o := range own {
			switch {
			case equal(want, o):
				best = max(best, 1)
			case len(o) > 0 && indexOf(want, o) >= 0:
				best = max(best, 0.8)
			}
		}
		for _, p := range r.phrases {
			if equal(want, p) {
				best = max(best, 0.9)
			}
		}
		if indexOf(r.title, want) >= 0 {
			best = max(best, 0.85)
		}
	}
	return best
}

func (p *Page) applies(path string) bool {
	path = strings.TrimPrefix(path, "./")
	return path != "" && slices.ContainsFunc(p.AppliesTo, func(glob string) bool {
		ok, err := doublestar.Match(glob, path)
		return ok && err == nil
	})
}

// What byWords asks for, before it chooses one page over another by words alone.
const (
	phraseShare   = 0.6  // of the score: the phrases that pages name themselves by; the rest is all their other words
	pageMargin    = 0.15 // how far, as a share, the best page must be ahead
	ownWords      = 3    // rare words in common that are needed when no phrase is
	passageWeight = 3.0  // what a word of the passage weighs beside one of the page
)

// byWords chooses among candidates by the words they share with the content page, phrases that a primer page names itself by most of
// all. A candidate that stands alone needs no words, unless it says that it applies elsewhere.
func (x *Index) byWords(n Need, candidates []*Page) routing {
	if len(candidates) == 0 {
		return routing{}
	}
	text, held := readWords(n)
	words, phrases := make([]float64, len(candidates)), make([]float64, len(candidates))
	scores := x.byPage.scores(pageQuery(n))
	for i, p := range candidates {
		words[i] = scores[p.route.place]
		for _, phrase := range p.route.phrases {
			times := float64(min(3, occurrences(text, held, phrase)))
			phrases[i] += times * x.phraseRarity(phrase) * float64(len(phrase))
		}
	}
	if len(candidates) == 1 {
		p := candidates[0]
		switch {
		case phrases[0] > 0:
			return routing{pages: candidates, confidence: 0.8}
		case len(p.AppliesTo) > 0 && !p.applies(n.Path):
			return routing{}
		}
		return routing{pages: candidates, confidence: 0.6}
	}
	best, margin := ahead(shares(phrases, words))
	if margin < pageMargin || phrases[best] == 0 && x.rareWords(candidates[best], held) < ownWords {
		return routing{doubt: true}
	}
	confidence := 0.5 + 0.3*margin
	if phrases[best] > 0 {
		confidence += 0.1
	}
	return routing{pages: []*Page{candidates[best]}, confidence: confidence}
}

// shares returns each candidate's part of all phrases and of all words, joined.
func shares(phrases, words []float64) []float64 {
	allPhrases, allWords := sum(phrases), sum(words)
	out := make([]float64, len(words))
	for i := range out {
		byPhrase, byWord := 0.0, 0.0
		if allWords > 0 {
			byWord = words[i] / allWords
		}
		if allPhrases == 0 {
			out[i] = byWord
			continue
		}
		byPhrase = phrases[i] / allPhrases
		out[i] = phraseShare*byPhrase + (1-phraseShare)*byWord
	}
	return out
}

func sum(of []float64) (total float64) {
	for _, f := range of {
		total += f
	}
	return total
}

// ahead returns which score is the highest, and how far it is ahead of the next as a share of its own.
func ahead(scores []float64) (best int, margin float64) {
	next := 0.0
	for i, s := range scores {
		switch {
		case i == best:
		case s > scores[best]:
			best, next = i, scores[best]
		case s > next:
			next = s
		}
	}
	if scores[best] == 0 {
		return best, 0
	}
	return best, (scores[best] - next) / scores[best]
}

// pageQuery looks for the page's words, each word once and a little more when it recurs, and for the passage's.
func pageQuery(n Need) query {
	q := query{}
	for _, w := range contentStemsOf(n.PageText) {
		switch {
		case q[w] == 0:
			q[w] = 1
		case q[w] < 3:
			q[w] += 0.5
		}
	}
	for _, w := range contentStemsOf(n.Passage) {
		q[w] = max(q[w], passageWeight)
	}
	return q
}

// readWords returns the stems of the passage and its page in order, and where each stands.
func readWords(n Need) (text []string, held map[string][]int) {
	text = allStemsOf(slices.Concat(n.Passage, n.PageText))
	held = map[string][]int{}
	for i, w := range text {
		held[w] = append(held[w], i)
	}
	return text, held
}

// allStemsOf returns the stems of words that may be hyphenated, stop words too.
func allStemsOf(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		if plain(w) {
			out = append(out, stem(w))
			continue
		}
		out = append(out, allStems(w)...)
	}
	return out
}

// occurrences counts how often the phrase stands in the text, whose words are held at the places given.
func occurrences(text []string, held map[string][]int, phrase []string) (n int) {
	for _, at := range held[phrase[0]] {
		if at+len(phrase) <= len(text) && hasPrefix(text[at:], phrase) {
			n++
		}
	}
	return n
}

// phraseRarity is how much a phrase tells one primer page from another: the less, the more pages name themselves by it.
func (x *Index) phraseRarity(phrase []string) float64 {
	return x.byPage.rarity(x.named[strings.Join(phrase, " ")])
}

// rareWords counts the words in common that fewer than half of the primer's pages hold.
func (x *Index) rareWords(page *Page, held map[string][]int) (n int) {
	for w := range held {
		list := x.byPage.postings[w]
		if stop[w] || 2*len(list) > len(x.Pages) {
			continue
		}
		if slices.ContainsFunc(list, func(p posting) bool { return p.text == page.route.place }) {
			n++
		}
	}
	return n
}
