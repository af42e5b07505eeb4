package githubtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func getPull(c *call) *reply {
	accept := c.r.Header.Get("Accept")
	if !strings.Contains(accept, "diff") {
		return ok(c.pullFull(c.pull))
	}
	d := c.pull.diff(c.pull.headSHA)
	lines := 0
	for _, f := range d.files {
		lines += f.lines
	}
	// Above 300 files or 20,000 lines there is no diff (https://github.com/danger/danger-js/pull/1440).
	if len(d.files) > c.s.limits.wholeDiff || lines > c.s.limits.pageLines {
		out := fail(406, fmt.Sprintf("Sorry, the diff exceeded the maximum number of files (%d). Consider using 'List pull requests files' API or locally cloning the repository instead.", c.s.limits.wholeDiff))
		out.body.(map[string]any)["errors"] = []any{map[string]any{"resource": "PullRequest", "field": "diff", "code": "too_large"}}
		return out
	}
	r := c.pull.repo
	out := &reply{status: 200, header: map[string][]string{"Content-Type": {"application/vnd.github.v3.diff; charset=utf-8"}}}
	out.raw = []byte(r.git("diff", "-p", "--no-color", "-M", r.mergeBase(c.pull.baseSHA, c.pull.headSHA), c.pull.headSHA))
	return out
}

func listPulls(c *call) *reply {
	state := c.r.URL.Query().Get("state")
	base, head := c.r.URL.Query().Get("base"), c.r.URL.Query().Get("head")
	var found []*Pull
	for _, p := range slices.Backward(c.repo.pulls) {
		owner := c.repo.owner()
		if p.Fork {
			owner = p.Author
		}
		if (state == "all" || p.state == state || state == "" && p.state == "open") && (base == "" || base == p.baseRef) &&
			(head == "" || head == owner+":"+p.head) {
			found = append(found, p)
		}
	}
	out := ok(nil)
	from, to := c.page(len(found), out.header)
	list := []any{}
	for _, p := range found[from:to] {
		list = append(list, c.pullSimple(p))
	}
	out.body = list
	return out
}

// listFiles pages the files of a pull request: 3,000 at most, whatever its own page counts. A patch is absent where the file is binary,
// renamed and nothing else, or too large. Once the patches of one page have as many lines as a page may hold, the rows that follow come
// without patch and with no changes at all, and nothing marks them.
func listFiles(c *call) *reply {
	p := c.pull
	files := p.diff(p.headSHA).files
	if len(files) > c.s.limits.files {
		files = files[:c.s.limits.files]
	}
	out := ok(nil)
	from, to := c.page(len(files), out.header)
	list := []any{}
	lines := 0
	for _, f := range files[from:to] {
		row := map[string]any{
			"sha": f.oid, "filename": f.path, "status": f.status, "additions": f.additions, "deletions": f.removed,
			"changes":      f.additions + f.removed,
			"blob_url":     fmt.Sprintf("%s/%s/blob/%s/%s", c.web(), c.repo.Name, p.headSHA, escaped(f.path)),
			"raw_url":      fmt.Sprintf("%s/%s/raw/%s/%s", c.web(), c.repo.Name, p.headSHA, escaped(f.path)),
			"contents_url": fmt.Sprintf("%s/contents/%s?ref=%s", c.at(c.repo), escaped(f.path), p.headSHA),
		}
		if f.old != "" {
			row["previous_filename"] = f.old
		}
		large := f.lines > c.s.limits.fileLines || len(f.patch) > c.s.limits.fileBytes
		switch {
		case f.patch == "" || large:
		case lines >= c.s.limits.pageLines:
			row["additions"], row["deletions"], row["changes"] = 0, 0, 0
		default:
			row["patch"] = f.patch
			lines += f.lines
		}
		list = append(list, row)
	}
	out.body = list
	return out
}

func listReviews(c *call) *reply {
	out := ok(nil)
	from, to := c.page(len(c.pull.reviews), out.header)
	list := []any{}
	for _, v := range c.pull.reviews[from:to] {
		list = append(list, c.review(v))
	}
	out.body = list
	return out
}

