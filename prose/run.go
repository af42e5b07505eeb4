package prose

import (
	"bytes"
	"html"
	"unicode"
	"unicode/utf8"
)

// filler stands in the masked copy for bytes that are not read (template tags, comments). It is no space, so that a line keeps its
// indentation, and no Markdown; readers drop it.
const filler = 0x1a

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

// addSource appends the bytes src[from:to] as read. Entities are decoded; escapes says whether a backslash before punctuation is
// taken for Markdown's escape.
func (r *run) addSource(src []byte, from, to int, escapes bool) {
	for i := from; i < to; {
		c := src[i]
		switch {
		case escapes && c == '\\' && i+1 < to && isPunct(src[i+1]):
			r.add(string(src[i+1]), Span{i, i + 2})
			i += 2
		case c == '&':
			n := entityLen(src[i:to])
			if decoded := html.UnescapeString(string(src[i : i+n])); n > 1 && decoded != string(src[i:i+n]) {
				r.add(decoded, Span{i, i + n})
				i += n
				continue
			}
			r.add("&", Span{i, i + 1})
			i++
		default:
			_, size := utf8.DecodeRune(src[i:to])
			r.add(string(src[i:i+size]), Span{i, i + size})
			i += size
		}
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
func runOf(src []byte, v Value) *run {
	r := &run{}
	at := v.Span.Start
	for _, c := range v.Text {
		here := at
		if !v.Span.Empty() {
			here = findRune(src, at, v.Span.End, c)
		}
		if here < 0 || v.Span.Empty() {
			r.add(string(c), Span{at, min(at+1, max(at, v.Span.End))})
			continue
		}
		_, size := utf8.DecodeRune(src[here:])
		r.add(string(c), Span{here, here + size})
		at = here + size
	}
	return r
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
