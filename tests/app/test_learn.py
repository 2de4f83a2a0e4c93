"""The Learn page, the cards of a point, and the way to help, run without a browser."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from bodymap.atlas import emergency, load
from bodymap.records import default_url, open_store
from bodymap.ui.access import Access
from bodymap.ui.session import PERSON
from bodymap.ui.tables import _cells
from bodymap.ui.therapies import NOT_READ, NOTHING

APP = Path(__file__).parents[2] / "app.py"
SECONDS = 60
ATLAS = load()
HELP = ("help", "")


@pytest.fixture(autouse=True)
def on_this_computer(monkeypatch):
    # AppTest has no server and no browser from which the access could be decided.
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.LOCAL)


def explore(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=SECONDS)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def learn(slug: str | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=SECONDS).run()
    at.switch_page("bodymap/ui/pages/learn.py")
    if slug is not None:
        at.query_params["page"] = slug
    return at.run()


def titles(at: AppTest) -> list[str]:
    """Return the page's titles as they are read, the side beside the name."""
    written = "".join(element.proto.body for element in at.get("html"))
    in_html = [re.sub("<[^>]+>", "", title) for title in re.findall("<h1>(.*?)</h1>", written)]
    return [title.value for title in at.title] + in_html


def links(at: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.page, link.proto.query_string) for link in at.get("page_link")]


def html(at: AppTest) -> str:
    bodies = (part.proto.body for part in at.get("html"))
    return "".join(body for body in bodies if not body.startswith("<style>"))


def words(at: AppTest) -> str:
    return html(at) + "".join(text.value for text in at.markdown)


def opened(at: AppTest, key: str) -> AppTest:
    at.session_state[key] = True
    return at.run()


def test_the_list_names_every_page_in_order():
    assert links(learn())[:-1] == [("learn", f"page={text.id}") for text in ATLAS.learn_pages]


@pytest.mark.parametrize("slug", [text.id for text in ATLAS.learn_pages])
def test_every_page_opens_at_its_address_and_leads_to_help_in_one_action(slug):
    at = learn(slug)

    assert not at.exception
    assert titles(at) == [ATLAS.text("learn", slug).page.title]
    assert HELP in links(at)


def test_an_unknown_page_falls_back_to_the_list_with_one_calm_sentence():
    at = learn("nothing-like-this")

    assert titles(at) == ["Learn"]
    assert [info.value for info in at.info] == ["We don't know this page. Here are all of them."]


def test_a_page_leads_to_the_one_before_the_one_after_and_to_the_map():
    found = links(learn("between-the-shoulder-blades"))

    assert ("learn", "page=trigger-or-tender-point") in found
    assert ("learn", "page=lower-back-buttocks-thighs") in found
    assert ("", "area=interscapular") in found


def test_the_first_page_has_none_before_it():
    labels = [link.proto.label for link in learn("why-the-whole-back-hurts").get("page_link")]

    assert not any(label.startswith("Previous") for label in labels)
    assert "Next: How fibromyalgia is recognised" in labels


def test_the_clinical_wording_names_sources_and_the_plain_one_does_not():
    plain = learn("medicines")
    assert "S139" not in html(plain)

    clinical = plain.toggle(key="clinical_wording").set_value(True).run()

    assert "NNH dizziness 3.7" in html(clinical)
    assert "S139" in html(clinical)


def test_the_table_sets_guidelines_side_by_side_and_says_what_was_not_read():
    shown = html(learn("complementary-therapies"))
    row = shown[shown.index('role="rowheader">Acupuncture') :]
    row = row[: row.index("</tr>")]

    assert "<strong>Weakly for</strong>" in row
    assert "<strong>Against</strong>" in row
    assert f"{NOT_READ}. It is said: left open" in row
    assert NOTHING in shown
    assert shown.count('role="columnheader"') == 5


def test_a_table_escapes_what_it_is_given():
    assert "<b>" not in _cells(["a", "<b>"], ["x", "y"])


def test_the_page_about_mood_shows_every_crisis_line_with_its_date():
    shown = html(learn("mood-and-worry"))

    for country in emergency.load().countries.values():
        assert country.country in shown
        assert country.crisis_line in shown
        assert country.checked in shown


def test_the_page_about_mood_shows_the_persons_own_number_first():
    with open_store(default_url()) as store:
        store.set_preference(PERSON, "country", "GB")

    at = learn("mood-and-worry")

    assert any(
        text.value == "If you think of harming yourself: **116 123**" for text in at.markdown
    )
    assert "Call 999 now" in words(at)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"area": "whole-body"},
        *({"area": area} for area in ATLAS.areas),
        *({"point": p.id, "side": p.sides[0]} for p in list(ATLAS.points.values())[::5]),
    ],
    ids=lambda query: "-".join(query.values()) or "start",
)
def test_every_explanation_on_the_map_leads_to_help_in_one_action(query):
    at = explore(**query)

    assert HELP in links(at) or '<a href="help"' in html(at)


def test_an_area_leads_to_the_pages_about_it():
    assert ("learn", "page=between-the-shoulder-blades") in links(explore(area="interscapular"))


def test_a_trigger_point_offers_two_closed_cards():
    at = explore(point="rhomboid-major-upper", side="left")
    labels = [card.label for card in at.expander]

    assert labels[:2] == ["Trigger point or tender point?", "The muscle: Rhomboid major"]
    # Closed: their words are not sent.
    assert "pulls the blade in and up" not in html(at)
    assert ("learn", "page=trigger-or-tender-point") not in links(at)


def test_an_area_with_tender_points_offers_the_card_on_the_two_kinds_and_others_do_not():
    kinds = "Trigger point or tender point?"

    assert kinds in [card.label for card in explore(area="buttock").expander]
    assert kinds not in [card.label for card in explore(area="mid-back").expander]


def test_the_card_on_the_two_kinds_leads_to_its_page():
    at = opened(explore(point="tender-gluteal", side="left"), "card-which-kind")

    assert "18 fixed spots" in words(at)
    assert ("learn", "page=trigger-or-tender-point") in links(at)


def test_a_tender_point_has_no_muscle_card_and_a_control_site_no_card_at_all():
    tender = explore(point="tender-gluteal", side="left")
    control = explore(point="control-forehead", side="midline")

    kinds = "Trigger point or tender point?"
    assert [card.label for card in tender.expander][:-1] == [kinds]  # the last: sources
    assert [card.label for card in control.expander][:-1] == []


def test_the_muscle_card_tells_of_it_and_chooses_its_other_points_on_the_same_side():
    at = explore(point="rhomboid-major-upper", side="left")
    at = opened(at, "card-muscle-rhomboid-major")

    assert "It pulls the blade in and up" in html(at)
    here, other = (
        at.button(key=f"muscle-point-rhomboid-major-{end}") for end in ("upper", "lower")
    )
    assert here.disabled
    chosen = other.click().run().query_params
    assert (chosen["point"], chosen["side"]) == ("rhomboid-major-lower", "left")
