package prose

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yaml reads what stands between the fences. It reports whether that is front matter at all: prose between two thematic breaks
// is not.
func (f *frontReader) yaml(in Span) bool {
	doc := &yamlText{src: f.src, in: in}
	root, err := doc.parse()
	if err == nil {
		switch {
		case root == nil || root.Kind == yaml.ScalarNode && root.Tag == "!!null":
			return true
		case root.Kind == yaml.MappingNode:
			f.yamlNode(doc, "", root, 0)
			return true
		case root.Kind == yaml.SequenceNode && root.Style&yaml.FlowStyle == 0:
			f.tell(trimmed(f.src, in), "the front matter is a list and has no keys, so nothing was read from it; write it as key: value lines")
			return true
		}
		return false
	}
	keys, others := f.shape(in)
	switch {
	case keys == 0:
		return false
	case others > keys:
		if f.promisesKey(in.Start) {
			f.tell(f.open, unclosed("---"))
		}
		return false
	}
	f.salvage(f.src, in, "", 0, new(int))
	return true
}

// shape counts the lines that begin at the margin: those that hold a key, and those that could not stand in front matter.
func (f *frontReader) shape(in Span) (keys, others int) {
	for at := in.Start; at < in.End; {
		end, next := frontLine(f.src, at)
		line := f.src[at:end]
		if _, _, ok := keyOf(line); ok {
			keys++
		} else if len(line) > 0 && bytes.IndexByte([]byte(" \t#-]}"), line[0]) < 0 {
			others++
		}
		at = next
	}
	return keys, others
}

// A yamlText is a stretch of YAML within a page, and knows where its lines start.
type yamlText struct {
	src   []byte
	in    Span
	lines []int
	spans map[*yaml.Node]Span // placed once, however many aliases there are

	line, column, offset int // where the last node was found, so that long lines are walked once
}

// parse returns the root of the text's first document, nil when there is none.
func (t *yamlText) parse() (root *yaml.Node, err error) {
	defer func() {
		if recover() != nil { // the library's; no page may stop a review
			root, err = nil, errUnreadable
		}
	}()
	var doc yaml.Node
	if err := yaml.Unmarshal(t.src[t.in.Start:t.in.End], &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	t.lines = yamlLines(t.src, t.in)
	t.spans = map[*yaml.Node]Span{}
	t.line = 0
	return doc.Content[0], nil
}

type unreadable string

func (e unreadable) Error() string { return string(e) }

const errUnreadable = unreadable("it could not be understood")

// yamlLines returns where lines start, as YAML 1.1 has them: U+0085, U+2028 and U+2029 end a line too.
func yamlLines(src []byte, in Span) []int {
	starts := []int{in.Start}
	for i := in.Start; i < in.End; {
		n := 0
		switch rest := src[i:in.End]; {
		case bytes.HasPrefix(rest, []byte("\r\n")):
			n = 2
		case rest[0] == '\n' || rest[0] == '\r':
			n = 1
		case bytes.HasPrefix(rest, []byte("\u0085")):
			n = 2
		case bytes.HasPrefix(rest, []byte("\u2028")), bytes.HasPrefix(rest, []byte("\u2029")):
			n = 3
		}
		if n > 0 {
			starts = append(starts, i+n)
		}
		i += max(1, n)
	}
	return starts
}

// yamlNode keeps the scalars under a node, with dotted keys.
func (f *frontReader) yamlNode(t *yamlText, key string, n *yaml.Node, depth int) {
	if depth > maxFrontDepth || len(key) > maxFrontKey || !f.step() {
		return
	}
	switch n.Kind {
	case yaml.AliasNode:
		f.yamlNode(t, key, n.Alias, depth+1)
	case yaml.MappingNode:
		if tag := t.template(n); !tag.Empty() {
			f.add(key, string(t.src[tag.Start:tag.End]), tag, false)
			return
		}
		f.yamlMap(t, key, n, nil, depth)
	case yaml.SequenceNode:
		for i, c := range n.Content {
			f.yamlNode(t, item(key, i), c, depth+1)
		}
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			f.add(key, "", Span{}, false)
			return
		}
		f.add(key, n.Value, t.place(n), n.Tag == "!!bool" && n.Style == 0)
	}
}

// yamlMap keeps what a mapping holds. A key written in the mapping itself beats the same key merged in with <<, and the first of
// two equal keys counts.
func (f *frontReader) yamlMap(t *yamlText, key string, n *yaml.Node, hidden map[string]bool, depth int) {
	own := map[string]bool{}
	for name := range hidden {
		own[name] = true
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if k := n.Content[i]; k.Kind == yaml.ScalarNode && !isMerge(k) {
			own[k.Value] = true
		}
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content) && f.step(); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch {
		case isMerge(k):
			f.yamlMerge(t, key, v, own, depth+1)
		case k.Kind != yaml.ScalarNode || hidden[k.Value]: // a map or list as a key has no name
		case seen[k.Value]:
			f.tellTwice(under(key, k.Value), t.place(k))
		default:
			seen[k.Value] = true
			f.yamlNode(t, under(key, k.Value), v, depth+1)
		}
	}
}

