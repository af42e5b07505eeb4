package evidence

import "github.com/example-org/tellwell/prose"

// Near reports whether any of the names is marked within radius sentences of prose sentence i, itself included, in its paragraph or
// the neighbouring paragraphs of its section. What stands under another heading supports nothing here.
func (p *Page) Near(i, radius int, names ...Name) bool {
	if i < 0 || i >= len(p.Sentences) {
		return false
	}
	here := p.Sentences[i].Block
	for j := max(0, i-radius); j <= min(len(p.Sentences)-1, i+radius); j++ {
		if p.neighbours(here, p.Sentences[j].Block) && p.Sentences[j].Has(names...) {
			return true
		}
	}
	return false
}

// neighbours reports whether two prose blocks are the same, or follow one another in one section.
func (p *Page) neighbours(a, b int) bool {
	if a > b {
		a, b = b, a
	}
	if a == b {
		return true
	}
	blocks := p.Source.Blocks
	if a < 0 || b >= len(blocks) || blocks[a].Section != blocks[b].Section {
		return false
	}
	for _, between := range blocks[a+1 : b] {
		if between.IsProse() && len(between.Sentences) > 0 {
			return false
		}
	}
	return true
}

// Particulars returns the kinds of Particular in a block and within radius paragraphs either side of it, whatever heading stands
// between, other people's quoted words included. Two kinds are what keeps every emotion check silent (checks.md, Silence rule).
// Block -1, a title in the front matter, has only what follows.
func (p *Page) Particulars(block, radius int) map[string]bool {
	kinds := map[string]bool{}
	p.particulars(block, kinds)
	for _, step := range []int{-1, 1} {
		for i, left := block+step, radius; i >= 0 && i < len(p.blocks) && left > 0; i += step {
			if p.particulars(i, kinds) {
				left--
			}
		}
	}
	return kinds
}

// particulars adds the kinds of Particular of one block and reports whether the block is a paragraph a reader meets: a heading, code
// or a table is none.
func (p *Page) particulars(i int, kinds map[string]bool) bool {
	if i < 0 || i >= len(p.blocks) {
		return false
	}
	for _, s := range p.blocks[i] {
		for _, m := range s.Marks {
			if m.Name == Particular {
				kinds[m.Kind] = true
			}
		}
	}
	block := p.Source.Blocks[i]
	voice := (block.Kind == prose.Component || block.Kind == prose.Quoted) && p.quotes(block.Span)
	if voice {
		kinds["quote"] = true
	}
	return voice || block.Kind == prose.Quoted || block.IsProse() && len(block.Sentences) > 0
}

// quotes reports whether somebody is quoted within span, in six words or more.
func (p *Page) quotes(span prose.Span) bool {
	for _, q := range p.Source.Quotations {
		if q.Words >= quoteWords && q.Span.Overlaps(span) {
			return true
		}
	}
	return false
}
