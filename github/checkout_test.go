package github

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	one = "1111111111111111111111111111111111111111"
	two = "2222222222222222222222222222222222222222"
)

func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "ROOT", folder)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestHeadOf(t *testing.T) {
	for _, tt := range []struct {
		name    string
		files   map[string]string
		want    string
		wantErr string
	}{
		{"detached, as actions/checkout leaves it", map[string]string{".git/HEAD": one + "\n"}, one, ""},
		{"a branch", map[string]string{".git/HEAD": "ref: refs/heads/a/b\n", ".git/refs/heads/a/b": two + "\n"}, two, ""},
		{"a packed branch", map[string]string{".git/HEAD": "ref: refs/heads/main\n",
			".git/packed-refs": "# pack-refs with: peeled fully-peeled sorted\n" + one + " refs/heads/mai\n" + two + " refs/heads/main\n^" + one + "\n"}, two, ""},
		{"a branch that went on after it was packed", map[string]string{".git/HEAD": "ref: refs/heads/main\n",
			".git/refs/heads/main": one, ".git/packed-refs": two + " refs/heads/main\n"}, one, ""},
		{"SHA-256", map[string]string{".git/HEAD": strings.Repeat("a1", 32)}, strings.Repeat("a1", 32), ""},
		{"a worktree", map[string]string{".git": "gitdir: ROOT/main/.git/worktrees/w\n", "main/.git/worktrees/w/HEAD": "ref: refs/heads/w\n",
			"main/.git/worktrees/w/commondir": "../..\n", "main/.git/packed-refs": one + " refs/heads/w\n"}, one, ""},
		{"a submodule", map[string]string{".git": "gitdir: other\n", "other/HEAD": one}, one, ""},
		{"no checkout", map[string]string{"page.md": "# Page"}, "", "there is no HEAD"},
		{"a branch without a commit", map[string]string{".git/HEAD": "ref: refs/heads/main"}, "", "there is no refs/heads/main"},
		{"branches in a table (reftable)", map[string]string{".git/HEAD": "ref: refs/heads/.invalid\n"}, "", "there is no refs/heads/.invalid"},
		{"branches in a circle", map[string]string{".git/HEAD": "ref: refs/heads/a", ".git/refs/heads/a": "ref: refs/heads/a"}, "", "refer to each other"},
		{"a way out", map[string]string{".git/HEAD": "ref: refs/../../x", "x": one}, "", "holds no commit"},
		{"nonsense", map[string]string{".git/HEAD": "hello"}, "", "holds no commit"},
	} {
		got, err := HeadOf(lay(t, tt.files))
		if got != tt.want || (err == nil) != (tt.wantErr == "") || err != nil && !strings.Contains(err.Error(), tt.wantErr) {
			t.Errorf("%s: %q, %v; want %q, %q", tt.name, got, err, tt.want, tt.wantErr)
		}
	}
}

func TestCheckoutGivesWhatTheCommitHolds(t *testing.T) {
	const hello = "ce013625030ba8dba906f756967f9e9ca394464a" // of "hello\n", by git hash-object
	folder := lay(t, map[string]string{".git/HEAD": one, "blog/a.md": "hello\n", "blog/edited.md": "hello!\n", "outside.md": "hello\n"})
	for _, link := range [][2]string{{"a.md", "blog/link.md"}, {"../../outside.md", "blog/out.md"}} {
		if err := os.Symlink(link[0], filepath.Join(folder, link[1])); err != nil {
			t.Skip(err)
		}
	}
	if _, err := openCheckout(folder, two); err == nil || !strings.Contains(err.Error(), "stands at 1111111") {
		t.Errorf("a checkout of another commit: %v", err)
	}
	c, err := openCheckout(folder, one)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	for path, want := range map[string]bool{
		"blog/a.md": true, "blog/edited.md": false, "blog/link.md": false, "blog/out.md": false, "../x.md": false, "/etc/passwd": false, "blog": false, "none.md": false,
	} {
		text, ok := c.read(path, hello)
		if ok != want || ok && string(text) != "hello\n" {
			t.Errorf("%s: %q, %v; want %v", path, text, ok, want)
		}
	}
}
