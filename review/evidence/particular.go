package evidence

import (
	"strconv"
	"strings"
)

// quoteWords is how long a quotation is before it is a voice (checks.md, PARTICULAR).
const quoteWords = 6

// particular marks what a reader could have seen: persons, roles that act, numbers of things, quotations, moments, places, artefacts.
func (r *reader) particular() {
	c := r.lists
	for i := 0; i < len(r.marks); i++ { // grows below, with other names only
		switch m := r.marks[i]; m.Name {
		case Person:
			r.mark(Particular, m.First, m.Last, "person", m.Whose)
		case Role:
			if last, ok := r.acts(m.First, m.Last); ok {
				r.mark(Particular, m.First, last, "role", m.Whose)
			}
		case Customer:
			if m.Kind == "kin" {
				if last, ok := r.acts(m.First, m.Last); ok {
					r.mark(Particular, m.First, last, "role", Theirs)
				}
			}
		}
	}
	for i := 0; i < len(r.words); i++ {
		switch {
		case r.is(i, c.moment):
		case digit(r.words[i].Text):
			i = r.figure(i)
		case r.is(i, c.numberWord):
			i = r.numberInLetters(i)
		case r.is(i, c.month) && capital(r.words[i].Text):
			i = r.date(i)
		}
	}
	for i := range r.kept {
		h := &r.kept[i]
		switch h.list {
		case c.moment:
			r.mark(Particular, h.first, h.last, "moment", Nobody)
		case c.artefact:
			if !r.properName(h.first) && !r.isCounted(h.first) {
				r.mark(Particular, h.first, h.last, "artefact", Nobody)
			}
		case c.place:
			if r.capitals(h.first, h.last) && r.who[h.first] == noParty && r.who[h.last] == noParty {
				r.mark(Particular, h.first, h.last, "place", Nobody)
			}
		}
	}
	r.quotations()
}

// isCounted reports whether word i is what a number counts: "nine trucks" is one particular, not two.
func (r *reader) isCounted(i int) bool {
	for _, m := range r.marks {
		if m.Name == Particular && m.Kind == "number" && m.First <= i && i <= m.Last {
			return true
		}
	}
	return false
}

// acts finds a finite verb of doing within three words after a role, and returns its place. A bare singular with a plain verb is none
// ("driver print"), nor is a verb after "to" or "can"; only an adverb, "who" or a name may stand between.
func (r *reader) acts(first, last int) (int, bool) {
	if owner(r.words[last].Norm) != r.words[last].Norm {
		return 0, false // "the CEO's door opens"
	}
	many := strings.HasSuffix(r.words[last].Norm, "s") || strings.HasSuffix(r.words[last].Norm, "men") || strings.HasSuffix(r.words[last].Norm, "people")
	for j := last + 1; j < min(len(r.words), last+4); j++ {
		if n := r.words[j].Norm; r.gaps[j] != space {
			return 0, false
		} else if !r.is(j, r.lists.act) {
			if beforeActing[n] || strings.HasSuffix(n, "ly") || capital(r.words[j].Text) && !r.titled {
				continue
			}
			return 0, false
		}
		for k := range r.kept {
			h := &r.kept[k]
			if h.list != r.lists.act || h.first != j {
				continue
			}
			if h.tense == past || h.tense == third && !many || h.tense == plain && many {
				return h.last, true
			}
			return 0, false
		}
	}
	return 0, false
}

var beforeActing = closed("who that still also then now just never always once already often usually first finally even only here there again")

// capitals reports whether the words have capitals, small joining words aside.
func (r *reader) capitals(first, last int) bool {
	for i := first; i <= last; i++ {
		if !capital(r.words[i].Text) && !prepositions[r.words[i].Norm] && r.words[i].Norm != "the" && r.words[i].Norm != "of" && r.words[i].Norm != "de" {
			return false
		}
	}
	return true
}

// properName reports whether a capital at word i, within a sentence that is no title, makes it part of a name.
func (r *reader) properName(i int) bool {
	return !r.titled && i > 0 && capital(r.words[i].Text)
}

// quotations marks runs of somebody's words that are long enough to be a voice.
func (r *reader) quotations() {
	for i := 0; i < len(r.words); i++ {
		first := i
		for i < len(r.words) && r.quoted(i) {
			i++
		}
		if i-first >= quoteWords {
			r.mark(Particular, first, i-1, "quote", Nobody)
		}
	}
}

