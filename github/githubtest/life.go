package githubtest

import (
	"fmt"
	"iter"
	"strings"

	"github.com/example-org/tellwell/review"
)

// The pages of the scripted life: Launch as a competent marketer left it who was not moved, Mended as one who was, and what lies beside them.
const (
	Launch = `---
title: Introducing Relay 4
kind: product
---
We are thrilled to announce Relay 4, the newest part of the Relay suite. It is available to all customers from today.

## What is new

Relay 4 is a robust and scalable platform that streamlines operations and improves efficiency for teams of all sizes. It offers a modern
interface and a comprehensive set of functions, and it can be adapted to every need.

Our experienced team supports every customer at each step of the way. With cutting-edge technology and unmatched expertise, Relay is the
natural choice for planners.

## Availability

The new version can be used in the cloud or on site. Customers with a contract can upgrade at any time, and prices stay as they are.
`
	Mended = `---
title: Friday's forecast, done before the lorries are back
kind: product
---
On Friday at four, Petra Lang in dispatch used to copy nineteen lorries from the wall into a sheet. She missed one in March, and a load
of milk went sour in Cavan.

## What is new

Relay 4 reads the wall. Petra looks at it once, at half past three, and goes home.

Our experienced team supports every customer at each step of the way. With cutting-edge technology and unmatched expertise, Relay is the
natural choice for planners.

## Availability

The new version can be used in the cloud or on site. Customers with a contract can upgrade at any time, and prices stay as they are.
`

	// More is what both have below: plain, and long enough for three questions.
	More = `
## How it is set up

The setup begins with a list of the farms. Each farm has a gate, a tank and a hardness of track, and each of these is entered once. The list
can be typed, or it can be read from the sheet that the office keeps. After that come the lorries, with their litres and their drivers, and
the creameries, with their hours. None of it has to be complete on the first day. A farm that is missing is asked for when its milk is due.

The plan for the week is laid out in the evening and can be changed until the first lorry leaves. A change is shown in red until somebody
has looked at it. Drivers see their own round and the one before it, since the tank has to be empty when the round begins. A round can be
printed on one sheet, and the sheet fits into the visor of the cab.

## What it connects to

The laboratory sends its results as a file, and Relay reads the file when it arrives. The weighbridge is read by cable. The office system
gets a line for each collection, with the litres, the time and the number of the tank. Where there is no office system there is a list that
can be sent by post. The telephone system is left as it is.

## What it costs

The price is counted in lorries and not in people, since the people change with the season and the lorries do not. The first year is paid in
two halves. Training is a day on the spot, for whoever comes, and a second day when the grass has grown. The contract runs for a year and is
ended by a letter or by an email that somebody answers.
`
	Settings = "version: 1\ncompany: {names: [Relay], products: [Relay 4]}\n"
	Planners = "---\ntitle: Haulage planners\nkind: customer\naudience: haulage-planner\nterms: [planner, lorries, forecast]\nask: [{name: Aoife Brannigan, good_for: rounds}]\n---\n# Haulage planners\n\n## Jobs\n\n- Get every farm collected inside two days.\n\n## Pains\n\n- The plan is right at four and wrong by seven.\n\n## A day in their week\n\nFriday, four o'clock: next week's rounds, on paper first.\n"
)

// A Turn is one thing that happened to a pull request.
type Turn struct {
	What     string
	Pull     *Pull
	ReadOnly bool   // a workflow's token may only read: a fork's, or Dependabot's
	Told     []Said // what a webhook would hear of it, in order
}

// Said is an event as a webhook hears it, without the installation.
type Said struct {
	Event string
	Body  []byte
}

// Life plays a pull request's whole life in a repository that Begin has prepared, as docs/life.md has it, and some shorter ones beside it;
// the last is in a repository that is fresh. It yields after each turn, for whoever listens to do what it would then do.
func Life(repo, fresh *Repo) iter.Seq[Turn] {
	return func(yield func(Turn) bool) { (&life{yield: yield}).play(repo, fresh) }
}

// life is where the script stands.
type life struct {
	yield func(Turn) bool
	pull  *Pull
	told  []Said
	ended bool
}

// hears notes what a webhook hears of the pull request as it stands now.
func (l *life) hears(action string) {
	l.told = append(l.told, Said{"pull_request", l.pull.Event(action)})
}

