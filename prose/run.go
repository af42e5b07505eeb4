package prose

import (
	"bytes"
	"html"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// filler stands in the masked copy for bytes that are not read (template tags, comments). It is no space, so that a line keeps its
// indentation, and no Markdown; readers drop it.
const filler = 0x1a

// plainLines copies an author's bytes with all line ends as line feeds; the copy is as long, so that places in it are places in the file.
func plainLines(src []byte) []byte {
	b := bytes.Clone(src)
	for i, c := range b {
		if c == '\r' {
			b[i] = ' '
			if i+1 < len(b) && b[i+1] != '\n' {
				b[i] = '\n'
			}
		}
	}
	return b
}

// A source is text to be read, with the place of each of its bytes in the author's file. Without places it is the file itself, byte for
// byte, or a masked copy of it.
type source struct {
	bytes      []byte
	start, end []int
}

// part returns a part of the source, as a source.
func (s source) part(in Span) *source {
	out := source{bytes: s.bytes[in.Start:in.End], start: make([]int, in.End-in.Start), end: make([]int, in.End-in.Start)}
	for i := in.Start; i < in.End; {
		_, size := utf8.DecodeRune(s.bytes[i:in.End])
		at := s.place(Span{i, i + size})
		for range size {
			out.start[i-in.Start], out.end[i-in.Start] = at.Start, at.End
			i++
		}
	}
	return &out
}

// place returns where in the author's file a part of the source stands.
func (s source) place(in Span) Span {
	if s.start == nil || in.Empty() && in.Start >= len(s.start) {
		return in
	}
	if in.Empty() {
		return Span{s.start[in.Start], s.start[in.Start]}
	}
	return Span{s.start[in.Start], s.end[in.End-1]}
}

// A run is text as read, with the place of every byte of it in the author's file.
type run struct {
	text  []byte
	start []int // of the source unit that each byte of text came from
	end   []int
	links []textLink
	codes []textRange // inline code
	stops []int       // text offsets at which a line was broken on purpose
}

type textRange struct{ from, to int }

type textLink struct {
	textRange
	href string
}

// add appends one unit of text that stands at span in the file. White space is folded, filler dropped.
func (r *run) add(s string, span Span) {
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		piece := s[i : i+size]
		i += size
		switch {
		case c == filler || c == '\u200b' || c == '\ufeff' || c == '\u00ad':
			continue
		case unicode.IsSpace(c):
			if len(r.text) == 0 || r.text[len(r.text)-1] == ' ' {
				continue
			}
			piece = " "
		case c == utf8.RuneError && size == 1:
			piece = "\ufffd"
		}
		for range len(piece) {
			r.start = append(r.start, span.Start)
			r.end = append(r.end, span.End)
		}
		r.text = append(r.text, piece...)
	}
}

// addSource appends the bytes [from, to) of a source as read. Entities are decoded; escapes says whether a backslash before
// punctuation is taken for Markdown's escape.
func (r *run) addSource(src source, from, to int, escapes bool) {
	b := src.bytes
	for i := from; i < to; {
		size := 1
		var text string
		switch c := b[i]; {
		case escapes && c == '\\' && i+1 < to && isPunct(b[i+1]):
			text, size = string(b[i+1]), 2
		case c == '&':
			n := entityLen(b[i:to])
			if decoded := html.UnescapeString(string(b[i : i+n])); n > 1 && decoded != string(b[i:i+n]) {
				text, size = decoded, n
			} else {
				text = "&"
			}
		default:
			_, size = utf8.DecodeRune(b[i:to])
			text = string(b[i : i+size])
		}
		r.add(text, src.place(Span{i, i + size}))
		i += size
	}
}

// entityLen returns the length of the character reference that b starts with, or 1.
func entityLen(b []byte) int {
	for i := 1; i < len(b) && i < 34; i++ {
		switch c := b[i]; {
		case c == ';':
			return i + 1
		case c == '#' && i == 1, c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		default:
			return 1
		}
	}
	return 1
}

func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// stop marks a line broken on purpose.
func (r *run) stop(span Span) {
	r.add(" ", span)
	if n := len(r.text); n > 0 && (len(r.stops) == 0 || r.stops[len(r.stops)-1] != n) {
		r.stops = append(r.stops, n)
	}
}

