"""The canonical frame and the warp that carries it to a figure and back.

One frame serves every body: x is the distance from the midline divided by half the biacromial
breadth (the person's left is positive), y runs from 0 at the C7 spinous process to 1 at the
gluteal fold (down is positive). A figure is measured in millimetres: x the person's left
positive, y up from the sole. A warp is a thin-plate spline (Bookstein 1989) through the landmarks
that both have, so a point written once in the frame falls at the same anatomical place on every
body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

# Half the biacromial breadth is 0.29 of the distance C7 to gluteal fold (ANSUR II means), so
# (0.29 x, y) has the same scale in both directions, which the spline needs to bend evenly.
ASPECT = 0.29

# What no spline can meet is refused before solving: whether a linear solver finds such a system
# singular depends on the processor. Anchors nearer to each other than this share of their extent
# (0.1 mm on a body) share a place. A condition number beyond this (the drawn bodies stay below
# 1e6) means that the anchors hold the warp along a line only.
_NEAREST = 1e-4
_WORST_CONDITION = 1e10

_NEWTON_STEPS = 40
_LONGEST_STEP = 0.05
_INVERSE_TOLERANCE_MM = 1e-7
_FLAT = 1e-6  # mm² per unit; 1e5 and more on a body
_ROWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class _Spline:
    """A thin-plate spline R² -> R² that meets its anchors exactly (no smoothing)."""

    anchors: Array
    weights: Array
    affine: Array

    @classmethod
    def through(cls, source: Array, target: Array, where: str) -> Self:
        count = len(source)
        kernel, _ = _kernel_and_slope(_squared_distances(source, source))
        plane = np.column_stack([np.ones(count), source])
        system = np.block([[kernel, plane], [plane.T, np.zeros((3, 3))]])
        if np.linalg.cond(system) > _WORST_CONDITION:
            raise ValueError(f"all anchors {where} lie on one line")
        solution = np.linalg.solve(system, np.vstack([target, np.zeros((3, 2))]))
        return cls(source, solution[:count], solution[count:])

    def at(self, points: Array) -> Array:
        values = np.empty_like(points)
        for start in range(0, len(points), _ROWS_AT_ONCE):
            rows = points[start : start + _ROWS_AT_ONCE]
            kernel, _ = _kernel_and_slope(_squared_distances(rows, self.anchors))
            bend = kernel @ self.weights
            values[start : start + _ROWS_AT_ONCE] = bend + self.affine[0] + rows @ self.affine[1:]
        return values

    def slope_at(self, points: Array) -> Array:
        """Return the Jacobians, (n, 2, 2): [row, output coordinate, input coordinate]."""
        slopes = np.empty((len(points), 2, 2))
        for start in range(0, len(points), _ROWS_AT_ONCE):
            rows = points[start : start + _ROWS_AT_ONCE]
            _, slope = _kernel_and_slope(_squared_distances(rows, self.anchors))
            for axis in (0, 1):
                gradient = slope * (rows[:, None, axis] - self.anchors[None, :, axis])
                slopes[start : start + _ROWS_AT_ONCE, :, axis] = (
                    gradient @ self.weights + self.affine[1 + axis]
                )
        return slopes


@dataclass(frozen=True, slots=True)
class Warp:
    """The two-way map between the frame and one view of one body, exactly left-right symmetric."""

    _forward: _Spline
    _backward: _Spline
    _figure_origin_y: float
    _figure_scale: float

    @classmethod
    def through(cls, frame_xy: ArrayLike, figure_xy_mm: ArrayLike) -> Self:
        """Build the warp from anchors of one side.

        Args:
            frame_xy: (n, 2) anchors in the frame, x >= 0; those with x > 0 are mirrored here.
            figure_xy_mm: (n, 2) the same anchors on the figure, millimetres, x >= 0.

        Raises:
            ValueError: the two lists differ in length, an anchor lies on the person's right, a
                midline anchor leaves the midline, two anchors share one place, or all lie on one
                line (or as good as that).
        """
        source, target = _pairs(frame_xy), _pairs(figure_xy_mm)
        if source.shape != target.shape:
            raise ValueError(f"{len(source)} anchors in the frame, {len(target)} on the figure")
        if len(source) < 3:
            raise ValueError(f"a warp needs at least 3 anchors, got {len(source)}")
        if (source[:, 0] < 0).any() or (target[:, 0] < 0).any():
            raise ValueError("anchors are given for the person's left side only (x >= 0)")
        midline = source[:, 0] == 0
        if (target[midline, 0] != 0).any():
            raise ValueError("an anchor on the midline of the frame is off it on the figure")

        _refuse_shared_places(source, midline, "in the frame")
        _refuse_shared_places(target, midline, "on the figure")
        source = _mirrored(source * [ASPECT, 1], midline)
        target = _mirrored(target, midline)
        origin_y = float(target[:, 1].mean())
        scale = float(np.ptp(target[:, 1])) or 1.0
        forward = _Spline.through(source, target, "in the frame")
        backward = _Spline.through((target - [0, origin_y]) / scale, source, "on the figure")
        return cls(forward, backward, origin_y, scale)

    def to_figure(self, frame_xy: ArrayLike) -> Array:
        """Carry frame points (n, 2) to the figure: (n, 2) in millimetres."""
        frame = _pairs(frame_xy)
        return _on_both_sides(lambda left: self._forward.at(left * [ASPECT, 1]), frame)

    def to_frame(self, figure_xy_mm: ArrayLike) -> Array:
        """Carry figure points (n, 2) in millimetres back to the frame, to within 1e-6 mm.

        Raises:
            ValueError: a point has no place in the frame, which happens only far off the body,
                where the warp may fold.
        """
        return _on_both_sides(self._solve, _pairs(figure_xy_mm)) / [ASPECT, 1]

    def area_factor(self, frame_xy: ArrayLike) -> Array:
        """Return mm² on the figure per square unit of the frame, (n,); <= 0 where it folds."""
        slopes = self._forward.slope_at(_pairs(frame_xy) * [ASPECT, 1])
        # y runs down in the frame and up on the figure, so an unfolded map has determinant < 0.
        return -_determinants(slopes) * ASPECT

    def _solve(self, figure: Array) -> Array:
        """Newton's method from where the spline fitted the other way round says to start."""
        guess = self._backward.at((figure - [0, self._figure_origin_y]) / self._figure_scale)
        for _ in range(_NEWTON_STEPS):
            miss = self._forward.at(guess) - figure
            if np.abs(miss).max(initial=0) < _INVERSE_TOLERANCE_MM:
                return guess
            slopes = self._forward.slope_at(guess)
            # Cramer's rule; where the map is flat no step is the right one, and any goes on.
            size = _determinants(slopes)
            size = np.where(np.abs(size) < _FLAT, _FLAT, size)
            (xx, xy), (yx, yy) = slopes.transpose(1, 2, 0)
            step = np.column_stack(
                [yy * miss[:, 0] - xy * miss[:, 1], xx * miss[:, 1] - yx * miss[:, 0]]
            )
            step /= size[:, None]
            length = np.hypot(step[:, 0], step[:, 1])[:, None]
            guess = guess - step * np.minimum(1, _LONGEST_STEP / np.maximum(length, 1e-12))
        miss = np.abs(self._forward.at(guess) - figure).max(axis=1)
        if miss.max() < 10 * _INVERSE_TOLERANCE_MM:
            return guess
        x, y = figure[int(miss.argmax())]
        raise ValueError(f"figure point ({x:.1f}, {y:.1f}) mm has no place in the frame")


