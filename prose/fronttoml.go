package prose

import (
	"bytes"
	"errors"

	"github.com/pelletier/go-toml/v2/unstable"
)

// maxTOMLBytes bounds how deep brackets can make the library descend.
const maxTOMLBytes = 256 << 10

// toml reads what stands between the fences. A line that can't be read is told and taken as it stands; reading goes on below it.
func (f *frontReader) toml(in Span) {
	if in.End-in.Start > maxTOMLBytes {
		f.tell(f.open, "the front matter is longer than 256 kilobytes and was not read; if it should be read, make it shorter")
		return
	}
	t := &tomlText{f: f, tables: map[string]int{}, seen: map[string]bool{}}
	for tries := 0; in.Start < in.End && tries < maxSalvage && !f.full; tries++ {
		at := t.parse(in)
		if at < 0 {
			return
		}
		in.Start = t.broken(in, at)
	}
}

// A tomlText is front matter in TOML, read up to some expression.
type tomlText struct {
	f      *frontReader
	parser unstable.Parser
	base   int
	prefix string
	tables map[string]int  // how many tables an array of tables has so far
	seen   map[string]bool // full keys
}

// parse reads expressions to the end, or returns the offset of the first that is broken.
func (t *tomlText) parse(in Span) (broken int) {
	from := in.Start
	defer func() {
		if recover() != nil { // the library's; no page may stop a review
			broken = from
		}
	}()
	t.base = in.Start
	t.parser.Reset(t.f.src[in.Start:in.End])
	for t.parser.NextExpression() {
		if !t.f.step() {
			return -1
		}
		e := t.parser.Expression()
		switch e.Kind {
		case unstable.Table:
			t.prefix, _ = t.key("", e.Key())
		case unstable.ArrayTable:
			key, _ := t.key("", e.Key())
			t.prefix = item(key, t.tables[key])
			t.tables[key]++
		case unstable.KeyValue:
			key, at := t.key(t.prefix, e.Key())
			from = max(from, at.End)
			if t.seen[key] {
				t.f.tellTwice(key, at)
				continue
			}
			t.seen[key] = true
			t.value(key, e.Value(), 0)
		}
	}
	var e *unstable.ParserError
	switch err := t.parser.Error(); {
	case err == nil:
		return -1
	case errors.As(err, &e) && len(e.Highlight) > 0:
		return max(from, t.base+int(t.parser.Range(e.Highlight).Offset))
	}
	return from
}

// key joins a dotted key to its prefix; a table within an array of tables lies in the last one. at is where the last part stands.
func (t *tomlText) key(prefix string, parts unstable.Iterator) (key string, at Span) {
	key = prefix
	for parts.Next() {
		n := parts.Node()
		if last := t.tables[key]; last > 0 && key != prefix {
			key = item(key, last-1)
		}
		key = under(key, string(n.Data))
		at = Span{t.base + int(n.Raw.Offset), t.base + int(n.Raw.Offset+n.Raw.Length)}
		if len(key) > maxFrontKey {
			break
		}
	}
	return key, at
}

func (t *tomlText) value(key string, n *unstable.Node, depth int) {
	if depth > maxFrontDepth || len(key) > maxFrontKey || !t.f.step() {
		return
	}
	switch n.Kind {
	case unstable.Array:
		children := n.Children()
		for i := 0; children.Next(); i++ {
			t.value(item(key, i), children.Node(), depth+1)
		}
	case unstable.InlineTable:
		children := n.Children()
		for children.Next() {
			inner, at := t.key(key, children.Node().Key())
			if t.seen[inner] {
				t.f.tellTwice(inner, at)
				continue
			}
			t.seen[inner] = true
			t.value(inner, children.Node().Value(), depth+1)
		}
	case unstable.String:
		text := string(n.Data)
		t.f.add(key, text, t.inside(n, text), false)
	default:
		raw := t.parser.Range(n.Data)
		s := Span{t.base + int(raw.Offset), t.base + int(raw.Offset+raw.Length)}
		t.f.add(key, string(n.Data), s, n.Kind == unstable.Bool)
	}
}

// inside returns the span of a string without its quotation marks.
func (t *tomlText) inside(n *unstable.Node, text string) Span {
	s := Span{t.base + int(n.Raw.Offset), t.base + int(n.Raw.Offset+n.Raw.Length)}
	if s.Empty() || text == "" {
		return Span{}
	}
	raw := t.f.src[s.Start:s.End]
	marks := 1
	if bytes.HasPrefix(raw, []byte(`"""`)) || bytes.HasPrefix(raw, []byte("'''")) {
		marks = 3
	}
	if len(raw) < 2*marks {
		return Span{}
	}
	s = Span{s.Start + marks, s.End - marks}
	if marks == 3 {
		s = trimmed(t.f.src, s)
	}
	return s
}

// broken tells of the line at offset at, keeps what it can of it, and returns where the next line starts.
func (t *tomlText) broken(in Span, at int) int {
	src := t.f.src
	at = min(max(at, in.Start), in.End-1)
	start := in.Start
	if i := bytes.LastIndexByte(src[in.Start:at], '\n'); i >= 0 {
		start = in.Start + i + 1
	}
	end, next := frontLine(src, start)
	line := Span{start, min(end, in.End)}
	if next <= at { // the error stands on a line break
		next = at + 1
	}
	next = max(min(next, in.End), in.Start+1)
	equals := bytes.IndexByte(src[line.Start:line.End], '=')
	if equals < 0 {
		if s := trimmed(src, line); !s.Empty() {
			t.f.tell(s, "this line of the front matter could not be read; write it as key = \"value\"")
		}
		return next
	}
	name := bare(src, Span{line.Start, line.Start + equals})
	key := under(t.prefix, string(src[name.Start:name.End]))
	value := bare(src, Span{line.Start + equals + 1, line.End})
	if name.Empty() || t.seen[key] {
		return next
	}
	t.seen[key] = true
	t.f.tell(trimmed(src, line), `the value of "`+key+`" could not be read as TOML and was taken as it stands; write one, in double quotation marks, or remove the line`)
	t.f.add(key, string(src[value.Start:value.End]), value, false)
	return next
}
