package review

import "testing"

// What rests on a whole page is silent on a partial, and a layout is no page.
func TestFragments(t *testing.T) {
	check := remarking("missing-stakes", Emotion, remark{"The oven stands in the yard.", .9})
	check.Rests = OnPage
	text := []byte("# One\n\nThe oven stands in the yard.\n")
	plan := Make(Request{Checks: []*Check{check}, Config: roomy(), Sources: []Source{
		{Path: "blog/a.md", Text: text}, {Path: "blog/_a.md", Text: text}, {Path: "_layouts/a.html", Text: text},
	}})
	if a, b := len(plan.Pages[0].Findings), len(plan.Pages[1].Findings); a != 1 || b != 0 {
		t.Errorf("a page has %d findings, a partial %d", a, b)
	}
	if got := plan.Pages[2].LeftAlone; got != "a layout, into which pages are put" {
		t.Errorf("the layout is left alone: %q", got)
	}
}
