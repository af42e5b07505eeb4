package githubtest

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// queries is the root of what can be asked.
func (c *call) queries() *object {
	return &object{kind: "Query", fields: map[string]any{
		"viewer":     later(func() any { return c.viewer() }),
		"rateLimit":  later(func() any { return c.rateLimit() }),
		"node":       asked(func(a args) any { return c.lookup(a.text("id")) }),
		"repository": asked(func(a args) any { return c.namedRepository(a) }),
	}}
}

// viewer is who the token acts as. Here, and only here, GraphQL ends an App's login in "[bot]"
// (https://github.com/fullsend-ai/fullsend/pull/1953).
func (c *call) viewer() *object {
	return &object{kind: "User", also: []string{"Actor", "Node"}, fields: map[string]any{
		"id": actorID(c.who.login), "login": c.who.login, "databaseId": int(hash(c.who.login) >> 1), "name": nil,
	}}
}

// actor is the author of something, null when the account is gone. An App's login has no "[bot]" at its end, unlike in REST
// (https://github.com/zxkane/autonomous-dev-team/pull/395).
func (c *call) actor(login string) any {
	if login == "" {
		return nil
	}
	kind, name, path := "User", login, "/"+login
	if isBot(login) {
		kind, name = "Bot", strings.TrimSuffix(login, "[bot]")
		path = "/apps/" + name
	}
	return &object{kind: kind, also: []string{"Actor", "Node", "UniformResourceLocatable"}, fields: map[string]any{
		"id": actorID(login), "login": name, "databaseId": int(hash(login) >> 1), "resourcePath": path, "url": c.web() + path,
		"avatarUrl": c.web() + "/avatars/" + name,
	}}
}

func (c *call) rateLimit() *object {
	used := c.s.used(c.who.login)
	return &object{kind: "RateLimit", fields: map[string]any{"limit": primaryPerHour, "used": used, "remaining": max(0, primaryPerHour-used),
		"cost": 1, "nodeCount": 1, "resetAt": stamp(c.s.now)}}
}

func notFound(what, id string) failed {
	return failed{"NOT_FOUND", fmt.Sprintf("Could not resolve to a %s with the global id of '%s'", what, id)}
}

var forbidden = failed{"FORBIDDEN", "Resource not accessible by integration"}

func (c *call) namedRepository(a args) any {
	name := a.text("owner") + "/" + a.text("name")
	r, ok := c.s.repos[name]
	if !ok || !r.shows(c.who) {
		return failed{"NOT_FOUND", fmt.Sprintf("Could not resolve to a Repository with the name '%s'.", name)}
	}
	return c.repositoryNode(r)
}

// lookup finds what an id stands for.
func (c *call) lookup(id string) any {
	switch n := c.s.nodes[id].(type) {
	case *Repo:
		return c.repositoryNode(n)
	case *Pull:
		return c.guarded(readPulls, func() any { return c.pullNode(n) })
	case *thread:
		return c.guarded(readPulls, func() any { return c.threadNode(n) })
	case *comment:
		return c.guarded(readPulls, func() any { return c.commentNode(n) })
	case *pullReview:
		return c.guarded(readPulls, func() any { return c.reviewNode(n) })
	case *check:
		return c.guarded(readChecks, func() any { return c.runNode(n) })
	}
	return failed{"NOT_FOUND", fmt.Sprintf("Could not resolve to a node with the global id of '%s'", id)}
}

func (c *call) guarded(needs []string, do func() any) any {
	if !c.permits(needs) {
		return forbidden
	}
	return do()
}

func (c *call) repositoryNode(r *Repo) *object {
	return &object{kind: "Repository", also: []string{"Node"}, fields: map[string]any{
		"id": r.node, "name": r.base(), "nameWithOwner": r.Name, "url": c.web() + "/" + r.Name, "resourcePath": "/" + r.Name,
		"databaseId": int(r.id), "isPrivate": !r.public, "isFork": false, "isArchived": false, "isEmpty": false, "visibility": map[bool]string{true: "PUBLIC", false: "PRIVATE"}[r.public],
		"isInOrganization": true,
		"viewerPermission": nil,
		"owner": later(func() any {
			return c.organization(r)
		}),
		"defaultBranchRef": later(func() any { return c.ref(r, "main") }),
		"ref":              asked(func(a args) any { return c.ref(r, strings.TrimPrefix(a.text("qualifiedName"), "refs/heads/")) }),
		"object": asked(func(a args) any {
			return c.guarded(readCode, func() any { return c.gitObject(r, a.text("expression"), a.text("oid")) })
		}),
		"pullRequest": asked(func(a args) any {
			return c.guarded(readPulls, func() any {
				n, _ := a.number("number")
				if p := r.pull(strconv.Itoa(n)); p != nil {
					return c.pullNode(p)
				}
				return failed{"NOT_FOUND", fmt.Sprintf("Could not resolve to a PullRequest with the number of %d.", n)}
			})
		}),
		"rulesets": asked(func(a args) any {
			var sets []any
			for branch := range r.ruled {
				sets = append(sets, c.ruleset(r, branch))
			}
			return c.connection("RepositoryRuleset", sets, a)
		}),
		// Reading protections takes administration: read, which a workflow's token never has
		// (https://github.com/ridedott/merge-me-action/issues/1581).
		"branchProtectionRules": asked(func(a args) any {
			return c.guarded([]string{"administration:read"}, func() any {
				var rules []any
				for branch := range r.protected {
					rules = append(rules, c.protection(branch))
				}
				return c.connection("BranchProtectionRule", rules, a)
			})
		}),
	}}
}

