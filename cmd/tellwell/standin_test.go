package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

// TestStandIn serves a stand-in for GitHub to .ci/container, which runs the Action's image against it: two pull requests with pages of
// testdata/site, one for the runner's own command line (with a checkout), one for act. It writes what the script needs into the folder
// TELLWELL_STANDIN, adds a comment when the script makes the file "speak", and ends, judging what was posted, at the file "done".
func TestStandIn(t *testing.T) {
	folder := os.Getenv("TELLWELL_STANDIN")
	if folder == "" {
		t.Skip("only .ci/container asks for it (TELLWELL_STANDIN)")
	}
	server := githubtest.New(t)
	repo := server.Repo("larkfold/site")
	repo.Commit("main", siteFiles(t, review.ConfigPath, "primers"), "The primer, and what tellwell should know")
	repo.Commit("pages", siteFiles(t, "customers/regional-arts-centre.md", "blog/introducing-wren-3.md", "landing/theatres.md"), "Pages for autumn")
	repo.Commit("more", siteFiles(t, "customers/regional-arts-centre.md"), "A customer's story")
	first := repo.Open("pages", "main", githubtest.PR{Author: "ines", Association: "MEMBER"})
	second := repo.Open("more", "main", githubtest.PR{Author: "ines", Association: "MEMBER"})

	write := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	there := func(name string) bool { _, err := os.Stat(filepath.Join(folder, name)); return err == nil }
	write("first.json", eventOf(t, first, map[string]any{"action": "opened"}))
	write("pull_request.json", eventOf(t, second, map[string]any{"action": "opened"}))
	said := map[string]any{"body": "tellwell: review", "user": map[string]any{"login": "ines"}}
	write("issue_comment.json", eventOf(t, second, map[string]any{
		"action": "created", "comment": said, "pull_request": nil,
		"issue": map[string]any{"number": second.Number, "state": "open", "pull_request": map[string]any{}},
	}))
	write("merge_group.json", eventOf(t, second, map[string]any{
		"action": "checks_requested", "pull_request": nil,
		"merge_group": map[string]any{"head_sha": second.Head(), "head_ref": "refs/heads/gh-readonly-queue/main/pr-8", "base_ref": "refs/heads/main"},
	}))
	write("env.tmp", fmt.Appendf(nil, "API=%s\nGRAPHQL=%s\nTOKEN=%s\nCHECKOUT=%s\nHEAD=%s\n",
		server.URL(), server.GraphQL(), server.Token(), repo.Clone(t, first.Head()), first.Head()))
	if err := os.Rename(filepath.Join(folder, "env.tmp"), filepath.Join(folder, "env")); err != nil {
		t.Fatal(err)
	}

	var times strings.Builder
	var heard githubtest.Comment
	for seen, deadline := 0, time.Now().Add(20*time.Minute); !there("done"); time.Sleep(time.Millisecond) {
		for all := server.Requests(); seen < len(all); seen++ {
			fmt.Fprintf(&times, "%d %s\n", time.Now().UnixMilli(), all[seen].Operation)
			write("requests", []byte(times.String()))
		}
		if heard.ID == "" && there("speak") {
			heard = second.Comment("ines", "MEMBER", "tellwell: review")
			write("spoken", nil)
		}
		if time.Now().After(deadline) {
			t.Fatal("the script did not end")
		}
	}

	t.Logf("what was asked:\n%s", server.Requests())
	for _, pull := range []*githubtest.Pull{first, second} {
		threads := pull.Threads()
		if len(threads) == 0 || pull.Reviews() != 1 {
			t.Errorf("pull request %d has %d threads of %d reviews", pull.Number, len(threads), pull.Reviews())
		}
		for _, thread := range threads {
			if c := thread.Comments[0]; c.Author != "github-actions[bot]" || !strings.Contains(c.Body, "for-writers.md") {
				t.Errorf("pull request %d: %s wrote %q", pull.Number, c.Author, c.Body)
			}
		}
		t.Logf("pull request %d: %d comments, the first:\n%s", pull.Number, len(threads), threads[0].Comments[0].Body)
	}
	if checks := first.Checks(); len(checks) != 1 || checks[0].Conclusion != "neutral" || checks[0].Name != "tellwell" {
		t.Errorf("check runs of the first: %+v", checks)
	}
	checks := second.Checks()
	if len(checks) == 0 || checks[len(checks)-1].Conclusion != "success" || !strings.Contains(checks[len(checks)-1].Title, "waits") {
		t.Errorf("the merge queue was not let go on: %+v", checks)
	}
	for _, note := range second.Notes() {
		if note.ID == heard.ID && len(note.Reactions["eyes"]) == 0 {
			t.Errorf("the command was not heard: %+v", note)
		}
	}
}

// siteFiles returns files and folders of testdata/site by their paths there.
func siteFiles(t *testing.T, paths ...string) map[string]string {
	t.Helper()
	site := filepath.Join("..", "..", "testdata", "site")
	files := map[string]string{}
	for _, p := range paths {
		err := filepath.WalkDir(filepath.Join(site, p), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(site, path)
			files[filepath.ToSlash(rel)] = string(src)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// eventOf is an event's payload about a pull request, as far as runners and we read it; what is nil is left out.
func eventOf(t *testing.T, pull *githubtest.Pull, more map[string]any) []byte {
	t.Helper()
	repo := map[string]any{"full_name": "larkfold/site", "name": "site", "owner": map[string]any{"login": "larkfold"}, "default_branch": "main"}
	event := map[string]any{
		"repository": repo, "sender": map[string]any{"login": "ines"},
		"pull_request": map[string]any{
			"number": pull.Number, "state": "open", "user": map[string]any{"login": "ines"},
			"head": map[string]any{"sha": pull.Head(), "ref": "pages", "repo": repo},
			"base": map[string]any{"sha": pull.Base(), "ref": "main", "repo": repo},
		},
	}
	for key, value := range more {
		event[key] = value
		if value == nil {
			delete(event, key)
		}
	}
	src, err := json.MarshalIndent(event, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return src
}
