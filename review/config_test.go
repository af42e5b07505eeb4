package review

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/prose"
)

// wholeConfig sets every key.
const wholeConfig = `version: 1
company: {names: [Lindqvist Ovens, "Lindqvist Ugnar AB"], products: [Lindqvist Deck 3, 365]}
primers: {path: about/us/, base_url: "https://primer.lindqvist-ovens.example/", stale_after: 1 year}
content: {include: ["ovens/**/*.md", "bakers/**/*.{md,mdx}"], exclude: ["**/drafts/**", "CHANGELOG.md"],
  copy: [{match: "data/**/*.yaml", keys: ["hero.headline", "ovens[].story"], not: [team]}]}
kinds:                       # first match wins
  - {match: "bakers/**", kind: case-study}
  - {match: "ovens/**", kind: product}
budget: {per_pull_request: 0, per_page: 2, words_per_comment: 60}
checks:
  missing-stakes: {show: summary, floor: 0.5}
  faceless-case-study: {anonymous_ok: true}
  stock-opening: off
  label-headline: "off"
  buried-lede: {off: true}
  scripted-quote: on
  announced-emotion: false
lexicon: {add: {role: [night baker, miller]}, remove: {soft_puff: [scalable]}}
ask: {mention: true}
praise: false
fail_on: [missing-stakes]
`

