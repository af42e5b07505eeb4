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

// review has the checks review the whole pages. What could not be understood in them comes back as faults, since a page that is not
// read as meant proves nothing.
func (s situation) review(checks ...*review.Check) (plan *review.Plan, faults []string) {
	index, told := primer.New(s.primer)
	for _, p := range told {
		faults = append(faults, fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message))
	}
	config := review.Default()
	if s.config != nil {
		var problems []review.Problem
		config, problems = review.ParseConfig(review.ConfigPath, s.config, names(checks)...)
		for _, p := range problems {
			faults = append(faults, fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message))
		}
	}
	request := review.Request{Checks: checks, Config: config, Primer: index}
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

// quiet returns what the checks tell of pages that none of them should stop at.
func quiet(checks []*review.Check, name string, files []txtar.File) []string {
	s, failures := read(files)
	plan, faults := s.review(checks...)
	failures = append(failures, faults...)
	for _, told := range plan.Pages {
		failures = append(failures, unwanted(told)...)
	}
	for i := range failures {
		failures[i] = name + ": " + failures[i]
	}
	return failures
}

// unwanted returns what is told of a page that wants nothing.
func unwanted(told review.PagePlan) []string {
	var failures []string
	if told.LeftAlone != "" {
		failures = append(failures, fmt.Sprintf("%s:1: no check judges this page, because of %q", told.Path, told.LeftAlone))
	}
	for _, f := range told.Findings {
		failures = append(failures, fmt.Sprintf("%s:%d: nobody wanted %s", told.Path, f.Line, describe(f)))
	}
	return failures
}

func names(checks []*review.Check) []string {
	out := make([]string, len(checks))
	for i, c := range checks {
		out[i] = c.Name
	}
	return out
}
