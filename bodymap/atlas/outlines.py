"""Plane geometry on outlines: a shape is one or more closed rings, each an (n, 2) array.

The last vertex of a ring joins the first; it isn't repeated. Rings of one shape don't overlap and
have no holes. All lengths are in the unit of the coordinates given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Rings = Sequence[Array]

_TABLE_CELLS = 500_000


def area(rings: Rings) -> float:
    """Return the area that the rings enclose together."""
    return float(sum(abs(signed_area(ring)) for ring in rings))


def signed_area(ring: Array) -> float:
    """Return the area of one ring, positive when it runs counter-clockwise with y up."""
    x, y = ring[:, 0], ring[:, 1]
    return float(0.5 * (x @ np.roll(y, -1) - np.roll(x, -1) @ y))


def contains(rings: Rings, points: ArrayLike) -> NDArray[np.bool_]:
    """Tell for each point (n, 2) whether it lies inside one of the rings."""
    at = np.atleast_2d(np.asarray(points, dtype=np.float64))
    inside = np.zeros(len(at), dtype=bool)
    for ring in rings:
        # Most shapes are small: only what lies within their box needs the full count.
        low, high = ring.min(axis=0), ring.max(axis=0)
        near = np.flatnonzero(((at >= low) & (at <= high)).all(axis=1))
        for rows in _portions(len(near), len(ring)):
            crossings = _crossings_to_the_right(ring, at[near[rows]])
            inside[near[rows]] |= crossings % 2 == 1
    return inside


def distance_to_edge(rings: Rings, points: ArrayLike) -> Array:
    """Return the distance (n,) from each point to the nearest edge of any ring."""
    return np.min([distance_to_line(_closed(ring), points) for ring in rings], axis=0)


def distance_to_line(line: ArrayLike, points: ArrayLike) -> Array:
    """Return the distance (n,) from each point to an open line of straight pieces (m, 2)."""
    vertices = np.asarray(line, dtype=np.float64)
    at = np.atleast_2d(np.asarray(points, dtype=np.float64))
    start = vertices[:-1]
    along_x, along_y = np.diff(vertices, axis=0).T
    length_squared = np.maximum(along_x**2 + along_y**2, 1e-300)
    distances = np.empty(len(at))
    for rows in _portions(len(at), len(start)):
        x = at[rows, 0, None] - start[None, :, 0]
        y = at[rows, 1, None] - start[None, :, 1]
        share = np.clip((x * along_x + y * along_y) / length_squared, 0, 1)
        squared = (x - share * along_x) ** 2 + (y - share * along_y) ** 2
        distances[rows] = np.sqrt(squared.min(axis=1))
    return distances


def depth(rings: Rings, points: ArrayLike) -> Array:
    """Return how deep (n,) each point lies inside the shape; minus its distance when outside."""
    distance = distance_to_edge(rings, points)
    return np.where(contains(rings, points), distance, -distance)


def distance_to_skin(rings: Rings, origin: ArrayLike, direction: ArrayLike) -> float:
    """Return how far it is from a point inside along a unit direction to the first edge.

    Raises:
        ValueError: no edge lies in that direction.
    """
    start = np.asarray(origin, dtype=np.float64)
    unit = np.asarray(direction, dtype=np.float64)
    nearest = np.inf
    for ring in rings:
        first, along = ring, np.roll(ring, -1, axis=0) - ring
        across = unit[0] * along[:, 1] - unit[1] * along[:, 0]
        steep = np.abs(across) > 1e-12
        offset = first - start
        safe = np.where(steep, across, 1.0)
        reach = (offset[:, 0] * along[:, 1] - offset[:, 1] * along[:, 0]) / safe
        share = (offset[:, 0] * unit[1] - offset[:, 1] * unit[0]) / safe
        hits = reach[steep & (share >= 0) & (share <= 1) & (reach > 0)]
        nearest = min(nearest, float(hits.min(initial=np.inf)))
    if not np.isfinite(nearest):
        raise ValueError(f"no edge of the outline lies beyond ({start[0]:.1f}, {start[1]:.1f})")
    return nearest


def box(rings: Rings) -> tuple[float, float, float, float]:
    """Return (min x, min y, max x, max y) around all rings."""
    low = np.min([ring.min(axis=0) for ring in rings], axis=0)
    high = np.max([ring.max(axis=0) for ring in rings], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _portions(rows: int, edges: int) -> Iterator[slice]:
    """Cut the rows so that the table rows x edges stays small in memory."""
    step = max(1, _TABLE_CELLS // max(edges, 1))
    for start in range(0, rows, step):
        yield slice(start, start + step)


def _crossings_to_the_right(ring: Array, at: Array) -> NDArray[np.int_]:
    """Count the edges that a ray from each point towards +x crosses."""
    above = ring[None, :, 1] > at[:, 1, None]
    # few edges span a point's height, and only of those is asked where
    point, edge = np.nonzero(above != np.roll(above, -1, axis=1))
    first, second = ring[edge], ring[(edge + 1) % len(ring)]
    share = (at[point, 1] - first[:, 1]) / (second[:, 1] - first[:, 1])
    x_there = first[:, 0] + share * (second[:, 0] - first[:, 0])
    return np.bincount(point[x_there > at[point, 0]], minlength=len(at))


def _closed(ring: Array) -> Array:
    return np.vstack([ring, ring[:1]])
