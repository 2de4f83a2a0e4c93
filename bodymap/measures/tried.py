"""What was tried, on which days, what people said of it, and the pain on the days around.

Before and after is not because. Pain comes and goes, people try things on bad days, and a bad day
is followed by a less bad one more often than not ("regression to the mean"). So this counts,
shows medians with their spread, says nothing about a cause, and shows no levels at all from few
days. Days are the person's own dates: a clock put back, a flight or a late entry moves no day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bodymap.atlas.model import WHOLE_BODY
from bodymap.measures.change import Period, by_date
from bodymap.measures.saying import days_said, level_said, listed, spread_said
from bodymap.records.day import HELPED, DayOperation
from bodymap.records.model import CheckIn

NEAR_DAYS = 3
"""So many days before and after are looked at: near enough to belong, enough to be answered."""

FEWEST_DAYS = 5
"""From fewer days with a level, before or after, none are shown: one day could turn the median."""

NO_CAUSE = "This can't tell what made a difference. Pain also goes up and down by itself."

Scale = Literal["by_itself", "worst"]
SCALES: dict[Scale, str] = {
    "by_itself": "pain of the whole body, by itself",
    "worst": "worst pain of the day",
}


@dataclass(frozen=True, slots=True)
class Levels:
    """The overall levels of some days: their number, their median, quartiles and range, 0 to 10."""

    days: int
    middle: float
    quarter: float
    three_quarters: float
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Around:
    """The overall level on the days before and after runs of days with a thing.

    scale: which level; the same before and after. A day counts at most once, for the nearer run.
    """

    scale: Scale
    before: Levels
    after: Levels


@dataclass(frozen=True, slots=True)
class ThingTried:
    """One thing tried. ``what``: an id of ``records.day.TRIED`` or a person's own words.

    days: number of dates with it. runs: the bands of a chart, each a run of dates in a row.
    helped: how often each answer of ``records.day.HELPED`` was given, and "" for not said.
    around: None from fewer than ``FEWEST_DAYS`` answered days before or after.
    """

    what: str
    days: int
    runs: tuple[Period, ...]
    helped: Mapping[str, int]
    around: Around | None


def things_tried(
    answers: Iterable[tuple[date, DayOperation]], check_ins: Iterable[CheckIn]
) -> tuple[ThingTried, ...]:
    """Return everything that was tried, most days first, then by name.

    answers: the answers of each date as they are now; of several for a date the last one holds.
    check_ins: for the marks of the whole body.
    """
    days = dict(answers)
    said: dict[str, dict[date, str]] = {}
    for day, answer in days.items():
        for tried in answer.tried:
            said.setdefault(tried.what, {})[day] = tried.helped or ""
    overall = _overall(days, by_date(check_ins))
    things = [
        ThingTried(
            what,
            len(of_days),
            runs(of_days),
            {answer: Counter(of_days.values())[answer] for answer in (*HELPED, "")},
            _around(of_days, overall),
        )
        for what, of_days in said.items()
    ]
    return tuple(sorted(things, key=lambda thing: (-thing.days, thing.what)))


def runs(days: Iterable[date]) -> tuple[Period, ...]:
    """Return dates as runs of dates in a row, oldest first; the same date twice is one."""
    found: list[Period] = []
    for day in sorted(set(days)):
        if found and day - found[-1].last == timedelta(days=1):
            found[-1] = Period(found[-1].first, day)
        else:
            found.append(Period.of(day))
    return tuple(found)


def tried_said(thing: ThingTried, name: str) -> tuple[str, ...]:
    """Return one thing tried as plain sentences; ``name`` says what it is. It claims no cause."""
    answers = [
        f'"{HELPED[answer]}" on {days_said(thing.helped[answer])}'
        for answer in HELPED
        if thing.helped[answer]
    ]
    told = f" You said {listed(answers)}." if answers else ""
    sentences = [f"{name}: on {days_said(thing.days)}.{told}"]
    if thing.around is None:
        sentences.append("There are too few days before and after to show your levels around it.")
        return tuple(sentences)
    near = f"up to {NEAR_DAYS} days"
    sentences.append(
        f"Your {SCALES[thing.around.scale]}: {near} before, {_said(thing.around.before)};"
        f" {near} after, {_said(thing.around.after)}."
    )
    sentences.append(NO_CAUSE)
    return tuple(sentences)


def _said(levels: Levels) -> str:
    spread = spread_said(levels.lowest, levels.highest)
    return f"{level_said(levels.middle)} in the middle of {days_said(levels.days)}, {spread}"


def _overall(
    answers: Mapping[date, DayOperation], check_ins: Mapping[date, CheckIn]
) -> dict[Scale, dict[date, int]]:
    """Return the overall levels that were given, by scale and date."""
    by_itself = {
        day: mark.by_itself_nrs
        for day, check_in in check_ins.items()
        for mark in check_in.marks
        if mark.target == WHOLE_BODY and mark.by_itself_nrs is not None
    }
    worst = {
        day: answer.worst_nrs for day, answer in answers.items() if answer.worst_nrs is not None
    }
    return {"by_itself": by_itself, "worst": worst}


def _around(of_days: Iterable[date], overall: Mapping[Scale, Mapping[date, int]]) -> Around | None:
    """Return the levels around the days with a thing, on the first scale with enough of them."""
    when = _before_or_after(of_days)
    for scale, levels in overall.items():
        before, after = (
            sorted(level for day, level in levels.items() if when.get(day) == time)
            for time in ("before", "after")
        )
        if min(len(before), len(after)) >= FEWEST_DAYS:
            return Around(scale, _levels(before), _levels(after))
    return None


def _before_or_after(of_days: Iterable[date]) -> dict[date, str]:
    """Return which dates lie shortly before or after a run; of two runs the nearer one counts.

    Dates with the thing are neither, and so are those as far from the run before as from the next.
    """
    every = runs(of_days)
    ends = [run.last for run in every]
    when = {}
    for run in every:
        for distance in range(1, NEAR_DAYS + 1):
            for day in (run.first - timedelta(days=distance), run.last + timedelta(days=distance)):
                nearest = bisect_left(ends, day)
                since = (day - ends[nearest - 1]).days if nearest else None
                until = (every[nearest].first - day).days if nearest < len(every) else None
                if (until is not None and until <= 0) or since == until:
                    continue
                is_before = since is None or (until is not None and until < since)
                when[day] = "before" if is_before else "after"
    return when


def _levels(ordered: list[int]) -> Levels:
    return Levels(
        len(ordered),
        _quantile(ordered, 0.5),
        _quantile(ordered, 0.25),
        _quantile(ordered, 0.75),
        ordered[0],
        ordered[-1],
    )


def _quantile(ordered: list[int], share: float) -> float:
    """Return a quantile by the line between the neighbours (type 7 of Hyndman and Fan 1996)."""
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
