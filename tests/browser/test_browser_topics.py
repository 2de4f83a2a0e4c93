"""A complaint or a muscle opened by itself: the points that belong to it."""

import re

import pytest
from playwright.sync_api import expect


def topic(person, name):
    return person.page.get_by_role("region", name=name, exact=True)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("turning my head", "I can't turn my head"),
        ("lifting my arm", "I can't lift my arm to the side"),
        ("sitting", "Pain when I sit for long"),
    ],
)
def test_a_complaint_says_what_to_rule_out_first_and_leads_to_its_points(
    explorer, words, complaint
):
    explorer.open().search(words).press_button(complaint).sees_title(complaint)

    first = explorer.page.get_by_text("Have this looked at first:")
    expect(first.filter(visible=True).first).to_be_visible()
    points = topic(explorer, complaint).get_by_role("button", name=", left")
    chosen = points.first.get_attribute("aria-label")
    explorer.press(points.first)
    explorer.sees_title(*chosen.rsplit(", ", 1))
    expect(explorer.pad).to_be_visible()

    explorer.press_button(complaint).sees_title(complaint)  # the way back


def test_a_complaint_can_be_picked_where_it_hurts_in_several_places(explorer):
    explorer.open().press_button("Several places, or not sure which").sees_title("Where it hurts")

    explorer.press(explorer.page.get_by_role("link", name="I can't reach behind my back"))

    explorer.sees_title("I can't reach behind my back")
    expect(explorer.page).to_have_url(re.compile("complaint=reaching-behind-my-back"))


def test_the_map_hears_what_was_chosen_in_the_text_before_the_text_shows_it(explorer):
    """Or else a touch right after the text has changed would count as older, and be undone."""
    heard = []
    explorer.page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame))
    )
    explorer.open()
    heard.clear()

    explorer.press_button("Several places, or not sure which").sees_title("Where it hurts")

    map_at, *_ = (at for at, frame in enumerate(heard) if b'"command": 1' in frame)
    text_at, *_ = (at for at, frame in enumerate(heard) if b"Where it hurts</h1>" in frame)
    assert map_at < text_at


def test_a_complaint_leads_on_to_touching_where_it_hurts(explorer):
    explorer.open("/?complaint=turning-my-head").sees_title("I can't turn my head")

    explorer.press_button("Touch where it hurts instead").sees_title("Where it hurts")

    expect(topic(explorer, "I can't turn my head")).to_be_hidden()


def test_a_muscle_is_shown_with_its_points_and_their_patterns(reader):
    reader.at_the_start().search("rhomboid major")
    reader.press(reader.page.get_by_role("region", name="Muscles").get_by_role("button").first)

    reader.sees_title("Rhomboid major")
    expect(topic(reader, "Rhomboid major").get_by_role("button", name=", right")).to_have_count(2)
    expect(reader.page.locator(".spread .pattern")).to_have_count(4)
    lit = reader.page.locator('.figure [data-muscle="rhomboid-major"].hot')
    sides = lit.evaluate_all("groups => new Set(groups.map((group) => group.dataset.side)).size")
    assert sides == 2


def test_the_card_of_a_point_leads_to_its_whole_muscle_and_back(explorer):
    explorer.open("/?point=scalenes&side=left")
    explorer.press(explorer.page.get_by_text("The muscle: Scalenes"))

    explorer.press_button("Show the whole muscle").sees_title("Scalenes")
    expect(explorer.page).to_have_url(re.compile("muscle=scalenes"))
    points = topic(explorer, "Scalenes").get_by_role("button", name=", right")
    explorer.press(points)
    explorer.press_button("Scalenes").sees_title("Scalenes")
    expect(explorer.page.locator(".topic-name")).to_be_focused()

    explorer.press_keys("Escape").sees_title("Where does it hurt?")


def test_a_muscle_opens_by_the_keyboard_alone(explorer):
    explorer.open().search("gluteus medius")
    muscle = explorer.page.get_by_role("region", name="Muscles").get_by_role("button").first
    muscle.focus()

    explorer.press_keys("Enter").sees_title("Gluteus medius")
    expect(explorer.page.locator(".topic-name")).to_be_focused()
    side = topic(explorer, "Gluteus medius").get_by_role("button", name=", left").first
    explorer.press_tab_until(side).press_keys("Enter")

    expect(explorer.pad).to_be_visible()
