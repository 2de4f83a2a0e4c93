"""How far apart two answers of the same day lie, and so the smallest change that counts.

"Mark again" asks for marks a second time on the same day, with the earlier ones hidden. What
differs then is not change but the noise of answering. A change from one day to another counts only
where it is larger than nearly all of that noise.

The method is that of Bland and Altman 1986 (S164): mean and standard deviation (SD)
of the differences, limits of agreement = mean ± 1.96 SD. The smallest detectable change for one
person is 1.96 SD of the differences, which is 1.96 · √2 · the standard error of measurement.
docs/MEASURES.md has the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt
from statistics import fmean, median, stdev
from typing import Literal

from bodymap.atlas import Atlas
from bodymap.measures import extent
from bodymap.measures.saying import days_said
from bodymap.measures.shapes import shape_of
from bodymap.records.drawing import PainDrawing
from bodymap.records.errors import InvalidValue
from bodymap.records.model import SIDES, CheckIn, Mark
from bodymap.records.scales import HIGHEST, SCALES, checked_level

FEWEST_PAIRS = 20
"""From 20 pairs on the SD may still be half as large again (95 %: up to 1.46 times), not more.

From 10 pairs it may be 1.83 times what was found (χ² with n − 1 degrees of freedom), so a person's
own step could come out at half of what it should be.
"""

FEWEST_DAYS = 3
"""Pairs of one sitting have its mood and memory in common; at least this many different days."""

PUBLISHED_STEP = 3
"""The smallest change that counts where a person's own pairs are too few: a step of more than 2.

In 298 people with low back pain the smallest detectable change of the 0-10 scale after 20 minutes
or 24 hours was 1.6 to 2.8 (S165). A standard error of measurement of 1.02 (S166) gives
1.96 · √2 · 1.02 = 2.8. The careful end of both, rounded up to a whole step, is 3. A change of about
2 matters to many people (S167), but one such step in one person can be noise.
"""

PUBLISHED_SOURCES = ("S165", "S166")
"""What ``PUBLISHED_STEP`` rests on, ids of data/sources.csv."""

_CERTAIN = 1.96
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class LevelPair:
    """Two levels, 0 to 10, given on one day for the same place and scale, the first one hidden.

    target, side, scale: as in a mark; day: the person's own date.

    Raises:
        InvalidValue: a value is not one of these.
    """

    target: str
    side: str
    scale: str
    day: date
    first: int
    again: int

    def __post_init__(self) -> None:
        for field in ("first", "again"):
            if checked_level(getattr(self, field), field) is None:
                raise InvalidValue(field, "must be answered")
        if self.side not in SIDES:
            raise InvalidValue("side", "must be left, right or midline")
        if self.scale not in SCALES:
            raise InvalidValue("scale", f"must be {' or '.join(SCALES)}")

    @property
    def difference(self) -> int:
        """Return the second level minus the first: -10 to 10."""
        return self.again - self.first


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far pairs of answers lie apart, in steps of the 0-10 scale.

    pairs, days: how many, and on how many different dates.
    mean: of second minus first; sd: standard deviation (n − 1) of these differences.
    low, high: limits of agreement, mean ± 1.96 SD; limit_error: the standard error of each limit,
        √(3/n) · SD. From few pairs the limits are rough, and that is how rough.
    farthest: the largest distance of two answers.
    """

    pairs: int
    days: int
    mean: float
    sd: float
    low: float
    high: float
    limit_error: float
    farthest: int


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """From how many whole steps on a difference between two dates counts as change: 1 to 10.

    basis: ``own``, from a person's own pairs, or ``published``, while these are too few.
    pairs, days, farthest: of the person's own pairs, also where they are too few.
    """

    step: int
    basis: Literal["own", "published"]
    pairs: int
    days: int
    farthest: int | None


def pairs(check_ins: Iterable[CheckIn]) -> tuple[LevelPair, ...]:
    """Return the levels that were answered both times on one date, in the order marked again.

    A level without its partner is in no pair, and of several answers the last one counts.
    """
    return tuple(
        LevelPair(again.target, again.side, scale, check_in.local_date, *levels)
        for check_in in check_ins
        for first, again in _marked_twice(check_in)
        for scale in SCALES
        if None not in (levels := tuple(getattr(mark, f"{scale}_nrs") for mark in (first, again)))
    )


def _marked_twice(check_in: CheckIn) -> Iterator[tuple[Mark, Mark]]:
    first_at = {mark.place: mark for mark in check_in.marks}
    for again in check_in.again:
        if again.place in first_at:
            yield first_at[again.place], again


def overlaps(atlas: Atlas, check_ins: Iterable[CheckIn]) -> tuple[float, ...]:
    """Return how much each drawing made again overlaps the first one: 0 (apart) to 1 (the same).

    It is the Jaccard index of both views together, for the dates on which both shade something;
    only the drawings of these are worked out. Drawings that were not read are left out.
    """
    return tuple(
        index
        for check_in in check_ins
        if check_in.drawing and check_in.drawing_again
        if (index := overlap(atlas, check_in.drawing, check_in.drawing_again)) is not None
    )


