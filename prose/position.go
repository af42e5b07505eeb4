package prose

import (
	"bytes"
	"unicode/utf8"
)

const bom = "\xef\xbb\xbf"

func hasBOM(src []byte) bool { return bytes.HasPrefix(src, []byte(bom)) }

// utf16Len counts UTF-16 code units; each byte of invalid UTF-8 counts as one.
func utf16Len(b []byte) int {
	n := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		n++
		if r >= 0x10000 {
			n++
		}
		b = b[size:]
	}
	return n
}

// lineStarts returns the byte offset at which each line starts. Lines end at \n, \r\n, or a lone \r, as goldmark has it.
func lineStarts(src []byte) []int {
	starts := []int{0}
	for i := 0; i < len(src); i++ {
		if src[i] == '\n' && i+1 < len(src) {
			starts = append(starts, i+1)
		}
	}
	return starts
}
