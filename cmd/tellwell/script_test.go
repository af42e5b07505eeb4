package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tellwell": main})
}

// TestScripts runs the command as a person would, in small repositories of their own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  filepath.Join("testdata", "script"),
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": wantStatus},
		Setup: func(env *testscript.Env) error {
			for name, value := range map[string]string{
				"GIT_CONFIG_NOSYSTEM":     "1",
				"GIT_CONFIG_GLOBAL":       os.DevNull,
				"GIT_CEILING_DIRECTORIES": filepath.Dir(env.WorkDir),
				"GIT_AUTHOR_NAME":         "Ines",
				"GIT_AUTHOR_EMAIL":        "ines@example.com",
				"GIT_AUTHOR_DATE":         "2026-01-05T08:00:00Z",
				"GIT_COMMITTER_NAME":      "Ines",
				"GIT_COMMITTER_EMAIL":     "ines@example.com",
				"GIT_COMMITTER_DATE":      "2026-01-05T08:00:00Z",
			} {
				env.Setenv(name, value)
			}
			env.Setenv("NO_GIT", filepath.SplitList(env.Getenv("PATH"))[0]) // where the scripts find tellwell and nothing else
			return nil
		},
	})
}

// wantStatus is the script command "status N program args…": the program ends with exactly that status.
func wantStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%v ended with status %d, not %d", args[1:], got, want)
	}
}
