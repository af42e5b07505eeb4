package githubtest

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// The forms in which REST tells things. They hold what GitHub's description requires, and addresses that lead back to the stand-in.

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// nullTime is null for an hour that never came.
func nullTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return stamp(t)
}

func (c *call) web() string { return c.s.http.URL }

// escaped keeps the slashes of a path.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// user is null for someone whose account is gone.
func (c *call) user(login string) any {
	if login == "" {
		return nil
	}
	kind := "User"
	if isBot(login) {
		kind = "Bot"
	}
	at := c.base + "/users/" + url.PathEscape(login)
	u := map[string]any{
		"login": login, "id": hash(login), "node_id": actorID(login), "type": kind, "site_admin": false, "gravatar_id": "",
		"avatar_url": c.web() + "/avatars/" + url.PathEscape(login), "html_url": c.web() + "/" + url.PathEscape(login), "url": at,
		"following_url": at + "/following{/other_user}", "gists_url": at + "/gists{/gist_id}",
		"starred_url": at + "/starred{/owner}{/repo}", "events_url": at + "/events{/privacy}",
	}
	for _, name := range []string{"followers", "subscriptions", "orgs", "repos", "received_events"} {
		key := name
		if name == "orgs" {
			key = "organizations"
		}
		u[key+"_url"] = at + "/" + name
	}
	return u
}

func actorID(login string) string {
	if isBot(login) {
		return "BOT_" + strings.TrimSuffix(login, "[bot]")
	}
	return "U_" + login
}

func (c *call) at(r *Repo) string { return c.base + "/repos/" + r.Name }

func (c *call) repository(r *Repo) map[string]any {
	at, web := c.at(r), c.web()+"/"+r.Name
	v := map[string]any{
		"id": r.id, "node_id": r.node, "name": r.base(), "full_name": r.Name, "owner": c.user(r.owner()), "private": true, "html_url": web,
		"description": nil, "fork": false, "url": at, "clone_url": web + ".git", "git_url": "git:" + web + ".git", "ssh_url": "git@" + r.Name,
		"svn_url": web, "mirror_url": nil, "homepage": nil, "language": nil, "default_branch": "main", "archived": false, "disabled": false,
		"has_downloads": true, "has_issues": true, "has_projects": true, "has_wiki": true, "has_pages": false, "license": nil, "size": 1,
		"forks": 0, "forks_count": 0, "open_issues": 0, "open_issues_count": 0, "stargazers_count": 0, "watchers": 0, "watchers_count": 0,
		"pushed_at": stamp(c.s.start()), "created_at": stamp(c.s.start()), "updated_at": stamp(c.s.start()),
	}
	for name, rest := range map[string]string{
		"archive": "/{archive_format}{/ref}", "assignees": "{/user}", "branches": "{/branch}", "collaborators": "{/collaborator}",
		"comments": "{/number}", "commits": "{/sha}", "compare": "/{base}...{head}", "contents": "/{+path}", "contributors": "",
		"deployments": "", "downloads": "", "events": "", "forks": "", "hooks": "", "issues": "{/number}", "keys": "{/key_id}",
		"labels": "{/name}", "languages": "", "merges": "", "milestones": "{/number}", "notifications": "{?since,all,participating}",
		"pulls": "{/number}", "releases": "{/id}", "stargazers": "", "statuses": "/{sha}", "subscribers": "", "subscription": "",
		"tags": "", "teams": "",
	} {
		v[name+"_url"] = at + "/" + name + rest
	}
	for key, rest := range map[string]string{
		"blobs_url": "/git/blobs{/sha}", "git_commits_url": "/git/commits{/sha}", "git_refs_url": "/git/refs{/sha}",
		"git_tags_url": "/git/tags{/sha}", "trees_url": "/git/trees{/sha}", "issue_comment_url": "/issues/comments{/number}",
		"issue_events_url": "/issues/events{/number}",
	} {
		v[key] = at + rest
	}
	return v
}

// start is an hour before anything happened.
func (s *Server) start() time.Time { return time.Date(2025, time.January, 6, 9, 0, 0, 0, time.UTC) }

func link(href string) map[string]any { return map[string]any{"href": href} }

func (c *call) label(r *Repo, name string) map[string]any {
	return map[string]any{"id": hash(name), "node_id": "LA_" + name, "name": name, "url": c.at(r) + "/labels/" + url.PathEscape(name),
		"description": nil, "color": "ededed", "default": false}
}

