package review

import (
	"fmt"
	"strings"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// A Gist is what a reader takes from a page in three lines: who it is for, what is at stake, and what it says that others would not. What
// a reader does not find is nil.
type Gist struct {
	For   *GistLine `json:"for"`
	Stake *GistLine `json:"at_stake"`
	Stand *GistLine `json:"ours_alone"`
}

// A GistLine is the words in which a reader first finds it.
type GistLine struct {
	Line  int    `json:"line"`
	Quote string `json:"quote"`
}

// gistOf reads the three lines of a page, in the order a reader meets its sentences.
func gistOf(read *evidence.Page) *Gist {
	var g Gist
	var sentences []*evidence.Sentence
	for _, s := range []*evidence.Sentence{read.Title, read.Subtitle} {
		if s != nil && s.Block < 0 && !s.Span.Empty() {
			sentences = append(sentences, s)
		}
	}
	for i := range read.Source.Blocks {
		sentences = append(sentences, read.Block(i)...)
	}
	line := func(s *evidence.Sentence, m *evidence.Mark) *GistLine {
		span := Phrase(s, m)
		return &GistLine{Line: read.Source.Line(span.Start), Quote: shorten(readText(read.Source, span), quoteWords)}
	}
	for _, s := range sentences {
		if g.For == nil {
			g.For = first(s, evidence.Customer, func(m *evidence.Mark) bool { return m.Kind == "role" || m.Kind == "kin" }, line)
		}
		if g.Stake == nil {
			g.Stake = first(s, evidence.Stakes, func(m *evidence.Mark) bool { return !harmless[strings.ToLower(m.Text)] }, line)
		}
		if g.Stand == nil && !s.Has(evidence.Hedge, evidence.Puff, evidence.SoftPuff, evidence.Slogan) && !s.Kinds(evidence.Reader)["imperative"] && block(read, s) != prose.Quoted {
			g.Stand = first(s, evidence.Contest, nil, line)
		}
	}
	return &g
}

// harmless are words of stakes that by themselves tell of nothing to lose: "a weekend is £95".
var harmless = map[string]bool{"weekend": true, "weekends": true, "fire": true, "overtime": true, "night": true, "nights": true}

func block(read *evidence.Page, s *evidence.Sentence) prose.BlockKind {
	if s.Block < 0 {
		return prose.Heading
	}
	return read.Source.Blocks[s.Block].Kind
}

// first returns the words around the first mark of a name that counts, or nil.
func first(s *evidence.Sentence, name evidence.Name, counts func(*evidence.Mark) bool, line func(*evidence.Sentence, *evidence.Mark) *GistLine) *GistLine {
	for i := range s.Marks {
		if m := &s.Marks[i]; m.Name == name && (counts == nil || counts(m)) {
			return line(s, m)
		}
	}
	return nil
}

// lines returns the three lines as they are told, without any markup.
func (g *Gist) lines() []string {
	var out []string
	for _, l := range []struct {
		what string
		at   *GistLine
	}{{"who it is for", g.For}, {"what is at stake", g.Stake}, {"what it says that others would not", g.Stand}} {
		if l.at == nil {
			out = append(out, l.what+": a reader doesn't find it")
		} else {
			out = append(out, fmt.Sprintf("%s: “%s” (line %d)", l.what, l.at.Quote, l.at.Line))
		}
	}
	return out
}

// String returns the three lines as one sentence.
func (g *Gist) String() string {
	text := strings.Join(g.lines(), " · ")
	return strings.ToUpper(text[:1]) + text[1:]
}
