package primer

import "math"

// A search finds texts (sections, pages) by their words: BM25 (Robertson and Zaragoza, 2009), stop words left out and words
// stemmed. Its constants are the usual ones.
type search struct {
	postings map[string][]posting // by stem
	length   []float64            // words of each text
	average  float64
}

type posting struct {
	text  int
	times float64
}

const (
	saturation = 1.2  // k1: how soon a repeated word stops counting
	fairness   = 0.75 // b: how much a long text has to say more
)

// aboutWeight is what a check's own words weigh in the query beside the passage's (measured best between 0.6 and 1.0).
const aboutWeight = 0.8

// newSearch indexes texts, each given as the stems it is made of.
func newSearch(texts [][]string) search {
	s := search{postings: map[string][]posting{}, length: make([]float64, len(texts))}
	for i, text := range texts {
		count := map[string]float64{}
		for _, w := range text {
			count[w]++
		}
		for w, n := range count {
			s.postings[w] = append(s.postings[w], posting{text: i, times: n})
		}
		s.length[i] = float64(len(text))
		s.average += s.length[i]
	}
	s.average = max(1, s.average/float64(max(1, len(texts))))
	return s
}

// A query is how much each stem is looked for.
type query map[string]float64

func (n Need) query() query {
	q := query{}
	for _, w := range contentStemsOf(n.Passage) {
		q[w]++
	}
	for _, w := range contentStemsOf(n.About) {
		q[w] += aboutWeight
	}
	return q
}

// scores returns how well each text fits the query, 0 and up.
func (s *search) scores(q query) []float64 {
	scores := make([]float64, len(s.length))
	for _, w := range sortedKeys(q) { // in order, so that sums of floats come out the same each time
		list := s.postings[w]
		rarity := s.rarity(len(list))
		for _, p := range list {
			norm := saturation * (1 - fairness + fairness*s.length[p.text]/s.average)
			scores[p.text] += q[w] * rarity * p.times * (saturation + 1) / (p.times + norm)
		}
	}
	return scores
}

// rarity is the inverse document frequency of a stem that so many texts hold.
func (s *search) rarity(texts int) float64 {
	n, all := float64(texts), float64(len(s.length))
	return math.Log(1 + (all-n+0.5)/(n+0.5))
}
