package main

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/example-org/tellwell/review"
)

// columnsOf returns the 1-based UTF-16 columns of the words within a line.
func columnsOf(t *testing.T, line, words string) (column, end int) {
	t.Helper()
	before, _, ok := strings.Cut(line, words)
	if !ok {
		t.Fatalf("%q does not hold %q", line, words)
	}
	column = len(utf16.Encode([]rune(before))) + 1
	return column, column + len(utf16.Encode([]rune(words)))
}

func TestQuotedMarksTheWordsMeant(t *testing.T) {
	long := strings.Repeat("The round begins before dawn. ", 40)
	for _, c := range []struct{ name, line, words, shown, mark string }{
		{"plain", "Meet Relay 4 today", "Relay 4", "Meet Relay 4 today", "     ~~~~~~~"},
		{"wide characters take two cells", "認證 Relay 東京 4", "東京", "認證 Relay 東京 4", "           ~~~~"},
		{"beyond the basic plane", "🚚🚚 our tankers", "our", "🚚🚚 our tankers", "     ~~~"},
		{"combining marks take none", "cafe\u0301 Relay", "Relay", "cafe\u0301 Relay", "     ~~~~~"},
		{"a family is one character", "👩‍👩‍👧 home", "home", "👩‍👩‍👧 home", "   ~~~~"},
		{"tabs become spaces", "a\tb Relay", "Relay", "a   b Relay", "      ~~~~~"},
		{"indentation is left out", "    - Relay is fast", "Relay", "- Relay is fast", "  ~~~~~"},
		{"white space is not underlined", "Relay   ", "Relay   ", "Relay", "~~~~~"},
		{"control characters are harmless", "\x1b[2J Relay", "Relay", "�[2J Relay", "     ~~~~~"},
		{"window at the start", "Relay 4. " + long, "Relay 4", "Relay 4. The round begins before dawn.…", "~~~~~~~"},
		{"window in the middle", long + "Relay 4. " + long, "Relay 4", "…dawn. Relay 4. The round begins …", "       ~~~~~~~"},
		{"window at the end", long + "Relay 4", "Relay 4", "…The round begins before dawn. Relay 4", "                               ~~~~~~~"},
		{"words wider than the window", long, strings.TrimSpace(long), "The round begins before dawn. The roun…", strings.Repeat("~", 38)},
	} {
		t.Run(c.name, func(t *testing.T) {
			column, end := columnsOf(t, c.line, c.words)
			for _, page := range []string{c.line, "first\n" + c.line + "\nthird", "first\r\n" + c.line + "\r\n"} {
				number := 1 + strings.Count(strings.SplitN(page, c.line, 2)[0], "\n")
				got, ok := quoted([]byte(page), review.Comment{Line: number, EndLine: number, Column: column, EndColumn: end}, 40)
				if !ok || got.words != c.shown || got.mark != c.mark {
					t.Errorf("quoted = %v\n%q\n%q, want\n%q\n%q", ok, got.words, got.mark, c.shown, c.mark)
				}
			}
		})
	}
}

func TestQuotedShowsTheFirstLineOfSeveral(t *testing.T) {
	got, _ := quoted([]byte("We are glad, and so \nare you"), review.Comment{Line: 1, EndLine: 2, Column: 8, EndColumn: 4}, 40)
	if want := (excerpt{"We are glad, and so", "       ~~~~~~~~~~~~"}); got != want {
		t.Errorf("quoted = %+v, want %+v", got, want)
	}
}

func TestQuotedHasNothingToShow(t *testing.T) {
	for _, c := range []struct {
		page string
		line int
	}{{"one line", 2}, {"one line", 0}, {"", 2}} {
		if got, ok := quoted([]byte(c.page), review.Comment{Line: c.line, EndLine: c.line, Column: 1, EndColumn: 2}, 40); ok {
			t.Errorf("line %d of %q is shown as %+v", c.line, c.page, got)
		}
	}
}

func TestALineOfMegabytesIsShownAtOnce(t *testing.T) {
	line := strings.Repeat("e\u0301a ", 1<<20)
	allocated := testing.AllocsPerRun(1, func() {
		quoted([]byte(line), review.Comment{Line: 1, EndLine: 1, Column: 2 << 20, EndColumn: 2<<20 + 9}, 80)
	})
	if allocated > 20_000 {
		t.Errorf("showing a window of a long line allocates %v times", allocated)
	}
}

func FuzzQuoted(f *testing.F) {
	f.Add([]byte("Meet Relay 4 today"), 1, 6, 13, 40)
	f.Add([]byte("\ufeffa\tb\r\n\xff🚚e\u0301 東京"), 2, 1, 4, 41)
	f.Add([]byte(strings.Repeat("👩‍👩‍👧", 90)), 1, 100, 900, 50)
	f.Fuzz(func(t *testing.T, page []byte, line, column, end, width int) {
		width = narrowest + int(uint(width)%widestLines)
		got, ok := quoted(page, review.Comment{Line: line, EndLine: line, Column: column, EndColumn: end}, width)
		if !ok {
			return
		}
		if cells(got.words) > width || cells(got.mark) > width {
			t.Errorf("wider than %d cells: %q %q", width, got.words, got.mark)
		}
		if got.words != harmless(got.words) || strings.Trim(got.mark, " ~") != "" {
			t.Errorf("not harmless: %q %q", got.words, got.mark)
		}
	})
}
