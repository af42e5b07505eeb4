package review

import (
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// ConfigPath is where a repository keeps its configuration.
const ConfigPath = ".github/tellwell.yml"

// A Config is a repository's settings. Every field has a default; Default returns them.
type Config struct {
	Version int                    `yaml:"version" json:"version"`
	Company Company                `yaml:"company" json:"company"`
	Primers PrimersConfig          `yaml:"primers" json:"primers"`
	Content Content                `yaml:"content" json:"content"`
	Kinds   []KindRule             `yaml:"kinds" json:"kinds"`
	Budget  Budget                 `yaml:"budget" json:"budget"`
	Checks  map[string]CheckConfig `yaml:"checks" json:"checks"`
	Lexicon Lexicon                `yaml:"lexicon" json:"lexicon"`
	Ask     AskConfig              `yaml:"ask" json:"ask"`
	Praise  bool                   `yaml:"praise" json:"praise"`
	FailOn  []string               `yaml:"fail_on" json:"fail_on"` // checks whose findings fail the command; never by default
	// Repositories are those that an organisation's own file switches tellwell on for, names or globs. It counts there and nowhere else.
	Repositories []string `yaml:"repositories" json:"repositories"`
	Digest       string   `yaml:"digest" json:"digest"` // "owner/name" where the monthly digest becomes an issue; empty for none. In an organisation's own file
}

// Company names us: the names and products that make a sentence be about ourselves.
type Company struct {
	Names    []string `yaml:"names" json:"names"`
	Products []string `yaml:"products" json:"products"`
}

// PrimersConfig says where the primer lives.
type PrimersConfig struct {
	Path       string `yaml:"path" json:"path"`               // folder, "primers/" by default
	Repository string `yaml:"repository" json:"repository"`   // "owner/name" where it lives in another repository
	Ref        string `yaml:"ref" json:"ref"`                 // that repository's branch, tag or commit; empty is its default branch
	BaseURL    string `yaml:"base_url" json:"base_url"`       // what a link to a primer page starts with; empty gives paths
	Site       string `yaml:"site" json:"site"`               // what makes the pages below base_url, one of primer.Generators; empty: they lie at their paths
	StaleAfter string `yaml:"stale_after" json:"stale_after"` // the age at which a page is worth a second look: "6 months"
}

// At returns where people read the primer.
func (c PrimersConfig) At() primer.Site {
	return primer.Site{Base: c.BaseURL, Generator: c.Site, Folder: strings.Trim(path.Clean("/"+c.Path), "/")}
}

// Holds reports whether a file of the repository is in its primer's folder. A primer at the root would swallow every page, so it counts
// for none, and one in another repository holds nothing here.
func (c PrimersConfig) Holds(file string) bool {
	folder := path.Clean(strings.ReplaceAll(c.Path, `\`, "/"))
	return c.Repository == "" && folder != "." && folder != "/" && strings.HasPrefix(file, folder+"/")
}

// Content says which files are content.
type Content struct {
	Include []string `yaml:"include" json:"include"` // globs; empty means: Markdown in folders named for marketing
	Exclude []string `yaml:"exclude" json:"exclude"`
	Copy    []Copy   `yaml:"copy" json:"copy"`
}

// A Copy says under which keys of the files that match a glob copy is kept, in front matter or in data. All rules that match count.
type Copy struct {
	Match string   `yaml:"match" json:"match"`
	Keys  []string `yaml:"keys" json:"keys"` // patterns such as "features[].text", beyond those that tellwell knows
	Not   []string `yaml:"not" json:"not"`   // patterns of keys that hold none
}

// Keys returns under which keys a file keeps copy, beyond those that tellwell knows.
func (c *Config) Keys(file string) prose.Keys {
	var keys prose.Keys
	for _, rule := range c.Content.Copy {
		if ok, err := doublestar.Match(rule.Match, path.Clean(file)); err == nil && ok {
			keys.Copy, keys.Not = append(keys.Copy, rule.Keys...), append(keys.Not, rule.Not...)
		}
	}
	return keys
}

// A KindRule gives the pages that match a glob their kind; the first match wins.
type KindRule struct {
	Match string     `yaml:"match" json:"match"`
	Kind  prose.Kind `yaml:"kind" json:"kind"`
}

// Budget is how much is said.
type Budget struct {
	PerPullRequest  int    `yaml:"per_pull_request" json:"per_pull_request"`   // comments in one pull request, 0 to MostComments
	PerPage         int    `yaml:"per_page" json:"per_page"`                   // comments on one page, 0 to MostComments
	WordsPerComment int    `yaml:"words_per_comment" json:"words_per_comment"` // FewestWords or more
	Amount          Amount `yaml:"amount" json:"amount"`                       // how sure tellwell must be to speak
}

// An Amount is how much tellwell says, by how sure it must be.
type Amount string

// The amounts.
const (
	Quiet Amount = "quiet"   // only the surest
	Usual Amount = "default" // as far as editors mostly agree
	Full  Amount = "full"    // as much as the budget allows
)

// Amounts are all of them, from little to much.
var Amounts = []Amount{Quiet, Usual, Full}

// The bounds of a budget. Thirty comments are more than any author reads, and twenty words hold a quote and a question.
const (
	MostComments = 30
	FewestWords  = 20
	mostWords    = 1000
)

// A CheckConfig sets one check. In YAML it may also be the single word "off".
type CheckConfig struct {
	Off         bool    `yaml:"off" json:"off"`
	Show        Place   `yaml:"show" json:"show"`                 // "inline" or "summary"; empty leaves it to the check
	AnonymousOK bool    `yaml:"anonymous_ok" json:"anonymous_ok"` // faceless-case-study: customers may not be named
	Floor       float64 `yaml:"floor" json:"floor"`               // the least confidence at which it speaks, 0 to 1
}

// Lexicon changes the word lists, by list name.
type Lexicon struct {
	Add    map[string][]string `yaml:"add" json:"add"`
	Remove map[string][]string `yaml:"remove" json:"remove"`
}

// AskConfig says how people are named.
type AskConfig struct {
	Mention bool `yaml:"mention" json:"mention"` // name people by handle, so that they are notified
}

// Default returns the settings of a repository that has no configuration.
func Default() *Config {
	return &Config{
		Version: 1,
		Primers: PrimersConfig{Path: "primers/", StaleAfter: "6 months"},
		Budget:  Budget{PerPullRequest: 5, PerPage: 3, WordsPerComment: 150, Amount: Usual},
		Praise:  true,
	}
}

// ParseConfig reads a configuration. Settings that are in order are kept even where others are not; what is not in order is told
// as problems with their lines and the nearest right name. Checks are the names of the checks there are; without them, any name of a
// check is taken. The Config is never nil.
func ParseConfig(path string, src []byte, checks ...string) (*Config, []Problem) {
	r := &configReader{path: path, checks: checks, lists: evidence.ListNames(), config: Default()}
	if root := r.document(src); root != nil {
		r.root(root)
	}
	return r.config, r.problems
}
