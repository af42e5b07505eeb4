package prose

import (
	"bytes"
	"regexp"
	"unicode"
)

var (
	plainRule = regexp.MustCompile(`^\s*(?:={3,}|-{3,}|\*{3,}|_{3,}|#{3,}|~{3,})\s*$`)
	plainItem = regexp.MustCompile(`^(\s*)(?:[-*•‣–]|(\d{1,3})[.)])\s+`)
)

// longestHeading is how many bytes a line has at most that is read as a heading.
const longestHeading = 90

// readPlain reads plain text: paragraphs between blank lines, whose lines are joined; lines with a mark in front as items, with ">" as
// somebody's words; a short first line without a full stop, an underlined line and a line in capitals as headings. What follows "-- " is
// a signature.
func (r *reader) readPlain(body int) {
	masked, _ := mask(r.page.Source, body, false)
	src := source{bytes: masked}
	var lines []Span // of the paragraph in hand
	aside := ""
	first := true
	flush := func() {
		if len(lines) > 0 {
			r.plainParagraph(src, lines, first, aside)
			first = false
		}
		lines = nil
	}
	for at := body; at < len(masked); {
		end, next := frontLine(masked, at)
		line := masked[at:end]
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			flush()
		case string(line) == "-- ":
			flush()
			aside = "boilerplate"
		case plainRule.Match(line):
			if len(lines) == 1 && lines[0].End-lines[0].Start <= longestHeading && (line[0] == '=' || line[0] == '-') {
				r.plainHeading(src, lines[0], aside)
				lines, first = nil, false
			}
			flush()
		case len(lines) == 0 && !first && len(line) <= longestHeading && inCapitals(line):
			r.plainHeading(src, Span{at, end}, aside) // the text may follow at once
		default:
			if len(lines) > 0 && (plainItem.Match(line) || (line[0] == '>') != (masked[lines[0].Start] == '>')) {
				flush()
			}
			lines = append(lines, Span{at, end})
		}
		at = next
	}
	flush()
}

// plainParagraph makes a block of lines that belong together.
func (r *reader) plainParagraph(src source, lines []Span, first bool, aside string) {
	one := src.bytes[lines[0].Start:lines[0].End]
	if len(lines) == 1 && len(one) <= longestHeading && !plainItem.Match(one) && one[0] != '>' && (first && !endsSentence(one) || inCapitals(one)) {
		r.plainHeading(src, lines[0], aside)
		return
	}
	b := Block{Kind: Paragraph, Aside: aside}
	text := &run{}
	for i, line := range lines {
		from := line.Start
		if m := plainItem.FindSubmatchIndex(src.bytes[line.Start:line.End]); m != nil && i == 0 {
			from += m[1]
			b = Block{Kind: ListItem, Level: 1, Ordered: m[4] >= 0, Aside: aside}
		} else if src.bytes[from] == '>' {
			from++
			b.Kind = Quoted
		}
		text.addSource(src, from, line.End, false)
		text.add(" ", Span{line.End, min(line.End+1, len(src.bytes))})
	}
	if text.blank() {
		return
	}
	b.Span = text.whole()
	r.add(b, text)
	if b.Kind == Quoted {
		r.quotation(len(r.page.Blocks)-1, len(r.page.Blocks), Value{}, BlockQuote)
	}
}

func (r *reader) plainHeading(src source, line Span, aside string) {
	text := &run{}
	text.addSource(src, line.Start, line.End, false)
	if !text.blank() {
		r.add(Block{Kind: Heading, Level: 2, Span: text.whole(), Aside: aside}, text)
	}
}

func endsSentence(line []byte) bool {
	switch last(bytes.TrimRight(line, " \t\"”’')")) {
	case '.', '!', '?', ':', ';', ',', '…':
		return true
	}
	return false
}

// inCapitals reports whether a line has letters, several of them, and all are capitals.
func inCapitals(line []byte) bool {
	letters := 0
	for _, c := range string(line) {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			letters++
		}
	}
	return letters > 3
}
