package github

import "time"

// gatherQuery asks in one go for everything that REST's list of files does not hold. Reactions come by group and not as a connection in
// each comment, which would make the query some fifty times as dear.
const gatherQuery = `query Gather($owner: String!, $name: String!, $number: Int!, $config: String!, $primer: String!, $inherit: Boolean!, $settings: String!) {
  viewer { login }
  organisation: repository(owner: $owner, name: ".github") @include(if: $inherit) { object(expression: $settings) { ...held } }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      url state isDraft isCrossRepository changedFiles
      author { __typename login }
      labels(first: 100) { nodes { name } }
      headRefOid baseRefOid baseRefName
      baseRef {
        branchProtectionRule { requiresConversationResolution }
        refUpdateRule { requiresConversationResolution }
        rules(first: 100) { nodes { parameters { __typename ... on PullRequestParameters { requiredReviewThreadResolution } } } }
        target { __typename ... on Commit { oid config: file(path: $config) { object { ...held } } primer: file(path: $primer) { object { ...held } } } }
      }
      reviewThreads(first: 100) { pageInfo { hasNextPage endCursor } nodes { ...thread } }
      comments(last: 100) { pageInfo { hasPreviousPage startCursor } nodes { ...note } }
    }
  }
}
` + heldFragment + threadFragment + noteFragment

// meanwhileQuery asks again for what is said on the pull request: the threads from the first, and the latest comments.
const meanwhileQuery = `query Meanwhile($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviewThreads(first: 100) { pageInfo { hasNextPage endCursor } nodes { ...thread } }
    comments(last: 100) { pageInfo { hasPreviousPage startCursor } nodes { ...note } }
  } }
}
` + threadFragment + noteFragment

// threadsQuery asks for further review threads.
const threadsQuery = `query Threads($owner: String!, $name: String!, $number: Int!, $after: String!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviewThreads(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...thread } }
  } }
}
` + threadFragment

// notesQuery asks for earlier comments on the pull request itself.
const notesQuery = `query Notes($owner: String!, $name: String!, $number: Int!, $before: String!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    comments(last: 100, before: $before) { pageInfo { hasPreviousPage startCursor } nodes { ...note } }
  } }
}
` + noteFragment

// repliesQuery asks for the further comments of one long thread.
const repliesQuery = `query Replies($thread: ID!, $after: String!) {
  node(id: $thread) { __typename ... on PullRequestReviewThread { comments(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...remark } } } }
}
` + remarkFragment

const threadFragment = `fragment thread on PullRequestReviewThread {
  id path line isResolved isOutdated viewerCanResolve
  comments(first: 50) { pageInfo { hasNextPage endCursor } nodes { ...remark } }
}
` + remarkFragment

const (
	remarkFragment = "fragment remark on PullRequestReviewComment {" + spoken + "}\n"
	noteFragment   = "fragment note on IssueComment {" + spoken + "}\n"
	spoken         = `
  id fullDatabaseId body createdAt authorAssociation isMinimized viewerDidAuthor
  author { __typename login }
  reactionGroups { content viewerHasReacted reactors { totalCount } }
`
)

// heldFragment is a file with its text, or a folder two levels deep.
const heldFragment = `fragment held on GitObject {
  __typename oid
  ... on Blob { ...blob }
  ... on Tree { entries { name object { __typename oid ... on Blob { ...blob } ... on Tree { entries { name object { __typename oid ... on Blob { ...blob } } } } } } }
}
fragment blob on Blob { text isBinary isTruncated byteSize }
`

// A gathered is what gatherQuery answers.
type gathered struct {
	Viewer       struct{ Login string }
	Organisation *struct{ Object *held }
	Repository   *struct {
		PullRequest *struct {
			URL               string
			State             string
			IsDraft           bool
			IsCrossRepository bool
			ChangedFiles      int
			Author            *actor
			Labels            struct{ Nodes []struct{ Name string } }
			HeadRefOid        string
			BaseRefOid        string
			BaseRefName       string
			BaseRef           *struct {
				BranchProtectionRule *struct{ RequiresConversationResolution bool }
				RefUpdateRule        *struct{ RequiresConversationResolution bool }
				Rules                *struct {
					Nodes []struct {
						Parameters *struct{ RequiredReviewThreadResolution bool }
					}
				}
				Target *struct {
					Oid            string
					Config, Primer *struct{ Object *held }
				}
			}
			ReviewThreads threadPage
			Comments      notePage
		}
	}
}

type threadPage struct {
	PageInfo pageInfo
	Nodes    []thread
}

type notePage struct {
	PageInfo pageInfo
	Nodes    []note
}

type pageInfo struct {
	HasNextPage, HasPreviousPage bool
	EndCursor, StartCursor       string
}

type thread struct {
	ID               string
	Path             string
	Line             int
	IsResolved       bool
	IsOutdated       bool
	ViewerCanResolve bool
	Comments         notePage
}

type note struct {
	ID                string
	FullDatabaseID    number
	Body              string
	CreatedAt         time.Time
	AuthorAssociation string
	IsMinimized       bool
	ViewerDidAuthor   bool
	Author            *actor
	ReactionGroups    []struct {
		Content          string
		ViewerHasReacted bool
		Reactors         struct{ TotalCount int }
	}
}

// An actor is who did something; nil is somebody whose account is gone.
type actor struct {
	Typename string `json:"__typename"`
	Login    string
}

// login returns the name as REST and comments show it: GraphQL leaves out the "[bot]" of an app.
func (a *actor) login() string {
	switch {
	case a == nil:
		return "ghost"
	case a.bot():
		return asBot(a.Login)
	}
	return a.Login
}

func (a *actor) bot() bool { return a != nil && a.Typename == "Bot" }

// A held is a file or a folder of a commit.
type held struct {
	Typename    string `json:"__typename"`
	Oid         string
	Text        *string
	IsBinary    bool
	IsTruncated bool
	ByteSize    int
	Entries     []entry
}

type entry struct {
	Name   string
	Object *held
}
