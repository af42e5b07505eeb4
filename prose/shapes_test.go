package prose

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the files that say how the shapes are read")

// shapes returns the pages of testdata/shapes: one folder a format or a way of keeping pages, and beside each page a file ".read" that
// says, in words, how it is read.
func shapes(t testing.TB) []string {
	t.Helper()
	var pages []string
	err := filepath.WalkDir("testdata/shapes", func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasSuffix(path, ".read") {
			pages = append(pages, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// Every shape is read as the file beside it says, and every span quotes the author's bytes.
func TestShapes(t *testing.T) {
	for _, path := range shapes(t) {
		name, _ := strings.CutPrefix(path, "testdata/shapes/")
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, inRepository, _ := strings.Cut(name, "/") // below the folder that names the format, paths are as in a repository
			page := Parse(inRepository, src)
			check(t, page)
			got := told(page)
			if *update {
				if err := os.WriteFile(path+".read", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path + ".read")
			if err != nil {
				t.Fatalf("%v (go test ./prose -run Shapes -update writes it; then read it as a reader of the page would)", err)
			}
			if !bytes.Equal(want, []byte(got)) {
				t.Errorf("it reads\n%s\nand should read\n%s", got, want)
			}
		})
	}
}

// told says in words how a page is read.
func told(p *Page) string {
	var out strings.Builder
	say := func(at Span, what string, words ...string) {
		if len(words) > 0 {
			what += " | " + strings.Join(words, " | ")
		}
		where := "-"
		if !at.Empty() {
			where = fmt.Sprint(p.Line(at.Start))
		}
		fmt.Fprintf(&out, "%4s  %s\n", where, what)
	}
	fmt.Fprintf(&out, "format %s\n", p.Format)
	if !p.Title.Empty() {
		say(p.Title.Span, "title", p.Title.Text)
	}
	if !p.Subtitle.Empty() {
		say(p.Subtitle.Span, "subtitle", p.Subtitle.Text)
	}
	kinds := map[BlockKind]string{
		Paragraph: "paragraph", ListItem: "item", Heading: "heading", Quoted: "quoted", Table: "table", Code: "code",
		Component: "component", Label: "label",
	}
	for _, b := range p.Blocks {
		what := kinds[b.Kind]
		if b.Kind == Heading || b.Kind == ListItem {
			what += fmt.Sprintf(" %d", b.Level)
		}
		if b.Key != "" {
			what += " " + b.Key
		}
		if b.Name != "" {
			what += " " + b.Name
		}
		if b.Aside != "" && b.Aside != what && b.Kind != Component {
			what += " (" + b.Aside + ")"
		}
		if b.Unread {
			what += " (unread)"
		}
		var words []string
		for _, s := range b.Sentences {
			words = append(words, s.Text)
		}
		say(b.Span, what, words...)
	}
	for _, q := range p.Quotations {
		by := q.Speaker
		if by == "" {
			by = "nobody named"
		}
		say(q.Span, "quotation ("+string(q.Form)+") by "+by, q.Text)
	}
	for _, problem := range p.Problems {
		say(problem.Span, "problem", problem.Message)
	}
	return out.String()
}

// A word under two roles would be read now as the one, now as the other.
func TestNoWordHasTwoRoles(t *testing.T) {
	in := map[string]string{}
	for name := range copyRoles {
		for word := range copyLists[name] {
			if other := in[word]; other != "" {
				t.Errorf("%q is in %s and in %s", word, other, name)
			}
			in[word] = name
		}
	}
}
