package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/example-org/tellwell/prose"
)

const me = "tellwell[bot]"

// question is an inline comment of a hand-made plan.
func question(check, path, quote string, line int) Comment {
	return Comment{
		Check: check, Family: Insight, Line: line, EndLine: line, Place: Inline, Confidence: 0.5, Quote: quote, Message: "“" + quote + "” stands here.",
		Question: "Who asked about " + quote + "?", Mark: mark(check, path, quote, 1),
	}
}

// planned returns a plan of one page with these comments; everything in it fires.
func planned(path string, comments ...Comment) *Plan {
	plan := &Plan{Pages: []PagePlan{{Path: path, Kind: string(prose.Launch), Findings: comments}}, Fired: map[string]bool{}}
	for _, c := range comments {
		plan.Fired[c.Mark] = true
	}
	return plan
}

// opened returns an ordinary pull request that changes one page.
func opened() *Pull {
	return &Pull{
		Repo: "acme/site", Number: 7, Author: "mara", Open: true, BaseRef: "main", Base: "base", Head: "abc1234def", Me: me,
		May: May{Comment: true, Check: true}, Files: []PullFile{{Path: "blog/a.md", Status: "modified", Text: []byte("x")}}, FilesTotal: 1,
	}
}

// asked returns the thread of a question of ours, with answers.
func asked(c Comment, path string, answers ...Note) Thread {
	first := Note{ID: "N" + c.Mark, Number: 11, Author: "tellwell", Bot: true, Body: c.Markdown() + hide(c.Check, c.Mark)}
	return Thread{ID: "T" + c.Mark, Path: path, Line: c.Line, Notes: append([]Note{first}, answers...)}
}

func by(author, body string) Note { return Note{ID: "n", Author: author, Trusted: true, Body: body} }

func heardOnce(t *testing.T, d Deeds) {
	if len(d.Heard) != 1 {
		t.Errorf("heard %v, want the one command", d.Heard)
	}
}

