"""A pain drawing: where it hurts, shaded freehand or by areas, in layers of quality and level.

A drawing is made of strokes. Each is kept as it was drawn, in the canonical frame and never in
pixels, so that it shows on every body and nothing is lost by drawing over it. Places are whole
thousandths of the frame: about 0.2 mm across and 0.6 mm along the neutral body, far finer than a
fingertip. A brush's width is in millimetres on the neutral body.

Undo and redo are statements like any other: a stroke is taken back or put back, never deleted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from bodymap.records.errors import InvalidValue, shown
from bodymap.records.qualities import checked_quality
from bodymap.records.scales import checked_level
from bodymap.records.statement import Statement, check_text, check_uuid

View = Literal["back", "front"]
Tool = Literal["brush", "eraser", "area"]
VIEWS: tuple[str, ...] = get_args(View)
TOOLS: tuple[str, ...] = get_args(Tool)

PER_UNIT = 1000
"""Whole numbers per unit of the frame."""

FARTHEST = 4 * PER_UNIT
MAX_POINTS = 400
WIDTHS_MM = (12, 28, 60)
"""The brushes: a fingertip's edge, a fingertip, a hand's breadth."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SIDES = ("left", "right", "midline")

Points = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrokeOperation(Statement):
    """One statement: this stroke belongs to the drawing from now on, or no longer does.

    stroke_id: UUID of the stroke; a later statement of the same stroke says the same but for
        ``is_there``.
    view: back or front.
    tool: ``brush`` shades along ``points``; ``eraser`` takes away, along them, what strokes before
        it shaded; ``area`` shades the whole of an area, named by ``area`` and ``side``.
    points: (x, y) in thousandths of the frame, 1 to 400 of them; none for ``area``.
    width_mm: of brush and eraser, on the neutral body; 0 for ``area``.
    area, side: of ``area`` only; else "".
    quality: the layer's quality, or "" for none named; "" for the eraser.
    nrs: the layer's level 0 to 10, or None for none given; None for the eraser.
    is_there: False takes the stroke back, True puts it (back).
    is_again: of the drawing made again on the same day with the first one hidden; never of the
        day's drawing.

    Raises:
        InvalidValue: a value is not one of these.
    """

    stroke_id: str
    view: str
    tool: str
    points: Points = ()
    width_mm: int = 0
    area: str = ""
    side: str = ""
    quality: str = ""
    nrs: int | None = None
    is_there: bool = True
    is_again: bool = False

    def __post_init__(self) -> None:
        Statement.__post_init__(self)
        check_uuid("stroke_id", self.stroke_id)
        if self.view not in VIEWS:
            raise InvalidValue("view", f"must be back or front, not {shown(self.view)}")
        if self.tool not in TOOLS:
            raise InvalidValue("tool", f"must be {', '.join(TOOLS)}, not {shown(self.tool)}")
        if self.tool == "area":
            check_text("area", self.area, _SLUG, 80, "must be the id of an area")
            if self.side not in _SIDES:
                raise InvalidValue(
                    "side", f"must be left, right or midline, not {shown(self.side)}"
                )
            if self.points or self.width_mm:
                raise InvalidValue("points", "must be empty where an area is shaded")
        else:
            _check_line(self.points, self.width_mm)
            for field in ("area", "side"):
                if getattr(self, field):
                    raise InvalidValue(field, "must be empty for a line")
        if self.quality:
            checked_quality(self.quality)
        checked_level(self.nrs, "nrs")
        if self.tool == "eraser" and (self.quality or self.nrs is not None):
            raise InvalidValue("quality", "must be empty for the eraser")
        for field in ("is_there", "is_again"):
            if type(value := getattr(self, field)) is not bool:
                raise InvalidValue(field, f"must be true or false, not {shown(value)}")

    @property
    def layer(self) -> tuple[str, int | None]:
        """Return quality and level: strokes of the same layer melt together."""
        return self.quality, self.nrs


@dataclass(frozen=True, slots=True)
class PainDrawing:
    """The strokes of one day that are there now, in the order in which they were first drawn."""

    strokes: tuple[StrokeOperation, ...] = ()


NO_DRAWING = PainDrawing()


def drawing_of(statements: Iterable[StrokeOperation]) -> PainDrawing:
    """Fold statements, given in the record's order, into the drawing as it is now."""
    last: dict[str, StrokeOperation] = {}
    for statement in statements:
        last[statement.stroke_id] = statement
    return PainDrawing(tuple(stroke for stroke in last.values() if stroke.is_there))


def _check_line(points: object, width_mm: object) -> None:
    if not isinstance(points, tuple) or not 1 <= len(points) <= MAX_POINTS:
        raise InvalidValue("points", f"must be 1 to {MAX_POINTS} places")
    for point in points:
        if not isinstance(point, tuple) or len(point) != 2:
            raise InvalidValue("points", "must be pairs of whole thousandths of the frame")
        x, y = point
        # Spelled out, because a drawing has thousands of them.
        if (
            type(x) is not int
            or type(y) is not int
            or not -FARTHEST <= x <= FARTHEST
            or not -FARTHEST <= y <= FARTHEST
        ):
            raise InvalidValue("points", "must be pairs of whole thousandths of the frame")
    if type(width_mm) is not int or width_mm not in WIDTHS_MM:
        raise InvalidValue("width_mm", f"must be one of {WIDTHS_MM}, not {shown(width_mm)}")
