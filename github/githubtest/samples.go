package githubtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// A Sample is one of GitHub's own example payloads (@octokit/webhooks-examples).
type Sample struct {
	Event string
	Body  []byte
}

// Samples returns GitHub's sample payloads. Where github/contract/install has not fetched them, the test is skipped.
func Samples(t testing.TB) []Sample {
	t.Helper()
	folder, ok := ContractFolder()
	if !ok {
		t.Skip("github/contract/install has not fetched GitHub's samples")
	}
	src, err := os.ReadFile(filepath.Join(folder, "node_modules/@octokit/webhooks-examples/api.github.com/index.json"))
	if err != nil {
		t.Skip("the samples are not among what was installed: " + err.Error())
	}
	var events []struct {
		Name     string            `json:"name"`
		Examples []json.RawMessage `json:"examples"`
	}
	if err := json.Unmarshal(src, &events); err != nil {
		t.Fatal(err)
	}
	var out []Sample
	for _, e := range events {
		for _, body := range e.Examples {
			out = append(out, Sample{e.Name, body})
		}
	}
	if len(out) < 300 {
		t.Fatalf("%d samples are too few to be all", len(out))
	}
	return out
}
