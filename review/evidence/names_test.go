package evidence

import (
	"slices"
	"strings"
	"testing"
)

// A reading is a sentence and what the marks of one name should be in it: each the words, then whose it is, then its kind, as
// far as the mark has them. None is a near miss.
type reading struct {
	name Name
	text string
	want []string
}

func show(m Mark) string {
	s := m.Text
	if m.Whose != Nobody && m.Name != Reader && m.Name != Customer && m.Name != Self && m.Name != Announce {
		s += " · " + string(m.Whose)
	}
	if m.Kind != "" {
		s += " = " + m.Kind
	}
	return s
}

func ours() *Lists {
	return DefaultLists().With(nil, nil, []string{"Tankwise", "Tankwise Ltd"}, []string{"Relay", "Tankwise Rounds"}, []string{"creamery manager"})
}

func check(t *testing.T, readings []reading) {
	t.Helper()
	lists := ours()
	for _, r := range readings {
		var got []string
		for _, m := range Of(r.text, lists).All(r.name) {
			got = append(got, show(m))
		}
		if !slices.Equal(got, r.want) {
			t.Errorf("%s in %q:\n got %s\nwant %s", r.name, r.text, strings.Join(got, "; "), strings.Join(r.want, "; "))
		}
	}
}

func TestWhoSpeaks(t *testing.T) {
	check(t, []reading{
		{Self, "We rebuilt our claims engine.", []string{"We = we", "our = we"}},
		{Self, "We've spent two years on it.", []string{"We've = we"}},
		{Self, "Tankwise Ltd has launched Relay 4.", []string{"Tankwise Ltd = company", "Relay = product"}},
		{Self, "Tankwise's planners ask us.", []string{"Tankwise's = company", "us = we"}},
		{Self, "The US market is large.", nil},
		{Self, "A relay closes the circuit.", nil},
		{Self, "Let's open the file and see what we need to change.", nil},
		{Self, "Now we can see the totals.", nil},
		{Self, "As we all know, milk can't wait.", nil},
		{Inclusive, "Let's open the file.", []string{"Let's"}},
		{Inclusive, "Now we can see the totals.", []string{"we can see"}},
		{Inclusive, "We all want a quiet Friday.", []string{"We all"}},
		{Inclusive, "Ask Let's Encrypt for a certificate, and let us know.", nil},
		{Inclusive, "We launched it on Friday.", nil},

		{Reader, "Your driver signs with gloves on.", []string{"Your = you"}},
		{Reader, "Send one week of tachograph files.", []string{"Send = imperative"}},
		{Reader, "Never outsource the scale you bill with.", []string{"Never = imperative", "you = you"}},
		{Reader, "Plan the round on paper first.", []string{"Plan = imperative"}},
		{Reader, "Plan limits have changed.", nil},
		{Reader, "Support for older scales is gone.", nil},
		{Reader, "Never again will a tank be poured away.", nil},
		{Reader, "Report cards arrive on Friday.", nil},
		{Reader, "Have they ever tried?", nil},
		{Reader, "Discover Relay 4.", []string{"Discover = call"}},
		{Reader, "Check out our guide.", []string{"Check = call"}},
		{Reader, "Check the chiller log.", []string{"Check = imperative"}},
		{Reader, "Learn more about it.", []string{"Learn = call"}},
		{Reader, "Meet the team.", []string{"Meet = call"}},
	})
}

