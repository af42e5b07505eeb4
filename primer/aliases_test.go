package primer

import "testing"

func TestKindOf(t *testing.T) {
	tests := []struct {
		heading string
		want    Kind
	}{
		{"Who they are", Who},
		{"Who is it for?", Who},
		{"Personas", Who},
		{"Ideal customer profile (ICP)", Who},
		{"Pain points", Pains},
		{"Audience pain-points", Pains},
		{"2. PAIN POINTS", Pains},
		{"🐄 Pains", Pains},
		{"The pain: what a wet log costs", Pains},
		{"Audience ambitions", Jobs},
		{"Jobs to be done", Jobs},
		{"Alternatives", TheyWin},
		{"Testimonials", TheirWords},
		{"In their words: supervisors on wind", TheirWords},
		{"Messaging", SayIt},
		{"Their messaging", TheySay},
		{"Value propositions", WeWin},
		{"FAQ", Objections},
		{"Common objections", Objections},
		{"Handling objections in a demo", Objections},
		{"Proof points", Proof},
		{"What is at stake when the wind comes", Stakes},
		{"What’s at stake", Stakes},
		{"Where we win", WeWin},
		{"Where they win", TheyWin},
		{"Where we disagree", WeDisagree},
		{"Who disagrees?", Disagrees},
		{"Why it's more interesting than it sounds", Interesting},

		// Near misses.
		{"Jobs we are hiring for", Other},
		{"Proof of delivery", Other},
		{"Risk assessment forms", Other},
		{"Campaigns", Other},
		{"Painting the towers", Other},
		{"The glossary of errors nobody reads aloud", Other},
		{"", Other},
		{"2024", Other},
	}
	for _, tt := range tests {
		if got := KindOf(tt.heading); got != tt.want {
			t.Errorf("KindOf(%q) = %q, want %q", tt.heading, got, tt.want)
		}
	}
}

// Every kind has aliases, its own name is the first of them, and no heading stands for two kinds.
func TestAliases(t *testing.T) {
	kinds := []Kind{Who, Day, Jobs, Pains, Stakes, Triggers, Objections, TheirWords, SayIt, Proof, WhoDecides, Next, Interesting,
		Glossary, TheySay, TheyWin, WeWin, Believe, Refuse, Disagrees, WeDisagree, HowItWorks, Changed, Questions}
	for _, k := range kinds {
		if got := KindOf(string(k)); got != k {
			t.Errorf("the heading %q is taken for %q", k, got)
		}
	}
	if len(kindsNamed) != len(kinds) {
		t.Errorf("aliases.txt names %d kinds (%q), want %d", len(kindsNamed), kindsNamed, len(kinds))
	}
	for i, k := range kindsNamed {
		if i < len(kinds) && kinds[i] != k {
			t.Errorf("aliases.txt names %q where %q is due", k, kinds[i])
		}
	}
	for i, a := range aliases {
		if len(a.stems) == 0 {
			t.Errorf("aliases.txt: an empty heading for %q", a.kind)
		}
		for _, b := range aliases[:i] {
			if equal(a.stems, b.stems) && a.kind != b.kind {
				t.Errorf("aliases.txt: %q stands for %q and for %q", a.stems, b.kind, a.kind)
			}
		}
	}
}
