package githubtest

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// Story tells in plain text everything that stands on the pull request: its state, threads, comments and check runs, oldest first.
// Hours, ids and addresses of the server are left out, so that it may be kept as a golden.
func (p *Pull) Story() string {
	defer p.lock()()
	var b strings.Builder
	state := p.state
	if p.merged {
		state = "merged"
	}
	if p.Draft {
		state += ", draft"
	}
	if p.Fork {
		state += ", from a fork"
	}
	fmt.Fprintf(&b, "#%d %q by %s: %s, %s at %s into %s\n", p.Number, p.Title, p.Author, state, p.head, p.headSHA[:7], p.baseRef)
	if len(p.Labels) > 0 {
		fmt.Fprintf(&b, "labels: %s\n", strings.Join(p.Labels, ", "))
	}
	for _, t := range p.threads {
		if t.ghost {
			continue
		}
		var is []string
		if t.outdated {
			is = append(is, "outdated")
		}
		if t.resolvedBy != "" {
			is = append(is, "resolved by "+t.resolvedBy)
		}
		if is == nil {
			is = append(is, "open")
		}
		where := t.path
		switch {
		case t.file:
		case t.outdated:
			where = fmt.Sprintf("%s, once line %d", t.path, t.first.line)
		case t.now.start != 0:
			where = fmt.Sprintf("%s:%d-%d", t.path, t.now.start, t.now.line)
		default:
			where = fmt.Sprintf("%s:%d", t.path, t.now.line)
		}
		fmt.Fprintf(&b, "\nthread on %s: %s\n", where, strings.Join(is, ", "))
		for _, m := range t.comments {
			p.tell(&b, m)
		}
	}
	for _, m := range p.notes {
		b.WriteString("\ncomment\n")
		p.tell(&b, m)
	}
	for _, v := range p.reviews {
		if v.body != "" {
			fmt.Fprintf(&b, "\nreview by %s at %s\n%s", v.author, v.commit[:7], p.indent(v.body))
		}
	}
	for _, k := range p.repo.checks {
		if !p.heads[k.Commit] {
			continue
		}
		fmt.Fprintf(&b, "\ncheck %q on %s: %s %s\n  title: %s\n%s", k.Name, k.Commit[:7], k.Status, k.Conclusion, k.Title, p.indent(k.Summary))
		if k.Text != "" {
			fmt.Fprintf(&b, "  text:\n%s", p.indent(k.Text))
		}
		for _, a := range k.Annotations {
			fmt.Fprintf(&b, "  %s %s:%d-%d %s\n%s", a.Level, a.Path, a.StartLine, a.EndLine, a.Title, p.indent(a.Message))
		}
	}
	return b.String()
}

func (p *Pull) tell(b *strings.Builder, m *comment) {
	author := m.author
	if author == "" {
		author = "ghost"
	}
	fmt.Fprintf(b, "  %s", author)
	if m.minimised != "" {
		fmt.Fprintf(b, " (minimised as %s)", m.minimised)
	}
	if m.edits > 0 {
		fmt.Fprintf(b, " (edited by %s, %d×)", m.editor, m.edits)
	}
	by := map[string][]string{}
	for _, r := range m.reactions {
		by[r.content] = append(by[r.content], r.login)
	}
	var words []string
	for content, logins := range by {
		words = append(words, fmt.Sprintf("[%s from %s]", content, strings.Join(logins, ", ")))
	}
	sort.Strings(words)
	for _, w := range words {
		b.WriteString(" " + w)
	}
	b.WriteString("\n" + p.indent(m.body))
}

func (p *Pull) indent(text string) string {
	text = strings.ReplaceAll(strings.TrimRight(text, "\n"), p.repo.s.http.URL, "https://github.example")
	if text == "" {
		return ""
	}
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		b.WriteString(strings.TrimRight("  | "+line, " ") + "\n")
	}
	return b.String()
}

// News tells what is new in a pull request's story since it was last asked of it.
type News struct {
	pull   *Pull
	before map[string]int // its lines, and how often
}

// Of returns the lines that were not there before and that a reader of the page sees. Commits differ with the git that made them, and are
// left out.
func (n *News) Of(p *Pull) string {
	if n.pull != p {
		*n = News{pull: p}
	}
	var out []string
	now := map[string]int{}
	for _, line := range strings.Split(p.Story(), "\n") {
		now[line]++
		if now[line] > n.before[line] && !hiddenLine.MatchString(line) {
			out = append(out, line)
		}
	}
	n.before = now
	return shas.ReplaceAllString(strings.Join(out, "\n"), "COMMIT")
}

var (
	hiddenLine = regexp.MustCompile(`<!-- tellwell|^\s*\|?\s*$`)
	shas       = regexp.MustCompile(`\b[0-9a-f]{7}(?:[0-9a-f]{33})?\b`)
)
