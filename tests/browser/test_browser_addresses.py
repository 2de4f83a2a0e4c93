"""What an address opens, what it becomes, and the browser's own back button."""

import re

import pytest
from explorer import FIRST_LOAD_MS
from lines import SlowLine
from playwright.sync_api import expect
from sampling import sample
from windows import exploring

UNKNOWN = "We don't know this address. Here is the whole back."


def test_an_address_opens_exactly_that_area_side_view_and_body(explorer):
    explorer.open("/?view=back&body=female&area=interscapular&side=left")

    explorer.sees_title("Between the shoulder blades", "left")
    expect(explorer.open_area_points).to_be_attached()
    explorer.back_to_the_whole()
    expect(explorer.button("Body: Female body")).to_be_visible()


@pytest.mark.parametrize(
    ("point", "side", "name", "side_word"),
    [
        ("rhomboid-major-upper", "left", "Rhomboid, upper", "left"),
        ("rhomboid-major-upper", "right", "Rhomboid, upper", "right"),
        ("pectoralis-major-breastbone", "left", None, "left"),  # on the front
    ],
)
def test_an_address_opens_exactly_that_point_on_that_side(explorer, point, side, name, side_word):
    explorer.open(f"/?point={point}&side={side}")

    chosen = explorer.open_area_points.get_by_role("radio", checked=True)
    expect(chosen).to_have_count(1)
    label = chosen.get_attribute("aria-label")
    assert label.endswith(f", {side_word}")
    assert name is None or label == f"{name}, {side_word}"
    explorer.sees_title(*label.rsplit(", ", 1))
    expect(explorer.pad).to_be_visible()


UNKNOWN_ADDRESSES = [
    "/?point=rhomboid-major-upper&side=middle",
    "/?area=%3Cscript%3Ealert(1)%3C/script%3E",
    "/?area=chest&area=jaw",
    "/?area=nowhere",
    "/?point=rhomboid-major-upper",
    "/?body=robot",
    "/?view=above",
    "/?area=chest&view=back",
    "/?what=ever",
]


@pytest.mark.parametrize("address", sample(UNKNOWN_ADDRESSES[:3], of=UNKNOWN_ADDRESSES))
def test_an_unknown_address_shows_the_start_and_one_calm_sentence(explorer, address):
    explorer.open(address)

    explorer.sees_title("Where does it hurt?")
    expect(explorer.page.get_by_text(UNKNOWN)).to_be_visible()
    expect(explorer.page).to_have_url(f"{explorer.url}/")


def test_the_sentence_is_gone_with_the_next_choice(explorer):
    explorer.open("/?area=nowhere").open_area("Lower back")

    expect(explorer.page.get_by_text(UNKNOWN)).to_be_hidden()


def test_the_address_of_a_choice_opens_it_for_someone_else(explorer, another_person):
    explorer.open().open_area("Lower back")
    explorer.choose_point("Deep spine muscles, low back, right")

    other = another_person(explorer.url)
    other.page.goto(explorer.page.url, timeout=FIRST_LOAD_MS)

    other.ready().sees_title("Deep spine muscles, low back", "right")


def test_the_browsers_back_button_goes_to_the_choice_before(explorer):
    explorer.open().open_area("Lower back").choose_point("Deep spine muscles, low back, left")
    # the address comes last
    expect(explorer.page).to_have_url(re.compile("point=multifidi-lumbar"))

    explorer.page.go_back()
    explorer.sees_title("Lower back", "middle")
    expect(explorer.pad).to_be_hidden()
    explorer.page.go_back()
    explorer.sees_title("Where does it hurt?")
    expect(explorer.whole_body).to_be_attached()
    explorer.page.go_forward()
    explorer.sees_title("Lower back", "middle")
    explorer.page.go_forward()
    explorer.sees_title("Deep spine muscles, low back", "left")


def test_coming_back_from_another_page_keeps_the_choice(explorer):
    explorer.open("/?point=rhomboid-major-upper&side=left")

    explorer.go_to("Settings").sees_title("Settings")
    explorer.go_to("Explore")

    explorer.ready().sees_title("Rhomboid, upper", "left")


def test_a_mark_made_before_the_server_has_answered_the_choice_does_not_lead_away(
    windows, shared_server
):
    """On a slow line the address is still that of the area when the mark is sent."""
    with exploring(windows(), shared_server.url, is_changed=True) as person:
        line = SlowLine(person.page)
        person.open("/?area=interscapular&side=left")

        line.hold()
        person.press(person.point("Rhomboid, upper, left"))
        person.until(lambda: line.is_holding(b"rhomboid-major-upper"), "the server has answered")
        person.mark(6)
        line.let_go()

        person.sees_saved().sees_level(6).sees_title("Rhomboid, upper", "left")
