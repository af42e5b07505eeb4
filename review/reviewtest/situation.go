package reviewtest

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/review"
)

// A situation is what an archive holds: pages with the wants taken out of them, and the primer and configuration they are read with.
type situation struct {
	pages  []page
	primer map[string][]byte
	config []byte // nil when there is none
}

// A page is one content page and what is wanted on it.
type page struct {
	path  string
	text  []byte
	wants []want
}

// read sorts files into pages, primer and configuration, and returns what is wrong with them.
func read(files []txtar.File) (s situation, faults []string) {
	s.primer = map[string][]byte{}
	for _, f := range files {
		switch {
		case f.Name == review.ConfigPath:
			s.config = f.Data
		case strings.HasPrefix(f.Name, "primers/"):
			s.primer[f.Name] = f.Data
		default:
			clean, wants, wrong := takeWants(f.Data)
			for _, w := range wrong {
				faults = append(faults, f.Name+":"+w)
			}
			s.pages = append(s.pages, page{path: f.Name, text: clean, wants: wants})
		}
	}
	if len(s.pages) == 0 {
		faults = append(faults, "there is no content page among the files; add one, named by its path")
	}
	return s, faults
}

// review has the check review the whole pages. What could not be understood in them comes back as faults, since a page that is not
// read as meant proves nothing.
func (s situation) review(check *review.Check) (plan *review.Plan, faults []string) {
	index, told := primer.New(s.primer)
	for _, p := range told {
		faults = append(faults, fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message))
	}
	config := review.Default()
	if s.config != nil {
		var problems []review.Problem
		config, problems = review.ParseConfig(review.ConfigPath, s.config, check.Name)
		for _, p := range problems {
			faults = append(faults, fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message))
		}
	}
	request := review.Request{Checks: []*review.Check{check}, Config: config, Primer: index}
	for _, p := range s.pages {
		request.Sources = append(request.Sources, review.Source{Path: p.path, Text: p.text})
	}
	plan = review.Make(request)
	for _, p := range plan.Problems {
		faults = append(faults, fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message))
	}
	return plan, faults
}

// judge returns every way in which what the check tells of an archive differs from what its pages want; none when all is well.
func judge(check *review.Check, name string, archive *txtar.Archive) []string {
	var failures []string
	if len(bytes.TrimSpace(archive.Comment)) == 0 {
		failures = append(failures, "nothing says what the situation is; begin the archive with a sentence")
	}
	s, faults := read(archive.Files)
	plan, more := s.review(check)
	failures = append(append(failures, faults...), more...)
	for i, told := range plan.Pages {
		failures = append(failures, s.pages[i].compare(check, told)...)
	}
	for i := range failures {
		failures[i] = name + ": " + failures[i]
	}
	return failures
}
