package primer

import (
	"os"
	"strings"
	"testing"
)

// The anchors of one page, against what site generators made of it.
func TestAnchorsOfGenerators(t *testing.T) {
	src, err := os.ReadFile("testdata/anchors.txt")
	if err != nil {
		t.Fatal(err)
	}
	page := "# Planners\n"
	var want [][]string
	for line := range strings.Lines(string(src)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(strings.TrimRight(line, "\n"), " | ")
		page += "\n## " + parts[0] + "\n\nWords.\n"
		want = append(want, parts[1:])
	}
	index, _ := New(map[string][]byte{"primers/planners.md": []byte(page)})
	sections := index.Pages[0].Sections[1:]
	if len(sections) != len(want) {
		t.Fatalf("%d sections, want %d", len(sections), len(want))
	}
	for column, name := range []string{"hugo", "jekyll", "mkdocs", "vitepress"} {
		site := Site{Base: "https://wiki.example/", Generator: name, Folder: "primers"}
		for i, s := range sections {
			_, got, _ := strings.Cut(site.URL(s), "#")
			if w := escaped(want[i][column]); got != w {
				t.Errorf("%s: heading %q has the anchor %q, want %q", name, s.Heading, got, w)
			}
		}
	}
}

func TestAddressesOfGenerators(t *testing.T) {
	pages := map[string]string{
		"primers/Night bakers.md": "## Pains\n\nWords.\n", "primers/rivals/index.md": "## Pains\n\nWords.\n",
		"primers/slugged.md": "---\nslug: bakers\n---\n\n## Pains {#hurts}\n\nWords.\n", "primers/kept.md": "---\npermalink: /who/bakers/\n---\n\n## Pains\n\nWords.\n",
	}
	index, _ := New(map[string][]byte{"primers/Night bakers.md": []byte(pages["primers/Night bakers.md"]), "primers/rivals/index.md": []byte(pages["primers/rivals/index.md"]),
		"primers/slugged.md": []byte(pages["primers/slugged.md"]), "primers/kept.md": []byte(pages["primers/kept.md"])})
	for generator, want := range map[string][4]string{
		"hugo":       {"https://w.example/p/night-bakers/#pains", "https://w.example/p/rivals/#pains", "https://w.example/p/bakers/#hurts", "https://w.example/who/bakers/#pains"},
		"jekyll":     {"https://w.example/p/Night%20bakers.html#pains", "https://w.example/p/rivals/#pains", "https://w.example/p/bakers.html#hurts", "https://w.example/who/bakers/#pains"},
		"docusaurus": {"https://w.example/p/Night%20bakers#pains", "https://w.example/p/rivals/#pains", "https://w.example/p/bakers#hurts", "https://w.example/who/bakers/#pains"},
		"mkdocs":     {"https://w.example/p/Night%20bakers/#pains", "https://w.example/p/rivals/#pains", "https://w.example/p/bakers/#hurts", "https://w.example/who/bakers/#pains"},
		"other":      {"https://w.example/p/Night%20bakers/", "https://w.example/p/rivals/", "https://w.example/p/bakers/", "https://w.example/who/bakers/"},
	} {
		site := Site{Base: "https://w.example/p", Generator: generator, Folder: "primers"}
		for i, path := range []string{"primers/Night bakers.md", "primers/rivals/index.md", "primers/slugged.md", "primers/kept.md"} {
			for _, p := range index.Pages {
				if p.Path != path {
					continue
				}
				if got := site.URL(p.Sections[0]); got != want[i] {
					t.Errorf("%s: %s is at %s, want %s", generator, path, got, want[i])
				}
			}
		}
	}
}
