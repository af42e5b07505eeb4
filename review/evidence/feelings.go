package evidence

import "strings"

// feelings marks affect and whose it is (checks.md, FEELING): the nearest party decides, ours or theirs. In a polite formula it is
// nobody's.
func (r *reader) feelings() {
	for i := range r.kept {
		h := &r.kept[i]
		if h.list != r.lists.feeling || r.properName(h.first) && !r.titled {
			continue
		}
		whose := r.emoter(h.first, h.last)
		if r.is(h.first, r.lists.polite) {
			whose = Nobody
		}
		if whose == Ours && r.quoted(h.first) {
			whose = Theirs
		}
		r.mark(Feeling, h.first, h.last, "", whose)
	}
}

// emoter finds who feels what the words first to last say.
func (r *reader) emoter(first, last int) Whose {
	if r.quoted(first) {
		return Theirs
	}
	// "frustrated planners": the one described follows at once.
	for j := last + 1; j < min(len(r.words), last+3) && r.gaps[j] == space; j++ {
		if r.who[j] == us || determiners[r.words[j].Norm] || prepositions[r.words[j].Norm] || r.words[j].Norm == "that" || r.words[j].Norm == "and" {
			break
		}
		if r.who[j] == them && (r.is(j, r.lists.role) || r.is(j, r.lists.customer)) {
			return Theirs
		}
	}
	for j := first - 1; j >= max(0, first-breath); j-- {
		switch r.who[j] {
		case us, speaker:
			return Ours
		case them:
			return Theirs
		}
	}
	if r.bare(first) && r.is(first, r.lists.announceFeeling) {
		return Ours // "Excited to share …"
	}
	for j := last + 1; j < min(len(r.words), last+breath); j++ {
		if r.who[j] == us {
			return Ours
		} else if r.who[j] == them {
			return Theirs
		}
	}
	return Theirs
}

// bare reports whether nothing but an adverb or two stands before word i in its sentence.
func (r *reader) bare(i int) bool {
	if i > 2 {
		return false
	}
	for j := range i {
		if n := r.words[j].Norm; !strings.HasSuffix(n, "ly") && !imperativeLead[n] && !degrees[n] && n != "today" {
			return false
		}
	}
	return true
}

var degrees = closed("so very really incredibly super truly extremely absolutely beyond more quite especially particularly both also just always")
