package main

import (
	"bufio"
	"strings"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
)

type topicsCommand struct {
	Path   []string `arg:"" optional:"" help:"Files, folders and globs to read; the repository's content otherwise."`
	Config string   `placeholder:"FILE" help:"Read this configuration instead of the repository's .github/tellwell.yml."`
	Primer string   `placeholder:"FOLDER" help:"Read the primer from this clone of the repository that primers.repository names."`
}

func (topicsCommand) Help() string {
	return `What customers want done, what they hold against you and what makes them look, as the primer has it, and no page touches: ` +
		`the next pages that only you can write.

    tellwell topics`
}

func (c topicsCommand) run(w *world) (status, error) {
	r, err := w.primerOf(c.Path, c.Config, c.Primer)
	if err != nil {
		return 0, err
	}
	g, err := w.gather(r, c.Path, "")
	if err != nil {
		return 0, err
	}
	var passages []string
	pages := 0
	for _, s := range g.sources {
		if s.Aside != "" {
			continue
		}
		pages++
		page := prose.Parse(s.Path, s.Text)
		passages = append(passages, page.Title.Text, page.Subtitle.Text)
		for _, b := range page.Blocks {
			var said []string
			for _, sentence := range b.Sentences {
				said = append(said, sentence.Text)
			}
			if len(said) > 0 {
				passages = append(passages, strings.Join(said, " "))
			}
		}
	}
	out := bufio.NewWriter(w.stdout)
	t := teller{out: out, width: textWidth(w.stdout), palette: w.palette("auto")}
	topics := r.primer.Untouched(passages)
	var last *primer.Section
	for _, topic := range topics {
		if topic.Section != last {
			if last != nil {
				t.gap()
			}
			last = topic.Section
			t.heading(harmless(last.Page.Title + " § " + last.Heading + " (" + primer.Site{}.URL(last) + ")"))
		}
		t.hanging(2, "- ", harmless(topic.Text), paint{})
	}
	t.problems(append(r.problems, g.problems...))
	if err := out.Flush(); err != nil {
		return 0, err
	}
	w.hint(count(pages, "page", "pages") + " read; " + count(len(topics), "subject", "subjects") + " of the primer on none of them")
	if len(r.problems)+len(g.problems) > 0 {
		return incomplete, nil
	}
	return reviewed, nil
}
