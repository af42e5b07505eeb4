package review

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

// A remark is a passage that a test's check reports, by its words.
type remark struct {
	words      string
	confidence float64
}

// remarking returns a check that reports the passages with the words of its remarks, on pages of every kind and inline. Its name is
// that of a real check, so that there is something to say.
func remarking(name string, family Family, remarks ...remark) *Check {
	c := &Check{Name: name, Family: family, Help: 5, Kinds: map[prose.Kind]Place{}}
	for _, kind := range prose.Kinds {
		c.Kinds[kind] = Inline
	}
	c.Run = func(pass *Pass) error {
		for _, r := range remarks {
			if at := bytes.Index(pass.Page.Source, []byte(r.words)); at >= 0 {
				pass.Report(Finding{Span: prose.Span{Start: at, End: at + len(r.words)}, Confidence: r.confidence})
			}
		}
		return nil
	}
	return c
}

// inSummary has the check told in the summary.
func inSummary(c *Check) *Check {
	for kind := range c.Kinds {
		c.Kinds[kind] = Summary
	}
	return c
}

// wholePage has the check judge pages as a whole.
func wholePage(c *Check) *Check { c.Rests = OnPage; return c }

// roomy is a configuration whose budget leaves nothing out.
func roomy() *Config {
	cfg := Default()
	cfg.Budget = Budget{PerPullRequest: MostComments, PerPage: MostComments}
	return cfg
}

const kilnPath = "products/kiln.md"

const kilnPage = `---
title: The kiln that waits
kind: product
---

Our controller is the best there is. It leads the field.

Every potter trusts it. No firing fails.

## What it does

It holds the heat. We are proud of that.

It cools by itself.
Nobody has to sit up.
The pots come out whole.

## What comes next

Write to us today.
`

// kiln makes a plan for the kiln's page.
func kiln(cfg *Config, change *Change, checks ...*Check) *Plan {
	return Make(Request{Checks: checks, Config: cfg, Sources: []Source{{Path: kilnPath, Text: []byte(kilnPage), Change: change}}})
}

