// Package checks is the list of checks, written by hand.
package checks

import (
	"github.com/example-org/tellwell/checks/action"
	"github.com/example-org/tellwell/checks/announced"
	"github.com/example-org/tellwell/checks/audience"
	"github.com/example-org/tellwell/checks/benefit"
	"github.com/example-org/tellwell/checks/claim"
	"github.com/example-org/tellwell/checks/faceless"
	"github.com/example-org/tellwell/checks/headline"
	"github.com/example-org/tellwell/checks/insideout"
	"github.com/example-org/tellwell/checks/lede"
	"github.com/example-org/tellwell/checks/objection"
	"github.com/example-org/tellwell/checks/opening"
	"github.com/example-org/tellwell/checks/rival"
	"github.com/example-org/tellwell/checks/scripted"
	"github.com/example-org/tellwell/checks/stakes"
	"github.com/example-org/tellwell/checks/stock"
	"github.com/example-org/tellwell/checks/term"
	"github.com/example-org/tellwell/checks/vague"
	"github.com/example-org/tellwell/checks/view"
	"github.com/example-org/tellwell/review"
)

// All is every check, in the order of the documentation.
var All = []*review.Check{
	insideout.Check,
	faceless.Check,
	rival.Check,
	stakes.Check,
	lede.Check,
	scripted.Check,
	announced.Check,
	opening.Check,
	headline.Check,
	claim.Check,
	stock.Check,
	benefit.Check,
	vague.Check,
	audience.Check,
	term.Check,
	objection.Check,
	action.Check,
	view.Check,
}
