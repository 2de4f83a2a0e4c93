"""Where a trigger point is said to send pain: the zones of the body, and the pattern of each point.

Everything here is clinical teaching put into data (data/referred_pain/), never a finding. A zone
is a soft patch of the body with a name, given in the frame or along a limb; a pattern says which
zones are essential (where the teaching places the pain first) and which are spill-over (felt by
some people only).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from bodymap.atlas.files import XY, Slug, SpacedList, Strict, Words, json_of, rows_of, validated
from bodymap.atlas.model import VIEWS, Array, DataError, Landmark, Point, View
from bodymap.atlas.texts import Statement

Role = Literal["essential", "spill-over"]
ROLES: tuple[Role, ...] = ("essential", "spill-over")

# Words of a part, and the share of the zone they stand for: from its upper or inner edge.
_SHARES = {"half": 1 / 2, "third": 1 / 3, "two-thirds": 2 / 3, "quarter": 1 / 4}
_PART = re.compile(
    rf"(upper|lower|inner|outer|middle|rear) ({'|'.join(sorted(_SHARES, key=len, reverse=True))})"
)

_Span = Annotated[
    list[Annotated[float, Field(allow_inf_nan=False)]], Field(min_length=2, max_length=2)
]
_ZoneId = Annotated[str, Field(pattern=r"^[A-Z]{2}\d{1,2}$")]
_Cited = Annotated[
    list[Annotated[str, Field(pattern=r"^(S\d+[a-z]?|[DG])$")]], Field(min_length=1), SpacedList
]


@dataclass(frozen=True, slots=True)
class Slice:
    """A share of a zone: `down` from its upper (or upper-limb) edge, `across` from its inner."""

    down: tuple[float, float] = (0.0, 1.0)
    across: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Rung:
    """A cross-section of a limb: its place along the limb, its inner and outer end (frame)."""

    along: float
    inner: tuple[float, float]
    outer: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class ZoneShape:
    """How a zone looks in one view, left copy: a patch of the frame, or a band along a limb.

    `patch` holds rows of frame points, (rows, columns, 2), from the upper to the lower edge, each
    from inner to outer; of a limb band it is empty, and `rungs`, `along` and `across` say where it
    lies. `is_edge` tells that the zone lies on the side of the body, so that this view sees only
    a strip of it; its shape then reaches beyond the skin, which cuts it.
    """

    view: View
    is_edge: bool
    patch: Array
    rungs: tuple[Rung, ...]
    along: tuple[float, float]
    across: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """A nameable patch of the body that a pattern can name.

    `limits` are x and y in the frame between which it lies, None for zones along a limb. `areas`
    are the areas of the map that it reaches.
    """

    id: str
    name: str
    clinical_name: str
    limits: tuple[tuple[float, float], tuple[float, float]] | None
    areas: tuple[str, ...]
    shapes: Mapping[View, ZoneShape]

    @property
    def views(self) -> tuple[View, ...]:
        """The views in which the zone can be seen, back before front."""
        return tuple(view for view in VIEWS if view in self.shapes)


@dataclass(frozen=True, slots=True)
class ZoneUse:
    """A zone, or a part of it ("upper third"; "" for all of it), as a pattern names it."""

    zone_id: str
    part: str
    both_sides: bool
    views: tuple[View, ...]
    sources: tuple[str, ...]

    @property
    def slice(self) -> Slice:
        """The part as shares of the zone."""
        return slice_of(self.part)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where one trigger point is said to send pain, and what its sources disagree about."""

    point_id: str
    essential: tuple[ZoneUse, ...]
    spill_over: tuple[ZoneUse, ...]
    disputed: tuple[Statement, ...]

    def uses(self, role: Role) -> tuple[ZoneUse, ...]:
        """Return the zones of one role."""
        return self.essential if role == "essential" else self.spill_over

    @property
    def views(self) -> tuple[View, ...]:
        """The views that show something of the pattern, back before front."""
        seen = {view for role in ROLES for use in self.uses(role) for view in use.views}
        return tuple(view for view in VIEWS if view in seen)


class _RungEntry(Strict):
    along: Annotated[float, Field(ge=0, le=2)]
    inner: XY | Words
    outer: XY | Words


class _ShapeEntry(Strict):
    view: View
    edge: bool = False
    rows: Annotated[list[Annotated[list[XY], Field(min_length=2)]], Field(min_length=2)] | None = (
        None
    )
    limb: Slug | None = None
    along: _Span | None = None
    across: _Span | None = None


