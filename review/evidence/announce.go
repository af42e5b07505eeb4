package evidence

import "strings"

// announcing marks our own feeling put forward as news, and in which form.
func (r *reader) announcing() {
	c := r.lists
	for i := range r.kept {
		h := &r.kept[i]
		if r.quoted(h.first) {
			continue
		}
		switch h.list {
		case c.announcePhrase:
			if !r.overlapped(h) && !r.denied(h.first) && (h.kind != AnnounceAwait || r.emoter(h.first, h.first) == Ours) {
				r.mark(Announce, h.first, h.last, h.kind, Ours)
			}
		case c.announceFeeling:
			if r.is(h.first, c.polite) || r.is(h.first, c.announcePhrase) || r.denied(h.first) || r.emoter(h.first, h.last) != Ours {
				continue
			}
			if first, near := r.subject(h.first); near {
				if last, kind := r.announceForm(h.last); kind != "" {
					r.mark(Announce, first, last, kind, Ours)
				}
			}
		}
	}
}

// overlapped reports whether a fuller form begins within the phrase: "we're so excited" is only the start of "… to announce".
func (r *reader) overlapped(h *hit) bool {
	if h.kind != AnnounceAbout {
		return false
	}
	for i := h.first; i <= h.last; i++ {
		if r.is(i, r.lists.announceFeeling) {
			if _, kind := r.announceForm(i); kind != "" {
				return true
			}
		}
	}
	return false
}

// subject finds who is said to feel, up to eight words before word i, and reports whether it is close enough to be the subject: the
// quotation in a comment begins there.
func (r *reader) subject(i int) (first int, near bool) {
	if r.bare(i) {
		return 0, true
	}
	for j := i - 1; j >= max(0, i-8); j-- {
		if r.who[j] == us || r.who[j] == speaker {
			for j > 0 && r.who[j-1] == us && r.gaps[j] == space {
				j--
			}
			return j, true
		}
	}
	return 0, false
}

// announceForm reads what follows a feeling at word i.
func (r *reader) announceForm(i int) (last int, kind string) {
	c := r.lists
	if strings.HasSuffix(r.words[i].Norm, "ly") { // "proudly introduce"
		if r.is(i+1, c.announceCore) && r.gaps[i+1] == space {
			return i + 1, AnnounceNews
		}
		return 0, ""
	}
	if i+1 >= len(r.words) || r.gaps[i+1] != space {
		return 0, ""
	}
	switch r.words[i+1].Norm {
	case "to":
		for j := i + 2; j < min(len(r.words), i+6) && r.gaps[j] == space; j++ {
			switch n := r.words[j].Norm; {
			case n == "see" || n == "hear" || n == "find" || n == "watch":
				return j, AnnounceSee
			case r.is(j, c.announceCore):
				return j, AnnounceNews
			case toVerbLead[n] || strings.HasSuffix(n, "ly"):
			default:
				return j, AnnounceAct
			}
		}
		if r.norm(i+2) != "" {
			return i + 2, AnnounceAct
		}
	case "that":
		return i + 1, AnnounceThat
	case "about", "by", "with", "of":
		return i + 1, AnnounceAbout
	case "for":
		if r.norm(i+2) == "you" {
			return i + 2, AnnounceForYou
		}
		return i + 1, AnnounceAbout
	}
	return 0, ""
}

var toVerbLead = closed("be able have now also once again been finally today at last both")
