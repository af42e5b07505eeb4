package github

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
)

func TestReadPatch(t *testing.T) {
	for _, tt := range []struct {
		name, patch  string
		added, hunks string
		wantErr      string
	}{
		{"nothing", "", "[]", "[]", ""},
		{"one line becomes two", "@@ -1 +1,2 @@\n-a\n+b\n+c", "[{1 2}]", "[{1 2}]", ""},
		{"a new file", "@@ -0,0 +1,3 @@\n+a\n+b\n+c\n\\ No newline at end of file", "[{1 3}]", "[{1 3}]", ""},
		{"all removed", "@@ -1,2 +0,0 @@\n-a\n-b", "[]", "[]", ""},
		{"removed within context", "@@ -3,3 +3,2 @@ Heading\n a\n-b\n c", "[]", "[{3 4}]", ""},
		{"two hunks", "@@ -1,3 +1,4 @@\n a\n+b\n c\n d\n@@ -20,2 +21,3 @@\n e\n+f\n g", "[{2 2} {22 22}]", "[{1 4} {21 23}]", ""},
		{"lines that look like heads", "@@ -1,2 +1,4 @@\n a\n+@@ -1 +1 @@\n+--- a/x\n b", "[{2 3}]", "[{1 4}]", ""},
		{"lines that look like files", "@@ -1 +1,2 @@\n--- a\n+++ b\n+diff --git a/x b/y", "[{1 2}]", "[{1 2}]", ""},
		{"line ends of Windows", "@@ -1 +1,2 @@\n a\r\n+b\r", "[{2 2}]", "[{1 2}]", ""},
		{"breaks off", "@@ -1,3 +1,4 @@\n a\n+b", "", "", "can't be read"},
		{"a head that lies", "@@ -1,1 +1,1 @@\n a\n+b\n+c", "", "", "can't be read"},
		{"another file follows", "@@ -1 +1 @@\n-a\n+b\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b", "", "", "several files"},
		{"no patch", "Binary files differ", "", "", "can't be read"},
	} {
		added, hunks, err := ReadPatch(tt.patch)
		if tt.wantErr != "" {
			if err == nil || !strings.Contains(err.Error(), tt.wantErr) {
				t.Errorf("%s: error %v, want %q", tt.name, err, tt.wantErr)
			}
			continue
		}
		if err != nil || fmt.Sprint(added) != tt.added || fmt.Sprint(hunks) != tt.hunks {
			t.Errorf("%s: added %v, hunks %v, %v; want %s, %s", tt.name, added, hunks, err, tt.added, tt.hunks)
		}
	}
}

func TestCompare(t *testing.T) {
	numbered := func(from, to int) string {
		var b strings.Builder
		for i := from; i <= to; i++ {
			fmt.Fprintf(&b, "line %d\n", i)
		}
		return b.String()
	}
	for _, tt := range []struct{ name, before, after, added, hunks string }{
		{"the same", "a\n", "a\n", "[]", "[]"},
		{"new", "", "a\nb\n", "[{1 2}]", "[{1 2}]"},
		{"gone", "a\nb\n", "", "[]", "[]"},
		{"one line of many", numbered(1, 20), strings.Replace(numbered(1, 20), "line 10\n", "other\n", 1), "[{10 10}]", "[{7 13}]"},
		{"one line removed", numbered(1, 20), strings.Replace(numbered(1, 20), "line 10\n", "", 1), "[]", "[{7 12}]"},
		{"put before all", numbered(2, 9), numbered(1, 9), "[{1 1}]", "[{1 4}]"},
		{"put after all, without an end", "a\n", "a\nb", "[{2 2}]", "[{1 2}]"},
		{"the last line ends now", "a\nb", "a\nb\n", "[{2 2}]", "[{1 2}]"},
		{"two near each other are one hunk", numbered(1, 20), strings.NewReplacer("line 5\n", "x\n", "line 12\n", "y\n").Replace(numbered(1, 20)),
			"[{5 5} {12 12}]", "[{2 15}]"},
		{"two apart are two", numbered(1, 20), strings.NewReplacer("line 5\n", "x\n", "line 13\n", "y\n").Replace(numbered(1, 20)),
			"[{5 5} {13 13}]", "[{2 8} {10 16}]"},
	} {
		added, hunks := Compare(tt.before, tt.after)
		if fmt.Sprint(added) != tt.added || fmt.Sprint(hunks) != tt.hunks {
			t.Errorf("%s: added %v, hunks %v; want %s, %s", tt.name, added, hunks, tt.added, tt.hunks)
		}
	}
}

// What was not added stands in the old text, in the same order: taking the added lines out of the new text leaves lines of the old one.
func TestCompareLosesNothing(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 300 {
		text := func() string {
			var b strings.Builder
			for range random.Intn(30) {
				fmt.Fprintf(&b, "%c\n", 'a'+rune(random.Intn(5)))
			}
			return b.String()
		}
		before, after := text(), text()
		added, hunks := Compare(before, after)
		new := strings.Split(strings.TrimSuffix(after, "\n"), "\n")
		old := strings.Split(before, "\n")
		at := 0
		for i, line := range new {
			if _, ok := within(added, i+1); ok {
				if _, ok := within(hunks, i+1); !ok {
					t.Fatalf("%q to %q: line %d was added and is in no hunk of %v", before, after, i+1, hunks)
				}
				continue
			}
			for at < len(old) && old[at] != line {
				at++
			}
			if at++; at > len(old) {
				t.Fatalf("%q to %q: line %d was not added, says %v, and is not in the old text", before, after, i+1, added)
			}
		}
	}
}

func FuzzReadPatch(f *testing.F) {
	f.Add("@@ -1,3 +1,4 @@\n a\n+b\n c\n d\n@@ -20,2 +21,3 @@\n e\n+f\n g")
	f.Add("@@ -0,0 +1,3 @@\n+a\n+b\n+c\n\\ No newline at end of file")
	f.Add("@@ -1 +1 @@\n-a\n+b\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b")
	f.Add("@@ -1,999999999 +999999999,999999999 @@\n a")
	f.Add("@@ -0 +0 @@\n 0")
	f.Fuzz(func(t *testing.T, patch string) {
		added, hunks, err := ReadPatch(patch)
		if err != nil {
			return
		}
		last := 0
		for _, h := range hunks {
			if h.First <= last || h.Last < h.First {
				t.Fatalf("the hunks %v are not in order", hunks)
			}
			last = h.Last
		}
		for _, a := range added {
			first, ok := within(hunks, a.First)
			if end, ok2 := within(hunks, a.Last); !ok || !ok2 || first != end && end.First != first.Last+1 {
				t.Fatalf("added %v is in no hunk of %v", a, hunks)
			}
		}
		if lines(added) > strings.Count(patch, "+") {
			t.Fatalf("added %v of %q", added, patch)
		}
	})
}
