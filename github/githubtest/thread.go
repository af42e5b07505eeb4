package githubtest

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// A Thread is a review thread as it stands now.
type Thread struct {
	ID         string // GraphQL node
	Path       string
	Line       int // 0 when it is outdated
	StartLine  int // 0 for one line
	Side       string
	Resolved   bool
	ResolvedBy string
	Outdated   bool
	Comments   []Comment // the first is the remark itself
}

// A Comment is a comment as it stands now.
type Comment struct {
	ID        string // GraphQL node
	Number    int64  // REST id
	Author    string
	Body      string
	Minimised string              // "outdated", "resolved", …; empty when it shows
	Edits     int                 // how often its body was replaced
	Reactions map[string][]string // logins by REST's word
}

type thread struct {
	node     string
	pull     *Pull
	file     bool // it is on the file, not on a line
	path     string
	side     string
	commit   string // the head it was made on
	first    anchor // where it was made
	now      anchor // where it is; zero when it is outdated
	outdated bool

	resolvedBy string
	comments   []*comment
	ghost      bool // on a line outside the diff: it never shows
	scripted   bool // by a person, long ago
	born       time.Time
	bornSeq    int
}

type anchor struct{ start, line int }

type comment struct {
	s         *Server
	repo      *Repo
	pull      *Pull
	thread    *thread // nil for a comment on the pull request itself
	review    *pullReview
	id        int64
	node      string
	author    string
	body      string
	created   time.Time
	updated   time.Time
	edits     int
	editor    string
	minimised string
	hunk      string
	reactions []*reaction
}

type reaction struct {
	id      int64
	node    string
	login   string
	content string // REST's word
	at      time.Time
	on      *comment
}

type pullReview struct {
	pull   *Pull
	id     int64
	node   string
	author string
	body   string
	commit string // it stays, whatever is pushed
	at     time.Time
	first  []*comment
}

// A draft is a remark that is to be made.
type draft struct {
	Path      string `json:"path"`
	Body      string `json:"body"`
	Position  *int   `json:"position"`
	Line      int    `json:"line"`
	Side      string `json:"side"`
	StartLine int    `json:"start_line"`
	StartSide string `json:"start_side"`
	file      bool
}

// maxBody is the length of a comment's body that is still taken: 65,536 characters
// (https://github.com/telia-oss/github-pr-resource/issues/259).
const maxBody = 65_536

func length(body string) int {
	if !utf8.ValidString(body) {
		return len(body)
	}
	return len(utf16.Encode([]rune(body)))
}

// refuses says in GitHub's words why a draft cannot be placed on commit; it is empty when it can. The sides it was silent about are set.
func (p *Pull) refuses(commit string, d *draft) string {
	if d.Side == "" {
		d.Side = "RIGHT"
	}
	if d.StartSide == "" {
		d.StartSide = d.Side
	}
	switch {
	case d.Body == "":
		return "Body can't be blank"
	case length(d.Body) > maxBody:
		return "Body is too long (maximum is 65536 characters)"
	}
	file, ok := p.diff(commit).byPath[d.Path]
	if !ok {
		return "Path could not be resolved"
	}
	if d.file {
		return ""
	}
	if file.lines > p.repo.s.limits.fileLines || len(file.patch) > p.repo.s.limits.fileBytes {
		return "Line could not be resolved" // the page shows no diff of it
	}
	hunk, _, ok := file.hunkOf(d.Side, d.Line)
	if !ok {
		return "Line could not be resolved"
	}
	if d.StartLine != 0 {
		if d.StartLine >= d.Line && d.StartSide == d.Side {
			return "Start line must precede the end line."
		}
		if first, _, ok := file.hunkOf(d.StartSide, d.StartLine); !ok {
			return "Start line could not be resolved"
		} else if first != hunk {
			return "Start line must be part of the same hunk as the line."
		}
	}
	return ""
}

// review adds a review of login's that holds nothing yet.
func (p *Pull) review(login, commit, body string) *pullReview {
	v := &pullReview{pull: p, id: p.repo.s.id(), author: login, body: body, commit: commit, at: p.repo.s.now}
	v.node = fmt.Sprintf("PRR_%d", v.id)
	p.repo.s.nodes[v.node] = v
	p.reviews = append(p.reviews, v)
	return v
}