// span returns the place of text[from:to], trimmed of white space.
func (r *run) span(from, to int) Span {
	for from < to && r.text[from] == ' ' {
		from++
	}
	for to > from && r.text[to-1] == ' ' {
		to--
	}
	if from >= to {
		return Span{}
	}
	return Span{r.start[from], r.end[to-1]}
}

// whole returns the place of all of it.
func (r *run) whole() Span { return r.span(0, len(r.text)) }

// value returns text[from:to] as a value.
func (r *run) value(from, to int) Value {
	return Value{Text: string(r.text[from:to]), Span: r.span(from, to)}
}

// part returns text[from:to] as a run of its own, without links, code and stops.
func (r *run) part(from, to int) *run {
	return &run{text: r.text[from:to:to], start: r.start[from:to:to], end: r.end[from:to:to]}
}

// cutFront takes the first bytes of the text away.
func (r *run) cutFront(n int) {
	if n == 0 {
		return
	}
	r.text, r.start, r.end = r.text[n:], r.start[n:], r.end[n:]
	for i := range r.links {
		l := &r.links[i]
		l.from = max(0, l.from-n)
		if l.to >= 0 {
			l.to = max(0, l.to-n)
		}
	}
	for i := range r.codes {
		r.codes[i] = textRange{max(0, r.codes[i].from-n), max(0, r.codes[i].to-n)}
	}
	for i := range r.stops {
		r.stops[i] = max(0, r.stops[i]-n)
	}
}

// blank reports whether there is nothing to read in it.
func (r *run) blank() bool {
	return len(bytes.TrimFunc(r.text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })) == 0
}

// sentence makes the sentence text[from:to]; quoted says which of its bytes are somebody's words.
func (r *run) sentence(from, to int, quoted []textRange) Sentence {
	for from < to && r.text[from] == ' ' {
		from++
	}
	for to > from && r.text[to-1] == ' ' {
		to--
	}
	s := Sentence{Span: r.span(from, to), Text: string(r.text[from:to])}
	for _, w := range words(s.Text) {
		at := textRange{from + w.from, from + w.to}
		s.Words = append(s.Words, Word{
			Span:   r.span(at.from, at.to),
			Text:   s.Text[w.from:w.to],
			Norm:   norm(s.Text[w.from:w.to]),
			Offset: w.from,
			Quoted: within(quoted, at.from),
			Linked: r.linked(at.from),
			Code:   within(r.codes, at.from),
		})
	}
	return s
}

func within(ranges []textRange, at int) bool {
	for _, q := range ranges {
		if q.from <= at && at < q.to {
			return true
		}
	}
	return false
}

func (r *run) linked(at int) bool {
	for _, l := range r.links {
		if l.from <= at && at < l.to {
			return true
		}
	}
	return false
}

// runOf returns a run over a value of front matter: its decoded text, placed within the bytes as written.
func runOf(src []byte, v Value) *run { return runOver(sourceOf(src, v)) }

// runOver returns a run over a source that holds no markup.
func runOver(s source) *run {
	r := &run{}
	for i := 0; i < len(s.bytes); {
		_, size := utf8.DecodeRune(s.bytes[i:])
		r.add(string(s.bytes[i:i+size]), s.place(Span{i, i + size}))
		i += size
	}
	return r
}

// sourceOf returns a value's decoded text, with the place of each of its bytes within the bytes as written.
func sourceOf(src []byte, v Value) source {
	if v.read != nil {
		return *v.read
	}
	s := source{bytes: []byte(v.Text), start: make([]int, len(v.Text)), end: make([]int, len(v.Text))}
	at := v.Span.Start
	before := bytes.TrimRight(src[:min(at, len(src))], " \t\r\n")
	escaped := len(before) > 0 && before[len(before)-1] == '"' // within double quotation marks, of which there may be three
	asWritten := !v.Span.Empty() && string(src[v.Span.Start:v.Span.End]) == v.Text
	for i := 0; i < len(s.bytes); {
		c, size := utf8.DecodeRune(s.bytes[i:])
		here := -1
		if escaped && !asWritten {
			at = pastFold(src, at, v.Span.End)
			if !unicode.IsSpace(c) {
				at = pastSpace(src, at, v.Span.End, s.bytes[i:])
			}
		}
		if !v.Span.Empty() && !(escaped && escapeOf(src[at:max(at, v.Span.End)], c) > 0) {
			here = findRune(src, at, v.Span.End, c)
		}
		place := Span{at, min(at+1, max(at, v.Span.End))}
		if here >= 0 {
			_, wide := utf8.DecodeRune(src[here:])
			place = Span{here, here + wide}
			at = place.End
		} else if wide := escapeOf(src[at:max(at, v.Span.End)], c); escaped && wide > 0 {
			place = Span{at, at + wide}
			at = place.End
		}
		for range size {
			s.start[i], s.end[i] = place.Start, place.End
			i++
		}
	}
	if !s.faithful(src) { // broken in a way nobody thought of: its words are read, and stand nowhere
		for i := range s.start {
			s.start[i], s.end[i] = v.Span.Start, v.Span.Start
		}
	}
	return s
}

