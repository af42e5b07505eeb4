package githubtest

import (
	"fmt"
	"strings"
)

func (c *call) pullNode(p *Pull) *object {
	r := p.repo
	path := fmt.Sprintf("/%s/pull/%d", r.Name, p.Number)
	state := strings.ToUpper(p.state)
	if p.merged {
		state = "MERGED"
	}
	d := p.diff(p.headSHA)
	added, removed := 0, 0
	for _, f := range d.files {
		added, removed = added+f.additions, removed+f.removed
	}
	return &object{kind: "PullRequest", also: []string{"Node", "Comment", "Reactable", "Labelable", "Closable", "UniformResourceLocatable"},
		fields: map[string]any{
			"id": p.node, "number": p.Number, "fullDatabaseId": fmt.Sprint(p.id), "url": c.web() + path, "permalink": c.web() + path,
			"resourcePath": path, "title": p.Title, "body": p.Body, "bodyText": p.Body,
			"author": c.actor(p.Author), "authorAssociation": r.association(p.Author), "viewerDidAuthor": p.Author == c.who.login,
			"isDraft": p.Draft, "state": state, "closed": p.state == "closed", "merged": p.merged, "locked": false,
			"createdAt": stamp(p.created), "updatedAt": stamp(p.updated), "isCrossRepository": p.Fork,
			"baseRefName": p.baseRef, "baseRefOid": p.baseSHA, "headRefName": p.head, "headRefOid": p.headSHA,
			"changedFiles": len(d.files), "additions": added, "deletions": removed,
			"repository":     later(func() any { return c.repositoryNode(r) }),
			"baseRepository": later(func() any { return c.repositoryNode(r) }),
			"headRepository": later(func() any {
				if !p.Fork {
					return c.repositoryNode(r)
				}
				return &object{kind: "Repository", fields: map[string]any{"id": "R_fork_" + p.Author, "nameWithOwner": p.Author + "/" + r.base(),
					"name": r.base(), "isFork": true, "owner": c.actor(p.Author)}}
			}),
			"headRepositoryOwner": later(func() any { return c.actor(p.Author) }),
			"baseRef":             later(func() any { return c.ref(r, p.baseRef) }),
			"headRef": later(func() any {
				if p.Fork {
					return nil // a fork's branch may not be looked into from here
				}
				return c.ref(r, p.head)
			}),
			"labels": asked(func(a args) any {
				var list []any
				for _, l := range p.Labels {
					list = append(list, &object{kind: "Label", also: []string{"Node"}, fields: map[string]any{"id": "LA_" + l, "name": l, "color": "ededed", "description": nil}})
				}
				return c.connection("Label", list, a)
			}),
			"files": asked(func(a args) any {
				var list []any
				for _, f := range d.files[:min(len(d.files), c.s.limits.files)] {
					list = append(list, &object{kind: "PullRequestChangedFile", fields: map[string]any{"path": f.path, "additions": f.additions,
						"deletions": f.removed, "viewerViewedState": "UNVIEWED",
						"changeType": map[string]string{"added": "ADDED", "removed": "DELETED", "renamed": "RENAMED", "modified": "MODIFIED"}[f.status]}})
				}
				v := c.connection("PullRequestChangedFile", list, a).(*object)
				v.fields["totalCount"] = len(d.files)
				return v
			}),
			"reviewThreads": asked(func(a args) any {
				var list []any
				for _, t := range p.threads {
					if c.s.seen(t) {
						list = append(list, c.threadNode(t))
					}
				}
				return c.connection("PullRequestReviewThread", list, a)
			}),
			"comments": asked(func(a args) any {
				var list []any
				for _, m := range p.notes {
					list = append(list, c.commentNode(m))
				}
				return c.connection("IssueComment", list, a)
			}),
			"reviews": asked(func(a args) any {
				var list []any
				for _, v := range p.reviews {
					list = append(list, c.reviewNode(v))
				}
				return c.connection("PullRequestReview", list, a)
			}),
			"reactions":      asked(func(a args) any { return c.connection("Reaction", nil, a) }),
			"reactionGroups": []any{},
		}}
}

