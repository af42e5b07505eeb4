package server

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
)

// hooked is a server that takes deliveries and reviews nothing.
func hooked(t testing.TB) (*Server, *httptest.Server, *githubtest.App) {
	t.Helper()
	stand := githubtest.New(t)
	app := stand.App("tellwell")
	s, err := Open(context.Background(), Options{Database: filepath.Join(t.TempDir(), "t.db"), GitHub: github.Options{API: stand.URL(), GraphQL: stand.GraphQL()}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Use(credentials(app)); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		web.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, web, app
}

func deliver(web *httptest.Server, app *githubtest.App, guid string, number int) error {
	body := []byte(fmt.Sprintf(`{"action":"synchronize","installation":{"id":5},"repository":{"id":7,"full_name":"acme/site","default_branch":"main"},"pull_request":{"number":%d,"head":{"sha":"%040d"}}}`, number, number))
	mac := hmac.New(sha256.New, []byte(app.Secret))
	mac.Write(body)
	req, err := http.NewRequest("POST", web.URL+"/webhook", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("X-GitHub-Event", "pull_request")
	req.Header.Set("X-GitHub-Delivery", guid)
	req.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusAccepted {
		return fmt.Errorf("answered %d", resp.StatusCode)
	}
	return nil
}

// Acknowledgements, each after a commit that survives the loss of power (synchronous=FULL), from eight senders at once.
func BenchmarkAcknowledge(b *testing.B) {
	_, web, app := hooked(b)
	var mu sync.Mutex
	var took []time.Duration
	n := 0
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mu.Lock()
			n++
			i := n
			mu.Unlock()
			began := time.Now()
			if err := deliver(web, app, fmt.Sprintf("g%d", i), i%500+1); err != nil {
				b.Error(err)
				return
			}
			mu.Lock()
			took = append(took, time.Since(began))
			mu.Unlock()
		}
	})
	b.StopTimer()
	slices.Sort(took)
	if len(took) > 0 {
		b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "acks/s")
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
	}
}

// fillRows makes n pull requests wanted.
func fillRows(t testing.TB, s *Server, n int) {
	t.Helper()
	ctx := context.Background()
	err := s.store.within(ctx, func(tx *sql.Tx) error {
		for i := range 20 {
			in := github.Installation{ID: int64(i + 1), Account: fmt.Sprintf("org%d", i), Kind: "Organization"}
			if err := s.store.installation(ctx, tx, in, false); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO repositories (id, installation, name, mode) VALUES ($1, $1, $2, 'on')`, i+1, in.Account+"/site"); err != nil {
				return err
			}
		}
		for i := range n {
			// Most of them are of the first installation.
			repo := int64(1)
			if i%50 == 0 {
				repo = int64(i/50%19 + 2)
			}
			if err := s.store.want(ctx, tx, repo, pullWork, i+1, "", "abc", s.store.ms()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Waiting rows lie in the database: however many there are, the process holds no more of them, and whoever has few is not behind whoever has
// many.
func TestManyWaitingRows(t *testing.T) {
	const rows = 10_000
	s, _, _ := hooked(t)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	fillRows(t, s, rows)
	ctx := context.Background()
	if n, err := s.store.due(ctx, s.o.Settle); err != nil || n != rows {
		t.Fatalf("%d due, %v", n, err)
	}
	installations := map[int64]int{}
	for range 40 {
		j, err := s.store.take(ctx, s.me, time.Minute, s.o.Settle)
		if err != nil || j == nil {
			t.Fatalf("%v, %v", j, err)
		}
		installations[j.installation]++
	}
	if len(installations) != 20 {
		t.Errorf("40 rows were taken of %d installations of 20: %v", len(installations), installations)
	}
	if after := heap(); after > before+4<<20 {
		t.Errorf("%d waiting rows hold %d KB of memory", rows, (after-before)>>10)
	} else {
		t.Logf("%d waiting rows: %d KB of memory more than none", rows, (int64(after)-int64(before))>>10)
	}
}

// Taking a row, with few and with many that wait.
func BenchmarkTake(b *testing.B) {
	for _, rows := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			s, _, _ := hooked(b)
			fillRows(b, s, rows)
			ctx := context.Background()
			b.ResetTimer()
			for range b.N {
				j, err := s.store.take(ctx, s.me, time.Minute, s.o.Settle)
				if err != nil || j == nil {
					b.Fatalf("%v, %v", j, err)
				}
				if err := s.store.postpone(ctx, j, s.me, time.Now(), "", 0, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
