package prose

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// mdxMarkdown is Markdown as MDX has it: no indented code, and "<" is nothing of Markdown's but an address in angle brackets.
var mdxMarkdown = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(indented{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)),
	goldmark.WithExtensions(extension.GFM, extension.Footnote),
)

// indented reads paragraphs however far they are indented.
type indented struct{ parser.BlockParser }

func (indented) CanAcceptIndentedLine() bool { return true }

// readMDX reads Markdown with components. Its tokens are found in the author's bytes; what stands between them is made into Markdown
// without them, their children no more indented than they are; and what an element means to its text is then told by place.
func (r *reader) readMDX(body int) {
	r.elementPage(&mdx{body: body})
}

// elementPage reads a page in which components are elements.
func (r *reader) elementPage(m *mdx) {
	body := m.body
	b := plainLines(r.page.Source)
	if body < len(bom) && hasBOM(b) {
		body = len(bom)
	}
	m.b, m.end, m.temper, m.body = b, len(b), 4*len(b)+10_000, body
	m.tokenize()
	m.pair()
	m.place()
	r.meta(m)
	text := m.markdown()
	tame(text.bytes, 0)
	r.markdown(text)
	for _, t := range m.tokens {
		if t.kind == fenceToken && !t.inner.Empty() && t.written {
			r.add(Block{Kind: Code, Span: t.inner, Aside: "code"}, nil)
		}
	}
	r.elements(m)
	for i := range m.tokens {
		r.mdxTag(m, &m.tokens[i])
	}
}

// An mdx is a page of MDX, or an element of one.
type mdx struct {
	jsx
	body   int // where it begins
	tokens []token
}

// A tokenKind says what a token is.
type tokenKind int

// The kinds of token.
const (
	elementToken tokenKind = iota
	expressionToken
	literalToken // an expression that is a string: text
	spanToken    // inline code
	fenceToken
	commentToken
	moduleToken
	noteToken  // {#id} of a heading
	fencesign  // ::: of an admonition
	brokenPart // the start of an element that never ends
)

// A token is a part of a page that is not plain Markdown.
type token struct {
	Span
	kind    tokenKind
	element element
	inner   Span     // of a comment its words, of a fence its lines
	text    *literal // of a literal
	mate    int      // the tag that closes or opens it; -1 when there is none
	block   bool     // stands apart from the text around it
	hidden  bool     // stands in something that is not read
	written bool     // was reached in writing the Markdown
	level   int      // of a tag that opens a block: its place among the levels of indentation, -1 when it has none
}

