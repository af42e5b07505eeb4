package prose

import (
	"bytes"
	"path"
	"regexp"
	"sort"
	"strings"
)

// A format reads the body of a page, which begins at body, into blocks.
type format struct {
	name string
	read func(r *reader, body int)
	bare bool // it has no front matter
}

// isData reports whether a file of the format is nothing but values under keys.
func (f format) isData() bool { return f.name != "" && f.read == nil }

// formats are the formats by the ends of file names; what is not listed is read as Markdown.
var formats = map[string]format{
	".md":       {"markdown", (*reader).readMarkdown, false},
	".markdown": {"markdown", (*reader).readMarkdown, false},
	".mdx":      {"mdx", (*reader).readMDX, false},
	".html":     {"html", (*reader).readHTML, false},
	".htm":      {"html", (*reader).readHTML, false},
	".adoc":     {"asciidoc", (*reader).readAsciiDoc, false},
	".asciidoc": {"asciidoc", (*reader).readAsciiDoc, false},
	".astro":    {astro, (*reader).readTemplate, true},
	".vue":      {vue, (*reader).readTemplate, true},
	".svelte":   {svelte, (*reader).readTemplate, true},
	".njk":      {"html", (*reader).readHTML, false},
	".liquid":   {"html", (*reader).readHTML, false},
	".hbs":      {"html", (*reader).readHTML, false},
	".twig":     {"html", (*reader).readHTML, false},
	".txt":      {"text", (*reader).readPlain, false},
	".text":     {"text", (*reader).readPlain, false},
	".yml":      {"yaml", nil, false}, // data: all of it is front matter
	".yaml":     {"yaml", nil, false},
	".json":     {"json", nil, false},
	".toml":     {"toml", nil, false},
}

// Parse reads a page. It never fails: what can't be understood is told in Page.Problems, and the rest is read all the same.
// The end of the file's name says which format it is in (formats); what no format claims is read as Markdown.
func Parse(name string, src []byte) *Page { return ParseWith(name, src, Keys{}) }

// ParseWith reads a page that keeps copy under keys of its own.
func ParseWith(name string, src []byte, keys Keys) *Page {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return &Page{Path: name, Source: src, lines: lineStarts(src), Problems: []Problem{{
			Message: "the page is saved as UTF-16 and was not read; save it as UTF-8",
		}}}
	}
	f, ok := formats[strings.ToLower(path.Ext(name))]
	if !ok {
		f = formats[".md"]
	}
	r := &reader{page: &Page{Path: name, Format: f.name, Source: src, lines: lineStarts(src)}}
	if f.read == nil {
		r.readData(f.name)
	} else {
		var body int
		if !f.bare {
			if r.page.Front, body = readCodeFront(src); body == 0 {
				r.page.Front, body, r.page.Problems = readFront(src)
			}
		}
		f.read(r, body)
	}
	r.copyValues(keys)
	r.readTags()
	r.finish()
	return r.page
}

// A reader turns an author's file into a page's blocks.
type reader struct {
	page   *Page
	src    source // what is being read: the file with its tags masked, or text made from it
	tags   []tag
	runs   []*run // one a block, nil where there is no text
	markup markup
	held   []held // the quotations that blocks hold, by Block.quote
	talk   talk

	inTitle                    bool
	headTitle, headDescription Span // of an HTML page's head, in the file
}

// readMarkdown reads Markdown (CommonMark with GitHub's extensions).
func (r *reader) readMarkdown(body int) {
	masked, tags := mask(r.page.Source, body, true)
	r.tags = tags
	abbreviated(masked, body)
	tame(masked, body)
	r.markdown(r.unindent(masked, body))
}

// readHTML reads an HTML page or template.
func (r *reader) readHTML(body int) {
	masked, tags := mask(r.page.Source, body, false)
	r.tags = tags
	r.src = source{bytes: masked}
	r.html(Span{body, len(masked)})
}

