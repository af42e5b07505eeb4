package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/example-org/tellwell/github"
)

// events are those that tellwell asks GitHub for; docs/server.md says of each what for.
const events = " check_run check_suite installation installation_repositories issue_comment merge_group ping pull_request pull_request_review_comment push repository "

// hook takes a delivery: its signature first, then its meaning, then it is stored, and only then acknowledged. GitHub waits ten seconds
// and never tries again by itself.
func (s *Server) hook(w http.ResponseWriter, r *http.Request) {
	event, id := r.Header.Get("X-GitHub-Event"), r.Header.Get("X-GitHub-Delivery")
	answer := func(status int, outcome, text string) {
		s.metrics.delivered(event, outcome)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text+"\n") // whoever has gone hears nothing
	}
	app := s.App()
	if app == nil {
		answer(http.StatusServiceUnavailable, "refused", "tellwell is not set up yet; open its setup page")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, github.MostPayload))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		answer(http.StatusRequestEntityTooLarge, "refused", "a delivery has 25 MB at most")
		return
	case err != nil:
		answer(http.StatusBadRequest, "refused", "the delivery breaks off")
		return
	}
	if err := github.Verify(body, r.Header.Get("X-Hub-Signature-256"), app.WebhookSecrets); err != nil {
		answer(http.StatusUnauthorized, "refused", err.Error())
		return
	}
	if id == "" || event == "" || len(id) > 200 || len(event) > 100 {
		answer(http.StatusBadRequest, "refused", "a delivery has X-GitHub-Event and X-GitHub-Delivery")
		return
	}
	d, err := github.ReadDelivery(id, event, body)
	if err != nil {
		answer(http.StatusBadRequest, "refused", err.Error())
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 9*time.Second)
	defer cancel()
	again, due, err := s.store.receive(ctx, d, s.o.Quiet)
	log := s.o.Log.With("delivery", id, "event", event, "action", d.Action, "repository", d.Repo.Name)
	if err != nil {
		log.Error("a delivery could not be stored", "error", err)
		answer(http.StatusServiceUnavailable, "failed", "it could not be stored; it is asked for again")
		return
	}
	outcome, text := "stored", "stored"
	switch {
	case again:
		outcome, text = "known", "it was stored before"
	case d.Idle():
		outcome, text = "ignored", "there is nothing to do"
	}
	s.o.Crash("stored")
	if !due.IsZero() {
		s.wakeAt(due)
	}
	log.Info("delivery", "outcome", outcome)
	answer(http.StatusAccepted, outcome, text)
}
