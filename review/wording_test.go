package review

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

// checksFill are the slots that checks fill themselves. That they do is held by a test beside the checks.
var checksFill = map[string][]string{
	"inside-out-language":    {"theirs"},
	"undefined-term":         {"meaning"},
	"unanswered-objection":   {"objection"},
	"undifferentiated-claim": {"rival"},
	"buried-lede":            {"sentence", "count", "percent"},
	"scripted-quote":         {"speaker"},
	"product-first-opening":  {"sentence"},
	"label-headline":         {"thing", "better"},
	"unsupported-claim":      {"claim"},
}

// everySlot is what the writer fills from a page and a primer that hold all there is to hold, each at its longest.
func everySlot(t *testing.T) map[string]string {
	t.Helper()
	page := prose.Parse("products/a.md", []byte("# Kiln and glaze and cone letter\n\n"+strings.Repeat("The kiln waits for you ", 12)+".\n"))
	long := strings.Repeat("a bride on the phone at four and ", 5)
	help := &primer.Page{Title: "Kiln minders", Kind: primer.Customer, Audience: "kiln-minder"}
	for _, kind := range []primer.Kind{primer.Pains, primer.Stakes, primer.Proof} {
		help.Sections = append(help.Sections, &primer.Section{Page: help, Kind: kind, Heading: string(kind), Items: []string{long}})
	}
	span := page.Blocks[1].Span
	c := &candidate{finding: Finding{Check: &Check{}, Span: span, Quote: span}, help: primer.Help{Page: help, Section: help.Sections[0]}}
	return newWriter(&primer.Index{}).slots(judged{page: page}, c)
}

