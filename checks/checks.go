// Package checks is the list of checks, written by hand.
package checks

import "github.com/example-org/tellwell/review"

// All is every check, in the order of the documentation.
var All = []*review.Check{}
