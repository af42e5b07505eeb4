package review

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestParseDiff(t *testing.T) {
	for name, test := range map[string]struct {
		diff string
		want []FileChange
	}{
		"empty": {"", nil},
		"modified": {"diff --git a/blog/a.md b/blog/a.md\nindex 1..2 100644\n--- a/blog/a.md\n+++ b/blog/a.md\n" +
			"@@ -1,4 +1,5 @@ # Ovens\n one\n-two\n+2\n+2b\n three\n four\n@@ -9 +10 @@\n-nine\n+9\n\\ No newline at end of file\n",
			[]FileChange{{Path: "blog/a.md", OldPath: "blog/a.md", Change: Change{Added: []LineRange{{2, 3}, {10, 10}}}}}},
		"new": {"diff --git a/blog/a.md b/blog/a.md\nnew file mode 100644\nindex 0..2\n--- /dev/null\n+++ b/blog/a.md\n@@ -0,0 +1,2 @@\n+one\n+two\n",
			[]FileChange{{Path: "blog/a.md", New: true, Change: Change{New: true, Added: []LineRange{{1, 2}}}}}},
		"new and empty": {"diff --git a/a b.md b/a b.md\nnew file mode 100644\nindex 0..0\n",
			[]FileChange{{Path: "a b.md", New: true, Change: Change{New: true}}}},
		"deleted": {"diff --git a/a.md b/a.md\ndeleted file mode 100644\nindex 1..0\n--- a/a.md\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-two\n",
			[]FileChange{{Path: "a.md", OldPath: "a.md", Deleted: true}}},
		"moved": {"diff --git a/old name.md b/new/name.md\nsimilarity index 100%\nrename from old name.md\nrename to new/name.md\n",
			[]FileChange{{Path: "new/name.md", OldPath: "old name.md", Renamed: true, Similarity: 100, Change: Change{Moved: true}}}},
		"renamed and rewritten": {"diff --git a/a.md b/b.md\nsimilarity index 61%\nrename from a.md\nrename to b.md\nindex 1..2 100644\n--- a/a.md\n+++ b/b.md\n@@ -1 +1 @@\n-one\n+1\n",
			[]FileChange{{Path: "b.md", OldPath: "a.md", Renamed: true, Similarity: 61, Change: Change{Added: []LineRange{{1, 1}}}}}},
		"quoted": {"diff --git \"a/caf\\303\\251 \\\"x\\\".md\" \"b/caf\\303\\251 \\\"x\\\".md\"\nindex 1..2\n--- \"a/caf\\303\\251 \\\"x\\\".md\"\n+++ \"b/caf\\303\\251 \\\"x\\\".md\"\n@@ -1 +1 @@\n-a\n+b\n",
			[]FileChange{{Path: "café \"x\".md", OldPath: "café \"x\".md", Change: Change{Added: []LineRange{{1, 1}}}}}},
		"one name quoted": {"diff --git a/cafe.md \"b/caf\\303\\251.md\"\nsimilarity index 95%\nrename from cafe.md\nrename to \"caf\\303\\251.md\"\n",
			[]FileChange{{Path: "café.md", OldPath: "cafe.md", Renamed: true, Similarity: 95, Change: Change{Moved: true}}}},
		"spaces": {"diff --git a/my page.md b/my page.md\nindex 1..2\n--- a/my page.md\t\n+++ b/my page.md\t\n@@ -1 +1 @@\n-a\n+b\n",
			[]FileChange{{Path: "my page.md", OldPath: "my page.md", Change: Change{Added: []LineRange{{1, 1}}}}}},
		"no prefixes": {"diff --git b/a.md b/a.md\nindex 1..2\n--- b/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n+b\n",
			[]FileChange{{Path: "b/a.md", OldPath: "b/a.md", Change: Change{Added: []LineRange{{1, 1}}}}}},
		"other prefixes": {"diff --git c/a.md w/a.md\nindex 1..2\n--- c/a.md\n+++ w/a.md\n@@ -1 +1 @@\n-a\n+b\n",
			[]FileChange{{Path: "a.md", OldPath: "a.md", Change: Change{Added: []LineRange{{1, 1}}}}}},
		"mode only": {"diff --git a/a.md b/a.md\nold mode 100644\nnew mode 100755\n",
			[]FileChange{{Path: "a.md", OldPath: "a.md"}}},
		"binary": {"diff --git a/a.png b/a.png\nindex 1..2\nBinary files a/a.png and b/a.png differ\ndiff --git a/b.md b/b.md\n--- a/b.md\n+++ b/b.md\n@@ -1 +1 @@\n-a\n+b\n",
			[]FileChange{{Path: "a.png", OldPath: "a.png", Binary: true}, {Path: "b.md", OldPath: "b.md", Change: Change{Added: []LineRange{{1, 1}}}}}},
		"lines that look like heads": {"diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n--- a/x.md\n-diff --git a/x b/x\n+++ b/x.md\n+@@ -1 +1 @@\n \n",
			[]FileChange{{Path: "a.md", OldPath: "a.md", Change: Change{Added: []LineRange{{1, 2}}}}}},
		"no context": {"diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -4,0 +5 @@\n+five\n@@ -6 +6,0 @@\n-six\n@@ -9,2 +8,2 @@\n-a\n-b\n+c\n+d\n",
			[]FileChange{{Path: "a.md", OldPath: "a.md", Change: Change{Added: []LineRange{{5, 5}, {8, 9}}}}}},
		"blank context without its space": {"diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n\n-a\n+b\n\n",
			[]FileChange{{Path: "a.md", OldPath: "a.md", Change: Change{Added: []LineRange{{2, 2}}}}}},
		"without git": {"--- a.md\t2026-03-01 10:00:00\n+++ a.md\t2026-03-02 10:00:00\n@@ -1 +1 @@\n-a\n+b\n--- b.md\n+++ b.md\n@@ -1 +1 @@\n-a\n+b\n",
			[]FileChange{{Path: "a.md", OldPath: "a.md", Change: Change{Added: []LineRange{{1, 1}}}}, {Path: "b.md", OldPath: "b.md", Change: Change{Added: []LineRange{{1, 1}}}}}},
		"a patch by mail": {"From 12 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] ovens\n+ more heat\n\n---\n a.md | 2 +-\n\ndiff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n+b\n-- \n2.39.2\n",
			[]FileChange{{Path: "a.md", OldPath: "a.md", Change: Change{Added: []LineRange{{1, 1}}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, form := range []string{test.diff, strings.ReplaceAll(test.diff, "\n", "\r\n")} {
				got, problems := ParseDiff([]byte(form))
				if len(problems) > 0 {
					t.Errorf("problems: %v", problems)
				}
				if !reflect.DeepEqual(got, test.want) {
					t.Errorf("%q\n got %+v\nwant %+v", form, got, test.want)
				}
			}
		})
	}
}

func TestParseDiffKeepsWhatItCouldRead(t *testing.T) {
	const a = "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,3 @@\n one\n+two\n"
	const b = "diff --git a/b.md b/b.md\n--- a/b.md\n+++ b/b.md\n@@ -1 +1 @@\n-a\n+b\n"
	for name, test := range map[string]struct {
		diff  string
		line  int
		added [][]LineRange
	}{
		"breaks off at the end":    {b + a, 12, [][]LineRange{{{1, 1}}, {{2, 2}}}},
		"breaks off before a file": {a + b, 7, [][]LineRange{{{2, 2}}, {{1, 1}}}},
		"a head nobody can read":   {strings.Replace(a, "+1,3", "+1,x", 1) + b, 4, [][]LineRange{nil, {{1, 1}}}},
		"a hunk that goes back":    {b + "@@ -1 +1 @@\n-a\n+b\n", 7, [][]LineRange{{{1, 1}}}},
		"breaks off in a head":     {b + "diff --git a/a.md b/a.md\nindex 1..", 8, [][]LineRange{{{1, 1}}, nil}},
		"a line after the hunk":    {strings.Replace(b, "+1 @@", "+1,0 @@", 1), 6, [][]LineRange{nil}},
		"a line too many":          {strings.Replace(b, "+b\n", "-c\n+b\n", 1), 6, [][]LineRange{nil}},
	} {
		t.Run(name, func(t *testing.T) {
			files, problems := ParseDiff([]byte(test.diff))
			if len(problems) != 1 || problems[0].Line != test.line || problems[0].Path != DiffPath {
				t.Errorf("problems %v, want one on line %d", problems, test.line)
			}
			var added [][]LineRange
			for _, f := range files {
				added = append(added, f.Change.Added)
			}
			if !reflect.DeepEqual(added, test.added) {
				t.Errorf("added %v, want %v", added, test.added)
			}
		})
	}
}

// TestParseDiffOfGit holds the reader against git itself: every line that it says was added must be one that git marks with a plus.
func TestParseDiffOfGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed here")
	}
	pages := []string{"", "one\n", "one", "one\ntwo\nthree\n", "two\nthree\nfour", "one\r\ntwo\r\n", "\n\n\n", "--- a\n+++ b\n@@ -1 +1 @@\n", "one\ntwo\n\nthree\ntwo\n"}
	dir := t.TempDir()
	for i, before := range pages {
		for step := range 4 { // not all pairs, since starting git takes its time
			j := (i + step) % len(pages)
			after := pages[j]
			old, new := filepath.Join(dir, "old page.md"), filepath.Join(dir, "neue Seité.md")
			if err := os.WriteFile(old, []byte(before), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(new, []byte(after), 0o600); err != nil {
				t.Fatal(err)
			}
			command := exec.Command(git, "diff", "--no-index", "--no-color", "--no-ext-diff", filepath.Base(old), filepath.Base(new))
			command.Dir = dir
			diff, err := command.Output()
			if exit := exitStatus(err); exit > 1 {
				t.Fatalf("git diff: %v", err)
			}
			files, problems := ParseDiff(diff)
			if len(problems) > 0 || i != j && len(files) != 1 {
				t.Fatalf("%q to %q: %v %v\n%s", before, after, files, problems, diff)
			}
			var got, want []string
			lines := strings.Split(after, "\n")
			for _, f := range files {
				if f.Path != "neue Seité.md" {
					t.Errorf("path %q", f.Path)
				}
				for _, r := range f.Change.Added {
					got = append(got, lines[r.First-1:r.Last]...)
				}
			}
			_, hunks, _ := bytes.Cut(diff, []byte("\n@@ "))
			for line := range strings.SplitSeq(string(hunks), "\n") {
				if text, ok := strings.CutPrefix(line, "+"); ok {
					want = append(want, text)
				}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%q to %q: added %q, git says %q", before, after, got, want)
			}
		}
	}
}

// exitStatus returns the exit status in err, 0 when there is none.
func exitStatus(err error) int {
	if exit, ok := err.(*exec.ExitError); ok {
		return exit.ExitCode()
	}
	return 0
}

func FuzzDiff(f *testing.F) {
	inputs, err := filepath.Glob("../testdata/bad/diff/*.diff")
	if err != nil {
		f.Fatal(err)
	}
	for _, input := range inputs {
		src, err := os.ReadFile(input)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("diff --git a/a.md b/b.md\nsimilarity index 95%\nrename from a.md\nrename to b.md\n--- a/a.md\n+++ b/b.md\n@@ -1,2 +1,2 @@\n one\n-a\n+b\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		files, problems := ParseDiff(src)
		for _, file := range files {
			if file.Path == "" {
				t.Errorf("a file without a path: %+v", file)
			}
			last := 0
			for i, r := range file.Change.Added {
				if r.First <= last || r.Last < r.First || i > 0 && r.First == last+1 {
					t.Errorf("lines not in order and apart: %v", file.Change.Added)
				}
				last = r.Last
			}
		}
		for _, p := range problems {
			if p.Line < 1 || p.Line > lineCount(src) || p.Message == "" {
				t.Errorf("a problem out of place: %+v", p)
			}
		}
	})
}
