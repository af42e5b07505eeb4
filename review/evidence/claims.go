package evidence

import "strings"

// claims marks praise. A claim that is denied, told of the past, put in somebody else's mouth or in scare quotes is none; and each
// says whom it is about (checks.md, unsupported-claim).
func (r *reader) claims() {
	c := r.lists
	for i := range r.kept {
		h := &r.kept[i]
		var name Name
		switch h.list {
		case c.puff:
			name = Puff
		case c.softPuff:
			name = SoftPuff
		case c.slogan:
			name = Slogan
		case c.absolute:
			name = Absolute
		case c.studies:
			name = Studies
		default:
			continue
		}
		if r.quoted(h.first) {
			continue
		}
		if name == Studies {
			if !r.namedStudy(h) {
				r.mark(Studies, h.first, h.last, "", Nobody)
			}
			continue
		}
		if h.kind == "last" && (h.last != len(r.words)-1 || r.gaps[h.first] == space) {
			continue // "Compliance, simplified." is a line; "the simplified form" is none
		}
		if r.unclaimed(h) || name == Absolute && r.auxiliaryAbsolute(h) {
			continue
		}
		kind := h.kind
		if name == Slogan {
			kind = ""
		}
		r.mark(name, h.first, h.last, kind, r.claimedOf(h))
	}
	for i := range r.words {
		if r.words[i].Text == "100" && strings.HasPrefix(r.between(i+1), "%") && !r.quoted(i) && !r.denied(i) {
			r.mark(Absolute, i, i, "", r.claimedOf(&hit{i, i, nil}))
		}
	}
}

// unclaimed reports whether a phrase of praise claims nothing here.
func (r *reader) unclaimed(h *hit) bool {
	if r.denied(h.first) || r.attributed(h.first) || r.scareQuoted(h) {
		return true
	}
	if h.list == r.lists.softPuff && r.properName(h.first) {
		return true // "Smart Search" is a name
	}
	if h.kind == "next" || h.list == r.lists.puff && r.properName(h.first) {
		// "Next Generation EU", "Best Place to Work": a capital goes with a capital.
		if next := h.last + 1; next < len(r.words) && capital(r.words[next].Text) && r.gaps[next] == space && !r.titled {
			return true
		}
	}
	return false
}

// denied reports whether a negation stands up to four words before word i in the same clause.
func (r *reader) denied(i int) bool { return r.before(i, 4, r.lists.negation) }

// attributed reports whether the words before i make what follows somebody else's, or past.
func (r *reader) attributed(i int) bool { return r.before(i, 4, r.lists.attribution) }

func (r *reader) before(i, reach int, lists class) bool {
	for j := i - 1; j >= max(0, i-reach) && r.gaps[j+1] == space; j-- {
		if r.is(j, lists) {
			return true
		}
		if clauseWords[r.words[j].Norm] {
			return false
		}
	}
	return false
}

// scareQuoted reports whether quotation marks stand right around a phrase.
func (r *reader) scareQuoted(h *hit) bool {
	return strings.ContainsAny(r.between(h.first), `"“`) && strings.ContainsAny(r.between(h.last+1), `"”`)
}

// auxiliaryAbsolute reports whether an absolute is said of something other than a promise: "have always", "zero" as a count.
func (r *reader) auxiliaryAbsolute(h *hit) bool {
	n := r.words[h.first].Norm
	if n == "zero" {
		return h.last+1 >= len(r.words) || r.gaps[h.last+1] != space
	}
	return n == "always" && h.first > 0 && r.who[h.first-1] == them
}

// namedStudy reports whether a study has a name after all: a link in the sentence, a year, or a capitalised name or a source nearby.
func (r *reader) namedStudy(h *hit) bool {
	for j := range r.words {
		w := &r.words[j]
		if w.Linked || isYear(w.Text) {
			return true
		}
		near := j >= h.first-4 && j <= h.last+8 && (j < h.first || j > h.last)
		if near && j > 0 && capital(w.Text) && !r.titled && w.Norm != "i" && len(w.Text) > 2 && r.between(j) == " " && nameBefore[r.norm(j-1)] {
			return true
		}
	}
	return false
}

var nameBefore = closed("by from at of in the published to with and's university")

// claimedOf says whom a claim is about: the noun it praises, then the nearest party before it in its sentence, then one after it. A
// tagline without a verb, in a title, the opening or a list, is the company's own.
func (r *reader) claimedOf(h *hit) Whose {
	for j := h.last + 1; j < min(len(r.words), h.last+3) && r.gaps[j] == space; j++ {
		if r.class[j]&(r.lists.customer|r.lists.role|r.lists.genericAudience) != 0 && !r.ourOwn(j) && r.who[j] != us {
			return Theirs
		}
		if prepositions[r.words[j].Norm] || auxiliaries[r.words[j].Norm] {
			break
		}
	}
	for j := h.first - 1; j >= max(0, h.first-breath); j-- {
		switch r.who[j] {
		case us:
			return Ours
		case them:
			if n := r.words[j].Norm; n == "you" || n == "your" || r.s.Heading {
				continue // "helps you build robust sites" is said of whatever helps
			}
			return Theirs
		}
		if r.gaps[j+1] == stop {
			break
		}
	}
	for j := h.last + 1; j < min(len(r.words), h.last+breath); j++ {
		if r.who[j] == us {
			return Ours
		}
		if r.gaps[j] == stop {
			break
		}
	}
	if (r.s.Heading || r.s.Opening || r.s.ListItem) && r.verbless() {
		return Ours
	}
	return Nobody
}

// breath is how many words away a party may stand and still be who is spoken of.
const breath = 40

// verbless reports whether a sentence has no finite verb that can be told by its form.
func (r *reader) verbless() bool {
	for i := range min(len(r.words), breath) {
		if auxiliaries[r.words[i].Norm] || r.is(i, r.lists.featureVerb) {
			return false
		}
	}
	return len(r.words) <= breath
}
