"""Today is today by the device's clock: each page, over midnight, journeys, clocks that are wrong."""

from contextlib import contextmanager

import pytest
from conftest import exploring, new_window
from explorer import STILL
from marking import ZONE, days_ago
from playwright.sync_api import expect

LEFT = ("rhomboid-major-upper", "left")
POINT = "/?point=rhomboid-major-upper&side=left"
NAME = "Rhomboid, upper, left"


@contextmanager
def a_person(browser, url, *, is_calm=True, at=None, zone=ZONE):
    """Someone whose device shows ``at``, an aware time; its zone can be changed later on."""
    window = new_window(browser, **STILL, timezone_id=None)
    try:
        with exploring(window, url, is_calm=is_calm) as one:
            one.device = window.new_cdp_session(one.page)
            one.device.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
            if at:
                one.page.clock.install(time=at)
            yield one
    finally:
        window.close()


@pytest.mark.parametrize("days", [-1, 1, 400])
def test_the_word_of_the_device_counts_where_the_clock_of_the_server_is_wrong(
    browser, shared_server, days
):
    at = days_ago(-days)
    with a_person(browser, shared_server.url, at=at) as person:
        person.open(POINT).mark(6).sees_saved()
        person.reload()

        person.sees_level(6)
        (check_in,) = shared_server.check_ins()
        assert check_in.local_date == at.date()
        person.open_page("/my-marks")
        expect(person.page.get_by_role("heading", name="Today")).to_be_visible()
