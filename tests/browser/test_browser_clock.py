"""Today is today by the device's clock: on a journey, and after a clock was wrong."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from devices import (
    PLACE,
    POINT,
    a_person,
    day_asked,
    days,
    drawn,
    draws_a_line,
    flies,
    marks,
    mood,
    picks,
    recorded,
    said,
    sees_saved,
    sees_the_board,
)
from marking import ZONE, answers, days_ago, operation, stroke
from playwright.sync_api import expect

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
