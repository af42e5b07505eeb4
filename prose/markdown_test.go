package prose

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// check holds a page to its promise: every span lies in the file, and a word's span quotes the word.
func check(t *testing.T, p *Page) {
	t.Helper()
	inside := func(what string, s Span) {
		if s.Start < 0 || s.End > len(p.Source) || s.End < s.Start {
			t.Fatalf("%s: span %v outside the file of %d bytes", what, s, len(p.Source))
		}
	}
	sentence := func(s Sentence) {
		inside("sentence", s.Span)
		for _, w := range s.Words {
			inside("word", w.Span)
			if w.Span.Empty() {
				continue
			}
			got := p.Quote(w.Span)
			if got != w.Text && !sameLetters(got, w.Text) {
				t.Fatalf("word %q at %v quotes %q", w.Text, w.Span, got)
			}
			if s.Text[w.Offset:w.Offset+len(w.Text)] != w.Text {
				t.Fatalf("word %q is not at offset %d of %q", w.Text, w.Offset, s.Text)
			}
			if !s.Span.Contains(w.Span) {
				t.Fatalf("word %q at %v outside its sentence %v", w.Text, w.Span, s.Span)
			}
		}
	}
	sentence(p.Title)
	sentence(p.Subtitle)
	end := 0
	for _, b := range p.Blocks {
		inside("block", b.Span)
		if b.Span.Start < end && b.Kind != Component && b.Kind != Code {
			// Blocks stand in reading order.
			if b.Span.Start < 0 {
				t.Fatalf("block at %v before %d", b.Span, end)
			}
		}
		end = b.Span.Start
		for _, s := range b.Sentences {
			sentence(s)
		}
	}
	for _, q := range p.Quotations {
		inside("quotation", q.Span)
		inside("speaker", q.By)
	}
	for _, l := range p.Links {
		inside("link", l.Span)
	}
	for _, s := range p.Sections {
		inside("section", s.Span)
		if s.First > s.End {
			t.Fatalf("section from block %d to %d", s.First, s.End)
		}
	}
}

// sameLetters reports whether the author's bytes, with markup, entities and tags in them, can read as word.
func sameLetters(source, word string) bool {
	if !utf8.ValidString(source) || strings.ContainsAny(source, "&\\<>{*_~^#+|`[]()!\x1a\u200b\ufeff\u00ad\r\n'\" ") {
		return true
	}
	return source == word
}

func TestPage(t *testing.T) {
	p := Parse("blog/a.md", []byte(`---
title: "Meet Relay 4"
description: What breaks on a Monday
---
<!-- tellwell: ok -->
# A heading

Planners rebuild **Friday's** forecast by hand, e.g. in v2.0 of a sheet. It takes Acme Inc. two hours. Who checks?

- One item. And more.
- Two

> I plan apologies.
> — Maria Lopez, planner

"We stopped trucking water in August, and nobody rang," said Jonas Berg, plant manager. That was all.

| Spec | Value |
|------|-------|
| RFID | yes |

`+"```go\nfmt.Println(1)\n```"+`

{% include quote.html content="We lost the whole tank that day." author="Ada Nwosu" title="driver" %}

## About Relay
Relay is the leader.
`))
	check(t, p)
	if p.Title.Text != "Meet Relay 4" || p.Subtitle.Text != "What breaks on a Monday" {
		t.Errorf("title %q, subtitle %q", p.Title.Text, p.Subtitle.Text)
	}
	var got []string
	for _, s := range p.Prose() {
		got = append(got, s.Text)
	}
	want := []string{
		"Planners rebuild Friday's forecast by hand, e.g. in v2.0 of a sheet.", "It takes Acme Inc. two hours.", "Who checks?",
		"One item.", "And more.", "Two",
		`"We stopped trucking water in August, and nobody rang," said Jonas Berg, plant manager.`, "That was all.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("prose\n got %q\nwant %q", got, want)
	}
	var said []string
	for _, q := range p.Quotations {
		said = append(said, q.Text+" | "+q.Speaker+" | "+string(q.Form)+" | "+p.Quote(q.Span))
	}
	wantSaid := []string{
		"I plan apologies. | Maria Lopez, planner | block quote | I plan apologies.",
		"We stopped trucking water in August, and nobody rang, | Jonas Berg, plant manager | speech | We stopped trucking water in August, and nobody rang,",
		"We lost the whole tank that day. | Ada Nwosu, driver | component | We lost the whole tank that day.",
	}
	if !slices.Equal(said, wantSaid) {
		t.Errorf("quotations\n got %q\nwant %q", said, wantSaid)
	}
	if len(p.Comments) != 1 || p.Comments[0].Text != "tellwell: ok" {
		t.Errorf("comments %+v", p.Comments)
	}
	if len(p.Sections) != 2 {
		t.Errorf("%d sections, want 2: %+v", len(p.Sections), p.Sections)
	}
	var rows [][]string
	for _, b := range p.Blocks {
		if b.Kind == Table {
			rows = b.Rows
		}
	}
	if len(rows) != 2 || rows[1][0] != "RFID" {
		t.Errorf("table rows %q", rows)
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"It works, e.g. on Mondays. Then it stops.", "It works, e.g. on Mondays.|Then it stops."},
		{"We met in the U.S. last year. It rained.", "We met in the U.S. last year.|It rained."},
		{"We sell in the U.S. The rest follows.", "We sell in the U.S.|The rest follows."},
		{"We run v2.0 here. It holds.", "We run v2.0 here.|It holds."},
		{"Acme Inc. Europe agreed. Good.", "Acme Inc. Europe agreed.|Good."},
		{"Acme Inc. The end.", "Acme Inc.|The end."},
		{"Wait... what happened? Nothing.", "Wait... what happened?|Nothing."},
		{"And then… Nothing came.", "And then…|Nothing came."},
		{"“It broke.” She left.", "“It broke.”|She left."},
		{"“It broke!” she said.", "“It broke!” she said."},
		{"At 5 p.m. the gate shut. At 6 a.m. Monday it opened.", "At 5 p.m. the gate shut.|At 6 a.m. Monday it opened."},
		{"Ask J. Smith or Dr. Wu. iPhones ring.", "Ask J. Smith or Dr. Wu.|iPhones ring."},
		{"1. First do this.", "1. First do this."},
		{"See fig. 3 and No. 7. No. That is all.", "See fig. 3 and No. 7.|No.|That is all."},
		{"Pay $4.50 at 3.15 sharp! Really?! Yes.", "Pay $4.50 at 3.15 sharp!|Really?!|Yes."},
		{"这是一句。那是另一句。", "这是一句。|那是另一句。"},
	} {
		var got []string
		for _, s := range sentences([]byte(test.text), nil) {
			got = append(got, strings.TrimSpace(test.text[s.from:s.to]))
		}
		if strings.Join(got, "|") != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, strings.Join(got, "|"), test.want)
		}
	}
}

