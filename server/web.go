package server

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Handler answers what the world may reach: the webhook, whether we live, and the pages for people.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /webhook", s.hook)
	mux.HandleFunc("GET /healthz", s.healthy)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("GET /setup", s.claim)
	mux.HandleFunc("POST /setup/manifest", s.offer)
	mux.HandleFunc("POST /setup/manual", s.manual)
	mux.HandleFunc("GET /setup/made", s.made)
	mux.HandleFunc("GET /signin", s.signin)
	mux.HandleFunc("GET /signin/go", s.leave)
	mux.HandleFunc("GET /signin/back", s.back)
	mux.HandleFunc("POST /signout", s.signout)
	mux.HandleFunc("GET /{$}", s.admin(s.overview))
	mux.HandleFunc("GET /reviews", s.admin(s.reviews))
	mux.HandleFunc("GET /subjects", s.admin(s.subjects))
	mux.HandleFunc("GET /digest", s.admin(s.digest))
	mux.HandleFunc("GET /digest.md", s.admin(s.digestText))
	mux.HandleFunc("POST /repositories/{id}/release", s.admin(s.release))
	mux.HandleFunc("POST /installations/{id}/release", s.admin(s.release))
	mux.HandleFunc("POST /rows/{id}/retry", s.admin(s.retry))
	return mux
}

// Operations answers what operators ask, on an address of its own: the metrics beside health and readiness.
func (s *Server) Operations() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.handler())
	mux.HandleFunc("GET /healthz", s.healthy)
	mux.HandleFunc("GET /readyz", s.ready)
	return mux
}

// healthy says that the process lives.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") }

// ready says that deliveries can be stored.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.store.db.PingContext(ctx); err != nil {
		say(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	say(w, http.StatusOK, "ready")
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // whoever has gone hears nothing
}
