"""The shape of a pain drawing: what its strokes shade on the neutral body, in millimetres.

A brush shades all that lies within half its width of its line; an eraser takes away, in every
layer of its view, what the strokes before it shaded; an area shades its outline. What lies beside
the body counts for nothing. It is always worked out on the neutral body, so the same drawing has
the same shape whatever figure it was made on.

Each half of the body is worked out by itself, the right one mirrored onto the left. So a mirrored
drawing gives the very same numbers with left and right exchanged, to the last bit. Strokes of one
layer are put in an order of their own, so the order in which they were drawn changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import Geometry

from bodymap.atlas.atlas import Atlas
from bodymap.atlas.frame import Warp
from bodymap.atlas.model import VIEWS, View
from bodymap.records.drawing import PER_UNIT, PainDrawing, StrokeOperation

BODY = "neutral"

Half = Literal["left", "right"]
HALVES: tuple[Half, ...] = ("left", "right")
Layer = tuple[str, int | None]
Slot = tuple[str, str]
"""An area and the side of it, as in a mark."""

Part = tuple[View, Half]
PARTS: tuple[Part, ...] = tuple((view, half) for view in VIEWS for half in HALVES)

NOTHING: Geometry = shapely.Polygon()

# Leaving out places that lie this near the line changes the area of a scribble by 0.05 %.
_TOLERANCE_MM = 0.3
# A round end is drawn as a polygon: 0.3 % less than the circle.
_PIECES_OF_A_QUARTER = 12
_FAR_MM = 1e5
# 0.02 of the frame: reading between the lines of the table is 0.14 mm off for 99 of 100 places on
# the body and never more than 0.6 mm; a place is stored to 0.2 mm across and 0.7 mm along.
_TABLE_STEP = 0.02

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Half of one view of the neutral body, on the person's left: x from 0, millimetres.

    Of an area across the midline ``areas`` holds the left half; the right half mirrors it.
    """

    skin: Geometry
    areas: Mapping[Slot, Geometry]
    placing: _Placing

    @property
    def skin_mm2(self) -> float:
        """Return the surface of this half of the view."""
        return float(self.skin.area)

    def areas_in(self, half: Half) -> dict[Slot, Geometry]:
        """Return the areas that a half of the body has, with their outlines on the left."""
        return {
            (area_id, half if side == "left" else side): outline
            for (area_id, side), outline in self.areas.items()
        }

    def slots_mm2(self) -> dict[Slot, float]:
        """Return the surface of every area of the view, each side by itself, in map order."""
        surfaces: dict[Slot, float] = {}
        for (area_id, side), outline in self.areas.items():
            if side == "midline":
                surfaces[area_id, side] = 2 * float(outline.area)
            else:
                surfaces |= dict.fromkeys(((area_id, half) for half in HALVES), float(outline.area))
        return surfaces


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What a drawing shades, by half and view; right halves lie mirrored on the left.

    layers: for each quality and level what its strokes shade; layers may overlap each other.
    whole: everything that is shaded. Parts without anything are left out of both.
    unknown_areas: areas that were shaded by name and that this map doesn't have in that view.
    """

    ground: Mapping[View, Ground]
    layers: Mapping[Layer, Mapping[Part, Geometry]]
    whole: Mapping[Part, Geometry]
    unknown_areas: tuple[tuple[str, str], ...]

    def on_body(self, view: View, layer: Layer | None = None) -> Geometry:
        """Return the shape of a layer, or of all, in one view: x the person's left +, y up, mm."""
        parts = self.whole if layer is None else self.layers.get(layer, {})
        left = parts.get((view, "left"), NOTHING)
        right = parts.get((view, "right"), NOTHING)
        return shapely.union_all([left, shapely.transform(right, _mirrored)])


