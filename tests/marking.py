"""Statements for tests: one by hand, with what doesn't matter filled in, or any that is allowed."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bodymap.records import (
    SIDES,
    DayOperation,
    Details,
    MarkOperation,
    StrokeOperation,
    Tried,
)
from bodymap.records.day import HELPED, LEVELS, TRIED
from bodymap.records.drawing import FARTHEST, VIEWS, WIDTHS_MM
from bodymap.records.qualities import CERTAINTIES, COURSES, DEPTHS, QUALITIES
from bodymap.records.statement import local_date

ZONE = "Europe/Berlin"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def days_ago(days):
    """Return the same time of day some days ago, in the zone of the tests' person and browser."""
    return datetime.now(ZoneInfo(ZONE)).replace(microsecond=0) - timedelta(days=days)


def weekday(instant):
    return f"{instant:%A}"


def operation(target="neck", side="left", touched=3, by_itself=None, **more):
    """Return a mark made at noon UTC on 22 November 2026 in Berlin, unless said otherwise."""
    values = {
        "target": target,
        "side": side,
        "touched_nrs": touched,
        "by_itself_nrs": by_itself,
    }
    return MarkOperation(**(_made(**more) | values | more))


def stroke(*points, **more):
    """Return a stroke of the brush made then, through (x, y), unless said otherwise."""
    values = {
        "stroke_id": str(uuid.uuid4()),
        "view": "back",
        "tool": "brush",
        "points": points or ((-120, 300), (-90, 320)),
        "width_mm": 28,
    }
    return StrokeOperation(**(_made(**more) | values | more))


def area_shaded(area="neck", side="left", **more):
    """Return a stroke that shades an area."""
    values = {"stroke_id": str(uuid.uuid4()), "view": "back", "tool": "area"}
    return StrokeOperation(**(_made(**more) | values | {"area": area, "side": side} | more))


def answers(**more):
    """Return the answers of a day given then, unless said otherwise."""
    return DayOperation(**(_made(**more) | more))


def _made(at=NOON, **_):
    in_zone = getattr(at, "tzinfo", None) == ZoneInfo(ZONE)
    return {
        "id": str(uuid.uuid4()),
        "at": at,
        "zone": ZONE,
        "utc_offset_min": at.utcoffset() // timedelta(minutes=1) if in_zone else 60,
    }


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


_words = st.text(
    # Whatever may be written: no control characters but the line break, no halves of characters.
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\n"),
    max_size=60,
)
_qualities = st.sampled_from([*QUALITIES])
_details = st.builds(
    Details,
    qualities=st.lists(_qualities, unique=True).map(tuple),
    own_word=_words,
    course=st.none() | st.sampled_from([*COURSES]),
    depth=st.none() | st.sampled_from([*DEPTHS]),
    certainty=st.none() | st.sampled_from([*CERTAINTIES]),
    note=_words,
)
_tried = st.builds(
    Tried,
    what=st.sampled_from([*TRIED])
    | _words.filter(lambda word: word[:40].strip()).map(lambda word: word[:40]),
    helped=st.none() | st.sampled_from([*HELPED]),
)
_coordinates = st.integers(-FARTHEST, FARTHEST)


@st.composite
def _any_made(draw):
    """What every statement says of itself; some are about an earlier day."""
    at = draw(_near | _times)
    offset = draw(st.sampled_from([0, 60, 345, -210, 840, -1080, 1080]))
    days_late = draw(st.sampled_from([0, 0, 0, 1, 2, 40]))
    made_on = local_date(at, offset)
    day = made_on - timedelta(days=days_late) if made_on.year > 1900 else None
    return {
        "id": str(draw(st.uuids())),
        "at": at,
        "zone": draw(st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "UTC", "Etc/Unknown"])),
        "utc_offset_min": offset,
        "day": day,
    }


@st.composite
def any_operation(draw):
    """Any mark that a record may hold, most of them within a few days of each other."""
    target, side = draw(_places)
    touched, by_itself = draw(_levels), draw(_levels)
    is_again = draw(st.sampled_from([False, False, True]))
    says_no_more = is_again or (touched is None and by_itself is None)
    return MarkOperation(
        target=target,
        side=side,
        touched_nrs=touched,
        by_itself_nrs=by_itself,
        details=Details() if says_no_more else draw(st.just(Details()) | _details),
        is_again=is_again,
        **draw(_any_made()),
    )


@st.composite
def any_stroke(draw):
    """Any stroke that a record may hold, of a few strokes, so that some are taken back."""
    made = draw(_any_made())
    made["stroke_id"] = str(uuid.UUID(int=draw(st.integers(0, 5))))
    made["view"] = draw(st.sampled_from(VIEWS))
    made["is_there"] = draw(st.booleans())
    made["is_again"] = draw(st.sampled_from([False, False, True]))
    tool = draw(st.sampled_from(["brush", "eraser", "area"]))
    if tool == "area":
        made["area"], made["side"] = draw(_places)
    else:
        pairs = st.lists(st.tuples(_coordinates, _coordinates), min_size=1, max_size=12)
        made["points"] = tuple(draw(pairs))
        made["width_mm"] = draw(st.sampled_from(WIDTHS_MM))
    if tool != "eraser":
        made["quality"], made["nrs"] = draw(st.just("") | _qualities), draw(_levels)
    return StrokeOperation(tool=tool, **made)


@st.composite
def any_answers(draw):
    """Any answers that a record may hold, none at all among them."""
    return DayOperation(
        **{level: draw(_levels) for level in LEVELS},
        tried=tuple(draw(st.lists(_tried, max_size=3, unique_by=lambda each: each.what))),
        journal=draw(_words),
        **draw(_any_made()),
    )


def any_operations(max_size=30):
    """Any list of marks with different ids, in the order in which they were made."""
    return st.lists(any_operation(), max_size=max_size, unique_by=lambda made: made.id)


def any_statements(max_size=12):
    """Any list of statements of all kinds with different ids, in order."""
    each = any_operation() | any_stroke() | any_answers()
    return st.lists(each, max_size=max_size, unique_by=lambda made: made.id)
