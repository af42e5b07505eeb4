package prose

// Foreign returns why the page is not in English ("its front matter says lang: de"), or "" when it is, or when nothing tells.
func (p *Page) Foreign() string { return "" }
