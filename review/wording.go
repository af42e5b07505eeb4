package review

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

// comments.yaml holds every sentence tellwell says of a passage.
//
//go:embed comments.yaml
var commentsFile []byte

// A wording is what is said for one check.
type wording struct {
	Why       string   `yaml:"why"`
	Messages  []string `yaml:"messages"`
	Questions []string `yaml:"questions"`
}

var wordings = mustReadWordings(commentsFile)

func mustReadWordings(src []byte) map[string]wording {
	var out map[string]wording
	if err := yaml.Unmarshal(src, &out); err != nil {
		panic(fmt.Sprintf("read comments.yaml: %v", err)) // embedded; held by a test
	}
	return out
}

// A writer puts findings into words. It remembers its questions, so that no two comments of a review ask the same one.
type writer struct {
	primer *primer.Index
	asked  map[string]bool
	turns  map[string]int // how often each check has spoken, to vary its messages
}

func newWriter(index *primer.Index) *writer {
	return &writer{primer: index, asked: map[string]bool{}, turns: map[string]int{}}
}

// slot matches a {slot} of a template.
var slot = regexp.MustCompile(`\{[a-z]+\}`)

// fill puts slots into a template; false when one of them has nothing to be filled with.
func fill(template string, slots map[string]string) (string, bool) {
	ok := true
	out := slot.ReplaceAllStringFunc(template, func(s string) string {
		v := slots[s[1:len(s)-1]]
		ok = ok && v != ""
		return v
	})
	return out, ok
}

// particular counts the slots of a template beyond the quoted words.
func particular(template string) int {
	return len(slot.FindAllString(template, -1)) - strings.Count(template, "{quote}")
}

// message returns the most particular message that can be filled; among equally particular ones the check takes turns.
func (w *writer) message(check string, slots map[string]string) string {
	var best []string
	most := -1
	for _, t := range wordings[check].Messages {
		text, ok := fill(t, slots)
		switch n := particular(t); {
		case !ok || n < most:
		case n > most:
			best, most = []string{text}, n
		default:
			best = append(best, text)
		}
	}
	if len(best) == 0 {
		return "“" + slots["quote"] + "”"
	}
	return best[w.turns[check]%len(best)]
}

// question returns the first question that can be filled and was not asked before; "" when all were. Questions that name the page
// or the passage, and nothing from the primer, are equals: the passage decides between them, so that not every page meets the same one.
func (w *writer) question(check string, slots map[string]string) string {
	var equals, plain []string
	for _, t := range wordings[check].Questions {
		text, ok := fill(t, slots)
		if !ok || w.asked[strings.ToLower(text)] {
			continue
		}
		if named(t) && len(equals)+len(plain) == 0 {
			equals = []string{text}
			break
		}
		switch {
		case named(t):
		case particular(t) > 0:
			equals = append(equals, text)
		default:
			plain = append(plain, text)
		}
	}
	if len(equals) == 0 {
		equals = plain
	}
	if len(equals) == 0 {
		return ""
	}
	h := fnv.New32a()
	h.Write([]byte(slots["quote"]))
	text := equals[int(h.Sum32()%uint32(len(equals)))]
	w.asked[strings.ToLower(text)] = true
	return text
}

// named reports whether a template names more than the page and the passage: somebody from the primer, a rival, a better line.
func named(template string) bool {
	for _, s := range slot.FindAllString(template, -1) {
		if s != "{quote}" && s != "{phrase}" && s != "{topic}" {
			return true
		}
	}
	return false
}

// quoteWords is how many words of a passage a message quotes.
const quoteWords = 14

// fillWords is how many words of a check's particulars a template takes in.
const fillWords = 8

// phraseWords is how many words of a passage a question names it by.
const phraseWords = 6

// slots gathers what a finding's templates can be filled with.
func (w *writer) slots(j judged, c *candidate) map[string]string {
	out := map[string]string{}
	for name, text := range c.finding.Fill {
		out[name] = shorten(text, fillWords)
	}
	out["quote"] = shorten(readText(j.page, c.finding.Quote), quoteWords)
	out["phrase"] = shorten(readText(j.page, c.finding.Quote), phraseWords)
	out["topic"] = Topic(j.page)
	if page := c.help.Page; c.help.Sure() {
		if role := roleOf(page); role != "" {
			out["roleword"] = role
			out["role"] = article(role) + " " + role
		}
		first := func(kind primer.Kind) string {
			for _, s := range page.Sections {
				if s.Kind == kind && len(s.Items) > 0 {
					return shorten(s.Items[0], fillWords)
				}
			}
			return ""
		}
		out["pain"], out["stake"], out["proof"] = first(primer.Pains), first(primer.Stakes), first(primer.Proof)
	}
	return out
}

