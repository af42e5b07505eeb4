package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	gogithub "github.com/google/go-github/v60/github"

	"github.com/example-org/tellwell/review"
)

// post posts the comments as one review. GitHub refuses the whole review for one comment that it cannot place, and does not say which
// (github.com/QwenLM/qwen-code/pull/6711); they are then given one by one, in one more request, so that none of the others is lost.
func (t *telling) post(ctx context.Context, posts []review.Post) error {
	err := t.review(ctx, posts)
	switch answered(err) {
	case http.StatusForbidden:
		t.may.Comment = false
		t.lacks("write reviews", "pull-requests")
		for _, p := range posts {
			t.refuse(p, "the token may not write reviews")
		}
		return nil
	case http.StatusUnprocessableEntity:
		if len(posts) == 1 {
			t.refuse(posts[0], said(err))
			return nil
		}
		if err := t.oneByOne(ctx, posts); !errors.Is(err, errRefused) {
			return err
		}
		return t.halves(ctx, posts)
	}
	return err
}

// review posts comments as one review.
func (t *telling) review(ctx context.Context, posts []review.Post) error {
	request := &gogithub.PullRequestReviewRequest{
		CommitID: &t.pull.Head, Event: gogithub.String("COMMENT"),
		Body: gogithub.String(""), // it has nothing to say that its comments do not
	}
	for _, p := range posts {
		comment := &gogithub.DraftReviewComment{Path: &p.Path, Body: &p.Body, Line: &p.Line, Side: gogithub.String("RIGHT")}
		if p.StartLine < p.Line {
			comment.StartLine, comment.StartSide = &p.StartLine, gogithub.String("RIGHT")
		}
		request.Comments = append(request.Comments, comment)
	}
	posted, _, err := t.client.rest.PullRequests.CreateReview(ctx, t.owner, t.name, t.pull.Number, request)
	if err != nil {
		return t.client.fault("post the review", err)
	}
	t.told.Posted += len(posts)
	t.told.ReviewURL = posted.GetHTMLURL()
	return nil
}

// oneByOne posts each comment as a review of its own, all in one document, so that each is taken or refused for itself. It is not done by
// addPullRequestReviewThread, which takes lines outside the diff, on which nothing is ever seen (github.com/dcdpr/jp/pull/857).
func (t *telling) oneByOne(ctx context.Context, posts []review.Post) error {
	var acts []act
	for i, p := range posts {
		thread := map[string]any{"path": p.Path, "line": p.Line, "side": "RIGHT", "body": p.Body}
		if p.StartLine < p.Line {
			thread["startLine"], thread["startSide"] = p.StartLine, "RIGHT"
		}
		acts = append(acts, act{
			name: fmt.Sprintf("r%d", i), field: "addPullRequestReview", kind: "AddPullRequestReviewInput", gives: "pullRequestReview { url }",
			input: map[string]any{"pullRequestId": t.pullNode, "commitOID": t.pull.Head, "event": "COMMENT", "threads": []any{thread}},
		})
	}
	did, errs, err := t.mutate(ctx, "Review", acts)
	if err != nil {
		return err
	}
	for i, p := range posts {
		name := acts[i].name
		if r := did[name].PullRequestReview; r != nil {
			t.told.Posted++
			t.told.ReviewURL = r.URL
			continue
		}
		why := "GitHub cannot place it"
		if e, ok := errs[name]; ok {
			why = oneLine(e.Message)
		}
		t.refuse(p, why)
	}
	return nil
}

// halves posts the comments in ever smaller reviews, where GraphQL is of no help.
func (t *telling) halves(ctx context.Context, posts []review.Post) error {
	for _, half := range [][]review.Post{posts[:len(posts)/2], posts[len(posts)/2:]} {
		err := t.review(ctx, half)
		switch {
		case answered(err) == http.StatusUnprocessableEntity && len(half) == 1:
			t.refuse(half[0], said(err))
		case answered(err) == http.StatusUnprocessableEntity:
			if err := t.halves(ctx, half); err != nil {
				return err
			}
		case err != nil:
			return err
		}
	}
	return nil
}

// said is what GitHub answered, without what we were doing.
func said(err error) string {
	_, why, _ := strings.Cut(err.Error(), ": ")
	return why
}
