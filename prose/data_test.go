package prose

import (
	"strings"
	"testing"
)

// Whatever the quoting, words stand where the author wrote them.
func TestPlacesOfValues(t *testing.T) {
	for name, test := range map[string]struct {
		path, text string
		words      map[string]string // as read, and the bytes they quote
	}{
		"plain":            {"a.yaml", "hero:\n  text: The lift holds two trolleys.\n", map[string]string{"trolleys": "trolleys"}},
		"plain, folded":    {"a.yaml", "hero:\n  text: The lift holds\n    two trolleys.\n", map[string]string{"two": "two", "trolleys": "trolleys"}},
		"single quotes":    {"a.yaml", "text: 'It''s the ward''s lift, and it''s full.'\n", map[string]string{"It's": "It''s", "ward's": "ward''s", "full": "full"}},
		"double quotes":    {"a.yaml", "text: \"Caf\\u00e9 \\\"Lift\\\" is\\nfull \\\n  at four.\"\n", map[string]string{"Café": "Caf\\u00e9", "Lift": "Lift", "full": "full", "four": "four"}},
		"literal":          {"a.yaml", "text: |\n  The lift is full.\n\n    It waits at four.\n  Nobody rings.\n", map[string]string{"full": "full", "rings": "rings"}},
		"folded":           {"a.yaml", "text: >-\n  The lift\n  is full\n\n  at four, every night.\n", map[string]string{"is": "is", "four": "four"}},
		"flow":             {"a.yaml", "hero: {text: \"The lift is full at four.\", cta: {text: a}}\n", map[string]string{"four": "four"}},
		"CRLF":             {"a.yaml", "text: |\r\n  The lift is full.\r\n  It waits at four.\r\n", map[string]string{"waits": "waits"}},
		"JSON":             {"a.json", `{"text": "Caf\u00e9 \"Lift\" is\nfull \ud83d\ude00 at 4\/5."}`, map[string]string{"Café": `Caf\u00e9`, "Lift": "Lift", "full": "full", "at": "at"}},
		"JSON, backslash":  {"a.json", `{"text": "The \\ lift is full at four."}`, map[string]string{"lift": "lift", "four": "four"}},
		"TOML, basic":      {"a.toml", `text = "Caf\u00e9 \"Lift\" is\tfull."`, map[string]string{"Café": `Caf\u00e9`, "Lift": "Lift", "full": "full"}},
		"TOML, literal":    {"a.toml", `text = 'The "lift" is full at four.'`, map[string]string{"lift": "lift", "four": "four"}},
		"TOML, multi-line": {"a.toml", "text = \"\"\"\nThe lift is \\\n   full at four.\nNobody rings.\"\"\"\n", map[string]string{"full": "full", "rings": "rings"}},
		"TOML, raw":        {"a.toml", "text = '''\nThe lift\\shaft is full.\n\nNobody rings.'''\n", map[string]string{"full": "full", "rings": "rings"}},
	} {
		p := Parse(test.path, []byte(test.text))
		check(t, p)
		found := map[string]string{}
		for _, s := range p.Prose() {
			for _, w := range s.Words {
				found[w.Text] = p.Quote(w.Span)
			}
		}
		for word, want := range test.words {
			if got, ok := found[word]; !ok || got != want {
				t.Errorf("%s: %q quotes %q, want %q; it reads %v", name, word, got, want, found)
			}
		}
		if len(p.Problems) > 0 {
			t.Errorf("%s: %v", name, p.Problems)
		}
	}
}

// What is broken is told with its line, and the rest is read.
func TestBrokenData(t *testing.T) {
	for name, test := range map[string]struct {
		path, text, told string
		line             int
		read             []string
	}{
		"a comma missing":    {"a.json", "{\"hero\": {\"text\": \"The lift is full at four.\"\n\"subtext\": \"Nobody has to ring for it.\"}}", "a comma is missing in the file before this line", 2, []string{"The lift is full at four.", "Nobody has to ring for it."}},
		"a comma too many":   {"a.json", "{\"text\": \"The lift is full at four.\",\n}", "the JSON of the file has a comma too many before this bracket; remove it", 2, []string{"The lift is full at four."}},
		"a comment":          {"a.json", "{\n/* no */ \"text\": \"The lift is full at four.\"}", "a comment stands here, and JSON has none; remove it, or keep the file as YAML", 2, []string{"The lift is full at four."}},
		"never closed":       {"a.json", "{\"hero\": {\"text\": \"The lift is full at four.\"", "the JSON of the file could not be read from here on; look for a missing comma or quotation mark", 1, []string{"The lift is full at four."}},
		"a bare word":        {"a.json", "lift", "the file holds no keys, so nothing was read from it; begin it with {", 1, nil},
		"YAML, a bare word":  {"a.yaml", "lift", "the file holds no keys, so nothing was read from it; write it as key: value lines", 1, nil},
		"YAML, a quote open": {"a.yaml", "text: The lift is full at four.\nnote: \"open\nother: x\n", "the value of \"note\" could not be read as YAML and was taken as it stands; check its quotation marks", 2, []string{"The lift is full at four."}},
		"TOML":               {"a.toml", "text = \"The lift is full at four.\"\nnote = open\n", "the value of \"note\" could not be read as TOML and was taken as it stands; write one, in double quotation marks, or remove the line", 2, []string{"The lift is full at four."}},
		"too long":           {"a.yaml", "text: The lift.\n#" + strings.Repeat("x", maxFrontBytes), "the file is longer than a megabyte and was not read; split it", 1, nil},
	} {
		p := Parse(test.path, []byte(test.text))
		check(t, p)
		var read []string
		for _, s := range p.Prose() {
			read = append(read, s.Text)
		}
		if strings.Join(read, "|") != strings.Join(test.read, "|") {
			t.Errorf("%s: read %q, want %q", name, read, test.read)
		}
		if len(p.Problems) == 0 || p.Problems[0].Message != test.told || p.Line(p.Problems[0].Span.Start) != test.line {
			t.Errorf("%s: told %v, want %q on line %d", name, p.Problems, test.told, test.line)
		}
	}
}

