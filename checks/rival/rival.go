// Package rival holds the check undifferentiated-claim.
package rival

import (
	_ "embed"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
	"github.com/example-org/tellwell/review/judge"
)

//go:embed rival.md
var doc string

// Check reports lines that a rival could print, and those that a rival does print.
var Check = &review.Check{
	Name:   "undifferentiated-claim",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.WeWin, primer.TheySay, primer.Believe},
	About:  []string{"rival", "competitor", "instead", "only", "unlike", "difference", "win", "refuse", "believe"},
	Help:   5,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Inline, prose.Opinion: review.Inline, prose.Product: review.Inline, prose.CaseStudy: review.Inline,
		prose.News: review.Inline, prose.Unknown: review.Inline,
	},
	Run:      run,
	Proposed: proposed,
}

// leastWords is how long a sentence is that can be pointed at without a phrase of its own that makes it anybody's.
const leastWords = 6

// proposed points at the sentence whose words speak most for it, and which proves nothing and names nobody.
func proposed(p *judge.Passage, weight func(*evidence.Sentence) int) *evidence.Sentence {
	var best *evidence.Sentence
	for _, s := range p.Sentences {
		if s.Index < 0 || len(s.Words) < leastWords || s.Has(evidence.Proof, evidence.Person, evidence.Call) || normative(s) {
			continue
		}
		if best == nil || weight(s) > weight(best) {
			best = s
		}
	}
	return best
}

// leastShared is how many content words a sentence shares with a rival's claim before it says nearly the same (checks.md).
const leastShared = 3

func run(pass *review.Pass) error {
	rivals := pass.Primer.Claims()
	var sentences []*evidence.Sentence
	for _, s := range []*evidence.Sentence{pass.Read.Title, pass.Read.Subtitle} {
		if s != nil && !s.Span.Empty() {
			sentences = append(sentences, s)
		}
	}
	sentences = append(append(sentences, pass.Read.Headings...), pass.Read.Sentences...)
	for _, s := range sentences {
		if len(s.Words) < 3 {
			continue
		}
		said := printed(s, rivals)
		general := generic(s)
		if said == nil && general == nil {
			continue
		}
		w := pass.Weigh()
		f := review.Finding{Span: s.Span}
		if said != nil {
			w.Add("a rival says nearly this", s.Span)
			f.Section = answer(said.Section)
			f.Fill = map[string]string{"rival": said.Competitor}
		}
		if general != nil {
			w.Add(restsOn[general.Name], general.Span)
		}
		pass.Surroundings(w, s)
		f.Evidence, f.Confidence = w.Seen, w.Confidence()
		pass.Report(f)
	}
	return nil
}

// restsOn says what makes a line anybody's.
var restsOn = map[evidence.Name]string{
	evidence.Slogan: "rests on a slogan", evidence.Vague: "rests on a benefit that could be anyone's", evidence.SoftPuff: "rests on soft praise",
	evidence.Puff: "rests on a boast", evidence.GenericAudience: "rests on an audience of everybody",
}

// generic returns what makes a line anybody's: a slogan, a benefit without an owner, soft praise, an audience of everybody. Nil when
// there is none, when something particular or proved stands beside it, or when the sentence says how things should be.
func generic(s *evidence.Sentence) *evidence.Mark {
	if s.Has(evidence.Particular, evidence.Proof, evidence.Person) || normative(s) {
		return nil
	}
	for _, name := range []evidence.Name{evidence.Slogan, evidence.Vague, evidence.SoftPuff, evidence.Puff} {
		if m := s.First(name); m != nil && m.Whose != evidence.Theirs {
			return m
		}
	}
	for _, m := range s.All(evidence.GenericAudience) {
		if m.Kind == "sweep" {
			return &m
		}
	}
	return nil
}

// printed returns the rival's claim that the sentence nearly repeats, or nil. A sentence that names the rival is a contrast, not a
// repetition.
func printed(s *evidence.Sentence, rivals []primer.Claim) *primer.Claim {
	if len(rivals) == 0 || s.Has(evidence.Proof) || s.Has(evidence.Contest) {
		return nil
	}
	words := primer.Stems(s.Words)
	var best *primer.Claim
	most := leastShared - 1
	for i, c := range rivals {
		shared := 0
		for _, stem := range c.Words {
			if words[stem] {
				shared++
			}
		}
		if shared > most && shared*2 >= len(c.Words) {
			best, most = &rivals[i], shared
		}
	}
	if best == nil {
		return nil
	}
	stems := primer.StemsOf(s.Words)
	for _, c := range rivals {
		if first, _ := primer.FindPhrase(primer.Phrase(c.Competitor), stems); first >= 0 {
			return nil // a rival is named: a contrast
		}
	}
	return best
}

// normative reports whether the sentence takes a stand on how things should be, which is no claim about ourselves.
func normative(s *evidence.Sentence) bool {
	if s.Has(evidence.Self) {
		return false
	}
	for _, w := range s.Words {
		switch w.Norm {
		case "should", "shouldn't", "must", "ought":
			return true
		}
	}
	return false
}

// answer returns where the rival's page says how we win, else the section with the rival's claim.
func answer(said *primer.Section) *primer.Section {
	for _, s := range said.Page.Sections {
		if s.Kind == primer.WeWin {
			return s
		}
	}
	return said
}
