package githubtest

import (
	"fmt"
	"time"
)

// A Check is a check run as it stands now.
type Check struct {
	ID          int64
	Name        string
	Commit      string
	Status      string
	Conclusion  string
	Title       string
	Summary     string
	Text        string
	Annotations []Annotation
	Updates     int // how often it was changed after it was made
}

// An Annotation is a notice of a check run on lines of a file.
type Annotation struct {
	Path      string `json:"path"`
	StartLine int    `json:"start_line"`
	EndLine   int    `json:"end_line"`
	Level     string `json:"annotation_level"`
	Title     string `json:"title"`
	Message   string `json:"message"`
}

type check struct {
	Check
	repo    *Repo
	node    string
	login   string
	details string
	started time.Time
	ended   time.Time
	outside string // external_id
}

func (r *Repo) check(login string) *check {
	c := &check{Check: Check{ID: r.s.id(), Status: "queued"}, repo: r, login: login, started: r.s.now}
	c.node = fmt.Sprintf("CR_%d", c.ID)
	r.s.nodes[c.node] = c
	r.checks = append(r.checks, c)
	return c
}
