package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

const actionToken = "ghs_s3cretS3cretS3cret"

// A fakeForge gathers what it was given and remembers what it was told.
type fakeForge struct {
	pull  *review.Pull
	wrong error // of Gather
	deaf  error // of Tell
	told  github.Told

	asked []github.Ask
	deeds []review.Deeds
	pulls []*review.Pull
}

func (f *fakeForge) Gather(_ context.Context, ask github.Ask) (*review.Pull, error) {
	f.asked = append(f.asked, ask)
	if f.wrong != nil {
		return nil, f.wrong
	}
	pull := *f.pull
	if ask.May != nil {
		pull.May = *ask.May
	}
	return &pull, nil
}

func (f *fakeForge) Tell(_ context.Context, pull *review.Pull, deeds review.Deeds) (github.Told, error) {
	f.pulls = append(f.pulls, pull)
	f.deeds = append(f.deeds, deeds)
	return f.told, f.deaf
}

// A ran is what one run of the Action left behind.
type ran struct {
	status    status
	log       string
	summary   string
	outputs   map[string]string
	workspace string
}

// runAction runs the Action as GitHub's runner would: an event, inputs, and the files that the runner reads afterwards.
func runAction(t *testing.T, edge forge, name, payload string, env ...string) ran {
	t.Helper()
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(file("event.json"), []byte(payload), 0o644); err != nil {
		t.Fatal(err)
	}
	workspace := file("workspace")
	if err := os.Mkdir(workspace, 0o755); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := &world{dir: dir, stdout: &out, stderr: &out, environ: append([]string{
		"GITHUB_ACTIONS=true", "GITHUB_REPOSITORY=larkfold/site", "GITHUB_EVENT_NAME=" + name, "GITHUB_EVENT_PATH=" + file("event.json"),
		"GITHUB_WORKSPACE=" + workspace, "GITHUB_OUTPUT=" + file("output"), "GITHUB_STEP_SUMMARY=" + file("summary"),
		"GITHUB_SERVER_URL=https://github.com", "INPUT_TOKEN=" + actionToken,
	}, env...)}
	a := newAction(w)
	if edge != nil {
		a.connect = func(string) (forge, error) { return edge, nil }
	}
	got := ran{status: a.run(t.Context()), log: out.String(), outputs: map[string]string{}, workspace: workspace}
	if src, err := os.ReadFile(file("summary")); err == nil {
		got.summary = string(src)
	}
	src, _ := os.ReadFile(file("output")) // none when the run ended before
	for _, m := range regexp.MustCompile(`(?m)^(\S+)<<(\S+)\n(.*)\n(\S+)$`).FindAllStringSubmatch(string(src), -1) {
		got.outputs[m[1]] = m[3]
	}
	return got
}

// aPull is a pull request with one page that there is something to ask about.
func aPull(t *testing.T) *review.Pull {
	t.Helper()
	text := "# Meet Relay 4\n\nWe are thrilled to announce Relay 4, our most powerful release yet. Relay 4 is a game-changing solution that leverages best-in-class technology.\n\n" +
		"Our innovative platform empowers organisations to unlock value. We are proud of our award-winning, industry-leading team.\n"
	lines := strings.Count(text, "\n")
	return &review.Pull{
		Repo: "larkfold/site", Number: 7, Author: "lena", Open: true, BaseRef: "main", Base: strings.Repeat("b", 40), Head: strings.Repeat("a", 40),
		Me: "github-actions[bot]", May: review.May{Comment: true, Check: true}, FilesTotal: 1, Config: []byte("version: 1\n"),
		Files: []review.PullFile{{
			Path: "blog/relay.md", Status: "added", Text: []byte(text),
			Change: &review.Change{New: true, Added: []review.LineRange{{First: 1, Last: lines}}},
			Hunks:  []review.LineRange{{First: 1, Last: lines}},
		}},
	}
}

func pullEvent(state, headRepo string) string {
	return fmt.Sprintf(`{"action":"opened","pull_request":{"number":7,"state":%q,"head":{"repo":{"full_name":%q}}}}`, state, headRepo)
}

