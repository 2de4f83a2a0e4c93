"""A guest's record beyond the tab: on request on this device, and never without that request."""

import json

import pytest
from playwright.sync_api import expect
from windows import exploring

POINT = "/?point=rhomboid-major-upper&side=left"
EVERYTHING = """async () => JSON.stringify([
  {...localStorage}, (await indexedDB.databases()).map((one) => one.name),
])"""
NO_STORAGE = """
  for (const name of ["sessionStorage", "localStorage"]) {
    const get = () => { throw new DOMException("denied", "SecurityError"); };
    Object.defineProperty(window, name, { get });
  }
"""


@pytest.fixture
def window(windows, open_server):
    """A browser of its own: what it keeps is there for the next tab, and gone with the test."""
    with windows.of_a_stranger(open_server.url) as one:
        yield one


def settings(person):
    person.open_page("/settings")
    expect(person.button("Save my record as a file")).to_be_visible()
    return person


def keep(person):
    settings(person).press_button("Keep on this device")
    expect(person.page.get_by_text("It is kept on this device now.")).to_be_visible()


def test_nothing_is_kept_beyond_the_tab_without_a_request(window, open_server):
    with exploring(window, open_server.url) as guest:
        guest.open(POINT).mark(6).sees_saved()
        local, databases = json.loads(guest.page.evaluate(EVERYTHING))

        assert not [name for name in local if "bodymap" in name]
        assert "bodymap" not in databases

    with exploring(window, open_server.url) as guest:
        guest.open(POINT).sees_no_level()


def test_what_was_kept_on_request_is_there_at_the_next_visit(window, open_server):
    with exploring(window, open_server.url) as guest:
        guest.open(POINT).mark(6).sees_saved()
        keep(guest)
        guest.open(POINT).mark(7).sees_saved()

    with exploring(window, open_server.url) as guest:
        guest.open(POINT).sees_level(7)
        guest.go_to("My marks").sees_title("My marks")
        expect(guest.page.get_by_role("rowheader", name="Rhomboid, upper, left")).to_be_visible()


def test_what_is_forgotten_here_leaves_nothing_behind(window, open_server):
    with exploring(window, open_server.url) as guest:
        guest.open(POINT).mark(6).sees_saved()
        keep(guest)
        guest.press_button("Forget here")
        expect(guest.page.get_by_text("It is forgotten here.")).to_be_visible()
        local, databases = json.loads(guest.page.evaluate(EVERYTHING))
        assert not [name for name in local if "on-this-device" in name]
        assert "bodymap" not in databases
        guest.open(POINT).sees_level(6)

    with exploring(window, open_server.url) as guest:
        guest.open(POINT).sees_no_level()


def test_what_is_deleted_is_deleted_on_the_device_too(window, open_server):
    with exploring(window, open_server.url) as guest:
        guest.open(POINT).mark(6).sees_saved()
        keep(guest)
        guest.press_button("Delete this day")
        guest.press(guest.page.get_by_role("dialog").get_by_role("button", name="Delete it"))
        expect(guest.page.get_by_text("That day is deleted.")).to_be_visible()

    with exploring(window, open_server.url) as guest:
        guest.open(POINT).sees_no_level()


def test_a_browser_that_keeps_nothing_is_told_of_before_anything_is_entered(windows, open_server):
    with exploring(windows(), open_server.url, is_calm=False, is_changed=True) as guest:
        guest.page.add_init_script(NO_STORAGE)
        guest.open(POINT)

        expect(guest.page.get_by_text("This browser lets no page keep anything.")).to_be_visible()
        guest.mark(6).sees_saved()
        settings(guest)
        expect(guest.button("Keep on this device")).to_have_count(0)


def test_who_leaves_without_a_file_is_asked_and_not_after_it_was_saved(window, open_server):
    with exploring(window, open_server.url, is_changed=True) as guest:
        asked = []
        guest.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        guest.open(POINT).mark(6).sees_saved()
        guest.reload().sees_level(6)
        assert asked == ["beforeunload"]

        settings(guest)
        asked.clear()
        with guest.page.expect_download():
            guest.press_button("Save my record as a file")
        expect(guest.page.get_by_text("Saved as")).to_be_visible()
        guest.has_all_saved()
        guest.page.reload()
        assert asked == []