// ref is a branch. Its branchProtectionRule is closed to whoever may not read the repository's administration; its refUpdateRule is what
// applies to the viewer; its rules are those of rulesets.
func (c *call) ref(r *Repo, branch string) any {
	tip, ok := r.resolve("refs/heads/" + branch)
	if !ok {
		return nil
	}
	return &object{kind: "Ref", also: []string{"Node"}, fields: map[string]any{
		"id": "REF_" + r.node + "_" + branch, "name": branch, "prefix": "refs/heads/",
		"target":     later(func() any { return c.guarded(readCode, func() any { return c.commitNode(r, tip) }) }),
		"repository": later(func() any { return c.repositoryNode(r) }),
		"branchProtectionRule": later(func() any {
			if !r.protected[branch] {
				return nil
			}
			return c.guarded([]string{"administration:read"}, func() any { return c.protection(branch) })
		}),
		"refUpdateRule": later(func() any {
			if !r.protected[branch] {
				return nil
			}
			return &object{kind: "RefUpdateRule", fields: map[string]any{"pattern": branch, "requiresConversationResolution": true,
				"allowsDeletions": false, "allowsForcePushes": false, "blocksCreations": false, "requiresCodeOwnerReviews": false,
				"requiresLinearHistory": false, "requiresSignatures": false, "requiredApprovingReviewCount": nil,
				"requiredStatusCheckContexts": []any{}, "viewerAllowedToDismissReviews": false, "viewerCanPush": true}}
		}),
		"rules": asked(func(a args) any {
			var rules []any
			if r.ruled[branch] != "" {
				rules = append(rules, c.rule(r, branch))
			}
			return c.connection("RepositoryRule", rules, a)
		}),
	}}
}

func (c *call) protection(branch string) *object {
	return &object{kind: "BranchProtectionRule", also: []string{"Node"}, fields: map[string]any{
		"id": "BPR_" + branch, "pattern": branch, "requiresConversationResolution": true}}
}

func (c *call) rule(r *Repo, branch string) *object {
	return &object{kind: "RepositoryRule", also: []string{"Node"}, fields: map[string]any{
		"id": "RRU_" + branch, "type": "PULL_REQUEST",
		"repositoryRuleset": later(func() any { return c.ruleset(r, branch) }),
		"parameters": &object{kind: "PullRequestParameters", also: []string{"RuleParameters"}, fields: map[string]any{
			"requiredReviewThreadResolution": true, "dismissStaleReviewsOnPush": false, "requireCodeOwnerReview": false,
			"requireLastPushApproval": false, "requiredApprovingReviewCount": 0}},
	}}
}

func (c *call) ruleset(r *Repo, branch string) *object {
	return &object{kind: "RepositoryRuleset", also: []string{"Node"}, fields: map[string]any{
		"id": "RRS_" + branch, "name": "conversations on " + branch, "enforcement": "ACTIVE", "target": "BRANCH", "databaseId": 1,
		"conditions": &object{kind: "RepositoryRuleConditions", fields: map[string]any{
			"refName": &object{kind: "RefNameConditionTarget", fields: map[string]any{"include": []any{"refs/heads/" + branch}, "exclude": []any{}}}}},
		"rules": asked(func(a args) any { return c.connection("RepositoryRule", []any{c.rule(r, branch)}, a) }),
		"source": later(func() any {
			if r.ruled[branch] == "Organization" {
				return c.organization(r)
			}
			return c.repositoryNode(r)
		}),
	}}
}

func (c *call) organization(r *Repo) *object {
	return &object{kind: "Organization", also: []string{"RepositoryOwner", "Actor", "Node"},
		fields: map[string]any{"id": actorID(r.owner()), "login": r.owner(), "url": c.web() + "/" + r.owner()}}
}

// gitObject resolves "branch:path", "sha:path", "HEAD:path" and the names of commits, trees and blobs; what is not there is null.
func (c *call) gitObject(r *Repo, expression, oid string) any {
	rev, path, within := strings.Cut(expression, ":")
	if oid != "" {
		rev, within = oid, false
	}
	commit, ok := r.resolve(rev)
	if !ok {
		if text, ok := r.blob(oid); ok {
			return c.blobNode(r, entry{oid: oid, kind: "blob", size: len(text)})
		}
		return nil
	}
	if !within {
		return c.commitNode(r, commit)
	}
	return c.entryObject(r, commit, strings.Trim(path, "/"))
}

