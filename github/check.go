package github

import (
	"context"
	"net/http"
	"strings"

	gogithub "github.com/google/go-github/v60/github"

	"github.com/example-org/tellwell/review"
)

// GitHub's limits of a check run (ChecksCreateRequestOutput.md).
const (
	mostNotices = 50     // in one request; further ones are appended
	mostSummary = 65_535 // characters of its summary
	mostTitle   = 255
	mostMessage = 60_000 // bytes of an annotation; GitHub takes 64 KB
)

// notices returns annotations as GitHub takes them.
func (t *telling) notices(all []review.Notice) []review.Notice {
	var out []review.Notice
	for _, n := range all {
		n.StartLine = max(1, n.StartLine)
		n.EndLine = max(n.StartLine, n.EndLine)
		n.Title, n.Message = cut(n.Title, mostTitle), cut(n.Message, mostMessage)
		out = append(out, n)
	}
	return out
}

// cut shortens a text to so many bytes, after a whole line where there is one.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	const rest = "\n…"
	text = strings.ToValidUTF8(text[:most-len(rest)], "")
	if at := strings.LastIndexByte(text, '\n'); at > most/2 {
		text = text[:at]
	}
	return text + rest
}

// summaryOf returns the check run's summary.
func summaryOf(v review.Verdict) string {
	const more = "\n\nThe rest stands in the job summary.\n"
	if len(v.Summary) <= mostSummary {
		return v.Summary
	}
	return cut(v.Summary, mostSummary-len(more)) + more
}

// checkAct makes the completed check run part of a mutation that is sent anyway, with the first of its annotations.
func (t *telling) checkAct(v review.Verdict, notices []review.Notice) act {
	annotations := []map[string]any{}
	for _, n := range notices[:min(len(notices), mostNotices)] {
		annotations = append(annotations, map[string]any{
			"path": n.Path, "location": map[string]any{"startLine": n.StartLine, "endLine": n.EndLine},
			"annotationLevel": "NOTICE", "title": n.Title, "message": n.Message,
		})
	}
	return act{
		name: "check", field: "createCheckRun", kind: "CreateCheckRunInput", gives: "checkRun { databaseId url }", need: toCheck,
		input: map[string]any{
			"repositoryId": t.repoNode, "name": CheckName, "headSha": t.pull.Head,
			"status": "COMPLETED", "conclusion": strings.ToUpper(v.Conclusion),
			"output": map[string]any{"title": cut(v.Title, mostTitle), "summary": summaryOf(v), "annotations": annotations},
		},
	}
}

// check makes the completed check run where no mutation did, and appends the annotations that one request does not hold.
func (t *telling) check(ctx context.Context, v review.Verdict, notices []review.Notice) error {
	output := func(batch []review.Notice) *gogithub.CheckRunOutput {
		out := &gogithub.CheckRunOutput{Title: gogithub.String(cut(v.Title, mostTitle)), Summary: gogithub.String(summaryOf(v))}
		for _, n := range batch {
			out.Annotations = append(out.Annotations, &gogithub.CheckRunAnnotation{
				Path: &n.Path, StartLine: &n.StartLine, EndLine: &n.EndLine, AnnotationLevel: gogithub.String("notice"), Title: &n.Title, Message: &n.Message,
			})
		}
		return out
	}
	batch := notices[:min(len(notices), mostNotices)]
	if t.checked == 0 {
		run, _, err := t.client.rest.Checks.CreateCheckRun(ctx, t.owner, t.name, gogithub.CreateCheckRunOptions{
			Name: CheckName, HeadSHA: t.pull.Head, Status: gogithub.String("completed"), Conclusion: &v.Conclusion, Output: output(batch),
		})
		if err != nil {
			return t.unchecked(err)
		}
		t.checked, t.told.CheckURL = run.GetID(), run.GetHTMLURL()
	}
	for notices = notices[len(batch):]; len(notices) > 0; notices = notices[len(batch):] {
		batch = notices[:min(len(notices), mostNotices)]
		_, _, err := t.client.rest.Checks.UpdateCheckRun(ctx, t.owner, t.name, t.checked, gogithub.UpdateCheckRunOptions{Name: CheckName, Output: output(batch)})
		if err != nil {
			return t.unchecked(err)
		}
	}
	return nil
}

// unchecked tells a check run that may not be made; other errors are returned.
func (t *telling) unchecked(err error) error {
	if answered(err) != http.StatusForbidden {
		return t.client.fault("make the check run", err)
	}
	if strings.Contains(err.Error(), "authenticate via a GitHub App") {
		t.problem("a person's token can't make check runs; use the workflow's own GITHUB_TOKEN or an app's")
		return nil
	}
	t.lacks("make check runs", "checks")
	return nil
}

// Checked reports whether a commit has a completed check run of ours.
func (c *Client) Checked(ctx context.Context, repo, commit string) (bool, error) {
	owner, name, err := split(repo)
	if err != nil {
		return false, err
	}
	found, _, err := c.rest.Checks.ListCheckRunsForRef(ctx, owner, name, commit, &gogithub.ListCheckRunsOptions{CheckName: gogithub.String(CheckName), Filter: gogithub.String("latest")})
	if err != nil {
		return false, c.fault("look for the check run of "+commit, err)
	}
	for _, run := range found.CheckRuns {
		if run.GetStatus() == "completed" && run.GetName() == CheckName {
			return true, nil
		}
	}
	return false, nil
}