func (f *frontReader) yamlMerge(t *yamlText, key string, v *yaml.Node, own map[string]bool, depth int) {
	if depth > maxFrontDepth || !f.step() {
		return
	}
	switch v.Kind {
	case yaml.AliasNode:
		f.yamlMerge(t, key, v.Alias, own, depth+1)
	case yaml.SequenceNode: // the earlier beats the later
		for _, c := range v.Content {
			f.yamlMerge(t, key, c, own, depth+1)
		}
	case yaml.MappingNode:
		f.yamlMap(t, key, v, own, depth+1)
		for i := 0; i+1 < len(v.Content); i += 2 {
			own[v.Content[i].Value] = true
		}
	}
}

func isMerge(k *yaml.Node) bool { return k.Kind == yaml.ScalarNode && k.Tag == "!!merge" }

// template returns the span of a template tag standing as a value, such as {{ page.title }}, which YAML takes for a map.
func (t *yamlText) template(n *yaml.Node) Span {
	at := t.find(n)
	if at < 0 || !bytes.HasPrefix(t.src[at:t.in.End], []byte("{{")) {
		return Span{}
	}
	end, _ := frontLine(t.src, at)
	n2 := bytes.Index(t.src[at:min(end, t.in.End)], []byte("}}"))
	if n2 < 0 {
		return Span{}
	}
	return Span{at, at + n2 + 2}
}

// place returns the span of a scalar as written, without quotation marks, and the zero Span when its text does not stand there.
func (t *yamlText) place(n *yaml.Node) Span {
	if s, ok := t.spans[n]; ok {
		return s
	}
	s := t.locate(n)
	t.spans[n] = s
	return s
}

func (t *yamlText) locate(n *yaml.Node) Span {
	at := t.find(n)
	if at < 0 || n.Value == "" {
		return Span{}
	}
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		_, at = frontLine(t.src, at) // past the | or > and a comment
		return t.folded(at, n.Value)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return t.quoted(n, at, '"')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return t.quoted(n, at, '\'')
	}
	if s := (Span{at, at + len(n.Value)}); s.End <= t.in.End && string(t.src[s.Start:s.End]) == n.Value {
		return s
	}
	return t.folded(at, n.Value)
}

// find returns the offset of a node's first byte, past its anchor and tag, or -1.
func (t *yamlText) find(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(t.lines) {
		return -1
	}
	if t.line != n.Line || t.column > n.Column {
		t.line, t.column, t.offset = n.Line, 1, t.lines[n.Line-1]
	}
	for t.column < n.Column && t.offset < t.in.End {
		t.offset++
		for t.offset < t.in.End && t.src[t.offset]&0xC0 == 0x80 { // YAML counts characters
			t.offset++
		}
		t.column++
	}
	at := t.offset
	for at < t.in.End && (t.src[at] == '&' || t.src[at] == '!') {
		for at < t.in.End && !isFrontSpace(t.src[at]) {
			at++
		}
		for at < t.in.End && isFrontSpace(t.src[at]) {
			at++
		}
	}
	if at >= t.in.End {
		return -1
	}
	return at
}

// folded finds text that may be written over several lines: runs of white space count as equal.
func (t *yamlText) folded(at int, text string) Span {
	i, j := at, 0
	skip := func() {
		for i < t.in.End && isFrontSpace(t.src[i]) {
			i++
		}
		for j < len(text) && isFrontSpace(text[j]) {
			j++
		}
	}
	skip()
	if j == len(text) {
		return Span{}
	}
	s := Span{Start: i}
	for j < len(text) {
		switch {
		case i >= t.in.End || isFrontSpace(t.src[i]) != isFrontSpace(text[j]):
			return Span{}
		case isFrontSpace(text[j]):
			skip()
		case t.src[i] != text[j]:
			return Span{}
		default:
			i, j = i+1, j+1
			s.End = i
		}
	}
	return s
}

// quoted finds the inside of a quoted scalar.
func (t *yamlText) quoted(n *yaml.Node, at int, mark byte) Span {
	if t.src[at] != mark {
		return Span{}
	}
	plain := true
	for i := at + 1; i < t.in.End; i++ {
		switch b := t.src[i]; {
		case b == '\\' && mark == '"':
			plain = false
			i++
		case b == '\'' && mark == '\'' && i+1 < t.in.End && t.src[i+1] == '\'':
			plain = false
			i++
		case b == '\n' || b == '\r':
			plain = false
		case b == mark:
			s := Span{at + 1, i}
			if plain && string(t.src[s.Start:s.End]) == n.Value || !plain && decodesTo(t.src[at:i+1], n.Value) {
				return s
			}
			return Span{}
		}
	}
	return Span{}
}

func decodesTo(quoted []byte, text string) bool {
	t := &yamlText{src: quoted, in: Span{0, len(quoted)}}
	n, err := t.parse()
	return err == nil && n != nil && n.Kind == yaml.ScalarNode && n.Value == text
}

// maxSalvage is how many pieces of a broken front matter are tried one by one.
const maxSalvage = 2000

