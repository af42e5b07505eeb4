package prose

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed copy.txt
var copyText string

// A role says what readers meet under a key.
type role int

// The roles of keys.
const (
	noCopy role = iota
	headlineCopy
	textCopy
	labelCopy
	wordsCopy   // somebody's words
	speakerCopy // who says them
)

var (
	copyLists = readLists(copyText)
	copyRoles = map[string]role{"headline": headlineCopy, "text": textCopy, "label": labelCopy, "words": wordsCopy, "speaker": speakerCopy}
)

// readLists reads lists of words, each under its name: "name: word word", continued on indented lines; "#" begins a comment.
func readLists(text string) map[string]map[string]bool {
	lists := map[string]map[string]bool{}
	name := ""
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if head, rest, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, " ") {
			name, line = head, rest
			lists[name] = map[string]bool{}
		}
		for _, word := range strings.Fields(line) {
			lists[name][word] = true
		}
	}
	return lists
}

// roleOf returns what readers meet under a key: its last part between dots, without an index.
func roleOf(key string) role {
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		key = key[i+1:]
	}
	parts := keyWords(key)
	if len(parts) == 0 {
		return noCopy
	}
	last := parts[len(parts)-1]
	if copyLists["label"][last] || len(parts) > 1 && copyLists["label"][parts[len(parts)-2]+last] {
		return labelCopy
	}
	found := noCopy
	for name, r := range copyRoles { // no word is in two lists
		if copyLists[name][last] {
			found = r
		}
	}
	for _, part := range parts {
		if copyLists["never"][part] {
			return noCopy
		}
	}
	if len(parts) > 1 && copyLists["speaker"][parts[0]] {
		return noCopy // an author's title is a job
	}
	return found
}

// keyWords splits a key into its words, in lower case: "heroTitle", "hero_title[2]" and "Hero-Title" are hero and title.
func keyWords(key string) []string {
	if i := strings.IndexByte(key, '['); i >= 0 {
		key = key[:i]
	}
	var out []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
	}
	lower := false
	for _, c := range key {
		switch {
		case c == '_' || c == '-' || c == ' ' || c == '/' || c == '.' || c == ':':
			flush()
			lower = false
			continue
		case unicode.IsUpper(c) && lower:
			flush()
		}
		lower = !unicode.IsUpper(c)
		word.WriteRune(unicode.ToLower(c))
	}
	flush()
	return out
}

// isCopy reports whether a value reads as words for people: not an address, a path, a template's expression, an identifier.
func isCopy(text string) bool {
	text = strings.TrimSpace(text)
	c, _ := utf8.DecodeRuneInString(text)
	oneWord := !strings.ContainsAny(text, " \u00a0")
	switch {
	case text == "" || oneWord && strings.Contains(text, "://") || strings.HasPrefix(text, "mailto:"):
		return false
	case c == '/' || c == '{' || c == '$' || c == '.' || oneWord && (c == '#' || c == '<'):
		return false
	}
	letters := 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	if letters < 3 {
		return false
	}
	return !oneWord || !strings.ContainsAny(text, "/_=<>{}\\.") && !(strings.Contains(text, "-") && text == strings.ToLower(text))
}

// copyBlock adds the copy that stands under a key, as readers meet it. It reports whether there was any.
func (r *reader) copyBlock(key string, v Value) bool {
	return isCopy(v.Text) && r.copyAs(roleOf(key), key, v)
}

// copyAs adds the copy that stands under a key, in a role.
func (r *reader) copyAs(as role, key string, v Value) bool {
	if v.Bool || v.Span.Empty() {
		return false
	}
	from := len(r.page.Blocks)
	src := sourceOf(r.page.Source, v)
	src.bytes, _ = mask(src.bytes, 0, false)
	switch as {
	case headlineCopy:
		text := runOver(src)
		r.add(Block{Kind: Heading, Level: 3, Span: text.whole()}, text)
	case labelCopy:
		text := runOver(src)
		r.add(Block{Kind: Label, Span: text.whole(), Aside: "a label"}, text)
	case textCopy:
		tame(src.bytes, 0)
		r.markdown(src)
	}
	for i := from; i < len(r.page.Blocks); i++ {
		r.page.Blocks[i].Key = key
	}
	return len(r.page.Blocks) > from
}
