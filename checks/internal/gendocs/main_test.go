package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
)

func TestDocsAreFresh(t *testing.T) {
	got, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "checks.md"))
	if err != nil {
		t.Fatalf("read the checks' documentation: %v; write it with: go generate ./checks/...", err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != gather(checks.All) {
		t.Error("docs/checks.md is not what the checks' pages say; gather it anew with: go generate ./checks/...")
	}
}

func TestGather(t *testing.T) {
	check := &review.Check{
		Name: "a-check", Family: review.Insight,
		Kinds: map[prose.Kind]review.Place{prose.Unknown: review.Inline, prose.Launch: review.Inline, prose.Opinion: review.Summary},
		Doc: "# Its title\r\n\r\nIt does one thing\r\nor | another.\r\n\r\n## Why it matters\r\n\r\nIt does.\r\n\r\n" +
			"````markdown\r\n# A page\r\n```\n# code\n```\r\n````\r\n\r\n## After\r\n",
	}
	const want = "| [`a-check`](#a-check) | insight | It does one thing or \\| another. | launch, unknown | opinion |\n" +
		"\n## a-check\n\n**Its title.** It does one thing or | another.\n\n### Why it matters\n\nIt does.\n\n" +
		"````markdown\n# A page\n```\n# code\n```\n````\n\n### After\n"
	if got := gather([]*review.Check{check}); !strings.HasSuffix(got, want) {
		t.Errorf("gathered\n%s\nwant at the end\n%s", got, want)
	}
}
