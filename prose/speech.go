package prose

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// leastSpeech is how many words in quotation marks are not the page's own claims, whoever says them. leastUnsigned is how many are
// somebody's words when nothing but the sentence before says whose.
const (
	leastSpeech   = 8
	leastUnsigned = 5
)

// A talk is what a page's blocks have said so far about who speaks.
type talk struct {
	known map[string]bool // parts of the names of persons on the page
	last  Value           // who was named or spoke last
	fresh bool            // the block before names or means them
	open  bool            // the block before ends in speech that goes on
}

// A said is a stretch of a text in quotation marks.
type said struct {
	open     int // the opening mark
	from, to int // between the marks
	next     int // after the closing mark
	weak     bool
	unclosed bool
}

// A saying is what stands beside words in quotation marks.
type saying struct {
	by       Value
	to       int  // where in the text it ends
	rejected bool // nobody in particular says it: a supposed reader, a screen, the page itself
}

func (s saying) spoken() bool { return s.by.Text != "" }

// speech finds the speech in block i and records it; it returns which bytes of the block's text are not the page's own words.
func (r *reader) speech(i int) []textRange {
	text := r.runs[i]
	var following []byte
	if i+1 < len(r.runs) && r.runs[i+1] != nil {
		following = r.runs[i+1].text
	}
	quotes := quoted(text, following)
	goesOn := r.talk.open
	r.talk.open = false
	p := paragraph{r: r, text: text, sentences: sentences(text.text, text.stops)}
	var out []textRange
	for n, q := range quotes {
		limit := len(text.text)
		if n+1 < len(quotes) {
			limit = quotes[n+1].open
		}
		inner := text.text[q.from:q.to]
		count := len(words(string(inner)))
		if count == 0 {
			continue
		}
		by, ok := p.who(q, inner, count, limit, goesOn && n == 0)
		if !ok && !p.rejected && p.alone(q) {
			by, ok = r.whole(i, inner, count)
		}
		if ok || count >= leastSpeech {
			out = append(out, textRange{q.from, q.to})
		}
		if !ok {
			continue
		}
		r.addQuotation(text, q.from, q.to, by, Speech)
		r.talk.open = q.unclosed
		if by.Text != "" {
			p.spoke, p.spokeAt = by, q.open
		}
	}
	p.hear(out)
	return out
}

// whole decides about words in quotation marks that are all of block i: the block after says whose they are, or the one before.
func (r *reader) whole(i int, inner []byte, count int) (Value, bool) {
	if by, ok := r.signedAfter(i + 1); ok {
		return by, true
	}
	if count < leastUnsigned || !isEnded(inner) || last(trimEnd(inner)) == '?' || !startsHigh(inner) {
		return Value{}, false
	}
	if r.talk.fresh {
		return r.talk.last, true
	}
	return Value{}, count >= leastSpeech
}

// A paragraph is a text in which it is found who speaks.
type paragraph struct {
	r         *reader
	text      *run
	sentences []textRange
	done      int   // how far what stands beside quotations reaches
	spoke     Value // who spoke before in this paragraph
	spokeAt   int   // where
	rejected  bool  // the words in hand are nobody's
}

