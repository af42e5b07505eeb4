package review

import (
	"time"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/review/judge"
)

// Schema is the version of the JSON form of a Plan.
const Schema = 1

// A Request is everything a review needs, gathered beforehand.
type Request struct {
	Checks  []*Check
	Config  *Config       // nil is Default()
	Primer  *primer.Index // nil is an empty primer
	Sources []Source
	Judge   *judge.Model // what was learnt from editors; nil leaves each check's own weights
	// PerReview is how many inline comments the whole review may hold; 0 is no limit, less than 0 is none. A review of changes passes the
	// configuration's budget for a pull request; a review of whole pages has only the budget for each page.
	PerReview int
	// PrimerIn names the repository that holds the primer where readers may not see it, "acme/handbook"; each link into it then says so.
	PrimerIn string
	// PrimerUnread says that there is a primer and it could not be read, so that nobody knows what it lacks.
	PrimerUnread bool
	// Today is the day of the review. The zero time leaves untold which primer pages are due for another look.
	Today time.Time
	// Problems met while gathering; they are told with the plan's own.
	Problems []Problem
}

// A Source is one content page to judge.
type Source struct {
	Path   string // slash-separated, relative to the repository's root
	Text   []byte
	Change *Change // what a branch changed; nil judges the whole page
	Aside  string  // why the page is not read at all (not a content page, legal, generated); it is then named as left alone
}

// A Plan is what a review has decided to say. Its JSON form is what other programs read; it is documented in docs/json.md and
// stable within one Schema.
type Plan struct {
	Schema   int        `json:"schema"`
	Pages    []PagePlan `json:"pages"`
	Praise   *Praise    `json:"praise"`
	Gaps     []Gap      `json:"gaps"`
	Problems []Problem  `json:"problems"`
	Due      []Due      `json:"due,omitempty"`

	// Fired holds the marks of every finding sure enough to be told, on changed passages or not, chosen or not. A question whose mark
	// is not among them any more has been mended.
	Fired map[string]bool `json:"-"`
}

// A PagePlan is what is said of one page.
type PagePlan struct {
	Path       string    `json:"path"`
	Kind       string    `json:"kind"`
	KindReason string    `json:"kind_reason"`
	LeftAlone  string    `json:"left_alone"` // why nothing is said of this page, neither comment nor praise; empty when it was judged
	Findings   []Comment `json:"findings"`
	Gist       *Gist     `json:"gist"` // null where the page was left alone

	// Unread names the components whose words are not in this file, where they kept a check of the whole page silent.
	Unread string `json:"unread,omitempty"`
}

// A Comment is one finding as it is told.
type Comment struct {
	Check      string        `json:"check"`
	Family     Family        `json:"family"`
	Line       int           `json:"line"`       // 1-based
	EndLine    int           `json:"end_line"`   // 1-based, inclusive
	Column     int           `json:"column"`     // 1-based, UTF-16 code units
	EndColumn  int           `json:"end_column"` // 1-based, UTF-16 code units, exclusive
	Place      Place         `json:"place"`
	Confidence float64       `json:"confidence"` // 0 to 1, comparable between checks
	Quote      string        `json:"quote"`      // the author's words, as read
	Message    string        `json:"message"`    // what a reader meets there, quote included; plain text
	Question   string        `json:"question"`   // the one question
	Evidence   []EvidenceOut `json:"evidence"`
	Why        string        `json:"why"`               // why it matters, with its source
	Key        string        `json:"key,omitempty"`     // under which the passage is kept, in front matter, a data file or a component
	AlsoOn     []string      `json:"also_on,omitempty"` // other pages of this review with the same words; only the first is asked
	Folded     []string      `json:"folded"`            // other checks that spoke of the same passage and were merged into this comment
	Primer     *Pointer      `json:"primer"`            // nil when the primer had nothing

	Mark string `json:"-"` // of its passage
	path string // of its page
}

// EvidenceOut is one reason, with its line and words.
type EvidenceOut struct {
	Name  string `json:"name"`
	Line  int    `json:"line"`  // 0 for what is absent
	Quote string `json:"quote"` // empty for what is absent
}

// A Pointer leads to the primer section that answers the question, or only to the person to ask.
type Pointer struct {
	Path       string  `json:"path"`
	Heading    string  `json:"heading"` // empty when only a person is named
	URL        string  `json:"url"`     // a link when a base_url is configured, else path#anchor
	Title      string  `json:"title"`   // of the primer page
	Minutes    int     `json:"minutes"`
	Ask        string  `json:"ask"`          // "Aoife Brannigan — rounds, rejected loads"; empty when nobody is named
	In         string  `json:"in,omitempty"` // the repository that holds it, where readers may not see that
	Confidence float64 `json:"confidence"`
}

// A Due page of the primer was linked, and its keepers wanted to look it over by a day that has passed.
type Due struct {
	Path     string `json:"path"`
	Reviewed string `json:"reviewed"` // as it is written
	Since    string `json:"since"`    // 2026-05-01
	Owner    string `json:"owner"`    // empty when nobody is named
}

// Praise is the one passage that would serve the next writer, told in the summary only.
type Praise struct {
	Path  string `json:"path"`
	Line  int    `json:"line"`
	Quote string `json:"quote"`
	Text  string `json:"text"`
}

// A Gap is something pages asked for and the primer does not hold.
type Gap struct {
	Need  string   `json:"need"`  // "no section on what is at stake for planners"
	Asked int      `json:"asked"` // by how many findings
	Paths []string `json:"paths"` // the pages that asked
}

// A Problem is something that could not be understood or done, with the next step.
type Problem struct {
	Path    string `json:"path"`
	Line    int    `json:"line"` // 0 when it has no line
	Message string `json:"message"`
}
