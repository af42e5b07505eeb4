package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
)

// A seen is what init sees of a repository. Everything in it stands in the repository's own files.
type seen struct {
	repo                     *repo
	generator, generatorFile string
	include                  []string // globs, where tellwell would not look by itself
	folders                  []string
	pages                    []review.ReadingPage
	company                  string
	products                 []string
	said                     []drawn
	rivals                   []drawn
	terms                    []drawn
	problems                 []review.Problem // what could not be read; the rest was
}

// drawn is something drawn from a page.
type drawn struct {
	text, by, from string // by is the speaker of a quotation, or what an abbreviation stands for
}

// generators are known by a file at the root; content is where they keep pages.
var generators = []struct {
	name    string
	files   []string
	content []string
}{
	{"Hugo", []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml"}, []string{"content"}},
	{"Jekyll", []string{"_config.yml", "_config.yaml"}, []string{"_posts", "_pages", "_drafts"}},
	{"Docusaurus", []string{"docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"}, []string{"blog", "src/pages"}},
	{"Astro", []string{"astro.config.mjs", "astro.config.js", "astro.config.ts"}, []string{"src/content", "src/pages"}},
	{"Next.js", []string{"next.config.js", "next.config.mjs", "next.config.ts"}, []string{"content", "posts", "src/content", "pages"}},
	{"Eleventy", []string{".eleventy.js", "eleventy.config.js", "eleventy.config.mjs"}, []string{"src", "content"}},
	{"MkDocs", []string{"mkdocs.yml", "mkdocs.yaml"}, []string{"docs"}},
}

// mostDrawn is how many quotations, rivals or terms are drawn into the starter pages.
const mostDrawn = 12

// look reads the repository.
func look(r *repo) *seen {
	s := &seen{repo: r}
	var likely []string
	for _, g := range generators {
		for _, file := range g.files {
			if info, err := os.Stat(filepath.Join(r.root, file)); err == nil && info.Mode().IsRegular() && s.generator == "" {
				s.generator, s.generatorFile, likely = g.name, file, g.content
			}
		}
	}
	g := &gathering{repo: r, met: map[string]bool{}}
	g.folder(r.root, false)
	if len(g.sources) == 0 && r.from == "" {
		s.widen(g, likely)
	}
	reading := review.Inspect(review.Request{Config: r.config, Sources: g.sources})
	texts := map[string]string{}
	folders := map[string]bool{}
	for i, page := range reading.Pages {
		if page.LeftAlone != "" || page.Title == nil && page.Words == 0 {
			continue
		}
		s.pages = append(s.pages, page)
		texts[page.Path] = string(g.sources[i].Text)
		top, _, nested := strings.Cut(page.Path, "/")
		if !nested {
			top = "the root"
		}
		folders[top] = true
	}
	s.folders = slices.Sorted(maps.Keys(folders))
	s.problems = append(r.problems, g.problems...)
	s.names(texts)
	s.quotations()
	s.titles()
	s.abbreviations(texts)
	return s
}

// widen reads pages where the generator keeps them, or anywhere, when none lie in a folder named for marketing.
func (s *seen) widen(g *gathering, likely []string) {
	for _, folder := range likely {
		if isFolder(filepath.Join(s.repo.root, filepath.FromSlash(folder))) {
			s.include = append(s.include, folder+"/**")
		}
	}
	if len(s.include) == 0 {
		s.include = []string{"**/*.md", "**/*.mdx"}
	}
	s.repo.config.Content.Include = s.include
	g.met = map[string]bool{}
	g.folder(s.repo.root, false)
	if len(g.sources) == 0 {
		s.include, s.repo.config.Content.Include = nil, nil
	}
}

var (
	siteTitle = regexp.MustCompile("(?m)^[ \t]*(?:title|site_name|\"title\")[ \t]*[:=][ \t]*[\"'`]?([^\"'`\n#,]+)")
	titleEnds = regexp.MustCompile(`(?i)\s+(?:blog|website|site|docs|documentation|\.com|journal|news)$`)
)

// names finds the company in the site's own settings, where the pages name it too, and products that have a page.
func (s *seen) names(texts map[string]string) {
	if src, err := readCapped(filepath.Join(s.repo.root, s.generatorFile)); err == nil && s.generatorFile != "" {
		if m := siteTitle.FindSubmatch(src); m != nil {
			name := string(m[1])
			for _, sep := range []string{" | ", " - ", " – ", " — ", ": "} {
				name, _, _ = strings.Cut(name, sep)
			}
			name = strings.TrimSpace(titleEnds.ReplaceAllString(strings.TrimSpace(name), ""))
			if n := len(strings.Fields(name)); n > 0 && n <= 4 && named(name, texts) > 0 {
				s.company = name
			}
		}
	}
	for _, page := range s.pages {
		folder := strings.Trim(path.Base(path.Dir(page.Path)), "_")
		stem := strings.TrimSuffix(path.Base(page.Path), path.Ext(page.Path))
		if folder != "product" && folder != "products" || page.Title == nil || stem == "index" || stem == "_index" {
			continue
		}
		name, _, _ := strings.Cut(page.Title.Text, ":")
		name = strings.TrimSpace(name)
		if n := len(strings.Fields(name)); n > 0 && n <= 3 && name != s.company && named(name, texts) > 1 && !slices.Contains(s.products, name) {
			s.products = append(s.products, name)
		}
	}
}

// named counts the pages that hold a name.
func named(name string, texts map[string]string) (n int) {
	for _, text := range texts {
		if strings.Contains(text, name) {
			n++
		}
	}
	return n
}

// quotations draws what somebody who is named says on a case study, and is not of the company.
func (s *seen) quotations() {
	for _, page := range s.pages {
		if page.Kind != string(prose.CaseStudy) {
			continue
		}
		for _, q := range page.Quotations {
			if q.Speaker == "" || s.company != "" && strings.Contains(q.Speaker, s.company) || len(strings.Fields(q.Text)) < 5 || len(s.said) == mostDrawn {
				continue
			}
			s.said = append(s.said, drawn{q.Text, q.Speaker, fmt.Sprintf("%s, line %d", page.Path, q.Line)})
		}
	}
}

var (
	afterVersus  = regexp.MustCompile(`(?:\b[Vv][Ss]\.?|\bversus|\b[Aa]lternatives? to|\b[Cc]ompared (?:to|with)) ([A-Z][\pL\d]+(?: [A-Z][\pL\d]+)?)`)
	beforeVersus = regexp.MustCompile(`^([A-Z][\pL\d]+(?: [A-Z][\pL\d]+)?) (?:[Vv][Ss]\.?|versus) `)
)

// titles draws the rivals that a page's title holds up against us.
func (s *seen) titles() {
	met := map[string]bool{"": true}
	for _, own := range append([]string{s.company}, s.products...) {
		met[strings.ToLower(own)] = true
	}
	for _, page := range s.pages {
		if page.Title == nil {
			continue
		}
		for _, m := range slices.Concat(afterVersus.FindAllStringSubmatch(page.Title.Text, -1), beforeVersus.FindAllStringSubmatch(page.Title.Text, -1)) {
			ours := s.company != "" && strings.Contains(m[1], s.company) || strings.ToLower(m[1]) == "us"
			if !ours && !met[strings.ToLower(m[1])] && len(s.rivals) < mostDrawn {
				met[strings.ToLower(m[1])] = true
				s.rivals = append(s.rivals, drawn{text: m[1], from: page.Path})
			}
		}
	}
}

func (s *seen) rivalNames() []string {
	var out []string
	for _, r := range s.rivals {
		out = append(out, r.text)
	}
	return out
}

var spelt = regexp.MustCompile(`((?:[\pL\d][\pL\d'-]* ){2,6})\(([A-Z]{2,6})\)`)

// abbreviations draws those that a page spells out in the words before: "somatic cell count (SCC)".
func (s *seen) abbreviations(texts map[string]string) {
	met := map[string]bool{}
	for _, p := range slices.Sorted(maps.Keys(texts)) {
		for _, m := range spelt.FindAllStringSubmatch(texts[p], -1) {
			words := strings.Fields(m[1])
			if met[m[2]] || len(words) < len(m[2]) || len(s.terms) == mostDrawn {
				continue
			}
			words = words[len(words)-len(m[2]):]
			stands := true
			for i, w := range words {
				first, _ := utf8.DecodeRuneInString(strings.ToUpper(w))
				stands = stands && string(first) == m[2][i:i+1]
			}
			if stands {
				met[m[2]] = true
				s.terms = append(s.terms, drawn{m[2], strings.Join(words, " "), p})
			}
		}
	}
	slices.SortFunc(s.terms, func(a, b drawn) int { return cmp.Compare(a.text, b.text) })
}

// drafts are the files to write, the configuration first.
func (s *seen) drafts(today time.Time) []draft {
	folder := s.repo.primerFolder()
	out := []draft{
		{review.ConfigPath, s.config(), "the settings"},
		{".github/workflows/tellwell.yml", []byte(workflow), "reviews pull requests on GitHub; it blocks none"},
	}
	page := func(kind primer.PageKind, title, heading string, lines []string, why string) {
		text := primer.Starter(kind, title, today)
		if len(lines) > 0 {
			text = primer.Filled(text, heading, strings.Join(lines, "\n"))
		}
		if name := primer.StarterName(title); name != "" {
			out = append(out, draft{path.Join(folder, name), text, why})
		}
	}
	var lines []string
	for _, q := range s.said {
		lines = append(lines, "> \""+strings.Trim(inOneLine(q.text), `"“”`)+"\" — "+inOneLine(q.by)+" ("+q.from+")\n")
	}
	why := "a primer page to fill in"
	if len(lines) > 0 {
		why = "a primer page, with " + count(len(lines), "quotation", "quotations") + " from your case studies"
	}
	page(primer.Customer, "Our customers", "In their words", lines, why)
	page(primer.PointOfView, "Our view", "", nil, "a primer page to fill in")
	for _, r := range s.rivals {
		page(primer.Competitor, r.text, "", nil, "a primer page to fill in; "+r.from+" names them")
	}
	if len(s.terms) > 0 {
		lines = nil
		for _, t := range s.terms {
			lines = append(lines, "- "+t.text+": "+t.by+" ("+t.from+")")
		}
		page(primer.Industry, "Our industry", "Glossary", lines, "a primer page, with "+count(len(lines), "abbreviation", "abbreviations")+" your pages spell out")
	}
	return out
}

func inOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// config writes the settings that differ from those that need no file, and shows the others as comments.
func (s *seen) config() []byte {
	var b strings.Builder
	b.WriteString("# What tellwell goes by here. Every setting: docs/configuration.md of tellwell, or tellwell config show.\nversion: 1\n")
	scalar := func(v any) string {
		out, err := yaml.Marshal(v)
		if err != nil {
			return `""`
		}
		return strings.TrimSpace(string(out))
	}
	list := func(name string, values []string) {
		b.WriteString("  " + name + ":\n")
		for _, v := range values {
			b.WriteString("    - " + scalar(v) + "\n")
		}
	}
	b.WriteString("\n# Names that make a sentence be about yourselves.\n")
	if s.company == "" && len(s.products) == 0 {
		b.WriteString("# company:\n#   names: [Your company]\n#   products: [Your product]\n")
	} else {
		b.WriteString("company:\n")
		if s.company != "" {
			list("names", []string{s.company})
		}
		if len(s.products) > 0 {
			list("products", s.products)
		}
	}
	if len(s.include) > 0 {
		b.WriteString("\n# Where your pages are.\ncontent:\n")
		list("include", s.include)
	}
	return []byte(b.String())
}
