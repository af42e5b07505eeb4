package review_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
)

// wild are the words of authors who know what GitHub does with them.
var wild = []string{
	"plain words", "@ines-o fixed #12", "octo/kiln#12 and octo@a5c3785ed8d6a35868bc169f07e40e889087fd2e", "GH-12 is closed", "gh-12",
	"see https://kiln.example/a?b=c&d=e", "www.kiln.example", "http://kiln.example/issues/12", "ftp://kiln.example", "write to ines@kiln.example",
	"https://github.com/octo/kiln/issues/12", "mailto:ines@kiln.example", "xmpp:ines@kiln.example/x",
	"<script>alert(1)</script>", "</details>", "<!-- a -->", "<img src=x>", "a < b > c", "&lt;b&gt; &amp; &#35;12 &#64;ines",
	"[a](https://b.example)", "![a](b)", "[a]: b", "[a][b]", "[^1]", "<https://kiln.example>",
	"`code` ``co`de``", "*em* **strong** _em_ __strong__ ~~gone~~", "\\*a\\*", "\\", "a\\", "- [ ] task", "| a | b |\n|---|---|\n| c | d |",
	"# heading", "> quote", "    code", "```\ncode\n```", "---", "===", "1. one", "- one", "+ one", "::error file=a::b", "a\n::set-output name=b::c",
	"a\r\nb", "a\u2028b", "a\u0085b", "\u202Edlrow", "\x00\x01\x7f", "\xff\xfe", "🙂 :tada:", "$x$ $$y$$", "\u2060@\u200bines", "＠ines ＃12", "a\t\tb",
	"“quoted” \"twice\"", "",
}

var (
	mention = regexp.MustCompile(`@[\pL\pN_-]`)
	issue   = regexp.MustCompile(`#\d|(?i:\bGH-\d)`)
	tags    = regexp.MustCompile(`<[^>]*>`)
	gfm     = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
)

// Whatever the author's words are, nothing in a comment mentions people, refers to issues, is markup, or commands a workflow.
func FuzzMarkdown(f *testing.F) {
	for i, words := range wild {
		f.Add(words, wild[(i*7+3)%len(wild)])
	}
	f.Fuzz(func(t *testing.T, words, more string) {
		section := primer.Section{Page: &primer.Page{Path: "primers/" + more + ".md"}, Anchor: "pains"}
		for _, pointer := range []*review.Pointer{
			nil,
			{Title: more, Ask: words},
			{Title: words, Heading: more + " x", URL: primer.Site{}.URL(&section), Minutes: 2, Ask: more},
			{Title: more, Heading: words + " x", URL: primer.Site{Base: "https://primer.example/"}.URL(&section), Minutes: 2},
		} {
			c := review.Comment{
				Check: "missing-stakes", Message: "“" + words + "” — nothing on the page is lost. The primer has “" + more + "”.",
				Question: "What of “" + more + "”?", Why: "Stakes (System1, US).", Folded: []string{"buried-lede"}, Primer: pointer,
				Evidence: []review.EvidenceOut{{Name: "a promise", Line: 3, Quote: words}, {Name: "a short page"}},
			}
			if pointer != nil {
				pointer.Ask = strings.TrimLeft(pointer.Ask, "@ \t\r\n") // a handle in front is a mention that somebody asked for
			}
			harmless(t, c.Markdown())
		}
	})
}

const summary = "<details><summary>What was seen, and why it matters</summary>"

// codeText returns the text of inline code.
func codeText(n *ast.CodeSpan, src []byte) string {
	var out []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			out = append(out, t.Segment.Value(src)...)
		}
	}
	return string(out)
}

// harmless fails the test unless a comment's Markdown holds its own parts and nothing else.
func harmless(t *testing.T, md string) {
	t.Helper()
	src := []byte(md)
	links, blocks := 0, 0
	err := ast.Walk(gfm.Parser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Document, *ast.Paragraph, *ast.TextBlock, *ast.Text, *ast.String, *ast.List, *ast.ListItem:
		case *ast.CodeSpan:
			if words := codeText(n, src); words != "missing-stakes" && words != "buried-lede" {
				t.Errorf("code: %q", words)
			}
		case *ast.HTMLBlock:
			blocks++
			if words := strings.TrimSpace(string(n.Lines().Value(src))); words != summary && words != "</details>" {
				t.Errorf("HTML: %q", words)
			}
		case *ast.Link:
			if links++; !bytes.Contains(n.Destination, []byte("primers/")) {
				t.Errorf("a link to %q", n.Destination)
			}
		default:
			t.Errorf("%s in the author's words", n.Kind())
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Error(err)
	}
	want := strings.Count(md, "\n→ [")
	if links != want || blocks != 2 {
		t.Errorf("%d links and %d blocks of HTML, want %d and 2", links, blocks, want)
	}
	var out bytes.Buffer
	if err := gfm.Convert(src, &out); err != nil {
		t.Error(err)
	}
	shown := html.UnescapeString(tags.ReplaceAllString(out.String(), ""))
	if m := mention.FindString(shown); m != "" {
		t.Errorf("mentions %q", m)
	}
	if m := issue.FindString(shown); m != "" {
		t.Errorf("refers to %q", m)
	}
	for line := range strings.FieldsFuncSeq(md, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") {
			t.Errorf("a command: %q", line)
		}
	}
	if t.Failed() {
		t.Fatalf("in\n%q", md)
	}
}

