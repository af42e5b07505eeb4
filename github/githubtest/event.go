package githubtest

import "encoding/json"

// Event is the payload of a pull_request event of that action ("opened", "synchronize", "labeled", …), as a workflow run finds it in the
// file that GITHUB_EVENT_PATH names.
func (p *Pull) Event(action string) []byte {
	defer p.lock()()
	c := p.repo.s.outside()
	return encode(map[string]any{"action": action, "number": p.Number, "pull_request": c.pullFull(p), "repository": c.repository(p.repo),
		"sender": c.user(p.Author)})
}

// CommentEvent is the payload of the event that a comment sets off: issue_comment for one on the pull request itself,
// pull_request_review_comment for one in a thread. The second result is the event's name.
func (p *Pull) CommentEvent(action string, said Comment) ([]byte, string) {
	defer p.lock()()
	c := p.repo.s.outside()
	m := p.find(said.ID)
	v := map[string]any{"action": action, "repository": c.repository(p.repo), "sender": c.user(m.author)}
	if m.thread != nil {
		v["comment"], v["pull_request"] = c.remark(m), c.pullSimple(p)
		return encode(v), "pull_request_review_comment"
	}
	pull := c.pullSimple(p)
	v["comment"] = c.note(m)
	v["issue"] = map[string]any{"number": p.Number, "id": p.id, "node_id": p.node, "title": p.Title, "state": p.state, "user": c.user(p.Author),
		"labels": pull["labels"], "html_url": pull["html_url"], "url": pull["issue_url"], "body": p.Body, "draft": p.Draft,
		"pull_request": map[string]any{"url": pull["url"], "html_url": pull["html_url"], "diff_url": pull["diff_url"], "patch_url": pull["patch_url"]}}
	return encode(v), "issue_comment"
}

func (p *Pull) find(id string) *comment {
	m, ok := p.repo.s.nodes[id].(*comment)
	if !ok {
		p.repo.s.t.Fatalf("githubtest: there is no comment %s", id)
	}
	return m
}

// outside is a view of the server that belongs to no request.
func (s *Server) outside() *call { return &call{s: s, base: s.http.URL + enterprise} }

func encode(v any) []byte {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err)
	}
	return b
}
