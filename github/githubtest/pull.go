package githubtest

import (
	"fmt"
	"slices"
	"time"
)

// PR is what a pull request begins with.
type PR struct {
	Title       string
	Body        string
	Author      string // login; "mira" when empty
	Association string // of the author to the repository: MEMBER when empty, NONE for a fork
	Draft       bool
	Labels      []string
	Fork        bool // the head branch lies in the author's fork
}

// A Pull is a pull request on the server.
type Pull struct {
	repo   *Repo
	Number int
	id     int64
	node   string
	PR

	state   string // open, closed
	merged  bool
	head    string // branch, as its page names it
	headRef string // where git keeps it
	headSHA string
	heads   map[string]bool // every commit that was its head
	baseRef string          // branch
	baseSHA string          // the base branch's tip when the head last moved
	created time.Time
	updated time.Time

	threads []*thread
	notes   []*comment
	reviews []*pullReview
}

// Open opens a pull request from branch head, which must have commits, into branch base.
func (r *Repo) Open(head, base string, pr PR) *Pull {
	r.s.t.Helper()
	defer r.s.script()()
	if pr.Author == "" {
		pr.Author = "mira"
	}
	if pr.Title == "" {
		pr.Title = "Pages for spring"
	}
	p := &Pull{repo: r, Number: len(r.pulls) + 7, id: r.s.id(), PR: pr, state: "open", head: head, headRef: "refs/heads/" + head,
		baseRef: base, created: r.s.now, heads: map[string]bool{}}
	p.node = fmt.Sprintf("PR_%d", p.id)
	r.s.nodes[p.node] = p
	sha, ok := r.resolve(p.headRef)
	if !ok {
		r.s.t.Fatalf("githubtest: %s has no branch %s to open a pull request from; Commit to it first", r.Name, head)
	}
	association := "MEMBER"
	if pr.Fork { // the branch is the fork's, and the repository knows it only as the pull request's head
		association = "NONE"
		delete(r.refs, p.headRef)
		p.headRef = "refs/forks/" + pr.Author + "/" + head
		r.point(p.headRef, sha)
	}
	if pr.Association != "" {
		association = pr.Association
	}
	if _, ok := r.members[pr.Author]; !ok {
		r.members[pr.Author] = association
	}
	r.pulls = append(r.pulls, p)
	p.moved(sha)
	return p
}

// moved takes notice of a new head or base: what the pull request is held against, and where every thread stands now.
func (p *Pull) moved(sha string) {
	p.headSHA = sha
	p.heads[sha] = true
	base, ok := p.repo.resolve("refs/heads/" + p.baseRef)
	if !ok {
		p.repo.s.t.Fatalf("githubtest: %s has no branch %s", p.repo.Name, p.baseRef)
	}
	p.baseSHA = base
	p.updated = p.repo.s.now
	p.repo.point(fmt.Sprintf("refs/pull/%d/head", p.Number), sha)
	for _, t := range p.threads {
		t.anchor()
	}
}

// diff is what the pull request changes: from where its branch left the base, to commit.
func (p *Pull) diff(commit string) *diff {
	return p.repo.diff(p.repo.mergeBase(p.baseSHA, commit), commit)
}

// Head is the commit at its tip.
func (p *Pull) Head() string { defer p.lock()(); return p.headSHA }

// In is the repository it is in, "owner/name".
func (p *Pull) In() string { return p.repo.Name }

// Base is the commit it is held against, as its pages say.
func (p *Pull) Base() string { defer p.lock()(); return p.baseSHA }

func (p *Pull) lock() func() { p.repo.s.mu.Lock(); return p.repo.s.mu.Unlock }

// Push adds a commit to its branch and returns it.
func (p *Pull) Push(files map[string]string) string {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	p.moved(p.repo.write(p.headRef, p.headSHA, files, "Work on the pages"))
	return p.headSHA
}

// ForcePush replaces all its commits by one that has the same tree changed by files, and returns it. The old head is no longer part of it.
func (p *Pull) ForcePush(files map[string]string) string {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	r := p.repo
	from := r.mergeBase(p.baseSHA, p.headSHA)
	tree := r.tree(p.headSHA)[""].oid
	if len(files) > 0 {
		tree = r.tree(r.write(p.headRef, p.headSHA, files, "Pages, amended"))[""].oid
	}
	sha := r.commitTree(p.headRef, tree, "Pages, squashed", from)
	p.moved(sha)
	return sha
}

// Rebase puts what it changes on top of its base branch's tip, as one commit, and returns it. A conflict fails the test.
func (p *Pull) Rebase() string {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	r := p.repo
	tip, _ := r.resolve("refs/heads/" + p.baseRef)
	p.moved(r.commitTree(p.headRef, r.mergeTree(tip, p.headSHA), "Pages, rebased", tip))
	return p.headSHA
}

