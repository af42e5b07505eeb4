package review

// Home is where tellwell is published, and the path of its module. "example-org" stands in for the owner; CONTRIBUTING.md says how to
// change it everywhere.
const Home = "github.com/example-org/tellwell"
