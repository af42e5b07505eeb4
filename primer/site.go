package primer

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Site says where people read the primer: what addresses begin with, and how a page's address and a heading's anchor are made.
type Site struct {
	Base      string // what addresses begin with; empty gives paths as a person types them, "primers/planners.md#pains"
	Generator string // one of Generators; empty where pages stand at their paths and anchors are GitHub's
	Folder    string // the primer's, which the addresses of a site generator leave out
}

// A generator makes a site of Markdown pages.
type generator struct {
	name   string
	anchor func(heading string) string // of a heading that carries none of its own; nil where anchors are not known
	taken  string                      // what stands between an anchor that is taken and its number
	blind  bool                        // it counts equal headings, and does not look whether what comes out is taken as well
	slash  bool                        // addresses end in a slash
	ext    string                      // else what they end in
	lower  bool                        // addresses are in lower case
	index  []string                    // names of pages that stand for their folder
}

// generators are those whose addresses and anchors are known, at their defaults. testdata/anchors.txt holds what they make of a page of ours.
var generators = []generator{
	{name: "astro", anchor: slug, taken: "-", slash: true, lower: true, index: []string{"index"}},                // github-slugger
	{name: "docusaurus", anchor: slug, taken: "-", index: []string{"index", "readme"}},                           // github-slugger
	{name: "hugo", anchor: hugoAnchor, taken: "-", slash: true, lower: true, index: []string{"_index", "index"}}, // markup.goldmark.parser.autoHeadingIDType: github
	{name: "jekyll", anchor: kramdownAnchor, taken: "-", blind: true, ext: ".html", index: []string{"index"}},    // kramdown-parser-gfm
	{name: "mkdocs", anchor: pythonAnchor, taken: "_", slash: true, index: []string{"index", "readme"}},          // Python-Markdown's toc
	{name: "vitepress", anchor: vueAnchor, taken: "-", ext: ".html", index: []string{"index"}},                   // @mdit-vue/shared
	{name: "other", slash: true, index: []string{"index", "readme", "_index"}},                                   // pages without their endings
}

// Generators returns the site generators by name.
func Generators() []string {
	names := make([]string, len(generators))
	for i, g := range generators {
		names[i] = g.name
	}
	return names
}

// URL returns the section's address. A site generator's is that of its page below Base (its slug or permalink, where the front matter
// has one) with the anchor that the generator gives the heading; a Site without one has the page's path and GitHub's anchor.
func (s Site) URL(section *Section) string {
	page := section.Page
	if page == nil {
		page = &Page{}
	}
	if s.Base == "" {
		return withAnchor(page.Path, section.Anchor)
	}
	base := strings.TrimRight(s.Base, "/") + "/"
	for _, g := range generators {
		if g.name == s.Generator {
			return withAnchor(g.address(base, strings.TrimPrefix(page.Path, strings.TrimSuffix(s.Folder, "/")+"/"), page), escaped(g.anchorOf(section)))
		}
	}
	return withAnchor(base+(&url.URL{Path: strings.TrimLeft(page.Path, "/")}).EscapedPath(), escaped(section.Anchor))
}

func withAnchor(address, anchor string) string {
	if anchor == "" {
		return address
	}
	return address + "#" + anchor
}

func escaped(anchor string) string { return (&url.URL{Fragment: anchor}).EscapedFragment() }

// address returns where a page stands, by its path from the primer's folder.
func (g generator) address(base, name string, page *Page) string {
	if strings.HasPrefix(page.permalink, "/") {
		if u, err := url.Parse(base); err == nil {
			return u.Scheme + "://" + u.Host + (&url.URL{Path: page.permalink}).EscapedPath()
		}
	}
	folder, file := path.Split(strings.TrimSuffix(name, path.Ext(name)))
	if page.slug != "" {
		file = strings.Trim(page.slug, "/")
	} else {
		for _, index := range g.index {
			if strings.EqualFold(file, index) {
				file = ""
			}
		}
	}
	at := folder + file
	if g.lower {
		at = strings.ToLower(strings.ReplaceAll(at, " ", "-"))
	}
	at = (&url.URL{Path: at}).EscapedPath()
	switch {
	case file == "":
		return base + at
	case g.slash:
		return base + at + "/"
	}
	return base + at + g.ext
}

