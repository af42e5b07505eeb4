package github

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	gogithub "github.com/google/go-github/v60/github"
)

// A graphError is one error of a GraphQL answer; the fields that it does not name were answered all the same.
type graphError struct {
	Type    string `json:"type"`
	Message string `json:"message"`
	Path    []any  `json:"path"`
}

// forbidden reports that the token may not do this.
func (e graphError) forbidden() bool {
	return e.Type == "FORBIDDEN" || strings.Contains(e.Message, "Resource not accessible")
}

// at returns the path's names: "repository.pullRequest.baseRef".
func (e graphError) at() string {
	var names []string
	for _, p := range e.Path {
		names = append(names, fmt.Sprint(p))
	}
	return strings.Join(names, ".")
}

// errRefused says that GitHub did nothing at all of what a document asks.
var errRefused = errors.New("GitHub refuses the whole query")

// ask sends a GraphQL document and reads its data into out. Errors of single fields are returned beside it.
func (c *Client) ask(ctx context.Context, what call, document string, variables map[string]any, out any) ([]graphError, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables, "operationName": what.name})
	if err != nil {
		return nil, err
	}
	ctx = context.WithValue(ctx, operation{}, what)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.graph, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		e := &gogithub.ErrorResponse{Response: resp}
		_ = json.Unmarshal(data, e) // what is no JSON has only its status to tell
		return nil, e
	}
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors []graphError    `json:"errors"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, fmt.Errorf("GitHub's answer can't be read: %w", err)
	}
	if len(answer.Data) == 0 || string(answer.Data) == "null" {
		why := "it gives no reason"
		if len(answer.Errors) > 0 {
			why = oneLine(answer.Errors[0].Message)
		}
		return answer.Errors, fmt.Errorf("%w: %s", errRefused, why)
	}
	if err := json.Unmarshal(answer.Data, out); err != nil {
		return nil, fmt.Errorf("GitHub's answer can't be read: %w", err)
	}
	return answer.Errors, nil
}

// unfilled returns the first error of a field that we cannot do without.
func unfilled(errs []graphError, spare ...func(graphError) bool) error {
	for _, e := range errs {
		if slices.ContainsFunc(spare, func(spared func(graphError) bool) bool { return spared(e) }) {
			continue
		}
		at := e.at()
		if at != "" {
			at += ": "
		}
		return fmt.Errorf("GitHub can't answer all of it: %s%s", at, oneLine(e.Message))
	}
	return nil
}
