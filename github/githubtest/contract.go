package githubtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
)

// A contract holds what passes against GitHub's own descriptions: REST's for github.com and for Enterprise Server, and GraphQL's schema.
// They come from the packages that github/contract/install puts into github/contract/node_modules, and are never copied from there. A nil
// contract holds nothing.
type contract struct {
	rest   map[string]routers.Router
	schema *ast.Schema
}

// descriptions are REST's, by the name they go by in a failed test.
var descriptions = map[string]string{"github.com": "api.github.com.json", "Enterprise Server 3.19": "ghes-3.19.json"}

// ContractFolder returns the folder of github/contract, and false when its packages are not installed. The environment's
// TELLWELL_CONTRACT names another folder; what it names must be there.
func ContractFolder() (string, bool) {
	dir := os.Getenv("TELLWELL_CONTRACT")
	if dir == "" {
		at, err := os.Getwd()
		for ; err == nil; at = filepath.Dir(at) {
			if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
				dir = filepath.Join(at, "github", "contract")
				break
			}
			if at == filepath.Dir(at) {
				return "", false
			}
		}
	}
	for _, name := range []string{"openapi/generated/api.github.com.json", "graphql-schema/schema.graphql"} {
		if _, err := os.Stat(filepath.Join(dir, "node_modules/@octokit", name)); err != nil {
			return dir, false
		}
	}
	return dir, true
}

var readContract = sync.OnceValues(func() (*contract, error) {
	dir, ok := ContractFolder()
	if !ok {
		if os.Getenv("TELLWELL_CONTRACT") != "" {
			return nil, fmt.Errorf("githubtest: TELLWELL_CONTRACT names %s, where GitHub's descriptions are not installed: run github/contract/install", dir)
		}
		return nil, nil
	}
	packages := filepath.Join(dir, "node_modules/@octokit")
	k := &contract{rest: map[string]routers.Router{}}
	for name, file := range descriptions {
		subset, err := extract(packages, file)
		if err != nil {
			return nil, err
		}
		router, err := strict(subset)
		if err != nil {
			return nil, fmt.Errorf("githubtest: %s: %w", file, err)
		}
		k.rest[name] = router
	}
	text, err := os.ReadFile(filepath.Join(packages, "graphql-schema/schema.graphql"))
	if err != nil {
		return nil, err
	}
	if k.schema, err = gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: string(text)}); err != nil {
		return nil, fmt.Errorf("githubtest: schema.graphql: %w", err)
	}
	return k, nil
})

