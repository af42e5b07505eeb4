// Command genschema writes the JSON Schemas of the configuration and of a review into docs, from the types in package review. Run it
// with: go generate ./review/...
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/review"
)

// schemas are the files to write below docs, and what each holds.
func schemas() map[string][]byte {
	var names []string
	for _, check := range checks.All {
		names = append(names, check.Name)
	}
	return map[string][]byte{
		"tellwell.schema.json": review.ConfigSchema(names...),
		"review.schema.json":   review.PlanSchema(),
	}
}

func main() {
	log.SetFlags(0)
	for name, schema := range schemas() {
		path := filepath.Join("..", "docs", name) // go generate runs in the folder of the package
		if err := os.WriteFile(path, schema, 0o644); err != nil {
			log.Fatalf("genschema: write schema: %v", err)
		}
	}
}
