package main

import (
	"path/filepath"
	"testing"
)

func TestParseHistory(t *testing.T) {
	for _, c := range []struct {
		written string
		want    history
		wrong   bool
	}{
		{"main...launch", history{"main", "launch", true}, false},
		{"main...", history{"main", "HEAD", true}, false},
		{"...launch", history{"HEAD", "launch", true}, false},
		{"main..launch", history{"main", "launch", false}, false},
		{"main..", history{"main", "HEAD", false}, false},
		{"main", history{"main", "", false}, false},
		{"v1.2", history{"v1.2", "", false}, false},
		{"origin/a/b...HEAD~2", history{"origin/a/b", "HEAD~2", true}, false},
		{"", history{}, true},
		{" ", history{}, true},
		{"...", history{}, true},
		{"..", history{}, true},
	} {
		got, err := parseHistory(c.written)
		if got != c.want || (err != nil) != c.wrong {
			t.Errorf("parseHistory(%q) = %+v, %v, want %+v", c.written, got, err, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	root := t.TempDir()
	w := &world{dir: filepath.Join(root, "blog")}
	r := &repo{root: root}
	for _, c := range []struct {
		path, file string
		want       bool
	}{
		{"a.md", "blog/a.md", true},
		{"a.md", "a.md", false},
		{".", "blog/2026/a.md", true},
		{".", "blogs/a.md", false},
		{"..", "docs/a.md", true},
		{"../docs", "docs/deep/a.md", true},
		{"../do", "docs/a.md", false},
		{"*.md", "blog/a.md", true},
		{"*.md", "blog/2026/a.md", false},
		{"**/*.md", "blog/2026/a.md", true},
		{"20*", "blog/2026/a.md", true},
		{"../d*/*.md", "docs/a.md", true},
		{"../d*/*.md", "blog/a.md", false},
		{filepath.Join(root, "blog"), "blog/a.md", true},
	} {
		if got := w.names(r, []string{"nosuch", c.path}, c.file); got != c.want {
			t.Errorf("%q names %q: %v, want %v", c.path, c.file, got, c.want)
		}
	}
}
