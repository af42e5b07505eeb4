package server

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/example-org/tellwell/github"
)

// A Permission is what the App asks of an installation, with its reason.
type Permission struct{ Key, Name, Access, Why string }

// Permissions are all that the App asks for, from the first day: a later one would wait for every owner to accept it.
var Permissions = []Permission{
	{"metadata", "Metadata", "read", "GitHub gives it with any other; names of repositories."},
	{"contents", "Contents", "read", "Pages, settings and primer, as text."},
	{"pull_requests", "Pull requests", "write", "Questions beside the lines, and one summary."},
	{"checks", "Checks", "write", "One check run a head, which never fails unless fail_on asks for it."},
	{"members", "Members", "read", "Who may see the admin pages: owners, or a team."},
	{"issues", "Issues", "write", "The monthly digest as an issue. It may be left out; the digest is then a page only."},
}

// An Event is what GitHub tells us of, with its reason. installation, installation_repositories and ping come without asking.
type Event struct{ Name, Why string }

// Events are all that the App subscribes to.
var Events = []Event{
	{"pull_request", "A page is changed, or becomes ready to be read."},
	{"issue_comment", "Somebody says “tellwell: …” on a pull request."},
	{"pull_request_review_comment", "Somebody answers a question with “tellwell: …”."},
	{"check_run", "Somebody asks for the check run again."},
	{"check_suite", "Somebody asks for all check runs again."},
	{"merge_group", "The merge queue waits for our check, and is let go on at once."},
	{"push", "Settings change on the default branch."},
	{"repository", "A repository is renamed, moved or deleted."},
}

// manifest describes the App to GitHub (docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest).
func manifest(public string) string {
	permissions, names := map[string]string{}, []string{}
	for _, p := range Permissions {
		permissions[p.Key] = p.Access
	}
	for _, e := range Events {
		names = append(names, e.Name)
	}
	b, err := json.Marshal(map[string]any{
		"name": "tellwell-" + short8(), "url": public, "public": false, "description": "Asks of marketing pages what a good editor would.",
		"hook_attributes": map[string]any{"url": public + "/webhook", "active": true}, "redirect_url": public + "/setup/made",
		"callback_urls": []string{public + "/signin/back"}, "default_permissions": permissions, "default_events": names,
	})
	if err != nil {
		panic(err) // it holds nothing but texts
	}
	return string(b)
}

