"""Marks to be drawn, and the small CSV file that lists them for the command line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bodymap.atlas import SIDES, Side
from bodymap.records.errors import shown

HEADER = ["target_id", "side", "level"]

_LEVEL = re.compile(r"10|[0-9]", re.ASCII)
_WHY = {
    "unexpected end of data": "a quotation mark opens and is not closed",
    "field larger than field limit (131072)": "has a field that is far too long",
}


class MarksFileError(ValueError):
    """A marks file can't be used. The message is one sentence naming the line and the field."""


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """How much one area or point hurts: `level` is 0 to 10."""

    target_id: str
    side: Side
    level: int


def parse_marks(data: bytes, slots: Collection[tuple[str, Side]]) -> tuple[DrawnMark, ...]:
    """Read a marks file: the header target_id,side,level and one line for each mark.

    Commas or semicolons stand between the fields, as line 1 has them. Blank lines and separators at
    the end of a line, as spreadsheets write them, say nothing. `slots` are the places that can
    carry a mark (`Atlas.slots`).

    Raises:
        MarksFileError: anything in the file is not as it must be; nothing of it is used then.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MarksFileError("the marks file is not UTF-8 text") from None
    rows = _rows(text)
    line, header = next(rows, (1, []))
    if header != HEADER:
        found = shown(",".join(header)) if header else "missing"
        raise MarksFileError(f"line {line} must be {','.join(HEADER)}, but is {found}")
    marks: dict[tuple[str, Side], DrawnMark] = {}
    for line, row in rows:
        mark = _mark(row, line, slots)
        place = (mark.target_id, mark.side)
        if place in marks:
            raise MarksFileError(f"line {line}: {' '.join(place)} occurs twice")
        marks[place] = mark
    return tuple(marks.values())


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with the line where it begins."""
    first_line = next((line for line in io.StringIO(text) if line.strip(" ,;\t\r\n")), "")
    delimiter = ";" if ";" in first_line else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                while len(row) > len(HEADER) and not row[-1].strip():
                    row.pop()
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise MarksFileError(f"line {line}: {_WHY.get(str(error), 'is no CSV')}") from None


def _mark(row: list[str], line: int, slots: Collection[tuple[str, Side]]) -> DrawnMark:
    if len(row) != len(HEADER):
        fields = "1 field" if len(row) == 1 else f"{len(row)} fields"
        raise MarksFileError(f"line {line}: has {fields}, not {len(HEADER)} as line 1 has them")
    target_id, side_text, level = row
    side = next((side for side in SIDES if side == side_text), None)
    if side is None:
        raise MarksFileError(
            f"line {line}, side: {shown(side_text)} is not one of {', '.join(SIDES)}"
        )
    if (target_id, side) not in slots:
        known = any(target_id == target for target, _ in slots)
        reason = f"{target_id} has no {side} side" if known else f"there is no {shown(target_id)}"
        raise MarksFileError(f"line {line}, target_id: {reason}")
    if not _LEVEL.fullmatch(level):
        raise MarksFileError(
            f"line {line}, level: {shown(level)} is not a whole number from 0 to 10"
        )
    return DrawnMark(target_id, side, int(level))
