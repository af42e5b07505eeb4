package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/url"
	"runtime/debug"
	"strings"

	"github.com/example-org/tellwell/review"
)

// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as far as a review has something to say in it. A test holds it against
// the standard's own schema.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool             sarifTool         `json:"tool"`
		AutomationDetail sarifID           `json:"automationDetails"`
		ColumnKind       string            `json:"columnKind"`
		Invocations      []sarifInvocation `json:"invocations"`
		Results          []sarifResult     `json:"results"`
	}
	sarifID struct {
		ID string `json:"id"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string         `json:"id"`
		ShortDescription sarifText      `json:"shortDescription"`
		Help             sarifText      `json:"help"`
		HelpURI          string         `json:"helpUri"`
		Default          sarifLevel     `json:"defaultConfiguration"`
		Properties       map[string]any `json:"properties"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Rank         float64           `json:"rank"` // 0 to 100: the confidence
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// tellSARIF writes a plan as SARIF 2.1.0. Paths are relative to the repository's root, columns UTF-16 code units.
func tellSARIF(out io.Writer, plan *review.Plan, checks []*review.Check) error {
	info, _ := debug.ReadBuildInfo()
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "tellwell", Version: strings.TrimPrefix(versionLine(info), "tellwell "), InformationURI: "https://" + review.Home, Rules: []sarifRule{},
		}},
		AutomationDetail: sarifID{"tellwell/"}, ColumnKind: "utf16CodeUnits",
		Invocations: []sarifInvocation{{Successful: true}}, Results: []sarifResult{},
	}
	index := map[string]int{}
	for i, check := range checks {
		index[check.Name] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: check.Name, ShortDescription: sarifText{Text: gist(check)}, Help: sarifText{Text: lines(check.Doc), Markdown: lines(check.Doc)},
			HelpURI: checkPage(check.Name), Default: sarifLevel{"note"}, Properties: map[string]any{"tags": []string{string(check.Family)}},
		})
	}
	for _, page := range plan.Pages {
		for _, c := range page.Findings {
			result := sarifResult{
				RuleID: c.Check, RuleIndex: index[c.Check], Level: "note", Rank: math.Round(1000*c.Confidence) / 10, Message: sarifText{Text: oneLine(c), Markdown: c.Markdown()},
				Locations: []sarifLocation{{Physical: sarifPhysical{sarifFile(page.Path), &sarifRegion{c.Line, c.Column, c.EndLine, c.EndColumn}}}},
				// The passage, whatever its line: text that moves keeps it.
				Fingerprints: map[string]string{"tellwell/v1": c.Mark},
			}
			if p := c.Primer; p != nil && p.Path != "" {
				result.Related = []sarifLocation{{Physical: sarifPhysical{Artifact: sarifFile(p.Path)}, Message: &sarifText{Text: pointed(*p)}}}
			}
			run.Results = append(run.Results, result)
		}
	}
	for _, p := range plan.Problems {
		n := sarifNotification{Level: "warning", Message: sarifText{Text: p.Message}}
		if p.Path != "" {
			at := sarifPhysical{Artifact: sarifFile(p.Path)}
			if p.Line > 0 {
				at.Region = &sarifRegion{StartLine: p.Line}
			}
			n.Locations = []sarifLocation{{Physical: at}}
		}
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, n)
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	log := sarifLog{"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0", []sarifRun{run}}
	if err := encoder.Encode(log); err != nil {
		return fmt.Errorf("write the review as SARIF: %w", err)
	}
	return nil
}

func sarifFile(path string) sarifArtifact {
	return sarifArtifact{URI: (&url.URL{Path: path}).EscapedPath(), Base: "%SRCROOT%"}
}

// checkPage is where a check is explained on the web.
func checkPage(check string) string {
	return "https://" + review.Home + "/blob/main/docs/checks.md#" + check
}

// oneLine is what a comment says, in one line: the message, the question, and where to read on.
func oneLine(c review.Comment) string {
	text := strings.TrimSpace(c.Message + " " + c.Question)
	if c.Primer != nil {
		text += " → " + pointed(*c.Primer)
	}
	return text
}
