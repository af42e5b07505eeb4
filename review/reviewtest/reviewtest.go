// Package reviewtest is the harness every check is tested with: pages as authors write them, with a remark beside each line that a
// reviewer should stop at.
//
// Every txtar archive in a check's testdata folder is one situation, and its comment says which. Its files are content pages, by any
// path. Files below primers/ are the team's primer, and .github/tellwell.yml is the configuration; both may be left out. A page that
// is to be remarked on says so at the end of the line where the passage begins:
//
//	# Meet Relay 4 <!-- want "names the thing" -->
//	title: Meet Relay 4 # want "names the thing" "announces"
//
// The second form is for front matter. Each quoted text is part of what is told there: the message, the question, the name of a piece
// of evidence or the words it was seen in, the primer's heading, or the check's name. "want summary" holds a remark to the summary. A
// page on which the check does not speak at all, because of its kind or because it was waved through, says so with a part of the
// reason, so that no page passes by never being judged:
//
//	layout: changelog # want silence "release-notes"
//
// The remarks are taken out before the page is read. Silence counts: a finding nobody wanted fails as loudly as a want nobody met.
package reviewtest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/example-org/tellwell/review"
)

// Run tests one check: it is valid, every situation in testdata/*.txtar of the calling package is told as wanted, and of the two pages
// in its documentation the first gets a finding and the mended one none.
func Run(t *testing.T, check *review.Check) {
	t.Helper()
	if err := review.Validate([]*review.Check{check}); err != nil {
		t.Errorf("the check is not valid:\n%v", err)
	}
	t.Run("documentation", func(t *testing.T) {
		for _, failure := range documented(check) {
			t.Error(failure)
		}
	})
	archives, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("no situations in testdata/*.txtar (%v); write one", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) // whatever the checkout made of the line ends
			for _, failure := range judge(check, name, txtar.Parse(src)) {
				t.Error(failure)
			}
		})
	}
}

// Good tests that pages written as they should be get nothing from any of the checks: those of the archives, and the mended page of each
// check's documentation.
func Good(t *testing.T, checks []*review.Check, archives ...string) {
	t.Helper()
	var failures []string
	for _, name := range archives {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")))
		failures = append(failures, quiet(checks, name, archive.Files)...)
	}
	for _, check := range checks {
		if _, good, faults := examples(check.Doc); faults == nil {
			failures = append(failures, quiet(checks, check.Name+", "+mended, good)...)
		}
	}
	for _, failure := range failures {
		t.Error(failure)
	}
}
