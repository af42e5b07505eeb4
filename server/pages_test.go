package server

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/example-org/tellwell/github/githubtest"
)

// A person has a browser: it keeps cookies and follows where it is sent.
type person struct {
	t      *testing.T
	client *http.Client
	at     *url.URL
	page   string
	status int
}

func newPerson(t *testing.T) *person {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t: t, client: &http.Client{Jar: jar}}
}

func (p *person) open(address string) *person {
	p.t.Helper()
	resp, err := p.client.Get(p.absolute(address))
	return p.read(resp, err)
}

func (p *person) absolute(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		p.t.Fatal(err)
	}
	if p.at != nil {
		u = p.at.ResolveReference(u)
	}
	return u.String()
}

func (p *person) read(resp *http.Response, err error) *person {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	p.at, p.page, p.status = resp.Request.URL, string(b), resp.StatusCode
	return p
}

func (p *person) sees(words ...string) *person {
	p.t.Helper()
	for _, w := range words {
		if !strings.Contains(p.page, w) {
			p.t.Fatalf("at %s (%d) nothing says %q:\n%s", p.at, p.status, w, p.page)
		}
	}
	return p
}

var (
	forms  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputs = regexp.MustCompile(`<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"|<input[^>]*name="([^"]*)"`)
)

// send sends the form whose action begins so, with what its fields hold, changed by what is given: name, value, …
func (p *person) send(action string, given ...string) *person {
	p.t.Helper()
	unescape := strings.NewReplacer("&#34;", `"`, "&quot;", `"`, "&amp;", "&", "&#43;", "+", "&lt;", "<", "&gt;", ">")
	for _, f := range forms.FindAllStringSubmatch(p.page, -1) {
		if !strings.HasPrefix(unescape.Replace(f[1]), action) {
			continue
		}
		values := url.Values{}
		for _, in := range inputs.FindAllStringSubmatch(f[2], -1) {
			values.Set(in[1]+in[3], unescape.Replace(in[2]))
		}
		for i := 0; i+1 < len(given); i += 2 {
			values.Set(given[i], given[i+1])
		}
		resp, err := p.client.PostForm(p.absolute(unescape.Replace(f[1])), values)
		return p.read(resp, err)
	}
	p.t.Fatalf("at %s there is no form for %s:\n%s", p.at, action, p.page)
	return p
}

// unset is a server that nobody has claimed.
func unset(t *testing.T) (*scene, *Server, string) {
	s := &scene{t: t, github: githubtest.New(t)}
	o := s.options(filepath.Join(t.TempDir(), "t.db"))
	o.GitHub.API, o.GitHub.GraphQL = "", "" // they follow from the address that is given on the page
	o.Keeper = Keeper{filepath.Join(t.TempDir(), "kept", "credentials.json")}
	o.Team = "docs-leads"
	server, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	s.server = server
	s.http = httptest.NewServer(server.Handler())
	t.Cleanup(s.http.Close)
	return s, server, o.Keeper.Path
}

