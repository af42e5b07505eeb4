package prose

import (
	"fmt"
	"regexp"
	"strings"
)

// A view is what a page's kind is guessed from: counts over its prose, its headings, and what it asks of the reader.
type view struct {
	page     *Page
	title    []string
	opening  []string
	headings [][]string

	words     int
	you, we   int          // second person; first person plural
	i         int          // first person singular
	body      map[Kind]int // words that speak for a kind
	legalese  int
	prose     int // paragraphs and items of prose
	steps     int // numbered items that begin with an imperative
	numbered  int
	items     int
	code      int
	codeBytes int
	tables    int
	asks      string // a call to action, as written
	dated     bool
}

var (
	youWords    = wordSet("you your yours yourself you're you'll you've you'd")
	weWords     = wordSet("we our ours us we're we've we'll we'd ourselves")
	iWords      = wordSet("i my me mine myself i'm i've i'd i'll")
	legalWords  = wordSet("hereby herein hereof hereunder thereof therein hereinafter notwithstanding indemnify indemnification pursuant warranties licensee licensor")
	imperatives = wordSet("add apply assign attach build call change check choose clean click clone close configure confirm connect copy create cut define delete deploy disable download drag drill edit enable ensure enter execute export fill find follow generate go hold import include insert install keep launch leave log make mark measure mix move name navigate note open paste pick place point pour press provide pull push put read remove rename repeat replace restart review rinse run save scan scroll search select send set sign specify start stop switch take tap test turn type uninstall unplug update upgrade upload use verify visit wait wash wipe write")
)

// bodyWords holds the single words of kinds.txt under [body].
var bodyWords = func() map[string]Kind {
	words := map[string]Kind{}
	for _, c := range kindCues["body"] {
		words[c.phrase] = Kind(c.name)
	}
	return words
}()

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

var datedName = regexp.MustCompile(`(^|/)(19|20)\d\d[-/_]\d\d`)

func newView(p *Page) *view {
	v := &view{page: p, title: plainWords(p.Title), body: map[Kind]int{}}
	for _, s := range p.Opening() {
		v.opening = append(v.opening, append(plainWords(s), "")...) // no cue runs across sentences
	}
	for _, b := range p.Blocks {
		v.block(b)
	}
	_, hasDate := p.Front.Get("date", "pubdate", "published", "publishdate", "published_at", "pub_date", "publish_date", "author", "authors")
	v.dated = hasDate || datedName.MatchString(p.Path)
	v.asks = v.callToAction()
	return v
}

func plainWords(s Sentence) []string {
	out := make([]string, len(s.Words))
	for i, w := range s.Words {
		out[i] = w.Text
	}
	return out
}

func (v *view) block(b Block) {
	switch b.Kind {
	case Code:
		v.code++
		v.codeBytes += b.Span.End - b.Span.Start
	case Table:
		v.tables++
	case Heading:
		var words []string
		for _, s := range b.Sentences {
			words = append(words, plainWords(s)...)
		}
		v.headings = append(v.headings, words)
	}
	if !b.IsProse() {
		return
	}
	v.prose++
	if b.Kind == ListItem {
		v.items++
		if b.Ordered {
			v.numbered++
			if len(b.Sentences) > 0 && len(b.Sentences[0].Words) > 1 && imperatives[b.Sentences[0].Words[0].Norm] {
				v.steps++
			}
		}
	}
	for _, s := range b.Sentences {
		v.words += len(s.Words)
		for _, w := range s.Words {
			if kind, ok := bodyWords[w.Norm]; ok {
				v.body[kind]++
			}
			switch n := w.Norm; {
			case youWords[n]:
				v.you++
			case weWords[n]:
				v.we++
			case iWords[n]:
				v.i++
			case legalWords[n]:
				v.legalese++
			}
		}
	}
}

// share is n in a hundred words.
func (v *view) share(n int) float64 { return 100 * float64(n) / float64(max(v.words, 1)) }

// callToAction returns the words with which the page asks its reader to act, in a link or in its ending.
func (v *view) callToAction() string {
	var texts [][]string
	for _, l := range v.page.Links {
		texts = append(texts, strings.Fields(straight(l.Text)))
	}
	if b := v.page.Ending(); b != nil {
		for _, s := range b.Sentences {
			texts = append(texts, plainWords(s))
		}
	}
	for _, words := range texts {
		if _, found, ok := findCue(kindCues["action"], words); ok {
			return found
		}
	}
	return ""
}

