package prose

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

//go:embed language.txt
var languageText string

// A language is known by its function words.
type language struct {
	code, name string
	words      map[string]bool
}

// languages holds English first, then the others.
var languages = readLanguages(languageText)

func readLanguages(text string) []language {
	var out []language
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, words, _ := strings.Cut(line, ":")
		code, name, _ := strings.Cut(head, " ")
		out = append(out, language{code, strings.Trim(name, "()"), wordSet(words)})
	}
	return out
}

// languageCodes are the codes that a folder or a file's ending may carry. "it", "is", "no", "my" and other English words, and what is
// short for something else ("hr", "ar", "eu", "uk"), count only with a region ("it-it") or where a language is to be expected
// ("i18n/it", "content/hr").
var languageCodes = wordSet("ar bg bn bs ca cs cy da de el es et eu fa fi fr gl he hi hr hu id it ja ka ko lt lv mk ms nb nl nn no pl pt ro ru sk sl sq sr sv ta th tr uk ur vi zh jp cn kr")

var (
	wordlikeCodes = wordSet("it is no my am as be so id et el hi ms cn ca bs he hr ar eu cs uk sr ta th vi fa sq")
	localeFolders = wordSet("i18n _i18n l10n locale locales lang langs language languages translation translations intl messages")
	contentRoots  = wordSet("content contents")
	localeForm    = regexp.MustCompile(`^([a-z]{2})(?:[-_](?:[a-z]{2}|hans|hant|latn|cyrl|419))?$`)
)

// Foreign returns why the page is not in English ("its front matter says lang: de"), or "" when it is, or when nothing tells.
//
// The words beat the front matter and the path where they are overwhelming: a page that says "lang: en" above German text is
// German, and a page under /de/ that nobody has translated yet is English.
func (p *Page) Foreign() string {
	byWords, english := p.languageOfWords()
	if byWords != "" || english {
		return byWords
	}
	if key, value := p.declaredLanguage(); key != "" {
		if isEnglish(value) {
			return ""
		}
		return "its front matter says " + key + ": " + value
	}
	if part := foreignPart(p.Path); part != "" {
		return "its path says " + part
	}
	return ""
}

// declaredLanguage returns the front matter key that holds a language, and what it says.
func (p *Page) declaredLanguage() (key, value string) {
	for _, key := range []string{"lang", "language", "locale", "hreflang", "languagecode"} {
		if v, ok := p.Front.Get(key); ok {
			code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(v.Text), "_", "-"), "-")
			if languageCodes[code] || isEnglish(v.Text) || namesLanguage(v.Text) {
				return key, v.Text
			}
		}
	}
	return "", ""
}

func isEnglish(value string) bool {
	value = strings.ToLower(value)
	return value == "en" || value == "english" || value == "eng" || strings.HasPrefix(value, "en-") || strings.HasPrefix(value, "en_")
}

func namesLanguage(value string) bool {
	for _, l := range languages {
		if equalFold(l.name, value) {
			return true
		}
	}
	return false
}

// foreignPart returns the part of a path that names another language: a folder ("/de/", "i18n/fr/", "zh-cn/"), the last part before the
// file's ending ("content.ja.md"; "content_pt-br.md" is left alone: underscores join words too), or the whole name of a data file or of a
// file among languages ("locales/de.json", "data/fr.yaml").
func foreignPart(path string) string {
	parts := strings.Split(strings.ToLower(path), "/")
	file := parts[len(parts)-1]
	among := false // where languages are told apart
	for i, part := range parts[:len(parts)-1] {
		root := i > 0 && contentRoots[parts[i-1]]
		if foreignCode(part, among || root) {
			return part + "/"
		}
		if _, code, ok := strings.Cut(part, "."); ok && i > 0 && foreignCode(code, false) {
			return part + "/"
		}
		among = localeFolders[part]
	}
	pieces := strings.Split(file, ".")
	if len(pieces) < 2 {
		return ""
	}
	code, end := pieces[len(pieces)-2], pieces[len(pieces)-1]
	switch {
	case len(pieces) > 2 && foreignCode(code, len(pieces) == 3):
		return "." + code + "." + end
	case len(pieces) == 2 && (among || formats["."+end].isData()) && foreignCode(code, among):
		return file
	}
	return ""
}

// foreignCode reports whether part is a language code other than English. sure is true where only a code can stand.
func foreignCode(part string, sure bool) bool {
	m := localeForm.FindStringSubmatch(part)
	if m == nil || !languageCodes[m[1]] {
		return false
	}
	return sure || len(part) > 2 || !wordlikeCodes[part]
}

// languageOfWords judges by the words alone. It needs twenty of them; below that it knows of nothing.
func (p *Page) languageOfWords() (foreign string, english bool) {
	counts := make([]int, len(languages))
	total, letters := 0, 0
	scripts := make([]int, len(scriptTables))
	see := func(sentences []Sentence) {
		for _, s := range sentences {
			for _, w := range s.Words {
				r := firstRune(w.Norm)
				if !unicode.IsLetter(r) {
					continue
				}
				total++
				for i := range languages {
					if languages[i].words[w.Norm] {
						counts[i]++
					}
				}
			}
			for _, r := range s.Text {
				if !unicode.IsLetter(r) {
					continue
				}
				letters++
				if r < 0x370 {
					continue
				}
				for i, t := range scriptTables {
					if unicode.In(r, t.tables...) {
						scripts[i]++
						break
					}
				}
			}
		}
	}
	for _, b := range p.Blocks {
		if b.IsProse() || b.Kind == Heading {
			see(b.Sentences)
		}
	}
	for i, n := range scripts {
		if n >= 20 && 2*n > letters {
			return "its text is in " + scriptTables[i].name, false
		}
	}
	if total < 20 {
		return "", false
	}
	best := 1
	for i := 2; i < len(languages); i++ {
		if counts[i] > counts[best] {
			best = i
		}
	}
	share := func(i int) int { return 100 * counts[i] / total }
	switch {
	case share(best) >= 15 && counts[best] >= 6 && counts[best] > 2*counts[0]:
		return fmt.Sprintf("its words read as %s (%d of %d are words such as %q)", languages[best].name, counts[best], total, p.sample(best)), false
	case share(0) >= 15 && counts[0] > counts[best]:
		return "", true
	}
	return "", false
}

// sample returns the first function word of a language that the page holds.
func (p *Page) sample(l int) string {
	for _, s := range p.Prose() {
		for _, w := range s.Words {
			if languages[l].words[w.Norm] && len(w.Norm) > 1 {
				return w.Norm
			}
		}
	}
	return strings.Fields(languages[l].name)[0]
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

var scriptTables = []struct {
	name   string
	tables []*unicode.RangeTable
}{
	{"Chinese or Japanese script", []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}},
	{"Korean script", []*unicode.RangeTable{unicode.Hangul}},
	{"Cyrillic script", []*unicode.RangeTable{unicode.Cyrillic}},
	{"Greek script", []*unicode.RangeTable{unicode.Greek}},
	{"Arabic script", []*unicode.RangeTable{unicode.Arabic}},
	{"Hebrew script", []*unicode.RangeTable{unicode.Hebrew}},
	{"Thai script", []*unicode.RangeTable{unicode.Thai}},
	{"Devanagari script", []*unicode.RangeTable{unicode.Devanagari}},
}
