"""Project a body onto a pixel grid: what is nearest at each pixel, how deep, facing where.

One z-buffer in numpy is enough: orthographic, a few hundred thousand triangles, a few million
pixels, and the same result on every run.
"""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from tools.figure.bodies import Body, refined

BATCH_PIXELS = 4_000_000
MARGIN_MM = 12.0


@dataclass(frozen=True, slots=True)
class Relief:
    """One view of a body on a grid of (rows, columns) square pixels, mirror-symmetric.

    ``depth_mm`` grows towards the viewer; ``normal`` is (x to the viewer's right, y up, z towards
    the viewer); ``inside`` says where the body is. Column ``middle`` is the midline.
    """

    depth_mm: np.ndarray
    normal: np.ndarray
    inside: np.ndarray
    pixel_mm: float
    top_mm: float

    @property
    def middle(self) -> float:
        """Column of the midline (a half-integer is never needed: the width is odd)."""
        return (self.inside.shape[1] - 1) / 2

    def to_mm(self, column_row: np.ndarray) -> np.ndarray:
        """Pixel positions (n, 2) as (x_mm viewer's right, y_mm above the sole)."""
        return np.c_[
            (column_row[:, 0] - self.middle) * self.pixel_mm,
            self.top_mm - column_row[:, 1] * self.pixel_mm,
        ]

    def to_pixels(self, xy_mm: np.ndarray) -> np.ndarray:
        """The inverse of ``to_mm``."""
        return np.c_[
            xy_mm[:, 0] / self.pixel_mm + self.middle,
            (self.top_mm - xy_mm[:, 1]) / self.pixel_mm,
        ]

    def rows(self, window: slice) -> "Relief":
        """A horizontal strip of the view."""
        return Relief(
            depth_mm=self.depth_mm[window],
            normal=self.normal[window],
            inside=self.inside[window],
            pixel_mm=self.pixel_mm,
            top_mm=self.top_mm - window.start * self.pixel_mm,
        )

    def blur(self, field: np.ndarray, sigma_mm: float) -> np.ndarray:
        """About Gaussian mean of a field over the inside only."""
        sigma = sigma_mm / self.pixel_mm
        weight = _blurred(self.inside.astype(float), sigma)
        mean = _blurred(np.where(self.inside, field, 0.0), sigma)
        return np.where(self.inside, mean / np.maximum(weight, 1e-6), 0.0)


