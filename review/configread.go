package review

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

// A configReader walks a configuration's YAML and fills in config. It takes each setting for itself, so that one that is not in
// order costs only itself.
type configReader struct {
	path     string
	checks   []string // the names of checks; none is any
	lists    []string // the names of word lists
	config   *Config
	problems []Problem
}

// A setting is a key that a mapping may have and what reads its value.
type setting struct {
	key  string
	read func(*yaml.Node)
}

// nested names the keys of each mapping below the top, to tell where a misplaced key belongs.
var nested = []struct {
	key  string
	keys []string
}{
	{"company", []string{"names", "products"}},
	{"primers", []string{"path", "repository", "ref", "base_url", "site", "stale_after"}},
	{"content", []string{"include", "exclude", "copy"}},
	{"budget", []string{"per_pull_request", "per_page", "amount", "words_per_comment"}},
	{"lexicon", []string{"add", "remove"}},
	{"ask", []string{"mention"}},
}

// struckOut are keys of the first draft, and what tellwell says of each: it doesn't do this.
var struckOut = map[string]string{
	"llm":         "tellwell doesn't ask a language model; its checks are rules that anybody can read, and need no setting here",
	"suggestions": "tellwell doesn't write suggestion blocks; the words stay the author's",
	"campaign":    "tellwell doesn't run campaigns; a primer section is linked where it helps, whatever the month",
	"onboarding":  "tellwell doesn't treat new authors differently; every comment has its reasons folded below it",
	"weekly_cap":  "tellwell doesn't count by the week; budget.per_pull_request says how much it comments",
}

func (r *configReader) root(n *yaml.Node) {
	c := r.config
	r.mapping(n, "", []setting{
		{"version", r.version},
		{"company", func(n *yaml.Node) {
			r.mapping(n, "company", []setting{
				{"names", r.texts("company.names", &c.Company.Names, nil)},
				{"products", r.texts("company.products", &c.Company.Products, nil)},
			})
		}},
		{"primers", func(n *yaml.Node) {
			r.mapping(n, "primers", []setting{
				{"path", r.text("primers.path", &c.Primers.Path, folderInside)},
				{"repository", r.text("primers.repository", &c.Primers.Repository, repositoryName)},
				{"ref", r.text("primers.ref", &c.Primers.Ref, refName)},
				{"base_url", r.text("primers.base_url", &c.Primers.BaseURL, webAddress)},
				{"site", r.text("primers.site", &c.Primers.Site, primer.NoGenerator)},
				{"stale_after", r.text("primers.stale_after", &c.Primers.StaleAfter, age)},
			})
		}},
		{"content", func(n *yaml.Node) {
			r.mapping(n, "content", []setting{
				{"include", r.texts("content.include", &c.Content.Include, glob)},
				{"exclude", r.texts("content.exclude", &c.Content.Exclude, glob)},
				{"copy", r.copyRules},
			})
		}},
		{"kinds", r.kinds},
		{"budget", func(n *yaml.Node) {
			r.mapping(n, "budget", []setting{
				{"per_pull_request", r.count("budget.per_pull_request", &c.Budget.PerPullRequest, 0, MostComments)},
				{"per_page", r.count("budget.per_page", &c.Budget.PerPage, 0, MostComments)},
				{"amount", r.text("budget.amount", (*string)(&c.Budget.Amount), amountName)},
				{"words_per_comment", r.count("budget.words_per_comment", &c.Budget.WordsPerComment, FewestWords, mostWords)},
			})
		}},
		{"checks", r.checkSettings},
		{"lexicon", func(n *yaml.Node) {
			r.mapping(n, "lexicon", []setting{
				{"add", r.wordLists("lexicon.add", &c.Lexicon.Add)},
				{"remove", r.wordLists("lexicon.remove", &c.Lexicon.Remove)},
			})
		}},
		{"ask", func(n *yaml.Node) {
			r.mapping(n, "ask", []setting{{"mention", r.yesNo("ask.mention", &c.Ask.Mention)}})
		}},
		{"praise", r.yesNo("praise", &c.Praise)},
		{"fail_on", r.texts("fail_on", &c.FailOn, r.checkName)},
		{"digest", r.text("digest", &c.Digest, repositoryName)},
		{"repositories", r.texts("repositories", &c.Repositories, glob)},
	})
}

