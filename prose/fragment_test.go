package prose

import "testing"

func TestFragment(t *testing.T) {
	for _, test := range []struct{ path, text, want string }{
		{"blog/rounds.md", "# Rounds\n", ""},
		{"content/blog/_index.md", "# All posts\n", ""},
		{"docs/_setup.mdx", "Read this first.\n", "a partial: its name begins with _"},
		{"_includes/cta.html", "<p>Ring us</p>", "a partial: it lies under _includes/"},
		{"layouts/partials/hero.html", "<p>Ring us</p>", "a layout"}, // Hugo's partials lie in its folder of layouts
		{"_layouts/post.html", "<p>x</p>", "a layout"},
		{"src/base.html", "<main>\n  {{ content }}\n</main>", "a layout"},
		{"src/base.njk.html", "<main>\n{% block content %}{% endblock %}\n</main>", "a layout"},
		{"blog/liquid.md", "Write `{{ content }}` where the page goes, and {{ content }} in a sentence is none.\n", ""},
		{"data/_draft/a.md", "# A\n", ""},
	} {
		if got := Parse(test.path, []byte(test.text)).Fragment(); got != test.want {
			t.Errorf("%s: %q, want %q", test.path, got, test.want)
		}
	}
}
