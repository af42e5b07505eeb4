package github_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
)

func appOf(t *testing.T, s *githubtest.Server, a *githubtest.App) *github.App {
	t.Helper()
	app, err := github.NewApp(github.Credentials{AppID: a.ID, Slug: a.Slug, PrivateKey: a.Key(), WebhookSecrets: []string{a.Secret}}, github.Options{
		API: s.URL(), GraphQL: s.GraphQL(), Sleep: func(_ context.Context, d time.Duration) error { s.Sleep(d); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// An App asks for a token an hour for each installation, and REST and GraphQL share it.
func TestAppActsAsItsInstallations(t *testing.T) {
	s := githubtest.New(t)
	site, other := s.Repo("acme/site"), s.Repo("bolt/site")
	site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full}\n", "blog/a.md": "# A\n"}, "Begin")
	other.Commit("main", map[string]string{"blog/a.md": "# A\n"}, "Begin")
	settings := s.Repo("acme/.github")
	settings.Commit("main", map[string]string{".github/tellwell.yml": "company: {names: [Acme]}\n"}, "Begin")
	a := s.App("tellwell")
	in := a.Install("acme", site, settings)
	a.Install("bolt", other)
	app := appOf(t, s, a)
	ctx := context.Background()

	list, err := app.Installations(ctx)
	if err != nil || len(list) != 2 || list[0] != (github.Installation{ID: in.ID, Account: "acme", Kind: "Organization"}) {
		t.Fatalf("installations %+v, %v", list, err)
	}
	site.Commit("work", map[string]string{"blog/b.md": bakersPage}, "Work")
	p := site.Open("work", "main", githubtest.PR{})
	client, err := app.Installation(in.ID)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		pull, err := client.Gather(ctx, github.Ask{Repo: "acme/site", Number: p.Number, Inherit: true})
		if err != nil {
			t.Fatal(err)
		}
		if config, _ := pull.Settings(); pull.Me != "tellwell[bot]" || len(config.Company.Names) != 1 || config.Budget.Amount != "full" {
			t.Errorf("acting as %s by %+v", pull.Me, config)
		}
	}
	if a.Exchanges != 1 {
		t.Errorf("%d tokens were asked for, want 1", a.Exchanges)
	}
	own, above, err := client.Settings(ctx, "acme/site")
	if err != nil || !strings.Contains(string(own), "full") || !strings.Contains(string(above), "Acme") {
		t.Errorf("settings %q over %q, %v", own, above, err)
	}
	if open, err := client.Open(ctx, "acme/site"); err != nil || len(open) != 1 || open[0].SHA != p.Head() {
		t.Errorf("open %+v, %v", open, err)
	}
	if repos, err := client.Repositories(ctx); err != nil || len(repos) != 2 || repos[0].Name != "acme/site" {
		t.Errorf("repositories %+v, %v", repos, err)
	}
	// Another organisation's repository is out of reach.
	if _, err := client.Gather(ctx, github.Ask{Repo: "bolt/site", Number: 1}); err == nil {
		t.Error("an installation reads what it has no access to")
	}
	in.Suspend(true)
	if c, err := appOf(t, s, a).Installation(in.ID); err != nil {
		t.Error(err)
	} else if _, err := c.Repositories(ctx); err == nil || !strings.Contains(err.Error(), "suspended") {
		t.Errorf("a suspended installation says %v", err)
	}
}

func TestMissedDeliveries(t *testing.T) {
	s := githubtest.New(t)
	a := s.App("tellwell")
	a.Install("acme") // nobody listens
	app := appOf(t, s, a)
	missed, err := app.Missed(context.Background(), s.Now().Add(-time.Hour))
	if err != nil || len(missed) != 1 {
		t.Fatalf("missed %+v, %v", missed, err)
	}
	if err := app.Redeliver(context.Background(), missed[0].ID); err != nil {
		t.Error(err)
	}
}

func TestPrivateKeys(t *testing.T) {
	for _, key := range []string{"", "hello", "-----BEGIN RSA PRIVATE KEY-----\naGVsbG8=\n-----END RSA PRIVATE KEY-----\n"} {
		if _, err := github.NewApp(github.Credentials{PrivateKey: key}, github.Options{}); err == nil || !strings.Contains(err.Error(), ";") {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// The example is GitHub's own (validating-webhook-deliveries.md).
func TestVerify(t *testing.T) {
	body, secret := []byte("Hello, World!"), "It's a Secret to Everybody"
	const signed = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
	old := hmac.New(sha1.New, []byte(secret))
	old.Write(body)
	empty := hmac.New(sha256.New, nil)
	empty.Write(body)
	for _, tt := range []struct {
		signature string
		secrets   []string
		ok        bool
	}{
		{signed, []string{secret}, true},
		{signed, []string{"new", secret}, true},
		{signed, []string{"new"}, false},
		{signed, nil, false},
		{"sha256=" + strings.Repeat("0", 64), []string{secret}, false},
		{"sha1=" + hex.EncodeToString(old.Sum(nil)), []string{secret}, false},
		{"", []string{secret}, false},
		{"sha256=" + hex.EncodeToString(empty.Sum(nil)), []string{""}, false}, // an empty secret is none
	} {
		if err := github.Verify(body, tt.signature, tt.secrets); (err == nil) != tt.ok {
			t.Errorf("%q by %q: %v", tt.signature, tt.secrets, err)
		}
	}
}

func TestReadDelivery(t *testing.T) {
	const repo = `"installation":{"id":5},"repository":{"id":7,"full_name":"acme/site","default_branch":"main"}`
	for _, tt := range []struct {
		name, event, body string
		holds             func(github.Delivery) bool
	}{
		{"opened", "pull_request", `{"action":"opened","pull_request":{"number":3,"head":{"sha":"abc"}},` + repo + `}`, func(d github.Delivery) bool { return len(d.Pulls) == 1 && d.Pulls[0].SHA == "abc" }},
		{"assigned", "pull_request", `{"action":"assigned","pull_request":{"number":3},` + repo + `}`, github.Delivery.Idle},
		{"closed", "pull_request", `{"action":"closed","pull_request":{"number":3},` + repo + `}`, func(d github.Delivery) bool { return d.Closed == 3 }},
		{"without an installation", "pull_request", `{"action":"opened","pull_request":{"number":3}}`, github.Delivery.Idle},
		{"a command", "issue_comment", `{"action":"created","issue":{"number":3,"pull_request":{}},"comment":{"body":"Tellwell: why"},` + repo + `}`, func(d github.Delivery) bool { return len(d.Pulls) == 1 && d.Pulls[0].Number == 3 }},
		{"a command on an issue", "issue_comment", `{"action":"created","issue":{"number":3},"comment":{"body":"tellwell: why"},` + repo + `}`, github.Delivery.Idle},
		{"our own words", "issue_comment", `{"action":"created","sender":{"type":"Bot"},"issue":{"number":3,"pull_request":{}},"comment":{"body":"tellwell: ok"},` + repo + `}`, github.Delivery.Idle},
		{"small talk", "issue_comment", `{"action":"created","issue":{"number":3,"pull_request":{}},"comment":{"body":"nice"},` + repo + `}`, github.Delivery.Idle},
		{"a merge group", "merge_group", `{"action":"checks_requested","merge_group":{"head_sha":"abc"},` + repo + `}`, func(d github.Delivery) bool { return d.Group == "abc" }},
		{"asked again", "check_run", `{"action":"rerequested","check_run":{"name":"tellwell","head_sha":"abc","pull_requests":[]},` + repo + `}`, func(d github.Delivery) bool { return len(d.Pulls) == 1 && d.Pulls[0].SHA == "abc" }},
		{"another's check", "check_run", `{"action":"rerequested","check_run":{"name":"build","head_sha":"abc","pull_requests":[]},` + repo + `}`, github.Delivery.Idle},
		{"settings pushed", "push", `{"ref":"refs/heads/main","commits":[{"added":[".github/tellwell.yml"]}],` + repo + `}`, func(d github.Delivery) bool { return d.Look && !d.LookAll }},
		{"something else pushed", "push", `{"ref":"refs/heads/main","commits":[{"added":["a"]}],` + repo + `}`, github.Delivery.Idle},
		{"a branch pushed", "push", `{"ref":"refs/heads/work","commits":[{"added":[".github/tellwell.yml"]}],` + repo + `}`, github.Delivery.Idle},
		{"uninstalled", "installation", `{"action":"deleted","installation":{"id":5,"account":{"login":"acme","type":"Organization"}}}`, func(d github.Delivery) bool { return d.Gone && d.Installation.Account == "acme" }},
		{"unknown", "sponsorship", `{"action":"created"}`, github.Delivery.Idle},
		{"a list", "issues", `[]`, nil},
	} {
		d, err := github.ReadDelivery("guid", tt.event, []byte(tt.body))
		if tt.holds == nil {
			if err == nil {
				t.Errorf("%s: is taken", tt.name)
			}
			continue
		}
		if err != nil || !tt.holds(d) {
			t.Errorf("%s: %+v, %v", tt.name, d, err)
		}
	}
}

// Each of GitHub's own sample payloads is read or passed by, whatever it is.
func TestSamplePayloads(t *testing.T) {
	all, work := githubtest.Samples(t), 0
	for _, sample := range all {
		d, err := github.ReadDelivery("guid", sample.Event, sample.Body)
		if err != nil {
			t.Errorf("%s: %v", sample.Event, err)
		}
		if !d.Idle() {
			work++
		}
	}
	if work < 10 {
		t.Errorf("%d of them with something to do", work)
	}
	t.Logf("%d samples, %d of them with something to do", len(all), work)
}
