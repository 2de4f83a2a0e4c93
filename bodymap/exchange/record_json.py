"""The whole record as one JSON file, and back. The format is described in docs/RECORD_FORMAT.md.

A file comes from outside: ``parse`` takes it whole or refuses it in one sentence. What may be in
the values themselves is for the statements to say; here is what may be in the file.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from operator import attrgetter
from typing import Any

from pydantic import InstanceOf, TypeAdapter, ValidationError

from bodymap.exchange.foreign_files import SAVED_ITSELF, why_no_record
from bodymap.exchange.statement_json import (
    KINDS,
    FirstVersionMark,
    StatementInFile,
    check_zone,
    entry_of,
    operation_of,
)
from bodymap.exchange.untrusted_json import (
    Part,
    RecordFileError,
    SameNameTwice,
    read_json,
    sentence_of,
)
from bodymap.records import Operation, Record
from bodymap.records.errors import shown

__all__ = [
    "FORMAT",
    "MAX_BYTES",
    "VERSION",
    "FilePart",
    "RecordFileError",
    "dump",
    "dump_in_parts",
    "file_name",
    "parse",
]

FORMAT = "bodymap-record"
VERSION = 2

MAX_BYTES = 10 * 1024 * 1024
"""A year and a half with 20 marks, a drawing of 15 strokes and answers every day, at 18 KB a day.

Reading takes fifteen times as much memory, and a server reads for all its guests: a longer record
is saved in parts (``dump_in_parts``).
"""


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file of a record. last: the last date that it is about; None where there is none."""

    content: bytes
    last: date | None


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


# What is in the lists is read one by one and let go of: a large file is never in memory twice.


class _FirstVersionCheckIn(Part):
    local_date: str
    zone: str
    marks: InstanceOf[list]


class _CheckInInFile(Part):
    local_date: str
    zone: str
    statements: InstanceOf[list]


class _RecordInFile(Part):
    format: str
    version: int
    check_ins: InstanceOf[list]


def dump(record: Record) -> bytes:
    """Return a record as UTF-8 JSON, one statement a line; the same record gives the same bytes."""
    return _file(check_in for _, check_in in _check_ins_in_file(record))


def dump_in_parts(record: Record, *, max_bytes: int = MAX_BYTES) -> tuple[FilePart, ...]:
    """Return a record as the fewest files, oldest first, that ``parse`` takes one by one.

    Most records are one. A date is never split; merging all parts gives the record.
    """
    parts: list[list[str]] = [[]]
    lasts: list[date | None] = [None]
    empty = len(_file([]))
    size = empty
    for day, check_in in _check_ins_in_file(record):
        more = len(check_in) + len(",\n")
        if parts[-1] and size + more > max_bytes:
            parts.append([])
            lasts.append(None)
            size = empty
        parts[-1].append(check_in)
        lasts[-1] = day
        size += more
    return tuple(FilePart(_file(part), last) for part, last in zip(parts, lasts, strict=True))


def file_name(at: datetime, utc_offset_min: int, part: int = 1, parts: int = 1) -> str:
    """Return what a file is to be called: the person's own date and time, and which part it is.

    at, utc_offset_min: the instant, and the person's own offset from UTC in minutes. The time is
        part of it, so that two files of one day never take each other's name.
    """
    own = at.astimezone(timezone(timedelta(minutes=utc_offset_min)))
    of_parts = f"-part-{part}-of-{parts}" if parts > 1 else ""
    return f"bodymap-record-{own:%Y-%m-%d-%H%M%S}{of_parts}.json"


def parse(data: bytes, *, max_bytes: int = MAX_BYTES) -> Record:
    """Return the record that a file of version 1 or 2 holds.

    Raises:
        RecordFileError: the file is of another kind, too large, no UTF-8, no JSON, of another or a
            newer format, or anything in it is not exactly as docs/RECORD_FORMAT.md says.
    """
    if reason := why_no_record(data):
        raise RecordFileError(reason)
    content = read_json(data, max_bytes)
    version = _version(content)
    try:
        in_file = _RecordInFile.model_validate(content)
    except ValidationError as errors:
        raise RecordFileError(sentence_of(errors, "", version, KINDS)) from None
    del content
    return Record(tuple(_unique(_operations(in_file.check_ins, version))))


