package review

import (
	"strings"
	"testing"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

// The whole of a comment, with a primer (the full form) and without one (the plain form).
func TestComment(t *testing.T) {
	check := remarking("missing-stakes", Emotion)
	check.Needs = []primer.Kind{primer.Stakes}
	check.Run = func(pass *Pass) error {
		at := strings.Index(kilnPage, "It holds the heat.")
		passage := prose.Span{Start: at, End: at + len("It holds the heat.")}
		pass.Report(Finding{Span: passage, Confidence: 0.61249, Evidence: []Evidence{
			{Name: "nobody is quoted on the page", Weight: 0.1},
			{Name: "a promise", Span: prose.Span{Start: at + 3, End: at + 8}, Weight: 0.9},
		}})
		again := strings.Index(kilnPage, "Nobody has to sit up.")
		pass.Report(Finding{Span: prose.Span{Start: again, End: again + 21}, Confidence: 0.5})
		return nil
	}
	echo := remarking("scripted-quote", Emotion, remark{"We are proud of that.", 0.4})
	request := Request{Checks: []*Check{check, echo}, Config: roomy(), Sources: []Source{{Path: kilnPath, Text: []byte(kilnPage)}}}
	const plainForm = `“It holds the heat” — by the end a reader knows what it does, and not what a bad day without it costs. Who loses sleep, money or a weekend without “The kiln that waits”?

<details><summary>What was seen, and why it matters</summary>

- a promise: “holds” (line 12)
- nobody is quoted on the page
- the same again: “Nobody has to sit up” (line 15)

WHY

` + "`missing-stakes`, which speaks here for `scripted-quote` as well" + `
</details>
`
	const fullForm = `“It holds the heat” — by the end a reader knows what it does, and not what a bad day without it costs. The primer has “A cracked kiln of wedding plates, and …”. What happens to a kiln minder if nothing changes?

→ [Kiln minders § What is at stake](primers/potters.md#what-is-at-stake) (1 min; ask Ines Okafor — glazes, night firings)

` + `<details><summary>What was seen, and why it matters</summary>

- a promise: “holds” (line 12)
- nobody is quoted on the page
- the same again: “Nobody has to sit up” (line 15)

WHY

` + "`missing-stakes`, which speaks here for `scripted-quote` as well" + `
</details>
`
	for form, want := range map[string]string{"plain": plainForm, "full": fullForm} {
		request.Primer = nil
		if form == "full" {
			request.Primer = pottersIndex(t)
		}
		f := Make(request).Pages[0].Findings[0]
		if f.Confidence != 0.612 {
			t.Errorf("confidence %v, want it rounded to .612", f.Confidence)
		}
		want = strings.Replace(want, "WHY", plain(wordings["missing-stakes"].Why), 1)
		if got := f.Markdown(); got != want {
			t.Errorf("the %s form reads\n%s\nwant\n%s", form, got, want)
		}
	}
}

// Lines count from 1, columns in UTF-16 units from 1, a byte order mark not among them.
func TestPositions(t *testing.T) {
	for name, test := range map[string]struct {
		page, words                      string
		line, column, endLine, endColumn int
	}{
		"plain":            {"It leads the field. It waits.\n", "It waits.", 1, 21, 1, 30},
		"emoji before it":  {"😀😀 We lead the field. It is best.\n", "It is best.", 1, 25, 1, 36},
		"emoji within":     {"It is 👍🏽 best.\n", "It is 👍🏽 best.", 1, 1, 1, 17},
		"accents":          {"Été à Noël. Ça dure.\n", "Ça dure.", 1, 13, 1, 21},
		"combining accent": {"E\u0301te\u0301 ici. It waits.\n", "It waits.", 1, 12, 1, 21},
		"a BOM":            {"\uFEFFIt leads the field. It waits.\n", "It leads the field.", 1, 1, 1, 20},
		"a BOM, later":     {"\uFEFFIt leads the field. It waits.\n", "It waits.", 1, 21, 1, 30},
		"CRLF":             {"One here.\r\n\r\nTwo here.\r\nAnd it waits.\r\n", "Two here.\r\nAnd it", 3, 1, 4, 7},
		"BOM and CRLF":     {"\uFEFF---\r\nkind: product\r\n---\r\n\r\n😀 It leads.\r\n", "It leads.", 5, 4, 5, 13},
		"front matter":     {"---\ntitle: \"Wait – the kiln\"\nkind: product\n---\n\nIt waits.\n", "Wait – the kiln", 2, 9, 2, 24},
		"two lines":        {"It leads\nthe field.\n", "It leads\nthe field.", 1, 1, 2, 11},
		"the end of line":  {"It leads.\n\nIt waits.\n", "It leads.\n", 1, 1, 1, 10},
		"no end of line":   {"It leads.\n\nIt waits.", "It waits.", 3, 1, 3, 10},
	} {
		t.Run(name, func(t *testing.T) {
			for _, change := range []*Change{nil, {New: true}, {Added: []LineRange{{1, 9}}}} {
				check := remarking("unsupported-claim", Insight, remark{test.words, 0.9})
				f := Make(Request{Checks: []*Check{check}, Config: roomy(), Sources: []Source{{Path: kilnPath, Text: []byte(test.page), Change: change}}}).Pages[0].Findings
				if len(f) != 1 {
					t.Fatalf("%d findings", len(f))
				}
				if c := f[0]; c.Line != test.line || c.Column != test.column || c.EndLine != test.endLine || c.EndColumn != test.endColumn {
					t.Errorf("change %v: %d:%d to %d:%d, want %d:%d to %d:%d", change, c.Line, c.Column, c.EndLine, c.EndColumn, test.line, test.column, test.endLine, test.endColumn)
				}
			}
		})
	}
}

func TestPointerMarkdown(t *testing.T) {
	for name, test := range map[string]struct {
		pointer Pointer
		want    string
	}{
		"a section":            {Pointer{Title: "Potters", Heading: "Pains", URL: "primers/potters.md#pains", Minutes: 2}, "[Potters § Pains](primers/potters.md#pains) (2 min)"},
		"with somebody to ask": {Pointer{Title: "Potters", Heading: "Pains", URL: "p.md", Minutes: 1, Ask: "Ines — glazes"}, "[Potters § Pains](p.md) (1 min; ask Ines — glazes)"},
		"a person only":        {Pointer{Title: "Potters", URL: "p.md", Ask: "Ines [glazes]"}, `ask Ines \[glazes\]`},
		"somebody notified":    {Pointer{Title: "Potters", Ask: "@ines-o (glazes, @night)"}, "ask @ines-o (glazes, @\u2060night)"},
		"a worse path":         {Pointer{Title: "A", Heading: "B", URL: "a\nb<c>`d`\\.md", Minutes: 1}, "[A § B](a%0Ab%3Cc%3E%60d%60%5C.md) (1 min)"},
		"an awkward path":      {Pointer{Title: "A]", Heading: "*B*", URL: "our primers/a(1).md#b", Minutes: 1}, `[A\] § \*B\*](our%20primers/a%281%29.md#b) (1 min)`},
	} {
		if got := test.pointer.Markdown(); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestPerson(t *testing.T) {
	for _, test := range []struct {
		person  primer.Person
		mention bool
		want    string
	}{
		{primer.Person{Name: "Ines", Handle: "@ines-o", GoodFor: "glazes"}, false, "Ines — glazes"},
		{primer.Person{Name: "Ines", Handle: "@ines-o", GoodFor: "glazes"}, true, "@ines-o — glazes"},
		{primer.Person{Name: "Ines"}, true, "Ines"},
		{primer.Person{Handle: "@ines-o"}, false, "ines-o"},
		{primer.Person{Name: "@ines-o", GoodFor: "glazes"}, false, "ines-o — glazes"},
		{primer.Person{Handle: "ines-o"}, true, "@ines-o"},
	} {
		if got := person(&test.person, test.mention); got != test.want {
			t.Errorf("%+v: %q, want %q", test.person, got, test.want)
		}
	}
}

// Where the configuration asks for it, the person named is notified: GitHub reads the handle. Elsewhere nobody is.
func TestMention(t *testing.T) {
	check := remarking("missing-stakes", Emotion, remark{"It holds the heat.", 0.9})
	check.Needs = []primer.Kind{primer.Stakes}
	for _, mention := range []bool{true, false} {
		cfg := roomy()
		cfg.Ask.Mention = mention
		plan := Make(Request{Checks: []*Check{check}, Config: cfg, Primer: pottersIndex(t), Sources: []Source{{Path: kilnPath, Text: []byte(kilnPage)}}})
		if got := strings.Contains(plan.Pages[0].Findings[0].Markdown(), "ask @ines-o — "); got != mention {
			t.Errorf("mention %v: the comment reads\n%s", mention, plan.Pages[0].Findings[0].Markdown())
		}
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"@ines fixed #12":             "@\u2060ines fixed #\u206012",
		"a *b* _c_ `d` ~e~ [f](g)":    "a \\*b\\* \\_c\\_ \\`d\\` \\~e\\~ \\[f\\](g)",
		"<b> & ![i]":                  `\<b\> &amp; \!\[i\]`,
		"two\nlines\tand\x00nul":      "two lines andnul",
		`back\slash | $5`:             `back\\slash \| \$5`,
		"see https://kiln.example/12": "see https:/\u2060/kiln.example/12",
		"WWW.kiln.example, gh-12":     "WWW\u2060.kiln.example, gh-\u206012",
		"plain words, “quoted”":       "plain words, “quoted”",
	} {
		if got := plain(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestOtherPages(t *testing.T) {
	for _, test := range []struct {
		paths []string
		want  string
	}{
		{[]string{"a.md"}, "another page: a.md"},
		{[]string{"a.md", "b.md"}, "2 other pages: a.md, b.md"},
		{[]string{"a.md", "b.md", "c.md", "d.md"}, "4 other pages: a.md, b.md, c.md, …"},
	} {
		if got := otherPages(test.paths); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// A comment about copy under a key stands on the lines of the value and carries the key; in a body there is none.
func TestCommentsOnKeys(t *testing.T) {
	for _, test := range []struct {
		name, path, text, words string
		line                    int
		key                     string
	}{
		{"front matter", "products/a.md", "---\ntitle: Kilns\nhero:\n  headline: Kilns\n  text: Our controller is the best there is.\n---\nIt holds.\n",
			"Our controller is the best there is.", 5, "hero.text"},
		{"a block scalar", "_data/home.yaml", "features:\n  - title: Heat\n    text: |\n      It holds the heat.\n\n      It leads the field.\n",
			"It leads the field.", 6, "features[0].text"},
		{"TOML", "_data/home.toml", "[hero]\ntext = \"\"\"\nIt holds the heat.\nIt leads the field.\"\"\"\n", "It leads the field.", 4, "hero.text"},
		{"JSON", "_data/home.json", "{\"hero\": {\n  \"text\": \"It leads the field.\"}}\n", "It leads the field.", 2, "hero.text"},
		{"a title", "_data/home.json", "{\"title\": \"It leads the field.\", \"text\": \"It holds the heat.\"}\n", "It leads the field.", 1, "title"},
		{"a body", "products/a.md", "---\nhero: {text: It holds the heat.}\n---\n\nIt leads the field.\n", "It leads the field.", 5, ""},
	} {
		plan := Make(Request{Config: roomy(), Checks: []*Check{remarking("unsupported-claim", Insight, remark{test.words, 0.9})},
			Sources: []Source{{Path: test.path, Text: []byte(test.text)}}})
		if len(plan.Pages[0].Findings) != 1 {
			t.Errorf("%s: %+v", test.name, plan.Pages[0])
			continue
		}
		if f := plan.Pages[0].Findings[0]; f.Line != test.line || f.EndLine != test.line || f.Key != test.key || f.Quote != test.words {
			t.Errorf("%s: %q on lines %d to %d under %q, want line %d under %q", test.name, f.Quote, f.Line, f.EndLine, f.Key, test.line, test.key)
		}
	}
}

// The configuration says where copy is kept, and where none is.
func TestCopyByTheConfiguration(t *testing.T) {
	cfg := roomy()
	cfg.Content.Copy = []Copy{{Match: "ovens/*.yaml", Keys: []string{"ovens[].promise"}}, {Match: "**/*.yaml", Not: []string{"hero.text"}}}
	page := []byte("ovens:\n  - promise: It leads the field.\nhero:\n  text: It holds the heat.\n")
	check := remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.9}, remark{"It holds the heat.", 0.8})
	for path, want := range map[string]string{"ovens/a.yaml": "It leads the field.", "data/a.yaml": ""} {
		p := Make(Request{Config: cfg, Checks: []*Check{check}, Sources: []Source{{Path: path, Text: page}}}).Pages[0]
		if want == "" && p.LeftAlone == "" || want != "" && (p.LeftAlone != "" || prose.ParseWith(path, page, cfg.Keys(path)).Prose()[0].Text != want) {
			t.Errorf("%s: left alone %q", path, p.LeftAlone)
		}
	}
}
