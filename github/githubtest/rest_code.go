package githubtest

import (
	"encoding/base64"
	"fmt"
	"sort"
	"strings"
	"time"
)

// getContent answers a file or a folder. Up to 1 MB a file comes as JSON; a larger one only raw
// (https://docs.github.com/rest/repos/contents).
func getContent(c *call) *reply {
	ref := c.r.URL.Query().Get("ref")
	if ref == "" {
		ref = "main"
	}
	commit, found := c.repo.resolve(ref)
	if !found {
		return fail(404, "No commit found for the ref "+ref)
	}
	path := strings.Trim(c.r.PathValue("path"), "/")
	e, found := c.repo.tree(commit)[path]
	if !found {
		return fail(404, "Not Found")
	}
	if e.kind == "tree" {
		list := []any{}
		for _, in := range c.repo.under(commit, path) {
			list = append(list, c.content(in, ref))
		}
		return ok(list)
	}
	text, _ := c.repo.blob(e.oid)
	if strings.Contains(c.r.Header.Get("Accept"), "raw") {
		return &reply{status: 200, header: map[string][]string{"Content-Type": {"application/vnd.github.raw+json; charset=utf-8"}}, raw: append([]byte{}, text...)}
	}
	v := c.content(e, ref)
	v["content"], v["encoding"] = base64.StdEncoding.EncodeToString(text), "base64"
	if len(text) > 1<<20 {
		v["content"], v["encoding"] = "", "none"
	}
	return ok(v)
}

func (c *call) content(e entry, ref string) map[string]any {
	self := fmt.Sprintf("%s/contents/%s?ref=%s", c.at(c.repo), escaped(e.path), ref)
	kind, web := "file", fmt.Sprintf("%s/%s/blob/%s/%s", c.web(), c.repo.Name, ref, escaped(e.path))
	git := fmt.Sprintf("%s/git/blobs/%s", c.at(c.repo), e.oid)
	var download any = fmt.Sprintf("%s/%s/raw/%s/%s", c.web(), c.repo.Name, ref, escaped(e.path))
	if e.kind == "tree" {
		kind, git, download = "dir", fmt.Sprintf("%s/git/trees/%s", c.at(c.repo), e.oid), nil
	}
	return map[string]any{"type": kind, "name": e.name(), "path": e.path, "sha": e.oid, "size": e.size, "url": self, "html_url": web,
		"git_url": git, "download_url": download, "_links": map[string]any{"self": self, "git": git, "html": web}}
}

func getBlob(c *call) *reply {
	oid := c.r.PathValue("sha")
	text, found := c.repo.blob(oid)
	if !found {
		return fail(404, "Not Found")
	}
	if strings.Contains(c.r.Header.Get("Accept"), "raw") {
		return &reply{status: 200, header: map[string][]string{"Content-Type": {"application/vnd.github.raw+json; charset=utf-8"}}, raw: append([]byte{}, text...)}
	}
	return ok(map[string]any{"sha": oid, "node_id": "B_" + oid, "size": len(text), "url": c.at(c.repo) + "/git/blobs/" + oid,
		"content": base64.StdEncoding.EncodeToString(text), "encoding": "base64"})
}

// getTree lists a commit's tree; recursive with any value lists everything below.
func getTree(c *call) *reply {
	commit, found := c.repo.resolve(c.r.PathValue("sha"))
	if !found {
		return fail(404, "Not Found")
	}
	all := c.repo.tree(commit)
	list := []any{}
	paths := make([]string, 0, len(all))
	for path := range all {
		if path != "" && (c.r.URL.Query().Has("recursive") || !strings.Contains(path, "/")) {
			paths = append(paths, path)
		}
	}
	sort.Strings(paths)
	for _, path := range paths {
		e := all[path]
		row := map[string]any{"path": path, "mode": e.mode, "type": e.kind, "sha": e.oid, "url": c.at(c.repo) + "/git/" + e.kind + "s/" + e.oid}
		if e.kind == "blob" {
			row["size"] = e.size
		}
		list = append(list, row)
	}
	return ok(map[string]any{"sha": all[""].oid, "url": c.at(c.repo) + "/git/trees/" + all[""].oid, "truncated": false, "tree": list})
}

