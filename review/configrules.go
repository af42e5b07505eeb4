package review

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/example-org/tellwell/prose"
)

func (r *configReader) checkName(name string) error {
	if len(r.checks) == 0 || slices.Contains(r.checks, name) {
		return nil
	}
	return fmt.Errorf("no check named %s%s", quoted(name), didYouMean(name, r.checks))
}

// glob turns away patterns that doublestar can't read, and the two slips that leave a good-looking pattern matching nothing.
func glob(pattern string) error {
	switch {
	case strings.Contains(pattern, `\`):
		return fmt.Errorf(`write / between folders, not \, in %s`, quoted(pattern))
	case strings.HasPrefix(pattern, "/") || strings.HasPrefix(pattern, "./"):
		return fmt.Errorf("%s matches nothing, because paths begin with a folder's name; remove what stands before it", quoted(pattern))
	case !doublestar.ValidatePattern(pattern):
		return fmt.Errorf("the glob %s can't be read; is a [ or { left open?", quoted(pattern))
	}
	return nil
}

// keyPatterns is what a pattern of keys looks like: names between dots, "[]" after one for every item of a list, "*" for any name.
var keyPatterns = regexp.MustCompile(`^(\*|[^\s.*\[\]]+)(\[\])*(\.(\*|[^\s.*\[\]]+)(\[\])*)*$`)

func keyPattern(pattern string) error {
	if keyPatterns.MatchString(pattern) {
		return nil
	}
	return fmt.Errorf(`%s is not a key; write names with dots between them, such as "hero.headline" or "features[].text", [] for every item of `+
		`a list, and * for any one name`, quoted(pattern))
}

func amountName(name string) error {
	names := make([]string, len(Amounts))
	for i, amount := range Amounts {
		if names[i] = string(amount); names[i] == name {
			return nil
		}
	}
	return fmt.Errorf("no amount named %s%s; the amounts are %s", quoted(name), didYouMean(name, names), strings.Join(names, ", "))
}

func kindName(name string) error {
	names := make([]string, len(prose.Kinds))
	for i, kind := range prose.Kinds {
		if string(kind) == name {
			return nil
		}
		names[i] = string(kind)
	}
	if hint := didYouMean(name, names); hint != "" {
		return fmt.Errorf("no kind of page named %s%s", quoted(name), hint)
	}
	return fmt.Errorf("no kind of page named %s; the kinds are %s", quoted(name), strings.Join(names, ", "))
}

func showPlace(name string) error {
	if name == string(Inline) || name == string(Summary) {
		return nil
	}
	hint := didYouMean(name, []string{string(Inline), string(Summary)})
	if hint == "" {
		hint = "; to silence a check, write off instead of settings"
	}
	return fmt.Errorf("a finding is shown inline or summary, not %s%s", quoted(name), hint)
}

// folderInside turns away what is not a folder within the repository, since nothing outside it is ever read.
func folderInside(folder string) error {
	clean := path.Clean(folder)
	switch {
	case strings.Contains(folder, `\`):
		return fmt.Errorf(`write / between folders, not \, in %s`, quoted(folder))
	case strings.HasPrefix(folder, "/") || clean == ".." || strings.HasPrefix(clean, "../"):
		return fmt.Errorf("%s lies outside the repository; write a folder within it, such as primers/", quoted(folder))
	}
	return nil
}

var repositoryNames = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$`)

func repositoryName(name string) error {
	if repositoryNames.MatchString(name) {
		return nil
	}
	return fmt.Errorf("%s is no repository; write owner/name, such as acme/handbook, and its folder under primers.path", quoted(name))
}

// refName turns away what git would not take for the name of a branch or tag (git check-ref-format).
func refName(name string) error {
	if strings.ContainsAny(name, " ~^:?*[\\\x7f") || strings.Contains(name, "..") || strings.HasPrefix(name, "-") || strings.HasSuffix(name, "/") {
		return fmt.Errorf("%s is no branch, tag or commit; write its name alone, such as main", quoted(name))
	}
	return nil
}

func webAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("%s is not a web address; write one that starts with https://, or leave it empty for links by path", quoted(address))
	}
	return nil
}

var ages = regexp.MustCompile(`^[1-9][0-9]{0,2} (day|week|month|year)s?$`)

func age(text string) error {
	if ages.MatchString(text) {
		return nil
	}
	return fmt.Errorf(`%s is not an age; write one such as "6 months" or "1 year"`, quoted(text))
}
