"""What the browser says of its clock is taken exactly as our script sends it, or not at all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from bodymap.records.statement import local_date
from bodymap.ui.clock import TAB

SAID = {"today": "2031-05-03", "zone": "Pacific/Kiritimati", "offset_min": 840}


def app():
    import streamlit as st

    from bodymap.ui import clock

    instant, zone, offset_min = clock.now()
    st.session_state["is"] = clock.today(), instant, zone, offset_min


def clock(state=None):
    """Return (today, instant, zone, offset) as the app takes them."""
    at = AppTest.from_function(app)
    if state is not None:
        at.session_state[TAB] = state
    return at.run().session_state["is"]


def test_what_the_device_says_comes_first():
    today, instant, zone, offset_min = clock({"clock": SAID})

    assert (today, zone, offset_min) == (date(2031, 5, 3), "Pacific/Kiritimati", 840)
    assert local_date(instant, offset_min) == today, "what is stated here belongs to that date"


def test_without_its_word_the_clock_of_this_computer_counts():
    before = datetime.now(UTC)
    today, instant, zone, offset_min = clock()

    assert before <= instant <= datetime.now(UTC)
    assert (zone, offset_min) == ("UTC", 0)
    assert today in (before.date(), instant.date())


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("offset_min", [-660, 0, 345, 840])
def test_an_instant_always_lies_on_the_date_of_the_device(days, offset_min):
    at = datetime.now(UTC) + timedelta(days=days, minutes=offset_min)

    today, instant, _, _ = clock(
        {"clock": SAID | {"today": f"{at:%Y-%m-%d}", "offset_min": offset_min}}
    )

    assert local_date(instant, offset_min) == today == at.date()


@pytest.mark.parametrize(
    "state",
    [
        "2031-05-03",
        {"clock": None},
        {"clock": "2031-05-03"},
        {"clock": {}},
        *(
            {"clock": SAID | wrong}
            for wrong in (
                {"today": "2031-02-30"},
                {"today": "20310503"},
                {"today": 20310503},
                {"today": "0001-01-01"},
                {"today": "1900-01-01"},
                {"today": "2199-12-31"},
                {"zone": "a" * 65},
                {"zone": "<b>"},
                {"zone": None},
                {"offset_min": 1081},
                {"offset_min": -1081},
                {"offset_min": 60.5},
                {"offset_min": "60"},
                {"more": 1},
            )
        ),
    ],
)
def test_anything_else_is_passed_over(state):
    today, _, zone, _ = clock(state)

    assert zone == "UTC"
    assert today != date(2031, 5, 3)
