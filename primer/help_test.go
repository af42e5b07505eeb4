package primer

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

func lifts(t testing.TB) *Index {
	t.Helper()
	index, problems := Read(os.DirFS("testdata"), "lifts")
	for _, p := range problems {
		t.Errorf("testdata/%s:%d: %s", p.Path, p.Line, p.Message)
	}
	return index
}

func TestHelp(t *testing.T) {
	liftPage := "a gondola and its haul rope in the morning, when the attendant calls the lift supervisor about a chairlift"
	catPage := "on the piste at night the snowcat and its tiller, a groomer and his winch"
	vague := "our innovative solution helps organisations achieve more with less effort every single day"
	tests := []struct {
		name string
		need Need
		want string // page § heading; "" for none
		ask  string
		gap  string
	}{
		{
			name: "declared audience, vague copy, the right kind all the same",
			need: Need{Kinds: []Kind{Stakes}, Audience: "lift-supervisor", Passage: strings.Fields(vague)},
			want: "Ski-lift supervisors § What is at stake", ask: "Marthe Oddli",
		},
		{
			name: "the audience in other letters and the plural",
			need: Need{Kinds: []Kind{Pains}, Audience: "Piste groomers"},
			want: "Piste groomers § Pains", ask: "Lene Vik",
		},
		{
			name: "declared audience beats the words of the page",
			need: Need{Kinds: []Kind{Pains}, Audience: "piste-groomer", PageText: strings.Fields(liftPage)},
			want: "Piste groomers § Pains", ask: "Lene Vik",
		},
		{
			name: "declared product",
			need: Need{Kinds: []Kind{Pains}, Product: "Ropewatch", PageText: strings.Fields(catPage)},
			want: "Ski-lift supervisors § Pains", ask: "Marthe Oddli",
		},
		{
			name: "an audience the primer has no page for: another customer's page is no answer",
			need: Need{Kinds: []Kind{Pains}, Audience: "ski-instructor", PageText: strings.Fields(liftPage)},
			gap:  `no page about the audience "ski-instructor", with a section on their pains`,
		},
		{
			name: "an audience of everybody names nobody",
			need: Need{Kinds: []Kind{Pains}, Audience: "everyone", PageText: strings.Fields(liftPage)},
			want: "Ski-lift supervisors § Pains", ask: "Marthe Oddli",
		},
		{
			name: "applies_to",
			need: Need{Kinds: []Kind{Day}, Path: "blog/lifts/2025/monday.md", PageText: strings.Fields(vague)},
			want: "Ski-lift supervisors § A day in their week", ask: "Marthe Oddli",
		},
		{
			name: "the words of the page, and the person who is good for the passage",
			need: Need{Kinds: []Kind{Pains}, Path: "news/a.md", Passage: strings.Fields("spare parts for rope grips"), PageText: strings.Fields(liftPage)},
			want: "Ski-lift supervisors § Pains", ask: "Kenji Ruiz",
		},
		{
			name: "the same, of the other page",
			need: Need{Kinds: []Kind{Pains}, Path: "news/a.md", PageText: strings.Fields(catPage)},
			want: "Piste groomers § Pains", ask: "Lene Vik",
		},
		{
			name: "near miss: words that both pages might own choose neither",
			need: Need{Kinds: []Kind{Pains}, Path: "news/a.md", PageText: strings.Fields(vague)},
			gap:  "no page that says it is for this one",
		},
		{
			name: "near miss: the page is right, the section is another customer's",
			need: Need{Kinds: []Kind{Proof}, Audience: "lift-supervisor", Passage: strings.Fields("fuel down at two areas")},
			ask:  "Marthe Oddli", gap: "no section on proof for ski-lift supervisors",
		},
		{
			name: "no such section, but the person who knows",
			need: Need{Kinds: []Kind{Proof}, Audience: "lift-supervisor", Passage: strings.Fields("our grips and sheaves last longest")},
			ask:  "Kenji Ruiz", gap: "no section on proof for ski-lift supervisors",
		},
		{
			name: "the second kind when the first is missing",
			need: Need{Kinds: []Kind{Proof, Triggers}, Audience: "lift-supervisor"},
			want: "Ski-lift supervisors § Triggers", ask: "Marthe Oddli",
		},
		{
			name: "a sub-heading, where the words are there",
			need: Need{Kinds: []Kind{Stakes}, Audience: "lift-supervisor", Passage: strings.Fields("stops when the wind blows, says the director")},
			want: "Ski-lift supervisors § When the wind comes", ask: "Marthe Oddli",
		},
		{
			name: "a page for everybody helps where the customer's own has nothing",
			need: Need{Kinds: []Kind{TheirWords}, Audience: "piste-groomer"},
			want: "Testimonials § Testimonials",
		},
		{
			name: "the only competitor; its owner",
			need: Need{Kinds: []Kind{WeWin, Believe}, Passage: strings.Fields("one platform for every lift")},
			want: "Cablor § Where we win", ask: "@kenji",
		},
		{
			name: "point of view",
			need: Need{Kinds: []Kind{Refuse}, Audience: "lift-supervisor", Passage: strings.Fields(vague)},
			want: "Our view § What we refuse",
		},
		{
			name: "a kind nobody wrote about",
			need: Need{Kinds: []Kind{Disagrees}},
			gap:  "no section on who disagrees",
		},
		{
			name: "any section: sure by its words",
			need: Need{Passage: strings.Fields("each rope has a diary for the inspector since the decree")},
			want: "How lifts run § What changed lately",
		},
		{
			name: "any section: nothing shared",
			need: Need{Passage: strings.Fields(vague)},
			gap:  "no section",
		},
	}
	index := lifts(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := index.Help(tt.need)
			where := ""
			if got.Section != nil {
				where = got.Section.Page.Title + " § " + got.Section.Heading
			}
			if where != tt.want {
				t.Errorf("section %q, want %q (confidence %.2f)", where, tt.want, got.Confidence)
			}
			who := ""
			if got.Ask != nil {
				who = got.Ask.Name
				if who == "" {
					who = got.Ask.Handle
				}
			}
			if who != tt.ask {
				t.Errorf("ask %q, want %q", who, tt.ask)
			}
			if !strings.HasPrefix(got.Gap, tt.gap) || (tt.gap == "") != (got.Gap == "") {
				t.Errorf("gap %q, want %q", got.Gap, tt.gap)
			}
			if got.Confidence < 0 || got.Confidence > 1 || got.Section != nil && got.Confidence < linkFloor {
				t.Errorf("confidence %.2f", got.Confidence)
			}
			if got.Section != nil && got.Page != got.Section.Page {
				t.Error("the page is not the section's")
			}
		})
	}
}

