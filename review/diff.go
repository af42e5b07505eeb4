package review

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A FileChange is what a diff says of one file.
type FileChange struct {
	Path       string // as it is now; of a deleted file, as it was
	OldPath    string // as it was; the same as Path when it did not move, and empty when the file is new
	New        bool
	Deleted    bool
	Renamed    bool
	Binary     bool
	Similarity int // of a renamed or copied file, in hundredths; 0 when the diff does not say
	Change     Change
}

// DiffPath stands for the diff itself in problems; their lines are the diff's.
const DiffPath = "diff"

// ParseDiff reads a diff as git writes it (git diff, git show, git format-patch): the files in order, with the lines that were added
// to each. What it can't read it tells as problems, with lines of the diff, and keeps what it could: a diff that breaks off yields
// the lines up to there. It is small and our own because the libraries turn away the whole of a file whose last lines are missing.
func ParseDiff(diff []byte) ([]FileChange, []Problem) {
	d := &diffReader{rest: bytes.TrimPrefix(diff, []byte("\xef\xbb\xbf"))}
	if bytes.HasPrefix(diff, []byte("\xff\xfe")) || bytes.HasPrefix(diff, []byte("\xfe\xff")) {
		d.line = 1
		d.problem("this diff is UTF-16, as PowerShell saves what it is piped; make it with: git diff --output=FILE BASE...HEAD")
		return nil, d.problems
	}
	for d.next() {
		d.read()
	}
	d.close()
	if len(d.files) == 0 && len(d.problems) == 0 && len(bytes.TrimSpace(diff)) > 0 {
		d.line = 1
		d.problem("this is not a diff that git writes; make one with: git diff BASE...HEAD")
	}
	return d.files, d.problems
}

// A diffReader reads a diff line by line.
type diffReader struct {
	rest []byte
	text string // the line at hand, without its end
	line int    // its number

	files    []FileChange
	problems []Problem
	open     bool // the last of files may still grow
	said     bool // it was said what changed in it
	bare     bool // its paths have no a/ and b/ before them
	skip     bool // in a combined diff, until the next file
	strayed  bool // a line outside any hunk was told

	hunk     bool // in a hunk, with
	old, new int  // this many lines left on each side,
	at       int  // and this the number of the next new line
}

// next steps to the next line.
func (d *diffReader) next() bool {
	if len(d.rest) == 0 {
		return false
	}
	line, rest, _ := bytes.Cut(d.rest, []byte("\n"))
	d.rest, d.line = rest, d.line+1
	d.text = string(bytes.TrimSuffix(line, []byte("\r")))
	return true
}

// read reads the line at hand.
func (d *diffReader) read() {
	if d.hunk && d.inHunk() {
		return
	}
	text := d.text
	switch {
	case strings.HasPrefix(text, "diff --git "):
		d.close()
		d.begin(strings.TrimPrefix(text, "diff --git "))
	case strings.HasPrefix(text, "diff --cc "), strings.HasPrefix(text, "diff --combined "):
		d.close()
		d.skip = true
		d.problem("this is the combined diff of a merge, which doesn't say what the branch changed; make one with: git diff BASE...HEAD")
	case strings.HasPrefix(text, "\x1b["):
		if !d.strayed {
			d.problem("this diff is coloured for a terminal; make one with: git diff --no-color BASE...HEAD")
		}
		d.strayed, d.skip = true, true
	case d.skip:
	case strings.HasPrefix(text, "--- ") && d.beginsFile():
		if !d.open || d.at > 0 {
			d.close()
			d.files, d.open, d.bare = append(d.files, FileChange{}), true, false
		}
		d.oldName(text[len("--- "):])
	case !d.open:
		// What stands before the first file is a message or a summary.
	case strings.HasPrefix(text, "+++ "):
		d.newName(text[len("+++ "):])
	case strings.HasPrefix(text, "@@ "):
		d.beginHunk()
	case strings.HasPrefix(text, "+"), strings.HasPrefix(text, "@@@"):
		d.said = true
		if !d.strayed {
			d.problem("a changed line stands outside any hunk here, and is not counted; make the diff anew with: git diff BASE...HEAD")
		}
		d.strayed = true
	default:
		d.header()
	}
}

