package review

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/invopop/jsonschema"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

//go:generate go run ./internal/genschema

// ConfigSchema returns the JSON Schema (draft 2020-12) of a configuration, by which editors complete and check it while it is written.
// Checks are the names of the checks there are; without them, any name of a check is taken. It takes what ParseConfig takes, except
// for what ParseConfig only takes out of kindness: yes for true, and numbers for words.
func ConfigSchema(checks ...string) []byte {
	r := reflector()
	r.RequiredFromJSONSchemaTags = true // every setting has a default
	root := r.Reflect(Config{})
	root.ID = jsonschema.ID("https://" + Home + "/docs/tellwell.schema.json")
	root.Title = "Settings of tellwell"
	root.Description = "What " + ConfigPath + " may hold. Every key may be left out."

	define := func(typ, key string) *jsonschema.Schema { return property(root.Definitions[typ], key) }
	property(root, "version").Const = 1
	define("PrimersConfig", "stale_after").Pattern = ages.String()
	define("PrimersConfig", "base_url").Pattern = "^(https?://.+)?$"
	define("PrimersConfig", "repository").Pattern = "^$|" + repositoryNames.String()
	define("PrimersConfig", "site").Enum = append([]any{""}, enum(primer.Generators())...)
	define("CheckConfig", "show").Enum = []any{Inline, Summary}
	define("KindRule", "kind").Enum = enum(prose.Kinds)
	root.Definitions["KindRule"].Required = []string{"match", "kind"}
	root.Definitions["Copy"].AnyOf = []*jsonschema.Schema{{Required: []string{"match", "keys"}}, {Required: []string{"match", "not"}}}
	for _, key := range []string{"keys", "not"} {
		define("Copy", key).Items.Pattern = keyPatterns.String()
	}
	bounded(define("Budget", "per_pull_request"), 0, MostComments)
	define("Budget", "amount").Enum = enum(Amounts)
	bounded(define("Budget", "per_page"), 0, MostComments)
	bounded(define("Budget", "words_per_comment"), FewestWords, mostWords)
	bounded(define("CheckConfig", "floor"), 0, 1)

	root.Definitions["Check"] = &jsonschema.Schema{
		Description: "off silences the check; settings change it.",
		OneOf:       []*jsonschema.Schema{{Enum: []any{"off", "on", false, true}}, {Ref: "#/$defs/CheckConfig"}},
	}
	root.Definitions["Words"] = &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string", MinLength: new(uint64(1))}}
	keyed(property(root, "checks"), checks, &jsonschema.Schema{Ref: "#/$defs/Check"})
	if len(checks) > 0 {
		property(root, "fail_on").Items.Enum = enum(checks)
	}
	for _, key := range []string{"add", "remove"} {
		keyed(define("Lexicon", key), evidence.ListNames(), &jsonschema.Schema{Ref: "#/$defs/Words"})
	}
	defaults(root, root.Definitions, reflect.ValueOf(*Default()))
	return encode(root)
}

// PlanSchema returns the JSON Schema (draft 2020-12) of a Plan, by which programs that read our JSON can be held.
func PlanSchema() []byte {
	root := reflector().Reflect(Plan{})
	root.ID = jsonschema.ID("https://" + Home + "/docs/review.schema.json")
	root.Title = "A review by tellwell"
	root.Description = "What tellwell review --format json prints. Within one schema number keys are only added; none is dropped or " +
		"changes its meaning."

	define := func(typ, key string) *jsonschema.Schema { return property(root.Definitions[typ], key) }
	property(root, "schema").Const = Schema
	define("PagePlan", "kind").Enum = enum(prose.Kinds)
	define("Comment", "family").Enum = []any{Insight, Emotion}
	define("Comment", "place").Enum = []any{Inline, Summary}
	bounded(define("Comment", "confidence"), 0, 1)
	bounded(define("Pointer", "confidence"), 0, 1)
	for _, at := range []struct{ typ, key string }{
		{"Comment", "line"}, {"Comment", "end_line"}, {"Comment", "column"}, {"Comment", "end_column"}, {"Praise", "line"}, {"Gap", "asked"},
	} {
		define(at.typ, at.key).Minimum = "1"
	}
	for _, at := range []struct{ typ, key string }{{"EvidenceOut", "line"}, {"Problem", "line"}, {"Pointer", "minutes"}} {
		define(at.typ, at.key).Minimum = "0"
	}
	nullable(root, "praise")
	nullable(root.Definitions["PagePlan"], "gist")
	for _, key := range []string{"for", "at_stake", "ours_alone"} {
		nullable(root.Definitions["Gist"], key)
	}
	nullable(root.Definitions["Comment"], "primer")
	// A reader of one schema number must not trip over a key that was added, so a plan may hold others.
	root.AdditionalProperties = nil
	for _, definition := range root.Definitions {
		definition.AdditionalProperties = nil
	}
	return encode(root)
}

func reflector() *jsonschema.Reflector {
	return &jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, LookupComment: describe}
}

// property returns the schema of a key. It panics when there is none, which is a slip in this file that its test finds.
func property(of *jsonschema.Schema, key string) *jsonschema.Schema {
	p, ok := of.Properties.Get(key)
	if !ok {
		panic(fmt.Sprintf("schema has no key %q", key))
	}
	return p
}

func bounded(s *jsonschema.Schema, least, most int) {
	s.Minimum, s.Maximum = json.Number(fmt.Sprint(least)), json.Number(fmt.Sprint(most))
}

// keyed makes s an object from names to values; no names are any.
func keyed(s *jsonschema.Schema, names []string, value *jsonschema.Schema) {
	s.Type, s.AdditionalProperties = "object", value
	if len(names) == 0 {
		return
	}
	s.AdditionalProperties, s.Properties = jsonschema.FalseSchema, jsonschema.NewProperties()
	for _, name := range names {
		s.Properties.Set(name, value)
	}
}

// nullable lets the value of a key be null.
func nullable(of *jsonschema.Schema, key string) {
	p := property(of, key)
	of.Properties.Set(key, &jsonschema.Schema{
		Description: p.Description,
		OneOf:       []*jsonschema.Schema{{Ref: p.Ref}, {Type: "null"}},
	})
}

// defaults writes the defaults of settings into their schemas.
func defaults(s *jsonschema.Schema, definitions jsonschema.Definitions, value reflect.Value) {
	for i := range value.NumField() {
		field := value.Field(i)
		p := property(s, value.Type().Field(i).Tag.Get("json"))
		switch {
		case field.Kind() == reflect.Struct:
			defaults(definitions[field.Type().Name()], definitions, field)
		case field.Kind() == reflect.Slice && field.IsNil():
			p.Default = []string{}
		case field.Kind() != reflect.Map:
			p.Default = field.Interface()
		}
	}
}

func enum[T ~string](of []T) []any {
	out := make([]any, len(of))
	for i, name := range of {
		out[i] = name
	}
	return out
}

func encode(s *jsonschema.Schema) []byte {
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("schema can't be written: %v", err)) // it is made of plain values
	}
	return append(out, '\n')
}
