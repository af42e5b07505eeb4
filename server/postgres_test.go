package server

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A cluster is a Postgres of this test binary's own. .ci/run installs Postgres; where it is absent tests that need it say so and skip.
type cluster struct {
	dir, bin string
	port     int
	why      string // why there is none
}

var (
	theCluster cluster
	once       sync.Once
	databases  atomic.Int32
)

func TestMain(m *testing.M) {
	if told := os.Getenv("TELLWELL_STORM_CHILD"); told != "" {
		stormChild(told) // does not return
	}
	code := m.Run()
	if theCluster.dir != "" {
		_ = theCluster.command("pg_ctl", "-D", filepath.Join(theCluster.dir, "data"), "-m", "immediate", "stop").Run()
		os.RemoveAll(theCluster.dir)
	}
	os.Exit(code)
}

// postgres returns the address of a fresh database.
func postgres(t *testing.T) string {
	t.Helper()
	once.Do(func() { theCluster.start() })
	if theCluster.why != "" {
		t.Skip(theCluster.why)
	}
	conn, err := pgx.Connect(context.Background(), theCluster.address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	name := fmt.Sprintf("t%d", databases.Add(1))
	if _, err := conn.Exec(context.Background(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return theCluster.address(name)
}

func (c *cluster) address(name string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", c.port, name)
}

func (c *cluster) start() {
	path, err := exec.LookPath("initdb")
	if err != nil {
		if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb"); len(found) > 0 {
			path = found[len(found)-1]
		} else {
			c.why = "there is no Postgres on this machine"
			return
		}
	}
	c.bin = filepath.Dir(path)
	if c.dir, err = os.MkdirTemp("", "tellwell-postgres"); err != nil {
		c.why = err.Error()
		return
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		c.why = err.Error()
		return
	}
	c.port = listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	if uid, gid, ok := c.someone(); ok {
		if err := os.Chown(c.dir, uid, gid); err != nil {
			c.why = err.Error()
			return
		}
	}
	data := filepath.Join(c.dir, "data")
	if out, err := c.command("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8").CombinedOutput(); err != nil {
		c.why = fmt.Sprintf("Postgres can't be started here: %v: %s", err, out)
		return
	}
	c.run()
}

func (c *cluster) run() {
	data := filepath.Join(c.dir, "data")
	cmd := c.command("pg_ctl", "-D", data, "-w", "-l", filepath.Join(c.dir, "log"), "-o",
		fmt.Sprintf("-c listen_addresses=127.0.0.1 -p %d -k %s -c fsync=off -c full_page_writes=off -c synchronous_commit=off", c.port, c.dir), "start")
	if err := cmd.Run(); err != nil {
		log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
		c.why = fmt.Sprintf("Postgres can't be started here: %v: %s", err, log)
	}
}

// restart stops Postgres as a reboot would, and starts it again.
func (c *cluster) restart(t *testing.T, pause time.Duration) {
	t.Helper()
	if out, err := c.command("pg_ctl", "-D", filepath.Join(c.dir, "data"), "-m", "immediate", "stop").CombinedOutput(); err != nil {
		t.Fatalf("stop Postgres: %v: %s", err, out)
	}
	time.Sleep(pause)
	if c.run(); c.why != "" {
		t.Fatal(c.why)
	}
}

// someone is who Postgres runs as when we are root, whom it refuses.
func (c *cluster) someone() (uid, gid int, ok bool) {
	if os.Getuid() != 0 {
		return 0, 0, false
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ = strconv.Atoi(u.Uid)
			gid, _ = strconv.Atoi(u.Gid)
			return uid, gid, true
		}
	}
	return 0, 0, false
}