func TestActionPostsAndTells(t *testing.T) {
	edge := &fakeForge{pull: aPull(t), told: github.Told{Posted: 2, ReviewURL: "https://github.com/larkfold/site/pull/7#pullrequestreview-1", CheckURL: "https://github.com/c"}}
	got := runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"))
	if got.status != reviewed || len(edge.deeds) != 1 || len(edge.deeds[0].Posts) == 0 {
		t.Fatalf("ended with %d and told %d times:\n%s", got.status, len(edge.deeds), got.log)
	}
	if edge.asked[0].Number != 7 || edge.asked[0].Repo != "larkfold/site" || edge.asked[0].May != nil {
		t.Errorf("asked for %+v", edge.asked[0])
	}
	for name, want := range map[string]string{
		"comments": "2", "posted": "true", "review-url": "https://github.com/larkfold/site/pull/7#pullrequestreview-1", "json": reviewFile,
	} {
		if got.outputs[name] != want {
			t.Errorf("output %s is %q, not %q", name, got.outputs[name], want)
		}
	}
	if !strings.Contains(got.summary, "blog/relay.md") {
		t.Errorf("the job summary does not tell of the page:\n%s", got.summary)
	}
	src, err := os.ReadFile(filepath.Join(got.workspace, got.outputs["json"]))
	if err != nil {
		t.Fatal(err)
	}
	validPlan(t, string(src))
	for _, want := range []string{"blog/relay.md", "What was read", "posted", "Posted 2 comments"} {
		if !strings.Contains(got.log, want) {
			t.Errorf("the log does not say %q:\n%s", want, got.log)
		}
	}
	if strings.Contains(got.log, "::notice") {
		t.Errorf("annotations beside comments:\n%s", got.log)
	}
}

// Every output has a value after every run, so that no later step meets one that is missing.
func TestActionAlwaysHasOutputs(t *testing.T) {
	for name, edge := range map[string]*fakeForge{
		"all is well":      {pull: aPull(t)},
		"nothing is read":  {wrong: errors.New("read pull request larkfold/site#7: 404")},
		"nothing is heard": {pull: aPull(t), deaf: errors.New("tell pull request larkfold/site#7: 502")},
	} {
		got := runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"))
		for _, output := range outputs {
			if _, ok := got.outputs[output]; !ok {
				t.Errorf("%s: no output %s", name, output)
			}
		}
		if got.status != reviewed {
			t.Errorf("%s: ended with %d", name, got.status)
		}
	}
}

// What was found is in the job summary before GitHub is told anything, and stays there when telling fails.
func TestActionLosesNothing(t *testing.T) {
	edge := &fakeForge{pull: aPull(t), deaf: errors.New("GitHub is away until 12:00")}
	got := runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"))
	if got.status != reviewed || !strings.Contains(got.summary, "Our innovative platform") || !strings.Contains(got.log, "::warning title=tellwell::not all could be told") {
		t.Errorf("ended with %d\n%s\n%s", got.status, got.log, got.summary)
	}
	if got.outputs["comments"] != "0" || got.outputs["json"] == "" {
		t.Errorf("outputs: %v", got.outputs)
	}
}

func TestActionOfAForkAnnotates(t *testing.T) {
	for name, event := range map[string]string{"a fork": pullEvent("open", "somebody/site"), "a fork that is gone": `{"pull_request":{"number":7,"state":"open","head":{"repo":null}}}`} {
		edge := &fakeForge{pull: aPull(t)}
		edge.pull.Fork = true
		got := runAction(t, edge, "pull_request", event)
		if got.status != reviewed || len(edge.deeds) != 1 || len(edge.deeds[0].Posts) != 0 {
			t.Fatalf("%s: ended with %d, %d posts", name, got.status, len(edge.deeds[0].Posts))
		}
		if !strings.Contains(got.log, "::notice endLine=") || !strings.Contains(got.log, "file=blog/relay.md") {
			t.Errorf("%s: no annotation:\n%s", name, got.log)
		}
		if !strings.Contains(got.log, "fork") {
			t.Errorf("%s: nobody is told why there is no comment:\n%s", name, got.log)
		}
	}
	edge := &fakeForge{pull: aPull(t)}
	if runAction(t, edge, "pull_request_target", pullEvent("open", "somebody/site")); edge.asked[0].May != nil {
		t.Error("pull_request_target may write, fork or not")
	}
	if runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"), "GITHUB_ACTOR=dependabot[bot]"); edge.asked[1].May == nil {
		t.Error("Dependabot's token may only read")
	}
	private := strings.Replace(pullEvent("open", "somebody/site"), "{", `{"repository":{"private":true},`, 1)
	if runAction(t, edge, "pull_request", private); edge.asked[2].May != nil {
		t.Error("a private repository may let its forks write; it is tried")
	}
	if runAction(t, edge, "pull_request", private, "GITHUB_ACTOR=dependabot[bot]"); edge.asked[3].May == nil {
		t.Error("Dependabot's token may only read, in a private repository too")
	}
}

