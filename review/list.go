package review

import (
	"strings"

	"github.com/example-org/tellwell/prose"
)

// A List is a check's own list of words and phrases.
type List struct {
	phrases map[string][]phrase // by first word, without its star
	starred []phrase            // those whose first word has a star
}

type phrase []string

// ReadList reads a list: one phrase a line, "#" before a comment, a star at the end of a word for any ending.
func ReadList(text string) List {
	l := List{phrases: map[string][]phrase{}}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		p := phrase(strings.Fields(strings.ToLower(line)))
		switch {
		case len(p) == 0:
		case strings.HasSuffix(p[0], "*"):
			l.starred = append(l.starred, p)
		default:
			l.phrases[p[0]] = append(l.phrases[p[0]], p)
		}
	}
	return l
}

// at returns how many words of the list's longest phrase stand at words[i:], 0 when none does.
func (l List) at(words []prose.Word, i int) int {
	longest := 0
	try := func(p phrase) {
		if len(p) <= longest || i+len(p) > len(words) {
			return
		}
		for n, want := range p {
			if !like(words[i+n].Norm, want) {
				return
			}
		}
		longest = len(p)
	}
	for _, p := range l.phrases[words[i].Norm] {
		try(p)
	}
	for _, p := range l.starred {
		try(p)
	}
	return longest
}

func like(word, want string) bool {
	if stem, ok := strings.CutSuffix(want, "*"); ok {
		return strings.HasPrefix(word, stem)
	}
	return word == want
}

// Find returns the index of the first word at which a phrase of the list stands outside other people's quoted words, or -1.
func (l List) Find(words []prose.Word) int {
	for i := range words {
		if !words[i].Quoted && l.at(words, i) > 0 {
			return i
		}
	}
	return -1
}

// Count returns how many phrases of the list stand in words.
func (l List) Count(words []prose.Word) int {
	n := 0
	for i := 0; i < len(words); {
		if size := l.at(words, i); size > 0 {
			n++
			i += size
		} else {
			i++
		}
	}
	return n
}

// Holds reports whether name is a phrase of the list.
func (l List) Holds(name string) bool {
	var words []prose.Word
	for _, w := range strings.Fields(strings.ToLower(name)) {
		words = append(words, prose.Word{Norm: w})
	}
	return len(words) > 0 && l.at(words, 0) == len(words)
}