// pullSimple is a pull request as a list has it.
func (c *call) pullSimple(p *Pull) map[string]any {
	r := p.repo
	at := fmt.Sprintf("%s/pulls/%d", c.at(r), p.Number)
	issue := fmt.Sprintf("%s/issues/%d", c.at(r), p.Number)
	web := fmt.Sprintf("%s/%s/pull/%d", c.web(), r.Name, p.Number)
	labels := []any{}
	for _, l := range p.Labels {
		labels = append(labels, c.label(r, l))
	}
	var closed, merged any
	if p.state == "closed" {
		closed = stamp(p.updated)
	}
	if p.merged {
		merged = stamp(p.updated)
	}
	headOwner, headRepo := r.owner(), c.repository(r)
	if p.Fork {
		headOwner = p.Author
		headRepo["full_name"], headRepo["owner"], headRepo["fork"] = p.Author+"/"+r.base(), c.user(p.Author), true
		headRepo["id"], headRepo["node_id"] = hash(p.Author+r.Name), "R_fork_"+p.Author
	}
	end := func(owner, ref, sha string, repo any) map[string]any {
		return map[string]any{"label": owner + ":" + ref, "ref": ref, "sha": sha, "user": c.user(owner), "repo": repo}
	}
	return map[string]any{
		"id": p.id, "node_id": p.node, "number": p.Number, "url": at, "html_url": web, "diff_url": web + ".diff", "patch_url": web + ".patch",
		"issue_url": issue, "comments_url": issue + "/comments", "commits_url": at + "/commits", "review_comments_url": at + "/comments",
		"review_comment_url": c.at(r) + "/pulls/comments{/number}", "statuses_url": c.at(r) + "/statuses/" + p.headSHA,
		"state": p.state, "locked": false, "title": p.Title, "body": p.Body, "user": c.user(p.Author), "labels": labels, "milestone": nil,
		"created_at": stamp(p.created), "updated_at": stamp(p.updated), "closed_at": closed, "merged_at": merged, "merge_commit_sha": nil,
		"assignee": nil, "assignees": []any{}, "requested_reviewers": []any{}, "requested_teams": []any{}, "draft": p.Draft,
		"head": end(headOwner, p.head, p.headSHA, headRepo), "base": end(r.owner(), p.baseRef, p.baseSHA, c.repository(r)),
		"author_association": r.association(p.Author), "auto_merge": nil,
		"_links": map[string]any{"self": link(at), "html": link(web), "issue": link(issue), "comments": link(issue + "/comments"),
			"review_comments": link(at + "/comments"), "review_comment": link(c.at(r) + "/pulls/comments{/number}"),
			"commits": link(at + "/commits"), "statuses": link(c.at(r) + "/statuses/" + p.headSHA)},
	}
}

// pullFull is a pull request as it is got alone.
func (c *call) pullFull(p *Pull) map[string]any {
	v := c.pullSimple(p)
	d := p.diff(p.headSHA)
	added, removed, remarks := 0, 0, 0
	for _, f := range d.files {
		added, removed = added+f.additions, removed+f.removed
	}
	for _, t := range p.threads {
		remarks += len(t.comments)
	}
	for key, value := range map[string]any{
		"merged": p.merged, "mergeable": nil, "rebaseable": nil, "mergeable_state": "unknown", "merged_by": nil, "comments": len(p.notes),
		"review_comments": remarks, "maintainer_can_modify": false, "commits": p.repo.between(p.repo.mergeBase(p.baseSHA, p.headSHA), p.headSHA), "additions": added, "deletions": removed,
		"changed_files": len(d.files),
	} {
		v[key] = value
	}
	return v
}

func (c *call) review(v *pullReview) map[string]any {
	at := fmt.Sprintf("%s/pulls/%d", c.at(v.pull.repo), v.pull.Number)
	web := fmt.Sprintf("%s/%s/pull/%d#pullrequestreview-%d", c.web(), v.pull.repo.Name, v.pull.Number, v.id)
	return map[string]any{
		"id": v.id, "node_id": v.node, "user": c.user(v.author), "body": v.body, "state": "COMMENTED", "commit_id": v.commit,
		"html_url": web, "pull_request_url": at, "submitted_at": stamp(v.at), "author_association": v.pull.repo.association(v.author),
		"_links": map[string]any{"html": link(web), "pull_request": link(at)},
	}
}

