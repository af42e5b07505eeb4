package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/example-org/tellwell/review"
)

// Told is what came of a review's deeds.
type Told struct {
	Posted     int // new inline comments
	Standing   int // questions not posted, since another run had spoken when ours came to it
	Edited     int // comments edited in place
	ReviewURL  string
	CheckURL   string
	SummaryURL string
	Refused    []review.Post    // what could not be posted; Problems says why of each
	Stale      bool             // the head had moved on, and nothing was done
	Problems   []review.Problem // in the order they were met, each once
}

// CheckName is the name of our check run, which a branch may require.
const CheckName = "tellwell"

// GitHub's limits, and ours a little below them.
const (
	mostComments = 30     // of one review: more were refused as "submitted too quickly" (github.com/src-d/lookout/issues/264)
	mostBody     = 65_000 // bytes of a comment; GitHub takes 65,536 characters
)

// Tell carries out a review's deeds: the new comments in one review, then everything else in one mutation, and the completed check run.
// The head is read once more before anything is posted; where it moved on, nothing is. What the token may not do becomes a problem that
// names the permission, and the rest goes on. An error means that GitHub could not be reached or answered out of order; what was done
// before it stands in Told. Nothing is deleted.
func (c *Client) Tell(ctx context.Context, pull *review.Pull, deeds review.Deeds) (Told, error) {
	owner, name, err := split(pull.Repo)
	if err != nil {
		return Told{}, err
	}
	t := &telling{client: c, pull: pull, owner: owner, name: name, may: pull.May}
	err = t.all(ctx, deeds)
	if err != nil {
		err = c.fault(fmt.Sprintf("tell pull request %s#%d", pull.Repo, pull.Number), err)
	}
	return t.told, err
}

// A telling is one call of Tell.
type telling struct {
	client      *Client
	pull        *review.Pull
	owner, name string
	may         review.May
	told        Told

	pullNode, repoNode string // ids in GraphQL
	checked            int64  // the check run that was made
}

func (t *telling) all(ctx context.Context, deeds review.Deeds) error {
	var acts []act
	if t.may.Comment {
		deeds.Posts = t.placed(deeds.Posts)
		acts = t.acts(deeds)
	} else {
		for _, p := range deeds.Posts {
			t.refuse(p, "the token may only read")
		}
		deeds.Posts = nil
	}
	check := t.may.Check && deeds.Check.Conclusion != ""
	if len(deeds.Posts)+len(acts) > 0 {
		now, err := t.lookAgain(ctx)
		if err != nil || t.told.Stale {
			return err
		}
		if deeds, err = t.catchUp(ctx, deeds, now); err != nil {
			return err
		}
		acts = t.acts(deeds)
	}
	if check && deeds.Again && len(deeds.Posts)+len(acts) == 0 {
		done, err := t.client.Checked(ctx, t.pull.Repo, t.pull.Head)
		if err != nil || done {
			return err
		}
	}
	var failed []error
	if len(deeds.Posts) > 0 {
		failed = append(failed, t.post(ctx, deeds.Posts))
		if stop(failed) {
			return errors.Join(failed...)
		}
	}
	if !t.may.Comment {
		acts = nil // GitHub has just refused the review for want of the same permission
	}
	notices := t.notices(deeds.Notices)
	within := check && len(acts) > 0
	if within {
		acts = append(acts, t.checkAct(deeds.Check, notices))
	}
	failed = append(failed, t.act(ctx, acts))
	if within && t.checked == 0 && failed[len(failed)-1] != nil && !stop(failed) { // nobody knows whether it was made
		done, err := t.client.Checked(ctx, t.pull.Repo, t.pull.Head)
		check = err == nil && !done
	}
	if check && !stop(failed) {
		failed = append(failed, t.check(ctx, deeds.Check, notices))
	}
	return errors.Join(failed...)
}

// stop reports errors after which it is no use to go on.
func stop(errs []error) bool {
	err := errors.Join(errs...)
	var limit *LimitError
	return errors.As(err, &limit) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || answered(err) == http.StatusUnauthorized
}

// lookAgain reads the head once more, and the ids that GraphQL knows pull request and repository by. It returns how many comments GitHub
// counts, on the pull request's lines and on itself.
func (t *telling) lookAgain(ctx context.Context) (count, error) {
	now, _, err := t.client.rest.PullRequests.Get(ctx, t.owner, t.name, t.pull.Number)
	if err != nil {
		return count{}, t.client.fault("look at the head again", err)
	}
	t.told.Stale = now.GetHead().GetSHA() != t.pull.Head
	t.pullNode, t.repoNode = now.GetNodeID(), now.GetBase().GetRepo().GetNodeID()
	return count{now.GetReviewComments(), now.GetComments()}, nil
}

// placed returns the posts that GitHub can place on the pull request's hunks; one line outside them and it would refuse the whole review.
func (t *telling) placed(posts []review.Post) []review.Post {
	files := map[string]*review.PullFile{}
	for i := range t.pull.Files {
		files[t.pull.Files[i].Path] = &t.pull.Files[i]
	}
	var out []review.Post
	for _, p := range posts {
		file := files[p.Path]
		switch {
		case file == nil:
			t.refuse(p, "the file is no part of the pull request")
		case p.Body == "":
			t.refuse(p, "the comment is empty")
		case len(p.Body) > mostBody:
			t.refuse(p, fmt.Sprintf("the comment has %d bytes, and GitHub takes 65,536 characters", len(p.Body)))
		case len(out) == mostComments:
			t.refuse(p, fmt.Sprintf("one review holds at most %d comments", mostComments))
		default:
			hunk, ok := within(file.Hunks, p.Line)
			if !ok {
				t.refuse(p, fmt.Sprintf("line %d is not shown in the pull request's diff", p.Line))
				continue
			}
			if p.StartLine < 1 || p.StartLine > p.Line {
				p.StartLine = p.Line
			}
			p.StartLine = max(p.StartLine, hunk.First) // of a passage that begins above the hunk, the part within it
			out = append(out, p)
		}
	}
	return out
}

// refuse notes a post that does not stand on the pull request, and why.
func (t *telling) refuse(p review.Post, why string) {
	t.told.Refused = append(t.told.Refused, p)
	t.told.Problems = append(t.told.Problems, review.Problem{Path: p.Path, Line: p.Line, Message: t.client.wire.clean("not told inline: " + why)})
}

// problem notes something once.
func (t *telling) problem(message string) {
	message = t.client.wire.clean(message)
	for _, p := range t.told.Problems {
		if p.Message == message {
			return
		}
	}
	t.told.Problems = append(t.told.Problems, review.Problem{Message: message})
}

// lacks notes that the token may not do something, with the line that would let it.
func (t *telling) lacks(what, permission string) {
	message := fmt.Sprintf("the token may not %s: add “%s: write” under permissions in the workflow", what, permission)
	if t.pull.Fork {
		message += "; on a pull request from a fork the token of pull_request may only read, whatever the workflow says"
	}
	t.problem(message)
}
