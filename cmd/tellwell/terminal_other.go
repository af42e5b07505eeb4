//go:build !windows

package main

import "io"

// showsColour reports whether a terminal understands colour; outside Windows they do without being asked.
func showsColour(io.Writer) bool { return true }
