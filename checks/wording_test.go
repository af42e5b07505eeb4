package checks_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

type wording struct {
	Why       string   `yaml:"why"`
	Messages  []string `yaml:"messages"`
	Questions []string `yaml:"questions"`
}

func wordings(t *testing.T) map[string]wording {
	t.Helper()
	src, err := os.ReadFile("../review/comments.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]wording
	if err := yaml.Unmarshal(src, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestChecksAreValid(t *testing.T) {
	if err := review.Validate(checks.All); err != nil {
		t.Error(err)
	}
	for name := range wordings(t) {
		if !slices.ContainsFunc(checks.All, func(c *review.Check) bool { return c.Name == name }) {
			t.Errorf("comments.yaml speaks for %s, which is not listed", name)
		}
	}
	for name := range review.Weights {
		if !slices.ContainsFunc(checks.All, func(c *review.Check) bool { return c.Name == name }) {
			t.Errorf("weights.yaml weighs for %s, which is not listed", name)
		}
	}
}

var (
	slot   = regexp.MustCompile(`\{([a-z]+)\}`)
	always = []string{"quote", "phrase"} // what every finding has
	// filled are the slots that the review fills from the page and the primer.
	filled = []string{"quote", "phrase", "topic", "role", "roleword", "pain", "stake", "proof"}
)

// insideOut has as many questions as a pair of words deserves in one review.
const insideOut = "inside-out-language"

// own are the slots without which a check makes no finding.
var own = map[string][]string{insideOut: {"theirs"}, "buried-lede": {"sentence", "count", "percent"}}

// Every check can say and ask something of any passage: the last message and the last question need nothing but its words and
// what the check never is without.
func TestEveryCheckCanSpeak(t *testing.T) {
	all := wordings(t)
	for _, check := range checks.All {
		w, ok := all[check.Name]
		if !ok || w.Why == "" || len(w.Messages) == 0 || len(w.Questions) < 3 {
			t.Errorf("%s: %d messages, %d questions, why %q", check.Name, len(w.Messages), len(w.Questions), w.Why)
			continue
		}
		for _, last := range []string{w.Messages[len(w.Messages)-1], w.Questions[len(w.Questions)-1]} {
			for _, m := range slot.FindAllStringSubmatch(last, -1) {
				if !slices.Contains(always, m[1]) && !slices.Contains(own[check.Name], m[1]) {
					t.Errorf("%s: {%s} may be empty in the last resort: %s", check.Name, m[1], last)
				}
			}
		}
		if check.Name == insideOut {
			continue // when its questions are spent, the pair has been told often enough
		}
		if last := w.Questions[len(w.Questions)-1]; !strings.Contains(last, "{phrase}") {
			t.Errorf("%s: the last question is the same for every passage, and so can be asked once a review: %s", check.Name, last)
		}
	}
}

// Every slot in a check's wording is one that the review fills, or the check itself.
func TestChecksFillTheirSlots(t *testing.T) {
	all := wordings(t)
	dirs := map[string]string{} // the code of each check, by its name
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		files, err := fs.Glob(os.DirFS("."), path.Join(folder.Name(), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		var code strings.Builder
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(file, "_test.go") {
				code.Write(src)
			}
		}
		for _, check := range checks.All {
			if strings.Contains(code.String(), `"`+check.Name+`"`) {
				dirs[check.Name] = code.String()
			}
		}
	}
	for _, check := range checks.All {
		if dirs[check.Name] == "" {
			t.Errorf("%s: its code was not found", check.Name)
		}
		w := all[check.Name]
		for _, template := range slices.Concat(w.Messages, w.Questions) {
			for _, m := range slot.FindAllStringSubmatch(template, -1) {
				if !slices.Contains(filled, m[1]) && !strings.Contains(dirs[check.Name], `"`+m[1]+`"`) {
					t.Errorf("%s: nothing fills {%s} in %q", check.Name, m[1], template)
				}
			}
		}
	}
}
