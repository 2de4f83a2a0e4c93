"""Which check-in the map shows: today by the device's clock, never a day that is still to come."""

from datetime import date, timedelta

import pytest
from marking import NOON, answers, levels_of, operation
from streamlit.testing.v1 import AppTest

from bodymap.records import check_ins_of
from bodymap.ui.clock import TAB

TODAY = NOON.date()


def app():
    import streamlit as st

    from bodymap.ui import new_day

    check_ins = st.session_state["check_ins"]
    st.session_state["sitting"] = new_day.current_sitting(check_ins)
    st.session_state["last_time"] = new_day.last_time(check_ins, "neck")


def run(*made, today=TODAY, fresh=None):
    """Run on statements, on a day by the device's clock; ``fresh``: when "Start fresh" was said."""
    at = AppTest.from_function(app)
    at.session_state["check_ins"] = check_ins_of(made)
    said = {"today": today.isoformat(), "zone": "Europe/Berlin", "offset_min": 60}
    at.session_state[TAB] = {"clock": said}
    if fresh:
        at.session_state["fresh_since"] = fresh
    return at.run().session_state


def marked(*days):
    """Return marks of the neck so many days from ``TODAY``, with the distance as their level."""
    return [operation("neck", touched=abs(day) % 11, at=NOON + timedelta(days=day)) for day in days]


def sitting(*days, **more):
    """Return (days from TODAY, level of the neck, undecided) of what is shown."""
    found = run(*marked(*days), **more)["sitting"]
    levels = levels_of(found.check_in)[("neck", "left")][0] if found.check_in else None
    return (found.day - TODAY).days, levels, found.is_undecided


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ((), (0, None, False)),
        ((-2, 0), (0, 0, False)),
        ((-2, -1), (-1, 1, True)),
        ((-2, 0, 1), (0, 0, False)),
        ((-2, 1), (-2, 2, True)),
        ((1,), (0, None, False)),
        ((1, 30, 4000), (0, None, False)),
        ((-4, 30, 4000), (-4, 4, True)),
    ],
)
def test_the_map_shows_today_or_an_earlier_day(days, shown):
    assert sitting(*days) == shown


def test_a_later_day_comes_back_when_that_day_comes():
    assert sitting(0, 1, today=TODAY) == (0, 0, False)
    assert sitting(0, 1, today=TODAY + timedelta(days=1)) == (1, 1, False)


def test_starting_fresh_holds_for_the_day_on_which_it_was_said():
    assert sitting(-1, fresh=TODAY) == (0, None, False)
    assert sitting(-1, today=TODAY + timedelta(days=1), fresh=TODAY) == (-1, 1, True)


def test_a_day_with_answers_alone_is_begun():
    assert run(answers(mood_nrs=3))["sitting"].check_in.answers.mood_nrs == 3


def test_last_time_is_never_a_day_that_is_still_to_come():
    last = run(*marked(-3, 0, 1, 30))["last_time"]

    assert {side: mark.touched_nrs for side, mark in last.items()} == {"left": 3}


def test_a_date_that_no_record_can_hold_is_no_today():
    assert run(today=date(2199, 12, 31))["sitting"].day < date(2199, 1, 1)
