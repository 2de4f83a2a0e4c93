"""Which check-in the map shows today, and the offer to begin a new day from the last one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from bodymap.measures.saying import day_said
from bodymap.records import CheckIn, Mark, StoreError
from bodymap.ui.clock import now, today
from bodymap.ui.saving import keep_copies_in_the_tab
from bodymap.ui.session import PERSON, Session

RECENT = 10
"""Check-ins to read for ``current_sitting``: enough to find the last one with marks."""

_FRESH = "fresh_since"
_PROBLEM = "new_day_problem"


@dataclass(frozen=True, slots=True)
class Sitting:
    """The check-in on the map.

    ``is_undecided``: the marks shown are an earlier day's, and the person has not yet said
    whether today starts fresh or from them.
    """

    check_in: CheckIn | None
    day: date
    is_undecided: bool = False

    @property
    def day_name(self) -> str:
        """Return the shown day as a person would say it: Friday, or 3 May further back."""
        return name_of(self.day)

    @property
    def marks(self) -> Mapping[tuple[str, str], Mark]:
        """Return the marks to show, by target and side."""
        if self.check_in is None:
            return {}
        return {(mark.target, mark.side): mark for mark in self.check_in.marks}


def current_sitting(check_ins: Sequence[CheckIn]) -> Sitting:
    """Return today's check-in, or the last one while today is not decided.

    Never one that lies ahead of today: what is marked now is of today, and what was marked under a
    later date comes back when that day comes.
    """
    day = today()
    for check_in in reversed(check_ins):
        if check_in.local_date == day:
            return Sitting(check_in, day)
    earlier = [c for c in check_ins if c.marks and c.local_date < day]
    if not earlier or st.session_state.get(_FRESH) == day:
        return Sitting(None, day)
    return Sitting(earlier[-1], earlier[-1].local_date, is_undecided=True)


def offer(session: Session, sitting: Sitting) -> None:
    """Ask, once a day, whether to start fresh or from the last marks."""
    with st.container(
        key="new-day", border=True, horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.markdown(f"**New day.** You see {sitting.day_name}'s marks.")
        if problem := st.session_state.pop(_PROBLEM, None):
            st.text(problem)
        st.button("Start fresh", on_click=_start_fresh)
        st.button(
            f"Start from {sitting.day_name}'s marks",
            on_click=start_from,
            args=(session, sitting.check_in),
        )


def start_from(session: Session, source: CheckIn) -> None:
    """Begin today's check-in with the marks of an earlier one."""
    instant, zone, offset_min = now()
    try:
        new = session.store.copy_forward(
            PERSON, source.id, at=instant, zone=zone, utc_offset_min=offset_min
        )
        keep_copies_in_the_tab(session, new)
    except StoreError as error:
        st.session_state[_PROBLEM] = str(error)


def last_time(check_ins: Sequence[CheckIn], target: str | None) -> Mapping[str, Mark]:
    """Return, by side, the marks that one place had when it was last marked before today."""
    return {
        mark.side: mark
        for check_in in check_ins
        if check_in.local_date < today()
        for mark in check_in.marks
        if mark.target == target
    }


def name_of(day: date) -> str:
    """Return a day in plain words, seen from today: Friday within a week, else 3 May 2026."""
    if timedelta() <= today() - day < timedelta(days=7):
        return f"{day:%A}"
    return f"{day.day} {day:%B %Y}"


def offer_more(session: Session, check_ins: Sequence[CheckIn], sitting: Sitting) -> None:
    """Offer what the last earlier day has and today doesn't, once today was begun."""
    earlier = [c for c in check_ins if c.marks and c.local_date < sitting.day]
    if sitting.is_undecided or not earlier:
        return
    last = earlier[-1]
    missing = [mark for mark in last.marks if (mark.target, mark.side) not in sitting.marks]
    if missing:
        st.button(
            f"Add {name_of(last.local_date)}'s other marks ({len(missing)})",
            on_click=start_from,
            args=(session, last),
        )


def say_tomorrow(ahead: Sequence[date]) -> None:
    """Say where what was recorded for tomorrow is: on a journey, or after a clock was wrong.

    ahead: the dates after today about which something is recorded. *My marks* names those further
    ahead.
    """
    tomorrow = today() + timedelta(days=1)
    if tomorrow in ahead:
        with st.container(key="tomorrow"):
            st.markdown(
                f"What you recorded for **tomorrow, {day_said(tomorrow)}**, is in *My marks*. It "
                "comes back here when that day comes."
            )


def _start_fresh() -> None:
    st.session_state[_FRESH] = today()
