package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/example-org/tellwell/review"
)

func TestPassedBy(t *testing.T) {
	for _, c := range []struct {
		match, pattern string
		want           bool
	}{
		{"blog/a.md", "**/*.md", false},
		{"node_modules/x/a.md", "**/*.md", true},
		{"node_modules/x/a.md", "node_modules/**", false},
		{"a/vendor/b.md", "a/**", true},
		{"a/.b/c.md", "a/**", true},
		{"a.md", "*.md", false},
		{".github/a.md", ".github/*.md", false},
	} {
		if got := passesBy(c.match, c.pattern); got != c.want {
			t.Errorf("%s by %s: %v, want %v", c.match, c.pattern, got, c.want)
		}
	}
}

func TestTooBigAndNoFile(t *testing.T) {
	dir := t.TempDir()
	big := filepath.Join(dir, "big.md")
	if err := os.WriteFile(big, make([]byte, maxFile+1), 0o644); err != nil {
		t.Fatal(err)
	}
	fits := filepath.Join(dir, "fits.md")
	if err := os.WriteFile(fits, make([]byte, maxFile), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "blog.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	w := &world{dir: dir, stdin: strings.NewReader(strings.Repeat("x", maxFile+1))}
	g, err := w.gather(&repo{root: dir, config: review.Default()}, []string{"big.md", "fits.md", "-", "blog.md"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(g.sources) != 1 || g.sources[0].Path != "fits.md" || len(g.sources[0].Text) != maxFile {
		t.Errorf("%d sources were read", len(g.sources))
	}
	if len(g.problems) != 2 || g.problems[0].Path != "big.md" || !strings.Contains(g.problems[0].Message, "10 MB") || g.problems[1].Path != "stdin.md" {
		t.Errorf("problems: %+v", g.problems)
	}
}

func TestLinksInFoldersAreNotFollowed(t *testing.T) {
	dir := t.TempDir()
	blog := filepath.Join(dir, "blog")
	if err := os.Mkdir(blog, 0o755); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(secret, []byte("# Secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	if os.Symlink(secret, filepath.Join(blog, "a.md")) != nil || os.Symlink(blog, filepath.Join(blog, "loop")) != nil {
		t.Skip("links can't be made here")
	}
	w := &world{dir: dir}
	g, err := w.gather(&repo{root: dir, config: review.Default()}, []string{"blog"}, "")
	if err != nil || len(g.sources) != 0 || len(g.problems) != 0 {
		t.Errorf("gathered %+v, %v", g, err)
	}
	if g, _ = w.gather(&repo{root: dir, config: review.Default()}, []string{"blog/a.md"}, ""); len(g.sources) != 1 {
		t.Errorf("a link that is named is not read: %+v", g)
	}
}
