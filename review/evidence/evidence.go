// Package evidence reads a page's sentences the way a reader does: who speaks, who is met, whose problem it is, what is at
// stake, what is particular and what is proved. Checks judge over this evidence; they do not look at words themselves.
package evidence

import "github.com/example-org/tellwell/prose"

// A Page is the evidence of one page.
type Page struct {
	Source *prose.Page
}
