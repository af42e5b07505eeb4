package review

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// items returns the items of a list. Example is an item, shown to whoever wrote something else; empty makes one of what they wrote.
func (r *configReader) items(n *yaml.Node, where, example string) []*yaml.Node {
	v := deref(n)
	if empty(v) {
		return nil
	}
	if v.Kind != yaml.SequenceNode {
		if example == "" {
			example = "…"
			if v.Kind == yaml.ScalarNode {
				example = quoted(v.Value)
			}
		}
		r.problem(n, "%s must be a list, not %s; write [%s]", where, looksLike(v), example)
		return nil
	}
	return v.Content
}

// texts reads a list of words. Each is held against check, which may be nil; the words that are in order replace what was there.
func (r *configReader) texts(where string, to *[]string, check func(string) error) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var words []string
		for i, item := range r.items(n, where, "") {
			var word string
			r.text(fmt.Sprintf("%s[%d]", where, i), &word, check)(item)
			if word != "" {
				words = append(words, word)
			} else if v := deref(item); v.Kind == yaml.ScalarNode && v.Value == "" {
				r.problem(item, "%s[%d] is empty; write a word or remove the item", where, i)
			}
		}
		if len(words) > 0 {
			*to = words
		}
	}
}

// text reads one line of words, held against check, which may be nil.
func (r *configReader) text(where string, to *string, check func(string) error) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v := deref(n)
		if empty(v) {
			return
		}
		if v.Kind != yaml.ScalarNode {
			r.problem(n, "%s must be one text, not %s", where, looksLike(v))
			return
		}
		word := strings.TrimSpace(v.Value)
		if check != nil && word != "" {
			if err := check(word); err != nil {
				r.problem(n, "%s: %v", where, err)
				return
			}
		}
		*to = word
	}
}

func (r *configReader) yesNo(where string, to *bool) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v := deref(n)
		if empty(v) {
			return
		}
		if yes, ok := truth(v); ok {
			*to = yes
			return
		}
		r.problem(n, "%s must be true or false, not %s", where, looksLike(v))
	}
}

// count reads a whole number between least and most.
func (r *configReader) count(where string, to *int, least, most int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v := deref(n)
		if empty(v) {
			return
		}
		number, err := strconv.Atoi(v.Value)
		switch {
		case v.Kind != yaml.ScalarNode || v.Tag != "!!int" || err != nil:
			r.problem(n, "%s must be a whole number, not %s", where, looksLike(v))
		case number < least || number > most:
			r.problem(n, "%s must be between %d and %d, not %d", where, least, most, number)
		default:
			*to = number
		}
	}
}

// share reads a number between 0 and 1.
func (r *configReader) share(where string, to *float64) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v := deref(n)
		if empty(v) {
			return
		}
		number, err := strconv.ParseFloat(v.Value, 64)
		if v.Kind != yaml.ScalarNode || v.Tag != "!!int" && v.Tag != "!!float" || err != nil || !(number >= 0 && number <= 1) {
			r.problem(n, "%s must be a number between 0 and 1, not %s", where, looksLike(v))
			return
		}
		*to = number
	}
}

// truth reads a yes or no. The words of YAML 1.1 are taken too, because people write them and mean nothing else.
func truth(n *yaml.Node) (yes, ok bool) {
	if n.Kind != yaml.ScalarNode {
		return false, false
	}
	switch strings.ToLower(n.Value) {
	case "true", "yes", "on":
		return true, true
	case "false", "no", "off":
		return false, true
	}
	return false, false
}

// deref follows an alias to what it names.
func deref(n *yaml.Node) *yaml.Node {
	for range 8 { // an alias of an alias can't be written; a bound costs nothing
		if n.Kind != yaml.AliasNode || n.Alias == nil {
			break
		}
		n = n.Alias
	}
	return n
}

// empty reports a value that was left out.
func empty(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// looksLike names a value for a sentence about it.
func looksLike(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "keys and values"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case empty(n):
		return "nothing"
	case n.Value == "":
		return "an empty text"
	}
	return quoted(n.Value)
}
