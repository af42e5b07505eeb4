package evidence

import "strings"

// phrases marks the lists whose words are evidence as they stand.
func (r *reader) phrases() {
	c := r.lists
	for i := range r.kept {
		h := &r.kept[i]
		own := !r.quoted(h.first)
		switch h.list {
		case c.problem:
			r.mark(Problem, h.first, h.last, "", Nobody)
		case c.stakes:
			if !r.properName(h.first) {
				r.mark(Stakes, h.first, h.last, "", Nobody)
			}
		case c.gain:
			if !r.properName(h.first) && !r.denied(h.first) {
				r.mark(Gain, h.first, h.last, "", Nobody)
			}
		case c.benefit:
			r.mark(Benefit, h.first, h.last, "", Nobody)
		case c.featureVerb:
			if own {
				r.mark(FeatureVerb, h.first, h.last, "", Nobody)
			}
		case c.hedge:
			if own && !(h.first == h.last && (r.words[h.first].Text == "May" || r.words[h.first].Text == "Might" && h.first > 0)) {
				r.mark(Hedge, h.first, h.last, "", Nobody)
			}
		case c.contest:
			if own {
				r.contest(h)
			}
		case c.polite:
			if own {
				r.mark(Polite, h.first, h.last, "", Nobody)
			}
		case c.call:
			if own {
				r.mark(Call, h.first, h.last, "", Nobody)
			}
		case c.genericAudience:
			if own {
				r.generic(h)
			}
		case c.genericSweep:
			if own {
				r.mark(GenericAudience, h.first, h.last, "sweep", Nobody)
			}
		case c.stockOpening:
			if own {
				r.stockOpening(h)
			}
		case c.stockFiller:
			if own {
				r.mark(Stock, h.first, h.last, "filler", Nobody)
			}
		}
	}
	r.without()
}

// contest leaves alone the "don't" of a step in a how-to and the "stop" that is a button: only a verdict or a refusal takes sides.
func (r *reader) contest(h *hit) {
	switch r.words[h.first].Norm {
	case "don't", "never", "stop":
		if h.first == h.last && h.first > 0 {
			return // takes sides as the sentence's first word only: "Never outsource the scale you bill with"
		}
	case "instead":
		if r.norm(h.last+1) == "of" {
			break
		}
	}
	r.mark(Contest, h.first, h.last, "", Nobody)
}

// generic tells the noun a sentence is about from one it mentions: it stands first, or after "As", "For", "Most" and the like, and a
// verb follows.
func (r *reader) generic(h *hit) {
	kind := "mention"
	lead := h.first
	for lead > 0 && h.first-lead < 3 && genericLead[r.words[lead-1].Norm] {
		lead--
	}
	beginsClause := lead == 0 || r.gaps[lead] != space || clauseWords[r.norm(lead-1)]
	if beginsClause && h.last+1 < len(r.words) && (r.gaps[h.last+1] == space) && !prepositions[r.words[h.last+1].Norm] {
		kind = "subject"
	}
	if kind == "subject" && !h.plural && lead == h.first && !alwaysMany[r.words[h.first].Norm] {
		kind = "mention" // "Team structure", "Company W"
	}
	if kind == "subject" && (r.who[h.first] == us || r.ourOwn(h.first)) {
		return
	}
	r.mark(GenericAudience, h.first, h.last, kind, Nobody)
}

var alwaysMany = closed("people companies everyone everybody anyone")

var genericLead = closed("as any each many most all some modern today's every more and and small large growing successful businesses organisations organizations companies")

// stockOpening marks a ready-made opening and whether it begins the sentence. A template that begins with any word counts only there.
func (r *reader) stockOpening(h *hit) {
	kind := "within"
	if h.kind == "begins" && h.first > 0 {
		return
	}
	if h.first == 0 || h.first == 1 && imperativeLead[r.words[0].Norm] {
		kind = "opening"
	}
	if kind == "within" && !strings.HasPrefix(r.words[h.first].Norm, "in") && !strings.HasPrefix(r.words[h.first].Norm, "with") && h.last-h.first < 3 {
		return // "looking for", "every business" and their like are ordinary words elsewhere
	}
	r.mark(Stock, h.first, h.last, kind, Nobody)
}

// without marks "without re-typing": a benefit link the lists can't hold, since any verb may follow.
func (r *reader) without() {
	for i := 0; i+1 < len(r.words); i++ {
		if r.words[i].Norm == "without" && r.gaps[i+1] == space && strings.HasSuffix(r.words[i+1].Norm, "ing") && !r.is(i, r.lists.benefit) {
			r.mark(Benefit, i, i+1, "", Nobody)
		}
	}
}
