package review_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/review"
)

// site reads the example repository: its pages, its primer and its configuration.
func site(tb testing.TB) ([]review.Source, *primer.Index, *review.Config) {
	tb.Helper()
	fsys := os.DirFS("../testdata/site")
	src, err := fs.ReadFile(fsys, review.ConfigPath)
	if err != nil {
		tb.Fatal(err)
	}
	cfg, problems := review.ParseConfig(review.ConfigPath, src)
	index, unread := primer.Read(fsys, path.Clean(cfg.Primers.Path))
	if len(problems) > 0 || len(unread) > 0 || len(index.Pages) < 6 {
		tb.Fatal(problems, unread, len(index.Pages))
	}
	var sources []review.Source
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".md") {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if aside := review.Aside(cfg, name, text, false); aside != "part of the primer" {
			sources = append(sources, review.Source{Path: name, Text: text, Aside: aside})
		}
		return err
	})
	if err != nil || len(sources) < 12 {
		tb.Fatal(err, len(sources))
	}
	return sources, index, cfg
}

// The example is reviewed to the same plan every time, and from the last page to the first as from the first to the last.
func TestSameRequestSamePlan(t *testing.T) {
	sources, index, cfg := site(t)
	request := review.Request{Checks: checks.All, Config: cfg, Primer: index, Sources: sources}
	plan := review.Make(request)
	truthful(t, sources, plan)
	first := marshal(t, plan)
	for range 3 {
		if got := marshal(t, review.Make(request)); !bytes.Equal(got, first) {
			t.Fatal("the same request made another plan")
		}
	}
	request.Sources = slices.Clone(sources)
	slices.Reverse(request.Sources)
	back := review.Make(request)
	truthful(t, request.Sources, back)
	for i, p := range plan.Pages {
		q := back.Pages[len(back.Pages)-1-i]
		if q.Path != p.Path || len(q.Findings) != len(p.Findings) {
			t.Errorf("%s: %d findings in order, %s: %d in reverse", p.Path, len(p.Findings), q.Path, len(q.Findings))
			continue
		}
		for j := range p.Findings {
			if p.Findings[j].Check != q.Findings[j].Check || p.Findings[j].Line != q.Findings[j].Line {
				t.Errorf("%s: another finding in reverse order", p.Path)
			}
		}
	}
}

// The example a dozen times over is a review of two hundred pages; no question is asked twice.
func TestNoQuestionTwiceOnTheSite(t *testing.T) {
	sources, index, cfg := site(t)
	request := review.Request{Checks: checks.All, Config: cfg, Primer: index}
	for len(request.Sources) < 200 {
		request.Sources = append(request.Sources, sources...)
	}
	asked := map[string]bool{}
	for _, p := range review.Make(request).Pages {
		for _, c := range p.Findings {
			if c.Question == "" && c.Place == review.Inline || c.Question != "" && asked[strings.ToLower(c.Question)] {
				t.Errorf("%s:%d: %s asks %q", p.Path, c.Line, c.Check, c.Question)
			}
			asked[strings.ToLower(c.Question)] = true
		}
	}
	if len(asked) < 30 {
		t.Errorf("%d questions; the test has lost its subject", len(asked))
	}
}

func TestEveryCommentOfTheSiteIsHarmless(t *testing.T) {
	sources, index, cfg := site(t)
	comments := 0
	for _, p := range review.Make(review.Request{Checks: checks.All, Config: cfg, Primer: index, Sources: sources}).Pages {
		for _, c := range p.Findings {
			comments++
			if md := c.Markdown(); !strings.Contains(md, "<details><summary>") || strings.Contains(md, "{") {
				t.Errorf("%s:%d: %s", p.Path, c.Line, md)
			}
			if strings.Contains(c.Message, "“”") {
				t.Errorf("%s:%d: quotes nothing: %s", p.Path, c.Line, c.Message)
			}
		}
	}
	if comments < 8 {
		t.Errorf("%d comments; the test has lost its subject", comments)
	}
}

func marshal(t *testing.T, plan *review.Plan) []byte {
	t.Helper()
	out, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A whole review of the example's pages with its primer, read beforehand.
func BenchmarkMake(b *testing.B) {
	sources, index, cfg := site(b)
	request := review.Request{Checks: checks.All, Config: cfg, Primer: index, Sources: sources}
	var size int64
	for _, s := range sources {
		size += int64(len(s.Text))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		review.Make(request)
	}
}
