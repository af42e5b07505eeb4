package githubtest

// An Issue is an issue as it stands now.
type Issue struct {
	Number              int
	Author, Title, Body string
}

// Issues returns the repository's issues, oldest first.
func (r *Repo) Issues() []Issue {
	defer r.s.script()()
	return append([]Issue(nil), r.issues...)
}

func (c *call) issue(i Issue) map[string]any {
	at := c.at(c.repo) + "/issues/1"
	return map[string]any{"id": 1, "node_id": "I_1", "url": at, "repository_url": c.at(c.repo), "labels_url": at + "/labels{/name}", "comments_url": at + "/comments",
		"events_url": at + "/events", "html_url": c.web() + "/" + c.repo.Name + "/issues/1", "number": i.Number, "state": "open", "title": i.Title, "body": i.Body,
		"user": c.user(i.Author), "labels": []any{}, "assignee": nil, "milestone": nil, "locked": false, "comments": 0, "closed_at": nil,
		"created_at": stamp(c.s.now), "updated_at": stamp(c.s.now), "author_association": "NONE"}
}

func listIssues(c *call) *reply {
	list := []any{}
	for _, i := range c.repo.issues {
		if by := c.r.URL.Query().Get("creator"); by == "" || by == i.Author {
			list = append(list, c.issue(i))
		}
	}
	return ok(list)
}

func createIssue(c *call) *reply {
	var in struct{ Title, Body string }
	if !c.decode(&in) || in.Title == "" {
		return fail(422, "Validation Failed")
	}
	i := Issue{len(c.repo.issues) + 1000, c.who.login, in.Title, in.Body}
	c.repo.issues = append(c.repo.issues, i)
	return answer(201, c.issue(i))
}
