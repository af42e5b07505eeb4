package review

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/example-org/tellwell/primer"
)

// SkipLabel is the label with which a pull request is left alone.
const SkipLabel = "tellwell: skip"

// MostPages is how many changed pages get inline comments; above that everything is told in the summary (checks.md, Ranking 4).
const MostPages = 10

// Request returns what a pull request asks to be reviewed: its pages, judged by the configuration and the primer of the base commit.
// What could not be read is told in the request's problems.
func (p *Pull) Request(checks []*Check) Request {
	cfg, problems := p.Settings(names(checks)...)
	if root, _, ok := strings.Cut(p.URL, "/pull/"); ok && cfg.Primers.BaseURL == "" { // a path would lead nowhere from a comment
		cfg.Primers.Site = ""
		cfg.Primers.BaseURL = root + "/blob/" + p.BaseRef + "/"
		if in := cfg.Primers.Repository; in != "" {
			cfg.Primers.BaseURL = strings.TrimSuffix(root, p.Repo) + in + "/blob/" + cmp.Or(cfg.Primers.Ref, "HEAD") + "/"
		}
	}
	if p.PrimerIn.Unread != "" {
		problems = append(problems, Problem{Path: ConfigPath, Message: fmt.Sprintf("the primer in %s could not be read: %s", p.PrimerIn.Repo, p.PrimerIn.Unread)})
	}
	index, told := primer.New(p.Primer)
	for _, t := range told {
		problems = append(problems, Problem{Path: t.Path, Line: t.Line, Message: t.Message})
	}
	req := Request{Checks: checks, Config: cfg, Primer: index, PerReview: -1, Today: p.At}
	req.PrimerUnread = p.PrimerIn.Unread != ""
	if p.PrimerIn.Private {
		req.PrimerIn = p.PrimerIn.Repo
	}
	for _, f := range p.Files {
		if f.Status == "removed" || !IsContent(cfg, f.Path) {
			continue
		}
		if f.Unread != "" {
			problems = append(problems, Problem{Path: f.Path, Message: f.Unread})
			continue
		}
		aside := Aside(cfg, f.Path, f.Text, false)
		req.Sources = append(req.Sources, Source{Path: f.Path, Text: f.Text, Change: f.Change, Aside: aside})
	}
	if p.FilesTotal > len(p.Files) {
		problems = append(problems, Problem{Message: fmt.Sprintf("GitHub lists %d of the %d files; the others were not read", len(p.Files), p.FilesTotal)})
	}
	if cfg.Budget.PerPullRequest > 0 {
		// Enough to choose from when some of them were said before; Live holds the budget itself.
		req.PerReview = cfg.Budget.PerPullRequest + len(p.Threads)
	}
	req.Problems = problems
	return req
}

// Settings reads the configuration that a pull request is judged by: the organisation's, and over it the repository's own.
func (p *Pull) Settings(checks ...string) (*Config, []Problem) {
	var layers []Layer
	if p.Above != nil {
		owner, _, _ := strings.Cut(p.Repo, "/")
		layers = append(layers, Layer{owner + "/.github: " + ConfigPath, p.Above})
	}
	if p.Config != nil {
		layers = append(layers, Layer{ConfigPath, p.Config})
	}
	config, problems, _ := Layered(layers, checks...)
	return config, problems
}

// A life is what stands on a pull request and what was asked for there.
type life struct {
	pull *Pull
	plan *Plan
	cfg  *Config

	ours    []ours          // our questions
	told    map[string]bool // their marks
	seen    map[string]bool // every mark that an earlier run had before it
	skipped map[string]bool // checks that are silent here
	stopped bool
	asked   bool // the latest word is "tellwell: review"
	deeds   Deeds
}

// ours is a question of ours, and its thread.
type ours struct {
	thread      Thread
	check, mark string
}

// Live decides what a review does on a pull request, by docs/life.md: what is posted, edited and left alone. It changes nothing it is
// given.
func Live(pull *Pull, cfg *Config, plan *Plan) Deeds {
	l := &life{pull: pull, plan: plan, cfg: cfg, told: map[string]bool{}, seen: map[string]bool{}, skipped: map[string]bool{}}
	l.remember()
	l.listen()
	inline := l.comments()
	still := l.still()
	switch {
	case still != "":
		l.deeds.Silent = still
	case l.onlySummary() != "":
		l.deeds.Silent = l.onlySummary()
		l.mend()
		l.summary(inline)
	case !pull.May.Comment || pull.MustResolve:
		l.deeds.Silent = l.noThreads()
		for _, c := range inline {
			l.deeds.Notices = append(l.deeds.Notices, notice(c))
		}
		if pull.May.Comment {
			l.mend()
			l.summary(nil)
		}
	default:
		l.mend()
		l.post(inline)
		l.summary(nil)
	}
	l.verdict(inline)
	l.waved()
	return l.deeds
}