// start makes a thread of a draft that refuses found nothing wrong with.
func (p *Pull) start(login, commit string, d draft, review *pullReview) *thread {
	t := &thread{node: fmt.Sprintf("PRRT_%d", p.repo.s.id()), pull: p, path: d.Path, side: d.Side, commit: commit, file: d.file,
		first: anchor{d.StartLine, d.Line}, born: p.repo.s.now, bornSeq: p.repo.s.seq}
	p.repo.s.nodes[t.node] = t
	p.threads = append(p.threads, t)
	c := t.reply(login, d.Body, review)
	if f := p.diff(commit).byPath[d.Path]; f != nil {
		c.hunk = f.excerpt(d.Side, d.Line)
	}
	t.anchor()
	return t
}

func (t *thread) reply(login, body string, review *pullReview) *comment {
	c := t.pull.comment("PRRC", login, body)
	c.thread, c.review = t, review
	if len(t.comments) > 0 {
		c.hunk = t.comments[0].hunk
	}
	review.first = append(review.first, c)
	t.comments = append(t.comments, c)
	return c
}

func (p *Pull) note(login, body string) *comment {
	c := p.comment("IC", login, body)
	p.notes = append(p.notes, c)
	return c
}

func (p *Pull) comment(kind, login, body string) *comment {
	s := p.repo.s
	c := &comment{s: s, repo: p.repo, pull: p, id: s.id(), author: login, body: body, created: s.now, updated: s.now}
	c.node = fmt.Sprintf("%s_%d", kind, c.id)
	s.nodes[c.node] = c
	return c
}

// edit replaces a comment's body.
func (c *comment) edit(login, body string) {
	c.body, c.editor, c.updated = body, login, c.s.now
	c.edits++
}

// react adds a reaction and reports whether it is new.
func (c *comment) react(login, content string) (*reaction, bool) {
	for _, r := range c.reactions {
		if r.login == login && r.content == content {
			return r, false
		}
	}
	r := &reaction{id: c.s.id(), login: login, content: content, at: c.s.now, on: c}
	r.node = fmt.Sprintf("REA_%d", r.id)
	c.s.nodes[r.node] = r
	c.reactions = append(c.reactions, r)
	return r, true
}

// anchor finds where the thread stands on the pull request's head: every line of it is followed from the commit it was made on through
// git's diff of the two, and must still be part of what the pull request shows. Otherwise the thread is outdated. So a thread comes back
// when the text does. A file that was renamed outdates its threads.
func (t *thread) anchor() {
	p := t.pull
	from, to := t.commit, p.headSHA
	if t.side == "LEFT" {
		from, to = p.repo.mergeBase(p.baseSHA, t.commit), p.repo.mergeBase(p.baseSHA, p.headSHA)
	}
	shown, inDiff := p.diff(p.headSHA).byPath[t.path]
	t.now, t.outdated = anchor{}, true
	if !inDiff {
		return
	}
	if t.file {
		t.outdated = false
		return
	}
	between := p.repo.diff(from, to)
	start := t.first.start
	if start == 0 {
		start = t.first.line
	}
	var lines []int
	for line := start; line <= t.first.line; line++ {
		moved, ok := between.moved(t.path, line)
		if !ok {
			return
		}
		if _, _, ok := shown.hunkOf(t.side, moved); !ok {
			return
		}
		lines = append(lines, moved)
	}
	if len(lines) == 0 {
		return
	}
	t.outdated = false
	t.now.line = lines[len(lines)-1]
	if t.first.start != 0 {
		t.now.start = lines[0]
	}
}

func (t *thread) snapshot() Thread {
	v := Thread{ID: t.node, Path: t.path, Line: t.now.line, StartLine: t.now.start, Side: t.side, Resolved: t.resolvedBy != "",
		ResolvedBy: t.resolvedBy, Outdated: t.outdated}
	for _, c := range t.comments {
		v.Comments = append(v.Comments, c.snapshot())
	}
	return v
}

func (c *comment) snapshot() Comment {
	v := Comment{ID: c.node, Number: c.id, Author: c.author, Body: c.body, Minimised: c.minimised, Edits: c.edits,
		Reactions: map[string][]string{}}
	for _, r := range c.reactions {
		v.Reactions[r.content] = append(v.Reactions[r.content], r.login)
	}
	for _, logins := range v.Reactions {
		slices.Sort(logins)
	}
	return v
}
