"""The muscles on one figure: whole outlines, the part that shows, and fibres.

data/muscles.json holds each muscle once, in the frame, for one side. Within a view and a depth
the muscles are listed from the surface inwards: each shows where none of those before it lies.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from tools.figure.canvas import Canvas, pieces, ring_of
from tools.figure.curves import along, densified_ring, smooth_line, smooth_ring

Array = NDArray[np.float64]

# Millimetres on the figure. The seam between two muscles is drawn as a fine pale line; what is
# left narrower than a hair after cutting is dropped, so that no stray tick remains.
_SEAM = 0.55
_RIM = 1.6
_MIDLINE = 0.9
_ROUNDING = 1.1
_SMALLEST_PIECE_MM2 = 45.0
_SMALLEST_SHARE = 0.05
_FIBRE_MARGIN = 1.5
_SHORTEST_FIBRE = 9.0
_SIMPLER_MM = 0.3


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle of data/muscles.json; coordinates in the frame, one side (x > 0).

    `tissue` is "muscle"; "sheet" for tendons and aponeuroses, which are drawn pale; "fascia" for
    the sheet around a limb, which lies below everything and closes what the muscles leave open.
    `through` are the lines that the fibres cross from origin to insertion, each at the same
    fraction of its length. `cuts` are tendinous lines across a muscle. `under` names muscles that
    lie over this one although they come later, where the order of a layer would go in a circle.
    """

    id: str
    view: str
    depth: str
    tissue: str
    polygon: Array
    through: tuple[Array, ...]
    fibre_count: int
    cuts: tuple[Array, ...]
    under: tuple[str, ...]
    carries_points: bool
    shows_at_surface: bool
    behind_bone: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A muscle on a figure, left side, millimetres.

    `whole` is cut only by the skin and the midline; `seen` is what other muscles leave of it.
    """

    muscle: Muscle
    whole: BaseGeometry
    seen: BaseGeometry
    fibres: tuple[Array, ...]


def read(path: Path) -> list[Muscle]:
    """Read data/muscles.json in its order."""
    muscles = []
    for id_, entry in json.loads(path.read_text(encoding="utf-8")).items():
        fibres = entry.get("fibres") or {"count": 0, "through": []}
        muscles.append(
            Muscle(
                id=id_,
                view=entry["view"],
                depth=entry["depth"],
                tissue=entry["tissue"],
                polygon=np.array(entry["polygon"], dtype=float),
                through=tuple(np.array(line, dtype=float) for line in fibres["through"]),
                fibre_count=fibres["count"],
                cuts=tuple(np.array(line, dtype=float) for line in entry.get("cuts", [])),
                under=tuple(entry.get("under", [])),
                carries_points=entry["points"],
                shows_at_surface=entry.get("shows_at_surface", False),
                behind_bone=entry.get("behind_bone", False),
            )
        )
    return muscles


def lay(muscles: list[Muscle], canvas: Canvas, depth: str) -> list[Laid]:
    """Lay the muscles of one layer on a figure, from the surface inwards."""
    in_view = [m for m in muscles if m.view == canvas.view]
    layer = [m for m in in_view if m.depth == depth and m.tissue != "fascia"]
    if depth == "superficial":
        layer += [m for m in in_view if m.shows_at_surface]
        layer += [m for m in in_view if m.tissue == "fascia"]
    wholes = [_outline(muscle, canvas) for muscle in layer]
    room = canvas.half_skin.buffer(-_RIM).intersection(box(_MIDLINE, -100, 3000, 4000))
    laid = []
    for place, (muscle, whole) in enumerate(zip(layer, wholes, strict=True)):
        above = [
            other_whole
            for other_place, (other, other_whole) in enumerate(zip(layer, wholes, strict=True))
            if other.id in muscle.under or (other_place < place and muscle.id not in other.under)
        ]
        seen = whole.intersection(room).difference(unary_union(above).buffer(_SEAM))
        for cut in muscle.cuts:
            line = LineString(canvas.to_figure(smooth_line(cut)))
            seen = seen.difference(line.buffer(2 * _SEAM))
        seen = unary_union(_worth_drawing(_rounded_off(seen), muscle))
        laid.append(Laid(muscle, whole, seen, _fibres(muscle, canvas)))
    return laid


def outlines(muscles: list[Muscle], canvas: Canvas) -> list[dict]:
    """Return the whole outlines of one view as {"id", "side", "outline_mm"}, left and right."""
    rows = []
    for muscle in muscles:
        if muscle.view != canvas.view:
            continue
        whole = _outline(muscle, canvas).intersection(canvas.half_skin)
        shape = pieces(whole.simplify(_SIMPLER_MM))[0]
        ring = np.round(ring_of(shape), 1) + 0.0
        for side, sign in (("left", 1), ("right", -1)):
            outline = (ring * [sign, 1] + 0.0).tolist()
            rows.append({"id": muscle.id, "side": side, "outline_mm": outline})
    return rows


def _outline(muscle: Muscle, canvas: Canvas) -> BaseGeometry:
    ring = densified_ring(smooth_ring(muscle.polygon), 0.02)
    shape = canvas.polygon(ring).intersection(canvas.half_skin)
    return pieces(shape)[0]


def _worth_drawing(shape: BaseGeometry, muscle: Muscle) -> list[Polygon]:
    """Drop crumbs. Sheets fill what muscles leave, so their small pieces are wanted."""
    kept = pieces(shape, _SMALLEST_PIECE_MM2)
    if muscle.tissue != "muscle":
        return kept
    return [piece for piece in kept if piece.area > _SMALLEST_SHARE * kept[0].area]


def _rounded_off(shape: BaseGeometry) -> BaseGeometry:
    """Round the corners and drop what is thinner than twice the rounding."""
    return shape.buffer(-_ROUNDING).buffer(_ROUNDING)


def _fibres(muscle: Muscle, canvas: Canvas) -> tuple[Array, ...]:
    if not muscle.through:
        return ()
    shares = (np.arange(muscle.fibre_count) + 0.5) / muscle.fibre_count
    stations = [along(smooth_line(line), shares) for line in muscle.through]
    return tuple(
        canvas.to_figure(smooth_line(np.array(points), per_edge=12))
        for points in zip(*stations, strict=True)
    )


def clipped_fibres(laid: Laid, shape: BaseGeometry) -> list[Array]:
    """Cut the fibres to a shape, a little inside it, dropping what is too short to read.

    Their ends are staggered, as an engraver would do, or they would draw a second outline.
    """
    inside = shape.buffer(-_FIBRE_MARGIN)
    kept = []
    for number, fibre in enumerate(laid.fibres):
        line = LineString(fibre)
        clipped = line.intersection(inside)
        for part in getattr(clipped, "geoms", [clipped]):
            if part.geom_type != "LineString" or part.length < _SHORTEST_FIBRE:
                continue
            early, late = (number * 3) % 5 / 5, (number * 2) % 5 / 5
            from_, to = part.length * 0.06 * early, part.length * (1 - 0.06 * late)
            steps = np.linspace(from_, to, max(4, int(part.length / 3)))
            kept.append(np.array([part.interpolate(step).coords[0] for step in steps]))
    return kept