// roleOf returns the person a primer page is about ("haulage planner"), "" when it is about no one kind of person. The page's title is
// taken where it says the same as its audience, since people write titles as they speak.
func roleOf(p *primer.Page) string {
	if p.Kind != primer.Customer {
		return ""
	}
	title := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(p.Title), "s"))
	if letters(title) == letters(p.Audience) {
		return title
	}
	first, _, _ := strings.Cut(p.Audience, ",")
	return strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(first))
}

// letters returns a text's letters and digits in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// article returns "a" or "an", as the noun is spoken.
func article(noun string) string {
	noun = strings.ToLower(noun)
	for _, start := range []string{"uni", "use", "usu", "uti", "eu", "one"} {
		if strings.HasPrefix(noun, start) && !strings.HasPrefix(noun, "unin") {
			return "a"
		}
	}
	for _, start := range []string{"hour", "honest", "honour", "heir"} {
		if strings.HasPrefix(noun, start) {
			return "an"
		}
	}
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an"
	}
	return "a"
}

// readText returns the words of a span as a reader sees them, markup left out.
func readText(page *prose.Page, span prose.Span) string {
	var parts []string
	add := func(s prose.Sentence) {
		if !s.Span.Overlaps(span) {
			return
		}
		if span.Contains(s.Span) {
			parts = append(parts, s.Text)
			return
		}
		from, to := -1, 0
		for _, word := range s.Words {
			if word.Span.Overlaps(span) {
				if from < 0 {
					from = word.Offset
				}
				to = word.Offset + len(word.Text)
			}
		}
		if from >= 0 {
			parts = append(parts, s.Text[from:to])
		}
	}
	if page.Front.Span.Overlaps(span) {
		add(page.Title)
		add(page.Subtitle)
	}
	for _, b := range page.Blocks {
		if b.Span.Overlaps(span) {
			for _, s := range b.Sentences {
				add(s)
			}
		}
	}
	for _, q := range page.Quotations {
		if len(parts) == 0 && (q.Span == span || q.Span.Contains(span)) {
			parts = append(parts, q.Text)
		}
	}
	if len(parts) == 0 {
		return strings.Join(strings.Fields(page.Quote(span)), " ")
	}
	return strings.Join(parts, " ")
}

// shorten cuts a text to its first n words. Quotation marks inside become single ones, since the text will stand in double ones.
func shorten(text string, n int) string {
	text = strings.NewReplacer("“", "‘", "”", "’", `"`, "'").Replace(text)
	words := strings.Fields(text)
	if len(words) <= n {
		return strings.TrimRight(strings.Join(words, " "), ".,;:")
	}
	return strings.TrimRight(strings.Join(words[:n-1], " "), " .,;:—–-") + " …"
}

// opener matches what titles begin with before they come to their subject.
var opener = regexp.MustCompile(`(?i)^(introducing|announcing|meet|presenting|welcoming|welcome to|say hello to|launching|new feature|new|how to|why|what is|what are|our|the new|a new)\b:?\s*`)

// filing holds titles that name a drawer and no subject.
var filing = map[string]bool{
	"about": true, "about us": true, "mission": true, "our mission": true, "sponsors": true, "members": true, "partners": true, "partner": true, "news": true,
	"home": true, "services": true, "contact": true, "faq": true, "benefits": true, "introduction": true, "overview": true, "press": true,
	"team": true, "solutions": true, "products": true, "features": true, "pricing": true, "welcome": true, "community": true, "events": true,
	"customer reviews": true, "community news": true, "newsletter": true, "blog": true, "roadmap": true, "home page": true, "homepage": true,
}

// serial matches titles of one number of a series, which is about many things.
var serial = regexp.MustCompile(`(?i)\b(newsletter|updates?|highlights|recap|round-?up|digest|edition|issue)\b|#\d`)

// said matches verbs, with which a title is a sentence and not a name.
var said = regexp.MustCompile(`(?i)\b(is|are|was|were|has|have|will|can|gains?|joins?|announces?|releases?|released|using|adds|gets|meets|becomes?|continues|matters?|makes?|helps?|goes|comes)\b`)

// Topic returns what a page is about in the words of its title, when the title is short enough to be named in a question and
// is a name and no sentence; "" otherwise.
func Topic(page *prose.Page) string {
	title := strings.TrimSpace(page.Title.Text)
	if i := strings.IndexAny(title, ":|–—?!"); i > 8 {
		title = title[:i]
	}
	for {
		cut := opener.ReplaceAllString(title, "")
		if cut == title || cut == "" {
			break
		}
		title = cut
	}
	title = strings.Trim(title, " .,;:-")
	if n := len(strings.Fields(title)); n == 0 || n > 6 || len(title) > 48 || said.MatchString(title) || filing[strings.ToLower(title)] || serial.MatchString(title) {
		return ""
	}
	return strings.NewReplacer("“", "‘", "”", "’", `"`, "'").Replace(title)
}
