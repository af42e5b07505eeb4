package prose

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// isQuoteName reports whether a tag, component or include of this name holds somebody's words.
func isQuoteName(name string) bool {
	name = strings.ToLower(name)
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		name = name[i+1:]
	}
	return strings.Contains(name, "quot") || strings.Contains(name, "testimonial") || name == "q"
}

// Keys under which components and front matter keep a quotation's words and who says them.
var (
	wordsKeys   = []string{"quote", "content", "text", "body", "quotation", "testimonial", "message", "copy", "words"}
	speakerKeys = []string{"author", "by", "name", "cite", "source", "attribution", "person", "speaker", "who", "author_name", "authorname", "citation"}
	roleKeys    = []string{"title", "role", "position", "job", "job_title", "jobtitle", "author_title", "authortitle"}
	companyKeys = []string{"company", "org", "organization", "organisation"}
	titleOfKeys = append(roleKeys[:len(roleKeys):len(roleKeys)], companyKeys...)
)

// quoteTag records the quotation that a tag holds in its arguments; it reports whether there is one.
func (r *reader) quoteTag(t tag) bool {
	if t.close {
		return false
	}
	words, ok := t.get(wordsKeys...)
	if !ok || !isQuoteName(t.name) && !strings.EqualFold(words.key, "quote") && !strings.EqualFold(words.key, "testimonial") {
		return false
	}
	if len(strings.Fields(words.text)) < 3 {
		return false
	}
	v := words.value()
	text := runOf(r.page.Source, v)
	r.addQuotation(text, 0, len(text.text), r.speakerOf(t), Included)
	return true
}

// speakerOf returns who speaks, by a tag's arguments.
func (r *reader) speakerOf(t tag) Value {
	by, ok := t.get(speakerKeys...)
	if ok && strings.Contains(by.text, "://") { // <blockquote cite="https://…">
		ok = false
	}
	if !ok {
		if by, ok = t.get(""); !ok || len(by.text) > 80 { // {% quote Maria Lopez %}
			return Value{}
		}
		v := Value{Text: by.text, Span: by.span}
		for _, a := range t.args {
			if a.key != "" || a.span.Start <= v.Span.Start || a.span.End > len(r.page.Source) {
				continue
			}
			between := " "
			if bytes.ContainsAny(r.page.Source[v.Span.End:a.span.Start], ",\"'") {
				between = ", "
			}
			v.Text += between + a.text
			v.Span.End = a.span.End
		}
		return v
	}
	v := Value{Text: by.text, Span: by.span}
	for _, keys := range [][]string{roleKeys, companyKeys} {
		if a, ok := t.get(keys...); ok && !strings.Contains(v.Text, a.text) {
			v.Text += ", " + a.text
		}
	}
	return v
}

// addQuotation records text[from:to] as somebody's words.
func (r *reader) addQuotation(text *run, from, to int, by Value, form QuotationForm) {
	const around = " \"“”*_"
	inner := bytes.TrimLeft(text.text[from:to], around)
	from = to - len(inner)
	to = from + len(bytes.TrimRight(inner, around))
	s := text.span(from, to)
	if s.Empty() {
		return
	}
	said := string(text.text[from:to])
	r.page.Quotations = append(r.page.Quotations, Quotation{
		Span: s, Text: said, Words: len(words(said)), Speaker: tidySpeaker(by.Text), By: by.Span, Form: form,
	})
}

func first(b []byte) rune { c, _ := utf8.DecodeRune(b); return c }
func last(b []byte) rune  { c, _ := utf8.DecodeLastRune(b); return c }

func tidySpeaker(s string) string {
	return strings.Trim(strings.Join(strings.Fields(s), " "), " -–—―~*_,:;()\"“”")
}

// signature is who said it, after a dash at the end of a quotation.
var signature = regexp.MustCompile(`(?:^|[.!?…"”’'*_] )\s*((?:—|–|--|―|~|- )\s*[^.!?]?[^!?]{1,140})$`)

// nameLabel is who said it, before a colon at the start of a quotation.
var nameLabel = regexp.MustCompile(`^(\p{Lu}[^:.!?"“]{2,60}):\s+`)

