package server

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/github/githubtest"
	"github.com/example-org/tellwell/review"
)

// A child is what a server process of its own is told.
type child struct {
	Database, Listen, API, GraphQL, Sleep string
	Credentials                           github.Credentials
	Crash                                 float64 // how likely it is to end at each of the places where that hurts most
	Seed                                  uint64
}

// stormChild is a server in a process of its own, which somebody kills.
func stormChild(told string) {
	fail := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, "child:", err)
			os.Exit(3)
		}
	}
	var c child
	fail(json.Unmarshal([]byte(told), &c))
	dice := rand.New(rand.NewPCG(c.Seed, 1))
	var mu sync.Mutex
	o := short(Options{
		Database: c.Database, Checks: checks.All, Reconcile: 1500 * time.Millisecond,
		GitHub: github.Options{API: c.API, GraphQL: c.GraphQL, Sleep: func(_ context.Context, d time.Duration) error {
			resp, err := http.Post(c.Sleep+"?d="+d.String(), "", nil) // GitHub's clock is the test's
			if err != nil {
				return err
			}
			return resp.Body.Close()
		}},
		Crash: func(string) {
			mu.Lock()
			defer mu.Unlock()
			if dice.Float64() < c.Crash {
				self, err := os.FindProcess(os.Getpid())
				fail(err)
				fail(self.Kill())
				select {}
			}
		},
	})
	o.Settle = time.Second
	ctx := context.Background()
	s, err := Open(ctx, o)
	fail(err)
	fail(s.Use(c.Credentials))
	fail(s.Start(ctx))
	fail(http.ListenAndServe(c.Listen, s.Handler()))
}

// A storm is a test in which servers are killed.
type storm struct {
	*scene
	pulls    []*githubtest.Pull
	repo     func(i int) string // of the pull request
	in       *githubtest.Installed
	control  *httptest.Server
	children []*exec.Cmd
	kills    int
	began    int
	mu       sync.Mutex
	ended    map[*exec.Cmd]bool
	exits    sync.WaitGroup
}

// Deliveries come while servers are killed, some between GitHub's answer and our own note of it, and listings are five seconds behind: each
// pull request ends with exactly the review that its last head deserves.
func TestStorm(t *testing.T) {
	if testing.Short() {
		t.Skip("servers are started and killed for a while")
	}
	pulls, deliveries, kills := 6, 24, 3
	if os.Getenv("TELLWELL_STORM") == "full" { // as the issue of it asks for
		pulls, deliveries, kills = 200, 1000, 50
	}
	t.Run("SQLite", func(t *testing.T) {
		storming(t, filepath.Join(t.TempDir(), "tellwell.db"), 1, pulls, deliveries, kills, false)
	})
	t.Run("Postgres with two servers, itself restarted", func(t *testing.T) {
		storming(t, postgres(t), 2, pulls, deliveries, kills, true)
	})
}

