package prose

import (
	_ "embed"
	"path"
	"strconv"
	"strings"
	"unicode"
)

//go:embed kinds.txt
var kindsText string

// kindCues holds what kinds.txt says, section by section.
var kindCues = readCues(kindsText)

// A cue is a phrase that speaks for a name: a kind, or a reason to leave a page alone.
type cue struct {
	name   string
	phrase string
	words  []string
}

// readCues reads a list of "[section]" lines and "name: phrase" lines.
func readCues(text string) map[string][]cue {
	lists := map[string][]cue{}
	section := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		default:
			name, phrase, _ := strings.Cut(line, ":")
			phrase = strings.TrimSpace(phrase)
			lists[section] = append(lists[section], cue{name, phrase, strings.Fields(phrase)})
		}
	}
	return lists
}

// DeclaredKind returns the kind that the front matter declares, and the reason in words; Unknown and "" when it declares none.
//
// "kind" beats "content_type", "type" and "layout", and these beat categories and tags, where only names that can mean nothing else
// count. "layout: post" and the like declare nothing.
func (p *Page) DeclaredKind() (Kind, string) {
	for _, list := range []struct {
		section string
		keys    []string
	}{
		{"declared", []string{"kind", "content_type", "content-type", "contenttype", "page_type", "type", "layout"}},
		{"category", []string{"category", "categories"}},
		{"tag", []string{"tags", "tag"}},
	} {
		for _, key := range list.keys {
			for _, v := range p.Front.Values {
				if name, _, _ := strings.Cut(v.Key, "["); !equalFold(name, key) {
					continue
				}
				if kind, ok := kindNamed(list.section, v.Text); ok {
					return kind, `its front matter says "` + key + ": " + v.Text + `"`
				}
			}
		}
	}
	return Unknown, ""
}

// kindNamed returns the kind that a list gives to a name, plural or singular, with dashes, underscores or spaces.
func kindNamed(section, name string) (Kind, bool) {
	name = strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r == '-' || r == '_' || unicode.IsSpace(r)
	}), " ")
	forms := []string{name, strings.TrimSuffix(name, "s")}
	if stem, ok := strings.CutSuffix(name, "ies"); ok {
		forms = append(forms, stem+"y")
	}
	for _, form := range forms {
		for _, c := range kindCues[section] {
			if form == c.phrase {
				return Kind(c.name), true
			}
		}
	}
	return Unknown, false
}

// GuessedKind returns the kind that the page's path and words suggest, and the reason in words. It is Unknown where nothing is
// sure: kinds that silence checks (how-to, reference, release-notes, legal) are said only on plain evidence.
func (p *Page) GuessedKind() (Kind, string) {
	folder, lies := p.folderKind()
	v := newView(p)
	if kind, reason := v.plain(); kind != Unknown {
		return kind, reason
	}
	if folder != Unknown && folder != News {
		return folder, lies
	}
	for _, guess := range []func() (Kind, string){v.titled, v.opened, v.shaped} {
		if kind, reason := guess(); kind != Unknown {
			return kind, reason
		}
	}
	if folder == News {
		return folder, lies
	}
	return v.stance()
}

// folderKind returns the kind that the innermost telling folder of the path, or the file's own name, gives.
func (p *Page) folderKind() (Kind, string) {
	parts := strings.Split(strings.ToLower(p.Path), "/")
	for i := len(parts) - 1; i >= 0; i-- {
		part := strings.TrimLeft(parts[i], "_.")
		if i == len(parts)-1 {
			part = strings.TrimSuffix(part, path.Ext(part))
		}
		part = strings.NewReplacer("_", "-", " ", "-").Replace(part)
		for _, c := range kindCues["folder"] {
			if c.phrase != part {
				continue
			}
			switch {
			case c.name == "none":
				return Unknown, ""
			case i == len(parts)-1:
				return Kind(c.name), "its file is named " + parts[i]
			}
			return Kind(c.name), "it lies under " + parts[i] + "/"
		}
	}
	return Unknown, ""
}

// findCue returns the first cue that stands in the words, and the words it was found in.
func findCue(cues []cue, words []string) (cue, string, bool) {
	for _, c := range cues {
		if from, to, ok := c.find(words); ok {
			return c, strings.Join(words[from:to], " "), true
		}
	}
	return cue{}, "", false
}

// find returns where a cue stands in words as written, or false.
func (c cue) find(words []string) (from, to int, ok bool) {
	pattern := c.words
	anchored := pattern[0] == "^"
	if anchored {
		pattern = pattern[1:]
	}
	for i := range words {
		if n, ok := matchCue(pattern, words[i:]); ok {
			return i, i + n, true
		}
		if anchored {
			break
		}
	}
	return 0, 0, false
}

// matchCue reports whether words begin with a pattern, and how many of them it takes.
func matchCue(pattern, words []string) (n int, ok bool) {
	if len(pattern) == 0 {
		return 0, true
	}
	switch pattern[0] {
	case "$":
		return 0, len(words) == 0
	case "*":
		for skip := 1; skip <= 5 && skip <= len(words); skip++ {
			if n, ok := matchCue(pattern[1:], words[skip:]); ok {
				return skip + n, true
			}
		}
		return 0, false
	}
	if len(words) == 0 || !matchWord(pattern[0], words[0]) {
		return 0, false
	}
	n, ok = matchCue(pattern[1:], words[1:])
	return n + 1, ok
}

var months = " january february march april may june july august september october november december "

func matchWord(pattern, word string) bool {
	lower := straight(strings.ToLower(word))
	switch pattern {
	case "<version>":
		return isVersion(lower)
	case "<name>":
		r := []rune(word)
		return len(r) > 1 && unicode.IsUpper(r[0])
	case "<number>":
		_, err := strconv.Atoi(lower)
		return err == nil
	case "<month>":
		return len(lower) > 2 && strings.Contains(months, " "+lower+" ")
	case "<cve>":
		return strings.HasPrefix(lower, "cve-") && len(lower) > 8
	case "<year>":
		n, err := strconv.Atoi(lower)
		return err == nil && n > 1980 && n < 2100
	}
	return pattern == lower
}

func straight(s string) string { return strings.ReplaceAll(s, "’", "'") }

// isVersion reports whether a word reads like a version: 4.2, v10, 6.0.4.
func isVersion(word string) bool {
	rest, v := strings.CutPrefix(word, "v")
	dots := 0
	for i, r := range rest {
		switch {
		case r == '.' && i > 0:
			dots++
		case r < '0' || r > '9':
			return false
		}
	}
	return rest != "" && (v || dots > 0)
}
