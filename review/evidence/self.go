package evidence

import (
	"maps"
	"slices"
	"strings"

	"github.com/example-org/tellwell/prose"
)

// selves marks the company: by pronoun, by its configured names, and by the names the page uses as its own. Words in somebody
// else's mouth are not ours, and a "we" that takes the reader along is marked as that.
func (r *reader) selves() {
	c := r.lists
	for i := range r.kept {
		h := &r.kept[i]
		switch {
		case h.list == c.inclusive && !r.quoted(h.first) && !r.letsName(h):
			r.mark(Inclusive, h.first, h.last, "", Nobody)
		case h.list == c.self:
			r.pronoun(h)
		case h.list == c.name && !r.quoted(h.first):
			r.self(h.first, h.last, h.kind)
		}
	}
	for i := range r.words {
		if r.who[i] == noParty {
			r.who[i] = pronounParty(r.words[i].Norm)
		}
		if last, ok := r.names.at(r.words, i); ok && !r.quoted(i) && r.who[i] != us {
			r.self(i, last, "inferred")
		}
	}
}

func (r *reader) pronoun(h *hit) {
	switch {
	case r.words[h.first].Text == "US": // the country
	case r.quoted(h.first):
		r.who[h.first] = them
	case r.is(h.first, r.lists.inclusive):
	default:
		r.self(h.first, h.last, "we")
	}
}

// letsName reports whether "Let's" only begins a name, as capitals go: "Let's Encrypt".
func (r *reader) letsName(h *hit) bool {
	next := h.last + 1
	return h.first == h.last && next < len(r.words) && r.gaps[next] == space && capital(r.words[next].Text)
}

func (r *reader) self(first, last int, kind string) {
	r.mark(Self, first, last, kind, Ours)
	for i := first; i <= last; i++ {
		r.who[i] = us
	}
}

// pronouns are the parties that pronouns stand for, ours aside, which is a list.
var pronouns = parties(map[party]string{
	them: "they they're they've they'll their theirs them themselves he she he's she's his her hers him himself herself who whoever " +
		"everyone everybody nobody someone anyone no-one one's",
	speaker: "i i'm i've i'll i'd my mine me myself",
})

func parties(words map[party]string) map[string]party {
	out := map[string]party{}
	for p, list := range words {
		for w := range closed(list) {
			out[w] = p
		}
	}
	return out
}

func pronounParty(norm string) party {
	if len(norm) > 10 {
		return noParty
	}
	return pronouns[norm]
}

// names are the names that a page uses as the company's own or its product's, by their first word.
type names map[string][][]string

func (n names) sorted() []string {
	var out []string
	for _, first := range slices.Sorted(maps.Keys(n)) {
		for _, name := range n[first] {
			out = append(out, strings.Join(name, " "))
		}
	}
	return out
}

func (n names) add(words []string) {
	for _, have := range n[words[0]] {
		if slices.Equal(have, words) {
			return
		}
	}
	n[words[0]] = append(n[words[0]], words)
	slices.SortFunc(n[words[0]], func(a, b []string) int {
		if len(a) != len(b) {
			return len(b) - len(a) // longest first
		}
		return slices.Compare(a, b)
	})
}

// at returns the last word of the longest name that begins at word i.
func (n names) at(words []prose.Word, i int) (last int, ok bool) {
	if len(n) == 0 || !capital(words[i].Text) {
		return 0, false
	}
next:
	for _, name := range n.from(words[i].Norm) {
		if i+len(name) > len(words) {
			continue
		}
		for j, w := range name {
			if n := words[i+j].Norm; n != w && owner(n) != w || !capital(words[i+j].Text) && !digit(words[i+j].Text) {
				continue next
			}
		}
		return i + len(name) - 1, true
	}
	return 0, false
}

// from returns the names that begin with a word, or with the owner it names.
func (n names) from(norm string) [][]string {
	if list, ok := n[norm]; ok {
		return list
	}
	return n[owner(norm)]
}

// owner takes the possessive from a word.
func owner(norm string) string {
	return strings.TrimSuffix(strings.TrimSuffix(norm, "'s"), "'")
}

// inferNames finds the names that a page uses as its own, so that a page without configuration is read too. It prefers to miss one:
// "At Brightfold we …" and "Norvik is proud to …" settle it; "Introducing Relay" needs the name twice more; "Kelvane has
// launched …" needs to stand in the title or the opening, and the name three times in all.
func inferNames(page *prose.Page, lists *Lists) names {
	found := names{}
	cue := cueReader{reader: newReader(lists), found: found, wanted: map[string]need{}}
	cue.look(page.Title, true)
	seen := 0
	for i := range page.Blocks {
		b := &page.Blocks[i]
		if !b.IsProse() && b.Kind != prose.Heading {
			continue
		}
		for _, s := range b.Sentences {
			cue.look(s, b.IsProse() && seen < 3 || b.Kind == prose.Heading && b.Level == 1)
			if b.IsProse() {
				seen++
			}
		}
	}
	keys := slices.Sorted(maps.Keys(cue.wanted))
	slices.Reverse(keys) // a longer name before the shorter one it begins with
	for _, key := range keys {
		want := cue.wanted[key]
		count := uses(page, want.words)
		for _, longer := range found[want.words[0]] {
			if len(longer) > len(want.words) && slices.Equal(longer[:len(want.words)], want.words) {
				count -= uses(page, longer)
			}
		}
		if count >= want.times {
			found.add(want.words)
		}
	}
	for _, first := range slices.Collect(maps.Keys(found)) {
		// A word that the page also writes small is a word, not a name.
		found[first] = slices.DeleteFunc(found[first], func(name []string) bool { return len(name) == 1 && written(page, name[0]) })
	}
	return found
}

