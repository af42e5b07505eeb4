package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

type inspectCommand struct {
	Page []string `arg:"" help:"Files, folders and globs to show; - reads standard input."`

	Format    string `enum:"text,json" default:"text" placeholder:"text|json" help:"text for a person, json for a program."`
	Config    string `placeholder:"FILE" help:"Read this configuration instead of the repository's .github/tellwell.yml."`
	StdinPath string `placeholder:"NAME" help:"The path that the page on standard input has in the repository."`
	Color     string `enum:"auto,always,never" default:"auto" placeholder:"auto|always|never" help:"auto means on a terminal, unless NO_COLOR is set."`
}

func (inspectCommand) Help() string {
	return `When a question seems to come from nowhere, or none comes: this is what tellwell met on the page. Its kind and how that is ` +
		`known, its opening, who is quoted, what was set aside and why, and which checks speak on it.

    tellwell inspect customers/arts-centre.md
    tellwell inspect --format json blog/ > pages.json`
}

func (c inspectCommand) run(w *world) (status, error) {
	as := reviewCommand{Path: c.Page, Config: c.Config, StdinPath: c.StdinPath}
	if err := as.contradiction(); err != nil {
		return 0, err
	}
	r, err := w.openRepo(as.rootPaths(), c.Config)
	if err != nil {
		return 0, err
	}
	g, err := as.gather(w, r)
	if err != nil {
		return 0, err
	}
	reading := review.Inspect(review.Request{Checks: checks.All, Config: r.config, Sources: g.sources, Problems: append(r.problems, g.problems...)})
	out := bufio.NewWriter(w.stdout)
	if c.Format == "json" {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(reading); err != nil {
			return 0, fmt.Errorf("write the pages as JSON: %w", err)
		}
	} else {
		t := teller{out: out, width: textWidth(w.stdout), palette: w.palette(c.Color)}
		for _, page := range reading.Pages {
			t.reading(page)
		}
		t.problems(reading.Problems)
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	if len(g.sources) == 0 && len(reading.Problems) == 0 {
		w.hint(as.nothingRead(w, g))
	}
	if len(reading.Problems) > 0 {
		return incomplete, nil
	}
	return reviewed, nil
}

// mostShown is how many lines of one part are shown to a person; JSON has them all.
const mostShown = 12

// reading tells a person how one page is read.
func (t teller) reading(page review.ReadingPage) {
	t.line(0, t.palette.path.of(harmless(page.Path)))
	if page.LeftAlone != "" {
		t.lines(2, "Left alone: "+page.LeftAlone+".", paint{})
	}
	if page.Format == "" {
		t.gap()
		return
	}
	kind := page.Kind
	if page.KindReason != "" {
		kind += " (" + page.KindReason + ")"
	}
	t.lines(2, fmt.Sprintf("Read as %s; kind %s.", page.Format, kind), t.palette.quiet)
	t.lines(2, fmt.Sprintf("%s of prose in %s, %s.", count(page.Words, "word", "words"), count(page.Sentences, "sentence", "sentences"),
		count(page.Links, "link", "links")), t.palette.quiet)
	one := func(name string, words *review.ReadingWords) {
		if words != nil {
			t.part(name, []review.ReadingWords{*words})
		}
	}
	one("Title", page.Title)
	one("Subtitle", page.Subtitle)
	t.part("Opening", page.Opening)
	t.part("Headings", page.Headings)
	t.part("Copy under keys", page.Keys)
	if len(page.Quotations) > 0 {
		t.named("Quotations", len(page.Quotations))
		for _, q := range page.Quotations[:min(len(page.Quotations), mostShown)] {
			by := q.Speaker
			if by == "" {
				by = "nobody is named"
			}
			t.placed(q.Line, "“"+short(q.Text, 90)+"” — "+by)
		}
		t.more(len(page.Quotations))
	}
	t.part("Ending", page.Ending)
	if len(page.Aside) > 0 {
		t.named("Set aside", len(page.Aside))
		for _, a := range page.Aside[:min(len(page.Aside), mostShown)] {
			what := a.What
			if a.Name != "" {
				what += " " + a.Name
			}
			if a.Unread {
				what += ": readers may meet words there that are not in this file"
			}
			t.placed(a.Line, what)
		}
		t.more(len(page.Aside))
	}
	if page.LeftAlone == "" {
		t.speaking(page.Checks)
	}
	t.gap()
}

// part tells words with their lines.
func (t teller) part(name string, words []review.ReadingWords) {
	if len(words) == 0 {
		return
	}
	t.named(name, len(words))
	for _, w := range words[:min(len(words), mostShown)] {
		text := short(w.Text, 160)
		if w.Key != "" {
			text = w.Key + ": " + text
		}
		t.placed(w.Line, text)
	}
	t.more(len(words))
}

func (t teller) named(name string, n int) {
	t.gap()
	if n > 1 && name != "Opening" && name != "Ending" {
		name = fmt.Sprintf("%s (%d)", name, n)
	}
	t.line(2, t.palette.heading.of(name))
}

func (t teller) placed(line int, text string) {
	number := ""
	if line > 0 {
		number = fmt.Sprint(line)
	}
	t.hanging(2, fmt.Sprintf("%4s  ", number), harmless(text), paint{})
}

func (t teller) more(n int) {
	if n > mostShown {
		t.line(gutter+2, t.palette.quiet.of(fmt.Sprintf("and %d more; --format json has them all", n-mostShown)))
	}
}

// speaking tells which checks speak on a page, and why others don't.
func (t teller) speaking(all []review.ReadingChecks) {
	t.gap()
	t.line(2, t.palette.heading.of("Checks"))
	by := map[string][]string{}
	var order []string
	for _, c := range all {
		where := "in a comment on the line"
		switch {
		case c.Place == string(review.Summary):
			where = "in the summary"
		case c.Place == "":
			where = "silent: " + c.Why
		}
		if by[where] == nil {
			order = append(order, where)
		}
		by[where] = append(by[where], c.Check)
	}
	for _, where := range order {
		t.hanging(2, "      ", harmless(where+": "+strings.Join(by[where], ", ")), paint{})
	}
}

// short cuts a text after so many cells' worth of characters.
func short(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return strings.TrimRight(string(runes[:most]), " ,;:") + " …"
}
