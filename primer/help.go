package primer

import "slices"

// linkFloor is the least confidence of a link. Below it a person is named, or nothing: a wrong link is worse than none.
const linkFloor = 0.45

// Help answers a need: the section that answers it, or only a person to ask, or what the primer lacks.
//
// The page is chosen first, then the section: one of the kinds asked for, the better kind and the words deciding between them. The
// right kind of section on the right page is linked even when it shares no words with the passage, since vague copy shares words
// with nothing. A section of another kind is never linked instead; when no kind is asked for, the words alone must be sure.
func (x *Index) Help(n Need) Help {
	if len(x.sections) == 0 {
		return Help{Gap: "no primer yet; a first page about a customer would answer it"}
	}
	if hasOnly(split(n.Audience), everybody) {
		n.Audience = ""
	}
	if len(n.Kinds) == 0 {
		return x.anySection(n)
	}
	var first *Help
	for _, kinds := range families(n.Kinds) {
		help := x.within(n, kinds)
		if help.Section != nil {
			return help
		}
		if first == nil || first.Page == nil && first.Ask == nil && help.Ask != nil {
			first = &help
		}
	}
	return *first
}

// Sure reports whether the answer's page is the one meant, even where none of its sections is.
func (h Help) Sure() bool { return h.Section != nil || h.Page != nil && h.Confidence >= linkFloor }

// An audience of everybody names nobody.
var everybody = wordSet("all any anybody anyone everybody everyone general public the audience readers")

func hasOnly(words []string, set map[string]bool) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !set[w] })
}

// families groups the kinds asked for by the kind of page that holds them, in the order asked for.
func families(kinds []Kind) [][]Kind {
	var out [][]Kind
	at := map[PageKind]int{}
	for _, k := range kinds {
		f := family(k)
		i, ok := at[f]
		if !ok {
			i = len(out)
			at[f] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], k)
	}
	return out
}

// family returns the kind of page that a kind of section stands on as a rule.
func family(k Kind) PageKind {
	if f, ok := pageOf[k]; ok {
		return f
	}
	return Customer
}

// within answers a need for kinds of one family.
func (x *Index) within(n Need, kinds []Kind) Help {
	var specific, other, general []*Page
	for _, p := range x.Pages {
		switch holdsKind := slices.ContainsFunc(p.Sections, func(s *Section) bool { return s.answers(kinds) }); {
		case p.route.general && holdsKind:
			general = append(general, p)
		case p.route.general:
		case sameFamily(p.Kind, family(kinds[0])):
			specific = append(specific, p)
		case holdsKind: // an industry page with its own "In their words": asked after the customers' pages
			other = append(other, p)
		}
	}
	scores := x.bySection.scores(n.query())
	chosen := x.routeTo(n, specific)
	if help, ok := x.pick(n, kinds, chosen.pages, chosen.confidence, scores); ok {
		return help
	}
	second := x.routeTo(n, other)
	if help, ok := x.pick(n, kinds, second.pages, second.confidence, scores); ok {
		return help
	}
	if len(specific) == 0 {
		specific, chosen = other, second
	}
	if help, ok := x.pick(n, kinds, general, 0.6, scores); ok {
		return help
	}
	return gap(n, kinds, specific, general, chosen)
}

func sameFamily(a, b PageKind) bool {
	return a == b || a == Technology && b == Industry || a == Industry && b == Technology
}

// answers reports whether the section is of one of the kinds, and has words.
func (s *Section) answers(kinds []Kind) bool {
	return s.words >= 3 && slices.Contains(kinds, s.Kind)
}

// What pick asks for, in the units of BM25 scores. Read off the passages that TestLinking measures, where anything from half to twice of
// each does nearly as well; expect a little less elsewhere.
const (
	cueWeight  = 2.0 // what a cue of the kind in the passage is worth
	clearly    = 2.0 // how far ahead a section must be, so that words and cues decide between kinds and not the check's order
	byOrder    = 0.8 // what the confidence is multiplied by where the order decides
	pickMargin = 1.0 // how far ahead of another of its kind a section must be, so that it is meant and not the other
)

