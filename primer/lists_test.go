package primer

import (
	"fmt"
	"reflect"
	"testing"
)

func TestPairs(t *testing.T) {
	var got []string
	for _, p := range lifts(t).Pairs() {
		got = append(got, p.Ours+" → "+p.Theirs)
	}
	want := []string{"downtime event → a stop", "pre-operational inspection cycle → first lap"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPairsOfASwappedTable(t *testing.T) {
	index, _ := New(map[string][]byte{"a.md": []byte("# A\n## Words to use\n| We say | Customers say |\n|---|---|\n| dwell event | stuck at the gate |\n| | no answer |\n")})
	got := index.Pairs()
	if len(got) != 1 || got[0].Ours != "dwell event" || got[0].Theirs != "stuck at the gate" {
		t.Errorf("got %+v", got)
	}
}

func TestClaims(t *testing.T) {
	got := lifts(t).Claims()
	if len(got) != 2 {
		t.Fatalf("got %d claims, want the two that are not shared: %+v", len(got), got)
	}
	c := got[0]
	if c.Text != "One platform for every lift you run." || c.Competitor != "Cablor" || c.Section.Heading != "What they say" {
		t.Errorf("got %+v", c)
	}
	if want := []string{"platform", "lift", "run"}; !reflect.DeepEqual(c.Words, want) {
		t.Errorf("words %q, want %q", c.Words, want)
	}
}

func TestClaimsInParagraphs(t *testing.T) {
	index, _ := New(map[string][]byte{
		"competitors/a.md": []byte("# A\n## What they say\nWe move mountains. Nobody lifts more.\n## Where they win\nPrice.\n"),
		"customers/b.md":   []byte("# Buyers\n## What they say\nWe move mountains.\n## Pains\nSnow.\n## Who they are\nSkiers.\n"),
	})
	var got []string
	for _, c := range index.Claims() {
		got = append(got, c.Text)
	}
	if want := []string{"We move mountains.", "Nobody lifts more."}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTerms(t *testing.T) {
	index, _ := New(map[string][]byte{"a.md": []byte("# A\n## Glossary\n- SCC (explain): somatic cell count\n- **Round** — the farms of one tanker\n" +
		"- a sentence that goes on and on: it is no entry\n- nothing defined\n\n| Term | Meaning | |\n|---|---|---|\n| AMS | robot milking | explain |\n")})
	var got []string
	for _, x := range index.Terms() {
		got = append(got, fmt.Sprintf("%s=%s %v", x.Name, x.Meaning, x.Explain))
	}
	want := []string{"SCC=somatic cell count true", "Round=the farms of one tanker false", "AMS=robot milking true"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestObjections(t *testing.T) {
	var got []string
	for _, o := range lifts(t).Objections() {
		got = append(got, fmt.Sprintf("%s %q %v", o.Text, o.Cues, o.SalesOnly))
	}
	want := []string{
		`the sensors will ice up ["ice" "heating" "minus"] false`,
		`nobody reads another screen ["screen" "radio" "glance"] false`,
		`what it costs [] true`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRoles(t *testing.T) {
	want := []string{"piste groomer", "piste groomers", "groomer", "lift supervisor", "ski lift supervisors", "attendant"}
	if got := lifts(t).Roles(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRolesOfPersonasUnderHeadings(t *testing.T) {
	index, _ := New(map[string][]byte{"personas.md": []byte("# Our customers\n## Personas\n### Ward clerk\nBuilds the rota.\n### Rota software\nNo role.\n")})
	if got, want := index.Roles(), []string{"ward clerk"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestURL(t *testing.T) {
	s := &Section{Page: &Page{Path: "our primers/lift supervisors.md"}, Anchor: "what-is-at-stake"}
	ru := &Section{Page: &Page{Path: "a.md"}, Anchor: "привет"}
	whole := &Section{Page: &Page{Path: "a.md"}}
	tests := []struct {
		section *Section
		base    string
		want    string
	}{
		{s, "", "our primers/lift supervisors.md#what-is-at-stake"},
		{s, "https://example.com/acme/content/blob/main", "https://example.com/acme/content/blob/main/our%20primers/lift%20supervisors.md#what-is-at-stake"},
		{s, "https://example.com/main/", "https://example.com/main/our%20primers/lift%20supervisors.md#what-is-at-stake"},
		{ru, "https://example.com", "https://example.com/a.md#%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82"},
		{whole, "https://example.com", "https://example.com/a.md"},
		{whole, "", "a.md"},
	}
	for _, tt := range tests {
		if got := (Site{Base: tt.base}).URL(tt.section); got != tt.want {
			t.Errorf("URL(%q) = %q, want %q", tt.base, got, tt.want)
		}
	}
}
