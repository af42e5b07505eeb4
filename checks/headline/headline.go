// Package headline holds the check label-headline.
package headline

import (
	_ "embed"
	"regexp"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

//go:embed headline.md
var doc string

// Check reports titles that name the thing and not what it changes for anybody.
var Check = &review.Check{
	Name:   "label-headline",
	Family: review.Insight,
	Doc:    doc,
	Needs:  []primer.Kind{primer.Jobs, primer.TheirWords, primer.Pains},
	About:  []string{"job", "get", "done", "result", "change", "progress", "finish", "before", "after"},
	Rests:  review.OnTitle,
	Help:   3,
	Kinds: map[prose.Kind]review.Place{
		prose.Launch: review.Inline, prose.Product: review.Inline, prose.CaseStudy: review.Inline, prose.News: review.Inline,
		prose.Unknown: review.Inline,
	},
	Run: run,
}

// Shapes of titles, by what a reader sees at a glance.
var (
	announces = regexp.MustCompile(`(?i)\b(announc\w+|introduc\w+|launch\w*|releas\w+|unveil\w*|present(s|ing)|meet|say hello|welcom\w+|joins?|joining|partner\w*|collaborat\w+|available|new|now|coming soon|sponsor\w*|raises?)\b`)
	periodic  = regexp.MustCompile(`(?i)\b(updates?|newsletter|highlights|recap|round-?up|report|digest|news|review|edition|issue|summary|changelog|(january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]) ?(19|20)?\d*)\b`)
	version   = regexp.MustCompile(`\bv?\d+\.\d+`)
	joins     = regexp.MustCompile(`(?i)\b(joins?|joining|appoint\w*|welcom\w+|hires?|promoted)\b`)
	instructs = regexp.MustCompile(`(?i)^(how|why|what|when|where|who|\d+ )\b`)
)

func run(pass *review.Pass) error {
	title := pass.Read.Title
	if title == nil || len(title.Words) == 0 || title.Span.Empty() {
		return nil // no headline to judge
	}
	if addressed(title) || title.Has(evidence.Benefit, evidence.Stakes, evidence.Gain) || instructs.MatchString(title.Text) {
		return nil // the reader, or what they get, is in it
	}
	shaped := announces.MatchString(title.Text) || version.MatchString(title.Text) || periodic.MatchString(title.Text)
	if title.Has(evidence.Person) && joins.MatchString(title.Text) || !shaped && title.Kinds(evidence.Particular)["moment"] {
		return nil // news of somebody, or a moment that a reader can see
	}
	w := pass.Weigh()
	w.When(announces.MatchString(title.Text), "announces")
	w.When(version.MatchString(title.Text), "gives a version")
	w.When(periodic.MatchString(title.Text), "names a period or a kind of document")
	w.When(len(title.Words) <= 4, "four words or fewer")
	w.When(len(title.Words) >= 9, "nine words or more")
	sub := pass.Read.Subtitle
	w.When(sub != nil && sub.Has(evidence.Reader, evidence.Benefit, evidence.Customer, evidence.Stakes, evidence.Gain), "the subtitle has the reader in it")
	pass.Surroundings(w, title)
	fill := map[string]string{}
	if announces.MatchString(title.Text) || version.MatchString(title.Text) {
		fill["thing"] = review.Topic(pass.Page)
	}
	if s := better(pass.Read); s != nil {
		fill["better"] = s.Text
	}
	pass.Report(review.Finding{Span: title.Span, Evidence: w.Seen, Confidence: w.Confidence(), Fill: fill})
	return nil
}

// addressed reports whether the title speaks to the reader; "Meet Cordelia" only waves.
func addressed(title *evidence.Sentence) bool {
	for _, m := range title.All(evidence.Reader) {
		if m.Kind != "call" {
			return true
		}
	}
	return false
}

// better returns a sentence of the page that says what somebody gets, with something particular in it and none of our praise; nil when there is none.
func better(read *evidence.Page) *evidence.Sentence {
	for _, s := range read.Sentences {
		if len(s.Words) < 6 || len(s.Words) > 14 || !s.Has(evidence.Benefit, evidence.Stakes, evidence.Gain) ||
			!s.Has(evidence.Particular) || !s.Has(evidence.Customer) {
			continue
		}
		if !s.Has(evidence.Announce, evidence.Call, evidence.Puff, evidence.SoftPuff, evidence.Vague, evidence.Feeling) && !s.Words[0].Quoted {
			return s
		}
	}
	return nil
}