// told says a plan's findings in short, a line each: "8 inline unsupported-claim + stock-opening".
func told(plan *Plan) string {
	var out []string
	for _, p := range plan.Pages {
		for _, f := range p.Findings {
			line := fmt.Sprintf("%d %s %s", f.Line, f.Place, f.Check)
			if len(f.Folded) > 0 {
				line += " + " + strings.Join(f.Folded, " + ")
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func expect(t *testing.T, plan *Plan, want ...string) {
	t.Helper()
	if got := told(plan); got != strings.Join(want, "\n") {
		t.Errorf("told\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestEmptyRequest(t *testing.T) {
	got, err := json.Marshal(Make(Request{}))
	if want := `{"schema":1,"pages":[],"praise":null,"gaps":[],"problems":[]}`; err != nil || string(got) != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
	plan := Make(Request{Sources: []Source{{Path: "blog/empty.md"}}})
	if len(plan.Pages) != 1 || plan.Pages[0].Findings == nil || len(plan.Pages[0].Findings) != 0 {
		t.Errorf("a page without a word: %+v", plan.Pages)
	}
}

// Pages come in the order asked for, each by its own path.
func TestOrderOfSources(t *testing.T) {
	check := remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.9})
	var request Request
	request.Checks = []*Check{check}
	for _, path := range []string{"products/z.md", "blog/a.md", "products/m.md"} {
		request.Sources = append(request.Sources, Source{Path: path, Text: []byte(kilnPage)})
	}
	for range 2 {
		plan := Make(request)
		for i, source := range request.Sources {
			if p := plan.Pages[i]; p.Path != source.Path || len(p.Findings) != 1 {
				t.Errorf("page %d is %s with %d findings, want %s with one", i, p.Path, len(p.Findings), source.Path)
			}
		}
		slices.Reverse(request.Sources)
	}
}

func TestWhereAChecksSpeaks(t *testing.T) {
	strong, weak := remark{"It leads the field.", 0.9}, remark{"It leads the field.", 0.3}
	faint := remark{"It leads the field.", 0.2}
	with := func(set CheckConfig) *Config {
		cfg := roomy()
		cfg.Checks = map[string]CheckConfig{"unsupported-claim": set}
		return cfg
	}
	check := func(r remark) *Check { return remarking("unsupported-claim", Insight, r) }
	picky := check(remark{"It leads the field.", 0.6})
	picky.Floor = 0.7
	elsewhere := check(strong)
	delete(elsewhere.Kinds, prose.Product)
	for name, test := range map[string]struct {
		cfg   *Config
		check *Check
		want  string
	}{
		"as it comes":                   {nil, check(strong), "6 inline unsupported-claim"},
		"off":                           {with(CheckConfig{Off: true}), check(strong), ""},
		"shown in the summary":          {with(CheckConfig{Show: Summary}), check(strong), "6 summary unsupported-claim"},
		"shown inline":                  {with(CheckConfig{Show: Inline}), inSummary(check(strong)), "6 inline unsupported-claim"},
		"above the least inline":        {nil, check(weak), "6 inline unsupported-claim"},
		"below the least inline":        {nil, check(faint), ""},
		"above the least in summary":    {nil, inSummary(check(faint)), "6 summary unsupported-claim"},
		"below the least in summary":    {nil, inSummary(check(remark{"It leads the field.", 0.1})), ""},
		"below the configured floor":    {with(CheckConfig{Floor: 0.5}), check(weak), ""},
		"above the configured floor":    {with(CheckConfig{Floor: 0.5}), check(strong), "6 inline unsupported-claim"},
		"below the check's floor":       {nil, picky, ""},
		"silent on this kind of page":   {nil, elsewhere, ""},
		"not shown where it is silent":  {with(CheckConfig{Show: Inline}), elsewhere, ""},
		"another check's settings":      {with(CheckConfig{Off: true}), remarking("stock-opening", Insight, strong), "6 inline stock-opening"},
		"a place does not lower floors": {with(CheckConfig{Show: Inline}), inSummary(check(faint)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := test.cfg
			if cfg == nil {
				cfg = roomy()
			}
			expect(t, kiln(cfg, nil, test.check), test.want)
		})
	}
}

func TestWaivedPassages(t *testing.T) {
	checks := func() []*Check {
		return []*Check{
			remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.9}),
			remarking("announced-emotion", Emotion, remark{"We are proud of that.", 0.9}),
		}
	}
	both := []string{"unsupported-claim", "announced-emotion"}
	for name, test := range map[string]struct {
		from, to  string // what the page says instead
		leftAlone string
		want      []string
	}{
		"nothing waived":           {"", "", "", both},
		"ok in front matter":       {"kind: product", "kind: product\ntellwell: ok", "waved through by its author", nil},
		"skip in front matter":     {"kind: product", "kind: product\ntellwell: {skip: [unsupported-claim], because: true}", "", both[1:]},
		"a comment on the page":    {"Our controller", "<!-- tellwell: ok, because it is a quotation -->\n\nOur controller", "waved through by its author: it is a quotation", nil},
		"a comment before a block": {"It holds the heat", "<!-- tellwell: skip announced-emotion, because they are -->\n\nIt holds the heat", "", both[:1]},
		"a comment elsewhere":      {"It cools", "<!-- tellwell: ok -->\n\nIt cools", "", both},
	} {
		t.Run(name, func(t *testing.T) {
			src := strings.Replace(kilnPage, test.from, test.to, 1)
			plan := Make(Request{Checks: checks(), Config: roomy(), Sources: []Source{{Path: kilnPath, Text: []byte(src)}}})
			p := plan.Pages[0]
			var got []string
			for _, f := range p.Findings {
				got = append(got, f.Check)
			}
			if p.LeftAlone != test.leftAlone || !slices.Equal(got, test.want) {
				t.Errorf("left alone %q with %v, want %q with %v", p.LeftAlone, got, test.leftAlone, test.want)
			}
			if len(plan.Problems) > 0 {
				t.Errorf("problems: %v", plan.Problems)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	broken := remarking("stock-opening", Insight)
	broken.Run = func(*Pass) error { return errors.New("the list is torn") }
	sound := remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.9})
	src := strings.Replace(kilnPage, "Our controller", "<!-- tellwell: skip stock-openning -->\n\nOur controller", 1)
	gathered := Problem{Path: "products/other.md", Message: "can't be read"}
	plan := Make(Request{
		Checks: []*Check{broken, sound}, Config: roomy(), Problems: []Problem{gathered},
		Sources: []Source{{Path: kilnPath, Text: []byte(src)}},
	})
	if len(plan.Problems) != 3 || plan.Problems[0] != gathered {
		t.Fatalf("problems: %+v", plan.Problems)
	}
	if p := plan.Problems[1]; p.Path != kilnPath || p.Line != 6 || !strings.Contains(p.Message, "stock-opening") {
		t.Errorf("the waiver: %+v", p)
	}
	if p := plan.Problems[2]; p.Path != kilnPath || p.Message != "stock-opening could not read this page: the list is torn" {
		t.Errorf("the check: %+v", p)
	}
	expect(t, plan, "8 inline unsupported-claim") // the other check went on
}

// A good paragraph that would be praised, on a page that could be commented on.
const goodParagraph = "On Friday at 4 p.m. Marta Lindqvist, a potter in Leeds, pulled 312 mugs from the kiln. “I had not slept for three nights,” she said."

func TestLeftAlone(t *testing.T) {
	const german = "Wir haben den Ofen für die Töpfer gebaut, und er ist nicht nur schnell, sondern auch so leise, dass man ihn in der Werkstatt nicht hört. Das ist für uns der Grund, warum wir ihn mit den Leuten aus der Stadt gebaut haben. "
	for name, test := range map[string]struct {
		source Source
		want   string // in the reason
	}{
		"set aside":       {Source{Path: kilnPath, Aside: "under legal/"}, "under legal/"},
		"another tongue":  {Source{Path: kilnPath, Text: []byte("# Der Ofen\n\n" + strings.Repeat(german, 3))}, "German"},
		"bad news":        {Source{Path: "blog/outage.md", Text: []byte("# We are closing the Leeds kiln and laying off 40 people\n\nWe are sorry to announce layoffs.\n")}, "losing their jobs"},
		"moved":           {Source{Path: kilnPath, Change: &Change{Moved: true}}, "moved, and hardly changed"},
		"waved through":   {Source{Path: kilnPath, Text: []byte("---\ntellwell: ok\n---\n")}, "waved through"},
		"(judged at all)": {Source{Path: kilnPath, Text: []byte("---\nkind: product\n---\n")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			test.source.Text = append(test.source.Text, []byte("\n\n"+goodParagraph+"\n\nIt leads the field.\n")...)
			check := remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.9})
			plan := Make(Request{Checks: []*Check{check}, Sources: []Source{test.source}})
			p := plan.Pages[0]
			if test.want == "" {
				if p.LeftAlone != "" || len(p.Findings) != 1 || plan.Praise == nil {
					t.Errorf("left alone %q, %d findings, praise %v; the page must be worth judging", p.LeftAlone, len(p.Findings), plan.Praise)
				}
				return
			}
			if !strings.Contains(p.LeftAlone, test.want) || len(p.Findings) > 0 || plan.Praise != nil {
				t.Errorf("left alone %q, %d findings, praise %v; want %q and nothing said", p.LeftAlone, len(p.Findings), plan.Praise, test.want)
			}
		})
	}
}

func TestKindOf(t *testing.T) {
	cfg := Default()
	cfg.Kinds = []KindRule{{"stories/**", prose.CaseStudy}, {"**/*.md", prose.Opinion}}
	for name, test := range map[string]struct {
		cfg        *Config
		path, text string
		kind       prose.Kind
		reason     string
	}{
		"front matter first":        {cfg, "stories/a.md", "---\nkind: launch\n---\n# Introducing gate counts\n", prose.Launch, `its front matter says "kind: launch"`},
		"then the first rule":       {cfg, "stories/a.md", "# Introducing gate counts\n", prose.CaseStudy, "the configuration says so for stories/**"},
		"then the next":             {cfg, "./notes/a.md", "# Introducing gate counts\n", prose.Opinion, "the configuration says so for **/*.md"},
		"then cues":                 {cfg, "notes/a.mdx", "# Introducing gate counts\n", prose.Launch, `its title says "Introducing"`},
		"cues without rules":        {Default(), "notes/a.md", "# Introducing gate counts\n", prose.Launch, `its title says "Introducing"`},
		"nothing to tell it by":     {Default(), "notes/a.md", "# Leeds\n", prose.Unknown, "it is too short to tell"},
		"a rule's kind of its name": {cfg, "stories/2024/a.md", "Leeds", prose.CaseStudy, "the configuration says so for stories/**"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Make(Request{Config: test.cfg, Sources: []Source{{Path: test.path, Text: []byte(test.text)}}}).Pages[0]
			if p.Kind != string(test.kind) || p.KindReason != test.reason {
				t.Errorf("%s, because %q; want %s, because %q", p.Kind, p.KindReason, test.kind, test.reason)
			}
		})
	}
}

// A check of sentences speaks of changed sentences only, on a line that was changed.
func TestChangedProseOnly(t *testing.T) {
	checks := func() []*Check {
		return []*Check{
			remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.9}),
			remarking("announced-emotion", Emotion, remark{"We are proud of that.", 0.9}),
			remarking("missing-stakes", Emotion, remark{"It cools by itself.\nNobody has to sit up.\nThe pots come out whole.", 0.9}),
		}
	}
	for name, test := range map[string]struct {
		change *Change
		want   []string
	}{
		"whole page":        {nil, []string{"6 inline unsupported-claim", "12 inline announced-emotion", "14 inline missing-stakes"}},
		"new page":          {&Change{New: true}, []string{"6 inline unsupported-claim", "12 inline announced-emotion", "14 inline missing-stakes"}},
		"nothing changed":   {&Change{}, nil},
		"one line":          {&Change{Added: []LineRange{{12, 12}}}, []string{"12 inline announced-emotion"}},
		"a line beside it":  {&Change{Added: []LineRange{{10, 11}}}, nil},
		"a part of several": {&Change{Added: []LineRange{{15, 15}}}, []string{"15 inline missing-stakes"}},
		"two parts":         {&Change{Added: []LineRange{{14, 14}, {16, 16}}}, []string{"14 inline missing-stakes"}},
	} {
		t.Run(name, func(t *testing.T) { expect(t, kiln(roomy(), test.change, checks()...), test.want...) })
	}
}

