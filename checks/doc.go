package checks

// docs/checks.md is gathered from the documentation beside each check.
//
//go:generate go run ./internal/gendocs