def overlap(atlas: Atlas, first: PainDrawing, again: PainDrawing) -> float | None:
    """Return the Jaccard index of two drawings, 0 to 1; None where one of them shades nothing."""
    if not (first.strokes and again.strokes):
        return None
    one, other = shape_of(atlas, first), shape_of(atlas, again)
    return extent.overlap(one, other).both if one.whole and other.whole else None


def agreement(pairs: Iterable[LevelPair]) -> Agreement | None:
    """Return how far pairs of answers lie apart; None from fewer than two. No pair counts twice.

    Source: S164. Answers are whole steps from 0 to 10, so limits can be wider than what can happen
    near an end of the scale.
    """
    every = _each_once(pairs)
    if len(every) < 2:
        return None
    differences = [pair.difference for pair in every]
    mean, sd = fmean(differences), stdev(differences)
    return Agreement(
        pairs=len(every),
        days=len({pair.day for pair in every}),
        mean=mean,
        sd=sd,
        low=mean - _CERTAIN * sd,
        high=mean + _CERTAIN * sd,
        limit_error=sqrt(3 / len(every)) * sd,
        farthest=max(abs(difference) for difference in differences),
    )


def smallest_change(pairs: Iterable[LevelPair]) -> SmallestChange:
    """Return from which step on a difference counts as change, from a person's own pairs if enough.

    Definition: 1.96 · SD of the differences, rounded up to a whole step, at least 1 and at most 10.
    """
    every = _each_once(pairs)
    found = agreement(every)
    days = len({pair.day for pair in every})
    farthest = max((abs(pair.difference) for pair in every), default=None)
    if found is None or len(every) < FEWEST_PAIRS or days < FEWEST_DAYS:
        return SmallestChange(PUBLISHED_STEP, "published", len(every), days, farthest)
    step = min(HIGHEST, max(1, ceil(_CERTAIN * found.sd - _ROUNDING)))
    return SmallestChange(step, "own", len(every), days, farthest)


def median_overlap(indices: Iterable[float | None]) -> float | None:
    """Return the median Jaccard index (0 to 1) of drawings made again; None where there is none.

    indices: ``extent.overlap(first, again).both`` of each pair; None, both empty, is left out.
    In studies it was 0.42 to 0.76 (S160 to S162), where extent repeated well.
    """
    known = [index for index in indices if index is not None]
    return median(known) if known else None


def summary(smallest: SmallestChange) -> tuple[str, ...]:
    """Return in plain sentences what counts as change, and where that comes from."""
    if smallest.step == 1:
        sentences = ["Every step counts as change here."]
    else:
        sentences = [f"Only a step of more than {smallest.step - 1} counts as change here."]
    if smallest.pairs:
        apart = _apart(smallest.farthest or 0)
        sentences.append(f"On {days_said(smallest.days)} you marked twice, and your {apart}.")
    if smallest.basis == "published":
        sentences.append(
            "That step comes from studies of other people. To find your own, mark again at least"
            f" {FEWEST_PAIRS} times, on {FEWEST_DAYS} days or more."
        )
    return tuple(sentences)


def agreement_said(found: Agreement) -> tuple[str, ...]:
    """Return in plain sentences how far a person's two answers lie apart."""
    if not found.mean:
        shift = "Your second answers were as high as the first ones, on the whole."
    else:
        word = "higher" if found.mean > 0 else "lower"
        shift = f"Your second answers were {abs(found.mean):.1f} steps {word} in the mean."
    return (
        shift,
        f"Of 20 such differences 19 are expected between {found.low:.1f} and {found.high:.1f}"
        f" (limits of agreement, from {found.pairs} pairs; each may be off by"
        f" {_CERTAIN * found.limit_error:.1f}).",
    )


def pairs_summary(pairs: Iterable[LevelPair]) -> str:
    """Return in one plain sentence how far the answers of these pairs lie apart."""
    farthest = max((abs(pair.difference) for pair in pairs), default=None)
    if farthest is None:
        return "No place has two answers yet."
    return f"Your {_apart(farthest)}."


def overlap_summary(index: float) -> tuple[str, str]:
    """Return in plain sentences how much two drawings of one day overlap.

    What is usual: S160 to S162, the figures of docs/MEASURES.md.
    """
    return (
        f"Your two drawings overlap by {index:.2f}: 0 is apart, 1 is the same.",
        "When other people drew twice, theirs overlapped by 0.42 to 0.76.",
    )


def _apart(farthest: int) -> str:
    if not farthest:
        return "two answers were the same each time"
    return f"two answers were up to {farthest} apart"


def _each_once(pairs: Iterable[LevelPair]) -> Sequence[LevelPair]:
    return tuple(set(pairs))
