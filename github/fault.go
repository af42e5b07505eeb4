package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	gogithub "github.com/google/go-github/v60/github"
)

// A fault is an error as it is told: without tokens, and with a next step where there is one.
type fault struct {
	text  string
	cause error // what callers may look for
}

func (f *fault) Error() string { return f.text }
func (f *fault) Unwrap() error { return f.cause }

// fault words an error of go-github's or of the wire's; doing says what was being done.
func (c *Client) fault(doing string, err error) error {
	f := &fault{}
	var limit *LimitError
	var answered *gogithub.ErrorResponse
	var known *fault
	var sent *url.Error
	switch {
	case errors.Is(err, errMoved):
		return err
	case errors.As(err, &known):
		f.text, f.cause = err.Error(), errors.Unwrap(known)
	case errors.As(err, &limit):
		f.text, f.cause = limit.Error(), limit
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		f.text, f.cause = "it took too long or was called off", err
		if errors.Is(err, context.Canceled) {
			f.cause = context.Canceled
		} else {
			f.cause = context.DeadlineExceeded
		}
	case errors.As(err, &answered):
		f.text, f.cause = worded(answered), &status{answered.Response.StatusCode}
	case errors.As(err, &sent):
		f.text = sent.Err.Error()
	default:
		f.text = err.Error()
	}
	f.text = c.wire.clean(doing + ": " + f.text)
	return f
}

// A status is the cause of a fault that GitHub answered.
type status struct{ code int }

func (s *status) Error() string { return http.StatusText(s.code) }

// answered returns the status that GitHub answered with, 0 when err is of another kind.
func answered(err error) int {
	var s *status
	var e *gogithub.ErrorResponse
	switch {
	case errors.As(err, &s):
		return s.code
	case errors.As(err, &e) && e.Response != nil:
		return e.Response.StatusCode
	}
	return 0
}

// worded says what GitHub answered, with its reasons, and what to do.
func worded(e *gogithub.ErrorResponse) string {
	text := fmt.Sprintf("GitHub answered %d", e.Response.StatusCode)
	if e.Message != "" {
		text += ", " + oneLine(e.Message)
	}
	for _, why := range reasons(e) {
		text += "; " + why
	}
	switch e.Response.StatusCode {
	case http.StatusUnauthorized:
		text += "; check that the token is set and has not expired"
	case http.StatusNotFound:
		text += "; check the name and number, and that the token may read the repository (contents: read, pull-requests: read)"
	}
	return text
}

// reasons returns the sentences of a 422.
func reasons(e *gogithub.ErrorResponse) []string {
	var out []string
	for _, r := range e.Errors {
		if why := strings.TrimSpace(r.Message); why != "" {
			out = append(out, oneLine(why))
		} else if r.Field != "" {
			out = append(out, fmt.Sprintf("%s: %s", r.Field, r.Code))
		}
	}
	return out
}

// oneLine keeps what GitHub says from growing.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 300 {
		text = strings.ToValidUTF8(text[:300], "") + "…"
	}
	return text
}
