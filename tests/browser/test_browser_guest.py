"""A server that others can reach keeps nothing; the marks live in the tab and in a file."""

import json
from pathlib import Path

import pytest
from conftest import open_to_others
from explorer import BY_ITSELF
from playwright.sync_api import expect
from windows import exploring

KEEPS_NOTHING = "Other people can reach this app. So we keep nothing here."
POINT = "/?point=rhomboid-major-upper&side=left"


@pytest.fixture(scope="module")
def open_server(tmp_path_factory):
    """Nothing but this server writes into its folder."""
    folder = tmp_path_factory.mktemp("guest")
    with open_to_others(folder, XDG_DATA_HOME=str(folder), TMPDIR=str(folder)) as one:
        yield one


@pytest.fixture
def guest(windows, open_server):
    with exploring(windows(), open_server.url) as one:
        yield one


def test_a_guest_is_told_that_nothing_is_kept(guest):
    guest.open()

    expect(guest.page.get_by_text(KEEPS_NOTHING)).to_be_visible()
    expect(guest.page.get_by_text("What you mark stays on this computer.")).to_be_hidden()


def test_a_guests_marks_leave_nothing_on_the_servers_disk(guest, open_server):
    guest.open(POINT)
    before = files_in(open_server.record.parent)

    guest.mark(6).mark(3, BY_ITSELF).sees_saved()
    guest.go_to("My marks").sees_title("My marks")
    expect(guest.page.get_by_role("rowheader", name="Rhomboid, upper, left")).to_be_visible()

    assert files_in(open_server.record.parent) == before
    assert not open_server.record.exists()


def test_a_guest_can_show_marks_while_presenting(guest):
    guest.open(POINT).mark(6).sees_saved()
    guest.press_button("Show large, to demonstrate")
    presented = guest.page.get_by_role("dialog")
    expect(presented.get_by_role("heading", name="Rhomboid, upper")).to_be_visible()

    guest.press_keys("m")

    expect(presented.locator(".mk")).to_have_text(["6"])


def test_a_reload_keeps_a_guests_marks_in_the_tab(guest):
    guest.open(POINT).mark(6).mark(3, BY_ITSELF).sees_saved()

    guest.reload()

    guest.sees_level(6).sees_level(3, BY_ITSELF).sees_saved()


def test_another_visitor_sees_nothing_of_a_guests_marks(guest, another_person):
    guest.open(POINT).mark(6).sees_saved()

    other = another_person(guest.url).open(POINT)

    other.sees_no_level()
    other.go_to("My marks").sees_title("My marks")
    expect(other.page.get_by_text("Nothing marked yet.")).to_be_visible()


def test_a_guests_file_brings_everything_back_in_a_fresh_browser(guest, another_person, tmp_path):
    guest.open(POINT).mark(6).mark(3, BY_ITSELF).sees_saved()
    file = saved_file(guest, tmp_path / "first.json")

    other = another_person(guest.url).open_page("/settings")
    open_file(other, file)
    other.go_to("Explore").ready()

    other.open_area("Between the shoulder blades")
    other.sees_mark("Rhomboid, upper, left", "marked 6 of 10 when touched, 3 by itself")
    assert json.loads(saved_file(other, tmp_path / "second.json").read_text("utf-8")) == json.loads(
        file.read_text("utf-8")
    )


def test_a_guest_can_delete_everything_and_it_stays_deleted(guest):
    guest.open(POINT).mark(6).sees_saved()

    guest.go_to("Settings").sees_title("Settings").delete_everything()

    guest.go_to("Explore").ready().sees_title("Rhomboid, upper", "left").sees_no_level()
    guest.reload().sees_no_level()


def test_a_guests_marks_survive_the_end_of_the_server(windows, tmp_path):
    with (
        open_to_others(tmp_path) as server,
        exploring(windows(), server.url, is_calm=False) as person,
    ):
        person.open(POINT).mark(6).sees_saved()

        server.kill()
        server.start()
        person.open(POINT)

        person.sees_level(6).sees_saved()


def saved_file(person, path: Path) -> Path:
    """Save the record as a file on Settings."""
    person.go_to("Settings").sees_title("Settings")
    with person.page.expect_download() as waiting:
        person.press_button("Save my record as a file")
    waiting.value.save_as(path)
    return path


def open_file(person, file: Path) -> None:
    """Open a record file on Settings and take it in."""
    person.page.locator("input[type=file]").set_input_files(file)
    person.press_button("Add them to my record")
    expect(person.page.get_by_text("Added: 2 entries.")).to_be_visible()


def files_in(folder: Path) -> dict[str, int]:
    """Return every file under a folder with its size, but for what the server prints."""
    return {
        str(path): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".log"
    }
