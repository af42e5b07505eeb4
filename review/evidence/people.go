package evidence

import "strings"

// readers marks where the reader is addressed: by "you", or by an imperative that opens the sentence.
func (r *reader) readers() {
	for i := range r.kept {
		if h := &r.kept[i]; h.list == r.lists.reader && !r.quoted(h.first) {
			r.mark(Reader, h.first, h.last, "you", Theirs)
			r.mark(Customer, h.first, h.last, "reader", Theirs)
			r.who[h.first] = them
		} else if h.list == r.lists.reader {
			r.who[h.first] = them
		}
	}
	if i, kind := r.imperative(); kind != "" {
		r.mark(Reader, i, i, kind, Theirs)
		if kind == "imperative" {
			r.mark(Customer, i, i, "reader", Theirs)
		}
	}
}

var (
	imperativeLead = closed("just please simply now then next first finally also instead and or so but always")
	afterNever     = closed("again before more mind ever a the in has have had was is were did")
)

// imperative finds the verb that tells the reader to do something, if one opens the sentence.
func (r *reader) imperative() (int, string) {
	i := 0
	for i < len(r.words) && i < 2 && imperativeLead[r.words[i].Norm] {
		i++
	}
	c := r.lists
	if i+1 >= len(r.words) || r.quoted(i) || !r.is(i, c.imperative|c.imperativeNoun|c.imperativeCall) || r.gaps[i+1] == stop {
		return 0, ""
	}
	next := r.words[i+1].Norm
	switch {
	case r.words[i].Norm == "never" && afterNever[next], r.words[i].Norm == "do" && next != "not":
		return 0, ""
	case auxiliaries[next] && !objects[next], r.words[i].Norm == "have" && (next == "you" || pronounParty(next) != noParty || next == "we"):
		return 0, ""
	case r.is(i, c.imperativeNoun):
		if !objects[next] || prepositions[next] && next != "on" {
			return 0, ""
		}
	case r.words[i].Norm == "meet" && auxiliaries[next]:
		return 0, ""
	}
	if r.is(i, c.call) || !r.is(i, c.imperative|c.imperativeNoun) || r.is(i, c.imperativeCall) && (inviting[next] || inviting[r.norm(i+2)]) {
		return i, "call" // "Learn more", "Check out our guide"
	}
	return i, "imperative"
}

var inviting = closed("our us out")

var (
	genericPeople = closed("user users people folks someone somebody whoever community communities person persons members member staff crew crews end-user end-users")
	ownPeople     = closed("employee employees staff colleague colleagues crew crews worker workers volunteer volunteers community contributor contributors")
	particles     = closed("de da di du la le van von der den del al bin ibn el")
)

// people marks roles, customers and named persons.
func (r *reader) people() {
	c := r.lists
	for i := range r.kept {
		h := &r.kept[i]
		switch h.list {
		case c.role:
			r.role(h)
		case c.customer:
			r.customer(h)
		case c.kin:
			if r.class[h.first]&(c.role|c.customer) == 0 {
				r.mark(Customer, h.first, h.last, "kin", Theirs)
				r.stand(h.first, h.last, them)
			}
		}
	}
	for i := 0; i < len(r.words); i++ {
		if !capital(r.words[i].Text) || r.who[i] == us {
			continue
		}
		if last, kind := r.person(i); kind != "" {
			whose := r.ownPerson(i, last)
			r.mark(Person, i, last, kind, whose)
			if whose == Ours {
				r.stand(i, last, us)
			} else {
				r.stand(i, last, them)
			}
			i = last
		}
	}
}

func (r *reader) stand(first, last int, p party) {
	for i := first; i <= last; i++ {
		r.who[i] = p
	}
}

func (r *reader) role(h *hit) {
	whose := Theirs
	if r.ourOwn(h.first) {
		whose = Ours
	}
	r.mark(Role, h.first, h.last, "", whose)
	if whose == Ours {
		r.stand(h.first, h.last, us)
		return
	}
	r.mark(Customer, h.first, h.last, "role", Theirs)
	r.stand(h.first, h.last, them)
}

func (r *reader) customer(h *hit) {
	if r.is(h.first, r.lists.role) || ownPeople[r.words[h.last].Norm] && r.ourOwn(h.first) {
		return
	}
	kind := "customer"
	if genericPeople[owner(r.words[h.last].Norm)] {
		kind = "generic"
	}
	r.mark(Customer, h.first, h.last, kind, Theirs)
	r.stand(h.first, h.last, them)
}

// ourOwn reports whether "our" or a name of ours with an 's stands up to three words before word i, in one breath with it.
func (r *reader) ourOwn(i int) bool {
	for j := i - 1; j >= max(0, i-3) && r.gaps[j+1] == space; j-- {
		n := r.words[j].Norm
		switch {
		case n == "our", r.who[j] == us && len(n) > 2 && n[len(n)-2:] == "'s":
			return true
		case determiners[n], prepositions[n], clauseWords[n], r.who[j] != noParty:
			return false
		}
	}
	return false
}

