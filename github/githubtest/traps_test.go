package githubtest

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

const site = "/repos/acme/site"

type row struct {
	Filename  string `json:"filename"`
	Status    string `json:"status"`
	Previous  string `json:"previous_filename"`
	Additions int    `json:"additions"`
	Changes   int    `json:"changes"`
	Patch     string `json:"patch"`
}

func (c *client) files(query string) map[string]row {
	c.t.Helper()
	var rows []row
	c.do("GET", site+"/pulls/7/files"+query, nil).expect(c.t, 200).json(c.t, &rows)
	by := map[string]row{}
	for _, r := range rows {
		by[r.Filename] = r
	}
	return by
}

func numbered(n int, text string) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "%s %d\n", text, i)
	}
	return b.String()
}

// 30 files a page, 100 at most, 3,000 in all, while the pull request counts them all:
// https://docs.rs/openapi-github/latest/openapi_github/apis/pulls_api/fn.pulls_slash_list_files.html
// The diff as text is refused above 300 files: https://github.com/danger/danger-js/pull/1440
func TestThreeThousandFiles(t *testing.T) {
	s := New(t)
	r := s.Repo("acme/site")
	r.Commit("main", map[string]string{"README.md": "# Site\n"}, "Begin")
	files := map[string]string{}
	for i := range 3001 {
		files[fmt.Sprintf("posts/%04d.md", i)] = "# Page\n"
	}
	r.Commit("spring", files, "Pages")
	r.Open("spring", "main", PR{})
	c := &client{t, s, s.Token()}
	if got := len(c.files("")); got != 30 {
		t.Errorf("%d files on a page, want 30", got)
	}
	if got := len(c.files("?per_page=250")); got != 100 {
		t.Errorf("%d files on a page, want 100 at most", got)
	}
	if got := len(c.files("?per_page=100&page=30")); got != 100 {
		t.Errorf("%d files on the 30th page, want 100", got)
	}
	if got := len(c.files("?per_page=100&page=31")); got != 0 {
		t.Errorf("%d files beyond the 3,000th, want none", got)
	}
	first := c.do("GET", site+"/pulls/7/files?per_page=100", nil)
	if link := first.header.Get("Link"); !strings.Contains(link, `page=2&per_page=100>; rel="next"`) || !strings.Contains(link, `page=30&per_page=100>; rel="last"`) {
		t.Errorf("Link: %s", link)
	}
	c.do("GET", site+"/pulls/7", nil).expect(t, 200, `"changed_files":3001`)
	c.do("GET", site+"/pulls/7", nil, "Accept", "application/vnd.github.v3.diff").expect(t, 406, "too_large")
}

// No patch: binary, renamed and nothing else (codeql-action, getDiffRanges), too large
// (https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits).
func TestPatchesThatAreNotThere(t *testing.T) {
	s := New(t)
	r := s.Repo("acme/site")
	r.Commit("main", map[string]string{"old name.md": page, "edited.md": numbered(20, "Week"), "gone.md": "# Gone\n", "logo.png": "\x89PNG\x00\x01"}, "Begin")
	r.Commit("spring", map[string]string{"old name.md": Gone, "new name.md": page, "edited.md": Gone, "edited und über.md": numbered(21, "Week"),
		"gone.md": Gone, "logo.png": "\x89PNG\x00\x02", "huge.md": numbered(20_001, "line"), "wide.md": strings.Repeat("word ", 110_000) + "\n"}, "Pages")
	r.Open("spring", "main", PR{})
	c := &client{t, s, s.Token()}
	got := c.files("")
	for path, want := range map[string]row{
		"new name.md":        {Status: "renamed", Previous: "old name.md"},
		"edited und über.md": {Status: "renamed", Previous: "edited.md", Changes: 1, Patch: "@@ -18,3 +18,4 @@"},
		"gone.md":            {Status: "removed", Changes: 1, Patch: "@@ -1 +0,0 @@"},
		"logo.png":           {Status: "modified"},
		"huge.md":            {Status: "added", Changes: 20_001},
		"wide.md":            {Status: "added", Changes: 1},
	} {
		have, ok := got[path]
		if !ok || have.Status != want.Status || have.Previous != want.Previous || have.Changes != want.Changes ||
			!strings.HasPrefix(have.Patch, want.Patch) || (have.Patch == "") != (want.Patch == "") {
			t.Errorf("%s is %+v, want %+v", path, have, want)
		}
	}
}