func (c *call) threadNode(t *thread) *object {
	subject := "LINE"
	if t.file {
		subject = "FILE"
	}
	var startSide any
	if t.first.start != 0 {
		startSide = t.side
	}
	// Resolving takes contents: write; pull-requests: write alone is not enough (https://github.com/github/gh-aw/issues/35726).
	may := c.s.may(c.who, "contents:write") && c.s.may(c.who, "pull-requests:write")
	return &object{kind: "PullRequestReviewThread", also: []string{"Node"}, fields: map[string]any{
		"id": t.node, "path": t.path, "line": null(t.now.line), "startLine": null(t.now.start), "originalLine": null(t.first.line),
		"originalStartLine": null(t.first.start), "diffSide": t.side, "startDiffSide": startSide, "subjectType": subject,
		"isResolved": t.resolvedBy != "", "isOutdated": t.outdated, "isCollapsed": t.resolvedBy != "",
		"viewerCanReply": c.s.may(c.who, "pull-requests:write"), "viewerCanResolve": may && t.resolvedBy == "",
		"viewerCanUnresolve": may && t.resolvedBy != "",
		"pullRequest":        later(func() any { return c.pullNode(t.pull) }),
		"repository":         later(func() any { return c.repositoryNode(t.pull.repo) }),
		"resolvedBy": later(func() any {
			if t.resolvedBy == "" {
				return nil
			}
			return &object{kind: "User", also: []string{"Actor", "Node"}, fields: map[string]any{"id": actorID(t.resolvedBy), "login": t.resolvedBy}}
		}),
		"comments": asked(func(a args) any {
			var list []any
			for _, m := range t.comments {
				list = append(list, c.commentNode(m))
			}
			return c.connection("PullRequestReviewComment", list, a)
		}),
	}}
}

// commentNode is a comment in a thread or on the pull request itself.
func (c *call) commentNode(m *comment) *object {
	var reason, edited any
	if m.minimised != "" {
		reason = m.minimised
	}
	if m.edits > 0 {
		edited = stamp(m.updated)
	}
	mine := m.author == c.who.login
	write := c.s.may(c.who, "pull-requests:write")
	o := &object{kind: "IssueComment", also: []string{"Node", "Comment", "Minimizable", "Reactable", "Updatable", "UpdatableComment", "Deletable"},
		fields: map[string]any{
			"id": m.node, "databaseId": int(m.id), "fullDatabaseId": fmt.Sprint(m.id), "body": m.body, "bodyText": m.body,
			"author": c.actor(m.author), "authorAssociation": m.repo.association(m.author), "createdAt": stamp(m.created),
			"updatedAt": stamp(m.updated), "publishedAt": stamp(m.created), "lastEditedAt": edited, "includesCreatedEdit": m.edits > 0,
			"createdViaEmail": false, "editor": c.actor(m.editor), "isMinimized": m.minimised != "", "minimizedReason": reason,
			"viewerDidAuthor": mine, "viewerCanUpdate": write, "viewerCanDelete": write, "viewerCanMinimize": write, "viewerCanReact": write,
			"url":         fmt.Sprintf("%s/%s/pull/%d#issuecomment-%d", c.web(), m.repo.Name, m.pull.Number, m.id),
			"repository":  later(func() any { return c.repositoryNode(m.repo) }),
			"pullRequest": later(func() any { return c.pullNode(m.pull) }),
			"reactions": asked(func(a args) any {
				var list []any
				for _, r := range m.reactions {
					if want := a.text("content"); want == "" || want == contents[r.content] {
						list = append(list, c.reactionNode(r))
					}
				}
				return c.connection("Reaction", list, a)
			}),
			"reactionGroups": later(func() any { return c.groups(m) }),
		}}
	if t := m.thread; t != nil {
		o.kind = "PullRequestReviewComment"
		o.fields["url"] = fmt.Sprintf("%s/%s/pull/%d#discussion_r%d", c.web(), m.repo.Name, m.pull.Number, m.id)
		for name, value := range map[string]any{
			"path": t.path, "line": null(t.now.line), "startLine": null(t.now.start), "originalLine": null(t.first.line),
			"originalStartLine": null(t.first.start), "outdated": t.outdated, "diffHunk": m.hunk, "state": "SUBMITTED",
			"subjectType":       "LINE",
			"originalCommit":    later(func() any { return c.commitNode(m.repo, t.commit) }),
			"commit":            later(func() any { return c.commitNode(m.repo, m.pull.headSHA) }),
			"pullRequestReview": later(func() any { return c.reviewNode(m.review) }),
			"replyTo": later(func() any {
				if t.comments[0] == m {
					return nil
				}
				return c.commentNode(t.comments[0])
			}),
		} {
			o.fields[name] = value
		}
	}
	return o
}

