// Package primer holds the team's primer: Markdown pages about customers, industry, technology, competitors and the company's
// own point of view, indexed by section, so that a finding can be linked to the two minutes of reading that answer it.
package primer

import (
	"strings"

	"github.com/example-org/tellwell/prose"
)

// A Kind is what a primer section is about. Checks ask for kinds of section, never for an address.
type Kind string

// The kinds of section (checks.md, Primer page schema). Each is known by its heading and that heading's aliases.
const (
	Who         Kind = "who they are"
	Day         Kind = "a day in their week"
	Jobs        Kind = "jobs"
	Pains       Kind = "pains"
	Stakes      Kind = "what is at stake"
	Triggers    Kind = "triggers"
	Objections  Kind = "objections"
	TheirWords  Kind = "in their words"
	SayIt       Kind = "say it their way"
	Proof       Kind = "proof"
	WhoDecides  Kind = "who else decides"
	Next        Kind = "what they do next"
	Interesting Kind = "why it is more interesting than it sounds"
	Glossary    Kind = "glossary"
	TheySay     Kind = "what they say"
	TheyWin     Kind = "where they win"
	WeWin       Kind = "where we win"
	Believe     Kind = "what we believe"
	Refuse      Kind = "what we refuse"
	Disagrees   Kind = "who disagrees"
	WeDisagree  Kind = "where we disagree"
	HowItWorks  Kind = "how it works"
	Changed     Kind = "what changed lately"
	Questions   Kind = "questions to ask a customer"
	Other       Kind = "other" // a heading no alias knows
)

// A PageKind is what a primer page is about.
type PageKind string

// The five kinds of primer page.
const (
	Customer    PageKind = "customer"
	Industry    PageKind = "industry"
	Technology  PageKind = "technology"
	Competitor  PageKind = "competitor"
	PointOfView PageKind = "point-of-view"
)

// An Index is the whole primer. The zero Index is an empty primer, which helps with nothing. It is safe for concurrent reading.
type Index struct {
	Pages []*Page

	sections          []*Section // of all pages, in order of page and line
	bySection, byPage search
	named             map[string]int // how many pages name themselves by a phrase (route.phrases)
}

// A Page is one primer page.
type Page struct {
	Path        string
	Title       string
	Kind        PageKind // declared, else guessed from its headings
	Declared    bool     // Kind stands in the front matter
	Audience    string
	Product     string
	Terms       []string // words that a page for this audience uses: roles, products, trade words
	AppliesTo   []string // globs of the content pages it is for
	Owner       string
	Ask         []Person
	Reviewed    string // date as written
	ReviewEvery string // as written: "6 months"
	Sources     []string
	Learn       []string
	Sections    []*Section

	links     []link
	headings  []heading
	permalink string // the address that a site generator is told to give the page
	slug      string // the last part of it
	intro     string // the words before the first heading
	route     route
}

// A Person is somebody to ask.
type Person struct {
	Name    string
	Handle  string // "@aoife-b"
	GoodFor string // "rounds, rejected loads"
}

// A Section is the part of a primer page under one heading. A sub-heading that no alias knows is a section of its own, takes its
// kind from the heading above, and its words count for that heading too.
type Section struct {
	Page    *Page
	Kind    Kind
	Heading string
	Level   int
	Anchor  string   // by GitHub's rule
	Line    int      // 1-based, of the heading
	Text    string   // its words, markup removed, one block a line
	Items   []string // its list items
	Quotes  []prose.Quotation
	Rows    [][]string // the rows of its tables, header row included
	ToFill  bool       // it holds a comment that says what to write, and nothing else

	sentences []string // of its own paragraphs
	under     string   // the heading of the person it stands under
	named     bool     // its own heading may name a person
	words     int      // of Text
	place     int      // in Index.sections
}

// Minutes is how long the section takes to read, rounded up, at 200 words a minute.
func (s *Section) Minutes() int {
	words := s.words
	if words == 0 {
		words = len(strings.Fields(s.Text))
	}
	return max(1, (words+199)/200)
}

// A Problem is something in the primer that could not be understood. The rest was read.
type Problem struct {
	Path    string
	Line    int    // 1-based; 0 when it is about a folder
	Message string // a lower-case sentence that ends in the next step
}

// A Need is what a finding asks of the primer.
type Need struct {
	Kinds    []Kind   // the kinds of section that help, best first; none when any section may
	Path     string   // of the content page
	Audience string   // declared by the content page
	Product  string   // declared by the content page
	Passage  []string // the words of the passage, normalised
	PageText []string // the words of the whole page, normalised; decides which primer page, when nothing is declared
	About    []string // the check's own words for what it looks for
}

// Help is the primer's answer. Section is nil when no section is sure enough; then Ask may still name a person.
type Help struct {
	Section    *Section
	Page       *Page   // the primer page, also when only a person can be named
	Ask        *Person // whom to ask, beside the section or instead of it
	Confidence float64 // 0 to 1, of the section (or of the page, when there is no section)
	Gap        string  // what the primer lacks, in words, when it had no answer; empty otherwise
}