func listRemarks(c *call) *reply {
	var all []*comment
	for _, t := range c.pull.threads {
		if c.s.seen(t) {
			all = append(all, t.comments...)
		}
	}
	slices.SortFunc(all, func(a, b *comment) int { return int(a.id - b.id) })
	out := ok(nil)
	from, to := c.page(len(all), out.header)
	list := []any{}
	for _, m := range all[from:to] {
		list = append(list, c.remark(m))
	}
	out.body = list
	return out
}

// tooQuickly is how many comments make GitHub refuse a review: more than 32 were "submitted too quickly"
// (https://github.com/src-d/lookout/issues/264).
const tooQuickly = 32

// createReview is all or nothing: one remark that cannot be placed, and nothing is posted; the answer does not say which it was
// (https://github.com/QwenLM/qwen-code/pull/6711). Success is 200, not 201.
func createReview(c *call) *reply {
	var in struct {
		CommitID string  `json:"commit_id"`
		Body     string  `json:"body"`
		Event    string  `json:"event"`
		Comments []draft `json:"comments"`
	}
	if !c.decode(&in) {
		return fail(400, "Problems parsing JSON")
	}
	if in.Event != "COMMENT" {
		c.s.t.Errorf("githubtest: a review with event %q: only COMMENT is modelled, and tellwell sends nothing else", in.Event)
		return unprocessable("Event is not modelled")
	}
	v, out := c.pull.submit(c.who.login, in.CommitID, in.Body, in.Comments)
	if out != nil {
		return out
	}
	return ok(c.review(v))
}

// submit makes a review with its remarks, or answers why not.
func (p *Pull) submit(login, commit, body string, drafts []draft) (*pullReview, *reply) {
	if commit == "" {
		commit = p.headSHA
	}
	if !p.has(commit) {
		return nil, unprocessable("Commit is not part of the pull request")
	}
	if body == "" && len(drafts) == 0 {
		return nil, unprocessable("Review body can't be blank")
	}
	if length(body) > maxBody {
		return nil, unprocessable("Body is too long (maximum is 65536 characters)")
	}
	if len(drafts) > tooQuickly {
		return nil, unprocessable("was submitted too quickly")
	}
	var wrong []string
	for i := range drafts {
		if drafts[i].Position != nil {
			p.repo.s.t.Errorf("githubtest: a remark by position, which GitHub is closing down: use line and side")
		}
		if w := p.refuses(commit, &drafts[i]); w != "" && !slices.Contains(wrong, w) {
			wrong = append(wrong, w)
		}
	}
	if len(wrong) > 0 {
		return nil, unprocessable(strings.Join(wrong, ", "))
	}
	v := p.review(login, commit, body)
	for _, d := range drafts {
		p.start(login, commit, d, v)
	}
	return v, nil
}

// has reports whether a commit is one of the pull request's. After a force-push the old ones are not
// (https://github.com/wandersoncferreira/code-review/issues/210).
func (p *Pull) has(commit string) bool {
	full, ok := p.repo.resolve(commit)
	return ok && full == commit && p.repo.isAncestor(commit, p.headSHA) && !p.repo.isAncestor(commit, p.baseSHA)
}

func unprocessable(what string) *reply { return fail(422, "Unprocessable Entity", what) }

// invalid is the other form of a 422, whose errors are objects.
func invalid(resource, field, what string) *reply {
	out := fail(422, "Validation Failed")
	out.body.(map[string]any)["errors"] = []any{map[string]any{"resource": resource, "code": "custom", "field": field, "message": what}}
	return out
}

