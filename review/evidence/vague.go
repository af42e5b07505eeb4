package evidence

// vague marks a verb of promise and what it is said to change, within four words and one clause. A verb such as "add" or "provide"
// needs one of the emptiest nouns.
func (r *reader) vague() {
	c := r.lists
	for i := 0; i < len(r.kept); i++ {
		v := &r.kept[i]
		if v.list != c.vagueVerb || r.quoted(v.first) || r.isNoun(v) || r.denied(v.first) {
			continue
		}
		for j := v.last + 1; j < min(len(r.words), v.last+5) && r.gaps[j] == space; j++ {
			if noun := r.hitAt(c.vagueNoun, j); noun != nil && (v.kind != "weak" || noun.kind == "core") && !r.modifies(noun) {
				r.mark(Vague, v.first, noun.last, r.words[v.first].Norm+" "+r.words[noun.first].Norm, r.claimedOf(&hit{v.first, noun.last, nil}))
				break
			}
			n := r.words[j].Norm
			if clauseWords[n] || auxiliaries[n] || prepositions[n] || j > v.last+1 && r.hitAt(c.vagueVerb, j) != nil {
				break
			}
		}
	}
}

// isNoun reports whether a determiner makes the verb a noun: "a boost", "the drive".
func (r *reader) isNoun(v *hit) bool {
	return (v.tense == plain || v.tense == third) && v.first > 0 && r.gaps[v.first] == space && determiners[r.words[v.first-1].Norm] &&
		r.words[v.first-1].Norm != "that" && r.words[v.first-1].Norm != "this"
}

// modifies reports whether the noun only describes the next one, as a term of art: "process control", "performance tests".
func (r *reader) modifies(noun *hit) bool {
	j := noun.last + 1
	return j < len(r.words) && r.gaps[j] == space && pluralNoun(r.words[j].Text, r.words[j].Norm) && r.hitAt(r.lists.vagueNoun, j) == nil && !r.is(j, r.lists.vagueVerb)
}

// hitAt returns the phrase of a list that begins at word i, or nil.
func (r *reader) hitAt(list class, i int) *hit {
	if !r.is(i, list) {
		return nil
	}
	for k := range r.kept {
		if h := &r.kept[k]; h.list == list && h.first == i {
			return h
		}
	}
	return nil
}
