"""Checks of the frame: ids, areas that tile it, and the Widespread Pain Index made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from bodymap.atlas import outlines
from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.model import VIEWS, WHOLE_BODY, WPI_AREAS, Area, Array, Side, View

Vertex = tuple[float, float]
Edge = tuple[Vertex, Vertex]


@check
def every_id_is_unique(subject: Subject) -> Iterator[str]:
    """No two targets share an id, and no two points a code."""
    atlas = subject.atlas
    ids = Counter([WHOLE_BODY, *atlas.areas, *atlas.points])
    codes = Counter(point.code for point in atlas.points.values())
    for name, times in (ids + codes).items():
        if times > 1:
            yield f"{name} is used {times} times."


@check
def there_are_75_points_in_34_muscles(subject: Subject) -> Iterator[str]:
    """The atlas holds 9 pairs of tender points, 3 controls and 63 trigger points in 34 muscles."""
    points = subject.atlas.points.values()
    kinds = Counter(point.kind for point in points)
    muscles = {point.muscle for point in points if point.muscle}
    for what, number, expected in (
        ("tender points", kinds["tender"], 9),
        ("controls", kinds["control"], 3),
        ("trigger points", kinds["trigger"], 63),
        ("muscles with points", len(muscles), 34),
    ):
        if number != expected:
            yield f"There are {number} {what}, not {expected}."


@check
def sided_areas_have_both_sides(subject: Subject) -> Iterator[str]:
    """An area has a left and a right outline or a midline one, and left mirrors right exactly."""
    for area in subject.atlas.areas.values():
        if ("left" in area.outlines) != ("right" in area.outlines):
            yield f"{area.id} has only one of left and right."
        elif "left" in area.outlines:
            mirrored = _vertices(area.outlines["right"] * [-1, 1])
            if _vertices(area.outlines["left"]) != mirrored:
                yield f"{area.id}: the right outline doesn't mirror the left."


@check
def areas_tile_the_frame(subject: Subject) -> Iterator[str]:
    """In each view the areas fill a box of the frame without gap or overlap.

    Every border between areas is walked once each way, and what is left over is the edge of the
    box, walked once: then every place inside belongs to exactly one area.
    """
    for view in VIEWS:
        rings = [ring for _, _, ring in _outlines_of(subject, view)]
        if not rings:
            yield f"The {view} view has no areas."
            continue
        edges = Counter(edge for ring in rings for edge in _edges(ring))
        for (a, b), times in edges.items():
            if times > 1:
                yield f"{view}: two areas overlap along {a} to {b}."
        left, top, right, bottom = outlines.box(rings)
        rim = 0.0
        for a, b in edges:
            if (b, a) in edges:
                continue
            on_rim = any(
                a[axis] == b[axis] == value
                for axis, value in ((0, left), (0, right), (1, top), (1, bottom))
            )
            if not on_rim:
                yield f"{view}: the border {a} to {b} has an area on one side only."
            rim += float(np.hypot(b[0] - a[0], b[1] - a[1]))
        around = 2 * (right - left + bottom - top)
        if not np.isclose(rim, around, rtol=0, atol=1e-6):
            yield f"{view}: the rim of the areas is {rim:.4f} long, the box {around:.4f}."


@check
def the_pain_index_areas_are_unions_of_areas(subject: Subject) -> Iterator[str]:
    """The 19 areas of the Widespread Pain Index are unions of areas, left and right apart."""
    used: set[str] = set()
    for area in subject.atlas.areas.values():
        if area.wpi and set(area.wpi) != set(area.outlines):
            yield f"{area.id}: its sides are {area.sides}, its pain index areas {dict(area.wpi)}."
        for side, name in area.wpi.items():
            used.add(name)
            if name not in WPI_AREAS:
                yield f"{area.id}, {side}: {name} is no area of the pain index."
            elif _side_in_name(name) not in (None, side):
                yield f"{area.id}: its {side} belongs to {name}."
    for name in WPI_AREAS:
        if name not in used:
            yield f"No area belongs to {name}."


@check
def each_pain_index_area_is_one_piece(subject: Subject) -> Iterator[str]:
    """In each view the areas of one pain index area touch each other, none lies apart."""
    for view in VIEWS:
        for name in WPI_AREAS:
            rings = [
                (f"{area.id} {side}", ring)
                for area, side, ring in _outlines_of(subject, view)
                if area.wpi.get(side) == name
            ]
            apart = _not_joined_to_first([{*_edges(ring)} for _, ring in rings])
            for index in apart:
                yield f"{view}: {rings[index][0]} lies apart from the rest of {name}."


def _outlines_of(subject: Subject, view: View) -> list[tuple[Area, Side, Array]]:
    return [
        (area, side, ring)
        for area in subject.atlas.areas.values()
        if area.view == view
        for side, ring in area.outlines.items()
    ]


def _edges(ring: Array) -> list[Edge]:
    """Return the directed edges, always walked the same way round."""
    turned = ring if outlines.signed_area(ring) > 0 else ring[::-1]
    vertices = [_vertex(xy) for xy in turned]
    return list(zip(vertices, [*vertices[1:], vertices[0]], strict=True))


def _vertex(xy: Array) -> Vertex:
    return round(float(xy[0]), 6) + 0.0, round(float(xy[1]), 6) + 0.0


def _vertices(ring: Array) -> set[Vertex]:
    return {_vertex(xy) for xy in ring}


def _side_in_name(name: str) -> str | None:
    end = name.rpartition("_")[2]
    return end if end in ("left", "right") else None


def _not_joined_to_first(pieces: list[set[Edge]]) -> list[int]:
    """Return the pieces that share no border, directly or by others, with the first."""
    waiting = set(range(1, len(pieces)))
    reached = [0] if pieces else []
    while reached:
        borders = {(b, a) for a, b in pieces[reached.pop()]}
        joined = {index for index in waiting if pieces[index] & borders}
        waiting -= joined
        reached.extend(joined)
    return sorted(waiting)
