package editors

import (
	"math"
	"sort"
)

// mostPosted is how many comments on a page can meet a mark; more is noise.
const mostPosted = 3

// Said is what a reviewer says, by the id of the page, the surest first.
type Said map[string][]Remark

// Sort puts each page's remarks in order, the surest first.
func (s Said) Sort() {
	for _, remarks := range s {
		sort.SliceStable(remarks, func(a, b int) bool { return remarks[a].Confidence > remarks[b].Confidence })
	}
}

// A Score is how far a reviewer agrees with editors: precision, recall and F0.5, each the mean over the editors, and the last as a share
// of what one editor reaches against the others (0 where there is only one).
type Score struct{ Precision, Recall, F, Share float64 }

// A Row is how one check fared.
type Row struct{ Posted, Agreed, Harm int }

// An Outcome is one comment beside what the editors marked there.
type Outcome struct {
	Page   *Page
	Remark Remark
	Agreed bool
	Harm   bool     // on a passage marked as good
	There  []string // the tags of the marks on its blocks
}

// A Measure is how a reviewer fares on a set of pages.
type Measure struct {
	Pages, Posted, WithComment int
	Reason, Family             Score
	Agrees, Harm               float64
	Missed                     map[string]int // marks that no comment met, by their tag
	Checks                     map[string]Row
	Outcomes                   []Outcome // the surest first
}

// met returns, for each remark in order, whether it meets a mark, and the marks that none has met: they touch the same block, for the same
// reason. A mark is met once; the remarks after the third meet nothing, nor do those that spread over more than two blocks.
func met(remarks, marks []Remark, byFamily bool) (out []bool, free []Remark) {
	free = append(free, marks...)
	out = make([]bool, len(remarks))
	for n, c := range remarks {
		if n >= mostPosted || len(c.Blocks) > 2 {
			continue
		}
		for i, m := range free {
			if !overlap(m.Blocks, c.Blocks) || byFamily && m.Family != c.Family || !byFamily && !overlap(m.Tags, c.Tags) {
				continue
			}
			out[n] = true
			free = append(free[:i:i], free[i+1:]...)
			break
		}
	}
	return out, free
}

func overlap[K comparable](a, b map[K]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

func count(hits []bool) int {
	n := 0
	for _, hit := range hits {
		if hit {
			n++
		}
	}
	return n
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// score returns the mean over some editors of precision, recall and F0.5.
func (s *Set) score(said Said, editors []string, byFamily bool) Score {
	var out Score
	for _, e := range editors {
		hit, total, wanted := 0, 0, 0
		for _, p := range s.Pages {
			marks, mine := p.Marks(e), said[p.ID]
			hits, _ := met(mine, marks, byFamily)
			hit += count(hits)
			total += len(mine)
			wanted += len(marks)
		}
		precision, recall := ratio(float64(hit), float64(total)), ratio(float64(hit), float64(wanted))
		out.Precision += precision
		out.Recall += recall
		out.F += ratio(1.25*precision*recall, 0.25*precision+recall)
	}
	n := float64(len(editors))
	return Score{Precision: ratio(out.Precision, n), Recall: ratio(out.Recall, n), F: ratio(out.F, n)}
}

// firmest takes an editor for a reviewer: the firmest remarks first, three a page.
func (s *Set) firmest(editor string) Said {
	out := Said{}
	for _, p := range s.Pages {
		marks := p.Marks(editor)
		for i := range marks {
			marks[i].Tags = Near([]string{marks[i].Check})
		}
		sort.SliceStable(marks, func(a, b int) bool { return marks[a].Confidence > marks[b].Confidence })
		out[p.ID] = marks[:min(len(marks), mostPosted)]
	}
	return out
}

// Measure holds what a reviewer says against the marks.
func (s *Set) Measure(said Said) Measure {
	said.Sort()
	m := Measure{Pages: len(s.Pages), Checks: map[string]Row{}, Missed: map[string]int{}}
	for _, remarks := range said {
		m.Posted += len(remarks)
		if len(remarks) > 0 {
			m.WithComment++
		}
	}
	for _, by := range []struct {
		family bool
		into   *Score
	}{{false, &m.Reason}, {true, &m.Family}} {
		*by.into = s.score(said, s.Editors, by.family)
		if len(s.Editors) < 2 {
			continue
		}
		human := 0.0
		for i, e := range s.Editors {
			others := append(append([]string{}, s.Editors[:i]...), s.Editors[i+1:]...)
			human += s.score(s.firmest(e), others, by.family).F
		}
		by.into.Share = ratio(by.into.F, human/float64(len(s.Editors)))
	}
	agreed, harm := 0, 0
	for _, p := range s.Pages {
		shield := p.Protected()
		mine := said[p.ID]
		ok := make([]bool, len(mine))
		for _, e := range s.Editors {
			hits, missed := met(mine, p.Marks(e), false)
			for i, hit := range hits {
				ok[i] = ok[i] || hit
			}
			for _, mark := range missed {
				m.Missed[mark.Check]++
			}
		}
		for i, c := range mine {
			o := Outcome{Page: p, Remark: c, Agreed: ok[i]}
			inside := true
			for b := range c.Blocks {
				inside = inside && shield[b]
			}
			o.Harm = overlap(c.Blocks, shield) && (len(c.Blocks) > 2 || inside)
			there := map[string]bool{}
			for _, e := range s.Editors {
				for _, mark := range p.Marks(e) {
					if overlap(mark.Blocks, c.Blocks) && !there[mark.Check] {
						there[mark.Check] = true
						o.There = append(o.There, mark.Check)
					}
				}
			}
			sort.Strings(o.There)
			row := m.Checks[c.Check]
			row.Posted++
			if o.Agreed {
				row.Agreed++
				agreed++
			}
			if o.Harm {
				row.Harm++
				harm++
			}
			m.Checks[c.Check] = row
			m.Outcomes = append(m.Outcomes, o)
		}
	}
	sort.SliceStable(m.Outcomes, func(a, b int) bool { return m.Outcomes[a].Remark.Confidence > m.Outcomes[b].Remark.Confidence })
	m.Agrees, m.Harm = ratio(float64(agreed), float64(m.Posted)), ratio(float64(harm), float64(m.Posted))
	return m
}

// Surest returns the share of the n surest comments with which some editor agrees, and whether there are so many.
func (m Measure) Surest(n int) (share float64, ok bool) {
	if len(m.Outcomes) < n || n == 0 {
		return math.NaN(), false
	}
	agreed := 0
	for _, o := range m.Outcomes[:n] {
		if o.Agreed {
			agreed++
		}
	}
	return float64(agreed) / float64(n), true
}
