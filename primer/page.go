package primer

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/example-org/tellwell/prose"
)

// readPage reads one primer page. It never fails; what it could not understand is among the problems.
func readPage(name string, src []byte) (*Page, []Problem) {
	doc := prose.Parse(name, src)
	page := &Page{Path: name}
	var problems []Problem
	tell := func(at prose.Span, message string) {
		line := min(doc.Line(max(0, at.Start)), max(1, doc.LineCount()))
		problems = append(problems, Problem{Path: name, Line: line, Message: message})
	}
	for _, p := range doc.Problems {
		tell(p.Span, p.Message)
	}
	front := frontReader{page: page, tell: tell}
	front.read(doc.Front)

	sections(page, doc, tell)
	if page.Title == "" {
		page.Title = titleOf(name, doc)
	}
	if len(page.Sections) == 0 {
		page.Sections = whole(page, doc, tell)
	}
	for _, l := range doc.Links {
		page.links = append(page.links, link{l.To, doc.Line(l.Span.Start)})
	}
	inherit(page)
	under(page)
	hollow(page, func(line int, message string) {
		problems = append(problems, Problem{Path: name, Line: line, Message: message})
	})
	if !page.Declared {
		page.Kind = guessKind(page)
	}
	return page, problems
}

// titleOf returns the page's first level-one heading, else its file's name in words: "haulage-planners.md" is "Haulage planners".
func titleOf(name string, doc *prose.Page) string {
	for i := range doc.Blocks {
		if b := &doc.Blocks[i]; b.Kind == prose.Heading && b.Level == 1 && headingText(b) != "" {
			return headingText(b)
		}
	}
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if strings.EqualFold(stem, "README") || strings.EqualFold(stem, "index") {
		if dir := path.Base(path.Dir(name)); dir != "." && dir != "/" {
			stem = dir
		}
	}
	stem = strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(stem))
	if stem == "" {
		return name
	}
	first, size := utf8.DecodeRuneInString(stem)
	return string(unicode.ToUpper(first)) + stem[size:]
}

// sections reads the page's sections, one a heading.
func sections(page *Page, doc *prose.Page, tell func(prose.Span, string)) {
	var anchors slugger
	exact := anchorTexts(doc)
	first := map[string]int{} // heading and the headings above it, normalised → its line
	var above [7]string
	quotes := doc.Quotations
	for i, s := range doc.Sections {
		if s.Heading < 0 { // words before the first heading introduce the page; there is no heading to link to
			var intro Section
			fill(&intro, doc, s.First, s.End)
			page.intro = intro.Text
			continue
		}
		head := &doc.Blocks[s.Heading]
		heading := headingText(head)
		section := &Section{Page: page, Heading: heading, Level: head.Level, Kind: KindOf(heading), Line: doc.Line(head.Span.Start)}
		text, ok := exact[section.Line]
		if !ok {
			text = heading
		}
		section.Anchor = anchors.slug(text)
		page.addHeading(text, section.Line)
		name := strings.Join(split(heading), " ")
		above[head.Level] = name
		key := strings.Join(above[:head.Level+1], "\n")
		clear(above[head.Level+1:])
		if line, twice := first[key]; twice && name != "" {
			tell(head.Span, fmt.Sprintf("heading %q appears twice (first on line %d); give one of them a name of its own, so that a link tells which is meant",
				heading, line))
		} else {
			first[key] = section.Line
		}
		fill(section, doc, s.First, s.End)
		section.ToFill = section.Text == "" && slices.ContainsFunc(doc.Comments, func(c prose.Comment) bool {
			return c.Span.Start > head.Span.Start && (i+1 == len(doc.Sections) || c.Span.Start < doc.Sections[i+1].Span.Start)
		})
		section.Quotes, quotes = quotesWithin(s.Span, quotes)
		page.Sections = append(page.Sections, section)
	}
}

