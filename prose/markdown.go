package prose

import (
	"bytes"
	"path"
	"regexp"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))

// Parse reads a page. It never fails: what can't be understood is told in Page.Problems, and the rest is read all the same.
// Files that end in .html or .htm are read as HTML, all others as Markdown (CommonMark with GitHub's extensions).
func Parse(name string, src []byte) *Page {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return &Page{Path: name, Source: src, lines: lineStarts(src), Problems: []Problem{{
			Message: "the page is saved as UTF-16 and was not read; save it as UTF-8",
		}}}
	}
	front, body, problems := readFront(src)
	page := &Page{Path: name, Source: src, Front: front, Problems: problems, lines: lineStarts(src)}
	ext := strings.ToLower(path.Ext(name))
	masked, tags := mask(src, body, ext == ".mdx")
	r := &reader{page: page, src: masked, tags: tags}
	if ext == ".html" || ext == ".htm" {
		r.html(Span{body, len(src)})
	} else {
		tame(masked, body)
		r.walk(markdown.Parser().Parse(text.NewReader(masked)), place{})
	}
	r.readTags()
	r.finish()
	return page
}

// A reader turns a masked source into a page's blocks.
type reader struct {
	page   *Page
	src    []byte // the masked copy
	tags   []tag
	runs   []*run // one a block, nil where there is no text
	markup markup
	signed []Value // paragraphs that only say whose the words before them are

	inTitle                    bool
	headTitle, headDescription Span // of an HTML page's head
}

// A place says what the blocks below a Markdown node stand in.
type place struct {
	quoted  bool
	depth   int // of lists
	ordered bool
	aside   string
}

func (r *reader) add(b Block, text *run) {
	r.page.Blocks = append(r.page.Blocks, b)
	r.runs = append(r.runs, text)
}

// maxDepth is how deep blocks may nest before they are read no further.
const maxDepth = 200

// walk reads the blocks below a node of Markdown.
func (r *reader) walk(n ast.Node, in place) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			text := r.inline(c)
			r.prose(Block{Kind: Heading, Level: c.Level}, text, linesSpan(c, r.src), in)
		case *ast.Paragraph, *ast.TextBlock:
			b := Block{Kind: Paragraph}
			if in.depth > 0 {
				b = Block{Kind: ListItem, Level: in.depth, Ordered: in.ordered}
			}
			r.prose(b, r.inline(c), linesSpan(c, r.src), in)
		case *ast.Blockquote:
			r.blockquote(c, in)
		case *ast.List:
			below := in
			below.depth++
			below.ordered = c.IsOrdered()
			if below.depth < maxDepth {
				r.walk(c, below)
			}
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			if s := linesSpan(c, r.src); !s.Empty() {
				r.add(Block{Kind: Code, Span: s, Aside: "code"}, nil)
			}
		case *ast.HTMLBlock:
			s := linesSpan(c, r.src)
			if c.HasClosure() {
				s.End = max(s.End, c.ClosureLine.Stop)
				if s.Start == 0 && c.Lines().Len() == 0 {
					s.Start = c.ClosureLine.Start
				}
			}
			r.html(s)
		case *east.Table:
			r.table(c)
		case *east.FootnoteList:
			below := in
			below.aside = "footnote"
			r.walk(c, below)
		default:
			r.walk(c, in)
		}
	}
}

// prose adds a block of text, unless there is nothing to read in it.
func (r *reader) prose(b Block, text *run, lines Span, in place) {
	if text.blank() || r.markup.skip > 0 {
		return
	}
	b.Span = text.whole()
	if lines.Contains(b.Span) {
		b.Span = lines
	}
	b.Aside = in.aside
	switch {
	case in.quoted || r.markup.quote > 0:
		b.Kind = Quoted
	case r.markup.cell > 0 && b.Kind == Paragraph:
		b.Aside = "table"
	}
	r.add(b, text)
}

