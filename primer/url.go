package primer

import (
	"net/url"
	"strings"
)

// URL returns the section's address: below base when there is one, which may end in a slash or not, with what a path may not hold
// escaped; else the path and the anchor as a person would type them, "primers/planners.md#pains".
func (s *Section) URL(base string) string {
	path := ""
	if s.Page != nil {
		path = s.Page.Path
	}
	if base == "" {
		if s.Anchor == "" {
			return path
		}
		return path + "#" + s.Anchor
	}
	address := strings.TrimRight(base, "/") + "/" + (&url.URL{Path: strings.TrimLeft(path, "/")}).EscapedPath()
	if s.Anchor == "" {
		return address
	}
	return address + "#" + (&url.URL{Fragment: s.Anchor}).EscapedFragment()
}