func TestWhoIsMet(t *testing.T) {
	check(t, []reading{
		{Role, "Planners rebuild Friday's forecast.", []string{"Planners · theirs"}},
		{Role, "The head of operations signs the skip invoices.", []string{"head of operations · theirs"}},
		{Role, "Our engineers drove to Cork.", []string{"engineers · ours"}},
		{Role, "Our lead engineer drove to Cork.", []string{"engineer · ours"}},
		{Role, "The creamery managers rang.", []string{"creamery managers · theirs"}},
		{Role, "Update the graphics driver first.", nil},
		{Role, "The package manager resolves it.", nil},
		{Role, "Head over to the forum.", nil},

		{Customer, "Our engineers drove to Cork.", nil},
		{Customer, "Our customers drove to Cork.", []string{"customers = customer"}},
		{Customer, "The nurse waits, and the patient too.", []string{"nurse = role", "patient = customer"}},
		{Customer, "You wait.", []string{"You = reader"}},
		{Customer, "Users can export it.", []string{"Users = generic"}},
		{Customer, "The user interface is new.", nil},
		{Customer, "Be patient with it.", nil},
		{Customer, "The parent directory holds it.", nil},

		{Person, "Halina runs sterile services.", []string{"Halina · theirs = first"}},
		{Person, "We met Maria Lopez in the depot.", []string{"Maria Lopez · theirs = full"}},
		{Person, "Mrs. Okafor kept the ledger.", []string{"Mrs. Okafor · theirs = honorific"}},
		{Person, "It took a week, says Quentin Brightwater.", []string{"Quentin Brightwater · theirs = full"}},
		{Person, "Quentin Brightwater, night-shift planner, laughed.", []string{"Quentin Brightwater · theirs = full"}},
		{Person, "Our founder Ines Gil wrote it.", []string{"Ines Gil · ours = full"}},
		{Person, "Ines Gil, CEO of Tankwise, wrote it.", []string{"Ines Gil · ours = full"}},
		{Person, "Will Rogers, the dispatcher, rang.", []string{"Will Rogers · theirs = full"}},
		{Person, "Will Relay run offline?", nil},
		{Person, "Mark Twain Street is closed.", nil},
		{Person, "Grace Period Billing is here.", nil},
		{Person, "It ships to the United Kingdom, drivers included.", nil},
		{Person, "Open Sky announced a price.", nil},
		{Person, "EVA can be expressed as a ratio.", nil},
		{Person, "In Paris we opened a depot.", nil},

		{GenericAudience, "Businesses of all sizes need packaging.", []string{"Businesses = subject", "of all sizes = sweep"}},
		{GenericAudience, "Organisations today face growing complexity.", []string{"Organisations = subject"}},
		{GenericAudience, "Most teams guess.", []string{"teams = subject"}},
		{GenericAudience, "Team structure matters.", []string{"Team = mention"}},
		{GenericAudience, "Every company guesses.", []string{"Every company = sweep", "company = subject"}},
		{GenericAudience, "Our team drove to Cork.", nil},
		{GenericAudience, "The business case is thin.", nil},
		{GenericAudience, "The ward clerk builds the rota.", nil},
	})
}

func TestWhatIsAtStake(t *testing.T) {
	check(t, []reading{
		{Problem, "They are stuck with rework.", []string{"stuck with", "rework"}},
		{Problem, "The clerks struggled by hand.", []string{"struggled", "by hand"}},
		{Problem, "That is no problem.", nil},
		{Problem, "The issue tracker is open.", nil},
		{Problem, "We can't wait to meet.", nil},
		{Stakes, "He lost the load and the weekend.", []string{"lost", "weekend"}},
		{Stakes, "They paid penalties after the audit.", []string{"penalties", "audit"}},
		{Stakes, "Don't miss out on the webinar.", nil},
		{Stakes, "Read the audit log.", nil},
		{Stakes, "Play tennis at the tennis court.", nil},
		{Gain, "She slept, safe at last.", []string{"slept", "safe", "at last"}},
		{Gain, "Save the file and close it.", nil},
		{Gain, "The REST API is new.", nil},
		{Benefit, "Offline mode means you sign from the shaft.", []string{"means you"}},
		{Benefit, "It syncs, so nobody re-types it.", []string{"so nobody"}},
		{Benefit, "Close the week without phoning the depot.", []string{"without phoning"}},
		{Benefit, "We are so excited.", nil},
		{Benefit, "It has a wider belt.", nil},
		{FeatureVerb, "Relay supports RFID and includes twelve templates.", []string{"supports", "includes"}},
		{FeatureVerb, "The farmers support him.", nil},
	})
}

func TestWhoseFeeling(t *testing.T) {
	check(t, []reading{
		{Feeling, "We're thrilled to share it.", []string{"thrilled · ours"}},
		{Feeling, "Tankwise is proud to introduce Relay.", []string{"proud · ours"}},
		{Feeling, "Excited to share our new barcode line.", []string{"Excited · ours"}},
		{Feeling, "The night-shift planner stopped dreading Fridays.", []string{"dreading · theirs"}},
		{Feeling, "Our customers dread Fridays.", []string{"dread · theirs"}},
		{Feeling, "We know how frustrated planners are.", []string{"frustrated · theirs"}},
		{Feeling, "You worry about the trace.", []string{"worry · theirs"}},
		{Feeling, "We are happy to help, feel free to call.", nil},
		{Feeling, "We run a stress test weekly.", nil},
		{Feeling, "The happy path is covered.", nil},
		{Polite, "We'd be happy to help with the move.", []string{"We'd be happy to"}},
		{Polite, "Feel free to ask.", []string{"Feel free"}},
		{Polite, "The belt runs free.", nil},
	})
}

