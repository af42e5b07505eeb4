package review

import (
	_ "embed"
	"fmt"
	"math"

	"go.yaml.in/yaml/v3"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// weights.yaml says how much each piece of evidence moves each check's confidence, and where the figures come from.
//
//go:embed weights.yaml
var weightsFile []byte

// Weights is what evidence weighs, in log-odds, by check and by the name of the evidence. "base" is what a check starts from.
var Weights = mustReadWeights(weightsFile)

func mustReadWeights(src []byte) map[string]map[string]float64 {
	var out map[string]map[string]float64
	if err := yaml.Unmarshal(src, &out); err != nil {
		panic(fmt.Sprintf("read weights.yaml: %v", err)) // embedded; held by a test
	}
	return out
}

// A Weighing adds named evidence up to a confidence: the base and each weight are log-odds, and their sum is turned into a
// probability.
type Weighing struct {
	Seen   []Evidence
	table  map[string]float64
	sum    float64
	around bool
}

// Weigh starts a weighing for the pass's check.
func (p *Pass) Weigh() *Weighing {
	table := Weights[p.Check.Name]
	return &Weighing{table: table, sum: table["base"]}
}

// Add adds a piece of evidence and where it was seen. Evidence that the check's table does not hold is kept for the record of what
// was seen and weighs nothing.
func (w *Weighing) Add(name string, span prose.Span) {
	weight := w.table[name]
	w.sum += weight
	w.Seen = append(w.Seen, Evidence{Name: name, Span: span, Weight: weight, Around: w.around})
}

// When adds a piece of evidence, seen nowhere in particular, if it holds.
func (w *Weighing) When(holds bool, name string) {
	if holds {
		w.Add(name, prose.Span{})
	}
}

// Mark adds a piece of evidence if the sentence holds a mark for it, seen where the mark is.
func (w *Weighing) Mark(s *evidence.Sentence, mark evidence.Name, name string) {
	if m := s.First(mark); m != nil {
		w.Add(name, m.Span)
	}
}

// Confidence returns how likely an editor is to agree, 0 to 1.
func (w *Weighing) Confidence() float64 { return 1 / (1 + math.Exp(-w.sum)) }

// ofKind is how the evidence of a page's kind begins.
const ofKind = "on a page of kind "

// Surroundings adds what every check may weigh of a sentence: where it stands, whom it meets, what proves it, and what the rest of
// the page has and lacks.
func (p *Pass) Surroundings(w *Weighing, s *evidence.Sentence) {
	w.around = true
	defer func() { w.around = false }()
	w.When(true, ofKind+string(p.Kind))
	switch {
	case s == p.Read.Title || s.Heading && s.Index < 0 && p.Page.Title.Span == s.Span:
		w.When(true, "in the title")
	case s == p.Read.Subtitle:
		w.When(true, "in the subtitle")
	case s.Heading:
		w.When(true, "in a heading")
	case s.Index == 0:
		w.When(true, "in the first sentence")
	case s.Opening:
		w.When(true, "in the opening")
	case s.Ending:
		w.When(true, "in the last paragraph")
	}
	w.When(s.ListItem, "in a list")
	w.When(len(s.Words) < 8, "in a short sentence")
	w.When(len(s.Words) > 28, "in a long sentence")
	w.Mark(s, evidence.Self, "about ourselves")
	w.Mark(s, evidence.Reader, "speaks to the reader")
	for _, m := range s.All(evidence.Customer) {
		if m.Kind != "reader" {
			w.Add("a customer is in it", m.Span)
			break
		}
	}
	w.Mark(s, evidence.Person, "somebody is named")
	w.Mark(s, evidence.Particular, "a particular in it")
	w.Mark(s, evidence.Proof, "proof in it")
	w.Mark(s, evidence.Benefit, "says what it lets somebody do")
	w.Mark(s, evidence.Problem, "names a trouble")
	w.Mark(s, evidence.Stakes, "something is at stake")
	w.Mark(s, evidence.Gain, "something is gained")
	w.Mark(s, evidence.Vague, "a benefit that could be anyone's")
	w.When(s.Count(evidence.Vague) > 1, "two such benefits in one sentence")
	w.Mark(s, evidence.Puff, "a claim to stand above others")
	w.Mark(s, evidence.SoftPuff, "soft praise")
	w.When(s.Count(evidence.SoftPuff) > 1, "soft praise stacked")
	w.Mark(s, evidence.Slogan, "a line any rival could print")
	w.Mark(s, evidence.Absolute, "a promise without a limit")
	w.Mark(s, evidence.Studies, "a study nobody names")
	w.Mark(s, evidence.Hedge, "a hedge")
	w.Mark(s, evidence.Contest, "takes a side")
	w.Mark(s, evidence.FeatureVerb, "lists what the product has")
	w.Mark(s, evidence.GenericAudience, "addressed to everybody")
	w.Mark(s, evidence.Announce, "our feeling put forward")
	w.Mark(s, evidence.Stock, "a ready-made phrase")
	for _, m := range s.All(evidence.Feeling) {
		if m.Whose == evidence.Theirs {
			w.Add("a feeling of theirs", m.Span)
			break
		}
	}
	if n := len(s.Text); n > 0 {
		w.When(s.Text[n-1] == '?', "a question")
		w.When(s.Text[n-1] == '!', "an exclamation")
	}
	quoted := 0
	for _, word := range s.Words {
		if word.Quoted {
			quoted++
		}
	}
	w.When(quoted > 0, "somebody speaks in it")
	w.When(saysI(s), "somebody says I in it")
	p.paragraph(w, s)
	if s.Index >= 0 {
		w.When(!s.Has(evidence.Particular) && !p.Read.Near(s.Index, 1, evidence.Particular), "no particular near it")
		w.When(!s.Has(evidence.Proof) && !p.Read.Near(s.Index, 1, evidence.Proof), "no proof near it")
		w.When(p.Read.Near(s.Index, 2, evidence.Stakes), "something is at stake near it")
	}
	p.page(w)
}

// A tally is how much of each sort of evidence some sentences hold.
type tally struct{ sentences, particulars, troubles, sides, people, theirs, code int }

func (t *tally) add(s *evidence.Sentence, sign int) {
	for _, word := range s.Words {
		if word.Code {
			t.code += sign
		}
	}
	t.sentences += sign
	t.particulars += sign * s.Count(evidence.Particular)
	t.troubles += sign * s.Count(evidence.Problem)
	t.sides += sign * s.Count(evidence.Contest)
	t.people += sign * s.Count(evidence.Person)
	for _, m := range s.All(evidence.Feeling) {
		if m.Whose == evidence.Theirs {
			t.theirs += sign
		}
	}
}

// A paragraph is what a pass has found out of one block.
type paragraph struct {
	all  tally
	near map[string]bool // kinds of particular in it and in the paragraphs beside it
}

// in returns what is known of a block, found out once.
func (p *Pass) in(block int) paragraph {
	known, ok := p.ofBlock[block]
	if !ok {
		for _, s := range p.Read.Block(block) {
			known.all.add(s, 1)
		}
		known.near = p.Read.Particulars(block, 1)
		if p.ofBlock == nil {
			p.ofBlock = map[int]paragraph{}
		}
		p.ofBlock[block] = known
	}
	return known
}

// paragraph adds what the rest of the sentence's paragraph holds, and what stands around it.
func (p *Pass) paragraph(w *Weighing, s *evidence.Sentence) {
	known := p.in(s.Block)
	all, rest := known.all, known.all
	if s.Block >= 0 {
		rest.add(s, -1)
	}
	w.When(all.sentences == 1, "a paragraph by itself")
	w.When(all.sentences > 4, "in a long paragraph")
	w.When(rest.particulars == 1, "a particular beside it")
	w.When(rest.particulars > 1, "particulars beside it")
	w.When(rest.troubles > 0, "a trouble named beside it")
	w.When(rest.sides > 0, "a side taken beside it")
	w.When(rest.people > 0, "somebody named beside it")
	w.When(rest.theirs > 0, "a feeling of theirs beside it")
	w.When(all.code > 0, "code in the paragraph")
	w.When(len(known.near) >= 2, "two kinds of particular around it")
	w.When(known.near["quote"], "a voice around it")
	w.When(known.near["moment"], "a moment around it")
}

// page adds what the whole page has and lacks. It is the same for every finding of a pass, and found out once.
func (p *Pass) page(w *Weighing) {
	if p.ofPage == nil {
		p.ofPage = pageEvidence(p.Page, p.Read)
	}
	for _, name := range p.ofPage {
		w.Add(name, prose.Span{})
	}
}

// pageEvidence names what the whole page has and lacks.
func pageEvidence(page *prose.Page, read *evidence.Page) []string {
	n := len(read.Sentences)
	var words, particular, praise, customers int
	for _, s := range read.Sentences {
		words += len(s.Words)
		if s.Has(evidence.Particular) {
			particular++
		}
		if s.Has(evidence.Vague, evidence.SoftPuff, evidence.Slogan, evidence.Puff) {
			praise++
		}
		if s.Has(evidence.Customer) {
			customers++
		}
	}
	out := []string{}
	for _, e := range []struct {
		holds bool
		name  string
	}{
		{words < 250, "on a short page"},
		{words > 1000, "on a long page"},
		{len(page.Quotations) == 0, "nobody is quoted on the page"},
		{n > 0 && particular*5 < n, "few particulars on the page"},
		{n > 0 && particular*2 > n, "many particulars on the page"},
		{n > 0 && praise*4 > n, "much praise on the page"},
		{n > 0 && customers*10 < n, "hardly a customer on the page"},
	} {
		if e.holds {
			out = append(out, e.name)
		}
	}
	return out
}

// saysI reports whether the sentence is somebody's own, in the first person singular.
func saysI(s *evidence.Sentence) bool {
	for _, w := range s.Words {
		if !w.Quoted && (w.Norm == "i" || w.Norm == "i'm" || w.Norm == "i've" || w.Norm == "i'd" || w.Norm == "my" || w.Norm == "me") {
			return true
		}
	}
	return false
}
