package prose

import (
	"bytes"
	"strconv"
	"strings"
)

// What is read of one page's front matter. Nobody writes this much by hand; a YAML bomb or a generated file does.
const (
	maxFrontBytes  = 1 << 20 // between the fences
	maxFrontValues = 5000
	maxFrontDepth  = 64   // maps and lists within each other
	maxFrontKey    = 1000 // bytes of a dotted key
	maxFrontTold   = 5    // problems told of one page's front matter
)

// readFront reads the front matter at the start of src and returns it with the offset at which the page's body begins.
//
// Known are YAML between --- lines (closed by --- or ...), TOML between +++ lines, and a JSON object at the very start, as Jekyll
// and Hugo have them, and ---toml and ---json as Eleventy has them. Blank lines may stand before it. Without front
// matter the body begins at 0, or after a byte order mark. What is broken is told, and what can be made out line by line is kept all the same. It never fails.
func readFront(src []byte) (front Front, body int, problems []Problem) {
	start := 0
	if hasBOM(src) {
		start = len(bom)
	}
	start = afterBlankLines(src, start)
	end, next := frontLine(src, start)
	fence := strings.TrimRight(string(src[start:min(end, start+16)]), " \t")
	switch {
	case fence == "---" || fence == "---yaml":
		return readFenced(src, start, next, "yaml")
	case fence == "+++" || fence == "---toml":
		return readFenced(src, start, next, "toml")
	case fence == "---json":
		return readFenced(src, start, next, "json")
	case opensJSON(src[start:]):
		return readBareJSON(src, start)
	}
	return Front{}, start, nil
}

// afterBlankLines returns where front matter begins that blank lines stand before, which site generators forgive; at itself when
// none does.
func afterBlankLines(src []byte, at int) int {
	begin := at
	for range 5 {
		end, next := frontLine(src, at)
		if len(bytes.TrimSpace(src[at:end])) > 0 || next == at {
			break
		}
		at = next
	}
	end, next := frontLine(src, at)
	if at == begin || string(bytes.TrimRight(src[at:end], " \t")) != "---" {
		return begin
	}
	if closing, _, _ := closingFence(src, next, '-'); closing < 0 || !(&frontReader{src: src}).promisesKey(next) {
		return begin
	}
	return at
}

// readFenced reads front matter between a fence at start and its closing fence; inside begins on the line after the first.
func readFenced(src []byte, start, inside int, format string) (Front, int, []Problem) {
	opening, _ := frontLine(src, start)
	f := &frontReader{src: src, open: Span{start, opening}}
	closing, end, body := closingFence(src, inside, src[start])
	switch {
	case closing < 0:
		if format != "yaml" || bytes.Equal(src[start:opening], []byte("---")) && f.promisesKey(inside) {
			f.tell(f.open, unclosed(string(src[start:start+3])))
		}
		return Front{}, start, f.problems
	case closing-inside > maxFrontBytes:
		f.tell(f.open, "the front matter is longer than a megabyte and was not read; if it should be read, make it shorter")
		return Front{Format: format, Span: Span{start, end}}, body, f.problems
	}
	is := true
	switch format {
	case "yaml":
		is = f.yaml(Span{inside, closing})
	case "toml":
		f.toml(Span{inside, closing})
	case "json":
		f.json(Span{inside, closing})
	}
	if !is { // prose between two thematic breaks
		return Front{}, start, f.problems
	}
	return Front{Format: format, Span: Span{start, end}, Values: f.values}, body, f.problems
}

func unclosed(fence string) string {
	return "the front matter that opens here is never closed; end it with a line that holds only " + fence
}

// closingFence finds the line that closes front matter: where it starts, where its text ends, and where the next line starts.
func closingFence(src []byte, from int, mark byte) (start, end, next int) {
	for at := from; at < len(src); at = next {
		end, next = frontLine(src, at)
		line := bytes.TrimRight(src[at:end], " \t")
		if len(line) == 3 && (string(line) == strings.Repeat(string(mark), 3) || mark == '-' && string(line) == "...") {
			return at, end, next
		}
	}
	return -1, -1, -1
}

// frontLine returns where the line at offset ends and where the next one starts. Lines end at \n, \r\n, or a lone \r.
func frontLine(src []byte, at int) (end, next int) {
	i := bytes.IndexAny(src[at:], "\r\n")
	switch {
	case i < 0:
		return len(src), len(src)
	case src[at+i] == '\r' && at+i+1 < len(src) && src[at+i+1] == '\n':
		return at + i, at + i + 2
	}
	return at + i, at + i + 1
}

