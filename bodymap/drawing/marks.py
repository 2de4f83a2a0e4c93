"""Marks to be drawn, and the small CSV file that lists them for the command line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass

from bodymap.atlas import SIDES, Side

HEADER = ["target_id", "side", "level"]

_LEVEL = re.compile(r"10|[0-9]", re.ASCII)


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

    `slots` are the places that can carry a mark (`Atlas.slots`).

    Raises:
        MarksFileError: anything in the file is not as it must be; nothing of it is used then.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MarksFileError("the marks file is not UTF-8 text") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    marks: dict[tuple[str, Side], DrawnMark] = {}
    try:
        if next(reader, None) != HEADER:
            raise MarksFileError(f"line 1 must be {','.join(HEADER)}")
        for row in reader:
            mark = _mark(row, reader.line_num, slots)
            place = (mark.target_id, mark.side)
            if place in marks:
                raise MarksFileError(f"line {reader.line_num}: {' '.join(place)} occurs twice")
            marks[place] = mark
    except csv.Error as error:
        raise MarksFileError(f"line {reader.line_num}: {error}") from None
    return tuple(marks.values())


def _mark(row: list[str], line: int, slots: Collection[tuple[str, Side]]) -> DrawnMark:
    if len(row) != len(HEADER):
        raise MarksFileError(f"line {line}: has {len(row)} fields, not {len(HEADER)}")
    target_id, side_text, level = row
    side = next((side for side in SIDES if side == side_text), None)
    if side is None:
        raise MarksFileError(f"line {line}, side: {side_text!r} is not one of {', '.join(SIDES)}")
    if (target_id, side) not in slots:
        known = any(target_id == target for target, _ in slots)
        reason = f"{target_id} has no {side} side" if known else f"there is no {target_id!r}"
        raise MarksFileError(f"line {line}, target_id: {reason}")
    if not _LEVEL.fullmatch(level):
        raise MarksFileError(f"line {line}, level: {level!r} is not a whole number from 0 to 10")
    return DrawnMark(target_id, side, int(level))
