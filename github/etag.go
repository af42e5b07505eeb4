package github

import (
	"bytes"
	"io"
	"net/http"
	"sync"
)

// etags remembers answers by their ETag: asking again for one that has not changed costs nothing of the primary limit
// (best-practices-for-using-the-rest-api.md).
type etags struct {
	held  map[string]answer
	bytes int
}

// An answer is one that may be given again.
type answer struct {
	etag   string
	header http.Header
	body   []byte
}

const mostHeld = 32 << 20 // bytes; then everything is forgotten, which costs one request each

// ask adds to a read what we hold of it, and returns the key to keep its answer under.
func (e *etags) ask(req *http.Request, mu *sync.Mutex) string {
	if req.Method != http.MethodGet {
		return ""
	}
	key := req.Header.Get("Accept") + " " + req.URL.String()
	mu.Lock()
	defer mu.Unlock()
	if a, ok := e.held[key]; ok {
		req.Header.Set("If-None-Match", a.etag)
	}
	return key
}

// keep holds an answer, or gives the one we hold where GitHub says that nothing has changed.
func (e *etags) keep(key string, resp *http.Response, body []byte, mu *sync.Mutex) *http.Response {
	if key == "" {
		return resp
	}
	mu.Lock()
	defer mu.Unlock()
	switch a, ok := e.held[key]; {
	case resp.StatusCode == http.StatusNotModified && ok:
		resp.StatusCode, resp.Status = http.StatusOK, "200 OK"
		resp.Header, resp.Body, resp.ContentLength = a.header.Clone(), io.NopCloser(bytes.NewReader(a.body)), int64(len(a.body))
	case resp.StatusCode == http.StatusOK && resp.Header.Get("ETag") != "":
		if e.held == nil || e.bytes+len(body) > mostHeld {
			e.held, e.bytes = map[string]answer{}, 0
		}
		e.bytes += len(body) - len(e.held[key].body)
		e.held[key] = answer{resp.Header.Get("ETag"), resp.Header.Clone(), body}
	}
	return resp
}
