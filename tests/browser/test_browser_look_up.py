"""'Where does it hurt?' the other way round: places are touched, and the points are listed."""

import re

from explorer import box
from playwright.sync_api import expect

START = "Several places, or not sure which"


def place(person, name):
    """A check box on the picture while places are touched."""
    return person.whole_body.get_by_role("checkbox", name=name, exact=True)


def hits(person):
    return person.page.get_by_role("region", name="Where it hurts").get_by_role(
        "button", name=re.compile("often felt|may spread")
    )


def answer(person):
    return person.page.get_by_role("region", name="Where it hurts").get_by_role("status")


def test_touched_places_lead_to_the_points_that_are_said_to_reach_them(explorer, shared_server):
    explorer.open().press_button(START).sees_title("Where it hurts")

    explorer.press(place(explorer, "Shoulder blade, left"))
    explorer.press(place(explorer, "Calf, right"))

    expect(place(explorer, "Shoulder blade, left")).to_be_checked()
    expect(place(explorer, "Calf, right")).to_be_checked()
    expect(hits(explorer).first).to_contain_text("Small buttock muscle, back, right")
    expect(answer(explorer)).to_contain_text("points are said to send pain here")
    expect(explorer.page).to_have_url(re.compile("hurts=shoulder-blade_left~calf_right$"))
    assert shared_server.check_ins() == ()


def test_two_touches_lead_from_a_chosen_area_to_its_points(explorer):
    explorer.open().open_area("Between the shoulder blades")

    explorer.press_button("Which points are said to send pain here?")

    explorer.sees_title("Where it hurts")
    expect(hits(explorer).first).to_be_visible()
    assert explorer.actions == 2


def test_a_point_that_was_found_leads_back_to_all_that_was_found(explorer):
    explorer.open("/?hurts=calf_left~buttock_left")

    explorer.press(hits(explorer).first)
    expect(explorer.pad).to_be_visible()
    explorer.press_button("All that was found").sees_title("Where it hurts")

    expect(place(explorer, "Calf, left")).to_be_checked()
    expect(place(explorer, "Buttock, left")).to_be_checked()


def test_touching_a_place_again_takes_it_out(explorer):
    explorer.open("/?hurts=calf_left")
    expect(hits(explorer).first).to_be_visible()

    explorer.press(place(explorer, "Calf, left"))

    expect(place(explorer, "Calf, left")).not_to_be_checked()
    expect(hits(explorer)).to_have_count(0)
    expect(answer(explorer)).to_contain_text("Touch every place that hurts")


def test_what_no_pattern_reaches_is_named(explorer):
    explorer.open("/?hurts=knee-back_left~foot-back_left~hand-back_left~chest_left")

    expect(explorer.page.get_by_text("No point of these maps is said to reach")).to_be_visible()


def test_a_touched_area_leads_to_its_own_explanation_without_a_new_page(explorer):
    explorer.open("/?hurts=calf_left")
    explorer.asked.clear()

    explorer.press(explorer.page.get_by_role("link", name="Calf, left"))
    explorer.sees_title("Calf", "left")

    assert not [address for address in explorer.asked if "/_stcore/stream" in address]


def test_the_keyboard_alone_looks_up_and_leaves_again(explorer):
    explorer.open().press_button(START).sees_title("Where it hurts")
    place(explorer, "Shoulder blade, left").focus()

    explorer.press_keys("Space")
    expect(place(explorer, "Shoulder blade, left")).to_be_checked()
    expect(place(explorer, "Shoulder blade, left")).to_be_focused()
    explorer.press_keys("ArrowRight", "ArrowRight", "Enter")
    expect(place(explorer, "Shoulder blade, right")).to_be_checked()
    expect(hits(explorer).first).to_be_visible()

    explorer.press_keys("Escape")  # hides the name beside the focus
    explorer.press_keys("Escape").sees_title("Where does it hurt?")


def test_the_list_takes_places_in_and_out_as_the_picture_does(explorer):
    explorer.open().press_button(START).sees_title("Where it hurts")

    explorer.search("calf").press(explorer.found("Calf, right"))

    expect(place(explorer, "Calf, right")).to_be_checked()
    expect(explorer.found("Calf, right")).to_have_attribute("aria-pressed", "true")


def test_a_spot_stays_in_its_place_on_another_body(explorer):
    explorer.open("/?hurts=")
    explorer.page.get_by_role("radio", name="Spots").check()
    blade = box(place(explorer, "Between the shoulder blades"))
    explorer.page.mouse.click(blade["x"] + 8, blade["y"] + 4)
    expect(hits(explorer).first).to_be_visible()
    explorer.until(lambda: "hurts=back_" in explorer.page.url, "the spot is in the address")
    spot = explorer.page.url.split("hurts=")[1]

    explorer.switch_body("Larger body")

    explorer.until(lambda: "body=larger" in explorer.page.url, "the body is in the address")
    assert spot.split("_")[:1] == explorer.page.url.split("hurts=")[1].split("_")[:1]
    before, after = ([float(x) for x in part.split("_")[1:]] for part in (
        spot, explorer.page.url.split("hurts=")[1]
    ))  # fmt: skip
    assert abs(before[0] - after[0]) < 0.005
    assert abs(before[1] - after[1]) < 0.005


def test_a_finger_on_a_phone_finds_its_points(phone):
    phone.open()
    phone.press_button(START).sees_title("Where it hurts")

    phone.press(place(phone, "Shoulder blade, left"))
    phone.press(hits(phone).nth(1))

    expect(phone.pad).to_be_visible()
    phone.press_button("All found").sees_title("Where it hurts")


def test_the_emergency_line_comes_before_what_was_found(explorer):
    explorer.open("/?hurts=chest_left")

    note = explorer.page.get_by_text("Call your emergency number now").first
    expect(note).to_be_visible()
    expect(hits(explorer).first).to_be_visible()
