package main

import (
	"bytes"
	"runtime/debug"
	"strings"
	"testing"
)

func TestColourOnlyWhereItIsWanted(t *testing.T) {
	for _, c := range []struct {
		when    string
		environ []string
		want    palette
	}{
		{"auto", nil, palette{}}, // a buffer is no terminal
		{"never", nil, palette{}},
		{"always", nil, colours},
		{"always", []string{"NO_COLOR=1"}, colours}, // a flag outranks the environment
		{"auto", []string{"NO_COLOR=1"}, palette{}},
	} {
		w := &world{stdout: &bytes.Buffer{}, environ: c.environ}
		if got := w.palette(c.when); got != c.want {
			t.Errorf("--color %s with %v: %+v", c.when, c.environ, got)
		}
	}
}

func TestGetenvTakesTheLast(t *testing.T) {
	w := &world{environ: []string{"A=1", "AB=2", "A=3", "C="}}
	for name, want := range map[string]string{"A": "3", "AB": "2", "C": "", "D": ""} {
		if got := w.getenv(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestVersionLine(t *testing.T) {
	info := &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"}, {Key: "vcs.modified", Value: "true"},
	}}
	for _, c := range []struct {
		info *debug.BuildInfo
		want string
	}{
		{info, "tellwell v1.2.3, commit 0123456789ab with changes, go1."},
		{&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "tellwell (devel), go1."},
		{nil, "tellwell unknown version, go1."},
	} {
		if got := versionLine(c.info); !strings.HasPrefix(got, c.want) {
			t.Errorf("version is told as %q, want %q…", got, c.want)
		}
	}
}

func TestWorkIsDoneWhoeverWatches(t *testing.T) {
	var stderr bytes.Buffer
	done := false
	(&world{stderr: &stderr}).during("reading", func() { done = true })
	if !done || stderr.Len() > 0 {
		t.Errorf("done %v, told %q", done, stderr.String())
	}
}
