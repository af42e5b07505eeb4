package review

import (
	"strings"
	"testing"
)

func TestLayered(t *testing.T) {
	above := "company: {names: [Acme], products: [Anvil]}\nbudget:\n  amount: quiet\n  per_page: 2\nchecks:\n  stock-opening: off\n  label-headline: {show: summary}\nkinds:\n  - {match: \"a/**\", kind: launch}\nrepositories: [\"*-site\", acme/blog]\nlexicon: {add: {puff: [anvilly]}}\n"
	own := "company:\n  products: [Hammer]\nbudget: {amount: full}\nchecks: {label-headline: {floor: 0.5}}\nkinds:\n  - {match: \"b/**\", kind: news}\nprimers: {path: quiet}\npraise:\n"
	config, problems, origins := Layered([]Layer{{"above.yml", []byte(above)}, {"own.yml", []byte(own)}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := config.Company; strings.Join(got.Names, " ") != "Acme" || strings.Join(got.Products, " ") != "Hammer" {
		t.Errorf("company %+v: a list of the nearer file stands for itself, and other keys stay", got)
	}
	if b := config.Budget; b.Amount != Full || b.PerPage != 2 || b.PerPullRequest != 5 {
		t.Errorf("budget %+v", b)
	}
	if c := config.Checks; !c["stock-opening"].Off || c["label-headline"].Show != Summary || c["label-headline"].Floor != 0.5 {
		t.Errorf("checks %+v", c)
	}
	if len(config.Kinds) != 1 || config.Kinds[0].Match != "b/**" || config.Primers.Path != "quiet" || !config.Praise {
		t.Errorf("kinds %+v, primers %+v, praise %t", config.Kinds, config.Primers, config.Praise)
	}
	for key, want := range map[string]string{"company.names": "above.yml:1", "company.products": "own.yml:2", "budget.amount": "own.yml:3", "budget.per_page": "above.yml:4",
		"checks.stock-opening": "above.yml:6", "checks.label-headline.floor": "own.yml:4", "kinds": "own.yml:5", "primers.path": "own.yml:7", "praise": "", "version": ""} {
		if origins[key] != want {
			t.Errorf("%s comes from %q, want %q", key, origins[key], want)
		}
	}
	for repo, want := range map[string]bool{"acme/big-site": true, "acme/blog": true, "acme/shop": false, "other/blog": false} {
		if config.Enables(repo) != want {
			t.Errorf("%s: enabled %t", repo, !want)
		}
	}
	_, problems, _ = Layered([]Layer{{"above.yml", []byte("budgit: {}\n")}, {"own.yml", []byte("a: [\n")}})
	if len(problems) != 2 || problems[0].Path != "above.yml" || problems[1].Path != "own.yml" {
		t.Errorf("problems %+v", problems)
	}
}
