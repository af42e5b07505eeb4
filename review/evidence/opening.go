package evidence

// Opening returns the first three prose sentences (checks.md, Units).
func (p *Page) Opening() []*Sentence { return p.Sentences[:min(3, len(p.Sentences))] }
