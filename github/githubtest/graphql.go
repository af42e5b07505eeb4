package githubtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// An object is a GraphQL object: its type, the interfaces it has, and its fields. A field is a value, a function without arguments that
// finds it when it is asked for, or a function of the field's arguments.
type object struct {
	kind   string
	also   []string
	fields map[string]any
}

type (
	later  = func() any
	asked  = func(args) any
	failed struct{ kind, message string } // a field's value may be an error
)

// args are a field's arguments.
type args map[string]any

func (a args) text(name string) string { s, _ := a[name].(string); return s }
func (a args) input() args             { in, _ := a["input"].(map[string]any); return in }

func (a args) number(name string) (int, bool) {
	switch n := a[name].(type) {
	case int64:
		return int(n), true
	case float64:
		return int(n), true
	case json.Number:
		i, err := n.Int64()
		return int(i), err == nil
	}
	return 0, false
}

func (a args) list(name string) []args {
	var list []args
	items, _ := a[name].([]any)
	for _, item := range items {
		if m, ok := item.(map[string]any); ok {
			list = append(list, m)
		}
	}
	return list
}

func (o *object) is(name string) bool {
	if name == "" || o.kind == name {
		return true
	}
	for _, also := range o.also {
		if also == name {
			return true
		}
	}
	return false
}

// makesContent are the mutations that count as making content; the value says whether somebody is told.
var makesContent = map[string]bool{"addComment": true, "addPullRequestReview": true, "addPullRequestReviewComment": true,
	"addPullRequestReviewThread": true, "addPullRequestReviewThreadReply": true, "createCheckRun": false}

// serveGraphQL answers a document. GitHub answers 200 whatever was wrong with it, and tells the errors beside the data.
func (s *Server) serveGraphQL(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var in struct {
		Query         string         `json:"query"`
		Variables     map[string]any `json:"variables"`
		OperationName string         `json:"operationName"`
	}
	c := &call{s: s, r: r, path: r.URL.Path, base: s.http.URL, body: body}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		c.base += enterprise
	}
	entry := Request{Method: "POST", Path: r.URL.Path, Operation: "query", Points: 1}
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	if err := d.Decode(&in); err != nil || in.Query == "" {
		s.exchange(w, c, entry, func() *reply { return fail(400, "Problems parsing JSON") })
		return
	}
	doc, parseErr := parser.ParseQuery(&ast.Source{Input: in.Query})
	if parseErr != nil {
		s.t.Errorf("githubtest: a GraphQL document that does not parse: %v\n%s", parseErr, in.Query)
		s.exchange(w, c, entry, func() *reply { return ok(map[string]any{"errors": []any{map[string]any{"message": parseErr.Error()}}}) })
		return
	}
	op := doc.Operations.ForName(in.OperationName)
	if op == nil {
		s.exchange(w, c, entry, func() *reply {
			return ok(map[string]any{"errors": []any{map[string]any{"message": "No operation named \"" + in.OperationName + "\""}}})
		})
		return
	}
	entry.describe(op)
	s.exchange(w, c, entry, func() *reply {
		checked, refusals := s.contract.document(s.t, in.Query, in.OperationName, in.Variables)
		if refusals != nil {
			return ok(map[string]any{"errors": refusals})
		}
		if checked != nil {
			doc, op = checked, checked.Operations.ForName(in.OperationName)
		}
		return ok(c.execute(doc, op, in.Variables))
	})
}

// describe names an operation by its kind and its own name, or else by its first fields.
func (r *Request) describe(op *ast.OperationDefinition) {
	kind := string(op.Operation)
	var fields []string
	counts := map[string]int{}
	for _, sel := range op.SelectionSet {
		if f, ok := sel.(*ast.Field); ok {
			if counts[f.Name]++; counts[f.Name] == 1 {
				fields = append(fields, f.Name)
			}
			if notifies, creates := makesContent[f.Name]; creates {
				r.Creates, r.Notifies = true, r.Notifies || notifies
			}
		}
	}
	if op.Operation == ast.Mutation {
		r.Points = 5
	}
	name := op.Name
	if name == "" || op.Operation == ast.Mutation {
		for i, f := range fields {
			if counts[f] > 1 {
				fields[i] = fmt.Sprintf("%s×%d", f, counts[f])
			}
		}
		name = strings.Join(fields, " ")
	}
	r.Operation = kind + " " + name
}

// run is one execution.
type run struct {
	c      *call
	doc    *ast.QueryDocument
	vars   map[string]any
	errors []any
}

func (c *call) execute(doc *ast.QueryDocument, op *ast.OperationDefinition, vars map[string]any) map[string]any {
	x := &run{c: c, doc: doc, vars: map[string]any{}}
	for _, v := range op.VariableDefinitions {
		if v.DefaultValue != nil {
			x.vars[v.Variable], _ = v.DefaultValue.Value(nil)
		}
	}
	for name, value := range vars {
		x.vars[name] = value
	}
	if refusals := x.pagination(op); len(refusals) > 0 {
		return map[string]any{"errors": refusals}
	}
	root := c.queries()
	if op.Operation == ast.Mutation {
		root = c.mutations()
	}
	out := map[string]any{"data": x.object(root, op.SelectionSet, nil)}
	if len(x.errors) > 0 {
		out["errors"] = x.errors
	}
	return out
}

