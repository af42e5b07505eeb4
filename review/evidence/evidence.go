// Package evidence reads a page's sentences the way a reader does: who speaks, who is met, whose problem it is, what is at
// stake, what is particular and what is proved. Checks judge over this evidence; they do not look at words themselves.
//
// It reads with closed word lists, their inflections and the shape of sentences (checks.md, Shared machinery): no tagger, no
// model. The lists are plain text under lists/, and a team can change them by name.
package evidence

import "github.com/example-org/tellwell/prose"

// A Name says what a mark is evidence of.
type Name string

// What a reader can point at.
const (
	Self            Name = "self"             // the company: we, our, its names and products; Kind "we", "company", "product" or "inferred"
	Inclusive       Name = "inclusive we"     // a "we" that takes the reader along; never Self
	Reader          Name = "reader"           // you and your (Kind "you"), or an imperative (Kind "imperative"; "call" where it invites to the company)
	Role            Name = "role"             // a job title or part; Whose is Ours for "our engineers"
	Customer        Name = "customer"         // Kind "role" (not ours), "reader", "customer", "kin", or "generic" (users, people)
	Person          Name = "person"           // a named person; Kind "full", "first" or "honorific"
	Problem         Name = "problem"          // something goes wrong or weighs on somebody
	Stakes          Name = "stakes"           // something to lose
	Gain            Name = "gain"             // something to get: sleep, safety, money, time
	Feeling         Name = "feeling"          // an affect; Whose says whose it is
	Particular      Name = "particular"       // Kind "person", "role", "number", "quote", "moment", "place" or "artefact"
	Proof           Name = "proof"            // Kind "number", "link", "quote", "source", "users", "example", "list", "comparison", "measure" or "reason"
	Benefit         Name = "benefit link"     // joins a feature to what it lets somebody do
	FeatureVerb     Name = "feature verb"     // a verb by which a product lists what it has
	Puff            Name = "puff"             // a claim to stand above others; Kind "leader", "only", "first", "next", "boast", "superlative", "award" or "record"
	SoftPuff        Name = "soft puff"        // softer praise: robust, seamless
	Slogan          Name = "slogan"           // a positioning line that a rival could print unchanged
	Vague           Name = "vague benefit"    // a verb and what it is said to change; Kind is the pair, "improve efficiency"
	Studies         Name = "unnamed study"    // studies, research or experts without a name
	Absolute        Name = "absolute"         // a claim without a limit: always, guaranteed, in minutes
	Announce        Name = "announced"        // our feeling put forward; Kind says in which form, see the Announce forms
	Stock           Name = "stock phrase"     // Kind "opening" where it begins the sentence, "within" where it does not, or "filler"
	Hedge           Name = "hedge"            // takes a claim back as it is made
	Contest         Name = "contest"          // takes a side
	Polite          Name = "polite formula"   // a feeling that is nobody's
	GenericAudience Name = "generic audience" // Kind "subject" where it is what the sentence is about, "mention" or "sweep" ("of all sizes")
	Call            Name = "call to action"   // learn more, contact us
)

// The forms of an Announce mark, as its Kind has them.
const (
	AnnounceNews      = "announce"  // excited to announce, proud to introduce
	AnnounceAct       = "act"       // excited to have, proud to support
	AnnounceThat      = "that"      // thrilled that
	AnnounceAbout     = "about"     // excited about
	AnnounceSee       = "see"       // excited to see what you build
	AnnounceForYou    = "for you"   // excited for you to try it
	AnnounceAwait     = "await"     // can't wait to
	AnnouncePleasure  = "pleasure"  // it is with great pleasure
	AnnouncePride     = "pride"     // we pride ourselves on
	AnnouncePassion   = "passion"   // we are passionate about
	AnnounceConfident = "confident" // we're sure you'll love
	AnnounceLove      = "love"      // you'll love
	AnnounceExclaimed = "news"      // exciting news
)

// Whose says whose a feeling is, or whom a claim is about.
type Whose string

// The owners of feelings and claims.
const (
	Nobody Whose = ""
	Ours   Whose = "ours"
	Theirs Whose = "theirs"
)

// A Mark is one piece of evidence in a sentence.
type Mark struct {
	Name        Name
	Span        prose.Span // of its words in the author's file
	Text        string     // its words as read
	First, Last int        // indexes of its first and last word in the sentence
	Whose       Whose      // of feelings, claims, roles and persons
	Kind        string     // finer than Name; see the names
}

// A Sentence is one sentence with what a reader meets in it.
type Sentence struct {
	prose.Sentence
	Block    int  // index into the page's blocks; -1 for a title or subtitle that stands in the front matter
	Index    int  // among the page's prose sentences, from 0; -1 for others
	Opening  bool // one of the first three prose sentences
	Ending   bool // in the last paragraph of prose
	ListItem bool
	Heading  bool   // a heading or the title
	Marks    []Mark // in order of place
}

// Has reports whether the sentence holds a mark of any of the names.
func (s *Sentence) Has(names ...Name) bool {
	for _, name := range names {
		if s.First(name) != nil {
			return true
		}
	}
	return false
}

// Count returns how many marks of a name the sentence holds.
func (s *Sentence) Count(name Name) int {
	n := 0
	for i := range s.Marks {
		if s.Marks[i].Name == name {
			n++
		}
	}
	return n
}

// First returns the first mark of a name, or nil. It may be called on a nil sentence.
func (s *Sentence) First(name Name) *Mark {
	if s == nil {
		return nil
	}
	for i := range s.Marks {
		if s.Marks[i].Name == name {
			return &s.Marks[i]
		}
	}
	return nil
}

// All returns the marks of a name, in order.
func (s *Sentence) All(name Name) []Mark {
	var out []Mark
	for _, m := range s.Marks {
		if m.Name == name {
			out = append(out, m)
		}
	}
	return out
}

// Kinds returns the kinds of the marks of a name.
func (s *Sentence) Kinds(name Name) map[string]bool {
	kinds := map[string]bool{}
	for _, m := range s.Marks {
		if m.Name == name {
			kinds[m.Kind] = true
		}
	}
	return kinds
}

// A Page is the evidence of one page.
type Page struct {
	Source    *prose.Page
	Title     *Sentence   // nil when the page has none
	Subtitle  *Sentence   // nil when the page has none
	Sentences []*Sentence // the prose sentences, in order, as Source.Prose has them
	Headings  []*Sentence // the headings, in order
	Names     []string    // names taken for the company's or its product's from how the page uses them, sorted

	blocks [][]*Sentence // every sentence that was read, by block; others' words included
}

// Block returns what was read in one of the page's blocks: prose, a heading, or somebody's quoted words. It is empty for others.
func (p *Page) Block(i int) []*Sentence {
	if i < 0 || i >= len(p.blocks) {
		return nil
	}
	return p.blocks[i]
}