// who finds who says the words q, of which there are so many, and reports whether they are speech at all. What stands beside them ends at
// limit. goesOn says that they go on with what was said in the paragraph before.
func (p *paragraph) who(q said, inner []byte, count, limit int, goesOn bool) (Value, bool) {
	p.rejected = false
	t := p.text.text
	begin := p.done
	p.done = max(p.done, q.next)
	if goesOn && q.open == 0 {
		return p.r.talk.last, true
	}
	after := p.after(q, inner, count, limit)
	if after.spoken() {
		p.done = after.to
		return after.by, true
	}
	start := begin
	atStart := false
	for _, s := range p.sentences {
		from := s.from + len(t[s.from:s.to]) - len(bytes.TrimLeft(t[s.from:s.to], " *_"))
		if s.from <= q.open {
			start = max(begin, from)
			atStart = from >= q.open
		}
	}
	ended := isEnded(inner)
	if onlyPunct(t[begin:q.open]) && begin > 0 && p.spoke.Text != "" && !after.rejected { // "…," says Ada. "…": she goes on
		if ended || bytes.ContainsAny(t[begin:q.open], ",:") {
			return p.spoke, true
		}
	}
	before := p.before(start, q.open, count)
	if before.spoken() && !q.weak {
		return before.by, true
	}
	if before.rejected || after.rejected {
		p.rejected = true
		return Value{}, false
	}
	if q.weak || count < leastUnsigned || !ended || last(trimEnd(inner)) == '?' || !startsHigh(inner) || !atStart && start != q.open || !p.endsAt(q.next) {
		return Value{}, false
	}
	if by := p.personBefore(q.open, true); by.Text != "" {
		return by, true
	}
	return Value{}, false
}

// alone reports whether words in quotation marks are all of the paragraph.
func (p *paragraph) alone(q said) bool {
	return !q.weak && onlyPunct(p.text.text[:q.open]) && onlyPunct(p.text.text[q.next:])
}

// endsAt reports whether nothing of the sentence follows at an offset.
func (p *paragraph) endsAt(at int) bool {
	rest := bytes.TrimLeft(p.text.text[at:], " *_")
	if len(rest) == 0 {
		return true
	}
	for _, s := range p.sentences {
		if s.from >= at && onlyPunct(p.text.text[at:s.from]) {
			return true
		}
	}
	return false
}

// after reads what follows the words q: "…," says Maria Lopez, night planner. "…," Maria Lopez said. "…" — Maria Lopez
func (p *paragraph) after(q said, inner []byte, count, limit int) saying {
	t := p.text.text
	end := limit
	for _, s := range p.sentences {
		if s.to > q.next {
			end = min(end, s.to)
			break
		}
	}
	end = min(end, q.next+300)
	rest := t[q.next:end]
	if m := dashName.FindSubmatchIndex(rest); m != nil {
		if count >= 3 && (isNameLine(rest[m[2]:m[3]]) || onlyPunct(t[q.next+m[3]:limit])) || isEnded(inner) && q.next+m[3] == len(t) {
			return saying{by: clip(p.text, q.next+m[2], q.next+m[3]), to: q.next + m[3]}
		}
		return saying{}
	}
	ws := words(string(rest))
	if len(ws) == 0 {
		return saying{}
	}
	gap := strings.Trim(string(rest[:ws[0].from]), "*_) ")
	comma := gap == ","
	if gap != "" && !comma {
		return saying{}
	}
	ended := isEnded(inner)
	if lowerAt(rest, ws[0]) == "as" && ended && len(ws) > 2 { // as Maria Lopez likes to say
		ws = ws[1:]
	}
	first := string(rest[ws[0].from:ws[0].to])
	if verb, pronoun, ok := strings.Cut(strings.ReplaceAll(first, "-t-", "-"), "-"); ok && speechLists["verbs"][verb] && speechLists["pronouns"][pronoun] {
		return saying{by: p.personBefore(q.open, false), to: end} // "…", ajoute-t-elle.
	}
	if speechLists["verbs"][first] {
		return p.verbFirst(q, ws, end, ended || comma, count)
	}
	if !ended && !comma {
		return saying{}
	}
	low := strings.ToLower(first)
	closed := ended && last(trimEnd(inner)) != ','
	found := persons(rest, p.r.talk.known)
	named := len(found) > 0 && found[0].from == ws[0].from
	if first != low && !named && (closed || usualFirst[low]) || first != low && last(trimEnd(inner)) == '.' {
		return saying{}
	}
	for v := 1; v < len(ws) && v <= 14; v++ {
		if bytes.ContainsAny(rest[ws[v-1].to:ws[v].from], ";:!?\"“") {
			break
		}
		if !speechLists["verbs"][lowerAt(rest, ws[v])] || v+1 < len(ws) && !verbEnds(rest, ws[v:]) {
			continue
		}
		to := v
		for to > 1 && (speechLists["between"][lowerAt(rest, ws[to-1])] || lowerAt(rest, ws[to-1]) == "to" || to > 2 && lowerAt(rest, ws[to]) == "to" || strings.HasSuffix(lowerAt(rest, ws[to-1]), "ly")) {
			to--
		}
		subject := textRange{q.next + ws[0].from, q.next + ws[to-1].to}
		switch {
		case speechLists["nobody"][low] && low != "they", speechLists["modals"][lowerAt(rest, ws[to-1])], !named && p.isThing(subject):
			return saying{rejected: true}
		case speechLists["clauses"][low] && !speechLists["pronouns"][low], low == "which" || low == "who":
			return saying{}
		case !named && hasAny(t[subject.from:subject.to], speechLists["be"]):
			return saying{}
		case to == 1 && speechLists["pronouns"][low]:
			return saying{by: p.pronoun(subject, q.open), to: end}
		case !named && first == low && !isDeterminer(low) && !strings.HasSuffix(norm(first), "'s"):
			return saying{}
		}
		return saying{by: clip(p.text, subject.from, subject.to), to: end}
	}
	return saying{}
}

