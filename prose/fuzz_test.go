package prose

import (
	"math/rand/v2"
	"os"
	"path"
	"strings"
	"testing"
)

// FuzzParse reads any bytes under any name.
func FuzzParse(f *testing.F) {
	f.Add("a.md", "---\ntitle: A\n---\n# B\n\nOne *two*. “Three four five,” said Ada.\n\n> q\n> — Ada\n\n<p>x &amp; y</p>\n{% include quote.html content=\"a b c\" %}")
	f.Fuzz(func(t *testing.T, name, src string) {
		if len(src) <= 100_000 {
			check(t, Parse(name, []byte(src)))
		}
	})
}

// fuzz reads any bytes as pages of one format; the shapes of that format are where it begins.
func fuzz(f *testing.F, name string) {
	format := Parse(name, nil).Format
	for _, shape := range shapes(f) {
		if src, err := os.ReadFile(shape); err == nil && Parse(path.Base(shape), nil).Format == format {
			f.Add(string(src))
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 100_000 {
			return
		}
		page := Parse(name, []byte(src))
		check(t, page)
		if again := Parse(name, []byte(strings.Clone(src))); told(page) != told(again) {
			t.Errorf("read twice, it reads\n%s\nand\n%s", told(page), told(again))
		}
	})
}

func FuzzMarkdownPage(f *testing.F) { fuzz(f, "blog/a.md") }
func FuzzMDXPage(f *testing.F)      { fuzz(f, "blog/a.mdx") }
func FuzzHTMLPage(f *testing.F)     { fuzz(f, "blog/a.html") }
func FuzzYAMLFile(f *testing.F)     { fuzz(f, "_data/a.yaml") }
func FuzzJSONFile(f *testing.F)     { fuzz(f, "_data/a.json") }
func FuzzTOMLFile(f *testing.F)     { fuzz(f, "_data/a.toml") }
func FuzzTextPage(f *testing.F)     { fuzz(f, "blog/a.txt") }
func FuzzAsciiDocPage(f *testing.F) { fuzz(f, "blog/a.adoc") }
func FuzzAstroPage(f *testing.F)    { fuzz(f, "src/pages/a.astro") }
func FuzzVuePage(f *testing.F)      { fuzz(f, "pages/a.vue") }
func FuzzSveltePage(f *testing.F)   { fuzz(f, "src/routes/a.svelte") }

// Values of front matter and data files, made of whatever their languages escape, fold and double: each word is where it was written.
func TestEscapedValuesKeepTheirPlaces(t *testing.T) {
	pieces := []string{`\ud83d`, `\ude00`, `\u0041`, `\U0001F600`, `\x41`, `\\`, `\"`, `\/`, `\n`, `\t`, `\e`, "ude00", "b", "é", "😀", "�", "''", `""`, " ", "\n  ", "\\\n  ", "#", ": "}
	shapes := map[string][]string{
		"blog/a.md":    {"---\ntitle: \"%s\"\n---\nx y\n", "---\ntitle: '%s'\n---\nx y\n", "---\ntitle: a%s\n---\nx y\n", "---\ntitle: >-\n  %s\n---\nx y\n", "+++\ntitle = \"%s\"\n+++\nx y\n", "+++\ntitle = '''%s'''\n+++\nx y\n", "+++\ntitle = \"\"\"\n%s\"\"\"\n+++\nx y\n", "{\"title\": \"%s\"}\nx y\n"},
		"_data/a.json": {`{"title": "%s", "text": "One two three."}`},
		"_data/a.yaml": {"title: \"%s\"\ntext: One two three.\n"},
		"_data/a.toml": {"title = \"%s\"\ntext = \"One two three.\"\n"},
	}
	random := rand.New(rand.NewPCG(1, 2))
	for name, formats := range shapes {
		for _, format := range formats {
			for range 250 {
				var value strings.Builder
				for range 1 + random.IntN(7) {
					value.WriteString(pieces[random.IntN(len(pieces))])
				}
				src := strings.Replace(format, "%s", value.String(), 1)
				if !t.Run("", func(t *testing.T) { check(t, Parse(name, []byte(src))) }) {
					t.Fatalf("%s: %q", name, src)
				}
			}
		}
	}
}
