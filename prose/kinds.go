package prose

// DeclaredKind returns the kind that the front matter declares, and the reason in words; Unknown and "" when it declares none.
func (p *Page) DeclaredKind() (Kind, string) { return Unknown, "" }

// GuessedKind returns the kind that the page's path and words suggest, and the reason in words.
func (p *Page) GuessedKind() (Kind, string) { return Unknown, "no cue" }
