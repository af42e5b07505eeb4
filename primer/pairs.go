package primer

import "strings"

// A Pair is one row of a "Say it their way" table.
type Pair struct {
	Theirs  string // what customers say
	Ours    string // what we tend to say
	Section *Section
}

// Pairs returns every row of the primer's "Say it their way" tables, in order of page and row. Rows with an empty cell are left out.
// Customers' words stand in the first column, unless the header row says that they stand in the second.
func (x *Index) Pairs() []Pair {
	var out []Pair
	for _, s := range x.of(SayIt) {
		for i, row := range s.Rows {
			if i == 0 || len(row) < 2 {
				continue // the header row
			}
			theirs, ours := strings.TrimSpace(row[0]), strings.TrimSpace(row[1])
			if swapped(s.Rows[0]) {
				theirs, ours = ours, theirs
			}
			if theirs != "" && ours != "" {
				out = append(out, Pair{Theirs: theirs, Ours: ours, Section: s})
			}
		}
	}
	return out
}

var (
	weWords   = wordSet("we our us instead avoid not dont internal jargon")
	theyWords = wordSet("they their them customer customers say use prefer")
)

// swapped reports whether a header row puts our words first: "We say | They say", "Instead of | Say".
func swapped(header []string) bool {
	if len(header) < 2 {
		return false
	}
	first, second := split(header[0]), split(header[1])
	return hasAny(first, weWords) && !hasAny(first, wordSet("they their them customer customers")) &&
		hasAny(second, theyWords) && !hasAny(second, weWords)
}

func hasAny(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}

// of returns the sections of a kind, in order of page and line, whether or not the index was built by New.
func (x *Index) of(k Kind) []*Section {
	var out []*Section
	for _, p := range x.Pages {
		for _, s := range p.Sections {
			if s.Kind == k {
				out = append(out, s)
			}
		}
	}
	return out
}
