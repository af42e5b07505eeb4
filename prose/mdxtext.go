package prose

import (
	"regexp"
	"sort"
	"strings"
)

// A writer writes an MDX page as Markdown without its tokens, each byte with its place in the author's file.
type writer struct {
	m      *mdx
	out    literal
	levels []level
	start  bool // at the start of a line, where there was nothing but white space so far
	column int  // how wide that was
	indent int  // of the line, as written
	marker int  // where the text of a list item begins, in the author's file
	locked bool // a row of a table, a quote or a heading, which ends with its line
	line   int  // where the line's text begins, in the author's file
}

// A level is an open block: how far its children are indented, and how far in what is written.
type level struct{ from, to int }

// mostIndent is how far a line is indented at most. Nobody nests deeper.
const mostIndent = 60

// markdown returns the Markdown between the tokens.
func (m *mdx) markdown() source {
	w := &writer{m: m, levels: []level{{}}, start: true}
	at := m.body
	for i := range m.tokens {
		t := &m.tokens[i]
		if t.hidden || t.Start < at {
			continue
		}
		w.text(at, t.Start)
		w.token(t)
		at = t.End
	}
	w.text(at, m.end)
	return w.out.source
}

// text writes the author's bytes from one place to another.
func (w *writer) text(from, to int) {
	for i := from; i < to; i++ {
		c := w.m.b[i]
		switch {
		case c == '\n':
			w.out.add("\n", Span{i, i + 1})
			w.start, w.column, w.locked, w.marker = true, 0, false, -1
		case w.start && c == ' ':
			w.column++
		case w.start && c == '\t':
			w.column += 4 - w.column%4
		case w.m.dialect != "":
			w.settle(i)
			i = w.escaped(i, to) - 1
		default:
			w.settle(i)
			w.out.add(string(w.m.b[i:i+1]), Span{i, i + 1})
		}
	}
}

