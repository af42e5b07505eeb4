package prose

import (
	"bytes"
	"regexp"
	"strings"
)

// Lines of AsciiDoc by how they begin (docs.asciidoctor.org, "AsciiDoc Syntax Quick Reference").
var (
	adocHeading   = regexp.MustCompile(`^(={1,6}|#{1,6})[ \t]+\S`)
	adocEntry     = regexp.MustCompile(`^:!?([\pL\d_][\pL\d_-]*)!?:(?:[ \t]+(.*))?$`)
	adocStyle     = regexp.MustCompile(`^\[([^\]\n]*)\][ \t]*$`)
	adocAnchor    = regexp.MustCompile(`^\[\[[^\]\n]*\]\][ \t]*$`)
	adocTitle     = regexp.MustCompile(`^\.[^\s.]`)
	adocItem      = regexp.MustCompile(`^[ \t]*(\*{1,5}|\.{1,5}|-|\d{1,3}\.|[a-zA-Z]\.)[ \t]+(\[[ xX*]\][ \t]+)?\S`)
	adocTerm      = regexp.MustCompile(`^[ \t]*(\S[^\n]*?)(:{2,4}|;;)(?:[ \t]+(\S.*))?$`)
	adocFence     = regexp.MustCompile("^(-{4,}|\\.{4,}|\\+{4,}|={4,}|\\*{4,}|_{4,}|/{4,}|--|\"\"|```[\\w-]*|[|,:!]={3,})[ \t]*$")
	adocMacro     = regexp.MustCompile(`^(image|video|audio|include|toc|ifdef|ifndef|ifeval|endif|icon|[a-z][\w-]*)::([^\[\n]*)\[([^\n]*)\][ \t]*$`)
	adocNote      = regexp.MustCompile(`^(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+`)
	adocRule      = regexp.MustCompile(`^('{3,}|<{3,}|-{3}|\*{3})[ \t]*$`)
	adocSignature = regexp.MustCompile(`^-- +\S`)
)

// An adoc reads a page of AsciiDoc line by line.
type adoc struct {
	r       *reader
	src     source
	at      int    // where the next line begins
	style   string // of the next block: "quote", "NOTE", "source", …
	by      Value  // who speaks in the next block
	entries map[string]string
	first   bool // nothing was read yet
}

// readAsciiDoc reads AsciiDoc: its header, sections, paragraphs, lists, quotations, admonitions and tables; listings and what is passed
// through are set aside, includes are known as unread.
func (r *reader) readAsciiDoc(body int) {
	b := plainLines(r.page.Source)
	if body < len(bom) && hasBOM(b) {
		body = len(bom)
	}
	a := &adoc{r: r, src: source{bytes: b}, at: body, entries: map[string]string{}, first: true}
	r.src = a.src
	a.blocks("", place{}, 0)
}

// line returns the next line, without the white space at its end, and where the one after it begins.
func (a *adoc) line() (at Span, next int) {
	end := lineEnd(a.src.bytes, a.at, len(a.src.bytes))
	next = min(end+1, len(a.src.bytes))
	for end > a.at && isSpaceOrFiller(a.src.bytes[end-1]) {
		end--
	}
	return Span{a.at, end}, next
}

func (a *adoc) of(at Span) []byte { return a.src.bytes[at.Start:at.End] }

// take clears what was said about the next block, and returns it.
func (a *adoc) take() (style string, by Value) {
	style, by = a.style, a.by
	a.style, a.by = "", Value{}
	return style, by
}

