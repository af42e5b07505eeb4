package prose

import (
	"strings"
	"testing"
)

const (
	englishText = "The planner comes in at five and counts the trolleys that the night shift has left, because the ward wants its sheets by six and nobody will wait for them."
	germanText  = "Die Planerin kommt um fünf und zählt die Wagen, die von der Nachtschicht übrig sind, weil die Station ihre Laken um sechs braucht und niemand auf sie wartet."
)

func TestForeign(t *testing.T) {
	for _, test := range []struct {
		name, path, page, want string
	}{
		{"English", "blog/a.md", englishText, ""},
		{"German words", "blog/a.md", germanText, "its words read as German"},
		{"declared and silent", "blog/a.md", "---\nlang: de\n---\nLinen", "its front matter says lang: de"},
		{"declared, with a region", "blog/a.md", "---\nlocale: pt_BR\n---\nLinen", "its front matter says locale: pt_BR"},
		{"declared by name", "blog/a.md", "---\nlanguage: French\n---\nLinen", "its front matter says language: French"},
		{"declared English", "de/a.md", "---\nlang: en-GB\n---\nLinen", ""},
		{"a programming language", "blog/a.md", "---\nlanguage: go\n---\nLinen", ""},
		{"declared English, German all the same", "blog/a.md", "---\nlang: en\n---\n" + germanText, "its words read as German"},
		{"not translated yet", "de/blog/a.md", englishText, ""},
		{"folder", "content/de/blog/a.md", "Linen", "its path says de/"},
		{"folder with region", "content/zh-cn/a.md", "Linen", "its path says zh-cn/"},
		{"folder of languages", "i18n/it/a.md", "Linen", "its path says it/"},
		{"ending", "content/index.ja.md", "Linen", "its path says .ja.md"},
		{"ending with region", "content/index.pt-br.md", "Linen", "its path says .pt-br.md"},
		{"Docusaurus", "i18n/fr/docusaurus-plugin-content-docs/current/a.md", "Linen", "its path says fr/"},
		{"Docusaurus, in English", "i18n/en/docusaurus-plugin-content-docs/current/a.md", "Linen", ""},
		{"a folder of content", "content/it/blog/a.md", "Linen", "its path says it/"},
		{"a folder of content, deep", "src/content/hr/a.md", "Linen", "its path says hr/"},
		{"with a region", "content/pt-br/a.md", "Linen", "its path says pt-br/"},
		{"a data file among languages", "public/locales/de.json", `{"hero": {"text": "Wäsche"}}`, "its path says de.json"},
		{"Italian among languages", "i18n/it.yaml", "hero: {text: Biancheria}", "its path says it.yaml"},
		{"with a region, among languages", "locales/pt-BR.json", `{"hero": {"text": "Roupa"}}`, "its path says pt-br.json"},
		{"a namespace among languages", "public/locales/de/common.json", `{"hero": {"text": "Wäsche"}}`, "its path says de/"},
		{"a data file by its name", "data/fr.yaml", "hero: {text: Linge}", "its path says fr.yaml"},
		{"a data file's ending", "_data/home.de.yml", "hero: {text: Wäsche}", "its path says .de.yml"},
		{"English among languages", "locales/en-GB.json", `{"hero": {"text": "Linen"}}`, ""},
		{"a data file that is no language", "data/it.yaml", "hero: {text: Linen}", ""},
		{"a page that is no data", "blog/de.md", "Linen", ""},
		{"not translated yet, as data", "locales/de.json", `{"hero": {"text": "` + englishText + `"}}`, ""},
		{"German data by its words", "_data/home.yml", "hero:\n  text: " + germanText, "its words read as German"},
		{"human resources", "solutions/hr/a.md", "Linen", ""},
		{"a verb", "blog/is/a.md", "Linen", ""},
		{"augmented reality", "products/ar/a.md", "Linen", ""},
		{"the United Kingdom", "uk/blog/a.md", "Linen", ""},
		{"the European Union", "customers/eu/a.md", "Linen", ""},
		{"the IT department below a folder of content", "content/solutions/it/a.md", "Linen", ""},
		{"the IT department", "blog/it/a.md", "Linen", ""},
		{"no", "blog/no/a.md", "Linen", ""},
		{"a name that holds a code", "blog/de-risking.md", "Linen", ""},
		{"a version", "blog/v2.0.md", "Linen", ""},
		{"two words are too few", "blog/a.md", "Die Wäsche", ""},
		{"Japanese", "blog/a.md", "朝五時に、計画担当者は夜勤が残したカートを数えます。病棟は六時までにシーツが必要です。", "its text is in Chinese or Japanese script"},
		{"Russian", "blog/a.md", "В пять утра плановик считает тележки, которые оставила ночная смена.", "its text is in Cyrillic script"},
		{"a Greek letter in English", "blog/a.md", englishText + " It is α, β and γ that they count.", ""},
		{"French", "blog/a.md", "La planificatrice arrive à cinq heures et compte les chariots que l'équipe de nuit a laissés, parce que le service veut ses draps pour six heures et que personne ne les attend dans les couloirs.", "its words read as French"},
		{"Spanish", "blog/a.md", "La planificadora llega a las cinco y cuenta los carros que dejó el turno de noche, porque la planta quiere las sábanas a las seis y nadie va a esperar por ellas en el pasillo.", "its words read as Spanish"},
		{"Dutch", "blog/a.md", "De planner komt om vijf uur en telt de karren die van de nachtploeg over zijn, want de afdeling wil het linnengoed om zes uur en niemand wacht op een kar die niet komt.", "its words read as Dutch"},
		{"Polish", "blog/a.md", "Planistka przychodzi o piątej i liczy wózki, które zostały po nocnej zmianie, bo oddział chce mieć pościel na szóstą i nikt nie będzie na nią czekać, jak to się dzieje w nocy.", "its words read as Polish"},
		{"Swedish", "blog/a.md", "Planeraren kommer klockan fem och räknar vagnarna som nattskiftet har lämnat, för att avdelningen vill ha sina lakan till klockan sex och det är inte någon som väntar på dem.", "its words read as Swedish"},
		{"names and code", "blog/a.md", "Maria Lopez, José de la Cruz, Jean du Bois, Anna von der Leyen, Carla della Valle and Jan van den Berg set `de.la.el` and\n\n```\nel la los las de del que\n```\n\nThey run it on a Friday with Le Creuset, La Marzocco and Los Angeles.", ""},
	} {
		got := Parse(test.path, []byte(test.page)).Foreign()
		if got == "" && test.want != "" || !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Every language has a name and enough words, none of which is an everyday English one.
func TestLanguageLists(t *testing.T) {
	seen := map[string]bool{}
	for i, l := range languages {
		if l.name == "" || len(l.words) < 20 || seen[l.code] {
			t.Errorf("%s (%s): %d words", l.code, l.name, len(l.words))
		}
		seen[l.code] = true
		shared := 0
		for w := range l.words {
			if i > 0 && languages[0].words[w] {
				shared++
			}
		}
		if shared > 3 {
			t.Errorf("%s shares %d function words with English", l.code, shared)
		}
	}
}
