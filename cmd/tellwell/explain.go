package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

type explainCommand struct {
	Check string `arg:"" optional:"" help:"The check to explain, as a review names it. Without one, all checks are listed."`
}

func (explainCommand) Help() string {
	return `Every question of a review ends in the name of the check that asked it:

    tellwell explain                  the checks, one line each
    tellwell explain stock-opening    what it looks for and why it matters`
}

func (c explainCommand) run(w *world) (status, error) {
	if c.Check == "" {
		return reviewed, listChecks(w.stdout, checks.All)
	}
	check, err := findCheck(c.Check, checks.All)
	if err != nil {
		return 0, err
	}
	_, err = io.WriteString(w.stdout, strings.TrimRight(lines(check.Doc), "\n")+"\n")
	return reviewed, err
}

// findCheck returns the check of that name, whatever its case.
func findCheck(name string, all []*review.Check) (*review.Check, error) {
	var names []string
	for _, check := range all {
		if strings.EqualFold(check.Name, name) {
			return check, nil
		}
		names = append(names, check.Name)
	}
	return nil, misuse(didYouMean(name, names, "tellwell explain lists them"), "no check named %q", name)
}

// listChecks tells each check in a line.
func listChecks(out io.Writer, all []*review.Check) error {
	widest := 0
	for _, check := range all {
		widest = max(widest, len(check.Name))
	}
	for _, check := range all {
		line := fmt.Sprintf("%-*s  %-7s  %s", widest, check.Name, check.Family, gist(check))
		if _, err := fmt.Fprintln(out, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return nil
}

// gist is what a check's documentation says first: its title, or, where that is only the name, its first sentence.
func gist(check *review.Check) string {
	var paragraph []string
	for line := range strings.Lines(lines(check.Doc) + "\n") {
		line = strings.TrimSpace(line)
		title := strings.HasPrefix(line, "#")
		line = strings.Trim(line, "# `*_")
		switch {
		case title && len(paragraph) == 0 && !strings.EqualFold(line, check.Name):
			return line
		case line == "" && len(paragraph) == 0, title && len(paragraph) == 0:
			continue
		case line == "" || title:
			return firstSentence(strings.Join(paragraph, " "))
		}
		paragraph = append(paragraph, line)
	}
	return firstSentence(strings.Join(paragraph, " "))
}

// firstSentence returns text up to its first full stop, question mark or exclamation mark with a space after it.
func firstSentence(text string) string {
	for i := 0; i+1 < len(text); i++ {
		if strings.IndexByte(".?!", text[i]) >= 0 && text[i+1] == ' ' {
			return text[:i+1]
		}
	}
	return text
}

// lines returns text with the line ends of Unix, whatever the checkout made of them.
func lines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }
