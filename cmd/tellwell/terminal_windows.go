package main

import (
	"io"
	"os"

	"golang.org/x/sys/windows"
)

// showsColour asks a Windows console to understand colour, which the older ones do only when asked, and reports whether it will.
func showsColour(stream io.Writer) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	console := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