def _check_ins_in_file(record: Record) -> Iterator[tuple[date, str]]:
    for day, of_day in groupby(record.operations, key=attrgetter("local_date")):
        operations = list(of_day)
        zone = operations[0].zone
        entries = ",\n".join(entry_of(operation, zone) for operation in operations)
        yield (
            day,
            f'{{"local_date": "{day.isoformat()}", "zone": {json.dumps(zone)},'
            f' "statements": [\n{entries}\n]}}',
        )


def _file(check_ins: Iterable[str]) -> bytes:
    joined = ",\n".join(check_ins)
    body = f"[\n{joined}\n]" if joined else "[]"
    head = f'"format": "{FORMAT}",\n"version": {VERSION}'
    return f'{{\n{head},\n"check_ins": {body}\n}}\n'.encode("ascii")


def _version(content: object) -> int:
    if isinstance(content, SameNameTwice):
        raise RecordFileError(f"The file has {shown(content.name)} twice.")
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise RecordFileError(f"This is JSON of another program. {SAVED_ITSELF}")
    version = content.get("version")
    if type(version) is not int or version < 1:
        raise RecordFileError(f"version must be a whole number from 1, not {shown(version)}.")
    if version > VERSION:
        raise RecordFileError(
            f"The file is of version {shown(version)}, from a newer Bodymap; this one reads up to"
            f" version {VERSION}."
        )
    return version


def _operations(check_ins: list[Any], version: int) -> Iterator[tuple[str, Operation]]:
    """Yield each statement with its path in the file; empty the lists on the way."""
    days: set[str] = set()
    name = "marks" if version == 1 else "statements"
    check_in_of = _FirstVersionCheckIn if version == 1 else _CheckInInFile
    for number in range(len(check_ins)):
        where = f"check_ins[{number}]"
        check_in = _read(check_in_of.model_validate, where, check_ins[number], version)
        check_ins[number] = None
        if check_in.local_date in days:
            raise RecordFileError(f"{where}.local_date is that of an earlier check-in.")
        days.add(check_in.local_date)
        day = _day(where, check_in.local_date)
        entries = getattr(check_in, name)
        if not entries:
            raise RecordFileError(f"{where}.{name} is empty.")
        check_zone(where, check_in.zone)
        for index in range(len(entries)):
            path = f"{where}.{name}[{index}]"
            entry = _read(_ENTRY[name], path, entries[index], version)
            entries[index] = None
            operation = operation_of(path, entry, day, check_in.zone)
            if operation.is_late and version == 1:
                raise RecordFileError(f"{path}.at is not on the local_date of its check-in, {day}.")
            yield path, operation


def _first_version_entry(content: object) -> StatementInFile:
    return FirstVersionMark.model_validate(content).as_statement()


_ENTRY = {"marks": _first_version_entry, "statements": TypeAdapter(StatementInFile).validate_python}


def _read(validate: Callable[[Any], Any], path: str, content: object, version: int) -> Any:
    try:
        return validate(content)
    except ValidationError as errors:
        raise RecordFileError(sentence_of(errors, path, version, KINDS)) from None


def _day(where: str, text: str) -> date:
    try:
        if _DATE.fullmatch(text) and text >= "1900":
            return date.fromisoformat(text)
    except ValueError:  # no such day
        pass
    raise RecordFileError(
        f"{where}.local_date must be a date from 1900 on, as 2026-11-22, not {shown(text)}."
    )


def _unique(operations: Iterable[tuple[str, Operation]]) -> Iterator[Operation]:
    """Drop what comes twice; refuse an id that stands for two different statements."""
    seen: dict[str, Operation] = {}
    for path, operation in operations:
        known = seen.get(operation.id)
        if known is None:
            seen[operation.id] = operation
            yield operation
        elif known != operation:
            raise RecordFileError(f"{path}.id already stands for another statement in this file.")
