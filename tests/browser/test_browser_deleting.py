"""A day that was deleted is gone, also from what the tab keeps; what is made afterwards stays."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from marking import days_ago, levels_of, operation
from playwright.sync_api import expect
from windows import exploring

from bodymap.ui.session import PERSON

POINT = "/?point=rhomboid-major-upper&side=left"


@pytest.fixture
def guest(windows, open_server):
    with exploring(windows(), open_server.url) as one:
        yield one


def delete_the_day(person):
    """Delete today on Settings, which is what its dates are at first."""
    person.go_to("Settings").sees_title("Settings").press_button("Delete this day")
    person.press(person.page.get_by_role("dialog").get_by_role("button", name="Delete it"))
    expect(person.page.get_by_text("That day is deleted.")).to_be_visible()


def test_a_day_that_a_guest_deleted_is_not_brought_back_by_the_tab(guest):
    guest.open(POINT).mark(6).sees_saved()

    delete_the_day(guest)

    guest.open(POINT).sees_no_level()
    guest.reload().sees_no_level()


def test_what_a_guest_marks_after_deleting_the_day_stays(guest):
    guest.open(POINT).mark(6).sees_saved()
    delete_the_day(guest)
    guest.go_to("Explore").ready().sees_no_level()
    guest.mark(4).sees_saved()

    guest.go_to("Settings").sees_title("Settings")
    guest.go_to("Explore").ready().sees_level(4)
    guest.reload().sees_level(4)


def test_a_mark_that_was_not_yet_saved_goes_with_its_day(windows, server):
    with exploring(windows(), server.url, is_calm=False) as person:
        person.open(POINT).mark(6).sees_saved()
        with closing(sqlite3.connect(server.record, isolation_level=None)) as someone_else:
            someone_else.execute("BEGIN IMMEDIATE")
            person.mark(7)
            expect(person.pad.get_by_text(re.compile("^Not saved yet"))).to_be_visible()
            person.go_to("Settings").sees_title("Settings")
            someone_else.execute("ROLLBACK")

        delete_the_day(person)

        person.go_to("Explore").ready().sees_no_level()
        person.mark(2).sees_saved()
        assert [one.touched_nrs for one in server.operations()] == [2]


def test_a_period_is_counted_and_deleted_and_the_days_around_it_stay(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("neck", touched=days, at=days_ago(days)) for days in (1, 3)])
        store.apply(PERSON, [operation("neck", touched=9, at=days_ago(9))])
    explorer.open_page("/settings")
    expect(explorer.page.get_by_text("You recorded nothing then.")).to_be_visible()
    first = explorer.page.get_by_test_id("stDateInput").first.get_by_role("spinbutton").first
    first.click()
    explorer.page.keyboard.type(f"{days_ago(5):%d%m%Y}")
    explorer.title.click()

    explorer.press_button("Delete these 2 days").press_button("Keep them")
    assert len(shared_server.check_ins()) == 3
    explorer.press_button("Delete these 2 days").press_button("Delete them")

    expect(explorer.page.get_by_text("2 days are deleted.")).to_be_visible()
    (left,) = shared_server.check_ins()
    assert levels_of(left) == {("neck", "left"): (9, None)}
    expect(explorer.page.get_by_text("You recorded nothing then.")).to_be_visible()


def test_deleting_everything_asks_for_a_word(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("calf", "left", 5)])
    word, delete = asked_for_the_word(explorer)
    expect(delete).to_be_disabled()

    for right, wrong in (
        ("delete", "delet"),
        ("Delete", "deleted"),
        (" DELETE  ", ""),
        ("delete", "d"),
    ):
        word.fill(right)
        expect(delete).to_be_enabled()
        word.fill(wrong)
        expect(delete).to_be_disabled()

    assert len(shared_server.operations()) == 1


def test_a_word_typed_into_a_question_that_was_left_does_not_count(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("calf", "left", 5)])
    word, delete = asked_for_the_word(explorer)
    word.fill("delete")
    expect(delete).to_be_enabled()

    explorer.press_keys("Escape")
    expect(explorer.page.get_by_role("dialog")).to_have_count(0)
    explorer.press_button("Delete all my marks")

    expect(word).to_have_value("")
    expect(delete).to_be_disabled()


def test_the_keyboard_alone_deletes_everything(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("calf", "left", 5)])
    explorer.open_page("/settings")
    explorer.button("Delete all my marks").focus()
    explorer.press_keys("Enter")
    dialog = explorer.page.get_by_role("dialog")
    expect(dialog).to_be_visible()

    explorer.press_tab_until(dialog.get_by_role("textbox"))
    explorer.press_keys(*"delete")
    delete = dialog.get_by_role("button", name="Delete all")
    expect(delete).to_be_enabled()
    explorer.press_tab_until(delete)
    explorer.press_keys("Enter")

    expect(explorer.page.get_by_text("All marks are deleted.")).to_be_visible()
    assert shared_server.operations() == ()


def test_who_goes_on_at_once_after_deleting_can_mark_that_day_again(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("calf", "left", 5, at=datetime.now(UTC))])
    explorer.open_page("/settings").press_button("Delete this day")
    explorer.press(explorer.page.get_by_role("dialog").get_by_role("button", name="Delete it"))
    explorer.until(lambda: not shared_server.operations(), "it is deleted")

    explorer.go_to("Explore").ready().open_area("Between the shoulder blades")
    explorer.choose_point("Rhomboid, upper, left").mark(4).sees_saved()

    assert [one.touched_nrs for one in shared_server.operations()] == [4]


def test_a_thumb_deletes_everything(phone, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("calf", "left", 5)])
    phone.open_page("/settings").delete_everything()

    assert shared_server.operations() == ()


def asked_for_the_word(person):
    """Ask for deleting everything; return the field and the button of the question."""
    person.open_page("/settings").press_button("Delete all my marks")
    dialog = person.page.get_by_role("dialog")
    expect(dialog.get_by_text("Type the word delete first")).to_be_visible()
    return dialog.get_by_role("textbox"), dialog.get_by_role("button", name="Delete all")
