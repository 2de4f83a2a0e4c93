"""The drawn patterns of a body: closed smooth curves in millimetres.

A closed curve is a chain of cubic Bézier pieces, (3 n, 2): knot, handle, handle, knot, … ; the last
piece ends at the first knot, which isn't repeated.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from bodymap.atlas.files import XY, Slug, Strict, json_of, validated
from bodymap.atlas.referral import Role

Array = NDArray[np.float64]

_PIECES_OF_A_CUBIC = 8


class _DrawnPattern(Strict):
    point: Slug
    role: Role
    curves_mm: Annotated[
        list[Annotated[list[XY], Field(min_length=6)]],
        Field(min_length=1),
    ]


class PatternsFile(Strict):
    """data/figures/<body>-patterns.json: the left copy of every pattern, by view and role."""

    back: list[_DrawnPattern]
    front: list[_DrawnPattern]


def read_drawn_patterns(path: Path) -> PatternsFile:
    """Read data/figures/<body>-patterns.json.

    Raises:
        DataError: it is missing or malformed, or a curve isn't made of whole cubics.
    """
    return validated(PatternsFile, json_of(path, dict), path.name)


def flattened(curve: Array) -> Array:
    """Return a closed curve as a ring (n, 2) of short straight pieces."""
    start, leave, arrive, end = _pieces(curve)
    t = (np.arange(_PIECES_OF_A_CUBIC) / _PIECES_OF_A_CUBIC)[None, :, None]
    ring = (
        (1 - t) ** 3 * start[:, None]
        + 3 * (1 - t) ** 2 * t * leave[:, None]
        + 3 * (1 - t) * t**2 * arrive[:, None]
        + t**3 * end[:, None]
    )
    flat = ring.reshape(-1, 2)
    flat.setflags(write=False)
    return flat


def smooth_path(curves: list[Array]) -> str:
    """Return closed curves in drawing units as the d attribute of an SVG path, to 0.1 of a unit.

    Each begins with an absolute place and goes on relative to it; rounding doesn't add up.
    """
    parts = []
    for curve in curves:
        tenths = np.round(curve * 10).astype(int)
        parts.append("M" + _numbers(tenths[0]) + "c")
        pen, text = tenths[0], ""
        for piece in np.vstack([tenths[1:], tenths[:1]]).reshape(-1, 3, 2):
            numbers = _numbers((piece - pen).ravel())
            text += numbers if not text or numbers.startswith("-") else " " + numbers
            pen = piece[2]
        parts.append(text + "Z")
    return "".join(parts)


def _pieces(curve: Array) -> tuple[Array, Array, Array, Array]:
    """Return knots, handles behind and before them, and the knots that follow."""
    knots = curve[::3]
    return knots, curve[1::3], curve[2::3], np.roll(knots, -1, axis=0)


def _numbers(tenths: Array) -> str:
    """Write tenths as short as SVG allows: no trailing zero, none before the point."""
    text = ""
    for value in tenths.tolist():
        whole, tenth = divmod(abs(value), 10)
        number = (str(whole) if whole or not tenth else "") + (f".{tenth}" if tenth else "")
        number = f"-{number}" if value < 0 else number
        text += number if not text or number.startswith("-") else f" {number}"
    return text
