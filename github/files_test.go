package github

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/example-org/tellwell/review"
)

// A patch that GitHub will not give is worked out from the texts at the head and where the branch began.
func TestPatchesFromTexts(t *testing.T) {
	gone := says(200, "[]") // neither a page of ten nor one of one has a patch
	s := newScript(t, gone, gone, gone,
		says(200, `{"merge_base_commit": {"sha": "`+two+`"}}`),
		says(200, `{"data": {"repository": {
			"f0": {"__typename": "Blob", "oid": "1", "text": "# A\n\nOne.\n", "byteSize": 10},
			"f1": null}}}`))
	p := &pulled{owner: "o", name: "r", compareWith: one}
	p.Number, p.Head = 7, one
	rows := []*row{
		{PullFile: review.PullFile{Path: "blog/a.md", OldPath: "blog/was.md", Status: "renamed", Text: []byte("# A\n\nTwo.\n")}, content: true},
		{PullFile: review.PullFile{Path: "blog/b.md", Status: "modified", Text: []byte("# B\n")}, content: true, at: 1, changes: 4},
		{PullFile: review.PullFile{Path: "blog/c.md", Status: "added", Text: []byte("# C\n\nNew.\n")}, content: true, at: 12, patch: "@@ -0,0 +1,3 @@\n+# C\n"},
		{PullFile: review.PullFile{Path: "logo.png", Status: "modified"}, at: 14},
	}
	if err := s.client.patches(context.Background(), p, rows); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		`{false [{3 3}] false} [{1 3}] ""`,
		`{false [] false} [] "GitHub gives no patch, and the text before the change can't be read: GitHub has no such file"`,
		`{true [{1 3}] false} [{1 3}] ""`,
		`{false [] false} [] ""`,
	} {
		r := rows[i]
		if got := fmt.Sprintf("%v %v %q", *r.Change, r.Hunks, r.Unread); got != want {
			t.Errorf("%s: %s\nwant %s", r.Path, got, want)
		}
	}
	var asked []string
	for _, r := range s.client.Requests() {
		asked = append(asked, r.Path)
	}
	const want = "repos/o/r/pulls/7/files?page=1&per_page=10 repos/o/r/pulls/7/files?page=1&per_page=1 repos/o/r/pulls/7/files?page=2&per_page=1 " +
		"repos/o/r/compare/" + one + "..." + one + "?page=2&per_page=1 graphql Before"
	if got := strings.Join(asked, " "); got != want {
		t.Errorf("asked %s\nwant  %s", got, want)
	}
}

// A patch with fewer lines than the list counts is not believed.
func TestPatchesThatAreNotWhole(t *testing.T) {
	s := newScript(t, says(500, ""), says(500, ""), says(500, ""), says(500, ""))
	p := &pulled{owner: "o", name: "r", compareWith: one}
	p.Number, p.Head = 7, one
	r := &row{PullFile: review.PullFile{Path: "blog/d.md", Status: "modified", Text: []byte("# D\n\nNew.\n")}, content: true, adds: 2, patch: "@@ -1 +1,2 @@\n # D\n+\n"}
	if err := s.client.patches(context.Background(), p, []*row{r}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Unread, "find where the branch began: GitHub answered 500") || r.Hunks != nil {
		t.Errorf("unread because %q, hunks %v", r.Unread, r.Hunks)
	}
}

// A batch of texts that is too much for GitHub is halved until it answers.
func TestBatchesAreHalved(t *testing.T) {
	tooLong := says(200, `{"errors": [{"message": "Something went wrong while executing your query. This may be the result of a timeout"}]}`)
	s := newScript(t, tooLong,
		says(200, `{"data": {"repository": {"f0": {"__typename": "Blob", "text": "a"}, "f1": null}}}`),
		says(200, `{"data": {"repository": {"f0": {"__typename": "Blob", "text": "c"}, "f1": {"__typename": "Commit"}}}}`))
	var got []string
	var wants []want
	for i := range 4 {
		wants = append(wants, want{fmt.Sprint(i), func(h *held) {
			text, why := s.client.text(context.Background(), &pulled{}, h, "")
			got = append(got, string(text)+why)
		}})
	}
	if err := s.client.objects(context.Background(), &pulled{owner: "o", name: "r"}, "Texts", wants); err != nil {
		t.Fatal(err)
	}
	if want := "[a GitHub has no such file c it is no file but a submodule or a folder]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