// A passage of several lines is clipped to those that were changed, columns included; what is quoted stays whole.
func TestClippedToChangedLines(t *testing.T) {
	check := remarking("missing-stakes", Emotion, remark{"by itself.\nNobody has to sit up.\nThe pots come out", 0.9})
	for name, test := range map[string]struct {
		change                       *Change
		line, endLine, col, endLimit int
	}{
		"all of it":  {nil, 14, 16, 10, 18},
		"its first":  {&Change{Added: []LineRange{{14, 14}}}, 14, 14, 10, 20},
		"its middle": {&Change{Added: []LineRange{{15, 15}}}, 15, 15, 1, 22},
		"its last":   {&Change{Added: []LineRange{{16, 20}}}, 16, 16, 1, 18},
	} {
		t.Run(name, func(t *testing.T) {
			f := kiln(roomy(), test.change, check).Pages[0].Findings[0]
			if f.Line != test.line || f.EndLine != test.endLine || f.Column != test.col || f.EndColumn != test.endLimit {
				t.Errorf("%d:%d to %d:%d, want %d:%d to %d:%d", f.Line, f.Column, f.EndLine, f.EndColumn, test.line, test.col, test.endLine, test.endLimit)
			}
			if want := "by itself Nobody has to sit up. The pots come out"; f.Quote != want {
				t.Errorf("quotes %q, want %q", f.Quote, want)
			}
		})
	}
}

