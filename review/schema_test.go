package review

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

func compiled(t *testing.T, schema []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON turns YAML into what an editor holds against a schema.
func asJSON(t *testing.T, src string) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal([]byte(src), &value); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return instance
}

// TestConfigSchemaAgreesWithParseConfig holds the two readers of a configuration against each other.
func TestConfigSchemaAgreesWithParseConfig(t *testing.T) {
	schema := compiled(t, ConfigSchema(cataloguedChecks...))
	for _, test := range []struct {
		src string
		ok  bool
	}{
		{"{}", true},
		{strings.ReplaceAll(strings.ReplaceAll(wholeConfig, ", 365", ""), "scripted-quote: on", "scripted-quote: {}"), true},
		{"checks: {stock-opening: off, missing-stakes: on, buried-lede: {show: inline}}", true},
		{"primers: {base_url: ''}", true},
		{"version: 2", false},
		{"version: one", false},
		{"conent: {}", false},
		{"company: {name: [a]}", false},
		{"company: {names: a}", false},
		{"content: {include: {a: b}}", false},
		{"content: {copy: [{match: '_data/**', keys: ['hero.headline', 'features[].text', '*.rows[][].q']}]}", true},
		{"content: {copy: [{match: '_data/**', not: [team]}]}", true},
		{"content: {copy: [{match: '_data/**'}]}", false},
		{"content: {copy: [{keys: [hero.headline]}]}", false},
		{"content: {copy: [{match: '_data/**', keys: [hero..headline]}]}", false},
		{"content: {copy: [{match: '_data/**', keys: ['features[0].text']}]}", false},
		{"content: {copy: [{match: '_data/**', keys: ['hero headline']}]}", false},
		{"content: {copy: [{match: '_data/**', keys: ['her*.headline']}]}", false},
		{"content: {copy: [{match: '_data/**', keys: [a], nor: [b]}]}", false},
		{"content: {copy: {'_data/**': [a]}}", false},
		{"kinds: [{match: 'a/**', kind: lauch}]", false},
		{"kinds: [{match: 'a/**'}]", false},
		{"budget: {per_pull_request: 31}", false},
		{"budget: {per_page: -1}", false},
		{"budget: {words_per_comment: 5}", false},
		{"checks: {stock-openning: off}", false},
		{"checks: {stock-opening: perhaps}", false},
		{"checks: {stock-opening: {show: loudly}}", false},
		{"checks: {stock-opening: {floor: 2}}", false},
		{"checks: {stock-opening: {severity: high}}", false},
		{"lexicon: {add: {rolle: [miller]}}", false},
		{"lexicon: {add: {role: miller}}", false},
		{"primers: {stale_after: soon}", false},
		{"primers: {base_url: 'ftp://lindqvist-ovens.example'}", false},
		{"fail_on: [missing-steaks]", false},
		{"praise: 1", false},
		{"llm: {}", false},
	} {
		err := schema.Validate(asJSON(t, test.src))
		if (err == nil) != test.ok {
			t.Errorf("schema on %s: %v, want ok %v", test.src, err, test.ok)
		}
		if _, problems := ParseConfig(ConfigPath, []byte(test.src), cataloguedChecks...); (len(problems) == 0) != test.ok {
			t.Errorf("ParseConfig on %s: %v, want ok %v", test.src, problems, test.ok)
		}
	}
	if err := compiled(t, ConfigSchema()).Validate(asJSON(t, "checks: {house-style: off}\nfail_on: [house-style]")); err != nil {
		t.Errorf("with no checks named: %v", err)
	}
}

