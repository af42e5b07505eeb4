package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/review"
)

// top is the repository's own folder, and site the example in it.
var (
	top  = filepath.Join("..", "..")
	site = filepath.Join(top, "testdata", "site")
)

// reviewSite runs what the README tells a visitor to run.
func reviewSite(t *testing.T, args ...string) said {
	t.Helper()
	dir, err := filepath.Abs(top)
	if err != nil {
		t.Fatal(err)
	}
	got := tellwell(dir, append([]string{"review", filepath.Join("testdata", "site")}, args...)...)
	if got.status != reviewed || got.err != "" {
		t.Fatalf("status %d\n%s", got.status, got.err)
	}
	return got
}

// TestSiteAtATerminal holds the example's review as a person reads it. Read its diff as that person.
func TestSiteAtATerminal(t *testing.T) {
	got := reviewSite(t)
	if again := reviewSite(t); again.out != got.out {
		t.Errorf("twice the same is not the same\n%s", firstDifference(again.out, got.out))
	}
	if strings.Contains(got.out, "\x1b") {
		t.Error("colour where there is no terminal")
	}
	for line := range strings.Lines(got.out) {
		if line = strings.TrimSuffix(line, "\n"); cells(line) > plainWidth {
			t.Errorf("%d cells wide: %s", cells(line), line)
		}
	}
	goldenFile(t, filepath.Join(top, "testdata", "site.golden.txt"), got.out)
}

// TestSiteAsJSON holds the same review as other programs read it.
func TestSiteAsJSON(t *testing.T) {
	got := reviewSite(t, "--format", "json")
	if again := reviewSite(t, "--format", "json"); again.out != got.out {
		t.Errorf("twice the same is not the same\n%s", firstDifference(again.out, got.out))
	}
	held(t, reviewedAs(t, got), folderText(t, site))
	goldenFile(t, filepath.Join(top, "testdata", "site.golden.json"), got.out)
}

// A mark is what its authors meant for one page of the example (testdata/site/MARKS.md, marks/).
type mark struct {
	ID       string `json:"id"`
	Comments []struct {
		Lines []int  `json:"lines"`
		Quote string `json:"quote"`
	} `json:"comments"`
}

func siteMarks(t *testing.T) []mark {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(site, "marks", "*.json"))
	if err != nil || len(files) < 12 {
		t.Fatalf("marks %v: %v", files, err)
	}
	marks := make([]mark, len(files))
	for i, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(src, &marks[i]); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	return marks
}

// TestSiteIsMetAsMeant holds the review of the example against what its pages were written to be, so that it says something on each
// indifferent page, next to nothing on the good ones, and nothing at all where an editor would be silent.
func TestSiteIsMetAsMeant(t *testing.T) {
	plan := reviewedAs(t, reviewSite(t, "--format", "json"))
	page := func(path string) review.PagePlan {
		i := slices.IndexFunc(plan.Pages, func(p review.PagePlan) bool { return p.Path == path })
		if i < 0 {
			t.Fatalf("%s is not in the review", path)
		}
		return plan.Pages[i]
	}
	indifferent := 0
	for _, mark := range siteMarks(t) {
		var inline []review.Comment
		for _, c := range page(mark.ID + ".md").Findings {
			if c.Place == review.Inline {
				inline = append(inline, c)
			}
		}
		if len(mark.Comments) == 0 { // good, or meant for silence
			for _, c := range inline {
				t.Errorf("%s:%d: %s speaks where nothing is amiss: %s", mark.ID, c.Line, c.Check, c.Message)
			}
			continue
		}
		indifferent++
		if len(inline) == 0 {
			t.Errorf("%s is indifferent, and nothing is said beside its words", mark.ID)
		}
		met := 0
		for _, c := range inline {
			for _, m := range mark.Comments {
				if c.Line <= m.Lines[1] && m.Lines[0] <= c.EndLine {
					met++
					break
				}
			}
		}
		if met == 0 && len(inline) > 0 {
			t.Errorf("%s: no comment stands where an editor would remark on anything", mark.ID)
		}
	}
	if indifferent != 5 {
		t.Errorf("%d indifferent pages, not the five that MARKS.md tells of", indifferent)
	}
	for path, why := range map[string]string{
		"blog/de/ein-koffer-voll-ton.md": "German",
		"blog/late-texts-on-9-march.md":  "outage",
		"legal/hire-terms.md":            "legal",
		"README.md":                      "README",
	} {
		if got := page(path).LeftAlone; !strings.Contains(got, why) {
			t.Errorf("%s is left alone for %q, want a reason with %q", path, got, why)
		}
	}
	if plan.Praise == nil {
		t.Error("no praise, with four good pages to choose from")
	} else if i := slices.IndexFunc(siteMarks(t), func(m mark) bool { return m.ID+".md" == plan.Praise.Path && len(m.Comments) == 0 }); i < 0 {
		t.Errorf("praise for %s, which is not one of the good pages", plan.Praise.Path)
	}
	for _, p := range plan.Pages {
		for _, c := range p.Findings {
			if c.Primer == nil || c.Primer.Heading == "" {
				continue
			}
			if _, err := os.Stat(filepath.Join(site, filepath.FromSlash(c.Primer.Path))); err != nil {
				t.Errorf("%s:%d points to a primer page that is not there: %v", p.Path, c.Line, err)
			}
		}
	}
}
