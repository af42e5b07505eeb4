package primer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Any bytes are a primer page: it is read without a panic, every line told lies within the file, and no two sections of the page
// share an anchor.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/lifts/*.md")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("---\nask: [{name: [}]\nterms: {a: b}\n---\n# A\n\n# A\n\n# A-1\n\n> # A\n"))
	f.Add([]byte("\xef\xbb\xbf---\r\nkind: x\r\n---\r\nA\r\n=\r\n"))
	f.Add([]byte("# \xff\n## 🐄\n## 🐄\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		index, problems := New(map[string][]byte{"p.md": src})
		lines := strings.Count(strings.ReplaceAll(strings.ReplaceAll(string(src), "\r\n", "\n"), "\r", "\n"), "\n") + 1
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines || p.Message == "" {
				t.Errorf("problem %+v in a file of %d lines", p, lines)
			}
		}
		anchors := map[string]bool{}
		for _, s := range index.Pages[0].Sections {
			if anchors[s.Anchor] {
				t.Errorf("anchor %q twice", s.Anchor)
			}
			anchors[s.Anchor] = true
			if s.Line < 1 || s.Line > lines {
				t.Errorf("section on line %d of %d", s.Line, lines)
			}
			if s.Minutes() < 1 {
				t.Errorf("%q takes %d minutes", s.Heading, s.Minutes())
			}
		}
		index.Pairs()
		index.Claims()
		index.Terms()
		index.Objections()
		index.Roles()
		words := strings.Fields(string(src))
		for _, n := range []Need{{Kinds: []Kind{Pains, WeWin}, PageText: words}, {Passage: words[:min(30, len(words))]}} {
			if h := index.Help(n); h.Confidence < 0 || h.Confidence > 1 || h.Section == nil && h.Gap == "" {
				t.Errorf("help %+v", h)
			}
		}
	})
}
