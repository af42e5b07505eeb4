package githubtest

import (
	"strings"
	"time"
)

// mutations is the root of what can be done.
func (c *call) mutations() *object {
	fields := map[string]any{}
	add := func(name string, needs []string, do func(in args) any) {
		fields[name] = asked(func(a args) any {
			for _, need := range needs {
				if !c.s.may(c.who, need) {
					return forbidden
				}
			}
			out := do(a.input())
			if payload, ok := out.(*object); ok {
				payload.kind = strings.ToUpper(name[:1]) + name[1:] + "Payload"
				payload.fields["clientMutationId"] = nil
				if id := a.input().text("clientMutationId"); id != "" {
					payload.fields["clientMutationId"] = id
				}
			}
			return out
		})
	}
	add("addComment", writePulls, c.addComment)
	add("updateIssueComment", writePulls, func(in args) any { return c.editComment(in, "id", "issueComment", false) })
	add("updatePullRequestReviewComment", writePulls, func(in args) any {
		return c.editComment(in, "pullRequestReviewCommentId", "pullRequestReviewComment", true)
	})
	add("minimizeComment", writePulls, func(in args) any {
		return c.minimise(in, strings.ReplaceAll(strings.ToLower(in.text("classifier")), "_", "-"), "minimizedComment")
	})
	add("unminimizeComment", writePulls, func(in args) any { return c.minimise(in, "", "unminimizedComment") })
	// Resolving takes contents: write (https://github.com/github/gh-aw/issues/35726, https://github.com/oven-sh/bun/pull/36959).
	resolves := []string{"pull-requests:write", "contents:write"}
	add("resolveReviewThread", resolves, func(in args) any { return c.resolve(in, c.who.login) })
	add("unresolveReviewThread", resolves, func(in args) any { return c.resolve(in, "") })
	add("addPullRequestReviewThreadReply", writePulls, c.replyInThread)
	add("addReaction", writePulls, c.addReaction)
	add("addPullRequestReview", writePulls, c.addReview)
	add("addPullRequestReviewThread", writePulls, c.addThread)
	add("createCheckRun", writeRuns, c.createRun)
	add("updateCheckRun", writeRuns, c.updateRun)
	return &object{kind: "Mutation", fields: fields}
}

func payload(fields map[string]any) *object { return &object{fields: fields} }

func unprocessed(message string) failed { return failed{"UNPROCESSABLE", message} }

// wordy says why a body is refused; it is empty when it is not.
func wordy(body string) string {
	switch {
	case body == "":
		return "Body can't be blank"
	case length(body) > maxBody:
		return "Body is too long (maximum is 65536 characters)"
	}
	return ""
}

func (c *call) addComment(in args) any {
	p, ok := c.s.nodes[in.text("subjectId")].(*Pull)
	if !ok {
		return notFound("node", in.text("subjectId"))
	}
	if wrong := wordy(in.text("body")); wrong != "" {
		return unprocessed(wrong)
	}
	m := p.note(c.who.login, in.text("body"))
	return payload(map[string]any{
		"subject":     later(func() any { return c.pullNode(p) }),
		"commentEdge": &object{kind: "IssueCommentEdge", fields: map[string]any{"cursor": "cursor:1", "node": later(func() any { return c.commentNode(m) })}},
	})
}

func (c *call) editComment(in args, key, as string, remark bool) any {
	m, ok := c.s.nodes[in.text(key)].(*comment)
	if !ok || (m.thread != nil) != remark {
		return notFound("node", in.text(key))
	}
	if wrong := wordy(in.text("body")); wrong != "" {
		return unprocessed(wrong)
	}
	m.edit(c.who.login, in.text("body"))
	return payload(map[string]any{as: later(func() any { return c.commentNode(m) })})
}

// minimise hides a comment. That pull-requests: write is enough is what users do (https://github.com/natsuk4ze/gal/pull/299).
func (c *call) minimise(in args, reason, as string) any {
	m, ok := c.s.nodes[in.text("subjectId")].(*comment)
	if !ok {
		return notFound("node", in.text("subjectId"))
	}
	m.minimised = reason
	return payload(map[string]any{as: later(func() any { return c.commentNode(m) })})
}

func (c *call) resolve(in args, by string) any {
	t, ok := c.s.nodes[in.text("threadId")].(*thread)
	if !ok {
		return notFound("node", in.text("threadId"))
	}
	t.resolvedBy = by
	return payload(map[string]any{"thread": later(func() any { return c.threadNode(t) })})
}

func (c *call) replyInThread(in args) any {
	t, ok := c.s.nodes[in.text("pullRequestReviewThreadId")].(*thread)
	if !ok {
		return notFound("node", in.text("pullRequestReviewThreadId"))
	}
	if wrong := wordy(in.text("body")); wrong != "" {
		return unprocessed(wrong)
	}
	m := t.reply(c.who.login, in.text("body"), t.pull.review(c.who.login, t.pull.headSHA, ""))
	return payload(map[string]any{"comment": later(func() any { return c.commentNode(m) })})
}

