package review

import "time"

// A Pull is a pull request as it was gathered: plain data, with everything a review needs to judge it and to know what was said before.
// Configuration and primer come from the base commit; what comes from the head is data and is never believed as configuration.
type Pull struct {
	Repo    string // "owner/name"
	Number  int
	URL     string // of its web page
	Author  string // login
	Bot     bool   // the author is a bot
	Draft   bool
	Open    bool
	Fork    bool // its head lies in another repository
	Labels  []string
	BaseRef string // branch
	Base    string // commit that the changes are held against: configuration and primer are of this one
	Head    string // commit; patches, texts and anchors are all of this one

	Files      []PullFile
	FilesTotal int // as GitHub counts them; more than len(Files) beyond its limit of 3,000

	Config   []byte            // .github/tellwell.yml at the base; nil when there is none
	Above    []byte            // the organisation's settings, which Config's stand over; nil when there are none
	Primer   map[string][]byte // the primer's pages at the base, by path
	PrimerIn Handbook          // where those pages come from, when not from here
	BringsIn bool              // the head brings a configuration where the base has none: the pull request that brings tellwell in

	Me          string // login of the identity we run as, as comments show it ("github-actions[bot]")
	May         May
	MustResolve bool     // the base branch requires conversations to be resolved before merging
	Threads     []Thread // review threads, oldest first
	Notes       []Note   // comments on the pull request itself, oldest first

	At time.Time // when it was gathered
}

// A Handbook is another repository that keeps the primer.
type Handbook struct {
	Repo    string // "owner/name"; empty where the primer lies beside the pages
	Commit  string // that its pages were read at
	Private bool   // not everybody can read it
	Unread  string // why it could not be read
}

// May is what our token is allowed to do.
type May struct {
	Comment bool // write review comments and comments on the pull request
	Check   bool // create check runs
	Resolve bool // resolve review threads, which takes contents: write
}

// A PullFile is one file of a pull request.
type PullFile struct {
	Path    string
	OldPath string // before a rename
	Status  string // "added", "modified", "renamed", "removed", "copied", "changed", "unchanged"
	Text    []byte // at the head; nil when it was not read
	Change  *Change
	Hunks   []LineRange // lines of the head that a comment may stand on: the added and context lines of each hunk
	Unread  string      // why text or patch could not be had; told as a problem, never taken for "nothing changed"
}

// A Thread is a review thread: a remark on lines, and what was answered.
type Thread struct {
	ID       string // GraphQL node
	Path     string
	Line     int // 0 when it is outdated
	Resolved bool
	Outdated bool
	Notes    []Note // the first is the remark itself
}

// A Note is one comment.
type Note struct {
	ID        string // GraphQL node
	Number    int64  // REST id
	Author    string // login
	At        time.Time
	Bot       bool
	Trusted   bool // its author has write access, or is the pull request's author
	Body      string
	Minimised bool
	Down      int  // how many 👎 it has
	Heard     bool // it has a 👀 of ours
}

// Deeds is what a review does on a pull request: plain data, which the edge carries out in the order of the fields. Nothing is deleted.
type Deeds struct {
	Report string // Markdown for the job summary: always, and first, so that nothing computed is lost
	Silent string // why there is no inline comment ("it is a draft"); empty when there may be

	Posts    []Post   // new inline comments, in one review
	Room     int      // how many the budget has room for
	Edits    []Edit   // our own comments, edited in place
	Minimise []string // nodes of our own comments, hidden as outdated
	Resolve  []string // nodes of threads, where the token may
	Replies  []Reply  // answers to "why"
	Heard    []Note   // commands, answered with 👀
	Summary  *Edit    // the one summary comment; ID empty creates it, nil leaves things as they are
	Check    Verdict  // the completed check run
	Again    bool     // this head was reviewed before, or may have been: where nothing is added, the check run it has is enough
	Waved    []Wave   // questions of ours that people waved away, for the team's own count
	Notices  []Notice // annotations: in the check run, or as workflow commands where there can be none
}

// A Post is a new inline comment.
type Post struct {
	Path      string
	Line      int // the last line
	StartLine int // the first line; equal to Line for one line
	Body      string
	Comment   Comment
}

// An Edit replaces the body of a comment.
type Edit struct {
	ID     string // GraphQL node; empty for a new one
	Number int64
	Body   string
}

// A Reply answers within a thread.
type Reply struct {
	Thread string // node
	To     int64  // REST id of the remark
	Body   string
}

// A Wave is a question that somebody waved away with 👎, or by resolving its thread while its passage stood. Who it was is not kept.
type Wave struct {
	Check string `json:"check"`
	Path  string `json:"path"`
}

// A Verdict is the completed check run. It never says failure unless the configuration's fail_on asks for it.
type Verdict struct {
	Conclusion string // "neutral" or "success"
	Title      string
	Summary    string // Markdown
}

// A Notice is an annotation on lines.
type Notice struct {
	Path      string
	StartLine int
	EndLine   int
	Title     string
	Message   string // plain text
}
