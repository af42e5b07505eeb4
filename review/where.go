package review

// Aside returns why a file is not content that tellwell judges ("a README", "a legal page", "generated"), or "". When named, the
// person asked for this path, and the folder it lies in does not matter.
func Aside(cfg *Config, path string, src []byte, named bool) string { return "" }
