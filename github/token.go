package github

import "golang.org/x/oauth2"

// StaticToken is a token that stays as it is, such as a workflow's own.
func StaticToken(token string) oauth2.TokenSource {
	return oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token})
}
