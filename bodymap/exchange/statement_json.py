"""One statement as one entry of a record file, and back.

Version 2 holds statements of all kinds, each with its ``kind``; what is empty is left out.
Version 1 holds marks only, with every field.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import chain
from typing import Annotated, Any, Literal

from pydantic import FailFast, Field, InstanceOf

from bodymap.exchange.untrusted_json import Part, RecordFileError
from bodymap.records import (
    DayOperation,
    Details,
    InvalidValue,
    MarkOperation,
    Operation,
    StrokeOperation,
    Tried,
)
from bodymap.records.day import LEVELS
from bodymap.records.drawing import MAX_POINTS, Points
from bodymap.records.errors import shown
from bodymap.records.statement import is_known_zone

KINDS = ("mark", "stroke", "answers")

_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]{3})?"
    r"[+-]([01][0-9]|2[0-3]):[0-5][0-9]"
)

_Shared = dict[str, Any]


class FirstVersionMark(Part):
    """An entry of version 1."""

    id: str
    target: str
    side: str
    touched_nrs: int | None
    by_itself_nrs: int | None
    at: str
    zone: str | None = None

    def as_statement(self) -> "_MarkInFile":
        """Return the entry of version 2 that says the same."""
        return _MarkInFile(kind="mark", **dict(self))


class _MarkInFile(FirstVersionMark):
    kind: Literal["mark"]
    qualities: Annotated[list[str], FailFast()] = Field(default_factory=list)
    own_word: str = ""
    course: str | None = None
    depth: str | None = None
    certainty: str | None = None
    note: str = ""
    is_again: bool = False


class _StrokeInFile(Part):
    kind: Literal["stroke"]
    id: str
    stroke_id: str
    view: str
    tool: str
    points: InstanceOf[list] = Field(default_factory=list)  # of what is for the stroke to say
    width_mm: int = 0
    area: str = ""
    side: str = ""
    quality: str = ""
    nrs: int | None = None
    is_there: bool = True
    is_again: bool = False
    at: str
    zone: str | None = None


class _TriedInFile(Part):
    what: str
    helped: str | None = None


class _AnswersInFile(Part):
    kind: Literal["answers"]
    id: str
    worst_nrs: int | None = None
    least_nrs: int | None = None
    sleep_nrs: int | None = None
    fatigue_nrs: int | None = None
    mood_nrs: int | None = None
    tried: Annotated[list[_TriedInFile], FailFast()] = Field(default_factory=list)
    journal: str = ""
    at: str
    zone: str | None = None


StatementInFile = Annotated[
    _MarkInFile | _StrokeInFile | _AnswersInFile, Field(discriminator="kind")
]


def entry_of(operation: Operation, zone: str) -> str:
    """Return a statement as JSON on one line; its zone only where it is not ``zone``."""
    offset = timezone(timedelta(minutes=operation.utc_offset_min))
    at: dict[str, Any] = {"at": operation.at.astimezone(offset).isoformat(timespec="milliseconds")}
    if operation.zone != zone:
        at["zone"] = operation.zone
    match operation:
        case MarkOperation():
            return json.dumps(_mark_entry(operation) | at)
        case DayOperation():
            return json.dumps(_answers_entry(operation) | at)
        case StrokeOperation():
            entry = json.dumps(_stroke_entry(operation) | at)
            numbers = ",".join(map(str, chain.from_iterable(operation.points)))
            # By hand, because a space after each number would be a fifth of the whole file.
            return f'{entry[:-1]}, "points": [{numbers}]}}' if numbers else entry


def _mark_entry(mark: MarkOperation) -> dict[str, Any]:
    details = mark.details
    said = {
        "qualities": list(details.qualities),
        "own_word": details.own_word,
        "course": details.course,
        "depth": details.depth,
        "certainty": details.certainty,
        "note": details.note,
        "is_again": mark.is_again,
    }
    return {
        "kind": "mark",
        "id": mark.id,
        "target": mark.target,
        "side": mark.side,
        "touched_nrs": mark.touched_nrs,
        "by_itself_nrs": mark.by_itself_nrs,
        **{name: value for name, value in said.items() if value},
    }


def _stroke_entry(stroke: StrokeOperation) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "kind": "stroke",
        "id": stroke.id,
        "stroke_id": stroke.stroke_id,
        "view": stroke.view,
        "tool": stroke.tool,
    }
    for name in ("width_mm", "area", "side", "quality"):
        if value := getattr(stroke, name):
            entry[name] = value
    if stroke.nrs is not None:
        entry["nrs"] = stroke.nrs
    if not stroke.is_there:
        entry["is_there"] = False
    if stroke.is_again:
        entry["is_again"] = True
    return entry


def _answers_entry(answers: DayOperation) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": "answers", "id": answers.id}
    entry |= {level: value for level in LEVELS if (value := getattr(answers, level)) is not None}
    if answers.tried:
        entry["tried"] = [
            {"what": each.what} | ({"helped": each.helped} if each.helped else {})
            for each in answers.tried
        ]
    if answers.journal:
        entry["journal"] = answers.journal
    return entry


def operation_of(path: str, entry: StatementInFile, day: date, zone: str) -> Operation:
    """Return the statement that an entry of the check-in of ``day`` and ``zone`` holds.

    One that was made after that day is a late entry.

    Raises:
        RecordFileError: a value is none that a record may hold.
    """
    if entry.zone is not None:
        check_zone(path, entry.zone)
    at = _time(path, entry.at)
    offset = at.utcoffset()
    assert offset is not None, "the pattern asks for an offset"
    shared: _Shared = {
        "id": entry.id,
        "at": at,
        "zone": entry.zone or zone,
        "utc_offset_min": offset // timedelta(minutes=1),
        "day": day,
    }
    try:
        return _built(path, entry, shared)
    except InvalidValue as error:
        raise RecordFileError(_refusal(path, entry, day, error)) from None


def check_zone(path: str, zone: str) -> None:
    """Refuse a zone that is not known here."""
    if not is_known_zone(zone):
        raise RecordFileError(f"{path}.zone is no time zone known here: {shown(zone)}.")


def _built(path: str, entry: StatementInFile, shared: _Shared) -> Operation:
    match entry:
        case _MarkInFile():
            return _mark(entry, shared)
        case _StrokeInFile():
            return _stroke(entry, shared)
        case _AnswersInFile():
            return _answers(path, entry, shared)


def _mark(entry: _MarkInFile, shared: _Shared) -> MarkOperation:
    details = Details(
        qualities=tuple(entry.qualities),
        own_word=entry.own_word,
        course=entry.course,
        depth=entry.depth,
        certainty=entry.certainty,
        note=entry.note,
    )
    return MarkOperation(
        target=entry.target,
        side=entry.side,
        touched_nrs=entry.touched_nrs,
        by_itself_nrs=entry.by_itself_nrs,
        details=details,
        is_again=entry.is_again,
        **shared,
    )


def _stroke(entry: _StrokeInFile, shared: _Shared) -> StrokeOperation:
    return StrokeOperation(
        stroke_id=entry.stroke_id,
        view=entry.view,
        tool=entry.tool,
        points=_pairs(entry.points),
        width_mm=entry.width_mm,
        area=entry.area,
        side=entry.side,
        quality=entry.quality,
        nrs=entry.nrs,
        is_there=entry.is_there,
        is_again=entry.is_again,
        **shared,
    )


def _pairs(numbers: Sequence[Any]) -> Points:
    if len(numbers) % 2:
        raise InvalidValue("points", "must be pairs of x and y")
    some = numbers[: 2 * MAX_POINTS + 2]  # too many are enough to be refused
    return tuple(zip(some[::2], some[1::2], strict=True))


def _answers(path: str, entry: _AnswersInFile, shared: _Shared) -> DayOperation:
    return DayOperation(
        **{level: getattr(entry, level) for level in LEVELS},
        tried=tuple(_tried(path, entry)),
        journal=entry.journal,
        **shared,
    )


def _tried(path: str, entry: _AnswersInFile) -> Iterator[Tried]:
    for index, each in enumerate(entry.tried):
        try:
            yield Tried(each.what, each.helped)
        except InvalidValue as error:
            raise RecordFileError(f"{path}.tried[{index}].{error.field} {error.reason}.") from None


def _refusal(path: str, entry: StatementInFile, day: date, error: InvalidValue) -> str:
    if error.field == "day":
        return f"{path}.at lies before the local_date of its check-in, {day}."
    if error.field == "details":
        return f"{path} is cleared or made again, so it can't say more than its levels."
    if error.field == "utc_offset_min":
        return f"{path}.at {error.reason}."
    if error.field == "quality" and isinstance(entry, _MarkInFile):
        return f"{path}.qualities {error.reason}."
    return f"{path}.{error.field} {error.reason}."


def _time(path: str, text: str) -> datetime:
    try:
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:  # no such day or second
        pass
    raise RecordFileError(
        f"{path}.at must be a time with its offset, as 2026-11-22T09:30:00.000+01:00,"
        f" not {shown(text)}."
    )
