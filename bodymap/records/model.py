"""What a person records: marks, the operations that make them, check-ins, the whole record.

The record is a list of operations that only ever grows. Each operation states the *whole* mark at
one place after it, so undo is another operation, and applying one twice changes nothing. The
current mark is the last operation in the record's order – never the latest by the clock, because
clocks go backwards.

Nothing here knows the atlas: a target is a slug, and a record made with another version of the map
keeps every mark.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal, get_args
from zoneinfo import available_timezones

from bodymap.records.errors import InvalidValue, shown
from bodymap.records.scales import checked_level

Side = Literal["left", "right", "midline"]
SIDES: tuple[str, ...] = get_args(Side)

UNKNOWN_ZONE = "Etc/Unknown"
"""The zone of a mark whose device named none that is known; the name is that of Unicode CLDR."""

MAX_TARGET = 80
MAX_ZONE = 64
MAX_OFFSET_MIN = 18 * 60
"""Real offsets lie within 14 hours; 18 is where ISO 8601 libraries draw the line."""

# Clocks may be years off and the mark is kept all the same, but each date must stay writable. A
# day's margin on both ends, so that no offset leads out of the years 1900 to 2199.
_EARLIEST, _LATEST = datetime(1900, 1, 2, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,3}")

Place = tuple[str, str]
"""Target id and side."""


@dataclass(frozen=True, slots=True)
class MarkOperation:
    """One statement: this is the whole mark at this place from now on.

    id: UUID made by the client, lower case; the same id is the same operation, for ever.
    target: slug of an area, a point or ``whole-body``; not checked against the atlas.
    side: the person's own left, right or midline.
    touched_nrs, by_itself_nrs: 0 to 10, or None for "not answered"; both None: cleared.
    at: when, by the client's clock; kept in UTC to the millisecond.
    zone, utc_offset_min: IANA zone and offset from UTC in minutes where the mark was made.

    Raises:
        InvalidValue: a value is not one of these.
    """

    id: str
    target: str
    side: str
    touched_nrs: int | None
    by_itself_nrs: int | None
    at: datetime
    zone: str
    utc_offset_min: int

    def __post_init__(self) -> None:
        _check_text("id", self.id, _UUID, 36, "must be a UUID in lower case")
        _check_text("target", self.target, _SLUG, MAX_TARGET, "must be the id of a place")
        if self.side not in SIDES:
            raise InvalidValue("side", f"must be left, right or midline, not {shown(self.side)}")
        checked_level(self.touched_nrs, "touched_nrs")
        checked_level(self.by_itself_nrs, "by_itself_nrs")
        object.__setattr__(self, "at", checked_instant(self.at))
        _check_text("zone", self.zone, _ZONE, MAX_ZONE, "must be the name of a time zone")
        checked_offset(self.utc_offset_min)

    @property
    def place(self) -> Place:
        """Return target and side."""
        return self.target, self.side

    @property
    def local_date(self) -> date:
        """Return the date on the person's own wall when the mark was made."""
        return local_date(self.at, self.utc_offset_min)

    @property
    def is_cleared(self) -> bool:
        """Tell whether nothing is marked at this place any more."""
        return self.touched_nrs is None and self.by_itself_nrs is None


@dataclass(frozen=True, slots=True)
class Mark:
    """How sensitive one place is: at least one of the two levels is an answer."""

    target: str
    side: str
    touched_nrs: int | None
    by_itself_nrs: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What one person recorded on one date of their own.

    id: the local date as YYYY-MM-DD. It is the date and nothing made up, so that the same day on
        two devices is one check-in when their records meet.
    started_at, zone, utc_offset_min: of the first operation of that date, in the record's order.
    marks: the current marks, in the order in which their places were first touched.
    """

    id: str
    started_at: datetime
    zone: str
    utc_offset_min: int
    local_date: date
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything one person recorded, superseded operations included.

    operations: in ascending local date; within a date, in the record's order.

    Raises:
        InvalidValue: two operations share an id.
    """

    operations: tuple[MarkOperation, ...] = ()

    def __post_init__(self) -> None:
        ids = {operation.id for operation in self.operations}
        if len(ids) != len(self.operations):
            raise InvalidValue("operations", "must each have an id of their own")
        ordered = tuple(sorted(self.operations, key=lambda operation: operation.local_date))
        object.__setattr__(self, "operations", ordered)

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        """Return the check-ins, oldest date first."""
        return check_ins_of(self.operations)


