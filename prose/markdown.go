package prose

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))

// maxDepth is how deep blocks may nest before they are read no further.
const maxDepth = 200

// markdown reads text as Markdown.
func (r *reader) markdown(src source) {
	outer := r.src
	r.src = src
	parser := markdown.Parser()
	if r.page.hasElements() {
		parser = mdxMarkdown.Parser()
	}
	r.walk(parser.Parse(text.NewReader(src.bytes)), place{})
	r.src = outer
}

// A place says what the blocks below a Markdown node stand in.
type place struct {
	quoted  bool
	depth   int // of lists
	ordered bool
	aside   string
}

// walk reads the blocks below a node of Markdown.
func (r *reader) walk(n ast.Node, in place) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			text := r.inline(c)
			r.prose(Block{Kind: Heading, Level: c.Level}, text, r.src.place(r.lines(c)), in)
		case *ast.Paragraph, *ast.TextBlock:
			b := Block{Kind: Paragraph}
			if in.depth > 0 {
				b = Block{Kind: ListItem, Level: in.depth, Ordered: in.ordered}
			}
			r.prose(b, r.inline(c), r.src.place(r.lines(c)), in)
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
			if s := r.lines(c); !s.Empty() {
				r.add(Block{Kind: Code, Span: r.src.place(s), Aside: "code"}, nil)
			}
		case *ast.HTMLBlock:
			s := r.lines(c)
			if c.HasClosure() {
				s.End = max(s.End, c.ClosureLine.Stop)
				if s.Start == 0 && c.Lines().Len() == 0 {
					s.Start = c.ClosureLine.Start
				}
			}
			r.html(s)
		case *east.Table:
			r.table(c)
		case *east.DefinitionTerm:
			if text := r.inline(c); !text.blank() && r.markup.skip == 0 {
				r.add(Block{Kind: Label, Span: text.whole(), Aside: "a label"}, text)
			}
		case *east.DefinitionDescription:
			below := in
			below.depth++
			r.walk(c, below)
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

// lines returns where a block node's lines stand in what is read, trimmed.
func (r *reader) lines(n ast.Node) Span {
	src := r.src.bytes
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
var noteStart = regexp.MustCompile(`(?i)^(\[!\w+\]|[\x{2600}-\x{2757}\x{2795}-\x{27BF}\x{1F000}-\x{1FAFF}]|` +
	`(note|(pro |quick )?tips?|tl;?dr|warning|important|update|info|editor.s note|heads up|caution|disclaimer|(the |key )?takeaways?|hint|` +
	`remember|did you know|for example|in short|in brief|summary|bottom line|fun fact|key points?|at a glance)\b)`)

// alertMark is what makes a block quote an alert on GitHub.
var alertMark = regexp.MustCompile(`^\[!\w+\]\s*`)

// blockquote reads a block quote: somebody's words, unless it is a note of the page's own.
func (r *reader) blockquote(n ast.Node, in place) {
	first := len(r.page.Blocks)
	below := in
	below.quoted = true
	if p := n.FirstChild(); p != nil && !in.quoted {
		if text := r.inline(p); noteStart.Match(text.text) {
			r.walk(n, in)
			if first < len(r.page.Blocks) && r.runs[first] != nil {
				r.runs[first].cutFront(len(alertMark.Find(r.runs[first].text)))
			}
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

var (
	breakTag = regexp.MustCompile(`(?i)^<br\s*/?>`)
	quoteTag = regexp.MustCompile(`(?i)^<q[\s>]`)
)

func (r *reader) inlineInto(out *run, n ast.Node, depth int) {
	if depth > maxDepth {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			out.addSource(r.src, c.Segment.Start, c.Segment.Stop, true)
			end := r.src.place(Span{c.Segment.Stop, min(len(r.src.bytes), c.Segment.Stop+1)})
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
			src := r.src.bytes
			label := c.Label(src)
			if at := cap(src) - cap(label); at >= 0 && at+len(label) <= len(src) && bytes.Equal(src[at:at+len(label)], label) {
				r.page.Links = append(r.page.Links, Link{Span: r.src.place(Span{at, at + len(label)}), Text: string(label), To: string(c.URL(src))})
			}
		case *ast.Image, *east.FootnoteLink, *east.FootnoteBacklink, *east.TaskCheckBox:
		case *ast.RawHTML:
			if c.Segments.Len() > 0 {
				s := Span{c.Segments.At(0).Start, c.Segments.At(c.Segments.Len() - 1).Stop} // a tag may go over several lines
				at := r.src.place(s)
				switch tag := r.src.bytes[s.Start:s.End]; {
				case breakTag.Match(tag):
					out.stop(at)
				case quoteTag.Match(tag):
					out.add("“", at)
				case bytes.EqualFold(tag, []byte("</q>")):
					out.add("”", at)
				default:
					r.rawComponent(s, !out.blank() || c.NextSibling() != nil)
				}
			}
		case *ast.String:
		default:
			r.inlineInto(out, c, depth+1)
		}
	}
}
