"""Where numbers go: the roomiest place of an area, and discs moved apart until none overlap."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bodymap.atlas import Figure, Side, outlines

Places = tuple[tuple[float, float], ...]

_ROUNDS = 150
_TOLERANCE = 0.5
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


@lru_cache(maxsize=256)
def spread(centres: Places, distance: float) -> Places:
    """Move centres apart, as little as needed, until no two are nearer than `distance`.

    No centre crosses the midline x = 0. The result depends on the centres alone: ties are broken
    by a fixed direction, not by chance. Where there is no room, what overlap remains is small.
    """
    if len(centres) < 2:
        return centres
    start = np.array(centres)
    x, y = start[:, 0].copy(), start[:, 1].copy()
    left, right = start[:, 0] < 0, start[:, 0] > 0
    first, second = np.triu_indices(len(start), k=1)
    for _ in range(_ROUNDS):
        dx, dy = x[second] - x[first], y[second] - y[first]
        squared = dx * dx + dy * dy
        close = np.flatnonzero(squared < (distance - _TOLERANCE) ** 2)
        if not len(close):
            break
        a, b, apart = first[close], second[close], np.sqrt(squared[close])
        # Two discs at one place part sideways, each towards its own side.
        same = apart < 1e-6
        sideways = np.where(dx[close] < 0, -1.0, 1.0)
        share = (distance - apart) / 2 / np.where(same, 1.0, apart)
        push_x, push_y = np.where(same, sideways, dx[close]) * share, dy[close] * share
        for axis, push in ((x, push_x), (y, push_y)):
            axis += np.bincount(b, push, len(start)) - np.bincount(a, push, len(start))
        x[left], x[right] = np.minimum(x[left], 0), np.maximum(x[right], 0)
    return tuple(zip(x.tolist(), y.tolist(), strict=True))
