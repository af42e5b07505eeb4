package prose

import (
	"strings"
	"testing"
	"time"
)

// What an attribute or an expression says is read as a reader of the built page reads it, and quoted as the author wrote it.
func TestMDXPlaces(t *testing.T) {
	for name, c := range map[string]struct{ page, read, quoted string }{
		"a string":               {`<Hero title="Monday without the phone" />`, "Monday without the phone", "Monday without the phone"},
		"a reference":            {`<Hero title="Hull &amp; Leeds agree" />`, "Hull & Leeds agree", "Hull &amp; Leeds agree"},
		"a literal with escapes": {`<Hero title={'It\u2019s six, \'they\' say'} />`, "It’s six, 'they' say", `It\u2019s six, \'they\' say`},
		"strings joined":         {`<Hero title={"Leeds sees " + "what Hull sees"} />`, "Leeds sees what Hull sees", `Leeds sees " + "what Hull sees`},
		"a template":             {"<Hero title={`One page\n  for all`} />", "One page for all", "One page\n  for all"},
		"an element":             {`<Hero title={<>One <b>page</b><br/>for all</>} />`, "One page for all", `One <b>page</b><br/>for all`},
		"a list of objects":      {`<Hero items={[{icon: <A b="c"/>, title: "One page"}]} />`, "One page", "One page"},
		"an expression":          {"<Card/>\n\n{\"One page, two depots.\"}", "One page, two depots.", `One page, two depots.`},
		"a child":                {"<Card>\n      One page, two depots.\n</Card>", "One page, two depots.", "One page, two depots."},
		"an inline component":    {`Read <Link href={to("/x")}>the story</Link> now.`, "Read the story now.", `Read <Link href={to("/x")}>the story</Link> now.`},
		"an arrow in attributes": {`Press <Key on={() => a > b && "}"} /> and wait.`, "Press and wait.",
			`Press <Key on={() => a > b && "}"} /> and wait.`},
	} {
		t.Run(name, func(t *testing.T) {
			page := Parse("a.mdx", []byte(c.page))
			check(t, page)
			var found []Sentence
			for _, b := range page.Blocks {
				found = append(found, b.Sentences...)
			}
			if len(found) != 1 || found[0].Text != c.read {
				t.Fatalf("%s\nreads as\n%s", c.page, told(page))
			}
			if got := page.Quote(found[0].Span); got != c.quoted {
				t.Errorf("it quotes %q, want %q", got, c.quoted)
			}
		})
	}
}

// A component is unread when readers meet words in it that are not in the file, and only then.
func TestMDXUnread(t *testing.T) {
	for page, want := range map[string]bool{
		`<PricingTable />`:                             true,
		`<Hero {...hero} />`:                           true,
		`<Hero title={t("title")}>Words.</Hero>`:       true,
		`{features.map((f) => <Card {...f} />)}`:       true,
		"<ul>{features.map((f) => <li>{f}</li>)}</ul>": true,
		`{children}`: true,
		`<Card title="Words" icon={Clock} onClick={go} />`:  false,
		`<Section style={{ color: x }}>Words.</Section>`:    false,
		`<Image src={wall} alt="A wall" />`:                 false,
		`<VideoPlayer id="x" />`:                            false,
		`<div className="x" />`:                             false,
		`We serve {count} teams in <Count of="x" /> towns.`: false,
		`{/* {children} */}`:                                false,
		"`<PricingTable />` and `{children}`":               false,
		"```jsx\n<PricingTable />\n```":                     false,
	} {
		if got := len(Parse("a.mdx", []byte(page)).Unread()) > 0; got != want {
			t.Errorf("%s: unread %v, want %v", page, got, want)
		}
	}
}

// Links, code and broken lines are known in a text whose tags are not there when it is read.
func TestMDXInline(t *testing.T) {
	page := Parse("a.mdx", []byte("Read <Link to=\"/x?a&amp;b\">the story</Link> and press <kbd>Esc</kbd>.<br/>Then <a href={y}>rest</a>"))
	if len(page.Links) != 2 || page.Links[0].Text != "the story" || page.Links[0].To != "/x?a&b" || page.Links[1].Text != "rest" {
		t.Errorf("links %+v", page.Links)
	}
	var sentences []Sentence
	for _, b := range page.Blocks {
		if b.IsProse() {
			sentences = b.Sentences
		}
	}
	if len(sentences) != 2 || sentences[1].Text != "Then rest" {
		t.Fatalf("it reads\n%s", told(page))
	}
	for _, w := range sentences[0].Words {
		if w.Code != (w.Text == "Esc") || w.Linked != (w.Text == "the" || w.Text == "story") {
			t.Errorf("%+v", w)
		}
	}
}

// Pages that open much and close nothing are read. A reader whose time grew with the square of the page would not come back from some of
// these; what took long is told with -v.
func TestMDXOpensMuch(t *testing.T) {
	for _, piece := range []string{
		"<a ", "<a b=\"", "<a b={", "{", "{(", "{`", "{`${", "{<a>", "{<a b={", "<A>\n", "<A>\n  ", "</A>", "<A/>", "`", "``a`", "'", "{'", "{/*", "<!--",
		"export const a = {\n\n", "export const a = 1\n\n", "import {", "<a b={<c>", "<A b={[", "<A b={[{c:", "<A b={{", "<li><ul>", "<h1>", "<Quote>", "<Quote>a b c</Quote>",
		"<Quote by=\"a\" quote=\"b c d e\"/>", ":::", ":::a[b\n", "```\n", "<style>", "<A b={\"a\" +", "<Link to=\"\">a</Link> ", "a<br/>", "a{\"a\"}", "a {b} ", "a <B/> ", "a\n{b}\n", "\t- <A>\n", "> <A>\n", "- ",
		"{//", "{/", "<A /", "< /a", "<a b=<c d=",
	} {
		start := time.Now()
		check(t, Parse("a.mdx", []byte(strings.Repeat(piece, 100_000/len(piece)))))
		if took := time.Since(start); took > 500*time.Millisecond {
			t.Logf("100 kB of %q take %v", piece, took)
		}
	}
}
