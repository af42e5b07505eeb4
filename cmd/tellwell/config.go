package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/example-org/tellwell/review"
	"github.com/example-org/tellwell/review/evidence"
)

type configCommands struct {
	Show   configShowCommand   `cmd:"" help:"Print the settings in effect here, and where they were read from."`
	Schema configSchemaCommand `cmd:"" help:"Print the JSON Schema of .github/tellwell.yml, for editors that complete it."`
}

type configShowCommand struct {
	Path   string `arg:"" optional:"" help:"A file or folder of the repository meant; the working directory's otherwise."`
	Config string `placeholder:"FILE" help:"Read this configuration instead of the repository's .github/tellwell.yml."`
	Above  string `placeholder:"FILE" help:"The organisation's settings (.github/tellwell.yml of its .github repository), which the repository's stand over."`
}

func (configShowCommand) Help() string {
	return `What is printed is itself a configuration, with every setting spelt out: it can be kept as .github/tellwell.yml and cut down ` +
		`to what differs.`
}

func (c configShowCommand) run(w *world) (status, error) {
	var paths []string
	if c.Path != "" {
		if !w.isFile(c.Path) {
			return 0, misuse("tellwell config show [FILE or FOLDER]", "%s: %s", c.Path, missing(w.abs(c.Path)))
		}
		paths = []string{c.Path}
	}
	r, err := w.openRepo(paths, c.Config)
	if err != nil {
		return 0, err
	}
	origins, err := w.layered(r, c.Above)
	if err != nil {
		return 0, err
	}
	if err := showConfig(w.stdout, r, origins); err != nil {
		return 0, err
	}
	for _, p := range r.problems {
		fmt.Fprintf(w.stderr, "tellwell: error: %s\n", harmless(placed(p.Path, p.Line)+": "+p.Message))
	}
	if len(r.problems) > 0 {
		w.hint("what is shown above is what is in effect in spite of that")
		return incomplete, nil
	}
	return reviewed, nil
}

// layered reads the settings in effect once more, with where each comes from.
func (w *world) layered(r *repo, above string) (map[string]string, error) {
	var layers []review.Layer
	if above != "" {
		source, err := readCapped(w.abs(above))
		if err != nil {
			return nil, misuse("--above takes the .github/tellwell.yml of an organisation", "read %s: %w", filepath.ToSlash(above), bare(err))
		}
		layers = append(layers, review.Layer{Path: filepath.ToSlash(above), Source: source})
	}
	if r.from != "" {
		layers = append(layers, review.Layer{Path: r.from, Source: r.settings})
	}
	if len(layers) == 0 {
		return nil, nil
	}
	var origins map[string]string
	r.config, r.problems, origins = review.Layered(layers, checkNames()...)
	return origins, nil
}

// showConfig prints the settings in effect as YAML. What is no setting stands in comments.
func showConfig(out io.Writer, r *repo, origins map[string]string) error {
	var b bytes.Buffer
	b.WriteString("# " + harmless(source(r)) + "\n")
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(settings(r.config, origins)); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	if err := encoder.Close(); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	b.WriteString("\n")
	if len(r.config.Content.Include) == 0 {
		comment(&b, "Without content.include, the pages read are those in folders named for marketing: "+strings.Join(review.MarketingFolders, ", ")+
			"; and every folder with blog or news for one of the words of its name.")
	}
	comment(&b, "Files read as pages end in "+strings.Join(review.Extensions, ", ")+".")
	comment(&b, "The word lists that lexicon can add to and remove from: "+strings.Join(evidence.ListNames(), ", ")+".")
	_, err := out.Write(b.Bytes())
	return err
}

// source says where the settings were read from.
func source(r *repo) string {
	if r.from == "" {
		return "No " + review.ConfigPath + " in " + r.root + ": these are the settings that need none."
	}
	return "Read from " + r.from + " in " + r.root + "; settings that it leaves out are at their defaults."
}

// comment writes text as lines of a YAML comment.
func comment(b *bytes.Buffer, text string) {
	for _, line := range wrapped(text, plainWidth-2) {
		b.WriteString("# " + line + "\n")
	}
}

// settings returns a configuration as a YAML document in which a check has only what was set for it, as a person would write it.
func settings(config *review.Config, origins map[string]string) any {
	var node yaml.Node
	if err := node.Encode(config); err != nil {
		return config
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		switch node.Content[i].Value {
		case "checks":
			checks := node.Content[i+1]
			for j := 1; j < len(checks.Content); j += 2 {
				checks.Content[j] = setOnly(checks.Content[j])
			}
		}
	}
	tellOrigins(&node, "", origins)
	return &node
}

// tellOrigins writes beside each setting where it comes from; what has no comment is a default.
func tellOrigins(mapping *yaml.Node, at string, origins map[string]string) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		path := strings.TrimPrefix(at+"."+key.Value, ".")
		from := origins[path]
		for j := 0; from == "" && value.Style == yaml.FlowStyle && j < len(value.Content); j += 2 {
			from = origins[path+"."+value.Content[j].Value]
		}
		if from != "" {
			if value.Kind == yaml.ScalarNode || value.Style == yaml.FlowStyle {
				value.LineComment = from
			} else {
				key.LineComment = from
			}
		}
		if value.Kind == yaml.MappingNode && value.Style != yaml.FlowStyle {
			tellOrigins(value, path, origins)
		}
	}
}

// setOnly returns one check's settings without those that say nothing; a check that is off is the one word.
func setOnly(check *yaml.Node) *yaml.Node {
	kept := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
	for i := 0; i+1 < len(check.Content); i += 2 {
		key, value := check.Content[i], check.Content[i+1]
		switch value.Value {
		case "", "0", "false":
			continue
		}
		if key.Value == "off" {
			return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "off"}
		}
		kept.Content = append(kept.Content, key, value)
	}
	return kept
}

type configSchemaCommand struct{}

func (configSchemaCommand) Help() string {
	return `Editors with a YAML language server complete and check the configuration when its first line is

    # yaml-language-server: $schema=tellwell.schema.json

with the schema kept in that file.`
}

func (configSchemaCommand) run(w *world) (status, error) {
	_, err := w.stdout.Write(review.ConfigSchema(checkNames()...))
	return reviewed, err
}
