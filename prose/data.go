package prose

import (
	"path"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Keys says under which keys a page keeps copy, beyond what copy.txt knows. A pattern is a key with its dots ("hero.headline",
// "features[].text"): "[]" stands for every item of a list, "*" for any one part.
type Keys struct {
	Copy []string // hold copy, whatever they are called
	Not  []string // hold none
}

// matches reports whether one of the patterns is the key, without regard to case.
func matches(patterns []string, key string) bool {
	have := strings.Split(key, ".")
next:
	for _, pattern := range patterns {
		want := strings.Split(pattern, ".")
		if len(want) != len(have) {
			continue
		}
		for i := range want {
			if want[i] != "*" && !equalFold(want[i], have[i]) && !equalFold(want[i], anyIndex(have[i])) {
				continue next
			}
		}
		return true
	}
	return false
}

var index = regexp.MustCompile(`\[\d+\]`)

// anyIndex returns a part of a key with its indexes left open: "features[2]" is "features[]".
func anyIndex(part string) string { return index.ReplaceAllString(part, "[]") }

// readData reads a file that holds nothing but values: all of it is front matter.
func (r *reader) readData(format string) {
	src := r.page.Source
	in := Span{0, len(src)}
	if hasBOM(src) {
		in.Start = len(bom)
	}
	f := &frontReader{src: src, open: in}
	stem := path.Base(r.page.Path)
	stem = strings.TrimSuffix(stem, path.Ext(stem))
	switch {
	case in.End-in.Start > maxFrontBytes:
		f.tell(Span{in.Start, in.Start + 1}, "the file is longer than a megabyte and was not read; split it")
	case format == "toml":
		f.toml(in)
	case format == "json":
		f.jsonFile(in, stem)
	default:
		f.data(in, stem)
	}
	for i := range f.problems {
		f.problems[i].Message = strings.ReplaceAll(f.problems[i].Message, "the front matter", "the file")
	}
	r.page.Front = Front{Format: format, Span: in, Values: f.values}
	r.page.Problems = append(r.page.Problems, f.problems...)
}

// data reads YAML, which may be one list: its items go by the name of the file.
func (f *frontReader) data(in Span, name string) {
	doc := &yamlText{src: f.src, in: in}
	root, err := doc.parse()
	switch {
	case err == nil && root != nil && root.Kind == yaml.SequenceNode:
		f.yamlNode(doc, name, root, 0)
	case err == nil && root != nil && root.Kind == yaml.ScalarNode:
		f.tell(Span{in.Start, in.Start + 1}, "the file holds no keys, so nothing was read from it; write it as key: value lines")
	default:
		f.yaml(in)
	}
}