func short8() string {
	var b [3]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// A Keeper keeps the App's credentials and where the server is reached.
type Keeper struct{ Path string }

// Kept is what a Keeper's file holds.
type Kept struct {
	Public      string             `json:"public"` // the address GitHub reaches us at
	Web         string             `json:"web"`    // GitHub's own pages
	Credentials github.Credentials `json:"credentials"`
}

// Load reads what was kept; nil when nothing was.
func (k Keeper) Load() (*Kept, error) {
	src, err := os.ReadFile(k.Path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the App's credentials: %w", err)
	}
	var kept Kept
	if err := json.Unmarshal(src, &kept); err != nil {
		return nil, fmt.Errorf("read the App's credentials: %s is not what tellwell wrote: %w; restore it, or remove it and set up anew", k.Path, err)
	}
	return &kept, nil
}

// Save keeps it in a file that its owner alone can read, written aside and moved into place.
func (k Keeper) Save(kept Kept) error {
	src, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(k.Path), 0o700); err != nil {
		return fmt.Errorf("keep the App's credentials: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(k.Path), ".credentials-*") // 0600
	if err != nil {
		return fmt.Errorf("keep the App's credentials: %w", err)
	}
	_, err = f.Write(append(src, '\n'))
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), k.Path)
	}
	if err != nil {
		return fmt.Errorf("keep the App's credentials: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

const setupCookie = "tellwell-setup"

// claim is the one-time way in: whoever has the token that was printed at the start gets the setup cookie, once.
func (s *Server) claim(w http.ResponseWriter, r *http.Request) {
	if s.App() != nil {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	if token := r.URL.Query().Get("token"); token != "" {
		s.mu.Lock()
		right := s.claimToken != "" && hmac.Equal([]byte(token), []byte(s.claimToken))
		if right {
			s.claimToken = "" // once
		}
		s.mu.Unlock()
		if !right {
			say(w, http.StatusForbidden, "this token is not the one that tellwell printed, or was used before; start tellwell serve again for a new one")
			return
		}
		s.setCookie(w, setupCookie, s.seal("setup", []byte("claimed")), time.Hour)
		http.Redirect(w, r, "/setup", http.StatusSeeOther)
		return
	}
	if !s.claimed(r) {
		say(w, http.StatusForbidden, "open the address that tellwell serve printed when it started")
		return
	}
	s.setupForm(w, r, http.StatusOK, "")
}

func (s *Server) claimed(r *http.Request) bool {
	c, err := r.Cookie(setupCookie)
	if err != nil {
		return false
	}
	_, ok := s.unseal("setup", c.Value)
	return ok
}

func (s *Server) setupForm(w http.ResponseWriter, r *http.Request, status int, wrong string) {
	public := r.PostFormValue("public")
	if public == "" {
		public = s.public()
	}
	web := r.PostFormValue("web")
	if web == "" {
		web = s.web()
	}
	s.show(w, status, "setup", map[string]any{"Title": "Set tellwell up", "Error": wrong, "Public": public, "Owner": r.PostFormValue("owner"), "Web": web,
		"Permissions": Permissions, "Events": Events, "Proof": s.setupProof(r)})
}

func (s *Server) setupProof(r *http.Request) string {
	c, err := r.Cookie(setupCookie)
	if err != nil {
		return ""
	}
	return s.seal("setup form", []byte(c.Value[max(0, len(c.Value)-16):]))
}

// setting reads what the setup forms share, and says what is wrong.
func (s *Server) setting(r *http.Request) (public, web, wrong string) {
	public, web = strings.TrimRight(strings.TrimSpace(r.PostFormValue("public")), "/"), strings.TrimRight(strings.TrimSpace(r.PostFormValue("web")), "/")
	for _, address := range []string{public, web} {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" {
			return public, web, fmt.Sprintf("%q is no web address; write it as https://tellwell.example.com", address)
		}
	}
	return public, web, ""
}

// offer shows the button that makes the App on GitHub.
func (s *Server) offer(w http.ResponseWriter, r *http.Request) {
	if s.App() != nil || !s.claimed(r) || !hmac.Equal([]byte(r.PostFormValue("proof")), []byte(s.setupProof(r))) {
		say(w, http.StatusForbidden, "open the address that tellwell serve printed when it started")
		return
	}
	public, web, wrong := s.setting(r)
	owner := strings.TrimSpace(r.PostFormValue("owner"))
	if wrong == "" && owner != "" && strings.Trim(owner, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
		wrong = fmt.Sprintf("%q is no organisation's name; it is what stands behind github.com/", owner)
	}
	if wrong != "" {
		s.setupForm(w, r, http.StatusUnprocessableEntity, wrong)
		return
	}
	s.mu.Lock()
	s.kept = Kept{Public: public, Web: web}
	s.mu.Unlock()
	state := s.seal("made", []byte(strconv.FormatInt(s.o.Now().Add(time.Hour).Unix(), 10)))
	action := web + "/settings/apps/new?state=" + url.QueryEscape(state)
	if owner != "" {
		action = web + "/organizations/" + owner + "/settings/apps/new?state=" + url.QueryEscape(state)
	}
	s.show(w, http.StatusOK, "manifest", map[string]any{"Title": "Make the App", "Action": action, "Manifest": manifest(public)})
}

// made takes over the App that GitHub has just made.
func (s *Server) made(w http.ResponseWriter, r *http.Request) {
	if s.App() != nil {
		s.afterwards(w, r)
		return
	}
	until, ok := s.unseal("made", r.URL.Query().Get("state"))
	end, err := strconv.ParseInt(string(until), 10, 64)
	if !ok || err != nil || end < s.o.Now().Unix() || !s.claimed(r) {
		say(w, http.StatusForbidden, "this way back is not ours, or an hour old; begin once more at /setup")
		return
	}
	s.mu.Lock()
	kept, o := s.kept, s.o.GitHub
	s.mu.Unlock()
	o.API, o.GraphQL = apiOf(kept.Web, o)
	c, err := github.FromManifest(r.Context(), r.URL.Query().Get("code"), o)
	if err != nil {
		s.setupForm(w, r, http.StatusBadGateway, err.Error())
		return
	}
	kept.Credentials = c
	s.adopt(w, r, kept)
}

// manual takes over an App that was made by hand.
func (s *Server) manual(w http.ResponseWriter, r *http.Request) {
	if s.App() != nil || !s.claimed(r) || !hmac.Equal([]byte(r.PostFormValue("proof")), []byte(s.setupProof(r))) {
		say(w, http.StatusForbidden, "open the address that tellwell serve printed when it started")
		return
	}
	public, web, wrong := s.setting(r)
	id, err := strconv.ParseInt(strings.TrimSpace(r.PostFormValue("app")), 10, 64)
	if wrong == "" && err != nil {
		wrong = "the App ID is a number; it stands at the top of the App's settings"
	}
	if wrong != "" {
		s.setupForm(w, r, http.StatusUnprocessableEntity, wrong)
		return
	}
	s.adopt(w, r, Kept{Public: public, Web: web, Credentials: github.Credentials{AppID: id, ClientID: strings.TrimSpace(r.PostFormValue("client")),
		ClientSecret: strings.TrimSpace(r.PostFormValue("secret")), PrivateKey: r.PostFormValue("key"), WebhookSecrets: []string{strings.TrimSpace(r.PostFormValue("hook"))}}})
}

// adopt keeps the credentials and begins to act as the App.
func (s *Server) adopt(w http.ResponseWriter, r *http.Request, kept Kept) {
	if err := s.Adopt(kept); err != nil {
		s.setupForm(w, r, http.StatusUnprocessableEntity, err.Error())
		return
	}
	if err := s.o.Keeper.Save(kept); err != nil {
		s.o.Log.Error("the credentials could not be kept; what GitHub gave is in use until the server ends", "error", err)
		s.setupForm(w, r, http.StatusInternalServerError, err.Error())
		return
	}
	if s.o.Claimed != nil {
		go s.o.Claimed()
	}
	http.Redirect(w, r, "/setup/made", http.StatusSeeOther)
}

// afterwards leads on to the installation, and shows the first delivery arrive.
func (s *Server) afterwards(w http.ResponseWriter, r *http.Request) {
	if !s.claimed(r) {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	app := s.App()
	first := ""
	var event, action string
	if err := s.store.db.QueryRowContext(r.Context(), `SELECT event, action FROM deliveries ORDER BY received_at LIMIT 1`).Scan(&event, &action); err == nil {
		first = strings.TrimSpace(event + " " + action)
	}
	install := app.WebURL + "/installations/new"
	if app.WebURL == "" {
		install = s.web() + "/settings/apps"
	}
	data := map[string]any{"Title": "The App is made", "Kept": filepath.Base(s.o.Keeper.Path), "Install": install, "First": first, "Public": s.public()}
	if first == "" {
		data["Refresh"] = "5"
	}
	s.show(w, http.StatusOK, "made", data)
}

// apiOf returns where GitHub's interfaces are, by the address of its pages.
func apiOf(web string, o github.Options) (api, graph string) {
	if o.API != "" {
		return o.API, o.GraphQL
	}
	if web == "" || web == "https://github.com" {
		return "", ""
	}
	return web + "/api/v3", web + "/api/graphql"
}
