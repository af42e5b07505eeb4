package prose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A marked quotation is one that was marked by hand.
type marked struct{ said, by string }

// readMarked reads a file of marks: "said" and somebody's words, "by" and who says them (nothing when the page does not say), and "not" with
// words in quotation marks that are no quotation. "  # " begins a remark.
func readMarked(t *testing.T, path string) (said []marked, not int) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(src)) {
		line, _, _ = strings.Cut(line, "  # ")
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch rest = strings.TrimSpace(rest); kind {
		case "said":
			said = append(said, marked{said: rest})
		case "by":
			if rest != "nobody named" && rest != "-" {
				said[len(said)-1].by = rest
			}
		case "not":
			not++
		}
	}
	return said, not
}

// lettersOf is a text as two of them are held against each other: without regard to case, white space and the marks at its ends.
func lettersOf(s string) string {
	return strings.Trim(strings.Join(strings.Fields(strings.ToLower(s)), " "), " .,!?:;\"“”‘’'")
}

// All quotations of our pages are found, with their speakers, and none is invented.
func TestQuotationsMarkedByHand(t *testing.T) {
	all, found, spoken, invented, near := 0, 0, 0, 0, 0
	err := filepath.WalkDir("testdata/quotations", func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".said") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel("testdata/quotations", path)
		if err != nil {
			return err
		}
		page := Parse(filepath.ToSlash(name), src)
		check(t, page)
		said, not := readMarked(t, path+".said")
		all, near = all+len(said), near+not
		met := map[int]bool{}
		for _, m := range said {
			hit := -1
			for i, q := range page.Quotations {
				if !met[i] && lettersOf(q.Text) == lettersOf(m.said) {
					hit = i
					break
				}
			}
			if hit < 0 {
				t.Errorf("%s: not found: %q by %q", name, m.said, m.by)
				continue
			}
			met[hit] = true
			found++
			if by := page.Quotations[hit].Speaker; lettersOf(by) == lettersOf(m.by) {
				spoken++
			} else {
				t.Errorf("%s: %q is said by %q, and not by %q", name, m.said, m.by, by)
			}
		}
		for i, q := range page.Quotations {
			if !met[i] {
				invented++
				t.Errorf("%s: invented: %q by %q", name, q.Text, q.Speaker)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d marked and %d near misses: %d found, %d with their speaker, %d invented", all, near, found, spoken, invented)
}
