package review

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/example-org/tellwell/prose"
)

// Waivers is what a page's author has waved through, in the front matter (tellwell: ok, or tellwell: {skip: [check], because: …}) or
// in comments (tellwell: ok, or tellwell: skip check, because …).
type Waivers struct {
	All     bool   // the whole page, every check
	Because string // the reason given for the whole page, or the first reason given for a check on the whole page; may be empty
	waived  []waiver
}

// A waiver waves checks through on a part of the page.
type waiver struct {
	checks  []string   // nil is every check
	span    prose.Span // empty is the whole page
	because string
}

// ReadWaivers reads the waivers of a page from its front matter and comments. A comment above a page's first words waves checks
// through on the whole page; one on a line with words does so for the paragraph, heading or list item they belong to; any other for
// the block or list that follows it. Names that are not among checks are told as problems; nil checks takes any name.
func ReadWaivers(page *prose.Page, checks []string) (Waivers, []Problem) {
	r := &waiverReader{page: page, checks: checks}
	r.front()
	for _, comment := range page.Comments {
		r.comment(comment)
	}
	return r.waivers, r.problems
}

// Waived reports whether findings of check on span are waved through.
func (w Waivers) Waived(check string, span prose.Span) bool {
	_, waived := w.Reason(check, span)
	return waived
}

// Reason returns the author's reason for waving findings of check on span through, which may be empty, and whether they are.
func (w Waivers) Reason(check string, span prose.Span) (because string, waived bool) {
	if w.All {
		return w.Because, true
	}
	for _, waiver := range w.waived {
		if waiver.checks != nil && !slices.Contains(waiver.checks, check) {
			continue
		}
		if waiver.span.Empty() || waiver.span.Overlaps(span) {
			return waiver.because, true
		}
	}
	return "", false
}

type waiverReader struct {
	page     *prose.Page
	checks   []string
	waivers  Waivers
	problems []Problem
}

// add keeps a waiver.
func (r *waiverReader) add(w waiver) {
	if w.span.Empty() {
		if r.waivers.Because == "" || w.checks == nil && !r.waivers.All {
			r.waivers.Because = w.because
		}
		r.waivers.All = r.waivers.All || w.checks == nil
	}
	r.waivers.waived = append(r.waivers.waived, w)
}

// frontKeys are the keys below tellwell: in front matter.
var frontKeys = []string{"skip", "because"}

// front reads front matter.
func (r *waiverReader) front() {
	var skip []string
	var because string
	skips := false
	for _, value := range r.page.Front.Values {
		key := strings.ToLower(value.Key)
		below, ok := strings.CutPrefix(key, "tellwell")
		text := strings.TrimSpace(value.Text)
		switch {
		case !ok || text == "":
		case below == "" && strings.EqualFold(text, "ok"):
			r.add(waiver{})
		case below == "":
			r.problem(value.Span, `tellwell: %s is not understood; write "tellwell: ok" to wave the page through, or "tellwell: {skip: [%s]}" for one check`,
				quoted(text), r.example())
		case below == ".because":
			because = text
		case below == ".skip" || strings.HasPrefix(below, ".skip["):
			skips = true
			skip = append(skip, r.names(value.Span, text)...)
		case strings.HasPrefix(below, "."):
			name, _, _ := strings.Cut(strings.ReplaceAll(below[1:], "[", "."), ".")
			r.problem(value.Span, "unknown key %s in tellwell%s", quoted(name), orKeys(didYouMean(name, frontKeys), frontKeys))
		}
	}
	switch {
	case len(skip) > 0:
		r.add(waiver{checks: skip, because: because})
	case because != "" && !skips && !r.waivers.All:
		r.problem(r.page.Front.Span, `tellwell has a reason (because) and nothing to skip; write "tellwell: {skip: [%s], because: …}"`, r.example())
	}
}

func orKeys(hint string, keys []string) string {
	if hint != "" {
		return hint
	}
	return "; the keys here are " + strings.Join(keys, " and ")
}

