package review

import "github.com/example-org/tellwell/prose"

// Waivers is what a page's author has waved through.
type Waivers struct {
	All     bool
	Because string
	// (the rest is private)
}

// ReadWaivers reads the waivers of a page from its front matter and comments.
func ReadWaivers(page *prose.Page, checks []string) (Waivers, []Problem) { return Waivers{}, nil }

// Waived reports whether findings of check on span are waved through.
func (w Waivers) Waived(check string, span prose.Span) bool { return w.All }
