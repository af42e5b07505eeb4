package main

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/example-org/tellwell/review"
)

// A span of history: what changed from base to head. Without a head, the files on the disk are the head.
type history struct {
	base, head string
	fromFork   bool // BASE...HEAD: from the commit at which head left base, as a pull request counts
}

// parseHistory reads BASE...HEAD, BASE..HEAD or BASE. As for git, a side left out is HEAD.
func parseHistory(written string) (history, error) {
	base, head, ranged := strings.Cut(written, "...")
	h := history{base: base, head: head, fromFork: ranged}
	if !ranged {
		h.base, h.head, ranged = strings.Cut(written, "..")
	}
	if strings.TrimSpace(written) == "" || h.base == "" && h.head == "" {
		return history{}, misuse("--diff takes BASE...HEAD, such as main...HEAD", "--diff names no revision")
	}
	if ranged {
		if h.base == "" {
			h.base = "HEAD"
		}
		if h.head == "" {
			h.head = "HEAD"
		}
	}
	return h, nil
}

// gatherChanges reads the pages that changed over a span of history, with the lines that did. Paths, when there are any, narrow
// that to what they name.
func (w *world) gatherChanges(r *repo, written string, paths []string) (*gathering, error) {
	h, err := parseHistory(written)
	if err != nil {
		return nil, err
	}
	git := w.git(r.root)
	prefix, err := git.prefix()
	if err != nil {
		return nil, err
	}
	base, head, err := git.resolve(h)
	if err != nil {
		return nil, err
	}
	patch, err := git.diff(base, head)
	if err != nil {
		return nil, err
	}
	files, problems := review.ParseDiff(patch)
	if head == "" {
		untracked, err := git.untracked()
		if err != nil {
			return nil, err
		}
		for _, name := range untracked {
			files = append(files, review.FileChange{Path: name, New: true, Change: review.Change{New: true}})
		}
	}
	g := &gathering{repo: r, problems: problems, met: map[string]bool{}}
	for _, p := range paths {
		if !w.isFile(p) && !slices.ContainsFunc(files, func(file review.FileChange) bool { return w.names(r, []string{p}, file.Path) }) {
			g.problem(w.abs(p), git.noSuchChange(p, h))
		}
	}
	var wanted []review.FileChange
	for _, file := range files {
		if g.wants(w, file, paths) {
			wanted = append(wanted, file)
		}
	}
	if head == "" {
		g.changedOnDisk(wanted, len(paths) > 0)
		return g, nil
	}
	return g, g.changedIn(git, head, prefix, wanted, len(paths) > 0)
}

// noSuchChange says of a path of the command line that it is neither on the disk nor among what changed. Where it is a revision, two
// of them were most likely meant.
func (g *gitFolder) noSuchChange(path string, h history) string {
	if hasGlob(path) {
		return "no changed page matches this pattern; put it in quotation marks, or name a folder"
	}
	if _, err := g.commit(path); err == nil && h.head == "" {
		return "no such file or folder; --diff " + h.base + "..." + path + " compares two revisions"
	}
	return "no such file or folder, and nothing of that name changed; check how it is spelt"
}

// resolve returns the full names of the commits to compare; head is empty for the files on the disk.
func (g *gitFolder) resolve(h history) (base, head string, err error) {
	if base, err = g.commit(h.base); err != nil || h.head == "" {
		return base, "", err
	}
	if head, err = g.commit(h.head); err != nil || !h.fromFork {
		return base, head, err
	}
	base, err = g.mergeBase(base, head)
	return base, head, err
}

// wants reports whether a changed file is a page to judge: it still is there, something was written in it, and it lies where
// tellwell looks.
func (g *gathering) wants(w *world, file review.FileChange, paths []string) bool {
	switch {
	case file.Deleted || g.met[file.Path] || !isPage(file.Path) || g.repo.inPrimer(file.Path):
		return false
	case !file.New && len(file.Change.Added) == 0:
		return false // only taken away from, or moved as it is
	case len(paths) > 0:
		if !w.names(g.repo, paths, file.Path) {
			return false
		}
	case passesBy(file.Path, "") || !g.repo.isContent(file.Path):
		return false
	}
	g.met[file.Path] = true
	return true
}

// names reports whether one of the paths of the command line is, holds or matches a file of the repository.
func (w *world) names(r *repo, paths []string, slash string) bool {
	for _, p := range paths {
		if named := r.slash(w.abs(p)); named == "." || named == slash || strings.HasPrefix(slash, named+"/") {
			return true
		}
		if !hasGlob(p) {
			continue
		}
		base, pattern := doublestar.SplitPattern(filepath.ToSlash(p))
		inside := slash
		if folder := r.slash(w.abs(filepath.FromSlash(base))); folder != "." {
			var ok bool
			if inside, ok = strings.CutPrefix(slash, folder+"/"); !ok {
				continue
			}
		}
		for ; inside != "."; inside = path.Dir(inside) { // a pattern that matches a folder names what is in it
			if ok, err := doublestar.Match(pattern, inside); err == nil && ok {
				return true
			}
		}
	}
	return false
}

// changedOnDisk reads changed pages from the working tree.
func (g *gathering) changedOnDisk(files []review.FileChange, named bool) {
	for _, file := range files {
		abs := filepath.Join(g.repo.root, filepath.FromSlash(file.Path))
		text, err := readCapped(abs)
		if err != nil {
			g.problem(abs, unread(err))
			continue
		}
		g.changed(file, text, named)
	}
}

// changedIn reads changed pages from the commit head, all in one run of git.
func (g *gathering) changedIn(git *gitFolder, head, prefix string, files []review.FileChange, named bool) error {
	var paths []string
	for _, file := range files {
		paths = append(paths, prefix+file.Path)
	}
	texts, err := git.texts(head, paths)
	if err != nil {
		return err
	}
	for i, file := range files {
		if texts[i].err != nil {
			g.problems = append(g.problems, review.Problem{Path: file.Path, Message: unread(texts[i].err)})
			continue
		}
		g.changed(file, texts[i].text, named)
	}
	return nil
}

func (g *gathering) changed(file review.FileChange, text []byte, named bool) {
	source := g.repo.source(file.Path, text, named)
	source.Change = &file.Change
	g.sources = append(g.sources, source)
}
