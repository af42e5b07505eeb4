package evidence

import "strings"

// An inflection says which forms an entry is looked for in.
type inflection int

// The inflections. A verb phrase inflects its first word ("run out of", "ran out of"), a noun phrase its last.
const (
	asWritten inflection = iota
	verb
	noun
	adjective
)

// inflections are the names by which a list's head and an entry's mark ask for an inflection.
var inflections = map[string]inflection{
	"none": asWritten, "verbs": verb, "nouns": noun, "adjectives": adjective,
	"x": asWritten, "v": verb, "n": noun, "a": adjective,
}

// A tense says which form of a verb a word is, as far as its ending tells.
type tense uint8

// The forms of a verb.
const (
	plain  tense = iota // the form in the list
	third               // "prints"
	gerund              // "printing"
	past                // "printed"
)

// A form is one way in which an entry is written.
type form struct {
	phrase string
	tense  tense
	plural bool
}

// forms returns the ways in which an entry is written, itself first: its inflections, both spellings of -ise, and for hyphens
// also spaces.
func forms(e entry) []form {
	first, rest, spaced := strings.Cut(e.phrase, " ")
	if spaced {
		rest = " " + rest
	}
	var out []form
	switch e.inflect {
	case verb:
		s, ing, ed := conjugate(first)
		out = append(out, form{e.phrase, plain, false}, form{s + rest, third, false}, form{ing + rest, gerund, false})
		for _, p := range ed {
			out = append(out, form{p + rest, past, false})
		}
	case noun:
		out = append(out, form{phrase: e.phrase}, form{phrase: plural(e.phrase), plural: true})
	case adjective:
		out = append(out, form{phrase: e.phrase})
		if !spaced {
			er := comparative(e.phrase)
			out = append(out, form{phrase: er + "r"}, form{phrase: er + "st"})
		}
	default:
		out = append(out, form{phrase: e.phrase})
	}
	for _, f := range out[:len(out):len(out)] {
		if z := american(f.phrase); z != f.phrase {
			out = append(out, form{z, f.tense, f.plural})
		}
	}
	for _, f := range out[:len(out):len(out)] {
		if strings.Contains(f.phrase, "-") {
			out = append(out, form{strings.ReplaceAll(f.phrase, "-", " "), f.tense, f.plural})
		}
	}
	return out
}

// american returns a phrase with -ise, -isation and their like spelt with a z.
func american(s string) string {
	if !strings.Contains(s, "is") {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		for _, end := range []string{"ise", "ised", "ises", "iser", "isers", "ising", "isation", "isations"} {
			if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 2 && !alwaysS[stem] {
				words[i] = stem + "iz" + end[2:]
			}
		}
	}
	return strings.Join(words, " ")
}

// alwaysS are the stems that keep their s in every spelling: "raise", "promise".
var alwaysS = closed("ra pra cru no po adv dev rev superv improv prom prem comprom surpr enterpr prec conc otherw likew franch advert exerc parad merchand disgu expert televis")

func conjugate(v string) (s, ing string, ed []string) {
	switch {
	case irregular[v] != "":
		ed = strings.Fields(irregular[v])
	case strings.HasSuffix(v, "e"):
		ed = []string{v + "d"}
	case consonantY(v):
		ed = []string{v[:len(v)-1] + "ied"}
	case doubles(v):
		ed = []string{v + v[len(v)-1:] + "ed"}
	default:
		ed = []string{v + "ed"}
	}
	switch {
	case v == "have":
		s = "has"
	case consonantY(v):
		s = v[:len(v)-1] + "ies"
	case sibilant(v), v == "go", v == "do", v == "undergo":
		s = v + "es"
	default:
		s = v + "s"
	}
	switch {
	case strings.HasSuffix(v, "ie"):
		ing = v[:len(v)-2] + "ying"
	case strings.HasSuffix(v, "e") && !strings.HasSuffix(v, "ee") && v != "be":
		ing = v[:len(v)-1] + "ing"
	case doubles(v):
		ing = v + v[len(v)-1:] + "ing"
	default:
		ing = v + "ing"
	}
	return s, ing, ed
}

