package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestPrimerCommands(t *testing.T) {
	t.Setenv("TELLWELL_TODAY", "2025-06-01")
	w := absolute(t, site)
	for name, args := range map[string][]string{
		"primer-lint.txt": {"primer", "lint"},
		"primer-find.txt": {"primer", "find", "loud", "enough"},
		"primer-gaps.txt": {"primer", "gaps"},
		"topics.txt":      {"topics"},
		"primer-new.txt":  {"primer", "new", "customer", "Stage", "managers", "--dry-run"},
	} {
		got := tellwell(w, args...)
		if got.status != reviewed {
			t.Errorf("%q: status %d: %s", args, got.status, got.err)
		}
		golden(t, name, got.out)
	}
	if got := tellwell(w, "primer", "lint", "--fail-on-findings"); got.status != findings {
		t.Errorf("status %d", got.status)
	}
}

func TestPrimerNewOverwritesNothing(t *testing.T) {
	w := t.TempDir()
	if got := tellwell(w, "primer", "new", "competitor", "Quillet"); got.status != reviewed || got.out != "primers/quillet.md\n" {
		t.Fatalf("status %d: %s%s", got.status, got.out, got.err)
	}
	write(t, filepath.Join(w, "primers/quillet.md"), []byte("# Quillet\n\n## What they say\n\nThe loudest loop.\n"))
	if got := tellwell(w, "primer", "new", "competitor", "quillet"); got.status != incomplete || !strings.Contains(got.err, "is there already") {
		t.Errorf("status %d: %s", got.status, got.err)
	}
	if src, _ := os.ReadFile(filepath.Join(w, "primers/quillet.md")); !strings.Contains(string(src), "The loudest loop.") {
		t.Errorf("it holds %q", src)
	}
	for _, args := range [][]string{{"primer", "new", "rival"}, {"primer", "new", "customer", "///"}} {
		if got := tellwell(w, args...); got.status != misused || !strings.Contains(got.err, "hint:") {
			t.Errorf("%q: status %d: %s", args, got.status, got.err)
		}
	}
}

func TestPrimerLintSince(t *testing.T) {
	w := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@b.example"}, args...)...)
		cmd.Dir = w
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("git: %v\n%s", err, out)
		}
	}
	git("init", "-q")
	page := filepath.Join(w, "primers/bakers.md")
	write(t, page, []byte("# Bakers\n\n## Pains\n\nOne two.\n"))
	git("add", ".")
	git("commit", "-qm", "a")
	write(t, page, []byte("# Bakers\n\n## Pain points\n\nOne two.\n"))
	got := tellwell(w, "primer", "lint", "--since", "HEAD")
	if got.status != reviewed || !strings.Contains(got.out, `heading "Pains" is "Pain points" now`) {
		t.Errorf("status %d: %s%s", got.status, got.out, got.err)
	}
	if got := tellwell(w, "primer", "lint", "--since", "nowhere"); got.status != misused {
		t.Errorf("status %d: %s", got.status, got.err)
	}
}

func TestWithoutAPrimer(t *testing.T) {
	for _, args := range [][]string{{"primer", "lint"}, {"primer", "find", "x"}, {"topics"}} {
		if got := tellwell(t.TempDir(), args...); got.status != incomplete || !strings.Contains(got.err, "tellwell primer new customer") {
			t.Errorf("%q: status %d: %s%s", args, got.status, got.out, got.err)
		}
	}
}
