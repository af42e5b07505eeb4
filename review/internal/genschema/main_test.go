package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestSchemasAreFresh(t *testing.T) {
	for name, want := range schemas() {
		got, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", name))
		if err != nil {
			t.Errorf("read schema: %v; write it with: go generate ./review/...", err)
			continue
		}
		if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
			t.Errorf("docs/%s is not what the code says; write it anew with: go generate ./review/...", name)
		}
	}
}
