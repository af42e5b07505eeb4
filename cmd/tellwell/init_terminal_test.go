//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal opens a terminal: what a person types and sees is at keys, the program has screen.
func terminal(t *testing.T) (keys, screen *os.File) {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("this machine has no terminals to open: %v", err)
	}
	t.Cleanup(func() { keys.Close() })
	n, err := unix.IoctlGetInt(int(keys.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(keys.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		t.Skipf("this machine gives no terminal: %v", err)
	}
	return keys, screen
}

// At a terminal init asks before it writes over a file, and takes only a yes for one.
func TestInitAsksAtATerminal(t *testing.T) {
	for typed, kept := range map[string]bool{"n\n": true, "\n": true, "yess\n": true, "Y\n": false, "yes\n": false} {
		dir := t.TempDir()
		own := "version: 1\n# ours\n"
		config := filepath.Join(dir, ".github", "tellwell.yml")
		for file, text := range map[string]string{config: own, filepath.Join(dir, "blog", "a.md"): "# A\n\nOn Monday the oven was cold.\n"} {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		keys, screen := terminal(t)
		if _, err := io.WriteString(keys, typed); err != nil {
			t.Fatal(err)
		}
		seen := make(chan string)
		go func() {
			var b bytes.Buffer
			_, _ = io.Copy(&b, keys) // ends with an error when the program's side is closed
			seen <- b.String()
		}()
		var stderr bytes.Buffer
		ended := run(&world{args: []string{"init"}, dir: dir, stdin: screen, stdout: screen, stderr: &stderr})
		screen.Close()
		said := <-seen
		if ended != reviewed || !strings.Contains(said, ".github/tellwell.yml is there already. Write over it? [y/N]") {
			t.Errorf("%q: status %d, screen\n%s\n%s", typed, ended, said, &stderr)
		}
		now, err := os.ReadFile(config)
		if err != nil {
			t.Fatal(err)
		}
		if (string(now) == own) != kept {
			t.Errorf("%q: the configuration is now\n%s", typed, now)
		}
		if _, err := os.Stat(filepath.Join(dir, ".github", "workflows", "tellwell.yml")); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
}