// salvage reads broken YAML piece by piece: each key or list item at the margin, with what is indented below it, is read on its
// own; one that is broken itself is taken apart further, and in the end its line is taken as it stands. text is the page, with
// bytes blanked out where a piece was taken apart, so that every offset stays true.
func (f *frontReader) salvage(text []byte, in Span, prefix string, depth int, tried *int) {
	if depth > maxFrontDepth {
		return
	}
	seen := map[string]bool{}
	items := 0
	for _, piece := range pieces(text, in) {
		if *tried++; *tried > maxSalvage || f.full {
			return
		}
		end, next := frontLine(text, piece.Start)
		first := Span{piece.Start, min(end, piece.End)}
		line := text[first.Start:first.End]
		indent := len(line) - len(bytes.TrimLeft(line, " \t"))
		key, value, isKey := keyOf(line)
		isItem := bytes.HasPrefix(line[indent:], []byte("- "))
		name := under(prefix, key)
		if isItem {
			name = item(prefix, items)
			items++
		} else if isKey && seen[key] {
			f.tellTwice(name, trimmed(text, first))
			continue
		}
		seen[key] = isKey
		if f.piece(text, piece, name, isItem) {
			continue
		}
		switch {
		case isItem:
			inner := bytes.Clone(text)
			inner[first.Start+indent] = ' '
			f.salvage(inner, piece, name, depth+1, tried)
		case isKey && first.Start+value >= first.End && next < piece.End:
			f.salvage(text, Span{next, piece.End}, name, depth+1, tried)
		case isKey:
			s := bare(text, Span{first.Start + value, first.End})
			f.tell(trimmed(text, first), brokenLine(text[first.Start+value:first.End], name))
			f.add(name, string(text[s.Start:s.End]), s, false)
		default:
			f.tell(trimmed(text, first), "this line of the front matter could not be read; write it as key: value")
		}
	}
}

// piece reads one piece by itself and reports whether it could be read. Tabs that indent are read as spaces, and told once.
func (f *frontReader) piece(text []byte, in Span, name string, isItem bool) bool {
	t := &yamlText{src: text, in: in}
	root, err := t.parse()
	if err != nil {
		spaced, tab := spacesForTabs(text, in)
		if tab.Empty() {
			return false
		}
		t = &yamlText{src: spaced, in: in}
		if root, err = t.parse(); err != nil {
			return false
		}
		if !f.tabs {
			f.tabs = true
			f.tell(tab, "a tab indents this line of the front matter, which YAML does not allow; use spaces")
		}
	}
	switch {
	case root == nil:
		return true
	case isItem && root.Kind == yaml.SequenceNode && len(root.Content) == 1:
		f.yamlNode(t, name, root.Content[0], 0)
		return true
	case !isItem && root.Kind == yaml.MappingNode && len(root.Content) == 2:
		f.yamlNode(t, name, root.Content[1], 0)
		return true
	}
	return false
}

// spacesForTabs returns text with a space for every tab that indents a line within in, and the first such tab.
func spacesForTabs(text []byte, in Span) (spaced []byte, first Span) {
	for at := in.Start; at < in.End; {
		_, next := frontLine(text, at)
		for i := at; i < min(next, in.End) && (text[i] == ' ' || text[i] == '\t'); i++ {
			if text[i] != '\t' {
				continue
			}
			if first.Empty() {
				first, spaced = Span{i, i + 1}, bytes.Clone(text)
			}
			spaced[i] = ' '
		}
		at = next
	}
	return spaced, first
}

// pieces splits broken YAML at the lines that are indented least.
func pieces(text []byte, in Span) []Span {
	var starts, indents []int
	least := -1
	for at := in.Start; at < in.End; {
		end, next := frontLine(text, at)
		line := text[at:min(end, in.End)]
		if body := bytes.TrimLeft(line, " \t"); len(body) > 0 && body[0] != '#' {
			indent := len(line) - len(body)
			starts, indents = append(starts, at), append(indents, indent)
			if least < 0 || indent < least {
				least = indent
			}
		}
		at = next
	}
	listed := false // a list may stand at the margin below its key
	var out []Span
	for i, at := range starts {
		line := text[at:in.End]
		isItem := bytes.HasPrefix(line[indents[i]:], []byte("- "))
		if i == 0 {
			listed = isItem
		}
		if indents[i] > least && i > 0 || isItem && !listed {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].End = at
		}
		out = append(out, Span{at, in.End})
	}
	return out
}

// brokenLine says why a line of YAML could not be read, as far as its value tells.
func brokenLine(value []byte, name string) string {
	cure := "put the value in quotation marks"
	switch v := strings.TrimSpace(string(value)); {
	case strings.HasPrefix(v, `"`) || strings.HasPrefix(v, `'`):
		cure = "check its quotation marks"
	case strings.HasPrefix(v, "[") || strings.HasPrefix(v, "{") && !strings.HasPrefix(v, "{{"):
		cure = "check its brackets"
	}
	return `the value of "` + name + `" could not be read as YAML and was taken as it stands; ` + cure
}
