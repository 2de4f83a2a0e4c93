"""Soft shading: how light each place of the relief is, cut into polygons of equal darkness.

The light comes from the viewer and a little from above, the same for left and right, so that
neither side of the map looks different. Hollows are darkened and ridges lightened by comparing the
depth with its own mean at three scales. Only the person's left half is cut into polygons; the
drawing mirrors it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree
from shapely.geometry import MultiPolygon, Polygon, box
from skimage import measure

from tools.figure.outline import resampled, smoothed
from tools.figure.raster import Relief
from tools.figure.vector import fit_ring, path_data

LIGHT = np.array([0.0, 0.34, 0.94])
# (scale of the mean, gain per mm, limit in mm): muscle bellies, folds, fine relief
HOLLOWS = ((4.0, 0.028, 3.0), (12.0, 0.016, 7.0), (34.0, 0.0035, 18.0))
# The lightest levels lie on nearly flat skin, where a small bump would make a large island: they
# are cut from a broader mean than the dark ones.
BROAD_LEVELS = (0.965, 0.93, 0.89, 0.845)
NEAR_LEVELS = (0.795, 0.74, 0.68, 0.61, 0.53, 0.43, 0.31)
BROAD_MEAN_MM, NEAR_MEAN_MM = 6.0, 2.0
# Beyond the skin the tone goes on so far that the blurred and clipped edge is full.
BLEED_MM = 16.0
FINE_LEVELS = (-0.035, -0.075, -0.13, -0.20)
# Columns drawn beyond the midline before the half is cut off, so that smoothing meets there.
OVERLAP_MM = 40.0


@dataclass(frozen=True, slots=True)
class Shade:
    """A soft dark (or, below 0, light) brush stroke along a line in mm, x >= 0, y up."""

    line_mm: np.ndarray
    radius_mm: float
    strength: float


def calmed(relief: Relief, centre_mm: np.ndarray, radius_mm: float, sigma_mm: float) -> Relief:
    """The relief with the fine detail around a place, and around its mirror image, smoothed away.

    Full within half the radius, none beyond it.
    """
    rows, columns = np.indices(relief.inside.shape)
    x = np.abs(columns - relief.middle) * relief.pixel_mm
    y = relief.top_mm - rows * relief.pixel_mm
    distance = np.hypot(x - centre_mm[0], y - centre_mm[1]) / radius_mm
    share = np.clip(2 - 2 * distance, 0, 1)
    share = share * share * (3 - 2 * share)
    touched = share > 0
    band = slice(*(np.flatnonzero(touched.any(axis=1))[[0, -1]] + [0, 1]))
    reach = int(4 * sigma_mm / relief.pixel_mm)
    window = slice(max(band.start - reach, 0), band.stop + reach)
    part = relief.rows(window)
    normal, depth = relief.normal.copy(), relief.depth_mm.copy()
    blurred = np.stack([part.blur(part.normal[..., k], sigma_mm) for k in range(3)], axis=-1)
    mix = share[window][..., None]
    normal[window] = part.normal * (1 - mix) + blurred * mix
    normal[window] /= np.maximum(np.linalg.norm(normal[window], axis=2, keepdims=True), 1e-9)
    flat = part.blur(part.depth_mm, sigma_mm)
    depth[window] = np.where(
        part.inside, part.depth_mm * (1 - mix[..., 0]) + flat * mix[..., 0], part.depth_mm
    )
    return Relief(depth, normal, relief.inside, relief.pixel_mm, relief.top_mm)


def tones(relief: Relief) -> np.ndarray:
    """Lightness of every pixel, about 1 where the light falls full, 0 in deep hollows."""
    facing = np.clip(relief.normal @ LIGHT, 0, 1)
    tone = 0.5 * facing + 0.5 * np.clip(relief.normal[..., 2], 0, 1) ** 0.8
    for scale, gain, limit in HOLLOWS:
        height = relief.depth_mm - relief.blur(relief.depth_mm, scale)
        tone = tone + gain * limit * np.tanh(height / limit)
    return np.where(relief.inside, tone, 1.0)


def brushed(tone: np.ndarray, relief: Relief, shades: Iterable[Shade]) -> np.ndarray:
    """The tones with brush strokes added on both sides; strokes fade out at their ends."""
    out = tone.copy()
    for shade in shades:
        line = resampled(shade.line_mm, 1.0, closed=False)
        swell = np.sin(np.linspace(0, np.pi, len(line))) ** 0.6
        for side in (1, -1):
            at = relief.to_pixels(line * [side, 1])
            reach = 3 * shade.radius_mm / relief.pixel_mm
            left, top = np.maximum(np.floor(at.min(axis=0) - reach).astype(int), 0)
            right, low = np.ceil(at.max(axis=0) + reach).astype(int) + 1
            patch = out[top:low, left:right]
            rows, columns = np.indices(patch.shape)
            pixels = np.c_[(columns + left).ravel(), (rows + top).ravel()]
            distance, nearest = cKDTree(at).query(pixels)
            fall = np.exp(-((distance * relief.pixel_mm / shade.radius_mm) ** 2))
            dark = shade.strength * swell[nearest] * fall
            # A midline stroke meets its own mirror image; it counts once.
            once = 0.5 if np.ptp(line[:, 0]) == 0 and line[0, 0] == 0 else 1.0
            patch -= once * dark.reshape(patch.shape)
    return out


def soft_polygons(
    tone: np.ndarray, relief: Relief, stature_mm: float
) -> tuple[list[str], list[str]]:
    """Path data of the half-figure's darkness, one per level, to be laid over each other.

    Returns the broad light levels and the nearer dark ones.
    """
    away, nearest = ndimage.distance_transform_edt(~relief.inside, return_indices=True)
    beyond = away * relief.pixel_mm > BLEED_MM

    def cut(levels: tuple[float, ...], mean_mm: float, tolerance: float) -> list[str]:
        mean = np.where(relief.inside, relief.blur(tone, mean_mm), 1.0)
        bled = np.where(beyond, 1.2, mean[tuple(nearest)])
        return [
            _darker_than(bled, relief, level, stature_mm, 3.4, tolerance, least=260)
            for level in levels
        ]

    return cut(BROAD_LEVELS, BROAD_MEAN_MM, 1.0), cut(NEAR_LEVELS, NEAR_MEAN_MM, 0.7)


def fine_polygons(
    tone: np.ndarray, relief: Relief, where: np.ndarray, stature_mm: float
) -> list[str]:
    """Path data of small dark detail (face, ears, hands, feet) that the soft shading blurs away.

    ``where`` (0 to 1, the shape of the relief) says how much of it is wanted.
    """
    sharp = relief.blur(tone, 0.5)
    detail = np.where(relief.inside, (sharp - relief.blur(tone, 5.0)) * where, 0.0)
    return [
        _darker_than(detail, relief, level, stature_mm, 0.8, 0.28, least=9) for level in FINE_LEVELS
    ]


def above(cover: np.ndarray, relief: Relief, level: float, stature_mm: float) -> str:
    """Path data of where a cover (0 to 1) exceeds a level, for the half-figure."""
    return _darker_than(-cover, relief, -level, stature_mm, 1.5, 0.3, least=50)


def _darker_than(
    field: np.ndarray,
    relief: Relief,
    level: float,
    stature_mm: float,
    smooth_mm: float,
    tolerance: float,
    *,
    least: float,
) -> str:
    """Path data (drawing units, x >= 0) of where a field is below a level; "" when nowhere."""
    first = int(relief.middle - OVERLAP_MM / relief.pixel_mm)
    half = np.pad(field[:, first:], 2, constant_values=1e3)
    paths = []
    for contour in measure.find_contours(np.minimum(half, level + 1.0), level):
        pixels = contour[:-1, ::-1] - 2 + [first, 0]
        ring = relief.to_mm(pixels)
        if len(ring) < 8 or Polygon(ring).area < least:
            continue
        step = max(smooth_mm * 0.6, relief.pixel_mm)
        ring = smoothed(resampled(ring, step, closed=True), smooth_mm / step, closed=True)
        ring[:, 1] = stature_mm - ring[:, 1]
        paths += [_ring_path(part, tolerance) for part in _right_of_midline(ring, least)]
    return "".join(paths)


def _right_of_midline(ring: np.ndarray, least: float) -> list[Polygon]:
    kept = Polygon(ring).buffer(0).intersection(box(0, -1e4, 1e4, 1e4))
    parts = kept.geoms if isinstance(kept, MultiPolygon) else [kept]
    return [part for part in parts if isinstance(part, Polygon) and part.area >= least / 2]


def _ring_path(part: Polygon, tolerance: float) -> str:
    return path_data(fit_ring(np.asarray(part.exterior.coords)[:-1], tolerance), closed=True)
