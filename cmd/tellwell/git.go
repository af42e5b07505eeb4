package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/example-org/tellwell/review"
)

// A gitFolder asks the git on this machine about the repository that a folder lies in. It only reads: no hook, pager, external
// diff, file system monitor or download is ever started.
type gitFolder struct {
	dir     string
	environ []string
}

// gitSettings are put before every git command. They outrank the person's own settings, so that the same branch reads the same
// everywhere (git-config(1)).
var gitSettings = []string{
	"--no-pager",
	"-c", "core.quotepath=off",
	"-c", "core.fsmonitor=false", // it may name a program
	"-c", "diff.suppressBlankEmpty=false",
	"-c", "diff.renameLimit=2000",
}

// gitElsewhere names the variables by which git is told to look at another repository than the one the folder lies in, as it is
// inside a hook, and those that make it start or fetch something.
var gitElsewhere = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE",
	"GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_PAGER", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS",
	"GIT_ICASE_PATHSPECS",
}

// git returns git's answers about the repository that dir lies in.
func (w *world) git(dir string) *gitFolder {
	environ := slices.DeleteFunc(slices.Clone(w.environ), func(setting string) bool {
		name, _, _ := strings.Cut(setting, "=")
		return slices.ContainsFunc(gitElsewhere, func(other string) bool { return strings.EqualFold(name, other) })
	})
	return &gitFolder{dir: dir, environ: append(environ, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1")}
}

// A gitError is what git said when it could not answer.
type gitError struct {
	said string // the first line, without "fatal: "
	all  string
	err  error
}

func (e *gitError) Error() string { return e.said }
func (e *gitError) Unwrap() error { return e.err }

func (g *gitFolder) command(args ...string) *exec.Cmd {
	cmd := exec.Command("git", append(slices.Clone(gitSettings), args...)...)
	cmd.Dir = g.dir
	cmd.Env = g.environ
	return cmd
}

// ask returns what git answers.
func (g *gitFolder) ask(args ...string) ([]byte, error) {
	cmd := g.command(args...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return nil, gitSaid(said.String(), err)
	}
	return out.Bytes(), nil
}

// gitSaid turns what git wrote on standard error into an error.
func gitSaid(text string, err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return cannot("install git (https://git-scm.com), or name files instead of --diff", "git was not found on this machine")
	}
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	first = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(first), "fatal: "), "error: ")
	if first == "" {
		first = err.Error()
	}
	return &gitError{said: first, all: text, err: err}
}

// answeredNo reports whether git understood the question and its answer was no.
func answeredNo(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.ExitCode() == 1
}

// prefix returns the path from the top of git's working tree to the folder, slash-separated, with a slash at its end; empty at
// the top.
func (g *gitFolder) prefix() (string, error) {
	out, err := g.ask("rev-parse", "--show-prefix")
	var failed *gitError
	switch {
	case err == nil:
		return strings.TrimSuffix(string(out), "\n"), nil
	case errors.As(err, &failed) && strings.Contains(failed.all, "not a git repository"):
		return "", cannot("name files instead of --diff", "%s does not lie in a git repository", g.dir)
	case errors.As(err, &failed):
		return "", cannot("", "ask git about %s: %w", g.dir, err)
	}
	return "", err
}

// commit returns the full name of the commit that a revision stands for.
func (g *gitFolder) commit(revision string) (string, error) {
	if strings.HasPrefix(revision, "-") {
		return "", misuse("--diff takes BASE...HEAD, such as main...HEAD", "%q is no revision", revision)
	}
	out, err := g.ask("rev-parse", "--verify", "--quiet", revision+"^{commit}")
	if err == nil {
		return strings.TrimSpace(string(out)), nil
	}
	var failed *gitError
	if !errors.As(err, &failed) {
		return "", err
	}
	return "", misuse(g.otherCommits(revision), "git knows no commit named %q", revision)
}

// otherCommits is the hint for a revision that git does not know. In a shallow clone the name is most likely right, and what it names
// was left behind.
func (g *gitFolder) otherCommits(revision string) string {
	refs := g.refs()
	switch {
	case g.isShallow():
		return "this clone is shallow: " + unshallow
	case len(refs) == 0:
		return "nothing is committed here yet; tellwell review, without --diff, reads the pages as they are"
	}
	return didYouMean(revision, refs, "git branch --all lists what there is")
}

// unshallow is how a shallow clone gets the rest of its history.
const unshallow = "git fetch --unshallow, or in a workflow actions/checkout with fetch-depth: 0"

