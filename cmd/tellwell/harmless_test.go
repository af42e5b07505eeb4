package main

import (
	"slices"
	"testing"
)

func TestHarmless(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text stays", "Meet Relay 4 — “today”", "Meet Relay 4 — “today”"},
		{"joined emoji stay", "👩‍👩‍👧", "👩‍👩‍👧"},
		{"an escape is seen and does nothing", "a\x1b[31mb", "a�[31mb"},
		{"so is the escape of eight bits", "a\u009b31mb", "a�31mb"},
		{"line ends become spaces", "a\r\nb\u2028c\td", "a  b c d"},
		{"directions are not turned", "a\u202eb\u2066c", "a�b�c"},
		{"bytes that are no UTF-8", "a\xff\xfeb", "a��b"},
		{"a byte order mark goes", "\ufeffa", "a"},
		{"a bell and a deletion", "a\x07\x7f", "a��"},
	} {
		if got := harmless(c.in); got != c.want {
			t.Errorf("%s: harmless(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  []string
	}{
		{"", 10, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"one  two\nthree", 20, []string{"one two three"}},
		{"see https://example.com/a/long/address now", 10, []string{"see", "https://example.com/a/long/address", "now"}},
		{"東京 東京", 8, []string{"東京", "東京"}},
	} {
		if got := wrapped(c.in, c.width); !slices.Equal(got, c.want) {
			t.Errorf("wrapped(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}