// held is a quotation that whole blocks hold: a block quote, a quote component.
type held struct {
	by   Value
	form QuotationForm
}

// quotation notes that the blocks [from, to) are one quotation. It is read when the page's blocks are in order (hold).
func (r *reader) quotation(from, to int, by Value, form QuotationForm) {
	to = min(to, len(r.page.Blocks))
	for i := from; i < to && by.Text == ""; i++ {
		if q := r.page.Blocks[i].quote; q > 0 {
			by = r.held[q-1].by
		}
	}
	r.held = append(r.held, held{by, form})
	for i := from; i < to; i++ {
		r.page.Blocks[i].quote = len(r.held)
	}
}

// hold records the quotation that begins with block from: its last words, the block before or the block after say who speaks. What only
// repeats the page's own words is none.
func (r *reader) hold(from int) {
	p := r.page
	id := p.Blocks[from].quote
	h := r.held[id-1]
	r.held[id-1] = held{} // once
	if h.form == "" {
		return
	}
	to := from
	for i := from; i < len(p.Blocks); i++ {
		if p.Blocks[i].quote == id {
			to = i + 1
		}
	}
	by := h.by
	joined := &run{}
	end := -1 // the last block of words
	for i := from; i < to; i++ {
		if text := r.runs[i]; text != nil && p.Blocks[i].quote == id && p.Blocks[i].Aside != "attribution" {
			end = i
		}
	}
	for i := from; i < to; i++ {
		text := r.runs[i]
		if text == nil || p.Blocks[i].quote != id {
			continue
		}
		if p.Blocks[i].Aside == "attribution" {
			if by.Text == "" {
				by = text.value(0, len(text.text))
			}
			continue
		}
		if joined.blank() {
			if at := nameLabel.FindSubmatchIndex(text.text); at != nil && isNameLine(text.text[at[2]:at[3]]) {
				if by.Text == "" {
					by = text.value(at[2], at[3])
				}
				text = text.part(at[1], len(text.text))
			}
		}
		if i == end {
			at, ok := signedWithin(text)
			if ok && by.Text == "" {
				by = r.linesOf(text, at)
			}
			if ok && at == 0 && from < end {
				p.Blocks[i].Aside = "attribution"
				continue
			}
			if ok {
				text = text.part(0, at)
			}
		}
		if len(joined.text) > 0 {
			joined.add(" ", Span{joined.end[len(joined.end)-1], joined.end[len(joined.end)-1]})
		}
		joined.text = append(joined.text, text.text...)
		joined.start = append(joined.start, text.start...)
		joined.end = append(joined.end, text.end...)
	}
	if joined.blank() || isAddress(joined.text) {
		return
	}
	if by.Text == "" && r.toldWithin(from, to) {
		return
	}
	if by.Text == "" {
		by, _ = r.signedAfter(to)
	}
	if by.Text == "" {
		by = r.signedBefore(from)
	}
	if by.Text == "" && r.repeats(joined.text) {
		for i := from; i < to; i++ {
			if p.Blocks[i].Aside == "" && r.runs[i] != nil {
				p.Blocks[i].Aside = "pull quote"
			}
		}
		return
	}
	r.addQuotation(joined, 0, len(joined.text), by, h.form)
	if by.Text != "" {
		r.talk.last, r.talk.fresh = by, true
	}
}

// isAddress reports whether a text is nothing but the address of a page, such as an embedded post's.
func isAddress(text []byte) bool {
	text = bytes.TrimSpace(text)
	return bytes.IndexByte(text, ' ') < 0 && bytes.ContainsAny(text, "/@")
}

// signedWithin returns where in the last words of a quotation its signature begins.
func signedWithin(text *run) (at int, ok bool) {
	if m := signature.FindSubmatchIndex(text.text); m != nil {
		return m[2], true
	}
	to := len(text.text)
	for n := len(text.stops) - 1; n >= max(0, len(text.stops)-3); n-- {
		line := text.text[text.stops[n]:to]
		if isNameLine(line) {
			return text.stops[n], true
		}
		if ws := words(string(line)); len(ws) > 10 || len(ws) == 0 || endsSentence(bytes.TrimRight(line, " ")) {
			break
		}
		to = text.stops[n]
	}
	return 0, false
}

