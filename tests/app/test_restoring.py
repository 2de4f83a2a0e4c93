"""Restoring, run in the real app without a browser: where the record can't be opened, and on Settings."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from marking import NOON, operation
from streamlit.testing.v1 import AppTest

from bodymap.records import default_url, open_store, schema, sqlite_file
from bodymap.records.opening import file_of
from bodymap.ui.access import Access
from bodymap.ui.session import PERSON

APP = Path(__file__).parents[2] / "app.py"
SECONDS = 60
CAN_T = "We can't open your record"


@pytest.fixture(autouse=True)
def on_this_computer(monkeypatch):
    # AppTest has no server and no browser from which the access could be decided.
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.LOCAL)


@pytest.fixture
def record():
    """A record of eight days with a backup of its first seven, and one of its first."""
    path = file_of(default_url())
    with open_store(default_url()) as store:
        for number in range(8):
            store.apply(PERSON, [operation(f"day-{number}", at=NOON + timedelta(days=number))])
            if number in (0, 6):
                sqlite_file.backup(path, schema.head())
    return path


def open_app(page=""):
    at = AppTest.from_file(APP, default_timeout=SECONDS).run()
    return at.switch_page(f"bodymap/ui/pages/{page}.py").run() if page else at


def headers(at):
    return [header.value for header in at.header]


def press(at, label):
    (button,) = [button for button in at.button if button.label == label]
    return button.click().run()


def said(at):
    return " ".join(each.value for each in (*at.markdown, *at.text))


def days():
    with open_store(default_url()) as store:
        return [check_in.local_date.day for check_in in store.check_ins(PERSON)]


def test_a_damaged_record_is_restored_where_it_cannot_be_opened(record):
    damaged = record.read_bytes()[:9000]
    record.write_bytes(damaged)

    at = open_app()
    assert CAN_T in headers(at)
    assert "is damaged; it was left as it is" in said(at)
    (radio,) = at.radio
    newer, older = radio.options
    assert newer.endswith(": 7 days")
    assert older.endswith(": 1 day")
    assert "It holds 7 days, from 22 November 2026 to 28 November 2026." in said(at)

    radio.set_value(radio.options[1]) if False else at.radio[0].select_index(1).run()
    assert "It holds 22 November 2026." in said(at)
    at.radio[0].select_index(0).run()
    press(at, "Restore this copy")
    assert record.read_bytes() == damaged
    press(at, "Restore it")

    assert not at.exception
    assert CAN_T not in headers(at)
    assert days() == [22, 23, 24, 25, 26, 27, 28]
    (aside,) = sqlite_file.asides(record)
    assert ".damaged-" in aside.name
    assert aside.read_bytes() == damaged


def test_leaving_it_as_it_is_changes_nothing(record):
    record.write_bytes(record.read_bytes()[:9000])
    before = {file: file.read_bytes() for file in record.parent.iterdir()}
    at = open_app()

    press(press(at, "Restore this copy"), "Leave it as it is")

    assert CAN_T in headers(at)
    assert {file: file.read_bytes() for file in record.parent.iterdir()} == before


def test_a_record_that_is_gone_is_asked_about_on_every_page_and_can_be_restored(record):
    record.unlink()
    for page in ("", "history", "settings", "check_in"):
        at = open_app(page)
        assert CAN_T in headers(at)
        assert "is gone, but copies or parts of it are still beside it" in said(at)
        assert not record.exists()

    press(press(at, "Restore this copy"), "Restore it")

    assert CAN_T not in headers(at)
    assert days() == [22, 23, 24, 25, 26, 27, 28]


def test_a_record_that_is_gone_can_be_begun_afresh_when_asked(record):
    backups = sqlite_file.backups(record)
    record.unlink()
    at = open_app()

    press(press(at, "Begin a new record"), "Begin a new one")

    assert CAN_T not in headers(at)
    assert days() == []
    assert sqlite_file.backups(record) == backups


def test_a_damaged_record_without_a_copy_can_be_put_aside(record):
    for copy in sqlite_file.backups(record):
        copy.unlink()
    record.write_bytes(record.read_bytes()[:9000])
    at = open_app()
    assert "No copy of it is beside it." in said(at)

    press(press(at, "Begin a new record"), "Begin a new one")

    assert CAN_T not in headers(at)
    assert days() == []
    assert len(sqlite_file.asides(record)) == 1


def test_a_full_or_busy_disk_offers_nothing_to_restore(record):
    record.chmod(0o400)

    at = open_app()

    assert CAN_T in headers(at)
    assert "is read-only" in said(at)
    assert not at.radio


def test_a_guest_is_never_offered_what_is_on_this_computer(record, monkeypatch):
    record.write_bytes(record.read_bytes()[:9000])
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.GUEST)

    at = open_app("settings")

    assert CAN_T not in headers(at)
    assert "Restore this copy" not in [button.label for button in at.button]


def test_settings_goes_back_to_a_copy_and_forward_again(record):
    at = open_app("settings")
    assert not at.exception
    assert "It holds 7 days, from 22 November 2026 to 28 November 2026." in said(at)

    press(press(at, "Restore this copy"), "Restore it")
    assert "Your record is restored." in said(at)
    assert days() == [22, 23, 24, 25, 26, 27, 28]
    assert at.radio[0].options[0].endswith(": 8 days")

    press(press(at, "Restore this copy"), "Restore it")
    assert days() == [22, 23, 24, 25, 26, 27, 28, 29]


def test_settings_says_that_there_is_no_copy(monkeypatch):
    at = open_app("settings")

    assert "There is no copy of your record beside it." in said(at)


def test_what_could_only_partly_be_deleted_is_said_and_the_tab_is_told(record):
    stays = record.with_name("record.backup-20260101T000000000000Z-from-0002.sqlite")
    stays.mkdir()
    at = open_app("settings")

    press(press(at, "Delete all my marks"), "Delete all")

    assert days() == []
    assert "It is deleted from the record, but" in said(at)
    assert f"{stays.name} still holds it" in said(at)
    (deletion,) = at.session_state["deletions"]
    assert deletion.place is None


def test_what_another_process_holds_is_not_said_to_be_deleted(record, monkeypatch):
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 20)
    at = open_app("settings")
    with closing(sqlite3.connect(record, isolation_level=None)) as someone_else:
        someone_else.execute("BEGIN IMMEDIATE")

        press(press(at, "Delete all my marks"), "Delete all")

        assert "Something else is using the record right now" in said(at)
        assert "deletions" not in at.session_state
    assert len(days()) == 8
    assert len(sqlite_file.backups(record)) == 2