func TestLife(t *testing.T) {
	const page = "blog/a.md"
	one, two := question("label-headline", page, "Meet Relay 4", 2), question("announced-emotion", page, "We are thrilled", 5)
	addressed := asked(one, page)
	addressed.Notes[0].Body = mendedBody + "abc1234.\n\n" + addressed.Notes[0].Body
	for _, test := range []struct {
		name   string
		pull   func(*Pull)
		plan   *Plan
		posts  []string // checks
		edits  []string // how each begins
		silent string
		other  func(*testing.T, Deeds)
	}{
		{name: "opened", plan: planned(page, one, two), posts: []string{"label-headline", "announced-emotion"}},
		{name: "a draft", pull: func(p *Pull) { p.Draft = true }, plan: planned(page, one), silent: "it is a draft"},
		{name: "a draft that somebody wants reviewed", pull: func(p *Pull) {
			p.Draft = true
			p.Notes = []Note{by("mara", "tellwell: review")}
		}, plan: planned(page, one), posts: []string{"label-headline"}, other: func(t *testing.T, d Deeds) {
			if len(d.Heard) != 1 {
				t.Errorf("heard %v, want the command", d.Heard)
			}
		}},
		{name: "closed", pull: func(p *Pull) { p.Open = false }, plan: planned(page, one), silent: "it is closed"},
		{name: "a bot's", pull: func(p *Pull) { p.Bot = true }, plan: planned(page, one), silent: "its author is a bot"},
		{name: "labelled", pull: func(p *Pull) { p.Labels = []string{"Tellwell: Skip"} }, plan: planned(page, one), silent: "it bears the label “tellwell: skip”"},
		{name: "nothing new on a second push", pull: func(p *Pull) { p.Threads = []Thread{asked(one, page)} }, plan: planned(page, one)},
		{name: "mended", pull: func(p *Pull) { p.Threads = []Thread{asked(one, page)} }, plan: planned(page, two),
			posts: []string{"announced-emotion"}, edits: []string{"Addressed in abc1234."}, other: func(t *testing.T, d Deeds) {
				if len(d.Minimise) != 1 || len(d.Resolve) != 0 {
					t.Errorf("hidden %v, resolved %v; want one hidden and, without the right to, none resolved", d.Minimise, d.Resolve)
				}
				if _, m := markIn(d.Edits[0].Body); m != one.Mark {
					t.Errorf("the edited question lost its mark: %q", d.Edits[0].Body)
				}
			}},
		{name: "mended, where the token may resolve", pull: func(p *Pull) { p.May.Resolve = true; p.Threads = []Thread{asked(one, page)} },
			plan: planned(page), edits: []string{"Addressed in abc1234."}, other: func(t *testing.T, d Deeds) {
				if len(d.Resolve) != 1 {
					t.Errorf("resolved %v", d.Resolve)
				}
			}},
		{name: "reverted", pull: func(p *Pull) { p.Threads = []Thread{asked(one, page)}; p.Files = nil }, plan: &Plan{Fired: map[string]bool{}},
			edits: []string{"No longer part of this pull request."}},
		{name: "a thread people answered", pull: func(p *Pull) { p.Threads = []Thread{asked(one, page, by("jo", "Fair."))} }, plan: planned(page)},
		{name: "a thread people disliked", pull: func(p *Pull) {
			th := asked(one, page)
			th.Notes[0].Down = 1
			p.Threads = []Thread{th}
		}, plan: planned(page)},
		{name: "moved within its page", pull: func(p *Pull) { p.Threads = []Thread{asked(one, page)} },
			plan: planned(page, func() Comment { c := one; c.Line, c.EndLine = 40, 40; return c }())},
		{name: "renamed", pull: func(p *Pull) {
			p.Threads = []Thread{asked(one, "blog/old.md")}
			p.Threads[0].Notes[0].Body = hide(one.Check, mark(one.Check, "blog/old.md", one.Quote, 1))
			p.Files[0].OldPath = "blog/old.md"
		}, plan: planned(page, one)},
		{name: "a mark that somebody pasted", pull: func(p *Pull) {
			p.Threads = []Thread{{ID: "T", Path: page, Notes: []Note{by("mara", hide(one.Check, one.Mark))}}}
		}, plan: planned(page, one), posts: []string{"label-headline"}},
		{name: "another tellwell", pull: func(p *Pull) {
			th := asked(one, page)
			th.Notes[0].Author = "github-actions"
			p.Threads = []Thread{th}
		}, plan: planned(page, one, two), silent: "another tellwell already speaks here, as github-actions"},
		{name: "a fork", pull: func(p *Pull) { p.Fork = true; p.May = May{} }, plan: planned(page, one), silent: "the pull request comes from a fork, and the token may only read; the questions are annotations",
			other: func(t *testing.T, d Deeds) {
				if len(d.Notices) != 1 || d.Notices[0].Path != page {
					t.Errorf("notices %v", d.Notices)
				}
			}},
		{name: "conversations must be resolved", pull: func(p *Pull) { p.MustResolve = true }, plan: planned(page, one),
			silent: "main requires resolved conversations, and a question must not hold up a merge; the questions are annotations"},
		{name: "brings tellwell in", pull: func(p *Pull) { p.BringsIn = true }, plan: planned(page, one), silent: "it brings tellwell in; this is what it would have asked",
			other: func(t *testing.T, d Deeds) {
				if d.Summary == nil || !strings.Contains(d.Summary.Body, "Who asked about Meet Relay 4?") {
					t.Errorf("the summary does not say what would have been asked: %+v", d.Summary)
				}
			}},
		{name: "stopped", pull: func(p *Pull) { p.Notes = []Note{by("jo", "Enough.\ntellwell: stop")} }, plan: planned(page, one), silent: "somebody wrote “tellwell: stop”"},
		{name: "stopped and taken up again", pull: func(p *Pull) { p.Notes = []Note{by("jo", "tellwell: stop"), by("jo", "tellwell: review")} },
			plan: planned(page, one), posts: []string{"label-headline"}},
		{name: "stopped in a thread", pull: func(p *Pull) {
			p.Threads = []Thread{asked(one, page, by("mara", "tellwell: stop"))}
		}, plan: planned(page, one, two), silent: "somebody wrote “tellwell: stop”", other: heardOnce},
		{name: "stopped in a thread, after a review was asked for", pull: func(p *Pull) {
			review, stop := by("jo", "tellwell: review"), by("mara", "tellwell: stop")
			review.At, stop.At = time.Unix(1, 0), time.Unix(2, 0)
			p.Threads, p.Notes = []Thread{asked(one, page, stop)}, []Note{review}
		}, plan: planned(page, one, two), silent: "somebody wrote “tellwell: stop”"},
		{name: "stopped in a thread, before a review was asked for", pull: func(p *Pull) {
			stop, review := by("mara", "tellwell: stop"), by("jo", "tellwell: review")
			stop.At, review.At = time.Unix(1, 0), time.Unix(2, 0)
			p.Threads, p.Notes = []Thread{asked(one, page, stop)}, []Note{review}
		}, plan: planned(page, one, two), posts: []string{"announced-emotion"}},
		{name: "a question skipped", pull: func(p *Pull) {
			p.Threads = []Thread{asked(one, page, by("mara", "tellwell: skip, because it is the campaign's name"))}
		}, plan: planned(page, one, two), posts: []string{"announced-emotion"}, other: heardOnce},
		{name: "a check skipped in a thread", pull: func(p *Pull) {
			p.Threads = []Thread{asked(one, page, by("mara", "tellwell: skip announced-emotion, because we are"))}
		}, plan: planned(page, one, two), other: heardOnce},
		{name: "everything skipped", pull: func(p *Pull) { p.Notes = []Note{by("mara", "tellwell: skip, because it is a draft of Ines's")} },
			plan: planned(page, one), silent: "somebody wrote “tellwell: stop”", other: heardOnce},
		{name: "why, of nothing in particular", pull: func(p *Pull) {
			p.Notes = []Note{by("mara", "tellwell: why")}
			p.Threads = []Thread{{ID: "T", Path: page, Notes: []Note{by("jo", "Hm."), by("mara", "tellwell: skip, tellwell: why")}}}
		}, plan: planned(page, one), posts: []string{"label-headline"}, other: func(t *testing.T, d Deeds) {
			if len(d.Heard)+len(d.Replies) != 0 {
				t.Errorf("heard %v, replied %v; what is not followed must not look as if it were", d.Heard, d.Replies)
			}
		}},
		{name: "another tellwell that sums up", pull: func(p *Pull) {
			p.Notes = []Note{{Author: "site-tellwell[bot]", Bot: true, Body: "All in all.\n" + summaryMark}}
		}, plan: planned(page, one), silent: "another tellwell already speaks here, as site-tellwell[bot]"},
		{name: "a person who pastes the mark of a summary", pull: func(p *Pull) { p.Notes = []Note{by("jo", "Look:\n"+summaryMark)} },
			plan: planned(page, one), posts: []string{"label-headline"}},
		{name: "mended before, where the token may not hide", pull: func(p *Pull) { p.Threads = []Thread{addressed} }, plan: planned(page, two),
			posts: []string{"announced-emotion"}, other: func(t *testing.T, d Deeds) {
				pull := opened()
				pull.Threads = []Thread{addressed}
				if open := d.Open(pull); d.Room != 5 || len(open) != 1 || open[0].Check != "announced-emotion" {
					t.Errorf("room for %d, open are %v; what is addressed counts no more", d.Room, open)
				}
			}},
		{name: "a stranger's stop", pull: func(p *Pull) { p.Notes = []Note{{Author: "x", Body: "tellwell: stop"}} }, plan: planned(page, one), posts: []string{"label-headline"}},
		{name: "a check skipped", pull: func(p *Pull) {
			p.Notes = []Note{by("jo", "tellwell: skip label-headline, because it is the campaign's name")}
		},
			plan: planned(page, one, two), posts: []string{"announced-emotion"}},
		{name: "why", pull: func(p *Pull) { p.Threads = []Thread{asked(one, page, by("mara", "tellwell: why"))} }, plan: planned(page, one),
			other: func(t *testing.T, d Deeds) {
				if len(d.Replies) != 1 || !strings.Contains(d.Replies[0].Body, "What was seen") || len(d.Heard) != 1 {
					t.Errorf("replies %+v, heard %v", d.Replies, d.Heard)
				}
			}},
		{name: "why, answered before", pull: func(p *Pull) {
			p.Threads = []Thread{asked(one, page, by("mara", "tellwell: why"), Note{Author: me, Body: "What was seen"})}
		}, plan: planned(page, one), other: func(t *testing.T, d Deeds) {
			if len(d.Replies) != 0 {
				t.Errorf("answered twice: %+v", d.Replies)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			pull := opened()
			if test.pull != nil {
				test.pull(pull)
			}
			d := Live(pull, Default(), test.plan)
			var posts []string
			for _, p := range d.Posts {
				posts = append(posts, p.Comment.Check)
			}
			if !slices.Equal(posts, test.posts) {
				t.Errorf("posted %v, want %v", posts, test.posts)
			}
			if len(d.Edits) != len(test.edits) {
				t.Errorf("edited %d, want %d: %+v", len(d.Edits), len(test.edits), d.Edits)
			}
			for i, want := range test.edits {
				if i < len(d.Edits) && !strings.HasPrefix(d.Edits[i].Body, want) {
					t.Errorf("edited to %q, want it to begin %q", d.Edits[i].Body, want)
				}
			}
			if d.Silent != test.silent {
				t.Errorf("silent %q, want %q", d.Silent, test.silent)
			}
			if d.Report == "" || d.Check.Conclusion != "neutral" && d.Check.Conclusion != "success" {
				t.Errorf("report %q, conclusion %q", d.Report, d.Check.Conclusion)
			}
			if test.other != nil {
				test.other(t, d)
			}
		})
	}
}

// The budget counts what already stands, and what an earlier run saw and did not choose is not asked later.
func TestLifeKeepsTheBudget(t *testing.T) {
	const page = "blog/a.md"
	var all []Comment
	for i := range 8 {
		all = append(all, question("label-headline", page, fmt.Sprintf("Line %c", 'a'+i), i+1))
	}
	pull := opened()
	first := Live(pull, Default(), planned(page, all...))
	if len(first.Posts) != 5 {
		t.Fatalf("posted %d, want the budget of 5", len(first.Posts))
	}
	for _, p := range first.Posts {
		pull.Threads = append(pull.Threads, Thread{ID: p.Comment.Mark, Path: page, Notes: []Note{{ID: p.Comment.Mark, Author: me, Body: p.Body}}})
	}
	if second := Live(pull, Default(), planned(page, all...)); len(second.Posts) != 0 {
		t.Errorf("posted %d more on a push that changed nothing", len(second.Posts))
	}
	pull.Threads[0].Resolved = true // room for one more
	fresh := question("stock-opening", page, "In today's world", 20)
	third := Live(pull, Default(), planned(page, append(all, fresh)...))
	if len(third.Posts) != 1 || third.Posts[0].Comment.Check != "stock-opening" {
		t.Errorf("posted %v, want only what is new", third.Posts)
	}
}

// Too many pages are told in one summary, and the summary comment is edited in place and left alone when it says the same.
// The summary comment of many pages stays short, and the report holds everything.
func TestLifeSummaryIsShort(t *testing.T) {
	plan := planned("blog/a.md")
	for i := range 7 {
		note := question("missing-stakes", "blog/a.md", fmt.Sprintf("Note %d", i), 3)
		note.Place = Summary
		plan.Pages[0].Findings = append(plan.Pages[0].Findings, note)
	}
	d := Live(opened(), Default(), plan)
	if n := strings.Count(d.Summary.Body, "Who asked about"); n != 3 || !strings.Contains(d.Summary.Body, "- and 4 more, in the report") {
		t.Errorf("the summary comment holds %d notes:\n%s", n, d.Summary.Body)
	}
	if n := strings.Count(d.Report, "Who asked about"); n != 7 || strings.Contains(d.Report, "more, in the report") {
		t.Errorf("the report holds %d notes:\n%s", n, d.Report)
	}
}

// New words of a customer in the primer are worth a comment; an edit is told beside other things only. What they say can't ping anybody.
func TestLifeNoticesThePrimer(t *testing.T) {
	const before = "# Bakers\n\n## In their words\n\n> \"I smell it before I see it.\" — baker, Hawes\n"
	for _, test := range []struct {
		name, head string
		base       bool
		note       bool
		want       string
	}{
		{"new words", before + "\n> \"Two alarms, @petra, every day.\" — baker, Leeds\n", true, false, "new words of a customer: “Two alarms, "},
		{"an edit alone", before + "\n## Pains\n\nCold ovens.\n", true, false, ""},
		{"an edit beside a note", before + "\n## Pains\n\nCold ovens.\n", true, true, "was looked after"},
		{"a new page without words", "# Bakers\n\n## Pains\n\nCold.\n", false, true, "is new"},
		{"nothing", "", false, true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			pull, plan := opened(), planned("blog/a.md")
			pull.Primer = map[string][]byte{}
			if test.base {
				pull.Primer["primers/bakers.md"] = []byte(before)
			}
			if test.head != "" {
				pull.Files = append(pull.Files, PullFile{Path: "primers/bakers.md", Status: "modified", Text: []byte(test.head)})
			}
			if test.note {
				note := question("missing-stakes", "blog/a.md", "A note", 3)
				note.Place = Summary
				plan.Pages[0].Findings = append(plan.Pages[0].Findings, note)
			}
			d := Live(pull, Default(), plan)
			body := ""
			if d.Summary != nil {
				body = d.Summary.Body
			}
			if test.want == "" && strings.Contains(body, "For the next writer") || !strings.Contains(body, test.want) {
				t.Errorf("it says\n%s", body)
			}
			if strings.Contains(body, "@petra") {
				t.Errorf("somebody is pinged:\n%s", body)
			}
		})
	}
}

