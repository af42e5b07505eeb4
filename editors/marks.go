// Package editors holds what editors marked on pages against what tellwell says of them: how far they agree, and, when it learns, what
// led the editors to their marks. Whoever they are, their marks are in the form of a rubric: a page's remarks, each with its lines and a
// tag, and the passages that a comment would harm.
package editors

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Label is what one editor noted on one page.
type Label struct {
	ID       string        `json:"id"`
	Kind     string        `json:"kind"`
	Comments []LabelRemark `json:"comments"`
	Protect  []LabelGood   `json:"protect"`
}

// A LabelRemark is one remark: lines are 1-based and inclusive, the tag is one of Tags, the strength 1 to 3 (2 when left out).
type LabelRemark struct {
	Lines    [2]int `json:"lines"`
	Family   string `json:"family"`
	Tag      string `json:"tag"`
	Quote    string `json:"quote"`
	Strength int    `json:"strength"`
	Why      string `json:"why"`
}

// A LabelGood is a passage that is good as it stands.
type LabelGood struct {
	Lines [2]int `json:"lines"`
	Quote string `json:"quote"`
	Why   string `json:"why"`
}

// Reasons are the tags that each check's comments answer to, at most two.
var Reasons = map[string][]string{
	"inside-out-language": {"inside-out", "term"}, "undifferentiated-claim": {"undifferentiated", "vague"},
	"product-first-opening": {"opening", "audience"}, "feature-without-benefit": {"benefit"}, "label-headline": {"headline"},
	"unsupported-claim": {"unproven"}, "unnamed-audience": {"audience"}, "undefined-term": {"term"}, "vague-benefit": {"vague"},
	"unanswered-objection": {"objection"}, "generic-call-to-action": {"call-to-action"}, "faceless-case-study": {"faceless"},
	"missing-stakes": {"stakes"}, "buried-lede": {"buried"}, "scripted-quote": {"scripted"}, "announced-emotion": {"announced"},
	"missing-point-of-view": {"point-of-view"}, "stock-opening": {"stock"},
}

// same are the tags that editors use for the same thing.
var same = [][]string{
	{"unproven", "undifferentiated"}, {"undifferentiated", "vague", "benefit"}, {"opening", "audience"}, {"inside-out", "term"}, {"stakes", "flat"},
}

var (
	emotionTags = []string{"stakes", "faceless", "scripted", "announced", "stock", "point-of-view", "buried", "flat"}
	insightTags = []string{"audience", "opening", "benefit", "inside-out", "vague", "undifferentiated", "unproven", "headline", "term", "objection", "call-to-action"}
)

// Tags are all tags of a remark.
var Tags = append(emotionTags[:len(emotionTags):len(emotionTags)], insightTags...)

// FamilyOf returns the family of a tag: "insight" or "emotion".
func FamilyOf(tag string) string {
	if slices.Contains(emotionTags, tag) {
		return "emotion"
	}
	return "insight"
}

// Near returns tags and those that editors use for the same thing.
func Near(tags []string) map[string]bool {
	out := map[string]bool{}
	for _, tag := range tags {
		out[tag] = true
	}
	for _, group := range same {
		if slices.ContainsFunc(group, func(tag string) bool { return slices.Contains(tags, tag) }) {
			for _, tag := range group {
				out[tag] = true
			}
		}
	}
	return out
}

// A Remark is what a reviewer says of a page, or an editor: the blocks it touches, its family, the tags it answers to, the check or tag
// it goes by, its line, and how sure or how firm it is.
type Remark struct {
	Blocks     map[int]bool
	Family     string
	Tags       map[string]bool
	Check      string
	Line       int
	Confidence float64
}

// A Page is one page and what the editors marked on it.
type Page struct {
	ID, Path, Source string // Source says whose page it is, by which pages are kept apart in validation
	Text             string
	Notes            map[string]Label // by editor

	blockOf map[int]int // by line
}

// Set is a set of pages and the editors who read all of them.
type Set struct {
	Editors []string
	Pages   []*Page
}

// Load reads the marks of a folder, one folder an editor and one file a page, and the pages that an index beside them names
// (index.tsv: id, file and perhaps repo). Pages that not every editor has read are left out.
func Load(labels, pages string) (*Set, error) {
	set := &Set{}
	entries, err := os.ReadDir(labels)
	if err != nil {
		return nil, fmt.Errorf("read the marks: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() {
			set.Editors = append(set.Editors, e.Name())
		}
	}
	if len(set.Editors) == 0 {
		return nil, fmt.Errorf("%s holds no folder with an editor's marks (one folder an editor, one file a page)", labels)
	}
	index := filepath.Join(pages, "index.tsv")
	rows, err := readIndex(index)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		p := &Page{ID: row["id"], Path: row["file"], Source: row["repo"], Notes: map[string]Label{}}
		for _, editor := range set.Editors {
			label, err := readLabel(filepath.Join(labels, editor, p.ID+".json"))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			p.Notes[editor] = label
		}
		if len(p.Notes) < len(set.Editors) {
			continue
		}
		src, err := os.ReadFile(filepath.Join(pages, filepath.FromSlash(p.Path)))
		if err != nil {
			return nil, fmt.Errorf("read a marked page: %w", err)
		}
		p.Text = strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(string(src), "\r\n", "\n"), "\r", "\n"), "\ufffd")
		p.blockOf = blocks(p.Text)
		set.Pages = append(set.Pages, p)
	}
	if len(set.Pages) == 0 {
		return nil, fmt.Errorf("no page of %s has marks from every editor in %s", index, labels)
	}
	return set, nil
}

