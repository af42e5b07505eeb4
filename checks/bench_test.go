package checks_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

// Each check over the pages of the example, which were read beforehand.
func BenchmarkChecks(b *testing.B) {
	fsys := os.DirFS("../testdata/site")
	src, err := fs.ReadFile(fsys, review.ConfigPath)
	if err != nil {
		b.Fatal(err)
	}
	cfg, _ := review.ParseConfig(review.ConfigPath, src)
	index, _ := primer.Read(fsys, path.Clean(cfg.Primers.Path))
	lists := evidence.DefaultLists().With(cfg.Lexicon.Add, cfg.Lexicon.Remove, cfg.Company.Names, cfg.Company.Products, index.Roles())
	var passes []review.Pass
	var size int64
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".md") || strings.HasPrefix(name, cfg.Primers.Path) {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		page := prose.Parse(name, text)
		kind, _ := review.KindOf(cfg, page)
		passes = append(passes, review.Pass{
			Page: page, Kind: kind, Read: evidence.Read(page, lists), Lists: lists, Primer: index, Config: cfg,
		})
		size += int64(len(text))
		return err
	})
	if err != nil || len(passes) < 12 {
		b.Fatal(err, len(passes))
	}
	for _, check := range checks.All {
		b.Run(check.Name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, pass := range passes {
					pass.Check = check
					if err := check.Run(&pass); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