// waved counts the questions that people waved away.
func (l *life) waved() {
	for _, o := range l.ours {
		n := o.thread.Notes[0]
		if stands(n) && (n.Down > 0 || o.thread.Resolved && l.plan.Fired[o.mark]) {
			l.deeds.Waved = append(l.deeds.Waved, Wave{o.check, o.thread.Path})
		}
	}
}

// remember reads our own questions. A mark counts only in a comment by the identity we run as.
func (l *life) remember() {
	for _, t := range l.pull.Threads {
		if len(t.Notes) == 0 || !sameLogin(t.Notes[0].Author, l.pull.Me) {
			continue
		}
		check, m := markIn(t.Notes[0].Body)
		if m == "" {
			continue
		}
		l.ours = append(l.ours, ours{t, check, m})
		l.told[m] = true
		for _, s := range seenIn(t.Notes[0].Body) {
			l.seen[s] = true
		}
	}
}

// sameLogin compares logins as GitHub does; an app's is written with "[bot]" in one place and without in another.
func sameLogin(a, b string) bool {
	return a != "" && strings.EqualFold(strings.TrimSuffix(a, "[bot]"), strings.TrimSuffix(b, "[bot]"))
}

// another returns which other bot asks or sums up here with tellwell's marks, or "". In a person's comment a mark may have been pasted.
func (l *life) another() string {
	for _, t := range l.pull.Threads {
		if len(t.Notes) > 0 && t.Notes[0].Bot && !sameLogin(t.Notes[0].Author, l.pull.Me) {
			if _, m := markIn(t.Notes[0].Body); m != "" {
				return t.Notes[0].Author
			}
		}
	}
	for _, n := range l.pull.Notes {
		if n.Bot && !sameLogin(n.Author, l.pull.Me) && strings.HasSuffix(strings.TrimSpace(n.Body), summaryMark) {
			return n.Author
		}
	}
	return ""
}

// command matches a command at the start of a line.
var command = regexp.MustCompile(`(?im)^[ \t]*tellwell:[ \t]*(skip|why|review|stop)\b[ \t]*([a-z-]+-[a-z-]+)?`)

// A word is a note that may hold a command, and the thread it was written in, if any.
type word struct {
	note   Note
	thread *Thread
	at     int // in its thread
}

// listen follows the commands of people who may give them, in the order they were given, and answers each with 👀.
func (l *life) listen() {
	var words []word
	for i := range l.pull.Threads {
		for at, n := range l.pull.Threads[i].Notes {
			words = append(words, word{n, &l.pull.Threads[i], at})
		}
	}
	for _, n := range l.pull.Notes {
		words = append(words, word{note: n})
	}
	slices.SortStableFunc(words, func(a, b word) int { return a.note.At.Compare(b.note.At) })
	for _, w := range words {
		followed := false
		for _, c := range l.commands(w.note) {
			followed = l.follow(w, c[1], c[2]) || followed
		}
		if followed && !w.note.Heard {
			l.deeds.Heard = append(l.deeds.Heard, w.note)
		}
	}
}

// follow does what a command says, and reports whether it has a meaning where it stands: why, and skip without a check, answer a
// question; a skip without a check on the pull request itself stops everything.
func (l *life) follow(w word, command, check string) bool {
	about := slices.IndexFunc(l.ours, func(o ours) bool { return w.thread != nil && o.thread.ID == w.thread.ID })
	switch {
	case command == "review":
		l.stopped, l.asked = false, true
	case command == "skip" && check != "":
		l.skipped[check] = true
	case command == "stop", command == "skip" && w.thread == nil:
		l.stopped, l.asked = true, false
	case about < 0:
		return false
	case command == "why":
		o := l.ours[about]
		if !slices.ContainsFunc(w.thread.Notes[w.at+1:], func(later Note) bool { return sameLogin(later.Author, l.pull.Me) }) {
			l.deeds.Replies = append(l.deeds.Replies, Reply{Thread: o.thread.ID, To: o.thread.Notes[0].Number, Body: l.why(o)})
		}
	}
	return true
}

