package review

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// MarketingFolders are the names of folders whose pages are read when nothing is configured, whatever stands above them. They are
// compared without regard to case, to "-", "_" and spaces, and to an underscore in front ("_posts", "Case_Studies"); a folder with
// "blog" or "news" for one of its words is such a folder too ("engineering-blog").
var MarketingFolders = []string{
	"blog", "blogs", "blog-posts", "post", "posts", "article", "articles", "insights", "opinion", "opinions", "perspectives",
	"thought-leadership",
	"news", "newsroom", "press", "press-releases", "announcement", "announcements", "launches", "newsletter", "newsletters",
	"customer", "customers", "customer-stories", "case-study", "case-studies", "story", "stories", "success-stories", "testimonials",
	"product", "products", "feature", "features", "solution", "solutions", "use-case", "use-cases", "industries", "services",
	"landing", "landing-page", "landing-pages", "campaigns", "marketing", "compare", "comparisons", "pricing",
	"resource", "resources", "ebooks", "white-papers", "whitepapers", "webinars",
}

// Extensions are the ends of file names that may be pages.
var Extensions = []string{".md", ".markdown", ".mdx", ".html", ".htm", ".adoc", ".asciidoc", ".astro", ".vue", ".svelte", ".njk", ".liquid", ".hbs",
	".twig", ".txt", ".text", ".yml", ".yaml", ".json", ".toml"}

// dataExtensions are those of files that hold values under keys. They are content where they lie in a folder for data, in one named for
// marketing, or where the configuration says so, and only if a key holds copy.
var dataExtensions = []string{".yml", ".yaml", ".json", ".toml"}

// dataFolders are what site generators call the folders of such files.
var dataFolders = []string{
	"data", "site-data", "content", "contents", "i18n", "l10n", "locale", "locales", "lang", "langs", "languages", "translations", "messages",
}

// settingsFiles are data files that hold settings of a tool or a site, or what stands around every page, by name.
var settingsFiles = []string{
	"package", "package-lock", "npm-shrinkwrap", "composer", "tsconfig", "jsconfig", "lerna", "turbo", "nx", "vercel", "netlify", "firebase",
	"now", "renovate", "dependabot", "docker-compose", "compose", "mkdocs", "config", "hugo", "theme", "themes", "theme-settings",
	"settings-data", "settings-schema", "gatsby", "angular", "babel", "eslint", "eslintrc", "prettierrc", "stylelintrc", "babelrc",
	"markdownlint", "vale", "manifest", "webmanifest", "app", "cargo", "pyproject", "poetry", "pnpm-lock", "pnpm-workspace", "yarn-lock",
	"openapi", "swagger", "wrangler", "book", "lychee", "settings", "schema", "redirects", "menus", "menu", "navigation", "nav", "sidebar",
	"sidebars", "authors", "tags", "categories", "icons", "cspell", "codecov", "travis", "gitlab-ci", "cloudbuild", "appveyor",
}

// variant is what may follow the name of a settings file: "config.dev", "docker-compose-prod", "api.openapi" and "post.schema" end so.
var variant = regexp.MustCompile(`^(\..*|-(dev|development|prod|production|staging|local|test|lock|base|build))$`)

// otherFolders hold other people's files, or files that a tool wrote.
var otherFolders = []string{"node-modules", "vendor", "third-party", "bower-components", "site-packages", "dist"}