// tokenize finds the tokens.
func (m *mdx) tokenize() {
	b, end := m.b, m.end
	markdown := m.dialect == ""
	var closers map[int]int
	if markdown {
		closers = codeSpans(b, m.body, end)
	}
	module := true // whether a module may begin on the next line
	noRemark := false
	add := func(t token) int {
		t.mate = -1
		m.tokens = append(m.tokens, t)
		return t.End
	}
	begin := m.body
	if m.dialect == astro {
		if t, ok := m.codeFence(); ok {
			m.tokens = append(m.tokens, t)
			begin = t.End
		}
	}
	for i := begin; i < end; {
		if markdown && (i == m.body || b[i-1] == '\n') {
			first := i
			for first < end && (b[first] == ' ' || b[first] == '\t') {
				first++
			}
			if first >= end || b[first] == '\n' {
				module = true
				i = min(end, first+1)
				continue
			}
			if t, ok := m.fence(i); ok {
				i = add(t)
				continue
			}
			if bytes.HasPrefix(b[first:end], []byte(":::")) {
				for _, t := range m.admonition(first) {
					i = add(t)
				}
				module = true
				continue
			}
			if module && first == i && (b[i] == 'i' || b[i] == 'e') {
				if at := m.module(i); at > i {
					i = add(token{kind: moduleToken, Span: Span{i, at}})
					i = min(end, i+1)
					continue
				}
			}
			module = b[first] == '<' || b[first] == '{'
		}
		switch c := b[i]; {
		case c == '\\' && markdown:
			if i+1 < end && isPunct(b[i+1]) {
				i++
			}
			i++
		case c == '`' && markdown:
			run := i
			for run < end && b[run] == '`' {
				run++
			}
			if at, ok := closers[i]; ok {
				i = add(token{kind: spanToken, Span: Span{i, at}})
			} else {
				i = run
			}
		case c == '<':
			if bytes.HasPrefix(b[i:end], []byte("<!--")) && !noRemark {
				n := bytes.Index(b[i:end], []byte("-->"))
				if noRemark = n < 0; !noRemark {
					i = add(token{kind: commentToken, Span: Span{i, i + n + 3}, inner: trim(b, Span{min(i+4, i+n), i + n})})
					continue
				}
			}
			if i >= 2 && b[i-1] == '(' && b[i-2] == ']' {
				i++
				continue
			}
			t, ok := m.tag(i, 0)
			if n := strings.LastIndexByte(t.name, '.'); n >= 0 && isHTML(t.name[n+1:]) {
				t.name = t.name[n+1:] // motion.h1 is a heading
			}
			if !ok {
				if at := m.broken(i); at > i {
					i = add(token{kind: brokenPart, Span: Span{i, at}, element: element{name: t.name}})
					continue
				}
				i++
				continue
			}
			made := token{kind: elementToken, Span: t.Span, element: t}
			if voidElements[t.name] {
				made.element.self = true
			}
			if (t.name == "script" || t.name == "style") && !t.close && !t.self {
				if n := bytes.Index(b[t.End:end], []byte("</"+t.name)); n >= 0 {
					made.End = t.End + n + len("</"+t.name)
					if n := bytes.IndexByte(b[made.End:end], '>'); n >= 0 {
						made.End += n + 1
					}
					made.element.self = true
				} else {
					m.vain(t.End, end)
				}
			}
			i = add(made)
		case c == '{' && (m.dialect != vue || i+1 < end && b[i+1] == '{'):
			if t, ok := m.brace(i); ok {
				i = add(t)
			} else {
				i++
			}
		default:
			i++
		}
	}
}

// voidElements never have children.
var voidElements = setOf("area base br col embed hr img input link meta source track wbr")

// codeSpans returns, by where a run of backticks begins, where the inline code it opens ends. Inline code does not go past a blank line.
func codeSpans(b []byte, from, end int) map[int]int {
	out := map[int]int{}
	next := map[int]int{} // by length, where the next run ends
	blank := true
	for i := end - 1; i >= from; {
		switch c := b[i]; {
		case c == '`':
			last := i + 1
			for i >= from && b[i] == '`' {
				i--
			}
			n := last - i - 1
			if at, ok := next[n]; ok {
				out[i+1] = at
			}
			next[n] = last
			blank = false
			continue
		case c == '\n':
			if blank {
				clear(next)
			}
			blank = true
		case c > ' ':
			blank = false
		}
		i--
	}
	return out
}

// fence reads the fenced code that begins on the line at i. One in a block quote is left to Markdown, and is only passed over.
func (m *mdx) fence(i int) (token, bool) {
	b := m.b
	at := fenceLine.FindSubmatchIndex(b[i:min(m.end, i+400)])
	if at == nil {
		return token{}, false
	}
	mark := b[i+at[2] : i+at[3]]
	line := lineEnd(b, i, m.end)
	if mark[0] == '`' && bytes.IndexByte(b[i+at[3]:line], '`') >= 0 {
		return token{}, false
	}
	t := token{kind: fenceToken, Span: Span{i + at[2], m.end}, inner: Span{min(line+1, m.end), m.end}}
	if bytes.IndexByte(b[i:i+at[2]], '>') >= 0 {
		t.kind = spanToken
	}
	for from := line + 1; from < m.end; {
		line := lineEnd(b, from, m.end)
		got := bytes.Trim(b[from:line], " \t>")
		if len(got) >= len(mark) && len(bytes.Trim(got, string(mark[:1]))) == 0 {
			t.inner.End, t.End = from, line
			break
		}
		from = line + 1
	}
	for !t.inner.Empty() && b[t.inner.End-1] <= ' ' {
		t.inner.End--
	}
	return t, true
}

