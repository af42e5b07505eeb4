package prose

// A Kind is what a page is for; it decides which checks speak.
type Kind string

// The kinds of page, by the names used everywhere.
const (
	Launch       Kind = "launch"
	Opinion      Kind = "opinion"
	Product      Kind = "product"
	CaseStudy    Kind = "case-study"
	HowTo        Kind = "how-to"
	News         Kind = "news"
	ReleaseNotes Kind = "release-notes"
	Reference    Kind = "reference"
	Legal        Kind = "legal"
	Unknown      Kind = "unknown"
)

// Kinds lists every kind in the order of the documentation.
var Kinds = []Kind{Launch, Opinion, Product, CaseStudy, HowTo, News, ReleaseNotes, Reference, Legal, Unknown}
