package review

// Make judges the sources and decides what to say. It changes nothing it is given.
func Make(req Request) *Plan {
	return &Plan{Schema: Schema}
}