// A check of whole pages runs when the page is new, or its title, its opening or a third of its prose changed. Its comment stands on a
// changed line of the section, else it is told in the summary.
func TestWholePageChecksInAChange(t *testing.T) {
	for name, test := range map[string]struct {
		words  string
		change *Change
		want   string
	}{
		"whole page":                  {"It holds the heat.", nil, "12 inline missing-stakes"},
		"new":                         {"It holds the heat.", &Change{New: true}, "12 inline missing-stakes"},
		"the title, nothing near":     {"It holds the heat.", &Change{Added: []LineRange{{2, 2}}}, "12 summary missing-stakes"},
		"the title itself":            {"The kiln that waits", &Change{Added: []LineRange{{2, 2}}}, "2 inline missing-stakes"},
		"the opening, on the passage": {"It leads the field.", &Change{Added: []LineRange{{6, 6}}}, "6 inline missing-stakes"},
		"the opening, beside it":      {"No firing fails.", &Change{Added: []LineRange{{6, 6}}}, "6 inline missing-stakes"},
		"a third":                     {"It holds the heat.", &Change{Added: []LineRange{{14, 16}, {20, 20}}}, "14 inline missing-stakes"},
		"less than a third":           {"It holds the heat.", &Change{Added: []LineRange{{14, 16}}}, ""},
		"only a heading":              {"It holds the heat.", &Change{Added: []LineRange{{10, 10}}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			check := wholePage(remarking("missing-stakes", Emotion, remark{test.words, 0.9}))
			expect(t, kiln(roomy(), test.change, check), test.want)
		})
	}
}

