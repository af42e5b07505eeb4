package prose

import (
	"bytes"
	"regexp"
	"strings"
)

// Languages of templates with elements that are read as MDX is, except that the text between elements is plain.
const (
	astro  = "astro"
	vue    = "vue"
	svelte = "svelte"
)

// hasElements reports whether a page's components are found as elements, in the author's bytes (readMDX).
func (p *Page) hasElements() bool {
	return p.Format == "mdx" || p.Format == astro || p.Format == vue || p.Format == svelte
}

// readTemplate reads a page made of elements: Astro, Vue, Svelte. Scripts and styles are set aside, expressions are known as unread, and
// what stands in the attributes of components is copy.
func (r *reader) readTemplate(int) {
	r.elementPage(&mdx{jsx: jsx{dialect: r.page.Format}})
}

// codeFence returns the code that begins an Astro page, between two lines of dashes.
func (m *mdx) codeFence() (token, bool) {
	rest := m.b[m.body:m.end]
	blank := len(rest) - len(bytes.TrimLeft(rest, " \t\n"))
	start := m.body + blank
	if !bytes.HasPrefix(rest[blank:], []byte("---\n")) {
		return token{}, false
	}
	n := bytes.Index(m.b[start+3:m.end], []byte("\n---"))
	if n < 0 {
		return token{}, false
	}
	return token{kind: moduleToken, Span: Span{start, start + 3 + n + len("\n---")}, mate: -1}, true
}

// codeFrontStart is the first line of front matter that is JavaScript, as Eleventy has it.
var codeFrontStart = regexp.MustCompile(`^(?:\xef\xbb\xbf)?---[ \t]*(?:js|javascript|json)[ \t]*\r?\n`)

// readCodeFront reads front matter that is an object of JavaScript, and returns where the page's body begins; 0 when there is none.
func readCodeFront(src []byte) (Front, int) {
	start := codeFrontStart.FindIndex(src)
	if start == nil {
		return Front{}, 0
	}
	n := bytes.Index(src[start[1]:], []byte("\n---"))
	if n < 0 {
		return Front{}, 0
	}
	end := start[1] + n
	body := min(len(src), lineEnd(src, end+1, len(src))+1)
	front := Front{Format: "js", Span: Span{0, body}}
	at := bytes.IndexByte(src[start[1]:end], '{')
	if at < 0 {
		return front, body
	}
	v := values{jsx: &jsx{b: src, end: end, temper: 4*len(src) + 10_000}}
	v.value(start[1]+at, "", 0)
	for _, a := range v.found {
		if !a.code && a.key != "" {
			front.Values = append(front.Values, a.value())
		}
	}
	return front, body
}

// directive takes an attribute as Vue does: one that binds holds an expression, one that acts holds code.
func (a attribute) directive() attribute {
	switch {
	case len(a.name) > 1 && a.name[0] == ':' && a.form == '"':
		a.name, a.form = a.name[1:], '{'
	case strings.HasPrefix(a.name, "v-bind:") && a.form == '"':
		a.name, a.form = a.name[len("v-bind:"):], '{'
	case a.name == "v-html" || a.name == "v-text":
		a.form = '.' // words that are computed
	case a.name != "" && (a.name[0] == '@' || a.name[0] == '#' || strings.HasPrefix(a.name, "v-")):
		a.form = 'c'
	}
	return a
}
