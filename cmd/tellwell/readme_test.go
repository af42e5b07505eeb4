package main

import (
	"os"
	"strings"
	"testing"
)

// The comment that README shows first is one that tellwell really makes of testdata/site.
func TestReadmeShowsARealComment(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile("testdata/site.golden.txt")
	if err != nil {
		golden, err = os.ReadFile("../../testdata/site.golden.txt")
	}
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```\n")
	shown, _, ok := strings.Cut(rest, "```")
	if !ok || strings.TrimSpace(shown) == "" {
		t.Fatal("README shows no comment between its first fences")
	}
	if !strings.Contains(strings.ReplaceAll(string(golden), "\r\n", "\n"), strings.TrimRight(shown, "\n")) {
		t.Errorf("README shows a comment that tellwell does not make now:\n%s", shown)
	}
}