func TestAnnounced(t *testing.T) {
	check(t, []reading{
		{Announce, "We're thrilled to announce our new barcode line.", []string{"We're thrilled to announce = announce"}},
		{Announce, "Today we are very excited to finally share our rebrand.", []string{"we are very excited to finally share = announce"}},
		{Announce, "Tankwise is proud to introduce Relay.", []string{"Tankwise is proud to introduce = announce"}},
		{Announce, "We proudly present Relay.", []string{"We proudly = pride"}},
		{Announce, "Today Tankwise proudly presents Relay.", []string{"Tankwise proudly presents = announce"}},
		{Announce, "Proud to be launching in Cavan.", []string{"Proud to be launching = announce"}},
		{Announce, "We're excited to see what you build.", []string{"We're excited to see = see"}},
		{Announce, "We are excited for you to try it.", []string{"excited for you to = for you"}},
		{Announce, "We can't wait to show you.", []string{"can't wait to = await"}},
		{Announce, "It is with great pleasure that we open it.", []string{"It is with great pleasure = pleasure"}},
		{Announce, "We're confident you'll love it.", []string{"We're confident you'll = confident"}},
		{Announce, "You'll love the new belt.", []string{"You'll love = love"}},
		{Announce, "We're delighted that Cavan chose it.", []string{"We're delighted that = that"}},
		{Announce, "We're happy to help you move.", nil},
		{Announce, "Your drivers will be thrilled to share a cab.", nil},
		{Announce, "The planner was excited to share the round.", nil},
		{Announce, "We were not excited to announce a delay.", nil},
		{Announce, "We launched it on Friday.", nil},
		{Announce, "They can't wait to go home.", nil},
	})
}

func TestParticulars(t *testing.T) {
	check(t, []reading{
		{Particular, "Nine trucks queued at 5:10 in Calais.", []string{"Nine trucks = number", "5:10 = moment", "Calais = place"}},
		{Particular, "At 4 p.m. on Friday the invoice was still on the desk.", []string{"4 p.m = moment", "Friday = moment", "invoice = artefact", "desk = artefact"}},
		{Particular, "It cut waiting by 32% and saved $11,000.", []string{"32 = number", "11,000 = number"}},
		{Particular, "41 of Rotterdam's 50 largest cranes use it.", []string{"41 of Rotterdam's = number", "Rotterdam's = place", "50 largest cranes = number"}},
		{Particular, "Nine of our trucks waited.", []string{"Nine of our trucks = number"}},
		{Particular, "Your planners rebuild the plan.", []string{"planners rebuild · theirs = role"}},
		{Particular, "The driver never signed.", []string{"driver never signed · theirs = role"}},
		{Particular, "My mother called.", []string{"mother called · theirs = role"}},
		{Particular, "The load spoiled on March 4.", []string{"March 4 = moment"}},
		{Particular, "In August they stopped trucking water.", []string{"In August = moment"}},
		{Particular, "Relay 4.2 is out.", nil},
		{Particular, "Upgrade to version 3 today.", nil},
		{Particular, "Founded in 1987, it grew.", nil},
		{Particular, "See step 12 below.", nil},
		{Particular, "Plans start at $9 per month.", nil},
		{Particular, "Planners can rebuild it.", nil},
		{Particular, "Use the driver print option.", nil},
		{Particular, "We march on, and you may follow.", nil},
		{Particular, "There are two ways to do it.", nil},
		{Particular, "Works with large scale data and a contract test.", nil},
		{Particular, "It depends on the provider's own agile approach.", nil},

		{Proof, "It cut waiting by 32%.", []string{"32 = number"}},
		{Proof, "It reads formats such as PDF.", []string{"such as = example"}},
		{Proof, "According to the coastguard of Oslo, hoses fail.", []string{"According to = source"}},
		{Proof, "According to experts, hoses fail.", nil},
		{Proof, "It comes in three sizes: small, medium and large.", []string{"small, medium and large = list"}},
		{Proof, "It does one thing: it counts.", nil},
		{Proof, "It is fast.", nil},
	})
}

