package reviewtest

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
)

// relay reports the title, or else the first sentence, that has the word Relay in it. It borrows a name that has wording.
var relay = &review.Check{
	Name: "stock-opening", Family: review.Emotion, Help: 3,
	Doc:   "# A page about Relay\n\nIt reports Relay.\n",
	Needs: []primer.Kind{primer.Triggers},
	Kinds: map[prose.Kind]review.Place{prose.Launch: review.Inline, prose.Opinion: review.Summary},
	Run: func(pass *review.Pass) error {
		for _, s := range append([]prose.Sentence{pass.Page.Title}, pass.Page.Prose()...) {
			for _, w := range s.Words {
				if w.Norm == "relay" && !s.Span.Empty() {
					pass.Report(review.Finding{
						Span: s.Span, Confidence: 0.9, Evidence: []review.Evidence{{Name: "our name", Span: w.Span}},
					})
					return nil
				}
			}
		}
		return nil
	},
}

func TestJudge(t *testing.T) {
	const front = "-- blog/a.md --\n---\nkind: launch\n---\n"
	tests := []struct {
		name    string
		archive string
		want    []string // of each failure, in order
	}{
		{"met", "S.\n" + front + "# Nine trucks\n\nRelay came. <!-- want \"Relay came\" -->\n", nil},
		{"met by name, evidence and its words", "S.\n" + front + "Relay came. <!-- want \"stock-opening\" \"our name\" \"Relay\" -->\n", nil},
		{"met in front matter", "S.\n-- blog/a.md --\n---\nkind: launch\ntitle: Meet Relay # want \"our name\"\n---\nNothing here.\n", nil},
		{"met inside a line", "S.\n" + front + "Relay <!-- want \"“Relay came”\" --> came.\n", nil},
		{"met in the summary", "S.\n-- blog/a.md --\n---\nkind: opinion\n---\nRelay came. <!-- want summary \"our name\" -->\n", nil},
		{"met in the wrong place", "S.\n" + front + "Relay came. <!-- want summary \"our name\" -->\n", []string{
			`blog/a.md:4: wanted summary "our name"; line 4 has`, `blog/a.md:4: nobody wanted stock-opening (inline, 0.90)`}},
		{"silence kept", "S.\n" + front + "Nine trucks stood in the queue.\n", nil},
		{"unmet", "S.\n" + front + "Nine trucks stood. <!-- want \"Relay\" -->\n", []string{
			`t.txtar: blog/a.md:4: wanted "Relay"; nothing is told of the page, of kind launch (`}},
		{"on another line", "S.\n" + front + "Nine trucks. <!-- want \"Relay\" -->\nRelay came.\n", []string{
			`blog/a.md:4: wanted "Relay"; line 5 has`, `blog/a.md:5: nobody wanted stock-opening (inline, 0.90): "“Relay came”`}},
		{"other words", "S.\n" + front + "Relay came. <!-- want \"Kelvane\" -->\n", []string{
			`blog/a.md:4: wanted "Kelvane"; line 4 has`, `seeing our name ("Relay"); wanted there is "Kelvane"`}},
		{"nobody wanted it", "S.\n" + front + "Relay came.\n", []string{`blog/a.md:4: nobody wanted stock-opening (inline, 0.90): "“Relay came”`}},
		{"silence wanted", "S.\n-- blog/a.md --\n---\nlayout: changelog # want silence \"release-notes\"\n---\nRelay came.\n", nil},
		{"silence of a waiver", "S.\n-- blog/a.md --\n---\nkind: launch\ntellwell: ok # want silence \"waved through\"\n---\nRelay came.\n", nil},
		{"silence for another reason", "S.\n-- blog/a.md --\n---\nlayout: changelog # want silence \"legal\"\n---\nRelay came.\n", []string{
			`blog/a.md:2: wanted silence because of "legal"; it is silent because of "its kind, release-notes (`}},
		{"silence that is none", "S.\n" + front + "Nine trucks. <!-- want silence \"legal\" -->\n", []string{
			`blog/a.md:4: wanted silence because of "legal"; the page, of kind launch (`}},
		{"never judged", "S.\n-- blog/a.md --\n---\nkind: legal\n---\nRelay came.\n", []string{
			`blog/a.md:1: stock-opening never judges this page, because of "its kind, legal (`}},
		{"no comment", front + "Nine trucks stood.\n", []string{"nothing says what the situation is"}},
		{"no page", "S.\n-- primers/a.md --\n# Planners\n", []string{"there is no content page"}},
		{"a setting nobody knows", "S.\n" + front + "Nine trucks.\n-- .github/tellwell.yml --\nbudgets: {}\n", []string{`.github/tellwell.yml:1: unknown key "budgets"`}},
		{"a page that can't be read", "S.\n-- blog/a.md --\n---\nkind: launch\ntitle: [\n---\nNine trucks.\n", []string{"blog/a.md:3:"}},
		{"a want without a text", "S.\n" + front + "Nine trucks. <!-- want -->\n", []string{"blog/a.md:4: a want without a text", "blog/a.md:4: wanted"}},
		{"a want alone", "S.\n" + front + "<!-- want \"Relay\" -->\nRelay came.\n", []string{
			"blog/a.md:4: the want stands alone", "blog/a.md:4: wanted", "blog/a.md:5: nobody wanted"}},
		{"a want of an unknown sort", "S.\n" + front + "Relay came. <!-- want loudly \"Relay\" -->\n", []string{`blog/a.md:4: a want says "loudly"`}},
		{"two wants", "S.\n" + front + "Relay came. <!-- want \"Relay\" --> <!-- want \"came\" -->\n", []string{"blog/a.md:4: there are two wants"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := judge(relay, "t.txtar", txtar.Parse([]byte(test.archive)))
			match(t, got, test.want)
		})
	}
}

