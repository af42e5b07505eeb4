package main

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"sort"
	"strings"

	"github.com/example-org/tellwell/review"
)

//go:embed report.html
var reportText string

// report is the page that --format html writes: no script, nothing fetched, and every word of an author's is text.
var report = template.Must(template.New("report").Funcs(template.FuncMap{
	"count":   count,
	"percent": func(at float64) string { return fmt.Sprintf("%.1f", 1+at*98) },
	"lane": func(ticks []review.Tick, what string) []review.Tick {
		var out []review.Tick
		for _, t := range ticks {
			if t.What == what {
				out = append(out, t)
			}
		}
		return out
	},
	"drawn": func(s review.Sheet) string {
		var parts []string
		for _, what := range []string{"customer", "stakes", "question"} {
			n, first := 0, 0.0
			for _, t := range s.Ticks {
				if t.What == what {
					if n == 0 {
						first = t.At
					}
					n++
				}
			}
			name := map[string]string{"customer": "a customer", "stakes": "something to lose or gain", "question": "a question of ours"}[what]
			if n == 0 {
				parts = append(parts, "nowhere "+name)
			} else {
				parts = append(parts, fmt.Sprintf("%s in %s, first after %.0f%% of the page", name, count(n, "sentence", "sentences"), math.Round(100*first)))
			}
		}
		return strings.Join(parts, "; ")
	},
	"where": func(p *review.Pointer) string {
		text := p.Title
		if p.Heading != "" {
			text += " § " + p.Heading
		}
		var more []string
		if p.Minutes > 0 {
			more = append(more, fmt.Sprintf("%d min", p.Minutes))
		}
		if p.Ask != "" {
			more = append(more, "ask "+p.Ask)
		}
		if len(more) > 0 {
			text += " (" + strings.Join(more, "; ") + ")"
		}
		return text
	},
	"href": func(p *review.Pointer) string {
		if p.URL != "" {
			return p.URL
		}
		return p.Path
	},
	"note": func(s review.Sheet, n int) review.Comment { return s.Notes[n-1] },
	"id":   func(sheet, note int) string { return fmt.Sprintf("q%d-%d", sheet+1, note) },
}).Parse(reportText))

// tellHTML writes a review as one page that can be opened or attached.
func tellHTML(out io.Writer, req review.Request, plan *review.Plan) error {
	questions := 0
	var sheets, alone []review.Sheet
	for _, s := range review.Sheets(req, plan) {
		if s.LeftAlone != "" {
			alone = append(alone, s)
			continue
		}
		questions += len(s.Notes) + len(s.Summary)
		sheets = append(sheets, s)
	}
	sort.SliceStable(sheets, func(a, b int) bool { // pages with questions first
		return len(sheets[a].Notes)+len(sheets[a].Summary) > 0 && len(sheets[b].Notes)+len(sheets[b].Summary) == 0
	})
	return report.Execute(out, map[string]any{
		"Plan": plan, "Sheets": sheets, "Alone": alone, "Questions": questions, "Amount": req.Config.Budget.Amount,
	})
}
