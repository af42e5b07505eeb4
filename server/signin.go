package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/example-org/tellwell/github"
)

const stateCookie = "tellwell-signin"

// signin is the page before the way to GitHub.
func (s *Server) signin(w http.ResponseWriter, _ *http.Request) { s.signinPage(w, http.StatusOK, "") }

func (s *Server) signinPage(w http.ResponseWriter, status int, wrong string) {
	s.show(w, status, "signin", map[string]any{"Title": "Sign in", "Error": wrong, "Team": s.o.Team})
}

// leave sends a browser to GitHub to be signed in; the cookie ties the way back to this browser.
func (s *Server) leave(w http.ResponseWriter, r *http.Request) {
	app := s.App()
	if app == nil || app.ClientID == "" {
		s.signinPage(w, http.StatusServiceUnavailable, "Nobody can sign in yet: the App's client id and secret are not known here. docs/server.md says where they go.")
		return
	}
	state := s.seal("signin", []byte(strconv.FormatInt(s.o.Now().Add(10*time.Minute).Unix(), 10)+short8()))
	s.setCookie(w, stateCookie, state, 10*time.Minute)
	http.Redirect(w, r, app.SignInURL(s.web(), s.public()+"/signin/back", state), http.StatusSeeOther)
}

// back takes a person who comes from GitHub, and lets in whoever administers an installation.
func (s *Server) back(w http.ResponseWriter, r *http.Request) {
	app := s.App()
	state := r.URL.Query().Get("state")
	cookie, err := r.Cookie(stateCookie)
	raw, ok := s.unseal("signin", state)
	if app == nil || err != nil || cookie.Value != state || !ok || len(raw) < 10 {
		s.signinPage(w, http.StatusForbidden, "This way back is not ours. Sign in once more.")
		return
	}
	if end, err := strconv.ParseInt(string(raw[:10]), 10, 64); err != nil || end < s.o.Now().Unix() {
		s.signinPage(w, http.StatusForbidden, "That took longer than ten minutes. Sign in once more.")
		return
	}
	s.setCookie(w, stateCookie, "", -time.Second)
	login, err := app.SignedIn(r.Context(), s.web(), s.public()+"/signin/back", r.URL.Query().Get("code"))
	if err != nil {
		s.signinPage(w, http.StatusForbidden, err.Error())
		return
	}
	installed, err := s.store.installations(r.Context())
	if err != nil {
		s.broken(w, err)
		return
	}
	who := session{Login: login, Until: s.o.Now().Add(sessionLength).Unix()}
	var failed []error
	for _, in := range installed {
		may, err := app.Administers(r.Context(), github.Installation{ID: in.ID, Account: in.Account, Kind: in.Kind}, login, s.o.Team)
		if err != nil {
			failed = append(failed, err)
		} else if may {
			who.Installations = append(who.Installations, in.ID)
		}
	}
	if len(who.Installations) == 0 {
		wrong := login + " owns no organisation that tellwell is installed on, and is not in its team."
		if err := errors.Join(failed...); err != nil {
			s.o.Log.Warn("sign-in", "error", err)
			wrong += " Not every organisation could be asked."
		}
		s.signinPage(w, http.StatusForbidden, wrong)
		return
	}
	sealed, err := json.Marshal(who)
	if err != nil {
		s.broken(w, err)
		return
	}
	s.setCookie(w, sessionCookie, s.seal("session", sealed), sessionLength)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *Server) signout(w http.ResponseWriter, r *http.Request) {
	if s.proven(r) {
		s.setCookie(w, sessionCookie, "", -time.Second)
	}
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
}

func (s *Server) broken(w http.ResponseWriter, err error) {
	s.o.Log.Error("a page could not be made", "error", err)
	say(w, http.StatusInternalServerError, "this page could not be made; the log says why")
}

// A page of the admin's is for whoever signed in.
type adminPage func(w http.ResponseWriter, r *http.Request, who session) error

func (s *Server) admin(do adminPage) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, ok := s.session(r)
		if !ok {
			http.Redirect(w, r, "/signin", http.StatusSeeOther)
			return
		}
		if r.Method == http.MethodPost && !s.proven(r) {
			say(w, http.StatusForbidden, "this form is not ours, or too old; go back and load the page anew")
			return
		}
		if err := do(w, r, who); err != nil {
			s.broken(w, err)
		}
	}
}
