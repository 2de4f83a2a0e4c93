"""The areas on one figure: closed outlines that tile the skin without gap or overlap.

All cut lines of the frame are warped, joined with the silhouette into one net, and the faces of
the net are given to the areas, so that neighbours share their borders vertex by vertex.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from tools.figure.canvas import Canvas, pieces, ring_of
from tools.figure.curves import densified_ring

_SIMPLER_MM = 0.3
_EDGE_STEP = 0.02


def outlines(path: Path, canvas: Canvas) -> list[dict]:
    """Return the areas of one view as {"id", "side", "outline_mm"}, both sides and midline.

    Raises:
        ValueError: an area of data/areas.json has no skin on this figure.
    """
    frame = _left_half_in_frame(path, canvas.view)
    faces = _faces(frame, canvas)
    names = list(frame)
    simpler = shapely.coverage_simplify([faces[name] for name in names], _SIMPLER_MM)
    halves = {name: _rounded(_largest(shape)) for name, shape in zip(names, simpler, strict=True)}
    rows = []
    for name, side in names:
        half = halves[name, side]
        if side == "midline":
            whole = unary_union([half, _mirrored(half)])
            rows.append(_row(name, "midline", _largest(whole)))
        else:
            rows.append(_row(name, "left", half))
            rows.append(_row(name, "right", _mirrored(half)))
    return sorted(rows, key=lambda row: names_order(names, row))


def names_order(names: list[tuple[str, str]], row: dict) -> tuple[int, str]:
    """Keep the order of data/areas.json, left before right."""
    return [name for name, _ in names].index(row["id"]), row["side"]


def _left_half_in_frame(path: Path, view: str) -> dict[tuple[str, str], Polygon]:
    """Return the part of every area with x >= 0, in the frame."""
    half_plane = box(0, -5, 10, 10)
    found = {}
    for area in json.loads(path.read_text(encoding="utf-8")):
        if area["view"] != view:
            continue
        for side, ring in area["outlines"].items():
            if side != "right":
                found[area["id"], side] = Polygon(ring).intersection(half_plane)
    return found


def _faces(
    frame: dict[tuple[str, str], Polygon], canvas: Canvas
) -> dict[tuple[str, str], BaseGeometry]:
    """Cut the half skin along all warped borders; give each face to the area it lies in."""
    lines = [canvas.half_skin.boundary]
    for shape in frame.values():
        ring = canvas.warp.to_figure(densified_ring(np.round(ring_of(shape), 6), _EDGE_STEP))
        lines.append(LineString(np.vstack([ring, ring[:1]])))
    net = unary_union(lines)
    faces = [
        face for face in polygonize(net) if canvas.half_skin.contains(face.representative_point())
    ]
    owned: dict[tuple[str, str], list[Polygon]] = {name: [] for name in frame}
    for face in faces:
        middle = face.representative_point()
        at = Point(canvas.warp.to_frame([[middle.x, middle.y]])[0])
        owned[min(frame, key=lambda name: frame[name].distance(at))].append(face)
    _give_slivers_to_neighbours(owned)
    return {name: unary_union(parts) for name, parts in owned.items()}


def _give_slivers_to_neighbours(owned: dict[tuple[str, str], list[Polygon]]) -> None:
    """Leave one piece per area; a piece cut off by the silhouette goes to whom it touches most."""
    for name, parts in owned.items():
        if not parts:
            raise ValueError(f"area {name[0]} ({name[1]}) has no skin on this figure")
        whole = pieces(unary_union(parts))
        for piece in whole[1:]:
            loose = [part for part in parts if piece.buffer(0.01).contains(part)]
            others = [other for other in owned if other != name]
            home = max(others, key=lambda other: _shared_border(piece, owned[other]))
            owned[home].extend(loose)
            owned[name] = [part for part in owned[name] if part not in loose]


def _shared_border(piece: Polygon, parts: list[Polygon]) -> float:
    return sum(piece.boundary.intersection(part.boundary).length for part in parts)


def _largest(shape: BaseGeometry) -> Polygon:
    return pieces(shape)[0]


def _rounded(shape: Polygon) -> Polygon:
    """Round to 0.1 mm. Neighbours share their vertices, so they still share them afterwards.

    Vertices that rounding brought together, and spikes without width, are dropped.
    """
    ring = [tuple(point) for point in np.round(ring_of(shape), 1)]
    while True:
        kept = [
            point
            for before, point, after in zip(
                [ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True
            )
            if point != before and before != after
        ]
        if len(kept) == len(ring):
            return Polygon(ring)
        ring = kept


def _mirrored(shape: Polygon) -> Polygon:
    return Polygon((ring_of(shape) * [-1, 1])[::-1])


def _row(name: str, side: str, shape: Polygon | MultiPolygon) -> dict:
    ring = np.round(ring_of(shape), 1) + 0.0
    return {"id": name, "side": side, "outline_mm": ring.tolist()}