// linesSpan returns the place of a block node's lines, trimmed.
func linesSpan(n ast.Node, src []byte) Span {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return Span{}
	}
	s := Span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	for s.End > s.Start && isSpaceOrFiller(src[s.End-1]) {
		s.End--
	}
	for s.Start < s.End && isSpaceOrFiller(src[s.Start]) {
		s.Start++
	}
	return s
}

func isSpaceOrFiller(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == filler
}

// noteStart holds the first words of block quotes that are notes of the page's own, not somebody's words.
var noteStart = regexp.MustCompile(`(?i)^(\[!\w+\]|(note|tip|tl;?dr|warning|important|update|info|editor.s note|heads up|caution|disclaimer)\b)`)

// blockquote reads a block quote: somebody's words, unless it is a note of the page's own.
func (r *reader) blockquote(n ast.Node, in place) {
	first := len(r.page.Blocks)
	below := in
	below.quoted = true
	if p := n.FirstChild(); p != nil && !in.quoted {
		if text := r.inline(p); noteStart.Match(text.text) {
			r.walk(n, in)
			return
		}
	}
	r.walk(n, below)
	if !in.quoted {
		r.quotation(first, len(r.page.Blocks), Value{}, BlockQuote)
	}
}

// table reads a table as one block.
func (r *reader) table(n ast.Node) {
	b := Block{Kind: Table, Aside: "table"}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			text := r.inline(cell)
			cells = append(cells, strings.TrimSpace(string(text.text)))
			if s := text.whole(); !s.Empty() {
				if b.Span.Empty() {
					b.Span = s
				}
				b.Span.End = max(b.Span.End, s.End)
			}
		}
		b.Rows = append(b.Rows, cells)
	}
	if !b.Span.Empty() {
		r.add(b, nil)
	}
}

// inline reads the text below a node.
func (r *reader) inline(n ast.Node) *run {
	out := &run{}
	r.inlineInto(out, n, 0)
	return out
}

var breakTag = regexp.MustCompile(`(?i)^<br\s*/?>`)

func (r *reader) inlineInto(out *run, n ast.Node, depth int) {
	if depth > maxDepth {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			out.addSource(r.src, c.Segment.Start, c.Segment.Stop, true)
			end := Span{c.Segment.Stop, min(len(r.src), c.Segment.Stop+1)}
			if c.HardLineBreak() {
				out.stop(end)
			} else if c.SoftLineBreak() {
				out.add(" ", end)
			}
		case *ast.CodeSpan:
			from := len(out.text)
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					out.addSource(r.src, t.Segment.Start, t.Segment.Stop, false)
				}
			}
			out.codes = append(out.codes, textRange{from, len(out.text)})
		case *ast.Link:
			from := len(out.text)
			r.inlineInto(out, c, depth+1)
			out.links = append(out.links, textLink{textRange{from, len(out.text)}, string(c.Destination)})
		case *ast.AutoLink:
			// The address is no prose, but that a link stands here is worth knowing. Label is a slice of the source, so its capacity
			// tells where it begins.
			label := c.Label(r.src)
			if at := cap(r.src) - cap(label); at >= 0 && at+len(label) <= len(r.src) && bytes.Equal(r.src[at:at+len(label)], label) {
				r.page.Links = append(r.page.Links, Link{Span: Span{at, at + len(label)}, Text: string(label), To: string(c.URL(r.src))})
			}
		case *ast.Image, *east.FootnoteLink, *east.FootnoteBacklink, *east.TaskCheckBox:
		case *ast.RawHTML:
			if c.Segments.Len() > 0 {
				s := c.Segments.At(0)
				if breakTag.Match(s.Value(r.src)) {
					out.stop(Span{s.Start, s.Stop})
				}
			}
		case *ast.String:
		default:
			r.inlineInto(out, c, depth+1)
		}
	}
}

