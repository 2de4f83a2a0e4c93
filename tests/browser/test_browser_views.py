"""Two views, four bodies, the person's own sides, and names before anything is chosen."""

import json
from pathlib import Path

import pytest
from explorer import middle_x, middle_y
from marking import levels_of
from playwright.sync_api import expect

CATALOG = json.loads((Path(__file__).parents[2] / "static/map/catalog.json").read_text("utf-8"))
SIDES = ("left", "right")
BODIES = [body["name"] for body in CATALOG["bodies"]]
TWO_SIDED = {
    view: [
        target["name"]
        for target in CATALOG["targets"]
        if target["kind"] == "area" and target["view"] == view and target["lens"] == "side"
    ]
    for view in ("back", "front")
}


def test_there_are_four_bodies():
    assert BODIES == ["Neutral body", "Female body", "Male body", "Larger body"]


def test_the_point_that_is_chosen_and_its_mark_stay_on_every_body(explorer):
    explorer.open("/?point=rhomboid-major-upper&side=left").mark(6).sees_saved()

    for body in BODIES[1:]:
        explorer.switch_body(body)
        expect(explorer.page).to_have_url(explorer.url + address_on(body))
        explorer.sees_title("Rhomboid, upper", "left").sees_level(6)
        explorer.sees_mark("Rhomboid, upper, left", "marked 6 of 10 when touched")
        expect(explorer.picture.get_by_role("radio", checked=True)).to_have_count(1)


def address_on(body):
    return f"/?body={body.split()[0].lower()}&point=rhomboid-major-upper&side=left"


def test_marks_are_there_again_after_a_look_at_the_other_view(explorer):
    explorer.open("/?area=shoulder-blade&side=left")
    explorer.press_button("Mark Shoulder blade, left")
    explorer.mark(5).sees_saved().back_to_the_whole()
    explorer.sees_mark("Shoulder blade, left", "marked 5 of 10 when touched")

    explorer.switch_view("Front")
    expect(explorer.area("Shoulder blade, left")).to_have_count(0)
    explorer.switch_view("Back")

    explorer.sees_mark("Shoulder blade, left", "marked 5 of 10 when touched")


@pytest.mark.parametrize("body", BODIES)
def test_the_front_of_every_body_can_be_read_and_marked(explorer, shared_server, body):
    explorer.open(f"/?view=front&body={body.split()[0].lower()}")
    explorer.open_area("Chest")
    name = explorer.open_area_points.get_by_role("radio").first.get_attribute("aria-label")

    explorer.choose_point(name).mark(3).sees_saved()

    (check_in,) = shared_server.check_ins()
    assert list(levels_of(check_in).values()) == [(3, None)]


@pytest.mark.parametrize(("view", "left_comes_first"), [("back", True), ("front", False)])
def test_your_left_and_your_right_stand_where_they_are_in_both_views(
    explorer, view, left_comes_first
):
    """From behind, a person's left is on the left of the screen; from the front on the right."""
    explorer.open(f"/?view={view}")

    def is_left_first(left, right):
        return middle_x(left) < middle_x(right)

    words = [explorer.page.get_by_text(f"Your {side}", exact=True) for side in SIDES]
    assert is_left_first(*words) is left_comes_first
    assert len(TWO_SIDED[view]) >= 8
    for name in TWO_SIDED[view]:
        sides = [explorer.area(f"{name}, {side}") for side in SIDES]
        assert is_left_first(*sides) is left_comes_first, name


def test_your_left_stays_on_screen_from_the_whole_body_to_the_mark(explorer):
    explorer.open()
    for step in (
        lambda: None,
        lambda: explorer.open_area("Between the shoulder blades"),
        lambda: explorer.choose_point("Rhomboid, upper, left"),
    ):
        step()
        expect(explorer.page.get_by_text("Your left", exact=True)).to_be_in_viewport()
        expect(explorer.page.get_by_text("Your right", exact=True)).to_be_in_viewport()


@pytest.mark.parametrize(
    ("view", "area"),
    [("back", "Between the shoulder blades"), ("back", "Lower back"), ("front", "Chest")],
)
def test_the_third_that_was_touched_is_the_side_that_is_opened(explorer, view, area):
    """Left, middle and right of one area are one target, and still no side gets mixed up."""
    explorer.open(f"/?view={view}")
    spine = sum(middle_x(explorer.area(f"{TWO_SIDED[view][0]}, {side}")) for side in SIDES) / 2
    height = middle_y(explorer.area(area))
    viewers_left, viewers_right = SIDES if view == "back" else SIDES[::-1]

    for x, side in ((spine - 18, viewers_left), (spine + 18, viewers_right)):
        explorer.page.mouse.click(x, height)
        explorer.sees_title(area, side).back_to_the_whole(view)


