package prose

import (
	"bytes"
	"encoding/json"
	"strings"
)

// opensJSON reports whether a page begins with a JSON object: a brace and then a key, or nothing. A template tag or an attribute
// list begins with a brace too.
func opensJSON(src []byte) bool {
	if len(src) == 0 || src[0] != '{' {
		return false
	}
	rest := bytes.TrimLeft(src[1:], " \t\r\n")
	return len(rest) > 0 && (rest[0] == '"' || rest[0] == '}' && bytes.ContainsAny(src[1:len(src)-len(rest)+1], "\r\n"))
}

// readBareJSON reads an object at the start of a page, without fences, as Hugo has it.
func readBareJSON(src []byte, start int) (Front, int, []Problem) {
	f := &frontReader{src: src, open: Span{start, start + 1}}
	end := objectEnd(src, start)
	if end < 0 {
		f.tell(f.open, "the JSON front matter that opens here is never closed; end it with }")
		return Front{}, start, f.problems
	}
	front := Front{Format: "json", Span: Span{start, end}}
	_, body := frontLine(src, end)
	if rest, _ := frontLine(src, end); len(bytes.TrimSpace(src[end:rest])) > 0 {
		body = end
	}
	if end-start > maxFrontBytes {
		f.tell(f.open, "the front matter is longer than a megabyte and was not read; if it should be read, make it shorter")
		return front, body, f.problems
	}
	f.json(front.Span)
	front.Values = f.values
	return front, body, f.problems
}

