package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/example-org/tellwell/review"
)

// mostSummary is how many bytes of a step's job summary GitHub shows; of more it shows nothing
// (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits).
const mostSummary = 1 << 20

const summaryCut = "\n\nThe summary is longer than GitHub shows and ends here. The output json names a file with all of it.\n"

// cutSummary returns what fits into a job summary: all of text, or its whole lines up to where it must end, and a sentence that says so.
func cutSummary(text string) string {
	text = strings.ToValidUTF8(text, "�")
	if len(text) < mostSummary { // and a newline
		return text
	}
	end := mostSummary - 1 - len(summaryCut)
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	if line := strings.LastIndexByte(text[:end], '\n'); line > 0 {
		end = line
	}
	return text[:end] + summaryCut
}

// reviewFile is where the whole review lies as JSON, in the workspace, which later steps see too. Its name is no page's.
const reviewFile = "tellwell-review.json"

// writeReview writes the plan into the workspace. The workspace may hold what a pull request brought, so that nothing there is followed
// or written through: not even a link of our file's name, which could lead into the files by which a step sets its environment.
func writeReview(workspace string, plan *review.Plan) error {
	var out bytes.Buffer
	if err := tellJSON(&out, plan); err != nil {
		return err
	}
	root, err := os.OpenRoot(workspace)
	if err != nil {
		return fmt.Errorf("open the workspace: %w", bare(err))
	}
	defer root.Close()
	if err := root.Remove(reviewFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("replace %s: %w", reviewFile, bare(err))
	}
	f, err := root.OpenFile(reviewFile, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write %s: %w", reviewFile, bare(err))
	}
	_, err = f.Write(out.Bytes())
	return errors.Join(err, f.Close())
}

// fenced returns text, which may hold others' words, as Markdown that shows it as it is and acts on nothing in it.
func fenced(text string) string {
	return "```text\n" + strings.ReplaceAll(harmless(text), "```", "'''") + "\n```\n"
}
