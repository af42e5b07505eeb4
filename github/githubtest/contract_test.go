package githubtest

import (
	"fmt"
	"strings"
	"testing"
)

// A listener hears what would fail a test.
type listener struct {
	testing.TB
	heard []string
}

func (l *listener) Errorf(format string, a ...any) {
	l.heard = append(l.heard, fmt.Sprintf(format, a...))
}

// listening starts a server whose complaints are heard instead of failing the test.
func listening(t *testing.T) (*listener, *Pull, *client) {
	t.Helper()
	s, _, p, c := opened(t)
	if !s.Contract() {
		t.Skip("GitHub's descriptions are not installed: github/contract/install installs them")
	}
	l := &listener{TB: t}
	s.t = l
	return l, p, c
}

func (l *listener) hears(t *testing.T, name, want string) {
	t.Helper()
	if all := strings.Join(l.heard, "\n"); !strings.Contains(all, want) {
		t.Errorf("%s: heard %q, want %q in it", name, all, want)
	}
	l.heard = nil
}

func TestRequestsAreSealed(t *testing.T) {
	l, p, c := listening(t)
	mistaken := func(name string, value any) map[string]any {
		m := remark("posts/relay.md", 3, "x")
		m[name] = value
		return reviewOf(p, m)
	}
	at := site + "/pulls/7/reviews"
	for name, try := range map[string]struct {
		method, path string
		body         any
		want         string
	}{
		"a misspelt field":     {"POST", at, mistaken("bodyy", "x"), `property "bodyy" is unsupported`},
		"a file-level draft":   {"POST", at, mistaken("subject_type", "file"), `property "subject_type" is unsupported`},
		"a side in the middle": {"POST", at, mistaken("side", "MIDDLE"), "not one of the allowed values"},
		"a line in words":      {"POST", at, mistaken("line", "three"), "must be an integer"},
		"an unknown path":      {"GET", site + "/pulls/7/nothing", nil, "nothing answers"},
		"an unknown event":     {"POST", at, map[string]any{"event": "APPLAUD", "body": "x"}, "not one of the allowed values"},
		"an unknown reaction":  {"POST", site + "/issues/comments/1/reactions", map[string]any{"content": "clap"}, "not one of the allowed values"},
	} {
		c.do(try.method, try.path, try.body)
		l.hears(t, name, try.want)
	}
	c.do("POST", at, mistaken("bodyy", "x"))
	l.hears(t, "Enterprise Server's description", "Enterprise Server 3.19")
}

func TestAnswersAreSealed(t *testing.T) {
	l, _, c := listening(t)
	for name, spoil := range map[string]func(map[string]any){
		`property "mood" is unsupported`:     func(v map[string]any) { v["mood"] = "fine" },
		`property "head" is missing`:         func(v map[string]any) { delete(v, "head") },
		"not one of the allowed values":      func(v map[string]any) { v["state"] = "ajar" },
		`property "nickname" is unsupported`: func(v map[string]any) { v["user"].(map[string]any)["nickname"] = "m" },
	} {
		was := routes[0]
		routes[0].do = func(c *call) *reply {
			out := was.do(c)
			spoil(out.body.(map[string]any))
			return out
		}
		c.do("GET", site+"/pulls/7", nil)
		routes[0] = was
		l.hears(t, "an answer", name)
	}
}

func TestDocumentsAreHeldAgainstTheSchema(t *testing.T) {
	l, p, c := listening(t)
	repo := func(fields string) string { return `{ repository(owner: "acme", name: "site") { ` + fields + ` } }` }
	for _, try := range []struct {
		name, document string
		vars           map[string]any
		want           string
	}{
		{"a misspelt field", repo("nam"), nil, `Cannot query field "nam"`},
		{"a field of another type", repo(`pullRequest(number: 7) { reviewThreads(first: 1) { nodes { url } } }`), nil, `Cannot query field "url"`},
		{"text for a number", repo(`pullRequest(number: "7") { id }`), nil, "Int"},
		{"a missing argument", repo(`pullRequest { id }`), nil, "number"},
		{"a bad classifier", `mutation { minimizeComment(input: {subjectId: "x", classifier: OLD}) { clientMutationId } }`, nil, "OLD"},
		{"a variable of another type", `query($n: Int!) { repository(owner: "acme", name: "site") { pullRequest(number: $n) { id } } }`, map[string]any{"n": "seven"}, "Int"},
		{"a field that only GitHub has", repo("homepageUrl"), nil, "Repository has no field homepageUrl here"},
		{"no GraphQL at all", "repository?", nil, "does not parse"},
	} {
		out := c.ask(try.document, try.vars)
		l.hears(t, try.name, try.want)
		if !strings.Contains(out.text, `"errors"`) || out.status != 200 {
			t.Errorf("%s: %d %s", try.name, out.status, out.text)
		}
	}
	c.ask(`mutation($id: ID!) { addComment(input: {subjectId: $id, body: "x"}) { subject { id } } }`, map[string]any{"id": p.node})
	if len(l.heard) > 0 {
		t.Errorf("a good document: %s", l.heard)
	}
}
