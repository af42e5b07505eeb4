package review

import (
	"testing"

	"github.com/example-org/tellwell/prose"
)

const kilnWords = `
# what a kiln is praised for
world-class
hold* the heat     # holds, holding
best of all
best
fire*
Leeds Kiln
`

func TestReadListed(t *testing.T) {
	list := ReadList(kilnWords)
	for text, want := range map[string]struct{ first, count int }{
		"It is world-class.":                  {2, 1},
		"It holds the heat and held the heat": {1, 1},
		"Holding the heat.":                   {0, 1},
		"It is best of all.":                  {2, 1}, // the longest phrase, once
		"It is best of any, and best.":        {2, 2},
		"A Leeds kiln, fired firing fire.":    {1, 3},
		"The heat is held.":                   {-1, 0},
		"Worldclass.":                         {-1, 0},
		"holds the":                           {-1, 0}, // a phrase cut short by the end
		"what a kiln":                         {-1, 0}, // a comment of the list
		"“It is world-class, all of it,” she said, and fired it.": {9, 2},
	} {
		words := prose.Parse("a.md", []byte(text)).Prose()[0].Words
		if got := list.Find(words); got != want.first {
			t.Errorf("%q: first at %d, want %d", text, got, want.first)
		}
		if got := list.Count(words); got != want.count {
			t.Errorf("%q: %d phrases, want %d", text, got, want.count)
		}
	}
	if list.Find(nil) != -1 || list.Count(nil) != 0 {
		t.Error("found something in no words")
	}
}

func TestHolds(t *testing.T) {
	list := ReadList(kilnWords)
	for name, want := range map[string]bool{
		"best": true, "BEST": true, "World-Class": true, "firing": false, "fires": true, "bes": false, "": false, "Leeds Kiln": true, "Leeds": false,
	} {
		if got := list.Holds(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
	if (List{}).Holds("best") || ReadList("").Holds("") || ReadList("# nothing\n\n").Holds("nothing") {
		t.Error("an empty list holds something")
	}
}