// createRemark posts one remark alone; it is the only way of remarking on a whole file (https://github.com/github/docs/issues/26844).
func createRemark(c *call) *reply {
	var in struct {
		draft
		CommitID    string `json:"commit_id"`
		SubjectType string `json:"subject_type"`
		InReplyTo   int64  `json:"in_reply_to"`
	}
	if !c.decode(&in) {
		return fail(400, "Problems parsing JSON")
	}
	in.file = in.SubjectType == "file"
	if !c.pull.has(in.CommitID) {
		return invalid("PullRequestReviewComment", "commit_id", "commit_id is not part of the pull request")
	}
	if wrong := c.pull.refuses(in.CommitID, &in.draft); wrong != "" {
		return invalid("PullRequestReviewComment", "pull_request_review_thread.line", wrong)
	}
	t := c.pull.start(c.who.login, in.CommitID, in.draft, c.pull.review(c.who.login, in.CommitID, ""))
	return answer(201, c.remark(t.comments[0]))
}

// body reads a request that holds a comment's body.
func (c *call) text() (string, *reply) {
	var in struct {
		Body string `json:"body"`
	}
	switch {
	case !c.decode(&in):
		return "", fail(400, "Problems parsing JSON")
	case in.Body == "":
		return "", invalid("IssueComment", "body", "body can't be blank")
	case length(in.Body) > maxBody:
		return "", invalid("IssueComment", "body", "body is too long (maximum is 65536 characters)")
	}
	return in.Body, nil
}

// numbered finds a comment of the repository by its number: a remark in a thread, or a note.
func (c *call) numbered(remark bool) *comment {
	id, _ := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	for _, p := range c.repo.pulls {
		if !remark {
			for _, m := range p.notes {
				if m.id == id {
					return m
				}
			}
			continue
		}
		for _, t := range p.threads {
			for _, m := range t.comments {
				if m.id == id {
					return m
				}
			}
		}
	}
	return nil
}

// createReply answers in a thread; an answer to an answer is refused.
func createReply(c *call) *reply {
	m := c.numbered(true)
	if m == nil || m.pull != c.pull || m.thread.comments[0] != m {
		return fail(404, "Not Found")
	}
	body, out := c.text()
	if out != nil {
		return out
	}
	return answer(201, c.remark(m.thread.reply(c.who.login, body, c.pull.review(c.who.login, c.pull.headSHA, ""))))
}

func getRemark(c *call) *reply {
	m := c.numbered(true)
	if m == nil {
		return fail(404, "Not Found")
	}
	return ok(c.remark(m))
}

func updateRemark(c *call) *reply {
	m := c.numbered(true)
	if m == nil {
		return fail(404, "Not Found")
	}
	body, out := c.text()
	if out != nil {
		return out
	}
	m.edit(c.who.login, body)
	return ok(c.remark(m))
}

func reactRemark(c *call) *reply { return c.reactTo(c.numbered(true)) }
func reactNote(c *call) *reply   { return c.reactTo(c.numbered(false)) }

// reactTo adds a reaction: 201 when it is new, 200 when it stood there.
func (c *call) reactTo(m *comment) *reply {
	if m == nil {
		return fail(404, "Not Found")
	}
	var in struct {
		Content string `json:"content"`
	}
	if !c.decode(&in) || contents[in.Content] == "" {
		return invalid("Reaction", "content", "content is not a reaction")
	}
	r, fresh := m.react(c.who.login, in.Content)
	status := 200
	if fresh {
		status = 201
	}
	return answer(status, c.reaction(r))
}

func listNotes(c *call) *reply {
	out := ok(nil)
	from, to := c.page(len(c.pull.notes), out.header)
	list := []any{}
	for _, m := range c.pull.notes[from:to] {
		list = append(list, c.note(m))
	}
	out.body = list
	return out
}

func createNote(c *call) *reply {
	body, out := c.text()
	if out != nil {
		return out
	}
	return answer(201, c.note(c.pull.note(c.who.login, body)))
}

func getNote(c *call) *reply {
	m := c.numbered(false)
	if m == nil {
		return fail(404, "Not Found")
	}
	return ok(c.note(m))
}

func updateNote(c *call) *reply {
	m := c.numbered(false)
	if m == nil {
		return fail(404, "Not Found")
	}
	body, out := c.text()
	if out != nil {
		return out
	}
	m.edit(c.who.login, body)
	return ok(c.note(m))
}
