"""Today is today by the device's clock: over midnight, on a journey, after a clock was wrong."""

import re
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from explorer import box
from marking import ZONE, answers, days_ago, levels_of, operation, stroke
from playwright.sync_api import expect
from windows import exploring, new_window

from bodymap.ui.session import PERSON

POINT = "/?point=rhomboid-major-upper&side=left"
PLACE = ("rhomboid-major-upper", "left")
NOT_SAVED = re.compile("^(Not saved yet|The app does not answer)")


@pytest.fixture(scope="module")
def device(browser):
    """A browser window whose clock and zone can be changed."""
    window = new_window(browser, timezone_id=None)
    yield window
    window.close()


@contextmanager
def a_person(device, url, *, is_calm=True, at=None, zone=ZONE):
    """Someone whose device shows ``at``, an aware time, and now unless said otherwise."""
    with exploring(device, url, is_calm=is_calm) as one:
        one.device = device.new_cdp_session(one.page)
        one.device.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
        one.page.clock.install(time=at or datetime.now(UTC))
        yield one
        one.device.detach()


def before_midnight(zone=ZONE):
    """Return ten minutes to midnight today."""
    today = datetime.now(ZoneInfo(zone)).replace(hour=23, minute=50, second=0, microsecond=0)
    return today


def flies(person, zone):
    """Arrive in another zone, and look at the page again."""
    person.device.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
    person.page.evaluate("() => dispatchEvent(new Event('focus'))")


def a_night_passes(person):
    """Go on from ten minutes to midnight to a quarter to eight."""
    person.page.clock.fast_forward("07:55:00")


def minutes_pass_until(person, is_so, what):
    """Go on a little for each look: what is sent again has a pace of its own."""

    def is_so_by_now():
        person.page.clock.run_for(10_000)
        return is_so()

    person.until(is_so_by_now, what)


def writes_over_midnight(person, at, words):
    """Type some words just before midnight, and be in the middle of a sentence when it comes."""
    person.page.clock.pause_at(at + timedelta(minutes=9, seconds=58))
    person.page.keyboard.type(words)
    person.page.clock.resume()
    person.page.clock.fast_forward("00:10")


def recorded(server, *statements):
    with server.opened_record() as store:
        store.apply(PERSON, statements)


def days(server):
    return [check_in.local_date for check_in in server.check_ins()]


def marks(server):
    return {one.local_date: levels_of(one) for one in server.check_ins() if one.marks}


def said(server):
    return {one.local_date: one.answers for one in server.check_ins() if one.answers}


def drawn(server):
    return {one.local_date: len(one.drawing.strokes) for one in server.check_ins()}


def mood(person, level):
    group = person.page.get_by_role("radiogroup", name="Your mood")
    return group.get_by_role("radio", name=str(level), exact=True)


def notes(person):
    return person.page.get_by_label("Notes for yourself")


def day_asked(person, day):
    return person.page.get_by_role("heading", name=f"{day:%A} {day.day} {day:%B}")


def picks(person, day):
    """Pick an earlier day by hand."""
    person.page.get_by_text("An earlier day", exact=True).click()
    field = person.page.get_by_test_id("stDateInput").get_by_role("spinbutton").first
    field.click()
    person.page.keyboard.type(day.strftime("%d%m%Y"))
    person.title.click()  # leaves the field


def sees_saved(person):
    expect(person.page.get_by_text("Saved", exact=True)).to_be_visible()


def stage(person):
    return person.page.locator(".stage.drawing")


def board_for(person, day):
    return person.page.get_by_text(f"For {day:%A} {day.day} {day:%B}")


def sees_the_board(person):
    expect(person.page.get_by_role("checkbox", name="Lower back", exact=True)).to_be_attached()


def draws_a_line(person):
    sees_the_board(person)
    place = box(stage(person))
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] * 0.3
    person.page.mouse.move(x, y)
    person.page.mouse.down()
    person.page.mouse.move(x + 40, y + 20, steps=4)
    person.page.mouse.up()


# --- whose clock counts