// Rows after the page's 20,000th line of patches come without patch and with no changes, unmarked; a smaller page shows them right:
// https://github.com/orgs/community/discussions/213491
func TestPageOverflow(t *testing.T) {
	t.Run("as reported", func(t *testing.T) { pageOverflow(t, New(t), 15_000) })
	t.Run("small", func(t *testing.T) { pageOverflow(t, New(t, SmallPatches(20, 20)), 15) })
}

func pageOverflow(t *testing.T, s *Server, lines int) {
	r := s.Repo("acme/site")
	r.Commit("main", map[string]string{"README.md": "# Site\n"}, "Begin")
	r.Commit("spring", map[string]string{"a.md": numbered(lines, "a"), "b.md": numbered(lines, "b"), "c.md": "One line.\n"}, "Pages")
	r.Open("spring", "main", PR{})
	c := &client{t, s, s.Token()}
	if got := c.files("?per_page=100")["c.md"]; got.Patch != "" || got.Changes != 0 || got.Additions != 0 || got.Status != "added" {
		t.Errorf("c.md is %+v, want it without patch or changes", got)
	}
	if got := c.files("?per_page=1&page=3")["c.md"]; got.Patch != "@@ -0,0 +1 @@\n+One line." || got.Changes != 1 {
		t.Errorf("alone on its page c.md is %+v, want its patch", got)
	}
}

// All or nothing, and the answer does not say which: https://github.com/QwenLM/qwen-code/pull/6711
// start_line must come first and in the same hunk: https://github.com/ubuntu/WSL/pull/244, https://github.com/parkerbxyz/suggest-changes/issues/64
// Too many: https://github.com/src-d/lookout/issues/264. Too long: https://github.com/telia-oss/github-pr-resource/issues/259
func TestReviewsThatAreRefused(t *testing.T) {
	s := New(t)
	r := s.Repo("acme/site")
	long := numbered(60, "Line")
	r.Commit("main", map[string]string{"a.md": long}, "Begin")
	r.Commit("spring", map[string]string{"a.md": strings.NewReplacer("Line 10\n", "Line ten\n", "Line 50\n", "").Replace(long)}, "Pages")
	p := r.Open("spring", "main", PR{})
	c := &client{t, s, s.Token()}
	good := remark("a.md", 10, "Well said")
	with := func(more map[string]any, to map[string]any) map[string]any {
		for k, v := range more {
			to[k] = v
		}
		return to
	}
	for name, bad := range map[string]struct {
		remark map[string]any
		says   string
	}{
		"outside every hunk":  {remark("a.md", 30, "x"), "Line could not be resolved"},
		"beyond the end":      {remark("a.md", 99, "x"), "Line could not be resolved"},
		"unknown path":        {remark("b.md", 1, "x"), "Path could not be resolved"},
		"start after the end": {with(map[string]any{"start_line": 11, "start_side": "RIGHT"}, remark("a.md", 10, "x")), "Start line must precede the end line."},
		"start at the end":    {with(map[string]any{"start_line": 10, "start_side": "RIGHT"}, remark("a.md", 10, "x")), "Start line must precede the end line."},
		"another hunk":        {with(map[string]any{"start_line": 10, "start_side": "RIGHT"}, remark("a.md", 49, "x")), "same hunk"},
		"too long":            {remark("a.md", 10, strings.Repeat("é", maxBody+1)), "too long"},
		"blank":               {remark("a.md", 10, ""), "blank"},
		"the other side":      {with(map[string]any{"side": "LEFT"}, remark("a.md", 30, "x")), "Line could not be resolved"},
	} {
		out := c.do("POST", site+"/pulls/7/reviews", reviewOf(p, good, bad.remark))
		if out.status != 422 || !strings.Contains(out.text, bad.says) || !strings.Contains(out.text, `"message":"Unprocessable Entity"`) || strings.Contains(out.text, "a.md") {
			t.Errorf("%s: %d %s", name, out.status, out.text)
		}
	}
	many := make([]map[string]any, 33)
	for i := range many {
		many[i] = good
	}
	c.do("POST", site+"/pulls/7/reviews", reviewOf(p, many...)).expect(t, 422, "submitted too quickly")
	stale := map[string]any{"event": "COMMENT", "commit_id": p.Base(), "comments": []any{good}}
	c.do("POST", site+"/pulls/7/reviews", stale).expect(t, 422, "not part of the pull request")
	if n := len(p.Threads()); n != 0 {
		t.Fatalf("%d threads stand after refusals, want none", n)
	}
	// Context lines within a hunk, removed lines and ranges are fine, and so is the longest body.
	c.do("POST", site+"/pulls/7/reviews", reviewOf(p, remark("a.md", 8, "Context"), with(map[string]any{"side": "LEFT"}, remark("a.md", 50, "Gone")),
		with(map[string]any{"start_line": 9, "start_side": "RIGHT"}, remark("a.md", 11, strings.Repeat("é", maxBody))))).expect(t, 200)
	if n := len(p.Threads()); n != 3 {
		t.Errorf("%d threads, want 3", n)
	}
}

