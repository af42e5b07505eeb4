package github

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"golang.org/x/oauth2"
)

// SignInURL returns where a person's browser is sent to be signed in by GitHub, and to come back to the address given with a code and the
// state that is passed along.
func (a *App) SignInURL(web, back, state string) string {
	return a.oauth(web, back).AuthCodeURL(state)
}

func (a *App) oauth(web, back string) *oauth2.Config {
	return &oauth2.Config{ClientID: a.ClientID, ClientSecret: a.ClientSecret, RedirectURL: back,
		Endpoint: oauth2.Endpoint{AuthURL: web + "/login/oauth/authorize", TokenURL: web + "/login/oauth/access_token", AuthStyle: oauth2.AuthStyleInParams}}
}

// SignedIn exchanges the code that a person came back with for who they are. Their token is used once and not kept.
func (a *App) SignedIn(ctx context.Context, web, back, code string) (login string, err error) {
	client := &http.Client{Timeout: deadline, Transport: a.options.Base}
	token, err := a.oauth(web, back).Exchange(context.WithValue(ctx, oauth2.HTTPClient, client), code)
	if err != nil {
		return "", errors.New("GitHub did not take the code; sign in once more") // its text may hold a token
	}
	o := a.options
	o.Token = oauth2.StaticTokenSource(token)
	c, err := New(o)
	if err != nil {
		return "", err
	}
	user, _, err := c.rest.Users.Get(ctx, "")
	if err != nil {
		return "", c.fault("ask who signed in", err)
	}
	return user.GetLogin(), nil
}

// Administers reports whether a person may see what tellwell does for an installation: an owner of the organisation, a member of the team
// named (by its slug; empty names none), or the person whose account it is.
func (a *App) Administers(ctx context.Context, in Installation, login, team string) (bool, error) {
	if in.Kind != "Organization" {
		return strings.EqualFold(in.Account, login), nil
	}
	c, err := a.Installation(in.ID)
	if err != nil {
		return false, err
	}
	member, _, err := c.rest.Organizations.GetOrgMembership(ctx, login, in.Account)
	switch {
	case answered(err) == http.StatusNotFound:
		return false, nil
	case err != nil:
		return false, c.fault("ask whether "+login+" belongs to "+in.Account, err)
	case member.GetState() == "active" && member.GetRole() == "admin":
		return true, nil
	case team == "" || member.GetState() != "active":
		return false, nil
	}
	of, _, err := c.rest.Teams.GetTeamMembershipBySlug(ctx, in.Account, team, login)
	if answered(err) == http.StatusNotFound {
		return false, nil
	}
	if err != nil {
		return false, c.fault("ask whether "+login+" is in the team "+team, err)
	}
	return of.GetState() == "active", nil
}