// begin begins a file with the two names of its first line, which are its only ones when nothing but its mode changed.
func (d *diffReader) begin(names string) {
	old, new, ok := twoNames(names)
	d.files, d.open, d.bare = append(d.files, FileChange{}), true, ok && old == new
	if ok {
		d.file().OldPath, d.file().Path = d.plain(old), d.plain(new)
	}
}

func (d *diffReader) file() *FileChange { return &d.files[len(d.files)-1] }

// close ends the file at hand.
func (d *diffReader) close() {
	if d.hunk {
		d.broken("the diff ends in the middle of a hunk of %s; the lines up to here are judged, so make the diff anew to judge the rest")
	}
	if d.open {
		f := d.file()
		if !d.said && len(d.rest) == 0 { // elsewhere git leaves out what it was told to leave out, such as white space
			d.broken("the diff breaks off before it says what changed in %s; make the diff anew with: git diff BASE...HEAD")
		}
		f.Change.Moved = f.Renamed && len(f.Change.Added) == 0
		f.Change.New = f.New
		switch {
		case f.New:
			f.OldPath = ""
		case f.Deleted:
			f.Path, f.Change.Added = f.OldPath, nil
		}
		if f.Path == "" {
			d.problem("a file's name can't be read here; make the diff anew with: git diff BASE...HEAD")
			d.files = d.files[:len(d.files)-1]
		}
	}
	d.open, d.said, d.skip, d.strayed, d.at = false, false, false, false, 0
}

// header reads a line between a file's first line and its hunks. Lines that say nothing of use are passed over.
func (d *diffReader) header() {
	f := d.file()
	key, value := headerLine(d.text)
	d.said = d.said || key != ""
	switch key {
	case "new file mode":
		f.New = true
	case "deleted file mode":
		f.Deleted = true
	case "rename from":
		f.Renamed, f.OldPath = true, unquote(value)
	case "rename to":
		f.Renamed, f.Path = true, unquote(value)
	case "copy from":
		f.OldPath = unquote(value)
	case "copy to":
		f.Path = unquote(value)
	case "similarity index":
		f.Similarity, _ = strconv.Atoi(strings.TrimSuffix(value, "%"))
		f.Similarity = max(0, min(100, f.Similarity))
	case "Binary files", "GIT binary patch":
		f.Binary = true
	}
}

var headerKeys = []string{
	"old mode", "new mode", "new file mode", "deleted file mode", "rename from", "rename to", "copy from", "copy to", "similarity index", "Binary files",
	"GIT binary patch",
}

func headerLine(text string) (key, value string) {
	for _, key := range headerKeys {
		if value, ok := strings.CutPrefix(text, key); ok && (value == "" || value[0] == ' ') {
			return key, strings.TrimPrefix(value, " ")
		}
	}
	return "", ""
}

// beginsFile reports whether the line after this one is a new name, as it is wherever a file's names stand.
func (d *diffReader) beginsFile() bool { return bytes.HasPrefix(d.rest, []byte("+++ ")) }

func (d *diffReader) oldName(name string) {
	if name = unquote(cutTab(name)); name == "/dev/null" {
		d.file().New = true
		return
	}
	if d.file().OldPath == "" {
		d.file().OldPath = d.plain(name)
	}
}

func (d *diffReader) newName(name string) {
	if name = unquote(cutTab(name)); name == "/dev/null" {
		d.file().Deleted = true
		return
	}
	if d.file().Path == "" {
		d.file().Path = d.plain(name)
	}
}

// plain takes the a/ or b/ off a name. Git also writes i/, w/, c/ and o/ there when it is set to tell the sides apart.
func (d *diffReader) plain(name string) string {
	if !d.bare && len(name) > 2 && name[1] == '/' && strings.ContainsRune("abciwo", rune(name[0])) {
		return name[2:]
	}
	return name
}

var hunkLine = regexp.MustCompile(`^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@`)