// A thread made by GraphQL on a line outside the diff is taken, and never shows: https://github.com/dcdpr/jp/pull/857,
// https://github.com/github/github-mcp-server/issues/2495
func TestThreadThatNeverShows(t *testing.T) {
	_, _, p, c := opened(t)
	c.ask(`mutation($id: ID!) { addPullRequestReviewThread(input: {pullRequestId: $id, path: "posts/relay.md", line: 14, side: RIGHT, body: "x"}) { thread { id } } }`,
		map[string]any{"id": p.node}).expect(t, 200, `"thread":null`)
	c.do("GET", site+"/pulls/7/comments", nil).expect(t, 200)
	if n := len(p.Threads()); n != 0 {
		t.Errorf("%d threads show, want none", n)
	}
}

// Resolving takes contents: write, for Apps and GITHUB_TOKEN alike: https://github.com/github/gh-aw/issues/35726,
// https://github.com/oven-sh/bun/pull/36959. Minimising does not: https://github.com/natsuk4ze/gal/pull/299
// The answer is 200 all the same, and what else the document asked for was done.
func TestResolvingIsForbidden(t *testing.T) {
	s, _, p, c := opened(t)
	th := p.Remark("noor", "posts/relay.md", 3, "Hm")
	doc := `mutation($t: ID!, $c: ID!) { a: resolveReviewThread(input: {threadId: $t}) { thread { isResolved } }
		b: minimizeComment(input: {subjectId: $c, classifier: OUTDATED}) { minimizedComment { isMinimized } } }`
	vars := map[string]any{"t": th.ID, "c": th.Comments[0].ID}
	c.ask(doc, vars).expect(t, 200, `"type":"FORBIDDEN"`, `"path":["a"]`, "Resource not accessible by integration", `"a":null`, `"isMinimized":true`)
	if th := p.Threads()[0]; th.Resolved || th.Comments[0].Minimised != "outdated" {
		t.Errorf("the thread is %+v", th)
	}
	s.Permit(Permissions{"contents": "write", "pull-requests": "write"})
	c.ask(doc, vars).expect(t, 200, `"isResolved":true`)
}

// A fork's and Dependabot's workflow runs may only read, whatever the workflow says (securely-using-pull_request_target.md in github/docs);
// everywhere else each operation takes its own permission.
func TestPermissions(t *testing.T) {
	s, r, p, c := opened(t)
	r.Commit("idea", map[string]string{"posts/fork.md": "# Idea\n"}, "Idea")
	fork := r.Open("idea", "main", PR{Author: "stranger", Fork: true})
	post := func(token string, n int, head string) got {
		return (&client{t, s, token}).do("POST", fmt.Sprintf("%s/pulls/%d/reviews", site, n), map[string]any{"event": "COMMENT", "commit_id": head, "body": "Hello"})
	}
	post(fork.Token(), fork.Number, fork.Head()).expect(t, 403, "Resource not accessible by integration")
	post(p.Token(), p.Number, p.Head()).expect(t, 200)
	(&client{t, s, fork.Token()}).do("GET", fmt.Sprintf("%s/pulls/%d", site, fork.Number), nil).expect(t, 200, `"label":"stranger:idea"`)
	// The Checks API does not see what was pushed to a fork: https://docs.github.com/en/enterprise-server@3.4/rest/checks/runs
	check := map[string]any{"name": "tellwell", "head_sha": fork.Head(), "status": "completed", "conclusion": "success"}
	c.do("POST", site+"/check-runs", check).expect(t, 201, `"pull_requests":[]`)
	s.Permit(Permissions{"pull-requests": "write"})
	c.do("POST", site+"/check-runs", check).expect(t, 403)
	c.do("GET", site+"/contents/README.md", nil).expect(t, 403)
	c.do("POST", site+"/issues/7/comments", map[string]any{"body": "Summary"}).expect(t, 201)
	s.Permit(Permissions{"issues": "write"})
	c.do("POST", site+"/issues/7/comments", map[string]any{"body": "Summary"}).expect(t, 201) // https://github.com/mui/base-ui/pull/5375
	c.ask(`mutation($id: ID!) { addComment(input: {subjectId: $id, body: "Summary"}) { clientMutationId } }`, map[string]any{"id": p.node}).expect(t, 200, "FORBIDDEN")
	(&client{t, s, "ghs_unknown"}).do("GET", site+"/pulls/7", nil).expect(t, 401, "Bad credentials")
}

