package prose

import (
	"bytes"
	"regexp"
	"strings"
)

// colonFence is the line that begins an admonition of Docusaurus, VitePress or Pandoc, with its title.
var colonFence = regexp.MustCompile(`^:{3,}[ \t]*([\w-]*)[ \t]*(?:\[([^\]\n]*)\]|\{[^}\n]*\})?[ \t]*([^\n]*?)[ \t:]*$`)

// fenceOfColons reads the line of colons at a place.
func fenceOfColons(b []byte, at Span) tag {
	m := colonFence.FindSubmatchIndex(b[at.Start:at.End])
	if m == nil {
		return tag{}
	}
	t := tag{name: strings.ToLower(string(b[at.Start+m[2] : at.Start+m[3]])), paired: true}
	if t.name == "" && m[1] > 4 && len(bytes.Trim(b[at.Start:at.End], ": \t")) > 0 {
		t.name = "div"
	}
	title := Span{at.Start + m[6], at.Start + m[7]}
	if m[4] >= 0 {
		title = Span{at.Start + m[4], at.Start + m[5]}
	}
	if t.name != "" && !title.Empty() && b[title.Start] != '{' {
		t.args = []arg{{key: "title", text: string(b[title.Start:title.End]), span: title}}
	}
	return t
}

// abbreviationLine is where Kramdown and MkDocs explain an abbreviation, which readers meet when they point at it.
var abbreviationLine = regexp.MustCompile(`(?m)^\*\[[^\]\n]+\]:[^\n]*$`)

// abbreviated blanks such lines.
func abbreviated(b []byte, body int) {
	for _, at := range abbreviationLine.FindAllIndex(b[body:], -1) {
		blank(b, Span{body + at[0], body + at[1]}, ' ')
	}
}

// blockMark is the line that begins an admonition or a tab of MkDocs; what belongs to it is indented.
var blockMark = regexp.MustCompile(`^ *(?:(!!!|\?\?\?\+?) +([\w-]+)(?: +[\w-]+)*(?: +"([^"\n]*)")?|===[!+]? +"([^"\n]+)")[ \t]*$`)

// blockIndent is how far that is.
const blockIndent = 4

// unindent returns Markdown in which what belongs to MkDocs' admonitions and tabs is no more indented than they are, and records them.
func (r *reader) unindent(b []byte, body int) source {
	if !bytes.Contains(b[body:], []byte("!!! ")) && !bytes.Contains(b[body:], []byte("??? ")) && !bytes.Contains(b[body:], []byte("??? +")) &&
		!bytes.Contains(b[body:], []byte(`=== "`)) {
		return source{bytes: b}
	}
	code := codeLines(b, body)
	out := literal{}
	var open []int // how far the open blocks are indented
	for i := 0; i < len(b); {
		end := lineEnd(b, i, len(b))
		next := min(end+1, len(b))
		line := b[i:end]
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		for len(open) > 0 && indent < len(line) && indent < open[len(open)-1]+blockIndent {
			open = open[:len(open)-1]
		}
		for len(code) > 0 && i >= code[0].End {
			code = code[1:]
		}
		inCode := i < body || len(code) > 0 && i >= code[0].Start
		from := i + min(indent, blockIndent*len(open))
		if m := blockMark.FindSubmatchIndex(line); m != nil && !inCode && indent-blockIndent*len(open) < blockIndent {
			t := tag{Span: Span{i + indent, end}, name: "tab", mark: "!!!", paired: true}
			title := 8
			if m[2] >= 0 {
				t.name = strings.ToLower(string(line[m[4]:m[5]]))
				title = 6
			}
			if m[title] >= 0 && m[title+1] > m[title] {
				at := Span{i + m[title], i + m[title+1]}
				t.args = []arg{{key: "title", text: string(b[at.Start:at.End]), span: at}}
			}
			r.tags = append(r.tags, t)
			open = append(open, indent)
			from = end
		}
		for j := from; j < next; j++ {
			out.add(string(b[j:j+1]), Span{j, j + 1})
		}
		i = next
	}
	return out.source
}
