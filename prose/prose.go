// Package prose reads a marketing page the way its readers meet it: title, sections, paragraphs, sentences, words, and the
// people who are quoted. Every place is a span of bytes in the author's own file, so that whatever is said about a page can
// quote the exact words it rests on.
//
// One page model serves every format; a reader for a format fills it in (Markdown in markdown.go).
package prose

import "sort"

// A Span is a half-open range of bytes [Start, End) of the author's file.
type Span struct{ Start, End int }

// Empty reports whether the span holds no bytes. The zero Span is empty and stands for "nowhere".
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether t lies wholly within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// A Page is one file as its readers meet it. It is built by Parse and not changed afterwards.
type Page struct {
	Path   string // slash-separated, as given to Parse
	Format string // "markdown", "mdx", "html", …: as what it was read
	Source []byte // the author's bytes
	Front  Front  // front matter, empty when there is none

	Title    Sentence // front matter title, else the first level-one heading, else the first heading; may be empty
	Subtitle Sentence // front matter subtitle, description, excerpt and the like; may be empty

	Blocks     []Block     // all blocks in reading order, those set aside included
	Sections   []Section   // heading to heading; the first has no heading when text stands before one
	Quotations []Quotation // other people's words, in order of place, wherever they are kept
	Links      []Link      // links in prose, in order
	Comments   []Comment   // comments in the page's own syntax, in order
	Problems   []Problem   // what could not be understood; the rest of the page was read all the same

	lines []int // byte offset at which each line starts
}

// A BlockKind says what a block is to a reader.
type BlockKind int

// The kinds of block.
const (
	Paragraph BlockKind = iota
	ListItem            // the text of one list item
	Heading             // a section's heading
	Quoted              // a paragraph inside a block quote or a quote component: somebody's words
	Table               // a table, read as one block
	Code                // fenced or indented code
	Component           // a template tag, shortcode or raw HTML that is not read as prose
	Label               // short copy that is no sentence: a button, a call to action, a link's words kept under a key
)

// A Block is a run of text between blank lines: a paragraph, an item, a heading, or something set aside.
type Block struct {
	Kind      BlockKind
	Span      Span       // the whole block
	Level     int        // of a heading, 1 to 6; of a list item, its depth from 1
	Ordered   bool       // a list item of a numbered list
	Section   int        // index into Page.Sections
	Sentences []Sentence // empty for code and components
	Name      string     // of a component: its tag, or what it includes
	Key       string     // of copy kept under a key: "hero.headline" in front matter or a data file, "Hero.title" of a component
	Unread    bool       // a component in which readers may meet words that are not in this file, or can't be made out
	Rows      [][]string // the cells of a table as read, header row first
	quote     int        // of words that blocks hold: which of the reader's quotations, from 1
	late      bool       // of copy under a key: readers meet it after the page's own text
	Aside     string     // why readers' judgement does not apply ("code", "table", "boilerplate", "quoted", …); empty for prose
}

// A Section runs from one heading to the next.
type Section struct {
	Heading int  // index into Page.Blocks, or -1
	First   int  // index of its first block after the heading
	End     int  // index after its last block
	Span    Span // heading and blocks
}

// A Sentence is one sentence as read: markup removed, white space folded, with the place it came from.
type Sentence struct {
	Span  Span   // from its first to its last byte in the file, inner markup included
	Text  string // as a reader sees it
	Words []Word
}

// Empty reports whether there is no sentence.
func (s Sentence) Empty() bool { return len(s.Words) == 0 && s.Text == "" }

// A Word is a run of letters or digits, with inner apostrophes, hyphens, points and commas ("don't", "on-call", "v2.0", "1,200").
type Word struct {
	Span   Span
	Text   string // as written
	Norm   string // lower case, apostrophes straight
	Offset int    // byte offset in the sentence's Text
	Quoted bool   // stands inside quotation marks that hold somebody's words
	Linked bool   // stands inside a link's text
	Code   bool   // stands in inline code
}

// A Quotation is somebody's own words.
type Quotation struct {
	Span    Span   // the words, without quotation marks
	Text    string // the words as read
	Words   int    // how many
	Speaker string // who says them, as the page has it ("Maria Lopez, night-shift planner"); empty when the page does not say
	By      Span   // where the speaker is named; empty when nowhere
	Form    QuotationForm
}

// A QuotationForm says how a quotation is kept on the page.
type QuotationForm string

