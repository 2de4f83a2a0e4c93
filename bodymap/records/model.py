"""What a person records: marks, and with a drawing and a day's answers the check-ins of a record.

The record is a list of statements that only ever grows, of three kinds: marks here, strokes in
``drawing.py``, answers in ``day.py``. Each states the *whole* of its subject from then on, so undo
is another statement, and applying one twice changes nothing.

Nothing here knows the atlas: a target is a slug, and a record made with another version of the map
keeps every mark.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from bodymap.records.day import DayOperation
from bodymap.records.drawing import NO_DRAWING, PainDrawing, StrokeOperation, drawing_of
from bodymap.records.errors import InvalidValue, shown
from bodymap.records.qualities import NO_DETAILS, Details
from bodymap.records.scales import checked_level
from bodymap.records.statement import Statement, check_text

Side = Literal["left", "right", "midline"]
SIDES: tuple[str, ...] = get_args(Side)

MAX_TARGET = 80
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Place = tuple[str, str]
"""Target id and side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkOperation(Statement):
    """One statement: this is the whole mark at this place from now on.

    target: slug of an area, a point or ``whole-body``; not checked against the atlas.
    side: the person's own left, right or midline.
    touched_nrs, by_itself_nrs: 0 to 10, or None for "not answered"; both None: cleared.
    details: what else was said about it; nothing where the mark is cleared or made again.
    is_again: made again on the same day with the first answer hidden; never counts as the day's
        mark.

    Raises:
        InvalidValue: a value is not one of these.
    """

    target: str
    side: str
    touched_nrs: int | None
    by_itself_nrs: int | None
    details: Details = NO_DETAILS
    is_again: bool = False

    def __post_init__(self) -> None:
        Statement.__post_init__(self)
        check_text("target", self.target, _SLUG, MAX_TARGET, "must be the id of a place")
        if self.side not in SIDES:
            raise InvalidValue("side", f"must be left, right or midline, not {shown(self.side)}")
        checked_level(self.touched_nrs, "touched_nrs")
        checked_level(self.by_itself_nrs, "by_itself_nrs")
        if not isinstance(self.details, Details):
            raise InvalidValue("details", f"must be details of a mark, not {shown(self.details)}")
        if type(self.is_again) is not bool:
            raise InvalidValue("is_again", f"must be true or false, not {shown(self.is_again)}")
        if (self.is_cleared or self.is_again) and self.details != NO_DETAILS:
            raise InvalidValue("details", "must be empty where a mark is cleared or made again")

    @property
    def place(self) -> Place:
        """Return target and side."""
        return self.target, self.side

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
    details: Details = NO_DETAILS

    @property
    def place(self) -> Place:
        """Return target and side."""
        return self.target, self.side


Operation = MarkOperation | StrokeOperation | DayOperation
"""A statement of any kind."""

Subject = tuple[str | bool, ...]
"""What a statement is about: a place or a stroke, the first time or again, or the answers."""


def subject_of(operation: Operation) -> Subject:
    """Return what a statement is about: on one date the last one about a subject counts."""
    match operation:
        case MarkOperation():
            return "mark", operation.is_again, *operation.place
        case StrokeOperation():
            return "stroke", operation.is_again, operation.stroke_id
        case DayOperation():
            return ("answers",)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What one person recorded on one date of their own: marks, a drawing or answers, or several.

    id: the local date as YYYY-MM-DD. It is the date and nothing made up, so that the same day on
        two devices is one check-in when their records meet.
    started_at, zone, utc_offset_min: of the first statement about that date, in the record's order;
        where the whole day was entered late, that is after the date.
    marks: the current marks, in the order in which their places were first touched.
    drawing: the strokes that are there; None where there are some that were not read.
    answers: the last ones, or None if nothing is answered (any more).
    again, drawing_again: like ``marks`` and ``drawing``, made a second time on that date with the
        first ones hidden. They tell how far two answers lie apart, and count as nothing else.
    """

    id: str
    started_at: datetime
    zone: str
    utc_offset_min: int
    local_date: date
    marks: tuple[Mark, ...]
    drawing: PainDrawing | None = NO_DRAWING
    answers: DayOperation | None = None
    again: tuple[Mark, ...] = ()
    drawing_again: PainDrawing | None = NO_DRAWING


@dataclass(frozen=True, slots=True)
class Record:
    """Everything one person recorded, superseded statements included.

    operations: of all kinds, in ascending local date; within a date, in the record's order.

    Raises:
        InvalidValue: two operations share an id.
    """

    operations: tuple[Operation, ...] = ()

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


def check_ins_of(operations: Iterable[Statement]) -> tuple[CheckIn, ...]:
    """Fold operations, given in the record's order, into check-ins, oldest date first.

    A bare Statement among them stands for strokes of its date that were not read.
    """
    days: dict[date, list[Statement]] = {}
    for operation in operations:
        days.setdefault(operation.local_date, []).append(operation)
    return tuple(_check_in(day, days[day]) for day in sorted(days))


def _check_in(day: date, stated: Sequence[Statement]) -> CheckIn:
    first = stated[0]
    answers: DayOperation | None = None
    marks: list[MarkOperation] = []
    strokes: list[StrokeOperation] = []
    has_unread = False
    for operation in stated:
        match operation:
            case MarkOperation():
                marks.append(operation)
            case DayOperation():
                answers = None if operation.is_empty else operation
            case StrokeOperation():
                strokes.append(operation)
            case _:
                has_unread = True
    return CheckIn(
        id=day.isoformat(),
        started_at=first.at,
        zone=first.zone,
        utc_offset_min=first.utc_offset_min,
        local_date=day,
        marks=_marks_of(mark for mark in marks if not mark.is_again),
        drawing=None if has_unread else drawing_of(s for s in strokes if not s.is_again),
        answers=answers,
        again=_marks_of(mark for mark in marks if mark.is_again),
        drawing_again=None if has_unread else drawing_of(s for s in strokes if s.is_again),
    )


def _marks_of(operations: Iterable[MarkOperation]) -> tuple[Mark, ...]:
    last_at: dict[Place, MarkOperation] = {}
    for operation in operations:
        last_at[operation.place] = operation
    return tuple(
        Mark(last.target, last.side, last.touched_nrs, last.by_itself_nrs, last.at, last.details)
        for last in last_at.values()
        if not last.is_cleared
    )
