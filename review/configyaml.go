package review

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// document returns the first document of a configuration, or nil when it is empty or can't be read, which it tells.
func (r *configReader) document(src []byte) *yaml.Node {
	if line, ok := notUTF8(src); !ok {
		r.problemAt(line, errors.New("these are not letters in UTF-8; save the file as UTF-8, until then the defaults are used"))
		return nil
	}
	var first, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(src))
	if err := decoder.Decode(&first); errors.Is(err, io.EOF) {
		return nil // nothing but comments: the defaults are meant
	} else if err != nil {
		line, says := brokenYAML(src, err)
		r.problemAt(line, fmt.Errorf("%s; until this is mended the defaults are used", says))
		return nil
	}
	if err := decoder.Decode(&second); err == nil {
		r.problemAt(second.Line, errors.New("a second document begins here (---); only the first is read, so remove this one"))
	} else if !errors.Is(err, io.EOF) {
		line, says := brokenYAML(src, err)
		r.problemAt(line, fmt.Errorf("%s; what stands before is used", says))
	}
	if first.Kind != yaml.DocumentNode || len(first.Content) == 0 {
		return nil
	}
	return first.Content[0]
}

// notUTF8 returns the line of the first byte that is not UTF-8, and whether all are.
func notUTF8(src []byte) (line int, ok bool) {
	if utf8.Valid(src) {
		return 0, true
	}
	line = 1
	for i := 0; i < len(src); {
		letter, size := utf8.DecodeRune(src[i:])
		if letter == utf8.RuneError && size == 1 {
			break
		}
		if letter == '\n' {
			line++
		}
		i += size
	}
	return line, false
}

// slip is a sentence of the YAML parser, which is written for those who know its inside, in words for those who don't.
type slip struct {
	parser, plain string
	where         whereTold
}

// A whereTold says how the line in the parser's sentence relates to the line that a person has to look at.
type whereTold int

const (
	exact  whereTold = iota
	before           // the parser counts from 0 here
	begins           // the parser names where the list or mapping begins, and not where it breaks
)

var slipsOfYAML = []slip{
	{"found character that cannot start any token", `a character stands here that YAML keeps for itself (a tab, @, % or a backquote); put the text in quotation marks, and indent with spaces`, exact},
	{"found a tab character", `a tab stands here; indent with spaces`, exact},
	{"mapping values are not allowed", `a colon stands where no key can be; put text with a colon in quotation marks, and give keys of one group the same indentation`, exact},
	{"did not find expected key", `the line doesn't fit those above it; give keys of one group the same indentation, and look for a quotation mark left open`, begins},
	{"did not find expected '-' indicator", `the line doesn't fit the list above it; give all its dashes the same indentation`, begins},
	{"did not find expected ',' or", `a bracket is opened here or just above and not closed, or a comma is missing`, before},
	{"did not find expected node content", `a value is missing here; is there a comma too many, or a bracket left open?`, before},
	{"did not find expected alphabetic or numeric", `a & or * at the start of a value has a meaning of its own in YAML; put the text in quotation marks`, exact},
	{"found unexpected end of stream", `a quotation mark is opened here or above and not closed`, exact},
	{"could not find expected ':'", `a colon is missing after a key`, exact},
	{"found unknown escape character", `a backslash in "double" quotation marks has a meaning of its own; use 'single' ones`, exact},
	{"control characters are not allowed", `the file holds a character that can't be seen and that YAML doesn't take; type the line anew`, exact},
	{"unknown anchor", `an asterisk at the start of a value has a meaning of its own in YAML; put the text in quotation marks`, exact},
	{"exceeded max depth", `brackets stand in brackets more deeply than can be read`, exact},
}

var yamlLine = regexp.MustCompile(`(?:^|: )line (\d+): `)

// brokenYAML returns the line of a YAML error within src and its sentence in plain words.
func brokenYAML(src []byte, err error) (line int, says string) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line = 1 // the parser leaves the first line unsaid
	told := yamlLine.FindStringSubmatchIndex(message)
	if told != nil {
		line, _ = strconv.Atoi(message[told[2]:told[3]])
		message = message[:told[0]] + message[told[1]:]
	}
	says = "this can't be read as YAML: " + message
	for _, slip := range slipsOfYAML {
		if !strings.Contains(message, slip.parser) {
			continue
		}
		says = slip.plain
		switch {
		case slip.where == before && told != nil:
			line++
		case slip.where == begins:
			line = breaksAt(src, slip.parser, line)
		}
		break
	}
	return max(1, min(line, lineCount(src))), says
}

// breaksAt returns the first line that can't be read in the way the parser tells when the file ends after it, and begins when there
// is none.
func breaksAt(src []byte, parser string, begins int) int {
	// Reading it anew for each line is slow, and no configuration is this long.
	const longest, most = 16 << 10, 400
	if len(src) > longest || lineCount(src) > most {
		return begins
	}
	for line, end := 1, 0; end < len(src); line++ {
		next := bytes.IndexByte(src[end:], '\n')
		if next < 0 {
			next = len(src) - end - 1
		}
		end += next + 1
		if line < begins {
			continue
		}
		if err := yaml.Unmarshal(src[:end], &yaml.Node{}); err != nil && strings.Contains(err.Error(), parser) {
			return line
		}
	}
	return begins
}

// lineCount returns how many lines src has, an end of line at the very end not counted.
func lineCount(src []byte) int {
	return 1 + bytes.Count(bytes.TrimSuffix(src, []byte("\n")), []byte("\n"))
}
