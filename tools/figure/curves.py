"""Smooth curves in the frame, and their paths once they are warped to a figure.

The layers are written by hand as few points per shape; these functions turn them into smooth
lines (Hermite and Catmull-Rom curves in the frame) and back into few Bézier segments.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bodymap.atlas.frame import ASPECT
from tools.figure import vector

Array = NDArray[np.float64]

_CORNER_DEGREES = 48.0
_CORNER_REACH_MM = 3.6
_SAMPLE_MM = 1.2


def densified_ring(vertices: ArrayLike, step: float = 0.012) -> Array:
    """Add points along the straight edges of a closed ring so that no gap exceeds `step`.

    Each edge is divided from its lexicographically smaller end, so two rings that share an edge
    share every added point to the last bit.
    """
    ring = np.asarray(vertices, dtype=float)
    pieces = []
    for start, end in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        count = max(int(np.ceil(np.hypot(*((end - start) * [ASPECT, 1])) / step)), 1)
        low, high = (start, end) if tuple(start) <= tuple(end) else (end, start)
        points = low + (high - low) * (np.arange(count + 1) / count)[:, None]
        pieces.append((points if low is start else points[::-1])[:-1])
    return np.vstack(pieces)


def smooth_ring(vertices: ArrayLike, per_edge: int = 8) -> Array:
    """Draw a closed curve through the vertices; sharp corners stay nearly sharp.

    The tangent at a vertex shrinks with the turn there, and vanishes on the midline (x < 0.03),
    where the two halves of a muscle must meet along a straight seam.
    """
    ring = np.asarray(vertices, dtype=float)
    even = ring * [ASPECT, 1]
    before, after = np.roll(even, 1, axis=0), np.roll(even, -1, axis=0)
    incoming, outgoing = even - before, after - even
    cosine = np.sum(incoming * outgoing, axis=1) / (
        np.hypot(*incoming.T) * np.hypot(*outgoing.T) + 1e-12
    )
    weight = np.where(cosine > 0.5, 0.4, np.where(cosine > 0, 0.25, 0.08))
    weight[(ring[:, 0] >= 0) & (ring[:, 0] < 0.03)] = 0.0

    t = np.linspace(0, 1, per_edge, endpoint=False)[:, None]
    chord = np.hypot(*(after - before).T) + 1e-12
    tangent = (np.roll(ring, -1, axis=0) - np.roll(ring, 1, axis=0)) * (2 * weight)[:, None]
    pieces = []
    for i in range(len(ring)):
        j = (i + 1) % len(ring)
        length = np.hypot(*outgoing[i])
        leave = tangent[i] * min(1.0, 2 * length / chord[i])
        arrive = tangent[j] * min(1.0, 2 * length / chord[j])
        pieces.append(_hermite(ring[i], ring[j], leave, arrive, t))
    return np.vstack(pieces)


def smooth_line(vertices: ArrayLike, per_edge: int = 10) -> Array:
    """Draw an open Catmull-Rom curve through the vertices."""
    line = np.asarray(vertices, dtype=float)
    if len(line) < 3:
        return line
    padded = np.vstack([2 * line[0] - line[1], line, 2 * line[-1] - line[-2]])
    t = np.linspace(0, 1, per_edge, endpoint=False)[:, None]
    pieces = [
        _hermite(padded[i], padded[i + 1], tangent, following, t)
        for i, (tangent, following) in enumerate(
            zip(
                (padded[2:-1] - padded[:-3]) / 2,
                (padded[3:] - padded[1:-2]) / 2,
                strict=True,
            ),
            start=1,
        )
    ]
    return np.vstack([*pieces, line[-1:]])


def along(line: ArrayLike, fractions: ArrayLike) -> Array:
    """Return the points at the given fractions (0 to 1) of a polyline's length in the frame."""
    points = np.asarray(line, dtype=float)
    steps = np.hypot(*(np.diff(points, axis=0) * [ASPECT, 1]).T)
    distance = np.concatenate([[0.0], np.cumsum(steps)])
    wanted = np.asarray(fractions, dtype=float) * distance[-1]
    return np.column_stack([np.interp(wanted, distance, points[:, axis]) for axis in (0, 1)])


def resampled(points: Array, step: float, *, closed: bool) -> Array:
    """Return points `step` apart (about) along a line or ring in millimetres."""
    line = np.vstack([points, points[:1]]) if closed else points
    distance = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    count = max(round(distance[-1] / step), 3)
    wanted = np.linspace(0, distance[-1], count + 1)
    even = np.column_stack([np.interp(wanted, distance, line[:, axis]) for axis in (0, 1)])
    return even[:-1] if closed else even


def line_cubics(points: Array, error_mm: float) -> list[Array]:
    """Fit cubics, each (4, 2), to an open line."""
    return vector.fit_line(points, error_mm)


def ring_cubics(points: Array, error_mm: float) -> list[Array]:
    """Fit cubics, each (4, 2), to a closed ring, keeping its corners sharp.

    A corner may be rounded over a millimetre or two by the cutting before, so it is looked for
    over a reach of a few millimetres, not at single vertices.
    """
    ring = resampled(points, _SAMPLE_MM, closed=True)
    reach = max(1, round(_CORNER_REACH_MM / _SAMPLE_MM))
    behind, ahead = ring - np.roll(ring, reach, axis=0), np.roll(ring, -reach, axis=0) - ring
    cross = behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0]
    turn = np.abs(np.degrees(np.arctan2(cross, np.sum(behind * ahead, axis=1))))
    highest = np.max([np.roll(turn, shift) for shift in range(-reach, reach + 1)], axis=0)
    corners = np.flatnonzero((turn > _CORNER_DEGREES) & (turn == highest))
    if len(corners) < 2:
        sharpest = int(np.argmax(turn))
        corners = np.sort(np.array([sharpest, sharpest + len(ring) // 2]) % len(ring))
    cubics = []
    for start, end in zip(corners, [*corners[1:], corners[0] + len(ring)], strict=True):
        cubics += vector.fit_line(ring[np.arange(start, end + 1) % len(ring)], error_mm)
    return cubics


def path(cubics: list[Array], *, closed: bool) -> str:
    """Write cubics in drawing units as SVG path data."""
    return vector.path_data(cubics, closed=closed)


def _hermite(start: Array, end: Array, leave: Array, arrive: Array, t: Array) -> Array:
    return (
        start
        + (end - start) * (3 * t**2 - 2 * t**3)
        + leave * (t - 2 * t**2 + t**3)
        + arrive * (t**3 - t**2)
    )
