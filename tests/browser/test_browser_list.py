"""The list beside the picture, or below it on a phone: it finds, and does all the picture does."""

import re

import pytest
from marking import levels_of
from playwright.sync_api import expect

SHOULDER_BLADE = re.compile(r"/\?area=shoulder-blade&side=left$")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("shoulder blade", "Between the shoulder blades, left"),  # an everyday word
        ("low back", "Lower back, left"),
        ("bottom", "Buttock, left"),
        ("rhomboid major", "Rhomboid, upper, left"),  # a Latin name
        ("gluteus medius", "Middle buttock muscle, middle, left"),
        ("NECK", "Back of the neck"),
        ("jaw", "Jaw, left"),  # it lies on the other view
    ],
)
def test_the_list_finds_a_place_by_the_words_people_use(reader, words, place):
    reader.at_the_start().search(words)

    found = reader.list_of_places.get_by_role("button", name=place)
    expect(found.first).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("rombiod", "Rhomboid, upper, left"),
        ("sholder blade", "Shoulder blade, left"),
        ("trapezuis", "Upper trapezius, back, left"),
        ("lúmbar", "Lower back, left"),
    ],
)
def test_typing_errors_and_accents_are_forgiven(reader, typed, place):
    reader.search(typed)

    expect(reader.found(place)).to_be_visible()


def test_what_only_comes_near_says_so(reader):
    near = reader.page.get_by_text("Nothing is spelt like this")

    reader.search("rombiod")
    expect(near).to_be_visible()
    reader.search("rhomboid")
    expect(near).to_have_count(0)


def test_a_page_to_read_opens_and_can_be_opened_again(explorer):
    explorer.open()
    for _ in range(2):
        explorer.search("sleep")
        explorer.press(
            explorer.page.get_by_role("region", name="Pages to read").get_by_role("button").first
        )
        explorer.sees_title("Sleep and fatigue")
        explorer.go_to("Explore").ready().sees_title("Where does it hurt?")


def test_nothing_found_says_what_to_do_next(reader):
    reader.at_the_start().search("qqqq")

    expect(
        reader.page.get_by_text("Nothing found. Try another word, or touch the body.")
    ).to_be_visible()
    reader.press_button("Clear the search")
    expect(reader.search_box).to_be_focused()
    expect(reader.found("Shoulders and upper back")).to_be_visible()


def test_the_list_opens_the_same_area_as_the_picture(explorer):
    explorer.open()
    explorer.press(explorer.found("Shoulder blade, left"))
    explorer.sees_title("Shoulder blade", "left")
    expect(explorer.page).to_have_url(SHOULDER_BLADE)
    from_the_list = explorer.open_area_points.aria_snapshot()

    explorer.back_to_the_whole().open_area("Shoulder blade, left")
    explorer.sees_title("Shoulder blade", "left")

    expect(explorer.page).to_have_url(SHOULDER_BLADE)
    assert explorer.open_area_points.aria_snapshot() == from_the_list


def test_the_list_chooses_and_marks_the_same_point_as_the_picture(explorer, shared_server):
    explorer.open().search("rhomboid major upper")

    explorer.press(explorer.found("Rhomboid, upper, right"))
    explorer.sees_title("Rhomboid, upper", "right").mark(8).sees_saved()

    assert levels_of(shared_server.check_ins()[0]) == {("rhomboid-major-upper", "right"): (8, None)}
    expect(explorer.point("Rhomboid, upper, right")).to_be_checked()


def test_a_place_on_the_other_view_turns_the_body_round(explorer):
    explorer.open().search("jaw")

    explorer.press(explorer.found("Jaw, left"))

    explorer.sees_title("Jaw", "left")
    expect(explorer.button("Whole front")).to_be_visible()


def test_hovering_a_row_lights_and_names_the_place_on_the_picture(reader):
    reader.at_the_start()
    tag = reader.page.get_by_text("Shoulder blade, right", exact=True)
    expect(tag).to_be_hidden()

    reader.found("Shoulder blade, right").hover()

    expect(tag).to_be_visible()


def test_every_area_of_the_picture_is_in_the_list(reader):
    reader.at_the_start()
    closed = reader.list_of_places.get_by_role("button", expanded=False)
    for _ in range(closed.count()):
        closed.first.click()
    expect(closed).to_have_count(0)

    names = [
        radio.get_attribute("aria-label") for radio in reader.picture.get_by_role("radio").all()
    ]
    assert len(names) >= 30
    for name in names:
        expect(reader.list_of_places.get_by_role("button", name=name).first).to_be_visible()


def test_on_a_phone_the_list_lies_below_the_picture_and_brings_it_back_into_view(
    phone, shared_server
):
    phone.open().search("rhomboid")
    assert phone.search_box.bounding_box()["y"] > phone.picture.bounding_box()["y"]

    phone.press(phone.found("Rhomboid, upper, left"))

    phone.sees_title("Rhomboid, upper", "left")
    expect(phone.page.get_by_text("Your left", exact=True)).to_be_in_viewport()
    phone.mark(5).sees_saved()
    assert levels_of(shared_server.check_ins()[0]) == {("rhomboid-major-upper", "left"): (5, None)}


def test_a_marked_place_says_so_in_the_list(explorer):
    explorer.open("/?area=shoulder-blade&side=left").press_button("Mark Shoulder blade, left")
    explorer.mark(6).sees_saved().back_to_the_whole()

    row = explorer.list_of_places.get_by_role(
        "button", name="Shoulder blade, left, marked 6 of 10 when touched"
    )
    expect(row).to_contain_text("6")