var (
	addressed = regexp.MustCompile(`(?is)^tellwell\s*:\s*(.*)$`)
	because   = regexp.MustCompile(`(?is)(?:^|[\s,;.:–—-]+)because\b[\s:,]*(.*)$`)
	verb      = regexp.MustCompile(`(?is)^(\S+?)(?:[\s:,]+(.*))?$`)
)

// comment reads one comment. Comments that don't begin with "tellwell:" are other people's.
func (r *waiverReader) comment(c prose.Comment) {
	m := addressed.FindStringSubmatch(strings.TrimSpace(c.Text))
	if m == nil {
		return
	}
	says, reason := strings.TrimSpace(m[1]), ""
	if at := because.FindStringSubmatchIndex(says); at != nil {
		says, reason = says[:at[0]], strings.Join(strings.Fields(says[at[2]:]), " ")
	}
	var word, rest string
	if v := verb.FindStringSubmatch(says); v != nil {
		word, rest = strings.ToLower(strings.TrimRight(v[1], ",;.:")), strings.TrimSpace(v[2])
	}
	switch {
	case word == "ok" && rest == "":
		r.add(waiver{span: r.reach(c.Span), because: reason})
	case word == "skip" && rest != "":
		if names := r.names(c.Span, rest); len(names) > 0 {
			r.add(waiver{checks: names, span: r.reach(c.Span), because: reason})
		}
	default:
		r.problem(c.Span, `tellwell: %s is not understood; write "tellwell: ok", or "tellwell: skip %s, because …"`, quoted(says), r.example())
	}
}

// names returns the names of checks in a list written with commas or spaces, and tells of those that nobody knows.
func (r *waiverReader) names(span prose.Span, list string) []string {
	var names []string
	for name := range strings.FieldsFuncSeq(list, func(c rune) bool { return strings.ContainsRune(" \t\r\n,;[]\"'`", c) }) {
		name = strings.ToLower(strings.TrimRight(name, "."))
		switch {
		case name == "" || name == "and":
		case r.checks == nil || slices.Contains(r.checks, name):
			names = append(names, name)
		default:
			hint := didYouMean(name, r.checks)
			if hint == "" {
				hint = `; "tellwell explain" lists the checks`
			}
			r.problem(span, "no check named %s to skip%s", quoted(name), hint)
		}
	}
	return names
}

// reach returns the part of the page that a comment speaks of; empty is the whole page.
func (r *waiverReader) reach(comment prose.Span) prose.Span {
	first, last := r.page.Line(comment.Start), r.page.Line(max(comment.Start, comment.End-1))
	before := false
	for i := range r.page.Blocks {
		b := &r.page.Blocks[i]
		if b.Kind == prose.Component || b.Span.Empty() {
			continue // a template tag says nothing to readers, and the comment itself may be one
		}
		from, to := r.page.Line(b.Span.Start), r.page.Line(b.Span.End-1)
		switch {
		case from <= last && first <= to:
			return b.Span
		case to < first:
			before = true
		case !before:
			return prose.Span{}
		default:
			return r.list(i)
		}
	}
	if before {
		// Nothing follows: the comment speaks of its own place, where there is nothing to wave through.
		return comment
	}
	return prose.Span{}
}

// list returns the span of block i, and of the whole list when it is the first of one.
func (r *waiverReader) list(i int) prose.Span {
	span := r.page.Blocks[i].Span
	for j := i; j < len(r.page.Blocks) && r.page.Blocks[j].Kind == prose.ListItem && r.page.Blocks[i].Kind == prose.ListItem; j++ {
		span.End = max(span.End, r.page.Blocks[j].Span.End)
	}
	return span
}

// example is a check's name for a sentence that shows how to write one.
func (r *waiverReader) example() string {
	if len(r.checks) == 0 {
		return "label-headline"
	}
	return r.checks[0]
}

func (r *waiverReader) problem(span prose.Span, format string, args ...any) {
	line := 0
	if !span.Empty() {
		line = r.page.Line(span.Start)
	}
	r.problems = append(r.problems, Problem{Path: r.page.Path, Line: line, Message: fmt.Sprintf(format, args...)})
}
