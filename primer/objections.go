package primer

import "strings"

// An Objection is a reason that customers give against us.
type Objection struct {
	Text      string
	Cues      []string // words on a page that answer it
	SalesOnly bool     // marked "sales-only": answered in person, not on a page
	Section   *Section
}

// Objections returns the items under the primer's "Objections", in order, so that the first of a page is its first: items such as
// "drivers won't use it (cues: driver, training, cab)".
func (x *Index) Objections() []Objection {
	var out []Objection
	for _, s := range x.of(Objections) {
		for _, item := range s.Items {
			text, notes := cutNotes(item)
			o := Objection{Text: text, Section: s}
			for note := range strings.SplitSeq(notes, ";") {
				key, list, ok := strings.Cut(note, ":")
				switch key = strings.ToLower(strings.TrimSpace(key)); {
				case ok && key == "cues":
					o.Cues = append(o.Cues, listed(list)...)
				case key == "sales-only" || key == "sales only":
					o.SalesOnly = true
				case key != "":
					o.Text += " (" + strings.TrimSpace(note) + ")"
				}
			}
			if o.Text != "" {
				out = append(out, o)
			}
		}
	}
	return out
}
