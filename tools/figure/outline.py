"""The silhouette of a body as one exact, mirror-symmetric polygon in millimetres.

Both views share it: the projection is orthographic and the body symmetric.
"""

import numpy as np
from scipy import ndimage
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.polygon import orient
from skimage import measure

from tools.figure.raster import Relief

STEP_MM = 0.8
GENTLE_MM, STRONG_MM = 1.2, 6.0


def resampled(points: np.ndarray, step: float, *, closed: bool) -> np.ndarray:
    """Points (n, 2) at about equal steps along a line (m, 2)."""
    line = np.vstack([points, points[:1]]) if closed else points
    length = np.r_[0, np.cumsum(np.hypot(*np.diff(line, axis=0).T))]
    count = max(round(length[-1] / step), 4)
    at = np.linspace(0, length[-1], count + 1)
    out = np.c_[np.interp(at, length, line[:, 0]), np.interp(at, length, line[:, 1])]
    return out[:-1] if closed else out


def smoothed(points: np.ndarray, sigma: float, *, closed: bool) -> np.ndarray:
    """Gaussian smoothing along a line; ``sigma`` counts points. Open ends stay where they are."""
    if sigma <= 0:
        return points
    out = ndimage.gaussian_filter1d(points, sigma, axis=0, mode="wrap" if closed else "nearest")
    if not closed:
        out[[0, -1]] = points[[0, -1]]
    return out


def silhouette(relief: Relief) -> Polygon:
    """The outline of the whole body in mm (x, y), x mirrored exactly.

    The pixel contour is smoothed strongly along limbs and gently where that would move it by more
    than a millimetre: fingers, ears, armpit. The top of the gap between the thighs, flat in the
    mesh, is rounded.
    """
    pixels = ndimage.gaussian_filter(relief.inside.astype(float), 1.0)
    contours = measure.find_contours(np.pad(pixels, 2), 0.5)
    ring = max(contours, key=len)[:-1, ::-1] - 2
    ring = resampled(relief.to_mm(ring), STEP_MM, closed=True)
    gentle = smoothed(ring, GENTLE_MM / STEP_MM, closed=True)
    strong = smoothed(gentle, STRONG_MM / STEP_MM, closed=True)
    moved = np.hypot(*(strong - gentle).T)
    moved = ndimage.maximum_filter1d(moved, int(12 / STEP_MM) | 1, mode="wrap")
    moved = ndimage.gaussian_filter1d(moved, 6 / STEP_MM, mode="wrap")
    keep = np.clip((moved - 0.55) / 0.9, 0, 1)
    stature = ring[:, 1].max()
    between_thighs = (np.abs(ring[:, 0]) < 18) & (ring[:, 1] < 0.55 * stature)
    keep[between_thighs & (ring[:, 1] > 0.4 * stature)] = 0
    keep = ndimage.gaussian_filter1d(keep, 2.0, mode="wrap")[:, None]
    return mirrored_half(Polygon(strong * (1 - keep) + gentle * keep))


def mirrored_half(shape: Polygon) -> Polygon:
    """The part of a shape with x >= 0 together with its mirror image, as one polygon."""
    half = left_half(shape)
    whole = half.union(affinity.scale(half, xfact=-1, origin=(0, 0)))
    return orient(max(getattr(whole, "geoms", [whole]), key=lambda part: part.area))


def left_half(shape: Polygon) -> Polygon:
    """The part of a shape on the person's left (x >= 0), its largest piece."""
    half = shape.buffer(0).intersection(box(0, -1e4, 1e4, 1e4))
    return max(getattr(half, "geoms", [half]), key=lambda part: part.area)


def rim_from(shape: Polygon, start: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Where a ray from a point inside a shape first leaves it, (x, y).

    Raises ``ValueError`` when the point does not lie inside.
    """
    ray = LineString([start, np.asarray(start) + np.asarray(direction) * 1e3])
    inside = ray.intersection(shape)
    origin = Point(start)
    for part in getattr(inside, "geoms", [inside]):
        if part.length and part.distance(origin) < 1e-6:
            ends = np.asarray(part.coords)
            return ends[np.argmax(np.hypot(*(ends - start).T))]
    raise ValueError(f"The point {tuple(start)} does not lie inside the silhouette.")


def half_width(shape: Polygon, y_mm: float) -> float:
    """Half-width of the trunk or neck at a height."""
    return float(rim_from(shape, np.array([0.0, y_mm]), np.array([1.0, 0.0]))[0])


def rings_mm(shape: Polygon, tolerance_mm: float = 0.25) -> list[list[list[float]]]:
    """The outer ring as rounded coordinates for the data file, mirror-symmetric."""
    simple = mirrored_half(left_half(shape).simplify(tolerance_mm))
    ring = np.asarray(simple.exterior.coords)[:-1]
    return [[[round(float(x), 1) + 0.0, round(float(y), 1)] for x, y in ring]]
