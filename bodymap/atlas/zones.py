"""The shape of a zone on a body: an oval in the zone's own coordinates, carried to millimetres.

Each zone, and each part of one, has two coordinates that run from -1 to 1: down (or along the limb)
and across (from inner to outer). Its shape is the superellipse |down|^n + |across|^n <= 1: rounder
than a box, fuller than an ellipse. A long zone is one that was cut in the middle and drawn apart,
so that its ends stay round instead of pointed. So "upper third" is a soft shape too, and a zone
that is bent in the frame, such as the belt line along the pelvis, stays bent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas.frame import Warp
from bodymap.atlas.referral import Slice, ZoneShape

Array = NDArray[np.float64]

ROUNDNESS = 2.6
# A zone longer than this many times its width has straight sides between its round ends.
_LONG = 2.2
_AROUND = 96


def outline_mm(shape: ZoneShape, part: Slice, warp: Warp) -> Array:
    """Return the left copy of a zone, or of a part, as a closed ring (n, 2) in millimetres."""
    angle = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    wave = np.column_stack([np.sin(angle), np.cos(angle)])
    oval = np.sign(wave) * np.abs(wave) ** (2 / ROUNDNESS)
    ends = _ends(shape, part, warp)
    drawn_apart = np.sign(oval) * (1 - ends) + oval * ends
    return _to_mm(shape, part, _evenly(drawn_apart), warp)


def samples_mm(shape: ZoneShape, part: Slice, warp: Warp, steps: int = 11) -> Array:
    """Return places (n, 2) in millimetres spread evenly over the left copy of a zone or a part."""
    middle = (np.arange(steps) + 0.5) / steps * 2 - 1
    down, across = np.meshgrid(middle, middle, indexing="ij")
    places = np.column_stack([down.ravel(), across.ravel()])
    ends = _ends(shape, part, warp)
    within_ends = np.maximum(np.abs(places) - (1 - ends), 0) / ends
    inside = (within_ends**ROUNDNESS).sum(axis=1) <= 1
    return _to_mm(shape, part, places[inside], warp)


def _evenly(ring: Array) -> Array:
    """Spread points evenly along a ring: straight sides must bend with the zone, too."""
    closed = np.vstack([ring, ring[:1]])
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    at = np.linspace(0, way[-1], 2 * _AROUND, endpoint=False)
    return np.column_stack([np.interp(at, way, closed[:, axis]) for axis in (0, 1)])


def _ends(shape: ZoneShape, part: Slice, warp: Warp) -> Array:
    """Return how much of the way down and across, from the middle, belongs to the round ends."""
    cross = np.array([[-1, 0], [-0.5, 0], [0, 0], [0.5, 0], [1, 0], [0, -1], [0, 0], [0, 1.0]])
    steps = np.hypot(*np.diff(_to_mm(shape, part, cross, warp), axis=0).T)
    long, wide = float(steps[:4].sum()), float(steps[5:].sum())
    return np.minimum(1, np.array([_LONG * wide / long, _LONG * long / wide]))


def _to_mm(shape: ZoneShape, part: Slice, places: Array, warp: Warp) -> Array:
    """Carry (down, across), each -1 to 1 within the part, to millimetres."""
    unit = (places + 1) / 2
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
