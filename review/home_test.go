package review

import (
	"os"
	"strings"
	"testing"
)

// The module goes by the one name, so that changing it in one place can't leave the other behind.
func TestHome(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(string(mod), "\n"); first != "module "+Home {
		t.Errorf("go.mod says %q, Home says %q", first, Home)
	}
}
