package evidence

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestWith(t *testing.T) {
	base := DefaultLists()
	lists := base.With(
		map[string][]string{"role": {"creamery master"}, "puff": {"udderly unbeaten = boast"}, "no such list": {"x"}},
		map[string][]string{"soft-puff": {"scalable"}, "problem": {"struggle"}},
		[]string{"Linear"}, []string{"O'Leary Round"}, []string{"tanker hand"},
	)
	for text, want := range map[string]struct {
		name Name
		has  bool
	}{
		"The creamery masters rang.":         {Role, true},
		"The tanker hands rang.":             {Role, true},
		"Our udderly unbeaten milk.":         {Puff, true},
		"Our scalable belt.":                 {SoftPuff, false},
		"They struggled with it.":            {Problem, false},
		"Linear launched it.":                {Self, true},
		"A linear scale.":                    {Self, false},
		"The O’Leary Round closes the week.": {Self, true},
	} {
		if got := Of(text, lists).Has(want.name); got != want.has {
			t.Errorf("%q has %s: %v, want %v", text, want.name, got, want.has)
		}
	}
	if !Of("Our scalable belt.", base).Has(SoftPuff) || Of("Linear launched it.", base).Has(Self) {
		t.Error("With changed the lists it was called on")
	}
}

// A list is read by people who are not developers: each says what it is for, whose it is, and has nothing twice.
func TestListFiles(t *testing.T) {
	names := ListNames()
	if !slices.IsSorted(names) || !slices.Contains(names, "soft_puff") || !slices.Contains(names, "role") {
		t.Errorf("names: %q", names)
	}
	for _, name := range names {
		src, err := listFiles.ReadFile("lists/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(src), "\n")
		if len(lines) < 3 || !strings.HasPrefix(lines[0], "# ") || !strings.HasPrefix(lines[1], "# Source: ") || !strings.Contains(lines[1], "Licence: ") {
			t.Errorf("%s: the head does not say what the list is for, its source and its licence", name)
		}
		seen := map[string]int{}
		for i, line := range lines {
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if line != strings.ToLower(line) || line != strings.TrimSpace(line) || strings.ContainsAny(line, ";\t“”’") {
				t.Errorf("%s:%d: %q is not one plain phrase in lower case", name, i+1, line)
			}
			if seen[line] > 0 {
				t.Errorf("%s:%d: %q stands on line %d too", name, i+1, line, seen[line])
			}
			seen[line] = i + 1
		}
	}
}

// An exception that holds nothing back is left over from an entry that went.
func TestExceptionsHoldSomethingBack(t *testing.T) {
	lists := DefaultLists()
	for name, list := range lists.lists {
		for _, e := range list.entries {
			if !e.never || strings.Contains(e.phrase, "...") {
				continue
			}
			s := &Sentence{Sentence: sentenceOf(e.phrase + " that")} // "the only thing" holds back "the only ... that"
			r := newReader(lists)
			r.begin(s, false)
			if !slices.ContainsFunc(r.hits, func(h hit) bool { return !h.never && h.list == lists.lex.classes[name] }) {
				t.Errorf("lists/%s.txt: !%s keeps nothing from counting", name, e.phrase)
			}
		}
	}
}

// Every list that the code names has a file, and every file is named: neither reads nothing in silence.
func TestEveryListIsUsed(t *testing.T) {
	x := DefaultLists().With(nil, nil, []string{"Tankwise"}, nil, nil).lex
	used := class(0)
	named := reflect.ValueOf(classesOf(x))
	for i := range named.NumField() {
		c := class(named.Field(i).Uint())
		if c == 0 {
			t.Errorf("the code names the list %s, which does not exist", named.Type().Field(i).Name)
		}
		used |= c
	}
	for name, c := range x.classes {
		if used&c == 0 {
			t.Errorf("no code reads the list %s", name)
		}
	}
}

func TestForms(t *testing.T) {
	for line, want := range map[string][]string{
		"stop/v":           {"stop", "stops", "stopping", "stopped"},
		"worry/v":          {"worry", "worries", "worrying", "worried"},
		"run out of/v":     {"run out of", "runs out of", "running out of", "ran out of", "run out of"},
		"deliver/v":        {"deliver", "delivers", "delivering", "delivered"},
		"optimise/v":       {"optimise", "optimises", "optimising", "optimised", "optimize", "optimizes", "optimizing", "optimized"},
		"organisation/n":   {"organisation", "organisations", "organization", "organizations"},
		"head of sales/n":  {"head of sales", "heads of sales"},
		"foreman/n":        {"foreman", "foremen"},
		"agency/n":         {"agency", "agencies"},
		"co-founder/n":     {"co-founder", "co-founders", "co founder", "co founders"},
		"safe/a":           {"safe", "safer", "safest"},
		"early/a":          {"early", "earlier", "earliest"},
		"die/v":            {"die", "dies", "dying", "died"},
		"world-class/x":    {"world-class", "world class"},
		"raise the bar":    {"raise the bar"},
		"Nurse’s aide = k": {"nurse's aide"},
	} {
		e, ok := parseEntry(line, asWritten)
		if !ok {
			t.Errorf("%q is no entry", line)
		}
		var got []string
		for _, f := range forms(e) {
			got = append(got, f.phrase)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
}