// mapping reads a mapping whose keys are settings. An empty value sets nothing.
func (r *configReader) mapping(n *yaml.Node, where string, settings []setting) {
	keys := make([]string, len(settings))
	for i, s := range settings {
		keys[i] = s.key
	}
	r.entries(n, where, func(key, value *yaml.Node) {
		if i := slices.Index(keys, key.Value); i >= 0 {
			settings[i].read(value)
			return
		}
		r.unknown(key, where, keys)
	})
}

// entries calls do with every key of a mapping and its value, once for a key that stands twice.
func (r *configReader) entries(n *yaml.Node, where string, do func(key, value *yaml.Node)) {
	n = deref(n)
	if empty(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		name := where
		if name == "" {
			name = "the configuration"
		}
		r.problem(n, "%s must be keys and values (%q), not %s", name, "key: value", looksLike(n))
		return
	}
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := deref(n.Content[i]), n.Content[i+1]
		switch {
		case n.Content[i].Tag == "!!merge":
			r.problem(n.Content[i], "merge keys (<<) are not read here; write the settings out")
		case key.Kind != yaml.ScalarNode:
			r.problem(n.Content[i], "a key must be a word, not %s", looksLike(key))
		case first[key.Value] > 0:
			r.problem(n.Content[i], "key %s stands twice; the one on line %d is used, so remove this one", quoted(key.Value), first[key.Value])
		default:
			first[key.Value] = max(1, n.Content[i].Line)
			do(&yaml.Node{Kind: yaml.ScalarNode, Value: key.Value, Line: n.Content[i].Line}, value)
		}
	}
}

// unknown tells of a key that the mapping at where does not have.
func (r *configReader) unknown(key *yaml.Node, where string, keys []string) {
	if says := struckOut[key.Value]; says != "" {
		r.problem(key, "%s; remove the key %s", says, quoted(key.Value))
		return
	}
	in := ""
	if where != "" {
		in = " in " + where
	}
	if hint := didYouMean(key.Value, keys); hint != "" {
		r.problem(key, "unknown key %s%s%s", quoted(key.Value), in, hint)
		return
	}
	for _, n := range nested {
		if n.key != where && slices.Contains(n.keys, key.Value) {
			r.problem(key, "unknown key %s%s; it belongs below %q", quoted(key.Value), in, n.key)
			return
		}
	}
	if where != "" && slices.Contains(rootKeys, key.Value) {
		r.problem(key, "unknown key %s%s; it belongs at the start of a line, outside %s", quoted(key.Value), in, where)
		return
	}
	r.problem(key, "unknown key %s%s; the keys here are %s", quoted(key.Value), in, strings.Join(keys, ", "))
}

// rootKeys are the keys at the top.
var rootKeys = []string{"version", "company", "primers", "content", "kinds", "budget", "checks", "lexicon", "ask", "praise", "fail_on", "repositories", "digest"}

func (r *configReader) version(n *yaml.Node) {
	version := r.config.Version
	r.count("version", &version, -1<<31, 1<<31-1)(n)
	if version != r.config.Version {
		r.problem(n, "version %d is not one that this tellwell reads; it reads version %d", version, r.config.Version)
	}
}

// kindExample is a rule for sentences that show how to write one.
const kindExample = `{match: "customers/**", kind: case-study}`

