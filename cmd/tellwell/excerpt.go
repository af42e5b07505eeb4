package main

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/example-org/tellwell/review"
)

// An excerpt is a line of the author's page as a terminal can show it, and below it a line that marks the words meant.
type excerpt struct{ words, mark string }

// A cell is one character as a reader sees it, and how much room it takes.
type cell struct {
	text   string
	width  int
	marked bool
}

// quoted returns the line on which a comment stands, with its words marked. A line that is too wide is shown as a window around
// the words; of words that go on over several lines, the first line is shown. It returns false when the page has no such line.
func quoted(source []byte, c review.Comment, width int) (excerpt, bool) {
	line, ok := lineOf(source, c.Line)
	if !ok {
		return excerpt{}, false
	}
	start := offsetOf(line, c.Column)
	end := len(line)
	if c.EndLine <= c.Line {
		end = offsetOf(line, c.EndColumn)
	}
	for end > start && (line[end-1] == ' ' || line[end-1] == '\t') {
		end-- // white space is nothing to underline
	}
	return windowed(line, start, end, width), true
}

// lineOf returns a line of source, by its 1-based number, without its end and without a byte order mark.
func lineOf(source []byte, number int) ([]byte, bool) {
	source = bytes.TrimPrefix(source, []byte("\xef\xbb\xbf"))
	for n := 1; ; n++ {
		line, rest, more := bytes.Cut(source, []byte("\n"))
		if n == number {
			return bytes.TrimRight(line, "\r"), true
		}
		if !more {
			return nil, false
		}
		source = rest
	}
}

// offsetOf returns the byte at which a 1-based column of UTF-16 code units stands, at most the line's length.
func offsetOf(line []byte, column int) int {
	i := 0
	for units := 1; i < len(line) && units < column; {
		r, size := utf8.DecodeRune(line[i:])
		units++
		if r >= 0x10000 {
			units++
		}
		i += size
	}
	return i
}

// windowed shows line in at most width cells, so that the words from start to end are seen with some of what surrounds them.
func windowed(line []byte, start, end, width int) excerpt {
	// A line can be megabytes long: only what could be shown is looked at. No character that matters takes over 32 bytes.
	from, to := max(0, start-32*width), min(len(line), start+32*width)
	for from > 0 && from < start && !utf8.RuneStart(line[from]) {
		from++
	}
	for to < len(line) && to > start && !utf8.RuneStart(line[to]) {
		to--
	}
	shown, first := cellsOf(line[from:to], start-from, end-from)
	if from == 0 {
		for first > 0 && strings.TrimSpace(shown[0].text) == "" {
			shown, first = shown[1:], first-1 // indentation says nothing here
		}
	}
	left, right := 0, len(shown)
	cutLeft, cutRight := from > 0, to < len(line)
	if cutLeft || cutRight || widthOf(shown) > width {
		left, right = window(shown, first, width)
		cutLeft, cutRight = cutLeft || left > 0, cutRight || right < len(shown)
	}
	var words, mark strings.Builder
	put := func(c cell) {
		words.WriteString(c.text)
		fill := " "
		if c.marked {
			fill = "~"
		}
		mark.WriteString(strings.Repeat(fill, c.width))
	}
	ellipsis := cell{text: "…", width: 1}
	if cutLeft {
		put(ellipsis)
	}
	for _, c := range shown[left:right] {
		put(c)
	}
	if cutRight {
		put(ellipsis)
	}
	return excerpt{strings.TrimRight(words.String(), " "), strings.TrimRight(mark.String(), " ")}
}

// cellsOf cuts bytes into characters as a reader sees them, marks those from start to end, and says which is the first marked.
// Where nothing is marked, because the place is a point, the character at start is.
func cellsOf(line []byte, start, end int) (out []cell, first int) {
	first = -1
	column := 0
	at := 0
	characters := displaywidth.BytesGraphemes(line)
	for characters.Next() {
		raw := characters.Value()
		c := cell{text: harmless(string(raw)), marked: at < end && at+len(raw) > start}
		if len(raw) == 1 && raw[0] == '\t' {
			c.text = strings.Repeat(" ", 4-column%4)
		}
		c.width = cells(c.text)
		if first < 0 && (c.marked || at >= start) {
			first = len(out)
			c.marked = true
		}
		column += c.width
		at += len(raw)
		out = append(out, c)
	}
	if first < 0 {
		first = len(out)
	}
	return out, first
}

// window chooses which cells to show in width, two of them kept for the marks of omission: the first marked one stands at most a
// third in, and the room is used to the end of the line where it reaches.
func window(all []cell, first, width int) (left, right int) {
	room := max(1, width-2)
	left = first
	for before := 0; left > 0 && before+all[left-1].width <= room/3; left-- {
		before += all[left-1].width
	}
	right = left
	used := 0
	for right < len(all) && used+all[right].width <= room {
		used += all[right].width
		right++
	}
	for left > 0 && used+all[left-1].width <= room { // the line ends early: show more of what came before
		left--
		used += all[left].width
	}
	for cut := left; left > 0 && cut < first && cut < left+12; cut++ {
		if all[cut].text == " " { // begin with a whole word when one begins soon
			return cut + 1, right
		}
	}
	return left, right
}

func widthOf(all []cell) int {
	n := 0
	for _, c := range all {
		n += c.width
	}
	return n
}
