package primer

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed roles.txt
var roleText string

var roleHeads = wordSet(roleText)

// Roles returns the roles of the people that the primer's customer pages are about, in lower case, in order of page: what a page
// declares as its audience, and of its title, its terms and its headings for people those that end in a word for a role (roles.txt, or
// the last word of a declared audience).
func (x *Index) Roles() []string {
	var out []string
	for _, p := range x.Pages {
		if p.Kind != Customer {
			continue
		}
		heads := map[string]bool{}
		add := func(role string, sure bool) {
			words := split(role)
			if len(words) == 0 || len(words) > 5 {
				return
			}
			last := words[len(words)-1]
			if !sure && !heads[last] && !heads[stem(last)] && !isRole(last) {
				return
			}
			if role = strings.Join(words, " "); !slices.Contains(out, role) {
				out = append(out, role)
			}
		}
		for _, a := range listed(p.Audience) {
			add(a, true)
			if words := split(a); len(words) > 0 {
				heads[stem(words[len(words)-1])] = true
			}
		}
		add(p.Title, false)
		for _, t := range p.Terms {
			add(t, false)
		}
		for _, who := range p.people() {
			add(who, false)
		}
		for _, s := range p.Sections {
			if s.Kind == Who && KindOf(s.Heading) == Other {
				add(s.Heading, false)
			}
		}
	}
	return out
}

// isRole reports whether a lower-case word, in the singular or the plural, names what somebody is at work.
func isRole(w string) bool {
	if roleHeads[w] {
		return true
	}
	for _, end := range []string{"s", "es"} {
		if one, ok := strings.CutSuffix(w, end); ok && roleHeads[one] {
			return true
		}
	}
	one, ok := strings.CutSuffix(w, "ies")
	return ok && roleHeads[one+"y"] || strings.HasSuffix(w, "men") && roleHeads[strings.TrimSuffix(w, "men")+"man"]
}
