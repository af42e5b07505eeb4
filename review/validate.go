package review

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

// Validate turns away checks that a reader could not be told about: one that is undocumented, listed twice or badly named, one that
// asks for a kind of primer section or names a kind of page that nobody knows, and one without wording in comments.yaml or weights in
// weights.yaml. The error tells everything that is wrong, a line each.
func Validate(checks []*Check) error {
	var errs []error
	seen := map[string]bool{}
	for i, c := range checks {
		switch {
		case c == nil:
			errs = append(errs, fmt.Errorf("check %d of the list is nil; take it out", i+1))
			continue
		case !goodName.MatchString(c.Name):
			errs = append(errs, fmt.Errorf("check %d is named %q; name it in small letters with hyphens between the words", i+1, c.Name))
			continue
		case seen[c.Name]:
			errs = append(errs, fmt.Errorf("%s is listed twice; take one out", c.Name))
			continue
		}
		seen[c.Name] = true
		for _, problem := range faults(c) {
			errs = append(errs, fmt.Errorf("%s: %s", c.Name, problem))
		}
	}
	return errors.Join(errs...)
}

var goodName = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// faults returns what is wrong with one check, each with the next step.
func faults(c *Check) []string {
	var out []string
	fault := func(wrong bool, format string, args ...any) {
		if wrong {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	fault(c.Run == nil, "it has no Run; a check without one finds nothing")
	fault(c.Family != Insight && c.Family != Emotion, "family %q is neither %q nor %q", c.Family, Insight, Emotion)
	fault(c.Help < 1 || c.Help > 5, "Help is %d; it goes from 1 to 5", c.Help)
	fault(!(c.Floor >= 0 && c.Floor <= 1), "Floor is %v; it goes from 0 to 1", c.Floor)

	title, first := gist(c.Doc)
	fault(title == "" || first == "", "it is undocumented; begin its page with a title and one sentence on what it reports")
	fault(strings.EqualFold(title, c.Name), "its page is titled %q; give it a title in plain words", title)

	for _, kind := range c.Needs {
		fault(!knownSection(kind), "it asks for primer sections of kind %q, which no heading has; primer/aliases.txt lists the kinds", kind)
	}
	fault(len(c.Kinds) == 0, "it speaks on no kind of page; say where under Kinds")
	for _, kind := range sortedKinds(c.Kinds) {
		place := c.Kinds[kind]
		fault(!slices.Contains(prose.Kinds, kind), "there is no kind of page %q; the kinds are %s", kind, kindList())
		fault(place != Inline && place != Summary, "on a page of kind %q its place is %q; leave the kind out to be silent there", kind, place)
	}

	w := wordings[c.Name]
	fault(w.Why == "", "comments.yaml does not say why it matters; add a why")
	fault(!always(w.Messages), "comments.yaml has no message that can always be told; add one that needs neither the title nor the primer")
	fault(!always(w.Questions), "comments.yaml has no question that can always be asked; add one that needs neither the title nor the primer")

	_, based := Weights[c.Name]["base"]
	fault(!based, "weights.yaml has no base for it; add one")
	return out
}

// gist returns the title of a page of documentation and the paragraph that follows it.
func gist(doc string) (title, first string) {
	doc = strings.ReplaceAll(doc, "\r\n", "\n")
	head, rest, _ := strings.Cut(strings.TrimSpace(doc), "\n")
	title, titled := strings.CutPrefix(head, "# ")
	if !titled {
		return "", ""
	}
	first, _, _ = strings.Cut(strings.TrimSpace(rest), "\n\n")
	if strings.HasPrefix(first, "#") {
		first = "" // the next heading; nothing stands between
	}
	return strings.TrimSpace(title), strings.Join(strings.Fields(first), " ")
}

// knownSection reports whether some heading of a primer page gives a section this kind.
func knownSection(kind primer.Kind) bool {
	return kind != primer.Other && primer.KindOf(string(kind)) == kind
}

// always reports whether one of the templates can be filled whatever the page and the primer hold. Slots that a check fills by itself
// are its own business.
func always(templates []string) bool {
	return slices.ContainsFunc(templates, func(t string) bool {
		return strings.TrimSpace(t) != "" && !slices.ContainsFunc(sometimes, func(s string) bool { return strings.Contains(t, s) })
	})
}

// sometimes are the slots that the page's title or the primer fills, where there is one.
var sometimes = []string{"{topic}", "{role}", "{roleword}", "{pain}", "{stake}", "{proof}"}

// sortedKinds returns the kinds in the order of the documentation, then those nobody knows.
func sortedKinds(kinds map[prose.Kind]Place) []prose.Kind {
	var out, unknown []prose.Kind
	for _, kind := range prose.Kinds {
		if _, ok := kinds[kind]; ok {
			out = append(out, kind)
		}
	}
	for kind := range kinds {
		if !slices.Contains(prose.Kinds, kind) {
			unknown = append(unknown, kind)
		}
	}
	slices.Sort(unknown)
	return append(out, unknown...)
}

func kindList() string {
	var names []string
	for _, kind := range prose.Kinds {
		names = append(names, string(kind))
	}
	return strings.Join(names, ", ")
}
