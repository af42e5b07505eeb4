package review

import (
	"math"
	"testing"

	"github.com/example-org/tellwell/prose"
)

const steamPage = `---
title: Steam at three
description: How a small bakery kept its crust
---

Kajsa lights the oven at three. The street is dark.
The first loaves go in before the milk comes.

Nobody else is up.

## The loaf that split

It split along the side, and she knew why.

` + "```\nsteam = 0\n```" + `

## What she did

She opened the valve.
Then she waited.
`

func TestChange(t *testing.T) {
	page := prose.Parse("blog/steam.md", []byte(steamPage))
	first := spanOf(t, page, "Kajsa lights the oven at three.")
	for name, test := range map[string]struct {
		change  *Change
		touches bool // first
		share   float64
		judges  bool
	}{
		"whole page":        {nil, true, 1, true},
		"new":               {&Change{New: true}, true, 1, true},
		"nothing":           {&Change{}, false, 0, false},
		"title":             {&Change{Added: []LineRange{{2, 2}}}, false, 0, true},
		"subtitle":          {&Change{Added: []LineRange{{3, 3}}}, false, 0, true},
		"front fence":       {&Change{Added: []LineRange{{4, 5}}}, false, 0, false},
		"opening":           {&Change{Added: []LineRange{{6, 6}}}, true, 10. / 39, true},
		"opening's last":    {&Change{Added: []LineRange{{7, 7}}}, false, 9. / 39, true},
		"after the opening": {&Change{Added: []LineRange{{9, 9}}}, false, 4. / 39, false},
		"code":              {&Change{Added: []LineRange{{15, 17}}}, false, 0, false},
		"heading":           {&Change{Added: []LineRange{{11, 11}}}, false, 0, false},
		"less than a third": {&Change{Added: []LineRange{{13, 13}, {22, 22}}}, false, 12. / 39, false},
		"a third":           {&Change{Added: []LineRange{{9, 9}, {13, 13}}}, false, 13. / 39, true},
		"more than a third": {&Change{Added: []LineRange{{9, 9}, {13, 13}, {21, 22}}}, false, 20. / 39, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.change.Touches(page, first); got != test.touches {
				t.Errorf("Touches = %v, want %v", got, test.touches)
			}
			if got := test.change.Share(page); math.Abs(got-test.share) > 1e-9 {
				t.Errorf("Share = %v, want %v", got*39, test.share*39)
			}
			if got := test.change.Judges(page); got != test.judges {
				t.Errorf("Judges = %v, want %v", got, test.judges)
			}
		})
	}
}

func TestChangeNearest(t *testing.T) {
	page := prose.Parse("blog/steam.md", []byte(steamPage))
	for _, test := range []struct {
		why   string
		added []LineRange
		words string
		want  LineRange
		ok    bool
	}{
		{"its own line", []LineRange{{6, 7}}, "Kajsa lights", LineRange{6, 6}, true},
		{"its own lines", []LineRange{{1, 30}}, "The street is dark.\nThe first loaves", LineRange{6, 7}, true},
		{"those of its lines that were added", []LineRange{{7, 9}}, "The street is dark.\nThe first loaves", LineRange{7, 7}, true},
		{"the nearest line in the section", []LineRange{{6, 6}, {9, 9}}, "The first loaves", LineRange{6, 6}, true},
		{"no line of another section", []LineRange{{6, 9}}, "It split along", LineRange{}, false},
		{"words before code", []LineRange{{11, 11}, {16, 16}}, "It split along", LineRange{11, 11}, true},
		{"code when there is nothing else", []LineRange{{16, 16}}, "It split along", LineRange{16, 16}, true},
		{"no blank line", []LineRange{{12, 12}, {14, 14}}, "It split along", LineRange{}, false},
		{"the title by the opening", []LineRange{{7, 7}}, "Steam at three", LineRange{7, 7}, true},
		{"the title itself", []LineRange{{2, 7}}, "Steam at three", LineRange{2, 2}, true},
		{"the last section", []LineRange{{22, 22}}, "She opened the valve.", LineRange{22, 22}, true},
	} {
		got, ok := (&Change{Added: test.added}).Nearest(page, spanOf(t, page, test.words))
		if got != test.want || ok != test.ok {
			t.Errorf("%s: %v %v, want %v %v", test.why, got, ok, test.want, test.ok)
		}
	}
	for _, change := range []*Change{nil, {New: true}} {
		if got, ok := change.Nearest(page, spanOf(t, page, "It split along")); !ok || got != (LineRange{13, 13}) {
			t.Errorf("%v: %v %v, want line 13", change, got, ok)
		}
	}
}