// Aside returns why a file is not content that tellwell judges ("a README", "under legal/", "generated"), or "". When named, the
// person asked for this path, and the folder it lies in does not matter; a README, a legal page, a generated file, the primer and
// what the configuration excludes are left aside all the same.
func Aside(cfg *Config, file string, src []byte, named bool) string {
	if cfg == nil {
		cfg = Default()
	}
	file = path.Clean(strings.ReplaceAll(file, `\`, "/"))
	folders, name := strings.Split(path.Dir(file), "/"), path.Base(file)
	stem, ext := strings.TrimSuffix(name, path.Ext(name)), strings.ToLower(path.Ext(name))
	if file == "-" {
		folders, stem, ext, named = nil, "", ".md", true // standard input has no name to judge
	}
	switch {
	case !slices.Contains(Extensions, ext):
		return "not a page (tellwell reads " + strings.Join(Extensions, ", ") + ")"
	case cfg.Primers.Holds(file):
		return "part of the primer"
	case slices.Contains(dataExtensions, ext) && isSettings(stem):
		return "settings, by its name"
	}
	for _, why := range []string{
		repositoryFile(folders, stem),
		legalPath(folders, stem),
		generated(src, ext),
		legalWords(src),
		settingsWords(src, ext),
		matched("excluded by content.exclude", cfg.Content.Exclude, file),
	} {
		if why != "" {
			return why
		}
	}
	if named {
		return ""
	}
	for _, folder := range folders {
		switch {
		case strings.HasPrefix(folder, ".") && folder != "." && folder != "..":
			return "under " + folder + "/"
		case slices.Contains(otherFolders, plainName(folder)):
			return "under " + folder + "/"
		}
	}
	if len(cfg.Content.Include) > 0 {
		if matched("included", cfg.Content.Include, file) == "" {
			return "not among content.include"
		}
		return ""
	}
	data := slices.Contains(dataExtensions, ext)
	for _, folder := range folders {
		if marketing(folder) || data && slices.Contains(dataFolders, plainName(folder)) {
			return ""
		}
	}
	switch {
	case !data:
		return "not in a folder named for marketing"
	case len(cfg.Keys(file).Copy) > 0:
		return ""
	}
	return "a data file in no folder for data or marketing"
}

// IsContent reports whether a file that nobody named lies where the repository keeps its content. A README there is content that is
// set aside, and told; a README elsewhere is nothing to tell.
func IsContent(cfg *Config, file string) bool {
	if Aside(cfg, file, nil, false) == "" {
		return true
	}
	if Aside(cfg, file, nil, true) == "" {
		return false // only its folder speaks against it
	}
	return Aside(cfg, path.Join(path.Dir(file), "page.md"), nil, false) == ""
}

func marketing(folder string) bool {
	plain := plainName(folder)
	words := strings.Split(plain, "-")
	return slices.Contains(MarketingFolders, plain) || slices.Contains(words, "blog") || slices.Contains(words, "news")
}

// IsData reports whether a file holds values under keys, by the end of its name.
func IsData(file string) bool {
	return slices.Contains(dataExtensions, strings.ToLower(path.Ext(file)))
}

// isSettings reports whether a data file's name is that of a tool's settings: "package-lock", "_config.dev", "post.schema".
func isSettings(stem string) bool {
	plain := strings.TrimPrefix(plainName(stem), ".")
	for _, name := range settingsFiles {
		if rest, ok := strings.CutPrefix(plain, name); ok && (rest == "" || variant.MatchString(rest)) {
			return true
		}
	}
	last := strings.TrimPrefix(path.Ext(plain), ".")
	return last != "" && slices.Contains([]string{"schema", "openapi", "swagger", "config", "lock"}, last)
}

// matched returns the reason with the first glob that file matches, or "".
func matched(reason string, globs []string, file string) string {
	for _, glob := range globs {
		if ok, err := doublestar.Match(glob, file); err == nil && ok {
			return reason + " (" + glob + ")"
		}
	}
	return ""
}

// repositoryFiles are the pages about a repository, by the beginnings of their names, and what each is called.
var repositoryFiles = []struct{ stem, called string }{
	{"readme", "a README"},
	{"changelog", "a changelog"},
	{"contributing", "a guide for contributors"},
	{"code-of-conduct", "a code of conduct"},
	{"codeofconduct", "a code of conduct"},
	{"security", "a security policy"},
	{"licence", "a licence"},
	{"license", "a licence"},
	{"copying", "a licence"},
	{"notice", "a notice"},
	{"robots", "a file for robots"},
	{"llms", "a file for robots"},
	{"humans", "a list of people"},
	{"requirements", "a list of packages"},
}

// ambiguous are repository files that a product page may be named like ("products/security.md").
var ambiguous = []string{"security", "licence", "license", "copying", "notice"}

// repositoryFile names a page about the repository, or returns "". Such a page is known by its name alone or with a language
// ("README.de.md"), or by a name in capitals ("SECURITY-POLICY.md"). A word that products go by counts only in capitals or where
// repositories keep such pages.
func repositoryFile(folders []string, stem string) string {
	for _, folder := range folders {
		if folder == ".github" || folder == ".gitlab" {
			return "under " + folder + "/"
		}
	}
	plain := plainName(stem)
	for _, f := range repositoryFiles {
		rest, ok := strings.CutPrefix(plain, f.stem)
		if !ok {
			continue
		}
		shouted := stem[:min(len(stem), len(f.stem))] == strings.ToUpper(stem[:min(len(stem), len(f.stem))])
		home := len(folders) == 0 || len(folders) == 1 && (folders[0] == "." || plainName(folders[0]) == "docs")
		switch {
		case shouted && (rest == "" || strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, ".")):
			return f.called
		case !(rest == "" || locale.MatchString(rest)):
			continue // "readme-driven-development" is an article
		case home || !slices.Contains(ambiguous, f.stem):
			return f.called
		}
	}
	return ""
}

// locale is the language at the end of a file's name: ".de", "-pt-br".
var locale = regexp.MustCompile(`^[-.][a-z]{2}(-[a-z]{2,4})?$`)

// legalNames are what legal pages and their folders are called.
var legalNames = []string{
	"legal", "privacy", "privacy-policy", "privacy-notice", "privacy-statement", "terms", "terms-of-service", "terms-of-use",
	"terms-of-sale",
	"terms-and-conditions", "terms-conditions", "tos", "conditions", "cookie", "cookies", "cookie-policy", "cookie-notice", "imprint",
	"impressum", "gdpr",
	"ccpa", "dpa", "data-processing-agreement", "data-processing-addendum", "data-protection", "eula", "msa", "sla", "service-level-agreement",
	"acceptable-use", "acceptable-use-policy", "aup", "subprocessors", "sub-processors", "disclaimer", "legal-notice", "policies",
	"modern-slavery-statement", "trademark-policy", "dmca", "refund-policy", "copyright",
}

// trades are folders below which "legal" or "privacy" is a customer's trade or a product, and not our small print.
var trades = []string{
	"solution", "solutions", "industries", "product", "products", "feature", "features", "customer", "customers", "customer-stories", "case-study",
	"case-studies", "story", "stories", "use-case", "use-cases", "success-stories",
}

// datePrefix is what static site generators put before a page's name.
var datePrefix = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}-`)

// legalPath returns "under legal/" or "a legal page" for small print known by its path, or "".
func legalPath(folders []string, stem string) string {
	for _, folder := range folders {
		plain := plainName(folder)
		if slices.Contains(trades, plain) {
			return ""
		}
		if slices.Contains(legalNames, plain) {
			return "under " + folder + "/"
		}
	}
	plain := datePrefix.ReplaceAllString(plainName(stem), "")
	for _, name := range legalNames {
		if rest, ok := strings.CutPrefix(plain, name); ok && (rest == "" || locale.MatchString(rest)) {
			return "a legal page"
		}
	}
	return ""
}

// plainName is a folder's or a file's name as it is compared.
func plainName(name string) string {
	return strings.Trim(strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(name)), "-")
}
