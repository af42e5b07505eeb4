package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

func TestInspect(t *testing.T) {
	got := tellwell(absolute(t, site), "inspect", "customers", "legal")
	if got.status != reviewed {
		t.Fatalf("status %d: %s", got.status, got.err)
	}
	golden(t, "inspect.txt", got.out)
}

func TestInspectJSON(t *testing.T) {
	got := tellwell(absolute(t, site), "inspect", "--format", "json", "customers/harrowick-crown-court.md")
	var reading review.Reading
	if err := json.Unmarshal([]byte(got.out), &reading); err != nil || got.status != reviewed {
		t.Fatalf("status %d: %v\n%s", got.status, err, got.out)
	}
	page := reading.Pages[0]
	if page.Format != "markdown" || page.Kind != "case-study" || page.Title == nil || len(page.Opening) != 3 || len(page.Quotations) != 5 || len(page.Checks) != len(checks.All) {
		t.Errorf("it reads %+v", page)
	}
}

// What keeps a check silent is the same for inspect and for review.
func TestInspectSaysWhatIsUnread(t *testing.T) {
	w := t.TempDir()
	write(t, filepath.Join(w, "customers/acme.md"), []byte("---\ntitle: Acme and the flood\nkind: case-study\n---\n\n{% include testimonials.html %}\n\nThe plant was under water.\n"))
	got := tellwell(w, "inspect", "customers/acme.md")
	for _, want := range []string{"component testimonials.html: readers may meet words there that are not in this file", "rests on words that are not in this file: testimonials.html (line 6)"} {
		if !strings.Contains(strings.Join(strings.Fields(got.out), " "), want) {
			t.Errorf("no %q in\n%s%s", want, got.out, got.err)
		}
	}
}

func TestInspectBadInput(t *testing.T) {
	w := t.TempDir()
	write(t, filepath.Join(w, "blog/a.md"), []byte("Words \x1b[31m and more.\n"))
	if got := tellwell(w, "inspect", "blog/b.md"); got.status != incomplete || !strings.Contains(got.out, "did you mean a.md") && !strings.Contains(got.out, "no such file") {
		t.Errorf("a page that is not there: status %d, %s%s", got.status, got.out, got.err)
	}
	if got := tellwell(w, "inspect"); got.status != misused {
		t.Errorf("no page: status %d", got.status)
	}
	if got := tellwell(w, "inspect", "blog/a.md"); strings.Contains(got.out, "\x1b") {
		t.Errorf("an escape of the page's reaches the terminal: %q", got.out)
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}