func TestParseConfig(t *testing.T) {
	want := &Config{
		Version: 1,
		Company: Company{Names: []string{"Lindqvist Ovens", "Lindqvist Ugnar AB"}, Products: []string{"Lindqvist Deck 3", "365"}},
		Primers: PrimersConfig{Path: "about/us/", BaseURL: "https://primer.lindqvist-ovens.example/", StaleAfter: "1 year"},
		Content: Content{Include: []string{"ovens/**/*.md", "bakers/**/*.{md,mdx}"}, Exclude: []string{"**/drafts/**", "CHANGELOG.md"},
			Copy: []Copy{{Match: "data/**/*.yaml", Keys: []string{"hero.headline", "ovens[].story"}, Not: []string{"team"}}}},
		Kinds:  []KindRule{{"bakers/**", prose.CaseStudy}, {"ovens/**", prose.Product}},
		Budget: Budget{PerPullRequest: 0, PerPage: 2, WordsPerComment: 60, Amount: Usual},
		Checks: map[string]CheckConfig{
			"missing-stakes":      {Show: Summary, Floor: 0.5},
			"faceless-case-study": {AnonymousOK: true},
			"stock-opening":       {Off: true},
			"label-headline":      {Off: true},
			"buried-lede":         {Off: true},
			"scripted-quote":      {},
			"announced-emotion":   {Off: true},
		},
		Lexicon: Lexicon{Add: map[string][]string{"role": {"night baker", "miller"}}, Remove: map[string][]string{"soft_puff": {"scalable"}}},
		Ask:     AskConfig{Mention: true},
		FailOn:  []string{"missing-stakes"},
	}
	for name, src := range map[string]string{
		"as written": wholeConfig,
		"CRLF":       strings.ReplaceAll(wholeConfig, "\n", "\r\n"),
		"BOM":        "\ufeff" + wholeConfig,
		"document":   "%YAML 1.1\n---\n" + wholeConfig + "...\n",
	} {
		got, problems := ParseConfig(ConfigPath, []byte(src), cataloguedChecks...)
		if len(problems) > 0 {
			t.Errorf("%s: problems %v", name, problems)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
	}
}

func TestParseConfigDefaults(t *testing.T) {
	for _, src := range []string{
		"", " \n", "# nothing yet\n", "---\n", "---\n...\n", "\ufeff", "{}", "null\n", "version: 1\n",
		"company:\nprimers:\ncontent:\nkinds:\nbudget:\nchecks:\nlexicon:\nask:\npraise:\nfail_on:\n", // keys without values
		"company: {names: []}\nlexicon: {add: {}}\nkinds: []\nbudget: {}\nfail_on: []\n",
	} {
		got, problems := ParseConfig(ConfigPath, []byte(src))
		if len(problems) > 0 || !reflect.DeepEqual(got, Default()) {
			t.Errorf("%q: %+v %v", src, got, problems)
		}
	}
}

func TestParseConfigTakesAnyCheckWhenNoneAreNamed(t *testing.T) {
	got, problems := ParseConfig(ConfigPath, []byte("checks: {house-style: off}\nfail_on: [house-style]\n"))
	if len(problems) > 0 || !got.Checks["house-style"].Off || !slices.Equal(got.FailOn, []string{"house-style"}) {
		t.Errorf("%+v %v", got, problems)
	}
}

// TestParseConfigTellsTheLine holds the lines of problems, where the YAML parser's own count is off in places.
func TestParseConfigTellsTheLine(t *testing.T) {
	for _, test := range []struct {
		src  string
		line int
		says string
	}{
		{"conent: x\n", 1, `unknown key "conent"; did you mean "content"?`},
		{"version: 1\n\n# a comment\nconent: x\n", 4, `did you mean "content"?`},
		{"company:\n  names: [a]\n  product: [b]\n", 3, `unknown key "product" in company; did you mean "products"?`},
		{"per_page: 3\n", 1, `it belongs below "budget"`},
		{"budget:\n  per_page: 3\n  checks: {}\n", 3, "outside budget"},
		{"names: [a]\n", 1, `it belongs below "company"`},
		{"praise: true\nllm: true\n", 2, "doesn't ask a language model"},
		{"budget: {amount: quite}\n", 1, `did you mean "quiet"?`},
		{"budget: {amount: loud}\n", 1, "the amounts are quiet, default, full"},
		{"praise: true\npraise: false\n", 2, "the one on line 1 is used"},
		{"version: 3\n", 1, "version 3 is not one that this tellwell reads"},
		{"budget: {per_page: -1}\n", 1, "must be between 0 and 30, not -1"},
		{"budget:\n  per_pull_request: 31\n", 2, "must be between 0 and 30, not 31"},
		{"budget: {per_page: 2.5}\n", 1, `must be a whole number, not "2.5"`},
		{"budget: {per_page: '2'}\n", 1, `must be a whole number, not "2"`},
		{"content:\n  include:\n    - blog/**\n    - 'a['\n", 4, "can't be read"},
		{"content: {include: blog/**}\n", 1, `must be a list, not "blog/**"; write ["blog/**"]`},
		{"kinds:\n  - {match: 'a/**', kind: lauch}\n", 2, `did you mean "launch"?`},
		{"checks:\n  stock-openning: off\n", 2, `no check named "stock-openning"; did you mean "stock-opening"?`},
		{"checks:\n  stock-opening:\n    show: sumary\n", 3, `did you mean "summary"?`},
		{"lexicon:\n  add:\n    rolle: [miller]\n", 3, `no word list named "rolle"; did you mean "role"?`},
		{"fail_on:\n  - missing-stakes\n  - missing-steaks\n", 3, `did you mean "missing-stakes"?`},
		// Broken YAML: on the first line, where the parser says no line, and below, where it counts from 0 or from where a list begins.
		{"praise: @x\n", 1, "a character stands here"},
		{"company:\n\tnames: [a]\n", 2, "indent with spaces"},
		{"a: b: c\n", 1, "a colon stands where no key can be"},
		{"version: 1\npraise: yes: no\n", 2, "a colon stands where no key can be"},
		{"company: {names: [a}\n", 1, "not closed"},
		{"version: 1\ncompany:\n  names: [a, b\npraise: true\n", 3, "not closed"},
		{"content:\n  include:\n    - a\n   - b\n", 4, "doesn't fit"},
		{"version: 1\ncompany:\n  names: [a]\n products: [b]\n", 4, "doesn't fit"},
		{"praise: \"yes\nversion: 1\n", 2, "a quotation mark is opened here or above"},
		{"praise: true\n---\npraise: false\n", 2, "only the first is read"},
		{"version: 1\ncompany:\n  names: [\xf6]\n", 3, "UTF-8"},
		{"\xff\xfev\x00", 1, "UTF-8"},
	} {
		_, problems := ParseConfig(ConfigPath, []byte(test.src), cataloguedChecks...)
		if len(problems) != 1 || problems[0].Line != test.line || !strings.Contains(problems[0].Message, test.says) || problems[0].Path != ConfigPath {
			t.Errorf("%q:\n got %v\nwant line %d, …%s…", test.src, problems, test.line, test.says)
		}
	}
}

func TestDefaultsAreNotShared(t *testing.T) {
	a, _ := ParseConfig(ConfigPath, []byte("content: {include: ['a/**']}\nchecks: {stock-opening: off}\n"))
	b, _ := ParseConfig(ConfigPath, nil)
	if reflect.DeepEqual(a, b) || !reflect.DeepEqual(b, Default()) {
		t.Errorf("one configuration shows in another: %+v", b)
	}
}

func TestRootKeysAreThoseOfConfig(t *testing.T) {
	var want []string
	for field := range reflect.TypeFor[Config]().Fields() {
		want = append(want, field.Tag.Get("yaml"))
	}
	if !slices.Equal(rootKeys, want) {
		t.Errorf("rootKeys are %v, Config has %v", rootKeys, want)
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte(wholeConfig))
	inputs, err := filepath.Glob("../testdata/bad/config/*.yml")
	if err != nil {
		f.Fatal(err)
	}
	for _, input := range inputs {
		src, err := os.ReadFile(input)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		cfg, problems := ParseConfig(ConfigPath, src, cataloguedChecks...)
		if cfg == nil {
			t.Fatal("no configuration")
		}
		for _, p := range problems {
			if p.Line < 0 || p.Line > 1+bytes.Count(src, []byte("\n"))+bytes.Count(src, []byte("\r")) && !exoticLines(src) || p.Message == "" || p.Path != ConfigPath {
				t.Errorf("a problem out of place: %+v", p)
			}
		}
		b := cfg.Budget
		if b.PerPullRequest < 0 || b.PerPullRequest > MostComments || b.PerPage < 0 || b.PerPage > MostComments || b.WordsPerComment < FewestWords {
			t.Errorf("budget out of bounds: %+v", b)
		}
		for name, check := range cfg.Checks {
			if !slices.Contains(cataloguedChecks, name) || !(check.Floor >= 0 && check.Floor <= 1) {
				t.Errorf("check %q: %+v", name, check)
			}
		}
		for _, rule := range cfg.Kinds {
			if !slices.Contains(prose.Kinds, rule.Kind) || rule.Match == "" {
				t.Errorf("rule %+v", rule)
			}
		}
	})
}

// exoticLines reports the ends of lines that YAML 1.1 knows besides the common ones (next line, line and paragraph separator).
func exoticLines(src []byte) bool {
	return bytes.Contains(src, []byte("\u0085")) || bytes.ContainsAny(src, "\u2028\u2029")
}