func (d *diffReader) beginHunk() {
	d.said = true
	m := hunkLine.FindStringSubmatch(d.text)
	if m == nil {
		d.broken("the head of a hunk of %s can't be read, and its lines are not counted; make the diff anew with: git diff BASE...HEAD")
		d.strayed = true
		return
	}
	number := func(text string) int {
		if text == "" {
			return 1 // git leaves out a count of one
		}
		n, _ := strconv.Atoi(text)
		return n
	}
	d.old, d.at, d.new = number(m[2]), max(1, number(m[3])), number(m[4])
	d.hunk, d.strayed = d.old > 0 || d.new > 0, false
	if a := d.file().Change.Added; d.new > 0 && len(a) > 0 && d.at <= a[len(a)-1].Last {
		d.strayed = true
		d.broken("a hunk of %s begins before the one above it ends, and its lines are not counted; make the diff anew with: git diff BASE...HEAD")
	}
}

// inHunk reads the line at hand as part of a hunk, and reports whether it is one.
func (d *diffReader) inHunk() bool {
	mark := byte(' ') // some tools drop the space of an empty line
	if d.text != "" {
		mark = d.text[0]
	}
	switch mark {
	case ' ':
		d.old, d.new, d.at = d.old-1, d.new-1, d.at+1
	case '-':
		d.old--
	case '+':
		d.add(d.at)
		d.new, d.at = d.new-1, d.at+1
	case '\\': // no end of line at the end of the file
	default:
		d.broken("a hunk of %s breaks off before this line; the lines up to here are judged, so make the diff anew to judge the rest")
		return false
	}
	switch {
	case d.old < 0 || d.new < 0:
		d.strayed = true // what follows strays for the same reason
		d.broken("a hunk of %s has other lines than its head says; the lines may be off by a few, so make the diff anew")
	case d.old == 0 && d.new == 0:
		d.hunk = false
	}
	return true
}

// add counts a new line as added.
func (d *diffReader) add(line int) {
	added := &d.file().Change.Added
	if n := len(*added); n > 0 && (*added)[n-1].Last == line-1 {
		(*added)[n-1].Last = line
		return
	}
	*added = append(*added, LineRange{line, line})
}

// broken ends a hunk that can't be read, and tells of it; format names the file.
func (d *diffReader) broken(format string) {
	name := cmp.Or(d.file().Path, d.file().OldPath, "a file without a name")
	d.hunk = false
	d.problem("%s", strings.Replace(format, "%s", name, 1))
}

func (d *diffReader) problem(format string, args ...any) {
	d.problems = append(d.problems, Problem{Path: DiffPath, Line: d.line, Message: fmt.Sprintf(format, args...)})
}

// twoNames splits the two names of a file's first line. Git quotes a name with odd letters and not one with spaces, so two unquoted
// names are only told apart by being the same but for their beginnings; that fails for renamed files, whose names come again.
func twoNames(names string) (old, new string, ok bool) {
	if strings.HasPrefix(names, `"`) {
		quoted, err := strconv.QuotedPrefix(names)
		if err != nil || !strings.HasPrefix(names[len(quoted):], " ") {
			return "", "", false
		}
		return unquote(quoted), unquote(names[len(quoted)+1:]), true
	}
	if at := strings.Index(names, ` "`); at > 0 && strings.HasSuffix(names, `"`) {
		return names[:at], unquote(names[at+1:]), true
	}
	if len(names)%2 == 0 {
		return "", "", false
	}
	old, new = names[:len(names)/2], names[len(names)/2+1:]
	if names[len(names)/2] != ' ' {
		return "", "", false
	}
	if _, a, _ := strings.Cut(old, "/"); old != new {
		if _, b, _ := strings.Cut(new, "/"); a != b {
			return "", "", false
		}
	}
	return old, new, true
}

// unquote decodes a name as git quotes it, which is how C and Go do: "caf\303\251.md".
func unquote(name string) string {
	if plain, err := strconv.Unquote(name); err == nil && strings.HasPrefix(name, `"`) {
		return plain
	}
	return name
}

// cutTab drops what diff writes after a name: a tab when the name has spaces, or a tab and a date.
func cutTab(name string) string {
	name, _, _ = strings.Cut(name, "\t")
	return name
}