class _Limits(Strict):
    x: _Span
    y: _Span


class _ZoneEntry(Strict):
    id: _ZoneId
    name: Words
    clinical: Words
    limits: _Limits | None = None
    areas: Annotated[list[Slug], Field(min_length=1)]
    shapes: Annotated[list[_ShapeEntry], Field(min_length=1)]


class _ZonesFile(Strict):
    limbs: dict[Slug, Annotated[list[_RungEntry], Field(min_length=2)]]
    zones: list[Any]


class _PatternRow(Strict):
    point_id: Slug
    role: Role
    zone: _ZoneId
    part: str
    both_sides: Literal["yes", "no"]
    views: Annotated[list[View], Field(min_length=1), SpacedList]
    sources: _Cited


class _DisputedRow(Strict):
    points: Annotated[list[Slug], Field(min_length=1), SpacedList]
    text: Words
    sources: _Cited


def slice_of(part: str) -> Slice:
    """Read a part: "", "upper third", "outer half", "lower third, middle half" …

    "middle" is meant across, save alone ("middle third"), where it is meant down; "rear" leaves
    the shape whole, because the row then names the back view only.

    Raises:
        ValueError: the words are no part.
    """
    found = Slice()
    words = part.split(", ") if part else []
    for word in words:
        match = _PART.fullmatch(word)
        if match is None:
            raise ValueError(f"{part!r} is no part of a zone, such as 'upper third'")
        where, share = match[1], _SHARES[match[2]]
        margin = (1 - share) / 2
        span = {"upper": (0.0, share), "inner": (0.0, share), "rear": (0.0, 1.0)}.get(
            where, (margin, 1 - margin) if where == "middle" else (1 - share, 1.0)
        )
        if where in ("upper", "lower") or (where == "middle" and len(words) == 1):
            found = Slice(span, found.across)
        else:
            found = Slice(found.down, span)
    return found


def in_words(use: ZoneUse, zone: Zone) -> str:
    """Return a zone use in plain words: "inner border of the shoulder blade, upper third"."""
    return ", ".join(filter(None, (zone.name, use.part, "both sides" if use.both_sides else "")))


def read_zones(path: Path, landmarks: tuple[Landmark, ...]) -> dict[str, Zone]:
    """Read data/referred_pain/zones.json; `landmarks` say where the anchors of the limbs lie."""
    limb_entries, entries = read_zone_entries(path)
    anchors = {mark.anchor: (mark.x, mark.y) for mark in landmarks if mark.anchor}
    limbs = {
        name: tuple(_rung(rung, anchors, where) for where, rung in rungs)
        for name, rungs in limb_entries.items()
    }
    return {entry.id: _zone(entry, limbs, where) for where, entry in entries}


def read_zone_entries(
    path: Path,
) -> tuple[dict[str, list[tuple[str, _RungEntry]]], list[tuple[str, _ZoneEntry]]]:
    """Read zones.json as far as it can be judged without landmarks: limbs and zones."""
    file = validated(_ZonesFile, json_of(path, dict), path.name)
    limbs = {
        name: [(f"{path.name}, limb {name}, rung {n}", rung) for n, rung in enumerate(rungs, 1)]
        for name, rungs in file.limbs.items()
    }
    entries = []
    seen: set[str] = set()
    for number, one in enumerate(file.zones, start=1):
        name = one.get("id", number) if isinstance(one, dict) else number
        where = f"{path.name}, zone {name}"
        entry = validated(_ZoneEntry, one, where)
        if entry.id in seen:
            raise DataError(f"{where}, id: occurs twice.")
        seen.add(entry.id)
        entries.append((where, entry))
    return limbs, entries


