package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// An event is what started the workflow, as far as the Action wants to know it
// (https://docs.github.com/webhooks/webhook-events-and-payloads). What the payload says is data; nothing of it is executed.
type event struct {
	name   string
	Action string `json:"action"`

	PullRequest *struct {
		Number int    `json:"number"`
		State  string `json:"state"`
		Head   struct {
			Repo *struct {
				FullName string `json:"full_name"`
			} `json:"repo"` // nil when the fork is gone
		} `json:"head"`
	} `json:"pull_request"`
	Issue *struct {
		Number      int       `json:"number"`
		State       string    `json:"state"`
		PullRequest *struct{} `json:"pull_request"` // nil for an issue
	} `json:"issue"`
	Comment *struct {
		Body string `json:"body"`
	} `json:"comment"`
	Repository *struct {
		Private bool `json:"private"`
	} `json:"repository"`
	MergeGroup *struct {
		HeadSHA string `json:"head_sha"`
	} `json:"merge_group"`
}

// readEvent reads the payload that the runner left in a file. Without a file the event has a name and nothing else.
func readEvent(name, file string) (*event, error) {
	e := &event{name: name}
	if file == "" {
		return e, nil
	}
	payload, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return e, nil
	case err != nil:
		return nil, fmt.Errorf("read the event %s: %w", file, bare(err))
	}
	if err := json.Unmarshal(payload, e); err != nil {
		return nil, fmt.Errorf("read the event %s: it is not the JSON that GitHub sends for %s: %w", file, name, err)
	}
	return e, nil
}

// pull returns the number of the pull request that the event is about. Where there is nothing to do, idle says why, and the number
// is 0. A number that the workflow gives comes first.
func (e *event) pull(given string) (number int, idle string, err error) {
	if given != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(given, "#"))
		if err != nil || n <= 0 {
			return 0, "", fmt.Errorf("pull-request: %q is no number of a pull request; write it as 12", given)
		}
		return n, "", nil
	}
	switch {
	case e.PullRequest != nil && e.PullRequest.State == "closed":
		return 0, fmt.Sprintf("pull request #%d is closed, and what was said there stays as it is", e.PullRequest.Number), nil
	case e.Comment != nil && !e.commands():
		return 0, "the comment says nothing to tellwell (a line that begins with “tellwell:” would)", nil
	case e.PullRequest != nil:
		return e.PullRequest.Number, "", nil
	case e.Issue != nil && e.Issue.PullRequest == nil:
		return 0, fmt.Sprintf("#%d is an issue and no pull request", e.Issue.Number), nil
	case e.Issue != nil && e.Issue.State == "closed":
		return 0, fmt.Sprintf("pull request #%d is closed, and what was said there stays as it is", e.Issue.Number), nil
	case e.Issue != nil:
		return e.Issue.Number, "", nil
	}
	return 0, fmt.Sprintf("the event %s belongs to no pull request; give its number as the input pull-request", e.name), nil
}

// commands reports whether the comment could hold a command: created or edited, and with our name and a colon. Whether it is one, and
// from somebody who may give it, is decided on the pull request.
func (e *event) commands() bool {
	return (e.Action == "created" || e.Action == "edited") && strings.Contains(strings.ToLower(e.Comment.Body), "tellwell:")
}

// readOnly reports whether a run of this event may only read, whatever its permissions say: runs of pull_request and of comments on
// lines get a token that reads when the pull request comes from a fork, or when Dependabot started them
// (https://docs.github.com/actions/reference/security/securely-using-pull_request_target). A private repository may be set to give a fork's
// runs a token that writes; there it is tried, and what GitHub refuses becomes an annotation all the same.
func (e *event) readOnly(repo, actor string) bool {
	if e.name != "pull_request" && e.name != "pull_request_review" && e.name != "pull_request_review_comment" {
		return false
	}
	fork := e.PullRequest != nil && (e.PullRequest.Head.Repo == nil || !strings.EqualFold(e.PullRequest.Head.Repo.FullName, repo))
	if fork && e.Repository != nil && e.Repository.Private {
		fork = false
	}
	return fork || actor == "dependabot[bot]"
}
