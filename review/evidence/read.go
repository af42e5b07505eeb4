package evidence

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/example-org/tellwell/prose"
)

// Read reads a page with the lists.
func Read(page *prose.Page, lists *Lists) *Page {
	p := &Page{Source: page, blocks: make([][]*Sentence, len(page.Blocks))}
	r := newReader(lists)
	r.names = inferNames(page, lists)
	p.Names = r.names.sorted()

	ending := lastProse(page)
	for i := range page.Blocks {
		block := &page.Blocks[i]
		said := block.Kind == prose.Quoted
		heading := block.Kind == prose.Heading
		if !block.IsProse() && !heading && !said {
			continue
		}
		for _, words := range block.Sentences {
			s := &Sentence{Sentence: words, Block: i, Index: -1, Heading: heading, ListItem: block.Kind == prose.ListItem}
			if block.IsProse() {
				s.Index = len(p.Sentences)
				s.Opening = s.Index < 3
				s.Ending = i == ending
			}
			r.read(s, said)
			p.blocks[i] = append(p.blocks[i], s)
			switch {
			case heading:
				p.Headings = append(p.Headings, s)
			case s.Index >= 0:
				p.Sentences = append(p.Sentences, s)
			}
		}
	}
	p.Title = r.front(page, page.Title)
	p.Subtitle = r.front(page, page.Subtitle)
	return p
}

// Of reads a text that is not part of a page, such as one quotation: every word is taken as the speaker's own. Spans are bytes of
// text.
func Of(text string, lists *Lists) *Sentence {
	s := &Sentence{Sentence: sentenceOf(text), Block: -1, Index: -1}
	newReader(lists).read(s, false)
	return s
}

// lastProse returns the index of the last block of prose, or -1.
func lastProse(page *prose.Page) int {
	for i := len(page.Blocks) - 1; i >= 0; i-- {
		if page.Blocks[i].IsProse() && len(page.Blocks[i].Sentences) > 0 {
			return i
		}
	}
	return -1
}

// A gap is what stands between a word and the word before it.
type gap uint8

// The gaps, by how much they part.
const (
	space gap = iota
	comma     // a comma, a quotation mark, a slash
	stop      // a colon, a semicolon, a dash, a bracket
)

// A reader reads one sentence after another; what it holds beside the lists and names is for the sentence in hand.
type reader struct {
	lex   *lexicon
	names names
	lists listClasses

	s      *Sentence
	words  []prose.Word
	ids    []uint32
	gaps   []gap // before each word, the first included
	class  []class
	who    []party
	hits   []hit
	kept   []hit
	marks  []Mark
	reach  [64]int // by list: the word after the last phrase kept
	said   bool    // the whole sentence is somebody else's words
	titled bool    // written In Title Case, where a capital means nothing
}

// A party is who a word stands for.
type party uint8

// The parties.
const (
	noParty party = iota
	us
	them
	speaker // I, my
)

func newReader(lists *Lists) *reader {
	return &reader{lex: lists.lex, lists: classesOf(lists.lex)}
}

// front reads a title or subtitle, and finds the block it stands in when it is no front matter.
func (r *reader) front(page *prose.Page, words prose.Sentence) *Sentence {
	if words.Empty() {
		return nil
	}
	s := &Sentence{Sentence: words, Block: -1, Index: -1, Heading: true}
	for i := range page.Blocks {
		if page.Blocks[i].Span.Contains(words.Span) {
			s.Block = i
			break
		}
	}
	r.read(s, false)
	return s
}

func (r *reader) read(s *Sentence, said bool) {
	r.begin(s, said)
	r.selves()
	r.readers()
	r.people()
	r.particular()
	r.proof()
	r.phrases()
	r.claims()
	r.vague()
	r.feelings()
	r.announcing()
	slices.SortStableFunc(r.marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Name, b.Name))
	})
	s.Marks = slices.Clone(r.marks)
}

