package editors

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"github.com/example-org/tellwell/review/judge"
)

// An Example is a passage and which remarks editors made on it.
type Example struct {
	Page     int
	Source   string
	Passage  *judge.Passage
	Blocks   map[int]bool
	Remarked map[string]float64 // by remark: how surely
}

// How the words are learnt.
const (
	wordPenalty = 8.0 // L2
	wordRounds  = 8
	leastSeen   = 8 // in how many passages a word stands before it counts
)

// A vocabulary numbers the words of examples.
func vocabulary(examples []*Example) (names []string, rows [][]int32) {
	seen := map[string]int{}
	for _, e := range examples {
		for _, w := range e.Passage.Words {
			seen[w]++
		}
	}
	for w, n := range seen {
		if n >= leastSeen {
			names = append(names, w)
		}
	}
	sort.Slice(names, func(a, b int) bool {
		if seen[names[a]] != seen[names[b]] {
			return seen[names[a]] > seen[names[b]]
		}
		return names[a] < names[b]
	})
	if len(names) > 6000 {
		names = names[:6000]
	}
	index := make(map[string]int32, len(names))
	for i, w := range names {
		index[w] = int32(i)
	}
	rows = make([][]int32, len(examples))
	for i, e := range examples {
		for _, w := range e.Passage.Words {
			if j, ok := index[w]; ok {
				rows[i] = append(rows[i], j)
			}
		}
	}
	return names, rows
}

// learnWords fits a logistic regression over which words a passage holds, by Newton steps one word at a time.
func learnWords(names []string, rows [][]int32, y []float64) (wordBase int, weights map[string]int) {
	columns := make([][]int32, len(names))
	for i, row := range rows {
		for _, j := range row {
			columns[j] = append(columns[j], int32(i))
		}
	}
	n := len(rows)
	mean := 0.0
	for _, v := range y {
		mean += v
	}
	mean = max(mean/float64(n), 1e-4)
	base := math.Log(mean / (1 - mean))
	margin := make([]float64, n)
	for i := range margin {
		margin[i] = base
	}
	w := make([]float64, len(names))
	for range wordRounds {
		for j := range names {
			g, h := wordPenalty*w[j], wordPenalty
			for _, i := range columns[j] {
				p := judge.Probability(margin[i])
				g += p - y[i]
				h += p * (1 - p)
			}
			step := -g / h
			if math.Abs(step) < 1e-4 {
				continue
			}
			w[j] += step
			for _, i := range columns[j] {
				margin[i] += step
			}
		}
		g, h := 0.0, 1e-6
		for i := range margin {
			p := judge.Probability(margin[i])
			g += p - y[i]
			h += p * (1 - p)
		}
		base -= g / h
		for i := range margin {
			margin[i] -= g / h
		}
	}
	weights = map[string]int{}
	for j, name := range names {
		if v := thousandths(w[j]); v >= leastWeight || v <= -leastWeight {
			weights[name] = v
		}
	}
	return thousandths(base), weights
}

// leastWeight is what a word weighs at least that is kept, in thousandths.
const leastWeight = 30

func thousandths(v float64) int { return int(math.Round(v * 1000)) }

// A table is examples by feature, each value told as which of the feature's steps it lies above.
type table struct {
	names []string
	steps [][]int
	codes [][]uint8 // by feature
}

const mostSteps = 24

func tabulate(names []string, value func(i int, name string) int, n int) *table {
	t := &table{names: names}
	for _, name := range names {
		values := make([]int, n)
		for i := range values {
			values[i] = value(i, name)
		}
		distinct := slices.Clone(values)
		slices.Sort(distinct)
		distinct = slices.Compact(distinct)
		var steps []int
		if len(distinct) <= mostSteps {
			for i := 0; i+1 < len(distinct); i++ {
				steps = append(steps, distinct[i]+(distinct[i+1]-distinct[i])/2)
			}
		} else {
			for k := 1; k < mostSteps; k++ {
				at := distinct[k*len(distinct)/mostSteps]
				if len(steps) == 0 || at > steps[len(steps)-1] {
					steps = append(steps, at)
				}
			}
		}
		codes := make([]uint8, n)
		for i, v := range values {
			codes[i] = uint8(sort.SearchInts(steps, v))
		}
		t.steps = append(t.steps, steps)
		t.codes = append(t.codes, codes)
	}
	return t
}

// Growth says how trees are grown.
type Growth struct {
	Trees, Depth  int
	LeastLeaf     int     // how many passages an end holds at least
	Rate, Penalty float64 // how much of each step is taken; L2
	Columns, Rows float64 // the share of features and of passages that each tree sees
	Seed          uint64
}