func (r *reader) add(b Block, text *run) {
	r.page.Blocks = append(r.page.Blocks, b)
	r.runs = append(r.runs, text)
}

// finish puts the blocks in order, cuts them into sentences, and reads title, sections, links and quotations.
func (r *reader) finish() {
	p := r.page
	order := make([]int, len(p.Blocks))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		a, b = order[a], order[b]
		if p.Blocks[a].late != p.Blocks[b].late {
			return p.Blocks[b].late
		}
		return p.Blocks[a].Span.Start < p.Blocks[b].Span.Start
	})
	blocks, runs := make([]Block, len(order)), make([]*run, len(order))
	for to, from := range order {
		blocks[to], runs[to] = p.Blocks[from], r.runs[from]
	}
	p.Blocks, r.runs = blocks, runs

	r.talk.known = r.names()
	for i := range p.Blocks {
		if p.Blocks[i].quote > 0 {
			r.hold(i)
		}
		if r.runs[i] != nil {
			r.cut(i)
		}
	}
	r.sections()
	r.boilerplate()
	r.titles()
	r.frontQuotes()
	sort.SliceStable(p.Quotations, func(a, b int) bool { return p.Quotations[a].Span.Start < p.Quotations[b].Span.Start })
	sort.SliceStable(p.Links, func(a, b int) bool { return p.Links[a].Span.Start < p.Links[b].Span.Start })
}

// cut makes a block's sentences.
func (r *reader) cut(i int) {
	b, text := &r.page.Blocks[i], r.runs[i]
	var quoted []textRange
	if (b.Kind == Paragraph || b.Kind == ListItem) && b.Aside != "attribution" {
		quoted = r.speech(i)
	}
	for _, l := range text.links {
		if l.to < 0 {
			l.to = len(text.text)
		}
		if s := text.span(l.from, l.to); !s.Empty() {
			r.page.Links = append(r.page.Links, Link{Span: s, Text: strings.TrimSpace(string(text.text[l.from:l.to])), To: l.href})
		}
	}
	if b.Kind == Heading {
		b.Sentences = []Sentence{text.sentence(0, len(text.text), quoted)}
		return
	}
	for _, s := range sentences(text.text, text.stops) {
		if made := text.sentence(s.from, s.to, quoted); len(made.Words) > 0 {
			b.Sentences = append(b.Sentences, made)
		}
	}
}

// sections reads the page from heading to heading.
func (r *reader) sections() {
	p := r.page
	current := Section{Heading: -1}
	closeAt := func(end int) {
		current.End = end
		if current.Heading < 0 && current.First == end {
			return
		}
		first := current.First
		if current.Heading >= 0 {
			first = current.Heading
		}
		current.Span = p.Blocks[first].Span
		for _, b := range p.Blocks[first:max(first, end)] { // what is read late may stand before
			current.Span = Span{min(current.Span.Start, b.Span.Start), max(current.Span.End, b.Span.End)}
		}
		p.Sections = append(p.Sections, current)
	}
	for i := range p.Blocks {
		switch {
		case p.Blocks[i].Kind == Heading:
			closeAt(i)
			current = Section{Heading: i, First: i + 1}
		case current.Heading >= 0 && p.parts(current.Heading, i) || current.Heading < 0 && p.parts(current.First, i):
			closeAt(i)
			current = Section{Heading: -1, First: i}
		}
	}
	closeAt(len(p.Blocks))
	for n, s := range p.Sections {
		for i := max(0, min(s.First, s.End)); i < s.End; i++ {
			p.Blocks[i].Section = n
		}
		if s.Heading >= 0 {
			p.Blocks[s.Heading].Section = n
		}
	}
}