func (r *configReader) kinds(n *yaml.Node) {
	for i, item := range r.items(n, "kinds", kindExample) {
		var rule KindRule
		var kind string
		where := fmt.Sprintf("kinds[%d]", i)
		before := len(r.problems)
		r.mapping(item, where, []setting{
			{"match", r.text(where+".match", &rule.Match, glob)},
			{"kind", r.text(where+".kind", &kind, kindName)},
		})
		rule.Kind = prose.Kind(kind)
		if rule.Match != "" && kind != "" {
			r.config.Kinds = append(r.config.Kinds, rule)
		} else if len(r.problems) == before {
			r.problem(item, "%s needs both: %s", where, kindExample)
		}
	}
}

// copyExample is a rule for sentences that show how to write one.
const copyExample = `{match: "data/**/*.yaml", keys: ["hero.headline", "features[].text"]}`

func (r *configReader) copyRules(n *yaml.Node) {
	for i, item := range r.items(n, "content.copy", copyExample) {
		var rule Copy
		where := fmt.Sprintf("content.copy[%d]", i)
		before := len(r.problems)
		r.mapping(item, where, []setting{
			{"match", r.text(where+".match", &rule.Match, glob)},
			{"keys", r.texts(where+".keys", &rule.Keys, keyPattern)},
			{"not", r.texts(where+".not", &rule.Not, keyPattern)},
		})
		if rule.Match != "" && len(rule.Keys)+len(rule.Not) > 0 {
			r.config.Content.Copy = append(r.config.Content.Copy, rule)
		} else if len(r.problems) == before {
			r.problem(item, "%s needs match, and keys or not: %s", where, copyExample)
		}
	}
}

func (r *configReader) checkSettings(n *yaml.Node) {
	r.entries(n, "checks", func(key, value *yaml.Node) {
		if err := r.checkName(key.Value); err != nil {
			r.problem(key, "%v", err)
			return
		}
		if r.config.Checks == nil {
			r.config.Checks = map[string]CheckConfig{}
		}
		where := "checks." + key.Value
		if v := deref(value); v.Kind == yaml.ScalarNode && !empty(v) {
			on, ok := truth(v)
			if !ok {
				r.problem(value, `%s must be off or settings such as {show: summary}, not %s`, where, looksLike(v))
				return
			}
			r.config.Checks[key.Value] = CheckConfig{Off: !on}
			return
		}
		var set CheckConfig
		var show string
		settings := []setting{
			{"off", r.yesNo(where+".off", &set.Off)},
			{"show", r.text(where+".show", &show, showPlace)},
			{"floor", r.share(where+".floor", &set.Floor)},
			{"anonymous_ok", r.yesNo(where+".anonymous_ok", &set.AnonymousOK)},
		}
		if key.Value != anonymousCheck {
			settings[len(settings)-1].read = func(n *yaml.Node) {
				r.problem(n, "anonymous_ok is a setting of %s alone", anonymousCheck)
			}
		}
		r.mapping(value, where, settings)
		set.Show = Place(show)
		r.config.Checks[key.Value] = set
	})
}

// anonymousCheck is the one check that knows customers who may not be named.
const anonymousCheck = "faceless-case-study"

// wordLists reads a mapping from word lists to words.
func (r *configReader) wordLists(where string, to *map[string][]string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		r.entries(n, where, func(key, value *yaml.Node) {
			if !slices.Contains(r.lists, key.Value) {
				hint := didYouMean(key.Value, r.lists)
				if hint == "" {
					hint = "; the lists are " + strings.Join(r.lists, ", ")
				}
				r.problem(key, "no word list named %s%s", quoted(key.Value), hint)
				return
			}
			var words []string
			r.texts(where+"."+key.Value, &words, nil)(value)
			if len(words) > 0 {
				if *to == nil {
					*to = map[string][]string{}
				}
				(*to)[key.Value] = words
			}
		})
	}
}

func (r *configReader) problem(n *yaml.Node, format string, args ...any) {
	r.problemAt(n.Line, fmt.Errorf(format, args...))
}

func (r *configReader) problemAt(line int, err error) {
	r.problems = append(r.problems, Problem{Path: r.path, Line: line, Message: err.Error()})
}
