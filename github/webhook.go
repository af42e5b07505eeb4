package github

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	gogithub "github.com/google/go-github/v60/github"

	"github.com/example-org/tellwell/review"
)

// MostPayload is how large a delivery may be; GitHub sends none that is larger (webhook-events-and-payloads.md).
const MostPayload = 25 << 20

// Verify reports whether one of the secrets signed a delivery, by X-Hub-Signature-256 alone and in constant time. The older signature by
// SHA-1 is not taken.
func Verify(body []byte, signature string, secrets []string) error {
	if !strings.HasPrefix(signature, "sha256=") {
		return errors.New("there is no X-Hub-Signature-256; set a secret for the webhook in the App's settings")
	}
	ok := false
	for _, secret := range secrets {
		if secret != "" && gogithub.ValidateSignature(signature, body, []byte(secret)) == nil {
			ok = true
		}
	}
	if !ok {
		return errors.New("X-Hub-Signature-256 is not by our secret; it must be the same here and in the App's settings")
	}
	return nil
}

// A Delivery is what a webhook tells, as far as tellwell wants to know it.
type Delivery struct {
	ID, Event, Action string

	Installation Installation // zero where the event has none
	Gone         bool         // the App was uninstalled there
	Repo         Repository   // zero where the event has none
	Added        []Repository // to the installation
	Removed      []Repository // from the installation
	RepoGone     bool         // the repository was deleted
	Look         bool         // the repository's settings may have changed
	LookAll      bool         // the organisation's settings may have changed

	Pulls  []Head // pull requests to review
	Closed int    // number of one that was closed
	Group  string // head of a merge group that waits for our check
}

// asks are the actions of pull_request after which there is something to say, or somebody wants to hear it.
var asks = []string{"opened", "reopened", "synchronize", "ready_for_review", "edited", "labeled", "unlabeled", "converted_to_draft"}

type payload struct {
	Action       string `json:"action"`
	Installation *struct {
		ID      int64 `json:"id"`
		Account *struct {
			Login string `json:"login"`
			Type  string `json:"type"`
		} `json:"account"`
		SuspendedAt *string `json:"suspended_at"`
	} `json:"installation"`
	Repository *repositoryPayload `json:"repository"`
	Owner      *struct {
		Login string `json:"login"`
	} `json:"organization"`
	Repositories        []repositoryPayload `json:"repositories"`
	RepositoriesAdded   []repositoryPayload `json:"repositories_added"`
	RepositoriesRemoved []repositoryPayload `json:"repositories_removed"`
	PullRequest         *struct {
		Number int    `json:"number"`
		State  string `json:"state"`
		Head   struct {
			SHA string `json:"sha"`
		} `json:"head"`
	} `json:"pull_request"`
	Issue *struct {
		Number      int       `json:"number"`
		State       string    `json:"state"`
		PullRequest *struct{} `json:"pull_request"`
	} `json:"issue"`
	Comment *struct {
		Body string `json:"body"`
	} `json:"comment"`
	Sender *struct {
		Type string `json:"type"`
	} `json:"sender"`
	MergeGroup *struct {
		HeadSHA string `json:"head_sha"`
	} `json:"merge_group"`
	CheckRun   *checkPayload `json:"check_run"`
	CheckSuite *checkPayload `json:"check_suite"`
	Ref        string        `json:"ref"`
	Commits    []struct {
		Added, Modified, Removed []string
	} `json:"commits"`
}

type checkPayload struct {
	Name         string `json:"name"`
	HeadSHA      string `json:"head_sha"`
	PullRequests []struct {
		Number int `json:"number"`
		Head   struct {
			SHA string `json:"sha"`
		} `json:"head"`
	} `json:"pull_requests"`
}

type repositoryPayload struct {
	ID            int64  `json:"id"`
	FullName      string `json:"full_name"`
	Archived      bool   `json:"archived"`
	DefaultBranch string `json:"default_branch"`
}

func (r repositoryPayload) plain() Repository { return Repository{r.ID, r.FullName, r.Archived} }

