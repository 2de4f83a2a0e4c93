"""The whole record as one JSON file, and back. The format is described in docs/RECORD_FORMAT.md.

A file comes from outside: ``parse`` takes it whole or refuses it in one sentence. What may be in
the values themselves is for ``MarkOperation`` to say; here is what may be in the file.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, ValidationError

from bodymap.records import InvalidValue, MarkOperation, Record
from bodymap.records.errors import shown
from bodymap.records.model import is_known_zone

FORMAT = "bodymap-record"
VERSION = 1

MAX_BYTES = 5 * 1024 * 1024
"""Some 30,000 operations: 20 a day for four years."""

# No record of that size has more; 5 MB of commas and brackets would fill the memory.
_MOST_BRACKETS = 100_000
_MOST_COMMAS = 400_000
_DEEPEST = 8

# Possessive, and right also for a string without an end: linear in time, whatever the file holds.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]{3})?"
    r"[+-]([01][0-9]|2[0-3]):[0-5][0-9]"
)
_PLAIN_NAME = re.compile(r"[a-z_]{1,30}")


class RecordFileError(ValueError):
    """The file is refused. ``str`` is one sentence, at most 200 characters: what, and where."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _MarkInFile(_Part):
    id: str
    target: str
    side: str
    touched_nrs: int | None
    by_itself_nrs: int | None
    at: str
    zone: str | None = None


class _CheckInInFile(_Part):
    local_date: str
    zone: str
    marks: Annotated[list[_MarkInFile], FailFast()]


class _RecordInFile(_Part):
    format: str
    version: int
    check_ins: Annotated[list[_CheckInInFile], FailFast()]


def dump(record: Record) -> bytes:
    """Return a record as UTF-8 JSON, one mark a line; the same record gives the same bytes."""
    days = groupby(record.operations, key=attrgetter("local_date"))
    check_ins = ",\n".join(_check_in_text(list(operations)) for _, operations in days)
    body = f"[\n{check_ins}\n]" if check_ins else "[]"
    head = f'"format": "{FORMAT}",\n"version": {VERSION}'
    return f'{{\n{head},\n"check_ins": {body}\n}}\n'.encode("ascii")


def parse(data: bytes, *, max_bytes: int = MAX_BYTES) -> Record:
    """Return the record that a file holds.

    Raises:
        RecordFileError: the file is too large, no UTF-8, no JSON, of another or a newer format, or
            anything in it is not exactly as docs/RECORD_FORMAT.md says.
    """
    content = _json(data, max_bytes)
    _check_format(content)
    try:
        in_file = _RecordInFile.model_validate(content)
    except ValidationError as errors:
        raise RecordFileError(_sentence(errors)) from None
    return Record(tuple(_unique(_operations(in_file))))


def _check_in_text(operations: list[MarkOperation]) -> str:
    zone = operations[0].zone
    marks = ",\n".join(json.dumps(_mark(operation, zone)) for operation in operations)
    day = operations[0].local_date.isoformat()
    return f'{{"local_date": "{day}", "zone": {json.dumps(zone)}, "marks": [\n{marks}\n]}}'


def _mark(operation: MarkOperation, zone: str) -> dict[str, str | int | None]:
    offset = timezone(timedelta(minutes=operation.utc_offset_min))
    mark: dict[str, str | int | None] = {
        "id": operation.id,
        "target": operation.target,
        "side": operation.side,
        "touched_nrs": operation.touched_nrs,
        "by_itself_nrs": operation.by_itself_nrs,
        "at": operation.at.astimezone(offset).isoformat(timespec="milliseconds"),
    }
    return mark if operation.zone == zone else mark | {"zone": operation.zone}


