package githubtest

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An App is a GitHub App on the server: its own tokens are JSON Web Tokens that are really verified, an installation's tokens act as
// NAME[bot] for the repositories of that installation alone, and its webhook is really called.
type App struct {
	s         *Server
	ID        int64
	Slug      string
	Secret    string // signs deliveries
	key       *rsa.PrivateKey
	installed []*Installed
	hook      string // address that deliveries go to
	log       []*delivery
	Exchanges int  // tokens given so far
	converted bool // its credentials were given
}

// Installed is an installation of an App on an account.
type Installed struct {
	app       *App
	ID        int64
	Account   string
	Kind      string // "Organization" or "User"
	suspended bool
	repos     []*Repo
}

// A delivery is one attempt of one.
type delivery struct {
	id     int64
	guid   string
	event  string
	body   []byte
	at     time.Time
	status int
}

// App makes a GitHub App.
func (s *Server) App(slug string) *App {
	s.t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.app = &App{s: s, ID: s.id(), Slug: slug, Secret: "of " + slug, key: key}
	return s.app
}

// Key is the App's private key, as GitHub gives it: PKCS#1 in PEM.
func (a *App) Key() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(a.key)}))
}

// Install installs the App on an organisation's repositories and delivers that.
func (a *App) Install(account string, repos ...*Repo) *Installed {
	a.s.mu.Lock()
	in := &Installed{app: a, ID: a.s.id(), Account: account, Kind: "Organization", repos: repos}
	a.installed = append(a.installed, in)
	a.s.mu.Unlock()
	a.Deliver("installation", in.payload("created", func(c *call) map[string]any { return map[string]any{"repositories": in.listed(repos)} }))
	return in
}

// Add gives the installation more repositories and delivers that.
func (in *Installed) Add(repos ...*Repo) {
	in.app.s.mu.Lock()
	in.repos = append(in.repos, repos...)
	in.app.s.mu.Unlock()
	in.app.Deliver("installation_repositories", in.payload("added", func(c *call) map[string]any {
		return map[string]any{"repositories_added": in.listed(repos), "repositories_removed": []any{}, "repository_selection": "selected"}
	}))
}

// Suspend suspends the installation, or ends that, and delivers it.
func (in *Installed) Suspend(now bool) {
	in.app.s.mu.Lock()
	in.suspended = now
	in.app.s.mu.Unlock()
	in.app.Deliver("installation", in.payload(map[bool]string{true: "suspend", false: "unsuspend"}[now], nil))
}

// Event delivers an event of a pull request in one of the installation's repositories.
func (in *Installed) Event(p *Pull, action string) {
	in.app.Deliver("pull_request", in.With(p.Event(action)))
}

// Said delivers the event of a comment.
func (in *Installed) Said(p *Pull, said Comment) {
	body, event := p.CommentEvent("created", said)
	in.app.Deliver(event, in.With(body))
}

// With returns a payload with the installation in it, as a webhook of an App has it.
func (in *Installed) With(body []byte) []byte {
	var v map[string]any
	if err := json.Unmarshal(body, &v); err != nil {
		panic(err)
	}
	v["installation"] = map[string]any{"id": in.ID, "node_id": fmt.Sprintf("MDIz%d", in.ID)}
	v["organization"] = map[string]any{"login": in.Account, "id": hash(in.Account)}
	return encode(v)
}

func (in *Installed) listed(repos []*Repo) []any {
	out := []any{}
	for _, r := range repos {
		out = append(out, map[string]any{"id": r.id, "node_id": r.node, "name": r.base(), "full_name": r.Name, "private": !r.public})
	}
	return out
}

func (in *Installed) payload(action string, more func(*call) map[string]any) []byte {
	in.app.s.mu.Lock()
	defer in.app.s.mu.Unlock()
	c := in.app.s.outside()
	v := map[string]any{"action": action, "installation": c.installation(in), "sender": c.user("ines")}
	if more != nil {
		for key, value := range more(c) {
			v[key] = value
		}
	}
	return encode(v)
}

func (c *call) installation(in *Installed) map[string]any {
	account := c.user(in.Account).(map[string]any)
	account["type"] = in.Kind
	for key, value := range map[string]any{"name": in.Account, "slug": in.Account, "created_at": stamp(c.s.start()), "updated_at": stamp(c.s.start())} {
		account[key] = value // an enterprise's, which GitHub's description asks for beside a person's
	}
	v := map[string]any{
		"id": in.ID, "account": account, "repository_selection": "selected", "access_tokens_url": fmt.Sprintf("%s/app/installations/%d/access_tokens", c.base, in.ID),
		"repositories_url": c.base + "/installation/repositories", "html_url": fmt.Sprintf("%s/organizations/%s/settings/installations/%d", c.web(), in.Account, in.ID),
		"app_id": in.app.ID, "app_slug": in.app.Slug, "target_id": hash(in.Account), "target_type": in.Kind, "permissions": map[string]any{"contents": "read", "metadata": "read", "pull_requests": "write", "checks": "write"},
		"events": []any{"pull_request"}, "created_at": stamp(c.s.start()), "updated_at": stamp(c.s.start()), "single_file_name": nil,
		"has_multiple_single_files": false, "single_file_paths": []any{}, "suspended_by": nil, "suspended_at": nil,
	}
	if in.suspended {
		v["suspended_by"], v["suspended_at"] = c.user("ines"), stamp(c.s.now)
	}
	return v
}

