package judge

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// judgement.txt is what was learnt from editors' marks; its first lines say when, from what, and how it fared.
//
//go:embed judgement.txt
var judgementFile []byte

// Default returns the model that tellwell ships.
func Default() *Model {
	m, err := ReadModel(judgementFile)
	if err != nil {
		panic(fmt.Sprintf("read judgement.txt: %v", err)) // embedded; held by a test
	}
	return m
}

// Two remarks that are no check's: that an editor remarks on the passage at all, and that one marks it as good.
const (
	Any  = "any remark"
	Good = "good as it stands"
)

// A Model is what was learnt: for each remark, what its evidence weighs. All weights are whole thousandths of log-odds, and all features
// are counted in whole thousandths, so that every machine comes to the same sum.
type Model struct {
	Features []string // by number
	Remarks  map[string]*Learnt
}

// A Learnt remark: words weigh by themselves, and with the other evidence in small trees. The sum is mixed with that of Any and Good.
type Learnt struct {
	Mix      [4]int // the weight of its own sum, of Any's and of Good's in thousandths, and what is added
	WordBase int
	Words    map[string]int
	Base     int
	Trees    []Tree
}

// A Tree asks one question of the evidence after another; the value at its end is added to the sum.
type Tree []Node

// A Node asks whether a feature, by its number, is more than At, and goes on at No or Yes; a node whose Feature is below 0 is an end.
type Node struct {
	Feature, At int
	No, Yes     int
	Value       int
}

// WordsFeature is the feature that holds what a passage's words weigh.
const WordsFeature = "words like those remarked on"

// WordScore returns what a passage's words weigh for a remark.
func (l *Learnt) WordScore(words []string) int {
	sum := l.WordBase
	for _, w := range words {
		sum += l.Words[w]
	}
	return sum
}

// thousandths returns a feature's value as the model counts it.
func thousandths(v float64) int { return int(math.Round(v * 1000)) }

// Judged is what a model thinks of one passage.
type Judged struct {
	model  *Model
	p      *Passage
	values []int
	sums   map[string]int
}

// Judge reads a passage.
func (m *Model) Judge(p *Passage) *Judged {
	j := &Judged{model: m, p: p, values: make([]int, len(m.Features)), sums: map[string]int{}}
	for i, name := range m.Features {
		j.values[i] = thousandths(p.Features[name])
	}
	return j
}

// Sum returns what the passage's evidence weighs for a remark by itself, in thousandths of log-odds.
func (j *Judged) Sum(remark string) int {
	if sum, ok := j.sums[remark]; ok {
		return sum
	}
	l := j.model.Remarks[remark]
	if l == nil {
		return 0
	}
	words := l.WordScore(j.p.Words)
	sum := l.Base
	for _, tree := range l.Trees {
		n := 0
		for tree[n].Feature >= 0 {
			v := words
			if f := tree[n].Feature; f < len(j.values) {
				v = j.values[f]
			}
			if v > tree[n].At {
				n = tree[n].Yes
			} else {
				n = tree[n].No
			}
		}
		sum += tree[n].Value
	}
	j.sums[remark] = sum
	return sum
}

// Probability returns how likely an editor is to make a remark on the passage, 0 to 1.
func (j *Judged) Probability(remark string) float64 {
	l := j.model.Remarks[remark]
	if l == nil {
		return 0
	}
	mixed := l.Mix[0]*j.Sum(remark) + l.Mix[1]*j.Sum(Any) + l.Mix[2]*j.Sum(Good) + 1000*l.Mix[3]
	return Probability(float64(mixed) / 1e6)
}

// Mixed makes the sums count as another model mixes them. Where a model is validated, its parts were learnt without a mix of their own.
func (j *Judged) Mixed(by *Model) {
	for name := range j.model.Remarks {
		j.Sum(name)
	}
	j.model = by
}

// leastTelling is what a word weighs at least that is named, in thousandths of log-odds.
const leastTelling = 100

// function words tell nobody anything, whatever they weigh.
var function = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`title a an the and or but nor so yet to of in on at by for from with as into over under about than then that
		this these those it its it's is are was were be been being am do does did have has had can could will would shall should may might must
		not no we our us you your they their them he she his her him who whom which what when where why how there here i my me all any both
		each more most other some such only own same too very just also if while because through during before after again once up down out
		off between s t`) {
		out[w] = true
	}
	return out
}()

// tells reports whether a word or a pair of words means something by itself.
func tells(word string) bool {
	for _, w := range strings.Fields(word) {
		if !function[w] && len(w) > 2 {
			return true
		}
	}
	return false
}

// Telling returns the words of the passage that speak most for a remark, at most n of them, those that weigh most first. Words that mean
// nothing by themselves are left out.
func (m *Model) Telling(remark string, words []string, n int) []string {
	l := m.Remarks[remark]
	if l == nil {
		return nil
	}
	var out []string
	for _, w := range words {
		if l.Words[w] >= leastTelling && tells(w) {
			out = append(out, w)
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return l.Words[out[a]] > l.Words[out[b]] })
	return out[:min(n, len(out))]
}

// Probability turns log-odds into a probability.
func Probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

