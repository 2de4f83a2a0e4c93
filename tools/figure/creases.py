"""Find creases on a relief and let a drawn line slide onto the nearest one."""

import numpy as np
from scipy import ndimage

from tools.figure.outline import resampled, smoothed
from tools.figure.raster import Relief


def hollowness(relief: Relief, scale_mm: float = 2.5) -> np.ndarray:
    """How sharply the surface bends towards the viewer across a valley, >= 0, without unit.

    The larger principal curvature of the depth, smoothed over ``scale_mm`` and multiplied by it.
    """
    sigma, pixel = scale_mm / relief.pixel_mm, relief.pixel_mm
    depth = relief.blur(relief.depth_mm, relief.pixel_mm)

    def second(order: tuple[int, int]) -> np.ndarray:
        return ndimage.gaussian_filter(depth, sigma, order=order) / pixel**2

    xx, yy, xy = second((0, 2)), second((2, 0)), second((1, 1))
    largest = (xx + yy) / 2 + np.sqrt(((xx - yy) / 2) ** 2 + xy**2)
    deep = ndimage.distance_transform_edt(relief.inside) > 3 * sigma
    return np.where(deep, np.maximum(largest * scale_mm, 0), 0)


def snapped(line_mm: np.ndarray, relief: Relief, hollow: np.ndarray, reach_mm: float) -> np.ndarray:
    """The line moved sideways, by at most ``reach_mm``, to run along the strongest crease.

    Dynamic programming over sideways offsets: as hollow as possible, bending as little as
    possible. The line begins where it was drawn and is free to leave from there.
    """
    line = resampled(line_mm, 2.0, closed=False)
    tangent = np.gradient(line, axis=0)
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-9)[:, None]
    normal = np.c_[-tangent[:, 1], tangent[:, 0]]
    offsets = np.arange(-reach_mm, reach_mm + 0.25, 0.5)
    places = line[:, None] + normal[:, None] * offsets[None, :, None]
    at = relief.to_pixels(places.reshape(-1, 2))
    gain = ndimage.map_coordinates(hollow, [at[:, 1], at[:, 0]], order=1, mode="nearest")
    gain = np.minimum(gain, 1.0).reshape(places.shape[:2]) - 0.02 * np.abs(offsets) / reach_mm
    gone = 2.0 * np.arange(len(line))
    gain[np.abs(offsets)[None, :] > 0.7 * gone[:, None] + 1e-9] = -np.inf
    cost = 0.6 * (offsets[:, None] - offsets[None, :]) ** 2
    best, came_from = gain[0].copy(), []
    for row in gain[1:]:
        total = best[None, :] - cost
        came_from.append(np.argmax(total, axis=1))
        best = total.max(axis=1) + row
    chosen = [int(np.argmax(best))]
    for back in reversed(came_from):
        chosen.append(int(back[chosen[-1]]))
    moved = line + normal * offsets[chosen[::-1]][:, None]
    return smoothed(moved, 3.0, closed=False)