func lineEnd(b []byte, from, end int) int {
	if n := bytes.IndexByte(b[min(from, end):end], '\n'); n >= 0 {
		return from + n
	}
	return end
}

var admonitionHead = regexp.MustCompile(`^:{3,}\s*[\w-]*\s*(\{[^}\n]*\})?\[?`)

// admonition reads the line that opens or closes an admonition; its title is text between two tokens.
func (m *mdx) admonition(i int) []token {
	last := lineEnd(m.b, i, m.end)
	head := admonitionHead.Find(m.b[i:last])
	name, _, _ := strings.Cut(string(head), "{")
	open := token{kind: fencesign, Span: Span{i, i + len(head)}, element: element{name: strings.ToLower(strings.Trim(name, ":[ \t"))}}
	end := token{kind: fencesign, Span: Span{last, last}}
	if head[len(head)-1] == '[' {
		if n := bytes.LastIndexByte(m.b[open.End:last], ']'); n >= 0 {
			end.Start = open.End + n
		}
	}
	return []token{open, end}
}

var brokenHead = regexp.MustCompile(`^<[A-Za-z][\w.]*\s+[\w-]+=["'{]`)

// broken returns how far an element that starts at i and never ends is set aside: to the end of its tag if it seems to have one, else of
// its lines. It returns i when it is no element but text.
func (m *mdx) broken(i int) int {
	head := m.b[i:min(m.end, i+2000)]
	if !brokenHead.Match(head) {
		return i
	}
	if n := bytes.Index(head, []byte("\n\n")); n >= 0 {
		head = head[:n]
	}
	if n := bytes.IndexByte(head, '>'); n >= 0 {
		return i + n + 1
	}
	return i + len(head)
}

// brace reads the expression, comment or note that starts at i.
func (m *mdx) brace(i int) (token, bool) {
	b := m.b
	if m.dialect == svelte && i+1 < m.end && (b[i+1] == '#' || b[i+1] == ':') { // {#each kilns as { name } (name)}
		if end := m.expression(i, 0); end > 0 {
			return token{kind: noteToken, Span: Span{i, end}}, true
		}
		return token{}, false
	}
	if i+1 < m.end && (b[i+1] == '#' || b[i+1] == ':') {
		line := b[i:min(lineEnd(b, i, m.end), i+200)]
		if n := bytes.IndexByte(line, '}'); n >= 0 {
			return token{kind: noteToken, Span: Span{i, i + n + 1}}, true
		}
		return token{}, false
	}
	end := m.expression(i, 0)
	if end < 0 {
		return token{}, false
	}
	t := token{kind: expressionToken, Span: Span{i, end}}
	inner := bytes.TrimSpace(b[i+1 : end-1])
	if bytes.HasPrefix(inner, []byte("/*")) && bytes.HasSuffix(inner, []byte("*/")) && len(inner) >= 4 || bytes.HasPrefix(inner, []byte("//")) {
		t.kind, t.inner = commentToken, Span{i + 1, end - 1}
		for !t.inner.Empty() && strings.IndexByte(" \t\n/*", b[t.inner.Start]) >= 0 {
			t.inner.Start++
		}
		for !t.inner.Empty() && strings.IndexByte(" \t\n/*", b[t.inner.End-1]) >= 0 {
			t.inner.End--
		}
		return t, true
	}
	if bytes.Contains(inner, []byte("\n\n")) {
		first, _ := lineAround(b, Span{i, i})
		before := bytes.TrimSpace(b[max(first, m.body):i])
		inText := len(before) > 0 && strings.IndexByte(">})", before[len(before)-1]) < 0
		if inText || !bytes.ContainsAny(inner, "(<=[`") {
			m.vain(i, end) // a brace that never closed, and a later one
			return token{}, false
		}
	}
	v := values{jsx: &jsx{b: b, end: end - 1, temper: m.temper}}
	if at := v.value(i+1, "", 0); v.space(at) >= v.end && len(v.found) == 1 && !v.found[0].code && v.found[0].key == "" && v.found[0].read != nil {
		t.kind, t.text = literalToken, &literal{*v.found[0].read}
	}
	m.temper = v.temper
	return t, true
}

