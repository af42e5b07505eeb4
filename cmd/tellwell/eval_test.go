package main

import (
	"os"
	"path/filepath"
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