// blocks reads blocks up to the line that closes what holds them.
func (a *adoc) blocks(closing string, in place, nest int) {
	depth := 0 // of the list in hand
	for a.at < len(a.src.bytes) {
		at, next := a.line()
		line := a.of(at)
		if closing != "" && string(line) == closing {
			a.at = next
			return
		}
		switch {
		case len(line) == 0:
			a.at = next
		case bytes.HasPrefix(line, []byte("//")) && !bytes.HasPrefix(line, []byte("///")):
			a.comment(at)
			a.at = next
		case adocEntry.Match(line):
			a.entry(at, next)
		case adocAnchor.Match(line):
			a.at = next
		case adocStyle.Match(line):
			a.attributes(Span{at.Start + 1, at.End - 1})
			a.at = next
		case adocRule.Match(line):
			a.at = next
		case adocFence.Match(line):
			depth = 0
			a.at = next
			a.delimited(string(line), at, in, nest)
		case adocMacro.Match(line):
			depth = 0
			a.macro(at)
			a.at = next
		case adocHeading.Match(line) && (closing == "" || a.style == "discrete" || a.style == "float"):
			depth = 0
			a.heading(at, in)
			a.at = next
			if a.first {
				a.header()
			}
		case string(line) == "+":
			a.at = next // the next block belongs to the item
			continue
		case adocTitle.Match(line):
			a.text(Block{Kind: Label, Aside: "caption"}, []Span{{at.Start + 1, at.End}}, in)
			a.at = next
		case adocItem.Match(line):
			depth = a.item(in)
		case adocTerm.Match(line):
			m := adocTerm.FindSubmatchIndex(line)
			a.text(Block{Kind: Label, Aside: "a label"}, []Span{{at.Start + m[2], at.Start + m[3]}}, in)
			a.at = next
			depth = 1
			if m[6] >= 0 {
				a.paragraph(Block{Kind: ListItem, Level: 1}, Span{at.Start + m[6], at.End}, next, in)
			} else if at, next := a.line(); !at.Empty() && !a.begins(a.of(at)) {
				a.paragraph(Block{Kind: ListItem, Level: 1}, at, next, in)
			}
		case depth == 0 && (line[0] == ' ' || line[0] == '\t'):
			a.literal(at)
		default:
			a.plain(at, next, in)
		}
		a.first = false
	}
}

// begins reports whether a line begins something else than a paragraph's text.
func (a *adoc) begins(line []byte) bool {
	return adocItem.Match(line) || adocFence.Match(line) || adocStyle.Match(line) || adocAnchor.Match(line) || string(line) == "+" ||
		adocMacro.Match(line) || adocTerm.Match(line)
}

// comment records a comment of one line.
func (a *adoc) comment(at Span) {
	inner := trim(a.src.bytes, Span{at.Start + 2, at.End})
	a.r.tags = append(a.r.tags, tag{Span: at, name: "comment", remark: string(a.of(inner)), at: inner})
}

// entry reads an attribute of the page, ":name: value".
func (a *adoc) entry(at Span, next int) {
	m := adocEntry.FindSubmatchIndex(a.of(at))
	a.at = next
	name := strings.ToLower(string(a.of(Span{at.Start + m[2], at.Start + m[3]})))
	if m[4] < 0 {
		return
	}
	value := Span{at.Start + m[4], at.Start + m[5]}
	text := string(a.of(value))
	for strings.HasSuffix(text, `\`) && a.at < len(a.src.bytes) { // it goes on in the next line
		more, next := a.line()
		text = strings.TrimRight(strings.TrimSuffix(text, `\`), " +") + " " + strings.TrimSpace(string(a.of(more)))
		value.End = more.End
		a.at = next
	}
	a.entries[name] = text
	key := strings.TrimPrefix(name, "page-")
	if value.Empty() || a.r.page.Front.Format != "" {
		return
	}
	switch key {
	case "description", "layout", "author", "date", "revdate", "tags", "keywords", "category", "type", "draft", "lang", "subtitle":
		a.r.page.Front.Values = append(a.r.page.Front.Values, Value{Key: key, Text: text, Span: value})
	}
}

// attributes reads the list of attributes before a block: [quote, Ada Nwosu, night lead].
func (a *adoc) attributes(at Span) {
	var parts []Span
	from, marked := at.Start, false
	for i := at.Start; i <= at.End; i++ {
		if i < at.End && a.src.bytes[i] == '"' {
			marked = !marked
		}
		if i == at.End || a.src.bytes[i] == ',' && !marked {
			part := Span{from, i}
			for !part.Empty() && strings.IndexByte(" \t\"", a.src.bytes[part.Start]) >= 0 {
				part.Start++
			}
			for !part.Empty() && strings.IndexByte(" \t\"", a.src.bytes[part.End-1]) >= 0 {
				part.End--
			}
			parts = append(parts, part)
			from = i + 1
		}
	}
	style := string(a.of(parts[0]))
	if n := strings.IndexAny(style, ".#%="); n >= 0 {
		style = style[:n]
	}
	if style == "" {
		return
	}
	a.style = style
	if style != "quote" && style != "verse" {
		return
	}
	for _, part := range parts[1:] {
		text := string(a.of(part))
		if part.Empty() || strings.Contains(text, "=") {
			continue
		}
		if a.by.Text == "" {
			a.by = Value{Text: text, Span: part}
		} else {
			a.by.Text += ", " + text
			a.by.Span.End = part.End
		}
	}
}

// delimited reads what stands between two lines of delimiters, the first of which was read.
func (a *adoc) delimited(mark string, open Span, in place, nest int) {
	style, by := a.take()
	closing := mark
	if strings.HasPrefix(mark, "```") {
		closing = "```"
	}
	read := false // whether there are blocks in it
	switch mark[0] {
	case '=', '*', '_', '"':
		read = true
	case '-':
		read = mark == "--"
	}
	if style == "source" || style == "listing" || style == "literal" || style == "stem" || style == "comment" || style == "pass" {
		read = false
	}
	first := len(a.r.page.Blocks)
	if read && nest < maxDepth && a.closes(closing) {
		below := in
		said := mark[0] == '_' || mark[0] == '"' || style == "quote" || style == "verse"
		below.quoted = in.quoted || said
		a.blocks(closing, below, nest+1)
		if said && !in.quoted {
			a.r.quotation(first, len(a.r.page.Blocks), by, BlockQuote)
		}
		return
	}
	inner := Span{a.at, a.at}
	for a.at < len(a.src.bytes) {
		at, next := a.line()
		a.at = next
		if string(a.of(at)) == closing {
			break
		}
		inner.End = at.End
	}
	inner = trimSpace(a.src.bytes, inner)
	if inner.Empty() {
		return
	}
	switch {
	case mark[0] == '/' || style == "comment":
		a.r.tags = append(a.r.tags, tag{Span: Span{open.Start, inner.End}, name: "comment", remark: string(a.of(inner)), at: inner})
	case mark[0] == '|' || mark[0] == ',' || mark[0] == ':' || mark[0] == '!':
		a.table(inner)
	case mark[0] == '+' && style == "stem":
	case mark[0] == '+':
		a.r.html(inner)
	default:
		a.r.add(Block{Kind: Code, Span: inner, Aside: "code"}, nil)
	}
}