func (c *call) addReaction(in args) any {
	m, ok := c.s.nodes[in.text("subjectId")].(*comment)
	if !ok {
		return notFound("node", in.text("subjectId"))
	}
	for word, content := range contents {
		if content == in.text("content") {
			r, _ := m.react(c.who.login, word)
			return payload(map[string]any{"reaction": c.reactionNode(r), "subject": later(func() any { return c.commentNode(m) }),
				"reactionGroups": later(func() any { return c.groups(m) })})
		}
	}
	return unprocessed("content is not a reaction")
}

func (c *call) addReview(in args) any {
	p, ok := c.s.nodes[in.text("pullRequestId")].(*Pull)
	if !ok {
		return notFound("node", in.text("pullRequestId"))
	}
	if in.text("event") != "COMMENT" {
		c.s.t.Errorf("githubtest: a review with event %q: only COMMENT is modelled, and tellwell sends nothing else", in.text("event"))
		return unprocessed("Event is not modelled")
	}
	var drafts []draft
	for _, t := range in.list("threads") {
		drafts = append(drafts, draftOf(t))
	}
	v, out := p.submit(c.who.login, in.text("commitOID"), in.text("body"), drafts)
	if out != nil {
		return unprocessed(out.body.(map[string]any)["errors"].([]string)[0])
	}
	return payload(map[string]any{"pullRequestReview": later(func() any { return c.reviewNode(v) })})
}

func draftOf(in args) draft {
	d := draft{Path: in.text("path"), Body: in.text("body"), Side: in.text("side"), StartSide: in.text("startSide"), file: in.text("subjectType") == "FILE"}
	d.Line, _ = in.number("line")
	d.StartLine, _ = in.number("startLine")
	return d
}

// addThread takes a line outside the diff without a word, and the thread never shows (https://github.com/dcdpr/jp/pull/857,
// https://github.com/github/github-mcp-server/issues/2495).
func (c *call) addThread(in args) any {
	p, ok := c.s.nodes[in.text("pullRequestId")].(*Pull)
	if !ok {
		return notFound("node", in.text("pullRequestId"))
	}
	d := draftOf(in)
	if wrong := wordy(d.Body); wrong != "" {
		return unprocessed(wrong)
	}
	ghost := p.refuses(p.headSHA, &d) != ""
	t := p.start(c.who.login, p.headSHA, d, p.review(c.who.login, p.headSHA, ""))
	t.ghost = ghost
	if ghost {
		return payload(map[string]any{"thread": nil})
	}
	return payload(map[string]any{"thread": later(func() any { return c.threadNode(t) })})
}

func (c *call) createRun(in args) any {
	r, ok := c.s.nodes[in.text("repositoryId")].(*Repo)
	if !ok {
		return notFound("node", in.text("repositoryId"))
	}
	sha := in.text("headSha")
	if full, ok := r.resolve(sha); !ok || full != sha {
		return unprocessed("No commit found for SHA: " + sha)
	}
	input := runOf(in)
	input.HeadSHA = sha
	if wrong := input.refuses(); wrong != "" {
		return unprocessed(wrong)
	}
	k := r.check(c.who.login)
	k.Commit = sha
	k.take(input)
	return payload(map[string]any{"checkRun": later(func() any { return c.runNode(k) })})
}

func (c *call) updateRun(in args) any {
	k, ok := c.s.nodes[in.text("checkRunId")].(*check)
	if !ok {
		return notFound("node", in.text("checkRunId"))
	}
	input := runOf(in)
	if wrong := input.refuses(); wrong != "" {
		return unprocessed(wrong)
	}
	k.Updates++
	k.take(input)
	return payload(map[string]any{"checkRun": later(func() any { return c.runNode(k) })})
}

// runOf reads a check run's input, whose words are REST's in capitals.
func runOf(in args) checkInput {
	text := func(from args, name string) *string {
		if v, ok := from[name].(string); ok {
			return &v
		}
		return nil
	}
	word := func(name string) *string {
		if v := text(in, name); v != nil {
			lower := strings.ToLower(*v)
			return &lower
		}
		return nil
	}
	hour := func(name string) *time.Time {
		at, err := time.Parse(time.RFC3339, in.text(name))
		if err != nil {
			return nil
		}
		return &at
	}
	out := checkInput{Name: text(in, "name"), DetailsURL: text(in, "detailsUrl"), ExternalID: text(in, "externalId"), Status: word("status"),
		Conclusion: word("conclusion"), StartedAt: hour("startedAt"), CompletedAt: hour("completedAt")}
	output, ok := in["output"].(map[string]any)
	if !ok {
		return out
	}
	out.Output = &checkOutput{Title: text(output, "title"), Summary: text(output, "summary"), Text: text(output, "text")}
	for _, a := range args(output).list("annotations") {
		place, _ := a["location"].(map[string]any)
		note := Annotation{Path: a.text("path"), Level: strings.ToLower(a.text("annotationLevel")), Title: a.text("title"), Message: a.text("message")}
		note.StartLine, _ = args(place).number("startLine")
		note.EndLine, _ = args(place).number("endLine")
		out.Output.Annotations = append(out.Output.Annotations, note)
	}
	return out
}
