package review

import "testing"

// What another run said meanwhile is not said twice, and counts.
func TestCaughtUp(t *testing.T) {
	const page = "blog/a.md"
	one, two, three := question("label-headline", page, "Meet Relay 4", 2), question("announced-emotion", page, "We are thrilled", 5), question("stock-opening", page, "In today's world", 1)
	pull := opened()
	pull.Threads = []Thread{asked(three, page, by("mara", "tellwell: why"))}
	deeds := Live(pull, Default(), planned(page, one, two, three))
	deeds.Summary = &Edit{Body: "All in all.\n" + summaryMark}
	if len(deeds.Posts) != 2 || len(deeds.Replies) != 1 || deeds.Room != 4 {
		t.Fatalf("%d posts, %d replies, room for %d", len(deeds.Posts), len(deeds.Replies), deeds.Room)
	}
	pasted := Thread{ID: "P", Notes: []Note{by("jo", hide(two.Check, two.Mark))}}
	for _, test := range []struct {
		name           string
		room           int
		threads        []Thread
		notes          []Note
		posts, replies int
		summary        string // id of what is edited
	}{
		{name: "nothing new", room: 4, threads: pull.Threads, posts: 2, replies: 1},
		{name: "one of them stands", room: 4, threads: append([]Thread{asked(one, page)}, pull.Threads...), posts: 1, replies: 1},
		{name: "somebody pasted its mark", room: 4, threads: append([]Thread{pasted}, pull.Threads...), posts: 2, replies: 1},
		{name: "the budget is full", room: 1, threads: append([]Thread{asked(one, page)}, pull.Threads...), replies: 1},
		{name: "the other run passed it over", room: 4, threads: func() []Thread {
			th := asked(one, page)
			th.Notes[0].Body += "\n<!-- tellwell:seen " + one.Mark + " " + two.Mark + " -->"
			return append([]Thread{th}, pull.Threads...)
		}(), replies: 1},
		{name: "it is answered", room: 4, threads: []Thread{asked(three, page, by("mara", "tellwell: why"), by(me, "What was seen"))}, posts: 2},
		{name: "it is summed up", room: 4, threads: pull.Threads, notes: []Note{{ID: "S", Author: me, Body: "Before.\n" + summaryMark}}, posts: 2, replies: 1, summary: "S"},
	} {
		d := deeds
		d.Room = test.room
		d = d.CaughtUp(pull, test.threads, test.notes)
		if len(d.Posts) != test.posts || len(d.Replies) != test.replies || d.Summary.ID != test.summary {
			t.Errorf("%s: %d posts, %d replies, the summary edits %q", test.name, len(d.Posts), len(d.Replies), d.Summary.ID)
		}
	}
	if d := deeds.CaughtUp(pull, pull.Threads, []Note{{ID: "S", Author: me, Body: deeds.Summary.Body}}); d.Summary != nil {
		t.Errorf("the same summary is written again: %+v", d.Summary)
	}
	if len(deeds.Posts) != 2 || len(deeds.Replies) != 1 || deeds.Summary.ID != "" {
		t.Error("the deeds that were given have changed")
	}
}
