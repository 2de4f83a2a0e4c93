"""What all statements of a record share: an id of their own, when they were made, for which day.

A record is a list of statements that only grows. Each says the whole of one thing from then on: a
mark at a place, a stroke of a drawing, the answers of a day. A correction is another statement of
the same thing, so the earlier value and its time are kept; applying one twice changes nothing; and
the current one is the last in the record's order, never the latest by the clock, because clocks go
backwards.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bodymap.records.errors import InvalidValue, shown

UNKNOWN_ZONE = "Etc/Unknown"
"""The zone of a statement whose device named none that is known (Unicode CLDR)."""

MAX_ZONE = 64
MAX_OFFSET_MIN = 18 * 60
"""Real offsets lie within 14 hours; 18 is where ISO 8601 libraries draw the line."""

# Clocks may be years off and the mark is kept all the same, but each date must stay writable. A
# day's margin on both ends, so that no offset leads out of the years 1900 to 2199.
_EARLIEST, _LATEST = datetime(1900, 1, 2, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,3}")
# A line break is the only control character that a person means.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The part that every kind of statement has. Nobody signs: a record is one person's own.

    id: UUID made by the client, lower case; the same id is the same statement, for ever.
    at: when, by the client's clock; kept in UTC to the millisecond.
    zone, utc_offset_min: IANA zone and offset from UTC in minutes where it was made.
    day: the earlier date that it is about, for a late entry; None: the date on which it was made.

    Raises:
        InvalidValue: a value is not one of these.
    """

    id: str
    at: datetime
    zone: str
    utc_offset_min: int
    day: date | None = None

    def __post_init__(self) -> None:
        check_text("id", self.id, _UUID, 36, "must be a UUID in lower case")
        object.__setattr__(self, "at", checked_instant(self.at))
        check_text("zone", self.zone, _ZONE, MAX_ZONE, "must be the name of a time zone")
        checked_offset(self.utc_offset_min)
        made_on = local_date(self.at, self.utc_offset_min)
        if self.day is not None:
            if type(self.day) is not date or self.day > made_on:
                raise InvalidValue("day", "must be a date, not after the one on which it was made")
            if self.day.year < _EARLIEST.year:
                raise InvalidValue("day", "must lie in the years 1900 to 2199")
            if self.day == made_on:
                object.__setattr__(self, "day", None)

    @property
    def local_date(self) -> date:
        """Return the person's own date that this is about."""
        return self.day or local_date(self.at, self.utc_offset_min)

    @property
    def is_late(self) -> bool:
        """Tell whether it was made after the date that it is about."""
        return self.day is not None


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


def zone_and_offset(name: object, at: datetime) -> tuple[str, int]:
    """Return the zone that a device names, and its offset from UTC in minutes at an instant.

    A browser may name anything; whatever is no zone of this computer's table is taken for UTC.
    """
    if not isinstance(name, str) or name not in _zones():
        return "UTC", 0
    offset = at.astimezone(ZoneInfo(name)).utcoffset() or timedelta()
    return name, offset // timedelta(minutes=1)


def is_known_zone(name: str) -> bool:
    """Tell whether the time zone table of this computer has a name."""
    return name == UNKNOWN_ZONE or name in _zones()


@cache
def _zones() -> frozenset[str]:
    # "localtime" is whatever the computer is set to, and on another one another zone or none.
    return frozenset(name for name in available_timezones() if _ZONE.fullmatch(name)) - {
        "localtime"
    }


def check_text(
    field: str, value: object, pattern: re.Pattern[str], longest: int, must: str
) -> None:
    """Refuse text that is too long or doesn't match the whole of a pattern."""
    if not isinstance(value, str) or len(value) > longest or not pattern.fullmatch(value):
        raise InvalidValue(field, f"{must}, not {shown(value)}")


def check_uuid(field: str, value: object) -> None:
    """Refuse what is no UUID in lower case."""
    check_text(field, value, _UUID, 36, "must be a UUID in lower case")


def cleaned_words(words: str, *, lines: bool = True) -> str:
    """Return a person's own words without what no record holds, for the place where they come in.

    A tab becomes a space and every other line end a line break (a space where ``lines`` are not
    meant); other control characters and halves of a character go.
    """
    broken = _LINE_END.sub("\n" if lines else " ", words)
    if not lines:
        broken = broken.replace("\n", " ")
    return _CONTROL.sub("", broken.replace("\t", " "))


def check_words(field: str, value: object, longest: int) -> None:
    """Refuse a person's own words where they are too long or hold control characters.

    What they wrote is never part of the message.
    """
    if not isinstance(value, str):
        raise InvalidValue(field, "must be text")
    if len(value) > longest:
        raise InvalidValue(field, f"must have at most {longest} characters")
    if _CONTROL.search(value):
        raise InvalidValue(field, "must not hold control characters")
