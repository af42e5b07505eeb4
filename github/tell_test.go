package github

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/example-org/tellwell/review"
)

// onHead is the answer of the last look at the head.
func onHead(sha string) http.HandlerFunc {
	return says(200, fmt.Sprintf(`{"number": 7, "node_id": "PR_1", "head": {"sha": %q}, "base": {"repo": {"node_id": "R_1"}}}`, sha))
}

// takes keeps what was sent, and answers.
func takes(into *map[string]any, then http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		*into = map[string]any{}
		_ = json.Unmarshal(data, into)
		then(w, r)
	}
}

func pullWith(hunks ...review.LineRange) *review.Pull {
	return &review.Pull{
		Repo: "o/r", Number: 7, Head: one, May: review.May{Comment: true, Check: true},
		Files: []review.PullFile{{Path: "blog/a.md", Hunks: hunks}},
	}
}

func TestPlaces(t *testing.T) {
	pull := pullWith(review.LineRange{First: 5, Last: 9}, review.LineRange{First: 20, Last: 20})
	for _, tt := range []struct {
		name        string
		path        string
		start, line int
		want        string // "START-LINE", or why it was refused
	}{
		{"one line", "blog/a.md", 7, 7, "7-7"},
		{"several", "blog/a.md", 5, 9, "5-9"},
		{"no start", "blog/a.md", 0, 7, "7-7"},
		{"a start after the end", "blog/a.md", 9, 7, "7-7"},
		{"begins above the hunk", "blog/a.md", 2, 7, "5-7"},
		{"begins in the hunk before", "blog/a.md", 8, 20, "20-20"},
		{"the hunk of one line", "blog/a.md", 20, 20, "20-20"},
		{"above", "blog/a.md", 4, 4, "line 4 is not shown"},
		{"between", "blog/a.md", 10, 10, "line 10 is not shown"},
		{"begins within, ends below", "blog/a.md", 8, 10, "line 10 is not shown"},
		{"no line", "blog/a.md", 0, 0, "line 0 is not shown"},
		{"another file", "blog/b.md", 7, 7, "no part of the pull request"},
	} {
		s := newScript(t)
		tell := &telling{client: s.client, pull: pull, may: pull.May}
		got := ""
		for _, p := range tell.placed([]review.Post{{Path: tt.path, StartLine: tt.start, Line: tt.line, Body: "x"}}) {
			got = fmt.Sprintf("%d-%d", p.StartLine, p.Line)
		}
		for _, p := range tell.told.Problems {
			got += p.Message
		}
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	s := newScript(t)
	tell := &telling{client: s.client, pull: pull, may: pull.May}
	many := []review.Post{{Path: "blog/a.md", Line: 6}, {Path: "blog/a.md", Line: 6, Body: strings.Repeat("x", mostBody+1)}}
	for range mostComments + 2 {
		many = append(many, review.Post{Path: "blog/a.md", Line: 6, Body: "x"})
	}
	if placed := tell.placed(many); len(placed) != mostComments || len(tell.told.Refused) != 4 {
		t.Errorf("%d were placed and %d refused, want 30 and 4 (empty, long, and two too many)", len(placed), len(tell.told.Refused))
	}
}

func posts(lines ...int) []review.Post {
	var out []review.Post
	for _, line := range lines {
		out = append(out, review.Post{Path: "blog/a.md", StartLine: line, Line: line, Body: fmt.Sprintf("on %d", line)})
	}
	return out
}

func TestReviewIsOneRequest(t *testing.T) {
	var sent map[string]any
	s := newScript(t, onHead(one), takes(&sent, says(200, `{"html_url": "https://x/r"}`)))
	p := posts(6, 9)
	p[1].StartLine = 7
	told, err := s.client.Tell(context.Background(), pullWith(review.LineRange{First: 5, Last: 9}), review.Deeds{Posts: p})
	if err != nil || told.Posted != 2 || told.ReviewURL != "https://x/r" || len(told.Problems) > 0 {
		t.Errorf("told %+v, %v", told, err)
	}
	got, _ := json.Marshal(sent)
	want := `{"body":"","comments":[{"body":"on 6","line":6,"path":"blog/a.md","side":"RIGHT"},` +
		`{"body":"on 9","line":9,"path":"blog/a.md","side":"RIGHT","start_line":7,"start_side":"RIGHT"}],"commit_id":"` + one + `","event":"COMMENT"}`
	if string(got) != want {
		t.Errorf("sent %s\nwant %s", got, want)
	}
}

func TestHeadMovedOn(t *testing.T) {
	s := newScript(t, onHead(two))
	told, err := s.client.Tell(context.Background(), pullWith(review.LineRange{First: 5, Last: 9}),
		review.Deeds{Posts: posts(6), Check: review.Verdict{Conclusion: "neutral"}})
	if err != nil || !told.Stale || told.Posted > 0 || told.CheckURL != "" {
		t.Errorf("told %+v, %v", told, err)
	}
}

// A comment that GitHub refuses costs one more request and none of the others.
func TestOneIsRefused(t *testing.T) {
	refused := says(422, `{"message": "Unprocessable Entity", "errors": ["Line could not be resolved"]}`)
	var sent map[string]any
	s := newScript(t, onHead(one), refused, takes(&sent, says(200, `{"data": {
		"r0": {"pullRequestReview": {"url": "https://x/1"}}, "r1": null, "r2": {"pullRequestReview": {"url": "https://x/3"}}},
		"errors": [{"type": "UNPROCESSABLE", "path": ["r1"], "message": "Line could not be resolved"}]}`)))
	told, err := s.client.Tell(context.Background(), pullWith(review.LineRange{First: 5, Last: 9}), review.Deeds{Posts: posts(5, 6, 7)})
	if err != nil || told.Posted != 2 || len(told.Refused) != 1 || told.Refused[0].Line != 6 || told.ReviewURL != "https://x/3" {
		t.Errorf("told %+v, %v", told, err)
	}
	if want := "not told inline: Line could not be resolved"; len(told.Problems) != 1 || told.Problems[0].Message != want || told.Problems[0].Line != 6 {
		t.Errorf("problems %+v, want %q of line 6", told.Problems, want)
	}
	if document := fmt.Sprint(sent["query"]); strings.Count(document, "addPullRequestReview(") != 3 {
		t.Errorf("sent %s", document)
	}
	if n := len(s.client.Requests()); n != 3 {
		t.Errorf("%d requests, want 3", n)
	}
}

// Where there is one comment, it is the one that is meant.
func TestTheOnlyOneIsRefused(t *testing.T) {
	s := newScript(t, onHead(one), says(422, `{"message": "Unprocessable Entity", "errors": ["Line could not be resolved"]}`))
	told, err := s.client.Tell(context.Background(), pullWith(review.LineRange{First: 5, Last: 9}), review.Deeds{Posts: posts(5)})
	if err != nil || told.Posted != 0 || len(told.Refused) != 1 || !strings.Contains(told.Problems[0].Message, "Line could not be resolved") {
		t.Errorf("told %+v, %v", told, err)
	}
}

// A GitHub whose GraphQL does not know how is given ever smaller reviews.
func TestHalves(t *testing.T) {
	refused := says(422, `{"message": "Unprocessable Entity", "errors": ["Line could not be resolved"]}`)
	fine := says(200, `{"html_url": "https://x/r"}`)
	s := newScript(t, onHead(one), refused, says(200, `{"errors": [{"message": "no such mutation"}]}`), fine, refused, fine, refused)
	told, err := s.client.Tell(context.Background(), pullWith(review.LineRange{First: 5, Last: 9}), review.Deeds{Posts: posts(5, 6, 7, 8)})
	if err != nil || told.Posted != 3 || len(told.Refused) != 1 || told.Refused[0].Line != 8 {
		t.Errorf("told %+v, %v", told, err)
	}
}

// What the token may not do is told with the line that would let it, and the rest goes on.
func TestPermissionsAreNamed(t *testing.T) {
	never := says(403, `{"message": "Resource not accessible by integration"}`)
	s := newScript(t, onHead(one), never, says(201, `{"id": 3, "html_url": "https://x/c"}`))
	told, err := s.client.Tell(context.Background(), pullWith(review.LineRange{First: 5, Last: 9}),
		review.Deeds{Posts: posts(5), Edits: []review.Edit{{ID: "PRRC_1", Body: "y"}}, Check: review.Verdict{Conclusion: "neutral"}})
	want := "the token may not write reviews: add “pull-requests: write” under permissions in the workflow"
	if err != nil || told.CheckURL != "https://x/c" || len(told.Refused) != 1 || told.Problems[0].Message != want {
		t.Errorf("told %+v, %v", told, err)
	}

	pull := pullWith()
	pull.Fork = true
	s = newScript(t, never)
	told, err = s.client.Tell(context.Background(), pull, review.Deeds{Check: review.Verdict{Conclusion: "success"}})
	if err != nil || len(told.Problems) != 1 || !strings.Contains(told.Problems[0].Message, "checks: write") || !strings.Contains(told.Problems[0].Message, "fork") {
		t.Errorf("told %+v, %v", told, err)
	}

	s = newScript(t, says(403, `{"message": "You must authenticate via a GitHub App."}`))
	told, err = s.client.Tell(context.Background(), pullWith(), review.Deeds{Check: review.Verdict{Conclusion: "success"}})
	if err != nil || len(told.Problems) != 1 || !strings.Contains(told.Problems[0].Message, "a person's token") {
		t.Errorf("told %+v, %v", told, err)
	}
}

// Everything beside the review is one mutation, and what stands so already is not sent.
func TestEverythingElseIsOneRequest(t *testing.T) {
	pull := pullWith()
	pull.Threads = []review.Thread{
		{ID: "PRRT_1", Notes: []review.Note{{ID: "PRRC_1", Body: "old"}}},
		{ID: "PRRT_2", Resolved: true, Notes: []review.Note{{ID: "PRRC_2", Body: "same", Minimised: true}}},
	}
	pull.Notes = []review.Note{{ID: "IC_1", Body: "sum"}}
	deeds := review.Deeds{
		Edits:    []review.Edit{{ID: "PRRC_1", Body: "new"}, {ID: "PRRC_2", Body: "same"}},
		Minimise: []string{"PRRC_1", "PRRC_2"},
		Resolve:  []string{"PRRT_1", "PRRT_2"},
		Replies:  []review.Reply{{Thread: "PRRT_1", Body: "because"}},
		Heard:    []review.Note{{ID: "PRRC_9"}, {ID: "PRRC_8", Heard: true}},
		Summary:  &review.Edit{Body: "all in all"},
		Check:    review.Verdict{Conclusion: "neutral", Title: "1 question", Summary: "text"},
		Notices:  []review.Notice{{Path: "blog/a.md", StartLine: 3, EndLine: 1, Title: "t", Message: "m"}},
	}
	var sent map[string]any
	s := newScript(t, onHead(one), takes(&sent, says(200, `{"data": {"a0": {}, "a1": {}, "a2": null, "a3": {}, "a4": {},
		"a5": {"commentEdge": {"node": {"url": "https://x/s"}}}, "check": {"checkRun": {"databaseId": 5, "url": "https://x/c"}}},
		"errors": [{"type": "FORBIDDEN", "path": ["a2"], "message": "Resource not accessible by integration"}]}`)))
	told, err := s.client.Tell(context.Background(), pull, deeds)
	if err != nil || told.Edited != 1 || told.SummaryURL != "https://x/s" || told.CheckURL != "https://x/c" || len(told.Problems) > 0 {
		t.Errorf("told %+v, %v; resolving may be forbidden, and is no problem then", told, err)
	}
	const want = `mutation Tell($a0: UpdatePullRequestReviewCommentInput!, $a1: MinimizeCommentInput!, $a2: ResolveReviewThreadInput!, $a3: AddPullRequestReviewThreadReplyInput!, $a4: AddReactionInput!, $a5: AddCommentInput!, $check: CreateCheckRunInput!) {
  a0: updatePullRequestReviewComment(input: $a0) { clientMutationId }
  a1: minimizeComment(input: $a1) { clientMutationId }
  a2: resolveReviewThread(input: $a2) { clientMutationId }
  a3: addPullRequestReviewThreadReply(input: $a3) { clientMutationId }
  a4: addReaction(input: $a4) { clientMutationId }
  a5: addComment(input: $a5) { commentEdge { node { url } } }
  check: createCheckRun(input: $check) { checkRun { databaseId url } }
}
`
	if sent["query"] != want {
		t.Errorf("sent %v\nwant %s", sent["query"], want)
	}
	inputs, _ := json.Marshal(sent["variables"])
	for _, part := range []string{`"a5":{"body":"all in all","subjectId":"PR_1"}`, `"location":{"endLine":3,"startLine":3}`, `"repositoryId":"R_1"`, `"conclusion":"NEUTRAL"`} {
		if !strings.Contains(string(inputs), part) {
			t.Errorf("sent %s, which lacks %s", inputs, part)
		}
	}
}

// A mutation that is refused as a whole is a problem, and the check run is made all the same.
func TestMutationIsRefused(t *testing.T) {
	s := newScript(t, onHead(one), says(200, `{"errors": [{"message": "Something went wrong"}]}`), says(201, `{"id": 3, "html_url": "https://x/c"}`))
	told, err := s.client.Tell(context.Background(), pullWith(), review.Deeds{Summary: &review.Edit{Body: "x"}, Check: review.Verdict{Conclusion: "neutral"}})
	if err != nil || told.CheckURL != "https://x/c" || len(told.Problems) != 1 || !strings.Contains(told.Problems[0].Message, "Something went wrong") {
		t.Errorf("told %+v, %v", told, err)
	}
}

func TestAnnotationsInBatches(t *testing.T) {
	var first, second, third map[string]any
	s := newScript(t, takes(&first, says(201, `{"id": 3, "html_url": "https://x/c"}`)), takes(&second, says(200, `{}`)), takes(&third, says(200, `{}`)))
	deeds := review.Deeds{Check: review.Verdict{Conclusion: "neutral", Title: "t", Summary: strings.Repeat("word\n", 20_000)}}
	for i := range 120 {
		deeds.Notices = append(deeds.Notices, review.Notice{Path: "blog/a.md", StartLine: i + 1, EndLine: i + 1, Title: strings.Repeat("x", 300), Message: "m"})
	}
	told, err := s.client.Tell(context.Background(), pullWith(), deeds)
	if err != nil || told.CheckURL != "https://x/c" {
		t.Fatalf("told %+v, %v", told, err)
	}
	for i, sent := range []map[string]any{first, second, third} {
		output := sent["output"].(map[string]any)
		notices := output["annotations"].([]any)
		if want := []int{50, 50, 20}[i]; len(notices) != want {
			t.Errorf("request %d holds %d annotations, want %d", i, len(notices), want)
		}
		if n := len(output["summary"].(string)); n > mostSummary || n < mostSummary-200 {
			t.Errorf("the summary has %d bytes, want at most %d", n, mostSummary)
		}
		if title := notices[0].(map[string]any)["title"].(string); len(title) > mostTitle {
			t.Errorf("a title has %d bytes", len(title))
		}
	}
}

// An error stops what GitHub cannot take now, and what was done before stands.
func TestErrorAfterTheReview(t *testing.T) {
	s := newScript(t, onHead(one), says(200, `{"html_url": "https://x/r"}`), says(401, `{"message": "Bad credentials"}`))
	told, err := s.client.Tell(context.Background(), pullWith(review.LineRange{First: 5, Last: 9}),
		review.Deeds{Posts: posts(5), Summary: &review.Edit{Body: "x"}, Check: review.Verdict{Conclusion: "neutral"}})
	if told.Posted != 1 || err == nil || !strings.Contains(err.Error(), "tell pull request o/r#7") || !strings.Contains(err.Error(), "has not expired") {
		t.Errorf("told %+v, %v", told, err)
	}
}

// A token that may only read writes nothing at all.
func TestReadOnly(t *testing.T) {
	s := newScript(t)
	pull := pullWith(review.LineRange{First: 5, Last: 9})
	pull.May = review.May{}
	told, err := s.client.Tell(context.Background(), pull, review.Deeds{Posts: posts(5), Summary: &review.Edit{Body: "x"}, Check: review.Verdict{Conclusion: "neutral"}})
	if err != nil || len(told.Refused) != 1 || len(s.client.Requests()) != 0 {
		t.Errorf("told %+v, %v, %v", told, err, s.client.Requests())
	}
}