// whole returns a page without headings as one section under its title.
func whole(page *Page, doc *prose.Page, tell func(prose.Span, string)) []*Section {
	section := &Section{Page: page, Heading: page.Title, Level: 1, Kind: KindOf(page.Title), Line: 1}
	fill(section, doc, 0, len(doc.Blocks))
	section.Quotes = doc.Quotations
	if section.Text == "" {
		tell(prose.Span{}, "nothing stands on the page; write what it is about, or remove it")
		return nil
	}
	tell(prose.Span{}, "the page has no headings, so a link can only point at the whole of it; put a heading such as \"## Pains\" over each part")
	return []*Section{section}
}

// fill reads the blocks from first to before end into the section.
func fill(s *Section, doc *prose.Page, first, end int) {
	var lines []string
	for i := first; i < end && i < len(doc.Blocks); i++ {
		b := &doc.Blocks[i]
		switch b.Kind {
		case prose.Code, prose.Heading:
			continue
		case prose.Table:
			s.Rows = append(s.Rows, b.Rows...)
			for _, row := range b.Rows {
				lines = append(lines, strings.Join(row, " "))
			}
			continue
		}
		text := blockText(b)
		if text == "" {
			continue
		}
		if b.Kind == prose.ListItem {
			s.Items = append(s.Items, text)
		}
		lines = append(lines, text)
	}
	s.Text = strings.Join(lines, "\n")
	if s.Kind == TheySay || s.Kind == Jobs || s.Kind == Triggers {
		s.sentences = ownSentences(doc.Blocks[first:min(end, len(doc.Blocks))])
	}
}

func headingText(b *prose.Block) string { return blockText(b) }

func blockText(b *prose.Block) string {
	if len(b.Sentences) == 1 {
		return b.Sentences[0].Text
	}
	texts := make([]string, 0, len(b.Sentences))
	for _, s := range b.Sentences {
		texts = append(texts, s.Text)
	}
	return strings.Join(texts, " ")
}

// quotesWithin takes from the quotations, which are in order of place, those that lie within the span.
func quotesWithin(span prose.Span, quotes []prose.Quotation) (within, after []prose.Quotation) {
	for len(quotes) > 0 && quotes[0].Span.Start < span.Start {
		quotes = quotes[1:]
	}
	n := 0
	for n < len(quotes) && quotes[n].Span.Start < span.End {
		n++
	}
	return quotes[:n:n], quotes[n:]
}

// inherit gives sub-headings that no alias knows the kind of the heading above them, and lets that heading's words include theirs.
func inherit(page *Page) {
	var open []int // the headings the current one stands under, as indices into page.Sections
	below := make([][]string, len(page.Sections))
	for i, s := range page.Sections {
		for len(open) > 0 && page.Sections[open[len(open)-1]].Level >= s.Level {
			open = open[:len(open)-1]
		}
		if n := len(open); n > 0 && s.Kind == Other {
			s.Kind = page.Sections[open[n-1]].Kind
		}
		for n := len(open) - 1; n >= 0 && s.Kind != Other && page.Sections[open[n]].Kind == s.Kind; n-- {
			below[open[n]] = append(below[open[n]], s.Heading, s.Text)
		}
		open = append(open, i)
	}
	for i, s := range page.Sections {
		if len(below[i]) > 0 {
			s.Text = strings.TrimPrefix(s.Text+"\n"+strings.Join(below[i], "\n"), "\n")
		}
		s.words = len(strings.Fields(s.Text))
	}
}

// hollow tells of headings that promise something and hold nothing: no help can be linked there.
func hollow(page *Page, tell func(line int, message string)) {
	for _, s := range page.Sections {
		switch {
		case s.ToFill: // whoever keeps the page knows; primer lint tells
		case s.Kind != Other && s.words == 0:
			tell(s.Line, fmt.Sprintf("nothing stands under heading %q; write a line or two, or take the heading out", s.Heading))
		case strings.EqualFold(s.Heading, "Say it their way") && len(s.Rows) == 0:
			tell(s.Line, fmt.Sprintf("no table stands under heading %q; add one with the columns \"They say\" and \"We tend to say\"", s.Heading))
		}
	}
}
