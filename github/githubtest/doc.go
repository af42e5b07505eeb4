// Package githubtest is a stand-in for GitHub, for tests only: it keeps a pull request's whole life in a real git repository and answers
// the part of GitHub's REST and GraphQL interfaces that a reviewer of pull requests needs. Patches, statuses, renames and line numbers
// are git's own, so that nothing here has to guess what a diff looks like.
//
//	s := githubtest.New(t)
//	repo := s.Repo("acme/site")
//	repo.Commit("main", map[string]string{"posts/relay.md": "# Relay\n"}, "Begin")
//	repo.Commit("spring", map[string]string{"posts/relay.md": "# Relay 4\n"}, "Spring")
//	pull := repo.Open("spring", "main", githubtest.PR{Author: "mira"})
//	… let the reviewer run against s.URL(), s.GraphQL() and pull.Token() …
//	pull.Push(map[string]string{"posts/relay.md": "# Relay for planners\n"})
//	… and again; then compare pull.Story() with a golden, and s.Requests() with the bars …
//
// It behaves as GitHub is documented or reported to behave, never as would be convenient. Each trap it models is tested in traps_test.go
// beside its source. What nobody documents is our reading, and says so there; nothing was tried against github.com.
//
// Where the packages of github/contract are installed, every request and every answer is held against GitHub's own descriptions (see
// contract.go), and a request or a field that they do not know fails the test that sent it. A request that GitHub has and the stand-in has
// not fails the test as well, so that no answer is ever made up.
//
// Not modelled: reviews other than COMMENT, pending reviews, deleting anything, positions instead of lines, locked conversations, merge
// queues, organisations' rulesets, a head that lags behind a push, moved repositories, GraphQL's own ten seconds, and the limit of
// concurrent requests.
package githubtest
