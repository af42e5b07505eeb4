package github

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A LimitError says that GitHub's rate limit is used up for longer than we wait.
type LimitError struct {
	Until time.Time
	Wait  time.Duration
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("GitHub's rate limit is used up until %s UTC, in %s; run again then", e.Until.UTC().Format("15:04"), e.Wait.Round(time.Second))
}

// limitOf reports whether an answer says that we ask too much, and how long to wait: as long as it says, else until the limit is reset,
// else a minute, and twice as long each time (rate-limits-for-the-rest-api.md). Such an answer means that nothing was carried out.
// It takes the counts out of the answer, for go-github would refuse to send by them, where we wait.
func limitOf(resp *http.Response, try int) (time.Duration, bool) {
	remaining, reset := resp.Header.Get("X-RateLimit-Remaining"), resp.Header.Get("X-RateLimit-Reset")
	for _, name := range []string{"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} {
		resp.Header.Del(name)
	}
	if !limited(resp, remaining) {
		return 0, false
	}
	now := clock(resp)
	after := resp.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(after); err == nil && seconds >= 0 {
		return time.Duration(seconds) * time.Second, true
	}
	if at, err := http.ParseTime(after); err == nil {
		return max(0, at.Sub(now)), true
	}
	if at, err := strconv.ParseInt(reset, 10, 64); err == nil && remaining == "0" {
		return max(time.Second, time.Unix(at, 0).Sub(now)), true
	}
	return time.Minute << (try - 1), true
}

func limited(resp *http.Response, remaining string) bool {
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		return true
	case http.StatusForbidden:
		if remaining == "0" || resp.Header.Get("Retry-After") != "" {
			return true
		}
		text := strings.ToLower(string(peek(resp)))
		return strings.Contains(text, "secondary rate limit") || strings.Contains(text, "abuse detection") || strings.Contains(text, "rate limit exceeded")
	case http.StatusUnprocessableEntity: // github.com/src-d/lookout/issues/264
		return strings.Contains(string(peek(resp)), "submitted too quickly")
	case http.StatusOK:
		data := peek(resp)
		if !bytes.Contains(data, []byte(`"RATE_LIMITED"`)) {
			return false
		}
		var answer struct {
			Errors []graphError `json:"errors"`
		}
		if json.Unmarshal(data, &answer) != nil {
			return false
		}
		for _, e := range answer.Errors {
			if e.Type == "RATE_LIMITED" {
				return true
			}
		}
	}
	return false
}

// peek returns the body of an answer that is in memory, and leaves it to be read again.
func peek(resp *http.Response) []byte {
	data, _ := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(data))
	return data
}

// clock returns GitHub's time, for ours may be off.
func clock(resp *http.Response) time.Time {
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		return at
	}
	return time.Now()
}

// A budget is what GitHub says is left of its primary limit.
type budget struct {
	left  int
	reset time.Time
	known bool
}

// note takes over what an answer says of the primary limit, the smaller where REST and GraphQL say each their own.
func (w *wire) note(resp *http.Response) {
	left, err := strconv.Atoi(resp.Header.Get("X-RateLimit-Remaining"))
	at, err2 := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil || err2 != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	reset := time.Unix(at, 0)
	if !w.budget.known || reset.After(w.budget.reset) || left < w.budget.left {
		w.budget = budget{left, reset, true}
	}
}
