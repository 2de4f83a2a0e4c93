"""How much of the body a pain drawing shades, where and how strongly, and how alike two are.

Extent is the shaded share of the drawn body's surface, in percent; overlap is the Jaccard index:
both as in the studies of pain drawings (S160 to S163, docs/MEASURES.md). All on the neutral body,
so that the numbers are the same on every figure. The surface is that of the body as drawn from
behind or in front, not the skin of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry

from bodymap.atlas.model import VIEWS, View
from bodymap.measures.shapes import HALVES, NOTHING, PARTS, Half, Part, Shape, Slot, melted

LEAST_SHARE = 0.05
"""An area counts as touched from this share on. Less is where two hand-drawn edges cross."""

_TIE = 1 - 1e-9
_ROUNDING_MM2 = 1e-3
_AXIS = shapely.LineString([(0, -1e5), (0, 1e5)])
_SMALLEST_SHOWN = 0.1


@dataclass(frozen=True, slots=True)
class Extent:
    """Shaded share of a surface, 0 to 100 percent: of each view, and of both views together."""

    back: float
    front: float
    both: float

    def of(self, view: View) -> float:
        """Return the share of one view."""
        return self.back if view == "back" else self.front


@dataclass(frozen=True, slots=True)
class AreaShare:
    """How much of one area is shaded: share 0 to 1; and whether the area counts as touched."""

    area: str
    side: str
    share: float
    is_touched: bool


@dataclass(frozen=True, slots=True)
class Weighted:
    """Extent weighted by level, and how much of it had a level at all; all in percent.

    weighted: each place counts with its level ÷ 10, so a body shaded whole at 10 is 100. Where
        layers overlap the highest level counts, once.
    levelled, unlevelled: extent with a level; extent without any, which ``weighted`` leaves out.
    """

    weighted: Extent
    levelled: Extent
    unlevelled: Extent


@dataclass(frozen=True, slots=True)
class Overlap:
    """Jaccard index of two drawings, 0 (apart) to 1 (the same); None where both are empty."""

    back: float | None
    front: float | None
    both: float | None


def extent(shape: Shape, half: Half | None = None) -> Extent:
    """Return the extent of a whole drawing in percent; of one half of the body, of that half."""
    return _extent(shape, shape.whole, half)


def by_quality(shape: Shape) -> dict[str, Extent]:
    """Return the extent of each quality in percent, "" for none named; qualities may overlap."""
    return {
        quality: _extent(shape, _melted(shape, lambda layer, of=quality: layer[0] == of))
        for quality in dict.fromkeys(layer[0] for layer in shape.layers)
    }


def weighted(shape: Shape) -> Weighted:
    """Return the extent weighted by level, with what has no level told apart.

    Definition: Σ surface × level ÷ 10, as a share of the view's surface in percent. It is the "sum
    intensity" of S163 as a share of the most that is possible.
    """
    levels = sorted({level for _, level in shape.layers if level is not None}, reverse=True)
    reached: dict[Part, Geometry] = {}
    counted = dict.fromkeys(PARTS, 0.0)
    for level in levels:
        for part, shaded in _melted(shape, lambda layer, of=level: layer[1] == of).items():
            before = reached.get(part, NOTHING)
            reached[part] = shapely.union(before, shaded) if before.area else shaded
            # What this level adds to the higher ones. Levels go down, so no place counts twice.
            counted[part] += (reached[part].area - before.area) * level / 10
    levelled = {part: float(shaded.area) for part, shaded in reached.items()}
    unlevelled = {
        part: left
        for part, shaded in shape.whole.items()
        if (left := float(shaded.area) - levelled.get(part, 0.0)) > _ROUNDING_MM2
    }
    return Weighted(*(_percent(shape, mm2) for mm2 in (counted, levelled, unlevelled)))


def by_area(shape: Shape) -> tuple[AreaShare, ...]:
    """Return every area of which something is shaded, in the order of the map.

    An area counts as touched where one shaded patch covers a twentieth of it, and where no other
    area holds more of a patch: so a small dot counts once, and the rim of a stroke doesn't.
    """
    shares: list[AreaShare] = []
    for view in VIEWS:
        ground = shape.ground[view]
        held = _held_by_patch(shape, view)
        for slot, whole_mm2 in ground.slots_mm2().items():
            patches = [(patch[slot], max(patch.values())) for patch in held if slot in patch]
            if patches:
                touched = any(
                    mm2 >= LEAST_SHARE * whole_mm2 or mm2 >= most * _TIE for mm2, most in patches
                )
                # In order of size, so that the sum has the same last digit on both sides.
                share = min(1.0, sum(sorted(mm2 for mm2, _ in patches)) / whole_mm2)
                shares.append(AreaShare(*slot, share, touched))
    return tuple(shares)


def overlap(one: Shape, other: Shape) -> Overlap:
    """Return the Jaccard index of two drawings: what both shade ÷ what either shades.

    Levels and qualities don't count. Source: the index of S160 to S162.
    """
    common, either = dict.fromkeys(PARTS, 0.0), dict.fromkeys(PARTS, 0.0)
    for part in PARTS:
        first, second = one.whole.get(part, NOTHING), other.whole.get(part, NOTHING)
        # In an order of their own, so that which drawing is which changes nothing.
        smaller, larger = sorted((first, second), key=lambda shaded: (shaded.area, shaded.wkb))
        common[part] = float(shapely.intersection(larger, smaller).area)
        either[part] = larger.area + smaller.area - common[part]

    def index(views: Iterable[View]) -> float | None:
        surface = _sum(either, views)
        return min(1.0, _sum(common, views) / surface) if surface else None

    return Overlap(index(("back",)), index(("front",)), index(VIEWS))


def summary(shape: Shape) -> tuple[str, ...]:
    """Return what a drawing shows as plain sentences, the most important first."""
    if not shape.whole:
        sentences = ["Nothing is shaded in this drawing."]
    else:
        whole = extent(shape)
        shown = [f"{_number(whole.of(view))} of the {view}" for view in VIEWS if whole.of(view)]
        sentences = [f"You shaded {' and '.join(shown)} of the drawn body."]
        count = sum(share.is_touched for share in by_area(shape))
        sentences.append(f"That is in {count} area{'s' * (count != 1)} of the map.")
        weights = weighted(shape)
        if weights.levelled.both:
            sentences.append(f"Weighted by level, it is {_number(weights.weighted.both)} of both.")
            if weights.unlevelled.both:
                sentences.append(
                    f"{_number(weights.unlevelled.both).capitalize()} of both has no level"
                    " and is left out of that."
                )
    if shape.unknown_areas:
        count = len(shape.unknown_areas)
        verb = "is" if count == 1 else "are"
        sentences.append(
            f"{count} shaded area{'s' * (count != 1)} {verb} not on this map and left out."
        )
    return tuple(sentences)


def _number(percent: float) -> str:
    if percent < _SMALLEST_SHOWN:
        return f"less than {_SMALLEST_SHOWN} %"
    return f"{percent:.1f} %"


def _extent(shape: Shape, parts: Mapping[Part, Geometry], half: Half | None = None) -> Extent:
    return _percent(shape, {part: float(shaded.area) for part, shaded in parts.items()}, half)


def _percent(shape: Shape, mm2: Mapping[Part, float], half: Half | None = None) -> Extent:
    halves = HALVES if half is None else (half,)
    skin = {part: shape.ground[part[0]].skin_mm2 for part in PARTS}

    def share(*views: View) -> float:
        return min(100.0, 100 * _sum(mm2, views, halves) / _sum(skin, views, halves))

    return Extent(share("back"), share("front"), share("back", "front"))


def _sum(
    mm2: Mapping[Part, float], views: Iterable[View], halves: tuple[Half, ...] = HALVES
) -> float:
    """Add up left and right of each view first, so that exchanging them changes no last digit."""
    return float(sum(sum(mm2.get((view, half), 0.0) for half in halves) for view in views))


def _melted(shape: Shape, belongs) -> dict[Part, Geometry]:
    """Return the union of the layers that belong, by part."""
    chosen = [parts for layer, parts in shape.layers.items() if belongs(layer)]
    return {
        part: melted([parts[part] for parts in chosen if part in parts])
        for part in PARTS
        if any(part in parts for parts in chosen)
    }


def _held_by_patch(shape: Shape, view: View) -> list[dict[Slot, float]]:
    """Return for each shaded patch of a view how many mm² of each area it covers."""
    pieces: list[tuple[Half, Geometry]] = []
    for half in HALVES:
        parts = shapely.get_parts(shape.whole.get((view, half), NOTHING))
        pieces += [(half, piece) for piece in parts if piece.area > 0]
    if not pieces:
        return []
    patch_of = _joined_at_the_midline(pieces)
    held: list[dict[Slot, float]] = [{} for _ in range(max(patch_of) + 1)]
    ground = shape.ground[view]
    for half in HALVES:
        mine = [number for number, (of, _) in enumerate(pieces) if of == half]
        if not mine:
            continue
        slots = list(ground.areas_in(half))
        outlines = np.array(list(ground.areas.values()))
        shaded = np.array([pieces[number][1] for number in mine])
        near, which = shapely.STRtree(outlines).query(shaded)
        covered = shapely.area(shapely.intersection(shaded[near], outlines[which]))
        for piece, area, mm2 in zip(near.tolist(), which.tolist(), covered.tolist(), strict=True):
            if mm2 > 0:
                patch = held[patch_of[mine[piece]]]
                patch[slots[area]] = patch.get(slots[area], 0.0) + mm2
    return [patch for patch in held if patch]


def _joined_at_the_midline(pieces: list[tuple[Half, Geometry]]) -> list[int]:
    """Return for each piece the number of its patch: left and right ones that meet are one."""
    patch_of = list(range(len(pieces)))
    spans = [
        (number, half, *cut.bounds[1::2])
        for number, (half, piece) in enumerate(pieces)
        if piece.bounds[0] <= 0 and not (cut := shapely.intersection(piece, _AXIS)).is_empty
    ]
    for one, half, low, high in spans:
        for other, other_half, other_low, other_high in spans:
            if half == "left" != other_half and low <= other_high and other_low <= high:
                old, new = patch_of[other], patch_of[one]
                patch_of = [new if patch == old else patch for patch in patch_of]
    return patch_of
