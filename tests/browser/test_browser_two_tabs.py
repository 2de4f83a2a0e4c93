"""Two tabs on one record: the older one takes nothing back, and what is deleted stays deleted."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect
from windows import exploring

POINT = "/?point=rhomboid-major-upper&side=left"
PLACE = ("rhomboid-major-upper", "left")


@pytest.fixture
def tabs(windows, shared_server):
    """Two tabs of one browser on this computer's own record."""
    with ExitStack() as stack:
        yield [stack.enter_context(exploring(windows(), shared_server.url)) for _ in range(2)]


@pytest.fixture
def guests(windows, open_server):
    """Two tabs of one guest, in a window of their own: tabs that are open tell each other."""
    with ExitStack() as stack:
        window = stack.enter_context(windows.of_a_stranger(open_server.url))
        yield [stack.enter_context(exploring(window, open_server.url)) for _ in range(2)]


def scale(person, name, level):
    group = person.page.get_by_role("radiogroup", name=name)
    return group.get_by_role("radio", name=str(level), exact=True)


def say(person, name, level):
    scale(person, name, level).check(force=True)


def sees_saved(person):
    expect(person.page.get_by_text("Saved", exact=True)).to_be_visible()


def the_answers(server):
    return server.check_ins()[0].answers


def the_mark(server):
    return server.check_ins()[0].marks[0]


def journal(person):
    return person.page.get_by_label("Notes for yourself")


def write(person, words):
    journal(person).fill(words)
    person.title.click()  # leaves the field


def test_answers_of_the_older_tab_leave_the_newer_ones_as_they_are(tabs, shared_server):
    older, newer = tabs
    older.open_page("/check-in")
    expect(scale(older, "Your mood", 3)).to_be_attached()
    newer.open_page("/check-in")
    say(newer, "Worst pain since you woke up", 8)
    newer.press_button("Heat")
    write(newer, "Slept badly.")
    newer.until(lambda: bool(shared_server.check_ins()), "something is kept")
    newer.until(lambda: the_answers(shared_server).journal == "Slept badly.", "the note is kept")

    write(older, "A long drive.")  # first: what comes back for the others shows it the newer note
    say(older, "Your mood", 3)
    older.press_button("A walk")

    older.until(lambda: "drive" in the_answers(shared_server).journal, "the other note is kept")
    older.until(lambda: len(the_answers(shared_server).tried) == 2, "what was said last is kept")
    said = the_answers(shared_server)
    assert (said.worst_nrs, said.mood_nrs) == (8, 3)
    assert {each.what for each in said.tried} == {"heat", "walk"}
    assert said.journal.splitlines() == ["Slept badly.", "A long drive."]
    expect(journal(older)).to_have_value("Slept badly.\nA long drive.")
    expect(scale(older, "Worst pain since you woke up", 8)).to_be_checked()


def test_a_mark_in_the_older_tab_leaves_what_the_newer_said_of_it(tabs, shared_server):
    older, newer = tabs
    older.open(POINT).mark(4).sees_saved()
    newer.open(POINT).sees_level(4)
    newer.press_button("Say more about it").press_button("burning")
    newer.page.get_by_label("A note to yourself").fill("After the garden.")
    newer.title.click()
    newer.until(lambda: the_mark(shared_server).details.note != "", "the note is kept")

    older.press_button("Say more about it").press_button("numb")
    older.mark(7).sees_saved()

    older.until(lambda: the_mark(shared_server).touched_nrs == 7, "the level is kept")
    details = the_mark(shared_server).details
    assert (set(details.qualities), details.note) == ({"burning", "numb"}, "After the garden.")


def test_what_one_tab_deletes_the_other_does_not_bring_back(tabs, shared_server):
    older, newer = tabs
    older.open(POINT).mark(6).sees_saved()
    newer.open_page("/settings").press_button("Delete this day")
    newer.press(newer.page.get_by_role("dialog").get_by_role("button", name="Delete it"))
    expect(newer.page.get_by_text("That day is deleted.")).to_be_visible()

    older.sees_no_level()
    older.press(older.button("Between the shoulder blades"))

    older.until(lambda: not shared_server.check_ins(), "nothing came back")
    older.reload()
    assert not shared_server.operations()


def test_a_guests_tabs_each_have_the_whole_record(guests):
    one, other = guests
    one.open(POINT).mark(6).sees_saved()
    other.open(POINT).sees_level(6)

    other.open_page("/check-in")
    say(other, "Your mood", 3)
    sees_saved(other)

    one.go_to("My marks").sees_title("My marks")
    expect(one.page.get_by_role("rowheader", name="Rhomboid, upper, left")).to_be_visible()
    one.open_page("/check-in")
    expect(scale(one, "Your mood", 3)).to_be_checked()


def test_what_a_guest_deletes_in_one_tab_is_gone_in_the_other(guests):
    one, other = guests
    one.open(POINT).mark(6).sees_saved()
    other.open(POINT).sees_level(6)
    one.go_to("Settings").sees_title("Settings").press_button("Delete this day")
    one.press(one.page.get_by_role("dialog").get_by_role("button", name="Delete it"))
    expect(one.page.get_by_text("That day is deleted.")).to_be_visible()

    other.sees_no_level()
    other.reload().sees_no_level()


@pytest.mark.parametrize("address", ["/my-marks", "/settings", "/learn"])
def test_a_guests_record_is_there_after_a_reload_on_any_page(guests, address):
    guest, _ = guests
    guest.open(POINT).mark(6).sees_saved()
    guest.open_page("/check-in")
    say(guest, "Your mood", 3)
    sees_saved(guest)
    guest.open_page(address)

    guest.page.reload()
    guest.go_to("My marks").sees_title("My marks")

    expect(guest.page.get_by_role("rowheader", name="Rhomboid, upper, left")).to_be_visible()
    guest.open_page("/check-in")
    expect(scale(guest, "Your mood", 3)).to_be_checked()
