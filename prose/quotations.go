package prose

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
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
	titleOfKeys = []string{"title", "role", "position", "job", "job_title", "jobtitle", "author_title", "authortitle", "company", "org", "organization"}
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
	r.addQuotation(text, 0, len(text.text), speakerOf(t), Included)
	return true
}

// speakerOf returns who speaks, by a tag's arguments.
func speakerOf(t tag) Value {
	by, ok := t.get(speakerKeys...)
	if !ok {
		if by, ok = t.get(""); !ok || len(by.text) > 80 { // {% quote Maria Lopez %}
			return Value{}
		}
		var all []string
		for _, a := range t.args {
			if a.key == "" {
				all = append(all, a.text)
				by.span.End = a.span.End
			}
		}
		return Value{Text: strings.Join(all, " "), Span: by.span}
	}
	v := Value{Text: by.text, Span: by.span}
	if role, ok := t.get(titleOfKeys...); ok && role.text != by.text {
		v.Text += ", " + role.text
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

// quotation records the blocks [from, to) as one quotation. A last line that begins with a dash, or a block marked as attribution,
// says who speaks.
func (r *reader) quotation(from, to int, by Value, form QuotationForm) {
	joined := &run{}
	for i := from; i < to && i < len(r.runs); i++ {
		text := r.runs[i]
		if text == nil {
			continue
		}
		if r.page.Blocks[i].Aside == "attribution" {
			if by.Text == "" {
				by = Value{Text: string(text.text), Span: text.whole()}
			}
			continue
		}
		if at := signature.FindSubmatchIndex(text.text); at != nil && i == to-1 {
			if by.Text == "" {
				by = Value{Text: string(text.text[at[2]:at[3]]), Span: text.span(at[2], at[3])}
			}
			if at[2] == 0 {
				r.page.Blocks[i].Aside = "attribution"
				continue
			}
			text = &run{text: text.text[:at[2]], start: text.start[:at[2]], end: text.end[:at[2]]}
		}
		if len(joined.text) > 0 {
			joined.add(" ", Span{joined.end[len(joined.end)-1], joined.end[len(joined.end)-1]})
		}
		joined.text = append(joined.text, text.text...)
		joined.start = append(joined.start, text.start...)
		joined.end = append(joined.end, text.end...)
	}
	if !joined.blank() {
		r.addQuotation(joined, 0, len(joined.text), by, form)
	}
}

// attributions sets aside the paragraph after a quotation that only says whose it is.
func (r *reader) attributions() {
	for i := 1; i < len(r.page.Blocks); i++ {
		b, text := &r.page.Blocks[i], r.runs[i]
		if b.Kind != Paragraph || text == nil || len(text.text) > 200 {
			continue
		}
		if !bytes.HasPrefix(text.text, []byte("—")) && !bytes.HasPrefix(text.text, []byte("–")) && !bytes.HasPrefix(text.text, []byte("-- ")) {
			continue
		}
		before := r.runs[i-1]
		if before == nil {
			continue
		}
		spoken := r.page.Blocks[i-1].Kind == Quoted || strings.ContainsRune("“\"", first(bytes.TrimLeft(before.text, "*_ ")))
		if spoken {
			b.Aside = "attribution"
			r.signed = append(r.signed, Value{Text: string(text.text), Span: text.whole()})
		}
	}
}

// sign gives quotations the speakers named in the paragraph after them.
func (r *reader) sign() {
	for _, by := range r.signed {
		best := -1
		for i, q := range r.page.Quotations {
			if q.Span.End <= by.Span.Start && (best < 0 || q.Span.Start > r.page.Quotations[best].Span.Start) {
				best = i
			}
		}
		if best >= 0 && r.page.Quotations[best].Speaker == "" {
			r.page.Quotations[best].Speaker, r.page.Quotations[best].By = tidySpeaker(by.Text), by.Span
		}
	}
}

// leastSpeech is how many words in quotation marks are somebody's words whoever says them; fewer need a verb of saying beside them,
// else they are a title, a term or irony.
const leastSpeech = 8

// speech finds the quoted speech in a paragraph and records it; it returns which bytes of the text are quoted.
func (r *reader) speech(text *run) []textRange {
	var out []textRange
	var before Value // who spoke before in this paragraph
	t := text.text
	for i := 0; i < len(t); {
		c, size := utf8.DecodeRune(t[i:])
		if c != '“' && c != '"' && c != '«' {
			i += size
			continue
		}
		from := i + size
		to, next := closing(t, i, from, c)
		if to < 0 {
			i = from
			continue
		}
		inner := t[from:to]
		n := len(words(string(inner)))
		by := speaker(text, i, next)
		ended := strings.ContainsRune(".!?…,", last(bytes.TrimRight(inner, " ")))
		if n >= leastSpeech || n >= 2 && by.Text != "" && ended || n >= 5 && ended && i == 0 {
			out = append(out, textRange{from, to})
			if by = r.resolve(by); by.Text == "" {
				by = before // "…," says Ada. "…": she goes on
			}
			before = by
			r.addQuotation(text, from, to, by, Speech)
		}
		i = next
	}
	return out
}

// closing returns where the quotation that opens at open ends, and where the text goes on after its mark; -1 when it has no end.
// A paragraph of speech may go on in the next paragraph without a closing mark.
func closing(t []byte, open, from int, mark rune) (to, next int) {
	want := map[rune]rune{'“': '”', '"': '"', '«': '»'}[mark]
	if mark == '"' {
		before, _ := utf8.DecodeLastRune(t[:open])
		if open > 0 && !unicode.IsSpace(before) && !isOpener(before) && before != '—' && before != '–' || from >= len(t) || t[from] == ' ' {
			return -1, 0
		}
	}
	for i := from; i < len(t); {
		c, size := utf8.DecodeRune(t[i:])
		if c == want || mark == '“' && c == '"' {
			after, _ := utf8.DecodeRune(t[i+size:])
			if mark != '"' || i+size >= len(t) || !isWordRune(after) {
				return i, i + size
			}
		}
		if c == mark && mark == '“' { // a new one opens: the first was never closed
			return -1, 0
		}
		i += size
	}
	if mark == '“' && open == 0 {
		return len(t), len(t)
	}
	return -1, 0
}

var sayVerbs = setOf(`said says explained explains told tells recalled recalls remembers remembered added adds noted notes wrote writes
	commented comments shared shares stated states remarked remarks asked asks admitted admits laughs laughed joked jokes continued
	continues concluded concludes replied replies reports reported argues argued believes thinks puts put shouted whispered confessed
	confesses jokes quips quipped sighs describes described`)

var pronouns = setOf("he she they i we it one who")

// speaker finds who says the words in text that open at from and go on at to.
func speaker(text *run, from, to int) Value {
	t := text.text
	rest := t[to:min(len(t), to+200)]
	ws := words(string(rest))
	// "…," says Maria Lopez, night planner.    "…," Maria Lopez said.
	for n := 0; n < len(ws) && n < 8; n++ {
		w := ws[n]
		gap := rest[:w.from]
		if n > 0 {
			gap = rest[ws[n-1].to:w.from]
		}
		if bytes.ContainsAny(gap, ".!?:;\"") || bytes.Contains(gap, []byte("“")) {
			break
		}
		if !sayVerbs[strings.ToLower(string(rest[w.from:w.to]))] {
			continue
		}
		if n == 0 {
			end := clauseEnd(rest, w.to)
			return clip(text, to+w.to, to+end)
		}
		return clip(text, to+ws[0].from, to+ws[n-1].to)
	}
	// "…" — Maria Lopez
	if m := dashName.FindSubmatchIndex(rest); m != nil {
		return clip(text, to+m[2], to+m[3])
	}
	// Maria Lopez, night planner, says: "…"
	before := t[max(0, from-200):from]
	start := from - len(before)
	if i := lastSentenceStart(before); i > 0 {
		before, start = before[i:], start+i
	}
	ws = words(string(before))
	for n := len(ws) - 1; n > 0 && n >= len(ws)-6; n-- {
		if sayVerbs[strings.ToLower(string(before[ws[n].from:ws[n].to]))] {
			return clip(text, start+ws[max(0, n-9)].from, start+ws[n-1].to)
		}
	}
	if i := bytes.Index(before, []byte("ccording to ")); i >= 0 {
		return clip(text, start+i+len("ccording to "), from)
	}
	return Value{}
}

var dashName = regexp.MustCompile(`^\s*[*_]*\s*(?:—|–|--|―|~|- |\()\s*(\p{Lu}[^.!?;:"“)]{2,100})`)

// clauseEnd returns where the naming of a speaker ends.
func clauseEnd(b []byte, from int) int {
	for i := from; i < len(b); i++ {
		switch b[i] {
		case '.', '!', '?', ';', ':', '"':
			return i
		}
		if bytes.HasPrefix(b[i:], []byte("“")) || i > from && (bytes.HasPrefix(b[i:], []byte(" that ")) || bytes.HasPrefix(b[i:], []byte(" about "))) {
			return i
		}
	}
	return len(b)
}

func lastSentenceStart(b []byte) int {
	best := 0
	for i := 0; i+1 < len(b); i++ {
		if (b[i] == '.' || b[i] == '!' || b[i] == '?') && (b[i+1] == ' ' || b[i+1] == '"') {
			best = i + 2
		}
	}
	return min(best, len(b))
}

func clip(text *run, from, to int) Value {
	for from < to && strings.ContainsRune(" ,:;", rune(text.text[from])) {
		from++
	}
	for to > from && strings.ContainsRune(" ,:;", rune(text.text[to-1])) {
		to--
	}
	if from >= to {
		return Value{}
	}
	return Value{Text: string(text.text[from:to]), Span: text.span(from, to)}
}

// near is how many bytes may lie between "she said" and the words of the speaker it stands for.
const near = 800

// resolve lets "she said" stand for the speaker named shortly before.
func (r *reader) resolve(by Value) Value {
	ws := words(by.Text)
	if len(ws) != 1 || !pronouns[norm(by.Text)] {
		return by
	}
	for i := len(r.page.Quotations) - 1; i >= 0; i-- {
		q := r.page.Quotations[i]
		if q.Form == Speech && by.Span.Start-q.Span.End > near {
			break
		}
		if q.Form == Speech && q.Speaker != "" && !pronouns[norm(q.Speaker)] {
			return Value{Text: q.Speaker, Span: by.Span}
		}
	}
	return by
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