// commands returns the commands of a note, each as command and argument.
func (l *life) commands(n Note) [][]string {
	if !n.Trusted || n.Bot || sameLogin(n.Author, l.pull.Me) {
		return nil
	}
	found := command.FindAllStringSubmatch(n.Body, -1)
	for i := range found {
		found[i][1], found[i][2] = strings.ToLower(found[i][1]), strings.ToLower(found[i][2])
	}
	return found
}

// why answers what was seen, from the question as it stands or, where it still fires, as it was found now.
func (l *life) why(o ours) string {
	for _, p := range l.plan.Pages {
		for _, c := range p.Findings {
			if c.Mark != o.mark {
				continue
			}
			var b strings.Builder
			b.WriteString("What was seen:\n\n")
			for _, e := range c.Evidence {
				b.WriteString("- " + plain(e.Name))
				if e.Quote != "" {
					fmt.Fprintf(&b, ": “%s” (line %d)", plain(e.Quote), e.Line)
				}
				b.WriteString("\n")
			}
			b.WriteString("\n" + plain(c.Why) + "\n")
			return b.String()
		}
	}
	if w, ok := wordings[o.check]; ok {
		return plain(w.Why) + "\n"
	}
	return "The passage has changed since, and the question no longer stands.\n"
}

// still returns why nothing at all is done on the pull request, or "".
func (l *life) still() string {
	p := l.pull
	switch other := l.another(); {
	case !p.Open:
		return "it is closed"
	case p.Bot:
		return "its author is a bot"
	case slices.ContainsFunc(p.Labels, func(s string) bool { return strings.EqualFold(s, SkipLabel) }):
		return "it bears the label “" + SkipLabel + "”"
	case l.stopped:
		return "somebody wrote “tellwell: stop”"
	case other != "":
		return "another tellwell already speaks here, as " + other
	case p.Draft && !l.asked:
		return "it is a draft"
	}
	return ""
}

// onlySummary returns why there is nothing inline, only the summary, or "".
func (l *life) onlySummary() string {
	pages, moved := 0, 0
	for _, f := range l.pull.Files {
		if f.Status == "renamed" {
			moved++
		}
	}
	for _, p := range l.plan.Pages {
		if p.LeftAlone == "" {
			pages++
		}
	}
	switch {
	case l.pull.BringsIn:
		return "it brings tellwell in; this is what it would have asked"
	case pages > MostPages:
		return fmt.Sprintf("it changes %d pages, and more than %d are told in one summary", pages, MostPages)
	case moved > MostPages && moved*10 > len(l.pull.Files)*4:
		return "it mostly moves files"
	}
	return ""
}

// noThreads returns why questions are annotations and not threads.
func (l *life) noThreads() string {
	if !l.pull.May.Comment {
		if l.pull.Fork {
			return "the pull request comes from a fork, and the token may only read; the questions are annotations"
		}
		return "the token may only read; the questions are annotations"
	}
	return l.pull.BaseRef + " requires resolved conversations, and a question must not hold up a merge; the questions are annotations"
}

// comments returns the plan's inline comments that were not said before and that nobody asked to skip, in the order of the plan.
func (l *life) comments() []Comment {
	var out []Comment
	for _, p := range l.plan.Pages {
		for _, c := range p.Findings {
			if c.Place == Inline && !l.skipped[c.Check] && !l.said(p.Path, c) {
				c.path = p.Path
				out = append(out, c)
			}
		}
	}
	return out
}

// said reports whether a passage was asked about, under its page's present name or an earlier one, or lay before an earlier run that
// did not choose it.
func (l *life) said(path string, c Comment) bool {
	if l.told[c.Mark] || l.seen[c.Mark] && !l.asked {
		return true
	}
	for _, f := range l.pull.Files {
		if f.Path == path && f.OldPath != "" {
			if old := c.markAt(f.OldPath); l.told[old] || l.seen[old] && !l.asked {
				return true
			}
		}
	}
	for _, o := range l.ours {
		if l.file(o.thread.Path) == nil && o.mark == c.markAt(o.thread.Path) {
			return true // its page had another name within the pull request
		}
	}
	return false
}

// markAt returns the mark that the comment's passage would have on a page of another name.
func (c Comment) markAt(path string) string {
	twin := 1
	if _, err := fmt.Sscanf(c.Mark[strings.LastIndexByte(c.Mark, '-')+1:], "%d", &twin); err != nil {
		twin = 1
	}
	return mark(c.Check, path, c.Quote, twin)
}

