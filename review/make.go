package review

import (
	"fmt"
	"path"
	"slices"
	"sort"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
	"github.com/example-org/tellwell/review/judge"
)

// Make judges the sources and decides what to say. It changes nothing it is given, and the same request always makes the same plan.
func Make(req Request) *Plan {
	m := newMaker(req)
	cfg, index := m.config, m.primer
	m.lists = evidence.DefaultLists().With(cfg.Lexicon.Add, cfg.Lexicon.Remove, cfg.Company.Names, cfg.Company.Products, index.Roles())
	pages := make([]judged, len(req.Sources))
	for i, source := range req.Sources {
		pages[i] = m.judge(source)
		m.mark(pages[i])
	}
	choose(pages, cfg.Budget, req.PerReview)
	plan := &Plan{Schema: Schema, Pages: []PagePlan{}, Gaps: []Gap{}, Problems: []Problem{}, Fired: m.fired}
	words := newWriter(index)
	for _, p := range pages {
		plan.Pages = append(plan.Pages, m.tell(p, words))
	}
	plan.Praise = m.praise(pages)
	for _, need := range m.needs {
		plan.Gaps = append(plan.Gaps, *m.wanted[need])
	}
	plan.Problems = append(plan.Problems, m.problems...)
	plan.Due = m.due
	return plan
}

// A maker gathers what one plan needs.
type maker struct {
	config   *Config
	primer   *primer.Index
	checks   []*Check
	lists    *evidence.Lists
	model    *judge.Model
	problems []Problem
	primerIn string
	unread   bool // there is a primer, and it is not known
	today    time.Time
	due      []Due

	needs  []string // the gaps met, in the order first met
	wanted map[string]*Gap
	fired  map[string]bool // the marks of all findings
}

func newMaker(req Request) *maker {
	m := &maker{config: req.Config, primer: req.Primer, checks: req.Checks, model: req.Judge, primerIn: req.PrimerIn, unread: req.PrimerUnread, today: req.Today, wanted: map[string]*Gap{}, fired: map[string]bool{}}
	if m.config == nil {
		m.config = Default()
	}
	if m.primer == nil {
		m.primer = &primer.Index{}
	}
	m.problems = append(m.problems, req.Problems...)
	return m
}

// A judged page is one source with what the checks found on it.
type judged struct {
	source     Source
	page       *prose.Page
	read       *evidence.Page
	kind       prose.Kind
	reason     string
	leftAlone  string
	silenced   bool // words that tellwell can't see kept a check silent
	waivers    Waivers
	found      []*candidate // every finding sure enough to be told
	candidates []*candidate // those on changed passages
	site       primer.Site  // where links to the primer lead
	primerIn   string       // the repository that holds it, where that is to be said
	mention    bool         // people are named by handle
}

// judge reads one source and runs the checks over it.
func (m *maker) judge(source Source) judged {
	j := m.open(source)
	if j.leftAlone != "" {
		return j
	}
	page, waivers := j.page, j.waivers
	j.read = evidence.Read(page, m.lists)
	found := map[*Check][]Finding{}
	var all []Finding
	for _, check := range m.checks {
		place, _ := m.place(check, j)
		if place == Silent {
			j.silenced = j.silenced || j.hidden(check.Rests) && check.Kinds[j.kind] != Silent && !m.config.Checks[check.Name].Off
			if m.model == nil {
				continue // else what it says is evidence for others
			}
		}
		pass := &Pass{Check: check, Page: page, Kind: j.kind, Read: j.read, Lists: m.lists, Primer: m.primer, Config: m.config}
		if err := check.Run(pass); err != nil {
			m.problems = append(m.problems, Problem{Path: source.Path, Message: fmt.Sprintf("%s could not read this page: %v", check.Name, err)})
			continue
		}
		found[check] = pass.findings
		all = append(all, pass.findings...)
	}
	var learnt *judgement
	if m.model != nil {
		learnt = judgementOf(m.model, j.read, j.kind, all)
	}
	for _, check := range m.checks {
		place, _ := m.place(check, j)
		if place == Silent {
			continue
		}
		set := m.config.Checks[check.Name]
		findings := found[check]
		weighed := learnt != nil && learnt.learnt(check)
		least := floor(check, place, set, m.config.Budget.Amount, weighed)
		heard := floor(check, place, set, Full, weighed) // what is less sure is forgotten; what another amount would say is remembered
		if learnt != nil {
			for i := range findings {
				learnt.weigh(&findings[i])
			}
			findings = append(findings, learnt.propose(check, findings, heard)...)
		}
		for _, f := range findings {
			if waivers.Waived(check.Name, f.Span) || f.Confidence < heard {
				continue
			}
			c := &candidate{finding: f, place: place}
			if check.Rests != OnPassage {
				c.unchanged = !source.Change.Judges(page)
			} else {
				c.unchanged = !source.Change.Touches(page, f.Span)
			}
			c.unchanged = c.unchanged || f.Confidence < least
			c.block = blockOf(page, f.Span)
			c.where = position(j.read, f.Span, c.block)
			c.anchor(page, source.Change)
			j.found = append(j.found, c)
		}
	}
	for _, c := range j.found {
		if !c.unchanged {
			j.candidates = append(j.candidates, c)
		}
	}
	m.route(j)
	return j
}

