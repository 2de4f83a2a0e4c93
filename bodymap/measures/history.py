"""A record over time: levels for each mark with the gaps left open, and what can honestly be said.

No averages (a gap is not a number), no "better" or "worse": people tend to mark on bad days, and a
step of one or two is within the noise of the scale. Pure: the caller says what day it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bodymap.measures.saying import day_said, days_said, level_said, listed, span_said
from bodymap.records.model import CheckIn, Mark
from bodymap.records.scales import SCALES

LONG_GAP_DAYS = 7
"""From a week without marks on, a line between two marks would claim what nobody saw."""

WINDOW_DAYS = 30
FEW_DAYS = 10
"""Fewer marked days than this in the window are called few: less than one day in three."""

MOST_NAMED = 3
"""So many days ahead are each named in a sentence."""

NOTHING_YET = "Nothing marked yet. Touch a place on the body to start."
BAD_DAYS = "People often mark on bad days, so this may look worse than it was."


@dataclass(frozen=True, slots=True)
class Series:
    """One mark on one scale: ``levels[i]`` is 0 to 10 on ``History.dates[i]``, or None: no answer.

    scale: a key of ``records.scales.SCALES``.
    """

    target: str
    side: str
    scale: str
    levels: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A week or more without a mark: the days from ``first`` to ``last``, both without marks."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days the gap has."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.days} days, no marks"


@dataclass(frozen=True, slots=True)
class History:
    """The dates with marks, ascending; a series for each mark and scale; the long gaps between."""

    dates: tuple[date, ...]
    series: tuple[Series, ...]
    gaps: tuple[Gap, ...]


def history(check_ins: Iterable[CheckIn]) -> History:
    """Return the series of every mark ever made, in the order of first appearance.

    Check-ins may come in any order, one for each date; those without marks count as days without.
    """
    marked = sorted(
        (check_in for check_in in check_ins if check_in.marks),
        key=lambda check_in: check_in.local_date,
    )
    days = [{(mark.target, mark.side): mark for mark in check_in.marks} for check_in in marked]
    places = dict.fromkeys(place for day in days for place in day)
    every = (
        Series(*place, scale, tuple(_level(day.get(place), scale) for day in days))
        for place in places
        for scale in SCALES
    )
    dates = tuple(check_in.local_date for check_in in marked)
    answered = (series for series in every if any(level is not None for level in series.levels))
    return History(dates, tuple(answered), _gaps(dates))


Line = tuple[tuple[date, float | None], ...]
"""The points of one line of a chart: dates ascending; None where the line must not go through."""


def line(check_ins: Iterable[CheckIn], value_of: Callable[[CheckIn], float | None]) -> Line:
    """Return one value over all check-ins, with an empty point where it was not given.

    Check-ins may come in any order, one for each date. Each long gap between them gets one too.
    """
    values = {check_in.local_date: value_of(check_in) for check_in in check_ins}
    empty = {gap.first: None for gap in _gaps(sorted(values))}
    return tuple(sorted((values | empty).items()))


def line_said(points: Line, name: str, unit: str = "of 10") -> str:
    """Return one line as a sentence that says what its chart shows; "" where it has no value."""
    given = [(day, value) for day, value in points if value is not None]
    if not given:
        return ""
    values = [value for _, value in given]
    last_day, last = given[-1]
    start = f"{name}: on {days_said(len(given))}"
    if min(values) == max(values):
        each = "" if len(values) == 1 else "each time "
        return f"{start}, {each}{level_said(last)} {unit}; last on {day_said(last_day)}."
    span = f"between {level_said(min(values))} and {level_said(max(values))} {unit}"
    return f"{start}, {span}; last {level_said(last)} on {day_said(last_day)}."


def summary(history: History, today: date) -> tuple[str, ...]:
    """Return what the history shows as plain sentences, the most important first."""
    if not history.dates:
        return (NOTHING_YET,)
    sentences = [_extent(history.dates)]
    if few := _few(history, today):
        sentences.append(few)
    sentences += [f"{span_said(gap.first, gap.last)}: {gap}." for gap in history.gaps]
    return tuple(sentences)


def ahead_said(days: Sequence[date]) -> str:
    """Return dates that lie ahead, in order, as a sentence; "" for none."""
    if not days:
        return ""
    if len(days) == 1:
        return f"One day lies ahead: {day_said(days[0])}. It is not counted."
    which = (
        f": {listed([day_said(day) for day in days])}"
        if len(days) <= MOST_NAMED
        else f", from {day_said(days[0])} to {day_said(days[-1])}"
    )
    return f"{len(days)} days lie ahead{which}. They are not counted."


def _level(mark: Mark | None, scale: str) -> int | None:
    if mark is None:
        return None
    return {"touched": mark.touched_nrs, "by_itself": mark.by_itself_nrs}[scale]


def _gaps(dates: Iterable[date]) -> tuple[Gap, ...]:
    one_day = timedelta(days=1)
    between = (Gap(before + one_day, after - one_day) for before, after in pairwise(dates))
    return tuple(gap for gap in between if gap.days >= LONG_GAP_DAYS)


def _few(history: History, today: date) -> str | None:
    if today - history.dates[0] < timedelta(days=LONG_GAP_DAYS):
        return None  # just begun: too early to say how often someone marks
    recent = [
        index
        for index, day in enumerate(history.dates)
        if timedelta() <= today - day < timedelta(days=WINDOW_DAYS)
    ]
    if not 0 < len(recent) < FEW_DAYS:
        return None
    marks = {
        (series.target, series.side, index)
        for series in history.series
        for index in recent
        if series.levels[index] is not None
    }
    if len(marks) == len(recent):
        count = f"Only {len(marks)} mark{'s' * (len(marks) > 1)}"
    else:
        count = f"Only {days_said(len(recent))} with marks"
    return f"{count} in {WINDOW_DAYS} days. {BAD_DAYS}"


def _extent(dates: tuple[date, ...]) -> str:
    if len(dates) == 1:
        return f"You marked on 1 day, {day_said(dates[0])}."
    return f"You marked on {len(dates)} days, from {day_said(dates[0])} to {day_said(dates[-1])}."