// What GitHub refused as a comment is an annotation, with one warning that names the permission.
func TestActionWithoutPermission(t *testing.T) {
	pull := aPull(t)
	post := review.Post{Path: "blog/relay.md", StartLine: 3, Line: 3, Comment: review.Comment{Check: "label-headline", Message: "A reader meets a label.", Question: "Who?"}}
	edge := &fakeForge{pull: pull, told: github.Told{Refused: []review.Post{post}, Problems: []review.Problem{{Message: "the token may not comment: add “pull-requests: write”"}}}}
	got := runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"))
	for _, want := range []string{"::warning title=tellwell::the token may not comment", "::notice endLine=3,file=blog/relay.md,line=3,title=tellwell%3A label-headline::A reader meets a label. Who?"} {
		if !strings.Contains(got.log, want) {
			t.Errorf("the log lacks %s:\n%s", want, got.log)
		}
	}
}

func TestActionShowsAtMostTenAnnotations(t *testing.T) {
	var told github.Told
	for i := range 13 {
		told.Refused = append(told.Refused, review.Post{Path: "a.md", StartLine: i + 1, Line: i + 1, Comment: review.Comment{Check: "c", Message: "m"}})
	}
	edge := &fakeForge{pull: aPull(t), told: told}
	got := runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"))
	if n := strings.Count(got.log, "::notice"); n != mostAnnotations {
		t.Errorf("%d annotations", n)
	}
	if !strings.Contains(got.log, "3 more stand in the job summary") {
		t.Errorf("nobody is told of the rest:\n%s", got.log)
	}
}

func TestActionHasNothingToDo(t *testing.T) {
	for _, c := range []struct{ name, event, payload, want string }{
		{"closed", "pull_request", pullEvent("closed", "larkfold/site"), "#7 is closed"},
		{"an issue", "issue_comment", `{"action":"created","issue":{"number":3,"state":"open"},"comment":{"body":"tellwell: review"}}`, "#3 is an issue"},
		{"a comment for others", "issue_comment", `{"action":"created","issue":{"number":7,"pull_request":{}},"comment":{"body":"nice"}}`, "says nothing to tellwell"},
		{"a comment taken back", "issue_comment", `{"action":"deleted","issue":{"number":7,"pull_request":{}},"comment":{"body":"tellwell: stop"}}`, "says nothing to tellwell"},
		{"a closed one is spoken to", "issue_comment", `{"action":"created","issue":{"number":7,"state":"closed","pull_request":{}},"comment":{"body":"tellwell: why"}}`, "#7 is closed"},
		{"a push", "push", `{"ref":"refs/heads/main"}`, "push belongs to no pull request"},
		{"by hand, no number", "workflow_dispatch", `{}`, "pull-request"},
	} {
		edge := &fakeForge{pull: aPull(t)}
		got := runAction(t, edge, c.event, c.payload)
		if got.status != reviewed || len(edge.asked)+len(edge.deeds) != 0 {
			t.Errorf("%s: ended with %d, %d requests", c.name, got.status, len(edge.asked)+len(edge.deeds))
		}
		if !strings.Contains(got.log, c.want) || !strings.Contains(got.summary, c.want) {
			t.Errorf("%s: %q is not told:\n%s\n%s", c.name, c.want, got.log, got.summary)
		}
	}
}

