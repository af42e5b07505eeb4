package main

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/review"
)

func TestJSONHasNoNullForAList(t *testing.T) {
	plan := &review.Plan{Schema: review.Schema, Pages: []review.PagePlan{{Path: "a.md", Findings: []review.Comment{{}}}, {}}, Gaps: []review.Gap{{}}}
	before := *plan
	for _, plan := range []*review.Plan{plan, {}} {
		var b bytes.Buffer
		if err := tellJSON(&b, plan); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSpace(line)
			if strings.Contains(line, "null") && !strings.HasPrefix(line, `"praise"`) && !strings.HasPrefix(line, `"primer"`) && !strings.HasPrefix(line, `"gist"`) && !strings.HasPrefix(line, `"for"`) && !strings.HasPrefix(line, `"at_stake"`) && !strings.HasPrefix(line, `"ours_alone"`) {
				t.Errorf("a list is null: %s", line)
			}
		}
	}
	if !reflect.DeepEqual(before, *plan) || plan.Pages[0].Findings[0].Evidence != nil {
		t.Error("telling a plan changes it")
	}
}

func TestJSONIsThePlanAndReadsBack(t *testing.T) {
	plan := relayPlan()
	plan.Pages[0].Findings[0].Message = "<b> & \u009b \x1b “”"
	var b bytes.Buffer
	if err := tellJSON(&b, plan); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(b.String(), "\n}\n") || !strings.Contains(b.String(), "<b> & ") {
		t.Errorf("not as promised: %s", b.String())
	}
	var back review.Plan
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(withLists(&back), withLists(plan)) {
		t.Errorf("reads back as %+v", back)
	}
}

// The names that other programs read (issue 2, "The JSON"); more may come, none may go.
func TestJSONHasTheDocumentedNames(t *testing.T) {
	var b bytes.Buffer
	if err := tellJSON(&b, relayPlan()); err != nil {
		t.Fatal(err)
	}
	var plan map[string]any
	if err := json.Unmarshal(b.Bytes(), &plan); err != nil {
		t.Fatal(err)
	}
	first := func(v any) map[string]any { return v.([]any)[0].(map[string]any) }
	page := first(plan["pages"])
	finding := first(page["findings"])
	for _, c := range []struct {
		what  string
		value map[string]any
		names string
	}{
		{"plan", plan, "schema pages praise gaps problems"},
		{"page", page, "path kind kind_reason left_alone findings"},
		{"finding", finding, "check family line end_line column end_column place confidence quote message question evidence primer"},
		{"evidence", first(finding["evidence"]), "name line quote"},
		{"primer", finding["primer"].(map[string]any), "path heading url ask confidence"},
		{"problem", first(plan["problems"]), "path line message"},
	} {
		for _, name := range strings.Fields(c.names) {
			if _, ok := c.value[name]; !ok {
				var names []string
				for name := range c.value {
					names = append(names, name)
				}
				slices.Sort(names)
				t.Errorf("a %s has no %q, only %v", c.what, name, names)
			}
		}
	}
}

func TestJSONThatCannotBeWritten(t *testing.T) {
	plan := &review.Plan{Pages: []review.PagePlan{{Findings: []review.Comment{{Confidence: math.NaN()}}}}}
	if err := tellJSON(&bytes.Buffer{}, plan); err == nil {
		t.Error("a confidence that is no number is written without a word")
	}
}
