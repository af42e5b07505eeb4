package prose

import "strings"

// copyValues makes blocks of the copy that front matter or a data file keeps under its keys. What readers meet after the page's own text
// (questions and answers, what is related, the last call) is put there.
func (r *reader) copyValues(keys Keys) {
	values := r.page.Front.Values
	data := r.page.isData()
	title, _ := r.page.frontTitle()
	subtitle, _ := r.page.frontSubtitle()
	kept := readKept(values)
	read := map[Span]bool{} // an alias says again what is written elsewhere
	for _, v := range values {
		if v.Bool || v.Span.Empty() || read[v.Span] || matches(keys.Not, v.Key) {
			continue
		}
		as := noCopy
		switch {
		case matches(keys.Copy, v.Key):
			if as = roleOf(v.Key); as != headlineCopy && as != labelCopy {
				as = textCopy
			}
		case v.Span == title.Span || v.Span == subtitle.Span:
		default:
			as = kept.role(v, data)
		}
		if as == headlineCopy && equalFold(strings.TrimSpace(v.Text), strings.TrimSpace(title.Text)) {
			continue // readers meet the title once
		}
		from := len(r.page.Blocks)
		r.copyAs(as, v.Key, v)
		for i := from; i < len(r.page.Blocks); i++ {
			b := &r.page.Blocks[i]
			read[v.Span] = true
			b.late = !data && late(v.Key)
			if b.Kind == Heading && as == headlineCopy {
				b.Level = min(6, max(2, 1+strings.Count(v.Key, ".")))
			}
		}
	}
}

// A keptCopy knows the maps that front matter holds, by their keys.
type keptCopy struct {
	texts map[string]bool     // in it or below it stands a text
	kinds map[string][]string // what it says it is: "_type: hero"
}

func readKept(values []Value) keptCopy {
	k := keptCopy{map[string]bool{}, map[string][]string{}}
	for _, v := range values {
		name := strings.ToLower(v.Key[strings.LastIndexByte(v.Key, '.')+1:])
		if parent := parentOf(v.Key); parent != "" && copyLists["kind"][name] {
			kind := v.Text[strings.LastIndexAny(v.Text, "/.")+1:]
			k.kinds[parent] = keyWords(kind)
		}
		if isText := roleOf(v.Key) == textCopy || roleOf(v.Key) == wordsCopy; isText && isCopy(v.Text) {
			for parent := parentOf(v.Key); parent != "" && !k.texts[parent]; parent = parentOf(parent) {
				k.texts[parent] = true
			}
		}
	}
	return k
}

// role returns what readers meet in a value. At the top of a page's front matter stand its title, its subtitle and wiring, so that only
// lists and keys of a part of the page ("hero_text", "intro") count there.
func (k keptCopy) role(v Value, data bool) role {
	key := strings.TrimPrefix(v.Key, "params.") // where Hugo keeps a page's own keys
	if !isCopy(v.Text) || k.wiring(v.Key) || k.spoken(v.Key) {
		return noCopy
	}
	as := roleOf(key)
	if parent := parentOf(key); !data && parent == "" {
		words := keyWords(key)
		if inPart := len(words) > 0 && copyLists["part"][words[0]]; !inPart && !(as == textCopy && strings.HasSuffix(key, "]")) {
			return noCopy
		}
	} else if as == headlineCopy && strings.HasSuffix(parent, "]") && !k.texts[parentOf(v.Key)] {
		return labelCopy // an item that is nothing but its name
	}
	if as == textCopy && (isFragment(v.Text) || onButton(key)) {
		return labelCopy
	}
	return as
}

// onButton reports whether a key lies below one of a button.
func onButton(key string) bool {
	for _, word := range keyWords(strings.NewReplacer("[", "_", "]", "_").Replace(parentOf(key))) {
		if copyLists["buttons"][word] {
			return true
		}
	}
	return false
}

// isFragment reports whether a text is too short to be read as a sentence: "Pass rate in 2016", "See a round".
func isFragment(text string) bool {
	text = strings.TrimSpace(text)
	return len(strings.Fields(text)) <= 5 && !strings.ContainsAny(text, "\n:") && !strings.ContainsAny(text[len(text)-1:], ".!?…”\"")
}

// wiring reports whether a key lies below one that holds no copy: "seo.title", "author.bio", "blocks[2].title" of a block of videos.
func (k keptCopy) wiring(key string) bool {
	for parent := parentOf(key); parent != ""; parent = parentOf(parent) {
		for _, word := range keyWords(parent[strings.LastIndexByte(parent, '.')+1:]) {
			if copyLists["never"][word] || copyLists["below"][word] {
				return true
			}
		}
		if kind := k.kinds[parent]; len(kind) == 1 && (copyLists["never"][kind[0]] || copyLists["below"][kind[0]]) {
			return true
		}
	}
	return false
}

// spoken reports whether a key belongs to somebody's words, which are read as a quotation: "testimonials[0].title" is a job.
func (k keptCopy) spoken(key string) bool {
	parts := strings.Split(key, ".")
	for i, part := range parts {
		if isQuoteKey(anyIndex(part)) && (i == len(parts)-1 || strings.Contains(part, "[") || i < len(parts)-2) {
			return true
		}
	}
	for parent := parentOf(key); parent != ""; parent = parentOf(parent) {
		for _, word := range k.kinds[parent] {
			if isQuoteKey(word) { // "testimonials" may have a heading and lists, "testimonial" is one
				return !strings.HasSuffix(word, "s") || roleOf(key) != headlineCopy || parent != parentOf(key)
			}
		}
	}
	return false
}

// quotes reports whether the map under a key is somebody's words, by its key or by what it says it is.
func (k keptCopy) quotes(key string) bool {
	if isQuoteName(key) {
		return true
	}
	for _, word := range k.kinds[key] {
		if isQuoteKey(word) {
			return true
		}
	}
	return false
}

// isQuoteKey reports whether somebody's words stand under a key. "q" is a question, and "quote_author" says who speaks.
func isQuoteKey(key string) bool {
	words := keyWords(key)
	if len(words) == 0 || words[0] == "q" || !isQuoteName(key) {
		return false
	}
	last := words[len(words)-1]
	return len(words) == 1 || isQuoteName(last) || copyLists["text"][last]
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

// isData reports whether the page is nothing but values under keys.
func (p *Page) isData() bool { return p.Format == "yaml" || p.Format == "json" || p.Format == "toml" }