func TestActionHearsComments(t *testing.T) {
	for event, payload := range map[string]string{
		"issue_comment":               `{"action":"created","issue":{"number":7,"state":"open","pull_request":{}},"comment":{"body":"Hm.\nTellwell: review"}}`,
		"pull_request_review_comment": `{"action":"created","pull_request":{"number":7,"state":"open","head":{"repo":{"full_name":"Larkfold/site"}}},"comment":{"body":"tellwell: why"}}`,
	} {
		edge := &fakeForge{pull: aPull(t)}
		if runAction(t, edge, event, payload); len(edge.asked) != 1 || edge.asked[0].Number != 7 || edge.asked[0].May != nil {
			t.Errorf("%s: asked for %+v", event, edge.asked)
		}
	}
}

func TestActionTakesAGivenNumber(t *testing.T) {
	for given, want := range map[string]int{"12": 12, "#12": 12, "0": 0, "-3": 0, "twelve": 0} {
		edge := &fakeForge{pull: aPull(t)}
		got := runAction(t, edge, "workflow_dispatch", `{"inputs":{}}`, "INPUT_PULL-REQUEST="+given)
		switch {
		case want == 0 && (len(edge.asked) != 0 || !strings.Contains(got.log, "is no number of a pull request")):
			t.Errorf("%q was taken: %v\n%s", given, edge.asked, got.log)
		case want != 0 && (len(edge.asked) != 1 || edge.asked[0].Number != want):
			t.Errorf("%q was read as %+v", given, edge.asked)
		}
	}
}

func TestActionLetsTheMergeQueueGoOn(t *testing.T) {
	edge := &fakeForge{}
	got := runAction(t, edge, "merge_group", `{"action":"checks_requested","merge_group":{"head_sha":"abc"}}`)
	if got.status != reviewed || len(edge.asked) != 0 || len(edge.deeds) != 1 {
		t.Fatalf("ended with %d, %d gathered, %d told", got.status, len(edge.asked), len(edge.deeds))
	}
	if d := edge.deeds[0]; d.Check.Conclusion != "success" || edge.pulls[0].Head != "abc" || edge.pulls[0].May.Comment {
		t.Errorf("told %+v at %q", d.Check, edge.pulls[0].Head)
	}
	edge.deaf = errors.New("403")
	if got := runAction(t, edge, "merge_group", `{"merge_group":{"head_sha":"abc"}}`); got.status != reviewed {
		t.Errorf("a merge queue waits for us: %d", got.status)
	}
}

// The step fails only where it was asked to, and only while a question stands open.
func TestActionFailsOnlyWhenAsked(t *testing.T) {
	standing := func(change func(*review.Thread)) *review.Pull {
		pull := aPull(t)
		pull.Draft = true // so that nothing new is asked
		body := "Who?\n<!-- tellwell:1 label-headline 0123456789ab-1 -->"
		thread := review.Thread{ID: "T", Path: "blog/relay.md", Line: 1, Notes: []review.Note{{ID: "N", Author: "github-actions[bot]", Bot: true, Body: body}}}
		change(&thread)
		pull.Threads = []review.Thread{thread}
		return pull
	}
	none := func(*review.Thread) {}
	failOn := func(pull *review.Pull, config string) *review.Pull { pull.Config = []byte(config); return pull }
	for _, c := range []struct {
		name string
		pull *review.Pull
		env  []string
		want status
	}{
		{"not asked", aPull(t), nil, reviewed},
		{"asked", aPull(t), []string{"INPUT_FAIL-ON-FINDINGS=true"}, findings},
		{"asked in capitals", aPull(t), []string{"INPUT_FAIL-ON-FINDINGS=TRUE"}, findings},
		{"not understood", aPull(t), []string{"INPUT_FAIL-ON-FINDINGS=ja"}, reviewed},
		{"standing", standing(none), []string{"INPUT_FAIL-ON-FINDINGS=true"}, findings},
		{"resolved", standing(func(t *review.Thread) { t.Resolved = true }), []string{"INPUT_FAIL-ON-FINDINGS=true"}, reviewed},
		{"answered", standing(func(t *review.Thread) { t.Notes = append(t.Notes, review.Note{Author: "lena", Body: "Mira did."}) }), []string{"INPUT_FAIL-ON-FINDINGS=true"}, reviewed},
		{"waved off", standing(func(t *review.Thread) { t.Notes[0].Down = 1 }), []string{"INPUT_FAIL-ON-FINDINGS=true"}, reviewed},
		{"mended", standing(func(t *review.Thread) { t.Notes[0].Minimised = true }), []string{"INPUT_FAIL-ON-FINDINGS=true"}, reviewed},
		{"pasted by somebody", standing(func(t *review.Thread) { t.Notes[0].Author = "eve" }), []string{"INPUT_FAIL-ON-FINDINGS=true"}, reviewed},
		{"of a check that fails", failOn(standing(none), "version: 1\nfail_on: [label-headline]\n"), nil, findings},
		{"of another check", failOn(standing(none), "version: 1\nfail_on: [missing-stakes]\n"), nil, reviewed},
	} {
		if got := runAction(t, &fakeForge{pull: c.pull}, "pull_request", pullEvent("open", "larkfold/site"), c.env...); got.status != c.want {
			t.Errorf("%s: ended with %d, not %d\n%s", c.name, got.status, c.want, got.log)
		}
	}
}

