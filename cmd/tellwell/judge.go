package main

import (
	"fmt"
	"os"
	"sync"

	"github.com/example-org/tellwell/review/judge"
)

// learntJudge returns what tellwell has learnt from editors; nil when it has learnt nothing.
var learntJudge = sync.OnceValue(func() *judge.Model {
	m := judge.Default()
	if len(m.Remarks) == 0 {
		return nil
	}
	return m
})

// judgeFrom returns what was learnt by a file that tellwell fit has written, or what tellwell ships when no file is named.
func (w *world) judgeFrom(path string) (*judge.Model, error) {
	if path == "" {
		return learntJudge(), nil
	}
	src, err := os.ReadFile(w.abs(path))
	if err != nil {
		return nil, fmt.Errorf("read what was learnt: %w", err)
	}
	m, err := judge.ReadModel(src)
	if err != nil {
		return nil, fmt.Errorf("%s is no file that tellwell fit has written: %w", path, err)
	}
	return m, nil
}
