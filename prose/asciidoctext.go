package prose

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Parts of AsciiDoc's text that are no words, or stand for others.
var (
	adocReference = regexp.MustCompile(`^\{([\pL\d_][\pL\d_-]*)\}`)
	adocAddress   = regexp.MustCompile(`^(?:https?|ftp|irc)://[^\s\[\]<>]+`)
	adocInline    = regexp.MustCompile(`^(link|xref|mailto|image|icon|kbd|btn|menu|footnote|footnoteref|pass|stem|latexmath|asciimath|anchor|indexterm2?|video|audio):([^\s\[\]]*)\[((?:[^\]\\\n]|\\.)*)\]`)
	adocRole      = regexp.MustCompile(`^\[[^\]\n]{1,60}\]([#*_` + "`" + `])`)
	adocCross     = regexp.MustCompile(`^<<([^,>\n]*)(?:,([^>\n]*))?>>`)
	adocPoint     = regexp.MustCompile(`^\[\[[^\]\n]*\]\]`)
	adocHidden    = regexp.MustCompile(`^\(\(\(?([^()\n]*)\)\)\)?`)
	adocCallout   = regexp.MustCompile(`^<(\d+|\.)>`)
	adocWindow    = regexp.MustCompile(`,\s*[\w-]+=|\^$`)
)

// built in attributes of AsciiDoc that are characters.
var adocCharacters = map[string]string{
	"nbsp": " ", "sp": " ", "empty": "", "apos": "'", "quot": `"`, "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "plus": "+",
	"asterisk": "*", "caret": "^", "vbar": "|", "amp": "&", "lt": "<", "gt": ">", "deg": "°", "two-colons": "::", "cpp": "C++",
}

// inline adds the text at a place as readers meet it.
func (a *adoc) inline(out *run, at Span, nest int) {
	b := a.src.bytes
	var drop map[int]int // where marks that only format begin, and how long they are
	for i := at.Start; i < at.End; {
		if n := drop[i]; n > 0 {
			i += n
			continue
		}
		rest := b[i:at.End]
		c := rest[0]
		wordStart := i == at.Start || !isWordRune(last(b[at.Start:i]))
		switch c {
		case '\\':
			if len(rest) > 1 && isPunct(rest[1]) {
				out.add(string(rest[1:2]), Span{i, i + 2})
				i += 2
				continue
			}
		case '{':
			if m := adocReference.FindSubmatch(rest); m != nil {
				here := Span{i, i + len(m[0])}
				name := strings.ToLower(string(m[1]))
				text, known := adocCharacters[name]
				if !known {
					text = a.entries[name]
				}
				if adocAddress.MatchString(text) && here.End < at.End && b[here.End] == '[' {
					if n := bytes.IndexByte(b[here.End:at.End], ']'); n > 0 {
						a.linkText(out, Span{here.End + 1, here.End + n}, text, nest)
						i = here.End + n + 1
						continue
					}
				}
				out.add(text, here)
				i = here.End
				continue
			}
		case '"', '\'':
			if len(rest) > 1 && rest[1] == '`' {
				out.add(map[byte]string{'"': "“", '\'': "‘"}[c], Span{i, i + 2})
				i += 2
				continue
			}
		case '`':
			if len(rest) > 1 && (rest[1] == '"' || rest[1] == '\'') {
				out.add(map[byte]string{'"': "”", '\'': "’"}[rest[1]], Span{i, i + 2})
				i += 2
				continue
			}
			if end, width := a.closing(i, at); end > 0 {
				from := len(out.text)
				out.addSource(a.src, i+width, end, false)
				out.codes = append(out.codes, textRange{from, len(out.text)})
				i = end + width
				continue
			}
		case '*', '_', '#', '^', '~':
			if end, width := a.closing(i, at); end > 0 {
				if drop == nil {
					drop = map[int]int{}
				}
				drop[end] = width
				i += width
				continue
			}
		case '+':
			if bytes.HasPrefix(rest, []byte("+++")) {
				if n := bytes.Index(rest[3:], []byte("+++")); n >= 0 {
					i += n + 6
					continue
				}
			}
			if end, width := a.closing(i, at); end > 0 {
				out.addSource(a.src, i+width, end, false)
				i = end + width
				continue
			}
		case '[':
			if n := len(adocPoint.Find(rest)); n > 0 {
				i += n
				continue
			}
			if m := adocRole.FindSubmatchIndex(rest); m != nil {
				if end, _ := a.closing(i+m[2], at); end > 0 {
					i += m[2]
					continue
				}
			}
		case '<':
			if m := adocCross.FindSubmatchIndex(rest); m != nil {
				if m[4] >= 0 {
					a.link(out, Span{i + m[4], i + m[5]}, string(rest[m[2]:m[3]]), nest)
				}
				i += m[1]
				continue
			}
			if n := len(adocCallout.Find(rest)); n > 0 {
				i += n
				continue
			}
			if n := bytes.IndexByte(rest, '>'); n > 0 && adocAddress.Match(rest[1:]) {
				a.address(Span{i + 1, i + n})
				i += n + 1
				continue
			}
		case '(':
			if m := adocHidden.FindSubmatchIndex(rest); m != nil {
				if !bytes.HasPrefix(rest, []byte("(((")) {
					a.inline(out, Span{i + m[2], i + m[3]}, nest+1)
				}
				i += m[1]
				continue
			}
		}
		if wordStart && c >= 'a' && c <= 'z' && nest < 4 {
			if n := a.inlineMacro(out, i, at, nest); n > 0 {
				i += n
				continue
			}
		}
		size := 1
		if c == '&' {
			size = entityLen(rest)
		} else if c >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(rest)
		}
		out.addSource(a.src, i, i+size, false)
		i += size
	}
}

