package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/prose"
)

func TestOneCommentAParagraph(t *testing.T) {
	expect(t, kiln(roomy(), nil,
		remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.6}),
		remarking("undifferentiated-claim", Insight, remark{"Our controller is the best there is.", 0.7}),
		remarking("missing-stakes", Emotion, remark{"We are proud of that.", 0.5}),
	), "6 inline undifferentiated-claim + unsupported-claim", "12 inline missing-stakes")
}

// The same check speaks once a page, of the passage it is surest of, and names the others.
func TestOneCommentACheck(t *testing.T) {
	plan := kiln(roomy(), nil, remarking("unsupported-claim", Insight,
		remark{"Write to us today.", 0.5}, remark{"It leads the field.", 0.9}, remark{"Every potter trusts it.", 0.6}))
	expect(t, plan, "6 inline unsupported-claim")
	want := []EvidenceOut{{"the same again", 8, "Every potter trusts it"}, {"the same again", 20, "Write to us today"}}
	if got := plan.Pages[0].Findings[0].Evidence; !slices.Equal(got, want) {
		t.Errorf("evidence %v, want %v", got, want)
	}
}

func TestInlineIsNotFoldedIntoANote(t *testing.T) {
	expect(t, kiln(roomy(), nil,
		inSummary(remarking("missing-stakes", Emotion, remark{"Our controller is the best there is.", 0.95})),
		remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.4}),
	), "6 summary missing-stakes", "6 inline unsupported-claim")
}

// The opening checks make one remark about an opening, in their order, unless the earlier of them is much less sure.
func TestOpeningChecksFold(t *testing.T) {
	const first, second, later = "Our controller is the best there is.", "Every potter trusts it.", "Write to us today."
	at := func(name, words string, confidence float64) *Check {
		return remarking(name, Insight, remark{words, confidence})
	}
	for name, test := range map[string]struct {
		checks []*Check
		want   []string
	}{
		"the earlier speaks": {
			[]*Check{at("product-first-opening", first, 0.6), at("announced-emotion", second, 0.5)},
			[]string{"8 inline announced-emotion + product-first-opening"},
		},
		"the earlier is much less sure": {
			[]*Check{at("product-first-opening", first, 0.7), at("announced-emotion", second, 0.5)},
			[]string{"6 inline product-first-opening + announced-emotion"},
		},
		"three of them": {
			[]*Check{at("stock-opening", first, 0.6), at("product-first-opening", second, 0.55), at("buried-lede", first, 0.5)},
			[]string{"6 inline buried-lede + product-first-opening + stock-opening"},
		},
		"one of them is elsewhere": {
			[]*Check{at("product-first-opening", first, 0.6), at("announced-emotion", later, 0.5)},
			[]string{"6 inline product-first-opening", "20 inline announced-emotion"},
		},
		"not an opening check": {
			[]*Check{at("product-first-opening", first, 0.6), at("unsupported-claim", second, 0.5)},
			[]string{"6 inline product-first-opening", "8 inline unsupported-claim"},
		},
		"two places": {
			[]*Check{inSummary(at("buried-lede", first, 0.6)), at("stock-opening", second, 0.5)},
			[]string{"6 summary buried-lede", "8 inline stock-opening"},
		},
		"what speaks for another keeps its paragraph": {
			[]*Check{at("stock-opening", first, 0.9), at("unsupported-claim", second, 0.85), at("announced-emotion", second, 0.8)},
			[]string{"8 inline announced-emotion + stock-opening + unsupported-claim"},
		},
	} {
		t.Run(name, func(t *testing.T) { expect(t, kiln(roomy(), nil, test.checks...), test.want...) })
	}
}

// Whatever the checks report, no two comments of one place share a paragraph, and no check speaks twice.
func TestOneCommentWhateverIsFound(t *testing.T) {
	words := []string{
		"Our controller is the best there is.", "It leads the field.", "Every potter trusts it.", "No firing fails.", "We are proud of that.",
	}
	page := prose.Parse(kilnPath, []byte(kilnPage))
	for seed := range 60 {
		var checks []*Check
		for i, name := range append(slices.Clone(openingOrder), "unsupported-claim", "undifferentiated-claim") {
			at := seed*7 + i*(seed%5+1)
			confidence := 0.4 + float64((seed*13+i*29)%50)/100
			checks = append(checks, remarking(name, Insight, remark{words[at%5], confidence}, remark{words[(at+seed)%5], confidence - 0.05}))
		}
		blocks, names := map[int]string{}, map[string]bool{}
		for _, f := range kiln(roomy(), nil, checks...).Pages[0].Findings {
			at := blockOf(page, spanOf(t, page, f.Quote))
			if other := blocks[at]; other != "" {
				t.Errorf("seed %d: %s and %s both speak of the paragraph at line %d", seed, other, f.Check, f.Line)
			}
			if names[f.Check] || slices.Contains(f.Folded, f.Check) {
				t.Errorf("seed %d: %s speaks twice", seed, f.Check)
			}
			blocks[at], names[f.Check] = f.Check, true
		}
	}
}

