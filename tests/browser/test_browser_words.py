"""Own words: what is pasted is saved, or refused beside the field, and none is lost in leaving."""

import re

import pytest
from explorer import OUTBOX
from playwright.sync_api import expect
from windows import exploring

POINT = "/?point=rhomboid-major-upper&side=left"
ODD = "tab\there\x0bpage\x0cline\u2028and\u2029end\x1b[1mbold\x00nul\x85next\r\nlast\ud800"
ONE_LINE = "tab here page line and end[1mboldnul nextlast"  # a browser takes line breaks out
IN_LINES = "tab here\npage\nline\nand\nend[1mboldnul\nnext\nlast"
PASTE = "(field, words) => { field.value = words; field.dispatchEvent(new Event('input')); }"


@pytest.fixture
def on_a_shaky_server(windows, server):
    with exploring(windows(), server.url, is_calm=False) as one:
        yield one


def paste(field, words):
    """Put words into a field as a paste does, whatever they hold."""
    field.evaluate(PASTE, words)


def note(person):
    return person.page.get_by_label("A note to yourself")


def journal(person):
    return person.page.get_by_label("Notes for yourself")


def details(server):
    return server.check_ins()[0].marks[0].details


def answers(server):
    found = server.check_ins()
    return found[0].answers if found else None


def test_whatever_is_pasted_about_a_mark_is_saved(explorer, shared_server):
    explorer.open(POINT).mark(6).press_button("Say more about it")

    paste(note(explorer), ODD)
    explorer.until(lambda: details(shared_server).note == IN_LINES, "the note is kept")
    paste(explorer.page.get_by_label("Another word"), ODD)
    explorer.until(lambda: details(shared_server).own_word == ONE_LINE, "the word is kept")

    explorer.mark(7).sees_saved()
    explorer.reload().sees_level(7)


def test_whatever_is_pasted_about_a_day_is_saved(explorer, shared_server):
    explorer.open_page("/check-in")

    paste(journal(explorer), ODD)
    explorer.until(lambda: answers(shared_server) is not None, "something is kept")
    paste(explorer.page.get_by_label("Something else"), ODD[:38])
    explorer.press_button("Add")

    explorer.until(lambda: answers(shared_server).tried != (), "the thing is kept")
    explorer.until(lambda: answers(shared_server).journal == IN_LINES, "the note is kept")
    assert [each.what for each in answers(shared_server).tried] == [ONE_LINE[:36]]


def test_what_can_not_be_kept_is_said_beside_it_and_the_rest_goes_on(explorer, shared_server):
    explorer.open(POINT).mark(6).sees_saved().press_button("Say more about it")
    note(explorer).evaluate("field => field.removeAttribute('maxlength')")

    paste(note(explorer), "x" * 501)

    expect(explorer.pad.get_by_text("This note must have at most 500 characters.")).to_be_visible()
    explorer.sees_level(6)
    expect(note(explorer)).to_have_value("x" * 501)
    explorer.mark(3, "By itself")
    note(explorer).fill("Short.")
    explorer.until(lambda: details(shared_server).note == "Short.", "the short one is kept")
    expect(explorer.pad.get_by_text("This note must have")).to_be_hidden()
    explorer.sees_saved()
    assert shared_server.check_ins()[0].marks[0].by_itself_nrs == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "mark", "target": "nowhere", "side": "left", "touched": 1, "by_itself": None},
        {"kind": "mark", "target": "neck-back", "side": "left", "touched": 99, "by_itself": None},
        {"kind": "stroke", "stroke_id": "6" * 36, "is_there": False},
        {"kind": "answers", "answers": {"worst_nrs": 1}},
        {"kind": "something"},
        {"kind": "file", "text": "no record"},
    ],
    ids=str,
)
def test_nothing_that_is_sent_waits_for_ever(explorer, shared_server, wrong):
    explorer.open(POINT)

    explorer.page.evaluate(f"wrong => {{ {OUTBOX}.add(wrong); }}", wrong)
    explorer.mark(4).sees_saved()

    explorer.until(lambda: explorer.page.evaluate(f"{OUTBOX}.pending.length") == 0, "answered")
    assert explorer.page.evaluate(f"{OUTBOX}.refused.length") == 1
    assert [one.touched_nrs for one in shared_server.operations()] == [4]
    explorer.page.evaluate(f"{OUTBOX}.dismiss(() => true)")


@pytest.mark.parametrize("leave", ["reload", "link", "back", "close"])
def test_the_last_words_are_kept_however_the_page_is_left(windows, shared_server, leave):
    with exploring(windows(), shared_server.url) as person:
        person.open(POINT).mark(6).sees_saved()
        person.open_page("/check-in")
        expect(journal(person)).to_be_visible()
        journal(person).press_sequentially("A long drive.")
        if leave == "reload":
            person.page.reload()
        elif leave == "link":
            person.go_to("Learn")
        elif leave == "back":
            person.page.go_back()
        else:
            person.page.close(run_before_unload=True)
        with exploring(windows(), shared_server.url) as another:
            another.open_page("/help")
            another.until(lambda: answers(shared_server) is not None, "the words arrived")
    assert answers(shared_server).journal == "A long drive."


def test_words_typed_while_the_server_is_away_go_out_from_the_page_that_comes_next(
    on_a_shaky_server, server
):
    person = on_a_shaky_server.open_page("/check-in")
    expect(journal(person)).to_be_visible()
    server.kill()
    journal(person).press_sequentially("A long drive.")
    server.start()

    person.open_page("/help")

    person.until(lambda: answers(server) is not None, "the words arrived")
    assert answers(server).journal == "A long drive."


def test_leaving_is_asked_about_only_while_something_is_unsaved(on_a_shaky_server, server):
    person = on_a_shaky_server.open(POINT).mark(6).sees_saved()
    asked = []

    def leave(dialog):
        asked.append(dialog.type)
        dialog.accept()

    person.page.on("dialog", leave)
    person.page.reload()
    person.ready()
    assert asked == []

    server.kill()
    person.mark(7)
    expect(person.pad.get_by_text(re.compile("^Not saved yet"))).to_be_visible()
    server.start()
    person.page.reload()

    assert asked == ["beforeunload"]
    person.ready().sees_saved().sees_level(7)
    person.page.remove_listener("dialog", leave)
