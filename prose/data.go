package prose

import (
	"path"
	"strings"

	"go.yaml.in/yaml/v3"
)

// anyIndex returns a part of a key with its index left open: "features[2]" is "features[]".
func anyIndex(part string) string {
	if i := strings.IndexByte(part, '['); i >= 0 {
		return part[:i] + "[]"
	}
	return part
}

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
	case format == "json" && opensJSON(src[in.Start:]):
		f.json(in)
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

// copyValues makes blocks of the copy that front matter or a data file keeps under its keys. What readers meet after the page's own text
// (questions and answers, what is related, the last call) is put there. On a page with a body only keys below others count, since those
// at the top are the page's title, its subtitle, or wiring.
func (r *reader) copyValues() {
	data := r.page.Format == "yaml" || r.page.Format == "json" || r.page.Format == "toml"
	known := map[Span]bool{}
	for _, names := range [][]string{titleKeys, subtitleKeys} {
		if v, ok := r.page.Front.Get(names...); ok {
			known[v.Span] = true
		}
	}
	for _, v := range r.page.Front.Values {
		if known[v.Span] || !data && !strings.Contains(v.Key, ".") || wiring(v.Key) || spoken(v.Key) {
			continue
		}
		from := len(r.page.Blocks)
		r.copyBlock(v.Key, v)
		if late(v.Key) {
			for i := from; i < len(r.page.Blocks); i++ {
				r.page.Blocks[i].late = true
			}
		}
	}
}

// wiring reports whether a key lies below one that holds no copy: "seo.title", "author.bio".
func wiring(key string) bool {
	parts := strings.Split(key, ".")
	for _, part := range parts[:len(parts)-1] {
		for _, word := range keyWords(part) {
			if copyLists["never"][word] || copyLists["below"][word] {
				return true
			}
		}
	}
	return false
}

// spoken reports whether a key belongs to somebody's words, which are read as a quotation: "testimonials[0].title" is a job.
func spoken(key string) bool {
	parts := strings.Split(key, ".")
	for i, part := range parts {
		if isQuoteName(anyIndex(part)) && (i == len(parts)-1 || strings.Contains(part, "[") || i < len(parts)-2) {
			return true
		}
	}
	return false
}

// late reports whether readers meet what a key holds after the page's own text.
func late(key string) bool {
	first, _, _ := strings.Cut(key, ".")
	for _, word := range keyWords(first) {
		if copyLists["late"][word] {
			return true
		}
	}
	return false
}
