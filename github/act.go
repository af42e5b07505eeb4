package github

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/example-org/tellwell/review"
)

// An act is one field of a mutation.
type act struct {
	name  string // alias
	field string
	kind  string // of its input
	input map[string]any
	gives string // what is asked of its answer
	need  need
}

// A need says what an act is for, and so what is told when GitHub refuses it.
type need int

const (
	toEdit need = iota
	toHide
	toResolve
	toReply
	toHear
	toSum
	toCheck
)

// A deed is what GitHub answers to an act; null is one that was not done.
type deed struct {
	ok                bool
	PullRequestReview *struct{ URL string }
	CommentEdge       *struct{ Node *struct{ URL string } }
	IssueComment      *struct{ URL string }
	CheckRun          *struct {
		DatabaseID int64
		URL        string
	}
}

// mostActs is how many acts one document holds; GitHub gives it ten seconds.
const mostActs = 60

// acts returns what is to be done beside the review, without what stands so already.
func (t *telling) acts(deeds review.Deeds) []act {
	stand := t.standing()
	var acts []act
	add := func(need need, field, kind, gives string, input map[string]any) {
		acts = append(acts, act{name: fmt.Sprintf("a%d", len(acts)), field: field, kind: kind, input: input, gives: gives, need: need})
	}
	edit := func(need need, e review.Edit) {
		switch s := stand[e.ID]; {
		case s.note.Body == e.Body && e.Body != "":
		case len(e.Body) > mostBody:
			t.problem(fmt.Sprintf("a comment of %d bytes was not written; GitHub takes 65,536 characters", len(e.Body)))
		case s.onPull || need == toSum || strings.HasPrefix(e.ID, "IC_"):
			add(need, "updateIssueComment", "UpdateIssueCommentInput", "issueComment { url }", map[string]any{"id": e.ID, "body": e.Body})
		default:
			add(need, "updatePullRequestReviewComment", "UpdatePullRequestReviewCommentInput", "clientMutationId",
				map[string]any{"pullRequestReviewCommentId": e.ID, "body": e.Body})
		}
	}
	for _, e := range deeds.Edits {
		edit(toEdit, e)
	}
	for _, id := range deeds.Minimise {
		if !stand[id].note.Minimised {
			add(toHide, "minimizeComment", "MinimizeCommentInput", "clientMutationId", map[string]any{"subjectId": id, "classifier": "OUTDATED"})
		}
	}
	for _, id := range deeds.Resolve {
		if !stand[id].resolved {
			add(toResolve, "resolveReviewThread", "ResolveReviewThreadInput", "clientMutationId", map[string]any{"threadId": id})
		}
	}
	for _, r := range deeds.Replies {
		if len(r.Body) > mostBody {
			t.problem(fmt.Sprintf("an answer of %d bytes was not written; GitHub takes 65,536 characters", len(r.Body)))
			continue
		}
		add(toReply, "addPullRequestReviewThreadReply", "AddPullRequestReviewThreadReplyInput", "clientMutationId",
			map[string]any{"pullRequestReviewThreadId": r.Thread, "body": r.Body})
	}
	for _, n := range deeds.Heard {
		if !n.Heard {
			add(toHear, "addReaction", "AddReactionInput", "clientMutationId", map[string]any{"subjectId": n.ID, "content": "EYES"})
		}
	}
	switch s := deeds.Summary; {
	case s == nil:
	case s.ID != "":
		edit(toSum, *s)
	case len(s.Body) > mostBody:
		t.problem(fmt.Sprintf("a summary of %d bytes was not written; GitHub takes 65,536 characters", len(s.Body)))
	default:
		add(toSum, "addComment", "AddCommentInput", "commentEdge { node { url } }", map[string]any{"body": s.Body}) // on what, is known later
	}
	return acts
}

// A standing is what stands on the pull request under an id.
type standing struct {
	note     review.Note
	onPull   bool // it is a comment on the pull request itself
	resolved bool // it is a thread that is resolved
}