// renamed reports whether the words of a question whose page is gone stand on another page of the pull request.
func (l *life) renamed(o ours) bool {
	for _, p := range l.plan.Pages {
		for _, c := range p.Findings {
			if c.Check == o.check && c.Mark != "" && c.markAt(o.thread.Path) == o.mark {
				return true
			}
		}
	}
	return false
}

// open counts the questions that stand open.
func (l *life) open() int {
	n := 0
	for _, o := range l.ours {
		if !o.thread.Resolved && stands(o.thread.Notes[0]) {
			n++
		}
	}
	return n
}

// stands reports whether a question of ours is still asked: not mended, nor hidden. The token may not be let to hide what it edited.
func stands(n Note) bool {
	return !n.Minimised && !strings.HasPrefix(n.Body, mendedBody) && !strings.HasPrefix(n.Body, goneBody)
}

// MostComments a review can hold is GitHub's; the budget of the configuration is at most that.
func (l *life) post(inline []Comment) {
	l.deeds.Room = min(l.cfg.Budget.PerPullRequest, MostComments) - l.open()
	slices.SortStableFunc(inline, func(a, b Comment) int {
		switch {
		case a.Confidence > b.Confidence:
			return -1
		case a.Confidence < b.Confidence:
			return 1
		}
		return 0
	})
	for _, c := range inline {
		if len(l.deeds.Posts) >= l.deeds.Room {
			break
		}
		l.deeds.Posts = append(l.deeds.Posts, Post{
			Path: c.path, Line: c.EndLine, StartLine: c.Line, Comment: c,
			Body: c.Markdown() + "\n" + answerLine + "\n" + hide(c.Check, c.Mark),
		})
	}
	if len(l.deeds.Posts) > 0 {
		l.deeds.Posts[0].Body += "\n" + l.seenNow()
	}
}

// answerLine ends every comment.
const answerLine = "<sub>[What is this, and how do I answer it or stop it?](https://" + Home + "/blob/main/docs/for-writers.md)</sub>"

// mostSeen is how many marks a comment carries of what had been seen; beyond that the oldest runs are forgotten.
const mostSeen = 400

// seenNow returns the hidden line with the marks of everything this run had before it.
func (l *life) seenNow() string {
	marks := make([]string, 0, len(l.plan.Fired))
	for m := range l.plan.Fired {
		marks = append(marks, m)
	}
	slices.Sort(marks)
	return "<!-- tellwell:seen " + strings.Join(marks[:min(len(marks), mostSeen)], " ") + " -->"
}

// mend edits the questions whose passage no longer calls for them, and hides them as outdated. A thread that people answered is
// theirs, and so is one they resolved.
func (l *life) mend() {
	for _, o := range l.ours {
		n := o.thread.Notes[0]
		if o.thread.Resolved || !stands(n) || l.answered(o) || n.Down > 0 {
			continue
		}
		word := ""
		switch file := l.file(o.thread.Path); {
		case file == nil && l.renamed(o):
			continue
		case file == nil:
			word = goneBody
		case file.Unread != "" || l.firesStill(o, file):
			continue // it stands, or nobody can tell
		default:
			word = mendedBody + short(l.pull.Head) + "."
		}
		l.deeds.Edits = append(l.deeds.Edits, Edit{ID: n.ID, Number: n.Number, Body: word + "\n\n<details><summary>The question</summary>\n\n" + withoutMarks(n.Body) +
			"\n</details>\n\n" + hide(o.check, o.mark) + seenLine(n.Body)})
		l.deeds.Minimise = append(l.deeds.Minimise, n.ID)
		if l.pull.May.Resolve {
			l.deeds.Resolve = append(l.deeds.Resolve, o.thread.ID)
		}
	}
}

// answered reports whether people said something in the thread beyond asking us why.
func (l *life) answered(o ours) bool {
	return slices.ContainsFunc(o.thread.Notes[1:], func(n Note) bool {
		return !sameLogin(n.Author, l.pull.Me) && strings.TrimSpace(whyCommand.ReplaceAllString(n.Body, "")) != ""
	})
}

var whyCommand = regexp.MustCompile(`(?im)^[ \t]*tellwell:[ \t]*why\b.*$`)

const (
	mendedBody = "Addressed in "
	goneBody   = "No longer part of this pull request."
)

func short(sha string) string { return sha[:min(7, len(sha))] }

