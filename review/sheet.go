package review

import (
	"slices"

	"github.com/example-org/tellwell/prose"
	"github.com/example-org/tellwell/review/evidence"
)

// A Sheet is one page laid out to be read with its comments beside it: the text as readers meet it, block by block, and where on the page
// the customer and the stakes appear.
type Sheet struct {
	Path, Kind, KindReason, LeftAlone string
	Title                             string
	Sentences                         int    // of prose
	Gist                              string // its three lines
	Blocks                            []SheetBlock
	Ticks                             []Tick
	Notes                             []Comment // beside a line, in order; a piece's Note and a block's Notes count from 1
	Summary                           []Comment // told of the page, beside no line
}

// A SheetBlock is one block of text.
type SheetBlock struct {
	Kind   string // "title", "subtitle", "heading", "paragraph", "item", "quote", "table", "label"
	Line   int    // 1-based
	Pieces []Piece
	Rows   [][]string // of a table
	Notes  []int      // the comments that stand beside it
}

// A Piece is a stretch of a block's text that reads alike.
type Piece struct {
	Text string
	Tint string // "" for plain, "said" for somebody's words, "particular" for what a reader can see
	Note int    // the comment that quotes it; 0 for none
}

// A Tick says that something appears at a place of the page's prose, from 0 at its start to 1 at its end.
type Tick struct {
	At   float64
	What string // "customer", "stakes" or "question"
}

// Sheets lays out the pages of a plan, in its order.
func Sheets(req Request, plan *Plan) []Sheet {
	m := newMaker(req)
	m.lists = evidence.DefaultLists().With(m.config.Lexicon.Add, m.config.Lexicon.Remove, m.config.Company.Names, m.config.Company.Products, m.primer.Roles())
	var out []Sheet
	for i, source := range req.Sources {
		told := plan.Pages[i]
		sheet := Sheet{Path: told.Path, Kind: told.Kind, KindReason: told.KindReason, LeftAlone: told.LeftAlone}
		if told.Gist != nil {
			sheet.Gist = told.Gist.String()
		}
		for _, c := range told.Findings {
			if c.Place == Inline {
				sheet.Notes = append(sheet.Notes, c)
			} else {
				sheet.Summary = append(sheet.Summary, c)
			}
		}
		if source.Aside == "" {
			page := prose.ParseWith(source.Path, source.Text, m.config.Keys(source.Path))
			sheet.lay(page, evidence.Read(page, m.lists))
		}
		out = append(out, sheet)
	}
	return out
}

func (s *Sheet) lay(page *prose.Page, read *evidence.Page) {
	s.Title, s.Sentences = page.Title.Text, len(read.Sentences)
	if s.LeftAlone != "" {
		return
	}
	for _, front := range []struct {
		kind string
		s    *evidence.Sentence
	}{{"title", read.Title}, {"subtitle", read.Subtitle}} {
		if front.s != nil && !front.s.Span.Empty() && front.s.Block < 0 {
			b := SheetBlock{Kind: front.kind}
			b.Line, _ = page.Position(front.s.Span.Start)
			s.sentence(&b, page, front.s, false)
			s.Blocks = append(s.Blocks, b)
		}
	}
	kinds := map[prose.BlockKind]string{
		prose.Paragraph: "paragraph", prose.ListItem: "item", prose.Heading: "heading", prose.Quoted: "quote", prose.Table: "table", prose.Label: "label",
	}
	for i, block := range page.Blocks {
		kind := kinds[block.Kind]
		if kind == "" || len(block.Sentences) == 0 && len(block.Rows) == 0 {
			continue
		}
		b := SheetBlock{Kind: kind, Rows: block.Rows}
		b.Line, _ = page.Position(block.Span.Start)
		if sentences := read.Block(i); len(sentences) > 0 {
			for _, sentence := range sentences {
				s.sentence(&b, page, sentence, block.Kind == prose.Quoted)
			}
		} else {
			for _, sentence := range block.Sentences {
				b.Pieces = append(b.Pieces, Piece{Text: sentence.Text + " "})
			}
		}
		s.Blocks = append(s.Blocks, b)
	}
	last := float64(max(1, len(read.Sentences)-1))
	for _, sentence := range read.Sentences {
		at := float64(sentence.Index) / last
		for _, m := range sentence.All(evidence.Customer) {
			if m.Kind != "generic" {
				s.Ticks = append(s.Ticks, Tick{at, "customer"})
				break
			}
		}
		if sentence.Has(evidence.Stakes, evidence.Gain) {
			s.Ticks = append(s.Ticks, Tick{at, "stakes"})
		}
		for n := range s.Notes {
			if s.quotes(n, page, sentence.Span) {
				s.Ticks = append(s.Ticks, Tick{at, "question"})
				break
			}
		}
	}
}

// quotes reports whether a comment's words overlap a span.
func (s *Sheet) quotes(note int, page *prose.Page, span prose.Span) bool {
	c := s.Notes[note]
	line, column := page.Position(span.Start)
	endLine, endColumn := page.Position(span.End)
	starts := c.Line < endLine || c.Line == endLine && c.Column < endColumn
	ends := line < c.EndLine || line == c.EndLine && column < c.EndColumn
	return starts && ends
}

// sentence adds a sentence to a block, cut where its reading changes.
func (s *Sheet) sentence(b *SheetBlock, page *prose.Page, sentence *evidence.Sentence, said bool) {
	note := make([]int, len(sentence.Words))
	for n := range s.Notes {
		if !s.quotes(n, page, sentence.Span) {
			continue
		}
		for i, w := range sentence.Words {
			if note[i] == 0 && s.quotes(n, page, w.Span) {
				note[i] = n + 1
			}
		}
		if !slices.Contains(b.Notes, n+1) {
			b.Notes = append(b.Notes, n+1)
		}
	}
	tint := make([]string, len(sentence.Words))
	for _, m := range sentence.All(evidence.Particular) {
		for i := m.First; i <= m.Last && i < len(tint); i++ {
			tint[i] = "particular"
		}
	}
	for i, w := range sentence.Words {
		if w.Quoted || said {
			tint[i] = "said"
		}
	}
	at := 0
	piece := Piece{}
	flush := func(to int) {
		if piece.Text = sentence.Text[at:to]; piece.Text != "" {
			b.Pieces = append(b.Pieces, piece)
		}
		at = to
	}
	for i, w := range sentence.Words {
		if next := (Piece{Tint: tint[i], Note: note[i]}); next != (Piece{Tint: piece.Tint, Note: piece.Note}) {
			end := w.Offset
			if i > 0 {
				if before := sentence.Words[i-1]; piece.Tint != "" || piece.Note != 0 {
					end = before.Offset + len(before.Text)
				}
			}
			flush(end)
			if end < w.Offset {
				piece = Piece{}
				flush(w.Offset)
			}
			piece = next
		}
	}
	if n := len(sentence.Words); n > 0 && (piece.Tint != "" || piece.Note != 0) {
		flush(sentence.Words[n-1].Offset + len(sentence.Words[n-1].Text))
		piece = Piece{}
	}
	flush(len(sentence.Text))
	b.Pieces = append(b.Pieces, Piece{Text: " "})
}
