"""Marks for tests: one by hand, with what does not matter filled in, or any that is allowed."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bodymap.records import SIDES, MarkOperation

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def operation(target="neck", side="left", touched=3, by_itself=None, **more):
    """Return a mark made at noon UTC on 22 November 2026 in Berlin, unless said otherwise."""
    values = {
        "id": str(uuid.uuid4()),
        "target": target,
        "side": side,
        "touched_nrs": touched,
        "by_itself_nrs": by_itself,
        "at": NOON,
        "zone": "Europe/Berlin",
        "utc_offset_min": 60,
    }
    return MarkOperation(**(values | more))


def levels_of(check_in):
    """Return {(target, side): (touched, by itself)}, what a person sees of a check-in."""
    return {
        (mark.target, mark.side): (mark.touched_nrs, mark.by_itself_nrs) for mark in check_in.marks
    }


_levels = st.none() | st.integers(0, 10)
_places = st.tuples(
    st.sampled_from(["neck", "whole-body", "rhomboid-major-upper", "a"]), st.sampled_from(SIDES)
)
_times = st.datetimes(
    datetime.fromisoformat("1900-01-02"),
    datetime.fromisoformat("2199-12-30"),
    timezones=st.just(UTC),
)
_near = st.builds(
    lambda minutes: NOON + timedelta(minutes=minutes), st.integers(-5 * 1440, 5 * 1440)
)


@st.composite
def any_operation(draw):
    """Any operation that a record may hold, most of them within a few days of each other."""
    target, side = draw(_places)
    return MarkOperation(
        id=str(draw(st.uuids())),
        target=target,
        side=side,
        touched_nrs=draw(_levels),
        by_itself_nrs=draw(_levels),
        at=draw(_near | _times),
        zone=draw(st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "UTC", "Etc/Unknown"])),
        utc_offset_min=draw(st.sampled_from([0, 60, 345, -210, 840, -1080, 1080])),
    )


def any_operations(max_size=30):
    """Any list of operations with different ids, in the order in which they were made."""
    return st.lists(any_operation(), max_size=max_size, unique_by=lambda made: made.id)
