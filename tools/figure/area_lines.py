"""Cut the frame into areas and write their outlines into data/areas.json.

    python -m tools.figure.area_lines

The lines run between landmarks on one side (x >= 0) and overshoot the skin; where one ends on
another, both hold that vertex. They are drawn as smooth curves, cut into a net, and each face of
the net belongs to the area that has its seed there, so neighbours share their borders exactly.
Names, groups and the like in data/areas.json are left as they are.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import shapely
from shapely import LineString, Point, Polygon, box
from shapely.ops import polygonize, unary_union

from bodymap.atlas.frame import ASPECT
from tools.figure.canvas import ring_of
from tools.figure.vector import curve_through

Line = list[tuple[float, float]]

AREAS = Path(__file__).resolve().parents[2] / "data" / "areas.json"

_FAR = 3.2
_TOP, _BOTTOM = -0.62, 2.5
_STEP = 0.012
_SIMPLER = 0.003
_DECIMALS = 4

_ARM: list[Line] = [
    [(0.80, 0.325), (0.93, 0.335), (1.065, 0.332), (1.265, 0.317), (1.42, 0.305), (_FAR, 0.25)],
    [(0.885, 0.526), (0.96, 0.52), (1.218, 0.501), (1.52, 0.478), (_FAR, 0.40)],
    [(0.95, 0.628), (1.05, 0.619), (1.313, 0.595), (1.61, 0.568), (_FAR, 0.50)],
    [(1.24, 0.925), (1.41, 0.913), (1.639, 0.892), (1.87, 0.871), (_FAR, 0.80)],
]
# Runs through the gap between arm and trunk, and stays as it is: bending it could touch skin.
_ARM_GAP: Line = [
    (0.80, 0.325), (0.80, 0.38), (0.85, 0.46), (0.885, 0.526), (0.95, 0.628), (1.0, 0.69),
    (1.10, 0.79), (1.24, 0.925), (1.28, 1.10), (1.30, 1.40),
]  # fmt: skip
_LEG: list[Line] = [
    [(0, 1.40), (1.30, 1.40), (_FAR, 1.40)],
    [(0, 1.555), (_FAR, 1.555)],
    [(0, 2.075), (_FAR, 2.075)],
]
_SHOULDER: list[Line] = [
    [(0.92, 0.108), (1.0, 0.085), (1.03, 0), (1.03, -0.06)],
    [(0.325, -0.012), (0.40, -0.06), (1.03, -0.06), (_FAR, -0.06)],
]

LINES: dict[str, list[Line]] = {
    "back": [
        *_ARM, *_LEG, *_SHOULDER,
        [(0, -0.149), (0.10, -0.148), (0.22, -0.138), (0.32, -0.122), (_FAR, -0.122)],
        [(0, 0.021), (0.10, 0.0212), (0.17, 0.022), (0.28, 0.012), (0.325, -0.012)],
        [(0.17, 0.022), (0.27, 0.055), (0.355, 0.104)],
        [(0.355, 0.104), (0.62, 0.100), (0.92, 0.108)],
        [(0.92, 0.108), (0.90, 0.16), (0.865, 0.22), (0.82, 0.29), (0.80, 0.325)],
        [(0.10, 0.0212), (0.10, 0.288)],
        [(0.355, 0.104), (0.385, 0.19), (0.42, 0.288)],
        [(0, 0.288), (0.10, 0.288), (0.42, 0.288), (0.60, 0.315), (0.80, 0.325)],
        [(0, 0.45), (0.10, 0.45), (0.40, 0.45), (0.85, 0.46)],
        [(0, 0.288), (0, 0.45)],
        [(0.10, 0.45), (0.10, 0.672)],
        [
            (0, 0.672), (0.10, 0.672), (0.25, 0.672), (0.34, 0.660), (0.44, 0.643), (0.54, 0.634),
            (0.62, 0.639), (0.70, 0.652), (0.80, 0.66), (1.0, 0.66),
        ],
        [(0.25, 0.672), (0.25, 0.715), (0.18, 0.78), (0.08, 0.845), (0, 0.872)],
        [(0.62, 0.639), (0.63, 0.75), (0.64, 0.88), (0.66, 0.995)],
        [(0, 0.985), (0.20, 1.0), (0.45, 1.002), (0.66, 0.995), (0.90, 0.985), (1.28, 0.97)],
        [(0, 0.872), (0, _BOTTOM)],
    ],
    "front": [
        *_ARM, *_LEG, *_SHOULDER,
        [
            (0, -0.032), (0.07, -0.0328), (0.18, -0.055), (0.255, -0.09), (0.30, -0.122),
            (_FAR, -0.122),
        ],
        [
            (0.07, -0.0328), (0.078, -0.062), (0.108, -0.092), (0.145, -0.127), (0.195, -0.168),
            (0.318, -0.174), (0.30, -0.122),
        ],
        [(0.325, -0.012), (0.350, 0.03), (0.350, 0.072), (0.30, 0.103)],
        [(0.30, 0.103), (0.13, 0.112), (0, 0.112)],
        [(0.30, 0.103), (0.45, 0.100), (0.65, 0.095), (0.92, 0.108)],
        [(0.92, 0.108), (0.86, 0.17), (0.83, 0.24), (0.81, 0.30), (0.80, 0.325)],
        [(0, 0.112), (0, 0.395)],
        [(0, 0.395), (0.30, 0.40), (0.60, 0.41), (0.845, 0.43), (0.9, 0.43)],
        [(0, 0.645), (0.40, 0.645), (1.0, 0.645)],
        [(0, 0.877), (0.20, 0.862), (0.45, 0.805), (0.64, 0.745), (0.80, 0.705), (1.1, 0.69)],
        [(0.45, 0.805), (0.50, 0.86), (0.54, 0.982)],
        [(0, 0.985), (0.20, 0.985), (0.54, 0.982), (0.90, 0.985), (1.28, 0.97)],
        [(0, 0.877), (0, _BOTTOM)],
    ],
}  # fmt: skip

_LIMB_SEEDS = {
    "upper-arm": (1.15, 0.42), "elbow": (1.26, 0.55), "forearm": (1.45, 0.72),
    "hand": (1.80, 1.05), "thigh": (0.50, 1.2), "knee": (0.58, 1.475), "foot": (0.6, 2.2),
}  # fmt: skip
SEEDS: dict[str, dict[tuple[str, str], tuple[float, float]]] = {
    "back": {
        **{(f"{limb}-back", "left"): at for limb, at in _LIMB_SEEDS.items()},
        ("calf", "left"): (0.6, 1.8),
        ("head-back", "midline"): (0.1, -0.25),
        ("neck-back", "midline"): (0.1, -0.06),
        ("top-of-shoulder-back", "left"): (0.6, 0.07),
        ("shoulder-back", "left"): (1.08, 0.2),
        ("shoulder-blade", "left"): (0.6, 0.18),
        ("interscapular", "left"): (0.22, 0.16),
        ("interscapular", "midline"): (0.05, 0.16),
        ("mid-back", "left"): (0.4, 0.37),
        ("lower-back", "left"): (0.35, 0.56),
        ("lower-back", "midline"): (0.05, 0.56),
        ("sacrum", "midline"): (0.05, 0.74),
        ("buttock", "left"): (0.35, 0.85),
        ("outer-hip-back", "left"): (0.75, 0.8),
    },
    "front": {
        **{(f"{limb}-front", "left"): at for limb, at in _LIMB_SEEDS.items()},
        ("shin", "left"): (0.6, 1.8),
        ("head-front", "midline"): (0.05, -0.25),
        ("jaw", "left"): (0.24, -0.13),
        ("neck-front", "midline"): (0.1, 0.04),
        ("top-of-shoulder-front", "left"): (0.6, 0.06),
        ("shoulder-front", "left"): (1.05, 0.2),
        ("chest", "left"): (0.4, 0.25),
        ("abdomen-upper", "midline"): (0.1, 0.5),
        ("abdomen-lower", "midline"): (0.1, 0.75),
        ("groin", "left"): (0.25, 0.93),
        ("outer-hip-front", "left"): (0.75, 0.85),
    },
}


def outlines(view: str) -> dict[tuple[str, str], list[list[float]]]:
    """Cut one view: (area id, side) -> closed ring in the frame, both sides and midline.

    Raises:
        ValueError: a face has no seed or two, or a seed lies on a line.
    """
    half = box(0, _TOP, _FAR, _BOTTOM)
    net = unary_union([half.boundary, LineString(_ARM_GAP), *map(_curve, LINES[view])])
    # About a millimetre on a figure; keeps the file short enough to read a change in it.
    faces = list(shapely.coverage_simplify(list(polygonize(net)), _SIMPLER))
    found: dict[tuple[str, str], list[list[float]]] = {}
    for (name, side), at in SEEDS[view].items():
        holding = [face for face in faces if face.contains(Point(at))]
        if len(holding) != 1:
            raise ValueError(f"{view}: the seed of {name} ({side}) lies in {len(holding)} faces")
        faces.remove(holding[0])
        ring = np.round(ring_of(holding[0]), _DECIMALS) + 0.0
        mirrored = (ring * [-1, 1])[::-1] + 0.0
        if side == "midline":
            whole = unary_union([Polygon(ring), Polygon(mirrored)])
            found[name, side] = (ring_of(whole) + 0.0).tolist()
        else:
            found[name, "left"], found[name, "right"] = ring.tolist(), mirrored.tolist()
    if faces:
        raise ValueError(f"{view}: {len(faces)} faces hold no seed")
    return found


def _curve(line: Line) -> LineString:
    """Draw a smooth curve through the vertices, which stay on it to the last digit."""
    far = [line[-1]] if line[-1][0] == _FAR else []
    near = line[:-1] if far else line
    smooth = np.array(near)
    if len(near) > 2:
        smooth = curve_through([(x * ASPECT, y) for x, y in near], step=_STEP) / [ASPECT, 1]
    return LineString(np.round([*smooth, *far], _DECIMALS))


def write(path: Path = AREAS) -> None:
    """Replace the outlines in data/areas.json; everything else in it stays."""
    cut = {view: outlines(view) for view in LINES}
    areas = json.loads(path.read_text(encoding="utf-8"))
    blocks = []
    for area in areas:
        sides = list(area.pop("outlines"))
        facts = json.dumps(area, ensure_ascii=False)[:-1]
        rings = [
            f'    "{side}": {json.dumps(cut[area["view"]][area["id"], side])}' for side in sides
        ]
        blocks.append(f'  {facts},\n   "outlines": {{\n' + ",\n".join(rings) + "}}")
    path.write_text("[\n" + ",\n".join(blocks) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write()
