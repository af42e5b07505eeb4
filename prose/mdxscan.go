package prose

import (
	"bytes"
	"regexp"
	"strings"
)

// A jsx scans an author's bytes for the ends of elements and expressions. It is no compiler: what it can't follow is no element.
type jsx struct {
	b       []byte
	end     int    // where reading ends
	dialect string // the language of templates, or "" for MDX
	temper  int    // how many bytes may still be read in vain; then the rest is text, so that time grows with the page and no faster
}

// mostNestedCode is how deep expressions and elements may nest in each other.
const mostNestedCode = 60

// An element is the tag that opens or closes an element.
type element struct {
	Span
	name  string // as written; empty for a fragment
	close bool
	self  bool // closes itself
	attrs []attribute
}

// An attribute is an attribute of an element as written.
type attribute struct {
	name  string // empty when it is spread
	value Span   // without quotation marks or braces
	form  byte   // '"' of a string, '{' of an expression, '<' of an element, '.' when spread, 0 when it has no value
}

// vain counts bytes read in vain, and returns -1.
func (s *jsx) vain(from, to int) int {
	s.temper -= to - from + 1
	return -1
}

// tag reads the tag that starts at i.
func (s *jsx) tag(i, nest int) (e element, ok bool) {
	start := i
	if s.temper < 0 || nest > mostNestedCode || i+1 >= s.end {
		return e, false
	}
	i++
	if s.b[i] == '/' {
		e.close = true
		i = s.space(i + 1)
	}
	from := i
	for i < s.end && (isNameByte(s.b[i]) && s.b[i] != '/' || s.b[i] == '$' || s.b[i] == ':' && i+1 < s.end && isLetter(s.b[i+1])) {
		i++
	}
	e.name = string(s.b[from:i])
	if i >= s.end || e.name != "" && !isLetter(e.name[0]) && e.name[0] != '_' && e.name[0] != '$' {
		return e, false
	}
	if c := s.b[i]; c > ' ' && c != '>' && c != '/' && c != '{' || e.name == "" && c != '>' {
		return e, false
	}
	for {
		i = s.space(i)
		if i < s.end && s.b[i] == '/' {
			if at := s.space(i + 1); at < s.end && s.b[at] == '>' {
				e.self, i = true, at
			}
		}
		if i >= s.end {
			s.vain(start, i)
			return e, false
		}
		if s.b[i] == '>' {
			e.Span = Span{start, i + 1}
			return e, true
		}
		var a attribute
		if a, i = s.attribute(i, nest); i < 0 {
			s.vain(start, start+1)
			return e, false
		}
		if s.dialect == vue {
			a = a.directive()
		}
		if a.form != 'c' {
			e.attrs = append(e.attrs, a)
		}
	}
}

// attribute reads the attribute that starts at i, and returns where the tag goes on; -1 when there is none. A comment has the form 'c'.
func (s *jsx) attribute(i, nest int) (a attribute, end int) {
	from := i
	if s.b[i] == '{' {
		end = s.expression(i, nest+1)
		if end < 0 {
			return a, -1
		}
		a.form = '.'
		if inner := bytes.TrimSpace(s.b[i+1 : end-1]); bytes.HasPrefix(inner, []byte("/*")) && bytes.HasSuffix(inner, []byte("*/")) {
			a.form = 'c'
		}
		return a, end
	}
	if s.b[i] == '/' { // a comment between attributes
		if end = s.remark(i); end > i {
			return attribute{form: 'c'}, end
		}
		return a, -1
	}
	for i < s.end && (isNameByte(s.b[i]) && s.b[i] != '/' || s.b[i] == ':' || s.b[i] == '$' || s.b[i] == '@' ||
		s.dialect == vue && strings.IndexByte("#[]", s.b[i]) >= 0 || s.dialect == svelte && s.b[i] == '|') {
		i++
	}
	if i == from {
		return a, -1
	}
	a.name = string(s.b[from:i])
	at := s.space(i)
	if at >= s.end || s.b[at] != '=' {
		return a, i
	}
	i = s.space(at + 1)
	if i >= s.end {
		return a, -1
	}
	switch c := s.b[i]; c {
	case '"', '\'':
		n := bytes.IndexByte(s.b[i+1:s.end], c)
		if n < 0 {
			return a, s.vain(i, s.end)
		}
		a.form, a.value = '"', Span{i + 1, i + 1 + n}
		return a, i + n + 2
	case '{':
		if end = s.expression(i, nest+1); end < 0 {
			return a, -1
		}
		a.form, a.value = '{', Span{i + 1, end - 1}
		return a, end
	case '<':
		if end = s.whole(i, nest+1); end < 0 {
			return a, -1
		}
		a.form, a.value = '<', Span{i, end}
		return a, end
	}
	from = i
	for i < s.end && s.b[i] > ' ' && !strings.ContainsRune("\"'`<>={}", rune(s.b[i])) {
		i++
	}
	if i == from {
		return a, -1
	}
	a.form, a.value = '"', Span{from, i}
	return a, i
}

// whole reads the element that starts at i, with its children, and returns where it ends; -1 when it does not.
func (s *jsx) whole(i, nest int) int {
	start := i
	depth := 0
	for i < s.end {
		switch s.b[i] {
		case '<':
			e, ok := s.tag(i, nest+1)
			if !ok {
				if i == start {
					return -1
				}
				i++
				continue
			}
			i = e.End
			switch {
			case e.close:
				depth--
			case !e.self:
				depth++
			}
			if depth <= 0 {
				return i
			}
		case '{':
			end := s.expression(i, nest+1)
			if end < 0 {
				return s.vain(start, i)
			}
			i = end
		default:
			i++
		}
	}
	return s.vain(start, i)
}

