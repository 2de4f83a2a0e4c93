"""A device whose clock and zone can be changed, and what a person with it does and sees."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from explorer import box
from marking import ZONE, levels_of
from playwright.sync_api import expect
from windows import exploring

from bodymap.ui.session import PERSON

POINT = "/?point=rhomboid-major-upper&side=left"
PLACE = ("rhomboid-major-upper", "left")
NOT_SAVED = re.compile("^(Not saved yet|The app does not answer)")


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
