"""Draw where each trigger point is said to send pain: soft shapes on every measured body.

Reads data/ only and writes data/figures/<body>-patterns.json, the same bytes every time. A shape
is the union of the zones that data/referred_pain names for a point, a role and a view, melted: gaps
and notches between zones are closed, corners rounded, and what lies beyond the skin is cut off. It
is the left copy; it stays left of the midline unless a zone is named for both sides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from shapely import LineString, Polygon, box, make_valid
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, unary_union

from bodymap.atlas import files, referral
from bodymap.atlas.model import Point, View
from bodymap.atlas.zones import outline_mm
from tools.figure.canvas import VIEWS, Array, Canvas, canvases, pieces, ring_of
from tools.figure.curves import ring_cubics

REPOSITORY = Path(__file__).resolve().parents[2]

# Zones this near grow a neck of this half-width between them, and notches narrower than twice
# MELT_MM close.
NEAR_MM, NECK_MM, MELT_MM = 24.0, 11.0, 18.0
# Corners get the largest of these radii that still leaves each zone its share; the growth makes
# good some of what the rounding takes.
ROUND_MM, GROW_MM, LEAST_LEFT = (22.0, 18.0, 15.0, 12.0, 9.5, 7.5, 5.5, 4.0, 3.0), 1.5, 0.99
# A zone that comes this near to the midline meets its mirror image there.
_AT_MIDLINE_MM = 8.0
# Curves are fitted, so they may stray by the error: the skin is drawn in by as much beforehand.
_FIT_ERROR_MM = 0.4
_SMALLEST_MM2 = 60.0


def build(repository: Path = REPOSITORY) -> list[Path]:
    """Draw every pattern on every measured body and return the files written, in order."""
    data = repository / "data"
    zones = referral.read_zones(
        data / "referred_pain" / "zones.json", files.read_landmarks(data / "landmarks.csv")
    )
    patterns = referral.read_patterns(data / "referred_pain", zones, _points(data))
    drawn: dict[str, dict[str, list[dict]]] = {}
    for canvas in canvases(data):
        drawn.setdefault(canvas.body, {})[canvas.view] = [
            {"point": pattern.point_id, "role": role, "curves_mm": curves}
            for pattern in patterns.values()
            for role in referral.ROLES
            if (curves := _curves(pattern.uses(role), zones, canvas))
        ]
    written = []
    for body, views in sorted(drawn.items()):
        target = data / "figures" / f"{body}-patterns.json"
        target.write_text(_text(views), encoding="utf-8")
        written.append(target)
    return written


def shape_mm(
    uses: Iterable[referral.ZoneUse], zones: dict[str, referral.Zone], canvas: Canvas
) -> BaseGeometry:
    """Return the melted shape of some zones in the view of a canvas, millimetres."""
    view: View = "back" if canvas.view == "back" else "front"
    left, both = [], []
    for use in uses:
        if view in use.views:
            ring = outline_mm(zones[use.zone_id].shapes[view], use.slice, canvas.warp)
            oval = make_valid(Polygon(ring)).intersection(_LEFT_HALF)
            (both if use.both_sides else left).append(oval)
    skin = unary_union([canvas.half_skin, _mirrored(canvas.half_skin)])
    pairs = [_with_mirror_image(zone) for zone in both]
    # Zones at the midline are melted together with the other side, and only then cut: the cut is
    # clean then, not notched between two of them. What grows afterwards stops at the midline.
    others = [_mirrored(zone) for zone in left if zone.bounds[0] < _AT_MIDLINE_MM / 4]
    one_sided = _melted([*left, *others, *pairs], skin).intersection(_LEFT_OF_GROWTH)
    shape = unary_union([one_sided, _melted(pairs, skin)])
    return _rounded(shape, [*left, *pairs], skin).intersection(skin.buffer(-_FIT_ERROR_MM))


_LEFT_HALF = box(0, -200, 3000, 4000)
_LEFT_OF_GROWTH = box(GROW_MM, -200, 3000, 4000)


def _with_mirror_image(zone: BaseGeometry) -> BaseGeometry:
    pair = unary_union([zone, _mirrored(zone)])
    return pair.convex_hull if zone.bounds[0] < _AT_MIDLINE_MM else pair


def _melted(zones: list[BaseGeometry], skin: BaseGeometry) -> BaseGeometry:
    """Join zones that lie near each other, unless air lies between, and close their notches."""
    necks = []
    for number, zone in enumerate(zones):
        for other in zones[number + 1 :]:
            if 0 < zone.distance(other) < NEAR_MM:
                neck = LineString(nearest_points(zone.intersection(skin), other.intersection(skin)))
                if skin.contains(neck) and neck.length < NEAR_MM:
                    necks.append(neck.buffer(NECK_MM, quad_segs=24))
    joined = unary_union([*zones, *necks])
    return joined.buffer(MELT_MM, quad_segs=24).buffer(-MELT_MM, quad_segs=24)


def _rounded(shape: BaseGeometry, zones: list[BaseGeometry], skin: BaseGeometry) -> BaseGeometry:
    """Round the corners as much as the zones allow, and fill the holes; piece by piece."""
    return unary_union([_rounded_piece(piece, zones, skin) for piece in pieces(shape)])


def _rounded_piece(piece: Polygon, zones: list[BaseGeometry], skin: BaseGeometry) -> BaseGeometry:
    held = [
        part.intersection(skin)
        for zone in zones
        if (part := zone.intersection(piece)).intersects(skin)
    ]
    soft: BaseGeometry = piece
    for radius in ROUND_MM:
        shrunk = piece.buffer(-radius, quad_segs=24)
        soft = shrunk.buffer(radius + GROW_MM, quad_segs=24)
        whole = len(pieces(shrunk)) == 1
        if whole and all(soft.intersection(part).area >= LEAST_LEFT * part.area for part in held):
            break
    return unary_union([Polygon(part.exterior) for part in pieces(soft)])


def _curves(
    uses: tuple[referral.ZoneUse, ...], zones: dict[str, referral.Zone], canvas: Canvas
) -> list[list[list[float]]]:
    shape = shape_mm(uses, zones, canvas)
    return [_curve(ring_of(piece)) for piece in pieces(shape, _SMALLEST_MM2)]


def _curve(ring: Array) -> list[list[float]]:
    """Fit cubics to a ring and write them as knot, handle, handle, knot, … to 0.1 mm."""
    cubics = ring_cubics(ring, _FIT_ERROR_MM)
    points = np.round(np.vstack([cubic[:3] for cubic in cubics]), 1) + 0.0
    return points.tolist()


def _mirrored(shape: BaseGeometry) -> BaseGeometry:
    parts = [Polygon((ring_of(part) * [-1, 1])[::-1]) for part in pieces(shape)]
    return unary_union(parts)


def _points(data: Path) -> dict[str, Point]:
    """Read the points without asking which area holds them, which needs more than this stage."""
    return files.read_points(data / "points.csv", lambda *_: "")


def _text(views: dict[str, list[dict]]) -> str:
    """Write one shape per line, so that a change of one pattern is one line of a diff."""
    parts = []
    for view in VIEWS:
        rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in views[view])
        parts.append(f'"{view}": [\n{rows}\n]')
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    for file in build():
        print(f"{file.relative_to(REPOSITORY)}  {file.stat().st_size / 1024:.0f} KB")