// anchorOf returns the anchor that the generator gives a section's heading, among all headings of its page; "" where it gives none.
func (g generator) anchorOf(section *Section) string {
	if g.anchor == nil {
		return ""
	}
	taken, met := map[string]bool{}, map[string]int{}
	for i := range section.Page.headings {
		h := &section.Page.headings[i]
		anchor := h.id
		if anchor == "" {
			wanted := g.anchor(h.text)
			anchor = wanted
			for n := 1; taken[anchor] && !g.blind || anchor == "" && g.taken == "_"; n++ {
				anchor = wanted + g.taken + strconv.Itoa(n)
			}
			if met[wanted]++; g.blind && met[wanted] > 1 {
				anchor = wanted + g.taken + strconv.Itoa(met[wanted]-1)
			}
		}
		taken[anchor] = true
		if h.line == section.Line {
			return anchor
		}
	}
	return ""
}

// A heading is one as it stands on a primer page.
type heading struct {
	text string // as a reader meets it
	id   string // the anchor it carries of its own: "## Pains {#pains}"
	line int    // 1-based
}

func (p *Page) addHeading(text string, line int) {
	text, id := cutID(text)
	p.headings = append(p.headings, heading{text, id, line})
}

var ownID = regexp.MustCompile(`\s*\{:?\s*#([^\s{}]+)[^{}]*\}\s*$`)

// cutID cuts the anchor that a heading carries of its own.
func cutID(text string) (rest, id string) {
	if at := ownID.FindStringSubmatchIndex(text); at != nil {
		return text[:at[0]], text[at[2]:at[3]]
	}
	return text, ""
}

// dashes are what Hugo and kramdown set as dashes before they make an anchor, which drops those.
var dashes = regexp.MustCompile(`-{2,3}`)

func hugoAnchor(text string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(dashes.ReplaceAllString(text, "–")) {
		switch {
		case r == '-' || r == ' ':
			b.WriteByte('-')
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	if b.Len() == 0 {
		return "heading"
	}
	return b.String()
}

func kramdownAnchor(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(dashes.ReplaceAllString(text, "–")) {
		switch {
		case r == ' ' || r == '\t' || r == '-':
			b.WriteByte('-')
		case unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Pc):
			b.WriteRune(r)
		}
	}
	return b.String()
}

var (
	spacesAndHyphens = regexp.MustCompile(`[-\s]+`)
	vueSpecial       = regexp.MustCompile("[\\s~`!@#$%^&*()\\-_+=\\[\\]{}|\\\\;:\"'“”‘’<>,.?/]+")
)

func pythonAnchor(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if r < 0x80 && (r == '_' || r == '-' || unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.IsDigit(r)) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return spacesAndHyphens.ReplaceAllString(strings.TrimSpace(b.String()), "-")
}

func vueAnchor(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if !(0x300 <= r && r <= 0x36f) && r >= 0x20 {
			b.WriteRune(r)
		}
	}
	anchor := strings.Trim(vueSpecial.ReplaceAllString(b.String(), "-"), "-")
	if anchor != "" && '0' <= anchor[0] && anchor[0] <= '9' {
		anchor = "_" + anchor
	}
	return strings.ToLower(anchor)
}

// NoGenerator says that a name is no generator's, with the nearest that is.
func NoGenerator(name string) error {
	for _, g := range generators {
		if g.name == name {
			return nil
		}
	}
	if near := nearest(name, Generators()); near != "" {
		return fmt.Errorf("%q is no site generator that tellwell knows; did you mean %q?", name, near)
	}
	return fmt.Errorf("%q is no site generator that tellwell knows; write one of %s", name, strings.Join(Generators(), ", "))
}
