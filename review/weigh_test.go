package review

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

func TestWeighing(t *testing.T) {
	table := map[string]float64{"base": -1, "a promise": 2, "a figure": -0.5}
	for name, test := range map[string]struct {
		seen []string
		sum  float64
	}{
		"nothing":       {nil, -1},
		"one":           {[]string{"a promise"}, 1},
		"against it":    {[]string{"a promise", "a figure"}, 0.5},
		"twice":         {[]string{"a promise", "a promise"}, 3},
		"not in table":  {[]string{"a rumour"}, -1},
		"order is none": {[]string{"a figure", "a promise"}, 0.5},
	} {
		w := &Weighing{table: table, sum: table["base"]}
		for _, s := range test.seen {
			w.Add(s, prose.Span{Start: 1, End: 3})
		}
		if got, want := w.Confidence(), 1/(1+math.Exp(-test.sum)); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		for i, s := range test.seen {
			if e := w.Seen[i]; e.Name != s || e.Weight != table[s] || e.Span != (prose.Span{Start: 1, End: 3}) {
				t.Errorf("%s: seen %+v", name, e)
			}
		}
	}
	w := &Weighing{table: table}
	w.When(false, "a promise")
	w.When(true, "a figure")
	if len(w.Seen) != 1 || w.Seen[0].Name != "a figure" || !w.Seen[0].Span.Empty() {
		t.Errorf("seen %+v", w.Seen)
	}
	if c := (&Weighing{sum: 900}).Confidence(); c != 1 {
		t.Errorf("as sure as can be: %v", c)
	}
	if c := (&Weighing{sum: -900}).Confidence(); c < 0 || c > 1e-300 {
		t.Errorf("as unsure as can be: %v", c)
	}
}

// The weights are a base and log-odds for every check that has wording, none so large that it decides alone.
func TestWeightsFile(t *testing.T) {
	for name := range wordings {
		if _, ok := Weights[name]["base"]; !ok {
			t.Errorf("%s has no base", name)
		}
	}
	for name, table := range Weights {
		if _, ok := wordings[name]; !ok {
			t.Errorf("%s is weighed, and has no wording", name)
		}
		for evidence, weight := range table {
			if math.Abs(weight) > 3 || math.IsNaN(weight) || weight == 0 {
				t.Errorf("%s: %q weighs %v", name, evidence, weight)
			}
		}
	}
}

// surroundings returns the names of what surrounds the sentence with these words.
func surroundings(t *testing.T, src, words string) []string {
	t.Helper()
	page := prose.Parse("a.md", []byte(src))
	read := evidence.Read(page, evidence.DefaultLists())
	pass := &Pass{Check: &Check{Name: "no such check"}, Page: page, Kind: prose.Product, Read: read, Lists: evidence.DefaultLists(), Primer: &primer.Index{}, Config: Default()}
	all := append(slices.Clone(read.Headings), read.Sentences...)
	if read.Title != nil && !slices.ContainsFunc(all, func(s *evidence.Sentence) bool { return s.Span == read.Title.Span }) {
		all = append(all, read.Title)
	}
	for _, s := range all {
		if strings.Contains(s.Text, words) {
			w := pass.Weigh()
			pass.Surroundings(w, s)
			var names []string
			for _, e := range w.Seen {
				names = append(names, e.Name)
			}
			return names
		}
	}
	t.Fatalf("no sentence with %q", words)
	return nil
}

const surroundingsPage = `---
title: The kiln that waits
---

We built a robust, seamless kiln for organisations. Can you wait? It waits!

## What it does

- It holds the heat for the night and for the morning after it, for the glaze and for the clay, for the cup and the bowl and the plate.

Marta Lindqvist, a potter in Leeds, pulled 312 mugs out on Friday at 4 p.m.
She was relieved. "I had not slept for three nights because of that shelf," she said. My shelf.

Run ` + "`kiln --wait`" + ` and leave. Go home.

The best of all kilns.
`