// closes reports whether a line that closes a block comes.
func (a *adoc) closes(closing string) bool {
	for from := a.at; from < len(a.src.bytes); {
		end := lineEnd(a.src.bytes, from, len(a.src.bytes))
		if string(bytes.TrimRight(a.src.bytes[from:end], " \t")) == closing {
			return true
		}
		from = end + 1
	}
	return false
}

func trimSpace(b []byte, s Span) Span {
	for !s.Empty() && b[s.Start] <= ' ' {
		s.Start++
	}
	for !s.Empty() && b[s.End-1] <= ' ' {
		s.End--
	}
	return s
}

// table reads a table's cells, one row a line or a cell a line.
func (a *adoc) table(inner Span) {
	b := Block{Kind: Table, Aside: "table", Span: inner}
	for from := inner.Start; from < inner.End; {
		end := min(inner.End, lineEnd(a.src.bytes, from, inner.End))
		line := bytes.TrimSpace(a.src.bytes[from:end])
		from = end + 1
		if len(line) == 0 {
			continue
		}
		var row []string
		for n, cell := range strings.Split(string(line), "|") {
			if cell = strings.TrimSpace(cell); n > 0 || cell != "" {
				row = append(row, cell)
			}
		}
		b.Rows = append(b.Rows, row)
	}
	a.r.add(b, nil)
}

// macro reads a macro that is a block of its own: image::hall.jpg[The hall].
func (a *adoc) macro(at Span) {
	a.take()
	m := adocMacro.FindSubmatchIndex(a.of(at))
	name := string(a.of(Span{at.Start + m[2], at.Start + m[3]}))
	switch name {
	case "ifdef", "ifndef", "ifeval", "endif", "toc":
		return
	case "include", "image", "video", "audio", "icon":
	}
	b := Block{Kind: Component, Span: at, Name: name, Aside: "component"}
	b.Unread = name == "include" || a.r.hides(tag{Span: at, name: name, mark: "::"})
	a.r.add(b, nil)
}

// heading reads a section's heading.
func (a *adoc) heading(at Span, in place) {
	a.take()
	line := a.of(at)
	level := 0
	for line[level] == '=' || line[level] == '#' {
		level++
	}
	from := at.Start + level
	for from < at.End && a.src.bytes[from] <= ' ' {
		from++
	}
	a.text(Block{Kind: Heading, Level: level}, []Span{{from, at.End}}, in)
}

