package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/sethvargo/go-githubactions"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/review"
)

// imageVersion is the release that a container image holds. The Dockerfile sets it; elsewhere it is empty.
var imageVersion string

type actionCommand struct{}

func (actionCommand) Help() string {
	return `The container of the GitHub Action runs this. It takes everything from what GitHub's runner sets (INPUT_…, GITHUB_…); ` +
		`action.yml names the inputs, and docs/action.md shows workflows to copy. At a terminal, tellwell review --diff does the same.`
}

func (actionCommand) run(w *world) (status, error) {
	if w.getenv("GITHUB_ACTIONS") != "true" || w.getenv("GITHUB_REPOSITORY") == "" {
		return 0, misuse("tellwell review --diff main...HEAD reviews a branch here", "tellwell action runs inside GitHub Actions only")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, actionDeadline)
	defer cancel()
	return newAction(w).run(ctx), nil
}

// actionDeadline ends a run that GitHub keeps waiting, limits and all. Nobody waits longer for a question.
const actionDeadline = 10 * time.Minute

// An input is what a workflow may give to the Action.
type input struct {
	name   string
	unless string // what it is unless it is given
}

// inputs are what action.yml offers; a test holds it against them.
var inputs = []input{
	{"token", "${{ github.token }}"},
	{"primer-token", ""},
	{"pull-request", ""},
	{"summary-comment", "true"},
	{"fail-on-findings", "false"},
}

// outputs are what later steps may read, as action.yml and docs/action.md have them.
var outputs = []string{"comments", "notes", "posted", "review-url", "json"}

// A forge is what the Action asks of GitHub.
type forge interface {
	Gather(context.Context, github.Ask) (*review.Pull, error)
	Tell(context.Context, *review.Pull, review.Deeds) (github.Told, error)
}

// A runner is GitHub's runner, as go-githubactions speaks to it.
type runner struct{ *githubactions.Action }

// issue gives one workflow command; its data is escaped on the way.
func (r runner) issue(name, message string, properties map[string]string) {
	r.IssueCommand(&githubactions.Command{Name: name, Message: message, Properties: properties})
}

// An action is one run of the Action. Whatever GitHub or a page does to it, it ends well, unless the workflow or the configuration
// asked to fail on findings: no merge waits for us.
type action struct {
	w       *world
	runner  runner
	log     *actionLog
	connect func(token string) (forge, error)
	// handbook connects to the repository that keeps the primer
	handbook func(token string) (*github.Client, error)
	outputs  map[string]string
}

func newAction(w *world) *action {
	log := &actionLog{out: w.stdout}
	a := &action{w: w, log: log, outputs: map[string]string{"comments": "0", "notes": "0", "posted": "false"}}
	a.runner = runner{githubactions.New(githubactions.WithWriter(log), githubactions.WithGetenv(w.getenv))}
	log.commands = a.runner
	a.handbook = func(token string) (*github.Client, error) {
		return github.New(github.Options{
			API: w.getenv("GITHUB_API_URL"), GraphQL: w.getenv("GITHUB_GRAPHQL_URL"), Token: github.StaticToken(token), Now: w.now,
			Log: func(text string) { log.say("GitHub: %s", text) },
		})
	}
	a.connect = func(token string) (forge, error) { return a.handbook(token) }
	return a
}

// run does everything and returns the status to exit with.
func (a *action) run(ctx context.Context) (ended status) {
	defer func() {
		if failed := recover(); failed != nil {
			a.log.group("Where it broke off", strings.Split(string(debug.Stack()), "\n"))
			a.log.warn(fmt.Sprintf("tellwell broke off, and nothing waits for it: %v. Please tell us at https://%s/issues", failed, review.Home))
			ended = reviewed
		}
	}()
	ended, err := a.review(ctx)
	if err != nil {
		a.log.warn("tellwell could not do its work, and nothing waits for it: " + err.Error())
		a.summary("## tellwell\n\nCould not do its work, and nothing waits for it:\n\n" + fenced(err.Error()))
		ended = reviewed
	}
	for _, name := range outputs {
		if err := guarded(func() { a.runner.SetOutput(name, a.log.clean(a.outputs[name])) }); err != nil {
			a.log.warn(fmt.Sprintf("the output %s could not be written: %v", name, err))
		}
	}
	return ended
}

