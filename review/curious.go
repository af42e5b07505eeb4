package review

import (
	"fmt"
	"strings"

	"github.com/example-org/tellwell/primer"
)

// curious tells of the primer that a pull request itself looked after: new words of a customer, or a page that was edited. Read as data
// alone: what judges is the primer of the base. Alone says whether that is worth a comment of its own: somebody's words are.
func (l *life) curious() (told string, alone bool) {
	for _, f := range l.pull.Files {
		if !l.cfg.Primers.Holds(f.Path) || !primer.IsPage(f.Path) || f.Status == "removed" || f.Status == "unchanged" {
			continue
		}
		base := l.pull.Primer[f.Path]
		if base == nil {
			base = l.pull.Primer[f.OldPath]
		}
		switch words := newVerbatim(base, f.Text); {
		case words != "":
			told, alone = told+fmt.Sprintf("- %s has new words of a customer: “%s”. Whoever writes next can begin there.\n", plain(f.Path), plain(shorten(words, 2*quoteWords))), true
		case base == nil:
			told += fmt.Sprintf("- %s is new. From the moment it is merged, questions can lead there.\n", plain(f.Path))
		default:
			told += fmt.Sprintf("- %s was looked after. What is asked here still goes by the page as it is on the base branch.\n", plain(f.Path))
		}
	}
	return told, alone
}

// newVerbatim returns the first words of a customer that the head's page has and the base's does not; "" when there are none.
func newVerbatim(base, head []byte) string {
	if head == nil {
		return ""
	}
	before := strings.Join(strings.Fields(string(base)), " ")
	index, _ := primer.New(map[string][]byte{"page.md": head})
	for _, page := range index.Pages {
		for _, s := range page.Sections {
			if s.Kind != primer.TheirWords {
				continue
			}
			for _, q := range s.Quotes {
				if !strings.Contains(before, strings.Join(strings.Fields(q.Text), " ")) {
					return q.Text
				}
			}
		}
	}
	return ""
}