// A need is a name that counts once the page has it often enough.
type need struct {
	words []string
	times int
}

type cueReader struct {
	*reader
	found  names
	wanted map[string]need
}

var (
	wePronouns    = closed("we our we're we've we'll us")
	introducing   = closed("introducing announcing meet launching presenting")
	releaseVerbs  = closed("launches announces introduces unveils releases")
	releasedVerbs = closed("launched announced introduced unveiled released")
	// Names everybody uses, which "At GitHub, we" might make ours: they still need the cue, but never the weaker ones.
	othersNames = closed("github gitlab google microsoft apple amazon aws azure twitter facebook linkedin youtube slack discord docker kubernetes linux windows macos ios android " +
		"javascript python java rust go node react vue angular wordpress bitcoin ethereum ai iot eu us uk i the a an this that these those it we you our your my new old all some today now here there")
)

// look finds the cues in one sentence. Only a capital beside a cue word makes it worth reading.
func (c *cueReader) look(s prose.Sentence, prominent bool) {
	for i := range s.Words {
		w := &s.Words[i]
		if w.Quoted {
			continue
		}
		switch {
		case w.Norm == "at" && i+2 < len(s.Words) && capital(s.Words[i+1].Text):
			end := nameEnd(s, i+1)
			if end < len(s.Words) && wePronouns[s.Words[end].Norm] {
				c.take(s, i+1, end, 1)
			}
		case i == 0 && introducing[w.Norm] && len(s.Words) > 1:
			if end := nameEnd(s, 1); end > 1 {
				c.take(s, 1, end, 3)
			}
		case capital(w.Text) && (i == 0 || !capital(s.Words[i-1].Text)):
			end := nameEnd(s, i)
			if end < len(s.Words) && s.Words[end].Norm == "are" && (i == 0 && end == 1 || i > 0 && prepositions[s.Words[i-1].Norm]) {
				continue // "Movers are thrilled to hear", "the buyers at Kettle are excited to see": others are
			}
			if c.announces(s, end) {
				c.take(s, i, end, 1)
			} else if prominent && releases(s, end) {
				c.take(s, i, end, 3)
			}
		}
	}
}

// announces reports whether "is proud to" and its like stand at word i.
func (c *cueReader) announces(s prose.Sentence, i int) bool {
	if i+2 >= len(s.Words) || s.Words[i].Norm != "is" && s.Words[i].Norm != "are" {
		return false
	}
	for j := i + 1; j <= i+2 && j+1 < len(s.Words); j++ {
		id := c.lex.intern(&s.Words[j])
		if id != 0 && s.Words[j+1].Norm == "to" && c.lex.alone(id, c.lists.announceFeeling) {
			return true
		}
	}
	return false
}

func releases(s prose.Sentence, i int) bool {
	if i >= len(s.Words) {
		return false
	}
	if releaseVerbs[s.Words[i].Norm] {
		return true
	}
	return s.Words[i].Norm == "has" && (i+1 < len(s.Words) && releasedVerbs[s.Words[i+1].Norm] || i+2 < len(s.Words) && releasedVerbs[s.Words[i+2].Norm])
}

// nameEnd returns the index after the run of up to three capitalised words that begins at word i.
func nameEnd(s prose.Sentence, i int) int {
	end := i
	for end < len(s.Words) && end < i+3 && capital(s.Words[end].Text) {
		if end > i && s.Words[end].Offset != s.Words[end-1].Offset+len(s.Words[end-1].Text)+1 {
			break // something other than a space stands between
		}
		end++
	}
	return end
}

// take takes the words from first up to end for a name of ours, once it is on the page so many times.
func (c *cueReader) take(s prose.Sentence, first, end, times int) {
	if first >= end {
		return
	}
	var words []string
	for i := first; i < end; i++ {
		n := s.Words[i].Norm
		if i == end-1 {
			n = owner(n)
		}
		if i == first && (n == "the" || n == "today" || n == "here") && end > first+1 {
			first++
			continue
		}
		id := c.lex.intern(&s.Words[i])
		if id != 0 && c.lex.alone(id, c.lists.givenName|c.lists.place|c.lists.month|c.lists.moment|c.lists.honorific|c.lists.role|c.lists.customer|c.lists.kin) {
			return // a person or a place
		}
		words = append(words, n)
	}
	if len(words) == 0 || pronounParty(words[0]) != noParty || clauseWords[words[0]] || prepositions[words[0]] || othersNames[words[0]] && times > 0 && (times > 1 || len(words) == 1) || len(words[0]) < 2 {
		return
	}
	if times <= 1 {
		c.found.add(words)
		return
	}
	// In a title every word may have a capital, so the shorter names are tried too.
	for n := len(words); n > 0; n-- {
		key := strings.Join(words[:n], " ")
		if old, ok := c.wanted[key]; !ok || old.times > times {
			c.wanted[key] = need{words[:n:n], times}
		}
	}
}

// uses counts how often a page has a name, capitalised.
func uses(page *prose.Page, name []string) int {
	one := names{name[0]: {name}}
	count := 0
	for i := range page.Blocks {
		b := &page.Blocks[i]
		if !b.IsProse() && b.Kind != prose.Heading {
			continue
		}
		for _, s := range b.Sentences {
			for j := range s.Words {
				if _, ok := one.at(s.Words, j); ok {
					count++
				}
			}
		}
	}
	return count
}

// written reports whether a page has a word without a capital.
func written(page *prose.Page, norm string) bool {
	for i := range page.Blocks {
		if !page.Blocks[i].IsProse() {
			continue
		}
		for _, s := range page.Blocks[i].Sentences {
			for j := range s.Words {
				if s.Words[j].Norm == norm && s.Words[j].Text == norm {
					return true
				}
			}
		}
	}
	return false
}
