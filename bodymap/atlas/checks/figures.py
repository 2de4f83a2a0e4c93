"""Checks of every body in both views: nothing off the skin, out of its area, on the wrong side."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from bodymap.atlas import outlines
from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.figure import Figure
from bodymap.atlas.model import VIEWS, Array, DataError, Point, Side
from bodymap.atlas.publish import published

LEAST_DEPTH_MM = 3
FARTHEST_FROM_MUSCLE_MM = 10
PLACED_POINTS = 147
_GRID_MM = 15
_ROUNDING_MM = 0.3

_VIEW_BOX = re.compile(r'viewBox="([^"]+)"')


@check
def every_body_has_both_figures(subject: Subject) -> Iterator[str]:
    """Every body can be built in both views."""
    for body in subject.atlas.bodies:
        for view in VIEWS:
            try:
                subject.atlas.figure(body, view)
            except DataError as error:
                yield f"{body}, {view}: {error}"


@check
def every_body_carries_every_point(subject: Subject) -> Iterator[str]:
    """Every body carries the same 147 points."""
    placed: dict[str, int] = {}
    for figure in subject.figures():
        placed[figure.body] = placed.get(figure.body, 0) + len(list(_placed(subject, figure)))
    for body, number in placed.items():
        if number != PLACED_POINTS:
            yield f"{body}: {number} points are placed, not {PLACED_POINTS}."


@check
def points_lie_inside_the_skin(subject: Subject) -> Iterator[str]:
    """Every point lies at least 3 mm inside the silhouette."""
    for figure in subject.figures():
        for point, side, at in _placed(subject, figure):
            depth = outlines.depth(figure.silhouette_mm, at)[0]
            if depth < LEAST_DEPTH_MM:
                yield f"{_name(figure, point, side)} is {depth:.1f} mm inside the skin."


@check
def points_lie_in_their_area(subject: Subject) -> Iterator[str]:
    """Every point lies in exactly one area of the figure, the one that holds it in the frame."""
    for figure in subject.figures():
        for point, side, at in _placed(subject, figure):
            holding = {
                key
                for key, rings in figure.area_outlines_mm.items()
                if outlines.contains(rings, at)[0]
            }
            expected = subject.atlas.area_of(point.id, side)
            if holding != {expected}:
                found = ", ".join(" ".join(key) for key in sorted(holding)) or "no area"
                yield f"{_name(figure, point, side)} lies in {found}, not in {' '.join(expected)}."


@check
def trigger_points_lie_on_their_muscle(subject: Subject) -> Iterator[str]:
    """Every trigger point lies within its muscle's shape or at most 10 mm off it."""
    for figure in subject.figures():
        for point, side, at in _placed(subject, figure):
            if point.muscle is None:
                continue
            rings = figure.muscle_outlines_mm.get((point.muscle, side))
            if rings is None:
                yield f"{_name(figure, point, side)}: {point.muscle} has no {side} shape."
                continue
            depth = outlines.depth(rings, at)[0]
            if depth < -FARTHEST_FROM_MUSCLE_MM:
                yield f"{_name(figure, point, side)} is {-depth:.1f} mm off {point.muscle}."


@check
def spinal_levels_fall_in_order(subject: Subject) -> Iterator[str]:
    """The spinal levels follow each other downwards on the midline, at least 8 mm apart."""
    for figure in subject.figures():
        least = 8 * figure.stature_mm / 1665
        for (upper, above), (lower, below) in zip(figure.levels, figure.levels[1:], strict=False):
            if above[1] - below[1] < least:
                step = above[1] - below[1]
                yield f"{_where(figure)}: {lower} lies {step:.1f} mm below {upper}."
        for name, at in figure.levels:
            if at[0] != 0:
                yield f"{_where(figure)}: {name} is {at[0]:.1f} mm off the midline."


@check
def left_and_right_mirror_each_other(subject: Subject) -> Iterator[str]:
    """The right copy of everything is the mirror image of the left."""
    for figure in subject.figures():
        for point in subject.atlas.points.values():
            if point.view == figure.view and "left" in point.sides and "right" in point.sides:
                left, right = figure.place(point.id, "left"), figure.place(point.id, "right")
                if left != (-right[0], right[1]):
                    yield f"{_name(figure, point, 'right')} doesn't mirror its left copy."
        for kind, shapes in (
            ("area", figure.area_outlines_mm),
            ("muscle", figure.muscle_outlines_mm),
        ):
            for (id_, side), rings in shapes.items():
                if side == "left" and _misfit(rings, shapes.get((id_, "right"))) > _ROUNDING_MM:
                    yield f"{_where(figure)}: the right {kind} {id_} doesn't mirror the left."
                if side == "midline" and _misfit(rings, rings) > _ROUNDING_MM:
                    yield f"{_where(figure)}: the {kind} {id_} isn't symmetric."
        if _misfit(figure.silhouette_mm, figure.silhouette_mm) > _ROUNDING_MM:
            yield f"{_where(figure)}: the silhouette isn't symmetric."


