"""What people set in their system: less motion, forced colours, a dark page; and paper."""

import re
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect
from windows import exploring

MOVES = {"reduced_motion": "no-preference"}
MOVING = """() => {
  const nodes = [...document.querySelectorAll("*")];
  const roots = [document, ...nodes.map((node) => node.shadowRoot).filter(Boolean)];
  return roots.flatMap((root) => root.getAnimations())
    .map((one) => String(one.animationName ?? one.transitionProperty ?? one));
}"""
CHOOSE_AND_LOOK = f"""(radio) => {{ radio.click(); return ({MOVING})(); }}"""


def test_with_reduced_motion_nothing_moves_when_an_area_is_opened(explorer):
    explorer.open()

    moving = explorer.area("Between the shoulder blades").evaluate(CHOOSE_AND_LOOK)

    assert moving == []
    explorer.sees_title("Between the shoulder blades").choose_point("Rhomboid, upper, left")
    assert explorer.level(6).evaluate(CHOOSE_AND_LOOK) == []


def test_without_it_the_map_moves_in_and_comes_to_rest(windows, shared_server):
    with exploring(windows(**MOVES), shared_server.url) as person:
        person.open()

        person.area("Between the shoulder blades").click()

        person.until(lambda: person.page.evaluate(MOVING) != [], "the picture moves")
        person.until(lambda: person.page.evaluate(MOVING) == [], "everything stands still")


def test_nothing_moves_by_itself(windows, shared_server):
    with exploring(windows(**MOVES), shared_server.url) as person:
        person.open()

        person.until(lambda: person.page.evaluate(MOVING) == [], "everything stands still")


def test_forced_colours_show_the_map_and_where_the_focus_is(windows, shared_server):
    with exploring(windows(forced_colors="active"), shared_server.url) as person:
        person.open("/?area=interscapular")
        for name in ("Rhomboid, upper, left", "Rhomboid, lower, right"):
            assert focus_changes_the_picture(person, person.point(name)) > 60
        person.choose_point("Rhomboid, upper, left").mark(6).sees_saved()
        assert focus_changes_the_picture(person, person.level(3)) > 60


def test_the_focus_is_seen_on_points_areas_and_levels(explorer):
    explorer.open()
    assert focus_changes_the_picture(explorer, explorer.area("Calf, left")) > 200
    explorer.open_area("Between the shoulder blades")
    assert focus_changes_the_picture(explorer, explorer.point("Rhomboid, upper, left")) > 200
    explorer.choose_point("Rhomboid, upper, left")
    assert focus_changes_the_picture(explorer, explorer.level(3)) > 200


def test_the_dark_page_has_a_dark_map(windows, shared_server):
    with exploring(windows(color_scheme="dark"), shared_server.url) as person:
        person.open()
        expect(person.picture).to_have_css("color-scheme", "dark")


def focus_changes_the_picture(person, control):
    """Return how many pixels around a control change when the keyboard comes to it."""
    person.page.keyboard.press("Shift")  # from now on the browser shows where the focus is
    place = control.bounding_box()
    around = {
        "x": place["x"] - 12,
        "y": place["y"] - 12,
        "width": place["width"] + 24,
        "height": place["height"] + 24,
    }

    def look():
        return Image.open(BytesIO(person.page.screenshot(clip=around, animations="disabled")))

    control.evaluate("(e) => e.getRootNode().activeElement?.blur()")
    without = look().convert("RGB")
    control.focus()
    difference = ImageChops.difference(without, look().convert("RGB")).convert("L")
    return sum(difference.histogram()[32:])


@pytest.mark.parametrize(
    "address",
    [
        "/?point=rhomboid-major-upper&side=left",
        "/?area=interscapular&side=left",
        "/?area=lower-back&side=left",
    ],
)
def test_a_point_and_an_area_print_as_one_page_with_their_picture(explorer, address):
    explorer.open(address)
    expect(explorer.picture.get_by_role("radio").first).to_be_attached()

    sheets = explorer.page.pdf(format="A4", print_background=True)
    explorer.page.emulate_media(media="print")

    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    expect(explorer.page.locator(".stage")).to_be_visible()
    expect(explorer.pad).to_be_hidden()
    expect(explorer.page.get_by_role("navigation")).to_be_hidden()
