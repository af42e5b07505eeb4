package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/example-org/tellwell/review"
)

// tellJSON writes a plan as other programs read it: indented, empty lists as [], "<" and "&" as they are, a newline at the end.
func tellJSON(out io.Writer, plan *review.Plan) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(withLists(plan)); err != nil {
		return fmt.Errorf("write the review as JSON: %w", err)
	}
	return nil
}

// withLists returns a copy of plan in which no list is nil, so that a program that reads it never meets null for a list.
func withLists(plan *review.Plan) *review.Plan {
	out := *plan
	out.Pages = copied(plan.Pages)
	for i := range out.Pages {
		page := &out.Pages[i]
		page.Findings = copied(page.Findings)
		for j := range page.Findings {
			page.Findings[j].Evidence = copied(page.Findings[j].Evidence)
			page.Findings[j].Folded = copied(page.Findings[j].Folded)
		}
	}
	out.Gaps = copied(plan.Gaps)
	for i := range out.Gaps {
		out.Gaps[i].Paths = copied(out.Gaps[i].Paths)
	}
	out.Problems = copied(plan.Problems)
	return &out
}

// copied returns a copy of list that is not nil.
func copied[T any](list []T) []T { return append([]T{}, list...) }