func TestSurroundings(t *testing.T) {
	for _, test := range []struct {
		words  string
		seen   []string
		unseen []string
	}{
		{"The kiln that waits", []string{"in the title", "on a page of kind product", "in a short sentence"}, []string{"in the opening", "no particular near it", "a question"}},
		{"We built a robust", []string{"in the first sentence", "about ourselves", "soft praise", "soft praise stacked", "addressed to everybody", "no proof near it"}, []string{"in the opening", "in a list", "somebody says I in it"}},
		{"Can you wait", []string{"in the opening", "speaks to the reader", "a question"}, []string{"in the first sentence", "an exclamation"}},
		{"It waits", []string{"in the opening", "an exclamation", "in a short sentence"}, []string{"a question"}},
		{"What it does", []string{"in a heading"}, []string{"in the title", "no particular near it"}},
		{"It holds the heat", []string{"in a list", "in a long sentence", "a paragraph by itself"}, []string{"in a short sentence"}},
		{"Marta Lindqvist", []string{"somebody is named", "a particular in it", "two kinds of particular around it", "a moment around it", "proof in it"}, []string{"no particular near it", "somebody named beside it"}},
		{"She was relieved", []string{"a feeling of theirs", "somebody named beside it", "particulars beside it"}, []string{"our feeling put forward"}},
		{"I had not slept", []string{"somebody speaks in it", "a voice around it"}, []string{"somebody says I in it"}},
		{"My shelf", []string{"somebody says I in it"}, []string{"somebody speaks in it"}},
		{"Go home", []string{"code in the paragraph"}, nil},
		{"The best of all", []string{"in the last paragraph", "a paragraph by itself", "on a short page"}, []string{"in the opening", "on a long page", "nobody is quoted on the page"}},
	} {
		got := surroundings(t, surroundingsPage, test.words)
		for _, name := range test.seen {
			if !slices.Contains(got, name) {
				t.Errorf("%s: %q is not seen in %q", test.words, name, got)
			}
		}
		for _, name := range test.unseen {
			if slices.Contains(got, name) {
				t.Errorf("%s: %q is seen", test.words, name)
			}
		}
		seen := map[string]bool{}
		for _, name := range got {
			if seen[name] {
				t.Errorf("%s: %q is seen twice", test.words, name)
			}
			seen[name] = true
		}
	}
	long := "# Kilns\n\n" + strings.Repeat("It waits, and after that it waits some more. ", 120)
	for _, name := range []string{"on a long page", "nobody is quoted on the page", "few particulars on the page", "hardly a customer on the page"} {
		if !slices.Contains(surroundings(t, long, "It waits, and"), name) {
			t.Errorf("a long page: %q is not seen in %q", name, surroundings(t, long, "It waits, and"))
		}
	}
}

// Every weight is of evidence that some code names; a slip of the pen in weights.yaml would weigh nothing.
func TestWeightsAreOfKnownEvidence(t *testing.T) {
	known := map[string]bool{"base": true}
	for _, src := range sources(t) {
		for _, part := range strings.Split(src, `"`) {
			known[part] = true
		}
	}
	prefixes := []string{"on a page of kind ", "a boast of the form ", "our feeling: ", "a ready-made "}
	for name, table := range Weights {
		for evidence := range table {
			prefixed := slices.ContainsFunc(prefixes, func(p string) bool { return known[p] && strings.HasPrefix(evidence, p) })
			if !known[evidence] && !prefixed {
				t.Errorf("%s: nothing names %q", name, evidence)
			}
		}
	}
}

// sources returns the code in which evidence is named: the checks' and this package's.
func sources(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, glob := range []string{"weigh.go", "../checks/*/*.go"} {
		files, err := filepath.Glob(glob)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, string(src))
		}
	}
	if len(out) < 10 {
		t.Fatalf("%d files of code; the test has lost its subject", len(out))
	}
	return out
}
