"""Fingers and toes: creases at the joints, nails, and the lines between the toes.

Their joints are in the mesh, so they are drawn from those and not from the frame of the map.
"""

from itertools import pairwise

import numpy as np
from shapely.geometry import Polygon

from tools.figure import vector
from tools.figure.bodies import Body
from tools.figure.outline import rim_from
from tools.figure.strokes import Stroke

FINGERS = (2, 3, 4, 5)
TOES = (1, 2, 3, 4, 5)
# Of the half-width of a finger: how far its creases and the sides of its nail reach.
CREASE_SHARE, NAIL_SHARE = 0.62, 0.6


def finger_strokes(body: Body, shape: Polygon, view: str) -> list[Stroke]:
    """Creases of the palm side (front view); knuckles and nails of the back view."""
    strokes = []
    for finger in FINGERS:
        joints = [body.joint(f"l-finger-{finger}-{number}") for number in (1, 2, 3, 4)]
        for before, joint, after in zip(joints, joints[1:], joints[2:], strict=False):
            strokes.append(_crease(shape, joint, after - before, view))
        if view == "back":
            strokes.append(_finger_nail(shape, joints[2], joints[3]))
    return strokes


def _across(shape: Polygon, at: np.ndarray, along: np.ndarray) -> tuple[np.ndarray, float]:
    """Unit vector across a finger, away from the midline, and the finger's half-width."""
    normal = np.array([-along[1], along[0]])
    normal = normal if normal[0] > 0 else -normal
    edges = [np.hypot(*(rim_from(shape, at, side * normal) - at)) for side in (1, -1)]
    return normal, float(min(edges))


def _crease(shape: Polygon, joint: np.ndarray, along: np.ndarray, view: str) -> Stroke:
    along = along / np.hypot(*along)
    normal, half = _across(shape, joint, along)
    bow = 0.8 if view == "front" else -1.4
    reach = CREASE_SHARE * half
    line = [joint - normal * reach, joint + along * bow, joint + normal * reach]
    return Stroke(vector.curve_through(line, 0.5), 0.8, 0.42 if view == "front" else 0.36)


def _finger_nail(shape: Polygon, last_joint: np.ndarray, tip: np.ndarray) -> Stroke:
    along = (tip - last_joint) / np.hypot(*(tip - last_joint))
    middle = (last_joint + 2 * tip) / 3
    normal, half = _across(shape, middle, along)
    edge = rim_from(shape, middle, along)
    side = normal * NAIL_SHARE * half
    line = [
        edge - along * 1.2 - side,
        edge - along * 6.5 - side,
        edge - along * 9.2,
        edge - along * 6.5 + side,
        edge - along * 1.2 + side,
    ]
    return Stroke(vector.curve_through(line, 0.5), 0.8, 0.5, (0.2, 0.2))


def toe_strokes(body: Body) -> list[Stroke]:
    """The lines between the toes and the nails (front view)."""
    strokes = []
    tops = {toe: body.joint(f"l-toe-{toe}-1") for toe in TOES}
    tips = {toe: body.joint(f"l-toe-{toe}-{3 if toe == 1 else 4}") for toe in TOES}
    for toe, beside in pairwise(TOES):
        # The gap lies half-way between neighbours, but beside the broad big toe further out.
        share = 0.62 if toe == 1 else 0.5
        tip = tips[toe] * (1 - share) + tips[beside] * share
        top = min(tops[toe][1], tops[beside][1])
        line = [(tip[0] - 0.6, top - 2.0), (tip[0], tip[1] + 4), (tip[0] + 0.4, 6.0)]
        strokes.append(Stroke(vector.curve_through(line, 0.6), 1.3, 0.75, (0.5, 0.25)))
    for toe, tip in tips.items():
        half, rise = (7.5, 8.5) if toe == 1 else (3.6, 5.0)
        line = [
            tip + np.array([-half, 1.5]),
            tip + np.array([-half * 0.72, rise * 0.8]),
            tip + np.array([0.0, rise]),
            tip + np.array([half * 0.72, rise * 0.8]),
            tip + np.array([half, 1.5]),
        ]
        strokes.append(Stroke(vector.curve_through(line, 0.5), 0.8, 0.42, (0.3, 0.3)))
    return strokes
