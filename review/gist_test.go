package review

import (
	"testing"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

func TestGist(t *testing.T) {
	read := func(src string) *Gist {
		return gistOf(evidence.Read(prose.Parse("blog/a.md", []byte(src)), evidence.DefaultLists()))
	}
	g := read("# Milk\n\nA weekend is 95 euros.\n\nA planner lost a tank on Tuesday. Most dairies are wrong about the lab.\n")
	if g.For == nil || g.For.Line != 5 || g.Stake == nil || g.Stake.Line != 5 || g.Stand == nil || g.Stand.Line != 5 {
		t.Errorf("it reads %s", g)
	}
	if got := read("# Milk\n\nThe tank is made of steel.\n").String(); got != "Who it is for: a reader doesn't find it · what is at stake: a reader doesn't find it · what it says that others would not: a reader doesn't find it" {
		t.Errorf("of a page with none of it: %s", got)
	}
}
