package checks

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/reviewtest"
)

func TestChecksAreValid(t *testing.T) {
	if err := review.Validate(All); err != nil {
		t.Error(err)
	}
}

// folders returns each check's folder, by name. A folder holds one check, beside this file.
func folders(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	sources, _ := filepath.Glob(filepath.Join("*", "*.go"))
	for _, path := range sources {
		for _, c := range All {
			if literals(t, path)[c.Name] {
				out[c.Name] = filepath.Dir(path)
			}
		}
	}
	return out
}

func TestEveryCheckHasSituations(t *testing.T) {
	in := folders(t)
	for _, c := range All {
		situations, _ := filepath.Glob(filepath.Join(in[c.Name], "testdata", "*.txtar"))
		if len(situations) < 3 {
			t.Errorf("%s has %d situations in %q; write what is told, what beside it is not, and what is good", c.Name, len(situations), in[c.Name])
		}
		tests, _ := filepath.Glob(filepath.Join(in[c.Name], "*_test.go"))
		run := slices.ContainsFunc(tests, func(path string) bool {
			src, err := os.ReadFile(path)
			return err == nil && strings.Contains(string(src), "reviewtest.Run(t, Check)")
		})
		if !run {
			t.Errorf("%s has no test that runs its situations; write one with reviewtest.Run(t, Check)", c.Name)
		}
	}
	dirs, _ := filepath.Glob(filepath.Join("*", "testdata"))
	for _, dir := range dirs {
		if !slices.Contains(slices.Collect(maps.Values(in)), filepath.Dir(dir)) {
			t.Errorf("%s belongs to no check that is listed; list it, or say why not in checks.go", filepath.Dir(dir))
		}
	}
}

// TestGoodPages holds that what one check calls good, no other stops at.
func TestGoodPages(t *testing.T) {
	archives, _ := filepath.Glob(filepath.Join("*", "testdata", "good.txtar"))
	if len(archives) != len(All) {
		t.Errorf("%d archives of good pages for %d checks; each has a testdata/good.txtar", len(archives), len(All))
	}
	reviewtest.Good(t, All, archives...)
}

// TestWeightsAreOfEvidence holds that every name in weights.yaml is one that the check, or what all checks weigh, can add: a name that
// was reworded in one place only would weigh nothing from then on.
func TestWeightsAreOfEvidence(t *testing.T) {
	in := folders(t)
	kinds := literalsBelow(t, filepath.Join("..", "review", "evidence"))
	for _, kind := range prose.Kinds {
		kinds[string(kind)] = true
	}
	maps.Copy(kinds, listedKinds(t))
	shared := literals(t, filepath.Join("..", "review", "weigh.go"))
	for check, table := range review.Weights {
		if in[check] == "" {
			t.Errorf("weights.yaml has weights for %q, which is no check", check)
			continue
		}
		own := literalsBelow(t, in[check])
		for name := range table {
			if name == "base" || own[name] || shared[name] || composed(name, own, kinds) || composed(name, shared, kinds) {
				continue
			}
			t.Errorf("weights.yaml: %s: nothing adds evidence named %q", check, name)
		}
	}
}

// composed reports whether a name is put together in the code from a text and a kind: "claims: " and "slogan".
func composed(name string, texts, kinds map[string]bool) bool {
	for i := 1; i < len(name); i++ {
		if name[i-1] == ' ' && texts[name[:i]] && kinds[name[i:]] {
			return true
		}
	}
	return false
}

// literals returns the texts in quotation marks of a Go file.
func literals(t *testing.T, path string) map[string]bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				out[text] = true
			}
		}
		return true
	})
	return out
}

func literalsBelow(t *testing.T, dir string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	sources, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, path := range sources {
		if !strings.HasSuffix(path, "_test.go") {
			maps.Copy(out, literals(t, path))
		}
	}
	return out
}

var listedKind = regexp.MustCompile(`(?m)^[^#\n]+ = ([a-z ]+?)\s*$`)

// listedKinds returns the kinds that the word lists give their phrases: "world-class = boast".
func listedKinds(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	lists, _ := filepath.Glob(filepath.Join("..", "review", "evidence", "lists", "*.txt"))
	for _, path := range lists {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range listedKind.FindAllStringSubmatch(string(src), -1) {
			out[m[1]] = true
		}
	}
	return out
}