// Whatever was changed, an inline comment stands on changed lines only.
func TestEveryCommentStandsOnAChangedLine(t *testing.T) {
	sentences := []string{
		"Our controller is the best there is.", "It leads the field.", "Every potter trusts it.", "No firing fails.", "It holds the heat.",
		"We are proud of that.", "It cools by itself.\nNobody has to sit up.", "The pots come out whole.", "Write to us today.", "The kiln that waits",
	}
	spoken := 0
	for first := 1; first <= 21; first++ {
		for last := first; last <= 21; last += 4 {
			change := &Change{Added: []LineRange{{first, last}}}
			var checks []*Check
			for i, name := range cataloguedChecks[:min(len(sentences), len(cataloguedChecks))] {
				c := remarking(name, []Family{Insight, Emotion}[i%2], remark{sentences[i], 0.9})
				if i%3 == 0 {
					c.Rests = OnTitle
				}
				checks = append(checks, c)
			}
			for _, f := range kiln(roomy(), change, checks...).Pages[0].Findings {
				if f.Place == Inline {
					spoken++
					if f.Line < first || f.EndLine > last {
						t.Errorf("changed %d to %d: %s stands on %d to %d", first, last, f.Check, f.Line, f.EndLine)
					}
				}
			}
		}
	}
	if spoken < 100 {
		t.Errorf("%d comments in all; the test has lost its subject", spoken)
	}
}

var potters = map[string]string{
	"primers/potters.md": `---
title: Kiln minders
kind: customer
audience: kiln-minder
applies_to: ["products/**"]
ask:
  - {name: Ines Okafor, handle: "@ines-o", good_for: "glazes, night firings"}
---
# Kiln minders

## What is at stake

- A cracked kiln of wedding plates, and the bride on the phone.

## Pains

- The cone drops at four in the morning, or it does not.
`,
	"primers/view.md": "---\ntitle: Our view\nkind: point-of-view\n---\n\n## What we believe\n\nA kiln is a colleague and should be spoken of as one.\n",
}

func pottersIndex(t *testing.T) *primer.Index {
	t.Helper()
	pages := map[string][]byte{}
	for path, text := range potters {
		pages[path] = []byte(text)
	}
	index, problems := primer.New(pages)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return index
}