// verbFirst reads "says Maria Lopez, night planner" after words in quotation marks.
func (p *paragraph) verbFirst(q said, ws []textRange, end int, parted bool, count int) saying {
	t := p.text.text
	from := q.next + ws[0].to
	stop := min(end, from+clauseEnd(t[from:end], 0))
	name := clip(p.text, from, stop)
	if name.Text == "" || len(ws) < 2 || q.next+ws[1].to > stop {
		return saying{}
	}
	at := textRange{q.next + ws[1].from, stop}
	first := lowerAt(t, textRange{at.from, q.next + ws[1].to})
	found := persons(t[at.from:at.to], p.r.talk.known)
	named := len(found) > 0 && found[0].from == 0
	switch {
	case speechLists["nobody"][first]:
		return saying{rejected: true}
	case speechLists["pronouns"][first] && (at.to-at.from == len(first)) && first != "one":
		return saying{by: p.pronoun(at, q.open), to: end}
	case !named && p.isThing(at):
		return saying{rejected: true}
	case named, parted && (isDeterminer(first) || first == "one" || strings.HasSuffix(norm(first), "'s") || nameToken(t[at.from:at.to])):
		return saying{by: name, to: end}
	}
	return saying{}
}

// verbEnds reports whether a verb of saying, the first of ws, ends what it says: it has no other object.
func verbEnds(rest []byte, ws []textRange) bool {
	gap := strings.TrimSpace(string(rest[ws[0].to:ws[1].from]))
	if gap != "" && gap[0] != '\'' {
		return true
	}
	switch next := lowerAt(rest, ws[1]); next {
	case "us", "me", "him", "her", "them", "in", "at", "on", "to", "with", "as", "after", "before", "when", "while", "of", "from", "through", "over", "during", "again", "out", "about", "that":
		return true
	default:
		return strings.HasSuffix(next, "ly") || strings.HasPrefix(lowerAt(rest, ws[0]), "t") && lowerAt(rest, ws[0])[1:] == "old"
	}
}

