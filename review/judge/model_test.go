package judge

import (
	"bytes"
	"strings"
	"testing"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// What tellwell ships can be read, judges the checks it should, and is written as it was read.
func TestDefault(t *testing.T) {
	m := Default()
	if len(m.Checks()) < 5 {
		t.Fatalf("it judges %v", m.Checks())
	}
	var about []string
	for line := range strings.Lines(string(judgementFile)) {
		if rest, ok := strings.CutPrefix(line, "# "); ok {
			about = append(about, strings.TrimSpace(rest))
		}
	}
	if got := m.Write(strings.Join(about, "\n")); !bytes.Equal(got, judgementFile) {
		t.Error("written again, it is another file")
	}
	if len(judgementFile) > 1_500_000 {
		t.Errorf("it has %d bytes", len(judgementFile))
	}
}

func TestReadModelSaysWhatIsWrong(t *testing.T) {
	good := "remark any remark\nmix 1000 0 0 0\n\nremark good as it stands\nmix 1000 0 0 0\n"
	if _, err := ReadModel([]byte("# about\nfeature 0 words\n" + good + "base -5\nword 30 a b\ntree 0>3 =1 1>7 =2 =-3\n")); err != nil {
		t.Errorf("a good file: %v", err)
	}
	for _, bad := range []string{
		"feature 1 words\n", "feature 0\n", "word 3 x\n", good + "tree 0>3 =1\n", good + "tree 4>3 =1 =2\n", good + "tree =1 =2\n", good + "tree =x\n",
		good + "word x y\n", good + "base x\n", good + "leaf 4\n", good + "mix 1 2 3\n", "remark x\nbase 1\n", good + good,
		"remark x\nmix 1 2 3 4\n", "remark \n", good + "tree" + strings.Repeat(" 0>1", 40) + "\n",
	} {
		if _, err := ReadModel([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestPassages(t *testing.T) {
	src := "---\ntitle: A pump\n---\n# Pumps\n\nWe make robust pumps.\nThey last.\n\n- red\n- blue\n\n## More\n\n\"It works,\" says Ada Nwosu of Lagos.\n"
	read := evidence.Read(prose.Parse("a.md", []byte(src)), evidence.DefaultLists())
	all := Passages(read, prose.Unknown)
	if len(all) != 4 {
		t.Fatalf("%d passages", len(all))
	}
	first := all[0]
	if !first.Opening || len(first.Sentences) != 4 {
		t.Errorf("the opening has %d sentences: title, heading and first paragraph make it", len(first.Sentences))
	}
	if first.Features["soft puff"] != 1 || first.Features["self"] < 1 || first.Features["page of kind unknown"] != 1 || first.Features["after: item"] != 2 {
		t.Errorf("the opening holds %v", first.Features)
	}
	if last := all[len(all)-1]; last.Features["quotation"] != 1 || last.Features["last passage"] != 1 {
		t.Errorf("the last passage holds %v", last.Features)
	}
	first.Rule("undifferentiated-claim", .4)
	first.Rule("undifferentiated-claim", .2)
	if first.Features["rule: undifferentiated-claim"] != .4 || first.Features["rule: any"] != .4 {
		t.Error("the surest finding of a rule counts")
	}
	if got := strings.Join(WordsOf(first.Sentences[2]), ","); got != "we,make,we make,robust,make robust,pumps,robust pumps" {
		t.Errorf("its words are %s", got)
	}
}
