package prose

import (
	_ "embed"
	"strings"
)

//go:embed components.txt
var componentsText string

// wordless are words in the names of components in which readers meet no words; mechanical are such words in names of attributes.
var wordless, mechanical = func() (components, attributes map[string]bool) {
	components = map[string]bool{}
	for name, list := range readLists(componentsText) {
		if name == "attributes" {
			attributes = list
			continue
		}
		for word := range list {
			components[word] = true
		}
	}
	return components, attributes
}()

// readTags records the page's comments and components, the copy that components keep in their attributes, and the quotations.
func (r *reader) readTags() {
	if !r.page.hasElements() { // whose reader knows
		pair(r.tags)
	}
	quotes := quotePairs(r.tags)
	for i := range r.tags {
		t := &r.tags[i]
		quote, spoken := quotes[i]
		switch {
		case t.name == "comment":
			r.page.Comments = append(r.page.Comments, Comment{Span: t.Span, Text: t.remark})
		case t.name == "attributes" || t.name == "module" || t.name == "" || t.close:
		case r.quoteTag(*t):
		case spoken && !quote.frame:
			by := r.speakerOf(*t)
			if by.Text == "" && quote.framed {
				by = r.speakerOf(r.tags[quote.by])
			}
			r.quotePair(t, &r.tags[quote.end], by)
		case t.name == "blockquote":
		default:
			r.component(*t)
		}
	}
}

// A framing says where a quotation ends, and what stands around it.
type framing struct {
	end    int  // the tag that closes it
	frame  bool // it only holds other quotations: it is a component, but it may say who speaks
	framed bool // it stands in a frame,
	by     int  // which this tag opens
}

// quotePairs returns the quotations between tags, by the tags that open them.
func quotePairs(tags []tag) map[int]framing {
	found := map[int]framing{}
	var open []int
	for i := range tags {
		t := &tags[i]
		switch {
		case !isQuote(t.name):
		case !t.close && t.paired:
			q := framing{}
			if n := len(open); n > 0 {
				q.framed, q.by = true, open[n-1]
				around := found[q.by]
				around.frame = true
				found[q.by] = around
			}
			found[i] = q
			open = append(open, i)
		case t.close && len(open) > 0 && tags[open[len(open)-1]].name == t.name:
			last := open[len(open)-1]
			open = open[:len(open)-1]
			q := found[last]
			q.end = i
			found[last] = q
		}
	}
	for _, i := range open {
		delete(found, i)
	}
	return found
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
	at := len(r.page.Blocks)
	r.add(Block{Kind: Component, Span: t.Span, Name: t.name, Aside: "component"}, nil)
	unknown, quotes := false, len(r.page.Quotations)
	for from := 0; from < len(t.args); {
		to := from + 1
		for to < len(t.args) && parentOf(t.args[to].key) == parentOf(t.args[from].key) {
			to++
		}
		group := t.args[from:to]
		from = to
		if parentOf(group[0].key) != "" && r.quoteTag(unit(t, group)) {
			continue
		}
		for _, a := range group {
			switch {
			case a.code:
				unknown = unknown || mayHide(a.key, t.paired)
			case isDocument(t.name):
				r.head(a)
			case a.key != "":
				r.copyBlock(t.name+"."+a.key, a.value())
			}
		}
	}
	for i := at + 1; t.inline && i < len(r.page.Blocks); i++ {
		if b := &r.page.Blocks[i]; b.Kind == Heading || r.runs[i] != nil && isFragment(string(r.runs[i].text)) { // the title of a word is no heading
			b.Kind, b.Level, b.Aside = Label, 0, "a label"
		}
	}
	found := len(r.page.Blocks) > at+1 || len(r.page.Quotations) > quotes
	r.page.Blocks[at].Unread = (unknown || !t.paired && !found) && r.hides(t)
}

// isDocument reports whether a component stands for the whole document: its title and description are not met in the text.
func isDocument(name string) bool {
	parts := keyWords(name)
	if len(parts) == 0 {
		return false
	}
	switch parts[len(parts)-1] {
	case "layout", "seo", "head", "meta", "helmet":
		return true
	}
	return false
}

// head takes the title and description of the document from an attribute.
func (r *reader) head(a arg) {
	switch strings.ToLower(a.key) {
	case "title":
		if r.headTitle.Empty() {
			r.headTitle = a.span
		}
	case "description":
		if r.headDescription.Empty() {
			r.headDescription = a.span
		}
	}
}

// parentOf returns the key of what holds a key: "items[0]" of "items[0].title", "" of "title".
func parentOf(key string) string {
	return key[:max(0, strings.LastIndexByte(key, '.'))]
}

// unit makes a tag of the arguments that one object of a component holds, under their own keys.
func unit(t tag, args []arg) tag {
	out := tag{Span: t.Span, name: t.name, mark: t.mark}
	for _, a := range args {
		if !a.code {
			a.key = a.key[strings.LastIndexByte(a.key, '.')+1:]
			out.args = append(out.args, a)
		}
	}
	return out
}

// mayHide reports whether readers may meet words in the value of an attribute that can't be made out. What a component with children
// keeps elsewhere is words only where its name says so.
func mayHide(key string, paired bool) bool {
	if key == "" {
		return true
	}
	parts := keyWords(key[strings.LastIndexByte(key, '.')+1:])
	for _, part := range parts {
		if copyLists["never"][part] || mechanical[part] {
			return false
		}
	}
	return !paired || roleOf(key) != noCopy
}

// hides reports whether readers may meet words of the page's own in a component.
func (r *reader) hides(t tag) bool {
	for _, part := range keyWords(t.name) {
		if wordless[part] {
			return false
		}
	}
	if t.inline { // what stands within a sentence is an icon, a name or a number
		return false
	}
	switch t.mark {
	case "<": // elements of HTML hold what stands between their tags
		return !isHTML(t.name) || !r.page.hasElements() && isComponent(t.name)
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
func (r *reader) quotePair(open, end *tag, by Value) {
	first, last := -1, -1
	for i, b := range r.page.Blocks {
		if b.Span.Start >= open.End && b.Span.End <= end.Start && r.runs[i] != nil && b.Key == "" {
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
		form := Included
		if open.name == "blockquote" && open.mark == "<" {
			form = BlockQuote
		}
		r.quotation(first, last+1, by, form)
	}
}