func storming(t *testing.T, database string, servers, pulls, deliveries, kills int, restart bool) {
	s := &storm{scene: &scene{t: t, github: githubtest.New(t, githubtest.Unlimited(), githubtest.Lagging(0, 5*time.Second))}, ended: map[*exec.Cmd]bool{}, repo: func(i int) string { return fmt.Sprintf("acme/site-%d", i%5) }}
	s.app = s.github.App("tellwell")
	s.control = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if d, err := time.ParseDuration(r.URL.Query().Get("d")); err == nil {
			s.github.Sleep(d)
		}
	}))
	t.Cleanup(s.control.Close)
	stop := make(chan struct{})
	var clock sync.WaitGroup
	clock.Add(1)
	go func() { // GitHub's clock runs fifteen times as fast as ours
		defer clock.Done()
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				s.github.Sleep(300 * time.Millisecond)
			}
		}
	}()
	t.Cleanup(func() { close(stop); clock.Wait() })

	var repos []*githubtest.Repo
	for i := range 5 {
		r := s.github.Repo(fmt.Sprintf("acme/site-%d", i))
		r.Commit("main", map[string]string{"blog/a.md": "# A\n", ".github/tellwell.yml": "budget: {amount: full, words_per_comment: 20, per_page: 10, per_pull_request: 30}\n"}, "Begin")
		repos = append(repos, r)
	}
	for i := range pulls {
		r := repos[i%len(repos)]
		branch := fmt.Sprintf("work-%d", i)
		r.Commit(branch, map[string]string{fmt.Sprintf("blog/p%d.md", i): page(i, 0)}, "Work")
		s.pulls = append(s.pulls, r.Open(branch, "main", githubtest.PR{}))
	}
	dice := rand.New(rand.NewPCG(uint64(pulls), 7))
	hooks := make([]string, servers)
	for i := range hooks {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		hooks[i] = listener.Addr().String()
		listener.Close()
	}
	launch := func(i int, crash float64) {
		c := child{Database: database, Listen: hooks[i], API: s.github.URL(), GraphQL: s.github.GraphQL(), Sleep: s.control.URL, Credentials: credentials(s.app), Crash: crash, Seed: dice.Uint64()}
		told, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "TELLWELL_STORM_CHILD="+string(told))
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		s.began++
		s.mu.Lock()
		if i < len(s.children) {
			s.children[i] = cmd
		} else {
			s.children = append(s.children, cmd)
		}
		s.mu.Unlock()
		s.exits.Add(1)
		go func() {
			defer s.exits.Done()
			_ = cmd.Wait() // it is killed
			s.mu.Lock()
			s.ended[cmd] = true
			s.mu.Unlock()
		}()
	}
	dead := func(i int) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.ended[s.children[i]]
	}
	kill := func(i int) {
		_ = s.children[i].Process.Kill() // it may have ended by itself
		for !dead(i) {
			time.Sleep(time.Millisecond)
		}
	}
	defer func() {
		for i := range s.children {
			kill(i)
		}
		s.exits.Wait()
	}()
	const crash = 0.03
	for i := range servers {
		launch(i, crash)
	}
	up := func(i int) bool {
		resp, err := http.Get("http://" + hooks[i] + "/readyz")
		if err != nil {
			return false
		}
		resp.Body.Close()
		return resp.StatusCode == 200
	}
	s.until("a server is up", func() bool { return up(0) || dead(0) })

	watcher, err := openStore(context.Background(), database, time.Now) // the test looks and pushes the one button
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := watcher.close(); err != nil {
			t.Error(err)
		}
	}()
	s.app.Hook("http://" + hooks[0] + "/webhook")
	s.in = s.app.Install("acme", repos...)
	release := func() {
		for range 50 {
			if _, err := watcher.db.Exec(`UPDATE repositories SET released = 1, mode = CASE WHEN mode = 'dry-run' THEN 'on' ELSE mode END`); err == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		for i := range servers {
			if dead(i) {
				launch(i, crash)
			}
		}
		var n int
		release()
		if err := watcher.db.QueryRow(`SELECT count(*) FROM repositories WHERE mode = 'on'`).Scan(&n); err == nil && n == len(repos) {
			break
		}
	}

	version := make([]int, pulls)
	killAt := map[int]bool{}
	for len(killAt) < kills {
		killAt[dice.IntN(deliveries)] = true
	}
	for n := range deliveries {
		i := n % pulls
		p := s.pulls[i]
		s.app.Hook("http://" + hooks[n%servers] + "/webhook")
		action := "synchronize"
		if n < pulls {
			action = "opened"
		} else {
			version[i]++
			p.Push(map[string]string{fmt.Sprintf("blog/p%d.md", i): page(i, version[i])})
		}
		s.in.Event(p, action)
		if killAt[n] {
			time.Sleep(time.Duration(dice.IntN(300)) * time.Millisecond)
			kill(dice.IntN(servers))
			s.kills++
		}
		if restart && n == deliveries/2 {
			theCluster.restart(t, 300*time.Millisecond)
		}
		for i := range servers {
			if dead(i) {
				launch(i, crash)
			}
		}
	}
	for i := range servers { // from here on nobody dies
		kill(i)
		launch(i, 0)
	}
	waits := 0
	for end := time.Now().Add(10 * time.Minute); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		var left int
		err := watcher.db.QueryRow(`SELECT count(*) FROM work WHERE kind <> 'look' AND done_seq < wanted_seq AND aside = 0`).Scan(&left)
		if err == nil && left == 0 {
			if waits++; waits > 10 { // and nothing comes after a reconcile or two
				break
			}
		} else {
			waits = 0
		}
	}
	s.judge(watcher)
	t.Logf("%d pull requests, %d deliveries, %d kills, %d processes begun", pulls, deliveries, s.kills, s.began)
}

