package githubtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// A client speaks to the stand-in as plainly as can be.
type client struct {
	t     *testing.T
	s     *Server
	token string
}

// A got is an answer.
type got struct {
	status int
	header http.Header
	text   string
	err    error
}

func (g got) json(t *testing.T, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(g.text), into); err != nil {
		t.Fatalf("%v in %s", err, g.text)
	}
}

// do sends a request below the base path; header is pairs.
func (c *client) do(method, path string, body any, header ...string) got {
	c.t.Helper()
	return c.send(method, c.s.URL()+path, body, header...)
}

func (c *client) send(method, url string, body any, header ...string) got {
	c.t.Helper()
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		in = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, url, in)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return got{err: err}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return got{resp.StatusCode, resp.Header, string(text), err}
}

// ask sends a GraphQL document.
func (c *client) ask(document string, vars map[string]any) got {
	c.t.Helper()
	return c.send("POST", c.s.GraphQL(), map[string]any{"query": document, "variables": vars})
}

// expect fails unless the status is the wanted one.
func (g got) expect(t *testing.T, status int, holds ...string) got {
	t.Helper()
	if g.err != nil || g.status != status {
		t.Fatalf("status %d, want %d: %v %s", g.status, status, g.err, g.text)
	}
	for _, text := range holds {
		if !strings.Contains(g.text, text) {
			t.Fatalf("the answer does not hold %q: %s", text, g.text)
		}
	}
	return g
}

const page = "# Meet Relay 4\n\nRelay 4 is here.\n\n## What breaks on a Monday\n\nPlanners rebuild it by hand.\n\n## Prices\n\nAsk us.\n\n## More\n\nSoon.\n"

// opened is a server with one pull request that changes line 3 of a page and adds another page.
func opened(t *testing.T, opts ...Option) (*Server, *Repo, *Pull, *client) {
	t.Helper()
	s := New(t, opts...)
	r := s.Repo("acme/site")
	r.Commit("main", map[string]string{"posts/relay.md": page, "README.md": "# Site\n", ".github/tellwell.yml": "checks: all\n"}, "Begin")
	r.Commit("spring", map[string]string{"posts/relay.md": strings.Replace(page, "is here", "is our best", 1), "posts/new.md": "# New\n\nOne.\nTwo.\nThree.\n"}, "Pages")
	return s, r, r.Open("spring", "main", PR{}), &client{t, s, s.Token()}
}

func remark(path string, line int, body string) map[string]any {
	return map[string]any{"path": path, "line": line, "side": "RIGHT", "body": body}
}

func reviewOf(p *Pull, remarks ...map[string]any) map[string]any {
	return map[string]any{"event": "COMMENT", "commit_id": p.Head(), "comments": remarks}
}