// file returns the pull request's file of that name, now or before a rename.
func (l *life) file(path string) *PullFile {
	for i, f := range l.pull.Files {
		if (f.Path == path || f.OldPath == path) && f.Status != "removed" {
			return &l.pull.Files[i]
		}
	}
	return nil
}

// firesStill reports whether the check still speaks of the question's words. A page that was left alone this time was not judged.
func (l *life) firesStill(o ours, file *PullFile) bool {
	if l.plan.Fired[o.mark] {
		return true
	}
	judged := false
	for _, p := range l.plan.Pages {
		if p.Path == file.Path {
			judged = p.LeftAlone == ""
			for _, c := range p.Findings {
				if file.OldPath != "" && c.Check == o.check && l.said(p.Path, c) {
					return true // the same words under the page's new name
				}
			}
		}
	}
	return !judged
}

func withoutMarks(body string) string {
	body = hiddenMark.ReplaceAllString(body, "")
	body = hiddenSeen.ReplaceAllString(body, "")
	return strings.TrimSpace(body)
}

func seenLine(body string) string {
	if m := hiddenSeen.FindString(body); m != "" {
		return "\n" + m
	}
	return ""
}

// summary writes the one summary comment when there is something that no thread says, and edits it in place.
func (l *life) summary(inline []Comment) {
	body := l.summaryBody(inline)
	standing := summaryIn(l.pull.Notes, l.pull.Me)
	switch {
	case standing == nil && body == "":
	case standing == nil:
		l.deeds.Summary = &Edit{Body: body}
	default:
		if body == "" {
			body = "Nothing left to say here.\n\n" + summaryMark
		}
		l.deeds.Summary = standing.edit(body)
	}
}

// mostGaps and mostNotes are how many of the primer's gaps and of the notes the summary comment holds (checks.md, Ranking 5). The report
// holds them all.
const (
	mostGaps  = 3
	mostNotes = 3
)

