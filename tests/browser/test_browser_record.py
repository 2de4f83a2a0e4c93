"""The record on Settings and My marks: as a file, deleted, opened again; as a table and a chart."""

import json
import re
from datetime import timedelta

import pytest
from explorer import BY_ITSELF
from marking import NOON, answers, days_ago, levels_of, operation, weekday
from playwright.sync_api import expect

from bodymap.exchange.record_json import MAX_BYTES
from bodymap.ui.session import PERSON

SAVE = "Save my record as a file"
POINT = "/?point=rhomboid-major-upper&side=left"


def test_the_saved_file_brings_back_exactly_what_was_deleted(explorer, shared_server, tmp_path):
    explorer.open(POINT).mark(6).mark(3, BY_ITSELF).sees_saved()
    explorer.open("/?area=calf&side=right").press_button("No pain here").sees_saved()
    before = shared_server.operations()

    file = save_the_record(explorer, tmp_path / "record.json")
    explorer.delete_everything()
    assert shared_server.operations() == ()
    open_the_file(explorer, file).press_button("Add them to my record")
    expect(explorer.page.get_by_text("Added: 3 entries.")).to_be_visible()

    assert shared_server.operations() == before
    explorer.go_to("Explore").sees_title("Calf", "right").back_to_the_whole()
    explorer.open_area("Between the shoulder blades")
    explorer.sees_mark("Rhomboid, upper, left", "marked 6 of 10 when touched, 3 by itself")


def test_a_long_record_is_saved_in_parts_that_bring_back_exactly_everything(
    explorer, shared_server, tmp_path
):
    long_note = "\N{PERSON IN LOTUS POSITION}" * 2000  # the most that a journal takes
    with shared_server.opened_record() as store:
        store.apply(
            PERSON,
            [answers(journal=long_note, at=NOON - timedelta(days=days)) for days in range(600)],
        )
    before = shared_server.operations()
    explorer.open_page("/settings").sees_title("Settings")

    files = [saved(explorer, button, tmp_path / button) for button in (SAVE, "Save part 2 of 2")]
    expect(explorer.button(SAVE)).to_be_visible()
    shared_server.forget()
    for number, file in enumerate(files, start=1):
        assert file.stat().st_size <= MAX_BYTES
        open_the_file(explorer, file).press_button("Add them to my record")
        expect(explorer.page.get_by_text(re.compile("^Added: [0-9]+ entries"))).to_be_visible()
        assert len(shared_server.check_ins()) == (600 if number == 2 else len(days_of(file)))

    assert shared_server.operations() == before


@pytest.mark.parametrize(
    "content",
    [
        b"not a record",
        b'{"format": "bodymap-record", "version": 1, "check_ins": [',
        b'{"format": "something-else", "version": 1, "check_ins": []}',
        b'{"format": "bodymap-record", "version": 1, "check_ins": [{"local_date": "2026-01-01", '
        b'"zone": "UTC", "marks": [{"id": "1", "target": "neck", "side": "left", '
        b'"touched_nrs": 11, "by_itself_nrs": null, "at": "2026-01-01T10:00:00+00:00"}]}]}',
    ],
    ids=["no JSON", "cut off", "another format", "a level of 11"],
)
def test_a_malformed_file_is_refused_in_one_sentence_and_changes_nothing(
    explorer, shared_server, tmp_path, content
):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("calf", "left", 5)])
    before = shared_server.operations()
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    explorer.open_page("/settings")

    open_the_file(explorer, file)

    expect(
        explorer.page.get_by_text("We can't read this file. Nothing was changed.")
    ).to_be_visible()
    expect(explorer.button("Add them to my record")).to_have_count(0)
    assert shared_server.operations() == before


def test_keep_them_deletes_nothing(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("calf", "left", 5)])
    explorer.open_page("/settings").press_button("Delete all my marks")

    explorer.press_button("Keep them")

    expect(explorer.page.get_by_role("dialog")).to_have_count(0)
    assert len(shared_server.operations()) == 1