func loadContract(t testing.TB) *contract {
	t.Helper()
	k, err := readContract()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A description is the part of an OpenAPI description that matters here.
type description struct {
	OpenAPI    string                    `json:"openapi"`
	Info       any                       `json:"info"`
	Paths      map[string]map[string]any `json:"paths"`
	Components map[string]map[string]any `json:"components"`
}

// extract returns the stand-in's operations of a description, and the components that they lead to. Reading all 13 MB takes seconds under
// the race detector, so what was taken out is kept beside the package, under a name made from the operations and the package's version.
func extract(packages, file string) ([]byte, error) {
	var wanted []string
	for _, rt := range routes {
		if rt.operation != "users/get-authenticated" { // for Apps only its refusal is modelled
			wanted = append(wanted, rt.operation)
		}
	}
	slices.Sort(wanted)
	version, err := os.ReadFile(filepath.Join(packages, "openapi/package.json"))
	if err != nil {
		return nil, err
	}
	kept := filepath.Join(packages, "..", ".cache", fmt.Sprintf("tellwell-%x-%s", sha256.Sum256([]byte(strings.Join(wanted, " ")+string(version))), file))
	if subset, err := os.ReadFile(kept); err == nil {
		return subset, nil
	}
	whole, err := os.ReadFile(filepath.Join(packages, "openapi/generated", file))
	if err != nil {
		return nil, err
	}
	var full description
	if err := json.Unmarshal(whole, &full); err != nil {
		return nil, err
	}
	some := description{full.OpenAPI, full.Info, map[string]map[string]any{}, map[string]map[string]any{}}
	for path, methods := range full.Paths {
		for method, op := range methods {
			o, _ := op.(map[string]any)
			at, found := slices.BinarySearch(wanted, fmt.Sprint(o["operationId"]))
			if !found {
				continue
			}
			wanted = slices.Delete(wanted, at, at+1)
			if some.Paths[path] == nil {
				some.Paths[path] = map[string]any{}
			}
			some.Paths[path][method] = o
			full.follow(o, &some)
		}
	}
	if len(wanted) > 0 {
		return nil, fmt.Errorf("githubtest: %s does not have the operations %v", file, wanted)
	}
	subset, err := json.Marshal(some)
	if err != nil {
		return nil, err
	}
	// Where it cannot be kept it is made again the next time; a name of its own and a rename, since packages are tested side by side.
	if os.MkdirAll(filepath.Dir(kept), 0o755) == nil {
		if f, err := os.CreateTemp(filepath.Dir(kept), "tellwell-*"); err == nil {
			_, err := f.Write(subset)
			if errors.Join(err, f.Close()) != nil || os.Rename(f.Name(), kept) != nil {
				os.Remove(f.Name())
			}
		}
	}
	return subset, nil
}

// follow keeps every component that a part of the description leads to.
func (full *description) follow(part any, some *description) {
	switch part := part.(type) {
	case map[string]any:
		delete(part, "examples")
		if ref, ok := part["$ref"].(string); ok {
			kind, name := component(ref)
			if some.Components[kind] == nil {
				some.Components[kind] = map[string]any{}
			}
			if _, done := some.Components[kind][name]; !done {
				some.Components[kind][name] = full.Components[kind][name]
				full.follow(full.Components[kind][name], some)
			}
		}
		for _, v := range part {
			full.follow(v, some)
		}
	case []any:
		for _, v := range part {
			full.follow(v, some)
		}
	}
}

func component(ref string) (kind, name string) {
	kind, name, _ = strings.Cut(strings.TrimPrefix(ref, "#/components/"), "/")
	return kind, name
}

// strict makes a description stricter than it is: what a request may hold is sealed, and so is what an answer may hold; sides are LEFT or
// RIGHT, which the description forgets; paths and branches may have slashes.
func strict(subset []byte) (routers.Router, error) {
	var d description
	if err := json.Unmarshal(subset, &d); err != nil {
		return nil, err
	}
	paths := map[string]map[string]any{}
	shared := map[string]bool{}
	for path, methods := range d.Paths {
		for _, op := range methods {
			o := op.(map[string]any)
			seal(o["requestBody"])
			sides(o["requestBody"])
			seal(o["responses"])
			parameters, _ := o["parameters"].([]any)
			for _, p := range parameters {
				p, _ := p.(map[string]any)
				if ref, ok := p["$ref"].(string); ok {
					kind, name := component(ref)
					p, _ = d.Components[kind][name].(map[string]any)
				}
				if p["x-multi-segment"] == true {
					path = strings.Replace(path, fmt.Sprintf("{%s}", p["name"]), fmt.Sprintf("{%s:.+}", p["name"]), 1)
				}
			}
		}
		paths[path] = methods
		parts(methods, shared)
	}
	d.Paths = paths
	parts(d.Components, shared)
	for name, schema := range d.Components["schemas"] {
		switch properties := schema.(map[string]any)["properties"].(type) {
		case map[string]any:
			switch {
			case strings.Contains(name, "error"): // GitHub puts more into errors than it describes
				continue
			case name == "pull-request-review-comment": // null for what is outdated or on a file, as in GitHub's samples of webhooks
				for _, line := range []string{"line", "original_line", "position"} {
					properties[line].(map[string]any)["nullable"] = true
				}
			}
			if shared[name] {
				seal(properties)
				continue
			}
		}
		seal(schema)
	}
	text, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, err
	}
	doc.Servers = nil
	return gorillamux.NewRouter(doc)
}

// parts finds the schemas that are only a part of a larger one, which cannot be sealed.
func parts(part any, found map[string]bool) {
	switch part := part.(type) {
	case map[string]map[string]any:
		for _, v := range part {
			parts(v, found)
		}
	case map[string]any:
		if all, ok := part["allOf"].([]any); ok && len(all) > 1 {
			for _, one := range all {
				one, _ := one.(map[string]any)
				ref, _ := one["$ref"].(string)
				_, name := component(ref)
				found[name] = true
			}
		}
		for _, v := range part {
			parts(v, found)
		}
	case []any:
		for _, v := range part {
			parts(v, found)
		}
	}
}

// seal forbids what an object does not name, all the way down, but not in the parts of an allOf.
func seal(part any) {
	switch part := part.(type) {
	case map[string]any:
		if _, object := part["properties"].(map[string]any); object && part["additionalProperties"] == nil {
			part["additionalProperties"] = false
		}
		for key, v := range part {
			if key != "allOf" {
				seal(v)
			}
		}
	case []any:
		for _, v := range part {
			seal(v)
		}
	}
}

// sides gives the sides of a remark their two values.
func sides(part any) {
	switch part := part.(type) {
	case map[string]any:
		for key, v := range part {
			if m, ok := v.(map[string]any); ok && (key == "side" || key == "start_side") && m["enum"] == nil {
				m["enum"] = []any{"LEFT", "RIGHT"}
			}
			sides(v)
		}
	case []any:
		for _, v := range part {
			sides(v)
		}
	}
}

var filter = &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
	SkipSettingDefaults: true}

// input is a request as the descriptions see it.
func (c *call) input(router routers.Router) (*openapi3filter.RequestValidationInput, error) {
	r, err := http.NewRequest(c.r.Method, "http://api.github.com"+escaped(c.path), bytes.NewReader(c.body))
	if err != nil {
		return nil, err
	}
	r.URL.RawQuery = c.r.URL.RawQuery
	r.Header = c.r.Header.Clone()
	route, params, err := router.FindRoute(r)
	if err != nil {
		return nil, err
	}
	return &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: filter}, nil
}