// escaped writes the byte or the character reference at i so that Markdown takes it for text, and returns where the text goes on.
func (w *writer) escaped(i, to int) int {
	b := w.m.b
	if n := 1; b[i] == '&' {
		if n = entityLen(b[i:to]); n > 1 {
			for j := i; j < i+n; j++ {
				w.out.add(string(b[j:j+1]), Span{j, j + 1})
			}
			return i + n
		}
	}
	if isPunct(b[i]) {
		w.out.add(`\`, Span{i, i})
	}
	w.out.add(string(b[i:i+1]), Span{i, i + 1})
	return i + 1
}

// settle indents the line whose first byte stands at i.
func (w *writer) settle(i int) {
	if !w.start {
		return
	}
	top := &w.levels[len(w.levels)-1]
	if top.from < 0 {
		top.from = w.column
	}
	w.indent = min(mostIndent, top.to+max(0, w.column-top.from))
	w.start, w.line = false, i
	w.out.add(strings.Repeat(" ", w.indent), Span{i, i})
	rest := w.m.b[i:w.m.end]
	if w.m.dialect != "" {
		return
	}
	if n := markerLen(rest); n > 0 {
		w.marker = i + n
	}
	w.locked = len(rest) > 0 && strings.IndexByte("|>#", rest[0]) >= 0
}

// apart ends the block before and begins another.
func (w *writer) apart(at int) {
	w.out.add("\n\n"+strings.Repeat(" ", w.indent), Span{at, at})
}

// token writes what stands for a token.
func (w *writer) token(t *token) {
	t.written = true
	here := Span{t.Start, t.Start}
	switch t.kind {
	case spanToken:
		w.text(t.Start, t.End)
		return
	case literalToken:
		w.settle(t.Start)
		for i := 0; i < len(t.text.bytes); i++ {
			c := t.text.bytes[i]
			place := t.text.place(Span{i, i + 1})
			switch {
			case c <= ' ':
				w.out.add(" ", place)
			case isPunct(c) && c != '&':
				w.out.add(`\`, place)
				fallthrough
			default:
				w.out.add(string([]byte{c}), place)
			}
		}
		return
	case moduleToken:
		w.apart(t.Start)
		return
	}
	w.settle(t.Start)
	opens := t.kind == elementToken && !t.element.close && t.mate >= 0
	if opens {
		t.level = -1
	}
	switch {
	case t.kind == elementToken && t.element.name == "br":
		w.out.add(" ", here)
	case t.kind == elementToken && t.element.name == "q" && t.mate >= 0:
		w.out.add(map[bool]string{false: "“", true: "”"}[t.element.close], t.Span)
	case !t.block:
		if t.kind != elementToken || t.element.self {
			w.out.add(string(rune(filler)), here)
		}
	case w.locked:
		w.out.add(" ", here)
	case w.marker > 0 && t.Start >= w.marker && !hasText(w.m.b[w.marker:t.Start]):
		if opens {
			w.push(t, level{-1, min(mostIndent, w.indent+t.Start-w.line)})
		}
	case opens:
		w.apart(t.Start)
		w.push(t, level{-1, w.indent})
	case t.kind == elementToken && t.element.close && t.mate >= 0:
		if n := w.m.tokens[t.mate].level; n > 0 && n < len(w.levels) {
			w.levels = w.levels[:n]
		}
		w.indent = min(w.indent, w.levels[len(w.levels)-1].to)
		w.apart(t.Start)
	default:
		w.apart(t.Start)
	}
}

func (w *writer) push(t *token, l level) {
	t.level = len(w.levels)
	w.levels = append(w.levels, l)
}

// A standing says what the text at a place stands in.
type standing struct {
	list    int
	ordered bool
	heading int
	cell    bool
	quote   bool
	spoke   bool // a quotation stands before, in the same element
	cite    bool
	caption bool
	label   bool
}

// elements tells what elements mean to the text between their tags: headings, items, cells, links, who is quoted.
func (r *reader) elements(m *mdx) {
	var order []int
	for i := range r.page.Blocks {
		if r.runs[i] != nil {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return r.page.Blocks[order[a]].Span.Start < r.page.Blocks[order[b]].Span.Start })
	done := 0 // how many of them stand before the token
	type frame struct {
		standing
		first int // of the blocks in it
	}
	stack := []frame{{}}
	advance := func(to int) {
		for ; done < len(order) && r.page.Blocks[order[done]].Span.Start < to; done++ {
			r.stand(order[done], stack[len(stack)-1].standing)
		}
	}
	for i := range m.tokens {
		t := &m.tokens[i]
		if t.hidden || t.kind != elementToken {
			continue
		}
		advance(t.Start)
		var before *run
		if done > 0 {
			before = r.runs[order[done-1]]
		}
		switch {
		case t.element.name == "br":
			if before != nil {
				if at := sort.SearchInts(before.start, t.End); at > 0 && at < len(before.text) {
					before.stops = append(before.stops, at)
				}
			}
		case t.mate < 0:
		case !t.element.close:
			now := stack[len(stack)-1].standing
			if t.block || t.element.name != "cite" {
				now.enter(t.element.name)
				now.label = now.label || m.isButton(t.element)
			}
			stack = append(stack, frame{now, done})
		default:
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			open := &m.tokens[t.mate]
			if isQuote(open.element.name) {
				stack[len(stack)-1].spoke = true
			}
			if before != nil {
				markInline(before, m, open, t)
			}
			if done == top.first+1 {
				r.named(open.element.name, order[top.first], top.standing)
			}
		}
	}
	advance(m.end + 1)
}

// isButton reports whether an element is a link that looks like a button.
func (m *mdx) isButton(e element) bool {
	t := tag{name: e.name}
	for _, a := range e.attrs {
		if a.form == '"' && (a.name == "class" || a.name == "className") {
			t.args = append(t.args, arg{key: "class", text: string(m.b[a.value.Start:a.value.End])})
		}
	}
	return isHTML(e.name) && isButton(t)
}

// enter opens an element.
func (s *standing) enter(name string) {
	switch {
	case name == "ul" || name == "ol":
		s.list++
		s.ordered = name == "ol"
	case name == "li":
		s.list = max(1, s.list)
	case len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6':
		s.heading = int(name[1] - '0')
	case cellElements[name]:
		s.cell = true
	case name == "button" || name == "summary" || name == "dt":
		s.label = true
	case isQuote(name):
		s.quote = true
	case name == "cite" || name == "footer" && s.quote:
		s.cite = true
	case name == "figcaption":
		s.caption = true
	}
}

// isQuote reports whether an element holds somebody's words, and not only says whose they are.
func isQuote(name string) bool {
	return isQuoteName(name) && name != "q" && roleOf(name) != speakerCopy
}

// stand tells a block what it stands in.
func (r *reader) stand(i int, in standing) {
	b := &r.page.Blocks[i]
	switch {
	case in.quote && (in.cite || in.caption):
		b.Kind, b.Aside = Quoted, "attribution"
	case in.cite || in.caption:
		b.Aside = "caption"
		if in.spoke {
			b.Aside = "attribution"
		}
	case b.Kind != Paragraph:
		if b.Kind == ListItem && in.list > 0 {
			b.Level += in.list
		}
	case in.heading > 0:
		b.Kind, b.Level = Heading, in.heading
	case in.cell:
		b.Kind, b.Aside = Table, "table"
	case in.label:
		b.Kind, b.Aside = Label, "a label"
	case in.list > 0:
		b.Kind, b.Level, b.Ordered = ListItem, in.list, in.ordered
	}
}

// named tells the only block of a component what the component's name says of it: a title, a button, who speaks.
func (r *reader) named(name string, i int, in standing) {
	b := &r.page.Blocks[i]
	if isHTML(name) || b.Kind != Paragraph || b.Aside != "" {
		return
	}
	switch roleOf(name) {
	case headlineCopy:
		b.Kind, b.Level = Heading, 3
	case labelCopy:
		b.Kind, b.Aside = Label, "a label"
	case speakerCopy:
		if in.quote {
			b.Kind, b.Aside = Quoted, "attribution"
		}
		if in.spoke {
			b.Aside = "attribution"
		}
	}
}

// markInline marks in a text what stands between two tags: a link, or code.
func markInline(text *run, m *mdx, open, end *token) {
	between := textRange{sort.SearchInts(text.start, open.End), sort.SearchInts(text.start, end.Start)}
	if between.from >= between.to {
		return
	}
	switch open.element.name {
	case "code", "kbd", "samp":
		text.codes = append(text.codes, between)
		return
	}
	if open.block && open.element.name != "a" {
		return
	}
	for _, a := range open.element.attrs {
		if a.name == "href" || a.name == "to" && !isHTML(open.element.name) {
			to := ""
			if a.form == '"' {
				to = string(m.entities(a.value).bytes)
			}
			text.links = append(text.links, textLink{between, to})
			return
		}
	}
}

// mdxTag records what a token is to a page: a comment, a component, an expression.
func (r *reader) mdxTag(m *mdx, t *token) {
	made := tag{Span: t.Span, close: t.element.close, paired: t.mate >= 0, name: t.element.name, mark: "<", inline: !t.block}
	switch {
	case t.hidden:
		return
	case t.kind == commentToken:
		made.name, made.remark, made.at = "comment", strings.TrimSpace(string(m.b[t.inner.Start:t.inner.End])), t.inner
	case t.kind == moduleToken:
		made.name = "module"
	case t.kind == fencesign && t.element.name != "":
		made.paired = true
	case t.kind == brokenPart:
		made.args = []arg{{code: true}}
	case t.kind == expressionToken:
		made.name = nameOf(m.b[t.Start+1 : t.End-1])
		made.mark = "{"
		if t.block {
			made.mark = ""
		}
	case t.kind != elementToken || t.element.name == "":
		return
	case isHTML(t.element.name):
		if t.element.name == "blockquote" {
			made.args = nil
			break
		}
		if unreadElements[t.element.name] && !t.element.close && (t.element.self || t.mate < 0) {
			r.setAside(made)
		}
		return
	case !t.element.close:
		made.args = m.arguments(t.element, 0)
	}
	r.tags = append(r.tags, made)
}

var firstName = regexp.MustCompile(`(?:\b(?:new|await|typeof)\s+)?([\pL_$][\w$.]*)`)

// nameOf returns what an expression goes by: the first name in it.
func nameOf(code []byte) string {
	if at := firstName.FindSubmatchIndex(code[:min(len(code), 200)]); at != nil {
		name := string(code[at[2]:at[3]])
		if n := strings.LastIndexByte(name, '.'); n > 0 && at[1] < len(code) && code[at[1]] == '(' {
			name = name[:n] // what is called is not what is read
		}
		return name
	}
	return "expression"
}

// text returns what readers meet in the elements at a place, and whether all of it could be made out.
func (s *jsx) text(at Span, nest int) (text *literal, ok bool) {
	inner := &mdx{jsx: *s, body: at.Start}
	inner.end = at.End
	inner.tokenize()
	inner.pair()
	out := &literal{}
	ok = true
	from := at.Start
	for i := range inner.tokens {
		t := &inner.tokens[i]
		if t.hidden || t.Start < from {
			continue
		}
		s.plain(out, Span{from, t.Start})
		from = t.End
		switch {
		case t.kind == spanToken:
			from = t.Start
		case t.kind == literalToken:
			out.bytes, out.start, out.end = append(out.bytes, t.text.bytes...), append(out.start, t.text.start...), append(out.end, t.text.end...)
		case t.kind == expressionToken:
			ok = false
		case t.kind == elementToken && !isHTML(t.element.name) && t.element.name != "" && !t.element.close && t.mate < 0:
			ok = ok && !(&reader{}).hides(tag{name: t.element.name, mark: "<"})
		case t.kind == elementToken && (standsApart(t.element.name) || t.element.name == "br"):
			out.add(" ", Span{t.Start, t.Start})
		}
	}
	s.plain(out, Span{from, at.End})
	s.temper = inner.temper
	return out, ok
}

// plain adds the text at a place.
func (s *jsx) plain(out *literal, at Span) {
	text := s.entities(at)
	out.bytes, out.start, out.end = append(out.bytes, text.bytes...), append(out.start, text.start...), append(out.end, text.end...)
}

var metaStart = regexp.MustCompile(`^export\s+const\s+(meta|metadata|frontmatter|frontMatter)\b[^={]*=\s*`)

// meta reads the title and the like of a page that keeps them in an export.
func (r *reader) meta(m *mdx) {
	if len(r.page.Front.Values) > 0 {
		return
	}
	for _, t := range m.tokens {
		if t.kind != moduleToken {
			continue
		}
		head := metaStart.Find(m.b[t.Start:min(t.End, t.Start+200)])
		if head == nil || t.Start+len(head) >= t.End || m.b[t.Start+len(head)] != '{' {
			continue
		}
		inner := m.jsx
		inner.end = t.End
		v := values{jsx: &inner}
		v.value(t.Start+len(head), "", 0)
		for _, a := range v.found {
			if !a.code && a.key != "" {
				r.page.Front.Values = append(r.page.Front.Values, a.value())
			}
		}
		return
	}
}

// value makes an argument a value.
func (a arg) value() Value { return Value{Key: a.key, Text: a.text, Span: a.span, read: a.read} }
