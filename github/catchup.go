package github

import (
	"context"
	"time"

	"github.com/example-org/tellwell/review"
)

// GitHub's list of review threads may be some seconds behind (issue 3 has five); this is a little longer.
const listingLag = 6 * time.Second

// A count is how much GitHub says is said on a pull request.
type count struct{ remarks, notes int }

// catchUp returns the deeds as they are still to be done. What we gathered may have been behind: by GitHub's own lag, or because another
// run has spoken since. It shows in how many comments GitHub counts, which comes with the head that is read just before posting and so
// costs nothing; only where GitHub counts more than we saw is asked once more what stands. A count that stays ahead of the list is not
// waited for any longer: comments deleted since may be in it.
func (t *telling) catchUp(ctx context.Context, deeds review.Deeds, now count) (review.Deeds, error) {
	remarks := len(deeds.Posts)+len(deeds.Replies) > 0 && now.remarks > remarksIn(t.pull.Threads)
	summary := deeds.Summary != nil && deeds.Summary.ID == "" && now.notes > len(t.pull.Notes)
	if !remarks && !summary {
		return deeds, nil
	}
	if remarks {
		if err := t.client.wire.sleep(ctx, listingLag); err != nil {
			return deeds, err
		}
	}
	var out gathered
	vars := map[string]any{"owner": t.owner, "name": t.name, "number": t.pull.Number}
	if err := t.client.read(ctx, "Meanwhile", meanwhileQuery, vars, &out); err != nil {
		return deeds, t.client.fault("read what was said meanwhile", err)
	}
	if out.Repository == nil || out.Repository.PullRequest == nil {
		return deeds, nil
	}
	listed, err := t.client.threads(ctx, t.owner, t.name, t.pull.Number, out.Repository.PullRequest.ReviewThreads)
	if err != nil {
		return deeds, t.client.fault("read what was said meanwhile", err)
	}
	var threads []review.Thread
	for _, l := range listed {
		thread := review.Thread{ID: l.ID, Path: l.Path, Line: l.Line, Resolved: l.IsResolved}
		for _, n := range l.Comments.Nodes {
			thread.Notes = append(thread.Notes, n.plain(t.pull.Me))
		}
		threads = append(threads, thread)
	}
	var notes []review.Note
	for _, n := range out.Repository.PullRequest.Comments.Nodes {
		notes = append(notes, n.plain(t.pull.Me))
	}
	caught := deeds.CaughtUp(t.pull, threads, notes)
	if t.told.Standing = len(deeds.Posts) - len(caught.Posts); t.told.Standing > 0 {
		t.client.wire.tell("another run has spoken meanwhile; %d of our %d questions are not posted", t.told.Standing, len(deeds.Posts))
	}
	return caught, nil
}

// remarksIn counts the comments in threads.
func remarksIn(threads []review.Thread) int {
	n := 0
	for _, t := range threads {
		n += len(t.Notes)
	}
	return n
}
