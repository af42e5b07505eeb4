package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

const (
	mostText  = 5 << 20 // bytes of a page that are read
	mostBatch = 100     // texts that one query asks for
	mostDepth = 6       // of folders in a primer
)

// A want is a file or a folder of a commit, "COMMIT:PATH", and what is done with it; it is nil where there is none.
type want struct {
	expression string
	got        func(*held)
}

// objects asks for files and folders, a hundred at once; a batch that is too much for GitHub is halved.
func (c *Client) objects(ctx context.Context, p *pulled, name string, wants []want) error {
	for len(wants) > mostBatch {
		if err := c.objects(ctx, p, name, wants[:mostBatch]); err != nil {
			return err
		}
		wants = wants[mostBatch:]
	}
	if len(wants) == 0 {
		return nil
	}
	var head, body strings.Builder
	variables := map[string]any{"owner": p.owner, "name": p.name}
	for i, w := range wants {
		fmt.Fprintf(&head, ", $e%d: String!", i)
		fmt.Fprintf(&body, "    f%d: object(expression: $e%d) { ...held }\n", i, i)
		variables[fmt.Sprintf("e%d", i)] = w.expression
	}
	document := fmt.Sprintf("query %s($owner: String!, $name: String!%s) {\n  repository(owner: $owner, name: $name) {\n%s  }\n}\n%s", name, &head, &body, heldFragment)
	var out struct{ Repository map[string]*held }
	errs, err := c.ask(ctx, call{name: name}, document, variables, &out)
	if err == nil {
		err = unfilled(errs)
	}
	if err != nil && slices.ContainsFunc(errs, graphError.forbidden) {
		err = fmt.Errorf("%w; the token needs contents: read", err)
	}
	if err != nil && len(wants) > 1 && halvable(err) {
		if err := c.objects(ctx, p, name, wants[:len(wants)/2]); err != nil {
			return err
		}
		return c.objects(ctx, p, name, wants[len(wants)/2:])
	}
	if err != nil {
		return c.fault("read texts", err)
	}
	for i, w := range wants {
		w.got(out.Repository[fmt.Sprintf("f%d", i)])
	}
	return nil
}

// halvable reports an error that smaller batches may not have: GitHub gives a query ten seconds.
func halvable(err error) bool {
	var syntax *json.SyntaxError
	return answered(err) >= 500 || errors.Is(err, errRefused) || errors.Is(err, errTooMuch) || errors.As(err, &syntax)
}

// text returns the bytes of a blob, or why there are none. A blob that GraphQL cuts off or alters is read by REST; one whose name is not
// given is taken as it comes.
func (c *Client) text(ctx context.Context, p *pulled, h *held, name string) ([]byte, string) {
	switch {
	case h == nil:
		return nil, "GitHub has no such file"
	case h.Typename != "Blob":
		return nil, "it is no file but a submodule or a folder"
	case h.IsBinary:
		return nil, "it is binary; save it as UTF-8 if it is a text"
	case h.ByteSize > mostText:
		return nil, fmt.Sprintf("it is larger than %d MB", mostText>>20)
	case h.Text != nil && !h.IsTruncated && (name == "" || isBlob([]byte(*h.Text), name)):
		return []byte(*h.Text), ""
	}
	data, _, err := c.rest.Git.GetBlobRaw(ctx, p.owner, p.name, h.Oid)
	if err != nil {
		return nil, c.fault("read it", err).Error()
	}
	return data, ""
}

// texts fills in the head's texts of the pages that may be judged, from the checkout where that is of the same commit.
func (c *Client) texts(ctx context.Context, p *pulled, rows []*row, wants []want) error {
	var from *checkout
	if p.checkout != "" {
		var err error
		if from, err = openCheckout(p.checkout, p.Head); err != nil {
			c.wire.tell("the checkout is not used: %v", err)
		} else {
			defer from.close()
		}
	}
	for _, r := range rows {
		if !r.content && !r.primer || r.Status == "removed" {
			continue
		}
		if r.patch == "" && r.OldPath != "" && r.changes == 0 {
			wants = append(wants, want{p.Base + ":" + r.OldPath, func(h *held) { r.same = h != nil && h.Oid == r.sha }})
		}
		if from != nil {
			if text, ok := from.read(r.Path, r.sha); ok {
				r.Text = text
				continue
			}
		}
		wants = append(wants, want{p.Head + ":" + r.Path, func(h *held) { r.Text, r.Unread = c.text(ctx, p, h, r.sha) }})
	}
	return c.objects(ctx, p, "Texts", wants)
}

// primer takes the Markdown pages of a folder of the base into the pull request, and asks for folders that lie too deep for one query.
func (c *Client) primer(ctx context.Context, p *pulled, folder string, h *held, depth int) error {
	var deeper []want
	var failed error
	var walk func(folder string, h *held)
	walk = func(folder string, h *held) {
		for _, e := range h.Entries {
			at := path.Join(folder, e.Name)
			switch {
			case e.Object == nil || strings.HasPrefix(e.Name, ".") && e.Object.Typename == "Tree":
			case e.Object.Typename == "Tree" && e.Object.Entries != nil:
				walk(at, e.Object)
			case e.Object.Typename == "Tree" && depth < mostDepth:
				deeper = append(deeper, want{p.Base + ":" + at, func(h *held) {
					if h == nil || failed != nil {
						return
					}
					failed = c.primer(ctx, p, at, h, depth+2)
				}})
			case e.Object.Typename == "Blob" && isMarkdown(e.Name):
				text, why := c.text(ctx, p, e.Object, "")
				if why != "" {
					c.wire.tell("%s: %s", at, why)
					continue
				}
				p.Primer[at] = text
			}
		}
	}
	if h == nil || h.Typename != "Tree" {
		return nil
	}
	walk(folder, h)
	if err := c.objects(ctx, p, "Primer", deeper); err != nil {
		return err
	}
	return failed
}

func isMarkdown(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}
