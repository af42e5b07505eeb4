package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/example-org/tellwell/review"
)

// A hinted is an error that knows the next step.
type hinted struct {
	err    error
	hint   string // the next step, told on a line of its own; empty when there is none
	status status // what the command ends with
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }

// misuse returns the error for a command line that can't be understood.
func misuse(hint, format string, args ...any) error {
	return &hinted{err: fmt.Errorf(format, args...), hint: hint, status: misused}
}

// cannot returns the error for something that was understood and could not be done.
func cannot(hint, format string, args ...any) error {
	return &hinted{err: fmt.Errorf(format, args...), hint: hint, status: incomplete}
}

// fail tells an error, and its hint on a line of its own, and returns the status that goes with it.
func (w *world) fail(err error) status {
	var h *hinted
	if !errors.As(err, &h) {
		h = &hinted{err: err, status: incomplete}
	}
	fmt.Fprintf(w.stderr, "tellwell: error: %s\n", harmless(err.Error()))
	w.hint(h.hint)
	return h.status
}

// hint tells the next step; an empty one is not told.
func (w *world) hint(text string) {
	if text != "" {
		fmt.Fprintf(w.stderr, "tellwell: hint: %s\n", harmless(text))
	}
}

// didYouMean is the hint for a name nobody knows: the nearest right names, or else otherwise.
func didYouMean(name string, candidates []string, otherwise string) string {
	near := review.Near(name, candidates)
	switch len(near) {
	case 0:
		return otherwise
	case 1:
		return "did you mean " + near[0] + "?"
	}
	return "did you mean " + strings.Join(near[:len(near)-1], ", ") + " or " + near[len(near)-1] + "?"
}

// misunderstood puts kong's errors into our words, with the near names we would offer.
func (w *world) misunderstood(err error) error {
	var told *hinted
	if errors.As(err, &told) {
		return told // it was understood, and came to grief
	}
	said, _, _ := strings.Cut(err.Error(), ", did you mean")
	var parsing *kong.ParseError
	if !errors.As(err, &parsing) || parsing.Context == nil {
		return misuse("tellwell --help shows what there is", "%s", said)
	}
	at := parsing.Context.Selected()
	if at == nil {
		at = parsing.Context.Model.Node
	}
	see := strings.TrimSpace(at.FullPath()) + " --help shows what there is"

	if flag, ok := strings.CutPrefix(said, "unknown flag "); ok {
		return misuse(didYouMean(flag, flagsOf(parsing.Context), see), "no flag named %s", flag)
	}
	if word, ok := strings.CutPrefix(said, "unexpected argument "); ok {
		if len(at.Children) == 0 && len(at.Positional) > 0 {
			return misuse(see, "%s takes one %s, and met %q as well", at.FullPath(), strings.Trim(at.Positional[0].Summary(), "[]<>"), word)
		}
		if len(at.Children) == 0 {
			return misuse(see, "%s takes nothing after it, and met %q", at.FullPath(), word)
		}
		if at.Parent == nil && w.isFile(word) {
			return misuse("tellwell review "+word+" reads it", "no command named %q", word)
		}
		return misuse(didYouMean(word, childrenOf(at), see), "no command named %q", word)
	}
	if flag, _, ok := strings.Cut(said, ": expected string value but got"); ok {
		return misuse(valueOf(parsing.Context, flag)+see, "%s needs a value after it", flag)
	}
	if strings.HasPrefix(said, "expected one of ") {
		return misuse("one of: "+strings.Join(childrenOf(at), ", ")+"; "+see, "%s needs a command after it", at.FullPath())
	}
	return misuse(see, "%s", said)
}

// valueOf tells what stands after a flag, to be followed by where to see more; nothing when that is not known.
func valueOf(parsed *kong.Context, flag string) string {
	for _, f := range parsed.Flags() {
		if "--"+f.Name == flag && f.PlaceHolder != "" {
			return "write " + flag + " " + f.PlaceHolder + "; "
		}
	}
	return ""
}

// flagsOf lists the flags that could stand where the command line broke off.
func flagsOf(parsed *kong.Context) []string {
	var names []string
	for _, flag := range parsed.Flags() {
		names = append(names, "--"+flag.Name)
	}
	return names
}

// childrenOf lists the commands below node.
func childrenOf(node *kong.Node) []string {
	var names []string
	for _, child := range node.Children {
		names = append(names, child.Name)
	}
	return names
}

// isFile reports whether a word of the command line names something on the disk.
func (w *world) isFile(word string) bool {
	_, err := os.Stat(w.abs(word))
	return err == nil
}

// abs returns a path of the command line as an absolute one.
func (w *world) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(w.dir, path)
}

// count puts a number before a word, in the plural where it is not one.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
