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
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from bodymap.atlas import files, referral
from bodymap.atlas.model import Point, View
from bodymap.atlas.zones import outline_mm
from tools.figure.canvas import VIEWS, Array, Canvas, canvases, pieces, ring_of
from tools.figure.curves import ring_cubics

REPOSITORY = Path(__file__).resolve().parents[2]

# Gaps narrower than twice the first melt together; corners get at least the second as radius; the
# third makes good what the rounding takes from the zones.
MELT_MM, ROUND_MM, GROW_MM = 14.0, 7.0, 1.5
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
            oval = Polygon(ring).buffer(0).intersection(_LEFT_HALF)
            (both if use.both_sides else left).append(oval)
    one_sided = _melted(unary_union([*left, *both])).intersection(_LEFT_HALF)
    both_sided = _melted(unary_union([*both, *map(_mirrored, both)]))
    skin = canvas.half_skin
    whole = unary_union([skin, _mirrored(skin)]).buffer(-_FIT_ERROR_MM)
    return _softened(unary_union([one_sided, both_sided])).intersection(whole)


_LEFT_HALF = box(0, -200, 3000, 4000)


def _melted(zones: BaseGeometry) -> BaseGeometry:
    if zones.is_empty:
        return zones
    closed = zones.buffer(MELT_MM, quad_segs=24).buffer(-MELT_MM - ROUND_MM, quad_segs=24)
    return closed.buffer(ROUND_MM + GROW_MM, quad_segs=24)


def _softened(shape: BaseGeometry) -> BaseGeometry:
    """Round the corners that the midline cut, and fill what small holes are left."""
    rounded = shape.buffer(-ROUND_MM / 2, quad_segs=24).buffer(ROUND_MM / 2, quad_segs=24)
    return unary_union([Polygon(piece.exterior) for piece in pieces(rounded)])


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