// The person alone: nothing tells which page is meant, but one person is good for the passage.
func TestHelpAsksThePersonWhoKnows(t *testing.T) {
	got := lifts(t).Help(Need{Kinds: []Kind{Pains}, Path: "x.md", Passage: strings.Fields("night shifts are hard")})
	if got.Section != nil || got.Ask == nil || got.Ask.Name != "Lene Vik" || got.Gap == "" {
		t.Errorf("got %+v, want Lene Vik alone and a gap", got)
	}
}

func TestEmptyIndexHelpsWithNothing(t *testing.T) {
	var x Index
	got := x.Help(Need{Kinds: []Kind{Pains}})
	if got.Section != nil || got.Page != nil || got.Ask != nil || got.Gap == "" {
		t.Errorf("got %+v", got)
	}
	if n := len(x.Pairs()) + len(x.Claims()) + len(x.Terms()) + len(x.Roles()) + len(x.Objections()); n != 0 {
		t.Errorf("an empty primer lists %d things", n)
	}
}

// One page for several people, as teams without a schema write it.
func TestHelpOnAPageOfPersonas(t *testing.T) {
	index, problems := New(map[string][]byte{"personas.md": []byte(`# Personas
## Ward clerk
Builds Saturday's rota on Thursday night.
### Pain points
Two nurses swap by text message and nobody writes it down.
## Theatre matron
Signs for the hours.
### Pain points
The agency bill arrives three weeks after the shift.
`)})
	if len(problems) != 0 {
		t.Errorf("problems %+v", problems)
	}
	tests := []struct {
		name string
		need Need
		line int // of the section; 0 for none
	}{
		{"declared", Need{Audience: "theatre-matron"}, 8},
		{"declared in part", Need{Audience: "clerks"}, 4},
		{"declared, and nobody here", Need{Audience: "surgeon", PageText: strings.Fields("the ward clerk")}, 0},
		{"named by the page", Need{PageText: strings.Fields("on thursday the ward clerk sits down")}, 4},
		{"named by the passage's own words", Need{Passage: strings.Fields("an agency sends a bill for each shift")}, 8},
		{"named by nothing", Need{Passage: strings.Fields("we help organisations do more")}, 0},
	}
	for _, tt := range tests {
		tt.need.Kinds = []Kind{Pains}
		line := 0
		if s := index.Help(tt.need).Section; s != nil {
			line = s.Line
		}
		if line != tt.line {
			t.Errorf("%s: the section on line %d, want %d", tt.name, line, tt.line)
		}
	}
}

