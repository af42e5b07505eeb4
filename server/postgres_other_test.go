//go:build !unix

package server

import (
	"os/exec"
	"path/filepath"
)

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	return cmd
}
