package primer

import (
	"regexp"
	"slices"
	"strings"
)

// A Term is one entry of a glossary.
type Term struct {
	Name    string // "SCC"
	Meaning string // "somatic cell count; farmers say \"cells\"."
	Explain bool   // marked "(explain)": a page must say what it means
	Section *Section
}

// Terms returns the entries of the primer's glossaries: items such as "SCC (explain): somatic cell count", with a colon or a dash
// after the name, and rows of two-column tables.
func (x *Index) Terms() []Term {
	var out []Term
	for _, s := range x.of(Glossary) {
		for _, item := range s.Items {
			if t, ok := term(item); ok {
				t.Section = s
				out = append(out, t)
			}
		}
		for i, row := range s.Rows {
			if i == 0 || len(row) < 2 {
				continue
			}
			name, notes := cutNotes(row[0])
			meaning := strings.TrimSpace(row[1])
			if name == "" || meaning == "" {
				continue
			}
			explain := noted(notes, "explain") || slices.ContainsFunc(row[2:], func(c string) bool { return strings.EqualFold(strings.TrimSpace(c), "explain") })
			out = append(out, Term{Name: name, Meaning: meaning, Explain: explain, Section: s})
		}
	}
	return out
}

var defined = regexp.MustCompile(`:\s+|\s+[–—-]\s+`)

func term(item string) (Term, bool) {
	at := defined.FindStringIndex(item)
	if at == nil {
		return Term{}, false
	}
	name, notes := cutNotes(item[:at[0]])
	meaning := strings.TrimSpace(item[at[1]:])
	if name == "" || meaning == "" || len(strings.Fields(name)) > 6 {
		return Term{}, false // a sentence with a colon in it, no entry
	}
	return Term{Name: name, Meaning: meaning, Explain: noted(notes, "explain")}, true
}

var notesAtEnd = regexp.MustCompile(`\s*\(([^()]*)\)\s*$`)

// cutNotes cuts the notes in parentheses off the end: "SCC (explain)" is "SCC" and "explain".
func cutNotes(text string) (name, notes string) {
	text = strings.TrimSpace(text)
	for {
		m := notesAtEnd.FindStringSubmatchIndex(text)
		if m == nil {
			return text, notes
		}
		notes = strings.TrimPrefix(notes+"; "+text[m[2]:m[3]], "; ")
		text = strings.TrimSpace(text[:m[0]])
	}
}

// noted reports whether one of the notes is the word.
func noted(notes, word string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(notes, func(r rune) bool { return r == ',' || r == ';' }), func(n string) bool {
		return strings.EqualFold(strings.TrimSpace(n), word)
	})
}