// Branch protection may be read by whoever may read the administration, which a workflow's token never may:
// https://github.com/ridedott/merge-me-action/issues/1581, https://github.com/ossf/scorecard/issues/1097. The rest is answered.
func TestProtectionIsHidden(t *testing.T) {
	s, r, _, c := opened(t)
	r.Protect("main")
	ask := `{ repository(owner: "acme", name: "site") { pullRequest(number: 7) { isDraft baseRef { name branchProtectionRule { requiresConversationResolution } } } } }`
	c.ask(ask, nil).expect(t, 200, `"FORBIDDEN"`, `"branchProtectionRule":null`, `"isDraft":false`)
	s.Permit(Permissions{"pull-requests": "read", "administration": "read"})
	c.ask(ask, nil).expect(t, 200, `"requiresConversationResolution":true`)
}

// A branch is under the rules of the repository's and the organisation's rulesets, which whoever may read the repository may read:
// https://docs.github.com/rest/repos/rules#get-rules-for-a-branch (metadata: read), and Ref.rules in GitHub's GraphQL schema.
func TestRulesOfOrganizations(t *testing.T) {
	_, r, _, c := opened(t)
	ask := `{ repository(owner: "acme", name: "site") { pullRequest(number: 7) { baseRef { rules(first: 9) { nodes {
		repositoryRuleset { source { __typename } } parameters { ... on PullRequestParameters { requiredReviewThreadResolution } } } } } } } }`
	c.ask(ask, nil).expect(t, 200, `"nodes":[]`)
	r.OrganizationRule("main")
	c.ask(ask, nil).expect(t, 200, `"__typename":"Organization"`, `"requiredReviewThreadResolution":true`)
	c.do("GET", site+"/rules/branches/main", nil).expect(t, 200, `"ruleset_source_type":"Organization"`, `"ruleset_source":"acme"`)
	r.Rule("main")
	c.ask(ask, nil).expect(t, 200, `"__typename":"Repository"`)
}

// Tellwell only ever comments. A review that approves, requests changes or stays pending is refused, and fails the test that sent it.
func TestReviewsOnlyComment(t *testing.T) {
	s, _, p, c := opened(t, WithoutContract())
	l := &listener{TB: t}
	s.t = l
	for _, event := range []string{"APPROVE", "REQUEST_CHANGES", "PENDING", ""} {
		body := reviewOf(p, remark("posts/relay.md", 3, "x"))
		body["event"] = event
		c.do("POST", site+"/pulls/7/reviews", body).expect(t, 422)
		l.hears(t, "REST "+event, "only COMMENT")
		if event == "" {
			continue
		}
		c.ask(`mutation($id: ID!) { addPullRequestReview(input: {pullRequestId: $id, event: `+strings.Replace(event, "PENDING", "DISMISS", 1)+`, body: "x"}) { clientMutationId } }`,
			map[string]any{"id": p.node}).expect(t, 200, `"addPullRequestReview":null`)
		l.hears(t, "GraphQL "+event, "only COMMENT")
	}
	if len(p.Threads()) != 0 || p.Reviews() != 0 {
		t.Errorf("%d threads and %d reviews stand", len(p.Threads()), p.Reviews())
	}
}

