package main

import (
	"bufio"
	"errors"
	"strconv"
	"strings"
	"testing"
)

func TestNextBlob(t *testing.T) {
	big := strings.Repeat("x", maxFile+1)
	in := bufio.NewReader(strings.NewReader(
		"0123 blob 5\na\nb\r\n\nHEAD:gone blob.md missing\n0123 blob 0\n\n0123 tree 3\nabc\n0123 blob " +
			strconv.Itoa(len(big)) + "\n" + big + "\n0123 blob 1\nz\n0123 blob 9\nshort"))
	for _, want := range []struct {
		text, err string
		broken    bool
	}{
		{text: "a\nb\r\n"},
		{err: "git does not hold its text"},
		{text: ""},
		{err: "it is not a file"},
		{err: errTooBig.Error()},
		{text: "z"},
		{broken: true},
		{broken: true},
	} {
		got, err := nextBlob(in)
		if (err != nil) != want.broken || !want.broken && string(got.text) != want.text || want.err != "" && (got.err == nil || got.err.Error() != want.err) {
			t.Errorf("blob %.20q, %v, %v; want %+v", got.text, got.err, err, want)
		}
	}
}

func TestGitLooksOnlyWhereItIsTold(t *testing.T) {
	w := &world{environ: []string{"PATH=/bin", "GIT_DIR=/elsewhere", "git_work_tree=/x", "GIT_EXTERNAL_DIFF=prog", "GIT_CONFIG_GLOBAL=/g"}}
	got := strings.Join(w.git("/r").environ, " ")
	if want := "PATH=/bin GIT_CONFIG_GLOBAL=/g LC_ALL=C GIT_OPTIONAL_LOCKS=0 GIT_TERMINAL_PROMPT=0 GIT_NO_LAZY_FETCH=1"; got != want {
		t.Errorf("git runs with %s, want %s", got, want)
	}
}

func TestWhatGitSaysIsTold(t *testing.T) {
	err := gitSaid("fatal: detected dubious ownership in repository at '/r'\nTo add an exception\n", errors.New("exit status 128"))
	if got, want := err.Error(), "detected dubious ownership in repository at '/r'"; got != want {
		t.Errorf("told as %q, want %q", got, want)
	}
	if got := gitSaid("", errors.New("exit status 3")).Error(); got != "exit status 3" {
		t.Errorf("told as %q", got)
	}
}