// open reads one source, and why nothing is said of it.
func (m *maker) open(source Source) judged {
	j := judged{source: source, kind: prose.Unknown, site: m.config.Primers.At(), primerIn: m.primerIn, mention: m.config.Ask.Mention}
	if source.Aside != "" {
		j.leftAlone = source.Aside
		return j
	}
	page := prose.ParseWith(source.Path, source.Text, m.config.Keys(source.Path))
	j.page = page
	for _, p := range page.Problems {
		m.problems = append(m.problems, Problem{Path: source.Path, Line: page.Line(p.Span.Start), Message: p.Message})
	}
	j.kind, j.reason = KindOf(m.config, page)
	waivers, problems := ReadWaivers(page, names(m.checks))
	j.waivers = waivers
	for i := range problems {
		problems[i].Path = source.Path
	}
	m.problems = append(m.problems, problems...)
	switch {
	case waivers.All:
		j.leftAlone = "waved through by its author"
		if waivers.Because != "" {
			j.leftAlone += ": " + waivers.Because
		}
	case IsData(source.Path) && len(page.Prose()) == 0 && len(page.Quotations) == 0:
		j.leftAlone = "a data file without copy"
	case page.Fragment() == "a layout":
		j.leftAlone = "a layout, into which pages are put"
	case page.Foreign() != "":
		j.leftAlone = page.Foreign()
	case page.BadNews() != "":
		j.leftAlone = page.BadNews()
	case source.Change != nil && source.Change.Moved:
		j.leftAlone = "moved, and hardly changed"
	}
	return j
}

// place returns where a check's findings are told on a page, and why they are not told at all.
func (m *maker) place(check *Check, j judged) (place Place, why string) {
	set := m.config.Checks[check.Name]
	switch place = check.Kinds[j.kind]; {
	case set.Off:
		return Silent, "switched off in the configuration"
	case place == Silent:
		return Silent, "not asked of pages of kind " + string(j.kind)
	case check.Rests != OnPassage && j.page.Fragment() != "":
		return Silent, "rests on a whole page, and this is " + j.page.Fragment()
	case j.hidden(check.Rests):
		return Silent, "rests on words that are not in this file: " + unreadAt(j.page)
	case set.Show != Silent:
		place = set.Show
	}
	return place, ""
}

// hidden reports whether words that tellwell can't see stand where a judgement of this extent rests.
func (j judged) hidden(rests Extent) bool {
	switch unread := j.page.Unread(); {
	case len(unread) == 0:
		return false
	case rests == OnOpening:
		opening := j.page.Opening()
		return len(opening) == 0 || unread[0].Span.Start < opening[len(opening)-1].Span.End
	default:
		return rests == OnPage
	}
}

// mark gives every finding of a page its mark, in the order of the page.
func (m *maker) mark(j judged) {
	sort.SliceStable(j.found, func(a, b int) bool { return j.found[a].finding.Span.Start < j.found[b].finding.Span.Start })
	twins := map[string]int{}
	for _, c := range j.found {
		quote := readText(j.page, c.finding.Quote)
		key := c.finding.Check.Name + "\x00" + letters(quote)
		twins[key]++
		c.mark = mark(c.finding.Check.Name, j.source.Path, quote, twins[key])
		m.fired[c.mark] = true
	}
}

// mostRouted is how many of a page's findings the primer is asked about, the surest first; few of them will be told.
const mostRouted = 24

// route asks the primer for help with a page's surest findings and weighs them all.
func (m *maker) route(j judged) {
	sort.SliceStable(j.candidates, func(a, b int) bool {
		return j.candidates[a].finding.Confidence > j.candidates[b].finding.Confidence
	})
	var text []string
	for _, w := range j.page.Title.Words {
		text = append(text, w.Norm)
	}
	for _, s := range j.page.Prose() {
		for _, w := range s.Words {
			text = append(text, w.Norm)
		}
	}
	for i, c := range j.candidates {
		if i < mostRouted {
			c.help = m.help(j, c.finding, text)
		}
		c.weigh()
	}
}