// GraphQL leaves the "[bot]" out of an App's login, but not of the viewer's: https://github.com/zxkane/autonomous-dev-team/pull/395,
// https://github.com/fullsend-ai/fullsend/pull/1953
func TestNamesOfApps(t *testing.T) {
	s, _, p, c := opened(t)
	c.do("POST", site+"/issues/7/comments", map[string]any{"body": "Summary"}).expect(t, 201, `"login":"github-actions[bot]"`, `"type":"Bot"`)
	p.Comment("", "", "From someone who left")
	c.ask(`{ viewer { login } repository(owner: "acme", name: "site") { pullRequest(number: 7) { comments(first: 9) { nodes { viewerDidAuthor author { __typename login } } } } } }`, nil).
		expect(t, 200, `"viewer":{"login":"github-actions[bot]"}`, `{"author":{"__typename":"Bot","login":"github-actions"},"viewerDidAuthor":true}`, `{"author":null,"viewerDidAuthor":false}`)
	other := &client{t, s, s.As("another-app[bot]")}
	other.ask(`{ viewer { login } }`, nil).expect(t, 200, "another-app[bot]")
}

// Blob.text is cut at 512,000 bytes: https://github.com/sveltia/sveltia-cms/issues/950. REST's JSON holds 1 MB at most:
// https://docs.github.com/rest/repos/contents
func TestLongTexts(t *testing.T) {
	s := New(t)
	r := s.Repo("acme/site")
	r.Commit("main", map[string]string{"long.md": strings.Repeat("a", 600_000), "longer.md": strings.Repeat("b", 1<<20+1), "x.png": "\x00"}, "Begin")
	c := &client{t, s, s.Token()}
	var out struct {
		Data struct {
			Repository map[string]struct {
				Text     *string
				Cut      bool `json:"isTruncated"`
				Binary   bool `json:"isBinary"`
				ByteSize int
			}
		}
	}
	c.ask(`{ repository(owner: "acme", name: "site") { a: object(expression: "HEAD:long.md") { ...b } x: object(expression: "main:x.png") { ...b } } } fragment b on Blob { text isTruncated isBinary byteSize }`, nil).
		expect(t, 200).json(t, &out)
	a, x := out.Data.Repository["a"], out.Data.Repository["x"]
	if len(*a.Text) != 512_000 || !a.Cut || a.ByteSize != 600_000 || x.Text != nil || !x.Binary {
		t.Errorf("long.md: %d bytes, cut %t; x.png: %+v", len(*a.Text), a.Cut, x)
	}
	c.do("GET", site+"/contents/longer.md", nil).expect(t, 200, `"content":""`, `"encoding":"none"`)
	if raw := c.do("GET", site+"/contents/longer.md", nil, "Accept", "application/vnd.github.raw"); len(raw.text) != 1<<20+1 {
		t.Errorf("%d bytes raw", len(raw.text))
	}
}

// Boundaries of connections: https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
func TestPagesOfConnections(t *testing.T) {
	_, _, p, c := opened(t)
	for _, body := range []string{"One", "Two", "Three"} {
		p.Comment("noor", "MEMBER", body)
	}
	ask := func(connection string) got {
		return c.ask(`{ repository(owner: "acme", name: "site") { pullRequest(number: 7) { comments`+connection+` { nodes { body } pageInfo { hasNextPage endCursor hasPreviousPage startCursor } } } } }`, nil)
	}
	ask("").expect(t, 200, "MISSING_PAGINATION_BOUNDARIES")
	ask("(first: 101)").expect(t, 200, "EXCESSIVE_PAGINATION")
	ask("(first: 2)").expect(t, 200, `"One"`, `"Two"`, `"endCursor":"cursor:2","hasNextPage":true`)
	ask(`(first: 2, after: "cursor:2")`).expect(t, 200, `"Three"`, `"hasNextPage":false`)
	ask(`(last: 2)`).expect(t, 200, `"Three"`, `"hasPreviousPage":true`, `"startCursor":"cursor:2"`)
	ask(`(last: 2, before: "cursor:2")`).expect(t, 200, `"One"`, `"hasPreviousPage":false`)
	c.ask(`{ repository(owner: "acme", name: "site") { pullRequest(number: 7) { reviewThreads(first: 100) { nodes { comments(first: 100) { nodes { reactions(first: 100) { nodes { content } } } } } } } } }`, nil).
		expect(t, 200, "MAX_NODE_LIMIT_EXCEEDED")
}