def test_hovering_names_an_area_before_it_is_chosen(reader):
    reader.at_the_start()
    expect(name_tag(reader, "Calf, left")).to_be_hidden()

    reader.area("Calf, left").hover()

    expect(name_tag(reader, "Calf, left")).to_be_visible()
    reader.sees_title("Where does it hurt?")
    reader.page.keyboard.press("Escape")
    reader.title.hover()
    expect(name_tag(reader, "Calf, left")).to_be_hidden()


def test_escape_hides_the_name_tag_while_the_pointer_stays(reader):
    reader.at_the_start().area("Calf, left").focus()
    reader.press_keys("ArrowRight")
    expect(name_tag(reader, "Calf, right")).to_be_visible()

    reader.press_keys("Escape")

    expect(name_tag(reader, "Calf, right")).to_be_hidden()
    reader.sees_title("Where does it hurt?")


def test_a_name_tag_that_was_hidden_stays_so_when_the_picture_is_drawn_again(reader):
    """Else a second Escape hides it once more, instead of leading out, whenever an answer comes."""
    reader.at_the_start().area("Calf, left").focus()
    reader.press_keys("ArrowRight", "Escape")
    size = reader.page.viewport_size

    drawn = reader.page.locator(".over")
    before = drawn.get_attribute("viewBox")
    reader.page.set_viewport_size({"width": size["width"] - 80, "height": size["height"]})
    expect(drawn).not_to_have_attribute("viewBox", before)
    expect(name_tag(reader, "Calf, right")).to_be_hidden()
    reader.page.set_viewport_size(size)

    reader.press_keys("ArrowLeft", "ArrowRight")
    expect(name_tag(reader, "Calf, right")).to_be_visible()


def test_the_focus_of_the_keyboard_names_an_area_too(reader):
    reader.at_the_start().area("Back of the head").focus()

    reader.press_keys("ArrowDown", "ArrowDown", "ArrowLeft")

    expect(reader.area("Shoulder blade, left")).to_be_focused()
    expect(name_tag(reader, "Shoulder blade, left")).to_be_visible()


def test_hovering_names_a_point_before_it_is_chosen(explorer):
    explorer.open("/?area=interscapular").press_button("Move closer")

    explorer.point("Rhomboid, upper, left").hover()

    expect(name_tag(explorer, "Rhomboid, upper, left")).to_be_visible()
    # the patterns of all points are read only now; drawing again must not take the name away
    expect(explorer.page.locator(".spread .pattern")).to_be_attached()
    expect(name_tag(explorer, "Rhomboid, upper, left")).to_be_visible()
    expect(explorer.pad).to_be_hidden()


def test_every_point_of_a_wide_map_is_named_beside_the_picture(explorer):
    explorer.open("/?area=interscapular")

    for point in CATALOG["targets"]:
        if point.get("area") == "interscapular":
            beside = explorer.page.get_by_role("button", name=point["name"], include_hidden=True)
            expect(beside.locator("visible=true").filter(has_text=point["name"])).to_have_count(2)


def name_tag(explorer, name):
    return explorer.page.get_by_text(name, exact=True)


def test_marking_the_left_side_never_touches_the_right(explorer, shared_server):
    """In every way a mark can be made, on both views and all bodies, only the left one is."""
    explorer.open("/?area=interscapular").choose_point("Rhomboid, upper, left").mark(6)  # picture
    explorer.sees_saved().back_to_the_whole()
    explorer.search("infraspinatus, inner").press(
        explorer.found("Infraspinatus, inner, left")
    )  # list
    explorer.sees_title("Infraspinatus, inner", "left").mark(4).sees_saved()
    explorer.open("/?view=front&body=female&area=chest&side=left")  # an address, the front
    explorer.press_button("Mark Chest, left")
    explorer.mark(7, "By itself").sees_saved()
    explorer.open("/?body=larger&area=calf&side=left").press_button("No pain here").sees_saved()

    (check_in,) = shared_server.check_ins()
    assert levels_of(check_in) == {
        ("rhomboid-major-upper", "left"): (6, None),
        ("infraspinatus-inner", "left"): (4, None),
        ("chest", "left"): (None, 7),
        ("calf", "left"): (0, 0),
    }
    explorer.open("/?point=rhomboid-major-upper&side=right").sees_no_level()
    explorer.mark(2).sees_saved()
    explorer.open("/?point=rhomboid-major-upper&side=left").sees_level(6)
    marks = levels_of(shared_server.check_ins()[0])
    assert marks["rhomboid-major-upper", "left"] == (6, None)
    assert marks["rhomboid-major-upper", "right"] == (2, None)
