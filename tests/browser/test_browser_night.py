"""A page that is left open overnight turns to the new day, also while the app is away."""

import re
from datetime import timedelta

import pytest
from devices import (
    NOT_SAVED,
    PLACE,
    POINT,
    a_night_passes,
    a_person,
    before_midnight,
    board_for,
    day_asked,
    drawn,
    draws_a_line,
    marks,
    minutes_pass_until,
    mood,
    notes,
    picks,
    recorded,
    said,
    sees_saved,
    sees_the_board,
    stage,
    writes_over_midnight,
)
from explorer import box
from marking import operation
from playwright.sync_api import expect

# --- a page left open overnight


def test_the_check_in_turns_overnight(device, shared_server):
    at = before_midnight()
    evening, morning = at.date(), at.date() + timedelta(days=1)
    with a_person(device, shared_server.url, at=at) as person:
        person.open_page("/check-in")
        mood(person, 8).check(force=True)
        notes(person).fill("A long day.")
        a_night_passes(person)

        expect(day_asked(person, morning)).to_be_visible()
        expect(mood(person, 8)).not_to_be_checked()
        expect(notes(person)).to_have_value("")
        mood(person, 3).check(force=True)
        sees_saved(person)
        person.until(lambda: morning in said(shared_server), "the morning is there")
        found = {day: (one.mood_nrs, one.journal) for day, one in said(shared_server).items()}
        assert found == {evening: (8, "A long day."), morning: (3, "")}


def test_the_board_turns_overnight_and_undo_does_not_reach_yesterday(device, shared_server):
    at = before_midnight()
    evening, morning = at.date(), at.date() + timedelta(days=1)
    with a_person(device, shared_server.url, at=at) as person:
        person.open_page("/draw")
        sees_the_board(person)
        draws_a_line(person)
        draws_a_line(person)
        sees_saved(person)
        person.press_button("Undo")
        a_night_passes(person)

        undo, redo = (person.button(name) for name in ("Undo", "Redo"))
        expect(undo).to_have_attribute("aria-disabled", "true")
        expect(redo).to_have_attribute("aria-disabled", "true")
        draws_a_line(person)
        expect(undo).not_to_have_attribute("aria-disabled", "true")
        person.until(lambda: drawn(shared_server).get(morning) == 1, "the stroke is there")
        assert drawn(shared_server) == {evening: 1, morning: 1}


def test_a_line_begun_before_midnight_is_of_that_day(device, shared_server):
    at = before_midnight()
    with a_person(device, shared_server.url, at=at) as person:
        person.open_page("/draw")
        sees_the_board(person)
        place = box(stage(person))
        person.page.mouse.move(place["x"] + 200, place["y"] + 200)
        person.page.mouse.down()
        a_night_passes(person)
        person.page.mouse.move(place["x"] + 240, place["y"] + 220, steps=4)
        person.page.mouse.up()

        person.until(lambda: drawn(shared_server) == {at.date(): 1}, "it is of the evening")
        expect(person.page.get_by_text("Draw with a finger")).to_be_attached()


def test_explore_turns_overnight_and_undo_does_not_reach_yesterday(device, shared_server):
    at = before_midnight()
    evening, morning = at.date(), at.date() + timedelta(days=1)
    with a_person(device, shared_server.url, at=at) as person:
        person.open(POINT).mark(8).sees_saved()
        a_night_passes(person)

        person.sees_no_level()
        expect(person.button("Undo")).to_have_attribute("aria-disabled", "true")
        expect(person.page.get_by_text(re.compile("^New day. You see"))).to_be_visible()
        person.mark(3).sees_saved().sees_level(3)
        assert marks(shared_server) == {evening: {PLACE: (8, None)}, morning: {PLACE: (3, None)}}


