package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

func (versionCommand) run(w *world) (status, error) {
	info, _ := debug.ReadBuildInfo()
	_, err := fmt.Fprintln(w.stdout, versionLine(info))
	return reviewed, err
}

// versionLine says which tellwell this is: the module's version, the commit it was built from where the build knows it, and the
// Go that built it.
func versionLine(info *debug.BuildInfo) string {
	version, commit, changed := "unknown version", "", ""
	if info != nil {
		if info.Main.Version != "" {
			version = info.Main.Version
		}
		for _, setting := range info.Settings {
			switch {
			case setting.Key == "vcs.revision":
				commit = ", commit " + setting.Value[:min(12, len(setting.Value))]
			case setting.Key == "vcs.modified" && setting.Value == "true":
				changed = " with changes"
			}
		}
	}
	if commit == "" {
		changed = ""
	}
	return fmt.Sprintf("tellwell %s%s%s, %s %s/%s", version, commit, changed, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
