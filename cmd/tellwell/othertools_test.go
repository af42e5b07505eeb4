package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

// moduleFile returns a file of a Go module that is no dependency of ours. It skips the test where the module can't be had.
func moduleFile(t *testing.T, module, file string) []byte {
	t.Helper()
	cmd := exec.Command("go", "mod", "download", "-json", module)
	cmd.Dir = t.TempDir() // outside our module, which stays as it is
	out, err := cmd.Output()
	var got struct{ Dir, Error string }
	if json.Unmarshal(out, &got) != nil || got.Dir == "" {
		t.Skipf("%s can't be downloaded here (%v %s), so nothing is held against its schema", module, err, got.Error)
	}
	src, err := os.ReadFile(filepath.Join(got.Dir, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// against holds JSON against a JSON Schema.
func against(t *testing.T, schema []byte, doc string) error {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("https://schema.example/it.json", parsed); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("https://schema.example/it.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return compiled.Validate(value)
}

// awkward is a plan with what other tools trip over: characters beyond UTF-16's first plane, spaces and brackets in paths, problems with
// and without a place.
func awkward() (*review.Plan, map[string][]byte) {
	page := "---\ntitle: A\n---\n🙂🙂 It is a robust, seamless solution.\n"
	plan := &review.Plan{
		Pages: []review.PagePlan{{Path: "blog/a page [1]#é.md", Findings: []review.Comment{{
			Check: "undifferentiated-claim", Line: 4, EndLine: 4, Column: 6, EndColumn: 40, Confidence: .4444, Mark: "abc-1",
			Message: "“robust” <b>\x1b[31m", Question: "Who?", Primer: &review.Pointer{Path: "primers/rivals.md", Title: "Rivals", Heading: "Where we win", URL: "primers/rivals.md#where-we-win", Minutes: 1},
		}}}},
		Problems: []review.Problem{{Message: "nothing"}, {Path: "blog/b.md", Message: "gone"}, {Path: "blog/c.md", Line: 3, Message: "unclosed"}},
	}
	return plan, map[string][]byte{"blog/a page [1]#é.md": []byte(page)}
}

func TestSARIF(t *testing.T) {
	schema := moduleFile(t, "github.com/oasis-tcs/sarif-spec@v0.0.0-20260709151009-ed71d4f62db8", "sarif-2.1/schema/sarif-schema-2.1.0.json")
	plan, _ := awkward()
	var out bytes.Buffer
	if err := tellSARIF(&out, plan, checks.All); err != nil {
		t.Fatal(err)
	}
	if err := against(t, schema, out.String()); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
	if err := against(t, schema, strings.Replace(out.String(), `"startLine": 4`, `"startLine": 0`, 1)); err == nil {
		t.Error("the schema lets line 0 pass, so it proves nothing")
	}
	for _, want := range []string{`"uri": "blog/a%20page%20%5B1%5D%23%C3%A9.md"`, `"startColumn": 6`, `"tellwell/v1": "abc-1"`, `"rank": 44.4`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
	got := tellwell(absolute(t, site), "review", "--format", "sarif", "customers", "blog")
	if err := against(t, schema, got.out); err != nil || got.status != reviewed {
		t.Errorf("status %d: %v", got.status, err)
	}
	if root := absolute(t, site); strings.Contains(got.out, root) {
		t.Error("a path of this machine is in it")
	}
}

func TestRDJSONL(t *testing.T) {
	schema := moduleFile(t, "github.com/reviewdog/reviewdog@v0.21.0", "proto/rdf/jsonschema/Diagnostic.json")
	plan, source := awkward()
	var out bytes.Buffer
	if err := tellRDJSONL(&out, plan, source); err != nil {
		t.Fatal(err)
	}
	if want := `"range":{"start":{"line":4,"column":10},"end":{"line":4,"column":44}}`; !strings.Contains(out.String(), want) {
		t.Errorf("no %s in %s", want, out.String())
	}
	got := tellwell(absolute(t, site), "review", "--format", "rdjsonl", "customers", "blog")
	if got.status != reviewed || got.out == "" {
		t.Errorf("status %d, %q", got.status, got.err)
	}
	for line := range strings.Lines(out.String() + got.out) {
		if err := against(t, schema, line); err != nil {
			t.Errorf("%v\n%s", err, line)
		}
	}
	if err := against(t, schema, `{"message": 3}`); err == nil {
		t.Error("the schema lets a number pass for a message, so it proves nothing")
	}
}

// A hook that must not stop anybody tells what it can't do, and ends well.
func TestExitZero(t *testing.T) {
	w := t.TempDir()
	write(t, filepath.Join(w, "blog", "a.md"), []byte("---\ntitle: \"A\n---\nWords.\n"))
	for _, args := range [][]string{{"blog/gone.md"}, {"--diff", "HEAD"}, {"blog/a.md"}} {
		plain, zero := tellwell(w, append([]string{"review"}, args...)...), tellwell(w, append([]string{"review", "--exit-zero"}, args...)...)
		if plain.status != incomplete || zero.status != reviewed || plain.out+plain.err != zero.out+zero.err {
			t.Errorf("%v: status %d and %d\n%s%s\n%s%s", args, plain.status, zero.status, plain.out, plain.err, zero.out, zero.err)
		}
	}
	if got := tellwell(w, "review", "--exit-zero", "--fail-on-findings", "blog/a.md"); got.status != misused {
		t.Errorf("a contradiction: status %d", got.status)
	}
}