// From nothing to a first review and the end of its dry run, on the pages alone.
func TestFromNothing(t *testing.T) {
	s, server, kept := unset(t)
	ctx := context.Background()
	if err := server.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	stranger := newPerson(t)
	if stranger.open(s.http.URL+"/setup").status != 403 {
		t.Errorf("a stranger sees the setup page: %s", stranger.page)
	}
	if resp, err := http.Post(s.http.URL+"/webhook", "application/json", strings.NewReader("{}")); err != nil || resp.StatusCode != 503 {
		t.Errorf("before it is set up, a delivery is answered %v, %v", resp, err)
	}
	token := server.Claim()
	admin := newPerson(t)
	admin.open(s.http.URL+"/setup?token="+token).sees("Make the GitHub App", "merge queue", "Members")
	if stranger.open("/setup?token="+token).status != 403 {
		t.Error("the token works twice")
	}
	admin.send("/setup/manifest", "public", "nonsense", "web", s.github.WebURL()).sees("is no web address")
	admin.send("/setup/manifest", "public", s.http.URL, "web", s.github.WebURL(), "owner", "acme").sees("Make the App on GitHub")
	admin.send(s.github.WebURL() + "/organizations/acme/settings/apps/new").sees("Create GitHub App")
	admin.send("/made").sees("The App is made", "Waiting for the first delivery")
	if info, err := os.Stat(kept); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the credentials are kept as %v, %v", info, err)
	}
	app, manifest := s.github.Made()
	permissions, events := manifest["default_permissions"].(map[string]any), manifest["default_events"].([]any)
	if len(permissions) != len(Permissions) || len(events) != len(Events) || manifest["public"] != false {
		t.Errorf("the manifest asks for %v and %v", permissions, events)
	}

	s.app = app
	site := s.github.Repo("acme/site")
	site.Commit("main", map[string]string{".github/tellwell.yml": "budget: {amount: full}\n", "blog/a.md": "# A\n"}, "Begin")
	site.Commit("work", map[string]string{"blog/<i>b.md": weak, "primers/bakers.md": "# Bakers\n\n## Pains\n\nCold ovens.\n"}, "Work")
	p := site.Open("work", "main", githubtest.PR{})
	app.Install("acme", site)
	admin.open("/setup/made").sees("The first delivery has arrived: installation created")
	s.until("the dry run is done", func() bool { return s.mode("acme/site") == dryRun && s.idle() })

	// Only owners and the team see it.
	s.github.Role("acme", "ines", "admin")
	s.github.Role("acme", "orla", "member")
	s.github.Role("acme", "dev", "member")
	s.github.Team("acme", "docs-leads", "orla")
	for login, in := range map[string]bool{"ines": true, "orla": true, "dev": false, "stranger": false} {
		s.github.SignIn(login)
		who := newPerson(t).open(s.http.URL + "/")
		who.sees("Sign in with GitHub").open("/signin/go")
		if got := strings.Contains(who.page, "Overview"); got != in {
			t.Errorf("%s sees the overview: %t\n%s", login, got, who.page)
		}
	}
	s.github.SignIn("ines")
	admin.open(s.http.URL+"/signin/go").sees("acme/site", "dry run", "Signed in as ines", "End the dry run")
	admin.open("/reviews").sees("a dry run: ", "blog/&lt;i&gt;b.md", "thrilled")
	if len(p.Threads()) > 0 {
		t.Fatal("a dry run spoke")
	}
	stranger.client.Jar = admin.client.Jar
	if resp, err := admin.client.PostForm(s.http.URL+"/repositories/1/release", nil); err != nil || resp.StatusCode != 403 {
		t.Errorf("a form that is not ours is answered %v, %v", resp, err)
	}
	admin.open("/").send("/repositories/")
	s.until("it speaks", func() bool { return len(p.Threads()) > 0 && s.idle() })
	admin.open("/subjects").sees("announced-emotion", "<rect")
	admin.open("/digest").sees("announced-emotion", "acme/site: primers/bakers.md")
	if admin.open("/digest.md").sees("# tellwell in ", "- announced-emotion (1 questions)"); admin.status != 200 {
		t.Error(admin.page)
	}
	// What failed too often is set aside, and can be tried again.
	if _, err := server.store.db.Exec(`UPDATE work SET aside = 1, wanted_seq = wanted_seq + 1, reason = 'GitHub answered <502>' WHERE kind = 'pull'`); err != nil {
		t.Fatal(err)
	}
	admin.open("/").sees("Set aside", "GitHub answered &lt;502&gt;").send("/rows/")
	s.until("it is done", s.idle)

	for _, name := range []string{"/", "/reviews", "/subjects", "/digest"} {
		keepPage(t, name, admin.open(s.http.URL+name).page)
	}
	admin.send("/signout").sees("Sign in with GitHub")
	keepPage(t, "/signin", admin.page)
}

// keepPage leaves a page where .ci/axe looks at it in a browser.
func keepPage(t *testing.T, name, page string) {
	folder := os.Getenv("TELLWELL_PAGES")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, "server"+strings.ReplaceAll(name, "/", "-")+".html"), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The App that was made by hand is taken over, and what is wrong with it is said.
func TestManualSetup(t *testing.T) {
	s, server, kept := unset(t)
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	a := s.github.App("by-hand")
	admin := newPerson(t)
	admin.open(s.http.URL + "/setup?token=" + server.Claim())
	keepPage(t, "/setup", admin.page)
	given := []string{"public", s.http.URL, "web", s.github.WebURL(), "client", "c", "secret", "s", "hook", a.Secret}
	admin.send("/setup/manual", append(given, "app", "x", "key", a.Key())...).sees("the App ID is a number")
	admin.send("/setup/manual", append(given, "app", "12", "key", "hello")...).sees("private key is no PEM")
	if _, err := os.Stat(kept); err == nil {
		t.Error("half an App is kept")
	}
	admin.send("/setup/manual", append(given, "app", "12", "key", a.Key())...).sees("The App is made")
	again, err := Keeper{kept}.Load()
	if err != nil || again.Credentials.AppID != 12 || again.Public != s.http.URL {
		t.Errorf("kept %+v, %v", again, err)
	}
}

// A session of another's making, or of yesterday, opens nothing.
func TestSessions(t *testing.T) {
	s, server, _ := unset(t)
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	sealed := server.seal("session", []byte(`{"Login":"ines","Installations":[1],"Until":9999999999}`))
	old := server.seal("session", []byte(`{"Login":"ines","Installations":[1],"Until":1}`))
	for name, tt := range map[string]struct {
		cookie string
		in     bool
	}{
		"good": {sealed, true}, "old": {old, false}, "changed": {"e" + sealed, false}, "for another use": {server.seal("setup", []byte(`{"Login":"ines","Until":9999999999}`)), false}, "empty": {"", false},
	} {
		req := httptest.NewRequest("GET", s.http.URL+"/", nil)
		req.AddCookie(&http.Cookie{Name: sessionCookie, Value: tt.cookie})
		if _, ok := server.session(req); ok != tt.in {
			t.Errorf("%s: let in %t", name, ok)
		}
	}
}
