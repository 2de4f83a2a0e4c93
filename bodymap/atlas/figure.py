"""A figure: one drawn body in one view, with its own geometry in millimetres."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bodymap.atlas import outlines
from bodymap.atlas.curves import PatternsFile, flattened
from bodymap.atlas.files import FigureFile, ShapesFile, frozen_points, ring_array
from bodymap.atlas.frame import Warp
from bodymap.atlas.guides import Guide
from bodymap.atlas.model import Area, DataError, Landmark, Point, Side, View, sign_of
from bodymap.atlas.referral import Role

Array = NDArray[np.float64]
Rings = tuple[Array, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One body in one view. Millimetres: x the person's left positive, y up from the sole.

    `view_box` is (x, y, width, height) in drawing units. `landmarks_mm` and `anchors_mm` are of
    the midline and the person's left. Outlines are keyed by (id, side); each is one or more rings,
    because the skin may cut a shape in two. Patterns are keyed by (point id, role) and hold the
    copy of the left point; that of the right is its mirror image. `pattern_curves_mm` are the same
    shapes as smooth curves (see `curves`). `guide_lines_mm` are open lines, each (n, 2). `levels`
    are the spinal levels, top to bottom; `areas` and `points` are those of this view.
    """

    body: str
    body_name: str
    view: View
    stature_mm: float
    view_box: tuple[float, float, float, float]
    landmarks_mm: Mapping[str, Array]
    anchors_mm: Mapping[str, Array]
    silhouette_mm: Rings
    area_outlines_mm: Mapping[tuple[str, Side], Rings]
    muscle_outlines_mm: Mapping[tuple[str, Side], Rings]
    pattern_outlines_mm: Mapping[tuple[str, Role], Rings]
    pattern_curves_mm: Mapping[tuple[str, Role], Rings]
    guide_lines_mm: Mapping[tuple[str, Side], Array]
    levels: tuple[tuple[str, Array], ...]
    warp: Warp
    areas: Mapping[str, Area]
    points: Mapping[str, Point]

    def place(self, point_id: str, side: Side) -> tuple[float, float]:
        """Return where a point lies on this figure, (x_mm, y_mm).

        Raises:
            ValueError: there is no such point in this view, or it doesn't have this side.
        """
        point = self.points.get(point_id)
        if point is None:
            raise ValueError(f"{point_id} is not a point of the {self.view} view")
        if side not in point.sides:
            raise ValueError(f"{point_id} has no {side} copy")
        if point.limb is None:
            x, y = self.warp.to_figure([[point.x, point.y]])[0]
        else:
            x, y = self._on_limb(point)
        return float(x) * sign_of(side), float(y)

    def to_drawing(self, xy_mm: ArrayLike) -> Array:
        """Carry millimetres (n, 2) to drawing units: y down, and the view's own left and right.

        Seen from behind the person's left is on the viewer's left, from the front on the right.
        """
        at = np.atleast_2d(np.asarray(xy_mm, dtype=np.float64))
        flip = -1.0 if self.view == "back" else 1.0
        return np.column_stack([at[:, 0] * flip, self.stature_mm - at[:, 1]])

    def from_drawing(self, xy: ArrayLike) -> Array:
        """Carry drawing units (n, 2) back to millimetres."""
        at = np.atleast_2d(np.asarray(xy, dtype=np.float64))
        flip = -1.0 if self.view == "back" else 1.0
        return np.column_stack([at[:, 0] * flip, self.stature_mm - at[:, 1]])

    def _on_limb(self, point: Point) -> Array:
        """Follow the limb from anchor to anchor, then go out towards the skin (left copy)."""
        limb = point.limb
        assert limb is not None
        start, end = self.anchors_mm[limb.start], self.anchors_mm[limb.end]
        on_axis = start + limb.along * (end - start)
        if limb.outward == 0:
            return on_axis
        dx, dy = (end - start) / np.hypot(*(end - start))
        away = np.array([-dy, dx]) if dy < 0 else np.array([dy, -dx])
        direction = away * np.sign(limb.outward)
        reach = outlines.distance_to_skin(self.silhouette_mm, on_axis, direction)
        return on_axis + direction * reach * abs(limb.outward)