// Write returns the model as a file: after the lines of a remark about it, its features by number, then each check with its words and
// trees. A tree is written from its root on: "12>350" asks whether feature 12 is more than 350, and is followed by what comes when it is
// not, then by what comes when it is; "=-45" is an end.
func (m *Model) Write(about string) []byte {
	var out bytes.Buffer
	for line := range strings.Lines(about) {
		fmt.Fprintf(&out, "# %s\n", strings.TrimSpace(line))
	}
	for i, name := range m.Features {
		fmt.Fprintf(&out, "feature %d %s\n", i, name)
	}
	var names []string
	for name := range m.Remarks {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		l := m.Remarks[name]
		fmt.Fprintf(&out, "\nremark %s\nmix %d %d %d %d\nbase %d\nwordbase %d\n", name, l.Mix[0], l.Mix[1], l.Mix[2], l.Mix[3], l.Base, l.WordBase)
		var words []string
		for w := range l.Words {
			words = append(words, w)
		}
		sort.Slice(words, func(a, b int) bool {
			if l.Words[words[a]] != l.Words[words[b]] {
				return l.Words[words[a]] > l.Words[words[b]]
			}
			return words[a] < words[b]
		})
		for _, w := range words {
			fmt.Fprintf(&out, "word %d %s\n", l.Words[w], w)
		}
		for _, tree := range l.Trees {
			out.WriteString("tree")
			tree.write(&out, 0)
			out.WriteString("\n")
		}
	}
	return out.Bytes()
}

func (t Tree) write(out *bytes.Buffer, n int) {
	if t[n].Feature < 0 {
		fmt.Fprintf(out, " =%d", t[n].Value)
		return
	}
	fmt.Fprintf(out, " %d>%d", t[n].Feature, t[n].At)
	t.write(out, t[n].No)
	t.write(out, t[n].Yes)
}

// ReadModel reads a file that Write has made. An error says in which line.
func ReadModel(src []byte) (*Model, error) {
	m := &Model{Remarks: map[string]*Learnt{}}
	var l *Learnt
	lines := bufio.NewScanner(bytes.NewReader(src))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		kind, rest, _ := strings.Cut(line, " ")
		fail := func(what string) error { return fmt.Errorf("line %d: %s: %q", n, what, line) }
		if kind == "feature" {
			number, name, _ := strings.Cut(rest, " ")
			if i, err := strconv.Atoi(number); err != nil || i != len(m.Features) || name == "" {
				return nil, fail("features are numbered from 0 on")
			}
			m.Features = append(m.Features, name)
			continue
		}
		if kind == "remark" {
			if rest == "" || m.Remarks[rest] != nil {
				return nil, fail("a remark has a name of its own")
			}
			l = &Learnt{Words: map[string]int{}}
			m.Remarks[rest] = l
			continue
		}
		if l == nil {
			return nil, fail("this stands before the first remark")
		}
		switch kind {
		case "mix":
			fields := strings.Fields(rest)
			if len(fields) != len(l.Mix) {
				return nil, fail("a mix is four numbers")
			}
			for i, f := range fields {
				v, err := strconv.Atoi(f)
				if err != nil {
					return nil, fail("a mix is four numbers")
				}
				l.Mix[i] = v
			}
		case "base", "wordbase":
			v, err := strconv.Atoi(rest)
			if err != nil {
				return nil, fail("this is no number")
			}
			if kind == "base" {
				l.Base = v
			} else {
				l.WordBase = v
			}
		case "word":
			weight, word, ok := strings.Cut(rest, " ")
			v, err := strconv.Atoi(weight)
			if !ok || err != nil {
				return nil, fail("a word has a weight before it")
			}
			l.Words[word] = v
		case "tree":
			parts := strings.Fields(rest)
			var t Tree
			left, ok := t.read(parts, len(m.Features), 0)
			if !ok || len(left) > 0 {
				return nil, fail("this is no tree")
			}
			l.Trees = append(l.Trees, t)
		default:
			return nil, fail("nothing is known by this name")
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	for name, l := range m.Remarks {
		if l.Mix == [4]int{} {
			return nil, fmt.Errorf("the remark %q has no mix", name)
		}
	}
	if len(m.Remarks) > 0 && (m.Remarks[Any] == nil || m.Remarks[Good] == nil) {
		return nil, fmt.Errorf("the remarks %q and %q are not in it", Any, Good)
	}
	return m, nil
}

// deepest is how deep a tree may be.
const deepest = 12

// read reads a tree from its parts and returns those that are left.
func (t *Tree) read(parts []string, features, depth int) ([]string, bool) {
	if len(parts) == 0 || depth > deepest {
		return nil, false
	}
	at := len(*t)
	if value, ok := strings.CutPrefix(parts[0], "="); ok {
		v, err := strconv.Atoi(value)
		*t = append(*t, Node{Feature: -1, Value: v})
		return parts[1:], err == nil
	}
	feature, above, ok := strings.Cut(parts[0], ">")
	f, err := strconv.Atoi(feature)
	limit, err2 := strconv.Atoi(above)
	if !ok || err != nil || err2 != nil || f < 0 || f > features { // the number after the last feature's is that of the words
		return nil, false
	}
	*t = append(*t, Node{Feature: f, At: limit})
	(*t)[at].No = len(*t)
	parts, ok = t.read(parts[1:], features, depth+1)
	if !ok {
		return nil, false
	}
	(*t)[at].Yes = len(*t)
	return t.read(parts, features, depth+1)
}

// Checks returns the checks that the model judges, in order of name.
func (m *Model) Checks() []string {
	var out []string
	for name := range m.Remarks {
		if name != Any && name != Good {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
