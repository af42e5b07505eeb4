package github

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/example-org/tellwell/review"
)

// An Ask says which pull request to gather.
type Ask struct {
	Repo   string // "owner/name"
	Number int

	// Checkout is a folder that may hold the head's files. It is used only when its HEAD is the pull request's head commit, and of it
	// only files that are byte for byte what the commit holds; everything else is read from GitHub.
	Checkout string

	// May is what the token may do, where that is known. Nil supposes what a workflow's permissions usually give; a write that GitHub
	// refuses is told as a problem either way.
	May *review.May

	// Inherit reads the settings of the organisation's .github repository as well.
	Inherit bool

	// Handbook reads the primer where the configuration says that another repository keeps it, with a token of its own. Nil is the client
	// that gathers.
	Handbook *Client
}

// A pulled is a pull request while it is gathered.
type pulled struct {
	review.Pull
	owner, name string
	checkout    string
	compareWith string // what GitHub holds the head against
}

// Gather reads a pull request: in one query what there is of it but the files, then their list with the patches, then those texts that
// no checkout holds. Patches, texts and list are of one head; when that moves meanwhile, all is read again.
func (c *Client) Gather(ctx context.Context, ask Ask) (*review.Pull, error) {
	doing := fmt.Sprintf("read pull request %s#%d", ask.Repo, ask.Number)
	owner, name, err := split(ask.Repo)
	if err != nil {
		return nil, err
	}
	for range 3 {
		var p *pulled
		p, err = c.gather(ctx, ask, owner, name)
		if err == nil {
			return &p.Pull, nil
		}
		if !errors.Is(err, errMoved) {
			return nil, c.fault(doing, err)
		}
		c.wire.tell("%s: the head moved meanwhile; reading it again", doing)
	}
	return nil, c.fault(doing, errors.New("its head keeps moving; run again when the pushes have stopped"))
}

func (c *Client) gather(ctx context.Context, ask Ask, owner, name string) (*pulled, error) {
	p := &pulled{owner: owner, name: name, checkout: ask.Checkout}
	p.Repo, p.Number, p.Primer, p.At = ask.Repo, ask.Number, map[string][]byte{}, c.now()
	folder := c.folder(ask.Repo)
	var out gathered
	errs, err := c.ask(ctx, call{name: "Gather"}, gatherQuery, map[string]any{
		"owner": owner, "name": name, "number": ask.Number, "config": review.ConfigPath, "primer": folder,
		"inherit": ask.Inherit, "settings": "HEAD:" + review.ConfigPath,
	}, &out)
	if err != nil {
		return nil, err
	}
	if out.Repository == nil || out.Repository.PullRequest == nil {
		if err := unfilled(errs, noOrganisation); err != nil {
			return nil, fmt.Errorf("%w; check the name and number, and that the token may read it (contents: read, pull-requests: read)", err)
		}
		return nil, errors.New("there is none; check the name and number")
	}
	if err := unfilled(errs, spared, noOrganisation); err != nil {
		return nil, err
	}
	p.Above = textOf(out.Organisation)
	config, primer := p.fill(&out)

	rows, err := c.files(ctx, p)
	if err != nil {
		return nil, err
	}
	var wants []want
	if p.Base == "" { // the base branch is gone
		p.Base = out.Repository.PullRequest.BaseRefOid
		if err := c.objects(ctx, p, "Config", []want{{p.Base + ":" + review.ConfigPath, func(h *held) { config = h }}}); err != nil {
			return nil, err
		}
		primer, folder = nil, ""
	}
	if config != nil {
		text, why := c.text(ctx, p, config, "")
		if why != "" {
			return nil, fmt.Errorf("read %s: %s", review.ConfigPath, why)
		}
		p.Config = text
	}
	cfg, _ := p.Settings()
	primerPath, elsewhere := tidy(cfg.Primers.Path), cfg.Primers.Repository != ""
	if primerPath != folder && !elsewhere {
		primer = nil
		wants = append(wants, want{p.Base + ":" + primerPath, func(h *held) { primer = h }})
	}
	for _, r := range rows {
		r.content = review.IsContent(cfg, r.Path)
		r.primer = cfg.Primers.Holds(r.Path) && isMarkdown(r.Path)
		if r.Path == review.ConfigPath && p.Config == nil && r.Status != "removed" {
			p.BringsIn = true
		}
	}
	if err := c.texts(ctx, p, rows, wants); err != nil {
		return nil, err
	}
	if elsewhere {
		cmp.Or(ask.Handbook, c).handbook(ctx, p, cfg.Primers)
	} else {
		if err := c.primer(ctx, p, primerPath, primer, 1); err != nil {
			return nil, err
		}
		c.remember(ask.Repo, primerPath)
	}
	if err := c.patches(ctx, p, rows); err != nil {
		return nil, err
	}
	for _, r := range rows {
		p.Files = append(p.Files, r.PullFile)
	}
	if err := c.talk(ctx, p, &out); err != nil {
		return nil, err
	}
	p.may(ask.May, &out)
	return p, nil
}

