package primer

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A link is where a page's words lead.
type link struct {
	to   string
	line int
}

// Lint returns what a keeper of the primer would want to know: kinds of page that are missing, and of each page an owner, a date, words
// of a customer, sources, links and headings that lead nowhere. Nothing of it stops the primer from working. Today is compared with the
// date under reviewed; staleAfter ("6 months") counts for pages without review_every. Exists reports whether the repository holds a
// file, by its path; links to other sites are not followed.
func (x *Index) Lint(today time.Time, staleAfter string, exists func(path string) bool) []Problem {
	var out []Problem
	anchors := map[string]map[string]bool{}
	have := map[PageKind]bool{}
	for _, p := range x.Pages {
		have[p.Kind] = true
		anchors[p.Path] = map[string]bool{}
		for _, s := range p.Sections {
			anchors[p.Path][s.Anchor] = true
		}
	}
	for _, p := range x.Pages {
		tell := func(line int, format string, args ...any) {
			out = append(out, Problem{Path: p.Path, Line: line, Message: fmt.Sprintf(format, args...)})
		}
		if p.Owner == "" && len(p.Ask) == 0 {
			tell(1, "nobody owns this page; name somebody under owner, and whom to ask under ask")
		}
		every, whose := p.ReviewEvery, "its own review_every"
		if every == "" {
			every, whose = staleAfter, "primers.stale_after"
		}
		switch due, ok := p.Due(staleAfter); {
		case p.Reviewed == "":
			tell(1, "nobody knows how old this is; when it was last looked over, write \"reviewed: %s\"", today.Format(time.DateOnly))
		case ok && today.After(due):
			tell(1, "last looked over on %s, and due since %s (%s, by %s); read it once more and change the date", p.Reviewed, due.Format(time.DateOnly), every, whose)
		}
		x.lintVerbatims(p, tell)
		for _, s := range p.Sections {
			if s.Kind == Other && s.Level > 1 {
				tell(s.Line, "tellwell doesn't know what heading %q is about, so only its words can lead here; a heading such as \"Pains\" or \"In their words\" is linked more surely", s.Heading)
			}
			if s.ToFill {
				tell(s.Line, "heading %q waits to be filled in", s.Heading)
			}
		}
		for _, l := range p.links {
			if said := deadLink(p, l.to, anchors, exists); said != "" {
				tell(l.line, "the link %s leads nowhere: %s", l.to, said)
			}
		}
	}
	for _, k := range pageKinds {
		if !have[k] {
			out = append(out, Problem{Message: fmt.Sprintf("no page about %s yet; tellwell primer new %s begins one", aboutWhom[k], k)})
		}
	}
	return out
}

// lintVerbatims tells of a customer page in which no customer speaks, and of words that nobody is known to have said.
func (x *Index) lintVerbatims(p *Page, tell func(line int, format string, args ...any)) {
	if p.Kind != Customer {
		return
	}
	spoken := 0
	for _, s := range p.Sections {
		if s.Kind != TheirWords {
			continue
		}
		for _, q := range s.Quotes {
			spoken++
			if q.Speaker == "" {
				tell(s.Line, "nobody is known to have said “%s”; write who and when behind it: — planner, Cavan, Nov 2024", short(q.Text))
			}
		}
	}
	if spoken == 0 {
		tell(1, "no customer speaks on this page; put one sentence somebody really said under \"In their words\"")
	}
}

// short returns a text's first words.
func short(text string) string {
	words := strings.Fields(text)
	if len(words) <= 10 {
		return strings.Join(words, " ")
	}
	return strings.Join(words[:10], " ") + " …"
}

// deadLink says why a link leads nowhere; "" when it leads somewhere, or to another site.
func deadLink(p *Page, to string, anchors map[string]map[string]bool, exists func(string) bool) string {
	if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "{}") {
		return ""
	}
	file, anchor, _ := strings.Cut(to, "#")
	file, _, _ = strings.Cut(file, "?")
	target := p.Path
	switch {
	case strings.HasPrefix(file, "/"):
		target = strings.TrimPrefix(path.Clean(file), "/")
	case file != "":
		target = path.Join(path.Dir(p.Path), file)
	}
	known, isPage := anchors[target]
	switch {
	case !isPage && !exists(target):
		return "there is no " + target
	case isPage && anchor != "" && !known[anchor]:
		return fmt.Sprintf("%s has no heading with the anchor %q", target, anchor)
	}
	return ""
}

// Due returns when the page is due for another look: by its own review_every, else staleAfter ("6 months") from when it was reviewed.
func (p *Page) Due(staleAfter string) (due time.Time, ok bool) {
	every := p.ReviewEvery
	if every == "" {
		every = staleAfter
	}
	at, ok := parseDate(p.Reviewed)
	parts := period.FindStringSubmatch(strings.TrimSpace(every))
	if !ok || parts == nil {
		return time.Time{}, false
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil || n > 10_000 {
		return time.Time{}, false
	}
	switch strings.ToLower(parts[2]) {
	case "day":
		return at.AddDate(0, 0, n), true
	case "week":
		return at.AddDate(0, 0, 7*n), true
	case "month":
		return at.AddDate(0, n, 0), true
	}
	return at.AddDate(n, 0, 0), true
}

// Renamed returns the headings that an earlier primer had and this one has no more, by their anchors: links from elsewhere, and from
// comments that stand, lead there.
func (x *Index) Renamed(before *Index) []Problem {
	now := map[string]*Page{}
	for _, p := range x.Pages {
		now[p.Path] = p
	}
	var out []Problem
	for _, old := range before.Pages {
		page, ok := now[old.Path]
		if !ok {
			out = append(out, Problem{Path: old.Path, Message: "this page is gone; links to it lead nowhere now"})
			continue
		}
		for _, s := range old.Sections {
			if s.Anchor == "" || slices.ContainsFunc(page.Sections, func(n *Section) bool { return n.Anchor == s.Anchor }) {
				continue
			}
			said := fmt.Sprintf("heading %q is gone; links to #%s lead to the top of the page now", s.Heading, s.Anchor)
			line := 1
			for _, n := range page.Sections {
				if n.Kind == s.Kind && n.Kind != Other && !slices.ContainsFunc(old.Sections, func(o *Section) bool { return o.Anchor == n.Anchor }) {
					said, line = fmt.Sprintf("heading %q is %q now; links to #%s lead to the top of the page", s.Heading, n.Heading, s.Anchor), n.Line
					break
				}
			}
			out = append(out, Problem{Path: old.Path, Line: line, Message: said})
		}
	}
	return out
}