// long is a page of paragraphs of fifty words each, one remark to be made of each of them.
func long(paragraphs int) string {
	var b strings.Builder
	b.WriteString("---\ntitle: A long letter\nkind: product\n---\n")
	for i := range paragraphs {
		fmt.Fprintf(&b, "\nParagraph %d begins here. %s\n", i+1, strings.TrimSpace(strings.Repeat("The kiln holds. ", 15))+" And so on.")
	}
	return b.String()
}

// askedOfAny are the checks that have a question whatever the page and the primer.
var askedOfAny = slices.DeleteFunc(slices.Clone(cataloguedChecks), func(name string) bool { return name == "inside-out-language" })

// remarks is one check for each paragraph of a long page; the families are given by letters, I or E, and confidences fall.
func remarks(families string) []*Check {
	var checks []*Check
	for i, letter := range families {
		family := Insight
		if letter == 'E' {
			family = Emotion
		}
		checks = append(checks, remarking(askedOfAny[i], family, remark{fmt.Sprintf("Paragraph %d begins here.", i+1), 0.9 - float64(i)/50}))
	}
	return checks
}

func TestFamiliesTakeTurns(t *testing.T) {
	for _, test := range []struct {
		families  string
		perPage   int
		paragraph []int // that are spoken of
	}{
		{"IIIIE", 1, []int{1}},
		{"IIIIE", 2, []int{1, 5}},
		{"IIIIE", 3, []int{1, 2, 5}},
		{"IIIIE", 4, []int{1, 2, 3, 5}},
		{"EEII", 2, []int{1, 3}},
		{"EEII", 3, []int{1, 2, 3}},
		{"IEIEI", 3, []int{1, 2, 3}},
		{"IIII", 3, []int{1, 2, 3}},
		{"EEEEII", 4, []int{1, 2, 5, 6}},
		{"", 3, nil},
	} {
		cfg := roomy()
		cfg.Budget.PerPage = test.perPage
		plan := Make(Request{Checks: remarks(test.families), Config: cfg, Sources: []Source{{Path: kilnPath, Text: []byte(long(6))}}})
		var got []int
		for _, f := range plan.Pages[0].Findings {
			var n int
			if _, err := fmt.Sscanf(f.Quote, "Paragraph %d", &n); err != nil {
				t.Fatal(err)
			}
			got = append(got, n)
		}
		if !slices.Equal(got, test.paragraph) {
			t.Errorf("%s, %d a page: paragraphs %v, want %v", test.families, test.perPage, got, test.paragraph)
		}
	}
}

func TestBudget(t *testing.T) {
	with := func(perPage, words int) *Config {
		cfg := Default()
		cfg.Budget.PerPage, cfg.Budget.WordsPerComment = perPage, words
		return cfg
	}
	some := &Change{Added: []LineRange{{6, 6}, {8, 8}, {10, 10}, {12, 12}, {14, 14}, {16, 16}, {18, 18}}}
	for name, test := range map[string]struct {
		cfg        *Config
		paragraphs int // of some fifty words
		change     *Change
		want       int
	}{
		"three a page":                     {Default(), 40, nil, 3},
		"one for 150 words":                {Default(), 4, nil, 1},
		"two for 300":                      {Default(), 7, nil, 2},
		"one on a page of fifty":           {Default(), 1, nil, 1},
		"changed words only":               {Default(), 40, some, 2},
		"one changed line":                 {Default(), 40, &Change{Added: []LineRange{{8, 8}}}, 1},
		"a new page counts whole":          {Default(), 40, &Change{New: true}, 3},
		"none a page":                      {with(0, 150), 40, nil, 0},
		"eight a page":                     {with(8, 150), 40, nil, 8},
		"words of a tighter configuration": {with(8, 1000), 40, nil, 2},
		"words of a wider one":             {with(8, FewestWords), 4, nil, 4},
		"without a rule on words":          {with(8, 0), 9, nil, 8},
	} {
		t.Run(name, func(t *testing.T) {
			plan := Make(Request{Checks: remarks("IEIEIEIEIE"), Config: test.cfg, Sources: []Source{{Path: kilnPath, Text: []byte(long(test.paragraphs)), Change: test.change}}})
			if got := len(plan.Pages[0].Findings); got != test.want {
				t.Errorf("%d comments, want %d:\n%s", got, test.want, told(plan))
			}
		})
	}
}

// A review of changes has a budget of its own: the best stay inline, the others go to the summary.
func TestBudgetOfAReview(t *testing.T) {
	request := Request{Checks: remarks("IEIEIEIE"), Config: Default(), PerReview: 5}
	for i := range 4 {
		request.Sources = append(request.Sources, Source{Path: fmt.Sprintf("products/%d.md", i), Text: []byte(long(40))})
	}
	inline, summary, least, most := 0, 0, 1.0, 0.0
	for _, p := range Make(request).Pages {
		if len(p.Findings) != 3 {
			t.Errorf("%s: %d findings, want 3", p.Path, len(p.Findings))
		}
		for _, f := range p.Findings {
			if f.Place == Inline {
				inline, least = inline+1, min(least, f.Confidence)
			} else {
				summary, most = summary+1, max(most, f.Confidence)
			}
		}
	}
	if inline != 5 || summary != 7 {
		t.Errorf("%d inline and %d in the summary, want 5 and 7", inline, summary)
	}
	if least < most {
		t.Errorf("one of %v is inline, and one of %v is not", least, most)
	}
	request.PerReview = 0
	if plan := Make(request); strings.Count(told(plan), string(Inline)) != 12 {
		t.Errorf("without a limit:\n%s", told(plan))
	}
}

