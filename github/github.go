// Package github gathers a pull request as plain data and tells a review's deeds on it. It is the edge: the one importer of go-github
// and oauth2, and it never hears of a check. What GitHub answers is data; nothing of a pull request's head is executed or believed as
// configuration, and nothing is ever deleted.
package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	gogithub "github.com/google/go-github/v60/github"
	"golang.org/x/oauth2"
)

// Options say which GitHub a Client speaks to, and as whom.
type Options struct {
	API     string // "https://api.github.com" when empty; of Enterprise Server "https://HOST/api/v3"
	GraphQL string // when empty made from API: "https://api.github.com/graphql", "https://HOST/api/graphql"
	Token   oauth2.TokenSource

	Base  http.RoundTripper                          // nil is the default transport
	Sleep func(context.Context, time.Duration) error // nil really sleeps
	Now   func() time.Time                           // nil is the clock
	// Patience is how long one request waits for a rate limit to be over, in all; 0 is five minutes. After that it is a LimitError.
	Patience time.Duration
	Sent     func(Request) // told of each request that was sent; may be nil
	Log      func(string)  // told of waits and retries; may be nil; never sees the token
}

// A Client gathers pull requests and tells reviews, as one identity. It is safe for use by several goroutines; its writes are sent one
// after another, at least a second apart, as GitHub asks.
type Client struct {
	rest  *gogithub.Client
	wire  *wire
	now   func() time.Time
	http  *http.Client
	graph string // address of GraphQL

	mu      sync.Mutex
	folders map[string]string // where each repository's primer lay when it was last read
	books   []book            // primers of other repositories
}

// A Request is one request that was sent, for tables of what a review costs.
type Request struct {
	Method string
	Path   string // below the API's address with its query, or "graphql NAME" with the name of the operation
	Status int    // 0 when there was no answer
	Points int    // against GitHub's secondary limit: 1 for a read, 5 for a write
}

// New returns a Client.
func New(o Options) (*Client, error) {
	if o.Token == nil {
		return nil, errors.New("there is no token for GitHub; set GITHUB_TOKEN")
	}
	api, err := address(o.API, "https://api.github.com")
	if err != nil {
		return nil, err
	}
	graph, err := address(o.GraphQL, graphQLBeside(api))
	if err != nil {
		return nil, err
	}
	w := newWire(o, api, graph)
	c := &Client{wire: w, graph: graph.String(), now: o.Now, folders: map[string]string{}}
	if c.now == nil {
		c.now = time.Now
	}
	c.http = &http.Client{Transport: w, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		switch {
		case !w.ours(req.URL):
			return fmt.Errorf("GitHub sends us on to another host, %s; set the API's address to where it is now", req.URL.Host)
		case len(via) >= 5:
			return errors.New("GitHub sends us on without end")
		}
		return nil
	}}
	c.rest = gogithub.NewClient(c.http)
	c.rest.UserAgent = userAgent
	base := *api
	base.Path = strings.TrimSuffix(base.Path, "/") + "/" // go-github wants the slash
	c.rest.BaseURL = &base
	return c, nil
}

const userAgent = "tellwell"

// Budget returns how many requests GitHub says that this identity has left, and when it begins anew; known is false before it said so, and
// where there are no limits.
func (c *Client) Budget() (left int, reset time.Time, known bool) {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	b := c.wire.budget
	return b.left, b.reset, b.known && time.Now().Before(b.reset)
}

// Requests returns every request that was sent so far, retries too, in order.
func (c *Client) Requests() []Request { return c.wire.sent() }

func address(text, otherwise string) (*url.URL, error) {
	if text == "" {
		text = otherwise
	}
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("%q is no address of GitHub's API; it looks like https://api.github.com or https://HOST/api/v3", text)
	}
	return u, nil
}

// graphQLBeside returns where GraphQL lies beside REST: below it on github.com, in its place on Enterprise Server.
func graphQLBeside(api *url.URL) string {
	u := *api
	u.Path = strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/v3") + "/graphql"
	return u.String()
}

// split returns the two halves of "owner/name".
func split(repo string) (owner, name string, err error) {
	owner, name, ok := strings.Cut(repo, "/")
	if !ok || owner == "" || name == "" || strings.ContainsAny(name, "/?#%") || strings.ContainsAny(owner, "?#%") {
		return "", "", fmt.Errorf("%q is no repository; it looks like owner/name", repo)
	}
	return owner, name, nil
}