// before reads what stands before words in quotation marks, from the start of the sentence: Maria Lopez, night planner, says: "…"
func (p *paragraph) before(from, to, count int) saying {
	t := p.text.text
	seg := bytes.TrimRight(t[from:to], " *_(")
	ws := words(string(seg))
	if len(ws) == 0 {
		return saying{}
	}
	colon, comma := last(seg) == ':', last(seg) == ','
	if hasAny(seg, speechLists["imagined"]) {
		return saying{rejected: true}
	}
	found := persons(seg, p.r.talk.known)
	if i := bytes.LastIndex(seg, []byte("ccording to ")); i >= 0 {
		by := clip(p.text, from+i+len("ccording to "), from+len(seg))
		return saying{by: by, to: to}
	}
	v := len(ws) - 1
	for v >= 0 && v >= len(ws)-9 && !speechLists["verbs"][lowerAt(seg, ws[v])] {
		v--
	}
	if v >= 0 && v >= len(ws)-9 {
		direct := v == len(ws)-1 || colon || comma && v >= len(ws)-3
		that := v+1 < len(ws) && lowerAt(seg, ws[v+1]) == "that"
		if !direct && !(that && count >= 4) {
			return saying{}
		}
		if v > 0 && speechLists["be"][lowerAt(seg, ws[v-1])] {
			return saying{rejected: true} // what is described as "…" is not said
		}
		return p.subject(seg, from, ws[:v], found, to)
	}
	if !colon {
		return saying{}
	}
	if len(found) > 0 && found[0].full.from == ws[0].from && (onlyPunct(seg[found[0].full.to:]) || count >= leastUnsigned) {
		full := found[0].full // Ada Nwosu, night lead: "…"
		return saying{by: clip(p.text, from+full.from, from+full.to), to: to}
	}
	if first := lowerAt(seg, ws[0]); (first == "he" || first == "she") && count >= leastUnsigned {
		return saying{by: p.personBefore(from, false), to: to}
	}
	return saying{}
}

// subject finds who speaks among the words before a verb of saying.
func (p *paragraph) subject(seg []byte, from int, ws []textRange, found []mention, to int) saying {
	for i := len(found) - 1; i >= 0; i-- {
		if m := found[i]; len(ws) > 0 && m.to <= ws[len(ws)-1].to {
			full := m.full
			full.to = min(full.to, ws[len(ws)-1].to)
			return saying{by: clip(p.text, from+full.from, from+full.to), to: to}
		}
	}
	if n := bytes.IndexByte(seg, ','); n > 0 && len(ws) > 0 && speechLists["openings"][lowerAt(seg, ws[0])] {
		for len(ws) > 0 && ws[0].from < n {
			ws = ws[1:]
		}
	}
	for len(ws) > 0 && speechLists["leads"][lowerAt(seg, ws[0])] {
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return saying{}
	}
	if end := lowerAt(seg, ws[len(ws)-1]); len(ws) > 1 && (end == "who" || end == "that" || end == "which") {
		ws = ws[:len(ws)-1] // Telfort, who added: "…"
	}
	for len(ws) > 1 && (speechLists["between"][lowerAt(seg, ws[len(ws)-1])] || strings.HasSuffix(lowerAt(seg, ws[len(ws)-1]), "ly")) {
		ws = ws[:len(ws)-1]
	}
	at := textRange{from + ws[0].from, from + ws[len(ws)-1].to}
	head, end := lowerAt(seg, ws[0]), lowerAt(seg, ws[len(ws)-1])
	switch {
	case speechLists["nobody"][head] || speechLists["nobody"][end] || speechLists["modals"][end] || p.isThing(at):
		return saying{rejected: true}
	case len(ws) == 1 && speechLists["pronouns"][head]:
		return saying{by: p.pronoun(at, from), to: to}
	}
	return saying{by: clip(p.text, at.from, at.to), to: to}
}

// isThing reports whether the words at a place mean a thing that has words on it.
func (p *paragraph) isThing(at textRange) bool {
	t := p.text.text[at.from:at.to]
	if n := bytes.IndexByte(t, ','); n > 0 {
		t = t[:n]
	}
	if n := bytes.Index(t, []byte(" of ")); n > 0 {
		t = t[:n]
	}
	ws := words(string(t))
	return len(ws) > 0 && speechLists["things"][lowerAt(t, ws[len(ws)-1])]
}

// pronoun returns whom a pronoun at a place means, or the pronoun.
func (p *paragraph) pronoun(at textRange, before int) Value {
	by := p.personBefore(before, false)
	own := clip(p.text, at.from, at.to)
	if by.Text == "" {
		return own
	}
	return Value{Text: by.Text, Span: own.Span}
}

