package primer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/example-org/tellwell/prose"
)

// A Claim is something a competitor says of itself.
type Claim struct {
	Text       string
	Competitor string // the title of the competitor's page
	Section    *Section
	Words      []string // the stems of its words that carry meaning, each once, in order
}

// Claims returns what competitors say of themselves: one claim an item, a quotation or a sentence under "What they say". Those marked
// "shared: ok" are left out, since the team lets them stand (checks.md, undifferentiated-claim).
func (x *Index) Claims() []Claim {
	var out []Claim
	for _, s := range x.of(TheySay) {
		if s.Page == nil || s.Page.Kind != Competitor {
			continue
		}
		said := map[string]bool{}
		for _, text := range s.claims() {
			if sharedOK.MatchString(text) {
				continue
			}
			text = strings.Trim(strings.TrimSpace(text), `"“”«»`)
			words := distinct(contentStems(text))
			key := strings.Join(words, " ")
			if len(words) == 0 || said[key] {
				continue
			}
			said[key] = true
			out = append(out, Claim{Text: text, Competitor: s.Page.Title, Section: s, Words: words})
		}
	}
	return out
}

var sharedOK = regexp.MustCompile(`(?i)\bshared: ?ok\b`)

// claims returns the items, quotations and sentences of the section itself. Where there are items or quotations, sentences between
// them are the team's own comment and no claims.
func (s *Section) claims() []string {
	out := slices.Clone(s.Items)
	for _, q := range s.Quotes {
		if !slices.ContainsFunc(s.Items, func(item string) bool { return strings.Contains(item, q.Text) }) {
			out = append(out, q.Text)
		}
	}
	if len(out) > 0 {
		return out
	}
	return s.sentences
}

func distinct(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// ownSentences returns the sentences of the paragraphs among blocks.
func ownSentences(blocks []prose.Block) []string {
	var out []string
	for i := range blocks {
		if blocks[i].Kind != prose.Paragraph {
			continue
		}
		for _, s := range blocks[i].Sentences {
			out = append(out, s.Text)
		}
	}
	return out
}
