package editors

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write writes a set of two pages and two editors.
func write(t *testing.T, change map[string]string) (labels, pages string) {
	t.Helper()
	root := t.TempDir()
	files := map[string]string{
		"pages/index.tsv":   "id\tfile\trepo\none\tblog/one.md\tours/a\ntwo\ttwo.md\tours/b\nunread\ttwo.md\tours/b\n",
		"pages/blog/one.md": "---\ntitle: A pump\n---\n# A pump\n\nWe make pumps.\n\nThey are robust.\n\n- red\n- blue\n\nCall us.\n",
		"pages/two.md":      "The lift stood for nine hours.\n\nWe are proud to announce it.\n",
		"labels/A/one.json": `{"id": "one", "comments": [{"lines": [2, 2], "family": "insight", "tag": "headline"},
			{"lines": [8, 8], "family": "insight", "tag": "vague", "strength": 3}], "protect": [{"lines": [10, 11]}]}`,
		"labels/B/one.json": `{"id": "one", "comments": [{"lines": [6, 6], "family": "insight", "tag": "opening"}], "protect": [{"lines": [8, 8]}]}`,
		"labels/A/two.json": `{"id": "two", "comments": [], "protect": [{"lines": [1, 1]}]}`,
		"labels/B/two.json": `{"id": "two", "comments": [{"lines": [3, 3], "family": "emotion", "tag": "announced"}], "protect": []}`,
	}
	for name, text := range change {
		files[name] = text
	}
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(root, "labels"), filepath.Join(root, "pages")
}

func TestLoad(t *testing.T) {
	set, err := Load(write(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Editors) != 2 || len(set.Pages) != 2 {
		t.Fatalf("%d editors and %d pages; a page that no editor read is left out", len(set.Editors), len(set.Pages))
	}
	p := set.Pages[0]
	for line, want := range map[int]int{2: 0, 4: 0, 6: 0, 8: 1, 10: 2, 11: 2, 13: 3} {
		if got, ok := p.blockOf[line]; !ok || got != want {
			t.Errorf("line %d is in block %d, want %d", line, got, want)
		}
	}
	if got := p.Protected(); len(got) != 1 || !got[2] {
		t.Errorf("%v is protected; a passage that one editor remarked on is not", got)
	}
	if got := set.marks(); got != 4 {
		t.Errorf("%d marks", got)
	}
	if got := set.Without([]string{"ours/a"}); len(got.Pages) != 1 || got.Pages[0].ID != "two" {
		t.Errorf("without a source: %v", got.Sources())
	}
}

// marks counts all marks.
func (s *Set) marks() int {
	n := 0
	for _, p := range s.Pages {
		for _, e := range s.Editors {
			n += len(p.Marks(e))
		}
	}
	return n
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	for want, change := range map[string]map[string]string{
		"headlin":             {"labels/A/one.json": `{"comments": [{"lines": [2, 2], "tag": "headlin"}]}`},
		"one.json":            {"labels/A/one.json": `{"comments": `},
		"columns id and file": {"pages/index.tsv": "name\tpath\n"},
		"no page of":          {"pages/index.tsv": "id\tfile\nnobody\ttwo.md\n"},
		"gone.md":             {"pages/index.tsv": "id\tfile\none\tgone.md\n"},
	} {
		if _, err := Load(write(t, change)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	if _, err := Load(t.TempDir(), t.TempDir()); err == nil {
		t.Error("a folder without editors was read")
	}
}

// What is measured is worked out by hand.
func TestMeasure(t *testing.T) {
	set, err := Load(write(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	say := func(check string, confidence float64, blocks ...int) Remark {
		on := map[int]bool{}
		for _, b := range blocks {
			on[b] = true
		}
		return Remark{Blocks: on, Family: FamilyOf(Reasons[check][0]), Tags: Near(Reasons[check]), Check: check, Confidence: confidence}
	}
	m := set.Measure(Said{
		"one": {say("unsupported-claim", .3, 2), say("undifferentiated-claim", .9, 1), say("product-first-opening", .5, 0), say("label-headline", .2, 0)},
		"two": {say("stock-opening", .8, 0)},
	})
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %.4f, want %.4f", name, got, want)
		}
	}
	// Of page one three comments count: the claim meets A's mark, the opening meets B's, the third stands on a list that is good as it
	// is; the fourth comes after the third. Page two's comment stands on a passage that A marked as good.
	near("agrees", m.Agrees, 2.0/5)
	near("harm", m.Harm, 2.0/5)
	near("precision", m.Reason.Precision, (1.0/5+1.0/5)/2)
	near("recall", m.Reason.Recall, (1.0/2+1.0/2)/2)
	f := 1.25 * .2 * .5 / (.25*.2 + .5)
	near("F0.5", m.Reason.F, f)
	if got, ok := m.Surest(2); !ok || got != .5 {
		t.Errorf("of the surest two %v agree", got)
	}
	if _, ok := m.Surest(15); ok {
		t.Error("there are no fifteen")
	}
	if row := m.Checks["undifferentiated-claim"]; row != (Row{Posted: 1, Agreed: 1}) {
		t.Errorf("the claim: %+v", row)
	}
	if m.Missed["headline"] != 1 || m.Missed["announced"] != 1 || len(m.Missed) != 2 {
		t.Errorf("missed: %v", m.Missed)
	}
	// By family A's two marks are met by the claim and the opening, B's first by the opening or the claim.
	near("family precision", m.Family.Precision, (2.0/5+1.0/5)/2)
}
