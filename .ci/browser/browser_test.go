// Package browser drives the server's pages in a real Chromium, as an admin would: set up, installed, signed in, a dry run ended.
package browser

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/server"
)

func TestInABrowser(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no Chromium on this machine")
	}
	stand := githubtest.New(t)
	site := stand.Repo("acme/site")
	site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full}\n", "blog/a.md": "# A\n"}, "Begin")
	site.Commit("work", map[string]string{"blog/b.md": "# The future of baking\n\nWe are thrilled and excited to announce Deck 3, which is our most powerful oven yet.\n"}, "Work")
	pull := site.Open("work", "main", githubtest.PR{})
	stand.Role("acme", "ines", "admin")
	stand.SignIn("ines")

	ctx := context.Background()
	s, err := server.Open(ctx, server.Options{
		Database: filepath.Join(t.TempDir(), "t.db"), Checks: checks.All, Keeper: server.Keeper{Path: filepath.Join(t.TempDir(), "credentials.json")},
		Quiet: time.Millisecond, Sweep: 200 * time.Millisecond,
		GitHub: github.Options{Sleep: func(_ context.Context, d time.Duration) error { stand.Sleep(d); return nil }},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		web.Close()
		if err := s.Stop(ctx); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})

	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1000, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-javascript", true))
	allocated, cancel := chromedp.NewExecAllocator(ctx, flags...)
	defer cancel()
	tab, cancel := chromedp.NewContext(allocated)
	defer cancel()
	tab, cancel = context.WithTimeout(tab, 90*time.Second)
	defer cancel()

	var text, warn string
	look := func(name string) chromedp.Action {
		return chromedp.ActionFunc(func(ctx context.Context) error {
			folder := os.Getenv("TELLWELL_PICTURES")
			if folder == "" {
				return nil
			}
			var picture []byte
			if err := chromedp.FullScreenshot(&picture, 100).Do(ctx); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644)
		})
	}
	steps := []struct {
		name string
		do   []chromedp.Action
		sees string
	}{
		{"setup", []chromedp.Action{chromedp.Navigate(web.URL + "/setup?token=" + s.Claim()), look("setup")}, "Make the GitHub App"},
		{"the address", []chromedp.Action{chromedp.SetValue("#web", stand.WebURL(), chromedp.ByQuery),
			chromedp.SetValue("#public", web.URL, chromedp.ByQuery), chromedp.SendKeys("#owner", "acme", chromedp.ByQuery), chromedp.Click(`form[action="/setup/manifest"] button`, chromedp.ByQuery)}, "Make the App on GitHub"},
		{"on GitHub", []chromedp.Action{chromedp.Click("main button", chromedp.ByQuery)}, "Create GitHub App"},
		{"made", []chromedp.Action{chromedp.Click("#create", chromedp.ByQuery)}, "Waiting for the first delivery"},
	}
	run := func(name, sees string, do ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(tab, do...); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text = ""
		for end := time.Now().Add(20 * time.Second); !strings.Contains(text, sees) && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
			if err := chromedp.Run(tab, chromedp.Text("body", &text, chromedp.ByQuery)); err != nil {
				warn = err.Error() // the page is being loaded anew
			}
		}
		if !strings.Contains(text, sees) {
			t.Fatalf("%s: nothing says %q: %s %s", name, sees, text, warn)
		}
	}
	for _, step := range steps {
		run(step.name, step.sees, step.do...)
	}
	run("the page that waits", "Waiting for the first delivery", look("made"))
	app, _ := stand.Made()
	app.Install("acme", site)
	run("the first delivery", "The first delivery has arrived: installation created") // the page looks again by itself
	run("the way in", "Sign in with GitHub", chromedp.Navigate(web.URL+"/"))
	run("sign in", "acme/site", chromedp.Click("main a", chromedp.ByQuery))
	for end := time.Now().Add(20 * time.Second); !strings.Contains(text, "End the dry run") && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		run("overview", "acme/site", chromedp.Reload())
	}
	run("reviews", "thrilled", chromedp.Navigate(web.URL+"/reviews"), look("reviews"))
	run("overview", "End the dry run", chromedp.Navigate(web.URL+"/"), look("overview"))
	run("end the dry run", "acme/site", chromedp.Click(`form[action^="/repositories/"] button`, chromedp.ByQuery))
	for end := time.Now().Add(20 * time.Second); len(pull.Threads()) == 0 && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
	}
	if len(pull.Threads()) == 0 {
		t.Error("after the dry run nothing was asked")
	}
	run("subjects", "announced-emotion", chromedp.Navigate(web.URL+"/subjects"), look("subjects"))
	run("sign out", "Sign in with GitHub", chromedp.Click("footer button", chromedp.ByQuery))
}
