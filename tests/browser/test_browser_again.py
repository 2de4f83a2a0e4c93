"""Marking and drawing again: the first answers stay hidden, and stay as they are."""

import json
import re

import pytest
from explorer import BY_ITSELF, box
from marking import area_shaded, days_ago, levels_of, operation
from playwright.sync_api import expect

from bodymap.ui.session import PERSON

RHOMBOID, CALF = ("rhomboid-major-upper", "left"), ("calf", "right")
FIRST = {RHOMBOID: (7, 3), CALF: (4, None)}


@pytest.fixture
def marked(shared_server):
    """Return a server with two marks of today."""
    put(shared_server, *(operation(*place, *FIRST[place], at=days_ago(0)) for place in FIRST))
    return shared_server


def put(server, *statements):
    with server.opened_record() as store:
        store.apply(PERSON, statements)


def today(server):
    (check_in,) = server.check_ins()
    return check_in


def again(server):
    return {mark.place: (mark.touched_nrs, mark.by_itself_nrs) for mark in today(server).again}


def is_at(person, name, count):
    expect(person.page.get_by_role("heading", level=2, name=name)).to_be_visible()
    expect(person.page.get_by_text(count, exact=True)).to_be_visible()


def sees_saved(person):
    expect(person.page.get_by_text("Saved", exact=True)).to_be_visible()


def reads(person, sentence):
    expect(person.page.get_by_text(sentence, exact=isinstance(sentence, str))).to_be_visible()


def received(person):
    """Return a list that takes up every message from the server from now on."""
    messages = []
    person.page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda message: messages.append(
                message if isinstance(message, bytes) else message.encode()
            ),
        ),
    )
    return messages


def test_today_is_marked_again_with_the_mouse_and_stays_as_it_was(explorer, marked):
    explorer.open_page("/mark-again")
    is_at(explorer, "Rhomboid, upper, left", "1 of 2")
    explorer.sees_no_level().sees_no_level(BY_ITSELF)

    explorer.mark(5).mark(3, BY_ITSELF).press_button("Next")
    is_at(explorer, "Calf, right", "2 of 2")
    expect(explorer.page.get_by_role("radiogroup", name=BY_ITSELF)).to_be_hidden()
    explorer.mark(4)

    reads(explorer, "Your two answers were up to 2 apart.")
    explorer.until(lambda: again(marked) == {RHOMBOID: (5, 3), CALF: (4, None)}, "on the disk")
    assert levels_of(today(marked)) == FIRST
    explorer.open("/?area=interscapular").sees_mark(
        "Rhomboid, upper, left", "marked 7 of 10 when touched, 3 by itself"
    )


def test_the_keyboard_alone_marks_again(explorer, marked):
    explorer.open_page("/mark-again")
    is_at(explorer, "Rhomboid, upper, left", "1 of 2")
    explorer.press_tab_until(explorer.level(0))

    explorer.press_keys("1", "0", "Tab", "3").press_tab_until(explorer.button("Next"))
    explorer.press_keys("Enter")
    is_at(explorer, "Calf, right", "2 of 2")
    explorer.press_keys("4").press_tab_until(explorer.button("Finish"))
    explorer.press_keys("Enter")

    reads(explorer, "That is all. Thank you.")
    reads(explorer, "Your two answers were up to 3 apart.")
    explorer.until(lambda: again(marked) == {RHOMBOID: (10, 3), CALF: (4, None)}, "on the disk")
    assert levels_of(today(marked)) == FIRST


def test_on_a_phone_a_reload_in_the_middle_goes_on_where_it_was(phone, marked):
    phone.open_page("/mark-again")
    is_at(phone, "Rhomboid, upper, left", "1 of 2")
    phone.mark(7).mark(3, BY_ITSELF)
    sees_saved(phone)
    phone.until(lambda: again(marked) == {RHOMBOID: (7, 3)}, "on the disk")

    phone.page.reload()

    is_at(phone, "Calf, right", "2 of 2")
    phone.press_button("Previous")
    phone.sees_level(7).sees_level(3, BY_ITSELF).press_button("Next")
    phone.mark(4)
    reads(phone, "Your two answers were the same each time.")
    assert levels_of(today(marked)) == FIRST


def test_what_is_on_its_way_when_the_tab_reloads_still_arrives(explorer, marked):
    explorer.open_page("/mark-again")
    is_at(explorer, "Rhomboid, upper, left", "1 of 2")

    marked.pause()
    explorer.mark(6)
    explorer.until(
        lambda: "rhomboid" in explorer.page.evaluate("JSON.stringify({...sessionStorage})"), "kept"
    )
    marked.resume()
    explorer.page.reload()

    explorer.sees_level(6)
    explorer.until(lambda: again(marked) == {RHOMBOID: (6, None)}, "on the disk")


def test_an_answer_can_be_cleared_and_the_first_one_stays(explorer, marked):
    explorer.open_page("/mark-again")
    explorer.mark(5)
    explorer.until(lambda: again(marked) == {RHOMBOID: (5, None)}, "on the disk")

    explorer.press_button("Clear")

    explorer.sees_no_level()
    explorer.until(lambda: again(marked) == {}, "cleared on the disk")
    assert levels_of(today(marked)) == FIRST


