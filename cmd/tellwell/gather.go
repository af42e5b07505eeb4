package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/example-org/tellwell/review"
)

// isPage reports whether a file's name is that of a page tellwell reads.
func isPage(name string) bool {
	return slices.Contains(review.Extensions, strings.ToLower(path.Ext(name)))
}

// isPassedBy reports whether a folder is passed by when the folder above it is walked: it is hidden, or holds other people's
// files. Named on the command line, it is read.
func isPassedBy(folder string) bool {
	return strings.HasPrefix(folder, ".") && folder != "." && folder != ".." || folder == "node_modules" || folder == "vendor"
}

// stdinPath is the name of a page read from standard input that was given none.
const stdinPath = "stdin.md"

// A gathering is the pages of a review as they are found on the disk. What can't be read is a problem, and the rest goes on.
type gathering struct {
	repo     *repo
	sources  []review.Source
	problems []review.Problem
	met      map[string]bool // by path, so that a page named twice is read once
	others   []string        // other repositories that were walked past
}

// gather reads the pages that paths name: files, folders, globs, and "-" for standard input, which is called stdinName. Without
// paths it reads the repository's content.
func (w *world) gather(r *repo, paths []string, stdinName string) (*gathering, error) {
	g := &gathering{repo: r, met: map[string]bool{}}
	if len(paths) == 0 {
		g.folder(r.root, false)
		return g, nil
	}
	for _, p := range paths {
		if p == "-" {
			g.stdin(w, stdinName)
			continue
		}
		abs := w.abs(p)
		_, err := os.Stat(abs)
		switch {
		case err == nil:
			g.named(abs)
		case hasGlob(p):
			if err := g.glob(w, p); err != nil {
				return nil, err
			}
		case errors.Is(err, fs.ErrNotExist):
			g.problem(abs, missing(abs))
		default:
			g.problem(abs, unread(err))
		}
	}
	return g, nil
}

// named gathers a file or folder that a person asked for.
func (g *gathering) named(abs string) {
	if info, err := os.Stat(abs); err == nil && info.IsDir() {
		g.folder(abs, true)
		return
	}
	g.page(abs, true)
}

// glob gathers what a pattern matches, as a shell would have expanded it; not every shell does.
func (g *gathering) glob(w *world, pattern string) error {
	base, rest := doublestar.SplitPattern(filepath.ToSlash(pattern))
	folder := w.abs(filepath.FromSlash(base))
	matches, err := doublestar.Glob(os.DirFS(folder), rest, doublestar.WithNoFollow(), doublestar.WithNoHidden())
	if err != nil {
		return misuse("put quotation marks around a pattern, or name the file", "%q is no pattern: %w", pattern, err)
	}
	slices.Sort(matches)
	found := false
	for _, match := range matches {
		if passesBy(match, rest) {
			continue
		}
		found = true
		g.named(filepath.Join(folder, filepath.FromSlash(match)))
	}
	if !found {
		g.problems = append(g.problems, review.Problem{
			Path: filepath.ToSlash(pattern), Message: "no file matches this pattern; name a folder to read all that is in it",
		})
	}
	return nil
}

// passesBy reports whether match lies in a folder that is passed by, unless pattern spells that folder out.
func passesBy(match, pattern string) bool {
	asked := strings.Split(pattern, "/")
	for _, folder := range strings.Split(path.Dir(match), "/") {
		if isPassedBy(folder) && !slices.Contains(asked, folder) {
			return true
		}
	}
	return false
}

// folder gathers the pages in a folder and below, in the order of their names. Links to elsewhere are not followed, and other
// repositories inside this one are left to their own review.
func (g *gathering) folder(abs string, named bool) {
	entries, err := os.ReadDir(abs)
	if err != nil {
		g.problem(abs, unread(err))
	}
	for _, entry := range entries {
		child := filepath.Join(abs, entry.Name())
		switch {
		case entry.IsDir():
			switch {
			case isPassedBy(entry.Name()) || g.repo.inPrimer(g.repo.slash(child)):
			case isRepository(child):
				g.others = append(g.others, child)
			default:
				g.folder(child, named)
			}
		case entry.Type().IsRegular() && isPage(entry.Name()):
			g.page(child, named && !review.IsData(child)) // a folder of pages may hold data that is nobody's copy
		}
	}
}

// page gathers one file.
func (g *gathering) page(abs string, named bool) {
	slash := g.repo.slash(abs)
	if g.met[slash] {
		return
	}
	g.met[slash] = true
	if !isPage(slash) {
		g.sources = append(g.sources, g.repo.source(slash, nil, named)) // it is set aside by its name
		return
	}
	if !named && !g.repo.isContent(slash) {
		return
	}
	text, err := readCapped(abs)
	if err != nil {
		g.problem(abs, unread(err))
		return
	}
	g.sources = append(g.sources, g.repo.source(slash, text, named))
}

// stdin gathers the page on standard input.
func (g *gathering) stdin(w *world, name string) {
	if name == "" {
		name = stdinPath
	}
	abs := w.abs(filepath.FromSlash(name))
	slash := g.repo.slash(abs)
	if g.met[slash] {
		return
	}
	g.met[slash] = true
	text, err := readAllCapped(w.stdin)
	if err != nil {
		g.problem(abs, "standard input: "+unread(err))
		return
	}
	g.sources = append(g.sources, g.repo.source(slash, text, true))
}

func (g *gathering) problem(abs, message string) {
	g.problems = append(g.problems, review.Problem{Path: g.repo.slash(abs), Message: message})
}

// source returns a page for the review, or the reason why it is set aside.
func (r *repo) source(slash string, text []byte, named bool) review.Source {
	return review.Source{Path: slash, Text: text, Aside: review.Aside(r.config, slash, text, named)}
}

// isContent reports whether a file that nobody named lies where the repository keeps its content.
func (r *repo) isContent(slash string) bool { return review.IsContent(r.config, slash) }

// hasGlob reports whether a path of the command line holds a pattern.
func hasGlob(path string) bool { return strings.ContainsAny(path, "*?[{") }

// fixedPart returns what a path of the command line names before its first pattern, so that its repository can be found.
func (w *world) fixedPart(path string) string {
	if _, err := os.Stat(w.abs(path)); err == nil || !hasGlob(path) {
		return path
	}
	base, _ := doublestar.SplitPattern(filepath.ToSlash(path))
	return filepath.FromSlash(base)
}

// missing says of a path that nothing is there, with the nearest names of what is.
func missing(abs string) string {
	if to, err := os.Readlink(abs); err == nil {
		return "a link to " + filepath.ToSlash(to) + ", where there is nothing; name the page itself"
	}
	said := "no such file or folder"
	folder, name := filepath.Dir(abs), filepath.Base(abs)
	for folder != filepath.Dir(folder) && !isFolder(folder) { // the slip is in the name of a folder above
		folder, name = filepath.Dir(folder), filepath.Base(folder)
		said = "there is no folder " + name
	}
	var names []string
	entries, _ := os.ReadDir(folder) // without names there is nothing near
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return said + "; " + didYouMean(name, names, "check how it is spelt")
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// unread says why a page or a folder was not read, and what to do about it.
func unread(err error) string {
	err = bare(err)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "you have no permission to read it; ask whoever owns it, or leave it out with content.exclude"
	case errors.Is(err, fs.ErrNotExist):
		return "it was gone when it was to be read; run the review again"
	case errors.Is(err, errTooBig):
		return err.Error()
	}
	said := err.Error()
	if !strings.Contains(said, "; ") {
		said += "; it was left out, and the rest was read"
	}
	return said
}
