"""Statements as rows and rows as statements: which column holds what, for each kind.

What is empty is NULL in the database: no quality, no note, no answer. A statement's own day is not
a column: it is ``local_date``, which lies before the date of ``at`` where something was entered
late.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table

from bodymap.records.day import LEVELS, DayOperation, Tried
from bodymap.records.drawing import Points, StrokeOperation
from bodymap.records.errors import DamagedRecordError
from bodymap.records.model import MarkOperation, Operation
from bodymap.records.qualities import NO_DETAILS, Details
from bodymap.records.schema import day_operation, mark_operation, stroke_operation
from bodymap.records.statement import Statement

Values = dict[str, str | int | None]

TABLES: dict[type[Operation], Table] = {
    MarkOperation: mark_operation,
    StrokeOperation: stroke_operation,
    DayOperation: day_operation,
}
"""Where each kind of statement is kept."""

SHARED = ("op_id", "seq", "local_date", "at", "zone", "utc_offset_min")
"""The columns that the tables of all kinds have."""

_NO_DETAILS = (None,) * 6


def columns_of(operation: Operation) -> Values:
    """Return the values of a statement's row, all but whose it is and its place in the sequence."""
    shared: Values = {
        "op_id": operation.id,
        "local_date": operation.local_date.isoformat(),
        "at": operation.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "zone": operation.zone,
        "utc_offset_min": operation.utc_offset_min,
    }
    match operation:
        case MarkOperation():
            return shared | _of_mark(operation)
        case StrokeOperation():
            return shared | _of_stroke(operation)
        case DayOperation():
            return shared | _of_answers(operation)


def operation_of(kind: type[Operation], row: Row) -> Operation:
    """Return the statement of this kind that a row holds.

    Raises:
        DamagedRecordError: it holds none.
    """
    try:
        return _READ[kind](row, **_shared(row))
    except (ValueError, TypeError):
        raise _damaged(row) from None


def beginning_of(row: Row) -> Statement:
    """Return what every kind of statement says, from a row of any kind.

    Raises:
        DamagedRecordError: it holds none.
    """
    try:
        return Statement(**_shared(row))
    except (ValueError, TypeError):
        raise _damaged(row) from None


def _shared(row: Row) -> dict[str, Any]:
    return {
        "id": row.op_id,
        "at": datetime.fromisoformat(row.at),
        "zone": row.zone,
        "utc_offset_min": row.utc_offset_min,
        "day": date.fromisoformat(row.local_date),
    }


def _of_mark(mark: MarkOperation) -> Values:
    details = mark.details
    return {
        "target": mark.target,
        "side": mark.side,
        "touched_nrs": mark.touched_nrs,
        "by_itself_nrs": mark.by_itself_nrs,
        "qualities": " ".join(details.qualities) or None,
        "own_word": details.own_word or None,
        "course": details.course,
        "depth": details.depth,
        "certainty": details.certainty,
        "note": details.note or None,
        "is_again": int(mark.is_again) or None,
    }


def _mark(row: Row, **shared: Any) -> MarkOperation:
    return MarkOperation(
        target=row.target,
        side=row.side,
        touched_nrs=row.touched_nrs,
        by_itself_nrs=row.by_itself_nrs,
        details=_details(row),
        is_again=bool(row.is_again),
        **shared,
    )


def _details(row: Row) -> Details:
    said = row.qualities, row.own_word, row.course, row.depth, row.certainty, row.note
    if said == _NO_DETAILS:
        return NO_DETAILS
    qualities, own_word, course, depth, certainty, note = said
    return Details(
        qualities=tuple((qualities or "").split()),
        own_word=own_word or "",
        course=course,
        depth=depth,
        certainty=certainty,
        note=note or "",
    )


def _of_stroke(stroke: StrokeOperation) -> Values:
    return {
        "stroke_id": stroke.stroke_id,
        "view": stroke.view,
        "tool": stroke.tool,
        "points": " ".join(f"{x} {y}" for x, y in stroke.points) or None,
        "width_mm": stroke.width_mm or None,
        "area": stroke.area or None,
        "side": stroke.side or None,
        "quality": stroke.quality or None,
        "nrs": stroke.nrs,
        "is_there": int(stroke.is_there),
        "is_again": int(stroke.is_again) or None,
    }


def _stroke(row: Row, **shared: Any) -> StrokeOperation:
    return StrokeOperation(
        stroke_id=row.stroke_id,
        view=row.view,
        tool=row.tool,
        points=_points(row.points or ""),
        width_mm=row.width_mm or 0,
        area=row.area or "",
        side=row.side or "",
        quality=row.quality or "",
        nrs=row.nrs,
        is_there=bool(row.is_there),
        is_again=bool(row.is_again),
        **shared,
    )


def _points(text: str) -> Points:
    numbers = [int(number) for number in text.split()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _of_answers(answers: DayOperation) -> Values:
    tried = [[each.what, each.helped] for each in answers.tried]
    levels: Values = {level: getattr(answers, level) for level in LEVELS}
    return levels | {
        "tried": json.dumps(tried, ensure_ascii=False) if tried else None,
        "journal": answers.journal or None,
    }


def _answers(row: Row, **shared: Any) -> DayOperation:
    return DayOperation(
        **{level: getattr(row, level) for level in LEVELS},
        tried=tuple(Tried(*each) for each in json.loads(row.tried or "[]")),
        journal=row.journal or "",
        **shared,
    )


_READ: dict[type[Operation], Callable[..., Operation]] = {
    MarkOperation: _mark,
    StrokeOperation: _stroke,
    DayOperation: _answers,
}


def _damaged(row: Row) -> DamagedRecordError:
    return DamagedRecordError(
        f"The record holds a statement that can't be read (number {row.seq}); it was left as it is."
    )
