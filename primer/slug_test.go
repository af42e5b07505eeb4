package primer

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// The anchors of one page, against the answers of npm github-slugger 2.0.0.
func TestSlugs(t *testing.T) {
	src, err := os.ReadFile("testdata/slugs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var page slugger
	for line := range strings.Lines(string(src)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		h, a, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("testdata/slugs.txt: %q is no case", line)
		}
		heading, want := unquoted(t, h), unquoted(t, a)
		if got := page.slug(heading); got != want {
			t.Errorf("slug(%q) = %q, want %q", heading, got, want)
		}
	}
}

func unquoted(t *testing.T, s string) (out string) {
	t.Helper()
	if err := json.Unmarshal([]byte(s), &out); err != nil {
		t.Fatalf("testdata/slugs.txt: %s: %v", s, err)
	}
	return out
}

// Every character there is: the digest is of the ranges that github-slugger 2.0.0 keeps, a line "first-last" each in hexadecimal.
func TestAnchoredAsGithubSlugger(t *testing.T) {
	const want = "c2e835a2afed11704a05858bf7efd3eb117c701006461be1878034d5ca693ff6"
	sum := sha256.New()
	start := rune(-1)
	for r := rune(0); r <= 0x110000; r++ {
		surrogate := 0xD800 <= r && r <= 0xDFFF
		kept := r < 0x110000 && !surrogate && anchored(r)
		if kept && start < 0 {
			start = r
		}
		if !kept && start >= 0 {
			fmt.Fprintf(sum, "%x-%x\n", start, r-1)
			start = -1
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		t.Errorf("the characters kept differ from github-slugger's (digest %s): has this Go a newer Unicode? Add its letters to after13", got)
	}
}