func TestSlots(t *testing.T) {
	const quote = "The kiln waits for you The kiln waits for you The kiln waits …"
	want := map[string]string{
		"quote": quote, "phrase": "The kiln waits for you …", "topic": "Kiln and glaze and cone letter", "role": "a kiln minder", "roleword": "kiln minder",
		"pain":  "a bride on the phone at four …",
		"stake": "a bride on the phone at four …",
		"proof": "a bride on the phone at four …",
	}
	if got := everySlot(t); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Every slot of comments.yaml is one that something fills.
func TestEverySlotIsFilled(t *testing.T) {
	known := everySlot(t)
	for name, w := range wordings {
		for _, template := range slices.Concat(w.Messages, w.Questions, []string{w.Why}) {
			for _, s := range slot.FindAllString(template, -1) {
				if s = strings.Trim(s, "{}"); known[s] == "" && !slices.Contains(checksFill[name], s) {
					t.Errorf("%s: nothing fills {%s} in %q", name, s, template)
				}
			}
			if left := slot.ReplaceAllString(template, ""); strings.ContainsAny(left, "{}") {
				t.Errorf("%s: a brace is left over in %q", name, template)
			}
		}
	}
	for _, s := range slot.FindAllString(strings.Split(string(commentsFile), "\n\n")[0], -1) {
		s = strings.Trim(s, "{}")
		filled := known[s] != "" || s == "slots"
		for _, own := range checksFill {
			filled = filled || slices.Contains(own, s)
		}
		if !filled {
			t.Errorf("the head of comments.yaml offers {%s}, which nothing fills", s)
		}
	}
}

// countWords counts the words of a comment; a dash is none.
func countWords(text string) int {
	n := 0
	for _, w := range strings.Fields(text) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// Message and question together stay under sixty words, with every slot at its longest (checks.md, Comment shape).
func TestCommentsAreShort(t *testing.T) {
	slots := everySlot(t)
	for _, own := range checksFill {
		for _, s := range own {
			slots[s] = shorten(strings.Repeat("a long word of somebody's ", 6), fillWords)
		}
	}
	for _, s := range []string{"sentence", "count", "percent"} {
		slots[s] = "1000"
	}
	for name, w := range wordings {
		for _, m := range w.Messages {
			for _, q := range w.Questions {
				message, _ := fill(m, slots)
				question, _ := fill(q, slots)
				if n := countWords(message + " " + question); n > 60 {
					t.Errorf("%s: %d words: %s %s", name, n, message, question)
				}
			}
		}
	}
}

// unwelcome is what no comment says: what to do, what is missing in somebody, how good they are, and what the bot feels. It speaks of
// the passage and its reader, and never to whoever wrote it (checks.md, Comment shape).
var unwelcome = regexp.MustCompile(`(?i)\b(you|your|yours|yourself|should|must|lacks?|lacking|fails?|consider|great|nice|good job|well done|please|I|I'm|I'd|my|we (love|like|think|believe|hope)|sorry|glad|happy|afraid|unfortunately|excited|delighted|author|writer|lazy|boring|poor|weak|bad writing|score)\b|!`)

func TestWhatIsNeverSaid(t *testing.T) {
	for name, w := range wordings {
		for _, template := range slices.Concat(w.Messages, w.Questions) {
			if word := unwelcome.FindString(template); word != "" {
				t.Errorf("%s says %q: %s", name, word, template)
			}
		}
		for _, q := range w.Questions {
			if !strings.HasSuffix(q, "?") || strings.Count(q, "?") != 1 {
				t.Errorf("%s: not one question: %s", name, q)
			}
		}
		for _, m := range w.Messages {
			if strings.Contains(m, "?") || !strings.Contains(m, "“{quote}”") || !strings.HasSuffix(m, ".") {
				t.Errorf("%s: not a sentence around the words: %s", name, m)
			}
		}
		for _, word := range []string{"you should", "lacks", "consider", "great job"} {
			if strings.Contains(strings.ToLower(w.Why), word) {
				t.Errorf("%s says %q: %s", name, word, w.Why)
			}
		}
	}
}

// No question stands twice in comments.yaml, in one check or in two.
func TestQuestionsAreWrittenOnce(t *testing.T) {
	seen := map[string]string{}
	for name, w := range wordings {
		for _, q := range w.Questions {
			if key := strings.ToLower(q); seen[key] != "" {
				t.Errorf("%s and %s both ask %q", seen[key], name, q)
			} else {
				seen[key] = name
			}
		}
	}
}

// Two hundred pages with three remarks each: every inline comment asks something, and none asks what another asked.
func TestNoQuestionTwice(t *testing.T) {
	request := Request{Config: roomy(), Primer: pottersIndex(t)}
	for i, name := range askedOfAny {
		check := remarking(name, []Family{Insight, Emotion}[i%2])
		check.Needs = []primer.Kind{primer.Stakes}
		check.Run = func(pass *Pass) error {
			s := pass.Read.Sentences[i%3]
			pass.Report(Finding{Span: s.Span, Confidence: 0.5 + float64((len(pass.Page.Path)+i*7)%13)/30})
			return nil
		}
		request.Checks = append(request.Checks, check)
	}
	for i := range 200 {
		path := fmt.Sprintf("products/%s%d.md", strings.Repeat("a", i%13), i)
		text := fmt.Sprintf("# Kiln %d\n\nBatch %d is the best of all the batches.\n\nHere is shelf %d, seen from below.\n\nCone %d went down at four in the morning.\n", i%9, i, i, i)
		request.Sources = append(request.Sources, Source{Path: path, Text: []byte(text)})
	}
	asked, spoken := map[string]string{}, 0
	for _, p := range Make(request).Pages {
		for _, f := range p.Findings {
			if f.Place != Inline || f.Question == "" {
				t.Fatalf("%s: %s in the %s asks %q", p.Path, f.Check, f.Place, f.Question)
			}
			spoken++
			if other := asked[strings.ToLower(f.Question)]; other != "" {
				t.Errorf("%s and %s are both asked %q", other, p.Path, f.Question)
			}
			asked[strings.ToLower(f.Question)] = p.Path
			if n := countWords(f.Message + " " + f.Question); n > 60 {
				t.Errorf("%d words: %s %s", n, f.Message, f.Question)
			}
		}
	}
	if spoken != 600 {
		t.Errorf("%d comments, want 600", spoken)
	}
}

// The same words on every page run out of questions; what is left is told in the summary, without one.
func TestQuestionsRunOut(t *testing.T) {
	request := Request{Config: roomy(), Checks: []*Check{remarking("unsupported-claim", Insight, remark{"It leads the field.", 0.9})}}
	for i := range 30 {
		request.Sources = append(request.Sources, Source{Path: fmt.Sprintf("products/%d.md", i), Text: []byte(kilnPage)})
	}
	asked, silent := map[string]bool{}, 0
	for _, p := range Make(request).Pages {
		f := p.Findings[0]
		if (f.Place == Inline) != (f.Question != "") || asked[f.Question] && f.Question != "" {
			t.Errorf("%s: in the %s, asks %q", p.Path, f.Place, f.Question)
		}
		if f.Question == "" {
			silent++
		} else if silent > 0 {
			t.Errorf("%s is asked something after another page was not", p.Path)
		}
		asked[f.Question] = true
	}
	if silent == 0 {
		t.Error("thirty questions about the same words; the test has lost its subject")
	}
}

// Messages of a check take turns, the most particular first.
func TestMessagesTakeTurns(t *testing.T) {
	w := newWriter(&primer.Index{})
	const check = "unsupported-claim"
	plain := map[string]string{"quote": "It leads the field"}
	backed := map[string]string{"quote": "It leads the field", "proof": "312 mugs"}
	heard := map[string]bool{}
	for range 3 {
		heard[w.message(check, plain)] = true
		w.turns[check]++
	}
	if len(heard) != 3 {
		t.Errorf("three comments in a row say %v", slices.Collect(maps.Keys(heard)))
	}
	for range 3 {
		if got := w.message(check, backed); !strings.Contains(got, "312 mugs") {
			t.Errorf("with a proof in the primer: %s", got)
		}
		w.turns[check]++
	}
	if got := w.message("no such check", plain); got != "“It leads the field”" {
		t.Errorf("a check without wording: %s", got)
	}
}

func TestFill(t *testing.T) {
	slots := map[string]string{"quote": "{role} and {nothing}", "role": "a $1 potter"}
	for _, test := range []struct {
		template, want string
		ok             bool
	}{
		{"“{quote}” is it.", "“{role} and {nothing}” is it.", true}, // the author's braces are words
		{"What of {role}?", "What of a $1 potter?", true},
		{"What of {nothing}?", "What of ?", false},
		{"Plain.", "Plain.", true},
		{"", "", true},
	} {
		if got, ok := fill(test.template, slots); got != test.want || ok != test.ok {
			t.Errorf("%q: %q, %v; want %q, %v", test.template, got, ok, test.want, test.ok)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, test := range []struct {
		text string
		n    int
		want string
	}{
		{"one two three", 3, "one two three"},
		{"one two three four", 3, "one two …"},
		{"one, two, three four", 3, "one, two …"},
		{"It leads the field.", 9, "It leads the field"},
		{"Does it?", 9, "Does it?"},
		{"she said “no” and \"yes\"", 9, "she said ‘no’ and 'yes'"},
		{"  one\n\ttwo  ", 9, "one two"},
		{"one two — three", 4, "one two — three"},
		{"one two — three four", 4, "one two …"},
		{"", 4, ""},
	} {
		if got := shorten(test.text, test.n); got != test.want {
			t.Errorf("%q to %d words: %q, want %q", test.text, test.n, got, test.want)
		}
		if again := shorten(test.want, test.n); again != test.want {
			t.Errorf("%q shortened again: %q", test.want, again)
		}
	}
}

func TestTopic(t *testing.T) {
	for title, want := range map[string]string{
		"Introducing Kiln 4":                     "Kiln 4",
		"Announcing the new Kiln 4":              "Kiln 4",
		"Say hello to our Night Watch":           "Night Watch",
		"Night Watch: a kiln that waits":         "Night Watch",
		"Kiln: a shelf":                          "Kiln: a shelf",
		"The kiln is cold":                       "",
		"Marta joins the bench":                  "",
		"Ten ways to cool a kiln in the morning": "",
		"“Night” Watch":                          "‘Night’ Watch",
		"Why kilns?":                             "kilns",
		"Meet":                                   "Meet",
		"":                                       "",
		"...":                                    "",
	} {
		page := prose.Parse("a.md", []byte("---\ntitle: '"+title+"'\n---\n"))
		if got := Topic(page); got != want {
			t.Errorf("%q is about %q, want %q", title, got, want)
		}
	}
}

func TestRole(t *testing.T) {
	for _, test := range []struct {
		page primer.Page
		want string // with its article
	}{
		{primer.Page{Kind: primer.Customer, Title: "Front-of-house managers", Audience: "front of house manager"}, "a front-of-house manager"},
		{primer.Page{Kind: primer.Customer, Title: "Dairy haulage", Audience: "haulage-planner"}, "a haulage planner"},
		{primer.Page{Kind: primer.Customer, Title: "Ushers", Audience: "usher"}, "an usher"},
		{primer.Page{Kind: primer.Customer, Title: "Utilities", Audience: "utility_planner"}, "a utility planner"},
		{primer.Page{Kind: primer.Customer, Title: "Hourly staff", Audience: "hourly-worker"}, "an hourly worker"},
		{primer.Page{Kind: primer.Customer, Title: "Potters", Audience: "potter, kiln-minder"}, "a potter"},
		{primer.Page{Kind: primer.Customer, Title: "Potters"}, ""},
		{primer.Page{Kind: primer.Competitor, Title: "Ushers", Audience: "usher"}, ""},
	} {
		got := roleOf(&test.page)
		if got != "" {
			got = article(got) + " " + got
		}
		if got != test.want {
			t.Errorf("%s for %q: %q, want %q", test.page.Title, test.page.Audience, got, test.want)
		}
	}
}

// readText gives a passage as it is read: without markup, cut at words, from wherever the page keeps it.
func TestReadText(t *testing.T) {
	page := prose.Parse("a.md", []byte("---\ntitle: \"Kilns **that** wait\"\nquote: \"Nobody slept.\"\n---\n\nOne *bold* [link](https://kiln.example) stands here. A second\none follows.\n\n> \"I slept,\" she said.\n\n```\ncode here\n```\n"))
	for words, want := range map[string]string{
		"*bold* [link](https://kiln.example) stands":           "bold link stands",
		"here. A second\none follows.":                         "here A second one follows.",
		"One *bold* [link](https://kiln.example) stands here.": "One bold link stands here.",
		"second\none":         "second one",
		"I slept,":            "I slept",
		"code here":           "code here",
		"Kilns **that** wait": page.Title.Text,
	} {
		if got := readText(page, spanOf(t, page, words)); got != want {
			t.Errorf("%q reads %q, want %q", words, got, want)
		}
	}
}