// Many pages are reviewed at once with one primer; run with -race.
func TestHelpIsSafeForConcurrentReading(t *testing.T) {
	index := lifts(t)
	need := Need{Kinds: []Kind{Stakes}, Audience: "lift-supervisor", Passage: strings.Fields("wind stops never seen before nor stemmed elsewhere")}
	want := index.Help(need)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := index.Help(need); got.Section != want.Section || got.Confidence != want.Confidence {
				t.Errorf("got %+v, want %+v", got, want)
			}
			index.Claims()
		})
	}
	group.Wait()
}

func TestCues(t *testing.T) {
	for kind := range cues {
		if !slices.Contains(kindsNamed, kind) {
			t.Errorf("cues.txt names %q, which is no kind of section", kind)
		}
	}
	index, problems := New(map[string][]byte{"a.md": []byte("---\nkind: customer\n---\n# Bakers\n\n## Jobs\n\nBread on the shelf by six.\n\n" +
		"## Objections\n\nThe oven must not go cold for this.\n\n## What is at stake\n\nA morning's dough.\n\n## Triggers\n\nThe landlord sells.\n")})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for passage, want := range map[string]Kind{
		"Installation is simple and seamless, with no training.": Objections, // its cues speak for it
		"It is what it is.": Stakes, // nothing speaks: the check's first kind
		"Reduce downtime, easily and with less risk and cost.": Stakes,
	} {
		help := index.Help(Need{Kinds: []Kind{Stakes, Objections}, Passage: split(passage)})
		if help.Section == nil || help.Section.Kind != want {
			t.Errorf("%q is answered by %+v, want %s", passage, help, want)
		}
	}
	byOrder := index.Help(Need{Kinds: []Kind{Stakes, Objections}, Passage: split("It is what it is.")})
	byCues := index.Help(Need{Kinds: []Kind{Stakes, Objections}, Passage: split("Simple and seamless.")})
	if byCues.Section == nil || byCues.Confidence <= byOrder.Confidence {
		t.Errorf("cues give %+v, the order alone %+v; a link that cues decided is surer", byCues, byOrder)
	}
	// Of the kinds there are, the order of the others decides as well.
	if help := index.Help(Need{Kinds: []Kind{Proof, Triggers, Objections}, Passage: split("It is what it is.")}); help.Section == nil || help.Section.Kind != Triggers {
		t.Errorf("linked %+v", help.Section)
	}
}

func TestOpenAliases(t *testing.T) {
	for heading, want := range map[string]Kind{
		"What makes them look for a new baker":           Triggers,
		"What makes a village shop change its supplier":  Triggers,
		"What makes us different":                        WeWin,
		"What makes bread rise and then and then change": Other,
		"Who uses the oven":                              Who,
		"Who uses":                                       Other,
	} {
		if got := KindOf(heading); got != want {
			t.Errorf("%q is %q, want %q", heading, got, want)
		}
	}
}

func TestPersonOf(t *testing.T) {
	for heading, want := range map[string]string{
		"Persona: school cooks": "school cooks", "Night bakers": "Night bakers", "Pains": "", "Who they are": "", "Persona - the bursar": "the bursar",
		"Personas": "", "Objections: another app": "",
	} {
		if got := personOf(heading); got != want {
			t.Errorf("%q names %q, want %q", heading, got, want)
		}
	}
}
