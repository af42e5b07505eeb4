// Command tellwell reviews marketing pages and asks the questions a good editor would.
//
// It is wiring and nothing else: it gathers pages from the disk or from git, has package review judge them, and tells the plan
// that comes back at a terminal or as JSON.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

func main() {
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintf(os.Stderr, "tellwell: error: find the working directory: %v\n", err)
		os.Exit(int(incomplete))
	}
	os.Exit(int(run(&world{
		args:    os.Args[1:],
		dir:     dir,
		environ: os.Environ(),
		stdin:   os.Stdin,
		stdout:  os.Stdout,
		stderr:  os.Stderr,
	})))
}

// A world is all that the command knows of what lies outside it.
type world struct {
	args    []string // without the program's own name
	dir     string   // the working directory, absolute
	environ []string // "NAME=value"
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
}

// getenv returns an environment variable's value, "" when it is not set.
func (w *world) getenv(name string) string {
	for i := len(w.environ) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(w.environ[i], name+"="); ok {
			return value
		}
	}
	return ""
}

// A status is what the command tells the program that started it.
type status int

// The statuses. They are documented in the help and stable.
const (
	reviewed   status = 0 // all was done; findings are no failure
	findings   status = 1 // something was found that the person asked to fail on
	misused    status = 2 // the command line could not be understood
	incomplete status = 3 // not all of it could be done; what could be done was
)

// A command is one word after "tellwell".
type command interface {
	run(w *world) (status, error)
}

// commands is the command line.
type commands struct {
	Help helpFlag `short:"h" help:"Show help; after a command, help for that command."`

	Review  reviewCommand  `cmd:"" help:"Read pages and ask the questions a good editor would."`
	Explain explainCommand `cmd:"" help:"Say what a check looks for, and why it matters to a reader."`
	Inspect inspectCommand `cmd:"" help:"Show pages as tellwell reads them: kind, opening, who is quoted, what was set aside and why."`
	Eval    evalCommand    `cmd:"" help:"Hold tellwell against your own editors' marks."`
	Fit     fitCommand     `cmd:"" help:"Learn from editors' marks what to say, and how surely."`
	Init    initCommand    `cmd:"" help:"Set tellwell up here: settings, workflow and the first pages of a primer."`
	Primer  primerCommands `cmd:"" help:"Keep the primer: new pages, what to mend, where something stands."`
	Topics  topicsCommand  `cmd:"" help:"Say what the primer knows of customers and no page touches."`
	Config  configCommands `cmd:"" help:"Show the settings in effect, or what settings there are."`
	Serve   serveCommand   `cmd:"" help:"Review the pull requests of a whole organisation, as a GitHub App."`
	Forget  forgetCommand  `cmd:"" help:"Remove all that a server keeps of an installation."`
	Action  actionCommand  `cmd:"" help:"Review a pull request from inside GitHub Actions."`
	Version versionCommand `cmd:"" help:"Say which tellwell this is."`
}

const description = `tellwell reads marketing pages as a good editor does: it quotes the words, says what a reader would miss there, asks one ` +
	`question, and points to the section of your own primer that helps. It works on this machine alone and never keeps a score.

Start with

    tellwell review                   the pages of this repository
    tellwell review blog/launch.md    one page
    tellwell review --diff main...    what your branch changed
    tellwell explain                  what it looks for

Exit status: 0 reviewed (a question is not a failure), 1 a question was asked that you chose to fail on, 2 the command line could not be ` +
	`understood, 3 not all of it could be done.`

// run does what the command line asks and returns the status to exit with.
func run(w *world) status {
	line := &commands{}
	parser, err := kong.New(line,
		kong.Name("tellwell"),
		kong.Description(description),
		kong.Writers(w.stdout, w.stderr),
		kong.NoDefaultHelp(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Exit(func(int) {}), // only main exits
	)
	if err != nil {
		return w.fail(fmt.Errorf("set up the command line: %w", err))
	}
	parsed, err := parser.Parse(habits(w.args))
	switch {
	case errors.Is(err, errHelpShown):
		return reviewed
	case err != nil:
		return w.fail(w.misunderstood(err))
	}
	asked, ok := parsed.Selected().Target.Addr().Interface().(command)
	if !ok {
		return w.fail(fmt.Errorf("nothing runs %q", parsed.Command()))
	}
	ended, err := asked.run(w)
	if err != nil {
		return w.fail(err)
	}
	return ended
}

// habits turns what people type out of habit into what the command line knows: "help review" and "--version".
func habits(args []string) []string {
	switch {
	case len(args) == 0:
		return args
	case args[0] == "help":
		return append(append([]string{}, args[1:]...), "--help")
	case args[0] == "--version":
		return append([]string{"version"}, args[1:]...)
	}
	return args
}

// A helpFlag shows help when it is met, before the rest of the command line is held against what is required.
type helpFlag bool

var errHelpShown = errors.New("help was shown")

// BeforeReset is called by kong when the flag is met.
func (helpFlag) BeforeReset(parsed *kong.Context) error {
	if err := parsed.PrintUsage(false); err != nil {
		return cannot("", "show help: %w", err)
	}
	return errHelpShown
}