// Hook sets the address that deliveries go to. Until then they fail, as they do while a server is down.
func (a *App) Hook(address string) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.hook = address
}

// Deliver sends an event to the webhook, once: GitHub tries none again by itself. It returns the GUID and the status, 0 for none.
func (a *App) Deliver(event string, body []byte) (guid string, status int) {
	a.s.mu.Lock()
	guid = fmt.Sprintf("%08x-0000-4000-8000-%012x", a.ID, a.s.id())
	a.s.mu.Unlock()
	return guid, a.Again(guid, event, body)
}

// Again delivers under a GUID that was used before.
func (a *App) Again(guid, event string, body []byte) (status int) {
	a.s.mu.Lock()
	hook := a.hook
	d := &delivery{id: a.s.id(), guid: guid, event: event, body: body, at: a.s.now}
	a.log = append(a.log, d)
	a.s.mu.Unlock()
	if hook != "" {
		req, err := http.NewRequest("POST", hook, bytes.NewReader(body))
		if err != nil {
			panic(err)
		}
		mac := hmac.New(sha256.New, []byte(a.Secret))
		mac.Write(body)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-GitHub-Event", event)
		req.Header.Set("X-GitHub-Delivery", guid)
		req.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
		client := &http.Client{Timeout: 10 * time.Second} // github.com waits no longer
		if resp, err := client.Do(req); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			status = resp.StatusCode
		}
	}
	a.s.mu.Lock()
	d.status = status
	a.s.mu.Unlock()
	return status
}

// verified returns who a JSON Web Token of the App's makes its bearer: the App itself.
func (s *Server) verified(token string) (identity, bool) {
	parts := strings.Split(token, ".")
	if s.app == nil || len(parts) != 3 {
		return identity{}, false
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return identity{}, false
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if rsa.VerifyPKCS1v15(&s.app.key.PublicKey, crypto.SHA256, sum[:], signature) != nil {
		return identity{}, false
	}
	claims, err := base64.RawURLEncoding.DecodeString(parts[1])
	var v struct {
		Iss string
		Iat int64
		Exp int64
	}
	if err != nil || json.Unmarshal(claims, &v) != nil || v.Iss != strconv.FormatInt(s.app.ID, 10) || v.Exp-v.Iat > 600 || time.Unix(v.Exp, 0).Before(time.Now()) {
		return identity{}, false
	}
	return identity{login: s.app.Slug, app: true}, true
}

// asApp turns away whoever is not the App itself.
func asApp(do func(*call) *reply) func(*call) *reply {
	return func(c *call) *reply {
		if !c.who.app {
			return fail(401, "A JSON web token could not be decoded")
		}
		return do(c)
	}
}

func createToken(c *call) *reply {
	id, _ := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	i := slices.IndexFunc(c.s.app.installed, func(in *Installed) bool { return in.ID == id })
	if i < 0 {
		return fail(404, "Not Found")
	}
	in := c.s.app.installed[i]
	if in.suspended {
		return fail(403, "This installation has been suspended")
	}
	c.s.app.Exchanges++
	token := fmt.Sprintf("ghs_%d_%d", in.ID, c.s.app.Exchanges)
	c.s.tokens[token] = identity{login: c.s.app.Slug + "[bot]", of: in}
	return answer(201, map[string]any{"token": token, "expires_at": stamp(time.Now().Add(time.Hour)),
		"permissions": map[string]any{"contents": "read", "metadata": "read", "pull_requests": "write", "checks": "write"}, "repository_selection": "selected"})
}

func listInstallations(c *call) *reply {
	out := ok(nil)
	from, to := c.page(len(c.s.app.installed), out.header)
	list := []any{}
	for _, in := range c.s.app.installed[from:to] {
		list = append(list, c.installation(in))
	}
	out.body = list
	return out
}

func listRepositories(c *call) *reply {
	if c.who.of == nil {
		return fail(403, "Resource not accessible by integration")
	}
	out := ok(nil)
	from, to := c.page(len(c.who.of.repos), out.header)
	list := []any{}
	for _, r := range c.who.of.repos[from:to] {
		list = append(list, c.repository(r))
	}
	out.body = map[string]any{"total_count": len(c.who.of.repos), "repositories": list, "repository_selection": "selected"}
	return out
}

func listDeliveries(c *call) *reply {
	list := []any{}
	for _, d := range slices.Backward(c.s.app.log) {
		list = append(list, d.told())
	}
	return ok(list)
}

func (d *delivery) told() map[string]any {
	return map[string]any{"id": d.id, "guid": d.guid, "delivered_at": stamp(d.at), "redelivery": false, "duration": 0.1,
		"status": http.StatusText(d.status), "status_code": d.status, "event": d.event, "action": nil, "installation_id": nil, "repository_id": nil, "throttled_at": nil}
}

func redeliver(c *call) *reply {
	id, _ := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	for _, d := range c.s.app.log {
		if d.id == id {
			go c.s.app.Again(d.guid, d.event, d.body)
			return answer(202, map[string]any{})
		}
	}
	return fail(404, "Not Found")
}
