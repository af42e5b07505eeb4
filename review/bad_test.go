package review

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var updateBad = flag.Bool("update", false, "write goldens anew")

// cataloguedChecks are names of checks for tests, whether they are built yet or not.
var cataloguedChecks = []string{
	"inside-out-language", "faceless-case-study", "undifferentiated-claim", "missing-stakes", "buried-lede", "scripted-quote",
	"announced-emotion", "product-first-opening", "label-headline", "unsupported-claim", "stock-opening",
}

// TestBadConfigurations holds what is said of broken configurations, and what is kept of them, against a golden file. Read its diff
// as prose.
func TestBadConfigurations(t *testing.T) {
	golden(t, "config", "*.yml", func(out *strings.Builder, name string, src []byte) {
		cfg, problems := ParseConfig(name, src, cataloguedChecks...)
		for _, p := range problems {
			fmt.Fprintf(out, "%s:%d: %s\n", p.Path, p.Line, p.Message)
		}
		fmt.Fprintf(out, "kept: %s\n", differences(t, cfg))
	})
}

// TestBadDiffs does the same for broken diffs.
func TestBadDiffs(t *testing.T) {
	golden(t, "diff", "*.diff", func(out *strings.Builder, name string, src []byte) {
		files, problems := ParseDiff(src)
		for _, p := range problems {
			fmt.Fprintf(out, "%s:%d: %s\n", p.Path, p.Line, p.Message)
		}
		for _, f := range files {
			fmt.Fprintf(out, "kept: %s%s\n", f.Path, inWords(f))
		}
	})
}

// inWords says what is known of a file.
func inWords(f FileChange) string {
	var out strings.Builder
	for _, is := range []struct {
		so   bool
		word string
	}{{f.New && f.Change.New, "new"}, {f.Deleted, "deleted"}, {f.Binary, "binary"}, {f.Change.Moved, "moved"}} {
		if is.so {
			out.WriteString(", " + is.word)
		}
	}
	if f.Renamed {
		fmt.Fprintf(&out, ", %d%% of %s", f.Similarity, f.OldPath)
	}
	for _, added := range f.Change.Added {
		fmt.Fprintf(&out, ", lines %d-%d", added.First, added.Last)
	}
	return out.String()
}

// golden tells of each input in a folder of broken ones and holds all of it against the folder's golden.txt.
func golden(t *testing.T, folder, glob string, tell func(out *strings.Builder, name string, src []byte)) {
	t.Helper()
	folder = filepath.Join("..", "testdata", "bad", folder)
	inputs, err := filepath.Glob(filepath.Join(folder, glob))
	if err != nil || len(inputs) < 10 {
		t.Fatalf("inputs %v: %v", inputs, err)
	}
	var out strings.Builder
	for _, input := range inputs {
		src, err := os.ReadFile(input)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "-- %s --\n", filepath.Base(input))
		tell(&out, filepath.Base(input), src)
	}
	file := filepath.Join(folder, "golden.txt")
	if *updateBad {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		t.Errorf("%s differs; look at what changed, then write it anew with: go test ./review -update\n%s", file, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], strings.Join(w[i:min(i+1, len(w))], ""))
		}
	}
	return fmt.Sprintf("line %d is missing: %s", len(g)+1, w[len(g)])
}

// differences returns the settings of cfg that are not the defaults, as JSON.
func differences(t *testing.T, cfg *Config) string {
	t.Helper()
	flat := func(c *Config) map[string]any {
		src, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]any{}
		if err := json.Unmarshal(src, &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	var prune func(is, was map[string]any)
	prune = func(is, was map[string]any) {
		for key, value := range is {
			if a, ok := value.(map[string]any); ok {
				if b, ok := was[key].(map[string]any); ok {
					prune(a, b)
				}
				if len(a) == 0 {
					delete(is, key)
				}
			} else if fmt.Sprint(value) == fmt.Sprint(was[key]) {
				delete(is, key)
			}
		}
	}
	is := flat(cfg)
	prune(is, flat(Default()))
	src, err := json.Marshal(is)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}