// The forms of quotation.
const (
	BlockQuote  QuotationForm = "block quote"
	Speech      QuotationForm = "speech" // in quotation marks within a paragraph
	FrontMatter QuotationForm = "front matter"
	Included    QuotationForm = "component" // {% include quote … %}, {{< quote >}}, <Quote>
)

// A Link is a link in prose.
type Link struct {
	Span Span // its text
	Text string
	To   string
}

// A Comment is a comment in the page's own syntax, such as <!-- … -->.
type Comment struct {
	Span Span
	Text string // without its marks, trimmed
}

// A Problem is something on the page that could not be understood.
type Problem struct {
	Span    Span
	Message string // lower case, one sentence, saying the next step where there is one
}

// Front is a page's front matter, flattened: one value a key, in the order written.
type Front struct {
	Format string // "yaml", "toml", "json", or "" when there is none
	Span   Span   // with its fences
	Values []Value
}

// A Value is one scalar of front matter under its dotted key: "title", "hero.headline", "features[0].text".
type Value struct {
	Key  string
	Text string // decoded
	Span Span   // the value as written, without quotation marks; empty when it can't be placed
	Bool bool   // written as a boolean

	read *source // Text with places, where they are known byte by byte
}

// Get returns the first value present among keys, compared without regard to case, and whether there is one with text in it.
func (f Front) Get(keys ...string) (Value, bool) {
	for _, key := range keys {
		for _, v := range f.Values {
			if v.Text != "" && equalFold(v.Key, key) {
				return v, true
			}
		}
	}
	return Value{}, false
}

// Quote returns the author's bytes within span, as they are.
func (p *Page) Quote(s Span) string {
	if s.Start < 0 || s.End > len(p.Source) || s.Empty() {
		return ""
	}
	return string(p.Source[s.Start:s.End])
}

// Position returns the 1-based line and the 1-based column, in UTF-16 code units, of a byte offset.
func (p *Page) Position(offset int) (line, column int) {
	line = p.Line(offset)
	start := p.lines[line-1]
	if start == 0 && hasBOM(p.Source) {
		start = min(3, offset)
	}
	return line, utf16Len(p.Source[start:offset]) + 1
}

// Line returns the 1-based line of a byte offset.
func (p *Page) Line(offset int) int {
	return max(1, sort.SearchInts(p.lines, offset+1))
}

// LineSpan returns the bytes of lines first to last, 1-based, without the white space around them.
func (p *Page) LineSpan(first, last int) Span {
	if first < 1 || first > len(p.lines) || last < first {
		return Span{}
	}
	s := Span{p.lines[first-1], len(p.Source)}
	if last < len(p.lines) {
		s.End = p.lines[last]
	}
	for s.End > s.Start && p.Source[s.End-1] <= ' ' {
		s.End--
	}
	for s.Start < s.End && p.Source[s.Start] <= ' ' {
		s.Start++
	}
	return s
}

// LineCount returns how many lines the page has.
func (p *Page) LineCount() int { return len(p.lines) }

// Prose returns the page's own sentences in order: paragraphs and list items, without headings and without what was set aside.
func (p *Page) Prose() []Sentence {
	var out []Sentence
	for i := range p.Blocks {
		if p.Blocks[i].IsProse() {
			out = append(out, p.Blocks[i].Sentences...)
		}
	}
	return out
}

// IsProse reports whether the block holds the page's own sentences.
func (b Block) IsProse() bool {
	return (b.Kind == Paragraph || b.Kind == ListItem) && b.Aside == ""
}

// Unread returns the components, in order, in which readers may meet words that tellwell does not see. Where there is one, nothing can
// be said about what the page as a whole lacks.
func (p *Page) Unread() []Block {
	var out []Block
	for _, b := range p.Blocks {
		if b.Unread {
			out = append(out, b)
		}
	}
	return out
}

// Opening returns the first three prose sentences (checks.md, Units).
func (p *Page) Opening() []Sentence {
	var out []Sentence
	for i := range p.Blocks {
		if p.Blocks[i].IsProse() {
			out = append(out, p.Blocks[i].Sentences...)
		}
		if len(out) >= 3 {
			return out[:3]
		}
	}
	return out
}

// Ending returns the last paragraph or list item of prose, or nil.
func (p *Page) Ending() *Block {
	for i := len(p.Blocks) - 1; i >= 0; i-- {
		if p.Blocks[i].IsProse() && len(p.Blocks[i].Sentences) > 0 {
			return &p.Blocks[i]
		}
	}
	return nil
}
