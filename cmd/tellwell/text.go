package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/example-org/tellwell/review"
)

// A teller tells a plan to a person at a terminal: page by page the words, an underline, what a reader meets there, the question,
// and where to read on; then what was left alone, what went well, what the primer lacks, and what could not be done.
type teller struct {
	out     *bufio.Writer
	width   int // cells a line may take
	palette palette
	why     bool              // also say what was seen and why it matters
	changes bool              // only changes were judged
	source  map[string][]byte // the pages' bytes, by path
}

// gutter is how far a page's words stand from the left; the line's number stands in it.
const gutter = 6

func (t teller) tell(plan *review.Plan) {
	for _, page := range plan.Pages {
		if page.LeftAlone == "" && len(page.Findings) > 0 {
			t.page(page)
		}
	}
	t.leftAlone(plan.Pages)
	t.praise(plan.Praise)
	t.gaps(plan.Gaps)
	t.problems(plan.Problems)
	t.lines(0, t.closing(plan), paint{})
}

// line writes one line, indented.
func (t teller) line(indent int, text string) {
	fmt.Fprintln(t.out, strings.TrimRight(strings.Repeat(" ", indent)+text, " "))
}

// lines writes text, wrapped and indented.
func (t teller) lines(indent int, text string, colour paint) {
	for _, line := range wrapped(text, t.width-indent) {
		t.line(indent, colour.of(line))
	}
}

// hanging writes text after a lead that stands out to its left, such as a bullet.
func (t teller) hanging(indent int, lead, text string, colour paint) {
	for i, line := range wrapped(text, t.width-indent-cells(lead)) {
		if i > 0 {
			lead = strings.Repeat(" ", cells(lead))
		}
		t.line(indent, colour.of(lead+line))
	}
}

// heading begins a part of the review.
func (t teller) heading(text string) { t.line(0, t.palette.heading.of(text)) }

// gap ends a part.
func (t teller) gap() { t.line(0, "") }

// page tells one page that has something said of it.
func (t teller) page(page review.PagePlan) {
	kind := harmless(page.Kind)
	if page.KindReason != "" {
		kind += " (" + harmless(page.KindReason) + ")"
	}
	path := harmless(page.Path)
	if cells(path+" · "+kind) <= t.width {
		t.line(0, t.palette.path.of(path)+t.palette.quiet.of(" · "+kind))
	} else {
		t.line(0, t.palette.path.of(path))
		t.lines(2, kind, t.palette.quiet)
	}
	for _, place := range []review.Place{review.Inline, review.Summary} {
		for _, comment := range page.Findings {
			if (comment.Place == review.Summary) == (place == review.Summary) {
				t.comment(comment, t.source[page.Path])
			}
		}
	}
}

// comment tells one question. What belongs in a summary has no words of its own to point at, and is told without them.
func (t teller) comment(c review.Comment, source []byte) {
	number := fmt.Sprintf("%*d  ", gutter-2, c.Line)
	seen, ok := quoted(source, c, t.width-len(number))
	if c.Place == review.Summary || !ok {
		said := wrapped(c.Message+" "+c.Question, t.width-len(number))
		for i, line := range said {
			if i == 0 {
				t.line(0, t.palette.quiet.of(number)+line)
				continue
			}
			t.line(len(number), line)
		}
	} else {
		t.line(0, t.palette.quiet.of(number)+t.palette.words.of(seen.words))
		t.line(len(number), t.underline(seen.mark))
		t.lines(len(number), c.Message+" "+c.Question, paint{})
	}
	t.pointer(len(number), c)
	if t.why {
		t.reasons(len(number), c)
	}
	t.gap()
}

// underline colours the marks and not the spaces before them.
func (t teller) underline(mark string) string {
	words := strings.TrimLeft(mark, " ")
	return mark[:len(mark)-len(words)] + t.palette.underline.of(words)
}

// pointer tells where to read on, and at the right which check asked.
func (t teller) pointer(indent int, c review.Comment) {
	check := harmless(strings.Join(append([]string{c.Check}, c.Folded...), " + "))
	last := ""
	if c.Primer != nil {
		lines := wrapped("→ "+pointed(*c.Primer), t.width-indent)
		for _, line := range lines[:len(lines)-1] {
			t.line(indent, t.palette.link.of(line))
		}
		last = lines[len(lines)-1]
	}
	space := t.width - indent - cells(last) - cells(check)
	if space < 2 && last != "" {
		t.line(indent, t.palette.link.of(last))
		last, space = "", t.width-indent-cells(check)
	}
	if space < 0 {
		t.lines(indent, check, t.palette.quiet)
		return
	}
	t.line(indent, t.palette.link.of(last)+strings.Repeat(" ", space)+t.palette.quiet.of(check))
}

