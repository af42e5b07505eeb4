package main

import (
	"bufio"
	"strings"
	"testing"

	"github.com/example-org/tellwell/review"
)

// told tells a plan as a person would see it.
func told(t teller, plan *review.Plan) string {
	var b strings.Builder
	t.out = bufio.NewWriter(&b)
	if t.width == 0 {
		t.width = plainWidth
	}
	t.tell(plan)
	t.out.Flush()
	return b.String()
}

const relay = `---
title: Introducing Relay 4
---
We are thrilled to announce Relay 4, the most powerful release of Relay yet, and
the one our customers have waited for.

On Monday the planners at Corrib Dairies rebuild the forecast by hand, as they have done every Monday since the tankers were bought in 1998, and at 6:40 the first driver calls in to ask where he should be, because industry-leading planning is what he was promised and a phone that rings is what he got.
`

// relayPlan is a review that has one of everything.
func relayPlan() *review.Plan {
	return &review.Plan{
		Schema: review.Schema,
		Pages: []review.PagePlan{
			{
				Path: "blog/relay.md", Kind: "launch", KindReason: `its title says "Introducing"`,
				Findings: []review.Comment{
					{
						Check: "label-headline", Family: review.Insight, Line: 2, EndLine: 2, Column: 8, EndColumn: 27, Place: review.Inline,
						Confidence: .81, Quote: "Introducing Relay 4", Message: `"Introducing Relay 4" names the thing.`,
						Question: "If a planner saw only the headline, what would have changed for her?",
						Evidence: []review.EvidenceOut{
							{Name: "a name and a version", Line: 2, Quote: "Relay 4"},
							{Name: "no reader and no result"},
						},
						Why:    "Readers scan before they read; scannable pages were used with 47% more success (Nielsen 1997).",
						Folded: []string{"product-first-opening"},
						Primer: &review.Pointer{
							Path: "primers/planners.md", Heading: "Jobs", URL: "primers/planners.md#jobs", Title: "Planners", Minutes: 1,
							Ask: "Ines Walsh — rounds, rejected loads", Confidence: .7,
						},
					},
					{
						Check: "announced-emotion", Family: review.Emotion, Line: 4, EndLine: 5, Column: 1, EndColumn: 39, Place: review.Inline,
						Confidence: .77, Quote: "We are thrilled …", Message: `"We are thrilled" is our feeling.`,
						Question: "Which of the planners' mornings does this change?",
						Primer:   &review.Pointer{Path: "primers/planners.md", URL: "primers/planners.md", Title: "Planners", Ask: "Ines Walsh"},
					},
					{
						Check: "unsupported-claim", Family: review.Insight, Line: 7, EndLine: 7, Column: 201, EndColumn: 226, Place: review.Inline,
						Confidence: .6, Quote: "industry-leading planning", Message: `"industry-leading planning": a dispatcher will ask how we know.`,
						Question: "Which number would convince him?",
					},
					{
						Check: "generic-call-to-action", Family: review.Insight, Line: 7, EndLine: 7, Column: 1, EndColumn: 3, Place: review.Summary,
						Confidence: .4, Message: `The last paragraph asks for nothing that a planner could do on the day she reads it.`,
						Question: "What could she try before Monday?",
					},
				},
			},
			{Path: "blog/quiet.md", Kind: "opinion", KindReason: "it lies in opinion/"},
			{Path: "news/layoffs.md", Kind: "news", LeftAlone: `bad news: its title says "saying goodbye"`},
			{Path: "blog/README.md", LeftAlone: "a README"},
			{Path: "customers/README.md", LeftAlone: "a README"},
		},
		Praise: &review.Praise{
			Path: "customers/weir.md", Line: 12, Quote: "the barn was quiet by breakfast",
			Text: `"the barn was quiet by breakfast" shows the morning, and needs no adjective.`,
		},
		Gaps: []review.Gap{
			{Need: "no section on what is at stake for planners", Asked: 3, Paths: []string{"blog/relay.md", "blog/rounds.md"}},
		},
		Problems: []review.Problem{
			{Path: ".github/tellwell.yml", Line: 4, Message: `no setting is named "contnt"; did you mean "content"?`},
			{Message: "something without a place"},
		},
	}
}

func TestTextOfAReview(t *testing.T) {
	golden(t, "review.txt", told(teller{source: map[string][]byte{"blog/relay.md": []byte(relay)}}, relayPlan()))
}

func TestTextIsTheSameWithCRLFAndABOM(t *testing.T) {
	source := "\ufeff" + strings.ReplaceAll(relay, "\n", "\r\n")
	golden(t, "review.txt", told(teller{source: map[string][]byte{"blog/relay.md": []byte(source)}}, relayPlan()))
}

