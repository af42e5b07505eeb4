package review

import "strings"

// CaughtUp returns the deeds as they are still to be done once threads and notes have come to light that they were decided without:
// another run has spoken meanwhile. No question that stands or that the other run had before it is posted, nor more than the budget then
// has room for; nothing is answered twice, and a second summary becomes an edit of the first.
func (d Deeds) CaughtUp(pull *Pull, threads []Thread, notes []Note) Deeds {
	known, answers := map[string]bool{}, map[string]int{}
	for _, t := range pull.Threads {
		known[t.ID] = true
		answers[t.ID] = saidBy(pull.Me, t)
	}
	told, room, answered := map[string]bool{}, d.Room, map[string]bool{}
	for _, t := range threads {
		answered[t.ID] = known[t.ID] && saidBy(pull.Me, t) > answers[t.ID]
		if known[t.ID] || len(t.Notes) == 0 || !sameLogin(t.Notes[0].Author, pull.Me) {
			continue
		}
		first := t.Notes[0]
		if _, m := markIn(first.Body); m != "" {
			told[m] = true
			if !t.Resolved && stands(first) {
				room--
			}
		}
		for _, m := range seenIn(first.Body) {
			told[m] = true
		}
	}
	posts, replies := d.Posts, d.Replies
	d.Posts, d.Replies = nil, nil
	for _, p := range posts {
		if !told[p.Comment.Mark] && len(d.Posts) < room {
			d.Posts = append(d.Posts, p)
		}
	}
	for _, r := range replies {
		if !answered[r.Thread] {
			d.Replies = append(d.Replies, r)
		}
	}
	if d.Summary != nil && d.Summary.ID == "" {
		if n := summaryIn(notes, pull.Me); n != nil {
			d.Summary = n.edit(d.Summary.Body)
		}
	}
	return d
}

// edit returns what makes a note say that; nil where it does.
func (n Note) edit(body string) *Edit {
	if strings.TrimSpace(n.Body) == strings.TrimSpace(body) {
		return nil
	}
	return &Edit{ID: n.ID, Number: n.Number, Body: body}
}

// saidBy counts the notes of one in a thread.
func saidBy(login string, t Thread) int {
	n := 0
	for _, note := range t.Notes {
		if sameLogin(note.Author, login) {
			n++
		}
	}
	return n
}

// summaryIn returns our summary comment, the latest where there should be several; nil when there is none.
func summaryIn(notes []Note, me string) *Note {
	var standing *Note
	for i, n := range notes {
		if sameLogin(n.Author, me) && strings.Contains(n.Body, summaryMark) {
			standing = &notes[i]
		}
	}
	return standing
}