@pytest.mark.parametrize("ahead", [-1, 1, 400])
def test_the_word_of_the_device_counts_where_the_clock_of_the_server_is_wrong(
    device, shared_server, ahead
):
    at = days_ago(-ahead)
    with a_person(device, shared_server.url, at=at) as person:
        person.open(POINT).mark(6).sees_saved()
        person.reload().sees_level(6)

        assert days(shared_server) == [at.date()]
        person.open_page("/my-marks")
        expect(person.page.get_by_role("heading", name="Today")).to_be_visible()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_zone_far_from_that_of_the_server_has_its_own_today(device, shared_server, zone):
    with a_person(device, shared_server.url, zone=zone) as person:
        person.open(POINT).mark(6).sees_saved()
        person.reload().sees_level(6)

        assert days(shared_server) == [datetime.now(ZoneInfo(zone)).date()]
        person.open_page("/check-in")
        expect(day_asked(person, days(shared_server)[0])).to_be_visible()


def test_an_ordinary_page_costs_no_further_run(explorer):
    explorer.open_page("/settings")
    expect(explorer.page.get_by_role("button", name="Delete all my marks")).to_be_visible()

    assert not [one for one in explorer.sent if b"offset_min" in one]


def test_a_day_that_was_copied_by_the_server_is_the_devices_today(device, shared_server):
    recorded(shared_server, operation(*PLACE, 7, at=days_ago(3)))
    at = days_ago(-1)
    with a_person(device, shared_server.url, at=at) as person:
        person.open(POINT)
        person.page.get_by_role("button", name=re.compile("^Start from")).click()
        expect(person.page.get_by_text("New day.")).to_have_count(0)
        person.sees_level(7)

        assert days(shared_server)[1:] == [at.date()]
        assert not shared_server.operations()[-1].is_late

    recorded(shared_server, stroke(at=days_ago(3)))
    at = days_ago(1)
    with a_person(device, shared_server.url, at=at) as person:
        person.open_page("/draw")
        # the server takes another day for today until it is told
        person.until(lambda: any(b"offset_min" in one for one in person.sent), "it is told")
        person.page.get_by_role("button", name=re.compile("^Start from the drawing")).click()
        person.until(lambda: drawn(shared_server).get(at.date()) == 1, "it is copied to today")
        assert not any(one.is_late for one in shared_server.operations())


# --- today goes back


def test_a_flight_west_over_midnight_keeps_todays_marks_on_the_map(device, shared_server):
    east, west = "Pacific/Kiritimati", "Pacific/Honolulu"  # 24 hours apart, so always one date
    with a_person(device, shared_server.url, zone=east) as person:
        person.open(POINT).mark(8).sees_saved()
        (later,) = days(shared_server)

        flies(person, west)

        person.sees_no_level()
        tomorrow = person.page.get_by_text(re.compile("^What you recorded for tomorrow"))
        expect(tomorrow).to_be_visible()
        person.mark(3).sees_saved().sees_level(3)
        today = later - timedelta(days=1)
        assert marks(shared_server) == {today: {PLACE: (3, None)}, later: {PLACE: (8, None)}}
        person.reload().sees_level(3)

        person.open_page("/my-marks")
        expect(person.page.get_by_role("heading", name="Today")).to_be_visible()
        strip = person.page.get_by_role("radiogroup", name="Each day you marked")
        expect(strip.get_by_role("radio", name=re.compile("^Tomorrow, "))).to_be_visible()
        expect(person.page.get_by_text("Mark on another day, too.")).to_be_visible()
        strip.get_by_role("radio", name=re.compile("^Tomorrow, ")).check(force=True)
        heading = person.page.get_by_role("heading", name=re.compile("^Tomorrow: "))
        expect(heading).to_be_visible()

        flies(person, east)
        expect(person.page.get_by_role("heading", name=re.compile("^Start, now"))).to_be_visible()
        person.open(POINT).sees_level(8)
        expect(tomorrow).to_have_count(0)


@pytest.mark.parametrize("back", [1, 30])
def test_after_a_clock_was_corrected_marks_are_of_today(device, shared_server, back):
    wrong = days_ago(-back)
    with a_person(device, shared_server.url, at=wrong) as person:
        person.open(POINT).mark(8).sees_saved()
        assert days(shared_server) == [wrong.date()]

        person.page.clock.set_system_time(days_ago(0))
        person.mark(3)

        person.sees_saved().sees_level(3)
        today = wrong.date() - timedelta(days=back)
        assert marks(shared_server) == {today: {PLACE: (3, None)}, wrong.date(): {PLACE: (8, None)}}
        assert not any(one.is_late for one in shared_server.operations())


