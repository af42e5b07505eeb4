package primer

import (
	"embed"
	"strings"
	"time"
)

//go:embed starters/*.md
var starters embed.FS

// PageKinds are the kinds of page a primer has.
func PageKinds() []PageKind { return pageKinds }

// Starter returns a page of a kind to be filled in, under a title, dated today. What to write stands in comments, which no reader of the
// page sees and tellwell never links.
func Starter(kind PageKind, title string, today time.Time) []byte {
	src, err := starters.ReadFile("starters/" + string(kind) + ".md")
	if err != nil {
		panic("primer: no starter for " + string(kind)) // they are part of the program, and a test reads each
	}
	title = strings.Join(strings.Fields(title), " ")
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(title) + `"`
	return []byte(strings.NewReplacer("TITLE_QUOTED", quoted, "TITLE", title, "TODAY", today.Format(time.DateOnly)).Replace(string(src)))
}

// StarterName returns the file a page of this title goes by: "Dairy haulage planners" is dairy-haulage-planners.md.
func StarterName(title string) string {
	name := strings.Trim(slug(strings.Join(strings.Fields(title), " ")), "-")
	if name == "" {
		return ""
	}
	return name + ".md"
}

// Filled returns a starter page with text under one of its headings, below the question that stands there. A page without the heading
// comes back as it was.
func Filled(page []byte, heading, text string) []byte {
	before, after, ok := strings.Cut(string(page), "\n## "+heading+"\n")
	if !ok {
		return page
	}
	section, rest, more := strings.Cut(after, "\n## ")
	section = strings.TrimRight(section, "\n") + "\n\n" + strings.TrimRight(text, "\n") + "\n"
	if more {
		rest = "\n## " + rest
	}
	return []byte(before + "\n## " + heading + "\n" + section + rest)
}
