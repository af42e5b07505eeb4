package githubtest

const (
	anyRepo = "/repos/{owner}/{repo}"
	anyPull = anyRepo + "/pulls/{number}"
)

var (
	readPulls  = []string{"pull-requests:read"}
	writePulls = []string{"pull-requests:write"}
	readCode   = []string{"contents:read"}
	readChecks = []string{"checks:read"}
	// Comments on a pull request itself, and reactions to them, take either permission (https://github.com/mui/base-ui/pull/5375).
	readNotes  = []string{"pull-requests:read", "issues:read"}
	writeNotes = []string{"pull-requests:write", "issues:write"}
	writeRuns  = []string{"checks:write"}
)

// routes are the operations of the REST interface that the stand-in has. Whether a check run counts as content is not documented; we count
// it, to be on the safe side.
var routes []route

func init() { // a table that calls functions which read the table cannot be a plain initialiser
	routes = []route{
		{"GET", anyPull, "pulls/get", readPulls, false, false, getPull},
		{"GET", anyRepo + "/pulls", "pulls/list", readPulls, false, false, listPulls},
		{"GET", anyPull + "/files", "pulls/list-files", readPulls, false, false, listFiles},
		{"GET", anyPull + "/reviews", "pulls/list-reviews", readPulls, false, false, listReviews},
		{"GET", anyPull + "/comments", "pulls/list-review-comments", readPulls, false, false, listRemarks},
		{"POST", anyPull + "/reviews", "pulls/create-review", writePulls, true, true, createReview},
		{"POST", anyPull + "/comments", "pulls/create-review-comment", writePulls, true, true, createRemark},
		{"POST", anyPull + "/comments/{id}/replies", "pulls/create-reply-for-review-comment", writePulls, true, true, createReply},
		{"GET", anyRepo + "/pulls/comments/{id}", "pulls/get-review-comment", readPulls, false, false, getRemark},
		{"PATCH", anyRepo + "/pulls/comments/{id}", "pulls/update-review-comment", writePulls, false, false, updateRemark},
		{"POST", anyRepo + "/pulls/comments/{id}/reactions", "reactions/create-for-pull-request-review-comment", writePulls, false, false, reactRemark},
		{"GET", anyRepo + "/issues/{number}/comments", "issues/list-comments", readNotes, false, false, listNotes},
		{"POST", anyRepo + "/issues/{number}/comments", "issues/create-comment", writeNotes, true, true, createNote},
		{"GET", anyRepo + "/issues/comments/{id}", "issues/get-comment", readNotes, false, false, getNote},
		{"PATCH", anyRepo + "/issues/comments/{id}", "issues/update-comment", writeNotes, false, false, updateNote},
		{"POST", anyRepo + "/issues/comments/{id}/reactions", "reactions/create-for-issue-comment", writeNotes, false, false, reactNote},
		{"POST", anyRepo + "/check-runs", "checks/create", writeRuns, true, false, createCheck},
		{"PATCH", anyRepo + "/check-runs/{id}", "checks/update", writeRuns, false, false, updateCheck},
		{"GET", anyRepo + "/commits/{ref}/check-runs", "checks/list-for-ref", readChecks, false, false, listChecks},
		{"GET", anyRepo + "/contents/{path...}", "repos/get-content", readCode, false, false, getContent},
		{"GET", anyRepo + "/git/blobs/{sha}", "git/get-blob", readCode, false, false, getBlob},
		{"GET", anyRepo + "/git/trees/{sha}", "git/get-tree", readCode, false, false, getTree},
		{"GET", anyRepo + "/compare/{basehead...}", "repos/compare-commits", readCode, false, false, getComparison},
		{"GET", anyRepo + "/rules/branches/{branch...}", "repos/get-branch-rules", nil, false, false, getRules},
		{"GET", anyRepo + "/collaborators/{username}/permission", "repos/get-collaborator-permission-level", nil, false, false, getPermission},
		{"GET", anyRepo + "/issues", "issues/list-for-repo", []string{"issues:read"}, false, false, listIssues},
		{"POST", anyRepo + "/issues", "issues/create", []string{"issues:write"}, true, true, createIssue},
		{"GET", "/rate_limit", "rate-limit/get", nil, false, false, getLimits},
		{"POST", "/app/installations/{id}/access_tokens", "apps/create-installation-access-token", nil, false, false, asApp(createToken)},
		{"GET", "/app/installations", "apps/list-installations", nil, false, false, asApp(listInstallations)},
		{"GET", "/app/hook/deliveries", "apps/list-webhook-deliveries", nil, false, false, asApp(listDeliveries)},
		{"POST", "/app/hook/deliveries/{id}/attempts", "apps/redeliver-webhook-delivery", nil, false, false, asApp(redeliver)},
		{"POST", "/app-manifests/{code}/conversions", "apps/create-from-manifest", nil, false, false, convert},
		{"GET", "/orgs/{org}/memberships/{username}", "orgs/get-membership-for-user", nil, false, false, getMembership},
		{"GET", "/orgs/{org}/teams/{team}/memberships/{username}", "teams/get-membership-for-user-in-org", nil, false, false, getTeamMembership},
		{"GET", "/installation/repositories", "apps/list-repos-accessible-to-installation", nil, false, false, listRepositories},
		{"GET", "/user", "users/get-authenticated", nil, false, false, getUser},
	}
}