func TestActionWithoutSummaryComment(t *testing.T) {
	pull := aPull(t)
	pull.BringsIn = true // told in the summary comment
	for given, want := range map[string]bool{"true": true, "": true, "false": false} {
		edge := &fakeForge{pull: pull}
		runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"), "INPUT_SUMMARY-COMMENT="+given)
		if got := edge.deeds[0].Summary != nil; got != want {
			t.Errorf("summary-comment %q: %t", given, got)
		}
	}
}

// Whatever breaks inside, no merge waits for it.
func TestActionBreaksWell(t *testing.T) {
	got := runAction(t, &fakeForge{}, "pull_request", pullEvent("open", "larkfold/site")) // a forge that panics
	if got.status != reviewed || !strings.Contains(got.log, "::warning title=tellwell::tellwell broke off") {
		t.Errorf("ended with %d:\n%s", got.status, got.log)
	}
	for name, env := range map[string][]string{
		"no token":            {"INPUT_TOKEN="},
		"no event":            {"GITHUB_EVENT_PATH=/nowhere/event.json"},
		"no files to write":   {"GITHUB_OUTPUT=/nowhere/o", "GITHUB_STEP_SUMMARY=/nowhere/s", "GITHUB_WORKSPACE=/nowhere"},
		"no files named":      {"GITHUB_OUTPUT=", "GITHUB_STEP_SUMMARY=", "GITHUB_WORKSPACE="},
		"an address of none":  {"GITHUB_API_URL=::"},
		"an event of no kind": {"GITHUB_EVENT_NAME=", "GITHUB_EVENT_PATH="},
	} {
		var edge forge = &fakeForge{pull: aPull(t)}
		if name == "an address of none" {
			edge = nil
		}
		if got := runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"), env...); got.status != reviewed {
			t.Errorf("%s: ended with %d:\n%s", name, got.status, got.log)
		}
	}
	if got := runAction(t, nil, "pull_request", `{"pull_request":`); got.status != reviewed || !strings.Contains(got.log, "it is not the JSON") {
		t.Errorf("a torn event ended with %d:\n%s", got.status, got.log)
	}
}

func TestActionAtATerminal(t *testing.T) {
	got := tellwell(t.TempDir(), "action")
	if os.Getenv("GITHUB_ACTIONS") == "true" {
		t.Skip("this is no terminal")
	}
	if got.status != misused || !strings.Contains(got.err, "review --diff") {
		t.Errorf("ended with %d: %s", got.status, got.err)
	}
}