// readTags records the page's comments and components, and the quotations that components hold.
func (r *reader) readTags() {
	var open *tag
	for i := range r.tags {
		t := &r.tags[i]
		switch {
		case t.name == "comment":
			r.page.Comments = append(r.page.Comments, Comment{Span: t.Span, Text: t.remark})
		case t.name == "attributes" || t.name == "module" || t.name == "":
		case t.close && open != nil && open.name == t.name:
			r.quotePair(open, t)
			open = nil
		case t.close:
		case r.quoteTag(*t):
		case isQuoteName(t.name):
			if open != nil {
				r.setAside(*open) // never closed: its words are kept elsewhere
			}
			open = t
		default:
			r.setAside(*t)
		}
	}
	if open != nil {
		r.setAside(*open)
	}
}

// setAside records a component.
func (r *reader) setAside(t tag) {
	r.add(Block{Kind: Component, Span: t.Span, Name: t.name, Aside: "component"}, nil)
}

// quotePair marks the blocks between two tags as somebody's words.
func (r *reader) quotePair(open, end *tag) {
	first, last := -1, -1
	for i, b := range r.page.Blocks {
		if b.Span.Start >= open.End && b.Span.End <= end.Start && r.runs[i] != nil {
			if first < 0 {
				first = i
			}
			last = i
			if r.page.Blocks[i].Kind != Quoted {
				r.page.Blocks[i].Kind = Quoted
			}
		}
	}
	if first >= 0 {
		r.quotation(first, last+1, speakerOf(*open), Included)
	}
}

// finish puts the blocks in order, cuts them into sentences, and reads title, sections, links and quotations.
func (r *reader) finish() {
	p := r.page
	order := make([]int, len(p.Blocks))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return p.Blocks[order[a]].Span.Start < p.Blocks[order[b]].Span.Start })
	blocks, runs := make([]Block, len(order)), make([]*run, len(order))
	for to, from := range order {
		blocks[to], runs[to] = p.Blocks[from], r.runs[from]
	}
	p.Blocks, r.runs = blocks, runs

	r.attributions()
	for i := range p.Blocks {
		if text := r.runs[i]; text != nil {
			r.cut(&p.Blocks[i], text)
		}
	}
	r.sections()
	r.boilerplate()
	r.titles()
	r.frontQuotes()
	r.sign()
	sort.SliceStable(p.Quotations, func(a, b int) bool { return p.Quotations[a].Span.Start < p.Quotations[b].Span.Start })
	sort.SliceStable(p.Links, func(a, b int) bool { return p.Links[a].Span.Start < p.Links[b].Span.Start })
}

// cut makes a block's sentences.
func (r *reader) cut(b *Block, text *run) {
	var quoted []textRange
	if b.Kind == Paragraph || b.Kind == ListItem {
		quoted = r.speech(text)
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
		current.Span = Span{p.Blocks[first].Span.Start, p.Blocks[max(first, end-1)].Span.End}
		p.Sections = append(p.Sections, current)
	}
	for i := range p.Blocks {
		if p.Blocks[i].Kind == Heading {
			closeAt(i)
			current = Section{Heading: i, First: i + 1}
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
		"description", "excerpt", "summary", "lead", "dek", "deck", "lede", "teaser", "intro", "abstract", "meta_description", "seo.description"}
)

// titles finds the page's title and subtitle.
func (r *reader) titles() {
	p := r.page
	whole := func(text *run) Sentence { return text.sentence(0, len(text.text), nil) }
	if v, ok := p.Front.Get(titleKeys...); ok {
		p.Title = whole(runOf(p.Source, v))
	}
	if v, ok := p.Front.Get(subtitleKeys...); ok {
		p.Subtitle = whole(runOf(p.Source, v))
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
		text.addSource(r.src, r.headTitle.Start, r.headTitle.End, false)
		p.Title = whole(text)
	}
	if p.Subtitle.Empty() && !r.headDescription.Empty() {
		text := &run{}
		text.addSource(r.src, r.headDescription.Start, r.headDescription.End, false)
		p.Subtitle = whole(text)
	}
}
