package githubtest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sort"
	"strconv"
	"strings"
)

// A gitError is what git could not do.
type gitError struct{ error }

// git runs git in the repository and returns what it prints; what it cannot do is a panic with a gitError, which requests and scripts
// turn into a failed test.
func (r *Repo) git(args ...string) string { return r.gitWith(nil, args...) }

func (r *Repo) gitWith(stdin []byte, args ...string) string {
	out, err := r.try(stdin, args...)
	if err != nil {
		panic(gitError{err})
	}
	return out
}

func (r *Repo) try(stdin []byte, args ...string) (string, error) {
	cmd := r.command(args...)
	cmd.Stdin = bytes.NewReader(stdin)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("githubtest: git %s in %s: %w: %s%s", args[0], r.Name, err, stderr.String(), out)
	}
	return string(out), nil
}

// command shields git from the settings of whoever runs the tests, and fixes its hours, so that commits have the same names everywhere.
func (r *Repo) command(args ...string) *exec.Cmd {
	cmd := exec.Command("git", append([]string{"-C", r.dir, "-c", "core.quotePath=false"}, args...)...)
	date := strconv.Itoa(1_741_000_000+60*r.commits) + " +0000"
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_DIR="+r.dir, "LC_ALL=C",
		"GIT_AUTHOR_NAME=Mira", "GIT_AUTHOR_EMAIL=mira@example.org", "GIT_AUTHOR_DATE="+date,
		"GIT_COMMITTER_NAME=Mira", "GIT_COMMITTER_EMAIL=mira@example.org", "GIT_COMMITTER_DATE="+date)
	return cmd
}

// write makes a commit on ref whose parent is parent (none when it is empty) and whose tree is the parent's changed by files.
func (r *Repo) write(ref, parent string, files map[string]string, message string) string {
	r.commits++
	var in bytes.Buffer
	date := strconv.Itoa(1_741_000_000 + 60*r.commits)
	fmt.Fprintf(&in, "commit refs/made/%d\nmark :1\nauthor Mira <mira@example.org> %s +0000\n", r.commits, date)
	fmt.Fprintf(&in, "committer Mira <mira@example.org> %s +0000\ndata %d\n%s\n", date, len(message), message)
	if parent != "" {
		fmt.Fprintf(&in, "from %s\n", parent)
	}
	paths := make([]string, 0, len(files))
	for path := range files {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		if files[path] == Gone {
			fmt.Fprintf(&in, "D %s\n", path)
		}
	}
	for _, path := range paths {
		if text := files[path]; text != Gone {
			fmt.Fprintf(&in, "M 100644 inline %s\ndata %d\n%s\n", path, len(text), text)
		}
	}
	in.WriteString("\nget-mark :1\n")
	return r.point(ref, r.gitWith(in.Bytes(), "fast-import", "--quiet", "--cat-blob-fd=1"))
}

// commitTree makes a commit on ref of a tree that is already there.
func (r *Repo) commitTree(ref, tree, message string, parents ...string) string {
	r.commits++
	args := []string{"commit-tree", tree, "-m", message}
	for _, p := range parents {
		args = append(args, "-p", p)
	}
	return r.point(ref, r.git(args...))
}

// point makes a ref stand for a commit. Refs are kept here and not by git, which spares most of its starts.
func (r *Repo) point(ref, commit string) string {
	commit = strings.TrimSpace(commit)
	r.refs[ref] = commit
	r.known[commit] = true
	return commit
}

// mergeTree returns the tree of two commits merged; a conflict is a mistake of the script.
func (r *Repo) mergeTree(ours, theirs string) string {
	out := r.git("merge-tree", "--write-tree", ours, theirs) // git 2.38 or newer
	tree, _, _ := strings.Cut(out, "\n")
	return tree
}

// resolve returns the commit that a branch, a full ref, HEAD or a commit's name stands for.
func (r *Repo) resolve(rev string) (string, bool) {
	if rev == "HEAD" {
		rev = "main"
	}
	if r.known[rev] {
		return rev, true
	}
	for _, ref := range []string{"refs/heads/" + rev, rev} {
		if sha, ok := r.refs[ref]; ok {
			return sha, true
		}
	}
	if len(rev) < 7 || strings.Trim(rev, "0123456789abcdef") != "" {
		return "", false
	}
	for sha := range r.known {
		if strings.HasPrefix(sha, rev) {
			return sha, true
		}
	}
	return "", false
}

