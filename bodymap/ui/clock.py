"""Which day it is for the person: today by the clock of their device, else by this computer's.

The browser says its date, zone and offset where they are not what this computer takes for them
(``static/body_map/clock.js``): after midnight, when a clock was set, on a journey, and wherever one
of the two clocks is wrong.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated, Any

import streamlit as st
from pydantic import Field, ValidationError

from bodymap.records.statement import MAX_OFFSET_MIN, MAX_ZONE, zone_and_offset
from bodymap.ui.browser import Sent, plain

TAB = "the_tab"
"""Key of the component of the tab, in whose state ``clock`` is what the device says."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Of what a record may hold."""

_A_MOMENT = timedelta(milliseconds=1)  # the step of a record's times


@dataclass(frozen=True, slots=True)
class Clock:
    """A date, and where it is that date: IANA zone, minutes ahead of UTC."""

    today: date
    zone: str
    offset_min: int

    def sent(self) -> dict[str, Any]:
        """Return it as ``static/body_map/tab.js`` takes it."""
        return asdict(self) | {"today": self.today.isoformat()}


def clock() -> Clock:
    """Return the device's clock as it last said, else this computer's in the visitor's zone."""
    return _told() or _here(datetime.now(UTC))


def today() -> date:
    """Return the visitor's own date."""
    return clock().today


def now() -> tuple[datetime, str, int]:
    """Return the visitor's time: UTC instant, zone name, offset from UTC in minutes.

    The instant is this computer's, or the nearest one that lies on the visitor's date: what is
    stated here belongs to that date, whatever this computer takes for today.
    """
    is_ = clock()
    begins = datetime.combine(is_.today, time(), timezone(timedelta(minutes=is_.offset_min)))
    instant = min(max(datetime.now(UTC), begins), begins + timedelta(days=1) - _A_MOMENT)
    return instant.astimezone(UTC), is_.zone, is_.offset_min


class _SentClock(Sent):
    today: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    zone: Annotated[str, Field(max_length=MAX_ZONE, pattern=r"^[A-Za-z0-9_+/-]+$")]
    offset_min: Annotated[int, Field(ge=-MAX_OFFSET_MIN, le=MAX_OFFSET_MIN)]


def _told() -> Clock | None:
    """Return what the device said; whatever is not exactly so is passed over."""
    state = st.session_state.get(TAB)
    if not isinstance(state, Mapping) or state.get("clock") is None:
        return None
    try:
        sent = _SentClock.model_validate(plain(state.get("clock")))
        day = date.fromisoformat(sent.today)
    except (ValidationError, ValueError):
        return None
    # A day's room at both ends, so that no offset leads out of what a record may hold.
    if not FIRST_DAY + timedelta(days=1) < day < LAST_DAY - timedelta(days=1):
        return None
    return Clock(day, sent.zone, sent.offset_min)


def _here(instant: datetime) -> Clock:
    zone, offset_min = zone_and_offset(st.context.timezone, instant)
    return Clock((instant + timedelta(minutes=offset_min)).date(), zone, offset_min)