def build_figure(
    file: FigureFile,
    shapes: ShapesFile,
    view: View,
    landmarks: Iterable[Landmark],
    areas: Iterable[Area],
    points: Iterable[Point],
    patterns: PatternsFile,
    guides: Iterable[Guide],
) -> Figure:
    """Put a figure together from its files and what the atlas has in the frame.

    Raises:
        DataError: the view is missing, or an anchor that the frame or a point needs is.
    """
    where = f"{file.body}.json, {view}"
    if view not in file.views:
        raise DataError(f"{file.body}.json: the {view} view is missing.")
    drawn = file.views[view]
    anchors = frozen_points(drawn.anchors_mm)
    here = [landmark for landmark in landmarks if landmark.view in (view, "both")]
    known = {landmark.anchor for landmark in here}
    strangers = sorted(set(anchors) - known)
    if strangers:
        raise DataError(f"{where}, anchors_mm: {strangers[0]} is not in landmarks.csv.")
    used = [landmark for landmark in here if landmark.anchor in anchors]
    in_view = {point.id: point for point in points if point.view == view}
    for point in in_view.values():
        ends = (point.limb.start, point.limb.end) if point.limb else ()
        for end in ends:
            if end not in anchors:
                raise DataError(f"{where}, anchors_mm: {end}, which {point.id} needs, is missing.")
    try:
        warp = Warp.through(
            [(landmark.x, landmark.y) for landmark in used],
            [anchors[landmark.anchor] for landmark in used if landmark.anchor],
        )
    except ValueError as error:
        raise DataError(f"{where}, anchors_mm: {error}.") from None
    levels = {mark.level: (mark.x, mark.y) for mark in here if mark.level}
    names = sorted(levels, key=_order_in_the_spine)
    at_levels = warp.to_figure([levels[name] for name in names])
    shape = shapes.back if view == "back" else shapes.front
    curves = _curves_of(patterns, view, f"{file.body}-patterns.json, {view}")
    x, y, width, height = drawn.view_box
    return Figure(
        body=file.body,
        body_name=file.name,
        view=view,
        stature_mm=file.stature_mm,
        view_box=(x, y, width, height),
        landmarks_mm=frozen_points(file.landmarks_mm),
        anchors_mm=anchors,
        silhouette_mm=tuple(ring_array(ring) for ring in drawn.silhouette_mm),
        area_outlines_mm=_by_id_and_side(shape.areas),
        muscle_outlines_mm=_by_id_and_side(shape.muscles),
        pattern_outlines_mm={key: tuple(map(flattened, of)) for key, of in curves.items()},
        pattern_curves_mm=curves,
        guide_lines_mm={
            (guide.id, side): warp.to_figure(guide.line * [sign_of(side), 1])
            for guide in guides
            if guide.view == view
            for side in guide.sides
        },
        levels=tuple(zip(names, at_levels, strict=True)),
        warp=warp,
        areas={area.id: area for area in areas if area.view == view},
        points=in_view,
    )


def _order_in_the_spine(level: str) -> tuple[int, int]:
    """Order levels by their names, so that a check can find one that lies out of order."""
    return "CTLS".index(level[0]), int(level[1:])


def _curves_of(patterns: PatternsFile, view: View, where: str) -> dict[tuple[str, Role], Rings]:
    curves: dict[tuple[str, Role], Rings] = {}
    for drawn in patterns.back if view == "back" else patterns.front:
        if any(len(curve) % 3 for curve in drawn.curves_mm):
            raise DataError(
                f"{where}, {drawn.point}, curves_mm: a curve isn't made of whole cubics."
            )
        curves[drawn.point, drawn.role] = tuple(_frozen(curve) for curve in drawn.curves_mm)
    return curves


def _frozen(curve: list[list[float]]) -> Array:
    array = np.array(curve, dtype=np.float64)
    array.setflags(write=False)
    return array


def _by_id_and_side(shapes) -> dict[tuple[str, Side], Rings]:
    rings: dict[tuple[str, Side], Rings] = {}
    for shape in shapes:
        key = (shape.id, shape.side)
        rings[key] = (*rings.get(key, ()), ring_array(shape.outline_mm))
    return rings
