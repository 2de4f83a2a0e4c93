"""A record that is damaged or gone comes back in the app; what was deleted only in part is said."""

import re
import sqlite3
from contextlib import closing

import pytest
from marking import days_ago, levels_of, operation
from playwright.sync_api import expect
from windows import exploring

from bodymap.records import open_store, schema, sqlite_file
from bodymap.ui.session import PERSON

PLACE = "rhomboid-major-upper"
POINT = f"/?point={PLACE}&side=left"
CAN_T = "We can't open your record"


@pytest.fixture
def record(server):
    """A record of two days on a server of its own, with a backup of the first."""
    with open_store(f"sqlite:///{server.record}") as store:
        store.apply(PERSON, [operation(PLACE, touched=2, at=days_ago(1))])
        sqlite_file.backup(server.record, schema.head())
        store.apply(PERSON, [operation(PLACE, touched=7, at=days_ago(0))])
    return server.record


@pytest.fixture
def person(windows, server):
    with exploring(windows(), server.url, is_calm=False) as one:
        yield one


def in_the_dialog(person, button):
    person.press(person.page.get_by_role("dialog").get_by_role("button", name=button, exact=True))


def cannot_open(person, address="/"):
    person.page.goto(person.url + address)
    expect(person.page.get_by_role("heading", name=CAN_T)).to_be_visible()


def levels(server):
    return [mark for day in server.check_ins() for mark in levels_of(day).values()]


def test_a_damaged_record_is_restored_from_a_copy_and_marking_goes_on(person, server, record):
    damaged = record.read_bytes()[:9000]
    record.write_bytes(damaged)
    cannot_open(person, POINT)
    expect(person.page.get_by_text("is damaged; it was left as it is")).to_be_visible()
    expect(person.page.get_by_role("radio", name=re.compile(": 1 day$"))).to_be_checked()

    person.press_button("Restore this copy")
    in_the_dialog(person, "Leave it as it is")
    expect(person.page.get_by_role("dialog")).to_have_count(0)
    assert record.read_bytes() == damaged
    person.press_button("Restore this copy")
    in_the_dialog(person, "Restore it")

    person.ready().sees_no_level()
    person.mark(5).sees_saved()
    assert levels(server) == [(2, None), (5, None)]
    (aside,) = sqlite_file.asides(record)
    assert aside.read_bytes() == damaged


def test_a_record_that_is_gone_is_begun_afresh_only_when_asked(person, server, record):
    record.unlink()
    cannot_open(person, POINT)
    cannot_open(person, "/my-marks")
    assert not record.exists()

    person.press_button("Begin a new record")
    in_the_dialog(person, "Begin a new one")

    expect(person.page.get_by_role("heading", name=CAN_T)).to_have_count(0)
    person.open(POINT).sees_no_level()
    assert server.check_ins() == ()
    assert len(sqlite_file.backups(record)) == 1


def test_settings_goes_back_to_a_copy_and_forward_again(person, server, record):
    person.open_page("/settings")
    for expected in ([(2, None)], [(2, None), (7, None)]):
        person.press(person.page.get_by_role("button", name="Restore this copy"))
        in_the_dialog(person, "Restore it")

        expect(person.page.get_by_text("Your record is restored.")).to_be_visible()
        assert levels(server) == expected
        person.open_page("/settings")


def test_what_is_only_partly_deleted_is_said_and_the_tab_forgets_it(person, server, record):
    stays = record.with_name("record.backup-20260101T000000000000Z-from-0002.sqlite")
    stays.mkdir()
    person.open_page("/settings")
    with closing(sqlite3.connect(record, isolation_level=None)) as someone_else:
        someone_else.execute("BEGIN IMMEDIATE")
        person.press_button("Delete this day")
        in_the_dialog(person, "Delete it")
        expect(person.page.get_by_text("Something else is using the record")).to_be_visible()
        someone_else.execute("ROLLBACK")

    in_the_dialog(person, "Delete it")

    expect(person.page.get_by_text("It is deleted from the record, but")).to_be_visible()
    expect(person.page.get_by_text(f"{stays.name} still holds it")).to_be_visible()
    person.go_to("Explore").ready().open_area("Between the shoulder blades")
    person.choose_point("Rhomboid, upper, left").sees_no_level()
    assert levels(server) == [(2, None)]
