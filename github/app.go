package github

import (
	"cmp"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	gogithub "github.com/google/go-github/v60/github"
	"golang.org/x/oauth2"

	"github.com/example-org/tellwell/review"
)

// Credentials are what a GitHub App is known by. They are secrets, and are kept where only their owner can read them.
type Credentials struct {
	AppID          int64    `json:"app_id"`
	Slug           string   `json:"slug"`
	Owner          string   `json:"owner"` // login of the organisation or person that owns the App
	WebURL         string   `json:"web_url"`
	ClientID       string   `json:"client_id"`
	ClientSecret   string   `json:"client_secret"`
	PrivateKey     string   `json:"private_key"`     // PEM
	WebhookSecrets []string `json:"webhook_secrets"` // any of them signs a delivery, so that one can be changed without losing any
}

// An App is a GitHub App: who we are where no workflow gives us a token. It is safe for use by several goroutines.
type App struct {
	Credentials
	client  *Client // as the App itself
	options Options

	mu      sync.Mutex
	clients map[int64]*Client // by installation
}

// NewApp returns the App of these credentials. Of the options the token is left aside. Without a secret it fails: nothing unsigned is
// believed, so that nothing would be heard.
func NewApp(c Credentials, o Options) (*App, error) {
	if !slices.ContainsFunc(c.WebhookSecrets, func(secret string) bool { return secret != "" }) {
		return nil, errors.New("the App has no webhook secret; it is the one in the App's settings on GitHub")
	}
	key, err := privateKey(c.PrivateKey)
	if err != nil {
		return nil, err
	}
	now := o.Now
	if now == nil {
		now = time.Now
	}
	o.Token = oauth2.ReuseTokenSource(nil, &appTokens{id: c.AppID, key: key, now: now})
	client, err := New(o)
	if err != nil {
		return nil, err
	}
	return &App{Credentials: c, client: client, options: o, clients: map[int64]*Client{}}, nil
}

func privateKey(text string) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("the App's private key is no PEM; take the file that GitHub gave, whole, with its BEGIN and END lines")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if rsaKey, ok := key.(*rsa.PrivateKey); err == nil && ok {
		return rsaKey, nil
	}
	return nil, errors.New("the App's private key is no RSA key; make a new one on the App's settings page")
}

// appTokens makes the tokens that the App itself asks with: JSON Web Tokens signed with RS256, good for nine minutes, of which GitHub takes
// ten at most. They begin a minute ago, for clocks differ
// (docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app).
type appTokens struct {
	id  int64
	key *rsa.PrivateKey
	now func() time.Time
}

func (a *appTokens) Token() (*oauth2.Token, error) {
	now := a.now()
	head := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256","typ":"JWT"}`))
	claims, err := json.Marshal(map[string]any{"iat": now.Add(-time.Minute).Unix(), "exp": now.Add(9 * time.Minute).Unix(), "iss": fmt.Sprint(a.id)})
	if err != nil {
		return nil, err
	}
	signed := head + "." + base64.RawURLEncoding.EncodeToString(claims)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, a.key, crypto.SHA256, sum[:])
	if err != nil {
		return nil, err
	}
	return &oauth2.Token{AccessToken: signed + "." + base64.RawURLEncoding.EncodeToString(signature), TokenType: "Bearer", Expiry: now.Add(8 * time.Minute)}, nil
}

// installationTokens exchanges the App's token for one of an installation. REST and GraphQL share what it gives, which is good for an hour.
type installationTokens struct {
	app *App
	id  int64
}

func (i *installationTokens) Token() (*oauth2.Token, error) {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	t, _, err := i.app.client.rest.Apps.CreateInstallationToken(ctx, i.id, &gogithub.InstallationTokenOptions{})
	if err != nil {
		return nil, i.app.client.fault(fmt.Sprintf("get a token for installation %d", i.id), err)
	}
	return &oauth2.Token{AccessToken: t.GetToken(), TokenType: "Bearer", Expiry: t.GetExpiresAt().Time}, nil
}

// Installation returns the client that acts as an installation of the App; the same one each time, so that its token is asked for once an
// hour and what it learnt is kept.
func (a *App) Installation(id int64) (*Client, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if c := a.clients[id]; c != nil {
		return c, nil
	}
	o := a.options
	o.Token = oauth2.ReuseTokenSourceWithExpiry(nil, &installationTokens{a, id}, 5*time.Minute)
	c, err := New(o)
	if err == nil {
		a.clients[id] = c
	}
	return c, err
}