@check
def sides_lie_on_their_side(subject: Subject) -> Iterator[str]:
    """Every left point and shape lies on the person's left, every right one on the right."""
    for figure in subject.figures():
        for point, side, at in _placed(subject, figure):
            if np.sign(at[0, 0]) != {"left": 1, "right": -1, "midline": 0}[side]:
                yield f"{_name(figure, point, side)} has x = {at[0, 0]:.1f} mm."
        for shapes in (figure.area_outlines_mm, figure.muscle_outlines_mm):
            for (id_, side), rings in shapes.items():
                low, _, high, _ = outlines.box(rings)
                over = {"left": -low, "right": high, "midline": 0}[side]
                if over > 1:
                    yield f"{_where(figure)}: {id_}, {side}, crosses the midline by {over:.1f} mm."


@check
def the_warp_does_not_fold(subject: Subject) -> Iterator[str]:
    """Every place inside the skin has one place in the frame, and the warp never folds there."""
    for figure in subject.figures():
        inside = _grid_inside(figure)
        inside = inside[inside[:, 0] >= 0]  # the warp is symmetric by construction
        try:
            frame = figure.warp.to_frame(inside)
        except ValueError as error:
            yield f"{_where(figure)}: {error}."
            continue
        folded = figure.warp.area_factor(frame) <= 0
        if folded.any():
            x, y = inside[folded][0]
            yield f"{_where(figure)}: folds at {folded.sum()} places, first ({x:.0f}, {y:.0f}) mm."


@check
def areas_tile_the_skin(subject: Subject) -> Iterator[str]:
    """On every figure every place inside the skin lies in exactly one area."""
    for figure in subject.figures():
        shapes = figure.area_outlines_mm
        expected = {
            (area.id, side)
            for area in subject.atlas.areas.values()
            if area.view == figure.view
            for side in area.sides
        }
        for id_, side in sorted(expected ^ set(shapes)):
            missing = "missing" if (id_, side) in expected else "not an area of this view"
            yield f"{_where(figure)}: the outline of {id_}, {side}, is {missing}."
        if not shapes:
            continue
        inside = _grid_inside(figure)
        holding = sum(outlines.contains(rings, inside).astype(int) for rings in shapes.values())
        wrong = inside[holding != 1]
        edges = [outlines.distance_to_edge(rings, wrong) for rings in shapes.values()]
        wrong = wrong[np.min(edges, axis=0) > _ROUNDING_MM] if len(wrong) else wrong
        if len(wrong):
            x, y = wrong[0]
            yield (
                f"{_where(figure)}: {len(wrong)} of {len(inside)} places lie in no area or in two, "
                f"first ({x:.0f}, {y:.0f}) mm."
            )
        skin = outlines.area(figure.silhouette_mm)
        total = sum(outlines.area(rings) for rings in shapes.values())
        if abs(total - skin) > 0.002 * skin:
            yield f"{_where(figure)}: areas {total / 100:.0f} cm², skin {skin / 100:.0f} cm²."


@check
def drawings_share_the_view_box(subject: Subject) -> Iterator[str]:
    """Every drawn layer exists and has the view box of its figure."""
    for figure in subject.figures():
        for layer in ("body", "muscles", "deep", "bones"):
            name = f"{figure.body}-{figure.view}-{layer}.svg"
            path = subject.static / "figures" / name
            if not path.exists():
                yield f"static/figures/{name} is missing."
                continue
            found = _VIEW_BOX.search(path.read_text(encoding="utf-8"))
            numbers = tuple(map(float, found[1].split())) if found else ()
            if numbers != figure.view_box:
                yield f"static/figures/{name} has view box {numbers}, not {figure.view_box}."


@check
def the_published_map_is_current(subject: Subject) -> Iterator[str]:
    """static/map holds what `python -m bodymap publish` would write now."""
    try:
        expected = published(subject.atlas)
    except DataError as error:
        yield f"static/map can't be made: {error}"
        return
    folder = subject.static / "map"
    for name, text in expected.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"static/map/{name} is stale: run python -m bodymap publish."
    for path in sorted(folder.glob("*")):
        if path.name not in expected:
            yield f"static/map/{path.name} belongs to nothing."


def _placed(subject: Subject, figure: Figure) -> Iterator[tuple[Point, Side, Array]]:
    for point in subject.atlas.points.values():
        if point.view == figure.view:
            for side in point.sides:
                yield point, side, np.array([figure.place(point.id, side)])


def _grid_inside(figure: Figure) -> Array:
    """Return places (n, 2) on a grid over the skin, a little inside its edge."""
    left, bottom, right, top = outlines.box(figure.silhouette_mm)
    columns, rows = np.arange(left, right, _GRID_MM), np.arange(bottom, top, _GRID_MM)
    x, y = np.meshgrid(columns, rows)
    grid = np.column_stack([x.ravel(), y.ravel()]).astype(np.float64)
    inside = grid[outlines.contains(figure.silhouette_mm, grid)]
    return inside[outlines.distance_to_edge(figure.silhouette_mm, inside) > 1]


def _misfit(rings: tuple[Array, ...], other: tuple[Array, ...] | None) -> float:
    """Return how far (mm) the mirror image of one shape strays from the edge of the other."""
    if other is None:
        return float("inf")
    mirrored = np.vstack(rings) * [-1, 1]
    return float(outlines.distance_to_edge(other, mirrored).max())


def _where(figure: Figure) -> str:
    return f"{figure.body}, {figure.view}"


def _name(figure: Figure, point: Point, side: Side) -> str:
    return f"{_where(figure)}: {point.code} {point.id}, {side},"
