package prose

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"
)

var updateFront = flag.Bool("update-front", false, "rewrite the want parts of testdata/front")

// Each archive in testdata/front is one situation: a page, and what is read of its front matter.
func TestFront(t *testing.T) {
	files, _ := filepath.Glob("testdata/front/*.txtar")
	if len(files) < 10 {
		t.Fatalf("found %d archives in testdata/front", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i+1 < len(archive.Files); i += 2 {
				got := showFront(archive.Files[i].Data)
				if *updateFront {
					archive.Files[i+1].Data = []byte(got)
				} else if want := string(archive.Files[i+1].Data); got != want {
					t.Errorf("%s\ngot:\n%s\nwant:\n%s", archive.Files[i].Name, got, want)
				}
			}
			if *updateFront {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func showFront(src []byte) string {
	front, body, problems := readFront(src)
	var b strings.Builder
	rest, _, _ := strings.Cut(string(src[body:]), "\n")
	fmt.Fprintf(&b, "%s, then %q\n", cmp.Or(front.Format, "none"), rest)
	for _, v := range front.Values {
		fmt.Fprintf(&b, "%s = %q", v.Key, v.Text)
		if written := string(src[v.Span.Start:v.Span.End]); written != v.Text {
			fmt.Fprintf(&b, " written %q", written)
		}
		if v.Bool {
			b.WriteString(" (boolean)")
		}
		b.WriteByte('\n')
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "! %q: %s\n", src[p.Span.Start:p.Span.End], p.Message)
	}
	return b.String()
}

// A page is read alike with a byte order mark, with Windows line ends and with those of old Macintoshes.
func TestFrontLineEnds(t *testing.T) {
	page := "---\ntitle: Zwölf Öfen\nteaser: >\n  one\n  two\nquote: \"She said \\\"no\\\"\"\n---\nBody\n"
	for _, end := range []string{"\n", "\r\n", "\r"} {
		for _, mark := range []string{"", bom} {
			src := []byte(mark + strings.ReplaceAll(page, "\n", end))
			front, body, problems := readFront(src)
			if len(problems) > 0 || !bytes.HasPrefix(src[body:], []byte("Body")) {
				t.Errorf("%q: body %q, problems %v", end, src[body:], problems)
			}
			for key, want := range map[string]string{
				"title":  "Zwölf Öfen",
				"teaser": "one" + end + "  two",
				"quote":  `She said \"no\"`,
			} {
				v, _ := front.Get(key)
				if got := string(src[v.Span.Start:v.Span.End]); got != want {
					t.Errorf("line end %q, mark %q: %s is written %q, want %q", end, mark, key, got, want)
				}
			}
			if front.Span.Start != len(mark) || string(src[front.Span.End-3:front.Span.End]) != "---" {
				t.Errorf("front matter is %q", src[front.Span.Start:front.Span.End])
			}
		}
	}
}

// A small file can ask for billions of values; five thousand are read.
func TestFrontBombs(t *testing.T) {
	laughs := "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
	for i := 1; i < 12; i++ {
		laughs += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d,", i-1), 8), i-1)
	}
	merges := "m0: &m0 {k: v}\n"
	for i := 1; i < 40; i++ {
		merges += fmt.Sprintf("m%d: &m%d\n  <<: [*m%d, *m%d]\n", i, i, i-1, i-1)
	}
	for name, src := range map[string]string{
		"laughs":   "---\n" + laughs + "---\n",
		"merges":   "---\n" + merges + "---\n",
		"cycle":    "---\na: &a [*a, *a, *a]\nb: &b {<<: *b, c: d}\n---\n",
		"brackets": "---\na: " + strings.Repeat("[", 90_000) + "\n---\n",
		"tables":   "+++\na = " + strings.Repeat("[", 250_000) + "\n+++\n",
		"objects":  strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000),
		"keys":     "---\n" + strings.Repeat("x", 400_000) + ":\n" + strings.Repeat("  - a\n", 9_000) + "---\n",
		"pieces":   "---\n\"\n" + strings.Repeat("a:\n", 300_000) + "---\n",
		"long":     "---\na: " + strings.Repeat("é ", 2_000_000) + "\n---\n",
		"row":      "---\na: [" + strings.Repeat("é,", 100_000) + "]\n---\n",
	} {
		front, _, problems := readFront([]byte(src))
		size := 0
		for _, v := range front.Values {
			size += len(v.Key) + len(v.Text)
		}
		if len(front.Values) > maxFrontValues || size > 16<<20 {
			t.Errorf("%s: %d values, %d bytes", name, len(front.Values), size)
		}
		if len(problems) == 0 && name != "keys" && name != "cycle" && name != "merges" {
			t.Errorf("%s: nothing was told", name)
		}
	}
}

// Any bytes can be read, and every span quotes the words it claims.
func FuzzFront(f *testing.F) {
	files, _ := filepath.Glob("testdata/front/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for i := 0; i < len(archive.Files); i += 2 {
			f.Add(archive.Files[i].Data)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		front, body, problems := readFront(src)
		if body < 0 || body > len(src) || front.Span.Start < 0 || front.Span.End > body {
			t.Fatalf("front matter %v, body %d of %d", front.Span, body, len(src))
		}
		for _, p := range problems {
			if p.Message == "" || p.Span.Empty() || p.Span.End > len(src) {
				t.Errorf("problem %+v", p)
			}
		}
		if len(front.Values) > maxFrontValues {
			t.Errorf("%d values", len(front.Values))
		}
		for _, v := range front.Values {
			if v.Span.Empty() {
				continue
			}
			if !front.Span.Contains(v.Span) {
				t.Fatalf("%q at %v lies outside %v", v.Key, v.Span, front.Span)
			}
			if written := src[v.Span.Start:v.Span.End]; !reads(front.Format, written, v.Text) {
				t.Errorf("%s: %q is written %q", v.Key, v.Text, written)
			}
		}
	})
}

// reads reports whether what is written stands for text. Values over several lines are compared without their white space.
func reads(format string, written []byte, text string) bool {
	if string(written) == text {
		return true
	}
	for _, mark := range []string{`"`, `'`} {
		quoted := []byte(mark + string(written) + mark)
		var got string
		switch format {
		case "yaml":
			if yaml.Unmarshal(quoted, &got) == nil && got == text {
				return true
			}
		case "toml":
			for _, marks := range []string{mark, mark + mark + mark} {
				var doc struct{ A string }
				if toml.Unmarshal([]byte("a = "+marks+string(written)+marks), &doc) == nil && strings.TrimSpace(doc.A) == strings.TrimSpace(text) {
					return true
				}
			}
		case "json":
			if json.Unmarshal(quoted, &got) == nil && got == text {
				return true
			}
		}
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if string(written) == strings.TrimSpace(text) { // a block scalar on one line
		return true
	}
	return bytes.ContainsAny(written, "\r\n") && squeeze(string(written)) == squeeze(text)
}

func BenchmarkFront(b *testing.B) {
	var page strings.Builder
	page.WriteString("---\ntitle: The night shift at gate 3\ndescription: >\n  Nine trucks wait.\n  One reads the board.\nfeatures:\n")
	for i := range 40 {
		fmt.Fprintf(&page, "  - heading: \"Row %d\"\n    text: 'What the planner''s day looks like'\n", i)
	}
	page.WriteString("---\nBody\n")
	src := []byte(page.String())
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		readFront(src)
	}
}
