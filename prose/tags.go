package prose

import (
	"bytes"
	"regexp"
	"strings"
)

// A tag is a template tag, shortcode, comment or attribute list: bytes that a site generator reads and readers don't.
type tag struct {
	Span
	name   string // "include", "quote", "figure"; an include goes by the name of what it includes
	mark   string // what opens it: "{%", "{{<", "{{", "<" of an element or a component, "{" of an expression
	close  bool   // ends a pair: {% endquote %}, {{< /quote >}}
	paired bool   // what it holds stands between it and the tag that closes it
	inline bool   // stands in a line of text
	args   []arg
	remark string // of a comment: its words
	at     Span   // of a comment: where its words are
}

// An arg is a parameter of a tag. Positional ones have no key.
type arg struct {
	key, text string
	span      Span    // of the text, without quotation marks
	code      bool    // an expression, whose value can't be made out
	read      *source // its text with places, where they are known byte by byte
}

// get returns the first argument with one of the keys.
func (t tag) get(keys ...string) (arg, bool) {
	for _, key := range keys {
		for _, a := range t.args {
			if strings.EqualFold(a.key, key) && strings.TrimSpace(a.text) != "" {
				return a, true
			}
		}
	}
	return arg{}, false
}

// marks are the opening and closing marks of tags, longest first.
var marks = []struct{ open, close string }{
	{"<!--", "-->"}, {"{/*", "*/}"}, {"{{!--", "--}}"}, {"{{!", "}}"}, {"{# ", "#}"}, {"{#-", "#}"}, {"{#\n", "#}"}, {"{{{", "}}}"}, {"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{{", "}}"}, {"{#", "}"}, {"{:", "}"}, {"{.", "}"},
	{`{" "`, "}"}, {"{' '", "}"},
}

// maxTag is how many bytes a tag may span; a mark left open is no tag.
const maxTag = 20_000

// mask copies src with everything before body, and every tag after it, made unreadable, and returns the tags in order. The copy has
// the length of src, so that places in it are places in the author's file. components says that elements with a capital are tags, too.
func mask(src []byte, body int, components bool) (masked []byte, tags []tag) {
	masked = bytes.Clone(src)
	for i, c := range masked {
		switch {
		case c == '\r' && i+1 < len(src) && src[i+1] != '\n':
			masked[i] = '\n'
		case c == '\r', i < body && c != '\n', i < len(bom) && hasBOM(src):
			masked[i] = ' '
		}
	}
	code := codeLines(masked, body)
	next := map[string]int{} // where each closing mark comes next
	elements := &jsx{b: masked, end: len(masked), dialect: vue, temper: 4*len(masked) + 10_000}
	for i := body; i < len(masked); {
		if len(code) > 0 && i >= code[0].Start {
			i = max(i, code[0].End)
			code = code[1:]
			continue
		}
		c := masked[i]
		if c != '{' && c != '<' && c != ':' && c != 'i' && c != '[' {
			i++
			continue
		}
		t, end := readTag(masked, i, next)
		if end <= i && c == '<' && components {
			t, end = componentTag(elements, i)
		}
		if end <= i {
			i++
			continue
		}
		t.Span = Span{i, end}
		tags = append(tags, t)
		i = end
	}
	tags = coverPairs(masked, tags)
	for _, t := range tags {
		blank(masked, t.Span, filler)
	}
	done := 0
	for _, t := range tags {
		if t.Start < done {
			continue
		}
		first, last := lineAround(masked, t.Span)
		if done = last; onlyFiller(masked[first:last]) {
			blank(masked, Span{first, last}, ' ')
		}
	}
	return masked, tags
}

func blank(b []byte, s Span, with byte) {
	for i := s.Start; i < s.End; i++ {
		if b[i] != '\n' {
			b[i] = with
		}
	}
}

func lineAround(b []byte, s Span) (first, last int) {
	first = bytes.LastIndexByte(b[:s.Start], '\n') + 1
	last = len(b)
	if n := bytes.IndexByte(b[s.End:], '\n'); n >= 0 {
		last = s.End + n
	}
	return first, last
}