// figure reads the number in digits at word i and returns the last word it used. Versions, years, list numbers and the prices of
// plans are no particulars.
func (r *reader) figure(i int) int {
	text := r.words[i].Text
	before, after := r.between(i), r.between(i+1)
	if last, ok := r.clock(i); ok {
		r.mark(Particular, i, last, "moment", Nobody)
		return last
	}
	if r.is(i+1, r.lists.month) && capital(r.words[i+1].Text) && r.gaps[i+1] == space && dayOfMonth(text) {
		r.mark(Particular, i, i+1, "moment", Nobody)
		return i + 1
	}
	switch {
	case strings.HasSuffix(before, "$"), strings.HasSuffix(before, "€"), strings.HasSuffix(before, "£"):
		if !r.priceOfPlan(i) {
			r.mark(Particular, i, i, "number", Nobody)
		}
		return i
	case strings.HasPrefix(after, "%"):
		if text != "100" {
			r.mark(Particular, i, i, "number", Nobody)
		}
		return i
	case attachedUnit(text):
		r.mark(Particular, i, i, "number", Nobody)
		return i
	case !plainNumber(text), strings.HasSuffix(before, "#"), strings.HasSuffix(before, "."), strings.HasSuffix(before, "/"), strings.HasPrefix(after, "/"):
		return i
	case i == 0 && (strings.HasPrefix(after, ".") || strings.HasPrefix(after, ")")):
		return i // a list's number
	case listWords[r.norm(i-1)], len(text) > 8 && !strings.Contains(text, ","):
		return i // "step 3", or a telephone number
	}
	if last, ok := r.counted(i, text); ok {
		r.mark(Particular, i, last, "number", Nobody)
		return last
	}
	return i
}

var listWords = closed("step chapter part figure version phase level page section season issue item room pillar stage rule tip tier type volume episode " +
	"option table appendix lesson module unit article no number top line port model series web day week http error code python java node windows ios")

// counted reports whether the number at word i counts something: a unit after it, "41 of the 50", a plural noun, or its own size.
func (r *reader) counted(i int, text string) (last int, ok bool) {
	year := isYear(text)
	named := i > 0 && capital(r.words[i-1].Text) && owner(r.words[i-1].Norm) == r.words[i-1].Norm && r.gaps[i] == space && !r.titled && (i > 1 || r.who[i-1] == us)
	if strings.Contains(text, ".") && (named || strings.Count(text, ".") > 1) {
		return 0, false // "Relay 2.0"
	}
	for j := i + 1; j < min(len(r.words), i+4) && r.gaps[j] == space; j++ {
		if r.is(j, r.lists.unit) && !(year && j > i+1) && text != "1" {
			return j, true
		}
		if prepositions[r.words[j].Norm] || auxiliaries[r.words[j].Norm] || clauseWords[r.words[j].Norm] || r.words[j].Norm == "and" {
			break
		}
	}
	if year || named {
		return 0, false
	}
	if r.norm(i+1) == "of" && (determiners[r.norm(i+2)] || i+2 < len(r.words) && capital(r.words[i+2].Text)) {
		return min(i+2, len(r.words)-1), true
	}
	if value(text) >= 10 {
		for j := i + 1; j < min(len(r.words), i+3) && r.gaps[j] == space; j++ {
			if pluralNoun(r.words[j].Text, r.words[j].Norm) {
				return j, true
			}
			if prepositions[r.words[j].Norm] || auxiliaries[r.words[j].Norm] || clauseWords[r.words[j].Norm] || capital(r.words[j].Text) {
				break
			}
		}
	}
	return i, strings.Contains(text, ",") || len(text) >= 5 && !strings.Contains(text, ".")
}

func pluralNoun(text, norm string) bool {
	return len(norm) >= 4 && !capital(text) && strings.HasSuffix(norm, "s") && !strings.HasSuffix(norm, "ss") && !strings.HasSuffix(norm, "'s") &&
		!auxiliaries[norm] && !clauseWords[norm] && !notPlural[norm]
}

var notPlural = closed("this always perhaps across towards includes adds brings comes introduces supports makes gives means was does thus series plus versus")

// numberInLetters reads "nine of our trucks", "eleven gates".
func (r *reader) numberInLetters(i int) int {
	if r.properName(i) {
		return i
	}
	for j := i + 1; j < min(len(r.words), i+4) && r.gaps[j] == space; j++ {
		n := r.words[j].Norm
		switch {
		case r.is(j, r.lists.unit) && n != "times" && n != "second":
			r.mark(Particular, i, j, "number", Nobody)
			return j
		case n == "percent", n == "million", n == "billion":
			r.mark(Particular, i, j, "number", Nobody)
			return j
		case auxiliaries[n], clauseWords[n], n != "of" && prepositions[n]:
			return i
		}
	}
	return i
}

// clock reads a time of day that begins at word i: "5:10", "4 p.m.", "6am", "7 o'clock".
func (r *reader) clock(i int) (last int, ok bool) {
	text := r.words[i].Norm
	if digits, ok := cutMeridiem(text); ok && hour(digits) {
		return i, true
	}
	if i+1 >= len(r.words) {
		return i, false
	}
	next := r.words[i+1].Norm
	switch gap := r.between(i + 1); {
	case gap == ":" && hour(text):
		minutes, _ := cutMeridiem(next)
		if len(minutes) == 2 && plainNumber(minutes) && value(minutes) < 60 && !strings.HasPrefix(r.between(i+2), ":") {
			if isMeridiem(r.norm(i + 2)) {
				return i + 2, true
			}
			return i + 1, true
		}
	case gap == " " && hour(text) && (isMeridiem(next) || next == "o'clock"):
		return i + 1, true
	}
	return i, false
}