// expression reads the expression in braces that starts at i, and returns where it ends; -1 when it does not.
func (s *jsx) expression(i, nest int) int {
	end := s.script(i+1, "", nest)
	if end < 0 || end >= s.end || s.b[end] != '}' {
		return s.vain(i, min(max(i, end), s.end))
	}
	return end + 1
}

// script reads JavaScript from i to the first byte of until, or the first bracket that nothing opened, outside strings, comments,
// brackets and elements. It returns where that stands, or the end; -1 when it is not to be followed.
func (s *jsx) script(i int, until string, nest int) int {
	if nest > mostNestedCode || s.temper < 0 {
		return -1
	}
	depth := 0
	last := -1 // the last byte that is no space
	for start := i; i < s.end; {
		c := s.b[i]
		if depth == 0 && strings.IndexByte(until, c) >= 0 {
			return i
		}
		next := i + 1
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				return i
			}
			depth--
		case '"', '\'':
			if n := s.str(i); n > 0 {
				next = n
			}
		case '`':
			if n := s.template(i, nest+1); n > 0 {
				next = n
			}
		case '/':
			if n := s.remark(i); n > i {
				i = n
				continue
			}
			if s.begins(start, last) {
				next = s.pattern(i)
			}
		case '<':
			if s.begins(start, last) && i+1 < s.end && (isLetter(s.b[i+1]) || s.b[i+1] == '>') {
				if n := s.whole(i, nest+1); n > 0 {
					next = n
				}
			}
		}
		if c > ' ' {
			last = next - 1
		}
		i = next
	}
	return s.end
}

// begins reports whether a value may begin after the byte at last: else "<" and "/" are operators.
func (s *jsx) begins(start, last int) bool {
	if last < start {
		return true
	}
	if strings.IndexByte("([{,=?:&|;>!+", s.b[last]) >= 0 {
		return true
	}
	return bytes.HasSuffix(s.b[start:last+1], []byte("return")) || bytes.HasSuffix(s.b[start:last+1], []byte("default"))
}

// str returns where the string that starts at i ends; -1 when its line ends first, and the mark is an apostrophe or the like.
func (s *jsx) str(i int) int {
	mark := s.b[i]
	for i++; i < s.end && s.b[i] != '\n'; i++ {
		switch s.b[i] {
		case '\\':
			i++
		case mark:
			return i + 1
		}
	}
	return -1
}

// template returns where the template literal that starts at i ends; -1 when it does not.
func (s *jsx) template(i, nest int) int {
	start := i
	for i++; i < s.end; i++ {
		switch s.b[i] {
		case '\\':
			i++
		case '`':
			return i + 1
		case '$':
			if i+1 < s.end && s.b[i+1] == '{' {
				end := s.expression(i+1, nest+1)
				if end < 0 {
					return s.vain(start, i)
				}
				i = end - 1
			}
		}
	}
	return s.vain(start, min(i, s.end))
}

// remark returns where the comment that starts at i ends; i when there is none.
func (s *jsx) remark(i int) int {
	rest := s.b[i:s.end]
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			return i + n
		}
		return s.end
	case bytes.HasPrefix(rest, []byte("/*")):
		if n := bytes.Index(rest[2:], []byte("*/")); n >= 0 {
			return i + n + 4
		}
		s.vain(i, s.end)
	}
	return i
}

// pattern returns where the regular expression that starts at i ends; the next byte when there is none.
func (s *jsx) pattern(i int) int {
	class := false
	for n := i + 1; n < s.end && s.b[n] != '\n' && n < i+500; n++ {
		switch s.b[n] {
		case '\\':
			n++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if !class {
				return n + 1
			}
		}
	}
	return i + 1
}

func (s *jsx) space(i int) int {
	for i < s.end && s.b[i] <= ' ' {
		i++
	}
	return i
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

// Imports and exports, as they begin.
var (
	importStart = regexp.MustCompile(`^import\s*(["'{*]|(type\s+)?[\w$]+\s*,|(type\s+)?[\w${}, ]+\s+from\s*["'])`)
	exportStart = regexp.MustCompile(`^export\s*(\{|\*|(default|const|let|var|function|async|class|type|interface|enum)\b)`)
	goesOn      = regexp.MustCompile(`^(import|export)\b|^</?[A-Za-z>]|^#`)
)

// module returns where the import or export that starts a line at i ends; i when there is none.
func (s *jsx) module(i int) int {
	head := s.b[i:min(s.end, i+400)]
	isImport := importStart.Match(head)
	if !isImport && !exportStart.Match(head) {
		return i
	}
	for at := i; ; {
		at = s.script(at, "\n", 0)
		if at < 0 || at < s.end && s.b[at] != '\n' {
			break
		}
		if at >= s.end {
			if bytes.Contains(s.b[i:at], []byte("\n\n")) && !balanced(s.b[i:at]) {
				break
			}
			return at
		}
		rest := s.b[at+1 : s.end]
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		if isImport || len(bytes.TrimSpace(line)) == 0 || goesOn.Match(line) {
			return at
		}
		at++
	}
	if n := bytes.Index(s.b[i:s.end], []byte("\n\n")); n >= 0 { // it does not close: to the next blank line
		s.vain(i, s.end)
		return i + n
	}
	return s.end
}

// balanced reports whether as many brackets close as open, strings and all: what a module that runs to the end of a page must show.
func balanced(b []byte) bool {
	open := bytes.Count(b, []byte("{")) + bytes.Count(b, []byte("(")) + bytes.Count(b, []byte("["))
	closed := bytes.Count(b, []byte("}")) + bytes.Count(b, []byte(")")) + bytes.Count(b, []byte("]"))
	return open == closed
}