func TestClaims(t *testing.T) {
	check(t, []reading{
		{Puff, "The industry-leading solution for crane inspection.", []string{"industry-leading = boast"}},
		{Puff, "Tankwise is the leader in milk haulage.", []string{"the leader · ours = leader"}},
		{Puff, "We are the leading global provider of seals.", []string{"leading global provider · ours = leader"}},
		{Puff, "Relay is the only tool that counts starts.", []string{"the only tool that · ours = only"}},
		{Puff, "Relay 4 is our most powerful release yet.", []string{"our most powerful · ours = superlative"}},
		{Puff, "Our world class support.", []string{"world class · ours = boast"}},
		{Puff, "We serve world-class hospitals and world-class clients.", []string{"world-class · ours = boast", "world-class · theirs = boast"}},
		{Puff, "Next Generation EU pays for it.", nil},
		{Puff, "It is not a world-class system.", nil},
		{Puff, "In 1998 it was cutting-edge.", nil},
		{Puff, "Vendors promise revolutionary results.", nil},
		{Puff, "The only thing that helps is sleep.", nil},
		{Puff, "Smoking is a leading cause of death.", nil},
		{Puff, "A so-called \"game-changing\" belt.", nil},

		{SoftPuff, "Our robust, scalable kiln controls.", []string{"robust · ours", "scalable · ours"}},
		{SoftPuff, "Open Smart Search in the menu.", nil},
		{SoftPuff, "It stores rich text.", nil},
		{SoftPuff, "It isn't simple.", nil},

		{Slogan, "One platform for all your fleet maintenance.", []string{"One platform for"}},
		{Slogan, "Your trusted partner in industrial coatings.", []string{"trusted partner"}},
		{Slogan, "Audit-ready compliance, simplified.", []string{"simplified"}},
		{Slogan, "The simplified form is one page.", nil},
		{Slogan, "We repaint it free if it chips.", nil},

		{Vague, "Streamline operations and drive growth.", []string{"Streamline operations = streamline operations", "drive growth = drive growth"}},
		{Vague, "Boost visibility, reduce costs, improve collaboration.", []string{"Boost visibility = boost visibility", "reduce costs = reduce costs", "improve collaboration = improve collaboration"}},
		{Vague, "Unlock productivity across the workshop.", []string{"Unlock productivity = unlock productivity"}},
		{Vague, "We optimize your daily workflows.", []string{"optimize your daily workflows · ours = optimize workflows"}},
		{Vague, "They drive to work, and growth follows.", nil},
		{Vague, "Copy it to the drive when growth stops.", nil},
		{Vague, "It does not improve efficiency.", nil},
		{Vague, "Improve how you report costs.", nil},
		{Vague, "Add a process.", nil},
		{Vague, "Reduce the sugar in your rinse water.", nil},

		{Studies, "Studies show that most spills are preventable.", []string{"Studies show"}},
		{Studies, "Experts agree on it.", []string{"Experts agree"}},
		{Studies, "Research shows it, by Lindqvist in 2022.", nil},
		{Studies, "The coastguard blamed hoses.", nil},

		{Absolute, "It never fails.", []string{"never fails"}},
		{Absolute, "Relay is 100% secure.", []string{"100 · ours"}},
		{Absolute, "It uses 40% of it.", nil},
		{Absolute, "Set up in minutes.", []string{"in minutes"}},
		{Absolute, "It is not always dry.", nil},
		{Absolute, "Use a zero-trust network.", nil},
	})
}

func TestStance(t *testing.T) {
	check(t, []reading{
		{Stock, "In today's fast-paced world of logistics, agility matters.", []string{"In today's = opening", "fast-paced = filler"}},
		{Stock, "Now more than ever, dairies need insight.", []string{"Now more than ever = opening"}},
		{Stock, "With the rise of AI, HR is changing rapidly.", []string{"With the rise of = opening"}},
		{Stock, "It's no secret that hoses fail.", []string{"It's no secret = opening"}},
		{Stock, "Farmers are poorer in today's market.", []string{"in today's = within"}},
		{Stock, "Logistics is changing the way we eat.", []string{"Logistics is changing the way = opening"}},
		{Stock, "Milk doesn't wait for Monday.", nil},
		{Stock, "In Trondheim the milk froze.", nil},
		{Stock, "Stay tuned for more.", []string{"Stay tuned = filler"}},
		{Stock, "More and more farms freeze it.", nil},

		{Hedge, "Sustainability may play a key role.", []string{"may", "key role"}},
		{Hedge, "AI could potentially help.", []string{"could", "potentially"}},
		{Hedge, "In May the lanes flood.", nil},
		{Hedge, "Count starts rather than miles.", nil},
		{Contest, "Never outsource the scale you bill with.", []string{"Never"}},
		{Contest, "Most teams think so, and they are wrong.", []string{"Most teams", "wrong"}},
		{Contest, "Don't forget your gloves.", nil},
		{Contest, "There are several sizes.", nil},
		{Call, "Contact us today to learn more.", []string{"Contact us", "learn more"}},
		{Call, "Send one week of files.", nil},
	})
}