def test_the_first_answers_are_nowhere_in_what_the_browser_gets(explorer, marked):
    messages = received(explorer)
    explorer.open_page("/mark-again")
    is_at(explorer, "Rhomboid, upper, left", "1 of 2")
    explorer.sees_no_level().sees_no_level(BY_ITSELF)
    explorer.mark(5)
    sees_saved(explorer)

    got = [data for message in messages for data in exercises_in(message)]
    assert got, "the exercise was sent"
    for data in got:
        assert data["places"] == [
            {
                "target": "rhomboid-major-upper",
                "side": "left",
                "name": "Rhomboid, upper, left",
                "kind": "point",
                "scales": ["touched", "by_itself"],
            },
            {
                "target": "calf",
                "side": "right",
                "name": "Calf, right",
                "kind": "area",
                "scales": ["touched"],
            },
        ]
        assert data["again"] in (
            {},
            {"rhomboid-major-upper|left": {"touched": 5, "by_itself": None}},
        )
    assert not [message for message in messages if b'"marks"' in message]


def exercises_in(message):
    """Yield what the component was sent in a message: the JSON object that holds ``places``."""
    text = message.decode(errors="replace")
    for found in re.finditer(r'\{"day":', text):
        data, _ = json.JSONDecoder().raw_decode(text, found.start())
        if "places" in data:
            yield data


def test_without_marks_of_today_the_way_leads_to_the_map(explorer, shared_server):
    put(shared_server, operation(*RHOMBOID, 7, at=days_ago(3)))
    explorer.open()
    expect(explorer.page.get_by_role("link", name="Draw where it hurts")).to_be_visible()
    expect(explorer.page.get_by_role("link", name="Mark the same places again")).to_have_count(0)

    explorer.open_page("/mark-again")

    reads(explorer, re.compile("^There are no marks of today yet"))
    explorer.press(explorer.page.get_by_role("link", name="To the map"))
    explorer.ready()


def test_the_start_leads_to_marking_again_once_something_is_marked(explorer, marked):
    explorer.open()

    explorer.press(explorer.page.get_by_role("link", name="Mark the same places again"))

    explorer.sees_title("Mark again")
    is_at(explorer, "Rhomboid, upper, left", "1 of 2")


# The drawing.


def board(person):
    expect(person.page.locator(".stage.drawing")).to_be_visible()
    expect(areas(person).get_by_role("checkbox").first).to_be_attached()


def areas(person):
    return person.page.get_by_role("group", name=re.compile("shade whole areas$"))


def drawn(person):
    return person.page.get_by_role("region", name="What to draw with").get_by_role("listitem")


def shade(person, name):
    areas(person).get_by_role("checkbox", name=name).focus()
    person.press_keys("Space")


def turn_drawing_again(person):
    person.press(person.page.get_by_text("Draw it again, the first one hidden", exact=True))


def shaded(drawing):
    return {(stroke.area, stroke.side) for stroke in drawing.strokes}


def test_a_drawing_is_made_again_on_an_empty_board_and_the_two_are_compared(
    explorer, shared_server
):
    put(shared_server, area_shaded("calf", "left", at=days_ago(0), nrs=7))
    explorer.open_page("/draw")
    board(explorer)
    expect(drawn(explorer)).to_have_count(1)

    turn_drawing_again(explorer)
    expect(drawn(explorer)).to_have_count(0)
    shade(explorer, "Calf, left")
    shade(explorer, "Calf, right")
    sees_saved(explorer)
    explorer.until(lambda: len(today(shared_server).drawing_again.strokes) == 2, "on the disk")
    expect(explorer.page.get_by_text(re.compile("drawings overlap"))).to_have_count(0)
    assert shaded(today(shared_server).drawing) == {("calf", "left")}

    turn_drawing_again(explorer)

    reads(explorer, re.compile(r"^Your two drawings overlap by 0\.50"))
    expect(drawn(explorer)).to_have_count(1)
    turn_drawing_again(explorer)
    expect(areas(explorer).get_by_role("checkbox", name="Calf, right")).to_be_checked()
    explorer.press_button("Undo")
    explorer.until(lambda: len(today(shared_server).drawing_again.strokes) == 1, "taken back")
    assert shaded(today(shared_server).drawing) == {("calf", "left")}


def test_the_first_drawing_is_nowhere_in_what_the_browser_gets(phone, shared_server):
    first = area_shaded("calf", "left", at=days_ago(0), nrs=7)
    put(shared_server, first)
    messages = received(phone)

    phone.open_page("/draw?again=1")
    board(phone)
    expect(drawn(phone)).to_have_count(0)
    expect(phone.page.get_by_role("switch", checked=True)).to_be_attached()

    assert [message for message in messages if b'"strokes"' in message]
    assert not [message for message in messages if first.stroke_id.encode() in message]
    assert box(phone.page.get_by_test_id("stCheckbox").locator("label"))["height"] >= 44
    turn_drawing_again(phone)
    expect(drawn(phone)).to_have_count(1)
    assert [message for message in messages if first.stroke_id.encode() in message]
