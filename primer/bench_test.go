package primer

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// manyPages is the lifts' primer forty times over, each copy with an audience of its own: about as large as primers get.
func manyPages(b *testing.B) (pages map[string][]byte, size int64) {
	b.Helper()
	pages = map[string][]byte{}
	entries, err := os.ReadDir("testdata/lifts")
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range entries {
		src, err := os.ReadFile("testdata/lifts/" + e.Name())
		if err != nil {
			b.Fatal(err)
		}
		for i := range 40 {
			text := strings.ReplaceAll(string(src), "supervisor", fmt.Sprintf("supervisor%d", i))
			pages[fmt.Sprintf("%d/%s", i, e.Name())] = []byte(text)
			size += int64(len(text))
		}
	}
	return pages, size
}

func BenchmarkRead(b *testing.B) {
	pages, size := manyPages(b)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		New(pages)
	}
}

// A query is one finding of a page of 1,500 words against 240 primer pages.
func BenchmarkHelp(b *testing.B) {
	pages, _ := manyPages(b)
	index, _ := New(pages)
	text := strings.Fields(strings.Repeat("at half past eight the queue is already at the fence and the wind on the ridge stops the chair ", 80))
	need := Need{Kinds: []Kind{Stakes, Pains}, Path: "news/x.md", Passage: text[:25], PageText: text[:1500], About: []string{"lose", "cost", "risk"}}
	b.ReportAllocs()
	for b.Loop() {
		index.Help(need)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "queries/s")
}

func BenchmarkSlug(b *testing.B) {
	const heading = "Why it is more interesting than it sounds – überfälle"
	b.SetBytes(int64(len(heading)))
	for b.Loop() {
		slug(heading)
	}
}