// pick chooses the section of one of the kinds on the pages, by the words it shares with the passage and by the passage's cues for the
// kind; where kinds fit alike, by the check's order. Where another section of its kind is nearly as good, it chooses none: the person to
// ask is then the better answer.
func (x *Index) pick(n Need, kinds []Kind, pages []*Page, confidence float64, scores []float64) (Help, bool) {
	var found []*Section
	for _, p := range pages {
		for _, s := range p.Sections {
			if s.answers(kinds) {
				found = append(found, s)
			}
		}
	}
	found = x.whose(n, found, scores)
	fits := x.fits(n)
	var each []*Section // the best of each kind, in the check's order
	for _, k := range kinds {
		if s := bestOf(found, k, fits); s != nil {
			each = append(each, s)
		}
	}
	most := 0.0
	for _, s := range each {
		most = max(most, fits[s.place])
	}
	at := slices.IndexFunc(each, func(s *Section) bool { return most-fits[s.place] < clearly })
	if at < 0 {
		return Help{}, false
	}
	best := each[at]
	if slices.ContainsFunc(each, func(s *Section) bool { return s != best && fits[best.place]-fits[s.place] < clearly }) {
		confidence *= byOrder
	}
	rival := slices.ContainsFunc(found, func(s *Section) bool {
		return s != best && s.Kind == best.Kind && !kin(s, best) && fits[best.place]-fits[s.place] < pickMargin
	})
	if rival || confidence < linkFloor {
		return Help{}, false
	}
	return Help{Section: best, Page: best.Page, Ask: best.Page.whom(n.Passage), Confidence: confidence}, true
}

// bestOf returns the section of a kind that fits best, the first of those that fit alike; nil when there is none.
func bestOf(found []*Section, kind Kind, fits []float64) (best *Section) {
	for _, s := range found {
		if s.Kind == kind && (best == nil || fits[s.place] > fits[best.place]) {
			best = s
		}
	}
	return best
}

// fits returns how well each section fits the passage: by the words they share, and by the passage's cues for a section of its kind.
func (x *Index) fits(n Need) []float64 {
	fits := slices.Clone(x.bySection.scores(n.query()))
	passage, cues := allStemsOf(n.Passage), map[Kind]int{}
	for _, s := range x.sections {
		c, ok := cues[s.Kind]
		if !ok {
			c = cued(s.Kind, passage)
			cues[s.Kind] = c
		}
		fits[s.place] += cueWeight * float64(c)
	}
	return fits
}

// kin reports whether one of two sections stands under the other, or might as well: the same kind on the same page, at another level.
func kin(a, b *Section) bool {
	return a.Page == b.Page && a.Kind == b.Kind && a.Kind != Other && a.Level != b.Level
}

// What anySection asks for, before it links by words alone. Chosen on the passages that TestLinking measures, so expect less elsewhere.
const (
	anyMargin = 0.3 // how far, as a share, the best section must be ahead
	anyWords  = 3   // different words it must share with the passage
)

// anySection answers a need that names no kind: the section whose words fit best, when it is well ahead of all others.
func (x *Index) anySection(n Need) Help {
	pages := possible(n, x.Pages)
	if r := x.routeTo(n, x.Pages); len(r.pages) > 0 {
		pages = r.pages
	}
	scores := x.bySection.scores(n.query())
	best, margin := surest(pages, scores)
	if best == nil {
		return Help{Gap: "no section that shares its words"}
	}
	confidence := min(0.95, linkFloor+margin)
	if margin < anyMargin || x.shared(best, n.Passage) < anyWords {
		help := Help{Gap: "no section that is clearly about this"}
		if len(pages) == 1 {
			help.Page, help.Ask, help.Confidence = pages[0], pages[0].whom(n.Passage), min(confidence, linkFloor)
		}
		return help
	}
	return Help{Section: best, Page: best.Page, Ask: best.Page.whom(n.Passage), Confidence: confidence}
}

// surest returns the section with the highest score on the pages, and how far it is ahead of the next as a share of its own. A
// heading above or below it that shares its kind is no rival.
func surest(pages []*Page, scores []float64) (best *Section, margin float64) {
	for _, p := range pages {
		for _, s := range p.Sections {
			if s.words > 0 && scores[s.place] > 0 && (best == nil || scores[s.place] > scores[best.place]) {
				best = s
			}
		}
	}
	if best == nil {
		return nil, 0
	}
	next := 0.0
	for _, p := range pages {
		for _, s := range p.Sections {
			if s != best && s.words > 0 && !kin(s, best) {
				next = max(next, scores[s.place])
			}
		}
	}
	return best, (scores[best.place] - next) / scores[best.place]
}

// shared counts the different words of the passage that the section holds.
func (x *Index) shared(s *Section, passage []string) (n int) {
	for _, w := range distinct(contentStemsOf(passage)) {
		if slices.ContainsFunc(x.bySection.postings[w], func(p posting) bool { return p.text == s.place }) {
			n++
		}
	}
	return n
}
