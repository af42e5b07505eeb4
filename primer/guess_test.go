package primer

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var kindLine = regexp.MustCompile(`(?m)^kind: *(\S+)\n`)

// Pages of our own primers keep their kind when nothing says it: neither front matter nor the name of the file.
func TestGuessedKinds(t *testing.T) {
	right, all := 0, 0
	for _, folder := range []string{"../testdata/site/primers", "../cmd/tellwell/testdata/linking/kelpwright/primers", "../cmd/tellwell/testdata/linking/fallow/handbook"} {
		files, _ := filepath.Glob(folder + "/*.md")
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			kind := kindLine.FindStringSubmatch(string(src))
			if kind == nil {
				continue
			}
			index, _ := New(map[string][]byte{"pages/page.md": kindLine.ReplaceAll(src, nil)})
			all++
			if got := index.Pages[0].Kind; string(got) == kind[1] {
				right++
			} else {
				t.Logf("%s: guessed %s, is %s", strings.TrimPrefix(file, "../"), got, kind[1])
			}
		}
	}
	t.Logf("of pages with headings we know, %d of %d", right, all)
	if right < all {
		t.Error("a page of ours has lost its kind")
	}
}

// Pages that say what they are about in their words alone: no front matter, headings that no alias knows, file names that tell nothing.
func TestKindsGuessedFromWords(t *testing.T) {
	for _, tt := range []struct {
		want PageKind
		page string
	}{
		{Customer, "# Night porters\n\n## Tuesday\n\nShe starts at ten. Her phone is in the locker, and she carries nine keys. She told us: “If the lift is out I walk it.”\n\n## What she will not do\n\nShe won't read a manual. She asks Dev.\n"},
		{Customer, "# Estate bursars\n\nHe signs what the governors will read. He worries about the roof fund, and he buys in March. He needs a figure he can repeat.\n"},
		{Customer, "# Small breweries\n\n## Notes from eleven interviews\n\nThey run two vats and no office. They hate the monthly return. They want the duty paid and the form gone.\n"},
		{Competitor, "# Brightlock\n\n## Their pitch\n\nBrightlock sells on price. Their customers leave after the second winter.\n\n## Pricing\n\nThey charge per door; we charge per building.\n"},
		{Competitor, "# Corvane\n\nCompared with us, Corvane installs faster and breaks sooner. We lose to them on price and beat them on spare parts. Their sales deck calls ours old-fashioned.\n"},
		{Competitor, "# Spreadsheets\n\nWhat most prospects use instead of us. They are free and everybody has them. We win when three people edit at once, they win when it is one.\n"},
		{PointOfView, "# Rust\n\nWe think a bridge should be painted before it needs it. We don't sell emergency work, and we won't. Most of our trade says the opposite.\n"},
		{PointOfView, "# On alarms\n\nWe are against alarms that can't be switched off. We believe a tired nurse is more dangerous than a silent pump.\n"},
		{Technology, "# Load cells\n\nA load cell turns strain into a voltage. The signal is sampled at 80 Hz and filtered. Drift comes from temperature; the bridge compensates for it.\n"},
		{Technology, "# The handset\n\n## Radio\n\nIt sends over LoRa every 90 seconds, with AES-128, and stores 4,000 readings when the gateway is out of range.\n\n## Battery\n\nTwo cells, 3.6 V, five years at 12 °C.\n"},
		{Industry, "# Lifts in Britain\n\nThere are 280,000 lifts. Since the 1998 regulations a competent person inspects each one every six months. The insurers wrote the rules, and four firms hold most of the contracts.\n"},
		{Industry, "# Where the sector stands\n\nSince 2021 prices have doubled. Three of the five big mills closed, and the new law moves the duty to whoever imports.\n"},
	} {
		index, _ := New(map[string][]byte{"pages/page.md": []byte(tt.page)})
		if got := index.Pages[0].Kind; got != tt.want {
			t.Errorf("%q is guessed to be about a %s, and is about a %s", index.Pages[0].Title, got, tt.want)
		}
	}
}
