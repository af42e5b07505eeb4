package prose

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A literal is a text that is written down in code, with the places of its bytes.
type literal struct{ source }

// add appends decoded text that stands at a place.
func (l *literal) add(text string, at Span) {
	l.bytes = append(l.bytes, text...)
	for range len(text) {
		l.start = append(l.start, at.Start)
		l.end = append(l.end, at.End)
	}
}

// arg makes the text the argument of a component under a key.
func (l *literal) arg(key string, at Span) arg {
	return arg{key: key, text: string(l.bytes), span: at, read: &l.source}
}

// arguments returns an element's attributes as a component's arguments: strings, and the strings in literal expressions under their
// keys ("items[0].title"). What can't be made out is code.
func (s *jsx) arguments(e element, nest int) []arg {
	var out []arg
	for _, a := range e.attrs {
		switch a.form {
		case '"':
			out = append(out, s.entities(a.value).arg(a.name, a.value))
		case '{':
			v := values{jsx: s, nest: nest}
			inner := *s
			inner.end = a.value.End
			v.jsx = &inner
			if end := v.value(a.value.Start, a.name, 0); inner.space(end) < inner.end {
				v.found = append(v.found[:0], arg{key: a.name, code: true})
			}
			s.temper = inner.temper
			out = append(out, v.found...)
		case '<':
			out = append(out, s.markup(a.name, a.value, nest))
		case '.':
			out = append(out, arg{code: true})
		}
	}
	return out
}

// entities reads text in which character references are decoded.
func (s *jsx) entities(at Span) *literal {
	out := &literal{}
	for i := at.Start; i < at.End; {
		size := 1
		text := "&"
		if s.b[i] == '&' {
			n := entityLen(s.b[i:at.End])
			if decoded := html.UnescapeString(string(s.b[i : i+n])); n > 1 && decoded != string(s.b[i:i+n]) {
				text, size = decoded, n
			}
		} else {
			_, size = utf8.DecodeRune(s.b[i:at.End])
			text = string(s.b[i : i+size])
		}
		out.add(text, Span{i, i + size})
		i += size
	}
	return out
}

// markup returns what readers meet in the elements at a place as an argument.
func (s *jsx) markup(key string, at Span, nest int) arg {
	if nest > 6 {
		return arg{key: key, code: true}
	}
	text, ok := s.text(at, nest+1)
	if !ok {
		return arg{key: key, code: true}
	}
	return text.arg(key, at)
}

// values reads JavaScript's literals.
type values struct {
	*jsx
	nest  int
	found []arg
}

// value reads the value that starts at i under a key, and returns where it ends.
func (v *values) value(i int, key string, depth int) int {
	i = v.skip(i)
	if i >= v.end {
		return v.end
	}
	mark := len(v.found)
	end := i
	switch c := v.b[i]; {
	case depth > mostNestedCode:
		return v.unknown(i, key, mark)
	case c == '"' || c == '\'' || c == '`':
		end = v.strings(i, key)
	case c == '[':
		end = v.list(i, key, depth)
	case c == '{':
		end = v.object(i, key, depth)
	case c == '(':
		end = v.value(i+1, key, depth+1)
		if end = v.skip(end); end >= v.end || v.b[end] != ')' {
			return v.unknown(i, key, mark)
		}
		end++
	case c == '<':
		if end = v.whole(i, v.nest+1); end < 0 {
			return v.unknown(i, key, mark)
		}
		v.found = append(v.found, v.markup(key, Span{i, end}, v.nest))
	default:
		for end < v.end && (isNameByte(v.b[end]) && v.b[end] != '/' || end == i && v.b[end] == '-') {
			end++
		}
		word := string(v.b[i:end])
		_, err := strconv.ParseFloat(strings.ReplaceAll(word, "_", ""), 64)
		if err != nil && word != "true" && word != "false" && word != "null" && word != "undefined" {
			return v.unknown(i, key, mark)
		}
	}
	if end < 0 {
		return v.unknown(i, key, mark)
	}
	if at := v.skip(end); at < v.end && strings.IndexByte(",]})", v.b[at]) < 0 && !v.typed(at) {
		return v.unknown(i, key, mark) // "a" + b, [ … ].map( … )
	}
	return end
}

// typed reports whether only a type follows: as const, satisfies Features.
func (v *values) typed(i int) bool {
	rest := string(v.b[i:min(v.end, i+12)])
	return strings.HasPrefix(rest, "as ") || strings.HasPrefix(rest, "satisfies ") || rest[0] == ';'
}

// unknown takes back what was found since mark, and skips an expression that is no literal.
func (v *values) unknown(i int, key string, mark int) int {
	v.found = append(v.found[:mark], arg{key: key, code: true})
	if end := v.script(i, ",", v.nest); end >= 0 {
		return end
	}
	return v.end
}