// The token is masked once, and written nowhere else, not even where GitHub answers with it.
func TestActionHidesTheToken(t *testing.T) {
	for name, edge := range map[string]*fakeForge{
		"gathering": {wrong: errors.New("Bad credentials: " + actionToken)},
		"telling":   {pull: aPull(t), deaf: errors.New("Bad credentials: " + actionToken), told: github.Told{ReviewURL: "https://x/" + actionToken}},
	} {
		got := runAction(t, edge, "pull_request", pullEvent("open", "larkfold/site"))
		mask := "::add-mask::" + actionToken + "\n"
		if !strings.HasPrefix(got.log[strings.Index(got.log, "\n")+1:], mask) {
			t.Errorf("%s: the token is not masked before anything else:\n%s", name, got.log)
		}
		rest := strings.Replace(got.log, mask, "", 1) + got.summary + fmt.Sprint(got.outputs)
		if strings.Contains(rest, actionToken) {
			t.Errorf("%s: the token is told:\n%s", name, rest)
		}
	}
}

func TestCutSummary(t *testing.T) {
	if got := cutSummary("short\n"); got != "short\n" {
		t.Errorf("a short summary became %q", got)
	}
	for _, line := range []string{"é", "a line of its own\n", "é\xff"} {
		got := cutSummary(strings.Repeat(line, (1<<20)/len(line)+10))
		if len(got)+1 > mostSummary || !utf8.ValidString(got) || !strings.HasSuffix(got, summaryCut) {
			t.Errorf("%q: %d bytes, ends in %q", line, len(got), got[len(got)-20:])
		}
		if strings.HasSuffix(line, "\n") && !strings.HasSuffix(strings.TrimSuffix(got, summaryCut), "own") {
			t.Errorf("a line was cut: %q", got[len(got)-200:])
		}
	}
}

// A pull request may have brought a link of our file's name, to where a step's environment is set.
func TestWriteReviewFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	workspace, elsewhere := filepath.Join(dir, "workspace"), filepath.Join(dir, "set_env")
	if err := os.Mkdir(workspace, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(elsewhere, []byte("untouched"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(workspace, reviewFile)); err != nil {
		t.Skip("no links here: " + err.Error())
	}
	if err := writeReview(workspace, &review.Plan{Schema: 1}); err != nil {
		t.Fatal(err)
	}
	if src, err := os.ReadFile(elsewhere); err != nil || string(src) != "untouched" {
		t.Errorf("written through the link: %q, %v", src, err)
	}
	src, err := os.ReadFile(filepath.Join(workspace, reviewFile))
	if err != nil || !json.Valid(src) {
		t.Errorf("the review is %q, %v", src, err)
	}
	if err := writeReview(workspace, &review.Plan{Schema: 1}); err != nil {
		t.Errorf("a second run in the same job: %v", err)
	}
}

// commandsIn returns the workflow commands that GitHub's runner would execute in a log: both forms, with characters that nobody sees
// skipped, since the runner's searches skip them; and no line between stop-commands and its token.
func commandsIn(log string) []string {
	var found []string
	stopped := ""
	for _, line := range strings.FieldsFunc(log, func(r rune) bool { return r == '\n' || r == '\r' }) {
		seen := strings.Map(func(r rune) rune {
			if unicode.In(r, unicode.Cf, unicode.Mn, unicode.Cc, unicode.Co, unicode.Cs) {
				return -1
			}
			return r
		}, line)
		name := ""
		if trimmed := strings.TrimLeftFunc(seen, unicode.IsSpace); strings.HasPrefix(trimmed, "::") {
			if info, _, ok := strings.Cut(trimmed[2:], "::"); ok {
				name, _, _ = strings.Cut(info, " ")
			}
		}
		if _, rest, ok := strings.Cut(seen, "##["); ok && name == "" {
			if info, _, ok := strings.Cut(rest, "]"); ok {
				name, _, _ = strings.Cut(info, " ")
			}
		}
		switch {
		case name == "":
		case stopped != "":
			if strings.EqualFold(name, stopped) {
				stopped = ""
			}
		case name == "stop-commands":
			_, stopped, _ = strings.Cut(line[2:], "::")
		default:
			found = append(found, strings.ToLower(name))
		}
	}
	return found
}

func TestCommandsIn(t *testing.T) { // the yardstick itself
	log := "plain\n  ::set-env name=A::b\nx ##[add-path]/tmp\n::stop-commands::k\n::error::no\n::k::\n#\u200b#[warning]w\n:\u00ad:debug::d\n"
	if got, want := commandsIn(log), []string{"set-env", "add-path", "warning", "debug"}; !slices.Equal(got, want) {
		t.Errorf("found %v, not %v", got, want)
	}
}

// Nothing that others wrote is a command in the log, wherever it comes from: a path, a page, a login, a branch, GitHub's answers.
func FuzzActionLog(f *testing.F) {
	for _, seed := range []string{
		"::set-env name=PATH::/tmp", "a\n::add-mask::x", "\r::error::", "##[add-path]/tmp", "x ##[group]", "#\u200b#[warning]w", "\u2028::debug::d",
		"%0A::error::x", "::stop-commands::resume", "\u00ad::warning::w", "\x1b[2K::notice::n", "#\ufeff#[error]e", "::\v::",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, words string) {
		var out bytes.Buffer
		a := newAction(&world{stdout: &out, environ: nil})
		a.log.hide(actionToken)
		a.log.say("%s", words)
		a.log.say("Nothing to do: %s.", words)
		a.log.warn(words)
		a.log.note(review.Notice{Path: words, StartLine: 1, EndLine: 2, Title: words, Message: words})
		comment := review.Comment{Check: words, Line: 1, Place: review.Inline, Quote: words}
		a.log.explain(
			&review.Pull{Author: words, BaseRef: words, Base: words, Head: words},
			&review.Plan{
				Pages:    []review.PagePlan{{Path: words, Kind: words, KindReason: words, Findings: []review.Comment{comment}}, {Path: words, LeftAlone: words}},
				Problems: []review.Problem{{Path: words, Line: 3, Message: words}},
			},
			review.Deeds{Silent: words},
		)
		a.tell(&review.Plan{}, review.Deeds{}, github.Told{ReviewURL: words, Problems: []review.Problem{{Message: words}}}, errors.New(words))
		want := []string{"add-mask", "warning", "notice", "group", "endgroup", "group", "endgroup", "group", "endgroup", "warning", "warning"}
		if got := commandsIn(out.String()); !slices.Equal(got, want) {
			t.Errorf("%q\nthe runner executes %v, not %v:\n%s", words, got, want, out.String())
		}
	})
}

