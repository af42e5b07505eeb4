package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

// TestRealChangesReplayed makes each real change a branch of a repository and reviews it: what is said must stand on lines that the
// change added, by a reading of git's answer that owes nothing to ours.
func TestRealChangesReplayed(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git was not found on this machine")
	}
	folder := filepath.Join(evalFolder(t), "prs")
	replayed, pages, alone := 0, 0, map[string]int{}
	told := map[string]map[review.Place]int{}
	changes := changesIn(t, folder)
	repo := replay(t, folder, changes)
	for _, change := range changes {
		t.Run(change, func(t *testing.T) {
			plan := reviewedAs(t, tellwell(repo, "review", "--diff", change+"~1..."+change, "--format", "json", "."))
			text := folderText(t, filepath.Join(folder, change, "head"))
			held(t, plan, text)
			for _, p := range plan.Problems {
				inFile(t, p, text)
				reads(t, p)
				t.Logf("%s: %s", placed(p.Path, p.Line), p.Message)
			}
			replayed++
			added := addedLines(t, repo, change)
			inline := 0
			for _, page := range plan.Pages {
				pages++
				if page.LeftAlone != "" {
					alone[strings.SplitN(page.LeftAlone, ":", 2)[0]]++
				}
				if len(added[page.Path]) == 0 {
					t.Errorf("%s is read, and no line of it was added", page.Path)
				}
				for _, c := range page.Findings {
					if told[c.Check] == nil {
						told[c.Check] = map[review.Place]int{}
					}
					told[c.Check][c.Place]++
					if c.Place == review.Inline {
						inline++
					}
					onAdded(t, text(page.Path), page.Path, c, added[page.Path])
				}
			}
			if most := review.Default().Budget.PerPullRequest; inline > most {
				t.Errorf("%d inline comments, more than %d", inline, most)
			}
		})
	}
	if replayed == 0 || len(told) == 0 {
		t.Errorf("%d changes replayed, comments %v", replayed, told)
	}
	t.Logf("%d changes, %d changed pages", replayed, pages)
	for _, check := range slices.Sorted(maps.Keys(told)) {
		t.Logf("%3d inline %3d in the summary  %s", told[check][review.Inline], told[check][review.Summary], check)
	}
	for _, why := range slices.Sorted(maps.Keys(alone)) {
		t.Logf("%3d left alone: %s", alone[why], why)
	}
}

// changesIn returns the names of the changes that a folder's index.tsv lists.
func changesIn(t *testing.T, folder string) []string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(folder, "index.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(bytes.NewReader(src))
	in.Comma, in.LazyQuotes = '\t', true
	rows, err := in.ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d rows in index.tsv: %v", len(rows), err)
	}
	at := slices.Index(rows[0], "replay_dir")
	if at < 0 {
		t.Fatalf("index.tsv has no replay_dir, only %v", rows[0])
	}
	var ids []string
	for _, row := range rows[1:] {
		ids = append(ids, row[at])
	}
	return ids
}

// replay returns a repository in which each change is a branch of its own: a commit before it and a commit with it. Nothing is
// checked out, so that a review can only know what git tells it.
func replay(t *testing.T, folder string, changes []string) string {
	t.Helper()
	var in bytes.Buffer // of git fast-import(1)
	for _, change := range changes {
		for _, side := range []string{"base", "head"} {
			fmt.Fprintf(&in, "commit refs/heads/%s\ncommitter Ines <ines@example.com> 1767600000 +0000\ndata %d\n%s\ndeleteall\n", change, len(side), side)
			files := os.DirFS(filepath.Join(folder, change, side))
			err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
				if path == "." && errors.Is(err, fs.ErrNotExist) {
					return nil // all its pages are new, or all are gone
				}
				if err != nil || entry.IsDir() {
					return err
				}
				text, err := fs.ReadFile(files, path)
				fmt.Fprintf(&in, "M 100644 inline %s\ndata %d\n%s\n", path, len(text), text)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	repo := t.TempDir()
	git(t, repo, nil, "init", "-q", "-b", "main")
	git(t, repo, &in, "fast-import", "--quiet")
	return repo
}

// git runs git in a repository as somebody without settings of their own, and returns what it answers.
func git(t *testing.T, repo string, in io.Reader, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stdin = repo, in
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %v: %v", args, err)
	}
	return string(out)
}

// addedLines returns the lines that a change added, by page, from the heads of git's hunks without context: "@@ -12,3 +12,4 @@"
// added lines 12 to 15.
func addedLines(t *testing.T, repo, change string) map[string]map[int]bool {
	t.Helper()
	added := map[string]map[int]bool{}
	file := ""
	diff := git(t, repo, nil, "-c", "core.quotepath=off", "diff", "-U0", "--find-renames", "--histogram", "--text", change+"~1", change)
	for line := range strings.Lines(diff) {
		line = strings.TrimRight(line, "\r\n")
		if name, ok := strings.CutPrefix(line, "+++ "); ok {
			file = strings.TrimPrefix(strings.Trim(strings.TrimSuffix(name, "\t"), `"`), "b/")
			added[file] = map[int]bool{}
		}
		if !strings.HasPrefix(line, "@@ ") {
			continue
		}
		first, count, ranged := strings.Cut(strings.TrimPrefix(strings.Fields(line)[2], "+"), ",")
		from, err := strconv.Atoi(first)
		if err != nil {
			t.Fatalf("hunk %q: %v", line, err)
		}
		n := 1
		if ranged {
			if n, err = strconv.Atoi(count); err != nil {
				t.Fatalf("hunk %q: %v", line, err)
			}
		}
		for i := range n {
			added[file][from+i] = true
		}
	}
	return added
}

// onAdded asserts that a comment stands on lines that were added, and that a check which judges a passage by itself quotes one that
// was changed.
func onAdded(t *testing.T, source []byte, path string, c review.Comment, added map[int]bool) {
	t.Helper()
	said := fmt.Sprintf("%s:%d-%d: %s (%s) of “%s”", path, c.Line, c.EndLine, c.Check, c.Place, c.Quote)
	touched := false
	for line := c.Line; line <= c.EndLine; line++ {
		touched = touched || added[line]
		if c.Place == review.Inline && !added[line] {
			t.Errorf("%s stands on line %d, which was not added", said, line)
		}
	}
	if i := slices.IndexFunc(checks.All, func(check *review.Check) bool { return check.Name == c.Check }); i < 0 || checks.All[i].Rests != review.OnPassage {
		return
	}
	if !touched {
		t.Errorf("%s: none of its lines was added", said)
	}
	words, ok := wordsAt(source, c)
	if ok && !among(words, c.Quote) && !among(c.Quote, words) {
		t.Errorf("%s stands beside other words: “%s”", said, words)
	}
}

// among reports whether the words of part come in whole, in their order; markup may stand between them.
func among(whole, part string) bool {
	all := wordsOf(whole)
	for _, word := range wordsOf(part) {
		i := slices.Index(all, word)
		if i < 0 {
			return false
		}
		all = all[i+1:]
	}
	return true
}

// wordsOf returns the words of a text, in lower case and without what stands around them.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