// What moved keeps its thread and what changed outdates it. This is our reading of what people see; a rebase that leaves the line alone
// does not outdate it: https://github.com/steveklabnik/jujutsu-tutorial/pull/47. A remark's commit_id follows the head and a review's
// stays: https://github.com/LTplus-AG/ifc-lite/issues/3729
func TestThreadsFollowTheText(t *testing.T) {
	_, r, p, c := opened(t)
	c.do("POST", site+"/pulls/7/reviews", reviewOf(p, remark("posts/relay.md", 3, "One"),
		map[string]any{"path": "posts/new.md", "start_line": 3, "line": 4, "side": "RIGHT", "start_side": "RIGHT", "body": "Two"})).expect(t, 200)
	first := p.Head()
	stand := func(when, want string) {
		t.Helper()
		var lines []string
		for _, th := range p.Threads() {
			lines = append(lines, fmt.Sprintf("%s:%d-%d %t", th.Path, th.StartLine, th.Line, th.Outdated))
		}
		if got := strings.Join(lines, ", "); got != want {
			t.Errorf("%s the threads stand at %s, want %s", when, got, want)
		}
	}
	stand("At first", "posts/relay.md:0-3 false, posts/new.md:3-4 false")
	p.Push(map[string]string{"posts/new.md": "---\ntitle: New\n---\n# New\n\nOne.\nTwo.\nThree.\n"})
	stand("With three lines above", "posts/relay.md:0-3 false, posts/new.md:6-7 false")
	c.do("GET", site+"/pulls/7/comments", nil).expect(t, 200, `"original_line":4`, `"line":7`, `"commit_id":"`+p.Head(), `"original_commit_id":"`+first)
	c.do("GET", site+"/pulls/7/reviews", nil).expect(t, 200, `"commit_id":"`+first)
	p.Push(map[string]string{"posts/new.md": "# New\n\nOne, changed.\nTwo.\nThree.\n"})
	stand("With its first line changed", "posts/relay.md:0-3 false, posts/new.md:0-0 true")
	c.do("GET", site+"/pulls/7/comments", nil).expect(t, 200, `"line":null`, `"commit_id":"`+first)
	p.ForcePush(map[string]string{"posts/new.md": "# New\n\nOne.\nTwo.\nThree.\n"})
	stand("Force-pushed as it was", "posts/relay.md:0-3 false, posts/new.md:3-4 false")
	r.Commit("main", map[string]string{"posts/relay.md": "Preface.\n\n" + page, "posts/other.md": "# Other\n"}, "Meanwhile")
	p.Rebase()
	stand("Rebased on two lines above", "posts/relay.md:0-5 false, posts/new.md:3-4 false")
	p.Push(map[string]string{"posts/new.md": Gone, "posts/renamed.md": "# New\n\nOne.\nTwo.\nThree.\n"})
	stand("Renamed", "posts/relay.md:0-5 false, posts/new.md:0-0 true")
	p.Push(map[string]string{"posts/relay.md": "Preface.\n\n" + page})
	stand("Reverted", "posts/relay.md:0-0 true, posts/new.md:0-0 true")
	r.Commit("next", map[string]string{"posts/next.md": "# Next\n"}, "Next")
	p.Retarget("next")
	stand("Retargeted", "posts/relay.md:0-0 true, posts/new.md:0-0 true")
	c.do("GET", site+"/pulls/7", nil).expect(t, 200, `"ref":"next"`)
}

// Listings of threads lag behind: our reading; five seconds is what issue 3 asks for.
func TestListingsLag(t *testing.T) {
	s, _, p, c := opened(t, Lagging(3, 5*time.Second))
	p.Remark("noor", "posts/new.md", 3, "A person's")
	list := func() string {
		return c.ask(`{ repository(owner: "acme", name: "site") { pullRequest(number: 7) { reviewThreads(first: 9) { totalCount } } } }`, nil).expect(t, 200).text
	}
	post := func() {
		c.do("POST", site+"/pulls/7/reviews", reviewOf(p, remark("posts/relay.md", 3, "Ours"))).expect(t, 200)
	}
	post()
	for i, want := range []string{`:1}`, `:1}`, `:1}`, `:2}`} {
		if got := list(); !strings.Contains(got, `"totalCount"`+want) {
			t.Errorf("request %d after the review: %s, want %s", i+1, got, want)
		}
	}
	post()
	s.Sleep(5 * time.Second)
	if got := list(); !strings.Contains(got, `"totalCount":3`) {
		t.Errorf("five seconds after the review: %s", got)
	}
}