def check_ins_of(operations: Iterable[MarkOperation]) -> tuple[CheckIn, ...]:
    """Fold operations, given in the record's order, into check-ins, oldest date first."""
    days: dict[date, dict[Place, MarkOperation]] = {}
    first: dict[date, MarkOperation] = {}
    for operation in operations:
        day = operation.local_date
        first.setdefault(day, operation)
        days.setdefault(day, {})[operation.place] = operation
    return tuple(_check_in(day, first[day], days[day]) for day in sorted(days))


def local_date(at: datetime, utc_offset_min: int) -> date:
    """Return the date at an offset from UTC, from an aware instant and minutes."""
    return (at.astimezone(UTC) + timedelta(minutes=utc_offset_min)).date()


def checked_instant(at: object) -> datetime:
    """Return an aware instant in UTC, cut to whole milliseconds.

    Raises:
        InvalidValue: no datetime, without its zone, or outside the years 1900 to 2199.
    """
    if not isinstance(at, datetime):
        raise InvalidValue("at", f"must be a time, not {shown(at)}")
    if at.utcoffset() is None:
        raise InvalidValue("at", "must say its offset from UTC")
    try:
        instant = at.astimezone(UTC)
    except OverflowError:
        raise InvalidValue("at", "must lie in the years 1900 to 2199") from None
    if not _EARLIEST <= instant < _LATEST:
        raise InvalidValue("at", "must lie in the years 1900 to 2199")
    beyond = instant.microsecond % 1000
    return instant.replace(microsecond=instant.microsecond - beyond) if beyond else instant


def checked_offset(minutes: object) -> int:
    """Return an offset from UTC in minutes; refuse what is no whole number within 18 hours."""
    if type(minutes) is not int or not -MAX_OFFSET_MIN <= minutes <= MAX_OFFSET_MIN:
        raise InvalidValue(
            "utc_offset_min",
            f"must be whole minutes from {-MAX_OFFSET_MIN} to {MAX_OFFSET_MIN},"
            f" not {shown(minutes)}",
        )
    return minutes


def zone_or_unknown(name: object) -> str:
    """Return a zone name if this computer knows it, else ``Etc/Unknown``.

    For the place where a browser's word comes in: a device may be newer than this computer's table
    of zones, and no mark should be lost over it. The offset, which sets the date, is kept anyway.
    """
    return name if isinstance(name, str) and is_known_zone(name) else UNKNOWN_ZONE


def is_known_zone(name: str) -> bool:
    """Tell whether the time zone table of this computer has a name."""
    return name == UNKNOWN_ZONE or name in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if _ZONE.fullmatch(name))


def _check_in(day: date, first: MarkOperation, last_at: Mapping[Place, MarkOperation]) -> CheckIn:
    marks = tuple(
        Mark(last.target, last.side, last.touched_nrs, last.by_itself_nrs, last.at)
        for last in last_at.values()
        if not last.is_cleared
    )
    return CheckIn(day.isoformat(), first.at, first.zone, first.utc_offset_min, day, marks)


def _check_text(
    field: str, value: object, pattern: re.Pattern[str], longest: int, must: str
) -> None:
    if not isinstance(value, str) or len(value) > longest or not pattern.fullmatch(value):
        raise InvalidValue(field, f"{must}, not {shown(value)}")