// The same words on several pages are asked about on the first; a few words, or another check, are not the same.
func TestTheSameWordsOnce(t *testing.T) {
	pasted, page := "We are a leading maker of kilns for potters everywhere.", func(about string) []byte {
		return []byte("---\nkind: product\n---\n# " + about + "\n\nThe kiln holds its heat until the morning shift comes.\n\nIt leads.\n\n" +
			"We are a *leading* maker of kilns for potters everywhere.\n")
	}
	claim := remarking("undifferentiated-claim", Insight, remark{"We are a *leading* maker of kilns for potters everywhere.", 0.8}, remark{"It leads.", 0.7})
	stock := remarking("stock-opening", Emotion, remark{"The kiln holds its heat until the morning shift comes.", 0.6})
	request := Request{Config: roomy(), Checks: []*Check{claim, stock}}
	for _, path := range []string{"products/b.md", "products/a.md", "products/c.md", "products/d.md", "products/e.md"} {
		request.Sources = append(request.Sources, Source{Path: path, Text: page(path)})
	}
	request.Sources[4].Change = &Change{} // nothing of it was changed
	plan := Make(request)
	expect(t, plan,
		"6 inline stock-opening", "10 inline undifferentiated-claim",
		"8 inline undifferentiated-claim", "8 inline undifferentiated-claim", "8 inline undifferentiated-claim")
	others := []string{"products/a.md", "products/c.md", "products/d.md"}
	for _, f := range plan.Pages[0].Findings {
		if !slices.Equal(f.AlsoOn, others) {
			t.Errorf("%s: also on %v, want %v", f.Check, f.AlsoOn, others)
		}
	}
	if last := plan.Pages[0].Findings[1].Evidence; !slices.ContainsFunc(last, func(e EvidenceOut) bool {
		return e.Name == "the same words stand on 3 other pages: products/a.md, products/c.md, products/d.md"
	}) {
		t.Errorf("%q is told of %v", pasted, last)
	}
	if also := plan.Pages[1].Findings[0].AlsoOn; also != nil {
		t.Errorf("two words are the same on %v", also)
	}
	for _, p := range plan.Pages {
		if n := len(p.Findings); p.Path != "products/b.md" && p.Path != "products/e.md" && n != 1 {
			t.Errorf("%s: %d findings", p.Path, n)
		}
	}
	if len(plan.Fired) != 15 { // what is told elsewhere was not mended
		t.Errorf("%d findings are remembered, want 15", len(plan.Fired))
	}
}

func TestNotesOfAPage(t *testing.T) {
	checks := remarks("IEIEIE")
	for _, c := range checks {
		inSummary(c)
	}
	plan := Make(Request{Checks: checks, Config: roomy(), Sources: []Source{{Path: kilnPath, Text: []byte(long(6))}}})
	expect(t, plan, "6 summary faceless-case-study", "8 summary undifferentiated-claim", "10 summary missing-stakes")
}

// Of two findings alike, the one that readers meet first, that helps more, and that the primer answers is told.
func TestRanking(t *testing.T) {
	for name, test := range map[string]struct{ better, worse remark }{
		"title before opening":   {remark{"The kiln that waits", 0.6}, remark{"It leads the field.", 0.6}},
		"opening before ending":  {remark{"It leads the field.", 0.6}, remark{"Write to us today.", 0.6}},
		"opening before body":    {remark{"Every potter trusts it.", 0.6}, remark{"No firing fails.", 0.6}},
		"ending before body":     {remark{"Write to us today.", 0.6}, remark{"It holds the heat.", 0.6}},
		"heading before body":    {remark{"What comes next", 0.6}, remark{"It holds the heat.", 0.6}},
		"earlier before later":   {remark{"It holds the heat.", 0.6}, remark{"It cools by itself.", 0.6}},
		"surer before prominent": {remark{"It holds the heat.", 0.9}, remark{"The kiln that waits", 0.6}},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := roomy()
			cfg.Budget.PerPage = 1
			for _, names := range [][]string{{"unsupported-claim", "scripted-quote"}, {"scripted-quote", "unsupported-claim"}} {
				plan := kiln(cfg, nil, remarking(names[0], Insight, test.worse), remarking(names[1], Insight, test.better))
				if f := plan.Pages[0].Findings; len(f) != 1 || f[0].Check != names[1] {
					t.Errorf("told %s, want %s", told(plan), names[1])
				}
			}
		})
	}
}
