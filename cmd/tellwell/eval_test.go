package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/example-org/tellwell/review"
)

// evalFolder returns the folder of real pages and changes, which are other people's and lie outside the repository. Without it, the
// test is skipped.
func evalFolder(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("TELLWELL_EVAL")
	switch {
	case folder == "":
		folder = filepath.Join(top, "..", "shared", "eval")
	case !filepath.IsAbs(folder):
		folder = filepath.Join(top, folder)
	}
	if _, err := os.Stat(filepath.Join(folder, "pages")); err != nil {
		t.Skipf("no real pages at %s; TELLWELL_EVAL names the folder that holds them", folder)
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// TestRealPages holds what is true of every review against real pages: it says nothing of whether the comments are fair, which
// score.py beside the pages measures.
func TestRealPages(t *testing.T) {
	folder := evalFolder(t)
	got := tellwell(folder, "review", "--format", "json", "pages")
	plan := reviewedAs(t, got)
	held(t, plan, folderText(t, folder))
	for _, p := range plan.Problems {
		inFile(t, p, folderText(t, folder))
		reads(t, p)
		t.Logf("%s: %s", placed(p.Path, p.Line), p.Message)
	}
	if again := tellwell(folder, "review", "--format", "json", "pages"); again.out != got.out {
		t.Errorf("twice the same is not the same\n%s", firstDifference(again.out, got.out))
	}
	inline, alone := 0, 0
	for _, page := range plan.Pages {
		if page.LeftAlone != "" {
			alone++
		}
		for _, c := range page.Findings {
			if c.Place == review.Inline {
				inline++
			}
		}
	}
	if len(plan.Pages) < 50 || inline == 0 {
		t.Errorf("%d pages were looked at, and %d inline comments made", len(plan.Pages), inline)
	}
	t.Logf("%d pages, %d left alone, %d inline comments, %d problems", len(plan.Pages), alone, inline, len(plan.Problems))
}

// TestEval holds tellwell against our own marks on our own pages, as a team would. What it says is pinned: it is how tellwell fares.
func TestEval(t *testing.T) {
	site := filepath.Join(top, "testdata", "site")
	folder := t.TempDir()
	pages, marks := filepath.Join(folder, "pages"), filepath.Join(folder, "marks", "us")
	if err := os.CopyFS(pages, os.DirFS(site)); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(marks, 0o755); err != nil {
		t.Fatal(err)
	}
	index := "id\tfile\n"
	found, err := filepath.Glob(filepath.Join(site, "marks", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var label struct{ ID string }
		if err := json.Unmarshal(src, &label); err != nil {
			t.Fatal(err)
		}
		id := filepath.Base(label.ID)
		index += id + "\t" + label.ID + ".md\n"
		if err := os.WriteFile(filepath.Join(marks, id+".json"), src, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(pages, "index.tsv"), []byte(index), 0o644); err != nil {
		t.Fatal(err)
	}
	got := tellwell(folder, "eval", "--labels", "marks", "--pages", "pages", "--list")
	if got.status != reviewed {
		t.Fatalf("status %d: %s", got.status, got.err)
	}
	golden(t, "eval.txt", got.out)
	if got := tellwell(folder, "fit", "--labels", "marks", "--pages", "pages"); got.status != incomplete || !strings.Contains(got.err, "too few to learn from") {
		t.Errorf("learning from a few pages: status %d: %s", got.status, got.err)
	}
}