// A frontReader gathers the values of one page's front matter.
type frontReader struct {
	src      []byte
	open     Span   // the opening fence
	root     string // by what the items of a file go that is one list
	values   []Value
	problems []Problem
	steps    int // maps, lists and scalars looked at, aliases included
	full     bool
	tabs     bool // tabs in the indentation were told
}

// tell keeps a problem, with the opening fence for its place where there is no better one.
func (f *frontReader) tell(at Span, message string) {
	if at.Empty() {
		at = f.open
	}
	if len(f.problems) < maxFrontTold {
		f.problems = append(f.problems, Problem{Span: at, Message: message})
	}
}

// add keeps a value, unless there are too many.
func (f *frontReader) add(key, text string, span Span, boolean bool) {
	if f.full || key == "" || len(key) > maxFrontKey {
		return
	}
	if len(f.values) >= maxFrontValues {
		f.overflow()
		return
	}
	f.values = append(f.values, Value{Key: key, Text: text, Span: span, Bool: boolean})
}

// step counts one thing looked at and reports whether reading may go on.
func (f *frontReader) step() bool {
	if f.steps++; f.steps > 10*maxFrontValues {
		f.overflow()
	}
	return !f.full
}

func (f *frontReader) overflow() {
	if !f.full {
		f.full = true
		f.tell(f.open, "the front matter holds more than "+strconv.Itoa(maxFrontValues)+" values; the rest was not read")
	}
}

// tellTwice says that a key is written a second time. The first one counts.
func (f *frontReader) tellTwice(key string, at Span) {
	f.tell(at, `the front matter has "`+key+`" twice; the first was read, so remove one of them`)
}

func under(prefix, key string) string {
	if prefix == "" {
		return key
	}
	return prefix + "." + key
}

func item(prefix string, i int) string { return prefix + "[" + strconv.Itoa(i) + "]" }

// promisesKey reports whether the first line with text from offset at looks like "key: value".
func (f *frontReader) promisesKey(at int) bool {
	for at < len(f.src) {
		end, next := frontLine(f.src, at)
		if line := bytes.TrimSpace(f.src[at:end]); len(line) > 0 && line[0] != '#' {
			_, _, ok := keyOf(f.src[at:end])
			return ok
		}
		at = next
	}
	return false
}

// keyOf splits a line "key: value" and returns the key without quotation marks and the offset in line at which the value starts.
// A key of more than four words is rather the start of a sentence.
func keyOf(line []byte) (key string, value int, ok bool) {
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	if i == len(line) {
		return "", 0, false
	}
	colon := -1
	if q := line[i]; q == '"' || q == '\'' {
		n := bytes.IndexByte(line[i+1:], q)
		if n < 0 {
			return "", 0, false
		}
		key = string(line[i+1 : i+1+n])
		rest := bytes.TrimLeft(line[i+n+2:], " \t")
		if len(rest) == 0 || rest[0] != ':' {
			return "", 0, false
		}
		colon = len(line) - len(rest)
	} else {
		for j := i; j < len(line) && j-i < 100; j++ {
			if line[j] == ':' && (j+1 == len(line) || line[j+1] == ' ' || line[j+1] == '\t') {
				colon = j
				break
			}
		}
		if colon <= i || bytes.IndexByte([]byte("-#*>[]{}|&!%@`,?"), line[i]) >= 0 {
			return "", 0, false
		}
		key = strings.TrimRight(string(line[i:colon]), " \t")
	}
	if key == "" || len(strings.Fields(key)) > 4 {
		return "", 0, false
	}
	value = colon + 1
	for value < len(line) && (line[value] == ' ' || line[value] == '\t') {
		value++
	}
	return key, value, true
}

// trimmed returns span without white space at its ends.
func trimmed(src []byte, s Span) Span {
	for s.Start < s.End && isFrontSpace(src[s.Start]) {
		s.Start++
	}
	for s.Start < s.End && isFrontSpace(src[s.End-1]) {
		s.End--
	}
	return s
}

func isFrontSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// bare returns span without quotation marks around it; a mark that is never closed is left out too.
func bare(src []byte, s Span) Span {
	s = trimmed(src, s)
	if s.Empty() || src[s.Start] != '"' && src[s.Start] != '\'' {
		return s
	}
	if s.End-s.Start > 1 && src[s.End-1] == src[s.Start] {
		s.End--
	}
	s.Start++
	return trimmed(src, s)
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }
