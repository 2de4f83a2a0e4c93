"""What changed between two dates or two periods, place by place, and how often each was marked.

A change counts only where it is at least the smallest one that can be told from the noise of
answering (``repeatability``). What was not marked in both is not compared: a gap is not a number.
Over a period the median of the marked days stands for it, always with their number and range; there
are no averages. Pure: the caller says which days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from bodymap.measures.history import BAD_DAYS
from bodymap.measures.repeatability import SmallestChange
from bodymap.measures.saying import days_said, level_said, listed, span_said, spread_said
from bodymap.records.model import CheckIn, Mark
from bodymap.records.scales import SCALES

Direction = Literal["less", "more", "same", "unknown"]
DIRECTIONS: dict[Direction, str] = {
    "less": "hurts less",
    "more": "hurts more",
    "same": "about the same",
    "unknown": "can't compare: not marked both times",
}

FEWEST_DAYS = 3
"""A period of several days with fewer marked days than this has no middle worth the name."""

FEWEST_SHARE = 3
"""Fewer marked days than one in three are called few, as in the history."""

MOST_COMPARED = 7
"""At most so many marked days make up the start or the now: about a week of daily marks."""

FEW = f"These are few days. {BAD_DAYS}"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both of them in it.

    Raises:
        ValueError: the last day comes before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A period can't end on {self.last} and begin on {self.first}.")

    @classmethod
    def of(cls, day: date) -> Period:
        """Return the period of one day."""
        return cls(day, day)

    @property
    def days(self) -> int:
        """Return how many days there are in it."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return span_said(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Value:
    """The levels of one place on one scale over a period.

    middle: the median, 0 to 10, halves possible. days: on how many days it was marked, 1 or more,
    of how many in the period. lowest, highest: of the marked days.
    """

    middle: float
    days: int
    of: int
    lowest: int
    highest: int

    @property
    def is_few(self) -> bool:
        """Tell whether a period of several days was marked on too few to stand for it."""
        return self.of > 1 and (self.days < FEWEST_DAYS or FEWEST_SHARE * self.days < self.of)

    def __str__(self) -> str:
        if self.of == 1:
            return level_said(self.middle)
        days = f"{self.days} of {days_said(self.of)}"
        if self.days == 1:
            return f"{level_said(self.middle)} (marked on {days})"
        spread = spread_said(self.lowest, self.highest)
        return f"{level_said(self.middle)} (middle of {days}, {spread})"


@dataclass(frozen=True, slots=True)
class Change:
    """One place on one scale, before and after; None where it was not marked.

    direction: a key of ``DIRECTIONS``; ``less`` and ``more`` are about how much it hurts.
    step: after minus before, -10 to 10; None where they can't be compared.
    """

    target: str
    side: str
    scale: str
    before: Value | None
    after: Value | None
    direction: Direction

    @property
    def step(self) -> float | None:
        """Return the later median minus the earlier one; None where one of them is missing."""
        if self.before is None or self.after is None:
            return None
        return self.after.middle - self.before.middle


@dataclass(frozen=True, slots=True)
class Heat:
    """How often and how much one place hurt on one scale over a period.

    value: the levels. checked_in: days of the period with a check-in, whatever was marked.
    hurting: days with a level above 0; "no pain here" is a mark, too.
    """

    target: str
    side: str
    scale: str
    value: Value
    checked_in: int
    hurting: int

    @property
    def often(self) -> float:
        """Return the share, 0 to 1, of the days with a check-in on which it was marked."""
        return self.value.days / self.checked_in