// pair finds which tag closes which, and hides what stands in elements that are not read.
func (m *mdx) pair() {
	var open []int
	for i := range m.tokens {
		t := &m.tokens[i]
		if t.kind != elementToken || t.element.self {
			continue
		}
		if !t.element.close {
			open = append(open, i)
			continue
		}
		for n := len(open) - 1; n >= max(0, len(open)-maxDepth); n-- {
			if o := &m.tokens[open[n]]; o.element.name == t.element.name {
				o.mate, t.mate = i, open[n]
				open = open[:n]
				break
			}
		}
	}
	var quotes []int // where the open quotations end
	for i := 0; i < len(m.tokens); i++ {
		t := &m.tokens[i]
		if t.kind != elementToken || t.element.close || t.mate < 0 {
			continue
		}
		for len(quotes) > 0 && quotes[len(quotes)-1] < i {
			quotes = quotes[:len(quotes)-1]
		}
		if isQuoteName(t.element.name) {
			quotes = append(quotes, t.mate)
		}
		if !unreadInMDX(t.element.name) || m.dialect == vue && t.element.name == "template" || t.element.name == "footer" && len(quotes) > 0 {
			continue
		}
		for n := i + 1; n <= t.mate; n++ {
			m.tokens[n].hidden = true
		}
		t.End = m.tokens[t.mate].End
		t.element.self = true
		i, t.mate = t.mate, -1
	}
}

// unreadInMDX reports whether the children of an element are not read.
func unreadInMDX(name string) bool {
	if name == "title" || name == "svelte:head" {
		return true
	}
	if isHTML(name) {
		return unreadElements[name] && name != "button" && name != "header"
	}
	return unreadPairs[strings.ToLower(name)] && !strings.EqualFold(name, "highlight")
}

// isHTML reports whether an element is one of HTML's, and no component.
func isHTML(name string) bool {
	return name != "" && name[0] >= 'a' && name[0] <= 'z' && !strings.ContainsAny(name, "-.")
}

// standsApart are the elements of HTML that are blocks of their own.
func standsApart(name string) bool {
	return blockElements[name] && name != "cite" || unreadElements[name] || name == "hr"
}

