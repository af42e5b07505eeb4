package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/example-org/tellwell/prose"
)

// sentenceOf reads a text's words as prose does: runs of letters and digits with inner apostrophes, hyphens, points and commas.
func sentenceOf(text string) prose.Sentence {
	s := prose.Sentence{Span: prose.Span{End: len(text)}, Text: text}
	start := -1
	add := func(end int) {
		w := text[start:end]
		s.Words = append(s.Words, prose.Word{
			Span: prose.Span{Start: start, End: end}, Text: w, Norm: strings.ToLower(straight(w)), Offset: start,
		})
		start = -1
	}
	var before rune
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		after, _ := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case wordRune(c):
			if start < 0 {
				start = i
			}
		case start >= 0 && !joins(before, c, after):
			add(i)
		}
		before = c
		i += size
	}
	if start >= 0 {
		add(len(text))
	}
	return s
}

func wordRune(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) }

func joins(before, c, after rune) bool {
	if !wordRune(before) || !wordRune(after) {
		return false
	}
	switch c {
	case '\'', '’', '-', '.':
		return true
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

// capital reports whether a word begins with a capital.
func capital(word string) bool {
	if word == "" {
		return false
	}
	if c := word[0]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	c, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(c)
}

// digit reports whether a word begins with a digit.
func digit(word string) bool { return word != "" && '0' <= word[0] && word[0] <= '9' }

// closed makes a set of words; it is for the small closed classes of grammar, which nobody needs to edit.
func closed(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// The closed classes of English grammar that the reading leans on.
var (
	determiners  = closed("a an the this that these those my your his her its our their each every any some no one")
	clauseWords  = closed("which that who whom whose when while where why how because if unless although though but so than until before after as what and/or")
	prepositions = closed("on in at by from with for to into onto over under about across through between against during within without via per like")
	auxiliaries  = closed("is are was were am be been being has have had do does did can could will would may might must shall should " +
		"it's that's there's he's she's we're you're they're i'm we've you've they've i've isn't aren't wasn't weren't won't can't don't doesn't didn't")
	objects = closed("the a an your our my their its his her this that these those it them us me him up out in on off back to with from into by at for how what why where " +
		"which who when whether if each every any all some more most less no not as about over and everything anything something one two three four five " +
		"both only just new that's exactly better around down through together")
)
