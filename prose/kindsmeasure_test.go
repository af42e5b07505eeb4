package prose

import (
	"crypto/md5"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// evalPage is one page of the training set beside the repository, with the kind that an editor gave it.
type evalPage struct {
	id, repo, path, kind string
	src                  []byte
}

// evalPages reads the training pages; the test is skipped where TELLWELL_EVAL does not name their folder.
func evalPages(t *testing.T) []evalPage {
	root := os.Getenv("TELLWELL_EVAL")
	if root == "" {
		t.Skip("TELLWELL_EVAL is not set, so there are no pages to measure on")
	}
	index, err := os.ReadFile(filepath.Join(root, "train/pages/index.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var pages []evalPage
	for i, line := range strings.Split(strings.TrimSpace(string(index)), "\n") {
		f := strings.Split(line, "\t")
		if i == 0 || len(f) < 5 {
			continue
		}
		src, err := os.ReadFile(filepath.Join(root, "train/pages", f[1]))
		if err != nil {
			t.Fatal(err)
		}
		labels, err := os.ReadFile(filepath.Join(root, "train/labels/A", f[0]+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var label struct{ Kind string }
		if err := json.Unmarshal(labels, &label); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, evalPage{f[0], f[2], f[4], label.Kind, src})
	}
	return pages
}

// fitted reports whether the cues were fitted on a source's pages: half of the sources were, the others measure.
func fitted(repo string) bool {
	sum := md5.Sum([]byte(repo))
	return sum[md5.Size-1]%2 == 0
}

// How often the guessed kind is the editor's. "other" has no kind of ours; release notes and legal pages have none of theirs.
func TestMeasureKinds(t *testing.T) {
	pages := evalPages(t)
	for _, half := range []string{"fitted", "held back"} {
		for _, withPath := range []bool{true, false} {
			table := map[string]map[string]int{}
			right, said, all := 0, 0, 0
			for _, e := range pages {
				if fitted(e.repo) != (half == "fitted") {
					continue
				}
				path := e.path
				if !withPath {
					path = "page" + filepath.Ext(e.path)
				}
				page := Parse(path, e.src)
				kind, reason := page.DeclaredKind()
				if kind == Unknown {
					kind, reason = page.GuessedKind()
				}
				if table[e.kind] == nil {
					table[e.kind] = map[string]int{}
				}
				table[e.kind][string(kind)]++
				all++
				if kind != Unknown {
					said++
				}
				if string(kind) == e.kind {
					right++
				} else if os.Getenv("TELLWELL_LIST") == half && withPath {
					t.Logf("%s %-10s as %-13s %s | %s | %s", e.id, e.kind, kind, reason, page.Title.Text, e.path)
				}
			}
			t.Logf("%s, path %v: %d of %d right, %d said\n%s", half, withPath, right, all, said, confusion(table))
		}
	}
}

func confusion(table map[string]map[string]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-11s", "")
	for _, k := range Kinds {
		fmt.Fprintf(&b, "%10.9s", k)
	}
	var rows []string
	for k := range table {
		rows = append(rows, k)
	}
	sort.Strings(rows)
	for _, row := range rows {
		fmt.Fprintf(&b, "\n%-11s", row)
		for _, k := range Kinds {
			fmt.Fprintf(&b, "%10d", table[row][string(k)])
		}
	}
	fmt.Fprintf(&b, "\n%-11s", "precision")
	for _, k := range Kinds {
		n := 0
		for _, row := range rows {
			n += table[row][string(k)]
		}
		fmt.Fprintf(&b, "%10.2f", float64(table[string(k)][string(k)])/float64(max(n, 1)))
	}
	return b.String()
}

// Which pages are left alone, and why; to be read.
func TestMeasureLeftAlone(t *testing.T) {
	for _, e := range evalPages(t) {
		page := Parse(e.path, e.src)
		if reason := page.Foreign(); reason != "" {
			t.Logf("foreign %s: %s | %s | %s", e.id, reason, page.Title.Text, e.path)
		}
		if reason := page.BadNews(); reason != "" {
			t.Logf("bad news %s: %s | %s | %s", e.id, reason, page.Title.Text, e.path)
		}
	}
}
