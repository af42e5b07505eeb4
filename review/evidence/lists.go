package evidence

import (
	"bufio"
	"embed"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed lists/*.txt
var listFiles embed.FS

// Lists are the word lists that evidence is read with. They are plain text, one phrase a line, and a team can add to them and take
// from them by name. Lists are not changed after they are made and may be shared between goroutines.
type Lists struct {
	lists map[string]list
	lex   *lexicon
}

// A list is one word list: its entries, and how they inflect unless an entry says otherwise.
type list struct {
	inflect inflection
	entries []entry
}

// An entry is one line of a list.
//
//	phrase          counts, in every form its list inflects to
//	phrase/v /n /a  inflects as a verb, a noun or an adjective, whatever its list says; /x does not inflect
//	phrase = kind   gives the mark a kind
//	phrase?         counts only with support (a given name that is also an ordinary word)
//	!phrase         never counts, and keeps shorter entries of the list inside it from counting
//
// In a phrase, "*" stands for any one word and "..." for up to three.
type entry struct {
	phrase  string
	kind    string
	inflect inflection
	never   bool
	weak    bool
	capital bool // written with a capital, as names are
}

// nameList holds the configured company and product names. It has no file.
const nameList = "name"

// DefaultLists returns the lists that come with tellwell.
func DefaultLists() *Lists { return defaultLists() }

var defaultLists = sync.OnceValue(func() *Lists {
	l := &Lists{lists: map[string]list{}}
	for _, name := range ListNames() {
		src, err := listFiles.ReadFile(path.Join("lists", name+".txt"))
		if err != nil {
			panic(fmt.Sprintf("evidence: read embedded list %s: %v", name, err))
		}
		l.lists[name] = parseList(string(src))
	}
	l.lex = newLexicon(l.lists)
	return l
})

// ListNames returns the names of the lists, sorted. They are what a configuration's lexicon adds to and removes from.
func ListNames() []string {
	files, err := listFiles.ReadDir("lists")
	if err != nil {
		panic(fmt.Sprintf("evidence: read embedded lists: %v", err))
	}
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(f.Name(), ".txt"))
	}
	slices.Sort(names)
	return names
}

// With returns a copy of the lists with a team's own words: phrases added to and removed from lists by name, the names by which the
// company and its products are called, and the roles its primer knows. A list that does not exist is passed over; the
// configuration is where its name is checked. An added phrase inflects as its list does, and a removed phrase takes its
// other forms with it.
func (l *Lists) With(add, remove map[string][]string, company, products, roles []string) *Lists {
	out := &Lists{lists: maps.Clone(l.lists)}
	change := func(name string, edit func(list) list) {
		name = listName(name)
		if old, ok := out.lists[name]; ok || name == nameList {
			old.entries = slices.Clone(old.entries)
			out.lists[name] = edit(old)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(add)) {
		change(name, func(li list) list { return li.add(add[name]...) })
	}
	for _, name := range slices.Sorted(maps.Keys(remove)) {
		change(name, func(li list) list { return li.remove(remove[name]) })
	}
	change("role", func(li list) list { return li.add(roles...) })
	change(nameList, func(li list) list {
		for _, n := range company {
			li = li.addName(n, "company")
		}
		for _, n := range products {
			li = li.addName(n, "product")
		}
		return li
	})
	out.lex = newLexicon(out.lists)
	return out
}

// listName is the name of a list as its file has it: a configuration may write soft-puff or "Soft puff".
func listName(s string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(s)))
}

func (li list) add(phrases ...string) list {
	for _, p := range phrases {
		if e, ok := parseEntry(p, li.inflect); ok {
			li.entries = append(li.entries, e)
		}
	}
	return li
}

func (li list) addName(name, kind string) list {
	name = strings.TrimSpace(name)
	if name == "" {
		return li
	}
	li.entries = append(li.entries, entry{
		phrase:  strings.ToLower(straight(name)),
		kind:    kind,
		capital: name != strings.ToLower(name),
	})
	return li
}

func (li list) remove(phrases []string) list {
	gone := map[string]bool{}
	for _, p := range phrases {
		gone[strings.ToLower(straight(strings.TrimSpace(p)))] = true
	}
	li.entries = slices.DeleteFunc(li.entries, func(e entry) bool {
		if e.never {
			return false
		}
		return gone[e.phrase] || slices.ContainsFunc(forms(e), func(f form) bool { return gone[f.phrase] })
	})
	return li
}

func parseList(src string) list {
	var li list
	scan := bufio.NewScanner(strings.NewReader(src))
	for scan.Scan() {
		line := strings.TrimSpace(scan.Text())
		if comment, ok := strings.CutPrefix(line, "#"); ok {
			if how, ok := strings.CutPrefix(strings.TrimSpace(comment), "Inflected as: "); ok {
				li.inflect = inflections[how]
			}
			continue
		}
		if e, ok := parseEntry(line, li.inflect); ok {
			li.entries = append(li.entries, e)
		}
	}
	return li
}

func parseEntry(line string, as inflection) (entry, bool) {
	e := entry{inflect: as}
	line = strings.TrimSpace(line)
	line, e.never = strings.CutPrefix(line, "!")
	line, e.kind, _ = strings.Cut(line, " = ")
	line = strings.TrimSpace(line)
	if stem, mark, ok := cutLast(line, "/"); ok && len(mark) == 1 {
		if how, known := inflections[mark]; known {
			line, e.inflect = stem, how
		}
	}
	line, e.weak = strings.CutSuffix(line, "?")
	e.phrase = strings.ToLower(straight(strings.TrimSpace(line)))
	if e.never {
		e.inflect = asWritten
	}
	return e, e.phrase != ""
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// straight makes apostrophes straight, as in a word's Norm.
func straight(s string) string { return strings.NewReplacer("’", "'", "‘", "'").Replace(s) }