// An Installation is an account that the App is installed on.
type Installation struct {
	ID        int64
	Account   string // login
	Kind      string // "Organization" or "User"
	Suspended bool
}

// Installations lists where the App is installed.
func (a *App) Installations(ctx context.Context) ([]Installation, error) {
	var out []Installation
	options := &gogithub.ListOptions{PerPage: 100}
	for {
		page, resp, err := a.client.rest.Apps.ListInstallations(ctx, options)
		if err != nil {
			return nil, a.client.fault("list the App's installations", err)
		}
		for _, i := range page {
			out = append(out, Installation{i.GetID(), i.GetAccount().GetLogin(), i.GetAccount().GetType(), i.SuspendedAt != nil})
		}
		if options.Page = resp.NextPage; options.Page == 0 {
			return out, nil
		}
	}
}

// A Repository is one that an installation may read.
type Repository struct {
	ID       int64
	Name     string // "owner/name"
	Archived bool
}

// Repositories lists what this installation may read.
func (c *Client) Repositories(ctx context.Context) ([]Repository, error) {
	var out []Repository
	options := &gogithub.ListOptions{PerPage: 100}
	for {
		page, resp, err := c.rest.Apps.ListRepos(ctx, options)
		if err != nil {
			return nil, c.fault("list the installation's repositories", err)
		}
		for _, r := range page.Repositories {
			out = append(out, Repository{r.GetID(), r.GetFullName(), r.GetArchived()})
		}
		if options.Page = resp.NextPage; options.Page == 0 {
			return out, nil
		}
	}
}

// A Head is an open pull request and the commit it stands at.
type Head struct {
	Number int
	SHA    string
}

// Open lists a repository's open pull requests, the newest first.
func (c *Client) Open(ctx context.Context, repo string) ([]Head, error) {
	owner, name, err := split(repo)
	if err != nil {
		return nil, err
	}
	var out []Head
	options := &gogithub.PullRequestListOptions{State: "open", ListOptions: gogithub.ListOptions{PerPage: 100}}
	for {
		page, resp, err := c.rest.PullRequests.List(ctx, owner, name, options)
		if err != nil {
			return nil, c.fault("list the open pull requests of "+repo, err)
		}
		for _, p := range page {
			out = append(out, Head{p.GetNumber(), p.GetHead().GetSHA()})
		}
		if options.Page = resp.NextPage; options.Page == 0 {
			return out, nil
		}
	}
}

// Settings returns what a repository's default branch and its organisation's .github repository hold of configuration; nil where there is
// none.
func (c *Client) Settings(ctx context.Context, repo string) (own, organisation []byte, err error) {
	owner, name, err := split(repo)
	if err != nil {
		return nil, nil, err
	}
	var out struct {
		Own, Organisation *struct{ Object *held }
	}
	errs, err := c.ask(ctx, call{name: "Settings"}, settingsQuery, map[string]any{
		"owner": owner, "name": name, "config": "HEAD:" + review.ConfigPath}, &out)
	if err == nil {
		err = unfilled(errs, noOrganisation)
	}
	if err != nil {
		return nil, nil, c.fault("read the settings of "+repo, err)
	}
	if out.Own != nil && out.Own.Object != nil && out.Own.Object.Text != nil {
		own = []byte(*out.Own.Object.Text)
	}
	return own, textOf(out.Organisation), nil
}

const settingsQuery = `query Settings($owner: String!, $name: String!, $config: String!) {
  own: repository(owner: $owner, name: $name) { object(expression: $config) { ...held } }
  organisation: repository(owner: $owner, name: ".github") { object(expression: $config) { ...held } }
}
` + heldFragment

// noOrganisation spares the error that there is no .github repository, or none that we may read.
func noOrganisation(e graphError) bool { return len(e.Path) > 0 && e.Path[0] == "organisation" }

func textOf(in *struct{ Object *held }) []byte {
	if in == nil || in.Object == nil || in.Object.Text == nil {
		return nil
	}
	return []byte(*in.Object.Text)
}

