package editors

import (
	"math"
	"runtime"
	"slices"
	"sort"
	"sync"

	"github.com/example-org/tellwell/review/judge"
)

// learnt are the checks whose comments are weighed by what editors did. Of the others the marks hold too little: they rest on a primer,
// or no two features told their pages apart better than chance (buried-lede: area under the curve .61, missing-point-of-view .56), or
// they are told in the summary.
var learnt = []string{
	"announced-emotion", "label-headline", "product-first-opening", "scripted-quote", "stock-opening", "undifferentiated-claim", "unsupported-claim",
}

// remarks are what is learnt, in order.
func remarks() []string {
	out := append(slices.Clone(learnt), judge.Any, judge.Good)
	sort.Strings(out)
	return out
}

// Mark notes on an example which remarks the editors of its page made on it, and which of them any editor's comment would harm.
func (s *Set) Mark(e *Example) {
	e.Remarked = map[string]float64{}
	p := s.Pages[e.Page]
	for _, editor := range s.Editors {
		for _, m := range p.Marks(editor) {
			if !overlap(m.Blocks, e.Blocks) {
				continue
			}
			e.Remarked[judge.Any] = 1
			for _, check := range learnt {
				if overlap(m.Tags, Near(Reasons[check])) {
					e.Remarked[check] = 1
				}
			}
		}
		for _, good := range p.Notes[editor].Protect {
			if overlap(p.Touched(good.Lines[0], good.Lines[1]), e.Blocks) {
				e.Remarked[judge.Good] = 1
			}
		}
	}
}

// folds is how many parts the sources are cut into where something is learnt from all but one part.
const folds = 5

// foldOf says which part each source belongs to.
func foldOf(examples []*Example) map[string]int {
	var sources []string
	for _, e := range examples {
		sources = append(sources, e.Source)
	}
	slices.Sort(sources)
	out := map[string]int{}
	for i, s := range slices.Compact(sources) {
		out[s] = i % folds
	}
	return out
}

// Fit learns a model from examples. left holds what it would have said of each example had it not seen the example's source: the
// model's weights of its sums come from there, and so do the figures told of it.
func Fit(examples []*Example, g Growth) (m *judge.Model, left []*judge.Judged) {
	fold := foldOf(examples)
	left = make([]*judge.Judged, len(examples))
	for k := range folds {
		var rest []*Example
		for _, e := range examples {
			if fold[e.Source] != k {
				rest = append(rest, e)
			}
		}
		part := learn(rest, g)
		for i, e := range examples {
			if fold[e.Source] == k {
				left[i] = part.Judge(e.Passage)
			}
		}
	}
	m = learn(examples, g)
	for name, l := range m.Remarks {
		x, y := make([][4]float64, len(examples)), make([]float64, len(examples))
		for i, e := range examples {
			x[i] = [4]float64{float64(left[i].Sum(name)) / 1000, float64(left[i].Sum(judge.Any)) / 1000, float64(left[i].Sum(judge.Good)) / 1000, 1}
			y[i] = e.Remarked[name]
		}
		for i, v := range mix(x, y) {
			l.Mix[i] = thousandths(v)
		}
	}
	for _, j := range left {
		j.Mixed(m)
	}
	return m, left
}

// learn fits all remarks to examples, without their mixes.
func learn(examples []*Example, g Growth) *judge.Model {
	names, rows := vocabulary(examples)
	m := &judge.Model{Features: features(examples), Remarks: map[string]*judge.Learnt{}}
	t := tabulate(m.Features, func(i int, name string) int { return thousandths(examples[i].Passage.Features[name]) }, len(examples))
	fold := foldOf(examples)
	var wait sync.WaitGroup
	var lock sync.Mutex
	work := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for name := range work {
				l := learnRemark(name, examples, names, rows, fold, t, g)
				lock.Lock()
				m.Remarks[name] = l
				lock.Unlock()
			}
		})
	}
	for _, name := range remarks() {
		work <- name
	}
	close(work)
	wait.Wait()
	return m
}

// leastHeld is in how many passages a feature is seen before it counts.
const leastHeld = 30

