package githubtest

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Gone, as a file's text, removes the file.
const Gone = "\x00gone"

// A Repo is a repository on the server. Its history is a real one, made by git in a temporary folder.
type Repo struct {
	s    *Server
	Name string // owner/name
	id   int64
	node string

	dir     string
	commits int
	trees   map[string]map[string]entry
	refs    map[string]string // full name to commit
	known   map[string]bool   // every commit
	objects map[string]stored
	diffs   map[string]*diff
	bases   map[string]string
	counts  map[string]int
	catIn   io.WriteCloser
	catOut  *bufio.Reader

	pulls     []*Pull
	issues    []Issue
	checks    []*check
	public    bool
	readers   map[string]bool   // logins that see it; nil is every token
	members   map[string]string // login to association
	protected map[string]bool   // branches whose protection requires conversations to be resolved
	ruled     map[string]string // branches where a ruleset does, and whose it is: Repository or Organization
}

func newRepo(s *Server, name string) *Repo {
	r := &Repo{s: s, Name: name, id: s.id(), dir: filepath.Join(s.t.TempDir(), "repo.git"),
		trees: map[string]map[string]entry{}, refs: map[string]string{}, known: map[string]bool{}, objects: map[string]stored{},
		diffs: map[string]*diff{}, bases: map[string]string{}, counts: map[string]int{},
		members: map[string]string{}, protected: map[string]bool{}, ruled: map[string]string{}}
	r.node = fmt.Sprintf("R_%d", r.id)
	s.nodes[r.node] = r
	cmd := exec.Command("git", "init", "--quiet", "--bare", "--initial-branch=main", r.dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		panic(gitError{fmt.Errorf("githubtest: git init: %w: %s", err, out)})
	}
	return r
}

// ID is the number that the repository keeps when it is renamed.
func (r *Repo) ID() int64 { return r.id }

func (r *Repo) owner() string { owner, _, _ := strings.Cut(r.Name, "/"); return owner }
func (r *Repo) base() string  { _, base, _ := strings.Cut(r.Name, "/"); return base }

// Commit adds a commit to a branch, which begins at main's tip when it is new, and returns the commit's name. Files are changed on top of
// what was there; Gone removes one. Pull requests from that branch follow; those into it keep the base they were opened against, as
// GitHub has it until the next push.
func (r *Repo) Commit(branch string, files map[string]string, message string) string {
	r.s.t.Helper()
	defer r.s.script()()
	ref := "refs/heads/" + branch
	parent, ok := r.resolve(ref)
	if !ok {
		parent, _ = r.resolve("refs/heads/main")
	}
	sha := r.write(ref, parent, files, message)
	for _, p := range r.pulls {
		if p.headRef == ref && p.state == "open" {
			p.moved(sha)
		}
	}
	return sha
}

// Head returns the commit at a branch's tip.
func (r *Repo) Head(branch string) string {
	r.s.t.Helper()
	defer r.s.script()()
	sha, ok := r.resolve("refs/heads/" + branch)
	if !ok {
		r.s.t.Fatalf("githubtest: %s has no branch %s", r.Name, branch)
	}
	return sha
}

// Member says what login is to the repository: OWNER, MEMBER, COLLABORATOR, CONTRIBUTOR or NONE. Nobody is anything at first.
func (r *Repo) Member(login, association string) {
	defer r.s.script()()
	r.members[login] = association
}

// Publish makes the repository one that every token can read. Repositories are private at first.
func (r *Repo) Publish() {
	defer r.s.script()()
	r.public, r.readers = true, nil
}

// Hide hides the repository from all but these logins; to others there is none of its name, as GitHub has it.
func (r *Repo) Hide(but ...string) {
	defer r.s.script()()
	r.public, r.readers = false, map[string]bool{}
	for _, login := range but {
		r.readers[login] = true
	}
}

func (r *Repo) shows(who identity) bool {
	if who.of != nil && !r.public {
		return slices.Contains(who.of.repos, r)
	}
	return r.readers == nil || r.readers[who.login]
}

// Protect makes a branch's protection require that conversations are resolved before merging.
func (r *Repo) Protect(branch string) {
	defer r.s.script()()
	r.protected[branch] = true
}

// Rule makes a ruleset require that conversations on pull requests into branch are resolved before merging.
func (r *Repo) Rule(branch string) {
	defer r.s.script()()
	r.ruled[branch] = "Repository"
}

// OrganizationRule makes a ruleset of the organisation do what Rule does. It shows on the branch and among its rules as the repository's
// own would: both are told of as "rules from active Repository and Organization rulesets" (Ref.rules in GitHub's GraphQL schema).
func (r *Repo) OrganizationRule(branch string) {
	defer r.s.script()()
	r.ruled[branch] = "Organization"
}

// Clone makes a checkout of a commit in a temporary folder, as actions/checkout leaves one: one commit deep, HEAD detached.
func (r *Repo) Clone(t testing.TB, commit string) string {
	t.Helper()
	defer r.s.script()()
	dir := filepath.Join(t.TempDir(), "checkout")
	r.git("update-ref", "refs/heads/githubtest-clone", commit)
	for _, args := range [][]string{
		{"clone", "--quiet", "--depth=1", "--branch=githubtest-clone", "file://" + r.dir, dir},
		{"-C", dir, "checkout", "--quiet", "--detach", commit},
		{"-C", dir, "branch", "--quiet", "-D", "githubtest-clone"},
	} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			t.Fatalf("githubtest: git %s: %v: %s", args[0], err, out)
		}
	}
	return dir
}

func (r *Repo) association(login string) string {
	if a, ok := r.members[login]; ok {
		return a
	}
	return "NONE"
}
