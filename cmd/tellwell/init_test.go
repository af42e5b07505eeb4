package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/example-org/tellwell/review"
)

// laid lays one of the repositories out in a folder of its own.
func laid(t *testing.T, name string) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/init/repositories.txtar")
	if err != nil {
		t.Fatal(err)
	}
	w, n := t.TempDir(), 0
	for _, f := range archive.Files {
		if path, ok := strings.CutPrefix(f.Name, name+"/"); ok {
			write(t, filepath.Join(w, path), f.Data)
			n++
		}
	}
	if n == 0 {
		t.Fatalf("no repository %s", name)
	}
	return w
}

// texts returns every file below a folder, by its path.
func texts(t *testing.T, w string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(w, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		src, err := os.ReadFile(file)
		rel, _ := filepath.Rel(w, file)
		out[filepath.ToSlash(rel)] = string(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// From nothing to a first review, on five kinds of repository: nothing is written over, and the second run changes nothing.
func TestInit(t *testing.T) {
	t.Setenv("TELLWELL_TODAY", "2026-05-04")
	for name, want := range map[string]struct {
		told    []string          // of what was seen
		holds   map[string]string // a file, and what it holds
		without string            // in no file that was written
	}{
		"hugo": {
			[]string{"made by Hugo (hugo.toml)", "4 pages of content", "called Ovenside", "Products with a page of their own: Ember", "1 quotation", "Crumbly"},
			map[string]string{
				".github/tellwell.yml":     "company:\n  names:\n    - Ovenside\n  products:\n    - Ember\n",
				"primers/our-customers.md": "> \"I used to set two alarms, one for me and one for the oven,\" — Petra Hollis, head baker at Mill Lane (content/customers/mill-lane.md, line 6)",
				"primers/crumbly.md":       "kind: competitor",
				"primers/our-industry.md":  "- DRC: dough retarding cabinet (content/blog/proving.md)",
			}, "thrilled to be on this journey",
		},
		"jekyll": {
			[]string{"made by Jekyll (_config.yml)", "1 page of content in _posts", "called Tidewise by"},
			map[string]string{".github/tellwell.yml": "- Tidewise\n", "primers/our-view.md": "kind: point-of-view"}, "Harbour",
		},
		"docusaurus": {
			[]string{"made by Docusaurus", "1 page of content in blog", "called Fernlight", "Rivals that a title names: Glowmark"},
			map[string]string{"primers/glowmark.md": "# Glowmark"}, "Install",
		},
		"astro": {
			[]string{"made by Astro", "1 page of content in src", "content.include names them"},
			map[string]string{".github/tellwell.yml": "include:\n    - src/content/**\n"}, "names:\n    -",
		},
		"flat": {
			[]string{"No site generator", "1 page of content in the root", "content.include names them", "left alone .github/workflows/tellwell.yml"},
			map[string]string{".github/workflows/tellwell.yml": "name: ours\n"}, "names:\n    -",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := laid(t, name)
			before := texts(t, w)
			dry := tellwell(w, "init", "--dry-run")
			if after := texts(t, w); dry.status != reviewed || len(after) != len(before) {
				t.Fatalf("--dry-run: status %d, %d files of %d: %s", dry.status, len(after), len(before), dry.err)
			}
			got := tellwell(w, "init")
			if got.status != reviewed {
				t.Fatalf("status %d: %s%s", got.status, got.out, got.err)
			}
			for _, line := range want.told {
				if !strings.Contains(strings.Join(strings.Fields(got.out), " "), line) {
					t.Errorf("no %q in\n%s", line, got.out)
				}
			}
			after := texts(t, w)
			for file, text := range before {
				if after[file] != text {
					t.Errorf("%s was %q and is %q", file, text, after[file])
				}
			}
			for file, text := range want.holds {
				if !strings.Contains(after[file], text) {
					t.Errorf("%s holds no %q:\n%s", file, text, after[file])
				}
			}
			for file, text := range after {
				if _, old := before[file]; !old && want.without != "" && strings.Contains(text, want.without) {
					t.Errorf("%s holds %q", file, want.without)
				}
			}
			if _, problems := review.ParseConfig(review.ConfigPath, []byte(after[review.ConfigPath]), checkNames()...); len(problems) > 0 {
				t.Errorf("the configuration is not in order: %v\n%s", problems, after[review.ConfigPath])
			}
			if second := tellwell(w, "init"); second.status != reviewed || strings.Contains(second.out, "wrote ") {
				t.Errorf("a second time: status %d: %s", second.status, second.out)
			}
			first := tellwell(w, "review")
			if first.status != reviewed || strings.Contains(first.out, "no questions") || !strings.Contains(first.out, " question") {
				t.Errorf("the first review: status %d\n%s%s", first.status, first.out, first.err)
			}
		})
	}
}

// The workflow that init writes is the one the docs show.
func TestInitWritesTheWorkflowOfTheDocs(t *testing.T) {
	doc, err := os.ReadFile("../../docs/action.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(lines(string(doc)), "```yaml\n# .github/workflows/tellwell.yml\n"+lines(workflow)+"```\n") {
		t.Errorf("docs/action.md shows another workflow than\n%s", workflow)
	}
}

// Settings that are there and not in order are told, and the rest is written all the same.
func TestInitTellsWhatIsNotInOrder(t *testing.T) {
	w := laid(t, "jekyll")
	write(t, filepath.Join(w, ".github/tellwell.yml"), []byte("version: 1\ncontnet:\n  include: [a]\n"))
	got := tellwell(w, "init")
	if got.status != incomplete || !strings.Contains(got.out, ".github/tellwell.yml:2") || !strings.Contains(got.out, "wrote primers/our-view.md") {
		t.Errorf("status %d: %s%s", got.status, got.out, got.err)
	}
}

func TestInitWhereItMayNotWrite(t *testing.T) {
	w := laid(t, "flat")
	write(t, filepath.Join(w, "primers"), []byte("a file where the folder would be"))
	got := tellwell(w, "init")
	if got.status != incomplete || !strings.Contains(got.err, "write primers/our-customers.md") || !strings.Contains(got.err, "hint:") {
		t.Errorf("status %d: %s%s", got.status, got.out, got.err)
	}
}