def test_mark_again_turns_overnight(device, shared_server):
    at = before_midnight()
    recorded(shared_server, operation(*PLACE, 7, at=at - timedelta(hours=3)))
    with a_person(device, shared_server.url, at=at) as person:
        person.open_page("/mark-again")
        expect(person.level(5)).to_be_attached()
        a_night_passes(person)

        expect(person.page.get_by_text("There are no marks of today yet.")).to_be_visible()
        expect(person.level(5)).to_have_count(0)


def test_my_marks_and_settings_turn_overnight(device, shared_server):
    at = before_midnight()
    recorded(shared_server, operation(*PLACE, 7, at=at - timedelta(hours=3)))
    with a_person(device, shared_server.url, at=at) as person:
        person.open_page("/my-marks")
        expect(person.page.get_by_role("heading", name="Today")).to_be_visible()
        a_night_passes(person)
        day = person.page.get_by_role("heading", name=f"{at:%A}, {at.day} {at:%B %Y}")
        expect(day).to_be_visible()

    with a_person(device, shared_server.url, at=at) as person:
        person.open_page("/settings")
        expect(person.page.get_by_role("button", name="Delete this day")).to_be_visible()
        a_night_passes(person)
        expect(person.page.get_by_text("You recorded nothing then.")).to_be_visible()


def test_my_marks_in_the_presenting_view_are_yesterdays_after_midnight(device, shared_server):
    at = before_midnight()
    recorded(shared_server, operation("interscapular", "left", 7, at=at - timedelta(hours=3)))
    with a_person(device, shared_server.url, at=at) as person:
        person.page.goto(f"{person.url}/demonstrate?area=interscapular")
        person.page.get_by_role("button", name=re.compile("My marks")).click()
        expect(person.page.get_by_text("Shows my own marks of today")).to_be_visible()
        a_night_passes(person)
        yesterday = person.page.get_by_text(f"Shows my own marks of {at:%A}")
        expect(yesterday).to_be_visible()


@pytest.mark.parametrize("page", ["/check-in", "/draw"])
def test_an_earlier_day_that_was_picked_stays_overnight(device, shared_server, page):
    at = before_midnight()
    picked = at.date() - timedelta(days=2)
    with a_person(device, shared_server.url, at=at) as person:
        person.open_page(page)
        picks(person, picked)
        if page == "/check-in":
            expect(day_asked(person, picked)).to_be_visible()
        else:
            expect(board_for(person, picked)).to_be_visible()
            draws_a_line(person)
            person.until(lambda: drawn(shared_server) == {picked: 1}, "the day is picked")
        a_night_passes(person)

        if page == "/check-in":
            mood(person, 3).check(force=True)
            expect(day_asked(person, picked)).to_be_visible()
            person.until(lambda: list(said(shared_server)) == [picked], "it is of that day")
        else:
            expect(board_for(person, picked)).to_be_visible()
            draws_a_line(person)
            person.until(lambda: drawn(shared_server) == {picked: 2}, "it is of that day")
        assert all(one.is_late for one in shared_server.operations())


def test_half_typed_notes_at_midnight_stay_with_the_day_they_were_begun_for(device, shared_server):
    at = before_midnight()
    evening, morning = at.date(), at.date() + timedelta(days=1)
    with a_person(device, shared_server.url, at=at) as person:
        person.open_page("/check-in")
        notes(person).click()
        writes_over_midnight(person, at, "Today the")
        person.page.keyboard.type(" garden.")

        expect(day_asked(person, evening)).to_be_visible()
        expect(notes(person)).to_have_value("Today the garden.")
        person.title.click()
        expect(day_asked(person, morning)).to_be_visible()
        expect(notes(person)).to_have_value("")
        person.until(
            lambda: (
                {day: one.journal for day, one in said(shared_server).items()}
                == {evening: "Today the garden."}
            ),
            "it is of the evening",
        )


