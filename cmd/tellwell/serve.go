package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/github"
	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/server"
)

type serveCommand struct {
	Data       string        `placeholder:"FOLDER" help:"Where the database and the App's credentials are kept; tellwell-data in the working directory otherwise ($TELLWELL_DATA)."`
	Database   string        `placeholder:"URL" help:"A Postgres that several servers may share, postgres://…; one SQLite file in the data folder otherwise ($TELLWELL_DATABASE)."`
	Listen     string        `default:":8471" placeholder:"ADDRESS" help:"Where GitHub and people reach it, once it is set up."`
	Claim      string        `default:"127.0.0.1:8471" placeholder:"ADDRESS" help:"Where the setup page is until then."`
	Operations string        `default:"127.0.0.1:8472" placeholder:"ADDRESS" help:"Where metrics, health and readiness are; empty for nowhere."`
	Team       string        `placeholder:"SLUG" help:"A team whose members may see the admin pages, beside owners."`
	Workers    int           `default:"4" placeholder:"N" help:"Reviews at a time."`
	Quiet      time.Duration `default:"20s" placeholder:"TIME" help:"How long after a push a pull request is left alone before it is read."`
}

func (serveCommand) Help() string {
	return `Started with nothing at all it prints the address of a setup page, opened once by the token in it. There GitHub makes the App, and ` +
		`from then on every repository that it is installed on is listed; those with a .github/tellwell.yml, or named in the organisation's own, ` +
		`begin with a dry run. docs/server.md tells the rest: behind a proxy, in a container, with Postgres, backup and upgrade.

Without a setup page: TELLWELL_APP_ID, TELLWELL_PRIVATE_KEY_FILE, TELLWELL_WEBHOOK_SECRET (several with commas between them), ` +
		`TELLWELL_CLIENT_ID, TELLWELL_CLIENT_SECRET, TELLWELL_PUBLIC_URL, TELLWELL_GITHUB_URL.

    tellwell serve
    tellwell serve --data /var/lib/tellwell --team docs-leads`
}

func (c serveCommand) run(w *world) (status, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	options := c.options(w)
	kept, err := c.kept(w, options.Keeper)
	if err != nil {
		return 0, err
	}
	if w.getenv("TELLWELL_APP_ID") != "" {
		options.Keeper = server.Keeper{} // what the environment says stays
	}
	claimed := make(chan struct{})
	options.Claimed = sync.OnceFunc(func() { close(claimed) })
	s, err := server.Open(ctx, options)
	if err != nil {
		return 0, cannot("the message says what the database wants", "start the server: %w", err)
	}
	defer s.Close()
	if kept != nil {
		if err := s.Adopt(*kept); err != nil {
			hint := "mend what TELLWELL_APP_ID and the variables beside it say"
			if options.Keeper.Path != "" {
				hint = "mend " + options.Keeper.Path + ", or remove it and set up anew"
			}
			return 0, cannot(hint, "act as the App: %w", err)
		}
	}
	if err := s.Start(ctx); err != nil {
		return 0, err
	}
	err = c.serve(ctx, w, s, options, kept == nil, claimed)
	after, cancel := context.WithTimeout(context.Background(), 25*time.Second) // most supervisors wait thirty
	defer cancel()
	options.Log.Info("ending; what is being done is handed back")
	return reviewed, errors.Join(err, s.Stop(after))
}

// serve listens until it is told to end: on the setup's address while nobody has claimed the server, then where the world reaches it.
func (c serveCommand) serve(ctx context.Context, w *world, s *server.Server, options server.Options, unclaimed bool, claimed chan struct{}) error {
	failed := make(chan error, 3)
	if c.Operations != "" {
		if err := listen(ctx, c.Operations, s.Operations(), failed, nil); err != nil {
			return cannot("--operations \"\" leaves it out", "listen for metrics: %w", err)
		}
	}
	if unclaimed {
		here, leave := context.WithCancel(ctx)
		defer leave()
		left := make(chan struct{})
		if err := listen(here, c.Claim, s.Handler(), failed, left); err != nil {
			return cannot("--claim ADDRESS takes another", "show the setup page: %w", err)
		}
		fmt.Fprintf(w.stdout, "Open http://%s/setup?token=%s in a browser on this machine to set tellwell up. The address works once.\n", reached(c.Claim), s.Claim())
		moved := make(chan struct{}) // never closed where it stays
		if c.Listen != c.Claim {
			moved = claimed
		}
		select {
		case <-moved:
			time.Sleep(2 * time.Second) // the browser is still being sent on
			leave()
			<-left
		case <-ctx.Done():
			<-left
			return nil
		case err := <-failed:
			return err
		}
	}
	left := make(chan struct{})
	if err := listen(ctx, c.Listen, s.Handler(), failed, left); err != nil {
		return cannot("--listen ADDRESS takes another", "listen for GitHub: %w", err)
	}
	options.Log.Info("listening", "address", c.Listen)
	select {
	case <-ctx.Done():
		<-left
		return nil
	case err := <-failed:
		return err
	}
}

