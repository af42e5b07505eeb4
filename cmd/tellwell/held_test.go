package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/example-org/tellwell/review"
)

// A said is what one run of the command said, and what it ended with.
type said struct {
	status   status
	out, err string
}

// tellwell runs the command in dir, in this process.
func tellwell(dir string, args ...string) said {
	var out, err bytes.Buffer
	ended := run(&world{args: args, dir: dir, environ: os.Environ(), stdin: strings.NewReader(""), stdout: &out, stderr: &err})
	return said{ended, out.String(), err.String()}
}

// reviewedAs returns the plan of a review told as JSON, which must be valid and end with status 0 or, when there are problems, 3.
func reviewedAs(t *testing.T, got said) *review.Plan {
	t.Helper()
	plan := &review.Plan{}
	if err := json.Unmarshal([]byte(got.out), plan); err != nil {
		t.Fatalf("the review is no JSON: %v\n%s%s", err, got.out, got.err)
	}
	validPlan(t, got.out)
	want := reviewed
	if len(plan.Problems) > 0 {
		want = incomplete
	}
	if got.status != want {
		t.Errorf("a review with %d problems ended with status %d", len(plan.Problems), got.status)
	}
	return plan
}

// validPlan holds a review as JSON against the schema that other programs were promised.
func validPlan(t *testing.T, plan string) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("..", "..", "docs", "review.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("review.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("review.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(plan))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("the review is not what docs/review.schema.json promises: %v", err)
	}
}

// held asserts what is true of every review, whatever its pages: each place lies in its file and quotes the words it claims, a page
// gets at most three inline comments, no question is asked twice, a comment stays short, and what is left alone is left alone.
// Text returns a file of the review.
func held(t *testing.T, plan *review.Plan, text func(path string) []byte) {
	t.Helper()
	asked := map[string]string{}
	for _, page := range plan.Pages {
		if page.LeftAlone != "" && len(page.Findings) > 0 {
			t.Errorf("%s is left alone (%s) and gets %d comments", page.Path, page.LeftAlone, len(page.Findings))
		}
		if len(page.Findings) == 0 {
			continue
		}
		source := text(page.Path)
		inline := 0
		for _, c := range page.Findings {
			if c.Place == review.Inline {
				inline++
			}
			if where, ok := asked[c.Question]; ok {
				t.Errorf("%s:%d asks what %s asks: %s", page.Path, c.Line, where, c.Question)
			}
			asked[c.Question] = placed(page.Path, c.Line)
			if n := len(strings.Fields(c.Message + " " + c.Question)); n > mostWordsOfAComment {
				t.Errorf("%s:%d takes %d words: %s %s", page.Path, c.Line, n, c.Message, c.Question)
			}
			words, ok := wordsAt(source, c)
			switch {
			case !ok:
				t.Errorf("%s: %s stands at %d:%d to %d:%d, outside its page", page.Path, c.Check, c.Line, c.Column, c.EndLine, c.EndColumn)
			case letters(words) == "":
				t.Errorf("%s:%d: %s points at no word", page.Path, c.Line, c.Check)
			}
			for _, e := range c.Evidence {
				if _, ok := lineOf(source, e.Line); e.Line > 0 && !ok {
					t.Errorf("%s: evidence on line %d of a shorter page: %s", page.Path, e.Line, e.Name)
				}
			}
		}
		if most := review.Default().Budget.PerPage; inline > most {
			t.Errorf("%s gets %d inline comments, more than %d", page.Path, inline, most)
		}
	}
	if plan.Praise != nil {
		line, ok := lineOf(text(plan.Praise.Path), plan.Praise.Line)
		if !ok || letters(string(line)) == "" {
			t.Errorf("praise for %s:%d, where nothing stands", plan.Praise.Path, plan.Praise.Line)
		}
		for _, page := range plan.Pages {
			if page.Path == plan.Praise.Path && page.LeftAlone != "" {
				t.Errorf("praise for %s, which is left alone", page.Path)
			}
		}
	}
}

// mostWordsOfAComment is the length of a comment above which it is not read (checks.md, Comment shape).
const mostWordsOfAComment = 60

// wordsAt returns the words of a page from a comment's line and column to its end. It is false when they lie outside the page, or are
// none.
func wordsAt(source []byte, c review.Comment) (string, bool) {
	var out strings.Builder
	for n := c.Line; n <= c.EndLine; n++ {
		line, ok := lineOf(source, n)
		if !ok {
			return "", false
		}
		units := utf16.Encode([]rune(string(line)))
		from, to := 0, len(units)
		if n == c.Line {
			from = c.Column - 1
		}
		if n == c.EndLine {
			to = c.EndColumn - 1
		}
		if from < 0 || from > to || to > len(units) {
			return "", false
		}
		out.WriteString(string(utf16.Decode(units[from:to])) + "\n")
	}
	return out.String(), c.Line > 0 && c.EndLine >= c.Line
}

// letters returns a text's letters and digits, in lower case: what is left to compare when markup, quotation marks and line ends are
// told apart from words.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// folderText returns the files of a folder by their slash-separated paths.
func folderText(t *testing.T, folder string) func(path string) []byte {
	return func(path string) []byte {
		t.Helper()
		src, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		return src
	}
}

// inFile asserts that a problem names a file and a line that there is, 0 being none.
func inFile(t *testing.T, p review.Problem, text func(path string) []byte) {
	t.Helper()
	if p.Path == "" {
		t.Errorf("a problem without its file: %s", p.Message)
		return
	}
	if _, ok := lineOf(text(p.Path), p.Line); p.Line != 0 && !ok {
		t.Errorf("%s has no line %d: %s", p.Path, p.Line, p.Message)
	}
}
