package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/example-org/tellwell/review/evidence"
)

// A Layer is one file of settings.
type Layer struct {
	Path   string // as it is told to people: ".github/tellwell.yml", "acme/.github: .github/tellwell.yml"
	Source []byte
}

// Layered reads settings from several files, the farthest first: an organisation's, then a repository's. A key that the nearer file has
// wins, whole where it is a list; mappings are merged key by key. Origins tells, for each key that a file sets ("primers.path"), which
// file that is and on which line ("FILE:7"). Problems are told as ParseConfig tells them, each of its own file.
func Layered(layers []Layer, checks ...string) (config *Config, problems []Problem, origins map[string]string) {
	var merged *yaml.Node
	origins = map[string]string{}
	for _, layer := range layers {
		_, told := ParseConfig(layer.Path, layer.Source, checks...)
		problems = append(problems, told...)
		r := &configReader{path: layer.Path, config: Default()}
		root := r.document(layer.Source)
		if root == nil {
			continue
		}
		if root = deref(root); root.Kind != yaml.MappingNode {
			continue
		}
		if merged == nil {
			merged = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		}
		overlay(merged, root, "", layer.Path, origins)
	}
	r := &configReader{checks: checks, lists: evidence.ListNames(), config: Default()}
	if merged != nil {
		r.root(merged)
	}
	return r.config, problems, origins
}

// overlay puts the keys of a nearer mapping over those of a farther one.
func overlay(far, near *yaml.Node, at, file string, origins map[string]string) {
	met := map[string]bool{}
	for i := 0; i+1 < len(near.Content); i += 2 {
		key, value := near.Content[i], deref(near.Content[i+1])
		if met[key.Value] || empty(value) {
			continue // the first of two keys counts, and an empty value sets nothing
		}
		met[key.Value] = true
		path := key.Value
		if at != "" {
			path = at + "." + key.Value
		}
		j := slotOf(far, key.Value)
		if value.Kind == yaml.MappingNode {
			var into *yaml.Node
			if j >= 0 && far.Content[j+1].Kind == yaml.MappingNode {
				into = far.Content[j+1]
			} else {
				into = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: value.Line}
				far.Content = set(far.Content, j, key, into)
				delete(origins, path)
			}
			overlay(into, value, path, file, origins)
			continue
		}
		far.Content = set(far.Content, j, key, value)
		origins[path] = fmt.Sprintf("%s:%d", file, max(1, key.Line))
	}
}

// slotOf returns where a mapping's content has a key, -1 when it has none.
func slotOf(mapping *yaml.Node, key string) int {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return i
		}
	}
	return -1
}

func set(content []*yaml.Node, j int, key, value *yaml.Node) []*yaml.Node {
	if j >= 0 {
		content[j+1] = value
		return content
	}
	return append(content, key, value)
}

// Enables reports whether an organisation's settings switch tellwell on for a repository, "owner/name": they name it, or a glob that its
// name matches, under repositories.
func (c *Config) Enables(repo string) bool {
	_, name, _ := strings.Cut(repo, "/")
	return slices.ContainsFunc(c.Repositories, func(pattern string) bool {
		for _, s := range []string{repo, name} {
			if ok, err := doublestar.Match(pattern, s); err == nil && ok {
				return true
			}
		}
		return false
	})
}