def read_patterns(
    folder: Path, zones: Mapping[str, Zone], points: Mapping[str, Point]
) -> dict[str, Pattern]:
    """Read patterns.csv and disputed.csv of data/referred_pain; patterns in the order of points."""
    uses: dict[tuple[str, Role], list[ZoneUse]] = {}
    for where, row in read_pattern_rows(folder / "patterns.csv"):
        _refuse_unless_trigger(row.point_id, points, f"{where}, point_id")
        zone = zones.get(row.zone)
        if zone is None:
            raise DataError(f"{where}, zone: {row.zone} isn't in zones.json.")
        for view in row.views:
            if view not in zone.shapes:
                raise DataError(f"{where}, views: {row.zone} isn't seen from the {view}.")
        if "rear" in row.part and row.views != ["back"]:
            raise DataError(f"{where}, views: a rear part is seen from the back only.")
        use = ZoneUse(
            row.zone, row.part, row.both_sides == "yes", tuple(row.views), tuple(row.sources)
        )
        so_far = uses.setdefault((row.point_id, row.role), [])
        if any((use.zone_id, use.part) == (other.zone_id, other.part) for other in so_far):
            raise DataError(f"{where}, zone: {row.zone} is named twice for this point and role.")
        so_far.append(use)
    disputed: dict[str, list[Statement]] = {}
    for where, row in read_disputed_rows(folder / "disputed.csv"):
        for id_ in row.points:
            _refuse_unless_trigger(id_, points, f"{where}, points")
            disputed.setdefault(id_, []).append(Statement(row.text, tuple(row.sources), False))
    return {
        id_: Pattern(
            id_,
            tuple(uses.get((id_, "essential"), ())),
            tuple(uses.get((id_, "spill-over"), ())),
            tuple(disputed.get(id_, ())),
        )
        for id_ in points
        if any((id_, role) in uses for role in ROLES)
    }


def read_pattern_rows(path: Path) -> list[tuple[str, _PatternRow]]:
    """Read patterns.csv as far as it can be judged without zones and points."""
    rows = list(rows_of(path, _PatternRow))
    for where, row in rows:
        try:
            slice_of(row.part)
        except ValueError as error:
            raise DataError(f"{where}, part: {error}.") from None
    return rows


def read_disputed_rows(path: Path) -> list[tuple[str, _DisputedRow]]:
    """Read disputed.csv as far as it can be judged without the points."""
    return list(rows_of(path, _DisputedRow))


def _refuse_unless_trigger(id_: str, points: Mapping[str, Point], where: str) -> None:
    if id_ not in points or points[id_].kind != "trigger":
        raise DataError(f"{where}: {id_} is no trigger point of points.csv.")


def _rung(entry: _RungEntry, anchors: Mapping[str, tuple[float, float]], where: str) -> Rung:
    ends = []
    for end, given in (("inner", entry.inner), ("outer", entry.outer)):
        if isinstance(given, str):
            if given not in anchors:
                raise DataError(f"{where}, {end}: {given} is no anchor of landmarks.csv.")
            ends.append(anchors[given])
        else:
            ends.append((given[0], given[1]))
    return Rung(entry.along, ends[0], ends[1])


def _zone(entry: _ZoneEntry, limbs: Mapping[str, tuple[Rung, ...]], where: str) -> Zone:
    limits = entry.limits
    box = None if limits is None else (_span(limits.x), _span(limits.y))
    shapes: dict[View, ZoneShape] = {}
    for shape in entry.shapes:
        at = f"{where}, {shape.view}"
        if shape.view in shapes:
            raise DataError(f"{at}: the view occurs twice.")
        shapes[shape.view] = _shape(shape, box, limbs, at)
    return Zone(
        id=entry.id,
        name=entry.name,
        clinical_name=entry.clinical,
        limits=box,
        areas=tuple(entry.areas),
        shapes=MappingProxyType(shapes),
    )


def _shape(entry: _ShapeEntry, box, limbs: Mapping[str, tuple[Rung, ...]], where: str) -> ZoneShape:
    on_limb = (entry.limb, entry.along, entry.across)
    if entry.limb is not None and entry.along is not None and entry.across is not None:
        if entry.limb not in limbs:
            raise DataError(f"{where}, limb: there is no limb {entry.limb}.")
        if entry.rows is not None:
            raise DataError(f"{where}, rows: a zone along a limb has none.")
        patch = np.empty((0, 0, 2))
        spans = _span(entry.along), _span(entry.across)
        return ZoneShape(entry.view, entry.edge, patch, limbs[entry.limb], *spans)
    if any(value is not None for value in on_limb):
        raise DataError(f"{where}, limb: a zone along a limb needs limb, along and across.")
    if entry.rows is None and box is None:
        raise DataError(f"{where}, rows: a zone without limits needs rows or a limb.")
    if entry.rows is None:
        (left, right), (top, bottom) = box
        rows = [[[left, top], [right, top]], [[left, bottom], [right, bottom]]]
    else:
        rows = entry.rows
    if len({len(row) for row in rows}) != 1:
        raise DataError(f"{where}, rows: every row must have the same number of points.")
    patch = np.array(rows, dtype=np.float64)
    patch.setflags(write=False)
    return ZoneShape(entry.view, entry.edge, patch, (), (0.0, 0.0), (0.0, 0.0))


def _span(pair: list[float]) -> tuple[float, float]:
    return pair[0], pair[1]
