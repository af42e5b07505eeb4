package primer

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestProblems(t *testing.T) {
	tests := []struct {
		name string
		src  string
		want []string // line: how the message begins
	}{
		{"a page that is in order", "---\ntitle: A\nkind: customer\n---\n# A\n## Pains\nRain.\n", nil},
		{"keys of a site generator are nobody's business", "---\ntitle: A\nlayout: page\ntags: [a]\ndraft: true\ndate: 2024-01-01\n---\n# A\nRain.\n", nil},
		{"a key that is one slip away", "---\ntitle: A\nowners: me\n---\n# A\nRain.\n", []string{`3: front matter has no key "owners"; did you mean "owner"?`}},
		{"the same, under ask", "---\nask:\n  - {name: Bo, goodfor: rain}\n---\n# A\nRain.\n", []string{`3: ask has no key "goodfor"; did you mean "good_for"?`}},
		{"a kind that is none", "---\nkind: persona\n---\n# A\nRain.\n", []string{`2: kind "persona" is not a kind of primer page; write one of customer, industry`}},
		{"a kind that is nearly one", "---\nkind: custmer\n---\n# A\nRain.\n", []string{`2: kind "custmer" is not a kind of primer page; did you mean "customer"?`}},
		{"a date that is none", "---\nreviewed: last spring\n---\n# A\nRain.\n", []string{`2: reviewed "last spring" is not a date; write it like 2025-03-04`}},
		{"a length of time that is none", "---\nreview_every: often\n---\n# A\nRain.\n", []string{`2: review_every "often" is not a length of time`}},
		{"a pattern that is none", "---\napplies_to: [\"blog/[\"]\n---\n# A\nRain.\n", []string{`2: applies_to "blog/[" is not a pattern of paths`}},
		{"words that are written as keys", "---\naudience:\n  name: planner\n---\n# A\nRain.\n", []string{`3: "audience" holds keys of its own`}},
		{"a heading twice", "# A\n## Pains\nRain.\n## Pains\nWind.\n", []string{`4: heading "Pains" appears twice (first on line 2)`}},
		{"a heading twice, but under different ones", "# A\n## Clerk\n### Pains\nRain.\n## Nurse\n### Pains\nWind.\n", nil},
		{"a page without headings", "Rain falls on everybody.\n", []string{`1: the page has no headings`}},
		{"an empty page", "", []string{`1: nothing stands on the page`}},
		{"a heading with nothing under it", "# A\n## Pains\n## Stakes\nAll.\n", []string{`2: nothing stands under heading "Pains"`}},
		{"a heading whose words stand under sub-headings", "# A\n## Pains\n### At night\nRain and wind.\n", nil},
		{"no table", "# A\n## Say it their way\nPlainly.\n", []string{`2: no table stands under heading "Say it their way"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			index, problems := New(map[string][]byte{"p/a.md": []byte(tt.src)})
			if len(index.Pages) != 1 {
				t.Fatalf("%d pages, want the page all the same", len(index.Pages))
			}
			for i, p := range problems {
				got := fmt.Sprintf("%d: %s", p.Line, p.Message)
				if i >= len(tt.want) || !strings.HasPrefix(got, tt.want[i]) || p.Path != "p/a.md" {
					t.Errorf("%s: %s", p.Path, got)
				}
			}
			if len(problems) < len(tt.want) {
				t.Errorf("got %d problems, want %q", len(problems), tt.want)
			}
		})
	}
}

// Broken front matter is told with its line; what stands below it is read.
func TestBrokenFrontMatter(t *testing.T) {
	index, problems := New(map[string][]byte{"a.md": []byte("---\ntitle: [A\nkind: customer\n---\n# Rain\n## Pains\nIt is wet.\n")})
	if len(problems) == 0 || problems[0].Line < 1 || problems[0].Line > 4 {
		t.Fatalf("got %+v, want a problem within the front matter", problems)
	}
	if len(index.Pages[0].Sections) != 2 || index.Pages[0].Sections[1].Kind != Pains {
		t.Errorf("sections %+v, want Rain and Pains", index.Pages[0].Sections)
	}
}

func TestFrontMatter(t *testing.T) {
	index, problems := New(map[string][]byte{"a.md": []byte(`---
title: Dairy haulage planners
kind: Point of view
audience: haulage-planner
terms: milk haulage, tanker
applies_to: ./blog/**
ask: "@ines"
reviewed: 2025-03
learn: ["Ride-along: first Tuesday"]
---
# Another heading
Milk.
`)})
	for _, p := range problems {
		t.Errorf("line %d: %s", p.Line, p.Message)
	}
	p := index.Pages[0]
	got := fmt.Sprintf("%s|%s %v|%s|%q|%q|%v|%s|%q", p.Title, p.Kind, p.Declared, p.Audience, p.Terms, p.AppliesTo, p.Ask, p.Reviewed, p.Learn)
	want := `Dairy haulage planners|point-of-view true|haulage-planner|["milk haulage" "tanker"]|["blog/**"]|[{ @ines }]|2025-03|["Ride-along: first Tuesday"]`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPagesWithoutFrontMatter(t *testing.T) {
	tests := []struct {
		path, src string
		title     string
		kind      PageKind
	}{
		{"planners.md", "# Planners\n## Pains\nRain.\n## Triggers\nFrost.\n", "Planners", Customer},
		{"customer-personas.md", "## Plant manager\nSigns.\n", "Customer personas", Customer},
		{"torqline.md", "# Torqline\n## Their messaging\nMore torque.\n## Their strengths\nPrice.\n", "Torqline", Competitor},
		{"view.md", "# What we think\n## What we refuse\nDemos.\n## What we believe\nTrials.\n", "What we think", PointOfView},
		{"milk-technology.md", "# Milking robots\n## Sensors\nMany.\n", "Milking robots", Technology},
		{"notes.md", "# Notes\nRain.\n", "Notes", Industry},
		{"drivers/README.md", "## Pains\nRain.\n", "Drivers", Customer},
		{"écluse.md", "## Pains\nRain.\n", "Écluse", Customer},
	}
	for _, tt := range tests {
		index, _ := New(map[string][]byte{tt.path: []byte(tt.src)})
		if p := index.Pages[0]; p.Title != tt.title || p.Kind != tt.kind || p.Declared {
			t.Errorf("%s: title %q, kind %q, want %q, %q", tt.path, p.Title, p.Kind, tt.title, tt.kind)
		}
	}
}

func TestSections(t *testing.T) {
	index := lifts(t)
	page := index.Pages[slices.IndexFunc(index.Pages, func(p *Page) bool { return p.Title == "Ski-lift supervisors" })]
	var got []string
	for _, s := range page.Sections {
		got = append(got, fmt.Sprintf("%d %s #%s %s", s.Line, s.Heading, s.Anchor, s.Kind))
	}
	want := []string{
		"16 Ski-lift supervisors #ski-lift-supervisors other",
		"18 Who they are #who-they-are who they are",
		"20 A day in their week #a-day-in-their-week a day in their week",
		"22 Pains #pains pains",
		"25 What is at stake #what-is-at-stake what is at stake",
		"27 When the wind comes #when-the-wind-comes what is at stake",
		"29 Triggers #triggers triggers",
		"31 Objections #objections objections",
		"35 In their words #in-their-words in their words",
		"37 Say it their way #say-it-their-way say it their way",
		"42 Glossary #glossary glossary",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s := page.Sections[3]; len(s.Items) != 2 || s.Items[1] != "The log is on paper, and wet." {
		t.Errorf("items of Pains: %q", s.Items)
	}
	if s := page.Sections[8]; len(s.Quotes) != 1 || s.Quotes[0].Text != "If I hear it, it's already late." {
		t.Errorf("quotes: %+v", s.Quotes)
	}
	if s := page.Sections[4]; !strings.Contains(s.Text, "alone, with the director") {
		t.Errorf("the words of a sub-heading are missing from %q", s.Text)
	}
}

func TestMinutes(t *testing.T) {
	for words, want := range map[int]int{0: 1, 1: 1, 200: 1, 201: 2, 400: 2, 401: 3} {
		s := &Section{Text: strings.Repeat("word ", words)}
		if got := s.Minutes(); got != want {
			t.Errorf("%d words take %d minutes, want %d", words, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	page := &fstest.MapFile{Data: []byte("# A\n## Pains\nRain.\n")}
	fsys := fstest.MapFS{
		"primers/b.markdown": page, "primers/deep/a.MD": page, "primers/notes.txt": page, "primers/.git/x.md": page, "blog/post.md": page,
		"empty/x.txt": page,
	}
	index, problems := Read(fsys, "./primers/")
	var got []string
	for _, p := range index.Pages {
		got = append(got, p.Path)
	}
	if len(problems) != 0 || strings.Join(got, " ") != "primers/b.markdown primers/deep/a.MD" {
		t.Errorf("read %q, problems %v", got, problems)
	}
	for _, root := range []string{"nowhere", "empty"} {
		index, problems := Read(fsys, root)
		if index == nil || len(index.Pages) != 0 || len(problems) != 1 || problems[0].Path != root {
			t.Errorf("%s: %v, want an empty index and one problem", root, problems)
		}
	}
	if index, _ := Read(fsys, ""); len(index.Pages) != 3 {
		t.Errorf("the whole tree holds %d pages, want 3", len(index.Pages))
	}
}

func TestNearest(t *testing.T) {
	tests := []struct{ word, want string }{
		{"term", "terms"}, {"tilte", "title"}, {"review", "reviewed"}, {"source", "sources"}, {"applies-to", "applies_to"},
		{"tags", ""}, {"date", ""}, {"layout", ""}, {"description", ""}, {"team", ""}, {"slug", ""}, {"name", ""}, {"link", ""},
	}
	for _, tt := range tests {
		if got := nearest(tt.word, frontKeys); got != tt.want {
			t.Errorf("nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
