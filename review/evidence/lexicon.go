package evidence

import (
	"maps"
	"slices"
	"strings"

	"github.com/example-org/tellwell/prose"
)

// A class is one list, as a bit, so that a word can be asked for many lists at once.
type class uint64

// A lexicon finds the phrases of all lists in one pass over a sentence. Words are interned, phrases are a trie of interned words.
type lexicon struct {
	vocabulary map[string]uint32
	nodes      []node
	roots      []int32 // by word: the node reached from the start, 0 when no phrase starts with the word
	stars      int32   // the node reached from the start by any word
	ends       []ending
	classes    map[string]class
}

// A node is one place in the trie.
type node struct {
	next map[uint32]int32
	star int32 // after any one word
	gap  int32 // after up to three words
	ends []int32
}

// An ending is a phrase that is complete.
type ending struct {
	list    class
	kind    string
	tense   tense
	plural  bool
	never   bool
	weak    bool
	capital bool
}

// A hit is a phrase found: the words first to last, both inclusive.
type hit struct {
	first, last int
	*ending
}

const maxGap = 3

func newLexicon(lists map[string]list) *lexicon {
	x := &lexicon{vocabulary: map[string]uint32{}, nodes: make([]node, 1), classes: map[string]class{}}
	for i, name := range slices.Sorted(maps.Keys(lists)) {
		if i == 64 {
			panic("evidence: more than 64 lists do not fit a class")
		}
		c := class(1) << i
		x.classes[name] = c
		for _, e := range lists[name].entries {
			for _, f := range forms(e) {
				x.add(f, ending{
					list: c, kind: e.kind, tense: f.tense, plural: f.plural, never: e.never, weak: e.weak, capital: e.capital,
				})
			}
		}
	}
	x.roots = make([]int32, len(x.vocabulary)+1)
	for word, to := range x.nodes[0].next {
		x.roots[word] = to
	}
	x.stars = x.nodes[0].star
	return x
}

func (x *lexicon) add(f form, e ending) {
	at := int32(0)
	for _, word := range strings.FieldsFunc(f.phrase, func(r rune) bool { return r == ' ' || r == '/' || r == ',' }) {
		at = x.step(at, word)
	}
	if at == 0 {
		return
	}
	x.ends = append(x.ends, e)
	x.nodes[at].ends = append(x.nodes[at].ends, int32(len(x.ends)-1))
}

// step returns the node after word, which it makes when there is none.
func (x *lexicon) step(at int32, word string) int32 {
	grow := func() int32 {
		x.nodes = append(x.nodes, node{})
		return int32(len(x.nodes) - 1)
	}
	switch word {
	case "*":
		if x.nodes[at].star == 0 {
			to := grow()
			x.nodes[at].star = to
		}
		return x.nodes[at].star
	case "...":
		if x.nodes[at].gap == 0 {
			to := grow()
			x.nodes[at].gap = to
		}
		return x.nodes[at].gap
	}
	id, ok := x.vocabulary[word]
	if !ok {
		id = uint32(len(x.vocabulary) + 1)
		x.vocabulary[word] = id
	}
	if to := x.nodes[at].next[id]; to != 0 {
		return to
	}
	to := grow()
	if x.nodes[at].next == nil {
		x.nodes[at].next = map[uint32]int32{}
	}
	x.nodes[at].next[id] = to
	return to
}

// intern returns the number of a word, or 0 when no list has it. A possessive is read as its owner.
func (x *lexicon) intern(w *prose.Word) uint32 {
	if id := x.vocabulary[w.Norm]; id != 0 {
		return id
	}
	if n := len(w.Norm); n > 2 && w.Norm[n-2] == '\'' && w.Norm[n-1] == 's' {
		return x.vocabulary[w.Norm[:n-2]]
	} else if n > 1 && w.Norm[n-1] == '\'' {
		return x.vocabulary[w.Norm[:n-1]]
	}
	return 0
}

// find appends every phrase in the words to hits, in order of where it starts. A phrase does not reach over a stop.
func (x *lexicon) find(ids []uint32, gaps []gap, hits []hit) []hit {
	for i, id := range ids {
		if id != 0 {
			if to := x.roots[id]; to != 0 {
				hits = x.follow(to, i, i, ids, gaps, hits)
			}
		}
		if x.stars != 0 && i+1 < len(ids) {
			hits = x.follow(x.stars, i, i, ids, gaps, hits)
		}
	}
	return hits
}

// follow continues from node at, which was reached with the word last.
func (x *lexicon) follow(at int32, first, last int, ids []uint32, gaps []gap, hits []hit) []hit {
	n := &x.nodes[at]
	for _, e := range n.ends {
		hits = append(hits, hit{first, last, &x.ends[e]})
	}
	i := last + 1
	if i >= len(ids) || gaps[i] >= stop {
		return hits
	}
	if n.next != nil && ids[i] != 0 {
		if to := n.next[ids[i]]; to != 0 {
			hits = x.follow(to, first, i, ids, gaps, hits)
		}
	}
	if n.star != 0 {
		hits = x.follow(n.star, first, i, ids, gaps, hits)
	}
	if n.gap != 0 {
		after := &x.nodes[n.gap]
		for skipped := 0; skipped <= maxGap && i < len(ids) && gaps[i] == space; skipped, i = skipped+1, i+1 {
			if to := after.next[ids[i]]; to != 0 && ids[i] != 0 {
				return x.follow(to, first, i, ids, gaps, hits)
			}
		}
	}
	return hits
}

// alone reports whether a word is by itself an entry of one of the lists.
func (x *lexicon) alone(id uint32, lists class) bool {
	if to := x.roots[id]; to != 0 {
		for _, e := range x.nodes[to].ends {
			if x.ends[e].list&lists != 0 && !x.ends[e].never {
				return true
			}
		}
	}
	return false
}
