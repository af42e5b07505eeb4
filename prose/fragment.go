package prose

import (
	"path"
	"regexp"
	"strings"
)

// partialFolders are what site generators call the folders of files that are put into pages.
var partialFolders = setOf("_includes includes _partials partials _snippets snippets shortcodes _shortcodes")

// layoutFolders are what they call the folders of files that pages are put into.
var layoutFolders = setOf("_layouts layouts _layout")

// placeForPage is where a layout has the page that is put into it, alone on its line: {{ content }}, {{ .Content }}, {% block content %}, <slot />.
var placeForPage = regexp.MustCompile(`(?m)^[ \t]*(?:\{\{-?\s*(?:content|\.Content|block\s+"main"\s+\.)(?:\s*\|\s*safe)?\s*-?\}\}|\{%-?\s*block\s+(?:content|main|body)\s*-?%\}|<slot\s*/>)`)

// Fragment returns why a file is no whole page: "a layout", which pages are put into, or "a partial: …", which is put into pages. It is
// empty for a page. Hugo's _index.md is a page.
func (p *Page) Fragment() string {
	file := path.Clean(p.Path)
	for _, folder := range strings.Split(path.Dir(file), "/") {
		switch name := strings.ToLower(folder); {
		case layoutFolders[name]:
			return "a layout"
		case partialFolders[name]:
			return "a partial: it lies under " + folder + "/"
		}
	}
	if placeForPage.Match(p.Source) {
		return "a layout"
	}
	if base := path.Base(file); strings.HasPrefix(base, "_") && !strings.HasPrefix(base, "_index.") {
		return "a partial: its name begins with _"
	}
	return ""
}