// ownPerson tells a colleague from anybody else: "our founder Ines Gil", "Ines Gil, CEO of Tankwise".
func (r *reader) ownPerson(first, last int) Whose {
	if r.ourOwn(first) {
		return Ours
	}
	for j := first - 1; j >= max(0, first-3); j-- {
		if r.is(j, r.lists.role) && r.who[j] == us {
			return Ours
		}
	}
	if last+1 >= len(r.words) || r.gaps[last+1] == space {
		return Theirs
	}
	for j := last + 1; j < min(len(r.words), last+7); j++ {
		if j > last+1 && r.gaps[j] != space {
			break
		}
		if r.who[j] == us {
			return Ours
		}
	}
	return Theirs
}

// person reads a named person that begins at word i, which has a capital.
func (r *reader) person(i int) (last int, kind string) {
	c := r.lists
	if r.is(i, c.honorific) {
		if !r.surname(i+1) || r.titled && !plainHonorifics[r.words[i].Norm] {
			return 0, ""
		}
		return r.nameRun(i + 1), "honorific"
	}
	if r.is(i, c.givenName) && !acronym(r.words[i].Text) {
		if r.surname(i+1) && !r.is(i+1, c.place|c.month) {
			if !r.weakName(i) || !r.titled && r.supported(i, r.nameRun(i+1)) {
				return r.nameRun(i + 1), "full"
			}
			return 0, ""
		}
		if r.weakName(i) || r.titled || i+1 < len(r.words) && capital(r.words[i+1].Text) && r.gaps[i+1] == space {
			return 0, ""
		}
		return i, "first"
	}
	if r.titled || i == 0 && !r.surname(1) || !r.surname(i+1) || i > 0 && capital(r.words[i-1].Text) && r.gaps[i] == space {
		return 0, ""
	}
	if notNames[r.words[i].Norm] || determiners[r.words[i].Norm] || auxiliaries[r.words[i].Norm] || prepositions[r.words[i].Norm] || clauseWords[r.words[i].Norm] ||
		r.class[i]&(c.place|c.month|c.moment|c.role|c.imperative|c.imperativeCall|c.imperativeNoun) != 0 {
		return 0, ""
	}
	last = r.nameRun(i + 1)
	if last-i > 2 || !r.speaks(i, last) {
		return 0, ""
	}
	return last, "full"
}

// acronym reports whether a short word is all capitals, as no given name is.
func acronym(text string) bool {
	return len(text) > 1 && len(text) < 5 && strings.ToUpper(text) == text
}

// notNames begin the capitalised names of countries, unions and institutions.
var notNames = closed("united european national international new north south east west northern southern eastern western american british general open global central royal")

var plainHonorifics = closed("mr mrs ms mx dr prof professor")

// surname reports whether word i could be a surname: a capital, one space after the word before it, and not a name of ours.
func (r *reader) surname(i int) bool {
	return i > 0 && i < len(r.words) && (capital(r.words[i].Text) || particles[r.words[i].Norm] && i+1 < len(r.words) && capital(r.words[i+1].Text)) &&
		r.gaps[i] == space && r.who[i] != us && len(r.words[i].Text) > 1 && r.words[i].Norm != "i" && !r.is(i, r.lists.role)
}

// nameRun returns the last word of a name whose surname begins at word i.
func (r *reader) nameRun(i int) int {
	for i+1 < len(r.words) && !r.titled && r.surname(i+1) && r.words[i].Norm == owner(r.words[i].Norm) {
		i++
	}
	return i
}

// weakName reports whether the given name at word i is also an ordinary word or a place.
func (r *reader) weakName(i int) bool {
	for j := range r.kept {
		if h := &r.kept[j]; h.first == i && h.list == r.lists.givenName && !h.weak {
			return false
		}
	}
	return true
}

// supported reports whether what stands around a doubtful name makes it a person's: speech, a role, an act.
func (r *reader) supported(first, last int) bool {
	if r.speaks(first, last) {
		return true
	}
	if j := last + 1; j < len(r.words) && r.gaps[j] == space && r.is(j, r.lists.act) {
		return true
	}
	return r.is(first-1, r.lists.role) || r.norm(first-1) == "by" || r.norm(first-1) == "with"
}

// speaks reports whether the words first to last are told to speak ("says Jo Ortega", "Jo Ortega told us") or are given a role after
// a comma ("Jo Ortega, night-shift planner").
func (r *reader) speaks(first, last int) bool {
	c := r.lists
	if r.spoke(first - 1) {
		return true
	}
	if last+1 >= len(r.words) {
		return false
	}
	if r.gaps[last+1] == space && r.spoke(last+1) {
		return true
	}
	if !strings.HasPrefix(r.between(last+1), ",") {
		return false
	}
	for j := last + 1; j < min(len(r.words), last+6) && (j == last+1 || r.gaps[j] == space); j++ {
		if r.is(j, c.role) {
			return true
		}
	}
	return false
}

// spoke reports whether the verb of speech at word i is in a form that has a speaker beside it: "says", "told".
func (r *reader) spoke(i int) bool {
	for j := range r.kept {
		if h := &r.kept[j]; h.list == r.lists.say && h.first <= i && i <= h.last {
			return h.tense == third || h.tense == past
		}
	}
	return false
}
