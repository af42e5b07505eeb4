package review

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

// comment puts one candidate into words.
func (w *writer) comment(j judged, c *candidate) Comment {
	f := c.finding
	slots := w.slots(j, c)
	out := Comment{
		Check: f.Check.Name, Family: f.Check.Family, Place: c.place, Confidence: round(f.Confidence),
		Quote:    readText(j.page, f.Quote),
		Message:  w.message(f.Check.Name, slots),
		Question: w.question(f.Check.Name, slots),
		Why:      wordings[f.Check.Name].Why,
		Evidence: []EvidenceOut{}, Folded: []string{},
		Key: keyAt(j.page, c.span), AlsoOn: c.alsoOn,
		Primer: pointer(j, c),
		Mark:   c.mark,
	}
	w.turns[f.Check.Name]++
	if out.Question == "" && out.Place == Inline {
		out.Place = Summary // everything there was to ask has been asked; a repeated question is noise
	}
	out.Line, out.Column = j.page.Position(c.span.Start)
	out.EndLine, out.EndColumn = j.page.Position(c.span.End)
	if out.Line < c.lines.First || out.EndLine > c.lines.Last {
		out.Line, out.EndLine = c.lines.First, c.lines.Last
	}
	seen := append([]Evidence(nil), f.Evidence...)
	sort.SliceStable(seen, func(a, b int) bool { // what the check looked for, then what is around it
		if seen[a].Around != seen[b].Around {
			return seen[b].Around
		}
		return seen[a].Weight > seen[b].Weight
	})
	for _, e := range seen {
		if e.Around && (e.Weight <= 0 || strings.HasPrefix(e.Name, ofKind)) || len(out.Evidence) == mostEvidence {
			continue // it spoke against, or weighed nothing, or is told of the whole page anyway
		}
		told := EvidenceOut{Name: e.Name}
		if !e.Span.Empty() {
			told.Line, told.Quote = j.page.Line(e.Span.Start), shorten(readText(j.page, e.Span), quoteWords)
		}
		out.Evidence = append(out.Evidence, told)
	}
	for i, s := range c.again {
		if i == mostAgain {
			out.Evidence = append(out.Evidence, EvidenceOut{Name: fmt.Sprintf("and %d more of the same", len(c.again)-i)})
			break
		}
		out.Evidence = append(out.Evidence, EvidenceOut{
			Name: "the same again", Line: j.page.Line(s.Start), Quote: shorten(readText(j.page, s), quoteWords),
		})
	}
	if n := len(c.alsoOn); n > 0 {
		out.Evidence = append(out.Evidence, EvidenceOut{Name: "the same words stand on " + otherPages(c.alsoOn)})
	}
	for _, other := range c.folded {
		if name := other.finding.Check.Name; !slices.Contains(out.Folded, name) {
			out.Folded = append(out.Folded, name)
		}
	}
	return out
}

// otherPages counts pages and names the first of them.
func otherPages(paths []string) string {
	text := "another page: "
	if len(paths) > 1 {
		text = fmt.Sprintf("%d other pages: ", len(paths))
	}
	text += strings.Join(paths[:min(len(paths), mostAgain)], ", ")
	if len(paths) > mostAgain {
		text += ", …"
	}
	return text
}

// keyAt returns the key under which a passage is kept, in front matter, a data file or a component's attributes; empty for a passage of
// the page's body.
func keyAt(page *prose.Page, span prose.Span) string {
	for _, b := range page.Blocks {
		if b.Key != "" && b.Span.Overlaps(span) {
			return b.Key
		}
	}
	for _, v := range page.Front.Values {
		if v.Span.Overlaps(span) {
			return v.Key
		}
	}
	return ""
}

// mostAgain is how many further passages of the same sort are named.
const mostAgain = 3

// mostEvidence is how many reasons are told, the weightiest first.
const mostEvidence = 6

// round keeps confidences short and the same on every machine.
func round(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }

// pointer leads to what the primer answered.
func pointer(j judged, c *candidate) *Pointer {
	h := c.help
	if h.Page == nil || h.Section == nil && h.Ask == nil {
		return nil
	}
	p := &Pointer{Path: h.Page.Path, Title: h.Page.Title, Confidence: round(h.Confidence), URL: h.Page.Path, In: j.primerIn}
	if h.Ask != nil {
		p.Ask = person(h.Ask, j.mention)
	}
	if s := h.Section; s != nil {
		p.Heading, p.Minutes, p.URL = s.Heading, s.Minutes(), j.site.URL(s)
	}
	return p
}

// person names somebody to ask, and what they are good for. They are named by handle, and so notified, only where the
// configuration asks for it.
func person(p *primer.Person, mention bool) string {
	name, notify := p.Name, mention && p.Handle != ""
	if notify || name == "" {
		name = p.Handle
	}
	name = strings.TrimLeft(name, "@ ") // a handle in front notifies; see Pointer.Markdown
	if notify {
		name = "@" + name
	}
	if p.GoodFor != "" {
		name += " — " + p.GoodFor
	}
	return name
}

// Markdown returns the comment as GitHub's Markdown: message and question, the way into the primer, and folded below what was seen
// and why it matters. Nothing of the author's words in it can mention people, refer to issues, or become markup.
func (c Comment) Markdown() string {
	var b strings.Builder
	b.WriteString(plain(c.Message))
	if c.Question != "" {
		b.WriteString(" " + plain(c.Question))
	}
	b.WriteString("\n")
	if c.Primer != nil {
		b.WriteString("\n→ " + c.Primer.Markdown() + "\n")
	}
	b.WriteString("\n<details><summary>What was seen, and why it matters</summary>\n\n")
	for _, e := range c.Evidence {
		b.WriteString("- " + plain(e.Name))
		if e.Quote != "" {
			fmt.Fprintf(&b, ": “%s” (line %d)", plain(e.Quote), e.Line)
		}
		b.WriteString("\n")
	}
	if c.Why != "" {
		b.WriteString("\n" + plain(c.Why) + "\n")
	}
	fmt.Fprintf(&b, "\n`%s`", c.Check)
	if len(c.Folded) > 0 {
		fmt.Fprintf(&b, ", which speaks here for `%s` as well", strings.Join(c.Folded, "`, `"))
	}
	b.WriteString("\n</details>\n")
	return b.String()
}

// Markdown returns the link to the section, its reading time and the person to ask.
func (p Pointer) Markdown() string {
	ask := plain(p.Ask)
	if handle, ok := strings.CutPrefix(p.Ask, "@"); ok {
		ask = "@" + plain(handle) // so that they are notified; see person
	}
	if p.Heading == "" {
		return "ask " + ask
	}
	text := fmt.Sprintf("[%s § %s](%s) (%d min", plain(p.Title), plain(p.Heading), target(p.URL), p.Minutes)
	if p.In != "" {
		text += ", in " + plain(p.In)
	}
	if ask != "" {
		text += "; ask " + ask
	}
	return text + ")"
}

// target escapes an address for the round brackets of a link.
func target(url string) string {
	var b strings.Builder
	for i := range len(url) {
		if c := url[i]; c <= ' ' || c == 0x7f || strings.IndexByte("()<>\\`", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// acted matches what GitHub acts on in plain text: it mentions people, refers to issues (#12, GH-12) and links addresses.
var acted = regexp.MustCompile(`(?i)[@#]|:/|www|gh-`)

// plain escapes text for Markdown. A word joiner, which nobody sees, keeps GitHub from acting on it. Control characters and other
// characters that nobody sees go first, since what they part would join.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	s = acted.ReplaceAllString(s, "$0\u2060")
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>|~!$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '&':
			b.WriteString("&amp;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
