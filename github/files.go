package github

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	gogithub "github.com/google/go-github/v60/github"

	"github.com/example-org/tellwell/review"
)

// A row is one file of the pull request as REST lists it.
type row struct {
	review.PullFile
	at      int    // in the list
	sha     string // blob at the head
	patch   string
	changes int
	adds    int
	content bool // it is a page that may be judged
	primer  bool // it is a page of the primer: noticed, and never judged by
	same    bool // it is renamed, and its text is what the base has under the old name
}

const (
	perPage   = 100
	mostFiles = 3000 // that GitHub lists
	mostAsks  = 40   // for patches that are missing; the rest is compared by us
)

// errMoved says that the head moved while we read.
var errMoved = errors.New("the head moved while it was read")

// files returns the files of the pull request at its head.
func (c *Client) files(ctx context.Context, p *pulled) ([]*row, error) {
	var rows []*row
	for page := 1; len(rows) < mostFiles; page++ {
		more, next, err := c.page(ctx, p, page, perPage)
		if err != nil {
			return nil, c.fault("list its files", err)
		}
		rows = append(rows, more...)
		if next == 0 || len(more) == 0 {
			break
		}
	}
	for i, r := range rows {
		r.at = i
	}
	return rows, nil
}

// page returns one page of the list.
func (c *Client) page(ctx context.Context, p *pulled, page, size int) ([]*row, int, error) {
	files, resp, err := c.rest.PullRequests.ListFiles(ctx, p.owner, p.name, p.Number, &gogithub.ListOptions{Page: page, PerPage: size})
	if err != nil {
		return nil, 0, err
	}
	var rows []*row
	for _, f := range files {
		if at := refOf(f.GetContentsURL()); at != "" && at != p.Head && f.GetStatus() != "removed" {
			return nil, 0, errMoved
		}
		r := &row{
			PullFile: review.PullFile{Path: f.GetFilename(), OldPath: f.GetPreviousFilename(), Status: f.GetStatus()},
			sha:      f.GetSHA(), patch: f.GetPatch(), changes: f.GetChanges(), adds: f.GetAdditions(),
		}
		rows = append(rows, r)
	}
	return rows, resp.NextPage, nil
}

// refOf returns the commit that a file's contents_url asks for.
func refOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if ref := u.Query().Get("ref"); commitName.MatchString(ref) {
		return ref
	}
	return ""
}

// emptyBlobs are git's names of the empty text, by SHA-1 and SHA-256.
var emptyBlobs = map[string]bool{
	"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391":                         true,
	"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813": true,
}

// silent reports a row without a patch that may have changed all the same. GitHub leaves a patch out for a file that is binary, too
// large, or merely renamed, and, with all counts at 0, for rows after some 20,000 lines of patches on one page of the list
// (github.com/orgs/community/discussions/213491).
func (r *row) silent() bool {
	switch {
	case r.patch != "", r.Status == "removed", r.Status == "unchanged", emptyBlobs[r.sha] && r.changes == 0:
		return false
	}
	return !r.same
}

// patches reads the rows' patches, and asks again for those that are missing where a page of content is concerned: on smaller pages of
// the list, then by comparing the texts.
func (c *Client) patches(ctx context.Context, p *pulled, rows []*row) error {
	asks := 0
	small := map[[2]int][]*row{}
	for _, r := range rows {
		for _, size := range []int{10, 1} {
			if !r.content || !r.silent() {
				break
			}
			key := [2]int{r.at/size + 1, size}
			if _, ok := small[key]; !ok {
				if asks++; asks > mostAsks {
					break
				}
				again, _, err := c.page(ctx, p, key[0], key[1])
				if err != nil {
					return c.fault("list its files again", err)
				}
				small[key] = again
			}
			for _, a := range small[key] {
				if a.Path == r.Path {
					r.patch, r.changes, r.adds = a.patch, a.changes, a.adds
				}
			}
		}
	}
	var compare []*row
	for _, r := range rows {
		r.Change = &review.Change{New: r.Status == "added", Moved: r.Status == "renamed" && r.patch == ""}
		if r.Status == "removed" {
			continue
		}
		added, hunks, err := ReadPatch(r.patch)
		if err == nil && lines(added) < r.adds && r.patch != "" {
			err = errors.New("its patch is not whole")
		}
		switch {
		case r.content && (err != nil || r.silent()):
			compare = append(compare, r)
		case err == nil:
			r.Change.Added, r.Hunks = added, hunks
		}
	}
	return c.compare(ctx, p, compare)
}

func lines(ranges []review.LineRange) int {
	n := 0
	for _, r := range ranges {
		n += r.Last - r.First + 1
	}
	return n
}

// compare works the changes of rows out from their texts, where GitHub gives no patch.
func (c *Client) compare(ctx context.Context, p *pulled, rows []*row) error {
	old := map[*row]string{} // texts where the branch began
	var wants []want
	var from string
	var fault error
	for _, r := range rows {
		if r.Unread != "" || r.Status == "added" {
			continue
		}
		if from == "" && fault == nil {
			from, fault = c.mergeBase(ctx, p)
		}
		if fault != nil {
			r.Unread = "GitHub gives no patch, and what it changes can't be compared: " + fault.Error()
			continue
		}
		path := r.Path
		if r.OldPath != "" {
			path = r.OldPath
		}
		wants = append(wants, want{from + ":" + path, func(h *held) {
			text, why := c.text(ctx, p, h, "")
			if why != "" {
				r.Unread = fmt.Sprintf("GitHub gives no patch, and the text before the change can't be read: %s", why)
				return
			}
			old[r] = string(text)
		}})
	}
	if err := c.objects(ctx, p, "Before", wants); err != nil {
		return err
	}
	for _, r := range rows {
		if r.Unread != "" {
			continue
		}
		if len(old[r]) > mostCompared || len(r.Text) > mostCompared {
			r.Unread = "GitHub gives no patch, and it is too large to compare here; split the page"
			continue
		}
		r.Change.Added, r.Hunks = Compare(old[r], string(r.Text))
		r.Change.Moved = r.Status == "renamed" && len(r.Change.Added) == 0
	}
	return nil
}

// mergeBase returns the commit where the branch began.
func (c *Client) mergeBase(ctx context.Context, p *pulled) (string, error) {
	// The files are on the first page only, and we want none of them.
	answer, _, err := c.rest.Repositories.CompareCommits(ctx, p.owner, p.name, p.compareWith, p.Head, &gogithub.ListOptions{Page: 2, PerPage: 1})
	switch {
	case err != nil:
		return "", c.fault("find where the branch began", err)
	case answer.GetMergeBaseCommit().GetSHA() == "":
		return "", errors.New("find where the branch began: GitHub does not say")
	}
	return answer.GetMergeBaseCommit().GetSHA(), nil
}

// mostCompared is the largest text we compare, in bytes.
const mostCompared = 2 << 20