// A table of what is copy under which key, in front matter above a body and in data.
func TestCopyUnderKeys(t *testing.T) {
	const text = "The lift is full at four."
	for _, test := range []struct {
		key         string
		front, data string // "heading", "text", "label" or "" for none
	}{
		{"title", "", ""}, // it is the title
		{"hero.headline", "", ""},
		{"body", "", "text"},
		{"intro", "", ""}, // it is the subtitle
		{"features[0].text", "text", "text"},
		{"params.features[0].text", "text", "text"},
		{"sections[0].blocks[1].content", "text", "text"},
		{"faq[0].answer", "text", "text"},
		{"faq[0].a", "text", "text"},
		{"hero_text", "text", "text"},
		{"short_text", "", "text"},
		{"benefits[0]", "text", "text"},
		{"features[0].title", "label", "label"},
		{"hero.cta.label", "label", "label"},
		{"buttons.main[0].text", "label", "label"},
		{"button_cta.text", "label", "label"},
		{"seo.body", "", ""},
		{"hero.image.caption", "", ""},
		{"menu[0].title", "", ""},
		{"author.details", "", ""},
		{"team[0].text", "", ""},
		{"testimonials[0].text", "", ""}, // a quotation
		{"hero.author_title", "", ""},
		{"hero.meta_description", "", ""},
		{"errors.message", "", ""},
		{"lift.weight", "", ""},
	} {
		read := func(p *Page) string {
			for _, b := range p.Blocks {
				if b.Key == test.key {
					return map[BlockKind]string{Heading: "heading", Paragraph: "text", ListItem: "text", Label: "label"}[b.Kind]
				}
			}
			return ""
		}
		value := Value{Key: test.key, Text: text, Span: Span{0, len(text)}}
		for format, want := range map[string]string{"markdown": test.front, "yaml": test.data} {
			r := &reader{page: &Page{Format: format, Source: []byte(text), Front: Front{Span: value.Span, Values: []Value{value}}}}
			r.copyValues(Keys{})
			if got := read(r.page); got != want {
				t.Errorf("%s in %s: %q, want %q", test.key, format, got, want)
			}
		}
	}
}

// The configuration's patterns beat what is known of keys.
func TestKeys(t *testing.T) {
	page := []byte("hero: {promise: The lift is never full., text: The lift is full at four.}\nrows: [[{q: Is it full?}]]\nseo: {body: It is full at four.}\nTeam:\n  Text: We push trolleys at night.\n")
	for _, test := range []struct {
		keys Keys
		want string
	}{
		{Keys{}, "hero.text"},
		{Keys{Copy: []string{"hero.promise"}}, "hero.promise hero.text"},
		{Keys{Copy: []string{"seo.body", "team.text"}}, "hero.text seo.body Team.Text"},
		{Keys{Copy: []string{"*.promise"}, Not: []string{"hero.text"}}, "hero.promise"},
		{Keys{Copy: []string{"hero.promise"}, Not: []string{"hero.*"}}, ""},
		{Keys{Copy: []string{"hero"}}, "hero.text"},
		{Keys{Copy: []string{"rows[].q"}}, "hero.text"},
	} {
		var got []string
		p := ParseWith("_data/a.yaml", page, test.keys)
		check(t, p)
		for _, b := range p.Blocks {
			if b.IsProse() {
				got = append(got, b.Key)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%v: %q, want %q", test.keys, got, test.want)
		}
	}
}

// matches takes every index, and any one part; nothing else is left open.
func TestMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, key string
		want         bool
	}{
		{"hero.text", "hero.text", true},
		{"hero.text", "Hero.Text", true},
		{"hero.text", "hero.text.more", false},
		{"features[].text", "features[12].text", true},
		{"features[].text", "features.text", false},
		{"features.text", "features[0].text", false},
		{"rows[][].q", "rows[0][3].q", true},
		{"rows[].q", "rows[0][3].q", false},
		{"*.text", "hero.text", true},
		{"*.text", "features[0].text", true},
		{"*.text", "a.b.text", false},
	} {
		if got := matches([]string{test.pattern}, test.key); got != test.want {
			t.Errorf("%s and %s: %v", test.pattern, test.key, got)
		}
	}
}

// Copy of front matter and the body are sections apart, and so are the maps of front matter.
func TestSectionsOfFrontMatter(t *testing.T) {
	p := Parse("a.md", []byte("---\ntitle: Lift\nfeatures:\n  - title: Hold\n    text: The doors wait for a trolley.\nclosing: {text: Come and see it at four.}\n"+
		"notes: {text: Nobody rings the ward at night.}\n---\nThe body begins here.\n"))
	var got []string
	for _, s := range p.Sections {
		words := ""
		for i := s.First; i < s.End; i++ {
			words += p.Blocks[i].Sentences[0].Text
		}
		got = append(got, words)
	}
	want := "The doors wait for a trolley.|Nobody rings the ward at night.|The body begins here.|Come and see it at four."
	if strings.Join(got, "|") != want {
		t.Errorf("sections %q, want %q", got, want)
	}
}