func isMeridiem(s string) bool {
	return s == "am" || s == "pm" || s == "a.m" || s == "p.m"
}

func cutMeridiem(s string) (string, bool) {
	for _, m := range []string{"am", "pm", "a.m", "p.m"} {
		if d, ok := strings.CutSuffix(s, m); ok {
			return d, true
		}
	}
	return s, false
}

func hour(s string) bool {
	return len(s) > 0 && len(s) <= 2 && plainNumber(s) && value(s) <= 24
}

// date reads a month at word i: with a day of the month, or after a word such as "in".
func (r *reader) date(i int) int {
	first, last := i, i
	switch {
	case i+1 < len(r.words) && dayOfMonth(r.words[i+1].Text) && r.gaps[i+1] == space:
		last = i + 1
	case i > 0 && r.gaps[i] == space && dayOfMonth(r.words[i-1].Text), i > 0 && beforeMonth[r.words[i-1].Norm]:
		first = i - 1
	default:
		return i
	}
	r.mark(Particular, first, last, "moment", Nobody)
	return last
}

var beforeMonth = closed("in last until till by since every this next early late mid of")

// priceOfPlan reports whether the sum at word i is what a plan costs: "$9/month", "$49 per user".
func (r *reader) priceOfPlan(i int) bool {
	for j := i + 1; j < min(len(r.words), i+4); j++ {
		switch r.words[j].Norm {
		case "month", "mo", "monthly", "year", "yr", "annually", "user", "seat", "pm":
			return r.norm(j-1) == "per" || r.norm(j-1) == "a" || strings.Contains(r.between(j), "/") || r.words[j].Norm == "monthly" || r.words[j].Norm == "annually"
		}
	}
	return false
}

func isYear(s string) bool {
	return len(s) == 4 && plainNumber(s) && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20"))
}

func plainNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && c != ',' && c != '.' {
			return false
		}
	}
	return s != ""
}

func value(s string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil {
		return 0
	}
	return v
}

func dayOfMonth(s string) bool {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		s = strings.TrimSuffix(s, end)
	}
	return len(s) <= 2 && plainNumber(s) && value(s) >= 1 && value(s) <= 31
}

// attachedUnit reports whether a word is a number with its unit: "10x", "40km".
func attachedUnit(s string) bool {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.' || s[end] == ',') {
		end++
	}
	return end > 0 && units[strings.ToLower(s[end:])]
}

var units = closed("x k m bn km kg g mg ml l cm mm mi ft in lb lbs kw kwh mw mwh gw kb mb gb tb pb ms s sec min mins h hr hrs hz khz mhz ghz kv v w rpm mph kph ha")

// proof marks what a claim can rest on.
func (r *reader) proof() {
	for i := 0; i < len(r.marks); i++ {
		m := r.marks[i]
		if m.Name == Particular && (m.Kind == "number" || m.Kind == "quote") {
			r.mark(Proof, m.First, m.Last, m.Kind, Nobody)
		}
	}
	for i := range r.kept {
		if h := &r.kept[i]; h.list == r.lists.proof && !r.unnamedSource(h) {
			r.mark(Proof, h.first, h.last, h.kind, Nobody)
		}
	}
	for i := 0; i < len(r.words); i++ {
		if first := i; r.words[i].Linked {
			for i+1 < len(r.words) && r.words[i+1].Linked {
				i++
			}
			r.mark(Proof, first, i, "link", Nobody)
		}
	}
	r.colonList()
}

// unnamedSource reports whether "according to" or "used by" names nobody: no capital, number or link follows within six words.
func (r *reader) unnamedSource(h *hit) bool {
	if h.kind != "source" && h.kind != "users" {
		return false
	}
	for j := h.last + 1; j < min(len(r.words), h.last+7); j++ {
		if w := &r.words[j]; w.Linked || digit(w.Text) || capital(w.Text) && !r.titled || r.who[j] == them && h.kind == "source" && r.is(j, r.lists.role) {
			return false
		}
	}
	return true
}

// colonList marks a colon with a list after it, or a list to come.
func (r *reader) colonList() {
	text := strings.TrimRight(r.s.Text, " ")
	if n := len(r.words); n > 2 && strings.HasSuffix(text, ":") {
		r.mark(Proof, n-1, n-1, "list", Nobody)
		return
	}
	for i := 1; i+1 < len(r.words); i++ {
		if strings.HasPrefix(r.between(i), ": ") {
			for j := i + 1; j < len(r.words); j++ {
				if r.gaps[j] == comma {
					r.mark(Proof, i, len(r.words)-1, "list", Nobody)
					return
				}
			}
			return
		}
	}
}