// spared reports errors that we can do with: how a branch is protected may be for administrators only, and what of it binds all shows in
// refUpdateRule; a file that is not there is none.
func spared(e graphError) bool {
	at := e.at()
	if strings.Contains(at, ".baseRef.target.") {
		return e.Type == "NOT_FOUND"
	}
	return strings.Contains(at, ".baseRef.")
}

// fill takes over what the query answered, and returns configuration and primer of the base.
func (p *pulled) fill(out *gathered) (config, primer *held) {
	q := out.Repository.PullRequest
	p.Me = out.Viewer.Login
	p.URL, p.Open, p.Draft, p.Fork = q.URL, q.State == "OPEN", q.IsDraft, q.IsCrossRepository
	p.Author, p.Bot = q.Author.login(), q.Author.bot()
	p.BaseRef, p.Head, p.FilesTotal, p.compareWith = q.BaseRefName, q.HeadRefOid, q.ChangedFiles, q.BaseRefOid
	for _, l := range q.Labels.Nodes {
		p.Labels = append(p.Labels, l.Name)
	}
	base := q.BaseRef
	if base == nil || base.Target == nil {
		return nil, nil
	}
	// What is in force is what the branch holds now; the base that GitHub notes is from when the head last moved.
	p.Base = base.Target.Oid
	if e := base.Target.Config; e != nil {
		config = e.Object
	}
	if e := base.Target.Primer; e != nil {
		primer = e.Object
	}
	p.MustResolve = base.BranchProtectionRule != nil && base.BranchProtectionRule.RequiresConversationResolution ||
		base.RefUpdateRule != nil && base.RefUpdateRule.RequiresConversationResolution
	if base.Rules != nil {
		for _, r := range base.Rules.Nodes {
			if r.Parameters != nil && r.Parameters.RequiredReviewThreadResolution {
				p.MustResolve = true
			}
		}
	}
	return config, primer
}

// may says what the token may do: what we were told, else what a workflow usually gives. Resolving threads takes contents: write, which
// shows in whether GitHub offers it to us.
func (p *pulled) may(told *review.May, out *gathered) {
	if told != nil {
		p.May = *told
		return
	}
	p.May = review.May{Comment: true, Check: true}
	for _, t := range out.Repository.PullRequest.ReviewThreads.Nodes {
		if t.ViewerCanResolve && !t.IsResolved {
			p.May.Resolve = true
		}
	}
}

// tidy makes a folder's path such as git knows it: "" for the root.
func tidy(folder string) string {
	folder = path.Clean("/" + strings.ReplaceAll(folder, `\`, "/"))
	return strings.TrimPrefix(folder, "/")
}

// folder returns where a repository's primer lay last time, so that the first query finds it there.
func (c *Client) folder(repo string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if folder, ok := c.folders[repo]; ok && folder != "" {
		return folder
	}
	return tidy(review.Default().Primers.Path)
}

func (c *Client) remember(repo, folder string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.folders[repo] = folder
}
