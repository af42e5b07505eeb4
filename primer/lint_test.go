package primer

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var today = time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)

func said(problems []Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.Path + ": " + p.Message + "\n")
	}
	return b.String()
}

func TestLint(t *testing.T) {
	index, problems := New(map[string][]byte{
		"primers/bakers.md": []byte("---\nkind: customer\nowner: Ida\nreviewed: 2026-01-10\nreview_every: 1 year\n---\n# Bakers\n\nSee [mills](mills.md#pains), [the oven](oven.md), " +
			"[us](https://bakers.example/x) and [rye](/docs/rye.md).\n\n## In their words\n\n> \"I smell it before I see it.\"\n\n## Crumbs\n\nSwept.\n"),
		"primers/mills.md": []byte("---\nkind: industry\nreviewed: 2027-02-01\n---\n# Mills\n\n## How it works\n\nStone on stone.\n"),
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := said(index.Lint(today, "6 months", func(path string) bool { return path == "docs/rye.md" }))
	for _, want := range []string{
		"bakers.md: last looked over on 2026-01-10, and due since 2027-01-10 (1 year, by its own review_every)",
		"nobody is known to have said “I smell it before I see it.”",
		`heading "Crumbs"`,
		`primers/mills.md has no heading with the anchor "pains"`,
		"the link oven.md leads nowhere: there is no primers/oven.md",
		"mills.md: nobody owns this page",
		"no page about a competitor yet",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, not := range []string{"rye", "https", "mills.md: last looked", "bakers.md: nobody owns", "how the industry works yet"} {
		if strings.Contains(got, not) {
			t.Errorf("%q in\n%s", not, got)
		}
	}
}

// A starter is told as one to be filled in, and by primer lint alone; what is filled in is read like any page.
func TestStarters(t *testing.T) {
	for _, kind := range PageKinds() {
		page := Starter(kind, `Night "shift" bakers`, today)
		index, problems := New(map[string][]byte{"a.md": page})
		if len(problems) > 0 {
			t.Errorf("%s: %v", kind, problems)
		}
		p := index.Pages[0]
		if p.Title != `Night "shift" bakers` || p.Kind != kind || !p.Declared || p.Reviewed != "2027-03-01" {
			t.Errorf("%s: %+v", kind, p)
		}
		open := 0
		for _, s := range p.Sections {
			if s.ToFill {
				open++
			}
			if s.Kind == Other && s.Level > 1 {
				t.Errorf("%s: no alias knows %q", kind, s.Heading)
			}
			if s.words > 0 {
				t.Errorf("%s: %q holds %q", kind, s.Heading, s.Text)
			}
		}
		if open < 3 || strings.Count(said(index.Lint(today, "", nil)), "waits to be filled in") != open {
			t.Errorf("%s: %d sections to fill in, and lint says\n%s", kind, open, said(index.Lint(today, "", nil)))
		}
		if help := index.Help(Need{Kinds: []Kind{Pains, HowItWorks, WeWin, Believe}, Passage: split("what goes wrong most weeks")}); help.Section != nil {
			t.Errorf("%s: a question of the starter is linked: %+v", kind, help.Section)
		}
	}
	if got := StarterName("  Dairy haulage  planners!"); got != "dairy-haulage-planners.md" {
		t.Errorf("it is called %q", got)
	}
	if got := StarterName("../!"); got != "" {
		t.Errorf("it is called %q", got)
	}
}

func TestRenamed(t *testing.T) {
	before, _ := New(map[string][]byte{"a.md": []byte("# A\n\n## Pains\n\nOne two.\n\n## Jobs\n\nThree four.\n"), "b.md": []byte("# B\n\n## Pains\n\nFive.\n")})
	now, _ := New(map[string][]byte{"a.md": []byte("# A\n\n## Pain points\n\nOne two.\n\n## Jobs\n\nThree four.\n")})
	got := said(now.Renamed(before))
	if strings.Count(got, "\n") != 2 || !strings.Contains(got, `heading "Pains" is "Pain points" now`) || !strings.Contains(got, "b.md: this page is gone") {
		t.Error(got)
	}
}

func TestUntouched(t *testing.T) {
	index := lifts(t)
	all := index.Untouched(nil)
	var texts []string
	for _, topic := range all {
		texts = append(texts, topic.Text)
	}
	for _, want := range []string{"the sensors will ice up", "nobody reads another screen", "A near miss."} {
		if !slices.Contains(texts, want) {
			t.Errorf("no %q among %q", want, texts)
		}
	}
	if slices.Contains(texts, "what it costs") {
		t.Error("what is answered by sales alone is no subject of a page")
	}
	for passage, gone := range map[string]string{
		"The heating keeps the housing clear.":    "the sensors will ice up", // a cue
		"Panels everywhere.":                      "",
		"It was a near miss, the third that week": "A near miss.",
	} {
		var left []string
		for _, topic := range index.Untouched([]string{passage}) {
			left = append(left, topic.Text)
		}
		if gone == "" && len(left) != len(all) || gone != "" && (slices.Contains(left, gone) || len(left) != len(all)-1) {
			t.Errorf("%q leaves %q of %q", passage, left, texts)
		}
	}
}

func TestFind(t *testing.T) {
	index := lifts(t)
	if found := index.Find("the queue at the fence", 3); len(found) == 0 || found[0].Kind != Day {
		t.Errorf("found %+v", found)
	}
	if found := index.Find("xylophone", 3); len(found) != 0 {
		t.Errorf("found %q", found[0].Heading)
	}
}
