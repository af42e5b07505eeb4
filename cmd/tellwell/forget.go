package main

import (
	"context"
	"fmt"

	"github.com/example-org/tellwell/server"
)

type forgetCommand struct {
	Installation int64 `arg:"" help:"The installation's number, which stands at the end of its address on GitHub."`

	Data     string `placeholder:"FOLDER" help:"The server's data folder ($TELLWELL_DATA)."`
	Database string `placeholder:"URL" help:"The server's Postgres ($TELLWELL_DATABASE)."`
}

func (forgetCommand) Help() string {
	return `Repositories, rows of work, the record of reviews with what it quotes, and deliveries of that installation are removed from the ` +
		`server's database. What was said on pull requests stays on GitHub. While the App is installed, new deliveries bring it back: uninstall it first.

    tellwell forget 4711 --data /var/lib/tellwell`
}

func (c forgetCommand) run(w *world) (status, error) {
	options := serveCommand{Data: c.Data, Database: c.Database}.options(w)
	rows, err := server.Forget(context.Background(), options.Database, c.Installation)
	if err != nil {
		return 0, err
	}
	if rows == 0 {
		return 0, cannot("its number stands at the end of its address on GitHub", "nothing is kept of an installation %d", c.Installation)
	}
	fmt.Fprintf(w.stdout, "%s removed\n", count(int(rows), "row", "rows"))
	return reviewed, nil
}
