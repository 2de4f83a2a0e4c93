"""Where the landmarks lie on a body: spine levels, bony points, joints, skin edges.

All from the base mesh alone (joint cubes, four vertices, the silhouette and the relief of the
back); there are no bones in it. Heights of the trunk follow the frame of the map (y = 0 at C7 to 1
at the gluteal fold); widths of bony points are fractions of stature. The numbers were compared
with anthropometry and with a bone model when the frame was designed; see README.md.

Every position is (x_mm, y_mm) on the person's left, y above the sole.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from shapely.geometry import Point, Polygon

from tools.figure.bodies import Body
from tools.figure.outline import half_width
from tools.figure.raster import Relief

INION_VERTEX, AXILLA_VERTEX, EAR_LOBE_VERTEX, NAVEL_VERTEX = 5544, 8110, 12340, 4116
# Absolute allowances below are for this stature and scale with it.
REFERENCE_STATURE_MM = 1665.0

# Heights in the frame (y = 0 at C7, 1 at the gluteal fold); C7 to L5 after Ernst 2013.
SPINE_LEVELS = {
    "C2": -0.09,
    "C4": -0.05,
    "T1": 0.034,
    "T2": 0.069,
    "T3": 0.103,
    "T4": 0.137,
    "T5": 0.18,
    "T6": 0.222,
    "T7": 0.265,
    "T8": 0.302,
    "T9": 0.338,
    "T10": 0.375,
    "T11": 0.412,
    "T12": 0.45,
    "L1": 0.49,
    "L2": 0.528,
    "L3": 0.567,
    "L4": 0.605,
    "L5": 0.65,
    "S2": 0.715,
}
LIMB_JOINTS = {
    "shoulder": "l-shoulder",
    "elbow": "l-elbow",
    "wrist": "l-hand",
    "knuckle 3": "l-finger-3-1",
    "thumb base": "l-finger-1-2",
    "thumb tip": "l-finger-1-4",
    "finger 3 tip": "l-finger-3-4",
    "finger 5 tip": "l-finger-5-4",
    "hip": "l-upper-leg",
    "knee": "l-knee",
    "ankle": "l-ankle",
    "eye": "l-eye",
}

Landmarks = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class TrunkScale:
    """Heights on one body of the frame's y; ``mm`` of stature-scaled allowances."""

    y_mm: Callable[[float], float]
    c7_mm: float
    fold_mm: float
    allowance: float

    @property
    def length_mm(self) -> float:
        """C7 to gluteal fold."""
        return self.c7_mm - self.fold_mm


def trunk_scale(body: Body, back: Relief) -> TrunkScale:
    """Piecewise linear heights through vertex, inion, C7, hip joint and gluteal fold."""
    stature = body.stature_mm
    c7 = body.joint("neck")[1] + 0.0045 * stature
    fold = gluteal_fold_height(back, stature)
    # The top of the trochanter (y = 0.867) is as high as the hip joint.
    frame = [-0.35, -0.145, 0.0, 0.867, 1.0]
    heights = [stature, body.vertices[INION_VERTEX, 1], c7, body.joint("l-upper-leg")[1], fold]
    return TrunkScale(
        y_mm=lambda y: float(np.interp(y, frame, heights)),
        c7_mm=float(c7),
        fold_mm=fold,
        allowance=stature / REFERENCE_STATURE_MM,
    )


def gluteal_fold_height(back: Relief, stature_mm: float) -> float:
    """Height of the deepest crease under the buttock: the median of four columns of the relief."""
    pixel = back.pixel_mm
    heights = back.top_mm - np.arange(back.depth_mm.shape[0]) * pixel
    window = (heights > 0.455 * stature_mm) & (heights < 0.50 * stature_mm)
    found = []
    for share in (0.030, 0.036, 0.042, 0.048):
        column = round(back.middle + share * stature_mm / pixel)
        depth = ndimage.gaussian_filter1d(back.depth_mm[:, column], 3 / pixel)
        bend = np.gradient(np.gradient(depth, pixel), pixel)
        found.append(heights[window][np.argmax(bend[window])])
    return float(np.median(found))


def landmarks(body: Body, shape: Polygon, back: Relief) -> tuple[Landmarks, TrunkScale]:
    """All bony points, levels and joints of a body by name, and the scale of its trunk."""
    scale = trunk_scale(body, back)
    found = {"vertex": _at(0, body.stature_mm), "inion": _at(0, body.vertices[INION_VERTEX, 1])}
    found["C7"] = _at(0, scale.c7_mm)
    found |= {name: _at(0, scale.y_mm(y)) for name, y in SPINE_LEVELS.items()}
    found |= {name: body.joint(cube) for name, cube in LIMB_JOINTS.items()}
    found |= _head_and_front(body, scale)
    found |= _shoulder_blade(body, shape, scale)
    found |= _pelvis(body, shape, scale, back)
    along = _unit(found["thumb tip"] - body.joint("l-finger-1-3"))
    found["thumbnail"] = found["thumb tip"] - 8 * scale.allowance * along
    knee = found["knee"]
    found["popliteal crease"] = _at(knee[0], knee[1] - 0.005 * scale.length_mm)
    found["mid patella"] = _at(knee[0], knee[1] + 0.005 * scale.length_mm)
    return found, scale