// reached is an address as a browser on this machine has it.
func reached(address string) string {
	if strings.HasPrefix(address, ":") {
		return "127.0.0.1" + address
	}
	return address
}

// listen answers on an address until ctx ends; left is closed when the last answer is given.
func listen(ctx context.Context, address string, handler http.Handler, failed chan<- error, left chan<- struct{}) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	web := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	go func() {
		if err := web.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
	go func() {
		<-ctx.Done()
		after, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := web.Shutdown(after); err != nil {
			web.Close()
		}
		if left != nil {
			close(left)
		}
	}()
	return nil
}

func (c serveCommand) options(w *world) server.Options {
	data := c.Data
	if data == "" {
		data = w.getenv("TELLWELL_DATA")
	}
	if data == "" {
		data = "tellwell-data"
	}
	data = w.abs(data)
	database := c.Database
	if database == "" {
		database = w.getenv("TELLWELL_DATABASE")
	}
	if database == "" {
		database = filepath.Join(data, "tellwell.db")
	}
	return server.Options{
		Database: database, Checks: checks.All, Workers: c.Workers, Quiet: c.Quiet, Team: c.Team, Keeper: server.Keeper{Path: filepath.Join(data, "credentials.json")},
		Judge: func(r review.Request) *review.Plan {
			r.Judge = learntJudge()
			return review.Make(r)
		},
		Log: slog.New(slog.NewJSONHandler(w.stderr, nil)),
	}
}

// kept returns the App's credentials: of the environment, else as the setup page left them; nil when there are none.
func (c serveCommand) kept(w *world, keeper server.Keeper) (*server.Kept, error) {
	given := w.getenv("TELLWELL_APP_ID")
	if given == "" {
		kept, err := keeper.Load()
		if err != nil {
			return nil, cannot("", "%w", err)
		}
		return kept, nil
	}
	id, err := strconv.ParseInt(given, 10, 64)
	if err != nil {
		return nil, misuse("it stands at the top of the App's settings on GitHub", "TELLWELL_APP_ID is %q, and no number", given)
	}
	file := w.getenv("TELLWELL_PRIVATE_KEY_FILE")
	key, err := os.ReadFile(w.abs(file))
	if err != nil {
		return nil, misuse("it names the .pem that GitHub gave for the App", "read TELLWELL_PRIVATE_KEY_FILE: %w", bare(err))
	}
	secrets := strings.FieldsFunc(w.getenv("TELLWELL_WEBHOOK_SECRET"), func(r rune) bool { return r == ',' || r == ' ' })
	if len(secrets) == 0 {
		return nil, misuse("it is the webhook's secret in the App's settings", "TELLWELL_WEBHOOK_SECRET is not set, and nothing unsigned is taken")
	}
	public, web := strings.TrimRight(w.getenv("TELLWELL_PUBLIC_URL"), "/"), strings.TrimRight(w.getenv("TELLWELL_GITHUB_URL"), "/")
	for name, address := range map[string]string{"TELLWELL_PUBLIC_URL": public, "TELLWELL_GITHUB_URL": web} {
		if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "") {
			return nil, misuse("write it as https://tellwell.example.com", "%s is %q, and no web address", name, address)
		}
	}
	return &server.Kept{Public: public, Web: web, Credentials: github.Credentials{AppID: id, PrivateKey: string(key), WebhookSecrets: secrets,
		ClientID: w.getenv("TELLWELL_CLIENT_ID"), ClientSecret: w.getenv("TELLWELL_CLIENT_SECRET")}}, nil
}
