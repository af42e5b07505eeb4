// Command gendocs gathers the documentation of all checks into docs/checks.md. Run it with: go generate ./checks/...
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
)

func main() {
	log.SetFlags(0)
	path := filepath.Join("..", "docs", "checks.md") // go generate runs in the folder of the package
	if err := os.WriteFile(path, []byte(gather(checks.All)), 0o644); err != nil {
		log.Fatalf("gendocs: write the checks' documentation: %v", err)
	}
}

const head = `<!-- Gathered from checks/*/*.md by: go generate ./checks/... Change those pages and run it again. -->

# The checks

Each check points at one thing a reader would miss. Whether it speaks, and where, depends on the kind of page: in a comment on the line, in
the summary, or not at all. Nothing it says is a verdict. A page is waved through by its author with a reason, and each check's page below
shows how; a team turns a check off, or into the summary, in ` + "`.github/tellwell.yml`" + ` ([settings](configuration.md)).

The two example pages below each check are reviewed whenever the tests run: the first gets a remark from the check, the mended one none.

What editors mark, and where we stand (2,647 marks on 857 real pages; the editor was a language model given a rubric). Of 100 marks,

- 31 are claims (*unproven* 11, *vague* 8, *benefit* 7, *undifferentiated* 5): spoken of beside the line;
- 24 are openings, headlines, stock phrases and announcements (*opening* 7, *stock* 6, *announced* 5, *headline* 5), and 2 scripted quotes:
  spoken of beside the line, at the usual setting seldom;
- 10 are fears left unanswered (*objection*) and 6 our own words (*inside-out*, *term*): only a primer knows them, and the pages came without;
- 9 miss a person (*faceless*) and 4 have one come too late (*buried*): spoken of in case studies and in the summary. On other pages, what was
  learnt told those pages from others hardly better than chance (area under the curve .72 and .61);
- 9 miss stakes or move nobody (*stakes*, *flat*), 4 are for nobody in particular (*audience*), 3 end in a bare call (*call-to-action*), 1 takes no
  side (*point-of-view*): in the summary, and seldom.

Nothing of the catalogue was dropped. Nothing was added to it either: every tag of the editors has a check that answers to it, except *flat*, to
which *missing-stakes* answers.

`

// gather writes an index of the checks and then each check's page, its headings a level deeper.
func gather(all []*review.Check) string {
	var b strings.Builder
	b.WriteString(head)
	b.WriteString("| Check | Family | What it does | Comments on | In the summary on |\n|---|---|---|---|---|\n")
	for _, c := range all {
		_, gist, _ := parts(c.Doc)
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s | %s | %s |\n", c.Name, c.Name, c.Family, strings.ReplaceAll(gist, "|", "\\|"), kinds(c, review.Inline), kinds(c, review.Summary))
	}
	for _, c := range all {
		title, gist, rest := parts(c.Doc)
		fmt.Fprintf(&b, "\n## %s\n\n**%s.** %s\n\n%s", c.Name, title, gist, deeper(rest))
	}
	return b.String()
}

// parts returns a page's title, its first paragraph on one line, and what follows.
func parts(doc string) (title, gist, rest string) {
	doc = strings.ReplaceAll(doc, "\r\n", "\n")
	title, rest, _ = strings.Cut(doc, "\n")
	gist, rest, _ = strings.Cut(strings.TrimSpace(rest), "\n\n")
	return strings.TrimSpace(strings.TrimPrefix(title, "#")), strings.Join(strings.Fields(gist), " "), rest
}

// kinds lists the kinds of page on which a check's findings are told in a place.
func kinds(c *review.Check, place review.Place) string {
	var out []string
	for _, kind := range prose.Kinds {
		if c.Kinds[kind] == place {
			out = append(out, string(kind))
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, ", ")
}

// deeper puts each heading a level deeper. Pages shown in fences stay as they are.
func deeper(text string) string {
	var b strings.Builder
	fence := ""
	for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n") {
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence == "" && len(ticks) >= 3:
			fence = ticks
		case fence != "" && strings.HasPrefix(ticks, fence) && strings.TrimSpace(line) == ticks:
			fence = ""
		case fence == "" && strings.HasPrefix(line, "#"):
			b.WriteByte('#')
		}
		b.WriteString(line)
	}
	return b.String()
}