def _head_and_front(body: Body, scale: TrunkScale) -> Landmarks:
    stature, y = body.stature_mm, scale.y_mm
    collar = body.joint("l-clavicle")
    notch = collar[1] + 6 * scale.allowance
    return {
        "mastoid tip": _at(0.0345 * stature, body.vertices[EAR_LOBE_VERTEX, 1] - 2),
        "chin": _at(0, body.joint("jaw")[1] - 0.009 * stature),
        "SC joint": collar,
        "suprasternal notch": _at(0, notch),
        "sternal angle": _at(0, notch - 50 * scale.allowance),
        "xiphoid": _at(0, y(0.40)),
        "umbilicus": _at(0, body.vertices[NAVEL_VERTEX, 1]),
        "pubis": _at(0, y(0.865)),
        "ASIS": _at(0.069 * stature, y(0.745)),
    }


def _shoulder_blade(body: Body, shape: Polygon, scale: TrunkScale) -> Landmarks:
    """Widths from the biacromial breadth, heights from the spine levels."""
    tip_x = float(body.joint("l-shoulder")[0] + 14 * scale.allowance)
    top = upper_contour(shape, tip_x, scale)
    return {
        "acromion tip": _at(tip_x, top - 9 * scale.allowance),
        "superior angle": _at(0.345 * tip_x, scale.y_mm(0.06)),
        "spine root": _at(0.365 * tip_x, scale.y_mm(0.108)),
        "inferior angle": _at(0.43 * tip_x, scale.y_mm(0.285)),
        "nipple line": _at(0.52 * tip_x, scale.y_mm(0.335)),
    }


def _pelvis(body: Body, shape: Polygon, scale: TrunkScale, back: Relief) -> Landmarks:
    """Bony widths are fractions of stature, held inside the skin of slim bodies."""
    stature, y, mm = body.stature_mm, scale.y_mm, scale.allowance
    hip_y = float(body.joint("l-upper-leg")[1])

    def inside(x: float, height: float, cover_mm: float) -> np.ndarray:
        return _at(min(x * stature, half_width(shape, height) - cover_mm * mm), height)

    return {
        "12th rib tip": _at(0.0515 * stature, y(0.50)),
        "10th rib": inside(0.0733, y(0.55), 8),
        "crest top": _at(0.061 * stature, y(0.628)),
        "crest widest": inside(0.0695, y(0.668), 12),
        "PSIS": _at(0.0265 * stature, y(0.715)),
        "greater trochanter": inside(0.087, hip_y, 14),
        "tip of coccyx": _at(0, y(0.85)),
        "ischial tuberosity": _at(0.0375 * stature, y(0.93)),
        "gluteal fold": _at(0.051 * stature, scale.fold_mm),
        "fullest part of buttock": fullest_part_of_buttock(back, scale),
    }


def fullest_part_of_buttock(back: Relief, scale: TrunkScale) -> np.ndarray:
    """The point of the left buttock that stands out most."""
    depth = back.blur(back.depth_mm, 6.0)
    rows, columns = np.indices(depth.shape)
    middle = back.middle
    height = back.top_mm - rows * back.pixel_mm
    # The person's left is on the viewer's left in the back view.
    region = (columns < middle - 20 / back.pixel_mm) & back.inside
    region &= (height < scale.y_mm(0.75)) & (height > scale.y_mm(0.97))
    region &= columns > middle - 0.11 * scale.length_mm / 0.38 / back.pixel_mm
    row, column = np.unravel_index(np.argmax(np.where(region, depth, -np.inf)), depth.shape)
    return _at((middle - column) * back.pixel_mm, back.top_mm - row * back.pixel_mm)


def upper_contour(shape: Polygon, x_mm: float, scale: TrunkScale) -> float:
    """Height of the shoulder line at a distance from the midline."""
    for y in np.arange(scale.c7_mm + 0.05 * scale.length_mm, scale.fold_mm, -0.5):
        if shape.contains(Point(x_mm, y)):
            return float(y)
    raise ValueError(f"The shoulder line does not reach x = {x_mm:.0f} mm.")


def _at(x: float, y: float) -> np.ndarray:
    return np.array([x, y], dtype=float)


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.hypot(*vector)