// plain finds what leaves no doubt, whatever the path says: legal text, and lists of fixes.
func (v *view) plain() (Kind, string) {
	if c, found, ok := findCue(kindCues["title"], v.title); ok && (c.name == string(Legal) || c.name == string(ReleaseNotes)) {
		return Kind(c.name), says(found)
	}
	if v.legalese >= 4 && v.share(v.legalese) >= 0.3 {
		return Legal, fmt.Sprintf("it speaks the language of contracts (%d words such as \"hereby\")", v.legalese)
	}
	heads := v.headingsOf(ReleaseNotes)
	if len(heads) >= 2 && v.items >= 4 && 2*v.items > v.prose {
		return ReleaseNotes, `it lists changes under "` + strings.Join(heads[:2], `" and "`) + `"`
	}
	return Unknown, ""
}

func says(found string) string { return `its title says "` + found + `"` }

// headingsOf returns the different headings that speak for a kind.
func (v *view) headingsOf(kind Kind) []string {
	var out []string
	seen := map[string]bool{}
	for _, words := range v.headings {
		for _, c := range kindCues["heading"] {
			if c.name != string(kind) {
				continue
			}
			n, ok := matchCue(c.words, words)
			text := strings.Join(words, " ")
			if ok && (n == len(words) || strings.Contains(c.phrase, "<")) && !seen[strings.ToLower(text)] {
				seen[strings.ToLower(text)] = true
				out = append(out, text)
			}
		}
	}
	return out
}

// titled reads the title.
func (v *view) titled() (Kind, string) {
	for _, c := range kindCues["title"] {
		from, to, ok := c.find(v.title)
		if !ok {
			continue
		}
		kind, found := Kind(c.name), strings.Join(v.title[from:to], " ")
		switch {
		case kind == Legal || kind == ReleaseNotes:
			continue
		case kind == Launch && !v.dated && v.page.Path != "" && v.asks == "" && v.words > 400:
			continue
		}
		return kind, says(found)
	}
	return Unknown, ""
}

// opened reads the first sentences. What is announced there is a launch, unless it is people, money or a meeting.
func (v *view) opened() (Kind, string) {
	c, found, ok := findCue(kindCues["opening"], v.opening)
	if !ok {
		return Unknown, ""
	}
	reason := `its opening says "` + found + `"`
	if c.name == string(Launch) {
		if _, people, ok := findCue(kindCues["people"], v.opening[:min(60, len(v.opening))]); ok {
			return News, reason + ` and tells of "` + people + `"`
		}
	}
	return Kind(c.name), reason
}

// shaped judges the page's build: steps, parameters, code, the headings of a case study.
func (v *view) shaped() (Kind, string) {
	if heads := v.headingsOf(CaseStudy); len(heads) >= 2 {
		return CaseStudy, `it has the headings "` + heads[0] + `" and "` + heads[1] + `"`
	}
	if v.steps >= 3 && 2*v.steps >= v.numbered {
		return HowTo, fmt.Sprintf("%d of its numbered items are steps to take", v.steps)
	}
	if heads := v.headingsOf(HowTo); len(heads) >= 2 {
		return HowTo, `it has the headings "` + heads[0] + `" and "` + heads[1] + `"`
	}
	if heads := v.headingsOf(Reference); len(heads) >= 2 {
		return Reference, `it has the headings "` + heads[0] + `" and "` + heads[1] + `"`
	}
	if v.code >= 4 && v.codeBytes > 12*v.words {
		return Reference, fmt.Sprintf("more of it is code than prose (%d code blocks)", v.code)
	}
	return Unknown, ""
}

// stance tells product pages from opinion and news, by whom they speak to and in which words.
func (v *view) stance() (Kind, string) {
	opinion, news, launch := v.share(v.body[Opinion]), v.share(v.body[News]), v.share(v.body[Launch])
	switch {
	case v.words < 60:
		return Unknown, "it is too short to tell"
	case !v.dated && v.asks != "" && v.code == 0 && v.share(v.you)+v.share(v.we) >= 2:
		return Product, `it carries no date and asks the reader to "` + strings.ToLower(v.asks) + `"`
	case !v.dated && v.share(v.you) >= 3 && v.share(v.we) >= 0.5 && v.code == 0:
		return Product, "it carries no date and speaks to the reader of what we do"
	case !v.dated || v.words < 200:
		return Unknown, "no cue"
	case v.share(v.i) >= 1.5 && opinion >= 2:
		return Opinion, `its author says "I" and argues`
	case opinion >= 2.2 && opinion > 1.3*(news+launch) && v.code <= 2 && v.share(v.you) < 2:
		return Opinion, `it argues ("because", "never", "should") more than it reports`
	case news >= 2.2 && news > 1.3*launch && news > opinion:
		return News, "it tells of dates and people"
	}
	return Unknown, "no cue"
}
