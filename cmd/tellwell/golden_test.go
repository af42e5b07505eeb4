package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the diff as prose")

// golden holds got against testdata/golden/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	goldenFile(t, filepath.Join("testdata", "golden", name), got)
}

// goldenFile holds got against a file, and tells the first line in which they differ.
func goldenFile(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if where := firstDifference(got, lines(string(want))); where != "" {
		t.Errorf("%s differs; look at what changed, then go test ./cmd/tellwell -update rewrites it\n%s", file, where)
	}
}

// firstDifference says in which line two texts part, and what stands there; it is empty when they don't.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		now, then := "(nothing)", "(nothing)"
		if i < len(g) {
			now = g[i]
		}
		if i < len(w) {
			then = w[i]
		}
		if now != then {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, now, then)
		}
	}
	return ""
}
