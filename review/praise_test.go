package review

import (
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// praisedPage is a page with a good paragraph on its seventh line.
const praisedPage = "---\ntitle: The kiln that waits\nkind: product\n---\n\nIt leads the field.\n" + goodParagraph + "\n\nIt holds the heat.\n"

func praiseFor(src string, checks ...*Check) *Praise {
	return Make(Request{Checks: checks, Config: roomy(), Sources: []Source{{Path: kilnPath, Text: []byte(src)}}}).Praise
}

func TestPraise(t *testing.T) {
	src := strings.Replace(praisedPage, "It leads the field.\n", "It leads the field.\n\n", 1)
	got := praiseFor(src)
	if got == nil {
		t.Fatal("none")
	}
	if want := "On Friday at 4 p.m. Marta Lindqvist, a potter in Leeds, pulled 312 mugs from the kiln"; got.Path != kilnPath || got.Line != 8 || got.Quote != want {
		t.Errorf("%s:%d: %q, want %q on line 8", got.Path, got.Line, got.Quote, want)
	}
	if !strings.HasPrefix(got.Text, "A reader can see this: ") || !strings.Contains(got.Text, "a moment") || !strings.Contains(got.Text, "somebody with a name") {
		t.Errorf("it says %q", got.Text)
	}
}

func TestWhereNothingIsPraised(t *testing.T) {
	apart := strings.Replace(praisedPage, "It leads the field.\n", "It leads the field.\n\n", 1)
	if praiseFor(apart) == nil {
		t.Fatal("the page must be worth praise")
	}
	for _, kind := range prose.Kinds {
		got := praiseFor(strings.Replace(apart, "kind: product", "kind: "+string(kind), 1))
		want := slices.Contains([]prose.Kind{prose.Launch, prose.Opinion, prose.Product, prose.CaseStudy, prose.News}, kind)
		if kind == prose.Unknown {
			continue // not a kind that a page declares
		}
		if (got != nil) != want {
			t.Errorf("%s: %v", kind, got)
		}
	}
	cfg := roomy()
	cfg.Praise = false
	if got := Make(Request{Config: cfg, Sources: []Source{{Path: kilnPath, Text: []byte(apart)}}}).Praise; got != nil {
		t.Errorf("switched off: %v", got)
	}
	if got := praiseFor("---\nkind: product\n---\n\nMarta Lindqvist fires pots.\n"); got != nil {
		t.Errorf("one particular: %v", got)
	}
	if got := praiseFor(strings.Replace(apart, "On Friday", "> On Friday", 1)); got != nil {
		t.Errorf("somebody else's words: %v", got)
	}
}

// A passage that something is said of is not praised as well: not the passage itself, not one folded into another comment, and not
// one that a comment names as more of the same.
func TestNoPraiseForWhatIsSpokenOf(t *testing.T) {
	apart := strings.Replace(praisedPage, "It leads the field.\n", "It leads the field.\n\n", 1)
	const lead, good, heat = "It leads the field.", "Marta Lindqvist, a potter in Leeds", "It holds the heat."
	for name, test := range map[string]struct {
		checks  []*Check
		praised bool
	}{
		"another passage":     {[]*Check{remarking("unsupported-claim", Insight, remark{heat, 0.9})}, true},
		"this passage":        {[]*Check{remarking("unsupported-claim", Insight, remark{good, 0.9})}, false},
		"in the summary":      {[]*Check{inSummary(remarking("missing-stakes", Emotion, remark{good, 0.9}))}, false},
		"left unsaid":         {[]*Check{remarking("unsupported-claim", Insight, remark{good, 0.1})}, true},
		"the same again":      {[]*Check{remarking("unsupported-claim", Insight, remark{heat, 0.9}, remark{good, 0.5})}, false},
		"folded into another": {[]*Check{remarking("announced-emotion", Emotion, remark{lead, 0.9}), remarking("stock-opening", Insight, remark{good, 0.5})}, false},
	} {
		if got := praiseFor(apart, test.checks...); (got != nil) != test.praised {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// One passage of a review is praised, the one that shows most; of two alike the first.
func TestOnePraiseAReview(t *testing.T) {
	some := strings.Replace(praisedPage, goodParagraph, "\nOn Friday at 4 p.m. Marta Lindqvist pulled 312 mugs out.", 1)
	more := strings.Replace(praisedPage, goodParagraph, "\n"+goodParagraph, 1)
	plan := Make(Request{Config: roomy(), Sources: []Source{
		{Path: "products/a.md", Text: []byte(some)}, {Path: "products/b.md", Text: []byte(more)}, {Path: "products/c.md", Text: []byte(more)},
	}})
	if plan.Praise == nil || plan.Praise.Path != "products/b.md" {
		t.Errorf("%+v", plan.Praise)
	}
}

// In a change, only changed words are praised.
func TestPraiseOfChangedWords(t *testing.T) {
	src := praisedPage // the good sentence stands on line 7, in one paragraph with line 6
	for name, test := range map[string]struct {
		change  *Change
		praised bool
	}{
		"the page":              {nil, true},
		"a new page":            {&Change{New: true}, true},
		"the sentence":          {&Change{Added: []LineRange{{7, 7}}}, true},
		"the sentence before":   {&Change{Added: []LineRange{{6, 6}}}, false},
		"another paragraph":     {&Change{Added: []LineRange{{9, 9}}}, false},
		"nothing":               {&Change{}, false},
		"the page's title only": {&Change{Added: []LineRange{{2, 2}}}, false},
	} {
		plan := Make(Request{Config: roomy(), Sources: []Source{{Path: kilnPath, Text: []byte(src), Change: test.change}}})
		if (plan.Praise != nil) != test.praised {
			t.Errorf("%s: %v", name, plan.Praise)
		}
	}
}

// Every kind of particular has words for it.
func TestParticularWords(t *testing.T) {
	kinds := map[string]bool{}
	page := evidence.Read(prose.Parse("a.md", []byte(goodParagraph+" In Leeds a planner checks the invoice at 6 a.m. every Monday.\n")), evidence.DefaultLists())
	for i := range page.Source.Blocks {
		for kind := range page.Particulars(i, 0) {
			kinds[kind] = true
		}
	}
	for _, kind := range []string{"person", "role", "number", "quote", "moment", "place", "artefact"} { // evidence.Particular
		if particularWords[kind] == "" {
			t.Errorf("no words for %q", kind)
		}
	}
	for kind := range kinds {
		if particularWords[kind] == "" {
			t.Errorf("no words for %q", kind)
		}
	}
	if len(kinds) < 4 {
		t.Errorf("found %v; the test has lost its subject", kinds)
	}
}

func TestList(t *testing.T) {
	for _, test := range []struct {
		kinds []string
		want  string
	}{
		{nil, ""},
		{[]string{"number"}, "a figure"},
		{[]string{"person", "number"}, "a figure and somebody with a name"},
		{[]string{"quote", "place", "moment"}, "a moment, a place and somebody's own words"},
	} {
		kinds := map[string]bool{}
		for _, k := range test.kinds {
			kinds[k] = true
		}
		if got := list(kinds); got != test.want {
			t.Errorf("%v: %q, want %q", test.kinds, got, test.want)
		}
	}
}
