package githubtest

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
)

// Permissions are what a token may do, in the words of a workflow's permissions: "contents", "pull-requests", "checks", "issues",
// "administration"; each "read" or "write". What is not named may not even be read.
type Permissions map[string]string

// ReadOnly is what a workflow run of a fork's or Dependabot's pull_request event may do, whatever its permissions say.
var ReadOnly = Permissions{"contents": "read", "pull-requests": "read", "checks": "read", "issues": "read"}

func (p Permissions) allows(need string) bool {
	what, how, _ := strings.Cut(need, ":")
	return p[what] == "write" || p[what] == "read" && how == "read"
}

// An identity is who a token acts as.
type identity struct {
	login string
	own   Permissions // nil for what the server has granted
	app   bool        // the App itself, by its own token
	of    *Installed  // the installation whose token it is; it reaches its own repositories only
}

func (who identity) bot() bool { return isBot(who.login) }

func isBot(login string) bool { return strings.HasSuffix(login, "[bot]") }

// Permit sets what tokens may do that were made by Token and by As. At first it is what tellwell asks for: contents: read,
// pull-requests: write, checks: write.
func (s *Server) Permit(p Permissions) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.granted = p
}

// Token returns the token of a workflow run: it acts as github-actions[bot].
func (s *Server) Token() string { return s.As("github-actions[bot]") }

// As returns a token that acts as login. A login that ends in "[bot]" is an App's.
func (s *Server) As(login string) string { return s.as(identity{login: login}) }

// AsWith returns a token that acts as login and may do what p says, whatever Permit grants to others.
func (s *Server) AsWith(login string, p Permissions) string {
	return s.as(identity{login: login, own: p})
}

func (s *Server) as(who identity) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := fmt.Sprintf("ghs_%08x%d", hash(who.login), len(s.tokens))
	if who.own == nil {
		token = fmt.Sprintf("ghs_%08x", hash(who.login))
	}
	s.tokens[token] = who
	return token
}

// identify returns who sent a request.
func (s *Server) identify(r *http.Request) (identity, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") && !strings.EqualFold(scheme, "token") {
		return identity{}, false
	}
	who, ok := s.tokens[token]
	if !ok {
		return s.verified(token)
	}
	return who, ok
}

func (s *Server) may(who identity, need string) bool {
	if who.own != nil {
		return who.own.allows(need)
	}
	return s.granted.allows(need)
}

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}
