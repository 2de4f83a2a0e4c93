"""Own words that would be markup somewhere: if any of them is more than words, a test sees it."""

import re

from marking import answers, operation

from bodymap.records import Details, Tried

HOST = "canary.invalid"

# In every way in which something reads text as more than text. Up to 40 characters each: that is
# how long a thing that was tried may be.
CANARIES = (
    f'<a href="//{HOST}/a">link</a>',
    "<b>bold</b><br>&lt;i&gt; &#60;u> %{x}",
    "$x^2$ <extra>e</extra> %{fullData.name}",
    f"<img src=//{HOST}/b> \u202et\u2069\u2066",
    f"[link](//{HOST}/c)",
    f"![image](//{HOST}/d)",
    ":red[r] :material/home: `code` **bold**",
    f'<svg onload=fetch("//{HOST}/e")>',
    f"javascript:fetch('//{HOST}/f')",
    "# heading\n- item\n> quote\n\n---",
    "</div></td><script>alert(1)</script>",
    "zero\u200bwidth\ufeff \u200dhere ~~gone~~ $$y$$",
    "{{x}} ${x} {x} %(x)s \\<b\\> &amp;amp;",
)
assert all(len(one) <= 40 for one in CANARIES), "too long to be tried"
PLACES = (
    *("trapezius-upper-edge", "trapezius-upper-back", "trapezius-middle-inner"),
    *("trapezius-middle-outer", "trapezius-lower-edge", "trapezius-lower-top"),
    *("levator-scapulae-neck", "levator-scapulae-blade", "rhomboid-minor"),
    *("rhomboid-major-upper", "rhomboid-major-lower", "suboccipitals", "splenius-capitis"),
)


def shown(words: str) -> str:
    """Return how own words look: as they are, but for what would turn the words around them."""
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", words)


def planted(at, tried=CANARIES):
    """Return what a day holds with a canary in every field of own words."""
    marks = [
        operation(place, "left", 5, 3, at=at, details=Details(own_word=own, note=note))
        for place, own, note in zip(PLACES, CANARIES, reversed(CANARIES), strict=True)
    ]
    said = [Tried(one, "yes") for one in tried]
    return [*marks, answers(tried=tuple(said), journal="\n\n".join(CANARIES), at=at)]