// place finds which tokens stand apart, and which stand in a line of text. An element of HTML does by its name; a component, when there
// is text of the same sentence beside it.
func (m *mdx) place() {
	tokens := m.tokens
	n := len(tokens)
	left, right := make([]bool, n), make([]bool, n)
	prev := -1
	for i := range tokens {
		if tokens[i].hidden {
			continue
		}
		from := m.body
		if prev >= 0 {
			from = tokens[prev].End
		}
		gap := m.b[from:max(from, tokens[i].Start)]
		switch cut := bytes.LastIndexByte(gap, '\n'); {
		case cut >= 0 || prev < 0:
			tail := gap[cut+1:]
			left[i] = hasText(tail[markerLen(tail):])
		case hasText(gap):
			left[i] = true
		default:
			t := tokens[prev]
			switch {
			case t.kind == spanToken || t.kind == literalToken:
				left[i] = true
			case t.kind == expressionToken || t.kind == commentToken || t.kind == noteToken:
				left[i] = left[prev]
			case t.kind != elementToken:
			case t.element.self:
				left[i] = left[prev] && !standsApart(t.element.name)
			case t.element.close:
				left[i] = m.inlineHTML(t) || t.mate >= 0 && left[t.mate] && !standsApart(t.element.name)
			default:
				left[i] = m.inlineHTML(t) && left[prev]
			}
		}
		prev = i
	}
	next := -1
	for i := n - 1; i >= 0; i-- {
		if tokens[i].hidden {
			continue
		}
		to := m.end
		if next >= 0 {
			to = tokens[next].Start
		}
		gap := m.b[min(tokens[i].End, to):to]
		switch cut := bytes.IndexByte(gap, '\n'); {
		case cut >= 0:
			right[i] = hasText(gap[:cut])
		case hasText(gap):
			right[i] = true
		case next >= 0:
			t := tokens[next]
			switch {
			case t.kind == spanToken || t.kind == literalToken:
				right[i] = true
			case t.kind == expressionToken || t.kind == commentToken || t.kind == noteToken:
				right[i] = right[next]
			case t.kind != elementToken:
			case t.element.self:
				right[i] = right[next] && !standsApart(t.element.name)
			case t.element.close:
				right[i] = m.inlineHTML(t) && right[next]
			default:
				right[i] = m.inlineHTML(t) || t.mate >= 0 && right[t.mate] && !standsApart(t.element.name)
			}
		}
		next = i
	}
	inlineTo := -1 // the end of the inline component around
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.kind == expressionToken:
			t.block = !left[i] && !right[i] && i > inlineTo
		case t.kind == commentToken:
			t.block = !left[i] && !right[i]
		case t.kind == fenceToken || t.kind == moduleToken || t.kind == fencesign || t.kind == brokenPart:
			t.block = true
		case t.kind != elementToken || t.element.close:
		case isHTML(t.element.name) && (t.element.name != "cite" || t.mate < 0):
			t.block = standsApart(t.element.name)
		case i < inlineTo:
		case t.mate < 0:
			t.block = !left[i] && !right[i]
		default:
			t.block = !left[i] && !right[t.mate] && !m.wrapped(i)
			if !t.block {
				inlineTo = t.mate
			}
		}
		if t.kind == elementToken && t.element.close && t.mate >= 0 {
			t.block = tokens[t.mate].block
		} else if t.kind == elementToken && t.element.close {
			t.block = standsApart(t.element.name)
		}
	}
}

func (m *mdx) inlineHTML(t token) bool { return isHTML(t.element.name) && !standsApart(t.element.name) }

// wrapped reports whether a component with its text, alone on its line, continues the text of the line before or after.
func (m *mdx) wrapped(i int) bool {
	open, end := m.tokens[i], m.tokens[m.tokens[i].mate]
	inner := m.b[open.End:end.Start]
	if bytes.IndexByte(inner, '\n') >= 0 || len(bytes.TrimSpace(inner)) == 0 {
		return false
	}
	from, to := m.body, m.end
	if i > 0 {
		from = m.tokens[i-1].End
	}
	if open.mate+1 < len(m.tokens) {
		to = m.tokens[open.mate+1].Start
	}
	before := bytes.TrimRight(m.b[min(from, open.Start):open.Start], " \t")
	if before, ok := bytes.CutSuffix(before, []byte("\n")); ok {
		line := bytes.TrimSpace(before[bytes.LastIndexByte(before, '\n')+1:])
		if len(line) > 0 && line[0] != '#' && line[0] != '|' {
			return true
		}
	}
	after := bytes.TrimLeft(m.b[min(end.End, to):to], " \t")
	if after, ok := bytes.CutPrefix(after, []byte("\n")); ok {
		line, _, _ := bytes.Cut(after, []byte("\n"))
		line = bytes.TrimSpace(line)
		return len(line) > 0 && markerLen(line) == 0 && strings.IndexByte("#|>`", line[0]) < 0
	}
	return false
}

func hasText(b []byte) bool { return len(bytes.Trim(b, " \t\n\x1a")) > 0 }

var markerStart = regexp.MustCompile(`^[ \t]*([-*+]|[0-9]{1,9}[.)])[ \t]+(\[[ xX]\] )?`)

// markerLen returns the length of the list marker that a line starts with.
func markerLen(line []byte) int {
	return len(markerStart.Find(line[:min(len(line), 100)]))
}
