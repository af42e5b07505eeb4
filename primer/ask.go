package primer

import (
	"slices"
	"strings"
)

// whom returns whom to ask about a passage: the person of the page whose good_for shares most words with it, else the first, else
// the owner; nil when the page names nobody.
func (p *Page) whom(passage []string) *Person {
	if len(p.Ask) == 0 {
		return p.owner()
	}
	best, _ := p.expert(passage)
	if best == nil {
		best = &p.Ask[0]
	}
	return best
}

// expert returns the person of the page whose good_for shares most words with the passage, and how many; nil when none shares any.
func (p *Page) expert(passage []string) (*Person, int) {
	words := contentStemsOf(passage)
	var best *Person
	most := 0
	for i := range p.Ask {
		good := contentStems(p.Ask[i].GoodFor)
		n := 0
		for j, w := range good {
			if !slices.Contains(good[:j], w) && slices.Contains(words, w) {
				n++
			}
		}
		if n > most {
			best, most = &p.Ask[i], n
		}
	}
	return best, most
}

// owner returns the page's first owner as a person to ask, or nil.
func (p *Page) owner() *Person {
	owners := listed(p.Owner)
	if len(owners) == 0 {
		return nil
	}
	if strings.HasPrefix(owners[0], "@") {
		return &Person{Handle: owners[0]}
	}
	return &Person{Name: owners[0]}
}

// expertAmong returns the one person among the pages who is good for the passage, with the page that names them; nil when nobody is,
// or when two are equally.
func expertAmong(pages []*Page, passage []string) (*Person, *Page) {
	var best *Person
	var on *Page
	most, tied := 0, false
	for _, p := range pages {
		person, n := p.expert(passage)
		switch {
		case n == 0:
		case n > most:
			best, on, most, tied = person, p, n, false
		case n == most && *person != *best:
			tied = true
		}
	}
	if tied {
		return nil, nil
	}
	return best, on
}