// remark is a review comment. Its commit_id follows the head while it is not outdated, and original_commit_id stays
// (https://github.com/LTplus-AG/ifc-lite/issues/3729).
func (c *call) remark(m *comment) map[string]any {
	t, p := m.thread, m.pull
	at := fmt.Sprintf("%s/pulls/comments/%d", c.at(p.repo), m.id)
	pull := fmt.Sprintf("%s/pulls/%d", c.at(p.repo), p.Number)
	web := fmt.Sprintf("%s/%s/pull/%d#discussion_r%d", c.web(), p.repo.Name, p.Number, m.id)
	v := map[string]any{
		"id": m.id, "node_id": m.node, "url": at, "html_url": web, "pull_request_url": pull, "pull_request_review_id": m.review.id,
		"diff_hunk": m.hunk, "path": t.path, "commit_id": p.headSHA, "original_commit_id": t.commit, "user": c.user(m.author), "body": m.body,
		"created_at": stamp(m.created), "updated_at": stamp(m.updated), "author_association": p.repo.association(m.author),
		"side": t.side, "line": null(t.now.line), "original_line": null(t.first.line), "start_line": null(t.now.start),
		"original_start_line": null(t.first.start), "start_side": nil, "subject_type": "line", "reactions": c.rollup(m, at),
		"_links": map[string]any{"self": link(at), "html": link(web), "pull_request": link(pull)},
	}
	v["position"] = nil
	if f := p.diff(p.headSHA).byPath[t.path]; f != nil && !t.outdated {
		v["position"] = max(1, f.position(t.side, t.now.line))
	}
	v["original_position"] = 1
	if f := p.diff(t.commit).byPath[t.path]; f != nil {
		v["original_position"] = max(1, f.position(t.side, t.first.line))
	}
	if t.first.start != 0 {
		v["start_side"] = t.side
	}
	if t.file {
		v["subject_type"] = "file"
	}
	if t.outdated {
		v["commit_id"] = t.commit
	}
	if first := t.comments[0]; first != m {
		v["in_reply_to_id"] = first.id
	}
	return v
}

func null(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

func (c *call) note(m *comment) map[string]any {
	at := fmt.Sprintf("%s/issues/comments/%d", c.at(m.repo), m.id)
	return map[string]any{
		"id": m.id, "node_id": m.node, "url": at, "issue_url": fmt.Sprintf("%s/issues/%d", c.at(m.repo), m.pull.Number),
		"html_url": fmt.Sprintf("%s/%s/pull/%d#issuecomment-%d", c.web(), m.repo.Name, m.pull.Number, m.id), "user": c.user(m.author),
		"body": m.body, "created_at": stamp(m.created), "updated_at": stamp(m.updated), "author_association": m.repo.association(m.author),
		"reactions": c.rollup(m, at),
	}
}

// contents are REST's words for reactions, and GraphQL's.
var contents = map[string]string{"+1": "THUMBS_UP", "-1": "THUMBS_DOWN", "laugh": "LAUGH", "confused": "CONFUSED", "heart": "HEART",
	"hooray": "HOORAY", "rocket": "ROCKET", "eyes": "EYES"}

func (c *call) rollup(m *comment, at string) map[string]any {
	v := map[string]any{"url": at + "/reactions", "total_count": len(m.reactions)}
	for content := range contents {
		v[content] = 0
	}
	for _, r := range m.reactions {
		v[r.content] = v[r.content].(int) + 1
	}
	return v
}

func (c *call) reaction(r *reaction) map[string]any {
	return map[string]any{"id": r.id, "node_id": r.node, "user": c.user(r.login), "content": r.content, "created_at": stamp(r.at)}
}

func (c *call) app(login string) map[string]any {
	name := strings.TrimSuffix(login, "[bot]")
	return map[string]any{"id": hash(name), "node_id": "A_" + name, "slug": name, "name": name, "description": nil, "owner": c.user("github"),
		"external_url": c.web(), "html_url": c.web() + "/apps/" + name, "created_at": stamp(c.s.start()), "updated_at": stamp(c.s.start()),
		"permissions": map[string]any{"checks": "write"}, "events": []any{}}
}

// check is a check run. For a commit on a fork's branch it names no pull requests
// (https://docs.github.com/en/enterprise-server@3.4/rest/checks/runs).
func (c *call) check(k *check) map[string]any {
	at := fmt.Sprintf("%s/check-runs/%d", c.at(k.repo), k.ID)
	pulls := []any{}
	for _, p := range k.repo.pulls {
		if !p.Fork && p.headSHA == k.Commit && p.state == "open" {
			repo := map[string]any{"id": k.repo.id, "url": c.at(k.repo), "name": k.repo.base()}
			pulls = append(pulls, map[string]any{"id": p.id, "number": p.Number, "url": fmt.Sprintf("%s/pulls/%d", c.at(k.repo), p.Number),
				"head": map[string]any{"ref": p.head, "sha": p.headSHA, "repo": repo},
				"base": map[string]any{"ref": p.baseRef, "sha": p.baseSHA, "repo": repo}})
		}
	}
	text := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	details := k.details
	if details == "" {
		details = c.web()
	}
	return map[string]any{
		"id": k.ID, "node_id": k.node, "name": k.Name, "head_sha": k.Commit, "url": at, "details_url": details, "external_id": k.outside,
		"html_url": fmt.Sprintf("%s/%s/runs/%d", c.web(), k.repo.Name, k.ID), "status": k.Status, "conclusion": text(k.Conclusion),
		"started_at": nullTime(k.started), "completed_at": nullTime(k.ended), "check_suite": map[string]any{"id": hash(k.Commit)},
		"app": c.app(k.login), "pull_requests": pulls,
		"output": map[string]any{"title": text(k.Title), "summary": text(k.Summary), "text": text(k.Text),
			"annotations_count": len(k.Annotations), "annotations_url": at + "/annotations"},
	}
}