// Usual is how trees are grown unless somebody tries otherwise.
var Usual = Growth{Trees: 200, Depth: 4, LeastLeaf: 20, Rate: 0.05, Penalty: 7, Columns: 0.2, Rows: 0.5, Seed: 1}

// A split is a node of a tree in growth: a column of the table, -1 at its ends.
type split struct {
	column  int
	code    uint8
	no, yes int
	value   float64
}

// A forest is trees over a table, from base log-odds on.
type forest struct {
	base  float64
	trees [][]split
}

// grow fits boosted trees to y, by the logistic loss.
func (g Growth) grow(t *table, y []float64) forest {
	n := len(y)
	mean := 0.0
	for _, v := range y {
		mean += v
	}
	mean = max(mean/float64(n), 1e-4)
	f := forest{base: math.Log(mean / (1 - mean))}
	margin := make([]float64, n)
	for i := range margin {
		margin[i] = f.base
	}
	random := rand.New(rand.NewPCG(g.Seed, 7))
	grad, hess := make([]float64, n), make([]float64, n)
	for range g.Trees {
		rows := make([]int32, 0, n)
		for i := range margin {
			p := judge.Probability(margin[i])
			grad[i], hess[i] = p-y[i], p*(1-p)
			if random.Float64() < g.Rows {
				rows = append(rows, int32(i))
			}
		}
		var columns []int
		for j := range t.names {
			if random.Float64() < g.Columns || t.names[j] == judge.WordsFeature {
				columns = append(columns, j)
			}
		}
		var tree []split
		g.branch(t, &tree, rows, columns, grad, hess, 0)
		f.trees = append(f.trees, tree)
		for i := range margin {
			margin[i] += t.follow(tree, i)
		}
	}
	return f
}

// follow returns the value at the end of a tree for a row.
func (t *table) follow(tree []split, row int) float64 {
	k := 0
	for tree[k].column >= 0 {
		if t.codes[tree[k].column][row] > tree[k].code {
			k = tree[k].yes
		} else {
			k = tree[k].no
		}
	}
	return tree[k].value
}

// branch grows a node and what hangs on it, and returns its place in the tree.
func (g Growth) branch(t *table, tree *[]split, rows []int32, columns []int, grad, hess []float64, depth int) int {
	var sumG, sumH float64
	for _, i := range rows {
		sumG += grad[i]
		sumH += hess[i]
	}
	at := len(*tree)
	*tree = append(*tree, split{column: -1, value: -g.Rate * sumG / (sumH + g.Penalty)})
	if depth == g.Depth || len(rows) < 2*g.LeastLeaf {
		return at
	}
	best, column, code := 1e-3, -1, uint8(0)
	var binG, binH [256]float64
	var binN [256]int
	for _, j := range columns {
		steps := len(t.steps[j])
		if steps == 0 {
			continue
		}
		for k := 0; k <= steps; k++ {
			binG[k], binH[k], binN[k] = 0, 0, 0
		}
		codes := t.codes[j]
		for _, i := range rows {
			c := codes[i]
			binG[c] += grad[i]
			binH[c] += hess[i]
			binN[c]++
		}
		var leftG, leftH float64
		leftN := 0
		for k := 0; k < steps; k++ {
			leftG += binG[k]
			leftH += binH[k]
			leftN += binN[k]
			if leftN < g.LeastLeaf || len(rows)-leftN < g.LeastLeaf {
				continue
			}
			rightG, rightH := sumG-leftG, sumH-leftH
			gain := leftG*leftG/(leftH+g.Penalty) + rightG*rightG/(rightH+g.Penalty) - sumG*sumG/(sumH+g.Penalty)
			if gain > best {
				best, column, code = gain, j, uint8(k)
			}
		}
	}
	if column < 0 {
		return at
	}
	var no, yes []int32
	for _, i := range rows {
		if t.codes[column][i] > code {
			yes = append(yes, i)
		} else {
			no = append(no, i)
		}
	}
	left := g.branch(t, tree, no, columns, grad, hess, depth+1)
	right := g.branch(t, tree, yes, columns, grad, hess, depth+1)
	(*tree)[at] = split{column: column, code: code, no: left, yes: right}
	return at
}

// model returns a forest as a model holds it; the columns of the table are the model's features, in order.
func (f forest) model(t *table) (base int, trees []judge.Tree) {
	for _, tree := range f.trees {
		var out judge.Tree
		for _, s := range tree {
			n := judge.Node{Feature: s.column, No: s.no, Yes: s.yes, Value: thousandths(s.value)}
			if s.column >= 0 {
				n.At, n.Value = t.steps[s.column][s.code], 0
			}
			out = append(out, n)
		}
		trees = append(trees, out)
	}
	return thousandths(f.base), trees
}
