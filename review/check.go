// Package review runs checks over pages and decides what to say and where. It is pure: it has no clock, network or environment;
// what it needs is handed to it, and what it decides is a plain Plan that every surface tells in its own way.
package review

import (
	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
	"github.com/example-org/tellwell/review/judge"
)

// A Family is one of the two things tellwell looks for.
type Family string

// The families.
const (
	Insight Family = "insight"
	Emotion Family = "emotion"
)

// A Place is where a finding is told.
type Place string

// The places. A kind of page that a check does not list is silent.
const (
	Silent  Place = ""
	Summary Place = "summary"
	Inline  Place = "inline"
)

// An Extent is how much of a page a judgement rests on.
type Extent int

// The extents. Words that tellwell can't see (prose.Page.Unread) silence a check that rests on where they stand.
const (
	OnPassage Extent = iota // the passage and what stands around it
	OnTitle                 // the title and subtitle
	OnOpening               // the first three sentences
	OnPage                  // what the page as a whole has and lacks
)

// A Check looks for one thing that readers miss. It is a value: it keeps nothing between pages.
type Check struct {
	Name   string // "stock-opening", unique
	Family Family
	Doc    string // its page of documentation, Markdown, embedded from the file beside the code

	// Needs are the kinds of primer section that answer its question, best first; About are its own words for what it looks for,
	// joined to the passage's words when the primer is searched.
	Needs []primer.Kind
	About []string

	// Kinds says where the check's findings are told on each kind of page.
	Kinds map[prose.Kind]Place

	// Rests is what the check's judgement rests on. In a pull request a check that rests on more than the passage runs only when the
	// page is new, or its title, its opening or a third of its prose changed.
	Rests Extent

	// Floor is the least confidence at which the check speaks.
	Floor float64

	// Help is how much a comment of this check helps an author, 1 to 5 (checks.md, column H).
	Help int

	Run func(*Pass) error

	// Proposed, when it is set, chooses the sentence to point at in a passage of which Run said nothing, and of which an editor would
	// likely speak by what was learnt; nil when there is none. weight says how much a sentence's words speak for it.
	Proposed func(p *judge.Passage, weight func(*evidence.Sentence) int) *evidence.Sentence
}

// A Pass is one check reading one page.
type Pass struct {
	Check  *Check
	Page   *prose.Page
	Kind   prose.Kind
	Read   *evidence.Page // what a reader meets, sentence by sentence
	Lists  *evidence.Lists
	Primer *primer.Index // never nil
	Config *Config       // never nil

	findings []Finding
	ofPage   []string // evidence of the whole page, once found out
	ofBlock  map[int]paragraph
}

// A Finding is one passage where a reader would miss something, with the words it rests on.
type Finding struct {
	Check *Check // filled in by Report

	// Span is the passage. It stands on lines a comment can point at, as tight as the passage is.
	Span prose.Span
	// Quote is the part of the passage quoted in the comment; Span when empty.
	Quote prose.Span

	// Evidence is what led here, named in words, each with its place.
	Evidence []Evidence

	// Confidence is how likely an editor is to agree, 0 to 1, comparable between checks.
	Confidence float64

	// Fill holds the particulars for the comment's template, by slot name ({quote} is always there).
	Fill map[string]string

	// Say and Ask choose a variant of the template by name; empty takes the first that can be filled.
	Variant string

	// Section, when set by the check, is the very primer section that led to the finding (a competitor's claim, a glossary entry).
	Section *primer.Section
}

// Evidence is one reason for a finding.
type Evidence struct {
	Name   string     // in words a marketer reads: "our excitement", "no customer in the first three sentences"
	Span   prose.Span // where it was seen; empty for what is absent
	Weight float64    // how much it moved the confidence, in log-odds; told in the fold, biggest first
	Around bool       // it is of the passage's surroundings, and not what the check itself looked for
}

// Report adds a finding.
func (p *Pass) Report(f Finding) {
	f.Check = p.Check
	if f.Quote.Empty() {
		f.Quote = f.Span
	}
	p.findings = append(p.findings, f)
}

// Findings returns what the check has reported so far, in order.
func (p *Pass) Findings() []Finding { return p.findings }