// skip skips white space and comments.
func (v *values) skip(i int) int {
	for {
		i = v.space(i)
		if i >= v.end || v.b[i] != '/' {
			return i
		}
		next := v.remark(i)
		if next == i {
			return i
		}
		i = next
	}
}

// list reads the elements of an array, and returns where it ends; -1 when it is none.
func (v *values) list(i int, key string, depth int) int {
	i = v.skip(i + 1)
	for n := 0; i < v.end; n++ {
		if v.b[i] == ']' {
			return i + 1
		}
		from := i
		if strings.HasPrefix(string(v.b[i:min(v.end, i+3)]), "...") {
			i = v.unknown(i, key, len(v.found))
		} else {
			i = v.value(i, key+"["+strconv.Itoa(n)+"]", depth+1)
		}
		if i = v.comma(i); i <= from {
			return -1
		}
	}
	return -1
}

// comma skips the comma between two values.
func (v *values) comma(i int) int {
	if i = v.skip(i); i < v.end && v.b[i] == ',' {
		i = v.skip(i + 1)
	}
	return i
}

// object reads the values of an object under their keys, and returns where it ends; -1 when it is none.
func (v *values) object(i int, key string, depth int) int {
	i = v.skip(i + 1)
	for i < v.end {
		if v.b[i] == '}' {
			return i + 1
		}
		start, name := i, ""
		if c := v.b[i]; c == '"' || c == '\'' {
			if i = v.str(i); i < 0 {
				return -1
			}
			name = string(v.b[start+1 : i-1])
		} else {
			for i < v.end && (isNameByte(v.b[i]) && v.b[i] != '/' && v.b[i] != '.' || v.b[i] == '$') {
				i++
			}
			name = string(v.b[start:i])
		}
		below := name
		if key != "" {
			below = key + "." + name
		}
		if at := v.skip(i); name == "" || at >= v.end || v.b[at] != ':' { // a spread, a shorthand, a method
			i = v.unknown(start, below, len(v.found))
		} else {
			i = v.value(at+1, below, depth+1)
		}
		if i = v.comma(i); i <= start {
			return -1
		}
	}
	return -1
}

// strings reads a string, or several joined by "+", and returns where it ends; -1 when it is an expression.
func (v *values) strings(i int, key string) int {
	var out literal
	at := Span{i + 1, i + 1}
	for {
		end := v.decode(&out, i)
		if end < 0 {
			return -1
		}
		at.End = end - 1
		plus := v.skip(end)
		if plus >= v.end || v.b[plus] != '+' {
			v.found = append(v.found, out.arg(key, at))
			return end
		}
		if i = v.skip(plus + 1); i >= v.end || strings.IndexByte("\"'`", v.b[i]) < 0 {
			return -1
		}
	}
}

// decode reads the string or template literal that starts at i, and returns where it ends; -1 when it does not or holds expressions.
func (s *jsx) decode(out *literal, i int) int {
	mark := s.b[i]
	for i++; i < s.end; {
		c := s.b[i]
		switch {
		case c == mark:
			return i + 1
		case c == '\n' && mark != '`', c == '$' && mark == '`' && i+1 < s.end && s.b[i+1] == '{':
			return -1
		case c == '\\':
			text, size := escaped(s.b[i:s.end])
			out.add(text, Span{i, i + size})
			i += size
		default:
			_, size := utf8.DecodeRune(s.b[i:s.end])
			out.add(string(s.b[i:i+size]), Span{i, i + size})
			i += size
		}
	}
	return -1
}

// escaped decodes the escape that b starts with.
func escaped(b []byte) (text string, size int) {
	if len(b) < 2 {
		return "", len(b)
	}
	digits := ""
	switch c := b[1]; c {
	case 'n', 'r', 't', 'f', 'v', 'b', '0':
		return map[byte]string{'n': "\n", 't': " ", 'r': " ", 'f': " ", 'v': " "}[c], 2
	case '\n':
		return "", 2
	case 'x':
		digits = string(b[2:min(4, len(b))])
		size = 4
	case 'u':
		if len(b) > 2 && b[2] == '{' {
			inner, _, closed := strings.Cut(string(b[3:min(len(b), 12)]), "}")
			digits, size = inner, len(inner)+4
			if !closed {
				digits = ""
			}
		} else {
			digits, size = string(b[2:min(6, len(b))]), 6
		}
	default:
		_, wide := utf8.DecodeRune(b[1:])
		return string(b[1 : 1+wide]), 1 + wide
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || size > len(b) {
		return string(b[1]), 2
	}
	return string(rune(n)), size
}