def test_my_marks_says_what_to_do_when_there_are_none(explorer):
    explorer.open_page("/my-marks")

    expect(explorer.page.get_by_text("Nothing marked yet.")).to_be_visible()
    explorer.page.get_by_role("link", name="To the map").click()
    explorer.ready().sees_title("Where does it hurt?")


def test_a_new_day_can_start_fresh(explorer, shared_server):
    yesterday_was_marked(shared_server)
    explorer.open("/?area=interscapular")
    explorer.sees_mark(
        "Rhomboid, upper, left", f"marked 6 of 10 when touched on {weekday(days_ago(1))}"
    )

    explorer.press_button("Start fresh")

    expect(explorer.point("Rhomboid, upper, left")).to_have_attribute(
        "aria-label", "Rhomboid, upper, left"
    )
    assert len(shared_server.check_ins()) == 1


def test_a_new_day_can_start_from_the_last_marks(explorer, shared_server):
    yesterday_was_marked(shared_server)
    explorer.open("/?area=interscapular")

    explorer.press_button(f"Start from {weekday(days_ago(1))}'s marks")

    explorer.sees_mark("Rhomboid, upper, left", "marked 6 of 10 when touched")
    expect(explorer.button("Start fresh")).to_have_count(0)
    before, today = shared_server.check_ins()
    assert levels_of(today) == levels_of(before)


def test_a_mark_begins_the_new_day_by_itself_and_the_other_days_stay(explorer, shared_server):
    yesterday_was_marked(shared_server)

    explorer.open("/?point=rhomboid-minor&side=right").mark(2).sees_saved()

    before, today = shared_server.check_ins()
    assert levels_of(before) == {("rhomboid-major-upper", "left"): (6, None)}
    assert levels_of(today) == {("rhomboid-minor", "right"): (2, None)}


def test_one_place_can_be_marked_as_last_time_also_once_the_day_is_begun(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(
            PERSON,
            [
                operation("rhomboid-major-upper", "left", 6, 3, at=days_ago(3)),
                operation("rhomboid-minor", "left", 9, at=days_ago(1)),
                operation("calf", "left", 1, at=days_ago(0)),
            ],
        )
    explorer.open(POINT).sees_no_level()

    explorer.press_button("As last time: 6 when touched, 3 by itself")

    explorer.sees_level(6).sees_level(3, BY_ITSELF).sees_saved()
    expect(explorer.page.get_by_role("button", name="As last time")).to_have_count(0)
    today = shared_server.check_ins()[-1]
    assert levels_of(today)["rhomboid-major-upper", "left"] == (6, 3)


def test_the_country_that_is_chosen_shows_its_number_and_is_kept(phone):
    phone.open_page("/help").sees_title("When to get help")
    phone.page.get_by_role("combobox", name="My country").fill("Germany")
    phone.page.get_by_role("option", name="Germany", exact=True).click()
    expect(phone.page.get_by_text("Emergency: 112")).to_be_visible()

    phone.open("/?area=interscapular")

    call = phone.page.get_by_role("link", name="Call 112 now")
    expect(call).to_have_attribute("href", "tel:112")


def yesterday_was_marked(server):
    with server.opened_record() as store:
        store.apply(PERSON, [operation("rhomboid-major-upper", "left", 6, at=days_ago(1))])


def save_the_record(explorer, path):
    explorer.go_to("Settings").sees_title("Settings")
    saved(explorer, SAVE, path)
    assert json.loads(path.read_text("utf-8"))["format"] == "bodymap-record"
    return path


def saved(explorer, button, path):
    with explorer.page.expect_download() as download:
        explorer.press_button(button)
    download.value.save_as(path)
    return path


def days_of(file):
    return json.loads(file.read_text("utf-8"))["check_ins"]


def open_the_file(explorer, file):
    explorer.page.locator("input[type=file]").set_input_files(file)
    return explorer