def _json(data: bytes, max_bytes: int) -> object:
    if len(data) > max_bytes:
        raise RecordFileError(
            f"The file is larger than {max_bytes / 1024**2:.0f} MB, the most that is read."
        )
    if not data.strip():
        raise RecordFileError("The file is empty.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordFileError(f"The file is not UTF-8 text (byte {error.start}).") from None
    _check_size(data)
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise RecordFileError(
            f"The file is not whole JSON (line {error.lineno}, column {error.colno}: {error.msg})."
        ) from None
    except (
        RecursionError
    ):  # not reached after _check_size; kept because hanging on it would be worse
        raise RecordFileError(f"The file is nested deeper than {_DEEPEST} levels.") from None
    except ValueError:  # the only one left: an integer of more than 4300 digits
        raise RecordFileError("The file holds a number that is far too long.") from None


def _check_size(data: bytes) -> None:
    """Refuse what would only be found too much after it had been read into memory."""
    bare = _STRING.sub(b"", data)
    if bare.count(b"{") + bare.count(b"[") > _MOST_BRACKETS or bare.count(b",") > _MOST_COMMAS:
        raise RecordFileError("The file holds more entries than any record of its size.")
    depth = 0
    for bracket in re.findall(rb"[][{}]", bare):
        depth += 1 if bracket in b"[{" else -1
        if depth > _DEEPEST:
            raise RecordFileError(f"The file is nested deeper than {_DEEPEST} levels.")
        if depth < 0:
            return  # not JSON; the reader says where


class _SameNameTwice:
    """Stands for an object in which one name came twice, so that the refusal can say where."""

    def __init__(self, name: str):
        self.name = name


def _object(pairs: list[tuple[str, Any]]) -> "dict[str, Any] | _SameNameTwice":
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    times = Counter(name for name, _ in pairs)
    return _SameNameTwice(times.most_common(1)[0][0])


def _check_format(content: object) -> None:
    if isinstance(content, _SameNameTwice):
        raise RecordFileError(f"The file has {shown(content.name)} twice.")
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise RecordFileError(f'The file is no Bodymap record: it has no "format": "{FORMAT}".')
    version = content.get("version")
    if type(version) is not int or version < 1:
        raise RecordFileError(f"version must be a whole number from 1, not {shown(version)}.")
    if version > VERSION:
        raise RecordFileError(
            f"The file is of version {shown(version)}, from a newer Bodymap; this one reads up to"
            f" version {VERSION}."
        )


def _sentence(errors: ValidationError) -> str:
    error = errors.errors(include_url=False, include_context=False)[0]
    where, value = _path(error["loc"]), error["input"]
    if isinstance(value, _SameNameTwice):
        return f"{where} has {shown(value.name)} twice."
    match error["type"]:
        case "missing":
            return f"{where} is missing."
        case "extra_forbidden":
            return f"{where} is not part of version {VERSION} of the format."
        case "int_type":
            return f"{where} must be a whole number, not {shown(value)}."
        case "string_type":
            return f"{where} must be text, not {shown(value)}."
        case "list_type":
            return f"{where} must be a list, not {shown(value)}."
        case "model_type":
            return f"{where} must be an object, not {shown(value)}."
    return f"{where} can't be read."  # such as a name that is no Unicode


def _path(loc: Iterable[int | str]) -> str:
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += "." * bool(path) + (part if _PLAIN_NAME.fullmatch(part) else shown(part))
    return path


def _operations(record: _RecordInFile) -> Iterator[tuple[str, MarkOperation]]:
    """Yield each operation with its path in the file."""
    days: set[str] = set()
    for number, check_in in enumerate(record.check_ins):
        where = f"check_ins[{number}]"
        if check_in.local_date in days:
            raise RecordFileError(f"{where}.local_date is that of an earlier check-in.")
        days.add(check_in.local_date)
        if not check_in.marks:
            raise RecordFileError(f"{where}.marks is empty.")
        _check_zone(where, check_in.zone)
        for index, mark in enumerate(check_in.marks):
            path = f"{where}.marks[{index}]"
            operation = _operation(path, mark, check_in.zone)
            if operation.local_date.isoformat() != check_in.local_date:
                raise RecordFileError(
                    f"{path}.at is not on the local_date of its check-in,"
                    f" {shown(check_in.local_date)}."
                )
            yield path, operation


def _operation(path: str, mark: _MarkInFile, zone: str) -> MarkOperation:
    if mark.zone is not None:
        _check_zone(path, mark.zone)
    at = _time(path, mark.at)
    offset = at.utcoffset()
    assert offset is not None, "the pattern asks for an offset"
    try:
        return MarkOperation(
            id=mark.id,
            target=mark.target,
            side=mark.side,
            touched_nrs=mark.touched_nrs,
            by_itself_nrs=mark.by_itself_nrs,
            at=at,
            zone=mark.zone or zone,
            utc_offset_min=offset // timedelta(minutes=1),
        )
    except InvalidValue as error:
        field = "at" if error.field == "utc_offset_min" else error.field
        raise RecordFileError(f"{path}.{field} {error.reason}.") from None


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


def _check_zone(path: str, zone: str) -> None:
    if not is_known_zone(zone):
        raise RecordFileError(f"{path}.zone is no time zone known here: {shown(zone)}.")


def _unique(operations: Iterable[tuple[str, MarkOperation]]) -> Iterator[MarkOperation]:
    """Drop what comes twice; refuse an id that stands for two different marks."""
    seen: dict[str, MarkOperation] = {}
    for path, operation in operations:
        known = seen.get(operation.id)
        if known is None:
            seen[operation.id] = operation
            yield operation
        elif known != operation:
            raise RecordFileError(f"{path}.id already stands for another mark in this file.")