// personBefore returns the person whom the text last names before an offset, or who spoke last. near says that the sentence just before
// must name them, or somebody have spoken in this paragraph.
func (p *paragraph) personBefore(offset int, near bool) Value {
	t := p.text.text
	for i := len(p.sentences) - 1; i >= 0; i-- {
		s := p.sentences[i]
		if s.from >= offset || onlyPunct(t[s.from:offset]) {
			continue
		}
		if p.spoke.Text != "" && p.spokeAt >= s.from {
			return p.spoke
		}
		part := t[:min(s.to, offset)]
		for _, m := range persons(part, p.r.talk.known) {
			if m.from >= s.from && !p.inQuotes(m.from) && !(near && bytes.IndexByte(t[m.from:m.to], ' ') < 0) {
				return clip(p.text, m.full.from, m.full.to)
			}
		}
		if role, ok := roleAtStart(part[s.from:]); ok && !near {
			return clip(p.text, s.from+role.from, s.from+role.to)
		}
		if near {
			return p.spoke
		}
	}
	if near {
		return Value{}
	}
	return p.r.talk.last
}

// inQuotes reports whether a place is within quotation marks.
func (p *paragraph) inQuotes(at int) bool {
	open := false
	for _, c := range string(p.text.text[:at]) {
		switch c {
		case '“', '«', '„':
			open = true
		case '”', '»':
			open = false
		case '"':
			open = !open
		}
	}
	return open
}

// hear keeps whom the paragraph names for the blocks that follow.
func (p *paragraph) hear(quoted []textRange) {
	k := &p.r.talk
	k.fresh = false
	if p.spoke.Text != "" {
		k.last, k.fresh = p.spoke, true
	}
	for _, m := range persons(p.text.text, k.known) {
		if !within(quoted, m.from) && (p.spoke.Text == "" || m.from > p.spokeAt && !strings.Contains(p.spoke.Text, string(p.text.text[m.from:m.to]))) {
			k.last, k.fresh = clip(p.text, m.full.from, m.full.to), true
		}
	}
	for _, w := range words(string(p.text.text)) {
		switch lowerAt(p.text.text, w) {
		case "he", "she", "his", "her":
			k.fresh = k.fresh || k.last.Text != "" && !within(quoted, w.from)
		}
	}
}

// quoted finds the stretches of a text in quotation marks. following is the text of the next block: speech may go on there without a
// closing mark here.
func quoted(text *run, following []byte) []said {
	t := text.text
	var out []said
	for i := 0; i < len(t); {
		c, size := utf8.DecodeRune(t[i:])
		q := said{open: i, from: i + size}
		ok := false
		if strings.ContainsRune(`"“„«»‘'`, c) && !within(text.codes, i) {
			ok = q.close(text, c, following)
		}
		if !ok {
			i += size
			continue
		}
		out = append(out, q)
		i = max(q.next, i+size)
	}
	return out
}

// closers are the marks that close what a mark opens.
var closers = map[rune]string{'"': `"`, '“': `”"`, '„': `“”"`, '«': `»`, '»': `«`, '‘': `’`, '\'': `'`}

// close finds where the quotation ends that begins with mark.
func (q *said) close(text *run, mark rune, following []byte) bool {
	t := text.text
	before, _ := utf8.DecodeLastRune(t[:q.open])
	apart := q.open == 0 || unicode.IsSpace(before) || isOpener(before) || strings.ContainsRune("—–:/", before)
	after, _ := utf8.DecodeRune(t[q.from:])
	q.weak = mark == '\''
	switch mark {
	case '"', '\'', '»', '‘':
		if !apart || q.from >= len(t) || unicode.IsSpace(after) || q.weak && !unicode.IsLetter(after) {
			return false
		}
	}
	possessive := -1
	for i := q.from; i < len(t); {
		c, size := utf8.DecodeRune(t[i:])
		next, _ := utf8.DecodeRune(t[i+size:])
		free := i+size >= len(t) || !isWordRune(next)
		switch {
		case !strings.ContainsRune(closers[mark], c):
			if c == mark && mark == '“' { // another opens: this one was never closed
				return false
			}
		case mark == '“' && c == '”', mark == '„' && c != '"', mark == '«':
			q.to, q.next = i, i+size
			return true
		case !free || within(text.codes, i):
		case mark == '‘' || mark == '\'':
			if prev, _ := utf8.DecodeLastRune(t[:i]); prev == 's' && i+size < len(t) && next == ' ' && !startsSentence(t[i+size:]) {
				if possessive < 0 {
					possessive = i // "the drivers’ breakfast"
				}
				break
			}
			q.to, q.next = i, i+size
			return true
		default:
			q.to, q.next = i, i+size
			return true
		}
		i += size
	}
	if possessive >= 0 && mark == '‘' {
		q.to, q.next = possessive, possessive+len("’")
		return true
	}
	if mark == '“' && (q.open == 0 || first(bytes.TrimLeft(following, " *_")) == mark) {
		q.to, q.next, q.unclosed = len(t), len(t), true
		return true
	}
	return false
}