func (c *call) entryObject(r *Repo, commit, path string) any {
	e, ok := r.tree(commit)[path]
	switch {
	case !ok:
		return nil
	case e.kind == "tree":
		return c.treeNode(r, commit, e)
	}
	return c.blobNode(r, e)
}

var gitObjects = []string{"GitObject", "Node"}

func (c *call) commitNode(r *Repo, commit string) *object {
	return &object{kind: "Commit", also: gitObjects, fields: map[string]any{
		"id": "C_" + commit, "oid": commit, "abbreviatedOid": commit[:7], "url": c.web() + "/" + r.Name + "/commit/" + commit,
		"tree": later(func() any { return c.treeNode(r, commit, r.tree(commit)[""]) }),
		"file": asked(func(a args) any {
			path := strings.Trim(a.text("path"), "/")
			e, ok := r.tree(commit)[path]
			if !ok || path == "" {
				return nil
			}
			return c.treeEntry(r, commit, e)
		}),
		"parents": asked(func(a args) any {
			var parents []any
			for _, sha := range r.header(commit, "parent") {
				parents = append(parents, c.commitNode(r, sha))
			}
			return c.connection("Commit", parents, a)
		}),
	}}
}

func (c *call) treeNode(r *Repo, commit string, e entry) *object {
	return &object{kind: "Tree", also: gitObjects, fields: map[string]any{
		"id": "T_" + e.oid, "oid": e.oid, "abbreviatedOid": e.oid[:7],
		"entries": later(func() any {
			list := []any{}
			for _, in := range r.under(commit, e.path) {
				list = append(list, c.treeEntry(r, commit, in))
			}
			return list
		}),
	}}
}

func (c *call) treeEntry(r *Repo, commit string, e entry) *object {
	mode, _ := strconv.ParseInt(e.mode, 8, 32)
	return &object{kind: "TreeEntry", fields: map[string]any{
		"name": e.name(), "path": e.path, "oid": e.oid, "type": e.kind, "mode": int(mode), "size": e.size,
		"nameRaw": base64.StdEncoding.EncodeToString([]byte(e.name())), "pathRaw": base64.StdEncoding.EncodeToString([]byte(e.path)),
		"extension": e.name()[max(0, strings.LastIndexByte(e.name(), '.')):],
		"object":    later(func() any { return c.entryObject(r, commit, e.path) }),
	}}
}

// textLimit is where GraphQL cuts a blob's text off, saying so only in isTruncated (https://github.com/sveltia/sveltia-cms/issues/950).
const textLimit = 512_000

func (c *call) blobNode(r *Repo, e entry) *object {
	raw, _ := r.blob(e.oid)
	binary := slices.Contains(raw[:min(len(raw), 8000)], 0)
	truncated := len(raw) > textLimit && !binary
	var text any
	if !binary {
		cut := raw[:min(len(raw), textLimit)]
		text = strings.ToValidUTF8(string(cut), "\uFFFD")
		if truncated {
			for len(cut) > 0 && !utf8.Valid(cut[max(0, len(cut)-4):]) && !utf8.RuneStart(cut[len(cut)-1]) {
				cut = cut[:len(cut)-1]
			}
			text = strings.ToValidUTF8(string(cut), "")
		}
	}
	return &object{kind: "Blob", also: gitObjects, fields: map[string]any{
		"id": "B_" + e.oid, "oid": e.oid, "abbreviatedOid": e.oid[:7], "byteSize": len(raw), "isBinary": binary, "isTruncated": truncated,
		"text": text,
	}}
}

// connection cuts a page out of items by first, last, after and before.
func (c *call) connection(kind string, items []any, a args) any {
	from, to := 0, len(items)
	if n, err := strconv.Atoi(strings.TrimPrefix(a.text("after"), "cursor:")); err == nil {
		from = min(n, to)
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(a.text("before"), "cursor:")); err == nil {
		to = max(from, min(n-1, to))
	}
	if n, ok := a.number("first"); ok {
		to = min(to, from+n)
	}
	if n, ok := a.number("last"); ok {
		from = max(from, to-n)
	}
	cursor := func(i int) string { return "cursor:" + strconv.Itoa(i+1) }
	nodes, edges := []any{}, []any{}
	for i := from; i < to; i++ {
		nodes = append(nodes, items[i])
		edges = append(edges, &object{kind: kind + "Edge", fields: map[string]any{"cursor": cursor(i), "node": items[i]}})
	}
	var start, end any
	if from < to {
		start, end = cursor(from), cursor(to-1)
	}
	return &object{kind: kind + "Connection", fields: map[string]any{
		"totalCount": len(items), "nodes": nodes, "edges": edges,
		"pageInfo": &object{kind: "PageInfo", fields: map[string]any{"hasNextPage": to < len(items), "hasPreviousPage": from > 0,
			"startCursor": start, "endCursor": end}},
	}}
}
