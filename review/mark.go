package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
)

// A mark tells a passage from all others: it is made of the check, the page's path and the quoted words, and which twin it is where the
// words recur. Lines are no part of it, so that text which moves is not told twice.
func mark(check, path, quote string, twin int) string {
	sum := sha256.Sum256([]byte(check + "\x00" + path + "\x00" + letters(quote)))
	return fmt.Sprintf("%s-%d", hex.EncodeToString(sum[:6]), twin)
}

// hiddenMark and hiddenSeen are how comments carry the mark, and what had been seen when they were posted, where no reader sees it.
var (
	hiddenMark = regexp.MustCompile(`<!-- tellwell:1 ([a-z-]+) ([0-9a-f]{12}-\d+) -->`)
	hiddenSeen = regexp.MustCompile(`<!-- tellwell:seen ([0-9a-f -]*) -->`)
)

const summaryMark = "<!-- tellwell:summary -->"

// hide returns the hidden line of a comment.
func hide(check, mark string) string { return fmt.Sprintf("<!-- tellwell:1 %s %s -->", check, mark) }

// markIn returns the check and mark that a comment's body carries; empty when it carries none.
func markIn(body string) (check, mark string) {
	if m := hiddenMark.FindStringSubmatch(body); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

// seenIn returns the marks that had been seen when a comment was posted.
func seenIn(body string) []string {
	if m := hiddenSeen.FindStringSubmatch(body); m != nil {
		return strings.Fields(m[1])
	}
	return nil
}