def _pairs(xy: ArrayLike) -> Array:
    points = np.atleast_2d(np.asarray(xy, dtype=np.float64))
    if points.size == 0:
        return points.reshape(0, 2)
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise ValueError(f"expected finite points of shape (n, 2), got shape {points.shape}")
    return points


def _mirrored(points: Array, midline: NDArray[np.bool_]) -> Array:
    return np.vstack([points, points[~midline] * [-1, 1]])


def _refuse_shared_places(left: Array, midline: NDArray[np.bool_], where: str) -> None:
    both = _mirrored(left, midline)
    squared = _squared_distances(both, both)
    np.fill_diagonal(squared, np.inf)
    first, second = np.unravel_index(int(squared.argmin()), squared.shape)
    if squared[first, second] < (_NEAREST * np.ptp(both, axis=0).max()) ** 2:
        x, y = left[min(first, second)]
        raise ValueError(f"two anchors {where} share one place: ({x:g}, {y:g})")


def _determinants(slopes: Array) -> Array:
    return slopes[:, 0, 0] * slopes[:, 1, 1] - slopes[:, 0, 1] * slopes[:, 1, 0]


def _on_both_sides(carry, points: Array) -> Array:
    """Carry |x| and put the sign back: left and right then agree to the last bit."""
    sides = np.sign(points[:, :1])
    carried = carry(np.abs(points[:, :1]) * [1, 0] + points * [0, 1])
    return np.hstack([carried[:, :1] * sides, carried[:, 1:]])


def _squared_distances(points: Array, anchors: Array) -> Array:
    x = points[:, 0, None] - anchors[None, :, 0]
    y = points[:, 1, None] - anchors[None, :, 1]
    return x**2 + y**2


def _kernel_and_slope(squared: Array) -> tuple[Array, Array]:
    """Return U = r² log r and U'/r = 2 log r + 1, both 0 at r = 0 (their limits as a product)."""
    apart = squared > 0
    logs = np.log(np.where(apart, squared, 1.0))
    return 0.5 * squared * logs, np.where(apart, logs + 1.0, 0.0)
