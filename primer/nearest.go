package primer

// nearest returns the name that a slip of the keyboard or a plural away from word, or "" when none is so near. A short word may be
// one slip away, one of six letters and more two. Of several the first of the nearest.
func nearest(word string, names []string) string {
	best, found := 3, ""
	for _, name := range names {
		allowed := 1
		if min(len(word), len(name)) >= 6 {
			allowed = 2
		}
		if d := slips(word, name); d <= allowed && d < best {
			best, found = d, name
		}
	}
	return found
}

// slips counts the letters added, dropped, changed or swapped with their neighbour between a and b (optimal string alignment).
// Words of more than 40 bytes are nowhere near each other.
func slips(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 40
	}
	var rows [3][41]int
	before, prev, row := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(b)]
}
