"""What is offered where a record can't be opened, and on Settings, without a browser.

Pressing it through is in tests/browser/test_browser_restoring.py: a dialog needs a browser.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from marking import NOON, operation
from streamlit.testing.v1 import AppTest

from bodymap.records import default_url, open_store, restoring, schema, sqlite_file
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


def test_where_a_damaged_record_cannot_be_opened_its_copies_are_shown_with_what_they_hold(record):
    before = {file: file.read_bytes() for file in record.parent.iterdir()}
    record.write_bytes(record.read_bytes()[:9000])

    at = open_app()

    assert headers(at) == [CAN_T]
    assert "is damaged; it was left as it is" in said(at)
    (radio,) = at.radio
    newer, older = radio.options
    assert newer.endswith(": 7 days")
    assert older.endswith(": 1 day")
    assert "It holds 7 days, from 22 November 2026 to 28 November 2026." in said(at)
    radio.set_value(restoring.copies(record, PERSON)[1]).run()
    assert "It holds 22 November 2026." in said(at)
    press(at, "Restore this copy")
    assert "Restore it" in [button.label for button in at.button]
    # Nothing has happened yet.
    before[record] = before[record][:9000]
    assert {file: file.read_bytes() for file in record.parent.iterdir()} == before


def test_a_record_that_is_gone_is_asked_about_on_every_page_and_can_be_restored(record):
    record.unlink()
    for page in ("", "history", "settings", "check_in"):
        at = open_app(page)
        assert CAN_T in headers(at)
        assert "is gone, but copies or parts of it are still beside it" in said(at)
        assert not record.exists()
    assert {"Restore this copy", "Begin a new record"} <= {button.label for button in at.button}


def test_without_a_copy_a_new_record_can_be_begun(record):
    for copy in sqlite_file.backups(record):
        copy.unlink()
    record.write_bytes(record.read_bytes()[:9000])

    at = open_app()

    assert "No copy of it is beside it." in said(at)
    assert [button.label for button in at.button] == ["Begin a new record"]


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


def test_settings_shows_the_copies_of_a_record_that_can_be_opened(record):
    at = open_app("settings")

    assert not at.exception
    assert len(at.radio[0].options) == 2
    assert "It holds 7 days, from 22 November 2026 to 28 November 2026." in said(at)


def test_settings_says_that_there_is_no_copy(monkeypatch):
    at = open_app("settings")

    assert "There is no copy of your record beside it." in said(at)