// A section is linked with the person beside it; without one a person is named and the gap is told; without either nothing is.
func TestPrimerLinks(t *testing.T) {
	const path = "primers/potters.md"
	ask := "Ines Okafor — glazes, night firings"
	for name, test := range map[string]struct {
		needs []primer.Kind
		path  string
		none  bool // no primer
		want  *Pointer
		gap   bool
	}{
		"a section":            {[]primer.Kind{primer.Stakes}, kilnPath, false, &Pointer{Path: path, Heading: "What is at stake", URL: path + "#what-is-at-stake", Title: "Kiln minders", Minutes: 1, Ask: ask}, false},
		"a person only":        {[]primer.Kind{primer.Proof}, kilnPath, false, &Pointer{Path: path, URL: path, Title: "Kiln minders", Ask: ask}, true},
		"a page for nobody":    {[]primer.Kind{primer.TheySay}, "blog/a.md", false, nil, true},
		"an empty primer":      {[]primer.Kind{primer.Stakes}, kilnPath, true, nil, true},
		"the better of kinds":  {[]primer.Kind{primer.Pains, primer.Stakes}, kilnPath, false, &Pointer{Path: path, Heading: "Pains", URL: path + "#pains", Title: "Kiln minders", Minutes: 1, Ask: ask}, false},
		"the second of kinds":  {[]primer.Kind{primer.Proof, primer.Stakes}, kilnPath, false, &Pointer{Path: path, Heading: "What is at stake", URL: path + "#what-is-at-stake", Title: "Kiln minders", Minutes: 1, Ask: ask}, false},
		"a page without a kin": {[]primer.Kind{primer.Believe}, kilnPath, false, &Pointer{Path: "primers/view.md", Heading: "What we believe", URL: "primers/view.md#what-we-believe", Title: "Our view", Minutes: 1}, false},
	} {
		t.Run(name, func(t *testing.T) {
			check := remarking("missing-stakes", Emotion, remark{"It holds the heat.", 0.9})
			check.Needs = test.needs
			request := Request{Checks: []*Check{check}, Config: roomy(), Sources: []Source{{Path: test.path, Text: []byte(kilnPage)}}}
			if !test.none {
				request.Primer = pottersIndex(t)
			}
			plan := Make(request)
			got := plan.Pages[0].Findings[0].Primer
			if got != nil && !(got.Confidence > 0 && got.Confidence <= 1) {
				t.Errorf("confidence %v", got.Confidence)
			}
			if got != nil && test.want != nil {
				test.want.Confidence = got.Confidence
			}
			if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
			if (len(plan.Gaps) > 0) != test.gap {
				t.Errorf("gaps: %+v", plan.Gaps)
			}
		})
	}
}

func TestSectionOfTheFindingItself(t *testing.T) {
	index := pottersIndex(t)
	check := remarking("undifferentiated-claim", Insight)
	check.Needs = []primer.Kind{primer.Stakes}
	var pains *primer.Section
	for _, s := range index.Pages[0].Sections {
		if s.Kind == primer.Pains {
			pains = s
		}
	}
	check.Run = func(pass *Pass) error {
		at := strings.Index(kilnPage, "It holds the heat.")
		pass.Report(Finding{Span: prose.Span{Start: at, End: at + 18}, Confidence: 0.9, Section: pains})
		return nil
	}
	cfg := roomy()
	cfg.Primers.BaseURL = "https://primer.example/"
	plan := Make(Request{Checks: []*Check{check}, Config: cfg, Primer: index, Sources: []Source{{Path: kilnPath, Text: []byte(kilnPage)}}})
	p := plan.Pages[0].Findings[0].Primer
	if p == nil || p.Heading != "Pains" || p.Confidence != 1 || p.URL != "https://primer.example/primers/potters.md#pains" {
		t.Errorf("%+v", p)
	}
	if len(plan.Gaps) > 0 {
		t.Errorf("gaps: %+v", plan.Gaps)
	}
}

// What findings asked for in vain is counted, by what was told and not by what was left unsaid.
func TestGaps(t *testing.T) {
	claim := remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.9})
	stakes := remarking("missing-stakes", Emotion, remark{"It holds the heat.", 0.9})
	unsaid := remarking("scripted-quote", Emotion, remark{"We are proud of that.", 0.05})
	claim.Needs, stakes.Needs, unsaid.Needs = []primer.Kind{primer.Proof}, []primer.Kind{primer.Proof}, []primer.Kind{primer.Jobs}
	request := Request{Checks: []*Check{claim, stakes, unsaid}, Config: roomy(), Primer: pottersIndex(t)}
	for _, path := range []string{"products/b.md", "products/a.md"} {
		request.Sources = append(request.Sources, Source{Path: path, Text: []byte(kilnPage)})
	}
	gaps := Make(request).Gaps
	if len(gaps) != 1 || gaps[0].Asked != 4 || !slices.Equal(gaps[0].Paths, []string{"products/b.md", "products/a.md"}) {
		t.Fatalf("%+v, want one that was asked four times by two pages", gaps)
	}
	if !strings.Contains(gaps[0].Need, "kiln minders") {
		t.Errorf("the gap does not say for whom: %q", gaps[0].Need)
	}
}