// A Missed delivery is one that GitHub could not deliver.
type Missed struct {
	ID   int64  // to ask for it again
	GUID string // that it carries
	At   time.Time
}

// Missed lists the deliveries since a time of which no attempt was answered well, the newest first: GitHub tries none of them again by
// itself (docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries).
func (a *App) Missed(ctx context.Context, since time.Time) ([]Missed, error) {
	well := map[string]bool{}
	var out []Missed
	options := &gogithub.ListCursorOptions{PerPage: 100}
	for {
		page, resp, err := a.client.rest.Apps.ListHookDeliveries(ctx, options)
		if err != nil {
			return nil, a.client.fault("list the webhook's deliveries", err)
		}
		old := false
		for _, d := range page {
			at := d.GetDeliveredAt().Time
			old = old || at.Before(since)
			if code := d.GetStatusCode(); code >= 200 && code < 300 {
				well[d.GetGUID()] = true
			} else if at.After(since) {
				out = append(out, Missed{d.GetID(), d.GetGUID(), at})
			}
		}
		if options.Cursor = resp.Cursor; old || options.Cursor == "" {
			break
		}
	}
	seen := map[string]bool{}
	kept := out[:0]
	for _, m := range out {
		if !well[m.GUID] && !seen[m.GUID] {
			seen[m.GUID] = true
			kept = append(kept, m)
		}
	}
	return kept, nil
}

// Redeliver asks GitHub for a delivery again, which then comes with the same GUID.
func (a *App) Redeliver(ctx context.Context, id int64) error {
	_, _, err := a.client.rest.Apps.RedeliverHookDelivery(ctx, id)
	var accepted *gogithub.AcceptedError
	if err != nil && !errors.As(err, &accepted) {
		return a.client.fault("ask for a delivery again", err)
	}
	return nil
}

// FromManifest exchanges the code that GitHub gives after an App was made from a manifest for its credentials. The code is good for an hour
// and once (docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest).
func FromManifest(ctx context.Context, code string, o Options) (Credentials, error) {
	o.Token = nobody{}
	c, err := New(o)
	if err != nil {
		return Credentials{}, err
	}
	made, _, err := c.rest.Apps.CompleteAppManifest(ctx, code)
	if err != nil {
		return Credentials{}, c.fault("take over the App that was made", err)
	}
	return Credentials{
		AppID: made.GetID(), Slug: made.GetSlug(), Owner: made.GetOwner().GetLogin(), ClientID: made.GetClientID(), ClientSecret: made.GetClientSecret(),
		PrivateKey: made.GetPEM(), WebhookSecrets: []string{made.GetWebhookSecret()}, WebURL: cmp.Or(made.GetHTMLURL(), made.GetExternalURL()),
	}, nil
}

// nobody asks without a token.
type nobody struct{}

func (nobody) Token() (*oauth2.Token, error) { return &oauth2.Token{}, nil }

// RetryAt returns when a fault of GitHub's rate limit is over; false when err is another.
func RetryAt(err error) (time.Time, bool) {
	var limit *LimitError
	if errors.As(err, &limit) {
		return limit.Until, true
	}
	return time.Time{}, false
}

// Issue makes an issue by that title unless the identity named (anybody, where it is empty) made one before, and reports whether it is there now. A token that may not is
// told by false.
func (c *Client) Issue(ctx context.Context, repo, me, title, body string) (bool, error) {
	owner, name, err := split(repo)
	if err != nil {
		return false, err
	}
	there, _, err := c.rest.Issues.ListByRepo(ctx, owner, name, &gogithub.IssueListByRepoOptions{Creator: me, State: "all", ListOptions: gogithub.ListOptions{PerPage: 50}})
	if code := answered(err); code == http.StatusForbidden || code == http.StatusNotFound {
		return false, nil
	}
	if err != nil {
		return false, c.fault("look for the issue "+title, err)
	}
	for _, i := range there {
		if i.GetTitle() == title {
			return true, nil
		}
	}
	_, _, err = c.rest.Issues.Create(ctx, owner, name, &gogithub.IssueRequest{Title: &title, Body: &body})
	if answered(err) == http.StatusForbidden {
		return false, nil
	}
	if err != nil {
		return false, c.fault("make the issue "+title, err)
	}
	return true, nil
}
