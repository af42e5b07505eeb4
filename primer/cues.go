package primer

import (
	_ "embed"
	"strings"
)

//go:embed cues.txt
var cueText string

// cues are, by kind of section, the phrases of passages that such a section would mend, as stems.
var cues = readCues(cueText)

// readCues reads cues.txt. It panics on a line that is none, as the file is part of the program and a test reads it.
func readCues(text string) map[Kind][][]string {
	out := map[Kind][][]string{}
	for kind, phrases := range byKind("cues.txt", text) {
		for p := range strings.SplitSeq(phrases, ",") {
			out[Kind(kind)] = append(out[Kind(kind)], allStems(p))
		}
	}
	return out
}

// cued counts the cues of a kind in a passage, whose words are given as stems; each cue once.
func cued(kind Kind, passage []string) (n int) {
	for _, phrase := range cues[kind] {
		if indexOf(passage, phrase) >= 0 {
			n++
		}
	}
	return n
}
