package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/example-org/tellwell/review"
)

// reviewdog's diagnostic format (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf), one diagnostic a line. A test holds it
// against reviewdog's own schema.
type (
	rdDiagnostic struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
		Severity string     `json:"severity"`
		Source   rdNamed    `json:"source"`
		Code     rdCode     `json:"code"`
	}
	rdLocation struct {
		Path  string  `json:"path"`
		Range rdRange `json:"range"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}
	rdNamed struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url"`
	}
)

// tellRDJSONL writes a plan's findings for reviewdog. Its columns are bytes of UTF-8, so the pages' own bytes are needed. What could
// not be done is no diagnostic; the command tells it on standard error.
func tellRDJSONL(out io.Writer, plan *review.Plan, source map[string][]byte) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, page := range plan.Pages {
		for _, c := range page.Findings {
			text := source[page.Path]
			err := encoder.Encode(rdDiagnostic{
				Message: oneLine(c), Severity: "INFO",
				Location: rdLocation{page.Path, rdRange{
					rdPosition{c.Line, byteColumn(text, c.Line, c.Column)}, rdPosition{c.EndLine, byteColumn(text, c.EndLine, c.EndColumn)},
				}},
				Source: rdNamed{"tellwell", "https://" + review.Home}, Code: rdCode{c.Check, checkPage(c.Check)},
			})
			if err != nil {
				return fmt.Errorf("write the review for reviewdog: %w", err)
			}
		}
	}
	return nil
}

// byteColumn turns a column in UTF-16 code units into one in bytes, both from 1; 0 where the page has no such line.
func byteColumn(source []byte, line, column int) int {
	text, ok := lineOf(source, line)
	if !ok || column < 1 {
		return 0
	}
	return offsetOf(text, column) + 1
}