// pointed puts a pointer into words: "primers/planners.md#jobs · Planners § Jobs (1 min; ask Ines — rounds)".
func pointed(p review.Pointer) string {
	ask := ""
	if p.Ask != "" {
		ask = "ask " + p.Ask
	}
	if p.Heading == "" {
		if ask != "" && p.Title != "" {
			return ask + " (" + p.Title + ")"
		}
		return ask + p.Title
	}
	where := p.Title
	if where == "" {
		where = p.Path
	}
	var more []string
	if p.Minutes > 0 {
		more = append(more, strconv.Itoa(p.Minutes)+" min")
	}
	if p.In != "" {
		more = append(more, "in "+p.In)
	}
	if ask != "" {
		more = append(more, ask)
	}
	said := p.URL + " · " + where + " § " + p.Heading
	if len(more) > 0 {
		said += " (" + strings.Join(more, "; ") + ")"
	}
	return said
}

// reasons unfolds a comment: what was seen, and why it matters.
func (t teller) reasons(indent int, c review.Comment) {
	quiet := t.palette.quiet
	if len(c.Evidence) > 0 {
		t.line(indent, quiet.of("What was seen"))
	}
	for _, e := range c.Evidence {
		said := e.Name
		if e.Quote != "" {
			said += ": “" + e.Quote + "”"
		}
		if e.Line > 0 {
			said += " (line " + strconv.Itoa(e.Line) + ")"
		}
		t.hanging(indent, "- ", said, quiet)
	}
	if c.Why != "" {
		t.line(indent, quiet.of("Why it matters"))
		t.hanging(indent, "  ", c.Why, quiet)
	}
}

// leftAlone names the pages of which nothing is said, those with the same reason together.
func (t teller) leftAlone(pages []review.PagePlan) {
	var reasons []string
	paths := map[string][]string{}
	for _, page := range pages {
		if why := page.LeftAlone; why != "" {
			if len(paths[why]) == 0 {
				reasons = append(reasons, why)
			}
			paths[why] = append(paths[why], page.Path)
		}
	}
	if len(reasons) == 0 {
		return
	}
	t.heading("Left alone")
	for _, why := range reasons {
		for _, path := range paths[why] {
			t.hanging(2, "", path+" · "+why, paint{})
		}
	}
	t.gap()
}

// praise tells the passage that would serve the next writer.
func (t teller) praise(p *review.Praise) {
	if p == nil {
		return
	}
	t.heading("Worth passing on")
	t.line(2, t.palette.path.of(placed(p.Path, p.Line)))
	said := p.Text
	if !strings.Contains(said, p.Quote) {
		said = strings.TrimSpace("“" + p.Quote + "” " + said)
	}
	t.lines(2, said, paint{})
	t.gap()
}

// gaps tells what pages asked of the primer and it does not hold.
func (t teller) gaps(gaps []review.Gap) {
	if len(gaps) == 0 {
		return
	}
	t.heading("What the primer could not answer")
	for _, gap := range gaps {
		said := gap.Need
		if gap.Asked > 0 {
			said += " (asked by " + count(gap.Asked, "question", "questions")
			if len(gap.Paths) > 0 {
				said += " in " + several(gap.Paths)
			}
			said += ")"
		}
		t.hanging(2, "- ", said, paint{})
	}
	t.gap()
}

// several names the first few of paths, and counts the others.
func several(paths []string) string {
	const named = 3
	if len(paths) <= named+1 {
		return strings.Join(paths, ", ")
	}
	return strings.Join(paths[:named], ", ") + " and " + strconv.Itoa(len(paths)-named) + " more"
}

// problems tells what could not be understood or done.
func (t teller) problems(problems []review.Problem) {
	if len(problems) == 0 {
		return
	}
	t.heading("What could not be done")
	for _, p := range problems {
		said := p.Message
		if p.Path != "" {
			said = placed(p.Path, p.Line) + ": " + said
		}
		t.hanging(2, "", said, paint{})
	}
	t.gap()
}

// placed is a place in the form that editors and terminals follow: path:line.
func placed(path string, line int) string {
	if line > 0 {
		path += ":" + strconv.Itoa(line)
	}
	return harmless(path)
}

// closing sums the review up: "5 pages read, 6 questions on 4 of them; 2 left alone".
func (t teller) closing(plan *review.Plan) string {
	read, asked, on, alone := 0, 0, 0, 0
	for _, page := range plan.Pages {
		if page.LeftAlone != "" {
			alone++
			continue
		}
		read++
		asked += len(page.Findings)
		if len(page.Findings) > 0 {
			on++
		}
	}
	said := count(read, "page", "pages") + " read"
	if t.changes {
		said = count(read, "changed page", "changed pages") + " read"
	}
	switch {
	case read == 0:
		said = strings.Replace(said, "0 ", "No ", 1)
	case asked == 0:
		said += ", no questions"
	case read == 1:
		said += ", " + count(asked, "question", "questions")
	default:
		said += ", " + count(asked, "question", "questions") + " on " + strconv.Itoa(on) + " of them"
	}
	if alone > 0 {
		said += "; " + strconv.Itoa(alone) + " left alone"
	}
	if n := len(plan.Problems); n > 0 {
		said += "; " + count(n, "problem", "problems")
	}
	return said
}
