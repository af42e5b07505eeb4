package prose

import (
	_ "embed"
)

//go:embed components.txt
var componentsText string

var wordless = func() map[string]bool {
	all := map[string]bool{}
	for _, list := range readLists(componentsText) {
		for word := range list {
			all[word] = true
		}
	}
	return all
}()

// readTags records the page's comments and components, the copy that components keep in their attributes, and the quotations.
func (r *reader) readTags() {
	pair(r.tags)
	var open *tag
	for i := range r.tags {
		t := &r.tags[i]
		switch {
		case t.name == "comment":
			r.page.Comments = append(r.page.Comments, Comment{Span: t.Span, Text: t.remark})
		case t.name == "attributes" || t.name == "module" || t.name == "":
		case t.close && open != nil && open.name == t.name:
			r.quotePair(open, t)
			open = nil
		case t.close:
		case r.quoteTag(*t):
		case isQuoteName(t.name) && t.paired:
			open = t
		default:
			r.component(*t)
		}
	}
}

// pair marks the tags that a later one closes.
func pair(tags []tag) {
	var open []int
	for i, t := range tags {
		if !t.close {
			open = append(open, i)
			continue
		}
		for n := len(open) - 1; n >= max(0, len(open)-maxDepth); n-- {
			if tags[open[n]].name == t.name {
				tags[open[n]].paired = true
				open = open[:n]
				break
			}
		}
	}
}

// component records a component and the copy in its attributes. It is unread when readers may meet words in it that are neither there
// nor between its tags.
func (r *reader) component(t tag) {
	b := Block{Kind: Component, Span: t.Span, Name: t.name, Aside: "component"}
	unknown := false
	at := len(r.page.Blocks)
	r.add(b, nil)
	for _, a := range t.args {
		unknown = unknown || a.code
		if a.key != "" && !a.code {
			r.copyBlock(t.name+"."+a.key, Value{Key: a.key, Text: a.text, Span: a.span})
		}
	}
	found := len(r.page.Blocks) > at+1
	r.page.Blocks[at].Unread = !t.paired && (!found || unknown) && r.hides(t)
}

// hides reports whether readers may meet words of the page's own in a component.
func (r *reader) hides(t tag) bool {
	for _, part := range keyWords(t.name) {
		if wordless[part] {
			return false
		}
	}
	switch t.mark {
	case "{{", "{": // a variable within a sentence is a name or a number; one that stands alone may be a text
		first, last := lineAround(r.page.Source, t.Span)
		return onlySpace(r.page.Source[first:t.Start]) && onlySpace(r.page.Source[t.End:last])
	}
	return true
}

func onlySpace(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}

// setAside records a component that holds nothing to read.
func (r *reader) setAside(t tag) {
	r.add(Block{Kind: Component, Span: t.Span, Name: t.name, Aside: "component"}, nil)
}

// quotePair marks the blocks between two tags as somebody's words.
func (r *reader) quotePair(open, end *tag) {
	first, last := -1, -1
	for i, b := range r.page.Blocks {
		if b.Span.Start >= open.End && b.Span.End <= end.Start && r.runs[i] != nil {
			if first < 0 {
				first = i
			}
			last = i
			if r.page.Blocks[i].Kind != Quoted {
				r.page.Blocks[i].Kind = Quoted
			}
		}
	}
	if first >= 0 {
		r.quotation(first, last+1, speakerOf(*open), Included)
	}
}