func (t *telling) standing() map[string]standing {
	all := map[string]standing{}
	for _, thread := range t.pull.Threads {
		all[thread.ID] = standing{resolved: thread.Resolved}
		for _, n := range thread.Notes {
			all[n.ID] = standing{note: n}
		}
	}
	for _, n := range t.pull.Notes {
		all[n.ID] = standing{note: n, onPull: true}
	}
	delete(all, "")
	return all
}

// act does everything that is not the review, in one request as a rule.
func (t *telling) act(ctx context.Context, acts []act) error {
	for _, a := range acts {
		if a.field == "addComment" {
			a.input["subjectId"] = t.pullNode
		}
	}
	for len(acts) > 0 {
		now := acts[:min(len(acts), mostActs)]
		acts = acts[len(now):]
		did, errs, err := t.mutate(ctx, "Tell", now)
		if err != nil {
			if errors.Is(err, errRefused) {
				t.problem("what stands on the pull request was not brought up to date: " + err.Error())
				continue
			}
			return t.client.fault("bring what stands there up to date", err)
		}
		for _, a := range now {
			e, wrong := errs[a.name]
			if wrong || !did[a.name].ok {
				t.undone(a, e)
				continue
			}
			t.done(a, did[a.name])
		}
	}
	return nil
}

func (t *telling) done(a act, d deed) {
	switch a.need {
	case toEdit:
		t.told.Edited++
	case toSum:
		switch {
		case d.IssueComment != nil:
			t.told.SummaryURL = d.IssueComment.URL
		case d.CommentEdge != nil && d.CommentEdge.Node != nil:
			t.told.SummaryURL = d.CommentEdge.Node.URL
		}
	case toCheck:
		if d.CheckRun != nil {
			t.told.CheckURL, t.checked = d.CheckRun.URL, d.CheckRun.DatabaseID
		}
	}
}

// undone notes what GitHub refused. What the token may not hide or resolve it has edited, which is enough; and what is gone needs nothing.
func (t *telling) undone(a act, e graphError) {
	if a.need == toResolve || a.need == toHide && e.forbidden() || e.Type == "NOT_FOUND" && a.need != toCheck {
		return
	}
	what := "edit comments"
	switch a.need {
	case toReply:
		what = "answer in threads"
	case toHide:
		what = "hide comments"
	case toHear:
		what = "react to comments"
	case toSum:
		what = "write comments"
	case toCheck:
		return // it is asked for once more by REST, which tells
	}
	if e.forbidden() {
		t.lacks(what, "pull-requests")
		return
	}
	why := oneLine(e.Message)
	if why == "" {
		why = "GitHub gives no reason"
	}
	t.problem(fmt.Sprintf("could not %s: %s", what, why))
}

// mutate sends acts as one document, and returns by their names what GitHub did and what it refused.
func (t *telling) mutate(ctx context.Context, name string, acts []act) (map[string]deed, map[string]graphError, error) {
	if len(acts) == 0 {
		return nil, nil, nil
	}
	var heads, fields []string
	variables := map[string]any{}
	for _, a := range acts {
		heads = append(heads, fmt.Sprintf("$%s: %s!", a.name, a.kind))
		fields = append(fields, fmt.Sprintf("  %s: %s(input: $%s) { %s }\n", a.name, a.field, a.name, a.gives))
		variables[a.name] = a.input
	}
	document := fmt.Sprintf("mutation %s(%s) {\n%s}\n", name, strings.Join(heads, ", "), strings.Join(fields, ""))
	var out map[string]*deed
	errs, err := t.client.ask(ctx, call{name, true}, document, variables, &out)
	if err != nil {
		return nil, nil, err
	}
	did, wrong := map[string]deed{}, map[string]graphError{}
	for name, d := range out {
		if d != nil {
			d.ok = true
			did[name] = *d
		}
	}
	for _, e := range errs {
		name, _, _ := strings.Cut(e.at(), ".")
		wrong[name] = e
	}
	return did, wrong, nil
}
