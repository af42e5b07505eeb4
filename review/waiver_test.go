package review

import (
	"strings"
	"testing"

	"github.com/example-org/tellwell/prose"
)

var someChecks = []string{"label-headline", "missing-stakes", "scripted-quote", "stock-opening"}

// spanOf returns where words stand on the page.
func spanOf(t *testing.T, page *prose.Page, words string) prose.Span {
	t.Helper()
	at := strings.Index(string(page.Source), words)
	if at < 0 {
		t.Fatalf("%q is not on the page", words)
	}
	return prose.Span{Start: at, End: at + len(words)}
}

const ovenPage = `# The oven in the corner

It hums before anybody is up.

The bakers come at three.
They light the lamps.

- first the rye
- then the rolls

## What the lamp shows

The crust sings.
`

func TestWaivers(t *testing.T) {
	for name, test := range map[string]struct {
		page   string // "" is ovenPage
		before string // words of ovenPage before which insert is put
		insert string
		waived []string // "check: words" that are waved through
		told   []string // "check: words" that are not
		reason string   // of waived[0]
	}{
		"nothing": {told: []string{"label-headline: The oven in the corner", "stock-opening: It hums"}},
		"front matter, all": {before: "# The", insert: "---\ntellwell: ok\n---\n",
			waived: []string{"label-headline: The oven", "stock-opening: It hums", "missing-stakes: The crust sings."}},
		"front matter, some": {before: "# The", insert: "---\ntellwell: {skip: [label-headline, missing-stakes], because: the campaign is named that}\n---\n",
			waived: []string{"label-headline: The oven", "missing-stakes: The crust"}, told: []string{"stock-opening: It hums"},
			reason: "the campaign is named that"},
		"front matter, one without brackets": {before: "# The", insert: "---\ntellwell:\n  skip: label-headline\n---\n",
			waived: []string{"label-headline: The oven"}, told: []string{"missing-stakes: The crust"}},
		"front matter, TOML": {before: "# The", insert: "+++\ntitle = \"x\"\n[tellwell]\nskip = [\"label-headline\"]\nbecause = \"agreed\"\n+++\n",
			waived: []string{"label-headline: The oven"}, told: []string{"missing-stakes: The crust"}, reason: "agreed"},
		"at the top": {before: "# The", insert: "<!-- tellwell: ok -->\n\n",
			waived: []string{"label-headline: The oven", "missing-stakes: The crust sings."}},
		"at the top, below front matter": {before: "# The", insert: "---\ntitle: x\n---\n<!-- tellwell: skip missing-stakes, because it is an obituary for an oven -->\n\n",
			waived: []string{"missing-stakes: The crust sings.", "missing-stakes: title: x"}, told: []string{"label-headline: The oven"},
			reason: "it is an obituary for an oven"},
		"above a paragraph": {before: "The bakers", insert: "<!-- tellwell: ok -->\n\n",
			waived: []string{"stock-opening: The bakers", "label-headline: They light"}, told: []string{"stock-opening: It hums", "stock-opening: The crust"}},
		"above a paragraph, no line between": {before: "The bakers", insert: "<!-- tellwell: ok -->\n",
			waived: []string{"stock-opening: The bakers"}, told: []string{"stock-opening: It hums", "stock-opening: The crust"}},
		"above a heading": {before: "## What", insert: "<!-- tellwell: skip label-headline -->\n",
			waived: []string{"label-headline: What the lamp"}, told: []string{"stock-opening: What the lamp", "label-headline: The crust"}},
		"above a list": {before: "- first", insert: "<!-- tellwell: skip label-headline, missing-stakes -->\n\n",
			waived: []string{"label-headline: first the rye", "missing-stakes: then the rolls"}, told: []string{"label-headline: The bakers", "missing-stakes: The crust"}},
		"on the line": {before: "\n\n## What", insert: " <!-- tellwell: skip label-headline because it rolls -->",
			waived: []string{"label-headline: then the rolls"}, told: []string{"label-headline: first the rye", "label-headline: What the lamp"},
			reason: "it rolls"},
		"on the heading's line": {before: "\n\nIt hums", insert: " <!-- tellwell: ok -->",
			waived: []string{"label-headline: The oven"}, told: []string{"stock-opening: It hums"}},
		"Liquid": {before: "The bakers", insert: "{% comment %}tellwell: ok{% endcomment %}\n\n",
			waived: []string{"stock-opening: The bakers"}, told: []string{"stock-opening: The crust"}},
		"MDX": {before: "The bakers", insert: "{/* tellwell: ok */}\n\n",
			waived: []string{"stock-opening: The bakers"}, told: []string{"stock-opening: The crust"}},
		"written another way": {before: "The bakers", insert: "<!-- Tellwell:  SKIP Label-Headline and stock-opening — because: it works -->\n\n",
			waived: []string{"label-headline: The bakers", "stock-opening: The bakers"}, told: []string{"missing-stakes: The bakers"}, reason: "it works"},
		"other comments": {before: "The bakers", insert: "<!-- tellwell is a tool --> <!-- ok -->\n\n", told: []string{"stock-opening: The bakers"}},
		"in code":        {before: "The bakers", insert: "```\n<!-- tellwell: ok -->\n```\n\n", told: []string{"stock-opening: The bakers"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(ovenPage, test.before, test.insert+test.before, 1)
			path := "blog/oven.md"
			if name == "MDX" {
				path = "blog/oven.mdx"
			}
			page := prose.Parse(path, []byte(text))
			waivers, problems := ReadWaivers(page, someChecks)
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
			for i, pair := range test.waived {
				check, words, _ := strings.Cut(pair, ": ")
				reason, ok := waivers.Reason(check, spanOf(t, page, words))
				if !ok || !waivers.Waived(check, spanOf(t, page, words)) {
					t.Errorf("%s is not waved through", pair)
				} else if i == 0 && reason != test.reason {
					t.Errorf("%s: reason %q, want %q", pair, reason, test.reason)
				}
			}
			for _, pair := range test.told {
				check, words, _ := strings.Cut(pair, ": ")
				if waivers.Waived(check, spanOf(t, page, words)) {
					t.Errorf("%s is waved through", pair)
				}
			}
		})
	}
}