def shape_of(atlas: Atlas, drawing: PainDrawing) -> Shape:
    """Return the shape of a drawing on the neutral body.

    Source of the idea, a shaded body outline as extent and place: S160 (docs/MEASURES.md).
    """
    grounds = {view: ground(atlas, view) for view in VIEWS}
    layers: dict[Layer, dict[Part, Geometry]] = {}
    unknown: dict[tuple[str, str], None] = {}
    for view in VIEWS:
        here = grounds[view]
        strokes = [stroke for stroke in drawing.strokes if stroke.view == view]
        if not strokes:
            continue
        lines = _lines_mm(here.placing, strokes)
        for half in HALVES:
            areas = here.areas_in(half)
            for layer, shaded in _half_shapes(strokes, lines, half, areas, here.skin):
                layers.setdefault(layer, {})[view, half] = shaded
        known = here.slots_mm2()
        for stroke in strokes:
            if stroke.tool == "area" and (stroke.area, stroke.side) not in known:
                unknown[stroke.area, stroke.side] = None
    order = sorted(layers, key=lambda layer: (layer[0], -1 if layer[1] is None else layer[1]))
    whole: dict[Part, Geometry] = {}
    for part in PARTS:
        shaded = [layers[layer][part] for layer in order if part in layers[layer]]
        if shaded:
            whole[part] = melted(shaded)
    return Shape(
        MappingProxyType(grounds),
        MappingProxyType({layer: MappingProxyType(layers[layer]) for layer in order}),
        MappingProxyType(whole),
        tuple(unknown),
    )


def melted(shapes: list[Geometry]) -> Geometry:
    """Return the union of shapes; of one, that one."""
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)


@lru_cache(maxsize=8)
def ground(atlas: Atlas, view: View) -> Ground:
    """Return half a view of the neutral body; built once and kept, it holds nothing personal."""
    figure = atlas.figure(BODY, view)
    left = shapely.box(0, -_FAR_MM, _FAR_MM, _FAR_MM)
    skin = shapely.intersection(_polygons(figure.silhouette_mm), left)
    shapely.prepare(skin)
    areas: dict[Slot, Geometry] = {
        (area_id, side): shapely.intersection(_polygons(rings), skin)
        for (area_id, side), rings in figure.area_outlines_mm.items()
        if side != "right"
    }
    frame = figure.warp.to_frame(np.vstack(figure.silhouette_mm))
    return Ground(skin, MappingProxyType(areas), _Placing.over(figure.warp, frame))


@dataclass(frozen=True, slots=True, eq=False)
class _Placing:
    """The warp to the neutral body as a table over the frame, read instead of computed."""

    warp: Warp
    top: float
    table: Array

    @classmethod
    def over(cls, warp: Warp, frame: Array) -> _Placing:
        """Lay the table over places (n, 2) of the frame and a little beyond."""
        reach, bottom = np.abs(frame[:, 0]).max(), frame[:, 1].max() + 0.1
        top = float(frame[:, 1].min() - 0.1)
        x = np.arange(0, reach + 0.1, _TABLE_STEP)
        y = np.arange(top, bottom, _TABLE_STEP)
        at = np.stack(np.meshgrid(x, y), axis=2)
        return cls(warp, top, warp.to_figure(at.reshape(-1, 2)).reshape(at.shape))

    def to_body(self, frame: Array) -> Array:
        """Carry frame points (n, 2) to the neutral body: (n, 2) in millimetres."""
        column = np.abs(frame[:, 0]) / _TABLE_STEP
        row = (frame[:, 1] - self.top) / _TABLE_STEP
        rows, columns, _ = self.table.shape
        far = (column >= columns - 1) | (row < 0) | (row >= rows - 1)
        i, j = np.where(far, 0, column).astype(int), np.where(far, 0, row).astype(int)
        u, v = (column - i)[:, None], (row - j)[:, None]
        above = self.table[j, i] * (1 - u) + self.table[j, i + 1] * u
        below = self.table[j + 1, i] * (1 - u) + self.table[j + 1, i + 1] * u
        at = above * (1 - v) + below * v
        at[:, 0] *= np.sign(frame[:, 0])
        if far.any():
            at[far] = self.warp.to_figure(frame[far])
        return at


def _lines_mm(placing: _Placing, strokes: list[StrokeOperation]) -> list[Array]:
    """Return the places of each stroke on the body; of an area none."""
    every = [place for stroke in strokes for place in stroke.points]
    at = placing.to_body(np.array(every, dtype=float).reshape(-1, 2) / PER_UNIT)
    ends = np.cumsum([len(stroke.points) for stroke in strokes])
    return np.split(at, ends[:-1])