// ReadDelivery reads a delivery whose signature was found good. An event that tellwell has no use for is a Delivery without anything to
// do; an error says that the body is not what GitHub sends.
func ReadDelivery(id, event string, body []byte) (Delivery, error) {
	d := Delivery{ID: id, Event: event}
	var p payload
	if err := json.Unmarshal(body, &p); err != nil {
		return d, fmt.Errorf("the delivery %s of %s is not the JSON that GitHub sends: %w; the webhook's content type must be application/json", id, event, err)
	}
	d.Action = p.Action
	if p.Installation != nil {
		d.Installation.ID = p.Installation.ID
		if a := p.Installation.Account; a != nil {
			d.Installation.Account, d.Installation.Kind = a.Login, a.Type
		}
		d.Installation.Suspended = p.Installation.SuspendedAt != nil
	}
	if p.Repository != nil {
		d.Repo = p.Repository.plain()
	}
	if d.Installation.Account == "" && p.Owner != nil {
		d.Installation.Account, d.Installation.Kind = p.Owner.Login, "Organization"
	}
	spoken := p.Comment != nil && slices.Contains([]string{"created", "edited"}, p.Action) && strings.Contains(strings.ToLower(p.Comment.Body), "tellwell:") &&
		(p.Sender == nil || p.Sender.Type != "Bot")
	switch event {
	case "installation":
		d.Gone = p.Action == "deleted"
		d.Added = plainly(p.Repositories)
	case "installation_repositories":
		d.Added, d.Removed = plainly(p.RepositoriesAdded), plainly(p.RepositoriesRemoved)
	case "repository":
		d.RepoGone = p.Action == "deleted" || p.Action == "archived"
		d.Look = !d.RepoGone
	case "push":
		if p.Repository != nil && p.Ref == "refs/heads/"+p.Repository.DefaultBranch && p.touches(review.ConfigPath) {
			d.Look = true
			d.LookAll = strings.HasSuffix(p.Repository.FullName, "/.github")
		}
	case "pull_request":
		switch {
		case p.PullRequest == nil:
		case p.Action == "closed":
			d.Closed = p.PullRequest.Number
		case slices.Contains(asks, p.Action) && p.PullRequest.State != "closed":
			d.Pulls = []Head{{p.PullRequest.Number, p.PullRequest.Head.SHA}}
		}
	case "issue_comment":
		if spoken && p.Issue != nil && p.Issue.PullRequest != nil && p.Issue.State != "closed" {
			d.Pulls = []Head{{Number: p.Issue.Number}}
		}
	case "pull_request_review_comment":
		if spoken && p.PullRequest != nil && p.PullRequest.State != "closed" {
			d.Pulls = []Head{{p.PullRequest.Number, p.PullRequest.Head.SHA}}
		}
	case "merge_group":
		if p.Action == "checks_requested" && p.MergeGroup != nil {
			d.Group = p.MergeGroup.HeadSHA
		}
	case "check_run", "check_suite":
		run := p.CheckRun
		if run == nil {
			run = p.CheckSuite
		}
		if p.Action == "rerequested" && run != nil && (event == "check_suite" || run.Name == CheckName) {
			for _, q := range run.PullRequests {
				d.Pulls = append(d.Pulls, Head{q.Number, q.Head.SHA})
			}
			if len(run.PullRequests) == 0 { // of a fork: whichever stands at that commit
				d.Pulls = []Head{{0, run.HeadSHA}}
			}
		}
	}
	if d.Installation.ID == 0 || d.Repo.ID == 0 {
		d.Pulls, d.Closed, d.Group, d.Look, d.LookAll = nil, 0, "", false, false
	}
	return d, nil
}

// Idle reports whether there is nothing to do after a delivery.
func (d Delivery) Idle() bool {
	return len(d.Pulls) == 0 && d.Closed == 0 && d.Group == "" && !d.Look && !d.RepoGone && !d.Gone && len(d.Added) == 0 && len(d.Removed) == 0 &&
		d.Event != "installation"
}

func plainly(list []repositoryPayload) []Repository {
	var out []Repository
	for _, r := range list {
		out = append(out, r.plain())
	}
	return out
}

// touches reports whether a push changed a file. GitHub lists the files of 2,048 commits at most; of a push without any, nobody knows.
func (p *payload) touches(path string) bool {
	if len(p.Commits) == 0 {
		return true
	}
	for _, c := range p.Commits {
		if slices.Contains(c.Added, path) || slices.Contains(c.Modified, path) || slices.Contains(c.Removed, path) {
			return true
		}
	}
	return false
}
