package review

import (
	"fmt"
	"strings"

	"github.com/example-org/tellwell/prose"
)

// A Reading is pages as tellwell reads them, before it judges anything. Its JSON form is documented in docs/json.md and stable within
// one Schema.
type Reading struct {
	Schema   int           `json:"schema"`
	Pages    []ReadingPage `json:"pages"`
	Problems []Problem     `json:"problems"`
}

// A ReadingPage is one page as tellwell reads it.
type ReadingPage struct {
	Path       string          `json:"path"`
	Format     string          `json:"format"` // "" when the page was not read
	Kind       string          `json:"kind"`
	KindReason string          `json:"kind_reason"`
	LeftAlone  string          `json:"left_alone"` // why nothing would be said of it; empty when it is judged
	Title      *ReadingWords   `json:"title"`
	Subtitle   *ReadingWords   `json:"subtitle"`
	Opening    []ReadingWords  `json:"opening"` // the first three sentences
	Ending     []ReadingWords  `json:"ending"`  // the last paragraph
	Headings   []ReadingWords  `json:"headings"`
	Sentences  int             `json:"sentences"` // of prose
	Words      int             `json:"words"`     // of prose
	Links      int             `json:"links"`     // in prose
	Quotations []ReadingSaid   `json:"quotations"`
	Keys       []ReadingWords  `json:"keys"`  // copy kept under keys: in front matter, a data file, or a component's attributes
	Aside      []ReadingAside  `json:"aside"` // what is not read as the page's own prose
	Checks     []ReadingChecks `json:"checks"`
}

// ReadingWords are words of a page, with their place.
type ReadingWords struct {
	Text   string `json:"text"`
	Line   int    `json:"line"`          // 1-based; 0 when it stands nowhere
	Column int    `json:"column"`        // 1-based, UTF-16 code units
	Key    string `json:"key,omitempty"` // under which it is kept
}

// A ReadingSaid is somebody's words.
type ReadingSaid struct {
	ReadingWords
	Speaker string `json:"speaker"` // empty when the page does not say
	Form    string `json:"form"`    // "block quote", "speech", "front matter" or "component"
}

// A ReadingAside is something that is not read as the page's own prose.
type ReadingAside struct {
	What   string `json:"what"` // "component", "code", "table", "boilerplate", …
	Name   string `json:"name,omitempty"`
	Line   int    `json:"line"`
	Unread bool   `json:"unread"` // readers may meet words there that tellwell does not see
}

// A ReadingChecks says where a check's findings on the page would be told.
type ReadingChecks struct {
	Check string `json:"check"`
	Place string `json:"place"`         // "inline", "summary", or "" when it is silent
	Why   string `json:"why,omitempty"` // it is silent
}

// Inspect reads the sources as Make would, and says how they are read; nothing is judged.
func Inspect(req Request) *Reading {
	m := newMaker(req)
	out := &Reading{Schema: Schema, Pages: []ReadingPage{}, Problems: []Problem{}}
	for _, source := range req.Sources {
		out.Pages = append(out.Pages, m.inspect(source))
	}
	out.Problems = append(out.Problems, m.problems...)
	return out
}

func (m *maker) inspect(source Source) ReadingPage {
	j := m.open(source)
	out := ReadingPage{Path: source.Path, Kind: string(j.kind), KindReason: j.reason, LeftAlone: j.leftAlone, Opening: []ReadingWords{},
		Ending: []ReadingWords{}, Headings: []ReadingWords{}, Quotations: []ReadingSaid{}, Keys: []ReadingWords{}, Aside: []ReadingAside{},
		Checks: []ReadingChecks{}}
	page := j.page
	if page == nil {
		return out
	}
	out.Format, out.Links = page.Format, len(page.Links)
	words := func(text string, span prose.Span, key string) ReadingWords {
		w := ReadingWords{Text: text, Key: key}
		if !span.Empty() {
			w.Line, w.Column = page.Position(span.Start)
		}
		return w
	}
	list := func(sentences []prose.Sentence) []ReadingWords {
		out := []ReadingWords{}
		for _, s := range sentences {
			out = append(out, words(s.Text, s.Span, ""))
		}
		return out
	}
	whole := func(s prose.Sentence) *ReadingWords {
		if s.Empty() {
			return nil
		}
		w := words(s.Text, s.Span, "")
		return &w
	}
	out.Title, out.Subtitle, out.Opening = whole(page.Title), whole(page.Subtitle), list(page.Opening())
	if ending := page.Ending(); ending != nil {
		out.Ending = list(ending.Sentences)
	}
	for _, s := range page.Prose() {
		out.Sentences++
		out.Words += len(s.Words)
	}
	for _, b := range page.Blocks {
		if b.Key != "" {
			out.Keys = append(out.Keys, words(blockText(b), b.Span, b.Key))
		}
		switch {
		case b.Kind == prose.Heading && len(b.Sentences) > 0:
			out.Headings = append(out.Headings, words(b.Sentences[0].Text, b.Span, b.Key))
		case b.Kind == prose.Component || b.Aside != "":
			line, _ := page.Position(b.Span.Start)
			out.Aside = append(out.Aside, ReadingAside{What: b.Aside, Name: b.Name, Line: line, Unread: b.Unread})
		}
	}
	for _, q := range page.Quotations {
		out.Quotations = append(out.Quotations, ReadingSaid{words(q.Text, q.Span, ""), q.Speaker, string(q.Form)})
	}
	for _, check := range m.checks {
		place, why := m.place(check, j)
		out.Checks = append(out.Checks, ReadingChecks{check.Name, string(place), why})
	}
	return out
}

func blockText(b prose.Block) string {
	var parts []string
	for _, s := range b.Sentences {
		parts = append(parts, s.Text)
	}
	return strings.Join(parts, " ")
}

// mostUnread is how many unread components are named.
const mostUnread = 3

// unreadAt names a page's unread components and their lines: "<PricingTable> (line 12)".
func unreadAt(page *prose.Page) string {
	var named []string
	unread := page.Unread()
	for i, b := range unread {
		if i == mostUnread {
			named = append(named, fmt.Sprintf("%d more", len(unread)-i))
			break
		}
		name := b.Name
		if name == "" {
			name = "a component"
		}
		named = append(named, fmt.Sprintf("%s (line %d)", name, page.Line(b.Span.Start)))
	}
	return strings.Join(named, ", ")
}