// header passes over the lines below a page's title that say who wrote it and when.
func (a *adoc) header() {
	for a.at < len(a.src.bytes) {
		at, next := a.line()
		line := a.of(at)
		switch {
		case len(line) == 0:
			return
		case bytes.HasPrefix(line, []byte("//")):
			a.comment(at)
			a.at = next
		case adocEntry.Match(line):
			a.entry(at, next)
		case adocMacro.Match(line) || adocHeading.Match(line):
			return
		default:
			a.at = next
		}
	}
}

// literal passes over a paragraph that is indented: it is shown as it stands.
func (a *adoc) literal(at Span) {
	a.take()
	for a.at < len(a.src.bytes) {
		line, next := a.line()
		if line.Empty() {
			break
		}
		at.End = line.End
		a.at = next
	}
	if s := trimSpace(a.src.bytes, at); !s.Empty() {
		a.r.add(Block{Kind: Code, Span: s, Aside: "code"}, nil)
	}
}

// item reads an item of a list up to the next, and returns how deep it lies.
func (a *adoc) item(in place) int {
	a.take()
	at, next := a.line()
	m := adocItem.FindSubmatchIndex(a.of(at))
	mark := a.of(Span{at.Start + m[2], at.Start + m[3]})
	b := Block{Kind: ListItem, Level: len(mark), Ordered: mark[0] != '*' && mark[0] != '-'}
	if mark[0] == '-' || mark[0] != '*' && mark[0] != '.' {
		b.Level = 1
	}
	a.paragraph(b, Span{at.Start + m[1] - 1, at.End}, next, in)
	return b.Level
}

// plain reads a paragraph, by the style that was given for it.
func (a *adoc) plain(at Span, next int, in place) {
	style, by := a.take()
	b := Block{Kind: Paragraph}
	switch style {
	case "source", "listing", "literal", "stem", "pass", "comment":
		a.literal(at)
		return
	}
	line := a.of(at)
	if m := adocNote.FindIndex(line); m != nil {
		at.Start += m[1]
	}
	lines := a.lines(at, next)
	said := style == "quote" || style == "verse"
	if line[0] == '>' {
		said = true
		for i := range lines {
			if a.src.bytes[lines[i].Start] == '>' {
				lines[i].Start++
			}
		}
	}
	if last := lines[len(lines)-1]; len(lines) > 1 && adocSignature.Match(a.of(last)) && (line[0] == '"' || said) {
		by = Value{Text: string(a.of(Span{last.Start + 3, last.End})), Span: Span{last.Start + 3, last.End}}
		lines = lines[:len(lines)-1]
		said = true
	}
	from := len(a.r.page.Blocks)
	below := in
	below.quoted = in.quoted || said
	a.text(b, lines, below)
	if said && !in.quoted {
		a.r.quotation(from, len(a.r.page.Blocks), by, BlockQuote)
	}
}

// paragraph reads the lines of an item that belong together, from one on.
func (a *adoc) paragraph(b Block, at Span, next int, in place) {
	a.text(b, a.lines(at, next), in)
}

// lines returns the lines that belong to a paragraph that begins at a place; a comment among them is none of it.
func (a *adoc) lines(at Span, next int) []Span {
	out := []Span{at}
	a.at = next
	for a.at < len(a.src.bytes) {
		at, next := a.line()
		line := a.of(at)
		if len(line) == 0 || a.begins(line) {
			break
		}
		if bytes.HasPrefix(line, []byte("//")) {
			a.comment(at)
		} else {
			out = append(out, at)
		}
		a.at = next
	}
	return out
}

// text makes a block of lines.
func (a *adoc) text(b Block, lines []Span, in place) {
	out := &run{}
	for i, at := range lines {
		if i > 0 {
			out.add(" ", Span{lines[i-1].End, min(lines[i-1].End+1, len(a.src.bytes))})
		}
		for !at.Empty() && a.src.bytes[at.Start] <= ' ' {
			at.Start++
		}
		hard := bytes.HasSuffix(a.of(at), []byte(" +"))
		if hard {
			at.End -= 2
		}
		a.inline(out, at, 0)
		if hard {
			out.stop(Span{at.End, at.End + 2})
		}
	}
	if b.Kind != Paragraph && b.Kind != ListItem {
		kind, level, aside := b.Kind, b.Level, b.Aside
		if out.blank() {
			return
		}
		a.r.add(Block{Kind: kind, Level: level, Aside: aside, Span: out.whole()}, out)
		return
	}
	whole := Span{}
	if len(lines) > 0 {
		whole = trimSpace(a.src.bytes, Span{lines[0].Start, lines[len(lines)-1].End})
	}
	a.r.prose(b, out, whole, in)
}
