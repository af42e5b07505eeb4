package reviewtest

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/example-org/tellwell/review"
)

// A want is what one line of a page is to be told.
type want struct {
	line  int
	place review.Place // where it is to be told; empty is anywhere
	quiet bool         // the check is to be silent on the page, for a reason that holds the texts
	texts []string     // each is part of what is told
}

var (
	remark = regexp.MustCompile(`[ \t]*<!--[ \t]*want\b(.*?)-->[ \t]*`)
	hash   = regexp.MustCompile(`[ \t]+#[ \t]*want\b(.*)$`)
	quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
)

// takeWants takes the wants out of a page. Lines stay where they were. What is wrong with a want is returned with its line.
func takeWants(text []byte) (clean []byte, wants []want, faults []string) {
	front := bytes.HasPrefix(text, []byte("---\n")) || bytes.HasPrefix(text, []byte("+++\n"))
	var out strings.Builder
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		body, end := strings.CutSuffix(line, "\n")
		if n > 1 && (body == "---" || body == "+++") {
			front = false
		}
		form := remark
		if front {
			form = hash
		}
		if at := form.FindStringSubmatchIndex(body); at != nil {
			w, err := parseWant(body[at[2]:at[3]])
			if err != nil {
				faults = append(faults, fmt.Sprintf("%d: %v", n, err))
			}
			body = body[:at[0]] + joint(body[at[1]:]) + body[at[1]:]
			if strings.TrimSpace(body) == "" {
				faults = append(faults, fmt.Sprintf("%d: the want stands alone; put it at the end of the line it is about", n))
			}
			w.line = n
			wants = append(wants, w)
		}
		if form.MatchString(body) {
			faults = append(faults, fmt.Sprintf("%d: there are two wants; put both texts into one", n))
		}
		out.WriteString(body)
		if end {
			out.WriteByte('\n')
		}
	}
	return []byte(out.String()), wants, faults
}

// joint is the space that keeps the words on both sides of a want apart.
func joint(after string) string {
	if after == "" {
		return ""
	}
	return " "
}

// parseWant reads what follows the word "want".
func parseWant(says string) (want, error) {
	var w want
	for _, text := range quoted.FindAllString(says, -1) {
		plain, err := strconv.Unquote(text)
		if err != nil {
			return w, fmt.Errorf("%s in a want is not a quoted text", text)
		}
		w.texts = append(w.texts, plain)
	}
	switch how := strings.TrimSpace(quoted.ReplaceAllString(says, "")); how {
	case "":
	case "silence":
		w.quiet = true
	case string(review.Summary), string(review.Inline):
		w.place = review.Place(how)
	default:
		return w, fmt.Errorf("a want says %q; it takes “summary”, “inline” or “silence”, and texts in double quotes", how)
	}
	if len(w.texts) == 0 {
		return w, fmt.Errorf("a want without a text; put part of what is told in double quotes")
	}
	return w, nil
}

// compare holds what was told of a page against its wants.
func (p page) compare(check *review.Check, told review.PagePlan) []string {
	var failures []string
	fail := func(line int, format string, args ...any) {
		failures = append(failures, fmt.Sprintf("%s:%d: ", p.path, line)+fmt.Sprintf(format, args...))
	}
	silent := silence(check, told)
	met := make([]bool, len(told.Findings))
	expected := false
	for _, w := range p.wants {
		if w.quiet {
			expected = true
			if silent == "" {
				fail(w.line, "wanted silence because of %s; the page, of kind %s (%s), was judged", list(w.texts), told.Kind, told.KindReason)
			} else if missing := w.missing(silent); missing != nil {
				fail(w.line, "wanted silence because of %s; it is silent because of %q", list(missing), silent)
			}
			continue
		}
		found := false
		for i, f := range told.Findings {
			if f.Line == w.line && !met[i] && (w.place == "" || w.place == f.Place) && w.missing(words(f)) == nil {
				met[i], found = true, true
				break
			}
		}
		if !found {
			fail(w.line, "wanted %s; %s", w, account(told))
		}
	}
	for i, f := range told.Findings {
		if !met[i] {
			fail(f.Line, "nobody wanted %s; %s", describe(f), wished(p.wants, f.Line))
		}
	}
	if silent != "" && !expected {
		fail(1, "%s never judges this page, because of %q; give it a kind on which the check speaks, or want silence", check.Name, silent)
	}
	return failures
}

// silence says why a check does not speak on a page at all; empty when it does.
func silence(check *review.Check, told review.PagePlan) string {
	if told.LeftAlone != "" {
		return told.LeftAlone
	}
	for kind, place := range check.Kinds {
		if string(kind) == told.Kind && place != review.Silent {
			return ""
		}
	}
	return fmt.Sprintf("its kind, %s (%s)", told.Kind, told.KindReason)
}

// missing returns the texts that are not in what is told.
func (w want) missing(told string) []string {
	var out []string
	for _, text := range w.texts {
		if !strings.Contains(told, text) {
			out = append(out, text)
		}
	}
	return out
}

func (w want) String() string {
	if w.place != "" {
		return string(w.place) + " " + list(w.texts)
	}
	return list(w.texts)
}

func list(texts []string) string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = strconv.Quote(text)
	}
	return strings.Join(out, " and ")
}

// words is everything that is told of a finding, a piece a line.
func words(f review.Comment) string {
	out := []string{f.Check, f.Message, f.Question}
	for _, e := range f.Evidence {
		out = append(out, e.Name, e.Quote)
	}
	if f.Primer != nil {
		out = append(out, f.Primer.Heading, f.Primer.Ask)
	}
	return strings.Join(out, "\n")
}

// describe tells a finding for a failed test, with all that a want could name.
func describe(f review.Comment) string {
	var seen []string
	for _, e := range f.Evidence {
		if e.Quote != "" {
			e.Name += " (" + strconv.Quote(e.Quote) + ")"
		}
		seen = append(seen, e.Name)
	}
	return fmt.Sprintf("%s (%s, %.2f): %q %q, seeing %s", f.Check, f.Place, f.Confidence, f.Message, f.Question, strings.Join(seen, "; "))
}

// account says what a page was told instead.
func account(told review.PagePlan) string {
	if len(told.Findings) == 0 {
		return fmt.Sprintf("nothing is told of the page, of kind %s (%s)", told.Kind, told.KindReason)
	}
	var out []string
	for _, f := range told.Findings {
		out = append(out, fmt.Sprintf("line %d has %s", f.Line, describe(f)))
	}
	return strings.Join(out, "; ")
}

// wished says what was wanted on a line, or on the page.
func wished(wants []want, line int) string {
	var here, elsewhere []string
	for _, w := range wants {
		if w.line == line {
			here = append(here, w.String())
		} else {
			elsewhere = append(elsewhere, fmt.Sprintf("%s on line %d", w, w.line))
		}
	}
	switch {
	case len(here) > 0:
		return "wanted there is " + strings.Join(here, "; ")
	case len(elsewhere) > 0:
		return "wanted is " + strings.Join(elsewhere, "; ")
	}
	return "the page wants nothing"
}