// linesOf returns the end of a text whose lines say who speaks.
func (r *reader) linesOf(text *run, at int) Value {
	by := text.value(at, len(text.text))
	var lines []string
	for _, stop := range append(text.stops[:len(text.stops):len(text.stops)], len(text.text)) {
		if stop > at {
			lines = append(lines, strings.Trim(string(text.text[at:stop]), " ,"))
			at = stop
		}
	}
	by.Text = strings.Join(lines, ", ")
	return by
}

// toldWithin reads block quotes that are told as a paragraph is: "…," says Maria Lopez. "…". It reports whether there is speech in them.
func (r *reader) toldWithin(from, to int) bool {
	quotations := len(r.page.Quotations)
	told := false
	for i := from; i < to; i++ {
		if text := r.runs[i]; text != nil && strings.ContainsRune(`"“„«‘`, first(bytes.TrimLeft(text.text, " *_"))) {
			before := len(r.page.Quotations)
			r.speech(i)
			for _, q := range r.page.Quotations[before:] {
				told = told || q.Speaker != "" && q.By.Start < text.whole().End && text.whole().Contains(q.By)
			}
		}
	}
	if !told {
		r.page.Quotations = r.page.Quotations[:quotations]
	}
	return told
}

// signedAfter returns who speaks by the blocks after a quotation, which it sets aside.
func (r *reader) signedAfter(i int) (Value, bool) {
	for i < len(r.runs) && r.runs[i] == nil && r.page.Blocks[i].Kind == Component && !r.page.Blocks[i].Unread {
		i++
	}
	if i >= len(r.runs) || r.runs[i] == nil || len(r.runs[i].text) > 200 {
		return Value{}, false
	}
	b, text := &r.page.Blocks[i], r.runs[i]
	before := r.page.Blocks[i-1]
	switch said := before.Kind == Quoted || before.Kind == Component; {
	case b.Aside == "attribution" || b.Aside == "caption" && said:
	case b.Kind != Paragraph || b.Aside != "":
		return Value{}, false
	case hasDash(text.text):
	case said && isNameLine(text.text):
	default:
		return Value{}, false
	}
	b.Aside = "attribution"
	by := text.value(0, len(text.text))
	if i+1 < len(r.runs) && r.runs[i+1] != nil && !bytes.ContainsAny(text.text, ",|") && !hasDash(text.text) {
		next := &r.page.Blocks[i+1] // the role may be a paragraph of its own
		if role := r.runs[i+1]; next.Kind == Paragraph && (next.Aside == "" || next.Aside == "attribution") && isRoleLine(role.text) {
			next.Aside = "attribution"
			by.Text += ", " + strings.TrimSpace(string(role.text))
		}
	}
	return by, true
}

func hasDash(text []byte) bool {
	return bytes.HasPrefix(text, []byte("—")) || bytes.HasPrefix(text, []byte("–")) || bytes.HasPrefix(text, []byte("-- "))
}

// isRoleLine reports whether a line only says what somebody does, or where.
func isRoleLine(line []byte) bool {
	ws := words(string(line))
	if len(ws) == 0 || len(ws) > 9 || endsSentence(line) {
		return false
	}
	for _, w := range ws {
		if word := lowerAt(line, w); isRole(word) || word == "of" || word == "at" {
			return true
		}
	}
	return false
}

