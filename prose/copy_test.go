package prose

import "testing"

func TestRoleOf(t *testing.T) {
	for key, want := range map[string]role{
		"title": headlineCopy, "heroTitle": headlineCopy, "hero.sub_title": headlineCopy, "features[2].Text": textCopy, "subtitle": textCopy,
		"bullets[0]": textCopy, "cta": labelCopy, "hero.ctaText": labelCopy, "link_text": labelCopy, "quote": wordsCopy, "author": speakerCopy,
		"seo_title": noCopy, "ogDescription": noCopy, "image_caption": noCopy, "author_title": noCopy, "speaker-text": noCopy, "weight": noCopy,
		"": noCopy, "[0]": noCopy, "a.": noCopy,
	} {
		if got := roleOf(key); got != want {
			t.Errorf("%q: %v, want %v", key, got, want)
		}
	}
}

func TestIsCopy(t *testing.T) {
	for text, want := range map[string]bool{
		"The lift is full.": true, "Pricing": true, "# Before the lift": true, "See https://linen.example for the count.": true, "Sign-up": true,
		"<b>Nobody</b> rings.": true, "Café": true,
		"": false, "  ": false, "https://linen.example": false, "mailto:orla@linen.example": false, "/book": false, "#book": false, "#fff": false,
		"take-action": false, "img/lift.jpg": false, "{{ page.title }}": false, "${price}": false, "<br>": false, "42": false, "a_b": false, "./lift": false,
	} {
		if got := isCopy(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// Template tags and attribute lists within a value are not read.
func TestTagsInValues(t *testing.T) {
	p := Parse("a.md", []byte("---\ntitle: Lift\nhero:\n  headline: Count with {{ site.product }} at night\n  text: \"The lift{:class='x'} at "+
		"[the ward](https://linen.example){:rel='y'} is full {% icon lift %} at four.\"\n---\nBody.\n"))
	check(t, p)
	for i, want := range []string{"Count with at night", "The lift at the ward is full at four.", "Body."} {
		if got := p.Blocks[i].Sentences[0].Text; got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
}
