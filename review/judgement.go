package review

import (
	"fmt"
	"strings"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
	"github.com/example-org/tellwell/review/judge"
)

// Passages reads a page's passages with what the rules of the checks say of each: what a model is learnt from, and what it judges. The
// rules see no primer.
func Passages(checks []*Check, cfg *Config, lists *evidence.Lists, page *prose.Page) []*judge.Passage {
	read := evidence.Read(page, lists)
	kind, _ := KindOf(cfg, page)
	none := &primer.Index{}
	var all []Finding
	for _, check := range checks {
		pass := &Pass{Check: check, Page: page, Kind: kind, Read: read, Lists: lists, Primer: none, Config: cfg}
		if check.Run(pass) == nil {
			all = append(all, pass.findings...)
		}
	}
	return passages(read, kind, all)
}

// passages reads a page's passages and adds what the rules found.
func passages(read *evidence.Page, kind prose.Kind, all []Finding) []*judge.Passage {
	out := judge.Passages(read, kind)
	for _, f := range all {
		if p := passageAt(out, f.Span); p != nil {
			p.Rule(f.Check.Name, f.Confidence)
		}
	}
	return out
}

// passageAt returns the passage in which a span begins, or nil.
func passageAt(all []*judge.Passage, span prose.Span) *judge.Passage {
	for _, p := range all {
		for _, s := range p.Sentences {
			if s.Span.Overlaps(span) {
				return p
			}
		}
	}
	return nil
}

// A judgement weighs a page's findings by what was learnt from editors.
type judgement struct {
	model    *judge.Model
	passages []*judge.Passage
	known    map[*judge.Passage]*judge.Judged
}

func judgementOf(model *judge.Model, read *evidence.Page, kind prose.Kind, all []Finding) *judgement {
	return &judgement{model: model, passages: passages(read, kind, all), known: map[*judge.Passage]*judge.Judged{}}
}

func (j *judgement) of(p *judge.Passage) *judge.Judged {
	if j.known[p] == nil {
		j.known[p] = j.model.Judge(p)
	}
	return j.known[p]
}

// learnt reports whether the model judges a check's findings.
func (j *judgement) learnt(check *Check) bool { return j.model.Remarks[check.Name] != nil }

// mostTelling is how many of a passage's words the evidence names.
const mostTelling = 3

// weigh gives a finding the confidence that was learnt. What rests on the primer is known by other means, and stays as it is.
func (j *judgement) weigh(f *Finding) {
	p := passageAt(j.passages, f.Span)
	if p == nil || f.Section != nil || !j.learnt(f.Check) {
		return
	}
	judged := j.of(p)
	f.Confidence = judged.Probability(f.Check.Name)
	j.tell(f, p)
}

// tell adds to a finding's evidence the words that spoke for it.
func (j *judgement) tell(f *Finding, p *judge.Passage) {
	words := j.model.Telling(f.Check.Name, p.Words, mostTelling)
	if len(words) == 0 {
		return
	}
	name := "words beside which editors often said so: "
	for i, w := range words {
		if i > 0 {
			name += ", "
		}
		name += "“" + strings.TrimPrefix(w, "title ") + "”"
	}
	f.Evidence = append(f.Evidence, Evidence{Name: name, Weight: float64(j.model.Remarks[f.Check.Name].Words[words[0]]) / 1000, Around: true})
}

// propose returns the passages of which a check's rule said nothing, and of which editors speak.
func (j *judgement) propose(check *Check, found []Finding, least float64) []Finding {
	if check.Proposed == nil || !j.learnt(check) {
		return nil
	}
	taken := map[*judge.Passage]bool{}
	for _, f := range found {
		taken[passageAt(j.passages, f.Span)] = true
	}
	var out []Finding
	for _, p := range j.passages {
		if taken[p] {
			continue
		}
		confidence := j.of(p).Probability(check.Name)
		if confidence < least {
			continue
		}
		s := check.Proposed(p, func(s *evidence.Sentence) int { return j.model.Remarks[check.Name].WordScore(judge.WordsOf(s)) })
		if s == nil || len(j.model.Telling(check.Name, judge.WordsOf(s), 1)) == 0 {
			continue // nothing in its words speaks for it
		}
		f := Finding{Check: check, Span: s.Span, Quote: s.Span, Confidence: confidence}
		f.Evidence = append(f.Evidence, Evidence{Name: fmt.Sprintf("of ten such passages an editor would say so of about %.0f", 10*confidence), Span: s.Span})
		j.tell(&f, p)
		out = append(out, f)
	}
	return out
}
