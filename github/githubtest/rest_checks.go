package githubtest

import (
	"strconv"
	"time"
)

const (
	maxAnnotations = 50     // in one request; later ones are appended
	maxSummary     = 65_535 // characters of summary and of text
)

type checkInput struct {
	Name        *string      `json:"name"`
	HeadSHA     string       `json:"head_sha"`
	DetailsURL  *string      `json:"details_url"`
	ExternalID  *string      `json:"external_id"`
	Status      *string      `json:"status"`
	Conclusion  *string      `json:"conclusion"`
	StartedAt   *time.Time   `json:"started_at"`
	CompletedAt *time.Time   `json:"completed_at"`
	Output      *checkOutput `json:"output"`
}

type checkOutput struct {
	Title       *string      `json:"title"`
	Summary     *string      `json:"summary"`
	Text        *string      `json:"text"`
	Annotations []Annotation `json:"annotations"`
}

// refuses says what is wrong with a check run, by https://docs.rs/crate/openapi-github/latest/source/docs/ChecksCreateRequestOutput.md
// and GitHub's description: 50 annotations, 65,535 characters, and a conclusion for what is completed.
func (in *checkInput) refuses() string {
	if in.Conclusion == nil && (in.Status != nil && *in.Status == "completed" || in.CompletedAt != nil) {
		return "conclusion is required when the status is completed"
	}
	if in.Output == nil {
		return ""
	}
	o := in.Output
	switch {
	case o.Summary == nil:
		return "output.summary is required"
	case o.Title == nil && in.Name != nil && in.HeadSHA != "":
		return "output.title is required"
	case length(*o.Summary) > maxSummary:
		return "output.summary exceeds a maximum of 65535 characters"
	case o.Text != nil && length(*o.Text) > maxSummary:
		return "output.text exceeds a maximum of 65535 characters"
	case len(o.Annotations) > maxAnnotations:
		return "output.annotations exceeds a maximum quantity of 50"
	}
	for _, a := range o.Annotations {
		switch {
		case a.Path == "", a.Message == "", a.StartLine < 1, a.EndLine < a.StartLine:
			return "output.annotations are invalid"
		case len(a.Message) > 64<<10, length(a.Title) > 255:
			return "output.annotations are too long"
		}
	}
	return ""
}

func createCheck(c *call) *reply {
	var in checkInput
	if !c.decode(&in) || in.Name == nil {
		return fail(400, "Problems parsing JSON")
	}
	if full, ok := c.repo.resolve(in.HeadSHA); !ok || full != in.HeadSHA {
		return fail(422, "No commit found for SHA: "+in.HeadSHA)
	}
	if wrong := in.refuses(); wrong != "" {
		return fail(422, "Invalid request.\n\n"+wrong)
	}
	k := c.repo.check(c.who.login)
	k.Commit = in.HeadSHA
	k.take(in)
	return answer(201, c.check(k))
}

func updateCheck(c *call) *reply {
	id, _ := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	for _, k := range c.repo.checks {
		if k.ID != id {
			continue
		}
		var in checkInput
		if !c.decode(&in) {
			return fail(400, "Problems parsing JSON")
		}
		if wrong := in.refuses(); wrong != "" {
			return fail(422, "Invalid request.\n\n"+wrong)
		}
		k.Updates++
		k.take(in)
		return ok(c.check(k))
	}
	return fail(404, "Not Found")
}

// take changes what was sent. Annotations are appended, never replaced.
func (k *check) take(in checkInput) {
	set := func(to *string, from *string) {
		if from != nil {
			*to = *from
		}
	}
	set(&k.Name, in.Name)
	set(&k.details, in.DetailsURL)
	set(&k.outside, in.ExternalID)
	set(&k.Status, in.Status)
	if in.StartedAt != nil {
		k.started = *in.StartedAt
	}
	if in.Conclusion != nil {
		k.Status, k.Conclusion, k.ended = "completed", *in.Conclusion, k.repo.s.now
	}
	if in.CompletedAt != nil {
		k.ended = *in.CompletedAt
	}
	if in.Output != nil {
		set(&k.Title, in.Output.Title)
		set(&k.Summary, in.Output.Summary)
		set(&k.Text, in.Output.Text)
		k.Annotations = append(k.Annotations, in.Output.Annotations...)
	}
}

func listChecks(c *call) *reply {
	sha, found := c.repo.resolve(c.r.PathValue("ref"))
	if !found {
		return fail(422, "No commit found for SHA: "+c.r.PathValue("ref"))
	}
	name := c.r.URL.Query().Get("check_name")
	list := []any{}
	for _, k := range c.repo.checks {
		if k.Commit == sha && (name == "" || name == k.Name) {
			list = append(list, c.check(k))
		}
	}
	return ok(map[string]any{"total_count": len(list), "check_runs": list})
}
