package review

import "github.com/example-org/tellwell/prose"

// A Change is what a branch changed in one page, in lines of the page as it is now.
type Change struct {
	New   bool        // the page did not exist before
	Added []LineRange // added or modified lines, in order
	Moved bool        // renamed with little changed
}

// A LineRange is a run of lines, 1-based, both ends inclusive.
type LineRange struct{ First, Last int }

// Touches reports whether span has a byte on an added line.
func (c *Change) Touches(page *prose.Page, span prose.Span) bool { return c == nil || c.New }
