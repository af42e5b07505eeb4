package prose

// What a page may hold before the rest of it is read as plain text. Nobody writes so much; Markdown parsers take time that grows with
// the square of it.
const (
	mostNested   = 60  // block quotes and lists opened on one line
	mostBrackets = 500 // opening brackets between two blank lines
)

// tame makes unreadable, in the masked copy, the marks beyond those limits.
func tame(masked []byte, body int) {
	brackets, lineStart := 0, true
	for i := body; i < len(masked); i++ {
		if lineStart {
			i = tameLine(masked, i)
			lineStart = false
			if i >= len(masked) {
				return
			}
			if masked[i] == '\n' {
				brackets = 0
			}
		}
		switch masked[i] {
		case '\n':
			lineStart = true
		case '[':
			if brackets++; brackets > mostBrackets {
				masked[i] = filler
			}
		}
	}
}

// tameLine reads the marks that open block quotes and lists at the start of a line, and returns where its text begins.
func tameLine(b []byte, i int) int {
	for n := 0; ; n++ {
		for i < len(b) && (b[i] == ' ' || b[i] == '\t') {
			i++
		}
		end := i
		switch {
		case i >= len(b):
			return i
		case b[i] == '>':
			end = i + 1
		case (b[i] == '-' || b[i] == '*' || b[i] == '+') && i+1 < len(b) && b[i+1] == ' ':
			end = i + 1
		default:
			for end < len(b) && end < i+9 && b[end] >= '0' && b[end] <= '9' {
				end++
			}
			if end == i || end+1 >= len(b) || b[end] != '.' && b[end] != ')' || b[end+1] != ' ' {
				return i
			}
			end++
		}
		if n >= mostNested {
			blank(b, Span{i, end}, filler)
		}
		i = end
	}
}
