package prose

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Each archive in testdata/grief is one reason: a file named leave-… is left alone for it, a file named speak-… is a near miss.
func TestBadNews(t *testing.T) {
	files, _ := filepath.Glob("testdata/grief/*.txtar")
	if len(files) != len(griefCues["reason"]) {
		t.Errorf("%d archives for %d reasons", len(files), len(griefCues["reason"]))
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		want := ""
		for _, c := range griefCues["reason"] {
			if c.name == name {
				want = c.phrase
			}
		}
		if want == "" {
			t.Errorf("%s: no such reason", file)
		}
		for _, f := range archive.Files {
			got := Parse("blog/"+f.Name, f.Data).BadNews()
			switch {
			case strings.HasPrefix(f.Name, "leave-") && !strings.HasPrefix(got, want+`: its `):
				t.Errorf("%s %s: %q, want %q", file, f.Name, got, want)
			case strings.HasPrefix(f.Name, "speak-") && got != "":
				t.Errorf("%s %s: left alone: %s", file, f.Name, got)
			case !strings.HasPrefix(f.Name, "leave-") && !strings.HasPrefix(f.Name, "speak-"):
				t.Errorf("%s: %s is neither leave- nor speak-", file, f.Name)
			}
		}
	}
}

// A list that cannot be matched is a list nobody reads: every name has a reason, every cue has words.
func TestGriefLists(t *testing.T) {
	names := map[string]bool{"all": true}
	for _, c := range griefCues["reason"] {
		names[c.name] = true
	}
	for section, cues := range griefCues {
		for _, c := range cues {
			if !names[c.name] || len(c.words) == 0 || c.phrase != strings.ToLower(c.phrase) {
				t.Errorf("[%s] %s: %q", section, c.name, c.phrase)
			}
		}
	}
}
