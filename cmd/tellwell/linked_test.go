package main

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/review"
)

// TestLinked measures, on whole reviews, how often a question about a weak passage leads to a section that would help: testdata/linking
// holds two companies with forty sections and more between their pages, several of a kind, and thirty passages.
func TestLinked(t *testing.T) {
	src, err := os.ReadFile("testdata/linking/passages.tsv")
	if err != nil {
		t.Fatal(err)
	}
	repos := map[string]*repo{}
	var passages, asked, linked, right, first, first3 int
	for line := range strings.Lines(string(src)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 {
			t.Fatalf("%q", line)
		}
		company, file, accepted, passage := f[0], f[1], strings.Fields(f[2]), f[3]
		r := repos[company]
		if r == nil {
			w := &world{dir: absolute(t, filepath.Join("testdata/linking", company)), stdout: os.Stdout, stderr: os.Stderr}
			config, problems := review.ParseConfig(review.ConfigPath, mustRead(t, filepath.Join(w.dir, review.ConfigPath)), checkNames()...)
			r = &repo{root: w.dir, config: config}
			if err := w.readPrimer(r, ""); err != nil {
				t.Fatal(err)
			}
			if len(problems)+len(r.problems) > 0 {
				t.Fatal(problems, r.problems)
			}
			r.config.Budget.Amount, r.config.Budget.PerPage = review.Full, review.MostComments
			repos[company] = r
		}
		for _, a := range accepted {
			page, anchor, _ := strings.Cut(a, "#")
			if !holdsSection(r.primer, page, anchor) {
				t.Errorf("%s has no section %s", company, a)
			}
		}
		is := func(url string) bool { // the last part of the path and the anchor
			for _, a := range accepted {
				if strings.HasSuffix(url, "/"+a) {
					return true
				}
			}
			return false
		}
		passages++
		for i, s := range r.primer.Find(passage, 3) {
			if is(primer.Site{}.URL(s)) {
				if first3++; i == 0 {
					first++
				}
				break
			}
		}
		page := "# " + strings.TrimSuffix(path.Base(file), ".md") + "\n\n" + passage + "\n"
		plan := review.Make(review.Request{Checks: checks.All, Config: r.config, Primer: r.primer,
			Sources: []review.Source{{Path: file, Text: []byte(page)}}})
		met := false
		for _, c := range plan.Pages[0].Findings {
			if c.Line != 3 {
				continue
			}
			if !met {
				asked++
			}
			met = true
			if c.Primer != nil && c.Primer.Heading != "" {
				linked++
				if is(c.Primer.URL) {
					right++
				} else {
					t.Logf("%s %s: %s leads to %s; accepted %v", company, file, c.Check, c.Primer.URL, accepted)
				}
			} else {
				t.Logf("%s %s: %s links nothing", company, file, c.Check)
			}
		}
		if !met {
			t.Logf("%s %s: nothing is asked of the passage", company, file)
		}
	}
	for company, r := range repos {
		n := 0
		for _, p := range r.primer.Pages {
			n += len(p.Sections)
		}
		t.Logf("%s: %d sections", company, n)
	}
	t.Logf("%d passages: something is asked of %d; %d comments link a section, %d of them one that is accepted", passages, asked, linked, right)
	t.Logf("primer find, by words alone: the first section is accepted for %d, one of the first three for %d", first, first3)
	if right < linked*8/10 || linked < passages/2 {
		t.Errorf("%d of %d links lead where they should", right, linked)
	}
}

func holdsSection(x *primer.Index, page, anchor string) bool {
	for _, p := range x.Pages {
		if path.Base(p.Path) != page {
			continue
		}
		for _, s := range p.Sections {
			if s.Anchor == anchor {
				return true
			}
		}
	}
	return false
}

func mustRead(t *testing.T, file string) []byte {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return src
}