// review gathers, judges and tells. What it can't do is an error, which fails nobody's build.
func (a *action) review(ctx context.Context) (status, error) {
	a.log.say("%s, started by %s", thisTellwell(), a.w.getenv("GITHUB_EVENT_NAME"))
	token := a.runner.GetInput("token")
	if token == "" {
		return 0, errors.New("the input token is empty; leave it out, and the job's own is taken (without action.yml, give token: ${{ github.token }})")
	}
	a.log.hide(token)
	event, err := readEvent(a.w.getenv("GITHUB_EVENT_NAME"), a.w.getenv("GITHUB_EVENT_PATH"))
	if err != nil {
		return 0, err
	}
	edge, err := a.connect(token)
	if err != nil {
		return 0, err
	}
	if event.MergeGroup != nil {
		return reviewed, a.passMergeGroup(ctx, edge, event.MergeGroup.HeadSHA)
	}
	number, idle, err := event.pull(a.runner.GetInput("pull-request"))
	if err != nil {
		return 0, err
	}
	if idle != "" {
		a.log.say("Nothing to do: %s.", idle)
		a.summary("## tellwell\n\nNothing to do: " + idle + ".\n")
		return reviewed, nil
	}

	ask := github.Ask{Repo: a.w.getenv("GITHUB_REPOSITORY"), Number: number, Checkout: a.w.getenv("GITHUB_WORKSPACE")}
	if event.readOnly(ask.Repo, a.w.getenv("GITHUB_ACTOR")) {
		ask.May = &review.May{}
	}
	if other := a.runner.GetInput("primer-token"); other != "" {
		a.log.hide(other)
		if ask.Handbook, err = a.handbook(other); err != nil {
			return 0, err
		}
	}
	pull, err := edge.Gather(ctx, ask)
	if err != nil {
		return 0, err
	}
	request := pull.Request(checks.All)
	request.Judge = learntJudge()
	plan := review.Make(request)
	deeds := review.Live(pull, request.Config, plan)
	if !a.flag("summary-comment", true) {
		deeds.Summary = nil
	}
	a.log.explain(pull, plan, deeds)

	// The job summary and the JSON come before GitHub is told anything, so that nothing computed is lost when telling fails.
	a.summary(deeds.Report)
	a.outputs["json"] = a.writeJSON(plan)
	told, err := edge.Tell(ctx, pull, deeds)
	a.tell(plan, deeds, told, err)
	return a.status(pull, deeds, request.Config), nil
}

// passMergeGroup lets a merge queue go on at once: what there was to ask was asked on the pull requests.
func (a *action) passMergeGroup(ctx context.Context, edge forge, head string) error {
	verdict := review.Verdict{Conclusion: "success", Title: "Nothing waits for tellwell", Summary: "In the merge queue nothing is asked; it was asked on the pull request."}
	a.summary("## tellwell\n\n" + verdict.Summary + "\n")
	a.log.say("The merge queue goes on: what there was to ask was asked on the pull request.")
	pull := &review.Pull{Repo: a.w.getenv("GITHUB_REPOSITORY"), Head: head, May: review.May{Check: true}}
	if _, err := edge.Tell(ctx, pull, review.Deeds{Check: verdict}); err != nil {
		return fmt.Errorf("write the check run of the merge queue: %w; the job itself ends well", err)
	}
	return nil
}

