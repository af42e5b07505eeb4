package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// The pages of GitHub's own that a browser passes through: making an App from a manifest, and signing in.

// As people see it: who is signed in to GitHub in every browser; nobody at first.
func (s *Server) SignIn(login string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.person = login
}

// Role says what somebody is to an organisation: "admin", "member", or "" for nobody.
func (s *Server) Role(organisation, login, role string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.roles[organisation+"/"+login] = role
}

// Team puts somebody into a team of an organisation.
func (s *Server) Team(organisation, team, login string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.roles[organisation+"/"+team+"/"+login] = "member"
}

// Made returns the App that was made from a manifest, and the manifest; nil when none was.
func (s *Server) Made() (*App, map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.app, s.manifest
}

// newAppPage asks once more, as GitHub does, before it makes the App.
func (s *Server) newAppPage(w http.ResponseWriter, r *http.Request) {
	var m map[string]any
	if err := json.Unmarshal([]byte(r.PostFormValue("manifest")), &m); err != nil {
		http.Error(w, "the manifest is no JSON", http.StatusUnprocessableEntity)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Create GitHub App</title><h1>Create GitHub App</h1><form method="post" action="/made?state=%s"><input type="hidden" name="manifest" value="%s"><button id="create">Create GitHub App</button></form>`,
		url.QueryEscape(r.URL.Query().Get("state")), strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace(r.PostFormValue("manifest")))
}

func (s *Server) makeApp(w http.ResponseWriter, r *http.Request) {
	var m map[string]any
	if err := json.Unmarshal([]byte(r.PostFormValue("manifest")), &m); err != nil {
		http.Error(w, "the manifest is no JSON", http.StatusUnprocessableEntity)
		return
	}
	a := s.App("tellwell-made")
	s.mu.Lock()
	s.manifest = m
	s.mu.Unlock()
	a.Hook(m["hook_attributes"].(map[string]any)["url"].(string))
	http.Redirect(w, r, m["redirect_url"].(string)+"?code=once&state="+url.QueryEscape(r.URL.Query().Get("state")), http.StatusFound)
}

func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	person := s.person
	s.mu.Unlock()
	http.Redirect(w, r, r.URL.Query().Get("redirect_uri")+"?code="+url.QueryEscape("of "+person)+"&state="+url.QueryEscape(r.URL.Query().Get("state")), http.StatusFound)
}

func (s *Server) accessToken(w http.ResponseWriter, r *http.Request) {
	login, ok := strings.CutPrefix(r.PostFormValue("code"), "of ")
	w.Header().Set("Content-Type", "application/json")
	if !ok || login == "" || r.PostFormValue("client_secret") == "" {
		_, _ = w.Write([]byte(`{"error":"bad_verification_code"}`))
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": s.As(login), "token_type": "bearer", "scope": ""})
}

// convert gives the credentials of the App that was made, once.
func convert(c *call) *reply {
	a := c.s.app
	if a == nil || c.r.PathValue("code") != "once" || a.converted {
		return fail(404, "Not Found")
	}
	a.converted = true
	return answer(201, map[string]any{"id": a.ID, "slug": a.Slug, "node_id": "A_1", "owner": c.user("acme"), "name": a.Slug, "description": "", "external_url": c.web(),
		"html_url": c.web() + "/apps/" + a.Slug, "created_at": stamp(c.s.start()), "updated_at": stamp(c.s.start()), "permissions": map[string]any{}, "events": []any{},
		"client_id": "Iv1.test", "client_secret": "client secret", "webhook_secret": a.Secret, "pem": a.Key()})
}

func getMembership(c *call) *reply {
	org, login := c.r.PathValue("org"), c.r.PathValue("username")
	role := c.s.roles[org+"/"+login]
	if role == "" {
		return fail(404, "Not Found")
	}
	return ok(map[string]any{"url": c.base + "/orgs/" + org + "/memberships/" + login, "state": "active", "role": role, "organization_url": c.base + "/orgs/" + org,
		"organization": c.organizationSimple(org), "user": c.user(login)})
}

func getTeamMembership(c *call) *reply {
	org, team, login := c.r.PathValue("org"), c.r.PathValue("team"), c.r.PathValue("username")
	if c.s.roles[org+"/"+team+"/"+login] == "" {
		return fail(404, "Not Found")
	}
	return ok(map[string]any{"url": c.base + "/teams/1/memberships/" + login, "role": "member", "state": "active"})
}

func (c *call) organizationSimple(org string) map[string]any {
	at := c.base + "/orgs/" + org
	return map[string]any{"login": org, "id": hash(org), "node_id": "O_" + org, "url": at, "repos_url": at + "/repos", "events_url": at + "/events", "hooks_url": at + "/hooks",
		"issues_url": at + "/issues", "members_url": at + "/members{/member}", "public_members_url": at + "/public_members{/member}", "avatar_url": c.web() + "/avatars/" + org, "description": nil}
}
