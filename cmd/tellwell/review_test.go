package main

import (
	"testing"

	"github.com/example-org/tellwell/review"
)

func TestStatusOfAReview(t *testing.T) {
	asked := &review.Plan{Pages: []review.PagePlan{{}, {Findings: []review.Comment{{Check: "stock-opening", Folded: []string{"missing-stakes"}}}}}}
	quiet := &review.Plan{Pages: []review.PagePlan{{}}}
	broken := &review.Plan{Pages: asked.Pages, Problems: []review.Problem{{Message: "no such file"}}}
	for _, c := range []struct {
		name   string
		flag   bool
		failOn []string
		plan   *review.Plan
		want   status
	}{
		{"a question is no failure", false, nil, asked, reviewed},
		{"unless it was asked for", true, nil, asked, findings},
		{"a check to fail on spoke", false, []string{"label-headline", "stock-opening"}, asked, findings},
		{"it spoke within another's comment", false, []string{"missing-stakes"}, asked, findings},
		{"another check spoke", false, []string{"label-headline"}, asked, reviewed},
		{"nothing was asked", true, []string{"stock-opening"}, quiet, reviewed},
		{"what could not be done comes first", true, nil, broken, incomplete},
	} {
		if got := (reviewCommand{FailOnFindings: c.flag}).status(c.plan, &review.Config{FailOn: c.failOn}); got != c.want {
			t.Errorf("%s: status %d, want %d", c.name, got, c.want)
		}
	}
}