// getComparison says where two commits part and what lies between. Commits come in pages of 250, and files on the first page only
// (https://docs.github.com/rest/commits/commits#compare-two-commits); a page beyond the last has neither.
func getComparison(c *call) *reply {
	basehead := c.r.PathValue("basehead")
	from, to, found := strings.Cut(basehead, "...")
	base, known := c.repo.resolve(from)
	head, knownToo := c.repo.resolve(to)
	if !found || !known || !knownToo {
		return fail(404, "Not Found")
	}
	common := c.repo.mergeBase(base, head)
	ahead, behind := c.repo.between(base, head), c.repo.between(head, base)
	status := "diverged"
	switch {
	case ahead == 0 && behind == 0:
		status = "identical"
	case behind == 0:
		status = "ahead"
	case ahead == 0:
		status = "behind"
	}
	if page := c.r.URL.Query().Get("page"); page == "" || page == "1" {
		return fail(404, "Not Found: the stand-in has no first page of a comparison, with its commits and files") // nobody asks for it
	}
	at, web := c.at(c.repo)+"/compare/"+basehead, c.web()+"/"+c.repo.Name+"/compare/"+basehead
	return ok(map[string]any{
		"url": at, "html_url": web, "permalink_url": web, "diff_url": web + ".diff", "patch_url": web + ".patch",
		"base_commit": c.commit(base), "merge_base_commit": c.commit(common), "status": status, "ahead_by": ahead, "behind_by": behind,
		"total_commits": ahead, "commits": []any{}, "files": []any{},
	})
}

// commit is a commit as REST has it.
func (c *call) commit(sha string) map[string]any {
	at := c.at(c.repo)
	parents := []any{}
	for _, p := range c.repo.header(sha, "parent") {
		parents = append(parents, map[string]any{"sha": p, "url": at + "/commits/" + p, "html_url": c.web() + "/" + c.repo.Name + "/commit/" + p})
	}
	tree := c.repo.tree(sha)[""].oid
	by := map[string]any{"name": "Ines", "email": "ines@example.com", "date": stamp(c.s.start())}
	return map[string]any{
		"url": at + "/commits/" + sha, "sha": sha, "node_id": "C_" + sha, "html_url": c.web() + "/" + c.repo.Name + "/commit/" + sha,
		"comments_url": at + "/commits/" + sha + "/comments", "author": nil, "committer": nil, "parents": parents,
		"commit": map[string]any{"url": at + "/git/commits/" + sha, "author": by, "committer": by, "message": "A change", "comment_count": 0,
			"tree": map[string]any{"sha": tree, "url": at + "/git/trees/" + tree}},
	}
}

// getRules lists the rules that rulesets lay on a branch. Branch protection is not among them.
func getRules(c *call) *reply {
	list := []any{}
	if kind := c.repo.ruled[c.r.PathValue("branch")]; kind != "" {
		source := map[string]string{"Repository": c.repo.Name, "Organization": c.repo.owner()}[kind]
		list = append(list, map[string]any{"type": "pull_request", "ruleset_source_type": kind, "ruleset_source": source,
			"ruleset_id": 1, "parameters": map[string]any{"dismiss_stale_reviews_on_push": false, "require_code_owner_review": false,
				"require_last_push_approval": false, "required_approving_review_count": 0, "required_review_thread_resolution": true}})
	}
	return ok(list)
}

func getPermission(c *call) *reply {
	login := c.r.PathValue("username")
	p := map[string]string{"OWNER": "admin", "MEMBER": "write", "COLLABORATOR": "write"}[c.repo.association(login)]
	if p == "" {
		p = "read"
	}
	u := c.user(login).(map[string]any)
	u["permissions"] = map[string]any{"pull": true, "triage": p != "read", "push": p != "read", "maintain": p == "admin", "admin": p == "admin"}
	u["role_name"] = p
	return ok(map[string]any{"permission": p, "role_name": p, "user": u})
}

func getLimits(c *call) *reply {
	used := c.s.used(c.who.login)
	rate := map[string]any{"limit": primaryPerHour, "used": used, "remaining": max(0, primaryPerHour-used),
		"reset": c.s.now.Add(time.Hour).Truncate(time.Hour).Unix()}
	return ok(map[string]any{"resources": map[string]any{"core": rate, "search": rate, "graphql": rate}, "rate": rate})
}

// getUser is closed to Apps: who runs as one learns its name from GraphQL's viewer (https://github.com/fullsend-ai/fullsend/pull/1953).
func getUser(c *call) *reply {
	if !c.who.bot() && !c.who.app {
		return ok(c.user(c.who.login))
	}
	return fail(403, "Resource not accessible by integration")
}