// MergeBase merges its base branch's tip into it ("Update branch") and returns the merge.
func (p *Pull) MergeBase() string {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	r := p.repo
	tip, _ := r.resolve("refs/heads/" + p.baseRef)
	p.moved(r.commitTree(p.headRef, r.mergeTree(p.headSHA, tip), "Merge "+p.baseRef, p.headSHA, tip))
	return p.headSHA
}

// Retarget points it at another base branch.
func (p *Pull) Retarget(base string) {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	p.baseRef = base
	p.moved(p.headSHA)
}

// Close closes it without merging.
func (p *Pull) Close() { defer p.repo.s.script()(); p.state = "closed" }

// Merge closes it as merged; the base branch goes on to a merge of both.
func (p *Pull) Merge() string {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	r := p.repo
	ref := "refs/heads/" + p.baseRef
	tip, _ := r.resolve(ref)
	p.state, p.merged = "closed", true
	return r.commitTree(ref, r.mergeTree(tip, p.headSHA), "Merge pull request", tip, p.headSHA)
}

// Reopen opens it again.
func (p *Pull) Reopen() { defer p.repo.s.script()(); p.state = "open" }

// Ready takes it out of draft.
func (p *Pull) Ready() { defer p.repo.s.script()(); p.Draft = false }

// Convert makes it a draft.
func (p *Pull) Convert() { defer p.repo.s.script()(); p.Draft = true }

// Label adds a label.
func (p *Pull) Label(name string) {
	defer p.repo.s.script()()
	if !slices.Contains(p.Labels, name) {
		p.Labels = append(p.Labels, name)
	}
}

// Unlabel takes a label off.
func (p *Pull) Unlabel(name string) {
	defer p.repo.s.script()()
	p.Labels = slices.DeleteFunc(slices.Clone(p.Labels), func(l string) bool { return l == name })
}

// Token returns the token of a workflow run of its pull_request event: what Permit grants, but read-only for a fork and for Dependabot.
func (p *Pull) Token() string {
	if p.Fork || p.Author == "dependabot[bot]" {
		return p.repo.s.AsWith("github-actions[bot]", ReadOnly)
	}
	return p.repo.s.Token()
}

// Comment adds a comment of login's on the pull request itself. An association that is not empty is what login is to the repository from
// now on. A login that is empty is someone whose account is gone.
func (p *Pull) Comment(login, association, body string) Comment {
	defer p.repo.s.script()()
	if association != "" {
		p.repo.members[login] = association
	}
	return p.note(login, body).snapshot()
}

// Remark starts a review thread of login's on a line of the head, as a person would from the page.
func (p *Pull) Remark(login, path string, line int, body string) Thread {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	d := draft{Path: path, Line: line, Body: body}
	if wrong := p.refuses(p.headSHA, &d); wrong != "" {
		p.repo.s.t.Fatalf("githubtest: nobody can remark on %s:%d: %s", path, line, wrong)
	}
	t := p.start(login, p.headSHA, d, p.review(login, p.headSHA, ""))
	t.scripted = true
	return t.snapshot()
}

// Reply answers in a thread.
func (p *Pull) Reply(t Thread, login, body string) Comment {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	own := p.thread(t.ID)
	return own.reply(login, body, p.review(login, p.headSHA, "")).snapshot()
}

// Resolve marks a thread as resolved by login.
func (p *Pull) Resolve(t Thread, login string) {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	p.thread(t.ID).resolvedBy = login
}

// Unresolve opens a thread again.
func (p *Pull) Unresolve(t Thread) {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	p.thread(t.ID).resolvedBy = ""
}

// React adds login's reaction to a comment, in REST's words: "+1", "-1", "eyes", "heart" and so on.
func (p *Pull) React(c Comment, login, content string) {
	p.repo.s.t.Helper()
	defer p.repo.s.script()()
	p.find(c.ID).react(login, content)
}

func (p *Pull) thread(id string) *thread {
	p.repo.s.t.Helper()
	t, ok := p.repo.s.nodes[id].(*thread)
	if !ok || t.pull != p {
		p.repo.s.t.Fatalf("githubtest: pull request %d has no thread %s", p.Number, id)
	}
	return t
}

// Threads are its review threads, oldest first; one that was made on a line outside the diff never shows.
func (p *Pull) Threads() []Thread {
	defer p.lock()()
	var all []Thread
	for _, t := range p.threads {
		if !t.ghost {
			all = append(all, t.snapshot())
		}
	}
	return all
}

// Notes are the comments on the pull request itself, oldest first.
func (p *Pull) Notes() []Comment {
	defer p.lock()()
	var all []Comment
	for _, c := range p.notes {
		all = append(all, c.snapshot())
	}
	return all
}

// Reviews counts the reviews that stand there.
func (p *Pull) Reviews() int { defer p.lock()(); return len(p.reviews) }

// Checks are the check runs on any commit that was once its head, oldest first.
func (p *Pull) Checks() []Check {
	defer p.lock()()
	var all []Check
	for _, c := range p.repo.checks {
		if p.heads[c.Commit] {
			all = append(all, c.Check)
		}
	}
	return all
}