// action.yml offers what the code reads, and docs/action.md tells of it.
func TestActionYAML(t *testing.T) {
	src, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var yml struct {
		Name, Description, Author string
		Branding                  struct{ Icon, Color string }
		Inputs                    map[string]struct {
			Description, Default string
			Required             bool
		}
		Outputs map[string]struct{ Description string }
		Runs    struct{ Using, Image string }
	}
	if err := yaml.Unmarshal(src, &yml); err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../../docs/action.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range inputs {
		has, ok := yml.Inputs[in.name]
		if !ok || has.Default != in.unless || has.Description == "" || has.Required {
			t.Errorf("action.yml has the input %s as %+v, and the code takes %q unless it is given", in.name, has, in.unless)
		}
		if !strings.Contains(string(doc), "| `"+in.name+"` | ") {
			t.Errorf("docs/action.md does not tell of the input %s", in.name)
		}
		delete(yml.Inputs, in.name)
	}
	for name := range yml.Inputs {
		t.Errorf("action.yml offers the input %s, which the code does not read", name)
	}
	for _, name := range outputs {
		if yml.Outputs[name].Description == "" {
			t.Errorf("action.yml does not tell of the output %s", name)
		}
		if !strings.Contains(string(doc), "| `"+name+"` | ") {
			t.Errorf("docs/action.md does not tell of the output %s", name)
		}
		delete(yml.Outputs, name)
	}
	for name := range yml.Outputs {
		t.Errorf("action.yml promises the output %s, which the code does not set", name)
	}
	if yml.Name != "tellwell" || yml.Description == "" || len(yml.Description) > 125 || yml.Branding.Icon == "" || yml.Branding.Color == "" {
		t.Errorf("name, description (125 characters at most) or branding: %+v", yml) // as the marketplace asks
	}
	if yml.Runs.Using != "docker" || yml.Runs.Image != "Dockerfile" {
		t.Errorf("runs: %+v", yml.Runs)
	}
	code, err := os.ReadFile("action.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, read := range regexp.MustCompile(`(?:GetInput|flag)\("([a-z-]+)"`).FindAllStringSubmatch(string(code), -1) {
		if !slices.ContainsFunc(inputs, func(in input) bool { return in.name == read[1] }) {
			t.Errorf("action.go reads the input %s, which action.yml does not offer", read[1])
		}
	}
}

