"""The schematic bones of one figure: our own curves between landmarks, warped to the body.

They are there to say where a muscle holds on and at which level a point lies, in the manner of a
leaflet, not of an atlas. Each bone hides those below it, so nothing is drawn twice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, Polygon
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from tools.figure import bone_shapes as shapes
from tools.figure.bone_shapes import VERTEBRAE, Bone, Ribbon
from tools.figure.canvas import SIDES, Canvas, pieces
from tools.figure.curves import line_cubics, path, ring_cubics, smooth_line, smooth_ring

Array = NDArray[np.float64]

_SEAM_MM = 0.7
_ROUNDING_MM = 0.7
_SMALLEST_PIECE_MM2 = 14.0
_ERROR_MM = 0.35
_RIB_MM = 8.5

# Region -> height of an arch, half width over the joints, of the spinous process, of the body.
_VERTEBRA_SIZES = {
    "C": (0.0205, 0.085, 0.026, 0.062),
    "T1": (0.033, 0.075, 0.023, 0.078),
    "T": (0.041, 0.074, 0.022, 0.084),
    "L": (0.044, 0.092, 0.033, 0.118),
}
_HIGH_THORACIC = ("T1", "T2", "T3", "T4")

_ROOT = (
    'fill="var(--bone,#fffaf0)" fill-opacity=".66" fill-rule="evenodd" '
    'stroke="var(--bone-line,#8f7657)" stroke-opacity=".62" stroke-width=".8" '
    'stroke-linejoin="round" stroke-linecap="round"'
)
_LINE = 'fill="none" stroke-opacity=".4" stroke-width=".7"'
_SOFT = 'fill-opacity=".38" stroke-opacity=".38"'


def layer(canvas: Canvas) -> str:
    """Return the bones of one view as SVG groups, lowest bone first."""
    drawn: list[tuple[str, bool, str, str]] = []
    covered: BaseGeometry = Polygon()
    for bone in _from_behind() if canvas.view == "back" else _from_the_front(canvas):
        whole = _shape(bone, canvas)
        seen = whole.difference(covered.buffer(_SEAM_MM))
        seen = seen.buffer(-_ROUNDING_MM / 2).buffer(_ROUNDING_MM / 2)
        covered = unary_union([covered, whole])
        lines = getattr(bone, "lines", ())
        drawn.append(
            (
                bone.group,
                getattr(bone, "soft", False),
                _rings(seen, canvas),
                "".join(_line(line, canvas) for line in lines),
            )
        )
    return _grouped(drawn[::-1])


def _grouped(drawn: list[tuple[str, bool, str, str]]) -> str:
    """Join neighbours of one group; a group may occur more than once, in drawing order."""
    parts = [f"<g {_ROOT}>"]
    open_group = None
    for group, soft, rings, lines in drawn:
        if group != open_group:
            parts.append(("</g>\n" if open_group else "\n") + f'<g data-bone="{group}">')
            open_group = group
        if rings:
            parts.append(f'<path d="{rings}"' + (f" {_SOFT}" if soft else "") + "/>")
        if lines:
            parts.append(f'<path d="{lines}" {_LINE}/>')
    return "".join(parts) + "</g>\n</g>"


def _from_behind() -> list[Bone | Ribbon]:
    """Return the bones seen from behind, nearest first."""
    spinous, arches, blocks = zip(*(_vertebra(level) for level in VERTEBRAE), strict=True)
    ribs = [_rib_from_behind(number) for number in shapes.RIB_FLANKS]
    return [
        shapes.SCAPULAR_SPINE,
        shapes.SCAPULA_BACK,
        *spinous,
        *arches,
        _atlas(),
        shapes.SKULL_BACK,
        shapes.HIP_BACK,
        shapes.SACRUM_BACK,
        shapes.COCCYX,
        *ribs,
        *blocks,
        shapes.PUBIS_BACK,
        shapes.FEMUR,
        shapes.FIBULA,
        shapes.TIBIA,
        shapes.CLAVICLE_BACK,
        *shapes.ARM_BACK,
    ]


def _from_the_front(canvas: Canvas) -> list[Bone | Ribbon]:
    """Return the bones seen from the front, nearest first."""
    ribs = [part for number in shapes.RIBS_FRONT for part in _rib_from_the_front(number)]
    return [
        shapes.CLAVICLE_FRONT,
        shapes.MANUBRIUM,
        shapes.STERNUM,
        shapes.XIPHOID,
        shapes.PATELLA,
        *ribs,
        shapes.CORACOID,
        shapes.ACROMION_FRONT,
        shapes.HIP_FRONT,
        shapes.FEMUR,
        shapes.TIBIA,
        shapes.FIBULA,
        shapes.SACRUM_FRONT,
        *shapes.ARM_FRONT,
        *_bodies(canvas),
        shapes.SCAPULA_FRONT,
    ]


def _vertebra(level: str) -> tuple[Bone, Bone, Bone]:
    """Return spinous process, arch with transverse processes, and the body behind them."""
    tip, above, reach = VERTEBRAE[level]
    arch = tip - above
    height, joint, blade, body = _VERTEBRA_SIZES["T1" if level in _HIGH_THORACIC else level[0]]
    lift = {"C": 0.06, "T": -0.16, "L": -0.12}[level[0]] * height
    thick = {"C": 0.20, "T": 0.15, "L": 0.11}[level[0]] * height
    spinous = (
        (0, arch - 0.30 * height),
        (blade * 0.7, arch - 0.24 * height),
        (blade * 0.8, (arch + tip) / 2),
        (blade, tip - 0.006),
        (blade * 0.75, tip + 0.001),
        (blade * 0.35, tip + 0.0035),
        (0, tip + 0.004),
    )
    processes = (
        (0, arch - 0.34 * height),
        (joint * 0.50, arch - 0.38 * height),
        (joint * 0.85, arch - 0.52 * height),
        (joint * 1.1, arch - 0.38 * height),
        (joint * 1.25, arch + lift - 1.3 * thick),
        (reach * 0.92, arch + lift - thick),
        (reach * 1.02, arch + lift),
        (reach * 0.92, arch + lift + thick),
        (joint * 1.2, arch + lift + 1.5 * thick),
        (joint * 0.95, arch + 0.30 * height),
        (joint * 0.80, arch + 0.52 * height),
        (joint * 0.40, arch + 0.44 * height),
        (0, arch + 0.34 * height),
    )
    middle = arch - 0.1 * height
    block = (
        (0, middle - 0.46 * height),
        (body, middle - 0.46 * height),
        (body * 0.93, middle),
        (body, middle + 0.46 * height),
        (0, middle + 0.46 * height),
    )
    return (
        Bone("spine", spinous, midline=True),
        Bone("spine", processes, midline=True),
        Bone("spine", block, midline=True, soft=True),
    )


def _atlas() -> Bone:
    return Bone(
        "spine",
        (
            (0, -0.1085), (0.07, -0.1105), (0.13, -0.1135), (0.185, -0.112), (0.200, -0.106),
            (0.18, -0.1005), (0.12, -0.1015), (0.06, -0.1025), (0, -0.1015),
        ),
        midline=True,
    )  # fmt: skip


def _bodies(canvas: Canvas) -> list[Bone]:
    """Return the vertebral bodies from the front.

    The front has its own frame heights, so the levels are carried over in millimetres.
    """
    heights = {
        level: canvas.landmarks_mm[level][1] for level in VERTEBRAE if level in canvas.landmarks_mm
    }
    levels = list(heights)
    found = []
    for level, following in zip(levels, [*levels[1:], None], strict=True):
        if heights[level] > canvas.landmarks_mm["chin"][1] - 12:
            continue
        gap = heights[level] - heights[following] if following else 24.0
        middle = heights[level] + VERTEBRAE[level][1] * canvas.trunk_mm
        half = {"C": 10.0, "T": 14.5, "L": 21.0}[level[0]] * canvas.stature_mm / 1665
        top, low = middle + gap * 0.40, middle - gap * 0.40
        corners = [(0, top), (half, top + 1), (half * 0.9, middle), (half, low - 1), (0, low)]
        ring = canvas.drawing_warp.to_frame(corners)
        ring[[0, -1], 0] = 0.0
        found.append(Bone("spine", tuple(map(tuple, ring)), midline=True))
    return found


def _rib_from_behind(number: int) -> Ribbon:
    level = f"T{number}"
    tip, above, reach = VERTEBRAE[level]
    start = tip - above - 0.006
    x, y = shapes.RIB_FLANKS[number]
    drop = y - start
    line = [
        (reach * 0.80, start),
        (reach + 0.30 * (x - reach), start + 0.10 * drop),
        (reach + 0.72 * (x - reach), start + 0.46 * drop),
        (x, y),
    ]
    if number <= 10:
        line.append((x * 0.992, y + 0.022))
    return Ribbon("ribs", tuple(line), _RIB_MM, (_RIB_MM, 2.5))


def _rib_from_the_front(number: int) -> list[Ribbon]:
    flank, low, end = shapes.RIBS_FRONT[number]
    middle = (flank[0] * 0.55 + low[0] * 0.45, flank[1] * 0.36 + low[1] * 0.64)
    hidden = (0.90, 0.014) if number <= 2 else (0.975, 0.020)
    bone = ((flank[0] * hidden[0], flank[1] - hidden[1]), flank, middle, low)
    bend = (low[0] * 0.72 + end[0] * 0.28, low[1] * 0.80 + end[1] * 0.20 + 0.004)
    return [
        Ribbon("ribs", bone, _RIB_MM, (2.5, _RIB_MM)),
        Ribbon("ribs", (low, bend, end), 7.0, (7.0, 7.0), soft=True),
    ]


def _shape(bone: Bone | Ribbon, canvas: Canvas) -> BaseGeometry:
    """Return a bone of both sides in figure millimetres, cut by the skin."""
    if isinstance(bone, Ribbon):
        half: BaseGeometry = _ribbon(bone, canvas)
    else:
        half = canvas.polygon(smooth_ring(bone.ring))
        for hole in bone.holes:
            half = half.difference(canvas.polygon(smooth_ring(hole)))
    half = half.intersection(canvas.half_skin.buffer(-2.0).union(canvas.midline_strip))
    return unary_union([half, scale(half, -1, 1, origin=(0, 0))])


def _ribbon(bone: Ribbon, canvas: Canvas) -> Polygon:
    line = LineString(canvas.to_figure(smooth_line(bone.line)))
    steps = np.linspace(0, 1, 40)
    points = np.array([line.interpolate(s, normalized=True).coords[0] for s in steps])
    along = np.gradient(points, axis=0)
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None]
    # Full width between the ends; both ends rounded off over the last tenth.
    width = np.interp(
        steps, [0, 0.12, 0.72, 1], [bone.ends[0], bone.width_mm, bone.width_mm, bone.ends[1]]
    )
    width *= np.sqrt(np.clip(np.minimum(steps, 1 - steps) / 0.02, 0.15, 1))
    offset = normal * (width / 2)[:, None]
    return Polygon(np.vstack([points + offset, (points - offset)[::-1]])).buffer(0)


def _rings(shape: BaseGeometry, canvas: Canvas) -> str:
    text = ""
    for piece in pieces(shape, _SMALLEST_PIECE_MM2):
        for ring in (piece.exterior, *piece.interiors):
            points = canvas.to_drawing(np.asarray(ring.coords)[:-1])
            text += path(ring_cubics(points, _ERROR_MM), closed=True)
    return text


def _line(line: tuple[tuple[float, float], ...], canvas: Canvas) -> str:
    points = canvas.to_figure(smooth_line(line))
    sides = SIDES if np.abs(points[:, 0]).max() > 0.1 else SIDES[:1]
    return "".join(
        path(line_cubics(canvas.to_drawing(points, side), _ERROR_MM), closed=False)
        for side in sides
    )
