package github

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/example-org/tellwell/review"
)

// A number is an id of 64 bits, which GraphQL gives as a string.
type number int64

// UnmarshalJSON reads a number with or without quotes; null leaves it 0.
func (n *number) UnmarshalJSON(data []byte) error {
	text := strings.Trim(string(data), `"`)
	if text == "null" || text == "" {
		return nil
	}
	_, err := fmt.Sscan(text, (*int64)(n))
	return err
}

// mostPages is how many further pages of threads or comments are read.
const mostPages = 20

// talk takes the review threads and the comments into the pull request, oldest first, reading on where there are more than the first
// query gave.
func (c *Client) talk(ctx context.Context, p *pulled, out *gathered) error {
	threads, notes := out.Repository.PullRequest.ReviewThreads, out.Repository.PullRequest.Comments
	vars := func(more ...string) map[string]any {
		v := map[string]any{"owner": p.owner, "name": p.name, "number": p.Number}
		for i := 0; i < len(more); i += 2 {
			v[more[i]] = more[i+1]
		}
		return v
	}
	all, err := c.threads(ctx, p.owner, p.name, p.Number, threads)
	if err != nil {
		return err
	}
	said := notes.Nodes
	for page := 0; notes.PageInfo.HasPreviousPage && page < mostPages; page++ {
		var next gathered
		if err := c.read(ctx, "Notes", notesQuery, vars("before", notes.PageInfo.StartCursor), &next); err != nil {
			return err
		}
		if next.Repository == nil || next.Repository.PullRequest == nil {
			break
		}
		notes = next.Repository.PullRequest.Comments
		said = append(append([]note(nil), notes.Nodes...), said...)
	}
	trust := &trust{client: c, pull: p, known: map[string]bool{}}
	for _, t := range all {
		if err := c.replies(ctx, &t); err != nil {
			return err
		}
		thread := review.Thread{ID: t.ID, Path: t.Path, Line: t.Line, Resolved: t.IsResolved, Outdated: t.IsOutdated}
		for _, n := range t.Comments.Nodes {
			thread.Notes = append(thread.Notes, trust.note(ctx, n))
		}
		p.Threads = append(p.Threads, thread)
	}
	for _, n := range said {
		p.Notes = append(p.Notes, trust.note(ctx, n))
	}
	return nil
}

// threads returns a page of review threads and those that follow it.
func (c *Client) threads(ctx context.Context, owner, name string, number int, page threadPage) ([]thread, error) {
	all := page.Nodes
	for n := 0; page.PageInfo.HasNextPage && n < mostPages; n++ {
		var next gathered
		vars := map[string]any{"owner": owner, "name": name, "number": number, "after": page.PageInfo.EndCursor}
		if err := c.read(ctx, "Threads", threadsQuery, vars, &next); err != nil {
			return nil, err
		}
		if next.Repository == nil || next.Repository.PullRequest == nil {
			break
		}
		page = next.Repository.PullRequest.ReviewThreads
		all = append(all, page.Nodes...)
	}
	return all, nil
}

// replies reads on in a thread of more than fifty comments.
func (c *Client) replies(ctx context.Context, t *thread) error {
	last := t.Comments.PageInfo
	for page := 0; last.HasNextPage && page < mostPages; page++ {
		var next struct{ Node *struct{ Comments notePage } }
		if err := c.read(ctx, "Replies", repliesQuery, map[string]any{"thread": t.ID, "after": last.EndCursor}, &next); err != nil {
			return err
		}
		if next.Node == nil {
			break
		}
		last = next.Node.Comments.PageInfo
		t.Comments.Nodes = append(t.Comments.Nodes, next.Node.Comments.Nodes...)
	}
	return nil
}

// read asks for something that must be answered whole.
func (c *Client) read(ctx context.Context, name, document string, variables map[string]any, out any) error {
	errs, err := c.ask(ctx, call{name: name}, document, variables, out)
	if err != nil {
		return err
	}
	return unfilled(errs)
}

// A trust knows whose word counts.
type trust struct {
	client *Client
	pull   *pulled
	known  map[string]bool // who may write, of those that were asked about
}

// spokenTo matches a comment that may hold a command.
var spokenTo = regexp.MustCompile(`(?im)^[ \t]*tellwell:`)

// plain returns what a comment says, and by whom.
func (n note) plain(me string) review.Note {
	out := review.Note{
		ID: n.ID, Number: int64(n.FullDatabaseID), Author: n.Author.login(), At: n.CreatedAt, Bot: n.Author.bot(), Body: n.Body, Minimised: n.IsMinimized,
	}
	if n.ViewerDidAuthor && me != "" {
		out.Author = me
	}
	return out
}

// note takes over one comment.
func (t *trust) note(ctx context.Context, n note) review.Note {
	out := n.plain(t.pull.Me)
	for _, g := range n.ReactionGroups {
		switch g.Content {
		case "THUMBS_DOWN":
			out.Down = g.Reactors.TotalCount
		case "EYES":
			out.Heard = g.ViewerHasReacted
		}
	}
	standing := n.AuthorAssociation == "OWNER" || n.AuthorAssociation == "MEMBER" || n.AuthorAssociation == "COLLABORATOR"
	switch {
	case n.Author == nil || out.Bot:
	case out.Author == t.pull.Author, n.AuthorAssociation == "OWNER":
		out.Trusted = true
	case !spokenTo.MatchString(n.Body):
		out.Trusted = standing
	case out.Heard:
		out.Trusted = true // we looked into it before we gave it our 👀
	default:
		out.Trusted = t.mayWrite(ctx, out.Author)
	}
	return out
}

// mostTrusted is how many people are asked about.
const mostTrusted = 10

// mayWrite asks whether somebody who gives a command has write access. What GraphQL calls them does not tell: a member may only be able
// to read, and a member who keeps that private is called a contributor.
func (t *trust) mayWrite(ctx context.Context, login string) bool {
	if may, ok := t.known[login]; ok || len(t.known) >= mostTrusted {
		return may
	}
	level, _, err := t.client.rest.Repositories.GetPermissionLevel(ctx, t.pull.owner, t.pull.name, login)
	may := err == nil && (level.GetPermission() == "write" || level.GetPermission() == "admin")
	if err != nil {
		t.client.wire.tell("%v; what they ask for is not done", t.client.fault("look up what "+login+" may do", err))
	}
	t.known[login] = may
	return may
}

// asBot writes an app's login as REST and comments show it.
func asBot(login string) string {
	if strings.HasSuffix(login, "[bot]") {
		return login
	}
	return login + "[bot]"
}
