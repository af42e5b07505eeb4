package review

// Open returns what is asked and unanswered once the deeds are done: what is posted or annotated now, and what stands from earlier runs
// without being resolved, answered, waved off or mended. Of what stands, only the check is known.
func (d Deeds) Open(pull *Pull) []Comment {
	var open []Comment
	for _, p := range d.Posts {
		open = append(open, p.Comment)
	}
	for _, n := range d.Notices {
		open = append(open, Comment{Check: n.Title})
	}
	mended := map[string]bool{}
	for _, id := range d.Minimise {
		mended[id] = true
	}
	for _, t := range pull.Threads {
		if len(t.Notes) != 1 || t.Resolved || !sameLogin(t.Notes[0].Author, pull.Me) {
			continue
		}
		first := t.Notes[0]
		if check, m := markIn(first.Body); m != "" && stands(first) && first.Down == 0 && !mended[first.ID] {
			open = append(open, Comment{Check: check})
		}
	}
	return open
}