def _half_shapes(
    strokes: list[StrokeOperation],
    lines: list[Array],
    half: Half,
    areas: Mapping[Slot, Geometry],
    skin: Geometry,
) -> Iterator[tuple[Layer, Geometry]]:
    """Yield each layer of one half with what is left of it after the erasers, on the skin."""
    bands = _bands(strokes, lines, half)
    shapes: dict[Layer, Geometry] = {}
    # From the last stroke to the first: each is cut by the erasers that came after it.
    erased = NOTHING
    run: dict[Layer, dict[object, Geometry]] = {}
    for stroke, band in zip(reversed(strokes), reversed(bands), strict=True):
        if stroke.tool == "eraser":
            if not band.is_empty:
                _close(run, erased, shapes)
                erased = shapely.union(erased, band)
            continue
        if stroke.tool == "area":
            key, shaded = (stroke.area, stroke.side), areas.get((stroke.area, stroke.side))
        else:
            key, shaded = (stroke.width_mm, stroke.points), band
        if shaded is not None and not shaded.is_empty:
            run.setdefault(stroke.layer, {})[key] = shaded
    _close(run, erased, shapes)
    for layer, shaded in shapes.items():
        on_skin = shapely.intersection(shaded, skin)
        if on_skin.area > 0:
            yield layer, on_skin


def _bands(strokes: list[StrokeOperation], lines: list[Array], half: Half) -> list[Geometry]:
    """Return what each brush and eraser covers of one half, and a little beyond the midline."""
    bands: list[Geometry] = [NOTHING] * len(strokes)
    for width in sorted({stroke.width_mm for stroke in strokes if stroke.points}):
        near, reaching = [], []
        for number, (stroke, line) in enumerate(zip(strokes, lines, strict=True)):
            if stroke.width_mm != width or not stroke.points:
                continue
            at = line if half == "left" else line * [-1, 1]
            if at[:, 0].max() > -width / 2:
                near.append(number)
                reaching.append(at if len(at) > 1 else np.repeat(at, 2, axis=0))
        if not near:
            continue
        owner = np.repeat(np.arange(len(reaching)), [len(at) for at in reaching])
        drawn = shapely.linestrings(np.vstack(reaching), indices=owner)
        drawn = shapely.simplify(drawn, _TOLERANCE_MM, preserve_topology=False)
        for index, at in enumerate(reaching):
            if at[:, 0].min() < -width / 2:
                # What lies farther over the midline doesn't reach this half.
                drawn[index] = shapely.clip_by_rect(
                    drawn[index], -width / 2, -_FAR_MM, _FAR_MM, _FAR_MM
                )
        covered = shapely.buffer(drawn, width / 2, quad_segs=_PIECES_OF_A_QUARTER)
        for number, band in zip(near, covered, strict=True):
            bands[number] = band
    return bands


def _close(
    run: dict[Layer, dict[object, Geometry]], erased: Geometry, shapes: dict[Layer, Geometry]
) -> None:
    """Melt the strokes between two erasers into the layers, cut by the erasers after them."""
    for layer, drawn in run.items():
        shaded = melted(_in_own_order(drawn.values()))
        if not erased.is_empty:
            shaded = shapely.difference(shaded, erased)
        shapes[layer] = shapely.union(shapes[layer], shaded) if layer in shapes else shaded
    run.clear()


def _in_own_order(shapes: Iterable[Geometry]) -> list[Geometry]:
    """Return shapes in an order that doesn't depend on when they were drawn."""
    listed = list(shapes)
    if len(listed) == 1:
        return listed
    keys = np.column_stack([shapely.bounds(listed), shapely.area(listed)])
    return [listed[index] for index in np.lexsort(keys.T)]


def _polygons(rings: Iterable[ArrayLike]) -> Geometry:
    return shapely.union_all([shapely.Polygon(np.asarray(ring)) for ring in rings])


def _mirrored(xy: Array) -> Array:
    return xy * [-1, 1]