// objectEnd returns the offset after the brace that closes the object at start, or -1. Braces within strings don't count; a line
// that holds only a brace at the margin closes the object even if a string was left open.
func objectEnd(src []byte, start int) int {
	depth, inString := 0, false
	for i := start; i < len(src); i++ {
		switch b := src[i]; {
		case b == '\n' || b == '\r':
			inString = false // no JSON string spans lines
		case inString && b == '\\':
			if i+1 < len(src) && src[i+1] != '\n' && src[i+1] != '\r' {
				i++
			}
		case b == '"':
			inString = !inString
		case inString:
		case b == '{':
			depth++
		case b == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// maxMended is how many faults of JSON are mended in the reading of a page.
const maxMended = 5

// json reads an object. A missing comma and one too many are told and read as if they were right; what follows another fault is read
// line by line.
func (f *frontReader) json(in Span) {
	if trimmed(f.src, in).Empty() {
		return
	}
	src := f.src
	defer func() { f.src = src }()
	for told := f.problems; ; f.values, f.problems, f.steps = nil, told, 0 {
		j := &jsonText{f: f, in: in, dec: json.NewDecoder(bytes.NewReader(f.src[in.Start:in.End]))}
		j.dec.UseNumber()
		if j.object(f.root, 0) || f.full {
			return
		}
		at := min(in.Start+int(j.dec.InputOffset()), in.End-1)
		if at < in.Start {
			return
		}
		for at < in.End-1 && (isFrontSpace(f.src[at]) || f.src[at] == ',') {
			at++
		}
		end, _ := frontLine(f.src, at)
		line := trimmed(f.src, Span{at, min(end, in.End)})
		mended, message := f.mend(in, at)
		if message != "" && len(told) < maxMended {
			read := f.problems
			f.problems = told
			f.tell(line, message)
			told, f.problems, f.src = f.problems, read, mended
			continue
		}
		f.tell(line, "the JSON of the front matter could not be read from here on; look for a missing comma or quotation mark")
		f.jsonLines(Span{at, in.End})
		return
	}
}

// mend returns the text with a comma put before the fault at offset at, or taken from there, and what to tell of it; "" when neither helps.
// The place of every other byte stays.
func (f *frontReader) mend(in Span, at int) (mended []byte, message string) {
	before := at
	for before > in.Start && isFrontSpace(f.src[before-1]) {
		before--
	}
	if before == in.Start {
		return nil, ""
	}
	last, next := f.src[before-1], f.src[at]
	mended = bytes.Clone(f.src)
	switch {
	case last == ',' && (next == '}' || next == ']'):
		mended[before-1] = ' '
		return mended, "the JSON of the front matter has a comma too many before this bracket; remove it"
	case last != ',' && last != ':' && last != '{' && last != '[' && before < at && (next == '"' || next == '{' || next == '['):
		mended[before] = ','
		return mended, "a comma is missing in the front matter before this line"
	}
	return nil, ""
}

// jsonFile reads a whole file of JSON, which may be one list: its items go by the name of the file. JSON has no comments; they are told,
// and read past.
func (f *frontReader) jsonFile(in Span, name string) {
	src := f.src
	defer func() { f.src = src }()
	if bare, first := withoutComments(src, in); !first.Empty() {
		f.tell(first, "a comment stands here, and JSON has none; remove it, or keep the file as YAML")
		f.src = bare
	}
	switch whole := trimmed(f.src, in); {
	case whole.Empty():
	case f.src[whole.Start] == '[':
		f.root = name
		f.json(whole)
	case f.src[whole.Start] == '{':
		f.json(whole)
	default:
		f.tell(Span{whole.Start, whole.Start + 1}, "the file holds no keys, so nothing was read from it; begin it with {")
	}
}

// withoutComments returns JSON with spaces for its comments, and where the first one stands.
func withoutComments(src []byte, in Span) (bare []byte, first Span) {
	bare = src
	inString := false
	for i := in.Start; i < in.End; i++ {
		end := i
		switch b := src[i]; {
		case b == '\n' || b == '\r':
			inString = false
		case inString && b == '\\':
			i++
		case b == '"':
			inString = !inString
		case inString || b != '/' || i+1 == in.End:
		case src[i+1] == '/':
			end, _ = frontLine(src, i)
		case src[i+1] == '*':
			end = in.End
			if n := bytes.Index(src[i+2:in.End], []byte("*/")); n >= 0 {
				end = i + 2 + n + 2
			}
		}
		if end > i {
			if first.Empty() {
				bare, first = bytes.Clone(src), Span{i, end}
			}
			for ; i < end; i++ {
				if !isFrontSpace(src[i]) {
					bare[i] = ' '
				}
			}
			i--
		}
	}
	return bare, first
}

// A jsonText is front matter in JSON, read up to some token.
type jsonText struct {
	f   *frontReader
	in  Span
	dec *json.Decoder
}

// next returns the next token and its span in the page.
func (j *jsonText) next() (json.Token, Span, bool) {
	start := j.in.Start + int(j.dec.InputOffset())
	token, err := j.dec.Token()
	if err != nil {
		return nil, Span{}, false
	}
	end := j.in.Start + int(j.dec.InputOffset())
	for start < end && (isFrontSpace(j.f.src[start]) || j.f.src[start] == ',' || j.f.src[start] == ':') {
		start++
	}
	return token, Span{start, end}, j.f.step()
}

// object reads the object that comes next, and reports whether it could be read to its end.
func (j *jsonText) object(key string, depth int) bool {
	token, at, ok := j.next()
	return ok && j.value(key, token, at, depth)
}

func (j *jsonText) value(key string, token json.Token, at Span, depth int) bool {
	if depth > maxFrontDepth {
		j.f.tell(Span{at.Start, at.Start + 1}, "the front matter is nested more than 64 deep; the rest was not read")
		return false
	}
	switch v := token.(type) {
	case json.Delim:
		if v == '{' {
			return j.fields(key, depth)
		}
		return j.items(key, depth)
	case string:
		s := Span{at.Start + 1, at.End - 1}
		if v == "" || s.Empty() {
			s = Span{}
		}
		j.f.add(key, v, s, false)
	case json.Number:
		j.f.add(key, v.String(), at, false)
	case bool:
		j.f.add(key, string(j.f.src[at.Start:at.End]), at, true)
	case nil:
		j.f.add(key, "", Span{}, false)
	}
	return true
}

func (j *jsonText) fields(key string, depth int) bool {
	seen := map[string]bool{}
	for j.dec.More() {
		token, at, ok := j.next()
		name, isString := token.(string)
		if !ok || !isString {
			return false
		}
		inner := under(key, name)
		if seen[name] {
			j.f.tellTwice(inner, at)
			inner = "" // read past, not kept
		}
		seen[name] = true
		token, at, ok = j.next()
		if !ok || !j.kept(inner, token, at, depth+1) {
			return false
		}
	}
	_, _, ok := j.next()
	return ok
}

// kept reads a value; with an empty key it is read past.
func (j *jsonText) kept(key string, token json.Token, at Span, depth int) bool {
	if key != "" {
		return j.value(key, token, at, depth)
	}
	before := len(j.f.values)
	ok := j.value("-", token, at, depth)
	j.f.values = j.f.values[:before]
	return ok
}

func (j *jsonText) items(key string, depth int) bool {
	for i := 0; j.dec.More(); i++ {
		token, at, ok := j.next()
		if !ok || !j.value(item(key, i), token, at, depth+1) {
			return false
		}
	}
	_, _, ok := j.next()
	return ok
}

// jsonLines keeps the lines that read "key": "value" by themselves.
func (f *frontReader) jsonLines(in Span) {
	seen := map[string]bool{}
	for _, v := range f.values {
		seen[v.Key] = true
	}
	for at := in.Start; at < in.End && f.step(); {
		end, next := frontLine(f.src, at)
		line := Span{at, min(end, in.End)}
		at = next
		key, value, ok := keyOf(f.src[line.Start:line.End])
		if !ok || seen[key] {
			continue
		}
		seen[key] = true
		written := trimmed(f.src, Span{line.Start + value, line.End})
		for !written.Empty() && strings.IndexByte(",}", f.src[written.End-1]) >= 0 {
			written = trimmed(f.src, Span{written.Start, written.End - 1})
		}
		if written.Empty() || strings.IndexByte("[{", f.src[written.Start]) >= 0 {
			continue
		}
		s := bare(f.src, written)
		text := string(f.src[s.Start:s.End])
		var decoded string
		if f.src[written.Start] == '"' && json.Unmarshal(f.src[written.Start:written.End], &decoded) == nil {
			s, text = Span{written.Start + 1, written.End - 1}, decoded
		}
		f.add(key, text, s, text == "true" || text == "false")
	}
}