// begin prepares the reader for a sentence: its words by number, what stands between them, and the phrases in it.
func (r *reader) begin(s *Sentence, said bool) {
	r.s, r.words, r.said = s, s.Words, said
	r.marks = r.marks[:0]
	n := len(r.words)
	r.ids, r.gaps = slices.Grow(r.ids[:0], n)[:n], slices.Grow(r.gaps[:0], n)[:n]
	r.class, r.who = slices.Grow(r.class[:0], n)[:n], slices.Grow(r.who[:0], n)[:n]
	capitals, letters := 0, 0
	for i := range r.words {
		w := &r.words[i]
		r.ids[i] = r.lex.intern(w)
		r.gaps[i] = gapOf(r.between(i))
		r.class[i], r.who[i] = 0, noParty
		if len(w.Text) > 3 {
			letters++
			if capital(w.Text) {
				capitals++
			}
		}
	}
	r.titled = letters > 1 && capitals*5 >= letters*4
	r.hits = r.lex.find(r.ids, r.gaps, r.hits[:0])
	r.keep()
}

// keep settles overlaps within each list: what never counts goes, and the longest of what is left stays.
func (r *reader) keep() {
	r.kept = r.kept[:0]
	r.reach = [64]int{}
	var nevers class
	for i := range r.hits {
		if r.hits[i].never {
			nevers |= r.hits[i].list
		}
	}
	for i := range r.hits {
		h := &r.hits[i]
		if h.never || nevers&h.list != 0 && r.cancelled(h) {
			continue
		}
		if h.capital && !capital(r.words[h.first].Text) {
			continue
		}
		if !r.outdone(i) {
			r.reach[bits.TrailingZeros64(uint64(h.list))] = h.last + 1
			r.kept = append(r.kept, *h)
			for j := h.first; j <= h.last; j++ {
				r.class[j] |= h.list
			}
		}
	}
}

func (r *reader) cancelled(h *hit) bool {
	for i := range r.hits {
		if o := &r.hits[i]; o.never && o.list == h.list && o.first <= h.last && h.first <= o.last {
			return true
		}
	}
	return false
}

// outdone reports whether a phrase of the same list covers hit i: one kept before, or a longer one from the same word.
func (r *reader) outdone(i int) bool {
	h := &r.hits[i]
	if r.reach[bits.TrailingZeros64(uint64(h.list))] > h.first {
		return true
	}
	for _, step := range [2]int{-1, 1} {
		for j := i + step; j >= 0 && j < len(r.hits) && r.hits[j].first == h.first; j += step {
			if o := &r.hits[j]; o.list == h.list && o.last > h.last && !o.never {
				return true
			}
		}
	}
	return false
}

// mark adds a mark over the words first to last.
func (r *reader) mark(name Name, first, last int, kind string, whose Whose) {
	a, b := &r.words[first], &r.words[last]
	m := Mark{
		Name: name, Span: prose.Span{Start: a.Span.Start, End: b.Span.End}, First: first, Last: last, Whose: whose, Kind: kind,
	}
	if end := b.Offset + len(b.Text); a.Offset <= end && end <= len(r.s.Text) {
		m.Text = r.s.Text[a.Offset:end]
	}
	r.marks = append(r.marks, m)
}

// quoted reports whether word i is somebody else's.
func (r *reader) quoted(i int) bool { return r.said || r.words[i].Quoted }

// is reports whether word i stands in a phrase of any of the lists.
func (r *reader) is(i int, lists class) bool {
	return i >= 0 && i < len(r.words) && r.class[i]&lists != 0
}

// norm returns word i in lower case, or "" where there is none.
func (r *reader) norm(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].Norm
}

// between returns what stands before word i: since the word before it, or since the sentence began.
func (r *reader) between(i int) string {
	from := 0
	if i > 0 {
		from = r.words[i-1].Offset + len(r.words[i-1].Text)
	}
	to := len(r.s.Text)
	if i < len(r.words) {
		to = r.words[i].Offset
	}
	if from > to || to > len(r.s.Text) {
		return " "
	}
	return r.s.Text[from:to]
}

func gapOf(s string) gap {
	if s == " " || s == "" {
		return space
	}
	g := space
	for _, c := range s {
		switch c {
		case ':', ';', '—', '–', '(', ')', '[', ']', '|', '→', '·', '•':
			return stop
		case '-':
			if strings.Contains(s, " - ") || strings.Contains(s, "--") {
				return stop
			}
		case ',', '"', '“', '”', '/', '!', '?', '…', '&':
			g = comma
		}
	}
	return g
}