// inlineMacro reads the link or macro that begins at i, and returns its length; 0 when there is none.
func (a *adoc) inlineMacro(out *run, i int, at Span, nest int) int {
	rest := a.src.bytes[i:at.End]
	if n := len(adocAddress.Find(rest)); n > 0 {
		if n < len(rest) && rest[n] == '[' {
			if end := bytes.IndexByte(rest[n:], ']'); end > 0 {
				a.linkText(out, Span{i + n + 1, i + n + end}, string(rest[:n]), nest)
				return n + end + 1
			}
		}
		n = len(bytes.TrimRight(rest[:n], ".,;:!?)"))
		a.address(Span{i, i + n})
		return n
	}
	m := adocInline.FindSubmatchIndex(rest)
	if m == nil {
		return 0
	}
	target, text := string(rest[m[4]:m[5]]), Span{i + m[6], i + m[7]}
	switch string(rest[m[2]:m[3]]) {
	case "link", "mailto":
		a.linkText(out, text, target, nest)
	case "xref":
		a.linkText(out, text, target, nest)
	case "kbd", "btn", "menu":
		a.inline(out, text, nest+1)
	case "indexterm2", "pass":
		a.inline(out, text, nest+1)
	}
	return m[1]
}

// linkText adds a link's text, without what says where it opens.
func (a *adoc) linkText(out *run, text Span, to string, nest int) {
	inner := a.of(text)
	if m := adocWindow.FindIndex(inner); m != nil {
		text.End = text.Start + m[0]
	}
	if inner := a.of(text); len(inner) > 1 && inner[0] == '"' && inner[len(inner)-1] == '"' {
		text = Span{text.Start + 1, text.End - 1}
	}
	a.link(out, text, to, nest)
}

func (a *adoc) link(out *run, text Span, to string, nest int) {
	from := len(out.text)
	a.inline(out, text, nest+1)
	if len(out.text) > from {
		out.links = append(out.links, textLink{textRange{from, len(out.text)}, to})
	}
}

// address records an address that stands for itself; it is no prose.
func (a *adoc) address(at Span) {
	text := string(a.of(at))
	a.r.page.Links = append(a.r.page.Links, Link{Span: at, Text: text, To: text})
}

// closing returns where the mark ends that begins at i, "*bold*" or "**bo**ld", and how wide it is; 0 when it is no mark.
func (a *adoc) closing(i int, at Span) (end, width int) {
	b := a.src.bytes
	c := b[i]
	if i+1 < at.End && b[i+1] == c {
		if n := bytes.Index(b[i+2:at.End], []byte{c, c}); n > 0 {
			return i + 2 + n, 2
		}
		return 0, 0
	}
	apart := i == at.Start || !isWordRune(last(b[at.Start:i])) && b[i-1] != '\\'
	if c == '^' || c == '~' {
		apart = true
	}
	if !apart || i+1 >= at.End || b[i+1] <= ' ' {
		return 0, 0
	}
	for j := i + 2; j < at.End; j++ {
		if b[j] != c || b[j-1] <= ' ' {
			continue
		}
		if next, _ := utf8.DecodeRune(b[j+1 : at.End]); c == '^' || c == '~' || j+1 == at.End || !isWordRune(next) && next != rune(c) {
			return j, 1
		}
	}
	return 0, 0
}