// KindOf returns what kind of page it is and how that is known: by its front matter, by the configuration's path rules, or by cues.
func KindOf(cfg *Config, page *prose.Page) (prose.Kind, string) {
	if kind, why := page.DeclaredKind(); kind != prose.Unknown {
		return kind, why
	}
	for _, rule := range cfg.Kinds {
		if ok, err := doublestar.Match(rule.Match, path.Clean(page.Path)); err == nil && ok {
			return rule.Kind, fmt.Sprintf("the configuration says so for %s", rule.Match)
		}
	}
	return page.GuessedKind()
}

func names(checks []*Check) []string {
	out := make([]string, len(checks))
	for i, c := range checks {
		out[i] = c.Name
	}
	return out
}

// help asks the primer for the section that answers a finding on a page of these words.
func (m *maker) help(j judged, f Finding, text []string) primer.Help {
	need := primer.Need{
		Kinds: f.Check.Needs, About: f.Check.About, Path: j.page.Path,
		Audience: frontText(j.page, "audience"), Product: frontText(j.page, "product"), PageText: text,
	}
	for _, w := range wordsWithin(j.page, f.Span) {
		need.Passage = append(need.Passage, w.Norm)
	}
	help := m.primer.Help(need)
	if f.Section != nil {
		help.Section, help.Page, help.Confidence, help.Gap = f.Section, f.Section.Page, 1, ""
		if help.Ask == nil && len(f.Section.Page.Ask) > 0 {
			help.Ask = &f.Section.Page.Ask[0]
		}
	}
	return help
}

func frontText(page *prose.Page, key string) string {
	v, _ := page.Front.Get(key)
	return v.Text
}

// wordsWithin returns the words that stand in a span, of title, subtitle and blocks.
func wordsWithin(page *prose.Page, span prose.Span) []prose.Word {
	var out []prose.Word
	add := func(s prose.Sentence) {
		if !s.Span.Overlaps(span) {
			return
		}
		for _, w := range s.Words {
			if w.Span.Overlaps(span) {
				out = append(out, w)
			}
		}
	}
	if page.Front.Span.Overlaps(span) {
		add(page.Title)
		add(page.Subtitle)
	}
	for _, b := range page.Blocks {
		if b.Span.Overlaps(span) {
			for _, s := range b.Sentences {
				add(s)
			}
		}
	}
	return out
}

// blockOf returns the index of the block a passage begins in, -1 when it stands in the front matter.
func blockOf(page *prose.Page, span prose.Span) int {
	for i, b := range page.Blocks {
		if b.Kind != prose.Component && b.Span.Start <= span.Start && span.Start < b.Span.End {
			return i
		}
	}
	return -1
}

// tell puts one page's chosen findings into words.
func (m *maker) tell(j judged, words *writer) PagePlan {
	out := PagePlan{Path: j.source.Path, Kind: string(j.kind), KindReason: j.reason, LeftAlone: j.leftAlone, Findings: []Comment{}}
	if j.silenced {
		out.Unread = unreadAt(j.page)
	}
	if j.read != nil {
		out.Gist = gistOf(j.read)
	}
	for _, c := range j.candidates {
		if c.place == Silent {
			continue
		}
		out.Findings = append(out.Findings, words.comment(j, c))
		m.look(c.help)
		if gap := c.help.Gap; gap != "" && !m.unread {
			m.gap(gap, j.source.Path)
		}
	}
	return out
}

// look remembers a primer page that is linked and due for another look.
func (m *maker) look(h primer.Help) {
	if h.Section == nil || m.today.IsZero() {
		return
	}
	page := h.Section.Page
	since, ok := page.Due(m.config.Primers.StaleAfter)
	if !ok || !m.today.After(since) || slices.ContainsFunc(m.due, func(d Due) bool { return d.Path == page.Path }) {
		return
	}
	owner := page.Owner
	if owner == "" && len(page.Ask) > 0 {
		owner = page.Ask[0].Name
	}
	m.due = append(m.due, Due{Path: page.Path, Reviewed: page.Reviewed, Since: since.Format(time.DateOnly), Owner: owner})
}

// gap remembers what the primer lacks and who asked for it.
func (m *maker) gap(need, path string) {
	g := m.wanted[need]
	if g == nil {
		g = &Gap{Need: need}
		m.wanted[need] = g
		m.needs = append(m.needs, need)
	}
	g.Asked++
	if len(g.Paths) == 0 || g.Paths[len(g.Paths)-1] != path {
		g.Paths = append(g.Paths, path)
	}
}
