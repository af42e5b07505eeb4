package github

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/example-org/tellwell/review"
)

// ReadPatch reads a file's patch as GitHub gives it, which is hunks without the lines that name the file: the lines that were added, and
// the lines of the new text that each hunk shows, which are the ones that a comment may stand on. A patch that breaks off is an error.
func ReadPatch(patch string) (added, hunks []review.LineRange, err error) {
	if patch == "" {
		return nil, nil, nil
	}
	if !hunkHead.MatchString(patch) {
		return nil, nil, errors.New("its patch can't be read: it does not begin with a hunk")
	}
	files, problems := review.ParseDiff([]byte("diff --git a/page b/page\n--- a/page\n+++ b/page\n" + patch))
	switch {
	case len(problems) > 0:
		return nil, nil, fmt.Errorf("its patch can't be read: %s", strings.TrimSuffix(problems[0].Message, "; make the diff anew with: git diff BASE...HEAD"))
	case len(files) != 1:
		return nil, nil, errors.New("its patch speaks of several files")
	}
	for line := range strings.Lines(patch) { // every line within a hunk begins with its mark, so that none is taken for a head
		m := hunkHead.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		first, count := integer(m[1]), 1
		if m[2] != "" {
			count = integer(m[2])
		}
		switch {
		case count == 0:
		case first == 0 || len(hunks) > 0 && first <= hunks[len(hunks)-1].Last:
			return nil, nil, errors.New("its patch can't be read: its hunks are not in order")
		default:
			hunks = append(hunks, review.LineRange{First: first, Last: first + count - 1})
		}
	}
	return files[0].Change.Added, hunks, nil
}

var hunkHead = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@`)

func integer(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// around is how many lines git shows around a change.
const around = 3

// Compare makes of two texts what ReadPatch reads in their patch, where GitHub gives none.
func Compare(before, after string) (added, hunks []review.LineRange) {
	total := strings.Count(after, "\n")
	if after != "" && !strings.HasSuffix(after, "\n") {
		total++
	}
	from, line := 0, 1 // line of after at which before[from:] goes on
	for _, edit := range udiff.Lines(before, after) {
		line += strings.Count(before[from:edit.Start], "\n")
		from = edit.End
		count := strings.Count(edit.New, "\n")
		if edit.New != "" && !strings.HasSuffix(edit.New, "\n") {
			count++
		}
		if count > 0 {
			added = append(added, review.LineRange{First: line, Last: line + count - 1})
		}
		shown := review.LineRange{First: max(1, line-around), Last: min(total, line+count-1+around)}
		line += count
		switch n := len(hunks); {
		case shown.First > shown.Last:
		case n > 0 && shown.First <= hunks[n-1].Last+1:
			hunks[n-1].Last = max(hunks[n-1].Last, shown.Last)
		default:
			hunks = append(hunks, shown)
		}
	}
	return added, hunks
}

// within returns the hunk that holds a line.
func within(hunks []review.LineRange, line int) (review.LineRange, bool) {
	for _, h := range hunks {
		if h.First <= line && line <= h.Last {
			return h, true
		}
	}
	return review.LineRange{}, false
}
