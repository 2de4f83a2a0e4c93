"""Where numbers go: the roomiest place of an area, and discs moved apart until none overlap."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas import Figure, Side, outlines

Array = NDArray[np.float64]

_ROUNDS = 200
_GRID = 24


@lru_cache(maxsize=1024)
def label_place(figure: Figure, area_id: str, side: Side) -> tuple[float, float]:
    """Return the place deepest inside an area, in drawing units."""
    rings = figure.area_outlines_mm[area_id, side]
    left, bottom, right, top = outlines.box(rings)
    x, y = np.meshgrid(np.linspace(left, right, _GRID), np.linspace(bottom, top, _GRID))
    grid = np.column_stack([x.ravel(), y.ravel()])
    deepest = grid[int(outlines.depth(rings, grid).argmax())]
    if side == "midline":
        deepest = deepest * [0, 1]
    to_x, to_y = figure.to_drawing(deepest)[0]
    return float(to_x), float(to_y)


def spread(centres: Array, distance: float) -> Array:
    """Move centres (n, 2) apart, as little as needed, until no two are nearer than `distance`.

    The result depends on the centres alone: ties are broken by a fixed direction, not by chance.
    """
    moved = centres.astype(np.float64).copy()
    if len(moved) < 2:
        return moved
    first, second = np.triu_indices(len(moved), k=1)
    for _ in range(_ROUNDS):
        gap = moved[second] - moved[first]
        length = np.hypot(gap[:, 0], gap[:, 1])
        close = length < distance - 1e-3
        if not close.any():
            break
        a, b, apart = first[close], second[close], length[close]
        # Two discs at one place part sideways: the body is taller than wide, so there is room.
        safe = np.where(apart > 1e-6, apart, 1.0)[:, None]
        unit = np.where((apart > 1e-6)[:, None], gap[close] / safe, [1.0, 0.0])
        push = unit * ((distance - apart) / 2)[:, None]
        np.add.at(moved, a, -push)
        np.add.at(moved, b, push)
    return moved
