package prose

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// A file's name reads "kind = what it shows.md at where/it/lies.md".
func kindFixtures(t *testing.T, name string, judge func(*Page) (Kind, string)) {
	archive, err := txtar.ParseFile("testdata/kinds/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		want, rest, _ := strings.Cut(f.Name, " = ")
		_, path, _ := strings.Cut(rest, " at ")
		kind, reason := judge(Parse(path, f.Data))
		if string(kind) != want || kind != Unknown && reason == "" {
			t.Errorf("%s: %s, because %q", f.Name, kind, reason)
		}
	}
}

func TestDeclaredKind(t *testing.T) { kindFixtures(t, "declared", (*Page).DeclaredKind) }

func TestGuessedKind(t *testing.T) { kindFixtures(t, "guessed", (*Page).GuessedKind) }

// The reason is a phrase that a marketer understands.
func TestKindReasons(t *testing.T) {
	for _, test := range []struct{ path, page, want string }{
		{"customers/leeds.md", "# Leeds", "it lies under customers/"},
		{"legal/terms.md", "# Us and you", "its file is named terms.md"},
		{"blog/a.md", "# Introducing gate counts", `its title says "Introducing"`},
		{"blog/a.md", "# Leeds", "it is too short to tell"},
	} {
		if _, reason := Parse(test.path, []byte(test.page)).GuessedKind(); reason != test.want {
			t.Errorf("%s: %q, want %q", test.page, reason, test.want)
		}
	}
	page := Parse("a.md", []byte("---\nlayout: case_study\n---\n"))
	if _, reason := page.DeclaredKind(); reason != `its front matter says "layout: case_study"` {
		t.Errorf("declared, because %q", reason)
	}
}

// kinds.txt names known kinds only, each cue once in its section.
func TestKindLists(t *testing.T) {
	for section, cues := range kindCues {
		seen := map[string]bool{}
		for _, c := range cues {
			if c.name != "none" && !slices.Contains(Kinds, Kind(c.name)) {
				t.Errorf("[%s] %s: no such kind", section, c.name)
			}
			if len(c.words) == 0 || c.phrase != strings.ToLower(c.phrase) || seen[c.phrase] {
				t.Errorf("[%s] %s: %q is empty, in capitals or there twice", section, c.name, c.phrase)
			}
			seen[c.phrase] = true
		}
	}
}

// Any page has a kind, a language and a reason, or none.
func FuzzJudgements(f *testing.F) {
	f.Add("blog/a.de.md", "---\nkind: opinion\nlang: de\n---\n# Introducing CVE-2031-1 2.0\n\n1. Go")
	f.Add("_/..md", "# How Leeds uses\n\n* $ ^")
	f.Fuzz(func(t *testing.T, path, src string) {
		page := Parse(path, []byte(src))
		for _, judge := range []func() (Kind, string){page.DeclaredKind, page.GuessedKind} {
			if kind, reason := judge(); !slices.Contains(Kinds, kind) || kind != Unknown && reason == "" {
				t.Errorf("%q, because %q", kind, reason)
			}
		}
		page.Foreign()
		page.BadNews()
	})
}

func BenchmarkJudgements(b *testing.B) {
	src := []byte("# A walk through the hall\n\n" + strings.Repeat("The planner comes in at five and counts what the night has left. She knows every ward by its smell.\n\n", 200))
	page := Parse("notes/hall.md", src)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		page.DeclaredKind()
		page.GuessedKind()
		page.Foreign()
		page.BadNews()
	}
}
