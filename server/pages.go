package server

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

//go:embed pages/*.html
var pageFiles embed.FS

// pages are what people see: no script, nothing fetched, light and dark, readable on a phone.
var pages = func() map[string]*template.Template {
	functions := template.FuncMap{"ago": func(d time.Duration) string { return roughly(d) }}
	out := map[string]*template.Template{}
	for _, name := range []string{"setup", "manifest", "made", "signin", "overview", "reviews", "subjects", "digest"} {
		out[name] = template.Must(template.New("layout.html").Funcs(functions).ParseFS(pageFiles, "pages/layout.html", "pages/"+name+".html"))
	}
	return out
}()

// roughly says how long something takes or is ago.
func roughly(d time.Duration) string {
	switch {
	case d < 90*time.Second:
		return fmt.Sprintf("%d seconds", int(d.Seconds()))
	case d < 90*time.Minute:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}

// show writes a page. Forms may lead to us and to GitHub, nothing is fetched, and nobody may frame it.
func (s *Server) show(w http.ResponseWriter, status int, name string, data map[string]any) {
	for _, key := range []string{"Login", "Proof", "Refresh", "Title", "Error"} {
		if _, ok := data[key]; !ok {
			data[key] = ""
		}
	}
	var b bytes.Buffer
	if err := pages[name].Execute(&b, data); err != nil {
		s.o.Log.Error("a page could not be made", "page", name, "error", err)
		say(w, http.StatusInternalServerError, "this page could not be made; the log says why")
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' "+s.web())
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // whoever has gone sees nothing
}

// A session is who signed in, and what they may see. It is kept by the browser, signed by us.
type session struct {
	Login         string
	Installations []int64
	Until         int64 // seconds since 1970
}

const (
	sessionCookie = "tellwell"
	sessionLength = 8 * time.Hour
)

// seal signs a value, for one use that its name tells.
func (s *Server) seal(what string, value []byte) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte(what + "\x00"))
	mac.Write(value)
	return base64.RawURLEncoding.EncodeToString(value) + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// unseal returns a value that we sealed for the same use.
func (s *Server) unseal(what, sealed string) ([]byte, bool) {
	value, _, ok := strings.Cut(sealed, ".")
	raw, err := base64.RawURLEncoding.DecodeString(value)
	return raw, ok && err == nil && hmac.Equal([]byte(s.seal(what, raw)), []byte(sealed))
}

// session returns who asks; false when nobody we know.
func (s *Server) session(r *http.Request) (session, bool) {
	var who session
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return who, false
	}
	raw, ok := s.unseal("session", c.Value)
	if !ok || json.Unmarshal(raw, &who) != nil || who.Until < s.o.Now().Unix() {
		return session{}, false
	}
	return who, true
}

func (s *Server) setCookie(w http.ResponseWriter, name, value string, lasts time.Duration) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(lasts.Seconds()),
		Secure: strings.HasPrefix(s.public(), "https://")})
}

// proof is what our own forms carry, so that no other site can send them.
func (s *Server) proof(r *http.Request) string {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(c.Value))
	return s.seal("proof", sum[:8])
}

func (s *Server) proven(r *http.Request) bool {
	given := r.PostFormValue("proof")
	return given != "" && hmac.Equal([]byte(given), []byte(s.proof(r)))
}
