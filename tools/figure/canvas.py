"""One view of one measured body, ready to be drawn on: its warp, its skin and its drawing units."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from bodymap.atlas.frame import Warp

Array = NDArray[np.float64]

VIEWS = ("back", "front")
SIDES = ("left", "right")

# From the front nothing holds the frame between the midline and the iliac spine. On a body that
# is much wider than its pelvis the spline then squeezes sacrum and belly muscles to half their
# width. These points of the back lie at the same heights in both views and hold it.
_HELD_IN_FRONT = ("PSIS", "ischial tuberosity")


@dataclass(frozen=True, slots=True)
class Canvas:
    """A figure to draw a layer on.

    `half_skin` is the person's left half of the silhouette (x >= 0, millimetres); everything is
    drawn there once and mirrored, so the two sides can't differ. `warp` is the one that places
    points and areas; `drawing_warp` has a few more anchors, for muscles and bones.
    """

    body: str
    view: str
    stature_mm: float
    view_box: tuple[float, ...]
    warp: Warp
    drawing_warp: Warp
    half_skin: BaseGeometry
    landmarks_mm: dict[str, tuple[float, float]]

    @property
    def trunk_mm(self) -> float:
        """Millimetres of one unit of y: C7 to the gluteal fold."""
        return self.landmarks_mm["C7"][1] - self.landmarks_mm["gluteal fold"][1]

    @property
    def midline_strip(self) -> Polygon:
        """A strip along the midline, which stays uncut where the half skin is shrunk."""
        return box(0, self.landmarks_mm["crotch"][1], 4, self.stature_mm - 4)

    def to_figure(self, frame_xy: ArrayLike) -> Array:
        """Carry frame points (n, 2) of a muscle or bone to figure millimetres (n, 2)."""
        return self.drawing_warp.to_figure(frame_xy)

    def polygon(self, frame_ring: Array) -> BaseGeometry:
        """Carry a closed ring (frame) to a valid shape in figure millimetres."""
        return Polygon(self.to_figure(frame_ring)).buffer(0)

    def to_drawing(self, figure_xy_mm: Array, side: str = "left") -> Array:
        """Turn millimetres of the left side into drawing units of one side (…, 2).

        Seen from behind, the person's left is the viewer's left, so x changes its sign there.
        """
        sign = (-1 if self.view == "back" else 1) * (-1 if side == "right" else 1)
        return figure_xy_mm * [sign, -1] + [0, self.stature_mm]


def canvases(data: Path) -> list[Canvas]:
    """Read every measured body under `data/figures`, both views, bodies in order of their name."""
    frame = _anchors_in_frame(data / "landmarks.csv")
    found = []
    for path in sorted((data / "figures").glob("*.json")):
        if path.stem.endswith(("-shapes", "-patterns")):
            continue
        figure = json.loads(path.read_text(encoding="utf-8"))
        for view in VIEWS:
            found.append(_canvas(figure, view, frame))
    return found


def _anchors_in_frame(path: Path) -> dict[str, dict[str, tuple[float, float]]]:
    anchors: dict[str, dict[str, tuple[float, float]]] = {view: {} for view in VIEWS}
    with path.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for view in VIEWS if row["view"] == "both" else (row["view"],):
                if row["anchor"]:
                    anchors[view][row["anchor"]] = (float(row["x"]), float(row["y"]))
    return anchors


def _canvas(figure: dict, view: str, frame: dict[str, dict[str, tuple[float, float]]]) -> Canvas:
    measured = figure["views"][view]
    pairs = {
        name: (at, measured["anchors_mm"][name])
        for name, at in frame[view].items()
        if name in measured["anchors_mm"]
    }
    held = {
        name: (frame["back"][name], figure["landmarks_mm"][name])
        for name in _HELD_IN_FRONT
        if name not in pairs
    }
    skin = unary_union([Polygon(ring).buffer(0) for ring in measured["silhouette_mm"]])
    return Canvas(
        body=figure["body"],
        view=view,
        stature_mm=figure["stature_mm"],
        view_box=tuple(measured["view_box"]),
        warp=_through(pairs),
        drawing_warp=_through(pairs | held),
        half_skin=skin.intersection(box(0, -100, 3000, 4000)),
        landmarks_mm={name: tuple(at) for name, at in figure["landmarks_mm"].items()},
    )


def _through(pairs: dict[str, tuple]) -> Warp:
    return Warp.through([at for at, _ in pairs.values()], [mm for _, mm in pairs.values()])


def pieces(shape: BaseGeometry, smallest_mm2: float = 0.0) -> list[Polygon]:
    """Return the polygons of a shape above a size, largest first."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    return sorted((p for p in parts if p.area > smallest_mm2), key=lambda p: -p.area)


def ring_of(shape: Polygon) -> Array:
    """Return the outer ring (n, 2) without the repeated last point."""
    return np.asarray(shape.exterior.coords)[:-1]
