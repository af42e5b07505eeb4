package prose

// BadNews returns why the page is bad news or grief, which tellwell leaves alone ("tells of an outage: …"), or "".
func (p *Page) BadNews() string { return "" }