func TestLifeSummary(t *testing.T) {
	pull, plan := opened(), &Plan{Fired: map[string]bool{}}
	pull.Files = nil
	for i := range MostPages + 1 {
		path := fmt.Sprintf("blog/%d.md", i)
		pull.Files = append(pull.Files, PullFile{Path: path, Status: "modified"})
		plan.Pages = append(plan.Pages, PagePlan{Path: path, Findings: []Comment{question("label-headline", path, "Meet Relay", 2)}})
	}
	d := Live(pull, Default(), plan)
	if len(d.Posts) != 0 || d.Summary == nil || d.Summary.ID != "" {
		t.Fatalf("posts %d, summary %+v; want a new summary only", len(d.Posts), d.Summary)
	}
	pull.Notes = []Note{{ID: "S", Author: me, Body: d.Summary.Body}}
	if again := Live(pull, Default(), plan); again.Summary != nil {
		t.Errorf("the summary was edited to say the same: %q", again.Summary.Body)
	}
	plan.Pages[0].Findings = nil
	if changed := Live(pull, Default(), plan); changed.Summary == nil || changed.Summary.ID != "S" {
		t.Errorf("summary %+v, want the standing one edited", changed.Summary)
	}
}

// A pull request's request is judged by what stands at its base, and links to the primer as GitHub shows it.
func TestPullRequestAsksForItsPages(t *testing.T) {
	pull := opened()
	pull.URL = "https://github.com/acme/site/pull/7"
	pull.Config = []byte("version: 1\nbudget: {per_pull_request: 2}\nconent: {}\n")
	pull.Primer = map[string][]byte{"primers/planners.md": []byte("# Planners\n\n## Pains\n\n- The plan is wrong by seven.\n")}
	pull.Files = []PullFile{
		{Path: "blog/a.md", Status: "modified", Text: []byte("# A\n\nText.\n")},
		{Path: "blog/gone.md", Status: "removed"},
		{Path: "blog/big.md", Status: "modified", Unread: "its patch is too large to read"},
		{Path: "src/main.go", Status: "modified", Text: []byte("package main")},
		{Path: "blog/README.md", Status: "modified", Text: []byte("# Read me")},
	}
	pull.FilesTotal = 6
	req := pull.Request(nil)
	var got []string
	for _, s := range req.Sources {
		got = append(got, s.Path+" "+s.Aside)
	}
	if want := []string{"blog/a.md ", "blog/README.md a README"}; !slices.Equal(got, want) {
		t.Errorf("sources %q, want %q", got, want)
	}
	if req.Config.Primers.BaseURL != "https://github.com/acme/site/blob/main/" || len(req.Primer.Pages) != 1 || req.PerReview != 2 {
		t.Errorf("base %q, %d primer pages, %d a review", req.Config.Primers.BaseURL, len(req.Primer.Pages), req.PerReview)
	}
	told := fmt.Sprint(req.Problems)
	for _, want := range []string{"conent", "blog/big.md", "5 of the 6 files"} {
		if !strings.Contains(told, want) {
			t.Errorf("problems %s do not tell of %q", told, want)
		}
	}
}
