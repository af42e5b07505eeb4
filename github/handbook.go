package github

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/example-org/tellwell/review"
)

// handbookQuery asks at which commit another repository's primer is read, and who may read it.
const handbookQuery = `query Handbook($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) { isPrivate object(expression: $ref) { __typename oid ... on Tag { target { __typename oid } } } }
}
`

// A book is what a commit holds of a primer.
type book struct {
	repo, commit, folder string
	pages                map[string][]byte
}

const mostBooks = 8 // held at a time, the oldest given up first

// handbook reads the primer that another repository keeps: one request for its commit, and one more (a few where it is deep) unless that
// commit was read before. What can't be read stops no review; it is told.
func (c *Client) handbook(ctx context.Context, p *pulled, primers review.PrimersConfig) {
	p.PrimerIn.Repo = primers.Repository
	if err := c.openBook(ctx, p, primers); err != nil {
		p.Primer = map[string][]byte{}
		p.PrimerIn.Unread = c.wire.clean(err.Error())
	}
}

func (c *Client) openBook(ctx context.Context, p *pulled, primers review.PrimersConfig) error {
	owner, name, err := split(primers.Repository)
	if err != nil {
		return err
	}
	var out struct {
		Repository *struct {
			IsPrivate bool
			Object    *struct {
				Typename string `json:"__typename"`
				Oid      string
				Target   *struct{ Oid string }
			}
		}
	}
	ref := cmp.Or(primers.Ref, "HEAD")
	errs, err := c.ask(ctx, call{name: "Handbook"}, handbookQuery, map[string]any{"owner": owner, "name": name, "ref": ref}, &out)
	switch {
	case err != nil:
		return err
	case out.Repository == nil:
		return errors.New("GitHub shows this token no such repository; check primers.repository, and where it is private give a primer-token that may read its contents")
	case unfilled(errs) != nil:
		return unfilled(errs)
	case out.Repository.Object == nil:
		return fmt.Errorf("it has no %s; check primers.ref", ref)
	}
	commit := out.Repository.Object.Oid
	if tagged := out.Repository.Object.Target; tagged != nil {
		commit = tagged.Oid
	}
	p.PrimerIn.Commit, p.PrimerIn.Private = commit, out.Repository.IsPrivate
	folder := tidy(primers.Path)
	c.mu.Lock()
	i := slices.IndexFunc(c.books, func(b book) bool { return b.repo == primers.Repository && b.commit == commit && b.folder == folder })
	if i >= 0 {
		p.Primer = maps.Clone(c.books[i].pages)
	}
	c.mu.Unlock()
	if i >= 0 {
		return nil
	}
	there := &pulled{owner: owner, name: name}
	there.Base, there.Primer = commit, map[string][]byte{}
	var root *held
	if err := c.objects(ctx, there, "Primer", []want{{commit + ":" + folder, func(h *held) { root = h }}}); err != nil {
		return err
	}
	if root == nil || root.Typename != "Tree" {
		return fmt.Errorf("it has no folder %s at %s; check primers.path", cmp.Or(folder, "of its own"), ref)
	}
	if err := c.primer(ctx, there, folder, root, 1); err != nil {
		return err
	}
	p.Primer = there.Primer
	c.mu.Lock()
	defer c.mu.Unlock()
	c.books = append(c.books, book{primers.Repository, commit, folder, maps.Clone(there.Primer)})
	c.books = c.books[max(0, len(c.books)-mostBooks):]
	return nil
}
