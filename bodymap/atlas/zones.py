"""The shape of a zone on a body: an oval in the zone's own coordinates, carried to millimetres.

Each zone, and each part of one, has two coordinates that run from 0 to 1: down (or along the limb)
and across (from inner to outer). Its shape is the superellipse |2d−1|^n + |2a−1|^n <= 1 in them:
rounder than a box, fuller than an ellipse. So "upper third" is a soft shape too, and a zone that is
bent in the frame, such as the iliac crest, stays bent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.frame import Warp
from bodymap.atlas.referral import Slice, ZoneShape

Array = NDArray[np.float64]

ROUNDNESS = 2.6
_AROUND = 96


def outline_mm(shape: ZoneShape, part: Slice, warp: Warp) -> Array:
    """Return the left copy of a zone, or of a part, as a closed ring (n, 2) in millimetres."""
    angle = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    wave = np.column_stack([np.sin(angle), np.cos(angle)])
    return _to_mm(shape, part, _unit(np.sign(wave) * np.abs(wave) ** (2 / ROUNDNESS)), warp)


def samples_mm(shape: ZoneShape, part: Slice, warp: Warp, steps: int = 15) -> Array:
    """Return places (n, 2) in millimetres spread evenly over the left copy of a zone or a part."""
    middle = (np.arange(steps) + 0.5) / steps * 2 - 1
    down, across = np.meshgrid(middle, middle, indexing="ij")
    inside = np.abs(down) ** ROUNDNESS + np.abs(across) ** ROUNDNESS <= 1
    return _to_mm(shape, part, _unit(np.column_stack([down[inside], across[inside]])), warp)


def _unit(signed: Array) -> Array:
    return (signed + 1) / 2


def _to_mm(shape: ZoneShape, part: Slice, unit: Array, warp: Warp) -> Array:
    """Carry (down, across), each 0 to 1 within the part, to millimetres."""
    down = part.down[0] + unit[:, 0] * (part.down[1] - part.down[0])
    across = part.across[0] + unit[:, 1] * (part.across[1] - part.across[0])
    if not shape.rungs:
        return warp.to_figure(_in_patch(shape.patch, down, across))
    # Between its rungs a limb is straight in millimetres, however it hangs on this body.
    along = [rung.along for rung in shape.rungs]
    inner = warp.to_figure([rung.inner for rung in shape.rungs])
    outer = warp.to_figure([rung.outer for rung in shape.rungs])
    at = shape.along[0] + down * (shape.along[1] - shape.along[0])
    share = shape.across[0] + across * (shape.across[1] - shape.across[0])
    start, end = (
        np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])
        for line in (inner, outer)
    )
    return start + share[:, None] * (end - start)


def _in_patch(patch: Array, down: Array, across: Array) -> Array:
    """Interpolate between the rows and columns of a patch, evenly spaced."""
    rows, columns = patch.shape[:2]
    row, column = down * (rows - 1), across * (columns - 1)
    above = np.clip(np.floor(row).astype(int), 0, rows - 2)
    left = np.clip(np.floor(column).astype(int), 0, columns - 2)
    r, c = (row - above)[:, None], (column - left)[:, None]
    return (
        (1 - r) * (1 - c) * patch[above, left]
        + (1 - r) * c * patch[above, left + 1]
        + r * (1 - c) * patch[above + 1, left]
        + r * c * patch[above + 1, left + 1]
    )
