package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// A paint wraps words in a colour. The zero paint leaves them as they are.
type paint struct{ on string }

func (p paint) of(words string) string {
	if p.on == "" || words == "" {
		return words
	}
	return "\x1b[" + p.on + "m" + words + "\x1b[0m"
}

// A palette is how the parts of a review are told apart where there is colour. The zero palette has none.
type palette struct {
	path, words, underline, link, quiet, heading paint
}

var colours = palette{
	path:      paint{"1"},
	words:     paint{""},
	underline: paint{"33"},
	link:      paint{"36"},
	quiet:     paint{"2"},
	heading:   paint{"1"},
}

// palette returns the colours to use on standard output: always, never, or (auto) on a terminal that shows them, unless
// NO_COLOR is set to anything (https://no-color.org) or the terminal calls itself dumb.
func (w *world) palette(when string) palette {
	switch when {
	case "always":
		showsColour(w.stdout) // some terminals must be told; whether they listen is the person's to know
		return colours
	case "never":
		return palette{}
	}
	if w.getenv("NO_COLOR") != "" || w.getenv("TERM") == "dumb" || !isTerminal(w.stdout) || !showsColour(w.stdout) {
		return palette{}
	}
	return colours
}

// isTerminal reports whether a stream leads to a person's terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

const (
	plainWidth  = 80  // of what is not a terminal
	widestLines = 100 // lines longer than this are tiring to read
	narrowest   = 40  // below this, wrapped lines help nobody
)

// textWidth returns how many cells a line of text may take on a stream.
func textWidth(stream io.Writer) int {
	if isTerminal(stream) {
		if width, _, err := term.GetSize(int(stream.(*os.File).Fd())); err == nil && width > 0 {
			return max(narrowest, min(width, widestLines))
		}
	}
	return plainWidth
}