// An entry is a file or folder in a commit.
type entry struct {
	path, oid, kind, mode string
	size                  int
}

func (e entry) name() string { return e.path[strings.LastIndexByte(e.path, '/')+1:] }

// tree returns everything in a commit by path, folders too; the root is "".
func (r *Repo) tree(commit string) map[string]entry {
	if t, ok := r.trees[commit]; ok {
		return t
	}
	t := map[string]entry{"": {oid: r.header(commit, "tree")[0], kind: "tree", mode: "040000"}}
	for _, line := range strings.Split(r.git("ls-tree", "-r", "-t", "-l", "-z", commit), "\x00") {
		meta, path, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		f := strings.Fields(meta)
		size, _ := strconv.Atoi(f[3]) // "-" for a folder
		t[path] = entry{path, f[2], f[1], f[0], size}
	}
	r.trees[commit] = t
	return t
}

// under returns what lies directly in a folder, in git's order.
func (r *Repo) under(commit, folder string) []entry {
	var in []entry
	for path, e := range r.tree(commit) {
		parent := ""
		if i := strings.LastIndexByte(path, '/'); i >= 0 {
			parent = path[:i]
		}
		if path != "" && parent == folder {
			in = append(in, e)
		}
	}
	sort.Slice(in, func(i, j int) bool { return in[i].path < in[j].path })
	return in
}

// blob returns the bytes of a blob, and false when there is none of that name.
func (r *Repo) blob(oid string) ([]byte, bool) {
	kind, b := r.object(oid)
	return b, kind == "blob"
}

// header returns the values of a commit's header: its tree, its parents.
func (r *Repo) header(commit, key string) []string {
	_, b := r.object(commit)
	head, _, _ := strings.Cut(string(b), "\n\n")
	var values []string
	for _, line := range strings.Split(head, "\n") {
		if v, ok := strings.CutPrefix(line, key+" "); ok {
			values = append(values, v)
		}
	}
	return values
}

// object returns a git object and its kind, which is empty when there is none of that name.
func (r *Repo) object(oid string) (string, []byte) {
	if o, ok := r.objects[oid]; ok {
		return o.kind, o.bytes
	}
	if r.catIn == nil {
		cmd := r.command("cat-file", "--batch")
		in, err := cmd.StdinPipe()
		out, err2 := cmd.StdoutPipe()
		if err := errors.Join(err, err2, cmd.Start()); err != nil {
			panic(gitError{err})
		}
		r.catIn, r.catOut = in, bufio.NewReader(out)
		r.s.t.Cleanup(func() { in.Close(); cmd.Wait() })
	}
	fmt.Fprintln(r.catIn, oid)
	header, err := r.catOut.ReadString('\n')
	if err != nil {
		panic(gitError{fmt.Errorf("githubtest: git cat-file %s in %s: %w", oid, r.Name, err)})
	}
	f := strings.Fields(header)
	if len(f) != 3 { // "… missing"
		return "", nil
	}
	size, _ := strconv.Atoi(f[2])
	b := make([]byte, size+1)
	if _, err := io.ReadFull(r.catOut, b); err != nil {
		panic(gitError{err})
	}
	r.objects[oid] = stored{f[1], b[:size]}
	return f[1], b[:size]
}

type stored struct {
	kind  string
	bytes []byte
}

// mergeBase returns where two commits part, or the first when their histories never met.
func (r *Repo) mergeBase(a, b string) string {
	key := a + " " + b
	if base, ok := r.bases[key]; ok {
		return base
	}
	base := a
	if out, err := r.try(nil, "merge-base", a, b); err == nil {
		base = strings.TrimSpace(out)
	}
	r.bases[key] = base
	return base
}

func (r *Repo) isAncestor(a, b string) bool { return r.mergeBase(a, b) == a }

// between counts the commits that to has and from has not.
func (r *Repo) between(from, to string) int {
	key := from + ".." + to
	if _, ok := r.counts[key]; !ok {
		r.counts[key], _ = strconv.Atoi(strings.TrimSpace(r.git("rev-list", "--count", key)))
	}
	return r.counts[key]
}
