"""The record as a file, and what may come between: a dead server, a lost session, no cookies."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import Server, open_to_others
from explorer import PHONE, box
from marking import NOON, answers, operation
from playwright.sync_api import expect
from windows import exploring

from bodymap.exchange.record_json import MAX_BYTES, dump
from bodymap.records import Record
from bodymap.ui.session import PERSON

SAVE = "Save my record as a file"
ADD = "Add them to my record"
NO_ANSWER = re.compile("^The app does not answer. Leave this page open")
# The headless shell knows no such setting.
WHOLE_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NO_COOKIES = {"profile": {"default_content_setting_values": {"cookies": 2}}}


@pytest.fixture
def on_a_shaky_server(windows, server):
    """A person at a desk whose server may die: the page may then report lost connections."""
    with exploring(windows(), server.url, is_calm=False) as one:
        yield one


@pytest.fixture
def at_settings(explorer):
    return explorer.open_page("/settings")


# --- saving


def test_the_file_comes_from_a_server_that_was_restarted_meanwhile(
    on_a_shaky_server, server, tmp_path
):
    mark(server, operation("calf", "left", 5))
    person = on_a_shaky_server.open_page("/settings")
    expect(person.button(SAVE)).to_be_visible()

    server.kill()
    server.start()

    assert days_in(saved(person, tmp_path / "record.json")) == ["2026-11-22"]


def test_what_was_asked_of_a_dead_server_comes_once_there_is_one_again(on_a_shaky_server, server):
    mark(server, operation("calf", "left", 5))
    person = on_a_shaky_server.open_page("/settings")
    expect(person.button(SAVE)).to_be_visible()

    server.kill()
    person.press_button(SAVE)
    expect(person.page.get_by_text(NO_ANSWER)).to_be_visible()
    person.sees_no_message_for_developers()
    with person.page.expect_download() as download:
        server.start()

    assert days_in(download.value.path()) == ["2026-11-22"]
    expect(person.page.get_by_text(NO_ANSWER)).to_have_count(0)


def test_the_file_comes_although_the_session_is_lost(windows, tmp_path):
    forgetful = ("--server.disconnectedSessionTTL", "0")
    sockets = []
    with (
        Server(tmp_path / "record.sqlite", options=forgetful) as server,
        exploring(windows(), server.url, is_calm=False, is_changed=True) as person,
    ):
        person.page.route_web_socket(re.compile("/_stcore/stream"), lambda one: relay(one, sockets))
        mark(server, operation("calf", "left", 5))
        person.open_page("/settings")
        open_files(person, record_file(tmp_path, operation("neck", "left", 1)))
        expect(person.button(ADD)).to_be_visible()

        sockets[-1].close()
        person.until(lambda: len(sockets) == 2, "the page has a new connection")

        assert days_in(saved(person, tmp_path / "saved.json")) == ["2026-11-22"]
        person.press_button(ADD)
        expect(person.page.get_by_text("Added: 1 entry.")).to_be_visible()


def test_a_double_press_gives_one_file_and_each_press_has_a_name_of_its_own(
    at_settings, shared_server
):
    mark(shared_server, operation("calf", "left", 5))
    names = []
    at_settings.page.on("download", lambda file: names.append(file.suggested_filename))

    at_settings.button(SAVE).dblclick()
    at_settings.until(lambda: names, "a file came")
    for _ in range(2):
        with at_settings.page.expect_download():
            at_settings.press_button(SAVE)

    assert len(names) == len(set(names)) == 3


def test_the_name_of_the_file_has_the_date_of_the_device(windows, shared_server, tmp_path):
    window = windows(timezone_id="Pacific/Kiritimati")  # 14 hours before UTC
    with exploring(window, shared_server.url, is_changed=True) as person:
        person.page.clock.install(time="2026-11-21T10:30:00Z")
        person.open_page("/settings")
        with person.page.expect_download() as download:
            person.press_button(SAVE)
        assert download.value.suggested_filename.startswith("bodymap-record-2026-11-22-0030")


def test_a_file_is_not_sent_again_with_what_comes_after(at_settings, shared_server):
    mark(shared_server, answers(journal="j" * 2000), answers(journal="k" * 2000))
    heard = []
    at_settings.socket.on("framereceived", lambda message: heard.append(message))

    with at_settings.page.expect_download():
        at_settings.press_button(SAVE)
    at_settings.press_button("Delete all my marks")
    expect(at_settings.page.get_by_role("dialog")).to_be_visible()

    assert sum(b"jjjj" in message for message in heard) == 1


def test_two_people_pressing_at_once_get_each_their_own(another_person, open_server, tmp_path):
    people = []
    for number in range(2):
        person = another_person(open_server.url).open_page("/settings")
        file = record_file(tmp_path, operation("calf", "left", number), name=f"{number}.json")
        open_files(person, file)
        person.press_button(ADD)
        expect(person.page.get_by_text("Added: 1 entry.")).to_be_visible()
        people.append((person, file))

    (one, first), (other, second) = people
    with one.page.expect_download() as of_one, other.page.expect_download() as of_other:
        for person in (one, other):
            person.page.evaluate(PRESS_SOON, SAVE)

    assert Path(of_one.value.path()).read_bytes() == first.read_bytes()
    assert Path(of_other.value.path()).read_bytes() == second.read_bytes()


# --- opening


@pytest.mark.skipif(not WHOLE_CHROMIUM, reason="no Chromium whose cookies can be blocked")
def test_a_file_is_saved_and_opened_where_cookies_are_blocked(playwright, server, tmp_path):
    settings = tmp_path / "browser" / "Default" / "Preferences"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(NO_COOKIES))
    mark(server, operation("neck", "left", 1))
    window = playwright.chromium.launch_persistent_context(
        settings.parents[1], executable_path=WHOLE_CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
    )
    with exploring(window, server.url) as person:
        person.open_page("/settings")
        assert not window.cookies()

        assert days_in(saved(person, tmp_path / "saved.json")) == ["2026-11-22"]
        open_files(person, record_file(tmp_path, operation("calf", "left", 5)))
        person.press_button(ADD)

        expect(person.page.get_by_text("Added: 1 entry.")).to_be_visible()
        assert len(server.operations()) == 2
    window.close()


def test_what_is_new_there_already_and_told_differently_is_said_before_adding(
    at_settings, shared_server, tmp_path
):
    known = operation("calf", "left", 5, at=NOON - timedelta(days=9))
    here = operation("shin", "left", 2)
    there = operation("shin", "left", 7, at=NOON + timedelta(hours=1))
    mark(shared_server, known, here)

    file = record_file(tmp_path, known, there, operation("calf", "right", 1))
    open_files(at_settings, file)

    sees(at_settings, "This file holds 2 days: 13 to 22 November 2026.")
    sees(
        at_settings,
        "New: 2 entries. In your record already: 1 entry. All that you have here stays.",
    )
    expect(at_settings.page.get_by_role("listitem")).to_have_text(
        ["22 November 2026, Shin, left: the file counts"]
    )
    assert shared_server.operations() == (known, here)

    at_settings.press_button(ADD)
    expect(
        at_settings.page.get_by_text("Added: 2 entries. You find them in My marks.")
    ).to_have_count(1)
    expect(at_settings.button(ADD)).to_be_hidden()
    assert len(shared_server.operations()) == 4

    open_files(at_settings, file)
    sees(at_settings, "Nothing new in this file. All that it holds is in your record.")
    expect(at_settings.page.get_by_text("Added: ")).to_have_count(0)
    expect(at_settings.button(ADD)).to_be_hidden()


def test_what_a_file_holds_is_new_again_once_it_was_deleted(at_settings, shared_server, tmp_path):
    mark(shared_server, operation("calf", "left", 5), operation("neck", "left", 5))
    file = record_file(tmp_path, *shared_server.operations(), operation("calf", "right", 5))
    open_files(at_settings, file)
    sees(at_settings, re.compile("^New: 1 entry. In your record already: 2 entries."))

    at_settings.delete_everything()

    sees(at_settings, re.compile("^New: 3 entries."))
    at_settings.press_button(ADD)
    sees(at_settings, "Added: 3 entries. You find them in My marks.")


def test_several_files_are_looked_at_one_after_the_other(at_settings, shared_server, tmp_path):
    days = [operation("calf", "left", day, at=NOON + timedelta(days=day)) for day in range(3)]
    files = [record_file(tmp_path, day, name=f"{number}.json") for number, day in enumerate(days)]
    broken = tmp_path / "broken.json"
    broken.write_text("not a record")

    open_files(at_settings, files[0], broken, *files[1:])
    sees(at_settings, "This file holds 1 day: 22 November 2026.")
    at_settings.press_button(ADD)
    sees(at_settings, "Added: 1 entry. You find them in My marks.")
    sees(at_settings, "We can't read this file. Nothing was changed.")
    sees(at_settings, "This file holds 1 day: 23 November 2026.")
    at_settings.press_button("Don't add them")
    sees(at_settings, "This file holds 1 day: 24 November 2026.")
    at_settings.press_button(ADD)

    expect(at_settings.page.get_by_text("Added: 1 entry.")).to_have_count(2)
    assert shared_server.operations() == (days[0], days[2])


def test_a_file_that_was_opened_before_the_server_died_is_added_after(
    on_a_shaky_server, server, tmp_path
):
    person = on_a_shaky_server.open_page("/settings")
    open_files(person, record_file(tmp_path, operation("calf", "left", 5)))
    expect(person.button(ADD)).to_be_visible()

    server.kill()
    person.press_button(ADD)
    expect(person.page.get_by_text(NO_ANSWER)).to_be_visible()
    server.start()

    sees(person, "Added: 1 entry. You find them in My marks.")
    assert len(server.operations()) == 1


def test_what_cannot_be_written_now_is_said_and_can_be_added_later(
    at_settings, shared_server, tmp_path
):
    open_files(at_settings, record_file(tmp_path, operation("calf", "left", 5)))

    with closing(sqlite3.connect(shared_server.record, isolation_level=None)) as someone_else:
        someone_else.execute("BEGIN IMMEDIATE")
        at_settings.press_button(ADD)
        sees(at_settings, "Nothing was added.")
        expect(at_settings.page.get_by_text("Something else is using the record")).to_be_visible()
        someone_else.execute("ROLLBACK")
    at_settings.press_button(ADD)

    sees(at_settings, "Added: 1 entry. You find them in My marks.")
    assert len(shared_server.operations()) == 1


def test_a_file_of_almost_the_largest_size_is_opened_and_one_beyond_is_not_read(
    at_settings, shared_server, tmp_path
):
    long_note = "\N{PERSON IN LOTUS POSITION}" * 2000  # the most that a journal takes
    days = [answers(journal=long_note, at=NOON - timedelta(days=day)) for day in range(420)]
    largest, too_large = tmp_path / "largest.json", tmp_path / "too-large.json"
    content = dump(Record(tuple(days)))
    for file, size in ((largest, 9.9), (too_large, 10.1)):
        file.write_bytes(content.ljust(int(size * 1024**2)))
    assert len(content) < largest.stat().st_size <= MAX_BYTES < too_large.stat().st_size

    open_files(at_settings, too_large)
    sees(
        at_settings,
        "This file has 10.1 MB. A record file has at most 10 MB, so this one was not read.",
    )
    assert sum(map(len, at_settings.sent)) < 100_000
    open_files(at_settings, largest)
    sees(at_settings, re.compile("^New: 420 entries."))
    at_settings.press_button(ADD)
    sees(at_settings, "Added: 420 entries. You find them in My marks.")

    pieces = [len(message) for message in at_settings.sent if len(message) > 100_000]
    assert len(pieces) == 10
    assert max(pieces) < 1_500_000
    assert len(shared_server.operations()) == 420


def test_files_are_saved_and_opened_with_the_keyboard_alone(at_settings, shared_server, tmp_path):
    mark(shared_server, operation("neck", "left", 5))
    person, page = at_settings, at_settings.page
    chooser = page.get_by_label("Open a record file", exact=True)

    # from the beginning: what the browser opens before the driver listens, nobody hears of
    with page.expect_file_chooser() as choosing:
        person.press_tab_until(person.button(SAVE))
        with page.expect_download() as download:
            person.press_keys("Enter")
        assert days_in(download.value.path()) == ["2026-11-22"]
        person.press_tab_until(chooser).press_keys("Enter")
    choosing.value.set_files(record_file(tmp_path, operation("calf", "left", 5)))
    expect(person.button(ADD)).to_be_visible()
    person.press_tab_until(person.button(ADD)).press_keys("Enter")

    expect(page.get_by_role("status").filter(has_text="Added: 1 entry.")).to_be_visible()
    assert chooser.evaluate("e => e === e.getRootNode().activeElement")


def test_on_a_phone_all_of_it_can_be_hit_and_nothing_is_cut(phone, shared_server, tmp_path):
    mark(shared_server, operation("neck", "left", 2))
    phone.open_page("/settings")
    name = f"{'a-long-name-' * 8}.json"
    open_files(phone, record_file(tmp_path, operation("neck", "left", 7), name=name))
    with phone.page.expect_download():
        phone.press_button(SAVE)
    expect(phone.button(ADD)).to_be_visible()

    link = phone.page.get_by_role("link", name=re.compile("^bodymap-record-"))
    chooser = phone.page.get_by_label("Open a record file", exact=True)
    for one in (
        phone.button(SAVE),
        phone.button(ADD),
        phone.button("Don't add them"),
        chooser,
        link,
    ):
        place = box(one)
        assert place["height"] >= 44
        assert 0 <= place["x"] <= place["x"] + place["width"] <= PHONE["viewport"]["width"]
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# --- a guest's tab keeps the record


def test_what_a_guest_opened_is_in_the_next_file_after_a_reload(
    another_person, open_server, tmp_path
):
    person = another_person(open_server.url).open("/?area=calf&side=right")
    person.press_button("No pain here").sees_saved()
    person.go_to("Settings").sees_title("Settings")
    open_files(person, record_file(tmp_path, operation("shin", "left", 5)))
    person.press_button(ADD)
    sees(person, "Added: 1 entry. You find them in My marks.")
    before = targets_in(saved(person, tmp_path / "before.json"))

    person.page.reload()
    after = targets_in(saved(person, tmp_path / "after.json"))

    assert before == after == {"calf", "shin"}


def test_a_guests_file_from_a_server_that_was_restarted_lacks_nothing(windows, tmp_path):
    with (
        open_to_others(tmp_path) as server,
        exploring(windows(), server.url, is_calm=False) as person,
    ):
        person.open_page("/settings")
        for number, target in enumerate(("shin", "calf")):
            file = record_file(tmp_path, operation(target, "left", 5), name=f"{number}.json")
            open_files(person, file)
            person.press_button(ADD)
            told = person.page.get_by_role("status").filter(has_text=file.name)
            expect(told).to_contain_text("Added: 1 entry.")

        server.kill()
        person.press_button(SAVE)
        expect(person.page.get_by_text(NO_ANSWER)).to_be_visible()
        with person.page.expect_download() as download:
            server.start()

        assert targets_in(download.value.path()) == {"calf", "shin"}


# --- what the tests do


PRESS_SOON = """(name) => {
  const hosts = [...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean);
  hosts.flatMap((root) => [...root.querySelectorAll("button")])
    .find((button) => button.textContent === name).click();
}"""


def relay(socket, sockets):
    """Pass everything on between a page and its server, and remember the connection."""
    socket.connect_to_server()
    sockets.append(socket)


def mark(server, *operations):
    with server.opened_record() as store:
        store.apply(PERSON, operations)


def record_file(folder: Path, *operations, name: str = "record.json") -> Path:
    file = folder / name
    file.write_bytes(dump(Record(operations)))
    return file


def open_files(person, *files: Path) -> None:
    person.page.locator("input[type=file]").set_input_files(files)


def sees(person, words) -> None:
    expect(person.page.get_by_text(words, exact=True)).to_be_visible()


def saved(person, path: Path) -> Path:
    with person.page.expect_download() as download:
        person.press_button(SAVE)
    download.value.save_as(path)
    return path


def days_in(file) -> list[str]:
    return [day["local_date"] for day in json.loads(Path(file).read_text("utf-8"))["check_ins"]]


def targets_in(file) -> set[str]:
    days = json.loads(Path(file).read_text("utf-8"))["check_ins"]
    return {statement["target"] for day in days for statement in day["statements"]}
