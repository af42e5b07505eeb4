package evidence

// listClasses are the classes of the lists that the reading names.
type listClasses struct {
	self, inclusive, name                                           class
	reader, imperative, imperativeNoun, imperativeCall              class
	role, customer, kin, genericAudience, genericSweep              class
	givenName, honorific, say                                       class
	problem, stakes, gain, feeling, polite                          class
	benefit, proof, featureVerb, call                               class
	announceFeeling, announceVerb, announceCore, announcePhrase     class
	studies, absolute, puff, softPuff, slogan, vagueVerb, vagueNoun class
	stockOpening, stockFiller, hedge, contest                       class
	artefact, place, unit, numberWord, moment, month, act           class
	negation, attribution                                           class
}

func classesOf(x *lexicon) listClasses {
	c := x.classes
	return listClasses{
		self: c["self"], inclusive: c["inclusive"], name: c[nameList],
		reader: c["reader"], imperative: c["imperative"], imperativeNoun: c["imperative_noun"], imperativeCall: c["imperative_call"],
		role: c["role"], customer: c["customer"], kin: c["kin"],
		genericAudience: c["generic_audience"], genericSweep: c["generic_sweep"],
		givenName: c["given_name"], honorific: c["honorific"], say: c["say"],
		problem: c["problem"], stakes: c["stakes"], gain: c["gain"], feeling: c["feeling"], polite: c["polite"],
		benefit: c["benefit"], proof: c["proof"], featureVerb: c["feature_verb"], call: c["call"],
		announceFeeling: c["announce_feeling"], announceVerb: c["announce_verb"],
		announceCore: c["announce_core"], announcePhrase: c["announce_phrase"],
		studies: c["studies"], absolute: c["absolute"], puff: c["puff"], softPuff: c["soft_puff"], slogan: c["slogan"],
		vagueVerb: c["vague_verb"], vagueNoun: c["vague_noun"],
		stockOpening: c["stock_opening"], stockFiller: c["stock_filler"], hedge: c["hedge"], contest: c["contest"],
		artefact: c["artefact"], place: c["place"], unit: c["unit"], numberWord: c["number_word"],
		moment: c["moment"], month: c["month"], act: c["act"],
		negation: c["negation"], attribution: c["attribution"],
	}
}