// signedBefore returns who speaks by the block before a quotation: a paragraph that ends in a colon, or a heading that is a name.
func (r *reader) signedBefore(i int) Value {
	for i--; i >= 0 && r.runs[i] == nil && r.page.Blocks[i].Kind == Component; i-- {
	}
	if i < 0 || r.runs[i] == nil {
		return Value{}
	}
	b, text := r.page.Blocks[i], r.runs[i]
	t := bytes.TrimRight(text.text, " *_")
	switch {
	case b.Kind == Heading && bytes.ContainsAny(t, ",–—|") && isNameLine(t):
		return text.value(0, len(t))
	case b.Kind == Paragraph && b.Aside == "" && len(t) > 0 && last(t) == ':':
		p := paragraph{r: r, text: text, sentences: sentences(text.text, text.stops)}
		start := p.sentences[len(p.sentences)-1].from
		found := persons(t, r.talk.known)
		if n := len(found); n > 0 && found[n-1].from >= start {
			return clip(text, found[n-1].full.from, found[n-1].full.to)
		}
		if s := p.before(start, len(t), leastUnsigned); s.spoken() {
			return s.by
		}
	}
	return Value{}
}

// leastRepeated is how many words are the page's own when they stand in its text, too.
const leastRepeated = 4

// repeats reports whether words stand in the page's own text as well: it quotes itself.
func (r *reader) repeats(text []byte) bool {
	if len(words(string(text))) < leastRepeated {
		return false
	}
	want := bytes.ToLower(bytes.Trim(text, " \"“”*_.!?…"))
	for i, b := range r.page.Blocks {
		if (b.Kind == Paragraph || b.Kind == ListItem) && r.runs[i] != nil && bytes.Contains(bytes.ToLower(r.runs[i].text), want) {
			return true
		}
	}
	return false
}

// names returns the words of which the names of the page's persons are made.
func (r *reader) names() map[string]bool {
	known := map[string]bool{}
	for _, text := range r.runs {
		if text == nil {
			continue
		}
		for _, m := range persons(text.text, nil) {
			for _, w := range words(string(text.text[m.from:m.to])) {
				if word := string(text.text[m.from+w.from : m.from+w.to]); nameToken([]byte(word)) && len(word) > 2 && !speechLists["titles"][strings.ToLower(word)] {
					known[word] = true
				}
			}
		}
	}
	return known
}

// frontQuotes records quotations kept in front matter: quote, testimonials[0].text and the like, with the name beside them.
func (r *reader) frontQuotes() {
	values := r.page.Front.Values
	kept := readKept(values)
	beside := map[string][]Value{} // by the map they stand in; what stands in author: {name: …, role: …} counts for the map around it, too
	for _, v := range values {
		parent := parentOf(v.Key)
		beside[parent] = append(beside[parent], v)
		if around := parentOf(parent); parent != "" && keyIn(strings.TrimPrefix(parent[len(around):], "."), speakerKeys) {
			beside[around] = append(beside[around], v)
		}
	}
	for _, v := range values {
		parent, key := "", v.Key
		if i := strings.LastIndexByte(v.Key, '.'); i >= 0 {
			parent, key = v.Key[:i], v.Key[i+1:]
		}
		bare := strings.TrimRight(key, "[]0123456789")
		named := isQuoteKey(bare)
		if !named && !(kept.quotes(parent) && keyIn(bare, wordsKeys)) {
			continue
		}
		text := runOf(r.page.Source, v)
		if len(words(string(text.text))) < 4 || v.Span.Empty() {
			continue
		}
		var by Value
		for _, o := range beside[parent] {
			ok := strings.ToLower(o.Key[strings.LastIndexByte(o.Key, '.')+1:])
			if i := strings.IndexByte(ok, '_'); parent == "" && i >= 0 && isQuoteName(ok[:i]) {
				ok = ok[i+1:] // quote_author beside quote
			} else if parent == "" && !r.page.isData() {
				continue // a page's own author is nobody's words
			}
			if keyIn(ok, speakerKeys) && by.Text == "" {
				by = o
			} else if keyIn(ok, titleOfKeys) && by.Text != "" && o.Text != by.Text {
				by.Text += ", " + o.Text
			}
		}
		if by.Text == "" && !named {
			continue // any other text beside quotations
		}
		r.addQuotation(text, 0, len(text.text), by, FrontMatter)
	}
}

func keyIn(key string, keys []string) bool {
	for _, k := range keys {
		if strings.EqualFold(k, key) {
			return true
		}
	}
	return false
}
