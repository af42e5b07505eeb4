package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/example-org/tellwell/review"
)

//go:embed workflow.yml
var workflow string

type initCommand struct {
	DryRun bool `help:"Say what would be written, show it, and write nothing."`
}

func (initCommand) Help() string {
	return `It looks at the repository (what makes its site, where its pages are, who speaks on its case studies), and writes a configuration, ` +
		`a workflow for GitHub and the first pages of a primer, which hold what your own pages already say: who was quoted where, which rivals ` +
		`are named, which abbreviations are spelt out. It invents nothing, and what is there already it leaves alone unless you say otherwise.

    tellwell init --dry-run
    tellwell init`
}

// A draft is a file that init would write.
type draft struct {
	path string // slash-separated, relative to the root
	text []byte
	why  string
}

func (c initCommand) run(w *world) (status, error) {
	r, err := w.openRepo(nil, "")
	if err != nil {
		return 0, err
	}
	repository := look(r)
	drafts := repository.drafts(w.now())
	out := bufio.NewWriter(w.stdout)
	t := teller{out: out, width: textWidth(w.stdout), palette: w.palette("auto")}
	for _, line := range repository.told() {
		t.hanging(0, "", line, paint{})
	}
	t.gap()
	answers := bufio.NewReader(w.stdin)
	written, kept := 0, 0
	for _, d := range drafts {
		file := filepath.Join(r.root, filepath.FromSlash(d.path))
		_, statErr := os.Lstat(file)
		there := statErr == nil
		if c.DryRun {
			what := "would write "
			if there {
				what = "is there, and would stay: "
			}
			t.hanging(0, "", what+d.path+" ("+d.why+")", t.palette.heading)
			if !there {
				for line := range strings.Lines(string(d.text)) {
					t.line(2, harmless(strings.TrimRight(line, "\n")))
				}
			}
			continue
		}
		if there && !w.agreed(out, answers, d.path) {
			t.hanging(0, "", "left alone "+d.path+": it was there", t.palette.quiet)
			kept++
			continue
		}
		if there {
			err = os.WriteFile(file, d.text, 0o644)
		} else {
			err = writeNew(file, d.text)
		}
		if err != nil {
			_ = out.Flush()
			return 0, cannot("what was written before it stays; run tellwell init again when that is mended", "write %s: %w", d.path, bare(err))
		}
		t.hanging(0, "", "wrote "+d.path+" ("+d.why+")", paint{})
		written++
	}
	if len(repository.problems) > 0 {
		t.gap()
		t.problems(repository.problems)
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	switch {
	case c.DryRun:
		w.hint("nothing was written; tellwell init writes it")
	case written == 0:
		w.hint("nothing new was written; tellwell review reads your pages")
	default:
		w.hint("now run tellwell review, and answer two questions of " + r.primerFolder() + "; commit the rest when you like what you read")
	}
	if len(repository.problems) > 0 {
		return incomplete, nil
	}
	return reviewed, nil
}

// agreed asks at a terminal whether a file may be written over. Where nobody can answer, it may not.
func (w *world) agreed(out *bufio.Writer, answers *bufio.Reader, path string) bool {
	if !isTerminal(w.stdin) || !isTerminal(w.stdout) {
		return false
	}
	fmt.Fprintf(out, "%s is there already. Write over it? [y/N] ", harmless(path))
	if out.Flush() != nil {
		return false
	}
	said, _ := answers.ReadString('\n')
	said = strings.ToLower(strings.TrimSpace(said))
	return said == "y" || said == "yes"
}

// told says what was seen of the repository.
func (s *seen) told() []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, harmless(fmt.Sprintf(format, args...))) }
	if s.generator == "" {
		say("No site generator that tellwell knows: the pages are read where they lie.")
	} else {
		say("The site is made by %s (%s).", s.generator, s.generatorFile)
	}
	if len(s.pages) == 0 {
		say("No pages were found that look like marketing; say where they are under content.include in %s.", review.ConfigPath)
	} else {
		say("%s of content in %s.", count(len(s.pages), "page", "pages"), several(s.folders))
	}
	if len(s.include) > 0 {
		say("They lie where tellwell would not look by itself, so content.include names them.")
	}
	if s.company != "" {
		say("The company is called %s by %s and by the pages.", s.company, s.generatorFile)
	}
	if len(s.products) > 0 {
		say("Products with a page of their own: %s.", strings.Join(s.products, ", "))
	}
	if n := len(s.said); n > 0 {
		say("%s on case studies, with the name of whoever said it.", count(n, "quotation", "quotations"))
	}
	if len(s.rivals) > 0 {
		say("Rivals that a title names: %s.", strings.Join(s.rivalNames(), ", "))
	}
	return out
}
