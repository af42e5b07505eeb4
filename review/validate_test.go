package review

import (
	"strings"
	"testing"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

// sound returns a check that Validate lets pass; it borrows a name that has wording and weights.
func sound() *Check {
	return &Check{
		Name: "stock-opening", Family: Emotion, Doc: "# An opening for any page\n\nIt reports first lines that fit everywhere.\n",
		Needs: []primer.Kind{primer.Triggers}, Kinds: map[prose.Kind]Place{prose.Launch: Inline, prose.Opinion: Summary},
		Help: 3, Run: func(*Pass) error { return nil },
	}
}

func TestValidate(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Check)
		want   string // of the error; empty when there is none
	}{
		{"sound", func(*Check) {}, ""},
		{"line ends of Windows", func(c *Check) { c.Doc = strings.ReplaceAll(c.Doc, "\n", "\r\n") }, ""},
		{"no name", func(c *Check) { c.Name = "" }, `check 1 is named ""; name it in small letters with hyphens`},
		{"capitals", func(c *Check) { c.Name = "Stock-Opening" }, `check 1 is named "Stock-Opening"`},
		{"underscore", func(c *Check) { c.Name = "stock_opening" }, `check 1 is named "stock_opening"`},
		{"hyphen at the end", func(c *Check) { c.Name = "stock-" }, `check 1 is named "stock-"`},
		{"no run", func(c *Check) { c.Run = nil }, "stock-opening: it has no Run"},
		{"family", func(c *Check) { c.Family = "style" }, `family "style" is neither "insight" nor "emotion"`},
		{"help", func(c *Check) { c.Help = 6 }, "Help is 6; it goes from 1 to 5"},
		{"floor", func(c *Check) { c.Floor = -0.1 }, "Floor is -0.1; it goes from 0 to 1"},
		{"no documentation", func(c *Check) { c.Doc = "" }, "it is undocumented"},
		{"no title", func(c *Check) { c.Doc = "It reports first lines.\n\nMore.\n" }, "it is undocumented"},
		{"title only", func(c *Check) { c.Doc = "# An opening for any page\n" }, "it is undocumented"},
		{"title and headings only", func(c *Check) { c.Doc = "# An opening for any page\n\n## Why it matters\n\nIt does.\n" }, "it is undocumented"},
		{"title is the name", func(c *Check) { c.Doc = "# stock-opening\n\nIt reports first lines.\n" }, `its page is titled "stock-opening"`},
		{"primer kind", func(c *Check) { c.Needs = append(c.Needs, "horoscope") }, `primer sections of kind "horoscope", which no heading has`},
		{"primer kind other", func(c *Check) { c.Needs = []primer.Kind{primer.Other} }, `primer sections of kind "other"`},
		{"no page kind", func(c *Check) { c.Kinds = nil }, "it speaks on no kind of page"},
		{"page kind", func(c *Check) { c.Kinds["brochure"] = Inline }, `there is no kind of page "brochure"; the kinds are launch, opinion,`},
		{"place", func(c *Check) { c.Kinds[prose.Product] = "margin" }, `on a page of kind "product" its place is "margin"`},
		{"silent", func(c *Check) { c.Kinds[prose.Legal] = Silent }, `on a page of kind "legal" its place is ""; leave the kind out`},
		{"no wording", func(c *Check) { c.Name = "stock-closing" }, "stock-closing: comments.yaml does not say why it matters"},
		{"no weights", func(c *Check) { c.Name = "stock-closing" }, "stock-closing: weights.yaml has no base for it"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := sound()
			test.change(c)
			err := Validate([]*Check{c})
			switch {
			case test.want == "" && err != nil:
				t.Errorf("turned away: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v\nwant %q", err, test.want)
			}
		})
	}
}

func TestValidateTellsEverything(t *testing.T) {
	a, b, c := sound(), sound(), sound()
	a.Help, c.Name = 0, "closing"
	err := Validate([]*Check{a, nil, b, c})
	if err == nil {
		t.Fatal("nothing was told")
	}
	for _, want := range []string{
		"stock-opening: Help is 0", "check 2 of the list is nil", "stock-opening is listed twice", "closing: comments.yaml has no message",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not among what is told:\n%v", want, err)
		}
	}
}

func TestValidateReadsWording(t *testing.T) {
	old := wordings["stock-opening"]
	defer func() { wordings["stock-opening"] = old }()
	for want, w := range map[string]wording{
		"comments.yaml does not say why": {Messages: []string{"“{quote}”"}, Questions: []string{"Why?"}},
		"has no message that can always": {Why: "Because.", Messages: []string{"{pain} or “{quote}”"}, Questions: []string{"Why?"}},
		"has no question that can":       {Why: "Because.", Messages: []string{"“{quote}”"}, Questions: []string{"Why, {role}?"}},
	} {
		wordings["stock-opening"] = w
		if err := Validate([]*Check{sound()}); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %v, want only %q", err, want)
		}
	}
}

func TestValidateTrustsSlotsOfTheCheck(t *testing.T) {
	old := wordings["stock-opening"]
	defer func() { wordings["stock-opening"] = old }()
	wordings["stock-opening"] = wording{
		Why:       "Because.",
		Messages:  []string{"“{quote}” is {theirs} to {role}", "“{quote}” is {theirs}"},
		Questions: []string{"Would {theirs} do for {role}?", "Would {theirs} do?"},
	}
	if err := Validate([]*Check{sound()}); err != nil {
		t.Errorf("turned away: %v", err)
	}
}
