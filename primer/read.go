package primer

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Read reads every Markdown page (.md, .markdown) below root within fsys, leaving out folders whose name begins with a dot. It
// never fails outright: what could not be read or understood is among the problems, and the rest is indexed all the same. Where
// there is no root at all, the index is empty and the one problem says so; a caller that was not asked for a primer may leave that
// untold. Paths are as fsys has them, so that they can be joined to the address of the repository.
func Read(fsys fs.FS, root string) (*Index, []Problem) {
	root = clean(root)
	pages := map[string][]byte{}
	var problems []Problem
	err := fs.WalkDir(fsys, root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == root && errors.Is(err, fs.ErrNotExist):
			problems = append(problems, Problem{Path: root,
				Message: "there is no primer here; make the folder, or say where it is under primers: path in the configuration"})
			return fs.SkipAll
		case err != nil:
			problems = append(problems, unreadable(name, err))
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			if name != root && strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		case !IsPage(name):
			return nil
		}
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, unreadable(name, err))
			return nil
		}
		pages[name] = src
		return nil
	})
	if err != nil {
		problems = append(problems, unreadable(root, err))
	}
	if len(pages) == 0 && len(problems) == 0 {
		problems = append(problems, Problem{Path: root,
			Message: "there are no Markdown pages here; write a first one about a customer, or say where the primer is under primers: path in the configuration"})
	}
	index, more := New(pages)
	return index, append(problems, more...)
}

// New indexes pages that were read already, by their paths. Pages come out in order of path, problems in order of path and line.
func New(pages map[string][]byte) (*Index, []Problem) {
	index := &Index{}
	var problems []Problem
	for _, name := range sortedKeys(pages) {
		page, told := readPage(name, pages[name])
		index.Pages = append(index.Pages, page)
		problems = append(problems, byLine(told)...)
	}
	index.build()
	return index, problems
}

// build makes the searches: one over sections (page title, heading, body), one over pages.
func (x *Index) build() {
	x.named = map[string]int{}
	var sections, pages [][]string
	for i, page := range x.Pages {
		page.route = newRoute(page, i)
		for _, p := range page.route.phrases {
			x.named[strings.Join(p, " ")]++
		}
		title := contentStems(page.Title)
		words := slices.Concat(title, contentStems(page.intro))
		for _, s := range page.Sections {
			s.place = len(x.sections)
			x.sections = append(x.sections, s)
			own := slices.Concat(contentStems(s.Heading), contentStems(s.Text))
			sections = append(sections, slices.Concat(title, own))
			words = append(words, own...)
		}
		pages = append(pages, words)
	}
	x.bySection, x.byPage = newSearch(sections), newSearch(pages)
}

func byLine(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return problems
}

func clean(root string) string {
	root = path.Clean(strings.Trim(strings.ReplaceAll(root, `\`, "/"), "/"))
	if root == "" {
		return "."
	}
	return root
}

// IsPage reports whether a file's name is that of a primer page: Markdown.
func IsPage(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

func unreadable(name string, err error) Problem {
	var why *fs.PathError
	if errors.As(err, &why) {
		err = why.Err
	}
	return Problem{Path: name, Message: fmt.Sprintf("could not be read (%v); the rest of the primer was", err)}
}
