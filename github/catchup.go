package github

import (
	"context"
	"time"

	"github.com/example-org/tellwell/review"
)

// GitHub's list of review threads may be some seconds behind (issue 3 has five). Twice this pause is longer than that.
const listingPause = 3 * time.Second

// catchUp returns the posts that no comment of ours says yet. What we gathered may have been behind: by GitHub's own lag, or because
// another run on the same head has posted since. It shows in the number of remarks, which comes with the head that is read just before
// posting and so costs nothing; only where GitHub counts more than we saw are the threads listed again, at most twice. A count that
// stays ahead of the list is not waited for any longer: comments deleted since may be in it.
func (t *telling) catchUp(ctx context.Context, posts []review.Post, remarks int) ([]review.Post, error) {
	if len(posts) == 0 || remarks <= remarksIn(t.pull.Threads) {
		return posts, nil
	}
	for range 2 {
		if err := t.client.wire.sleep(ctx, listingPause); err != nil {
			return nil, err
		}
		listed, err := t.client.threads(ctx, t.owner, t.name, t.pull.Number, threadPage{PageInfo: pageInfo{HasNextPage: true}})
		if err != nil {
			return nil, err
		}
		threads := make([]review.Thread, 0, len(listed))
		for _, l := range listed {
			thread := review.Thread{ID: l.ID, Path: l.Path, Line: l.Line}
			for _, n := range l.Comments.Nodes {
				author := n.Author.login()
				if n.ViewerDidAuthor {
					author = t.pull.Me
				}
				thread.Notes = append(thread.Notes, review.Note{ID: n.ID, Author: author, Body: n.Body})
			}
			threads = append(threads, thread)
		}
		var fresh []review.Post
		for _, p := range posts {
			if p.StandsIn(threads, t.pull.Me) {
				t.told.Standing++
			} else {
				fresh = append(fresh, p)
			}
		}
		posts = fresh
		if len(posts) == 0 || remarks <= remarksIn(threads) {
			break
		}
	}
	return posts, nil
}

// remarksIn counts the comments in threads.
func remarksIn(threads []review.Thread) int {
	n := 0
	for _, t := range threads {
		n += len(t.Notes)
	}
	return n
}
