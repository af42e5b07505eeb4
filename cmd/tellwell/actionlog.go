package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"strings"

	"github.com/example-org/tellwell/review"
)

// An actionLog writes the log of a run. GitHub's runner reads that log too, and executes lines that look like its commands, so that
// no line may be one by accident: page texts, file names and what GitHub answers are written by others.
//
// The runner executes a line that begins with "::" after any white space, and a line with "##[" anywhere in it
// (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse). Both searches skip
// characters that nobody sees.
type actionLog struct {
	out      io.Writer
	commands commander
	hidden   []string // never written
}

// A commander gives the runner commands. What it is handed is data, and it escapes it.
type commander interface {
	AddMask(string)
	Group(string)
	EndGroup()
	issue(name, message string, properties map[string]string)
}

// Write writes what was made safe, or a command, without what is hidden.
func (l *actionLog) Write(p []byte) (int, error) {
	if _, err := io.WriteString(l.out, l.clean(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// clean returns text without what is hidden.
func (l *actionLog) clean(text string) string {
	for _, secret := range l.hidden {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return text
}

// hide has the runner mask a secret wherever this job would log it, and keeps it out of what we write ourselves.
func (l *actionLog) hide(secret string) {
	l.commands.AddMask(secret)
	l.hidden = append(l.hidden, secret)
}

// say writes one line that is no command, whatever is in it.
func (l *actionLog) say(format string, args ...any) {
	fmt.Fprintln(l, noCommand(fmt.Sprintf(format, args...)))
}

// group writes lines that fold away under a title. The words in them are others', so the runner is told to read no commands until it
// meets a word that nobody else can know.
func (l *actionLog) group(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	resume := "resume-" + rand.Text()
	l.commands.Group(title)
	l.commands.issue("stop-commands", resume, nil)
	for _, line := range lines {
		l.say("  %s", line)
	}
	l.commands.issue(resume, "", nil)
	l.commands.EndGroup()
}

// warn writes a warning that shows on the run's page.
func (l *actionLog) warn(text string) {
	l.commands.issue("warning", harmless(text), map[string]string{"title": "tellwell"})
}

// note writes an annotation on the lines of a page.
func (l *actionLog) note(n review.Notice) {
	l.commands.issue("notice", n.Message, map[string]string{
		"file": n.Path, "line": fmt.Sprint(n.StartLine), "endLine": fmt.Sprint(n.EndLine), "title": "tellwell: " + n.Title,
	})
}

// noCommand returns text as one line that the runner does not take for a command.
func noCommand(text string) string {
	text = harmless(text)
	if strings.Contains(text, "#") {
		text = strings.NewReplacer("[", "(", "]", ")").Replace(text)
	}
	for i := 0; i < len(text); i++ {
		if text[i] == ' ' {
			continue
		}
		if c := text[i] | 0x20; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return text[:i] + "· " + text[i:] // a line begins with a letter, a digit or this dot
		}
		break
	}
	return text
}

// explain says why there is a comment, and why there is none: of each page how it was judged, and of each question where it is told.
func (l *actionLog) explain(pull *review.Pull, plan *review.Plan, deeds review.Deeds) {
	read := []string{fmt.Sprintf("pull request #%d by %s, %.12s, against %s at %.12s", pull.Number, pull.Author, pull.Head, pull.BaseRef, pull.Base)}
	if pull.Config == nil {
		read = append(read, "no "+review.ConfigPath+" there, so the settings are as tellwell comes")
	}
	read = append(read, count(len(pull.Primer), "page", "pages")+" of the primer; "+count(len(pull.Files), "file", "files")+" changed, of which tellwell reads "+
		count(len(plan.Pages), "page", "pages"))
	for _, page := range plan.Pages {
		why := page.Kind + ", " + page.KindReason
		if page.LeftAlone != "" {
			why = "left alone: " + page.LeftAlone
		}
		read = append(read, page.Path+": "+why)
	}
	l.group("What was read", read)

	var asked []string
	for _, page := range plan.Pages {
		for _, c := range page.Findings {
			asked = append(asked, fmt.Sprintf("%s:%d %s, %s: “%s”", page.Path, c.Line, c.Check, whereTold(page.Path, c, deeds), c.Quote))
		}
	}
	for _, e := range deeds.Edits {
		asked = append(asked, fmt.Sprintf("comment %d is edited: its passage has changed", e.Number))
	}
	l.group("What there is to ask, and where it is told", asked)

	var problems []string
	for _, p := range plan.Problems {
		at := p.Path
		if p.Line > 0 {
			at = fmt.Sprintf("%s:%d", p.Path, p.Line)
		}
		problems = append(problems, strings.TrimPrefix(at+": ", ": ")+p.Message)
	}
	l.group("What could not be done", problems)
	if deeds.Silent != "" {
		l.say("No inline comment: %s.", deeds.Silent)
	}
}

// whereTold says where a question is told, or why it is not.
func whereTold(path string, c review.Comment, deeds review.Deeds) string {
	for _, p := range deeds.Posts {
		if p.Path == path && p.Comment.Mark == c.Mark && p.Comment.Check == c.Check {
			return "posted"
		}
	}
	for _, n := range deeds.Notices {
		if n.Path == path && n.StartLine == c.Line && n.Title == c.Check {
			return "an annotation"
		}
	}
	switch {
	case c.Place != review.Inline:
		return "in the summary"
	case deeds.Silent != "":
		return "not posted: " + deeds.Silent
	}
	return "not posted: asked before, waved through, or beyond the budget"
}
