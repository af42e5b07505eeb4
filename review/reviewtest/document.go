package reviewtest

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/example-org/tellwell/review"
)

// The headings of a check's documentation, in order.
const (
	whyItMatters = "Why it matters"
	fallsShort   = "A page that falls short"
	mended       = "The same page, mended"
	waveThrough  = "When to wave it through"
	whatMeasured = "What was measured"
)

var headings = []string{whyItMatters, fallsShort, mended, waveThrough, whatMeasured}

// documented returns what is wrong with a check's documentation: a heading that is missing or out of order, a page that falls short of
// which the check has nothing to say, or a mended one that it still stops at.
func documented(check *review.Check) []string {
	short, good, failures := examples(check.Doc)
	if failures != nil {
		return failures
	}
	failures = append(failures, exampleFaults(check, fallsShort, short, true)...)
	return append(failures, exampleFaults(check, mended, good, false)...)
}

// examples returns the files of the two example pages, or what is wrong with the documentation. The primer and the configuration are
// shown once, with the first.
func examples(doc string) (short, good []txtar.File, failures []string) {
	sections, failures := split(doc)
	var order []string
	for _, s := range sections {
		order = append(order, s.heading)
	}
	if got, want := strings.Join(order, " · "), strings.Join(headings, " · "); got != want {
		return nil, nil, append(failures, fmt.Sprintf("the headings are %s; want %s", got, want))
	}
	short, good = sections[1].files, sections[2].files
	for _, f := range short {
		if isSetting(f.Name) && !has(good, f.Name) {
			good = append(good, f)
		}
	}
	return short, good, failures
}

// exampleFaults reviews an example page and returns what is wrong with it.
func exampleFaults(check *review.Check, heading string, files []txtar.File, short bool) []string {
	s, faults := read(files)
	if len(s.pages) > 1 {
		faults = append(faults, "there are two content pages; show one")
	}
	plan, more := s.review(check)
	faults = append(faults, more...)
	for _, told := range plan.Pages {
		if silent := silence(check, told); silent != "" {
			faults = append(faults, fmt.Sprintf("the check never judges the page, because of %q", silent))
			continue
		}
		switch n := len(told.Findings); {
		case short && n == 0:
			faults = append(faults, fmt.Sprintf("the check has nothing to say of the page, of kind %s (%s)", told.Kind, told.KindReason))
		case !short && n > 0:
			faults = append(faults, "the mended page still has "+account(told))
		}
	}
	for i := range faults {
		faults[i] = heading + ": " + faults[i]
	}
	return faults
}

func isSetting(path string) bool {
	return path == review.ConfigPath || strings.HasPrefix(path, "primers/")
}

func has(files []txtar.File, name string) bool {
	for _, f := range files {
		if f.Name == name {
			return true
		}
	}
	return false
}

// A section of documentation is a second-level heading and the files that are shown below it.
type section struct {
	heading string
	files   []txtar.File
}

var (
	fence    = regexp.MustCompile("^(`{3,}|~{3,})")
	pathLine = regexp.MustCompile(`^<!--\s*(\S+\.\w+)\s*-->$`)
)

// split reads documentation into its sections. A fenced block that begins with its path, as in <!-- blog/relay.md -->, is a file; the
// path is no part of it. In a block of YAML the path stands as "# .github/tellwell.yml".
func split(doc string) (sections []section, faults []string) {
	var closing string // the fence we are in
	var body []string
	n := 0
	for line := range strings.Lines(strings.ReplaceAll(doc, "\r\n", "\n")) {
		n++
		line = strings.TrimSuffix(line, "\n")
		switch {
		case closing != "" && strings.HasPrefix(line, closing) && strings.Trim(line, closing[:1]+" ") == "":
			closing = ""
			if len(body) == 0 || len(sections) == 0 {
				continue
			}
			if name := pathOf(body[0]); name != "" {
				last := &sections[len(sections)-1]
				last.files = append(last.files, txtar.File{Name: name, Data: []byte(strings.Join(body[1:], "\n") + "\n")})
			}
		case closing != "":
			body = append(body, line)
		case fence.MatchString(line):
			closing, body = fence.FindString(line), nil
		case strings.HasPrefix(line, "## "):
			sections = append(sections, section{heading: strings.TrimSpace(line[3:])})
		}
	}
	if closing != "" {
		faults = append(faults, fmt.Sprintf("a fence (%s) is not closed by line %d", closing, n))
	}
	return sections, faults
}

// pathOf returns the path that a block's first line names, or "".
func pathOf(line string) string {
	if m := pathLine.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	if rest, ok := strings.CutPrefix(line, "# "); ok && rest == review.ConfigPath {
		return rest
	}
	return ""
}