var dashName = regexp.MustCompile(`^\s*[*_]*\s*(?:—|–|--|―|~|- |\()\s*(\p{Lu}[^!?;:"“)]{2,100})`)

// clauseEnd returns where the naming of a speaker ends in b, from an offset on.
func clauseEnd(b []byte, from int) int {
	for i := from; i < len(b); i++ {
		switch b[i] {
		case '!', '?', ';', ':', '"':
			return i
		case '.':
			if i+1 == len(b) || b[i+1] == ' ' && ends(b, from, i, i+1) {
				return i
			}
		case ' ':
			for _, stop := range []string{" that ", " about ", " in a ", " when ", " after ", " before ", " while ", " – ", " — "} {
				if i > from && bytes.HasPrefix(b[i:], []byte(stop)) {
					return i
				}
			}
		case ',':
			ws := words(string(b[i+1 : min(len(b), i+40)]))
			if len(ws) == 0 {
				break
			}
			if next := lowerAt(b[i+1:], ws[0]); next == "and" || next == "but" || next == "as" || next == "when" || next == "then" || next == "because" || len(next) > 4 && strings.HasSuffix(next, "ing") {
				return i
			}
		}
		if bytes.HasPrefix(b[i:], []byte("“")) {
			return i
		}
	}
	return len(b)
}

func lastSentenceStart(b []byte) int {
	best := 0
	for i := 0; i+1 < len(b); i++ {
		if (b[i] == '.' || b[i] == '!' || b[i] == '?') && (b[i+1] == ' ' || b[i+1] == '"') {
			best = i + 2
		}
	}
	return min(best, len(b))
}

// clip returns text[from:to] without the punctuation around it.
func clip(text *run, from, to int) Value {
	const around = " ,:;*_"
	for from < to && strings.IndexByte(around, text.text[from]) >= 0 {
		from++
	}
	for to > from && strings.IndexByte(around, text.text[to-1]) >= 0 {
		to--
	}
	if from >= to {
		return Value{}
	}
	return Value{Text: string(text.text[from:to]), Span: text.span(from, to)}
}

func trimEnd(b []byte) []byte { return bytes.TrimRight(b, " *_’'") }

// isEnded reports whether words end as speech does before its closing mark.
func isEnded(inner []byte) bool { return strings.ContainsRune(".!?…,—", last(trimEnd(inner))) }

// startsHigh reports whether words begin as a sentence does.
func startsHigh(inner []byte) bool {
	return startsSentence(bytes.TrimLeft(inner, " "))
}

func onlyPunct(b []byte) bool {
	return bytes.IndexFunc(b, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) < 0
}

func hasAny(b []byte, list map[string]bool) bool {
	for _, w := range words(string(b)) {
		if list[lowerAt(b, w)] {
			return true
		}
	}
	return false
}

func isDeterminer(word string) bool {
	switch word {
	case "the", "a", "an", "one", "another", "his", "her", "our", "their", "its", "my", "der", "die", "ein", "eine", "le", "la", "un", "une", "el":
		return true
	}
	return false
}
