package primer

import "testing"

// Headings as Markdown writes them, with the anchors GitHub gives their text.
func TestAnchorsOfMarkdownHeadings(t *testing.T) {
	tests := []struct{ src, want string }{
		{"## The *big* [queue](/q) & `the fence`", "the-big-queue--the-fence"},
		{"## Closed ##", "closed"},
		{"Underlined\n----------", "underlined"},
		{"## 🐄 Pains", "-pains"},
		{"## What is at stake?", "what-is-at-stake"},
		{"## Why now? Because of frost. And e.g. rain", "why-now-because-of-frost-and-eg-rain"},
		{"## Drivers&#39; hours &amp; rest", "drivers-hours--rest"},
		{"## snake_case stays", "snake_case-stays"},
		{"## ![map](m.png) Routes", "-routes"},
		{"## Gates  and  rounds", "gates--and--rounds"},
		{"## Say “it”", "say-it"},
		{"## Say it \\*their\\* way", "say-it-their-way"},
		{"## See https://example.com now", "see-httpsexamplecom-now"},
		{"## The [queue][q]\n\n[q]: /q", "the-queue"},
		{"---\ntitle: A\n---\n\n## A  B", "a--b"},
		{"\xef\xbb\xbf## A  B", "a--b"},
		{"## A  B\r\n", "a--b"},
		{"## <span>Marked</span> up", "marked-up"},
	}
	for _, tt := range tests {
		index, _ := New(map[string][]byte{"a.md": []byte(tt.src + "\n\nWords under it.\n")})
		sections := index.Pages[0].Sections
		if len(sections) != 1 || sections[0].Anchor != tt.want {
			t.Errorf("%q: %d sections, anchor %q (heading %q), want %q", tt.src, len(sections), sections[0].Anchor, sections[0].Heading, tt.want)
		}
	}
}
