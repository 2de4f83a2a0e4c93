"""Strokes between the drawing of a body, as the browser knows them, and the frame of all bodies."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bodymap.atlas import Figure
from bodymap.records.drawing import PER_UNIT, Points, StrokeOperation
from bodymap.ui import knowledge

_TENTHS = 10  # drawing units on the wire are whole tenths, as differences


def _content(stroke: StrokeOperation) -> dict[str, Any]:
    fields = ("view", "tool", "points", "width_mm", "area", "side", "quality", "nrs")
    return {field: getattr(stroke, field) for field in fields}


def in_the_frame(figure: Figure, steps: Sequence[int]) -> Points:
    """Return a line's places in thousandths of the frame; those far off the body are left out."""
    if not steps:
        return ()
    drawn = np.cumsum(np.array(steps, dtype=float).reshape(-1, 2), axis=0) / _TENTHS
    at_mm = figure.from_drawing(drawn)
    places: list[tuple[int, int]] = []
    try:
        found = figure.warp.to_frame(at_mm)
    except ValueError:
        found = [
            place for place in map(lambda one: _place(figure, one), at_mm) if place is not None
        ]
    for x, y in np.rint(np.asarray(found) * PER_UNIT).astype(int).tolist():
        if not places or places[-1] != (x, y):
            places.append((x, y))
    return tuple(places)


def _place(figure: Figure, at_mm) -> Any:
    try:
        return figure.warp.to_frame([at_mm])[0]
    except ValueError:
        return None


def sent_stroke(stroke: StrokeOperation, body: str) -> dict[str, Any]:
    """Return a stroke as the browser draws it on a body: its line in drawing units."""
    figure = knowledge.atlas().figure(body, "front" if stroke.view == "front" else "back")
    steps: list[int] = []
    if stroke.points:
        drawn = figure.to_drawing(figure.warp.to_figure(np.array(stroke.points) / PER_UNIT))
        whole = np.rint(drawn * _TENTHS).astype(int)
        steps = np.diff(whole, axis=0, prepend=[[0, 0]]).ravel().tolist()
    return _content(stroke) | {
        "stroke_id": stroke.stroke_id,
        "points": steps,
        "is_there": stroke.is_there,
    }