// Every operation passes GitHub's descriptions when they are installed: a mistake in what the stand-in answers fails this test.
func TestEveryOperation(t *testing.T) {
	s, r, p, c := opened(t)
	s.Permit(Permissions{"contents": "write", "pull-requests": "write", "checks": "write", "issues": "write"})
	r.Rule("release/1")
	at := "/repos/acme/site"
	c.do("GET", at+"/pulls/7", nil).expect(t, 200, p.Head(), p.Base())
	c.do("GET", at+"/pulls?state=all&head=acme:spring", nil).expect(t, 200, p.Head())
	c.do("GET", at+"/pulls/7/files?per_page=100", nil).expect(t, 200, "-Relay 4 is here.", "posts/new.md", `"added"`)
	c.do("POST", at+"/pulls/7/reviews", reviewOf(p, remark("posts/relay.md", 3, "One"), remark("posts/new.md", 3, "Two"))).expect(t, 200, "COMMENTED")
	first := p.Threads()[0]
	number := first.Comments[0].Number
	c.do("POST", fmt.Sprintf("%s/pulls/7/comments/%d/replies", at, number), map[string]any{"body": "Three"}).expect(t, 201, `"in_reply_to_id"`)
	c.do("PATCH", fmt.Sprintf("%s/pulls/comments/%d", at, number), map[string]any{"body": "One, edited"}).expect(t, 200, "edited")
	c.do("GET", fmt.Sprintf("%s/pulls/comments/%d", at, number), nil).expect(t, 200, "edited", "@@ -1,6 +1,6 @@")
	c.do("POST", fmt.Sprintf("%s/pulls/comments/%d/reactions", at, number), map[string]any{"content": "eyes"}).expect(t, 201)
	c.do("POST", fmt.Sprintf("%s/pulls/comments/%d/reactions", at, number), map[string]any{"content": "eyes"}).expect(t, 200)
	c.do("POST", at+"/pulls/7/comments", map[string]any{"body": "On the file", "path": "posts/new.md", "commit_id": p.Head(), "subject_type": "file"}).expect(t, 201)
	c.do("GET", at+"/pulls/7/comments", nil).expect(t, 200, "On the file", "Three")
	c.do("GET", at+"/pulls/7/reviews", nil).expect(t, 200, "COMMENTED")
	c.do("POST", at+"/issues/7/comments", map[string]any{"body": "Summary"}).expect(t, 201)
	note := p.Notes()[0].Number
	c.do("PATCH", fmt.Sprintf("%s/issues/comments/%d", at, note), map[string]any{"body": "Summary, edited"}).expect(t, 200)
	c.do("GET", fmt.Sprintf("%s/issues/comments/%d", at, note), nil).expect(t, 200, "edited")
	c.do("GET", at+"/issues/7/comments", nil).expect(t, 200, "edited")
	c.do("POST", fmt.Sprintf("%s/issues/comments/%d/reactions", at, note), map[string]any{"content": "-1"}).expect(t, 201)
	c.do("POST", at+"/check-runs", map[string]any{"name": "tellwell", "head_sha": p.Head(), "status": "completed", "conclusion": "neutral",
		"output": map[string]any{"title": "Two remarks", "summary": "Well told.", "annotations": []any{map[string]any{"path": "posts/new.md",
			"start_line": 3, "end_line": 3, "annotation_level": "notice", "title": "A stand", "message": "Who is it for?"}}}}).expect(t, 201, `"annotations_count":1`)
	run := p.Checks()[0].ID
	c.do("PATCH", fmt.Sprintf("%s/check-runs/%d", at, run), map[string]any{"output": map[string]any{"title": "Two remarks", "summary": "Well told.",
		"annotations": []any{map[string]any{"path": "posts/new.md", "start_line": 4, "end_line": 4, "annotation_level": "notice", "message": "And this?"}}}}).expect(t, 200, `"annotations_count":2`)
	c.do("GET", at+"/commits/"+p.Head()+"/check-runs?check_name=tellwell", nil).expect(t, 200, `"total_count":1`)
	c.do("GET", at+"/contents/.github/tellwell.yml?ref="+p.Base(), nil).expect(t, 200, "Y2hlY2tzOiBhbGwK")
	c.do("GET", at+"/contents/.github/tellwell.yml", nil, "Accept", "application/vnd.github.raw+json").expect(t, 200, "checks: all\n")
	c.do("GET", at+"/contents/posts", nil).expect(t, 200, "relay.md")
	c.do("GET", at+"/git/trees/"+p.Head()+"?recursive=1", nil).expect(t, 200, "posts/new.md")
	c.do("GET", at+"/rules/branches/release/1", nil).expect(t, 200, `"required_review_thread_resolution":true`)
	c.do("GET", at+"/collaborators/mira/permission", nil).expect(t, 200, `"permission":"write"`)
	c.do("GET", "/rate_limit", nil).expect(t, 200, `"limit":1000`)
	c.do("GET", "/user", nil).expect(t, 403)
	c.send("GET", s.DotcomURL()+at+"/pulls/7", nil).expect(t, 200, s.DotcomURL()+at+"/pulls/7")
	if t.Failed() {
		t.Logf("%s", s.Requests())
	}
}

