package githubtest

import (
	"strconv"
	"strings"
)

// diffLimits are where GitHub stops showing patches.
type diffLimits struct {
	files     int // files of a pull request that can be listed
	fileLines int // lines of one file's patch
	fileBytes int // bytes of one file's patch
	pageLines int // lines of all patches on one page of files, after which rows come without
	wholeDiff int // files of the whole diff as text
}

// documentedDiffLimits are the documented ones; pageLines is what users report (https://github.com/orgs/community/discussions/213491).
var documentedDiffLimits = diffLimits{files: 3000, fileLines: 20_000, fileBytes: 500 << 10, pageLines: 20_000, wholeDiff: 300}

// SmallPatches lowers the limits of patches to fileLines for one file and pageLines for a page of files, so that a test need not write
// 20,000 lines to meet them.
func SmallPatches(fileLines, pageLines int) Option {
	return func(s *Server) { s.limits.fileLines, s.limits.pageLines = fileLines, pageLines }
}

// A diff is what git says changed between two commits, renames found.
type diff struct {
	files  []*fileDiff
	byPath map[string]*fileDiff
}

// A fileDiff is one file of a diff.
type fileDiff struct {
	status             string // as REST has it: added, removed, modified, renamed
	path, old          string
	oid                string // at the head; of what was there before when it is removed
	additions, removed int
	patch              string // from the first hunk on
	lines              int    // of the patch
	hunks              []hunk
}

type hunk struct {
	header           string
	oldFirst, oldLen int
	lines            []diffLine
	text             []string
}

// A diffLine is a line of a hunk with its numbers on both sides, 0 on the side where it is not.
type diffLine struct {
	kind     byte // ' ', '+' or '-'
	old, new int
}

func (r *Repo) diff(from, to string) *diff {
	key := from + ".." + to
	if d, ok := r.diffs[key]; ok {
		return d
	}
	d := &diff{byPath: map[string]*fileDiff{}}
	list, text, _ := strings.Cut(r.git("diff", "--raw", "-p", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "-M", "-l0", from, to), "\x00\x00")
	fields := strings.Split(list, "\x00")
	for i := 0; i < len(fields) && strings.HasPrefix(fields[i], ":"); {
		f := strings.Fields(fields[i])
		file := &fileDiff{oid: f[3], path: fields[i+1]}
		i += 2
		switch f[4][0] {
		case 'A':
			file.status = "added"
		case 'D':
			file.status, file.oid = "removed", f[2]
		case 'R':
			file.status, file.old, file.path = "renamed", file.path, fields[i]
			i++
		default:
			file.status = "modified"
		}
		d.files = append(d.files, file)
		d.byPath[file.path] = file
	}
	// The files come in the same order as text; a line of a file's own never begins at the margin with "diff".
	texts := strings.Split("\n"+text, "\ndiff --git ")[1:]
	for i, text := range texts {
		d.files[i].read(text)
	}
	r.diffs[key] = d
	return d
}

// read takes a file's hunks from git's text.
func (f *fileDiff) read(text string) {
	at := strings.Index(text, "\n@@ ")
	if at < 0 {
		return // binary, or renamed and nothing else
	}
	f.patch = strings.TrimSuffix(text[at+1:], "\n")
	old, new := 0, 0
	for _, line := range strings.Split(f.patch, "\n") {
		f.lines++
		if strings.HasPrefix(line, "@@ ") {
			h := hunk{header: line}
			f1 := strings.Fields(line)
			h.oldFirst, h.oldLen = span(f1[1])
			new, _ = span(f1[2])
			old = h.oldFirst
			f.hunks = append(f.hunks, h)
			continue
		}
		h := &f.hunks[len(f.hunks)-1]
		h.text = append(h.text, line)
		switch {
		case strings.HasPrefix(line, "+"):
			h.lines = append(h.lines, diffLine{'+', 0, new})
			f.additions++
			new++
		case strings.HasPrefix(line, "-"):
			h.lines = append(h.lines, diffLine{'-', old, 0})
			f.removed++
			old++
		case strings.HasPrefix(line, `\`):
			h.lines = append(h.lines, diffLine{'\\', 0, 0})
		default:
			h.lines = append(h.lines, diffLine{' ', old, new})
			old++
			new++
		}
	}
}

// span reads "-12,3" and "+12".
func span(s string) (first, length int) {
	a, b, ok := strings.Cut(s[1:], ",")
	first, _ = strconv.Atoi(a)
	length = 1
	if ok {
		length, _ = strconv.Atoi(b)
	}
	return first, length
}

// hunkOf returns which hunk holds a line of a side, and the index of the line in it.
func (f *fileDiff) hunkOf(side string, line int) (hunk, at int, ok bool) {
	if line <= 0 {
		return 0, 0, false
	}
	for i, h := range f.hunks {
		for j, l := range h.lines {
			if side == "LEFT" && l.old == line || side != "LEFT" && l.new == line {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// excerpt is the diff_hunk of a comment: its hunk down to its line.
func (f *fileDiff) excerpt(side string, line int) string {
	i, j, ok := f.hunkOf(side, line)
	if !ok {
		return ""
	}
	return f.hunks[i].header + "\n" + strings.Join(f.hunks[i].text[:j+1], "\n")
}

// position is the number of lines below the first hunk's header, which REST still tells.
func (f *fileDiff) position(side string, line int) int {
	i, j, ok := f.hunkOf(side, line)
	if !ok {
		return 0
	}
	n := j + 1
	for _, h := range f.hunks[:i] {
		n += len(h.lines) + 1
	}
	return n
}

// moved returns where a line of the older text stands in the newer one, and false when it was changed.
func (d *diff) moved(path string, line int) (int, bool) {
	f, ok := d.byPath[path]
	if !ok {
		for _, other := range d.files {
			if other.old == path {
				return 0, false // renamed away
			}
		}
		return line, true
	}
	if f.status != "modified" {
		return 0, false
	}
	by := 0
	for _, h := range f.hunks {
		if line < h.oldFirst || h.oldLen == 0 && line == h.oldFirst {
			break
		}
		for _, l := range h.lines {
			switch {
			case l.kind == ' ' && l.old == line:
				return l.new, true
			case l.kind == '-' && l.old == line:
				return 0, false
			case l.kind == '+':
				by++
			case l.kind == '-':
				by--
			}
		}
	}
	return line + by, true
}
