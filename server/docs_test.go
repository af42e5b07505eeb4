package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// docs/server.md tells what the code asks for and counts.
func TestServerPageIsWhole(t *testing.T) {
	src, err := os.ReadFile("../docs/server.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, p := range Permissions {
		rows = append(rows, fmt.Sprintf("| %s | %s | %s |", p.Name, p.Access, p.Why))
	}
	for _, e := range Events {
		rows = append(rows, fmt.Sprintf("| `%s` | %s |", e.Name, e.Why))
		if !strings.Contains(events, " "+e.Name+" ") {
			t.Errorf("deliveries of %s are not counted by name", e.Name)
		}
	}
	s, err := Open(context.Background(), Options{Database: filepath.Join(t.TempDir(), "t.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	s.metrics.delivered("ping", "ignored")
	s.metrics.reviewed("pull", 1)
	s.metrics.requests.WithLabelValues("200").Inc()
	s.metrics.found(map[string]int{"a": 1})
	families, err := s.metrics.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		rows = append(rows, fmt.Sprintf("| `%s` | %s |", f.GetName(), f.GetHelp()))
	}
	if len(families) != 9 {
		t.Errorf("%d metrics, want 9", len(families))
	}
	for _, row := range rows {
		if !strings.Contains(string(src), row) {
			t.Errorf("docs/server.md lacks the row %s", row)
		}
	}
}