const everything = `query Everything($owner: String!, $name: String!, $number: Int!, $path: String!, $sha: GitObjectID!, $blob: String!) {
  viewer { login id }
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $name) {
    id nameWithOwner viewerPermission owner { login } defaultBranchRef { name }
    pullRequest(number: $number) {
      id url state isDraft isCrossRepository title body author { __typename login } authorAssociation changedFiles
      labels(first: 20) { nodes { name } }
      baseRefName baseRefOid headRefName headRefOid
      baseRef { name refUpdateRule { requiresConversationResolution }
        rules(first: 50) { nodes { type parameters { ... on PullRequestParameters { requiredReviewThreadResolution } } } }
        target { oid ... on Commit { file(path: $path) { type object { ... on Blob { text isTruncated isBinary byteSize } } } tree { entries { name path type mode size oid } } } } }
      headRef { name } headRepository { nameWithOwner }
      files(first: 100) { totalCount nodes { path additions deletions changeType } pageInfo { hasNextPage endCursor } }
      reviewThreads(first: 50) { totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes {
        id path line startLine originalLine originalStartLine diffSide startDiffSide subjectType isResolved isOutdated isCollapsed
        resolvedBy { login } viewerCanResolve viewerCanReply
        comments(first: 50) { totalCount nodes { ...said path line outdated diffHunk originalCommit { oid } pullRequestReview { id databaseId } replyTo { id } } } } }
      comments(last: 50) { totalCount nodes { ...said } }
      reviews(first: 50) { nodes { id state submittedAt commit { oid } author { login } } }
    }
    at: object(oid: $sha) { __typename oid }
    blob: object(expression: $blob) { ... on Blob { text isTruncated } }
    folder: object(expression: "HEAD:posts") { ... on Tree { entries { name object { ... on Blob { byteSize } } } } }
    none: object(expression: "HEAD:nowhere.md") { oid }
    rulesets(first: 10) { nodes { name enforcement target conditions { refName { include exclude } } rules(first: 50) { nodes { type } } } }
  }
}
fragment said on Comment {
  __typename id body author { login } authorAssociation createdAt updatedAt lastEditedAt viewerDidAuthor
  ... on Node { id }
  ... on Minimizable { isMinimized minimizedReason }
  ... on Reactable { reactionGroups { content viewerHasReacted reactors(first: 10) { totalCount } } reactions(first: 20) { nodes { content user { login } } } }
  ... on IssueComment { databaseId fullDatabaseId url }
  ... on PullRequestReviewComment { databaseId fullDatabaseId url }
}`

func TestEverythingThatGraphQLTells(t *testing.T) {
	_, r, p, c := opened(t)
	r.Protect("main")
	r.Rule("main")
	c.do("POST", "/repos/acme/site/pulls/7/reviews", reviewOf(p, remark("posts/relay.md", 3, "One"))).expect(t, 200)
	thread := p.Threads()[0]
	p.React(p.Reply(thread, "mira", "Thanks"), "noor", "heart")
	p.Comment("noor", "MEMBER", "Shall we?")
	p.Resolve(thread, "mira")
	out := c.ask(everything, map[string]any{"owner": "acme", "name": "site", "number": 7, "path": ".github/tellwell.yml", "sha": p.Head(),
		"blob": p.Head() + ":posts/new.md"})
	out.expect(t, 200, `"login":"github-actions[bot]"`, `"login":"github-actions"`, `"text":"checks: all\n"`, `"text":"# New`, `"none":null`, "THUMBS_DOWN",
		`"isResolved":true`, `"requiredReviewThreadResolution":true`, `"requiresConversationResolution":true`, `"state":"OPEN"`)
	if strings.Contains(out.text, `"errors"`) {
		t.Errorf("errors: %s", out.text)
	}
}

