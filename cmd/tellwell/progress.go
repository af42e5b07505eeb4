package main

import (
	"fmt"
	"strings"
	"time"
)

// patience is how long a person waits before wondering whether anything happens.
const patience = time.Second

// during runs work, and says on the person's terminal what is going on when it takes longer than patience allows. What was said
// is wiped away afterwards. Where standard error is no terminal, nothing is said.
func (w *world) during(what string, work func()) {
	if !isTerminal(w.stderr) {
		work()
		return
	}
	done, quiet := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(quiet)
		select {
		case <-done:
		case <-time.After(patience):
			line := harmless("tellwell: " + what + " …")
			fmt.Fprint(w.stderr, line)
			<-done
			fmt.Fprint(w.stderr, "\r"+strings.Repeat(" ", cells(line))+"\r")
		}
	}()
	defer func() { close(done); <-quiet }()
	work()
}
