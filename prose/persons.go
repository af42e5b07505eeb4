package prose

import (
	"bytes"
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed speech.txt
var speechText string

var speechLists = readLists(speechText)

// A mention is where a text names a person.
type mention struct {
	textRange           // the name, with a title before it
	full      textRange // with what is said of them beside it: "the plant manager", "of the Lagos Eye Clinic"
}

// persons finds the persons that a text names: two or more words with capitals and what may stand between them, one after a title, or one
// that is part of a name known from elsewhere on the page.
func persons(t []byte, known map[string]bool) []mention {
	ws := words(string(t))
	var out []mention
	for i := 0; i < len(ws); {
		to, names := i, 0
		for to < len(ws) {
			if to > i && !nameGap(t[ws[to-1].to:ws[to].from], t[ws[to-1].from:ws[to-1].to]) {
				break
			}
			if n := particles(t, ws[to:]); to > i && n > 0 {
				to += n
				continue
			}
			if !nameToken(t[ws[to].from:ws[to].to]) {
				break
			}
			to++
			if !isTitle(t, ws[to-1]) {
				names++
			}
		}
		if to == i {
			i++
			continue
		}
		from := i
		i = to
		for from < to && (usualFirst[lowerAt(t, ws[from])] || speechLists["leads"][lowerAt(t, ws[from])]) {
			from, names = from+1, names-1
		}
		if from == to || from > 0 && speechLists["places"][lowerAt(t, ws[from-1])] && string(t[ws[from-1].to:ws[from].from]) == " " {
			continue
		}
		if speechLists["companies"][strings.TrimSuffix(norm(string(t[ws[to-1].from:ws[to-1].to])), "'s")] {
			continue
		}
		titled := isTitle(t, ws[from])
		one := to-from == 1
		if names < 1 || names < 2 && !titled && !(one && known[string(t[ws[from].from:ws[from].to])]) {
			continue
		}
		m := mention{textRange: textRange{ws[from].from, ws[to-1].to}}
		if end := t[m.from:m.to]; bytes.HasSuffix(end, []byte("'s")) {
			m.to -= 2
		} else if bytes.HasSuffix(end, []byte("’s")) {
			m.to -= len("’s")
		}
		m.full = beside(t, m.textRange)
		out = append(out, m)
	}
	return out
}

func lowerAt(t []byte, at textRange) string { return strings.ToLower(string(t[at.from:at.to])) }

// nameToken reports whether a word may be part of a person's name: a capital and small letters, or an initial.
func nameToken(w []byte) bool {
	c, size := utf8.DecodeRune(w)
	if !unicode.IsUpper(c) {
		return false
	}
	rest := w[size:]
	return len(rest) == 0 || bytes.IndexFunc(rest, unicode.IsLower) >= 0 && !speechLists["dates"][strings.ToLower(string(w))]
}

// nameGap reports whether what stands between two words may stand within a name.
func nameGap(gap, before []byte) bool {
	return string(gap) == " " || string(gap) == ". " && (utf8.RuneCount(before) <= 2 || speechLists["titles"][strings.ToLower(string(before))])
}

// particles returns how many words before the next word with a capital are such as "van den"; 0 when it is none or no such word follows.
func particles(t []byte, ws []textRange) int {
	n := 0
	for n < len(ws) && n < 3 && speechLists["particles"][string(t[ws[n].from:ws[n].to])] {
		if n+1 == len(ws) || string(t[ws[n].to:ws[n+1].from]) != " " {
			return 0
		}
		n++
	}
	if n == 0 || n == len(ws) || !nameToken(t[ws[n].from:ws[n].to]) {
		return 0
	}
	return n
}

func isTitle(t []byte, at textRange) bool { return speechLists["titles"][lowerAt(t, at)] }

// mostBeside is how many words beside a name are about the person it names.
const mostBeside = 14

// beside returns a name with what is said of the person beside it.
func beside(t []byte, name textRange) textRange {
	out := name
	rest := t[name.to:]
	for _, of := range []string{" of ", " at ", " from "} {
		if after, ok := bytes.CutPrefix(rest, []byte(of)); ok { // "of the Lagos Eye Clinic"
			after = bytes.TrimPrefix(after, []byte("the "))
			ws := words(string(after))
			n := 0
			for n < len(ws) && nameToken(after[ws[n].from:ws[n].to]) && (n == 0 && ws[0].from == 0 || n > 0 && string(after[ws[n-1].to:ws[n].from]) == " ") {
				n++
			}
			if n > 0 {
				out.to = len(t) - len(after) + ws[n-1].to
			}
		}
	}
	apposed := bytes.HasSuffix(t[:name.from], []byte(", "))                     // "her deputy, Jean-Luc Moreau, keeps …"
	if after, ok := bytes.CutPrefix(t[out.to:], []byte(", ")); ok && !apposed { // ", the plant manager,"
		end := clauseEnd(after, 0)
		if n := bytes.IndexByte(after[:end], ','); n > 0 {
			end = n
		}
		ws := words(string(after[:end]))
		if len(ws) > 0 && len(ws) <= mostBeside && !speechLists["clauses"][lowerAt(after, ws[0])] && !speechLists["verbs"][lowerAt(after, ws[0])] &&
			!bytes.ContainsAny(after[:end], "\"“«„") {
			out.to = len(t) - len(after) + ws[len(ws)-1].to
			if ws[len(ws)-1].to+2 == end && after[end-1] == '.' {
				out.to = len(t) - len(after) + end // "Inc."
			}
		}
	}
	// "The depot manager, Carol Whitlock,"
	if before, ok := bytes.CutSuffix(t[:name.from], []byte(", ")); ok {
		from := lastSentenceStart(before)
		lead := before[from:]
		if ws := words(string(lead)); len(ws) > 1 && len(ws) <= 6 && lowerAt(lead, ws[0]) == "the" && bytes.IndexByte(lead, ',') < 0 && isRole(lowerAt(lead, ws[len(ws)-1])) {
			out.from = from + ws[0].from
		}
	}
	return out
}

// isRole reports whether a word says what somebody does.
func isRole(word string) bool {
	if speechLists["roles"][word] {
		return true
	}
	for _, end := range []string{"er", "or", "ist", "ian", "ant", "man", "woman"} {
		if len(word) > len(end)+2 && strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// roleAtStart returns the person that a sentence's first words mean by what they do: "Hamza's dispatcher was …".
func roleAtStart(t []byte) (textRange, bool) {
	ws := words(string(t[:min(len(t), 120)]))
	if len(ws) < 3 {
		return textRange{}, false
	}
	switch first := norm(string(t[ws[0].from:ws[0].to])); {
	case strings.HasSuffix(first, "'s"), first == "the", first == "a", first == "an", first == "our", first == "one", first == "another", first == "their":
	default:
		return textRange{}, false
	}
	for n := 1; n < min(5, len(ws)-1); n++ {
		if string(t[ws[n-1].to:ws[n].from]) != " " || nameToken(t[ws[n].from:ws[n].to]) {
			return textRange{}, false
		}
		next := lowerAt(t, ws[n+1])
		follows := speechLists["be"][next] || speechLists["between"][next] || strings.HasSuffix(next, "ed") || strings.HasSuffix(next, "s")
		if isRole(lowerAt(t, ws[n])) && follows {
			return textRange{ws[0].from, ws[n].to}, true
		}
	}
	return textRange{}, false
}

// isNameLine reports whether a line only says who somebody is: a name, and perhaps what they do and where.
func isNameLine(line []byte) bool {
	at := len(line) - len(bytes.TrimLeft(line, " -–—―~*_"))
	line = bytes.TrimRight(line[at:], " *_")
	if len(line) == 0 || strings.ContainsRune("!?:;", last(line)) || len(words(string(line))) > mostBeside {
		return false
	}
	found := persons(line, nil)
	if len(found) == 0 || found[0].from != 0 {
		return false
	}
	rest := bytes.TrimSpace(line[found[0].to:])
	return len(rest) == 0 || strings.ContainsRune(",–—|·•(/-", first(rest)) || bytes.HasPrefix(rest, []byte("at ")) || bytes.HasPrefix(rest, []byte("of ")) || bytes.HasPrefix(rest, []byte("from "))
}