// 403 and 429, with Retry-After or reset; 80 requests a minute that make content; an ETag's 304 costs nothing of the hour's:
// rate-limits-for-the-rest-api.md and best-practices-for-using-the-rest-api.md in github/docs
func TestLimits(t *testing.T) {
	s, _, _, c := opened(t)
	first := c.do("GET", site+"/pulls/7", nil).expect(t, 200)
	again := c.do("GET", site+"/pulls/7", nil, "If-None-Match", first.header.Get("ETag")).expect(t, 304)
	if a, b := first.header.Get("X-RateLimit-Remaining"), again.header.Get("X-RateLimit-Remaining"); a != "999" || b != a {
		t.Errorf("%s requests remain, and after a 304 %s", a, b)
	}
	for range 80 {
		c.do("POST", site+"/issues/7/comments", map[string]any{"body": "Again"}).expect(t, 201)
	}
	if out := c.do("POST", site+"/issues/7/comments", map[string]any{"body": "Again"}).expect(t, 403, "secondary rate limit"); out.header.Get("Retry-After") != "60" {
		t.Errorf("Retry-After: %q", out.header.Get("Retry-After"))
	}
	s.Sleep(time.Minute)
	c.do("POST", site+"/issues/7/comments", map[string]any{"body": "Again"}).expect(t, 201)
	for range 7 {
		s.Sleep(time.Minute)
		for range 70 {
			c.do("POST", site+"/issues/7/comments", map[string]any{"body": "Again"})
		}
	}
	s.Sleep(time.Minute)
	c.do("POST", site+"/issues/7/comments", map[string]any{"body": "Again"}).expect(t, 403) // the hour's 500 are spent
}

func TestFaults(t *testing.T) {
	s, _, p, c := opened(t)
	get := func() got { return c.do("GET", site+"/pulls/7", nil) }
	s.Fault(SecondaryLimit(30*time.Second).On("pulls/get"), TooMany(0).On("pulls/get"), PrimaryLimit(s.Now().Add(time.Hour)), Broken(502).Times(2))
	if out := get().expect(t, 403, "secondary rate limit"); out.header.Get("Retry-After") != "30" {
		t.Errorf("Retry-After: %q", out.header.Get("Retry-After"))
	}
	get().expect(t, 429)
	if out := get().expect(t, 403); out.header.Get("X-RateLimit-Remaining") != "0" {
		t.Errorf("remaining: %q", out.header.Get("X-RateLimit-Remaining"))
	}
	get().expect(t, 502)
	get().expect(t, 502, "<html>")
	get().expect(t, 200)
	s.Fault(Truncated())
	if out := get(); out.err == nil {
		t.Error("a truncated answer arrived whole")
	}
	before := s.Now()
	s.Fault(Latency(time.Minute))
	get().expect(t, 200)
	if passed := s.Now().Sub(before); passed < time.Minute {
		t.Errorf("%s passed, want a minute", passed)
	}
	// A review can be made although its answer is a 502: https://github.com/src-d/lookout/issues/264
	s.Fault(Lost(502).On("create-review").After(1))
	post := func() got {
		return c.do("POST", site+"/pulls/7/reviews", reviewOf(p, remark("posts/relay.md", 3, "One")))
	}
	post().expect(t, 200)
	post().expect(t, 502)
	if n := len(p.Threads()); n != 2 {
		t.Errorf("%d threads, want 2", n)
	}
	s.Fault(Hang())
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer stop()
	req, _ := http.NewRequestWithContext(ctx, "GET", s.URL()+site+"/pulls/7", nil)
	if _, err := http.DefaultClient.Do(req); err == nil {
		t.Error("an answer came although none was to")
	}
}

