package primer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/example-org/tellwell/prose"
)

// The keys of a primer page's front matter (checks.md, Primer page schema).
var frontKeys = []string{"title", "kind", "audience", "product", "terms", "applies_to", "owner", "ask", "reviewed", "review_every",
	"sources", "learn"}

// The keys of one person under ask.
var askKeys = []string{"name", "handle", "good_for"}

var pageKinds = []PageKind{Customer, Industry, Technology, Competitor, PointOfView}

// A frontReader takes from the front matter what a primer page declares, and tells what it could not understand.
type frontReader struct {
	page *Page
	tell func(at prose.Span, message string)
}

func (f *frontReader) read(front prose.Front) {
	asked := map[string]int{} // "ask[0]" → its place in page.Ask
	told := map[string]bool{}
	for _, v := range front.Values {
		at := v.Span
		if at.Empty() {
			at = front.Span
		}
		text := strings.TrimSpace(v.Text)
		key, index, rest := cutKey(v.Key)
		known := strings.ReplaceAll(strings.ToLower(key), "-", "_")
		switch known { // a site generator's own
		case "slug":
			f.page.slug = text
			if strings.HasPrefix(text, "/") {
				f.page.permalink = text
			}
			continue
		case "permalink", "url":
			f.page.permalink = text
			continue
		}
		if !slices.Contains(frontKeys, known) {
			if near := nearest(known, frontKeys); near != "" && !told[key] {
				told[key] = true
				f.tell(at, fmt.Sprintf("front matter has no key %q; did you mean %q?", key, near))
			}
			continue // pages may feed a site generator too, whose keys are none of our business
		}
		if known == "ask" {
			f.ask(asked, index, rest, text, at)
			continue
		}
		if rest != "" {
			if !told[key] {
				told[key] = true
				f.tell(at, fmt.Sprintf("%q holds keys of its own (%q), and is read as plain words; write the words after %q", key, v.Key, key+":"))
			}
			continue
		}
		if text != "" {
			f.take(known, text, at)
		}
	}
	f.page.Ask = slices.DeleteFunc(f.page.Ask, func(p Person) bool { return p.Name == "" && p.Handle == "" })
}

func (f *frontReader) take(key, text string, at prose.Span) {
	page := f.page
	switch key {
	case "title":
		page.Title = text
	case "kind":
		f.kind(text, at)
	case "audience":
		page.Audience = joined(page.Audience, text)
	case "product":
		page.Product = joined(page.Product, text)
	case "terms":
		page.Terms = append(page.Terms, listed(text)...)
	case "applies_to":
		if !doublestar.ValidatePattern(text) {
			f.tell(at, fmt.Sprintf("applies_to %q is not a pattern of paths; write one like \"blog/**\"", text))
			return
		}
		page.AppliesTo = append(page.AppliesTo, strings.TrimPrefix(strings.TrimPrefix(text, "./"), "/"))
	case "owner":
		page.Owner = joined(page.Owner, text)
	case "reviewed":
		if _, ok := parseDate(text); !ok {
			f.tell(at, fmt.Sprintf("reviewed %q is not a date; write it like 2025-03-04", text))
			return
		}
		page.Reviewed = text
	case "review_every":
		if !period.MatchString(text) {
			f.tell(at, fmt.Sprintf("review_every %q is not a length of time; write it like \"6 months\"", text))
			return
		}
		page.ReviewEvery = text
	case "sources":
		page.Sources = append(page.Sources, text)
	case "learn":
		page.Learn = append(page.Learn, text)
	}
}

func (f *frontReader) kind(text string, at prose.Span) {
	name := strings.Join(split(text), "-")
	if name == "pov" {
		name = string(PointOfView)
	}
	for _, k := range pageKinds {
		if name == string(k) || name == string(k)+"s" {
			f.page.Kind, f.page.Declared = k, true
			return
		}
	}
	names := make([]string, len(pageKinds))
	for i, k := range pageKinds {
		names[i] = string(k)
	}
	hint := "write one of " + strings.Join(names, ", ")
	if near := nearest(name, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	f.tell(at, fmt.Sprintf("kind %q is not a kind of primer page; %s", text, hint))
}

// ask reads one value under ask: a field of a person, or a whole person written as one string.
func (f *frontReader) ask(asked map[string]int, index, field, text string, at prose.Span) {
	i, ok := asked[index]
	if !ok {
		i = len(f.page.Ask)
		asked[index] = i
		f.page.Ask = append(f.page.Ask, Person{})
	}
	person := &f.page.Ask[i]
	switch strings.ReplaceAll(strings.ToLower(field), "-", "_") {
	case "":
		if strings.HasPrefix(text, "@") {
			person.Handle = text
		} else {
			person.Name = text
		}
	case "name":
		person.Name = text
	case "handle":
		person.Handle = text
	case "good_for":
		person.GoodFor = text
	default:
		if bare, _, _ := cutKey(field); bare == "good_for" { // written as a list
			person.GoodFor = joined(person.GoodFor, text)
			return
		}
		hint := "a person has name, handle and good_for"
		if near := nearest(field, askKeys); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		f.tell(at, fmt.Sprintf("ask has no key %q; %s", field, hint))
	}
}

// cutKey cuts a dotted key at its first part: "ask[0].good_for" is "ask", "[0]" and "good_for".
func cutKey(dotted string) (key, index, rest string) {
	key, rest, _ = strings.Cut(dotted, ".")
	if i := strings.IndexByte(key, '['); i >= 0 {
		key, index = key[:i], key[i:]
	}
	return key, index, rest
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// listed cuts a list that was written on one line.
func listed(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

var period = regexp.MustCompile(`(?i)^(\d+) ?(day|week|month|year)s?$`)

// parseDate reads a date as front matter has them; to the month is exact enough.
func parseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, "2006-01", time.RFC3339, time.DateTime} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