func TestTextWithReasonsInColour(t *testing.T) {
	plan := relayPlan()
	plan.Pages = plan.Pages[:1]
	plan.Praise, plan.Gaps, plan.Problems = nil, nil, nil
	got := told(teller{source: map[string][]byte{"blog/relay.md": []byte(relay)}, why: true, palette: colours, width: 60}, plan)
	golden(t, "why-in-colour.txt", strings.ReplaceAll(got, "\x1b", "<ESC>"))
}

func TestEveryLineFits(t *testing.T) {
	for _, width := range []int{narrowest, 57, plainWidth, widestLines} {
		got := told(teller{source: map[string][]byte{"blog/relay.md": []byte(relay)}, why: true, width: width}, relayPlan())
		for line := range strings.Lines(got) {
			line = strings.TrimSuffix(line, "\n")
			if n := cells(line); n > width {
				t.Errorf("at width %d a line takes %d cells: %q", width, n, line)
			}
		}
	}
}

func TestAuthorsCannotSteerTheTerminal(t *testing.T) {
	const evil = "\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\u202e \u009b2J"
	plan := &review.Plan{
		Pages: []review.PagePlan{
			{Path: "blog/" + evil + ".md", Kind: evil, KindReason: evil, Findings: []review.Comment{{
				Check: evil, Line: 1, EndLine: 1, Column: 1, EndColumn: 20, Place: review.Inline, Message: evil, Question: evil, Why: evil,
				Evidence: []review.EvidenceOut{{Name: evil, Line: 1, Quote: evil}}, Folded: []string{evil},
				Primer: &review.Pointer{Path: evil, Heading: evil, URL: evil, Title: evil, Ask: evil},
			}}},
			{Path: evil, LeftAlone: evil},
		},
		Praise:   &review.Praise{Path: evil, Line: 1, Quote: evil, Text: evil},
		Gaps:     []review.Gap{{Need: evil, Asked: 1, Paths: []string{evil}}},
		Problems: []review.Problem{{Path: evil, Line: 1, Message: evil}},
	}
	for _, source := range []string{evil, ""} {
		got := told(teller{why: true, source: map[string][]byte{plan.Pages[0].Path: []byte(source)}}, plan)
		if i := strings.IndexAny(got, "\x1b\x07\u202e\u009b"); i >= 0 {
			t.Errorf("a steering character is told: %q", got[i:])
		}
	}
}

func TestClosingLine(t *testing.T) {
	asked := review.PagePlan{Findings: make([]review.Comment, 2)}
	var quiet review.PagePlan
	alone := review.PagePlan{LeftAlone: "a README"}
	for _, c := range []struct {
		want    string
		changes bool
		pages   []review.PagePlan
		problem int
	}{
		{"No pages read", false, nil, 0},
		{"No changed pages read; 1 left alone", true, []review.PagePlan{alone}, 0},
		{"1 page read, no questions", false, []review.PagePlan{quiet}, 0},
		{"1 page read, 2 questions; 1 problem", false, []review.PagePlan{asked}, 1},
		{"3 pages read, 4 questions on 2 of them; 1 left alone", false, []review.PagePlan{asked, quiet, alone, asked}, 0},
		{"1 changed page read, no questions; 2 problems", true, []review.PagePlan{quiet}, 2},
	} {
		plan := &review.Plan{Pages: c.pages, Problems: make([]review.Problem, c.problem)}
		if got := (teller{changes: c.changes}).closing(plan); got != c.want {
			t.Errorf("closing = %q, want %q", got, c.want)
		}
	}
}

func TestPointerInWords(t *testing.T) {
	for _, c := range []struct {
		want string
		p    review.Pointer
	}{
		{"primers/a.md#jobs · Planners § Jobs (2 min; ask Ines — rounds)",
			review.Pointer{URL: "primers/a.md#jobs", Title: "Planners", Heading: "Jobs", Minutes: 2, Ask: "Ines — rounds"}},
		{"primers/a.md#jobs · primers/a.md § Jobs", review.Pointer{Path: "primers/a.md", URL: "primers/a.md#jobs", Heading: "Jobs"}},
		{"ask Ines — rounds (Planners)", review.Pointer{Title: "Planners", Ask: "Ines — rounds"}},
		{"ask Ines", review.Pointer{Ask: "Ines"}},
	} {
		if got := pointed(c.p); got != c.want {
			t.Errorf("pointed = %q, want %q", got, c.want)
		}
	}
}

func TestSeveral(t *testing.T) {
	all := []string{"a", "b", "c", "d", "e", "f"}
	for n, want := range []string{"", "a", "a, b", "a, b, c", "a, b, c, d", "a, b, c and 2 more", "a, b, c and 3 more"} {
		if got := several(all[:n]); got != want {
			t.Errorf("several of %d = %q, want %q", n, got, want)
		}
	}
}
