package evidence

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/example-org/tellwell/prose"
)

const page = `---
title: Announcing Kelvane Insight
---
Kelvane has launched Kelvane Insight. It reads meters. Kelvane sells it.

Every March, Halina reads 900 water meters by torchlight.

## What changed

"I walked nine miles in the rain and still missed one," says Halina Nowak, a meter reader in Gdansk.

We are proud to announce it.

- Supports RFID
- Includes 12 report templates

## Next

Contact us today.
`

func readPage(src string) *Page {
	return Read(prose.Parse("posts/insight.md", []byte(src)), DefaultLists())
}

func TestPage(t *testing.T) {
	p := readPage(page)
	if p.Title == nil || p.Title.Block != -1 || !p.Title.Heading || !p.Title.Has(Self) {
		t.Errorf("title: got %+v, want a heading outside all blocks that names the company", p.Title)
	}
	if want := p.Source.Prose(); len(p.Sentences) != len(want) {
		t.Fatalf("got %d sentences, the page has %d", len(p.Sentences), len(want))
	}
	for i, s := range p.Sentences {
		if s.Index != i || s.Opening != (i < 3) || s.Heading || s.ListItem != (p.Source.Blocks[s.Block].Kind == prose.ListItem) {
			t.Errorf("sentence %d %q: index %d, opening %v, heading %v, list item %v", i, s.Text, s.Index, s.Opening, s.Heading, s.ListItem)
		}
		if s.Ending != (s.Text == "Contact us today.") {
			t.Errorf("sentence %d %q: ending %v", i, s.Text, s.Ending)
		}
	}
	if len(p.Headings) != 2 || p.Headings[0].Text != "What changed" {
		t.Errorf("headings: got %d", len(p.Headings))
	}
	if !slices.Contains(p.Names, "kelvane") {
		t.Errorf("names: got %q, want kelvane among them", p.Names)
	}
}

func TestNames(t *testing.T) {
	for src, want := range map[string][]string{
		"At Brightfold we've spent two years on it.":                             {"brightfold"},
		"Norvik is proud to introduce ThermoSeal 3.":                             {"norvik"},
		"# Introducing Relay\n\nRelay counts. Relay waits. Ask Relay.":           {"relay"},
		"# Introducing Relay\n\nRelay counts.":                                   nil,
		"# Introducing Alerts\n\nAlerts! Alerts! See your alerts. Alerts!":       nil,
		"# Meet Maria Lopez\n\nMaria Lopez reads. Maria Lopez walks. Ask Maria.": nil,
		"At London we met. At London we ate. She is happy to share.":             nil,
		"Lakeline Co-op launched a tanker in June. Lakeline paid. Lakeline won.": nil,
	} {
		if got := readPage(src).Names; !slices.Equal(got, want) {
			t.Errorf("%q: got names %q, want %q", src, got, want)
		}
	}
}

// Somebody else's words are a voice, and neither our claim nor our feeling.
func TestQuoted(t *testing.T) {
	p := readPage("“We are thrilled, and your robust, world-class belt always wins on Monday,” says Maria Lopez, the planner.")
	s := p.Sentences[0]
	if !s.Words[0].Quoted {
		t.Fatal("the parser does not mark the quotation")
	}
	for _, name := range []Name{Self, Reader, Puff, SoftPuff, Absolute, Vague, Announce, Stock} {
		if s.Has(name) {
			t.Errorf("quoted words yield %s: %v", name, s.All(name))
		}
	}
	for _, m := range s.All(Feeling) {
		if m.Whose != Theirs {
			t.Errorf("feeling %q is %q, want theirs", m.Text, m.Whose)
		}
	}
	if kinds := s.Kinds(Particular); !kinds["quote"] || !kinds["person"] || !kinds["moment"] {
		t.Errorf("particulars: got %v, want quote, person and moment", kinds)
	}
	if p := readPage("> We are thrilled to announce it to our customers today.\n\nIt rained."); len(p.Sentences) != 1 || !p.Particulars(1, 1)["quote"] {
		t.Errorf("a block quote is not met as a voice beside its neighbour")
	}
}

func TestNear(t *testing.T) {
	p := readPage("It is new.\n\nIt is blue. It saved 40 hours.\n\nIt is light.\n\n## More\n\nIt is thin.\n")
	for i, want := range map[int]bool{0: false, 1: true, 2: true, 3: true, 4: false, -1: false, 9: false} {
		if got := p.Near(i, 1, Proof); got != want {
			t.Errorf("proof within one sentence of %d: %v, want %v", i, got, want)
		}
	}
	if !p.Near(0, 2, Proof) {
		t.Error("the neighbouring paragraph does not count")
	}
	if p.Near(4, 2, Proof) {
		t.Error("what stands under another heading counts")
	}
}

func TestParticularsNearby(t *testing.T) {
	p := readPage("On Friday it rained.\n\nIt is new.\n\n```\ncode\n```\n\n## More\n\nHe saved 40 hours.\n\nIt snowed in Oslo.\n")
	block := p.Sentences[1].Block
	for radius, want := range map[int][]string{0: nil, 1: {"moment", "number"}, 2: {"moment", "number", "place"}} {
		var got []string
		for kind := range p.Particulars(block, radius) {
			got = append(got, kind)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("radius %d: got %q, want %q", radius, got, want)
		}
	}
	if got := p.Particulars(-1, 1); !got["moment"] || len(got) != 1 {
		t.Errorf("from the title: got %v, want the first paragraph's", got)
	}
}

// Every mark quotes the words it claims, whatever the text; and reading twice reads the same.
func FuzzRead(f *testing.F) {
	f.Add(page)
	f.Add("At Ärger we’re so excited to announce “5:10 p.m.” – 41 of 50% (US$9/month)!\n\n- the only … that")
	f.Add("\x93")
	f.Add("the only the only the only the leading in in in 3 4 5 : : ;")
	f.Fuzz(func(t *testing.T, src string) {
		for _, s := range readPage(src).Sentences {
			for _, m := range s.Marks {
				if m.First < 0 || m.First > m.Last || m.Last >= len(s.Words) || m.Name == "" || !s.Span.Contains(m.Span) {
					t.Fatalf("mark %+v of %q", m, s.Text)
				}
			}
		}
		if a, b := Of(src, DefaultLists()), Of(src, DefaultLists()); !reflect.DeepEqual(a, b) {
			t.Fatalf("read twice, %q reads differently", src)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var src strings.Builder
	for i := range 40 {
		fmt.Fprintf(&src, "Our robust platform helps %d planners streamline operations, so nobody re-types the rota on Friday night. "+
			"The driver waits at the gate while the clerk looks for a page that was filed under the wrong round. "+
			"Most of the time there is nothing to see here, and the reader goes on to the next paragraph without any trouble.\n\n", i+2)
	}
	page := prose.Parse("posts/long.md", []byte(src.String()))
	lists := DefaultLists()
	b.SetBytes(int64(src.Len()))
	b.ReportAllocs()
	for b.Loop() {
		Read(page, lists)
	}
}

func BenchmarkLists(b *testing.B) {
	for b.Loop() {
		DefaultLists().With(nil, nil, []string{"Tankwise"}, nil, nil)
	}
}