// Annotations: 50 a request, appended by updates; 65,535 characters of summary; what is completed has a conclusion:
// https://docs.rs/crate/openapi-github/latest/source/docs/ChecksCreateRequestOutput.md
func TestCheckRuns(t *testing.T) {
	_, _, p, c := opened(t, WithoutContract())
	notes := func(n int) []any {
		list := make([]any, n)
		for i := range list {
			list[i] = map[string]any{"path": "posts/new.md", "start_line": 3, "end_line": 3, "annotation_level": "notice", "message": "x"}
		}
		return list
	}
	run := func(status string, output map[string]any) map[string]any {
		return map[string]any{"name": "tellwell", "head_sha": p.Head(), "status": status, "output": output}
	}
	c.do("POST", site+"/check-runs", run("completed", map[string]any{"title": "t", "summary": "s"})).expect(t, 422)
	c.do("POST", site+"/check-runs", run("queued", map[string]any{"title": "t", "summary": strings.Repeat("s", 65_536)})).expect(t, 422)
	c.do("POST", site+"/check-runs", run("queued", map[string]any{"title": "t", "summary": "s", "annotations": notes(51)})).expect(t, 422)
	c.do("POST", site+"/check-runs", map[string]any{"name": "tellwell", "head_sha": strings.Repeat("0", 40)}).expect(t, 422, "No commit found")
	c.do("POST", site+"/check-runs", run("queued", map[string]any{"title": "t", "summary": "s", "annotations": notes(50)})).expect(t, 201)
	at := fmt.Sprintf("%s/check-runs/%d", site, p.Checks()[0].ID)
	c.do("PATCH", at, map[string]any{"conclusion": "neutral", "output": map[string]any{"title": "t", "summary": "s", "annotations": notes(7)}}).expect(t, 200, `"annotations_count":57`, `"completed"`)
}

// Two runs at once are answered one after the other, and what both do stands there.
func TestTwoRunsAtOnce(t *testing.T) {
	_, _, p, c := opened(t)
	body := reviewOf(p, remark("posts/relay.md", 3, "One"))
	var runs sync.WaitGroup
	for range 8 {
		runs.Go(func() { c.do("POST", site+"/pulls/7/reviews", body) })
		runs.Go(func() { c.do("GET", site+"/pulls/7/files", nil) })
	}
	runs.Wait()
	if n := len(p.Threads()); n != 8 {
		t.Errorf("%d threads, want 8", n)
	}
}

// A checkout is as actions/checkout leaves one: a detached HEAD at the commit, one commit deep.
func TestClone(t *testing.T) {
	_, r, p, _ := opened(t)
	dir := r.Clone(t, p.Head())
	head, err := os.ReadFile(filepath.Join(dir, ".git", "HEAD"))
	if err != nil || strings.TrimSpace(string(head)) != p.Head() {
		t.Errorf("HEAD is %q, want %s (%v)", head, p.Head(), err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "posts", "new.md"))
	if err != nil || !strings.HasPrefix(string(text), "# New") {
		t.Errorf("posts/new.md is %q (%v)", text, err)
	}
}

// A story is the same wherever and whenever it is told, so that it can be kept.
func TestStoryIsStable(t *testing.T) {
	tell := func() string {
		s, _, p, c := opened(t)
		c.do("POST", site+"/pulls/7/reviews", reviewOf(p, remark("posts/relay.md", 3, "One, see "+s.WebURL()+"/docs"))).expect(t, 200)
		p.Push(map[string]string{"posts/relay.md": page, "posts/new.md": "# Newer\n"})
		p.Label("launch")
		p.React(p.Comment("noor", "MEMBER", "tellwell: stop"), "mira", "-1")
		c.do("POST", site+"/check-runs", map[string]any{"name": "tellwell", "head_sha": p.Head(), "conclusion": "success", "output": map[string]any{"title": "Fine", "summary": "Well told."}}).expect(t, 201)
		return p.Story()
	}
	want := `#7 "Pages for spring" by mira: open, spring at 8888888 into main
labels: launch

thread on posts/relay.md, once line 3: outdated
  github-actions[bot]
  | One, see https://github.example/docs

comment
  noor [-1 from mira]
  | tellwell: stop

check "tellwell" on 8888888: completed success
  title: Fine
  | Well told.
`
	first := tell()
	if got := regexp.MustCompile(`\b[0-9a-f]{7}\b`).ReplaceAllString(first, "8888888"); got != want {
		t.Errorf("the story is\n%s\nwant\n%s", got, want)
	}
	if again := tell(); again != first {
		t.Errorf("told again it is\n%s\nand was\n%s", again, first)
	}
}
