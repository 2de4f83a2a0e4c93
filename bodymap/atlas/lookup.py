"""'Where does it hurt?' the other way round: which published patterns reach the places touched.

This looks things up in teaching maps. It finds nothing out about a person.

**The score.** The skin of the neutral body, back and front, is cut into cells of equal size. Every
cell weighs 1, only where a pattern is spill-over it weighs 1/2. The score of a pattern is the
weight of the cells that are touched and in the pattern, divided by the weight of those that are
touched or in the pattern (the weighted Jaccard index, also called Ružička similarity):

    score = w(touched ∩ pattern) / w(touched ∪ pattern)

So the pattern itself, touched whole, scores 1; places apart score 0; a place that the pattern
doesn't cover only adds below the line and never raises a score; and of two patterns that cover the
same, the one with more elsewhere, or with spill-over there, scores less. It is worked out on the
neutral body, hence the same whatever figure is shown. docs/adr/0007 tells why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bodymap.atlas import outlines
from bodymap.atlas.atlas import Atlas
from bodymap.atlas.figure import Figure
from bodymap.atlas.model import VIEWS, Side, View
from bodymap.atlas.referral import ROLES, Role

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

BODY = "neutral"
CELL_MM = 6.0
# What a fingertip covers, roughly: a free spot is a disc of this radius on the neutral body.
SPOT_RADIUS_MM = 25.0
# A pattern reaches what was touched when it covers this share of one of the places, or when the
# second share of its essential shape lies within. Less is where two drawn edges happen to cross.
LEAST_OF_PLACE = 0.05
LEAST_OF_PATTERN = 0.2

_SIDES: tuple[Side, ...] = ("left", "right")


@dataclass(frozen=True, slots=True)
class TouchedArea:
    """An area of the map that was touched; `side` is one that the area has."""

    area_id: str
    side: Side


@dataclass(frozen=True, slots=True)
class TouchedSpot:
    """A free spot that was touched: a view and a place in the frame (x: the person's left +)."""

    view: View
    x: float
    y: float


Place = TouchedArea | TouchedSpot


@dataclass(frozen=True, slots=True)
class Shares:
    """A share (0 to 1) for each role; of something that isn't there, 0."""

    essential: float
    spill_over: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger point whose pattern reaches what was touched.

    `covered` are the shares of all that was touched that lie in its pattern, by role; `elsewhere`
    the share of each role's own shape that lies outside what was touched; `places` the share of
    each touched place, in the order given, that the pattern covers.
    """

    point_id: str
    side: Side
    score: float
    covered: Shares
    elsewhere: Shares
    places: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits, best first; `uncovered` are the touched places that none of them reaches.

    `uncovered_share` is the share of all that was touched that lies in no hit's pattern.
    """

    hits: tuple[Hit, ...]
    uncovered: tuple[Place, ...]
    uncovered_share: float


def is_on_the_map(atlas: Atlas, place: Place) -> bool:
    """Tell whether an area and side exist, or a spot lies on the body."""
    try:
        return bool(_ground(atlas).mask(place).any())
    except ValueError:
        return False


def area_of(atlas: Atlas, place: Place) -> tuple[str, Side] | None:
    """Return the area and side that a touched place is or lies in; None in a seam between areas."""
    if isinstance(place, TouchedArea):
        return place.area_id, place.side
    figure = atlas.figure(BODY, place.view)
    at = figure.warp.to_figure([[place.x, place.y]])
    for key, rings in figure.area_outlines_mm.items():
        if outlines.contains(rings, at)[0]:
            return key
    return None


def spot_at(figure: Figure, x: float, y: float) -> TouchedSpot:
    """Return the free spot at a place of a figure's drawing (drawing units), to 0.001 of the frame.

    Raises:
        ValueError: the place lies far off the body.
    """
    frame_x, frame_y = figure.warp.to_frame(figure.from_drawing([[x, y]]))[0]
    return TouchedSpot(figure.view, round(float(frame_x), 3), round(float(frame_y), 3))


def drawn_at(figure: Figure, spot: TouchedSpot) -> tuple[float, float]:
    """Return where a free spot lies on a figure's drawing, (x, y) in drawing units."""
    x, y = figure.to_drawing(figure.warp.to_figure([[spot.x, spot.y]]))[0]
    return round(float(x), 1), round(float(y), 1)


def look_up(atlas: Atlas, places: Sequence[Place]) -> Answer:
    """Return the trigger points whose published pattern reaches the places, best score first.

    At equal scores the one that covers more with its essential shape comes first, then the order
    of points.csv, left before right. Nothing touched gives an empty answer.

    Raises:
        ValueError: an area or side doesn't exist, or a spot doesn't lie on the body.
    """
    if not places:
        return Answer((), (), 0.0)
    ground = _ground(atlas)
    masks = np.array([ground.mask(place) for place in places])
    # From here on only the cells that were touched; first all of them, then each place's own.
    touched = np.flatnonzero(masks.any(axis=0))
    columns = np.vstack([np.ones(len(touched)), masks[:, touched]]).astype(np.float32)
    of_places = columns.sum(axis=1)
    hits: list[tuple[tuple[float, float, int, int], Hit]] = []
    reached = np.zeros(len(touched), dtype=bool)
    for number, side in enumerate(_SIDES):
        # A right pattern is a left one mirrored: it holds a cell when the left one holds its image.
        seen = touched if side == "left" else ground.mirror[touched]
        cells = {role: ground.cells[role][:, seen] for role in ROLES}
        inside = {role: cells[role] @ columns.T for role in ROLES}
        for row, point_id in enumerate(ground.point_ids):
            essential, spill = inside["essential"][row], inside["spill-over"][row]
            found = Sizes(int(essential[0]), int(spill[0]))
            whole = Sizes(*(int(ground.sizes[role][row]) for role in ROLES))
            shares = (essential + spill)[1:] / of_places[1:]
            if not _reaches(float(shares.max()), found, whole):
                continue
            value = score(len(touched), found, whole)
            hit = Hit(
                point_id=point_id,
                side=side,
                score=value,
                covered=Shares(found.essential / len(touched), found.spill_over / len(touched)),
                elsewhere=Shares(
                    _share(whole.essential - found.essential, whole.essential),
                    _share(whole.spill_over - found.spill_over, whole.spill_over),
                ),
                places=tuple(shares.tolist()),
            )
            hits.append(((-value, -hit.covered.essential, row, number), hit))
            reached |= (cells["essential"][row] + cells["spill-over"][row]) > 0
    hits.sort(key=lambda keyed: keyed[0])
    covered = (columns[1:] @ reached.astype(np.float32)) / of_places[1:]
    return Answer(
        hits=tuple(hit for _, hit in hits),
        uncovered=tuple(
            place for place, share in zip(places, covered, strict=True) if share < LEAST_OF_PLACE
        ),
        uncovered_share=1 - float(reached.mean()),
    )


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of cells, by role."""

    essential: int
    spill_over: int


def _reaches(share_of_place: float, found: Sizes, whole: Sizes) -> bool:
    """Whether an overlap is more than the chance of two drawn edges."""
    if share_of_place >= LEAST_OF_PLACE:
        return True
    return found.essential > 0 and found.essential >= LEAST_OF_PATTERN * whole.essential


def score(touched: int, inside: Sizes, whole: Sizes) -> float:
    """Return the score: cells touched, those of them in the pattern, and all of the pattern."""
    # Doubled weights, so that both sums stay whole numbers.
    common = 2 * inside.essential + inside.spill_over
    outside = 2 * (touched - inside.essential - inside.spill_over)
    return common / (outside + 2 * whole.essential + whole.spill_over)


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """The cells of the neutral body: back left, back right, front left, front right.

    `mirror` gives for each cell the one on the other side; `cells` for each role and left point
    (rows) the cells of its shape, 0 or 1, and `sizes` their number. Spill-over cells that are
    essential as well count as essential only.
    """

    atlas: Atlas
    xy_mm: Array
    views: NDArray[np.str_]
    mirror: NDArray[np.int_]
    point_ids: tuple[str, ...]
    cells: Mapping[Role, NDArray[np.float32]]
    sizes: Mapping[Role, NDArray[np.float32]]
    areas: Mapping[tuple[str, Side], Mask]

    def mask(self, place: Place) -> Mask:
        """Return which cells a touched place holds."""
        if isinstance(place, TouchedArea):
            found = self.areas.get((place.area_id, place.side))
            if found is None:
                raise ValueError(f"There is no area {place.area_id!r} with side {place.side!r}.")
            return found
        if place.view not in VIEWS or not np.isfinite([place.x, place.y]).all():
            raise ValueError(f"{place} is no place in the frame.")
        at = self.atlas.figure(BODY, place.view).warp.to_figure([[place.x, place.y]])
        near = ((self.xy_mm - at) ** 2).sum(axis=1) <= SPOT_RADIUS_MM**2
        found = near & (self.views == place.view)
        if not found.any():
            raise ValueError(f"The spot ({place.x:g}, {place.y:g}) doesn't lie on the body.")
        return found


@lru_cache(maxsize=2)
def _ground(atlas: Atlas) -> _Ground:
    left = {view: _left_cells(atlas, view) for view in VIEWS}
    parts, views, mirror, start = [], [], [], 0
    for view in VIEWS:
        count = len(left[view])
        parts += [left[view], left[view] * [-1, 1]]
        views += [view] * (2 * count)
        mirror += [np.arange(count) + start + count, np.arange(count) + start]
        start += 2 * count
    xy, of_view, other_side = np.vstack(parts), np.array(views), np.concatenate(mirror)
    ids = tuple(atlas.patterns)
    cells = {role: np.zeros((len(ids), len(xy)), dtype=np.float32) for role in ROLES}
    areas: dict[tuple[str, Side], Mask] = {}
    for view in VIEWS:
        figure = atlas.figure(BODY, view)
        here = np.flatnonzero(of_view == view)
        for (point_id, role), rings in figure.pattern_outlines_mm.items():
            if point_id in atlas.patterns:
                cells[role][ids.index(point_id), here] = outlines.contains(rings, xy[here])
        for (area_id, side), rings in figure.area_outlines_mm.items():
            if side == "right":
                continue
            mask = np.zeros(len(xy), dtype=bool)
            mask[here] = outlines.contains(rings, xy[here])
            if side == "midline":
                areas[area_id, side] = mask | mask[other_side]
            else:
                areas[area_id, "left"] = mask
                areas[area_id, "right"] = mask[other_side]
    cells["spill-over"] *= 1 - cells["essential"]
    return _Ground(
        atlas=atlas,
        xy_mm=xy,
        views=of_view,
        mirror=other_side,
        point_ids=ids,
        cells=cells,
        sizes={role: cells[role].sum(axis=1) for role in ROLES},
        areas=areas,
    )


def _left_cells(atlas: Atlas, view: View) -> Array:
    """Return the middles (n, 2) of the cells on the person's left half of the skin.

    Row by row, which is much quicker for a grid than asking for each place whether it lies inside.
    """
    skin = atlas.figure(BODY, view).silhouette_mm
    _, bottom, right, top = outlines.box(skin)
    columns = np.arange(CELL_MM / 2, right, CELL_MM)
    starts = np.vstack(skin)
    steps = np.vstack([np.roll(ring, -1, axis=0) for ring in skin]) - starts
    cells = []
    for y in np.arange(bottom + CELL_MM / 2, top, CELL_MM):
        spans = (starts[:, 1] > y) != (starts[:, 1] + steps[:, 1] > y)
        share = (y - starts[spans, 1]) / steps[spans, 1]
        edges = np.sort(starts[spans, 0] + share * steps[spans, 0])
        inside = (len(edges) - np.searchsorted(edges, columns)) % 2 == 1
        cells += [(x, y) for x in columns[inside]]
    return np.array(cells)


def _share(part: int, whole: int) -> float:
    return float(part / whole) if whole else 0.0