func (c *call) reactionNode(r *reaction) *object {
	return &object{kind: "Reaction", also: []string{"Node"}, fields: map[string]any{"id": r.node, "content": contents[r.content],
		"createdAt": stamp(r.at), "databaseId": int(r.id), "reactable": later(func() any { return c.commentNode(r.on) }),
		"user": later(func() any { // null for an App, which is no User
			if isBot(r.login) {
				return nil
			}
			return c.actor(r.login)
		})}}
}

// groups are all eight kinds of reaction, with nobody in most of them.
func (c *call) groups(m *comment) []any {
	list := []any{}
	for _, content := range []string{"+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"} {
		var by, people []any
		mine := false
		for _, r := range m.reactions {
			if r.content == content {
				by = append(by, c.actor(r.login))
				if !isBot(r.login) {
					people = append(people, c.actor(r.login))
				}
				mine = mine || r.login == c.who.login
			}
		}
		list = append(list, &object{kind: "ReactionGroup", fields: map[string]any{"content": contents[content], "viewerHasReacted": mine,
			"createdAt": nil,
			"reactors":  asked(func(a args) any { return c.connection("Reactor", by, a) }),
			"users":     asked(func(a args) any { return c.connection("ReactingUser", people, a) }),
		}})
	}
	return list
}

func (c *call) reviewNode(v *pullReview) *object {
	return &object{kind: "PullRequestReview", also: []string{"Node", "Comment"}, fields: map[string]any{
		"id": v.node, "databaseId": int(v.id), "fullDatabaseId": fmt.Sprint(v.id), "body": v.body, "state": "COMMENTED",
		"author": c.actor(v.author), "authorAssociation": v.pull.repo.association(v.author), "viewerDidAuthor": v.author == c.who.login,
		"submittedAt": stamp(v.at), "createdAt": stamp(v.at),
		"url":    fmt.Sprintf("%s/%s/pull/%d#pullrequestreview-%d", c.web(), v.pull.repo.Name, v.pull.Number, v.id),
		"commit": later(func() any { return c.commitNode(v.pull.repo, v.commit) }),
		"comments": asked(func(a args) any {
			var list []any
			for _, m := range v.first {
				list = append(list, c.commentNode(m))
			}
			return c.connection("PullRequestReviewComment", list, a)
		}),
		"pullRequest": later(func() any { return c.pullNode(v.pull) }),
	}}
}

func (c *call) runNode(k *check) *object {
	text := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	path := fmt.Sprintf("/%s/runs/%d", k.repo.Name, k.ID)
	return &object{kind: "CheckRun", also: []string{"Node", "UniformResourceLocatable", "RequirableByPullRequest"}, fields: map[string]any{
		"id": k.node, "databaseId": int(k.ID), "name": k.Name, "url": c.web() + path, "permalink": c.web() + path, "resourcePath": path,
		"status": strings.ToUpper(k.Status), "conclusion": text(strings.ToUpper(k.Conclusion)), "title": text(k.Title), "summary": text(k.Summary),
		"text": text(k.Text), "externalId": text(k.outside), "detailsUrl": text(k.details), "startedAt": nullTime(k.started),
		"completedAt": nullTime(k.ended), "repository": later(func() any { return c.repositoryNode(k.repo) }),
	}}
}