// isShallow reports whether the clone holds only the latest of its history.
func (g *gitFolder) isShallow() bool {
	shallow, err := g.ask("rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(shallow)) == "true"
}

// refs lists the branches and tags, for near names.
func (g *gitFolder) refs() []string {
	out, err := g.ask("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
	if err != nil {
		return nil
	}
	return strings.Fields(string(out))
}

// mergeBase returns the commit at which head left base.
func (g *gitFolder) mergeBase(base, head string) (string, error) {
	out, err := g.ask("merge-base", base, head)
	if err == nil {
		return strings.TrimSpace(string(out)), nil
	}
	if !answeredNo(err) {
		return "", cannot("", "find where the branch began: %w", err)
	}
	if g.isShallow() {
		return "", cannot(unshallow, "this clone is shallow and does not reach back to where the branch began")
	}
	return "", cannot("BASE..HEAD, with two dots, compares any two commits",
		"the two commits share no history, so there is no point at which the branch began")
}

// pagespecs are the paths that git is asked about: pages tellwell reads, wherever they lie, in any case.
func pagespecs() []string {
	var specs []string
	for _, ending := range review.Extensions {
		specs = append(specs, ":(icase)*"+ending)
	}
	return specs
}

// diff returns the differences in pages below the folder, with paths relative to it. Without head, the files on the disk are
// compared with base. Both are full names of commits.
func (g *gitFolder) diff(base, head string) ([]byte, error) {
	args := []string{
		"diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "-U3", "--inter-hunk-context=0", "--text",
		"--src-prefix=a/", "--dst-prefix=b/", "--relative", "--ignore-submodules=all", "--diff-algorithm=histogram", base,
	}
	if head != "" {
		args = append(args, head)
	}
	out, err := g.ask(append(append(args, "--"), pagespecs()...)...)
	var failed *gitError
	if errors.As(err, &failed) {
		return nil, cannot(failed.fetchHint(), "ask git what changed: %w", err)
	}
	return out, err
}

// fetchHint is the next step when git lacks what a partial clone left out.
func (e *gitError) fetchHint() string {
	if strings.Contains(e.all, "promisor") || strings.Contains(e.all, "unable to read") || strings.Contains(e.all, "lazy fetching") {
		return "this clone holds only part of the repository, and tellwell downloads nothing: git fetch --refetch --filter=blob:limit=10m"
	}
	return ""
}

// untracked lists the pages below the folder that git does not know yet and is not told to ignore.
func (g *gitFolder) untracked() ([]string, error) {
	out, err := g.ask(append([]string{"ls-files", "-z", "--others", "--exclude-standard", "--"}, pagespecs()...)...)
	if err != nil {
		return nil, cannot("", "ask git for new files: %w", err)
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 }), nil
}

// A blob is a file as a commit holds it.
type blob struct {
	text []byte
	err  error
}

// texts returns files as commit holds them, in the order asked for, from one run of git. The paths are relative to the top of
// the working tree.
func (g *gitFolder) texts(commit string, paths []string) ([]blob, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	blobs := make([]blob, len(paths))
	var questions strings.Builder
	var asked []int
	for i, path := range paths {
		if strings.ContainsAny(path, "\n\r") {
			blobs[i].err = errors.New("its name holds a line break, and git can't be asked for it; rename it")
			continue
		}
		asked = append(asked, i)
		fmt.Fprintf(&questions, "%s:%s\n", commit, path)
	}
	cmd := g.command("cat-file", "--batch")
	cmd.Stdin = strings.NewReader(questions.String())
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("read from git: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, gitSaid(said.String(), err)
	}
	answers := bufio.NewReader(out)
	for _, i := range asked {
		if blobs[i], err = nextBlob(answers); err != nil {
			break
		}
	}
	_, _ = io.Copy(io.Discard, answers) // so that git can end
	if ended := cmd.Wait(); ended != nil || err != nil {
		return nil, cannot("", "read the changed pages from git: %w", gitSaid(said.String(), errors.Join(err, ended)))
	}
	return blobs, nil
}

// nextBlob reads one answer of git cat-file --batch (git-cat-file(1), Batch output): a line "<name> <type> <size>", the bytes and
// a line end; or a line that ends in the reason why there are none.
func nextBlob(in *bufio.Reader) (blob, error) {
	line, err := in.ReadString('\n')
	if err != nil {
		return blob{}, fmt.Errorf("git's answer broke off: %w", err)
	}
	fields := strings.Fields(line)
	size := -1
	if len(fields) == 3 {
		if n, err := strconv.Atoi(fields[2]); err == nil {
			size = n
		}
	}
	if size < 0 {
		return blob{err: errors.New("git does not hold its text")}, nil
	}
	var b blob
	if fields[1] != "blob" || size > maxFile {
		b.err = errTooBig
		if fields[1] != "blob" {
			b.err = errors.New("it is not a file")
		}
		_, err = io.CopyN(io.Discard, in, int64(size))
	} else {
		b.text = make([]byte, size)
		_, err = io.ReadFull(in, b.text)
	}
	if err == nil {
		_, err = in.Discard(1)
	}
	if err != nil {
		return blob{}, fmt.Errorf("git's answer broke off: %w", err)
	}
	return b, nil
}