// readIndex reads a table whose first line names its columns; a row is its cells by column.
func readIndex(path string) ([]map[string]string, error) {
	index, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read which pages were marked: %w (a file of lines id<TAB>file, with these two names in its first line)", err)
	}
	defer index.Close()
	rows := csv.NewReader(index)
	rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord = '\t', true, -1
	all, err := rows.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(all) == 0 || !slices.Contains(all[0], "id") || !slices.Contains(all[0], "file") {
		return nil, fmt.Errorf("%s: its first line must name the columns id and file", path)
	}
	var out []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			if i < len(cells) {
				row[name] = cells[i]
			}
		}
		out = append(out, row)
	}
	return out, nil
}

func readLabel(path string) (Label, error) {
	var l Label
	src, err := os.ReadFile(path)
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(src, &l); err != nil {
		return l, fmt.Errorf("%s: %w", path, err)
	}
	for i := range l.Comments {
		c := &l.Comments[i]
		if c.Strength == 0 {
			c.Strength = 2
		}
		if c.Family == "" {
			c.Family = FamilyOf(c.Tag)
		}
		if !slices.Contains(Tags, c.Tag) {
			return l, fmt.Errorf("%s: a remark has the tag %q; the tags are %s", path, c.Tag, strings.Join(Tags, ", "))
		}
	}
	return l, nil
}

var (
	headLine = regexp.MustCompile(`^\s*(title|headline|subtitle|description|summary|excerpt)\b`)
	noText   = regexp.MustCompile(`^\s*(#|import |export |<|!\[|\{\{|\{%)`)
)

// blocks cuts a page at blank lines and returns the block of each line. Title, first heading and first paragraph are one block, the
// opening, which is block 0.
func blocks(text string) map[int]int {
	lines := strings.Split(text, "\n")
	of := map[int]int{}
	current, n, i := 0, 0, 0
	if fence := strings.TrimSpace(lines[0]); fence == "---" || fence == "+++" {
		for i = 1; i < len(lines) && strings.TrimSpace(lines[i]) != fence; i++ {
			if headLine.MatchString(lines[i]) {
				of[i+1] = 0
			}
		}
		i++
	}
	opening, inside := true, false
	for ; i < len(lines); i++ {
		line := lines[i]
		if strings.TrimSpace(line) == "" {
			inside = false
			continue
		}
		if !inside {
			inside = true
			if opening {
				current = 0
				if !noText.MatchString(line) {
					opening = false
				}
			} else {
				n++
				current = n
			}
		}
		of[i+1] = current
	}
	return of
}

// Touched returns the blocks that lines first to last touch.
func (p *Page) Touched(first, last int) map[int]bool {
	out := map[int]bool{}
	for line, b := range p.blockOf {
		if first <= line && line <= last {
			out[b] = true
		}
	}
	return out
}

// Marks returns an editor's remarks that stand on a block.
func (p *Page) Marks(editor string) []Remark {
	var out []Remark
	for _, c := range p.Notes[editor].Comments {
		if b := p.Touched(c.Lines[0], c.Lines[1]); len(b) > 0 {
			out = append(out, Remark{Blocks: b, Family: c.Family, Tags: map[string]bool{c.Tag: true}, Check: c.Tag, Line: c.Lines[0], Confidence: float64(c.Strength)})
		}
	}
	return out
}

// Protected returns the blocks that some editor marked as good and none remarked on.
func (p *Page) Protected() map[int]bool {
	out := map[int]bool{}
	for _, note := range p.Notes {
		for _, good := range note.Protect {
			for b := range p.Touched(good.Lines[0], good.Lines[1]) {
				out[b] = true
			}
		}
	}
	for editor := range p.Notes {
		for _, m := range p.Marks(editor) {
			for b := range m.Blocks {
				delete(out, b)
			}
		}
	}
	return out
}

// Sources returns whose pages they are, each once, in order.
func (s *Set) Sources() []string {
	var out []string
	for _, p := range s.Pages {
		out = append(out, p.Source)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Without returns the set without the pages of some sources.
func (s *Set) Without(sources []string) *Set {
	out := &Set{Editors: s.Editors}
	for _, p := range s.Pages {
		if !slices.Contains(sources, p.Source) {
			out.Pages = append(out.Pages, p)
		}
	}
	return out
}

// Sources returns the sources that an index of pages names.
func Sources(index string) ([]string, error) {
	rows, err := readIndex(index)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, row := range rows {
		out = append(out, row["repo"])
	}
	return out, nil
}