func TestWaiversTellOfTheWholePage(t *testing.T) {
	page := prose.Parse("blog/oven.md", []byte("<!-- tellwell: ok, because Ines asked for it -->\n\n"+ovenPage))
	waivers, _ := ReadWaivers(page, someChecks)
	if !waivers.All || waivers.Because != "Ines asked for it" {
		t.Errorf("All %v, Because %q", waivers.All, waivers.Because)
	}
	page = prose.Parse("blog/oven.md", []byte(ovenPage+"\n<!-- tellwell: ok -->\n"))
	if waivers, _ := ReadWaivers(page, someChecks); waivers.All || waivers.Waived("label-headline", spanOf(t, page, "The crust sings.")) {
		t.Error("a comment after the last words waves something through")
	}
}

func TestWaiversThatNobodyUnderstands(t *testing.T) {
	for _, test := range []struct {
		insert string
		line   int
		want   string
	}{
		{"---\ntellwell: {skip: [label-headlin]}\n---\n", 2, `no check named "label-headlin" to skip; did you mean "label-headline"?`},
		{"---\ntitle: x\ntellwell:\n  skip:\n    - label-headline\n    - nonsense\n---\n", 6, `no check named "nonsense" to skip; "tellwell explain" lists the checks`},
		{"---\ntellwell: {skpi: [label-headline]}\n---\n", 2, `unknown key "skpi" in tellwell; did you mean "skip"?`},
		{"---\ntellwell: nope\n---\n", 2, `tellwell: "nope" is not understood; write "tellwell: ok" to wave the page through, or "tellwell: {skip: [label-headline]}" for one check`},
		{"---\ntellwell: {because: it is late}\n---\n", 1, `tellwell has a reason (because) and nothing to skip; write "tellwell: {skip: [label-headline], because: …}"`},
		{"\n<!-- tellwell: skip stock-openning -->\n", 2, `no check named "stock-openning" to skip; did you mean "stock-opening"?`},
		{"\n\n<!-- tellwell: off -->\n", 3, `tellwell: "off" is not understood; write "tellwell: ok", or "tellwell: skip label-headline, because …"`},
		{"<!-- tellwell: skip -->\n", 1, `tellwell: "skip" is not understood; write "tellwell: ok", or "tellwell: skip label-headline, because …"`},
	} {
		page := prose.Parse("blog/oven.md", []byte(test.insert+ovenPage))
		_, problems := ReadWaivers(page, someChecks)
		if len(problems) != 1 || problems[0].Line != test.line || problems[0].Message != test.want || problems[0].Path != "blog/oven.md" {
			t.Errorf("%q:\n got %v\nwant {blog/oven.md %d %s}", test.insert, problems, test.line, test.want)
		}
	}
	page := prose.Parse("blog/oven.md", []byte("<!-- tellwell: skip anything-at-all -->\n"+ovenPage))
	if waivers, problems := ReadWaivers(page, nil); len(problems) > 0 || !waivers.Waived("anything-at-all", spanOf(t, page, "The crust")) {
		t.Errorf("with no list of checks: %v", problems)
	}
}
