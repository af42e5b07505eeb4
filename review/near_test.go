package review

import (
	"slices"
	"testing"
)

func TestNear(t *testing.T) {
	checks := []string{
		"inside-out-language", "faceless-case-study", "undifferentiated-claim", "missing-stakes", "buried-lede", "scripted-quote",
		"announced-emotion", "product-first-opening", "label-headline", "unsupported-claim", "stock-opening", "missing-point-of-view",
	}
	keys := []string{"version", "company", "primers", "content", "kinds", "budget", "checks", "lexicon", "ask", "praise", "fail_on"}
	for _, test := range []struct {
		name       string
		candidates []string
		want       []string
	}{
		{"conent", keys, []string{"content"}},
		{"praies", keys, []string{"praise"}},   // a swap
		{"Budget", keys, []string{"budget"}},   // case
		{"fail-on", keys, []string{"fail_on"}}, // separator
		{"kind", keys, []string{"kinds"}},
		{"aks", keys, []string{"ask"}},
		{"stock-openning", checks, []string{"stock-opening"}},
		{"stock_opening", checks, []string{"stock-opening"}},
		{"stock", checks, []string{"stock-opening"}},
		{"quote", checks, []string{"scripted-quote"}},
		{"missing", checks, []string{"missing-stakes", "missing-point-of-view"}},
		{"opening", checks, []string{"product-first-opening", "stock-opening"}},
		{"burried-led", checks, []string{"buried-lede"}},
		{"campaign", keys, nil},
		{"st", checks, nil},
		{"a", keys, nil},
		{"", keys, nil},
		{"spelling", checks, nil},
		{"x", []string{"a", "b"}, nil},
		{"a", []string{"alpha", "alpine", "alphabet", "alto"}, nil},
		{"alph", []string{"alpha", "alpine", "alphabet", "alpha"}, []string{"alpha", "alphabet"}},
	} {
		if got := Near(test.name, test.candidates); !slices.Equal(got, test.want) {
			t.Errorf("Near(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}

func TestNearOffersThreeAtMost(t *testing.T) {
	got := Near("page", []string{"page-a", "page-b", "page-c", "page-d"})
	if want := []string{"page-a", "page-b", "page-c"}; !slices.Equal(got, want) {
		t.Errorf("Near = %q, want %q", got, want)
	}
}

func TestSlips(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"same", "same", 0},
		{"kitten", "sitting", 3}, {"praies", "praise", 1}, {"ab", "ba", 1}, {"abcd", "badc", 2}, {"ofen", "öfen", 1},
	} {
		if got := slips([]rune(test.a), []rune(test.b)); got != test.want {
			t.Errorf("slips(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
		if got := slips([]rune(test.b), []rune(test.a)); got != test.want {
			t.Errorf("slips(%q, %q) = %d, want %d", test.b, test.a, got, test.want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"page-x", `; did you mean "page-a", "page-b" or "page-c"?`},
		{"zebra", ""},
	} {
		if got := didYouMean(test.name, []string{"page-a", "page-b", "page-c"}); got != test.want {
			t.Errorf("didYouMean(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}