def start_and_now(dates: Iterable[date]) -> tuple[Period, Period] | None:
    """Return the first and the last days of some dates as two periods; None from fewer than two.

    Each has a third of the dates, at least one and at most ``MOST_COMPARED``. Definition of our
    own: so that both ends stand for several days where there are several, and never overlap.
    """
    every = sorted(set(dates))
    if len(every) < 2:
        return None
    count = max(1, min(MOST_COMPARED, len(every) // 3))
    return Period(every[0], every[count - 1]), Period(every[-count], every[-1])


def changes(
    check_ins: Iterable[CheckIn], before: Period, after: Period, smallest: SmallestChange
) -> tuple[Change, ...]:
    """Return what changed at each place that was marked in either period, on each scale.

    In the order of first appearance by date. A check-in counts for each period that its date lies
    in, and once in each. Definition: ``less`` where the later median is lower by at least
    ``smallest.step``, ``more`` where it is higher by as much, else ``same``.
    """
    days = by_date(check_ins)
    values = _levels(days, before), _levels(days, after)
    places = _places(days, before, after)
    compared = []
    for target, side in places:
        for scale in SCALES:
            key = (target, side, scale)
            earlier, later = (
                value_of(levels.get(key, ()), period)
                for levels, period in zip(values, (before, after), strict=True)
            )
            if earlier or later:
                direction = _direction(earlier, later, smallest.step)
                compared.append(Change(target, side, scale, earlier, later, direction))
    return tuple(compared)


def value_of(levels: Iterable[int], period: Period) -> Value | None:
    """Return the median, count and range of the levels of a period's days; None without any."""
    ordered = sorted(levels)
    if not ordered:
        return None
    return Value(median(ordered), len(ordered), period.days, ordered[0], ordered[-1])


def heat_map(check_ins: Iterable[CheckIn], period: Period) -> tuple[Heat, ...]:
    """Return how often and how much each area and point hurt in a period, most often first.

    At the same number of days the higher median comes first, then the earlier mark.
    """
    days = by_date(check_ins)
    levels = _levels(days, period)
    checked_in = sum(day in period for day in days)
    heats = []
    for target, side in _places(days, period):
        for scale in SCALES:
            answered = levels.get((target, side, scale), [])
            value = value_of(answered, period)
            if value is not None:
                hurting = sum(level > 0 for level in answered)
                heats.append(Heat(target, side, scale, value, checked_in, hurting))
    return tuple(sorted(heats, key=lambda heat: (-heat.value.days, -heat.value.middle)))


def by_date(check_ins: Iterable[CheckIn]) -> dict[date, CheckIn]:
    """Return check-ins by local date, oldest first: one for each date, so none counts twice.

    Of several for one date, which a folded record doesn't have, the last one given holds.
    """
    days = {check_in.local_date: check_in for check_in in check_ins}
    return dict(sorted(days.items()))


def change_said(change: Change, name: str) -> str:
    """Return one change as a sentence; ``name`` is the place's."""
    start = f"{name}, {SCALES[change.scale]}: {DIRECTIONS[change.direction]}"
    if change.before is None or change.after is None:
        return f"{start}."
    said = f"{start}, from {change.before} to {change.after}."
    return f"{said} {FEW}" if change.before.is_few or change.after.is_few else said


def heat_said(heat: Heat, name: str) -> str:
    """Return how often and how much one place hurt as a sentence; ``name`` is the place's."""
    value = heat.value
    start = (
        f"{name}, {SCALES[heat.scale]}: marked on {value.days} of"
        f" {days_said(heat.checked_in)} with a check-in"
    )
    if value.days == 1:
        return f"{start}, {value.lowest} of 10."
    if value.lowest == value.highest:
        return f"{start}, each time {value.lowest} of 10."
    spread = spread_said(value.lowest, value.highest)
    return f"{start}, {spread} of 10, {level_said(value.middle)} in the middle."


def check_ins_said(check_ins: Iterable[CheckIn], period: Period) -> str:
    """Return on how many days of a period there was a check-in, and whether these are few."""
    checked_in = sum(day in period for day in by_date(check_ins))
    said = f"{period}: {days_said(checked_in)} of {period.days} with a check-in."
    is_few = checked_in < FEWEST_DAYS or FEWEST_SHARE * checked_in < period.days
    return f"{said} {FEW}" if checked_in and period.days > 1 and is_few else said


def summary(compared: Iterable[Change], before: Period, after: Period) -> tuple[str, ...]:
    """Return, scale by scale, how many places hurt less, more or about the same, as sentences."""
    counts = Counter((change.scale, change.direction) for change in compared)
    if not counts:
        return ("Nothing was marked on these days.",)
    sentences = [f"First {before}, then {after}."]
    for scale, words in SCALES.items():
        known = [
            _counted(direction, counts[scale, direction])
            for direction in ("less", "more", "same")
            if counts[scale, direction]
        ]
        if known:
            sentences.append(f"{words.capitalize()}: {listed(known)}.")
        if missing := counts[scale, "unknown"]:
            places = "1 place" if missing == 1 else f"{missing} places"
            sentences.append(
                f"{words.capitalize()}: {places} can't be compared, not marked both times."
            )
    return tuple(sentences)


def _counted(direction: str, count: int) -> str:
    places = "1 place" if count == 1 else f"{count} places"
    if direction == "same":
        return f"{places} {'is' if count == 1 else 'are'} about the same"
    return f"{places} {'hurts' if count == 1 else 'hurt'} {direction}"


def _direction(before: Value | None, after: Value | None, step: int) -> Direction:
    if before is None or after is None:
        return "unknown"
    if after.middle - before.middle <= -step:
        return "less"
    return "more" if after.middle - before.middle >= step else "same"


def _levels(days: Mapping[date, CheckIn], period: Period) -> dict[tuple[str, str, str], list[int]]:
    """Return the levels of the days of a period for each place and scale."""
    levels: dict[tuple[str, str, str], list[int]] = {}
    for day, check_in in days.items():
        if day in period:
            for mark in check_in.marks:
                for scale, level in levels_of(mark).items():
                    if level is not None:
                        levels.setdefault((mark.target, mark.side, scale), []).append(level)
    return levels


def levels_of(mark: Mark) -> dict[str, int | None]:
    """Return the levels of a mark by scale, in the order of ``SCALES``."""
    return {"touched": mark.touched_nrs, "by_itself": mark.by_itself_nrs}


def _places(days: Mapping[date, CheckIn], *periods: Period) -> list[tuple[str, str]]:
    """Return the places marked in any of the periods, in the order of first appearance."""
    marks = (
        mark
        for day, check_in in days.items()
        if any(day in period for period in periods)
        for mark in check_in.marks
    )
    return list(dict.fromkeys((mark.target, mark.side) for mark in marks))
