package github

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A checkout is a folder that holds the files of a commit.
type checkout struct{ root *os.Root }

// openCheckout opens a folder whose HEAD is the commit. Any other is of no use: actions/checkout gives a merge commit, or the base.
func openCheckout(folder, commit string) (*checkout, error) {
	at, err := HeadOf(folder)
	switch {
	case err != nil:
		return nil, err
	case at != commit:
		return nil, fmt.Errorf("the checkout stands at %.7s, and the pull request's head is %.7s", at, commit)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	return &checkout{root}, nil
}

func (c *checkout) close() { c.root.Close() }

// read returns a file that is byte for byte the blob that the commit holds. A file that an earlier step has edited, whose line ends were
// changed at checkout, or that is a link is none.
func (c *checkout) read(path, blob string) ([]byte, bool) {
	name := filepath.FromSlash(path)
	info, err := c.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostText {
		return nil, false
	}
	f, err := c.root.Open(name)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostText+1))
	if err != nil || !isBlob(data, blob) {
		return nil, false
	}
	return data, true
}

// isBlob reports whether git names a text by this hash.
func isBlob(data []byte, hash string) bool {
	head := fmt.Appendf(nil, "blob %d\x00", len(data))
	switch len(hash) {
	case 2 * sha1.Size:
		sum := sha1.Sum(append(head, data...))
		return hex.EncodeToString(sum[:]) == hash
	case 2 * sha256.Size:
		sum := sha256.Sum256(append(head, data...))
		return hex.EncodeToString(sum[:]) == hash
	}
	return false
}

var commitName = regexp.MustCompile(`^([0-9a-f]{40}|[0-9a-f]{64})$`)

// HeadOf returns the commit that a checkout stands at, read from the folder's .git without git.
func HeadOf(folder string) (string, error) {
	git := filepath.Join(folder, ".git")
	if data, err := readSmall(git); err == nil { // of a worktree or a submodule: "gitdir: FOLDER"
		to, ok := strings.CutPrefix(data, "gitdir: ")
		if !ok {
			return "", fmt.Errorf("%s does not say where its git folder is", git)
		}
		git = beside(folder, to)
	}
	common := git // where a worktree's branches are
	if data, err := readSmall(filepath.Join(git, "commondir")); err == nil {
		common = beside(git, data)
	}
	name := "HEAD"
	for range 5 {
		value, err := refIn(git, common, name)
		if err != nil {
			return "", fmt.Errorf("read the checkout's commit: %w", err)
		}
		if commitName.MatchString(value) {
			return value, nil
		}
		to, ok := strings.CutPrefix(value, "ref: ")
		if !ok || !strings.HasPrefix(to, "refs/") || strings.Contains(to, "..") {
			return "", fmt.Errorf("read the checkout's commit: %s holds no commit", name)
		}
		name = to
	}
	return "", errors.New("read the checkout's commit: its branches refer to each other")
}

// refIn returns what a ref holds: in a file of its own, or in packed-refs.
func refIn(git, common, name string) (string, error) {
	for _, folder := range []string{git, common} {
		if data, err := readSmall(filepath.Join(folder, filepath.FromSlash(name))); err == nil {
			return data, nil
		}
	}
	data, err := os.ReadFile(filepath.Join(common, "packed-refs"))
	if err != nil {
		return "", fmt.Errorf("there is no %s", name)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		if commit, ref, ok := strings.Cut(lines.Text(), " "); ok && ref == name {
			return commit, nil
		}
	}
	return "", fmt.Errorf("there is no %s", name)
}

// readSmall reads a file of one line.
func readSmall(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, 4096))
	return strings.TrimSpace(string(data)), err
}

func beside(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}
