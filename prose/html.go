package prose

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Elements by what they mean to a reader.
var (
	unreadElements = setOf("script style svg pre noscript template iframe nav footer form select button head object canvas video audio math textarea")
	blockElements  = setOf(`address article aside body center details dd div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6
		header hgroup hr html li main ol p section summary table tbody td tfoot th thead tr ul blockquote cite`)
	cellElements = setOf("td th")
)

// markup reads raw HTML, a whole page of it or the blocks that stand in Markdown. Elements left open at the end of a block of HTML
// stay open in the Markdown that follows, as they do for a browser.
type markup struct {
	skip      int    // open elements that are not read
	skipped   string // the first of them
	quote     int    // open block quotes and quote components
	cite      int    // open attributions inside a quote
	cites     int    // open cite elements within an attribution
	list      int
	ordered   []bool
	heading   int
	buttons   []string // open buttons, by their elements
	cell      int
	tables    []bool // open tables: whether it is only there for its layout
	quoteFrom int    // index of the first block of the open quote
	speaker   Value
}

// html reads the HTML that stands at s in what is read.
func (r *reader) html(s Span) {
	z := html.NewTokenizer(bytes.NewReader(r.src.bytes[s.Start:s.End]))
	cur := &run{}
	flush := func() {
		r.htmlBlock(cur)
		cur = &run{}
	}
	pos := s.Start
	for {
		kind := z.Next()
		at := Span{pos, pos + len(z.Raw())}
		pos = at.End
		switch kind {
		case html.ErrorToken:
			if z.Err() == io.EOF && r.markup.skip == 0 && at.End > at.Start && r.src.bytes[at.Start] != '<' {
				cur.addSource(r.src, at.Start, at.End, false)
			}
			flush()
			return
		case html.TextToken:
			if r.markup.skip == 0 {
				cur.addSource(r.src, at.Start, at.End, false)
			} else if r.markup.skipped == "head" && r.inTitle {
				r.headTitle = r.src.place(at)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attrs := z.TagName()
			tag := elementTag(string(name), attrs, z, r.src, at)
			if r.html5(tag, kind == html.SelfClosingTagToken, cur, flush) {
				z.NextIsNotRawText()
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			r.htmlEnd(string(name), at, cur, flush)
		}
	}
}

// elementTag turns an element's start tag into a tag whose arguments are its attributes.
func elementTag(name string, more bool, z *html.Tokenizer, src source, at Span) tag {
	t := tag{Span: src.place(at), name: name}
	from := at.Start
	for more && len(t.args) < 64 {
		var key, val []byte
		key, val, more = z.TagAttr()
		a := arg{key: string(key), text: string(val)}
		if computed(a.key, a.text) {
			a.code, a.text = true, ""
		} else if n := bytes.Index(src.bytes[from:at.End], val); n >= 0 && len(val) > 0 {
			within := Span{from + n, from + n + len(val)}
			a.span, a.read = src.place(within), src.part(within)
			from += n + len(val)
		}
		t.args = append(t.args, a)
	}
	return t
}

// computed reports whether an attribute holds code: ":items" and "@click" of Vue, "{items}" of Svelte.
func computed(key, value string) bool {
	return key != "" && (strings.IndexByte(":@#{", key[0]) >= 0 || strings.HasPrefix(key, "v-")) || strings.HasPrefix(value, "{")
}

// isComponent reports whether an element is none of HTML's.
func isComponent(name string) bool { return atom.Lookup([]byte(name)) == 0 }

// rawComponent records the component whose tag stands at a place within Markdown; inText says that there is text beside it.
func (r *reader) rawComponent(at Span, inText bool) {
	z := html.NewTokenizer(bytes.NewReader(r.src.bytes[at.Start:at.End]))
	kind := z.Next()
	if kind != html.StartTagToken && kind != html.SelfClosingTagToken || r.markup.skip > 0 {
		return
	}
	name, attrs := z.TagName()
	if !isComponent(string(name)) {
		return
	}
	t := elementTag(string(name), attrs, z, r.src, at)
	t.mark, t.inline, t.paired = "<", inText, kind == html.StartTagToken
	if !r.quoteTag(t) {
		r.component(t)
	}
}

// isButton reports whether an element is a button or a link that looks like one.
func isButton(t tag) bool {
	if t.name == "button" {
		return true
	}
	if t.name != "a" {
		return false
	}
	for _, class := range strings.Fields(argText(t, "class")) {
		for _, word := range keyWords(class) {
			if word == "btn" || word == "button" || word == "cta" {
				return true
			}
		}
	}
	return false
}

// html5 opens an element; it reports whether its content must be read as text although HTML would not.
func (r *reader) html5(t tag, selfClosing bool, cur *run, flush func()) bool {
	m := &r.markup
	name := t.name
	switch {
	case m.skip > 0:
		if name == m.skipped && !selfClosing {
			m.skip++
		}
		r.inTitle = name == "title"
		if name == "meta" && strings.EqualFold(argText(t, "name"), "description") {
			if a, ok := t.get("content"); ok {
				r.headDescription = a.span
			}
		}
	case (isButton(t) || name == "summary" || name == "dt") && !selfClosing:
		flush()
		m.buttons = append(m.buttons, name)
	case unreadElements[name]:
		if name == "footer" && m.quote > 0 {
			flush()
			m.cite++
			return false
		}
		if selfClosing {
			return false
		}
		flush()
		r.setAside(t)
		m.skip, m.skipped = 1, name
	case name == "br":
		cur.stop(t.Span)
	case name == "a":
		cur.links = append(cur.links, textLink{textRange{len(cur.text), -1}, argText(t, "href")})
	case isQuoteName(name) && name != "q":
		flush()
		if r.quoteTag(t) || selfClosing {
			return false
		}
		m.quote++
		if m.quote == 1 {
			m.quoteFrom = len(r.page.Blocks)
			m.speaker = r.speakerOf(t)
		}
	case name == "q":
		cur.add("“", t.Span)
	case name == "cite" && m.cite > 0:
		m.cites++
	case blockElements[name]:
		flush()
		switch {
		case name == "ul" || name == "ol":
			m.ordered = append(m.ordered, name == "ol")
			m.list++
		case name == "cite" || name == "figcaption":
			m.cite++
		case len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6':
			m.heading = int(name[1] - '0')
		case name == "table":
			m.tables = append(m.tables, strings.EqualFold(argText(t, "role"), "presentation") || strings.EqualFold(argText(t, "role"), "none"))
		case cellElements[name] && !(len(m.tables) > 0 && m.tables[len(m.tables)-1]):
			m.cell++
		case name == "li" && m.list == 0:
			m.list = 1
		}
	case isComponent(name):
		t.mark, t.inline, t.paired = "<", !cur.blank(), !selfClosing
		r.component(t)
	}
	return false
}

func argText(t tag, key string) string {
	a, _ := t.get(key)
	return a.text
}

// htmlEnd closes an element.
func (r *reader) htmlEnd(name string, at Span, cur *run, flush func()) {
	m := &r.markup
	if m.skip > 0 {
		if name == m.skipped {
			m.skip--
		}
		r.inTitle = false
		return
	}
	switch {
	case len(m.buttons) > 0 && m.buttons[len(m.buttons)-1] == name:
		flush()
		m.buttons = m.buttons[:len(m.buttons)-1]
	case name == "a":
		for i := len(cur.links) - 1; i >= 0; i-- {
			if cur.links[i].to < 0 {
				cur.links[i].to = len(cur.text)
				break
			}
		}
	case name == "footer" && m.quote > 0:
		flush()
		m.cite = max(0, m.cite-1)
	case isQuoteName(name) && name != "q":
		flush()
		if m.quote > 0 {
			if m.quote--; m.quote == 0 {
				form := BlockQuote
				if name != "blockquote" {
					form = Included
				}
				r.quotation(m.quoteFrom, len(r.page.Blocks), m.speaker, form)
				m.cite = 0
			}
		}
	case name == "q":
		cur.add("”", r.src.place(at))
	case name == "cite" && m.cites > 0:
		m.cites--
	case blockElements[name]:
		flush()
		switch {
		case name == "ul" || name == "ol":
			m.list = max(0, m.list-1)
			if n := len(m.ordered); n > 0 {
				m.ordered = m.ordered[:n-1]
			}
		case name == "cite" || name == "figcaption":
			m.cite = max(0, m.cite-1)
		case len(name) == 2 && name[0] == 'h':
			m.heading = 0
		case name == "table":
			m.tables = m.tables[:max(0, len(m.tables)-1)]
		case cellElements[name] && !(len(m.tables) > 0 && m.tables[len(m.tables)-1]):
			m.cell = max(0, m.cell-1)
		}
	}
}

// htmlBlock makes a block of the text read so far.
func (r *reader) htmlBlock(cur *run) {
	m := &r.markup
	if cur.blank() {
		return
	}
	b := Block{Kind: Paragraph, Span: cur.whole()}
	switch {
	case m.cite > 0:
		b.Kind, b.Aside = Quoted, "attribution"
		if m.quote == 0 {
			b.Kind, b.Aside = Paragraph, "caption"
		}
	case m.quote > 0:
		b.Kind = Quoted
	case len(m.buttons) > 0:
		b.Kind, b.Aside = Label, "a label"
	case m.heading > 0:
		b.Kind, b.Level = Heading, m.heading
	case m.cell > 0:
		b.Kind, b.Aside = Table, "table"
	case m.list > 0:
		b.Kind, b.Level = ListItem, m.list
		b.Ordered = len(m.ordered) > 0 && m.ordered[len(m.ordered)-1]
	}
	r.add(b, cur)
}
