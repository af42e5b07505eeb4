package vague

import (
	"testing"

	"github.com/example-org/tellwell/review/reviewtest"
)

func TestCheck(t *testing.T) { reviewtest.Run(t, Check) }