// tell says what came of telling. Questions that neither a comment nor a check run could hold become annotations of this run.
func (a *action) tell(plan *review.Plan, deeds review.Deeds, told github.Told, err error) {
	var notices []review.Notice
	if told.CheckURL == "" && !told.Stale {
		notices = append(notices, deeds.Notices...)
	}
	for _, p := range told.Refused {
		notices = append(notices, review.Notice{
			Path: p.Path, StartLine: p.StartLine, EndLine: p.Line, Title: p.Comment.Check, Message: p.Comment.Message + " " + p.Comment.Question,
		})
	}
	for _, n := range notices[:min(len(notices), mostAnnotations)] {
		a.log.note(n)
	}
	if more := len(notices) - mostAnnotations; more > 0 {
		a.log.say("GitHub shows %d annotations of a step; %d more stand in the job summary.", mostAnnotations, more)
	}

	for _, p := range told.Problems {
		a.log.warn(p.Message)
	}
	switch {
	case err != nil:
		a.log.warn("not all could be told; the job summary has it all: " + err.Error())
	case told.Stale:
		a.log.say("Nothing was told: the pull request's head has moved on, and its own run does the work.")
	}
	a.log.say("Posted %s, edited %d%s.", count(told.Posted, "comment", "comments"), told.Edited, strings.TrimSuffix(": "+told.ReviewURL, ": "))

	a.outputs["comments"] = strconv.Itoa(told.Posted)
	a.outputs["notes"] = strconv.Itoa(notes(plan, deeds, told))
	a.outputs["posted"] = strconv.FormatBool(told.Posted > 0 || told.Edited > 0 || told.SummaryURL != "")
	a.outputs["review-url"] = told.ReviewURL
}

// mostAnnotations is how many annotations of one kind GitHub shows of a step
// (https://docs.github.com/rest/checks/runs; ChecksCreateRequestOutput.md counts them).
const mostAnnotations = 10

// notes counts the questions that are told, and not beside their lines: as annotations, in the summary, or refused as comments.
func notes(plan *review.Plan, deeds review.Deeds, told github.Told) int {
	n := len(deeds.Notices) + len(told.Refused)
	for _, page := range plan.Pages {
		for _, c := range page.Findings {
			if c.Place == review.Summary {
				n++
			}
		}
	}
	return n
}

// flag reads an input that is true or false.
func (a *action) flag(name string, unless bool) bool {
	given := a.runner.GetInput(name)
	switch strings.ToLower(given) {
	case "":
		return unless
	case "true":
		return true
	case "false":
		return false
	}
	a.log.warn(fmt.Sprintf("the input %s is %q; write true or false. %t is taken", name, given, unless))
	return unless
}

// status is what the step ends with: well, unless the workflow or the configuration asked to fail while questions stand open.
func (a *action) status(pull *review.Pull, deeds review.Deeds, config *review.Config) status {
	open := deeds.Open(pull)
	if !a.flag("fail-on-findings", false) {
		open = slices.DeleteFunc(open, func(c review.Comment) bool { return !spoke(c, config.FailOn) })
	}
	if len(open) == 0 {
		return reviewed
	}
	a.log.warn(count(len(open), "question stands", "questions stand") + " open, and this repository asked to fail on that. " +
		"👎, Resolve conversation, or “tellwell: skip, because …” closes one")
	return findings
}

// summary adds to the job summary. A summary that can't be written is told in the log, and the rest goes on.
func (a *action) summary(markdown string) {
	if a.w.getenv("GITHUB_STEP_SUMMARY") == "" {
		return
	}
	if err := guarded(func() { a.runner.AddStepSummary(cutSummary(a.log.clean(markdown))) }); err != nil {
		a.log.warn("the job summary could not be written: " + err.Error())
	}
}

// writeJSON writes the whole review into the workspace and returns its path from there; empty when it could not be written.
func (a *action) writeJSON(plan *review.Plan) string {
	workspace := a.w.getenv("GITHUB_WORKSPACE")
	if workspace == "" {
		return ""
	}
	if err := writeReview(workspace, plan); err != nil {
		a.log.warn("the review as JSON: " + err.Error())
		return ""
	}
	return reviewFile
}

// guarded returns the panic of work as an error: go-githubactions panics when it can't write.
func guarded(work func()) (err error) {
	defer func() {
		if failed := recover(); failed != nil {
			err = fmt.Errorf("%v", failed)
		}
	}()
	work()
	return nil
}

// thisTellwell names the program in the log.
func thisTellwell() string {
	if imageVersion != "" {
		return "tellwell " + imageVersion
	}
	info, _ := debug.ReadBuildInfo()
	return versionLine(info)
}