// features returns the features that enough examples hold, in order.
func features(examples []*Example) []string {
	seen := map[string]int{}
	for _, e := range examples {
		for name, v := range e.Passage.Features {
			if v != 0 {
				seen[name]++
			}
		}
	}
	var out []string
	for name, n := range seen {
		if n >= leastHeld {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}

func learnRemark(name string, examples []*Example, names []string, rows [][]int32, fold map[string]int, t *table, g Growth) *judge.Learnt {
	y := make([]float64, len(examples))
	for i, e := range examples {
		y[i] = e.Remarked[name]
	}
	l := &judge.Learnt{Mix: [4]int{1000}}
	// What words weigh for a passage is learnt without the passage's own source, so that the trees trust them no more than they may.
	score := make([]int, len(examples))
	for k := range folds {
		var rest [][]int32
		var ys []float64
		for i, e := range examples {
			if fold[e.Source] != k {
				rest = append(rest, rows[i])
				ys = append(ys, y[i])
			}
		}
		part := judge.Learnt{}
		part.WordBase, part.Words = learnWords(names, rest, ys)
		for i, e := range examples {
			if fold[e.Source] == k {
				score[i] = part.WordScore(e.Passage.Words)
			}
		}
	}
	l.WordBase, l.Words = learnWords(names, rows, y)
	words := tabulate([]string{judge.WordsFeature}, func(i int, _ string) int { return score[i] }, len(examples))
	all := &table{
		names: append(slices.Clone(t.names), judge.WordsFeature), steps: append(slices.Clone(t.steps), words.steps[0]),
		codes: append(slices.Clone(t.codes), words.codes[0]),
	}
	l.Base, l.Trees = g.grow(all, y).model(all)
	return l
}

// mix fits how a remark's own sum, that of any remark and that of a good passage are weighed together: a logistic regression by Newton's
// method, drawn towards the own sum alone.
func mix(x [][4]float64, y []float64) [4]float64 {
	const penalty = 2
	w := [4]float64{1}
	for range 25 {
		g := [4]float64{penalty * (w[0] - 1), penalty * w[1], penalty * w[2], penalty * w[3]}
		var h [4][4]float64
		for i := range h {
			h[i][i] = penalty
		}
		for n := range x {
			z := 0.0
			for i := range w {
				z += w[i] * x[n][i]
			}
			p := judge.Probability(z)
			for i := range w {
				g[i] += (p - y[n]) * x[n][i]
				for k := range w {
					h[i][k] += p * (1 - p) * x[n][i] * x[n][k]
				}
			}
		}
		step := solve(h, g)
		for i := range w {
			w[i] -= step[i]
		}
	}
	return w
}

// solve solves four linear equations whose matrix is symmetric and positive.
func solve(a [4][4]float64, b [4]float64) [4]float64 {
	for i := range a {
		for r := i + 1; r < len(a); r++ {
			f := a[r][i] / a[i][i]
			for c := i; c < len(a); c++ {
				a[r][c] -= f * a[i][c]
			}
			b[r] -= f * b[i]
		}
	}
	for i := len(a) - 1; i >= 0; i-- {
		for c := i + 1; c < len(a); c++ {
			b[i] -= a[i][c] * b[c]
		}
		b[i] /= a[i][i]
		if math.IsNaN(b[i]) {
			b[i] = 0
		}
	}
	return b
}

// Posted is what a reviewer posts who says what is likeliest of all pages, one comment a passage and one a check on a page, three a page at
// most, and a comment and a half for every page.
func (s *Set) Posted(examples []*Example, judged []*judge.Judged) Said {
	type candidate struct {
		p     float64
		e     *Example
		check string
	}
	var all []candidate
	for i, e := range examples {
		for _, check := range learnt {
			all = append(all, candidate{judged[i].Probability(check), e, check})
		}
	}
	sort.SliceStable(all, func(a, b int) bool { return all[a].p > all[b].p })
	said, posted := Said{}, 0
	spoken := map[*Example]bool{}
	once := map[string]bool{}
	for _, c := range all {
		id := s.Pages[c.e.Page].ID
		if 2*posted >= 3*len(s.Pages) {
			break
		}
		if spoken[c.e] || once[id+" "+c.check] || len(said[id]) >= mostPosted {
			continue
		}
		spoken[c.e], once[id+" "+c.check] = true, true
		posted++
		said[id] = append(said[id], Remark{Blocks: c.e.Blocks, Family: FamilyOf(Reasons[c.check][0]), Tags: Near(Reasons[c.check]), Check: c.check, Confidence: c.p})
	}
	return said
}
