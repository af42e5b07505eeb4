package editors

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/example-org/tellwell/review/judge"
)

// examples are passages on which editors remarked when a word or a piece of evidence stands in them.
func madeUp() []*Example {
	var out []*Example
	for i := range 600 {
		p := &judge.Passage{Features: map[string]float64{"words": float64(i % 7), "particular": float64(i % 3)}, Words: []string{"the", fmt.Sprint("word", i%11)}}
		e := &Example{Page: i / 10, Source: fmt.Sprint("s", i%20), Passage: p, Remarked: map[string]float64{}, Blocks: map[int]bool{i % 10: true}}
		if i%11 == 3 || i%3 == 0 && i%7 > 4 {
			e.Remarked["undifferentiated-claim"], e.Remarked[judge.Any] = 1, 1
		}
		if i%3 == 2 {
			e.Remarked[judge.Good] = 1
		}
		out = append(out, e)
	}
	return out
}

func TestFit(t *testing.T) {
	g := Usual
	g.Trees = 40
	m, left := Fit(madeUp(), g)
	again, _ := Fit(madeUp(), g)
	if !bytes.Equal(m.Write("x"), again.Write("x")) {
		t.Error("the same marks gave another model")
	}
	right := 0
	for i, e := range madeUp() {
		likely := left[i].Probability("undifferentiated-claim") > .5
		if likely == (e.Remarked["undifferentiated-claim"] == 1) {
			right++
		}
	}
	if right < 560 {
		t.Errorf("of 600 passages of sources it had not seen, %d are judged as the editors did", right)
	}
	if words := m.Telling("undifferentiated-claim", []string{"the", "word3", "word4"}, 3); len(words) != 1 || words[0] != "word3" {
		t.Errorf("the telling words are %v", words)
	}
}
