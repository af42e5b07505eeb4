package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

var threeChecks = []*review.Check{
	{Name: "stock-opening", Family: review.Emotion, Doc: "# An opening that could begin any page\r\n\r\nReaders leave.\r\n"},
	{Name: "label-headline", Family: review.Insight, Doc: "# `label-headline`\n\nThe title names the thing. It does not\nsay what changed.\n\n## Why\n"},
	{Name: "bare", Family: review.Insight, Doc: ""},
}

func TestListChecks(t *testing.T) {
	var b strings.Builder
	if err := listChecks(&b, threeChecks); err != nil {
		t.Fatal(err)
	}
	const want = `stock-opening   emotion  An opening that could begin any page
label-headline  insight  The title names the thing.
bare            insight
`
	if b.String() != want {
		t.Errorf("listed as\n%s\nwant\n%s", b.String(), want)
	}
}

func TestFindCheck(t *testing.T) {
	if check, err := findCheck("Stock-Opening", threeChecks); err != nil || check != threeChecks[0] {
		t.Errorf("found %v, %v", check, err)
	}
	_, err := findCheck("stock-openning", threeChecks)
	var h *hinted
	if !errors.As(err, &h) || h.status != misused || h.hint != "did you mean stock-opening?" || err.Error() != `no check named "stock-openning"` {
		t.Errorf("error %v", err)
	}
	if _, err := findCheck("zzz", nil); !errors.As(err, &h) || h.hint != "tellwell explain lists them" {
		t.Errorf("error %v", err)
	}
}

func TestEveryCheckIsExplained(t *testing.T) {
	for _, check := range checks.All {
		var out strings.Builder
		if got := run(&world{args: []string{"explain", check.Name}, stdout: &out, stderr: &out}); got != reviewed || !strings.HasSuffix(out.String(), "\n") {
			t.Errorf("explain %s: status %d, %q", check.Name, got, out.String())
		}
		if gist(check) == "" {
			t.Errorf("%s has no line in the list", check.Name)
		}
	}
}
