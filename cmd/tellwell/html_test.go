package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page holds every question beside the words it quotes, without a script and without anything to fetch.
func TestReviewAsHTML(t *testing.T) {
	got := tellwell(top, "review", "--format", "html", filepath.Join("testdata", "site"))
	if got.status != reviewed && got.status != incomplete {
		t.Fatalf("status %d: %s", got.status, got.err)
	}
	plain := tellwell(top, "review", "--format", "json", filepath.Join("testdata", "site"))
	plan := reviewedAs(t, plain)
	for _, page := range plan.Pages {
		for _, c := range page.Findings {
			if !strings.Contains(unescaped(got.out), c.Question) {
				t.Errorf("%s:%d: the question is not on the page: %s", page.Path, c.Line, c.Question)
			}
		}
	}
	if !strings.Contains(got.out, `<mark>We&#39;re excited to announce the launch of Larkfold Wren 3<a `) {
		t.Error("the words quoted are not marked where they stand")
	}
	if bad := regexp.MustCompile(`(?i)<script|<link|@import|src=|url\(`).FindString(got.out); bad != "" {
		t.Errorf("the page holds %q", bad)
	}
	for _, ids := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(got.out, -1) {
		if strings.Count(got.out, ids[0]) != 1 {
			t.Errorf("%s stands twice", ids[0])
		}
	}
	for _, to := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(got.out, -1) {
		if !strings.Contains(got.out, ` id="`+to[1]+`"`) {
			t.Errorf("a link leads to #%s, which is not there", to[1])
		}
	}
}

func unescaped(html string) string {
	return strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(html)
}

// What an author wrote is text, in titles, paragraphs, tables, paths and primer pages.
func TestHTMLOfAHostilePage(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"blog/<b>x.md": "---\ntitle: \"<script>alert(1)</script>\"\n---\nWe are thrilled to announce our seamless, best-in-class platform `<img src=x onerror=alert(1)>` today.\n\n" +
			"| a | <i>b</i> |\n|---|---|\n| `<script>` | \"onload=x |\n",
		"primers/a.md": "---\ntitle: \"</a><script>\"\nkind: customer\naudience: planner\napplies_to: [\"blog/**\"]\nask: [{name: \"<b>Ada\"}]\n---\n# A\n## Pains\n- javascript:alert(1)\n",
	} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Skipf("this system has no such file names: %v", err)
		}
	}
	got := tellwell(folder, "review", "--format", "html", "--amount", "full", "blog")
	if bad := regexp.MustCompile(`(?i)<script|<img|<i>|<b>|onload="`).FindString(got.out); bad != "" || !strings.Contains(got.out, "&lt;script&gt;") {
		t.Errorf("the page holds %q\n%s", bad, got.err)
	}
}