func TestEveryMutation(t *testing.T) {
	s, _, p, c := opened(t)
	s.Permit(Permissions{"contents": "write", "pull-requests": "write"})
	c.do("POST", "/repos/acme/site/pulls/7/reviews", reviewOf(p, remark("posts/relay.md", 3, "One"))).expect(t, 200)
	th := p.Threads()[0]
	var id struct {
		Data struct {
			Repository struct{ PullRequest struct{ ID string } }
		}
	}
	c.ask(`{ repository(owner: "acme", name: "site") { pullRequest(number: 7) { id } } }`, nil).json(t, &id)
	pr := id.Data.Repository.PullRequest.ID
	out := c.ask(`mutation($pr: ID!, $thread: ID!, $remark: ID!) {
		note: addComment(input: {subjectId: $pr, body: "Summary"}) { commentEdge { node { id body } } }
		edit: updatePullRequestReviewComment(input: {pullRequestReviewCommentId: $remark, body: "Addressed"}) { pullRequestReviewComment { body lastEditedAt } }
		hide: minimizeComment(input: {subjectId: $remark, classifier: OUTDATED}) { minimizedComment { isMinimized minimizedReason } }
		done: resolveReviewThread(input: {threadId: $thread}) { thread { isResolved resolvedBy { login } } }
		say: addPullRequestReviewThreadReply(input: {pullRequestReviewThreadId: $thread, body: "Because"}) { comment { id databaseId replyTo { id } } }
		eye: addReaction(input: {subjectId: $remark, content: EYES, clientMutationId: "a"}) { clientMutationId reaction { content user { login } } }
		all: addPullRequestReview(input: {pullRequestId: $pr, event: COMMENT, threads: [{path: "posts/new.md", line: 4, startLine: 3, side: RIGHT, body: "Two lines"}]}) { pullRequestReview { id state } }
		one: addPullRequestReviewThread(input: {pullRequestId: $pr, path: "posts/new.md", line: 5, body: "Alone"}) { thread { id } }
	}`, map[string]any{"pr": pr, "thread": th.ID, "remark": th.Comments[0].ID})
	out.expect(t, 200, `"minimizedReason":"outdated"`, `"isResolved":true`, `"user":null`, `"clientMutationId":"a"`)
	if strings.Contains(out.text, `"errors"`) {
		t.Fatalf("errors: %s", out.text)
	}
	c.ask(`mutation($id: ID!) { updateIssueComment(input: {id: $id, body: "Summary, later"}) { issueComment { body } } }`, map[string]any{"id": p.Notes()[0].ID}).expect(t, 200, "later")
	c.ask(`mutation($id: ID!) { unresolveReviewThread(input: {threadId: $id}) { thread { isResolved } } }`, map[string]any{"id": th.ID}).expect(t, 200, `"isResolved":false`)
	c.ask(`mutation($id: ID!) { unminimizeComment(input: {subjectId: $id}) { unminimizedComment { isMinimized } } }`, map[string]any{"id": th.Comments[0].ID}).expect(t, 200, `"isMinimized":false`)
	made := `mutation($sha: GitObjectID!) { createCheckRun(input: {repositoryId: "` + p.repo.node + `", name: "tellwell", headSha: $sha, conclusion: NEUTRAL,
		output: {title: "One", summary: "Well told.", annotations: [{path: "posts/new.md", location: {startLine: 3, endLine: 4}, annotationLevel: NOTICE, message: "Who for?"}]}}) {
		checkRun { id databaseId url status conclusion } } }`
	c.ask(made, map[string]any{"sha": p.Head()}).expect(t, 200, "FORBIDDEN")
	s.Permit(Permissions{"contents": "write", "pull-requests": "write", "checks": "write"})
	run := c.ask(made, map[string]any{"sha": p.Head()}).expect(t, 200, `"status":"COMPLETED"`, `"conclusion":"NEUTRAL"`)
	c.ask(made, map[string]any{"sha": strings.Repeat("0", 40)}).expect(t, 200, "UNPROCESSABLE")
	var id2 struct {
		Data struct {
			CreateCheckRun struct{ CheckRun struct{ ID string } }
		}
	}
	run.json(t, &id2)
	c.ask(`mutation($repo: ID!, $run: ID!) { updateCheckRun(input: {repositoryId: $repo, checkRunId: $run, output: {title: "Two", summary: "Better."}}) { checkRun { title } } }`,
		map[string]any{"repo": p.repo.node, "run": id2.Data.CreateCheckRun.CheckRun.ID}).expect(t, 200, `"title":"Two"`)
	if k := p.Checks()[0]; k.Conclusion != "neutral" || len(k.Annotations) != 1 || k.Annotations[0].EndLine != 4 || k.Annotations[0].Level != "notice" || k.Updates != 1 {
		t.Errorf("the check run is %+v", k)
	}
	want := `#7 "Pages for spring" by mira: open, spring at `
	story := p.Story()
	if !strings.HasPrefix(story, want) || !strings.Contains(story, "thread on posts/new.md:3-4: open\n  github-actions[bot]\n  | Two lines\n") ||
		!strings.Contains(story, "github-actions[bot] (edited by github-actions[bot], 1×) [eyes from github-actions[bot]]\n  | Addressed\n") {
		t.Errorf("the story is\n%s", story)
	}
}
