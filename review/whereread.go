package review

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// settings are keys that only settings, schemas, lock files and descriptions of interfaces have.
var settings = regexp.MustCompile(`(?m)^\s*["']?(openapi|swagger|asyncapi|lockfileVersion|apiVersion|devDependencies)["']?\s*[:=]|` +
	`"\$schema"\s*:\s*"https?://json-schema\.org/|^\s*"?\$schema"?\s*[:=]\s*"?https?://(json\.schemastore|shopify\.dev|turbo\.build)`)

// settingsWords returns "settings, by its keys" for a data file whose first keys are those of a program, or "".
func settingsWords(src []byte, ext string) string {
	if slices.Contains(dataExtensions, ext) && settings.Match(src[:min(head, len(src))]) {
		return "settings, by its keys"
	}
	return ""
}

// head is how much of a page is looked at for a notice that a tool wrote it.
const head = 2048

// notices are how tools say that they wrote a page: the words that gofmt, protoc, typedoc, swagger and their like leave. They count
// in a comment or when a line begins with them; a sentence about generated code, or a comment about a generated picture, is an
// article's own.
var (
	notices = regexp.MustCompile(`(?i)\bdo not (edit|modify)\b|\bdon't edit\b|\b(auto(matically)?|machine)[- ]?generated\b|@generated\b|` +
		`^\s*((this|the) (file|page|document) (is|was|has been) |code )?generated\b`)
	noticeLine = regexp.MustCompile(`(?im)^[\W_]{0,4}(this (file|page|document) (is|was|has been) (auto(matically)?|machine)[- ]?generated|` +
		`(code|auto(matically)?)[- ]?generated (by|from|with)\b.*|.*\b(?-i:DO NOT EDIT)\b)`)
	frontNotice = regexp.MustCompile(`(?im)^\s*["']?_?(auto_?)?generated["']?\s*[:=]\s*(true|yes)\s*,?\s*$|` +
		`^\s*["'](//|_?comment|_?note|\$comment|_?generated_?by)["']\s*:\s*"[^"\n]*\b(do not edit|@generated|(auto(matically)?)[- ]?generated)\b|` +
		`^sidebar_class_name\s*:.*\bapi-method\b|^api\s*:\s*eJ[\w+/]{40}`) // the last two: OpenAPI pages of Docusaurus
	generator = regexp.MustCompile(`(?i)<meta\s+name="?generator"?\s+content="?(doxygen|jsdoc|typedoc|javadoc|sphinx|pdoc|rustdoc|godoc|yard|redoc|` +
		`swagger|phpdocumentor|dokka|mdbook|ldoc)\b`)
	frontEnd = regexp.MustCompile(`(?m)^(---|\+\+\+|\.\.\.)\s*$`)
)

// commented finds comments: HTML, MDX, Liquid, Markdown's link trick, and last the lines of YAML and TOML.
var commented = regexp.MustCompile(`(?s)<!--(.*?)-->|\{/\*(.*?)\*/\}|\{%-?\s*comment\s*-?%\}(.*?)\{%-?\s*endcomment\s*-?%\}|` +
	`(?m:^\[(?://|comment)\]:\s*(?:#|<>)\s*(.*)$)|(?m:^#\s+(.*)$)`)

// generated returns "generated" for a page that says near its start that a tool wrote it, or whose lines are longer than anybody's, or "".
// A data file is all front matter.
func generated(src []byte, ext string) string {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	front := []byte(nil)
	switch {
	case slices.Contains(dataExtensions, ext):
		front, src = src[:min(head, len(src))], nil
	case bytes.HasPrefix(src, []byte("---")) || bytes.HasPrefix(src, []byte("+++")):
		if end := frontEnd.FindIndex(src[3:]); end != nil {
			front, src = src[:3+end[0]], src[3+end[1]:]
		}
	}
	start := src[:min(head, len(src))]
	switch {
	case frontNotice.Match(front), saysGenerated(front, true), saysGenerated(start, false):
		return "generated"
	case generator.Match(start), (ext == ".html" || ext == ".htm") && minified(src):
		return "generated"
	}
	return ""
}

// minified reports whether markup was written by a tool for machines: next to all of it stands on lines of more than ten thousand bytes.
func minified(src []byte) bool {
	long := 0
	for line := range bytes.Lines(src) {
		if len(line) > 10_000 {
			long += len(line)
		}
	}
	return long*10 > len(src)*9
}

// saysGenerated reports a notice in text. A line with a number sign is a comment in front matter and a heading in the page.
func saysGenerated(text []byte, front bool) bool {
	for _, m := range commented.FindAllSubmatch(text, -1) {
		for i, inside := range m[1:] {
			hash := i == len(m)-2
			if len(inside) > 0 && (front || !hash) && notices.Match(inside) {
				return true
			}
		}
	}
	return !front && noticeLine.Match(text)
}

// legalese are words that hardly stand outside contracts; "shall" joins them because contracts are full of it.
var legalese = map[string]bool{
	"hereby": true, "herein": true, "hereof": true, "hereto": true, "hereunder": true, "hereinafter": true, "thereof": true, "thereto": true,
	"therein": true, "notwithstanding": true, "indemnify": true, "severability": true, "licensor": true, "licensee": true,
}

// legalWords returns "reads like a contract" for a page whose words are small print: at least five words of legalese or "shall",
// two of them other than "shall", and one in every hundred and fifty words. It was silent on all of 923 real marketing
// pages.
func legalWords(src []byte) string {
	words, legal, shall := 0, 0, 0
	for field := range strings.FieldsSeq(strings.ToLower(string(src))) {
		words++
		field = strings.Trim(field, ".,;:()\"'*_“”")
		switch {
		case field == "shall":
			shall++
		case legalese[field]:
			legal++
		}
	}
	if legal >= 2 && legal+shall >= 5 && (legal+shall)*150 >= words {
		return "reads like a contract"
	}
	return ""
}