def test_a_half_typed_note_of_a_mark_stays_with_its_mark(device, shared_server):
    at = before_midnight()
    with a_person(device, shared_server.url, at=at) as person:
        person.open(POINT).mark(6).sees_saved()
        person.press_button("Say more about it")
        note = person.page.get_by_label("A note to yourself")
        note.click()
        writes_over_midnight(person, at, "After the")
        person.page.keyboard.type(" garden.")

        expect(note).to_have_value("After the garden.")
        person.title.click()
        person.sees_no_level()

        def note_kept():
            (check_in,) = shared_server.check_ins()
            return (check_in.local_date, check_in.marks[0].details.note)

        person.until(lambda: note_kept() == (at.date(), "After the garden."), "the note is kept")


# --- while the server is away


def test_pages_turn_by_themselves_while_the_server_is_away(device, server):
    at = before_midnight()
    evening, morning = at.date(), at.date() + timedelta(days=1)
    with a_person(device, server.url, at=at, is_calm=False) as person:
        person.open(POINT).mark(8).sees_saved()
        server.kill()
        person.mark(7)
        expect(person.pad.get_by_text(NOT_SAVED)).to_be_visible()
        a_night_passes(person)

        person.sees_no_level()
        shown = person.page.get_by_text(f"Marks from {at:%A}")
        expect(shown).to_be_visible()
        person.mark(3).sees_level(3)
        server.start()

        minutes_pass_until(person, lambda: len(marks(server)) == 2, "both are saved")
        person.sees_saved().sees_level(3)
        assert marks(server) == {evening: {PLACE: (7, None)}, morning: {PLACE: (3, None)}}


def test_questions_and_board_turn_while_the_server_is_away(device, server):
    at = before_midnight()
    evening, morning = at.date(), at.date() + timedelta(days=1)
    with a_person(device, server.url, at=at, is_calm=False) as person:
        person.open_page("/check-in")
        mood(person, 8).check(force=True)
        sees_saved(person)
        server.kill()
        a_night_passes(person)
        expect(day_asked(person, morning)).to_be_visible()
        expect(mood(person, 8)).not_to_be_checked()
        mood(person, 3).check(force=True)
        server.start()
        minutes_pass_until(person, lambda: morning in said(server), "the morning is there")
        expect(mood(person, 3)).to_be_checked()
        assert {day: one.mood_nrs for day, one in said(server).items()} == {evening: 8, morning: 3}


def test_the_board_turns_while_the_server_is_away(device, server):
    at = before_midnight()
    evening, morning = at.date(), at.date() + timedelta(days=1)
    with a_person(device, server.url, at=at, is_calm=False) as person:
        person.open_page("/draw")
        sees_the_board(person)
        draws_a_line(person)
        sees_saved(person)
        server.kill()
        a_night_passes(person)
        expect(person.button("Undo")).to_have_attribute("aria-disabled", "true")
        draws_a_line(person)
        server.start()

        minutes_pass_until(person, lambda: drawn(server).get(morning) == 1, "the morning is there")
        assert drawn(server) == {evening: 1, morning: 1}


def test_an_earlier_day_that_was_picked_stays_overnight_though_the_session_was_lost(device, server):
    at = before_midnight()
    picked = at.date() - timedelta(days=2)
    with a_person(device, server.url, at=at, is_calm=False) as person:
        person.open_page("/check-in")
        picks(person, picked)
        expect(day_asked(person, picked)).to_be_visible()
        server.kill()
        a_night_passes(person)
        mood(person, 3).check(force=True)
        server.start()

        minutes_pass_until(person, lambda: list(said(server)) == [picked], "it is of that day")
        sees_saved(person)
        expect(day_asked(person, picked)).to_be_visible()


def test_mark_again_says_that_the_day_is_over_while_the_server_is_away(device, server):
    at = before_midnight()
    recorded(server, operation(*PLACE, 7, at=at - timedelta(hours=3)))
    with a_person(device, server.url, at=at, is_calm=False) as person:
        person.open_page("/mark-again")
        expect(person.level(5)).to_be_attached()
        server.kill()
        a_night_passes(person)

        expect(person.page.get_by_role("heading", name="A new day has begun.")).to_be_visible()
        expect(person.level(5)).to_be_hidden()