func plural(n string) string {
	for _, p := range [][2]string{
		{"craftsman", "craftsmen"}, {"foreman", "foremen"}, {"salesman", "salesmen"}, {"fisherman", "fishermen"}, {"milkman", "milkmen"},
		{"storeman", "storemen"}, {"handyman", "handymen"}, {"warehouseman", "warehousemen"}, {"saleswoman", "saleswomen"},
		{"salesperson", "salespeople"}, {"mouse", "mice"}, {"shelf", "shelves"}, {"loaf", "loaves"}, {"tooth", "teeth"},
		{"child", "children"}, {"staff", "staff"}, {"crew", "crews"}, {"foot", "feet"}, {"life", "lives"},
	} {
		if stem, ok := strings.CutSuffix(n, p[0]); ok {
			return stem + p[1]
		}
	}
	first, rest, ok := strings.Cut(n, " of ")
	switch {
	case ok:
		return plural(first) + " of " + rest
	case consonantY(n):
		return n[:len(n)-1] + "ies"
	case sibilant(n):
		return n + "es"
	case strings.HasSuffix(n, "s"):
		return n
	}
	return n + "s"
}

// comparative returns the stem to which -r and -st are joined.
func comparative(a string) string {
	switch {
	case strings.HasSuffix(a, "e"):
		return a
	case consonantY(a):
		return a[:len(a)-1] + "ie"
	case doubles(a):
		return a + a[len(a)-1:] + "e"
	}
	return a + "e"
}

func sibilant(s string) bool {
	for _, end := range []string{"ss", "x", "z", "ch", "sh", "us"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func consonantY(s string) bool {
	return len(s) > 1 && s[len(s)-1] == 'y' && !vowel(s[len(s)-2])
}

// doubles reports whether the last consonant doubles before a vowel: "stop", "commit".
func doubles(s string) bool {
	if doubled[s] {
		return true
	}
	n := len(s)
	if n < 3 || vowel(s[n-1]) || !vowel(s[n-2]) || vowel(s[n-3]) || strings.ContainsRune("wxy", rune(s[n-1])) {
		return false
	}
	for i := 0; i < n-3; i++ {
		if vowel(s[i]) {
			return false // more than one syllable: "deliver", "edit"
		}
	}
	return true
}

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

var doubled = map[string]bool{"admit": true, "commit": true, "cancel": true, "quit": true, "unplug": true, "equip": true}

// irregular holds past forms, past participle included where it differs.
var irregular = map[string]string{
	"beg": "begged", "break": "broke broken", "bring": "brought", "build": "built", "buy": "bought", "catch": "caught",
	"choose": "chose chosen", "come": "came", "cost": "cost", "cut": "cut", "dig": "dug", "die": "died", "do": "did done",
	"draw": "drew drawn", "drive": "drove driven", "eat": "ate eaten", "fall": "fell fallen", "feed": "fed", "feel": "felt",
	"fight": "fought", "find": "found", "forget": "forgot forgotten", "get": "got", "give": "gave given", "go": "went gone",
	"grow": "grew grown", "hang": "hung", "have": "had", "hear": "heard", "hit": "hit", "hold": "held", "hurt": "hurt",
	"keep": "kept", "know": "knew known", "lead": "led", "leave": "left", "let": "let", "lose": "lost", "make": "made",
	"mean": "meant", "meet": "met", "misunderstand": "misunderstood", "pay": "paid", "put": "put", "quit": "quit", "read": "read",
	"rebuild": "rebuilt", "retell": "retold", "rewrite": "rewrote rewritten", "ride": "rode ridden", "ring": "rang rung",
	"rise": "rose risen", "run": "ran run", "say": "said", "see": "saw seen", "sell": "sold", "send": "sent", "set": "set",
	"sew": "sewed sewn", "shake": "shook shaken", "show": "showed shown", "shut": "shut", "sit": "sat", "sleep": "slept",
	"speak": "spoke spoken", "spend": "spent", "spill": "spilled spilt", "spoil": "spoiled spoilt", "stand": "stood",
	"steal": "stole stolen", "stick": "stuck", "sue": "sued", "swear": "swore sworn", "sweep": "swept", "take": "took taken",
	"teach": "taught", "tear": "tore torn", "tell": "told", "think": "thought", "throw": "threw thrown", "overpay": "overpaid",
	"understand": "understood", "wake": "woke woken", "wear": "wore worn", "weave": "wove woven", "win": "won",
	"write": "wrote written", "burn": "burned burnt", "overlook": "overlooked", "be": "was were been",
}