// said notes that somebody said something.
func (l *life) said(c Comment) {
	body, event := l.pull.CommentEvent("created", c)
	l.told = append(l.told, Said{event, body})
}

func (l *life) push(files map[string]string) {
	l.pull.Push(files)
	l.hears("synchronize")
}

// open begins another pull request.
func (l *life) open(repo *Repo, head, base string, pr PR) {
	l.pull = repo.Open(head, base, pr)
	l.hears("opened")
}

// turn ends one.
func (l *life) turn(what string) {
	if !l.ended {
		told := l.told
		l.told = nil
		bot := l.pull.Fork || l.pull.Author == "dependabot[bot]"
		l.ended = !l.yield(Turn{What: what, Pull: l.pull, ReadOnly: bot, Told: told})
	}
}

// Begin makes what lies on the base before Life begins: settings, a primer and an old page.
func Begin(repo *Repo) {
	repo.Commit("main", map[string]string{
		".github/tellwell.yml": Settings, "primers/planners.md": Planners, "blog/old.md": "# Old\n\nAn old page about rounds.\n",
	}, "Begin")
}

func (l *life) play(repo, fresh *Repo) {
	whole := Launch + More
	repo.Commit("relay", map[string]string{"blog/relay.md": whole}, "A launch page")
	l.open(repo, "relay", "main", PR{Title: "Relay 4", Author: "mira", Draft: true})
	first := l.pull
	l.turn("opened as a draft")
	first.Ready()
	l.hears("ready_for_review")
	l.turn("ready for review")
	l.hears("edited")
	l.turn("run again with nothing new")
	l.push(map[string]string{"blog/relay.md": strings.Replace(whole, "## What is new\n", "## What is new\n\nRead on below.\n\nHere it comes.\n", 1)})
	l.turn("lines inserted above")
	if threads := first.Threads(); len(threads) > 0 { // where nothing was asked, nobody answers
		l.said(first.Reply(threads[0], "jo", "Fair. I'll ask Petra."))
		l.said(first.Reply(threads[len(threads)-1], "mira", "tellwell: why"))
	}
	l.turn("one is answered, one asks why")
	l.push(map[string]string{"blog/relay.md": Mended + More})
	l.turn("the page is mended")
	l.push(map[string]string{"blog/relay.md": whole})
	l.turn("the mend is taken back")
	first.ForcePush(map[string]string{"blog/relay.md": whole})
	l.hears("synchronize")
	l.turn("force-pushed, the same words")
	repo.Commit("main", map[string]string{"blog/news.md": "# News\n\nNothing.\n"}, "Main moves on")
	first.Rebase()
	l.hears("synchronize")
	l.turn("rebased")
	opening, rest, _ := strings.Cut(whole, "## What is new")
	news, availability, _ := strings.Cut(rest, "## Availability")
	l.push(map[string]string{"blog/relay.md": opening + "## Availability" + strings.Replace(availability, "## How it is set up", "## What is new"+news+"## How it is set up", 1)})
	l.turn("a section is moved")
	l.push(map[string]string{"blog/relay.md": Gone, "blog/relay-4.md": whole})
	l.turn("the page is renamed")
	l.push(map[string]string{"blog/relay-4.md": Gone, "blog/relay.md": whole})
	l.turn("and back")
	repo.Commit("next", map[string]string{"blog/next.md": "# Next\n\nSoon.\n"}, "A branch for the next season")
	first.Retarget("next")
	l.hears("edited")
	l.turn("retargeted")
	first.Retarget("main")
	l.hears("edited")
	l.turn("and back")
	l.push(map[string]string{"blog/README.md": "# How we write\n\nPlainly.\n"})
	l.turn("a README changes")
	l.push(map[string]string{"blog/relay.md": strings.Replace(whole, "at any time", "at all times", 1)})
	l.turn("a word changes elsewhere")
	l.push(map[string]string{"blog/second.md": "# A second page\n\nOn Tuesday, Aoife rang eleven farms.\n"})
	l.turn("a second page, and a good one")
	l.push(map[string]string{"blog/second.md": Gone})
	l.turn("which is taken back")
	first.MergeBase()
	l.hears("synchronize")
	l.turn("main is merged into it")
	for _, thread := range first.Threads() {
		if strings.Contains(thread.Comments[0].Body, "unmatched") || thread.Resolved {
			continue
		}
		first.React(thread.Comments[0], "jo", "-1") // of which no webhook hears
		break
	}
	l.push(map[string]string{"blog/relay.md": Mended + More})
	l.turn("mended again, one question disliked")
	l.said(first.Comment("jo", "MEMBER", "tellwell: skip stock-opening, because it is our manner"))
	l.turn("a check is skipped")
	l.said(first.Comment("stranger", "NONE", "tellwell: stop"))
	l.turn("a stranger says stop")
	l.said(first.Comment("jo", "MEMBER", "tellwell: stop"))
	l.turn("a member says stop")
	l.said(first.Comment("mira", "NONE", "tellwell: review"))
	l.turn("the author asks for a review")
	l.push(map[string]string{"blog/relay.md": Gone, "blog/old.md": "# Old\n\nAn old page about rounds, mended.\n"})
	l.turn("the launch is reverted")
	first.Label(review.SkipLabel)
	l.hears("labeled")
	l.turn("labelled")
	first.Unlabel(review.SkipLabel)
	l.hears("unlabeled")
	first.Close()
	l.hears("closed")
	l.turn("closed")
	first.Reopen()
	l.hears("reopened")
	l.turn("reopened")

	repo.Commit("contribution", map[string]string{"blog/guest.md": whole}, "A guest's page")
	l.open(repo, "contribution", "main", PR{Title: "A guest's page", Author: "stranger", Fork: true})
	l.turn("from a fork, whose token may only read")
	repo.Commit("bump", map[string]string{"blog/bumped.md": whole}, "Bump relay from 3 to 4")
	l.open(repo, "bump", "main", PR{Title: "Bump relay from 3 to 4", Author: "dependabot[bot]"})
	l.turn("by Dependabot")

	repo.Commit("colleague", map[string]string{"blog/spring.md": whole}, "A colleague's page")
	l.open(repo, "colleague", "main", PR{Title: "Spring", Author: "noor"})
	colleague := l.pull
	l.turn("a colleague's page")
	if threads := colleague.Threads(); len(threads) > 1 {
		l.said(colleague.Reply(threads[0], "noor", "tellwell: skip, because it is the campaign's line"))
		colleague.Resolve(threads[1], "noor") // of which no webhook hears that we ask for
	}
	l.turn("she skips one question, and resolves the other without a change")
	l.push(map[string]string{"blog/spring.md": Mended + More})
	l.turn("both passages are mended all the same")
	if threads := colleague.Threads(); len(threads) > 0 {
		l.said(colleague.Reply(threads[0], "noor", "tellwell: stop"))
	}
	l.push(map[string]string{"blog/summer.md": whole})
	l.turn("she says stop in a thread, and brings another page")

	repo.Commit("stable", map[string]string{"blog/stable.md": "# Stable\n\nFor now.\n"}, "A branch for what is released")
	repo.OrganizationRule("stable")
	repo.Commit("guarded", map[string]string{"blog/autumn.md": whole}, "A page for autumn")
	l.open(repo, "guarded", "stable", PR{Title: "Autumn", Author: "noor"})
	l.turn("into a branch that requires resolved conversations")

	repo.Commit("second", map[string]string{"blog/winter.md": whole}, "A page for winter")
	l.open(repo, "second", "main", PR{Title: "Winter", Author: "noor"})
	l.pull.Remark("site-tellwell[bot]", "blog/winter.md", 5, "Who is thrilled? <!-- tellwell:1 announced-emotion 0123456789ab-1 -->")
	l.turn("where another tellwell speaks")

	many := map[string]string{}
	for i := range 12 {
		many[fmt.Sprintf("blog/season-%02d.md", i)] = whole
	}
	repo.Commit("many", many, "Twelve pages")
	l.open(repo, "many", "main", PR{Title: "Twelve pages", Author: "noor"})
	l.turn("twelve pages at once")

	fresh.Commit("main", map[string]string{"blog/old.md": "# Old\n\nAn old page about rounds.\n"}, "Begin")
	fresh.Commit("tellwell", map[string]string{".github/tellwell.yml": Settings, "blog/relay.md": whole}, "Bring tellwell in")
	l.open(fresh, "tellwell", "main", PR{Title: "Bring tellwell in", Author: "noor"})
	l.turn("the pull request that brings tellwell in")
}
