package primer

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/example-org/tellwell/prose"
)

var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM))

// anchorTexts returns what GitHub makes the anchor of each heading from, by the line the heading begins on: its text exactly as it
// stands, with double spaces, bare addresses and the spaces beside a picture, which a reader passes over and an anchor does not.
func anchorTexts(doc *prose.Page) map[int]string {
	body := doc.Front.Span.End
	if body == 0 && bytes.HasPrefix(doc.Source, []byte("\xef\xbb\xbf")) {
		body = 3 // a byte order mark
	}
	src := doc.Source[body:]
	out := map[int]string{}
	root := markdown.Parser().Parse(text.NewReader(src))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		heading, ok := n.(*ast.Heading)
		if !entering || !ok {
			return ast.WalkContinue, nil
		}
		if lines := heading.Lines(); lines.Len() > 0 {
			var b strings.Builder
			writeText(&b, heading, src, 0)
			out[doc.Line(body+lines.At(0).Start)] = b.String()
		}
		return ast.WalkSkipChildren, nil
	})
	return out
}

// writeText writes the text below a node, as a browser's textContent has it.
func writeText(b *strings.Builder, n ast.Node, src []byte, depth int) {
	if depth > 100 {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := c.Segment.Value(src)
			if !c.IsRaw() && n.Kind() != ast.KindCodeSpan {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
			}
			b.Write(value)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(src))
		case *ast.Image, *ast.RawHTML:
		default:
			writeText(b, c, src, depth+1)
		}
	}
}