def test_answers_and_strokes_after_a_corrected_clock_are_of_today(device, shared_server):
    wrong, right = days_ago(-1), days_ago(0)
    with a_person(device, shared_server.url, at=wrong) as person:
        person.open_page("/check-in")
        mood(person, 8).check(force=True)
        sees_saved(person)
        person.page.clock.set_system_time(right)
        mood(person, 3).check(force=True)
        expect(day_asked(person, right.date())).to_be_visible()
        person.until(lambda: right.date() in said(shared_server), "the answer is there")
        levels = {day: one.mood_nrs for day, one in said(shared_server).items()}
        assert levels == {right.date(): 3, wrong.date(): 8}

        person.page.clock.set_system_time(wrong)
        person.open_page("/draw")
        sees_the_board(person)
        draws_a_line(person)
        sees_saved(person)
        person.page.clock.set_system_time(right)
        draws_a_line(person)
        person.until(lambda: drawn(shared_server).get(right.date()) == 1, "the stroke is there")
        assert drawn(shared_server) == {right.date(): 1, wrong.date(): 1}


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


# --- days that lie ahead


def test_days_ahead_are_named_kept_out_of_everything_and_can_be_deleted(explorer, shared_server):
    far = datetime(2031, 5, 3, 12, tzinfo=ZoneInfo(ZONE))
    recorded(
        shared_server,
        operation(*PLACE, 7, at=days_ago(20)),
        operation(*PLACE, 3, at=days_ago(0)),
        operation(*PLACE, 10, at=far),
        answers(worst_nrs=10, at=far),
        operation(*PLACE, 10, at=far + timedelta(days=1)),
    )
    explorer.open_page("/my-marks")

    both = "2 days lie ahead: 3 May 2031 and 4 May 2031. They are not counted."
    expect(explorer.page.get_by_text(both)).to_be_visible()
    expect(explorer.page.get_by_role("heading", name="Today")).to_be_visible()
    lead = explorer.page.get_by_text(re.compile("hurts less, from 7 to 3"))
    expect(lead.first).to_be_visible()
    chart = explorer.page.get_by_role("figure", name=re.compile("Rhomboid, upper, left"))
    expect(chart).to_be_visible()
    expect(explorer.page.get_by_text("2 of 2 days with a check-in").first).to_be_visible()
    for role in ("figure", "img", "radio"):
        expect(explorer.page.get_by_role(role, name=re.compile("2031"))).to_have_count(0)
    explorer.page.get_by_text("Delete something that lies ahead").click()
    explorer.page.get_by_role("button", name="Delete this").first.click()
    explorer.press_button("Delete it")
    expect(explorer.page.get_by_text("That day is deleted.")).to_be_visible()
    one = explorer.page.get_by_text("One day lies ahead: 4 May 2031. It is not counted.")
    expect(one).to_be_visible()
    explorer.page.get_by_role("button", name="Delete this").first.click()
    explorer.press_button("Delete it")
    expect(one).to_have_count(0)
    assert max(days(shared_server)).year < 2031


def test_pages_for_earlier_days_reach_back_before_ten_years(explorer, shared_server):
    long_ago = date(2003, 2, 1)
    at = datetime(2003, 2, 1, 12, tzinfo=ZoneInfo(ZONE))
    recorded(shared_server, operation(*PLACE, 7, at=at))
    explorer.open_page("/my-marks")
    explorer.page.get_by_role("radiogroup", name="Days to look at").get_by_text("Dates").click()
    fields = explorer.page.get_by_test_id("stDateInput").first.get_by_role("spinbutton")
    fields.first.click()
    explorer.page.keyboard.type("01022003")
    explorer.title.click()
    expect(
        explorer.page.get_by_role("heading", name=f"{long_ago:%A}, 1 February 2003")
    ).to_be_visible()

    explorer.open_page("/check-in")
    picks(explorer, long_ago)
    expect(day_asked(explorer, long_ago)).to_be_visible()


def test_a_day_ahead_can_be_deleted_on_settings(explorer, shared_server):
    recorded(
        shared_server, operation(*PLACE, 7, at=datetime(2051, 5, 3, 12, tzinfo=ZoneInfo(ZONE)))
    )
    explorer.open_page("/settings")
    field = explorer.page.get_by_test_id("stDateInput").nth(1).get_by_role("spinbutton").first
    field.click()
    explorer.page.keyboard.type("03052051")
    explorer.page.get_by_role("heading", name="Delete everything").click()

    expect(explorer.page.get_by_role("button", name="Delete this day")).to_be_visible()