// request fails the test of whoever sent what GitHub does not take.
func (k *contract) request(t testing.TB, c *call, operation string) {
	if k == nil || c.graph() || undescribed(operation) {
		return
	}
	for name, router := range k.rest {
		in, err := c.input(router)
		if err == nil {
			err = openapi3filter.ValidateRequest(context.Background(), in)
		}
		if err != nil {
			t.Errorf("githubtest: %s: the request is not what %s takes: %s\n%s", operation, name, brief(err), clip(c.body))
		}
	}
}

// undeclared are the answers that GitHub gives and its description does not list for every operation.
func undeclared(status int) bool {
	switch status {
	case 304, 400, 401, 403, 404, 406, 409, 422, 429:
		return true
	}
	return status >= 500
}

func undescribed(operation string) bool {
	return operation == "users/get-authenticated" || strings.HasPrefix(operation, "unknown")
}

// answer fails the test when the stand-in itself answers what GitHub would not.
func (k *contract) answer(t testing.TB, c *call, operation string, out *reply) {
	if k == nil || c.graph() || undescribed(operation) || out.raw != nil {
		return
	}
	for name, router := range k.rest {
		in, err := c.input(router)
		if err == nil {
			if in.Route.Operation.Responses.Status(out.status) == nil && undeclared(out.status) {
				continue
			}
			header := out.header.Clone()
			header.Set("Content-Type", "application/json; charset=utf-8")
			err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{RequestValidationInput: in,
				Status: out.status, Header: header, Body: io.NopCloser(bytes.NewReader(out.bytes())), Options: filter})
		}
		if err != nil {
			t.Errorf("githubtest: %s: the stand-in's answer %d is not what %s gives: %s\n%s", operation, out.status, name, brief(err), clip(out.bytes()))
		}
	}
}

// document holds a GraphQL document against the schema. What the schema does not know fails the test, and is refused as GitHub does.
func (k *contract) document(t testing.TB, query, operation string, vars map[string]any) (*ast.QueryDocument, []any) {
	if k == nil {
		return nil, nil
	}
	doc, wrong := gqlparser.LoadQueryWithRules(k.schema, query, nil)
	if len(wrong) == 0 {
		if _, err := validator.VariableValues(k.schema, doc.Operations.ForName(operation), vars); err != nil {
			t.Errorf("githubtest: GraphQL variables that GitHub does not take: %v", err)
			return nil, []any{map[string]any{"message": err.Error()}}
		}
		return doc, nil
	}
	var refusals []any
	for _, w := range wrong {
		refusals = append(refusals, map[string]any{"message": w.Message, "extensions": map[string]any{"code": w.Rule}})
	}
	t.Errorf("githubtest: a GraphQL document that GitHub does not take: %v\n%s", wrong, query)
	return nil, refusals
}

// field fails the test when the stand-in's value is not of the type that the schema gives the field.
func (k *contract) field(t testing.TB, kind string, f *ast.Field, value any) {
	if k == nil || f.Definition == nil {
		return
	}
	if wrong := k.misfit(f.Definition.Type, value); wrong != "" {
		t.Errorf("githubtest: the stand-in's %s.%s is %s, which GitHub's schema has as %s", kind, f.Name, wrong, f.Definition.Type)
	}
}

func (k *contract) misfit(want *ast.Type, value any) string {
	switch v := value.(type) {
	case failed:
		return ""
	case nil:
		if want.NonNull {
			return "null"
		}
		return ""
	case []any:
		if want.Elem == nil {
			return "a list"
		}
		for _, item := range v {
			if wrong := k.misfit(want.Elem, item); wrong != "" {
				return wrong
			}
		}
		return ""
	case *object:
		def := k.schema.Types[want.Name()]
		for _, possible := range k.schema.GetPossibleTypes(def) {
			if possible.Name == v.kind {
				return ""
			}
		}
		return "a " + v.kind
	case bool:
		return unless(want.Name() == "Boolean", "a Boolean")
	case int:
		return unless(want.Name() == "Int", "an Int")
	case string:
		def := k.schema.Types[want.Name()]
		if def.Kind == ast.Enum {
			return unless(def.EnumValues.ForName(v) != nil, fmt.Sprintf("%q", v))
		}
		return unless(def.Kind == ast.Scalar && want.Name() != "Int" && want.Name() != "Boolean", "text")
	}
	return fmt.Sprintf("a %T", value)
}

func unless(fits bool, otherwise string) string {
	if fits {
		return ""
	}
	return otherwise
}

// brief keeps the first causes of an error of kin-openapi, without the schema it quotes.
func brief(err error) string {
	var lines []string
	var all openapi3.MultiError
	if errors.As(err, &all) && len(all) > 0 {
		for _, one := range all[:min(len(all), 5)] {
			lines = append(lines, brief(one))
		}
		return strings.Join(lines, "; ")
	}
	text, _, _ := strings.Cut(err.Error(), "\nSchema:")
	return text
}

func clip(b []byte) string {
	if len(b) > 1500 {
		return string(b[:1500]) + "…"
	}
	return string(b)
}