func onlyFiller(b []byte) bool {
	for _, c := range b {
		if c != filler && c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}

// readTag reads the tag that starts at i, and returns where it ends; i when there is none.
func readTag(b []byte, i int, next map[string]int) (t tag, end int) {
	atStart := i == 0 || b[i-1] == '\n'
	switch b[i] {
	case ':': // a Docusaurus or Pandoc fence of colons
		if atStart && bytes.HasPrefix(b[i:], []byte(":::")) {
			_, last := lineAround(b, Span{i, i})
			return fenceOfColons(b, Span{i, last}), last
		}
		return tag{}, i
	case '[': // [caption id="…"], as WordPress has it
		m := bracketTag.FindSubmatchIndex(b[i:min(len(b), i+2000)])
		if m == nil || m[1] < len(b)-i && b[i+m[1]] == '(' {
			return tag{}, i
		}
		return readInner(b, Span{i + 1, i + m[1] - 1}), i + m[1]
	case 'i':
		if atStart {
			return tag{name: "module"}, moduleEnd(b, i)
		}
		return tag{}, i
	}
	for _, m := range marks {
		if !bytes.HasPrefix(b[i:], []byte(m.open)) {
			continue
		}
		from := i + len(m.open)
		at, known := next[m.close]
		if !known || at < from {
			if at = bytes.Index(b[from:], []byte(m.close)); at < 0 {
				at = len(b)
			} else {
				at += from
			}
			next[m.close] = at
		}
		if at == len(b) || at-from > maxTag {
			return tag{}, i
		}
		n := at - from
		inner := Span{i + len(m.open), i + len(m.open) + n}
		end = inner.End + len(m.close)
		switch m.open {
		case "<!--", "{/*", "{{!--", "{{!", "{# ", "{#-", "{#\n":
			text := strings.TrimSpace(string(b[inner.Start:inner.End]))
			return tag{name: "comment", remark: text, at: trim(b, inner)}, end
		case "{#", "{:", "{.", `{" "`, "{' '":
			if n > 200 || bytes.IndexByte(b[i:end], '\n') >= 0 {
				return tag{}, i
			}
			switch string(bytes.TrimSpace(b[inner.Start:inner.End])) { // Kramdown: {::comment} … {:/comment}
			case ":comment":
				return tag{name: "comment"}, end
			case "/comment":
				return tag{name: "comment", close: true}, end
			}
			return tag{name: "attributes"}, end
		}
		if m.open != "{%" && m.open != "{{%" && inCode(b, i) {
			return tag{}, i
		}
		t = readInner(b, inner)
		t.mark = m.open
		return t, end
	}
	return tag{}, i
}

// componentTag reads the tag of a component in Markdown, such as Vue has them, and returns where it ends; i when there is none.
func componentTag(s *jsx, i int) (tag, int) {
	at := i + 1
	if at < len(s.b) && s.b[at] == '/' {
		at++
	}
	if at >= len(s.b) || !isLetter(s.b[at]) || i > 0 && isNameByte(s.b[i-1]) || inCode(s.b, i) {
		return tag{}, i
	}
	capital := s.b[at] >= 'A' && s.b[at] <= 'Z'
	line := s.b[i:min(len(s.b), i+1000)]
	if n := bytes.Index(line, []byte("\n\n")); n >= 0 {
		line = line[:n]
	}
	if !capital && !bytes.Contains(line, []byte("={")) {
		return tag{}, i
	}
	e, ok := s.tag(i, 0)
	if !ok {
		return tag{}, i
	}
	if !capital { // <img style={{ width: 200 }} />, as Docusaurus has it
		for _, a := range e.attrs {
			if a.form == '{' {
				return tag{name: "attributes"}, e.End
			}
		}
		return tag{}, i
	}
	first, last := lineAround(s.b, e.Span)
	t := tag{name: e.name, mark: "<", close: e.close, inline: hasText(s.b[first:i]) || hasText(s.b[e.End:last])}
	if !e.close {
		t.args = s.arguments(e, 0)
	}
	return t, e.End
}

// inCode reports whether an odd number of backticks stands before i on its line.
func inCode(b []byte, i int) bool {
	first := bytes.LastIndexByte(b[:i], '\n') + 1
	if i-first > 4000 {
		first = i - 4000
	}
	return bytes.Count(b[first:i], []byte("`"))%2 == 1
}

var moduleLine = regexp.MustCompile(`^import\s[^\n]*['"][^'"\n]+['"];?[ \t]*(\n|$)`)

// moduleEnd returns where an import that starts at i ends, such as a page meant for MDX has; i when there is none.
func moduleEnd(b []byte, i int) int {
	if at := moduleLine.FindIndex(b[i:min(len(b), i+2000)]); at != nil {
		return i + at[1]
	}
	return i
}

func trim(b []byte, s Span) Span {
	for s.Start < s.End && (b[s.Start] <= ' ' || b[s.Start] == '-') {
		s.Start++
	}
	for s.End > s.Start && (b[s.End-1] <= ' ' || b[s.End-1] == '-') {
		s.End--
	}
	return s
}

// readInner reads a tag's name and arguments.
func readInner(b []byte, s Span) tag {
	s = trim(b, s)
	var t tag
	i := s.Start
	if i < s.End && strings.IndexByte("#>^*&", b[i]) >= 0 { // {{#each …}}, {{> hero …}}
		i++
	}
	if i < s.End && b[i] == '/' {
		t.close = true
		i++
	}
	for i < s.End && b[i] <= ' ' {
		i++
	}
	from := i
	for i < s.End && isNameByte(b[i]) {
		i++
	}
	t.name = strings.ToLower(string(b[from:i]))
	if rest, ok := strings.CutPrefix(t.name, "end"); ok && rest != "" {
		t.close, t.name = true, rest
	}
	for i < s.End {
		for i < s.End && (b[i] <= ' ' || strings.IndexByte(",(){}[]", b[i]) >= 0) { // {{ hero({ title: "…" }) }}
			i++
		}
		if i >= s.End {
			break
		}
		var a arg
		from := i
		for i < s.End && isNameByte(b[i]) {
			i++
		}
		word := string(b[from:i])
		for i < s.End && b[i] == ' ' {
			i++
		}
		if word != "" && i < s.End && (b[i] == '=' || b[i] == ':') {
			a.key = word
			i++
			for i < s.End && b[i] <= ' ' {
				i++
			}
			word = ""
		}
		switch {
		case word != "":
			a.text, a.span = word, Span{from, from + len(word)}
		case i < s.End && (b[i] == '"' || b[i] == '\'' || b[i] == '`'):
			mark := b[i]
			i++
			from := i
			for i < s.End && (b[i] != mark || b[i-1] == '\\') {
				i++
			}
			a.span = Span{from, i}
			a.text = strings.NewReplacer(`\"`, `"`, `\'`, `'`).Replace(string(b[from:i]))
			i++
		default:
			from := i
			for i < s.End && b[i] > ' ' {
				i++
			}
			a.text, a.span = string(b[from:i]), Span{from, i}
			if from == i {
				i++
			}
		}
		if a.text != "" {
			t.args = append(t.args, a)
		}
	}
	t.args = pairArgs(t.args)
	if strings.HasPrefix(t.name, "include") || t.name == "render" || t.name == "partial" {
		for n, a := range t.args {
			if a.key == "" {
				t.name = strings.ToLower(a.text)
				t.args = append(t.args[:n:n], t.args[n+1:]...)
				break
			}
		}
	}
	return t
}

// pairArgs gives the arguments after Hugo's "dict", which come in pairs, their keys.
func pairArgs(args []arg) []arg {
	for n, a := range args {
		if a.key != "" || a.text != "dict" {
			continue
		}
		out := args[:n:n]
		for i := n + 1; i+1 < len(args) && args[i].key == "" && args[i+1].key == ""; i += 2 {
			args[i+1].key = args[i].text
			out = append(out, args[i+1])
		}
		return out
	}
	return args
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '/' || c >= 0x80
}

var bracketTag = regexp.MustCompile(`^\[(?:[a-z][\w-]*(?:\s+[\w-]+="[^"\]\n]*")+\s*/?|/(?:caption|gallery|embed|video|audio|quote|button|column|row|tab|tabs|accordion))\]`)

// unreadPairs are tags whose content is no prose.
var unreadPairs = setOf("comment caption highlight code codeblock mermaid script style schema javascript stylesheet math katex gist")

// coverPairs joins the tags that open and close a pair whose content is no prose into one tag.
func coverPairs(b []byte, tags []tag) []tag {
	out := tags[:0]
	for i := 0; i < len(tags); i++ {
		t := tags[i]
		if !t.close && unreadPairs[t.name] && t.remark == "" && t.at.Empty() {
			for j := i + 1; j < min(len(tags), i+200); j++ {
				if tags[j].close && tags[j].name == t.name {
					inner := Span{t.End, tags[j].Start}
					if t.name == "comment" {
						t.remark, t.at = strings.TrimSpace(string(b[inner.Start:inner.End])), trim(b, inner)
					}
					t.End = tags[j].End
					i = j
					break
				}
			}
		}
		out = append(out, t)
	}
	return out
}

var fenceLine = regexp.MustCompile("^[ \t>]*(?:[-*+] +|[0-9]+[.)] +)?(`{3,}|~{3,})")

// codeLines returns the places of fenced code after body. A fence left open runs to the end of the page, as CommonMark has it.
func codeLines(b []byte, body int) []Span {
	var out []Span
	var open string
	start := 0
	for i := body; i < len(b); {
		end := len(b)
		if n := bytes.IndexByte(b[i:], '\n'); n >= 0 {
			end = i + n + 1
		}
		if m := fenceLine.FindSubmatch(b[i:min(end, i+400)]); m != nil {
			fence := string(m[1])
			rest := bytes.TrimSpace(b[i+len(m[0]) : end])
			switch {
			case open == "" && !(fence[0] == '`' && bytes.IndexByte(rest, '`') >= 0):
				open, start = fence, i
			case open != "" && fence[0] == open[0] && len(fence) >= len(open) && len(rest) == 0:
				out = append(out, Span{start, end})
				open = ""
			}
		}
		i = end
	}
	if open != "" {
		out = append(out, Span{start, len(b)})
	}
	return out
}
