"""Choosing a place and marking it: by mouse, by touch, by keyboard; saved and there again."""

import pytest
from conftest import Server
from explorer import BY_ITSELF, TOUCHED
from marking import levels_of
from playwright.sync_api import expect

UPPER_LEFT = ("rhomboid-major-upper", "left")


def marks_of(server: Server) -> dict:
    """Return {(target, side): (touched, by itself)} of the only day in the record."""
    (check_in,) = server.check_ins()
    return levels_of(check_in)


def test_three_clicks_lead_from_the_open_page_to_a_saved_mark(explorer, shared_server):
    explorer.open()

    explorer.open_area("Between the shoulder blades")
    explorer.choose_point("Rhomboid, upper, left")
    explorer.mark(6)

    explorer.sees_saved()
    assert explorer.actions == 3
    assert marks_of(shared_server) == {UPPER_LEFT: (6, None)}


def test_a_mark_is_still_there_after_a_reload(explorer):
    explorer.open().open_area("Between the shoulder blades").choose_point("Rhomboid, upper, left")
    explorer.mark(6).mark(3, BY_ITSELF).sees_saved()

    explorer.reload()

    explorer.sees_level(6).sees_level(3, BY_ITSELF)
    explorer.sees_mark("Rhomboid, upper, left", "marked 6 of 10 when touched, 3 by itself")


def test_a_mark_is_still_there_when_everything_was_closed_and_the_server_restarted(
    server, another_person
):
    first = another_person(server.url).open("/?point=rhomboid-major-upper&side=left")
    first.mark(8).sees_saved()
    first.page.close()
    server.stop()
    server.start()

    later = another_person(server.url).open()

    later.open_area("Between the shoulder blades")
    later.sees_mark("Rhomboid, upper, left", "marked 8 of 10 when touched")


def test_a_finger_on_a_phone_marks_a_point_in_three_taps(phone, shared_server):
    phone.open()

    phone.open_area("Between the shoulder blades")
    phone.choose_point("Rhomboid, upper, left")
    phone.mark(7)

    phone.sees_saved()
    assert phone.actions == 3
    assert marks_of(shared_server) == {UPPER_LEFT: (7, None)}


def test_a_whole_area_can_be_marked(explorer, shared_server):
    explorer.open().open_area("Lower back")

    explorer.press_button("Mark Lower back, right")
    explorer.mark(4, BY_ITSELF).sees_saved()

    assert marks_of(shared_server) == {("lower-back", "right"): (None, 4)}


def test_an_area_without_points_opens_its_levels_at_once(explorer, shared_server):
    explorer.open()

    explorer.press(explorer.area("Calf, left"))
    explorer.mark(5).sees_saved()

    assert explorer.actions == 2
    assert marks_of(shared_server) == {("calf", "left"): (5, None)}


def test_the_way_back_from_an_area_whose_points_are_hidden_leads_to_the_whole_back(explorer):
    explorer.open("/?area=forearm-back&side=left")
    expect(explorer.pad).to_be_visible()
    explorer.press_button("Whole back").sees_title("Where does it hurt?")


def test_the_number_for_a_bad_day_takes_two_actions(explorer, shared_server):
    explorer.open()

    explorer.press_button("Give one number and finish")
    explorer.mark(9, BY_ITSELF).sees_saved()

    assert explorer.actions == 2
    assert marks_of(shared_server) == {("whole-body", "midline"): (None, 9)}
    expect(explorer.page.get_by_role("radiogroup", name=TOUCHED)).to_be_hidden()


def test_undo_takes_back_the_last_change_and_only_that(explorer, shared_server):
    explorer.open("/?point=rhomboid-major-upper&side=left")
    explorer.mark(6).mark(2, BY_ITSELF).mark(9).sees_saved()

    explorer.press_button("Undo")
    explorer.sees_level(6).sees_level(2, BY_ITSELF).sees_saved()

    assert marks_of(shared_server) == {UPPER_LEFT: (6, 2)}


def test_undo_back_to_the_beginning_leaves_no_mark(explorer, shared_server):
    explorer.open("/?point=rhomboid-major-upper&side=left").mark(6).sees_saved()

    explorer.press_button("Undo")

    explorer.sees_no_level(TOUCHED)
    expect(explorer.button("Undo")).to_be_disabled()
    expect(explorer.pad.get_by_text("Taken back.")).to_be_visible()
    explorer.reload().sees_no_level(TOUCHED)


def test_clear_removes_both_numbers_and_can_be_undone(explorer, shared_server):
    explorer.open("/?point=rhomboid-major-upper&side=left")
    explorer.mark(6).mark(2, BY_ITSELF).sees_saved()

    explorer.press_button("Clear")
    explorer.sees_no_level(TOUCHED).sees_no_level(BY_ITSELF)
    expect(explorer.pad.get_by_text("Cleared.")).to_be_visible()
    explorer.press_button("Undo clear")

    explorer.sees_level(6).sees_level(2, BY_ITSELF).sees_saved()
    assert marks_of(shared_server) == {UPPER_LEFT: (6, 2)}


def test_no_pain_here_is_an_answer_and_not_the_same_as_no_answer(explorer, shared_server):
    explorer.open("/?area=interscapular").choose_point("Rhomboid, upper, left")

    explorer.press_button("No pain here")

    explorer.sees_level(0).sees_level(0, BY_ITSELF).sees_saved()
    assert marks_of(shared_server) == {UPPER_LEFT: (0, 0)}
    explorer.sees_mark("Rhomboid, upper, left", "marked 0 of 10 when touched, 0 by itself")
    expect(
        explorer.picture.get_by_role("radio", name="Rhomboid, upper, right", exact=True)
    ).to_be_attached()


@pytest.mark.parametrize("level", [0, 10])
def test_both_ends_of_the_scale_can_be_marked(explorer, shared_server, level):
    explorer.open("/?point=rhomboid-major-upper&side=left").mark(level).sees_saved()

    assert marks_of(shared_server) == {UPPER_LEFT: (level, None)}


def test_a_press_sends_as_little_after_many_as_at_the_beginning(explorer):
    """With each press the tab names what it keeps; that must not grow as long as it is open."""
    explorer.open("/?point=rhomboid-major-upper&side=left")
    largest = []
    for marks in (5, 25):
        for number in range(marks):
            explorer.mark(number % 10).sees_saved()
        explorer.sent.clear()
        explorer.mark(10).sees_saved()
        largest.append(max(map(len, explorer.sent)))
    early, late = largest
    assert late < 1.5 * early, largest