// A release's action.yml takes the finished image, and is ours in all else.
func TestReleasedAction(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	src, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	release := func(image string, src []byte) (string, error) {
		cmd := exec.Command(bash, "../../.ci/released-action", image)
		cmd.Stdin = bytes.NewReader(src)
		out, err := cmd.Output()
		return string(out), err
	}
	image := "docker://ghcr.io/example-org/tellwell:v1.2.3"
	got, err := release(image, src)
	if want := strings.Replace(string(src), "image: Dockerfile", "image: "+image, 1); err != nil || got != want {
		t.Errorf("%v:\n%s", err, got)
	}
	for name, of := range map[string]struct {
		image string
		src   []byte
	}{"no version": {"docker://ghcr.io/example-org/tellwell:latest", src}, "nothing to replace": {image, []byte("name: x\n")}} {
		if got, err := release(of.image, of.src); err == nil {
			t.Errorf("%s: it was released as\n%s", name, got)
		}
	}
}

// The Action as it is wired, against the stand-in for GitHub: the same events that .ci/container hands to the image.
func TestActionAgainstStandIn(t *testing.T) {
	t.Parallel()
	server := githubtest.New(t)
	repo := server.Repo("larkfold/site")
	repo.Commit("main", siteFiles(t, review.ConfigPath, "primers"), "The primer, and what tellwell should know")
	repo.Commit("pages", siteFiles(t, "customers/regional-arts-centre.md", "landing/theatres.md"), "Pages for autumn")
	pull := repo.Open("pages", "main", githubtest.PR{Author: "ines", Association: "MEMBER"})
	run := func(token, name string, more map[string]any) ran {
		return runAction(t, nil, name, string(eventOf(t, pull, more)),
			"INPUT_TOKEN="+token, "GITHUB_API_URL="+server.URL(), "GITHUB_GRAPHQL_URL="+server.GraphQL())
	}

	got := run(server.AsWith("github-actions[bot]", githubtest.ReadOnly), "pull_request", map[string]any{"action": "opened"})
	if got.status != reviewed || len(pull.Threads()) != 0 || !strings.Contains(got.log, "::notice endLine=") || !strings.Contains(got.log, "pull-requests: write") {
		t.Errorf("with a token that only reads it ended with %d and %d threads:\n%s", got.status, len(pull.Threads()), got.log)
	}
	got = run(server.Token(), "pull_request", map[string]any{"action": "synchronize"})
	threads := pull.Threads()
	if got.status != reviewed || len(threads) == 0 || got.outputs["comments"] != strconv.Itoa(len(threads)) || got.outputs["posted"] != "true" {
		t.Errorf("it ended with %d, %d threads, %v:\n%s", got.status, len(threads), got.outputs, got.log)
	}
	if body := threads[0].Comments[0].Body; !strings.Contains(body, server.WebURL()+"/larkfold/site/blob/main/primers/") {
		t.Errorf("the primer is linked on the base branch unless the configuration says where it is:\n%s", body)
	}
	got = run(server.Token(), "pull_request", map[string]any{"action": "synchronize"})
	if len(pull.Threads()) != len(threads) || got.outputs["comments"] != "0" {
		t.Errorf("a second run posted again: %d threads, %v", len(pull.Threads()), got.outputs)
	}
	checks := len(pull.Checks())
	got = run(server.Token(), "merge_group", map[string]any{"pull_request": nil, "merge_group": map[string]any{"head_sha": pull.Head()}})
	if all := pull.Checks(); got.status != reviewed || len(all) != checks+1 || all[checks].Conclusion != "success" {
		t.Errorf("the merge queue waits: %+v", all)
	}
}