// page is a page that is asked about, the more so the older its version.
func page(pull, version int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Deck %d for every kitchen\n", pull)
	for v := range version + 1 {
		fmt.Fprintf(&b, "\n## Part %d\n\nWe are thrilled and excited to announce part %d of Deck %d, which we love.\n\nPart %d of Deck %d is our most powerful, innovative and seamless oven yet, built to transform the operations of teams everywhere.\n", v, v, pull, v, pull)
	}
	return b.String()
}

// judge holds what stands on every pull request against what its last head deserves.
func (s *storm) judge(st *store) {
	s.github.Sleep(time.Hour)
	client, err := github.New(github.Options{API: s.github.URL(), GraphQL: s.github.GraphQL(), Token: github.StaticToken(s.github.As("tellwell[bot]")),
		Sleep: func(_ context.Context, d time.Duration) error { s.github.Sleep(d); return nil }})
	if err != nil {
		s.t.Fatal(err)
	}
	lost, twice, asked := 0, 0, 0
	for i, p := range s.pulls {
		pull, err := client.Gather(context.Background(), github.Ask{Repo: s.repo(i), Number: p.Number, Inherit: true})
		if err != nil {
			s.t.Fatal(err)
		}
		request := pull.Request(checks.All)
		deeds := review.Live(pull, request.Config, review.Make(request))
		if len(deeds.Posts) > 0 || len(deeds.Edits) > 0 {
			lost++
			s.t.Errorf("%s #%d: %d questions were never asked, %d never mended", pull.Repo, p.Number, len(deeds.Posts), len(deeds.Edits))
		}
		words := map[string]int{}
		for _, t := range pull.Threads {
			asked++
			body, _, _ := strings.Cut(t.Notes[0].Body, "\n")
			if words[t.Path+body]++; words[t.Path+body] > 1 {
				twice++
				s.t.Errorf("%s #%d: asked twice: %s", pull.Repo, p.Number, body)
			}
		}
		runs := 0
		for _, c := range p.Checks() {
			if c.Commit == p.Head() {
				runs++
			}
		}
		if runs == 0 {
			lost++
			s.t.Errorf("%s #%d: its last head has no check run", pull.Repo, p.Number)
		} else if runs > 1 {
			twice++
			s.t.Errorf("%s #%d: its last head has %d check runs", pull.Repo, p.Number, runs)
		}
	}
	s.t.Logf("%d questions asked on %d pull requests; %d lost, %d twice", asked, len(s.pulls), lost, twice)
	rows, err := st.db.Query(`SELECT kind, number, attempts, reason FROM work WHERE aside = 1 OR done_seq < wanted_seq AND kind <> 'look' LIMIT 10`)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var kind, reason string
		var number, attempts int
		if err := rows.Scan(&kind, &number, &attempts, &reason); err != nil {
			s.t.Fatal(err)
		}
		s.t.Errorf("%s %d is left after %d attempts: %s", kind, number, attempts, reason)
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
}