func TestSpeech(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`"We lost the tank," said Ada.`, "We lost the tank, / Ada"},
		{`“We lost the tank,” Ada Nwosu recalls.`, "We lost the tank, / Ada Nwosu"},
		{`Ada Nwosu, a driver, says: “We lost the tank.”`, "We lost the tank. / Ada Nwosu, a driver"},
		{`The so-called "smart tank" is a "must have".`, ""},
		{`“We lost the tank that morning and told nobody about it.” — Ada Nwosu`, "We lost the tank that morning and told nobody about it. / Ada Nwosu"},
		{`A 19" rack and a 3" pipe stand beside the tank in the yard of the farm.`, ""},
		{`"I knew," said Ada Nwosu. "I just did not ring," she said.`, "I knew, / Ada Nwosu; I just did not ring, / Ada Nwosu"},
		{"<blockquote><p>We lost the tank.</p><footer>Ada Nwosu</footer></blockquote>", "We lost the tank. / Ada Nwosu"},
		{"{{< quote author=\"Ada\" >}}\nWe lost the tank.\n{{< /quote >}}", "We lost the tank. / Ada"},
		{"{% quote Ada Nwosu %}\nWe lost the tank.\n{% endquote %}", "We lost the tank. / Ada Nwosu"},
		{"<Testimonial quote=\"We lost the whole tank.\" author=\"Ada\" />", "We lost the whole tank. / Ada"},
		{"> **Note:** this is ours to say.", ""},
		{"---\ntestimonial:\n  quote: We lost the whole tank.\n  author: Ada\n---\nText.", "We lost the whole tank. / Ada"},
		{"“We lost the tank that day, all of it.”\n\n— Ada Nwosu, driver", "We lost the tank that day, all of it. / Ada Nwosu, driver"},
	} {
		p := Parse("a.md", []byte(test.text))
		check(t, p)
		var got []string
		for _, q := range p.Quotations {
			got = append(got, q.Text+" / "+q.Speaker)
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, strings.Join(got, "; "), test.want)
		}
	}
}

func TestPosition(t *testing.T) {
	p := Parse("a.md", []byte("\ufeffOne 🙂 two\r\nthree\n"))
	check(t, p)
	for _, test := range []struct{ offset, line, column int }{{3, 1, 1}, {7, 1, 5}, {12, 1, 8}, {17, 2, 1}} {
		if line, column := p.Position(test.offset); line != test.line || column != test.column {
			t.Errorf("offset %d is %d:%d, want %d:%d", test.offset, line, column, test.line, test.column)
		}
	}
}

func TestHardInput(t *testing.T) {
	long := strings.Repeat("word, ", 5<<20/6)
	for name, src := range map[string]string{
		"invalid UTF-8":  "Caf\xe9 is \xff\xfe open. It is.\n",
		"byte order":     "\ufeff# Title\n\nText.\n",
		"CRLF":           "---\r\ntitle: A\r\n---\r\n# B\r\n\r\nOne.  \r\nTwo.\r\n",
		"open fence":     "Text.\n\n```\ncode {{ x }}\n",
		"open tag":       "Text {{ and {% and {{< more.\n<!-- never closed\n",
		"one long line":  long,
		"many open tags": strings.Repeat("{{ ", 200_000),
		"deep quotes":    strings.Repeat("> ", 500) + "x",
		"deep lists":     strings.Repeat("- ", 500) + "x",
		"open links":     strings.Repeat("[a](", 50_000),
		"quotes in line": strings.Repeat("> ", 100_000),
		"items in line":  strings.Repeat("1. ", 100_000),
		"NUL":            "a\x00b\x1ac\n",
		"old Mac":        "# Title\r\rText here.\rMore.\r",
	} {
		p := Parse("a.md", []byte(src))
		check(t, p)
		if name == "CRLF" && (p.Title.Text != "A" || len(p.Prose()) != 2) {
			t.Errorf("CRLF: title %q, prose %v", p.Title.Text, p.Prose())
		}
		if name == "invalid UTF-8" && len(p.Prose()) != 2 {
			t.Errorf("invalid UTF-8: %v", p.Prose())
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src, err := os.ReadFile(filepath.Join("..", "docs", "design.md"))
	if err != nil {
		b.Fatal(err)
	}
	src = []byte(strings.Repeat(string(src), 8))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Parse("a.md", src)
	}
}
