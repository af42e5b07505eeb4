// Package contract holds the stand-in for GitHub against what GitHub itself publishes. Requests and answers are held against it wherever
// githubtest is used; here are the installation and the payloads of events.
package contract

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/example-org/tellwell/github/githubtest"
)

// installed returns the folder of the packages, and skips the test where there are none.
func installed(t *testing.T) string {
	t.Helper()
	dir, ok := githubtest.ContractFolder()
	if !ok && os.Getenv("TELLWELL_CONTRACT") != "" {
		t.Fatalf("GitHub's descriptions are not installed in %s: run github/contract/install", dir)
	}
	if !ok {
		t.Skip("GitHub's descriptions are not installed: github/contract/install installs them")
	}
	return dir
}

func read(t *testing.T, into any, path ...string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What is installed must be what package.json pins, or the tests speak of another GitHub.
func TestVersionsArePinned(t *testing.T) {
	dir := installed(t)
	var wanted struct{ DevDependencies map[string]string }
	read(t, &wanted, dir, "package.json")
	for name, version := range wanted.DevDependencies {
		var have struct{ Version string }
		read(t, &have, dir, "node_modules", name, "package.json")
		if have.Version != version {
			t.Errorf("%s is installed as %s, and package.json pins %s: run github/contract/install", name, have.Version, version)
		}
	}
}

// unsampled are fields that GitHub's samples lack: no comment in them is on a pull request or an answer. The types of
// @octokit/webhooks-types have both, and the third, which is younger than the samples.
var unsampled = map[string]bool{"issue_comment.issue.pull_request": true, "pull_request_review_comment.comment.in_reply_to_id": true,
	"pull_request_review_comment.comment.subject_type": true}

// GitHub's samples of events know every field that the stand-in's payloads have, each of the same kind.
func TestPayloads(t *testing.T) {
	dir := installed(t)
	samples := samples(t, dir)
	s := githubtest.New(t)
	repo := s.Repo("acme/site")
	repo.Commit("main", map[string]string{"posts/relay.md": "# Relay\n"}, "Begin")
	repo.Commit("spring", map[string]string{"posts/relay.md": "# Relay 4\n"}, "Spring")
	pull := repo.Open("spring", "main", githubtest.PR{Labels: []string{"launch"}})
	thread := pull.Remark("noor", "posts/relay.md", 1, "Who for?")
	events := map[string][]byte{"pull_request": pull.Event("opened")}
	for _, said := range []githubtest.Comment{pull.Comment("noor", "MEMBER", "tellwell: stop"), pull.Reply(thread, "mira", "tellwell: why")} {
		payload, name := pull.CommentEvent("created", said)
		events[name] = payload
	}
	for name, payload := range events {
		if samples[name] == nil {
			t.Errorf("GitHub has no event %s", name)
			continue
		}
		var ours any
		if err := json.Unmarshal(payload, &ours); err != nil {
			t.Fatal(err)
		}
		if wrong := unlike(name, ours, samples[name]); wrong != "" {
			t.Error(wrong)
		}
	}
	if len(events) != 3 {
		t.Errorf("%d kinds of events, want 3", len(events))
	}
}

// samples are GitHub's, by event. Those of review comments hold older pull requests than the others, so they get the others' too.
func samples(t *testing.T, dir string) map[string][]any {
	t.Helper()
	var all []struct {
		Name     string
		Examples []any
	}
	read(t, &all, dir, "node_modules/@octokit/webhooks-examples/api.github.com/index.json")
	by := map[string][]any{}
	for _, event := range all {
		by[event.Name] = event.Examples
	}
	for _, example := range by["pull_request"] {
		by["pull_request_review_comment"] = append(by["pull_request_review_comment"], map[string]any{"pull_request": example.(map[string]any)["pull_request"]})
	}
	return by
}

// unlike says where a value has a field or a kind that no sample has there; it is empty when there is no such place.
func unlike(place string, ours any, samples []any) string {
	switch ours := ours.(type) {
	case map[string]any:
		var like []map[string]any
		for _, s := range samples {
			if m, ok := s.(map[string]any); ok {
				like = append(like, m)
			}
		}
		if len(like) == 0 {
			return missing(place, samples)
		}
		for key, value := range ours {
			var there []any
			for _, m := range like {
				if v, ok := m[key]; ok {
					there = append(there, v)
				}
			}
			if unsampled[place+"."+key] {
				continue
			}
			if len(there) == 0 {
				return fmt.Sprintf("%s.%s is in no sample of GitHub's", place, key)
			}
			if wrong := unlike(place+"."+key, value, there); wrong != "" {
				return wrong
			}
		}
	case []any:
		var there []any
		lists := false
		for _, s := range samples {
			if list, ok := s.([]any); ok {
				lists = true
				there = append(there, list...)
			}
		}
		if !lists {
			return missing(place, samples)
		}
		for _, value := range ours {
			if wrong := unlike(place+"[]", value, there); wrong != "" && len(there) > 0 {
				return wrong
			}
		}
	case nil: // what may be null, samples show only now and then
	default:
		for _, s := range samples {
			if s == nil || fmt.Sprintf("%T", s) == fmt.Sprintf("%T", ours) {
				return ""
			}
		}
		return missing(place, samples)
	}
	return ""
}

func missing(place string, samples []any) string {
	return fmt.Sprintf("%s is of another kind in all of GitHub's %d samples", place, len(samples))
}