// parts reports whether front matter's copy ends or begins between two blocks, or the map that the first one heads.
func (p *Page) parts(from, to int) bool {
	head, b := p.Blocks[from], p.Blocks[to]
	kept := p.Front.Span.Contains(b.Span) && b.Key != ""
	if was := p.Front.Span.Contains(head.Span) && head.Key != ""; was != kept || head.late != b.late {
		return true
	}
	if !kept || head.Kind != Heading {
		return false
	}
	parent := parentOf(head.Key)
	return parent != "" && !strings.HasPrefix(b.Key, parent+".") && !strings.HasPrefix(b.Key, parent+"[")
}

var boilerplateHeading = regexp.MustCompile(`(?i)^\W*(about (us|the author|the company|the team)|boilerplate|(media|press) (contact|enquir|inquir)|contact us|` +
	`forward.looking statements|(legal )?disclaimers?|safe harbou?r|footnotes|references|further reading|related (posts|articles|reading))\b`)

var aboutCompany = regexp.MustCompile(`^\W*About (the )?\p{Lu}[\pL\pN.&'’-]*( \p{Lu}[\pL\pN.&'’-]*){0,3}\W*$`)

// boilerplate sets aside the paragraph about the company at the end of a page, and the like. "About Acme" near the start is a case
// study presenting its customer, and is read.
func (r *reader) boilerplate() {
	p := r.page
	level := 0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Kind == Heading && len(b.Sentences) > 0 {
			if level > 0 && b.Level <= level {
				level = 0
			}
			late := i*10 >= len(p.Blocks)*6
			if late && level == 0 && (boilerplateHeading.MatchString(b.Sentences[0].Text) || aboutCompany.MatchString(b.Sentences[0].Text)) {
				level = b.Level
			}
		}
		if level > 0 && b.Aside == "" {
			b.Aside = "boilerplate"
		}
	}
}

// titleKeys and subtitleKeys are the front matter keys that hold a page's title and subtitle, best first.
var (
	titleKeys    = []string{"title", "headline", "hero.title", "hero.headline", "heading", "name", "hero_title", "hero.heading", "page_title"}
	subtitleKeys = []string{"subtitle", "sub_title", "sub-title", "tagline", "subheading", "hero.subtitle", "hero.tagline", "hero.description",
		"hero.subheading", "hero.subheadline", "description", "excerpt", "summary", "lead", "dek", "deck", "lede", "teaser", "intro", "abstract"}
)

// frontTitle returns the front matter's title. In a data file "name" is the name of a thing.
func (p *Page) frontTitle() (Value, bool) {
	v, ok := p.Front.Get(titleKeys...)
	if ok && p.isData() && equalFold(v.Key, "name") {
		return Value{}, false
	}
	return v, ok
}

// frontSubtitle returns the front matter's subtitle.
func (p *Page) frontSubtitle() (Value, bool) { return p.Front.Get(subtitleKeys...) }

// titles finds the page's title and subtitle.
func (r *reader) titles() {
	p := r.page
	whole := func(text *run) Sentence { return text.sentence(0, len(text.text), nil) }
	if v, ok := p.frontTitle(); ok {
		p.Title = whole(runOf(p.Source, v))
	}
	if v, ok := p.frontSubtitle(); ok {
		p.Subtitle = whole(runOf(p.Source, v))
	}
	if p.isData() {
		return // no heading below keys heads the file
	}
	if p.Title.Empty() {
		best := -1
		for i, b := range p.Blocks {
			if b.Kind == Heading && b.Aside == "" && len(b.Sentences) > 0 && (best < 0 || b.Level == 1 && p.Blocks[best].Level != 1) {
				best = i
			}
		}
		if best >= 0 {
			p.Title = p.Blocks[best].Sentences[0]
		}
	}
	if p.Title.Empty() && !r.headTitle.Empty() {
		text := &run{}
		text.addSource(source{bytes: p.Source}, r.headTitle.Start, r.headTitle.End, false)
		p.Title = whole(text)
	}
	if p.Subtitle.Empty() && !r.headDescription.Empty() {
		text := &run{}
		text.addSource(source{bytes: p.Source}, r.headDescription.Start, r.headDescription.End, false)
		p.Subtitle = whole(text)
	}
}