// match holds failures against what is wanted of each.
func match(t *testing.T, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d failures, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("failure %d is %s\nwant %s", i+1, got[i], want[i])
		}
	}
}

func TestSettingsCount(t *testing.T) {
	const archive = `The configuration declares the kind, and the primer answers.
-- opinion/a.md --
Relay came for the tanker planners. <!-- want summary "Triggers" "Aoife Brannigan" -->
-- .github/tellwell.yml --
version: 1
kinds:
  - {match: "opinion/**", kind: opinion}
-- primers/planners.md --
---
title: Tanker planners
kind: customer
audience: tanker-planner
terms: [tanker, planner]
applies_to: ["opinion/**"]
ask: [{name: Aoife Brannigan}]
---
# Tanker planners
## Triggers
A rejected load, and a driver who retires with the round in his head.
`
	match(t, judge(relay, "t.txtar", txtar.Parse([]byte(archive))), nil)
}

func TestTakeWants(t *testing.T) {
	const page = "---\ntitle: Meet Relay  # want \"a\\\"b\"\ncolor: \"#fff\"\n---\n" +
		"# Meet Relay <!-- want summary \"x\" -->\n\nA line <!-- a remark --> here <!-- want \"y\" \"z\" --> goes on.\nBare # want \"no\"\n"
	const clean = "---\ntitle: Meet Relay\ncolor: \"#fff\"\n---\n" +
		"# Meet Relay\n\nA line <!-- a remark --> here goes on.\nBare # want \"no\"\n"
	got, wants, faults := takeWants([]byte(page))
	if string(got) != clean || faults != nil {
		t.Errorf("left %q, faults %q", got, faults)
	}
	want := []string{`2 "a\"b"`, `5 summary "x"`, `7 "y" and "z"`}
	for i, w := range wants {
		if i >= len(want) || want[i] != string(rune('0'+w.line))+" "+w.String() {
			t.Errorf("want %d is %d %s", i, w.line, w)
		}
	}
	if len(wants) != len(want) {
		t.Errorf("%d wants", len(wants))
	}
}

func TestDocumented(t *testing.T) {
	const sound = "# A page about Relay\n\nIt reports Relay.\n\n## Why it matters\n\nIt does.\n\n" +
		"## A page that falls short\n\n````markdown\n<!-- blog/a.md -->\n---\nkind: launch\n---\nRelay came.\n\n```sh\nrelay\n```\n````\n\n" +
		"## The same page, mended\n\n````markdown\n<!-- blog/a.md -->\n---\nkind: launch\n---\nNine trucks.\n````\n\n" +
		"## When to wave it through\n\n```yaml\ntellwell: {skip: [stock-opening]}\n```\n\n## What was measured\n\nNothing.\n"
	tests := []struct {
		name     string
		old, new string
		want     []string
	}{
		{"sound", "", "", nil},
		{"sound on Windows", "\n", "\r\n", nil},
		{"a heading is missing", "## What was measured", "## Figures", []string{"the headings are Why it matters · A page that falls short ·"}},
		{"the short page is good", "Relay came.", "Nine trucks.", []string{"A page that falls short: the check has nothing to say of the page, of kind launch ("}},
		{"the mended page is not", "Nine trucks.", "Relay came.", []string{`The same page, mended: the mended page still has line 4 has stock-opening (inline`}},
		{"a page without its path", "<!-- blog/a.md -->\n", "", []string{"falls short: there is no content page", "mended: there is no content page"}},
		{"a silent kind", "kind: launch", "kind: legal", []string{"falls short: the check never judges", "mended: the check never judges"}},
		{"an open fence", "Nine trucks.\n````", "Nine trucks.\n", []string{"a fence (````) is not closed", "the headings are"}},
		{"a setting nobody knows", "````\n\n## The same", "````\n\n```yaml\n# .github/tellwell.yml\nbudgets: {}\n```\n\n## The same", []string{
			`falls short: .github/tellwell.yml:1: unknown key "budgets"`, `mended: .github/tellwell.yml:1: unknown key "budgets"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			check := *relay
			check.Doc = strings.ReplaceAll(sound, test.old, test.new)
			if test.old == "" {
				check.Doc = sound
			}
			match(t, documented(&check), test.want)
		})
	}
}

func TestQuiet(t *testing.T) {
	const archive = `S.
-- blog/a.md --
---
kind: launch
---
Relay came.
-- blog/b.md --
---
kind: launch
---
Nine trucks.
-- blog/c.md --
---
kind: launch
tellwell: ok
---
Relay came.
`
	got := quiet([]*review.Check{relay}, "t.txtar", txtar.Parse([]byte(archive)).Files)
	match(t, got, []string{
		"t.txtar: blog/a.md:4: nobody wanted stock-opening (inline, 0.90)",
		`t.txtar: blog/c.md:1: no check judges this page, because of "waved through`,
	})
}