// faithful reports whether every letter is written where its place says, as itself or escaped.
func (s source) faithful(src []byte) bool {
	for i := 0; i < len(s.bytes); {
		c, size := utf8.DecodeRune(s.bytes[i:])
		if at := (Span{s.start[i], s.end[i]}); !unicode.IsSpace(c) && c != utf8.RuneError && !at.Empty() {
			got, _ := utf8.DecodeRune(src[at.Start:])
			if got != c && escapeOf(src[at.Start:at.End], c) == 0 {
				return false
			}
		}
		i += size
	}
	return true
}

// pastFold returns where a text goes on after a backslash at the end of a line, as YAML and TOML have it, and after more of them.
func pastFold(src []byte, at, end int) int {
	for at < end && src[at] == '\\' {
		i := at + 1
		for i < end && (src[i] == ' ' || src[i] == '\t' || src[i] == '\r') {
			i++
		}
		if i >= end || src[i] != '\n' {
			break
		}
		for i < end && src[i] <= ' ' {
			i++
		}
		at = i
	}
	return at
}

// pastSpace returns where text goes on after spaces, escaped ones and folds. Text that a broken value keeps as it was written begins with
// the very backslash that would be one.
func pastSpace(src []byte, at, end int, text []byte) int {
	for at < end {
		switch {
		case src[at] == ' ' || src[at] == '\t' || src[at] == '\r' || src[at] == '\n':
			at++
		case at+1 < end && src[at] == '\\' && bytes.IndexByte([]byte("tnrvf "), src[at+1]) >= 0 && !bytes.HasPrefix(text, src[at:at+2]):
			at += 2
		default:
			if past := pastFold(src, at, end); past > at {
				at = past
				continue
			}
			return at
		}
	}
	return at
}

// escapeOf returns how many bytes of b are an escape for c, as YAML, JSON and TOML have them in double quotation marks; 0 when b begins
// with none.
func escapeOf(b []byte, c rune) int {
	if len(b) < 2 || b[0] != '\\' {
		return 0
	}
	if plain := map[byte]rune{'\\': '\\', '"': '"', '/': '/', 'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', '0': 0, 'a': 7, 'e': 27, 'v': 11, '_': 0xa0, 'N': 0x85, 'L': 0x2028, 'P': 0x2029}; b[1] != 'u' {
		if want, ok := plain[b[1]]; ok && want == c {
			return 2
		}
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[b[1]]
	if digits == 0 || len(b) < 2+digits {
		return 0
	}
	n, err := strconv.ParseUint(string(b[2:2+digits]), 16, 32)
	switch {
	case err != nil:
		return 0
	case rune(n) == c:
		return 2 + digits
	case digits == 4 && c != utf8.RuneError && utf16.IsSurrogate(rune(n)) && len(b) >= 12 && b[6] == '\\' && b[7] == 'u':
		if low, err := strconv.ParseUint(string(b[8:12]), 16, 32); err == nil && utf16.DecodeRune(rune(n), rune(low)) == c {
			return 12
		}
	}
	if digits == 4 && utf16.IsSurrogate(rune(n)) && c == utf8.RuneError {
		return 6 // half a pair, which JSON reads as a replacement character
	}
	return 0
}

// findRune returns where c stands at or soon after from, past escapes, folds and indentation; -1 when it does not.
func findRune(src []byte, from, end int, c rune) int {
	space := unicode.IsSpace(c)
	for i := from; i < end; {
		got, size := utf8.DecodeRune(src[i:end])
		if got == c || space && unicode.IsSpace(got) {
			return i
		}
		if got != '\\' && got != '\'' && got != '"' && !unicode.IsSpace(got) {
			return -1
		}
		i += size
	}
	return -1
}