def _blurred(field: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian for small sigmas, four box means (as good to the eye, much faster) for large."""
    if sigma < 5:
        return ndimage.gaussian_filter(field, sigma, mode="constant")
    size = round(np.sqrt(3 * sigma**2 + 1)) | 1
    for _ in range(4):
        field = ndimage.uniform_filter(field, size, mode="constant")
    return field


def nearest_triangles(
    points: np.ndarray, triangles: np.ndarray, shape: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Z-buffer: for each pixel the nearest triangle that faces the viewer.

    ``points`` (n, 3) are column, row and depth. Returns flat arrays over the grid: triangle index
    (-1 for none), depth (-inf for none) and barycentric coordinates (pixels, 2) of the second and
    third corner.
    """
    rows, columns = shape
    corners = points[triangles]
    x, y = corners[..., 0], corners[..., 1]
    left, right = np.floor(x.min(1)).astype(int), np.ceil(x.max(1)).astype(int)
    upper, lower = np.floor(y.min(1)).astype(int), np.ceil(y.max(1)).astype(int)
    area = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    # Rows grow downwards, so triangles facing the viewer run clockwise: negative area.
    seen = (area < 0) & (right >= 0) & (lower >= 0) & (left < columns) & (upper < rows)
    order = np.flatnonzero(seen)
    boxes = (right - left + 1) * (lower - upper + 1)
    order = order[np.argsort(boxes[order], kind="stable")]

    depth = np.full(rows * columns, -np.inf)
    nearest = np.full(rows * columns, -1)
    weights = np.zeros((rows * columns, 2))
    ends = np.cumsum(boxes[order])
    start = 0
    while start < len(order):
        before = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, before + BATCH_PIXELS)), start + 1)
        batch = order[start:stop]
        start = stop
        which = np.repeat(batch, boxes[batch])
        firsts = np.repeat(np.cumsum(boxes[batch]) - boxes[batch], boxes[batch])
        offset = np.arange(len(which)) - firsts
        width = (right - left + 1)[which]
        px, py = left[which] + offset % width, upper[which] + offset // width
        a, b, c = corners[which, 0], corners[which, 1], corners[which, 2]
        second = (px - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (py - a[:, 1])
        third = (b[:, 0] - a[:, 0]) * (py - a[:, 1]) - (px - a[:, 0]) * (b[:, 1] - a[:, 1])
        second, third = second / area[which], third / area[which]
        hit = (second >= -1e-6) & (third >= -1e-6) & (second + third <= 1 + 1e-6)
        hit &= (px >= 0) & (px < columns) & (py >= 0) & (py < rows)
        z = a[:, 2] * (1 - second - third) + b[:, 2] * second + c[:, 2] * third
        cell, z, second, third, which = (
            values[hit] for values in (py * columns + px, z, second, third, which)
        )
        # The last of equal cells after sorting by depth is the nearest of this batch.
        by_depth = np.argsort(z, kind="stable")
        cells, first = np.unique(cell[by_depth][::-1], return_index=True)
        winner = by_depth[len(by_depth) - 1 - first]
        nearer = z[winner] > depth[cells]
        cells, winner = cells[nearer], winner[nearer]
        depth[cells], nearest[cells] = z[winner], which[winner]
        weights[cells] = np.c_[second[winner], third[winner]]
    return nearest, depth, weights


def relief(body: Body, view: str, pixel_mm: float) -> Relief:
    """The body seen from ``back`` or ``front``.

    Both halves are averaged, because the mesh is symmetric to a tenth of a millimetre only and a
    map of left and right must not favour a side.
    """
    vertices, triangles, normals = refined(body, body.skin)
    sign = -1.0 if view == "back" else 1.0
    half = int((np.abs(vertices[:, 0]).max() + MARGIN_MM) / pixel_mm)
    columns = 2 * half + 1
    top = vertices[:, 1].max() + MARGIN_MM
    rows = int((top + MARGIN_MM) / pixel_mm)
    points = np.c_[
        half + sign * vertices[:, 0] / pixel_mm,
        (top - vertices[:, 1]) / pixel_mm,
        sign * vertices[:, 2],
    ]
    nearest, depth, weights = nearest_triangles(points, triangles, (rows, columns))
    hit = nearest >= 0
    corner_normals = normals[triangles[nearest[hit]]] * [sign, 1.0, sign]
    share = np.c_[1 - weights[hit].sum(axis=1), weights[hit]]
    normal = np.zeros((rows * columns, 3))
    normal[hit] = np.einsum("pc,pck->pk", share, corner_normals)

    normal = normal.reshape(rows, columns, 3)
    depth = np.where(hit, depth, np.nan).reshape(rows, columns)
    normal = normal + normal[:, ::-1] * [-1, 1, 1]
    length = np.linalg.norm(normal, axis=2, keepdims=True)
    inside = hit.reshape(rows, columns)
    inside = inside | inside[:, ::-1]
    return Relief(
        depth_mm=np.where(inside, np.fmax(depth, depth[:, ::-1]), -1e4),
        normal=normal / np.maximum(length, 1e-9),
        inside=inside,
        pixel_mm=pixel_mm,
        top_mm=float(top),
    )


@dataclass(frozen=True, slots=True)
class Closeup:
    """A small window on the person's left at high resolution, x growing to the right in both views.

    ``triangle`` holds at each pixel the index of the nearest triangle of the unrefined list that
    was drawn (-1: none).
    """

    triangle: np.ndarray
    left_mm: float
    top_mm: float
    pixel_mm: float

    def to_mm(self, column_row: np.ndarray) -> np.ndarray:
        """Pixel positions (n, 2) as (x_mm, y_mm)."""
        return np.array([self.left_mm, self.top_mm]) + column_row * [self.pixel_mm, -self.pixel_mm]


def closeup(
    body: Body,
    view: str,
    triangles: np.ndarray,
    box_mm: tuple[float, float, float, float],
    pixel_mm: float,
) -> Closeup:
    """Project some triangles within a box (x low, y low, x high, y high)."""
    left, low, right, top = box_mm
    vertices, refined_triangles, _ = refined(body, triangles)
    sign = -1.0 if view == "back" else 1.0
    points = np.c_[
        (vertices[:, 0] - left) / pixel_mm,
        (top - vertices[:, 1]) / pixel_mm,
        sign * vertices[:, 2],
    ]
    if view == "back":
        refined_triangles = refined_triangles[:, ::-1]
    shape = (int((top - low) / pixel_mm), int((right - left) / pixel_mm))
    nearest, _, _ = nearest_triangles(points, refined_triangles, shape)
    # Each triangle was refined into four, in place.
    original = np.where(nearest >= 0, nearest // 4, -1)
    return Closeup(
        triangle=original.reshape(shape),
        left_mm=left,
        top_mm=top,
        pixel_mm=pixel_mm,
    )