func TestPlanSchema(t *testing.T) {
	schema := compiled(t, PlanSchema())
	plan := &Plan{
		Schema: Schema,
		Pages: []PagePlan{{Path: "bakers/brod-och-salt.md", Kind: "case-study", KindReason: "its path", Findings: []Comment{{
			Check: "stock-opening", Family: Emotion, Line: 1, EndLine: 1, Column: 1, EndColumn: 9, Place: Inline, Confidence: 0.7,
			Key: "hero.text", AlsoOn: []string{"bakers/steam.md"},
			Evidence: []EvidenceOut{{Name: "no customer"}}, Folded: []string{}, Primer: &Pointer{Path: "primers/bakers.md", Minutes: 2},
		}, {
			Check: "missing-stakes", Family: Emotion, Line: 2, EndLine: 3, Column: 1, EndColumn: 1, Place: Summary,
			Evidence: []EvidenceOut{}, Folded: []string{"buried-lede"},
		}}}},
		Praise:   &Praise{Path: "bakers/brod-och-salt.md", Line: 4, Quote: "It hums.", Text: "a sound"},
		Gaps:     []Gap{{Need: "no section on stakes", Asked: 1, Paths: []string{"bakers/brod-och-salt.md"}}},
		Problems: []Problem{{Path: "a.md", Message: "no"}},
	}
	for name, plan := range map[string]*Plan{
		"full":  plan,
		"empty": {Schema: Schema, Pages: []PagePlan{}, Gaps: []Gap{}, Problems: []Problem{}},
	} {
		if err := schema.Validate(instance(t, plan, nil)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, spoil := range map[string]func(map[string]any){
		"no pages":       func(p map[string]any) { delete(p, "pages") },
		"another schema": func(p map[string]any) { p["schema"] = json.Number("2") },
		"a kind":         func(p map[string]any) { page(p)["kind"] = "essay" },
		"a place":        func(p map[string]any) { finding(p)["place"] = "" },
		"a family":       func(p map[string]any) { finding(p)["family"] = "style" },
		"a line":         func(p map[string]any) { finding(p)["line"] = json.Number("0") },
		"a confidence":   func(p map[string]any) { finding(p)["confidence"] = json.Number("1.2") },
		"no evidence":    func(p map[string]any) { finding(p)["evidence"] = nil },
	} {
		if err := schema.Validate(instance(t, plan, spoil)); err == nil {
			t.Errorf("%s: the schema lets it pass", name)
		}
	}
	later := func(p map[string]any) { finding(p)["added_later"] = true }
	if err := schema.Validate(instance(t, plan, later)); err != nil {
		t.Errorf("a key added later: %v", err)
	}
}

func page(p map[string]any) map[string]any { return p["pages"].([]any)[0].(map[string]any) }

func finding(p map[string]any) map[string]any { return page(p)["findings"].([]any)[0].(map[string]any) }

func instance(t *testing.T, plan *Plan, spoil func(map[string]any)) any {
	t.Helper()
	src, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	if spoil != nil {
		spoil(value.(map[string]any))
	}
	return value
}

// TestEveryKeyIsDescribed finds fields without a sentence and sentences without a field.
func TestEveryKeyIsDescribed(t *testing.T) {
	fields := map[string]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(typ.Elem())
		case reflect.Map:
			walk(typ.Elem())
		case reflect.Struct:
			for field := range typ.Fields() {
				if field.Tag.Get("json") == "-" || !field.IsExported() {
					continue
				}
				name := typ.Name() + "." + field.Name
				fields[name] = true
				if described[name] == "" {
					t.Errorf("%s is not described in schematext.go", name)
				}
				walk(field.Type)
			}
		}
	}
	walk(reflect.TypeFor[Config]())
	walk(reflect.TypeFor[Plan]())
	for name := range described {
		if !fields[name] {
			t.Errorf("schematext.go describes %s, which is no field", name)
		}
	}
}

// TestConfigurationPageIsWhole holds docs/configuration.md against the schema: every key, its default, and examples that are in order.
func TestConfigurationPageIsWhole(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(src), "\r\n", "\n")
	var schema struct {
		Properties map[string]keySchema                                 `json:"properties"`
		Defs       map[string]struct{ Properties map[string]keySchema } `json:"$defs"`
	}
	if err := json.Unmarshal(ConfigSchema(), &schema); err != nil {
		t.Fatal(err)
	}
	under := map[string]string{"CheckConfig": "checks.NAME", "KindRule": "kinds[]", "Copy": "content.copy[]"}
	for key, p := range schema.Properties {
		mentions(t, text, key, p)
		if def, ok := strings.CutPrefix(p.Ref, "#/$defs/"); ok {
			under[def] = key
		}
	}
	for def, d := range schema.Defs {
		if under[def] == "" && len(d.Properties) > 0 {
			t.Errorf("no key leads to %s", def)
		}
		for key, p := range d.Properties {
			mentions(t, text, under[def]+"."+key, p)
		}
	}
	examples := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(text, -1)
	if len(examples) < 5 {
		t.Errorf("%d examples", len(examples))
	}
	for _, example := range examples {
		if _, problems := ParseConfig(ConfigPath, []byte(example[1]), cataloguedChecks...); len(problems) > 0 {
			t.Errorf("the page shows\n%s%v", example[1], problems)
		}
	}
	for _, folder := range MarketingFolders {
		if !strings.Contains(text, "`"+folder+"`") {
			t.Errorf("docs/configuration.md does not name the folder %s", folder)
		}
	}
}

type keySchema struct {
	Ref     string `json:"$ref"`
	Default any    `json:"default"`
}

// mentions looks for a row of the page's table that begins with key and holds its default.
func mentions(t *testing.T, text, key string, p keySchema) {
	t.Helper()
	rows := strings.Split(text, "\n")
	i := slices.IndexFunc(rows, func(row string) bool { return strings.HasPrefix(row, "| `"+key+"` |") })
	switch {
	case i < 0:
		t.Errorf("docs/configuration.md has no row for %s", key)
	case p.Default == nil:
	default:
		want, err := json.Marshal(p.Default)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(rows[i], "| `"+strings.Trim(string(want), `"`)+"` |") && !(string(want) == `""` && strings.Contains(rows[i], "| empty |")) {
			t.Errorf("docs/configuration.md does not give %s as the default of %s: %s", want, key, rows[i])
		}
	}
}
