package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/review"
)

// TestBadPages holds what is said of broken pages, and what is still seen of them, against a golden file. Read its diff as prose.
func TestBadPages(t *testing.T) { reviewBad(t, "page", "blog") }

// TestBadFrontMatter does the same for pages whose front matter is broken.
func TestBadFrontMatter(t *testing.T) { reviewBad(t, "front", "blog") }

// TestBadPrimers does the same for broken primer pages, each the only one that a small site has.
func TestBadPrimers(t *testing.T) { reviewBad(t, "primer", "primers") }

// reviewBad reviews each input of a folder under testdata/bad, put into a folder of a small site.
func reviewBad(t *testing.T, inputs, into string) {
	folder := filepath.Join(top, "testdata", "bad", inputs)
	files, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil || len(files) < 10 {
		t.Fatalf("inputs %v: %v", files, err)
	}
	var out strings.Builder
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := into + "/" + filepath.Base(file)
		dir := smallSite(t)
		write(t, filepath.Join(dir, filepath.FromSlash(name)), src)
		page := name
		if into == "primers" {
			page = meetRelay
		}
		plan := reviewedAs(t, tellwell(dir, "review", "--format", "json", page))
		text := folderText(t, dir)
		held(t, plan, text)
		fmt.Fprintf(&out, "-- %s --\n", filepath.Base(file))
		for _, p := range plan.Problems {
			inFile(t, p, text)
			reads(t, p)
			if p.Path != name {
				t.Errorf("%s has a problem of %s: %s", name, p.Path, p.Message)
			}
			fmt.Fprintf(&out, "%s: %s\n", placed(p.Path, p.Line), p.Message)
		}
		for _, p := range plan.Pages {
			tellShort(&out, p)
		}
	}
	goldenFile(t, filepath.Join(folder, "golden.txt"), out.String())
}

// tellShort tells of a page what weights and wording leave as it is: its kind, what was found where, and what that leads to.
func tellShort(out *strings.Builder, page review.PagePlan) {
	if page.LeftAlone != "" {
		fmt.Fprintf(out, "%s left alone: %s\n", page.Path, page.LeftAlone)
		return
	}
	fmt.Fprintf(out, "%s read as %s: %s\n", page.Path, page.Kind, page.KindReason)
	for _, c := range page.Findings {
		leads := ""
		if c.Primer != nil {
			leads = " → " + c.Primer.URL
			if c.Primer.Heading == "" {
				leads = " → " + c.Primer.Ask
			}
		}
		fmt.Fprintf(out, "  %d:%d %s%s\n", c.Line, c.Column, c.Check, leads)
	}
}

// meetRelay is the one page of the small site in which primers are tried: it opens on the product, so that it asks the primer something.
const meetRelay = "blog/meet-relay.md"

// smallSite returns a folder with a configuration and one page.
func smallSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	config := "version: 1\ncompany: {names: [Relay Ovens], products: [Relay 4]}\n"
	write(t, filepath.Join(dir, filepath.FromSlash(review.ConfigPath)), []byte(config))
	write(t, filepath.Join(dir, filepath.FromSlash(meetRelay)), []byte(`# Introducing Relay 4

We are thrilled to announce Relay 4, our most powerful oven yet. Relay 4 offers thermal recovery and world-class batch completion for
bakers everywhere. It is a complete solution that helps you get more done, with an easy-to-use interface and seamless integration.
`))
	return dir
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// programmers matches words of parsers and of Go that say nothing to somebody in marketing.
var programmers = regexp.MustCompile(
	`(?i)yaml:|toml:|json:|unmarshal|invalid character|unexpected|%!|\bnil\b|\beof\b|strconv|goroutine|\bnode\b|\btoken\b|offset \d`)

// nextStep matches what a sentence needs to leave nobody where they were: what to do, or what was done instead.
var nextStep = regexp.MustCompile(`; |, so |did you mean`)

// reads asserts that a problem reads as one sentence that somebody in marketing can act on.
func reads(t *testing.T, p review.Problem) {
	t.Helper()
	for _, c := range []struct {
		wrong bool
		what  string
	}{
		{strings.ContainsAny(p.Message, "\n\r\t\x00\x1b"), "holds a control character"},
		{strings.HasSuffix(p.Message, ".") || strings.Contains(p.Message, ". "), "is more than one sentence, or ends in a full stop"},
		{len(strings.Fields(p.Message)) > 40, "is too long to be read"},
		{!nextStep.MatchString(p.Message), "names no next step"},
		{programmers.MatchString(p.Message), "speaks as a programmer"},
		{strings.Contains(p.Message, p.Path), "tells its file twice"},
		{slices.Contains([]string{"", " "}, p.Message), "is empty"},
	} {
		if c.wrong {
			t.Errorf("%s: %q %s", placed(p.Path, p.Line), p.Message, c.what)
		}
	}
}
