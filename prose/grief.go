package prose

import (
	_ "embed"
	"strings"
)

//go:embed grief.txt
var griefText string

var griefCues = readCues(griefText)

// What each place weighs. Three is enough: a plain title, or places that agree.
const (
	titleWeight   = 3
	maybeWeight   = 1
	openingWeight = 2
	griefEnough   = 3
)

// bodyWeight is what the rest of the page adds, by how many different cues stand in it. By itself it never decides.
func bodyWeight(different int) int {
	switch {
	case different >= 5:
		return 2
	case different >= 2:
		return 1
	}
	return 0
}

// BadNews returns why the page is bad news or grief, which tellwell leaves alone ("it tells of an outage: …"), or "".
//
// The title, subtitle and opening decide; the rest of the page only bears them out, since pages that sell against outages,
// breaches and recalls use the same words throughout.
func (p *Page) BadNews() string {
	heads := [][]string{plainWords(p.Title), plainWords(p.Subtitle)}
	opening := p.openingWords()
	about := false // the subject of the page, rather than what it has to tell
	for _, words := range heads {
		if _, _, ok := findCue(griefCues["unless"], words); ok {
			about = true
		}
	}
	prose := p.Prose()
	for _, reason := range griefCues["reason"] {
		weight, shown := 0, ""
		add := func(w int, place, found string) {
			weight += w
			if shown == "" {
				shown = place + ` says "` + found + `"`
			}
		}
		if !about {
			if found, ok := firstOf("title", reason.name, heads...); ok {
				add(titleWeight, "its title", found)
			} else if found, ok := firstOf("title maybe", reason.name, heads...); ok {
				add(maybeWeight, "its title", found)
			}
		}
		if found, ok := firstOf("opening", reason.name, opening...); ok {
			add(openingWeight, "its opening", found)
		}
		if weight > 0 && weight < griefEnough {
			weight += bodyWeight(distinct(reason.name, prose))
		}
		if weight >= griefEnough {
			return reason.phrase + ": " + shown
		}
	}
	return ""
}

// openingWords returns the words of the opening, sentence by sentence.
func (p *Page) openingWords() [][]string {
	var out [][]string
	for _, s := range p.Opening() {
		out = append(out, plainWords(s))
	}
	return out
}

// firstOf returns the words in which a cue of a list and a name stands, in the first text that holds one.
func firstOf(section, name string, texts ...[]string) (string, bool) {
	for _, words := range texts {
		for _, c := range griefCues[section] {
			if c.name != name {
				continue
			}
			if from, to, ok := c.find(words); ok {
				return strings.Join(words[from:to], " "), true
			}
		}
	}
	return "", false
}

// distinct counts the different body cues of a name that stand in the prose.
func distinct(name string, prose []Sentence) int {
	n := 0
	for _, c := range griefCues["body"] {
		if c.name != name {
			continue
		}
		for _, s := range prose {
			if _, _, ok := c.find(plainWords(s)); ok {
				n++
				break
			}
		}
	}
	return n
}
