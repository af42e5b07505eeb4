package review

import "reflect"

// described says what each key of a configuration and of a plan means, by type and field. The schemas carry these sentences, so that
// editors show them and readers of our JSON need no other page.
var described = map[string]string{
	"Config.Version": "The version of this file's form.",
	"Config.Company": "What makes a sentence be about ourselves.",
	"Config.Primers": "Where the primer lives: the team's own pages about its customers.",
	"Config.Content": "Which files are content. Without it: pages in folders named for marketing.",
	"Config.Kinds":   "What kind of page a path holds. The first match wins; kind: in a page's front matter beats all.",
	"Config.Budget":  "How much is said.",
	"Config.Checks":  "Settings of single checks, by name.",
	"Config.Lexicon": "Changes to the word lists, by list.",
	"Config.Ask":     "How people to ask are named.",
	"Config.Praise":  "Whether the summary names one passage that would serve the next writer.",
	"Config.FailOn":  "Checks whose findings make the command fail. None does by default.",

	"Config.Digest":       "In the file of an organisation: the repository, as owner/name, in which the monthly digest becomes an issue. Empty for none.",
	"Config.Repositories": "In the file of an organisation (.github/tellwell.yml in its .github repository): the repositories that tellwell reviews there, by name or glob.",

	"Company.Names":    "Names of the company.",
	"Company.Products": "Names of its products.",

	"PrimersConfig.Path":       "The folder of the primer.",
	"PrimersConfig.Repository": "The repository that holds the primer, as owner/name, where it is not this one.",
	"PrimersConfig.Ref":        "That repository's branch, tag or commit. Empty is its default branch.",
	"PrimersConfig.Site":       "What makes the site at base_url, so that links have its addresses and anchors. Empty: pages stand there at their paths.",
	"PrimersConfig.BaseURL":    "What a link to a primer page starts with. Empty gives links by path.",
	"PrimersConfig.StaleAfter": "The age at which a primer page is worth a second look, such as 6 months or 1 year.",

	"Content.Include": "Globs of the files that are content. Empty means: pages in folders named for marketing, and data files.",
	"Content.Exclude": "Globs of files that are left alone, whatever else is said of them.",

	"Content.Copy": "Under which keys of front matter and of data files copy is kept, beyond those that tellwell knows. All rules that match count.",

	"Copy.Match": "A glob of paths.",
	"Copy.Keys":  "Keys that hold copy: names with dots between them, [] for every item of a list, * for any one name.",
	"Copy.Not":   "Keys that hold none.",

	"KindRule.Match": "A glob of paths.",
	"KindRule.Kind":  "The kind of the pages that match.",

	"Budget.PerPullRequest":  "The most comments in one pull request. 0 tells everything in the summary.",
	"Budget.PerPage":         "The most comments on one page.",
	"Budget.Amount":          "How sure tellwell must be to speak: quiet says only the surest, default as far as editors mostly agree, full as much as the budget allows.",
	"Budget.WordsPerComment": "One comment for every so many words of prose; one is always allowed.",

	"CheckConfig.Off":         "Whether the check is silent.",
	"CheckConfig.Show":        "Where its findings are told; left out, the check's own documentation says where.",
	"CheckConfig.AnonymousOK": "faceless-case-study only: customers may not be named here, so don't ask for names.",
	"CheckConfig.Floor":       "The least confidence at which it speaks, 0 to 1.",

	"Lexicon.Add":    "Words to add to a list.",
	"Lexicon.Remove": "Words to take out of a list.",

	"AskConfig.Mention": "Whether people are named by handle, so that they are notified.",

	"Plan.Schema":   "The version of this form.",
	"Plan.Pages":    "The pages that were looked at, in order of path.",
	"Plan.Praise":   "The one passage that would serve the next writer, or null.",
	"Plan.Gaps":     "What findings asked for and the primer doesn't hold.",
	"Plan.Problems": "What couldn't be understood or done, with the next step. The rest was reviewed.",
	"Plan.Due":      "Primer pages that were linked and are due for another look. Told on pull requests only.",

	"Due.Path":     "The primer page.",
	"Due.Reviewed": "When it was last looked over, as it says itself.",
	"Due.Since":    "The day it was due.",
	"Due.Owner":    "Who keeps it; empty when nobody is named.",

	"PagePlan.Path":       "The page, from the root of its repository, with / between folders.",
	"PagePlan.Kind":       "What the page is for.",
	"PagePlan.KindReason": "Why it is taken for that, in words.",
	"PagePlan.Unread":     "Only where it matters: the components whose words are not in this file, which kept a check of the whole page silent.",
	"PagePlan.LeftAlone":  "Why nothing is said of this page; empty when it was judged.",
	"PagePlan.Findings":   "What is said of the page, in order of place.",
	"PagePlan.Gist":       "What a reader takes from the page in three lines; null where it was left alone.",
	"Gist.For":            "Who it is for: the first words that name somebody who may be meant; null where a reader finds nobody.",
	"Gist.Stake":          "What is at stake: the first words that tell of something to lose; null where a reader finds nothing.",
	"Gist.Stand":          "What it says that others would not: the first words that take a side; null where a reader finds none.",
	"GistLine.Line":       "The line, from 1.",
	"GistLine.Quote":      "The author's words.",

	"Comment.Check":      "The check that found it.",
	"Comment.Family":     "Whether a reader misses being understood (insight) or being moved (emotion).",
	"Comment.Line":       "The first line of the passage, from 1.",
	"Comment.EndLine":    "The last line of the passage.",
	"Comment.Column":     "The column at which it begins, from 1, in UTF-16 units.",
	"Comment.EndColumn":  "The column after its end, in UTF-16 units.",
	"Comment.Place":      "Where it is told: beside the passage (inline) or in the summary.",
	"Comment.Confidence": "How likely an editor is to agree, 0 to 1, comparable between checks.",
	"Comment.Quote":      "The author's words.",
	"Comment.Message":    "What a reader meets there, quote included.",
	"Comment.Question":   "The one question.",
	"Comment.Evidence":   "What the finding rests on, weightiest first.",
	"Comment.Why":        "Why it matters, with its source.",
	"Comment.Key":        "The key under which the passage is kept, in front matter, a data file or a component's attributes; left out for the body of a page.",
	"Comment.AlsoOn":     "Other pages of this review with the same words, where the same check would have asked; left out when there is none.",
	"Comment.Folded":     "Other checks that spoke of the same passage and were merged into this comment.",
	"Comment.Primer":     "The primer section that answers the question, or the person to ask; null when the primer had neither.",

	"EvidenceOut.Name":  "The reason, in words.",
	"EvidenceOut.Line":  "The line it was seen on; 0 for what is absent.",
	"EvidenceOut.Quote": "The words; empty for what is absent.",

	"Pointer.Path":       "The primer page.",
	"Pointer.Heading":    "The section; empty when only a person is named.",
	"Pointer.URL":        "A link to the section: an address when one is configured, else path#anchor.",
	"Pointer.Title":      "The title of the primer page.",
	"Pointer.Minutes":    "How long the section takes to read.",
	"Pointer.Ask":        "The person to ask, and what for; empty when nobody is named.",
	"Pointer.Confidence": "How sure it is that the section helps, 0 to 1.",
	"Pointer.In":         "The repository that holds the primer, where readers of a comment may not see it.",

	"Praise.Path":  "The page.",
	"Praise.Line":  "The line, from 1.",
	"Praise.Quote": "The author's words.",
	"Praise.Text":  "What they do for a reader.",

	"Gap.Need":  "What was asked for, in words.",
	"Gap.Asked": "How many findings asked.",
	"Gap.Paths": "The pages they stand on.",

	"Problem.Path":    "The file it was met in.",
	"Problem.Line":    "Its line; 0 when it has none.",
	"Problem.Message": "What was met and what to do next.",
}

// describe returns what a field means. A type has no sentence of its own, since each stands under a key that has one.
func describe(t reflect.Type, field string) string {
	if field == "" {
		return ""
	}
	return described[t.Name()+"."+field]
}