// collect gathers the fields of a selection that concern an object, fragments and directives followed.
func (x *run) collect(o *object, set ast.SelectionSet, into []*ast.Field) []*ast.Field {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			if x.included(sel.Directives) {
				into = append(into, sel)
			}
		case *ast.InlineFragment:
			if x.included(sel.Directives) && o.is(sel.TypeCondition) {
				into = x.collect(o, sel.SelectionSet, into)
			}
		case *ast.FragmentSpread:
			def := x.doc.Fragments.ForName(sel.Name)
			if def != nil && x.included(sel.Directives) && o.is(def.TypeCondition) {
				into = x.collect(o, def.SelectionSet, into)
			}
		}
	}
	return into
}

func (x *run) included(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if arg := d.Arguments.ForName("if"); arg != nil {
			v, _ := arg.Value.Value(x.vars)
			if yes, _ := v.(bool); d.Name == "skip" && yes || d.Name == "include" && !yes {
				return false
			}
		}
	}
	return true
}

// object answers a selection. The same name asked for twice is answered once, with both selections.
func (x *run) object(o *object, set ast.SelectionSet, path []any) map[string]any {
	out := map[string]any{}
	fields := x.collect(o, set, nil)
	merged := map[string]ast.SelectionSet{}
	for _, f := range fields {
		merged[f.Alias] = append(merged[f.Alias], f.SelectionSet...)
	}
	for _, f := range fields {
		if _, done := out[f.Alias]; done {
			continue
		}
		at := append(path[:len(path):len(path)], f.Alias)
		if f.Name == "__typename" {
			out[f.Alias] = o.kind
			continue
		}
		value, known := o.fields[f.Name]
		if !known {
			x.c.s.t.Errorf("githubtest: %s has no field %s here; when GitHub has it, it belongs into graphql_tree.go or graphql_mutations.go", o.kind, f.Name)
			value = failed{"UNDEFINED", fmt.Sprintf("Field '%s' doesn't exist on type '%s'", f.Name, o.kind)}
		}
		given := args{}
		for _, a := range f.Arguments {
			if v, err := a.Value.Value(x.vars); err == nil && v != nil {
				given[a.Name] = v
			}
		}
		switch fn := value.(type) {
		case later:
			value = fn()
		case asked:
			value = fn(given)
		}
		if known {
			x.c.s.contract.field(x.c.s.t, o.kind, f, value)
		}
		out[f.Alias] = x.value(value, merged[f.Alias], f, at)
	}
	return out
}

func (x *run) value(value any, set ast.SelectionSet, f *ast.Field, at []any) any {
	switch v := value.(type) {
	case nil:
		return nil
	case failed:
		e := map[string]any{"type": v.kind, "path": at, "message": v.message}
		if f.Position != nil {
			e["locations"] = []any{map[string]any{"line": f.Position.Line, "column": f.Position.Column}}
		}
		x.errors = append(x.errors, e)
		return nil
	case *object:
		if v == nil {
			return nil
		}
		return x.object(v, set, at)
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = x.value(item, set, f, append(at[:len(at):len(at)], i))
		}
		return list
	}
	if kind := reflect.TypeOf(value).Kind(); kind == reflect.Func || kind == reflect.Pointer {
		panic(fmt.Sprintf("%s is a %T", f.Name, value))
	}
	return value
}

// pagination refuses what GitHub refuses before it looks: a connection without first or last, more than 100 of it, more than 500,000
// nodes in all (https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api).
func (x *run) pagination(op *ast.OperationDefinition) []any {
	var refusals []any
	total := 0
	var walk func(set ast.SelectionSet, times int)
	walk = func(set ast.SelectionSet, times int) {
		for _, sel := range set {
			switch sel := sel.(type) {
			case *ast.InlineFragment:
				walk(sel.SelectionSet, times)
			case *ast.FragmentSpread:
				if def := x.doc.Fragments.ForName(sel.Name); def != nil {
					walk(def.SelectionSet, times)
				}
			case *ast.Field:
				inner := times
				if connects(sel) {
					first, ok := x.argument(sel, "first")
					if !ok {
						first, ok = x.argument(sel, "last")
					}
					switch {
					case !ok:
						refusals = append(refusals, map[string]any{"type": "MISSING_PAGINATION_BOUNDARIES",
							"message": fmt.Sprintf("You must provide a `first` or `last` value to properly paginate the `%s` connection.", sel.Name)})
					case first > 100:
						refusals = append(refusals, map[string]any{"type": "EXCESSIVE_PAGINATION",
							"message": fmt.Sprintf("Requesting %d records on the `%s` connection exceeds the `first` limit of 100 records.", first, sel.Name)})
					}
					total += times * first
					inner = times * max(first, 1)
				}
				walk(sel.SelectionSet, inner)
			}
		}
	}
	walk(op.SelectionSet, 1)
	if total > 500_000 {
		refusals = append(refusals, map[string]any{"type": "MAX_NODE_LIMIT_EXCEEDED",
			"message": fmt.Sprintf("This query requests up to %d possible nodes which exceeds the maximum limit of 500,000.", total)})
	}
	return refusals
}

// connects reports whether a field is a connection of which nodes are asked; one of which only the count is asked needs no boundary.
func connects(f *ast.Field) bool {
	for _, sel := range f.SelectionSet {
		if in, ok := sel.(*ast.Field); ok && (in.Name == "nodes" || in.Name == "edges") {
			return true
		}
	}
	return false
}

func (x *run) argument(f *ast.Field, name string) (int, bool) {
	a := f.Arguments.ForName(name)
	if a == nil {
		return 0, false
	}
	v, _ := a.Value.Value(x.vars)
	return args{name: v}.number(name)
}