// Whatever a page holds and whatever was changed on it, each comment quotes words of the page, its lines lie on the page, and an
// inline one stands on changed lines.
func FuzzMake(f *testing.F) {
	sources, index, cfg := site(f)
	for i, s := range sources {
		f.Add(s.Path, s.Text, 5+i, 20)
	}
	for i, words := range wild {
		f.Add("blog/a.md", fmt.Appendf(nil, "# Introducing Kiln 4 %s\n\nWe are thrilled to announce the leading %s of its kind.\n\n> \"It is a robust, seamless solution that empowers %s\"\n", words, words, words), i%7, 2)
	}
	request := review.Request{Checks: checks.All, Config: cfg, Primer: index}
	f.Fuzz(func(t *testing.T, path string, src []byte, first, count int) {
		if len(src) > 20_000 {
			t.Skip("long enough")
		}
		change := &review.Change{Added: []review.LineRange{{First: max(1, first%100), Last: max(1, first%100) + max(0, count%50)}}}
		for _, c := range []*review.Change{nil, change} {
			request.Sources = []review.Source{{Path: path, Text: src, Change: c}}
			truthful(t, request.Sources, review.Make(request))
		}
	})
}

// truthful fails the test unless a plan's comments keep to their pages.
func truthful(t *testing.T, sources []review.Source, plan *review.Plan) {
	t.Helper()
	for i, p := range plan.Pages {
		page := prose.Parse(sources[i].Path, sources[i].Text)
		read := asRead(page)
		asked := map[string]bool{}
		for _, c := range p.Findings {
			where := fmt.Sprintf("%s:%d: %s", p.Path, c.Line, c.Check)
			if c.Line < 1 || c.EndLine < c.Line || c.EndLine > page.LineCount() {
				t.Errorf("%s: lines %d to %d of %d", where, c.Line, c.EndLine, page.LineCount())
			}
			if c.Column < 1 || c.EndColumn < 1 || c.Line == c.EndLine && c.EndColumn <= c.Column {
				t.Errorf("%s: columns %d to %d", where, c.Column, c.EndColumn)
			}
			if c.Quote == "" || !strings.Contains(read, folded(c.Quote)) {
				t.Errorf("%s: quotes %q, which the page does not say", where, c.Quote)
			}
			if !(c.Confidence > 0 && c.Confidence <= 1) {
				t.Errorf("%s: confidence %v", where, c.Confidence)
			}
			if c.Place == review.Inline && c.Question == "" || asked[c.Question] && c.Question != "" {
				t.Errorf("%s: asks %q", where, c.Question)
			}
			asked[c.Question] = true
			for _, e := range c.Evidence {
				if e.Line < 0 || e.Line > page.LineCount() || (e.Line == 0) != (e.Quote == "") {
					t.Errorf("%s: %q on line %d, %q", where, e.Name, e.Line, e.Quote)
				}
			}
			change := sources[i].Change
			if change == nil || change.New || c.Place != review.Inline {
				continue
			}
			on := false
			for _, added := range change.Added {
				on = on || added.First <= c.Line && c.EndLine <= added.Last
			}
			if !on {
				t.Errorf("%s: stands on lines %d to %d, and %v changed", where, c.Line, c.EndLine, change.Added)
			}
		}
	}
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

// asRead is all that a reader meets on a page, whole and block by block, and its source for what is not read.
func asRead(page *prose.Page) string {
	parts := []string{page.Title.Text, page.Subtitle.Text}
	for _, b := range page.Blocks {
		for _, s := range b.Sentences {
			parts = append(parts, s.Text)
		}
	}
	read := folded(strings.Join(parts, " "))
	for _, q := range page.Quotations {
		read += "\n" + folded(q.Text)
	}
	return read + "\n" + folded(string(page.Source))
}