// summaryBody returns the summary comment: what would have been asked where nothing is asked inline, notes, praise, and what the primer
// lacks. Empty when there is nothing of it.
func (l *life) summaryBody(inline []Comment) string {
	var b strings.Builder
	if len(inline) > 0 {
		b.WriteString("Said here in one place, since " + plain(l.deeds.Silent) + ":\n\n")
		for i, c := range inline {
			if i == MostComments {
				fmt.Fprintf(&b, "- and %d more\n", len(inline)-i)
				break
			}
			b.WriteString(item(c))
		}
		b.WriteString("\n")
	}
	if notes := l.notes(mostNotes); notes != "" {
		b.WriteString("**For this page**\n\n" + notes + "\n")
	}
	if gists := l.gists(); gists != "" && b.Len() > 0 {
		b.WriteString("**What a reader takes from it**\n\n" + gists + "\n")
	}
	if praise := l.plan.Praise; praise != nil {
		fmt.Fprintf(&b, "“%s” (%s, line %d). %s\n\n", plain(praise.Quote), plain(praise.Path), praise.Line, plain(praise.Text))
	}
	if len(l.plan.Gaps) > 0 && len(inline)+len(l.deeds.Posts)+len(l.ours) > 0 {
		b.WriteString("**For the team**: the primer could not answer\n\n")
		for _, g := range l.plan.Gaps[:min(len(l.plan.Gaps), mostGaps)] {
			b.WriteString("- " + plain(g.Need) + "\n")
		}
		b.WriteString("\n")
	}
	if due := l.plan.Due; b.Len() > 0 && len(due) > 0 {
		b.WriteString("**For the team**: due for another look\n\n")
		for _, d := range due[:min(len(due), mostGaps)] {
			fmt.Fprintf(&b, "- %s, last looked over %s, was due %s%s\n", plain(d.Path), plain(d.Reviewed), d.Since, strings.TrimSuffix("; "+plain(d.Owner)+" keeps it", ";  keeps it"))
		}
		b.WriteString("\n")
	}
	if in := l.pull.PrimerIn; in.Unread != "" && b.Len() > 0 {
		fmt.Fprintf(&b, "The primer in %s could not be read, so nothing here links into it: %s.\n\n", plain(in.Repo), plain(in.Unread))
	} else if in.Private && b.Len() > 0 {
		fmt.Fprintf(&b, "Links lead to %s, which is private: where one shows a 404, ask its owners to let you read it.\n\n", plain(in.Repo))
	}
	if told, alone := l.curious(); alone || b.Len() > 0 && told != "" {
		b.WriteString("**For the next writer**\n\n" + told + "\n")
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + answerLine + "\n" + summaryMark
}

// gists returns the three lines of the pages of which something is said, as a list.
func (l *life) gists() string {
	out, n := "", 0
	for _, p := range l.plan.Pages {
		if p.Gist == nil || len(p.Findings) == 0 {
			continue
		}
		if n++; n > mostNotes {
			break
		}
		out += "- " + plain(p.Path) + ": " + plain(p.Gist.String()) + "\n"
	}
	return out
}

// notes returns the findings that are told in the summary only, as a list: so many of them, or all where most is less than 0.
func (l *life) notes(most int) string {
	notes, n := "", 0
	for _, p := range l.plan.Pages {
		for _, c := range p.Findings {
			if c.Place != Summary || c.Question == "" || l.skipped[c.Check] {
				continue
			}
			if n++; most < 0 || n <= most {
				c.path = p.Path
				notes += item(c)
			}
		}
	}
	if most >= 0 && n > most {
		notes += fmt.Sprintf("- and %d more, in the report\n", n-most)
	}
	return notes
}

// item returns a comment as one item of a list.
func item(c Comment) string {
	text := fmt.Sprintf("- %s, line %d: %s", plain(c.path), c.Line, plain(c.Message))
	if c.Question != "" {
		text += " " + plain(c.Question)
	}
	if c.Primer != nil {
		text += " → " + c.Primer.Markdown()
	}
	return text + "\n"
}

// notice returns a comment as an annotation.
func notice(c Comment) Notice {
	text := c.Message + " " + c.Question
	if c.Primer != nil && c.Primer.Heading != "" {
		text += fmt.Sprintf("\n→ %s § %s (%d min) %s", c.Primer.Title, c.Primer.Heading, c.Primer.Minutes, c.Primer.URL)
	}
	return Notice{Path: c.path, StartLine: c.Line, EndLine: c.EndLine, Title: c.Check, Message: text}
}

// verdict writes the check run and the report for the job summary.
func (l *life) verdict(inline []Comment) {
	questions := len(l.deeds.Posts) + len(l.deeds.Notices)
	if l.deeds.Silent != "" && questions == 0 {
		questions = len(inline)
	}
	v := Verdict{Conclusion: "success", Title: "Nothing to ask"}
	if len(l.ours) > 0 {
		v.Title = "Nothing new to ask"
	}
	if questions > 0 {
		v.Conclusion, v.Title = "neutral", plural(questions, "question")
	}
	read, alone := 0, 0
	pages := ""
	for _, p := range l.plan.Pages {
		why := "judged"
		if p.LeftAlone != "" {
			alone++
			why = "left alone: " + p.LeftAlone
		} else {
			read++
			if p.KindReason != "" {
				why = p.Kind + ", " + p.KindReason
			}
		}
		pages += "- " + plain(p.Path) + ": " + plain(why) + "\n"
	}
	head := fmt.Sprintf("%s read, %s", plural(read, "page"), plural(questions, "question"))
	if alone > 0 {
		head += fmt.Sprintf(", %d left alone", alone)
	}
	parts := []string{head + "."}
	if l.deeds.Silent != "" {
		parts = append(parts, "No inline comment: "+plain(l.deeds.Silent)+".")
	}
	asked := ""
	for _, c := range inline {
		asked += item(c)
	}
	if n := len(l.ours); n > 0 {
		asked += fmt.Sprintf("\n%s asked before; %d of them mended by this push.\n", plural(n, "question"), len(l.deeds.Edits))
	}
	problems := ""
	for _, p := range l.plan.Problems {
		at := p.Path
		if p.Line > 0 {
			at += fmt.Sprintf(":%d", p.Line)
		}
		problems += "- " + strings.TrimPrefix(plain(at)+": ", ": ") + plain(p.Message) + "\n"
	}
	for _, part := range []struct{ heading, text string }{
		{"", asked}, {"For this page", l.notes(-1)}, {"What was read", pages}, {"What could not be done", problems},
	} {
		switch text := strings.TrimSpace(part.text); {
		case text == "":
		case part.heading == "":
			parts = append(parts, text)
		default:
			parts = append(parts, "**"+part.heading+"**\n\n"+text)
		}
	}
	v.Summary = strings.Join(parts, "\n\n") + "\n"
	l.deeds.Check = v
	l.deeds.Report = "## tellwell\n\n" + v.Summary
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
