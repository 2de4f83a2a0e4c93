"""A calm face, the ears, and short hair, drawn from the head of the mesh.

The features are placed by what the mesh says: eyes by the visible eyeball, nose and lips by
vertices, the jaw by the step in depth below it. Their lines are our own and the same for every
body: open eyes, closed mouth, no expression. All positions in mm on the person's left, y up.
"""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.interpolate import PchipInterpolator
from shapely.geometry import Point, Polygon
from skimage import measure

from tools.figure import vector
from tools.figure.bodies import Body
from tools.figure.landmarks import Landmarks
from tools.figure.outline import resampled, smoothed
from tools.figure.raster import Relief, closeup
from tools.figure.strokes import Stroke

NOSTRIL_WING_VERTEX, LIP_SEAM_VERTEX = 7056, 474
# Distance from the eyes to the lips on the neutral body; lengths below scale with it.
REFERENCE_FACE_MM = 66.9
# The hairline: angle round the head (0 in front, 180 behind) and height above the eyes as a share
# of the distance from the eyes to the vertex.
HAIRLINE_DEG = (0.0, 20.0, 35.0, 50.0, 62.0, 74.0, 84.0, 95.0, 120.0, 150.0, 180.0)
HAIRLINE = (0.67, 0.645, 0.59, 0.46, 0.24, -0.02, -0.18, -0.22, -0.46, -0.68, -0.75)


@dataclass(frozen=True, slots=True)
class Eye:
    """The visible opening of the left eye: both lids from the inner to the outer corner."""

    upper: np.ndarray
    lower: np.ndarray

    @property
    def opening(self) -> Polygon:
        """The opening as a polygon."""
        return Polygon(np.vstack([self.upper, self.lower[::-1]])).buffer(0)


def eye(body: Body) -> Eye:
    """Measure the left eye where the eyeball shows between the lids."""
    x, y = body.joint("l-eye")
    triangles = np.vstack([body.skin, body.eyes])
    window = closeup(body, "front", triangles, (x - 25, y - 14, x + 25, y + 14), 0.12)
    seen = ndimage.gaussian_filter((window.triangle >= len(body.skin)).astype(float), 3.0)
    ring = max(measure.find_contours(seen, 0.5), key=len)[:-1, ::-1]
    ring = smoothed(resampled(window.to_mm(ring), 0.3, closed=True), 3.0, closed=True)
    inner, outer = int(np.argmin(ring[:, 0])), int(np.argmax(ring[:, 0]))
    turned = np.roll(ring, -inner, axis=0)
    cut = (outer - inner) % len(ring)
    one, other = turned[: cut + 1], np.vstack([turned[cut:], turned[:1]])[::-1]
    upper, lower = (one, other) if one[:, 1].mean() > other[:, 1].mean() else (other, one)
    return Eye(upper, lower)


def face_strokes(body: Body, relief: Relief, points: Landmarks, seen: Eye) -> list[Stroke]:
    """Brows, lids, nose, mouth and jaw of the front view."""
    lips = float(body.vertices[LIP_SEAM_VERTEX, 1])
    unit = (points["eye"][1] - lips) / REFERENCE_FACE_MM
    strokes = _eye_strokes(seen, unit)
    strokes += _nose_strokes(body.vertices[NOSTRIL_WING_VERTEX, :2], unit)
    strokes += _mouth_strokes(lips, unit)
    strokes.append(Stroke(jaw_line(relief, points), 1.7, 0.8, (0.0, 0.3)))
    return strokes


def _eye_strokes(seen: Eye, unit: float) -> list[Stroke]:
    (inner_x, inner_y), (outer_x, outer_y) = seen.upper[0], seen.upper[-1]
    width = outer_x - inner_x
    lid = np.vstack([seen.upper, [outer_x + 1.4 * unit, outer_y - 0.5 * unit]])
    crease = seen.upper[len(seen.upper) // 8 :] + np.array([0.4, 3.3]) * unit
    brow = [
        (inner_x - 0.06 * width, inner_y + 12.4 * unit),
        (inner_x + 0.25 * width, inner_y + 14.0 * unit),
        (inner_x + 0.70 * width, inner_y + 15.2 * unit),
        (outer_x + 0.30 * width, outer_y + 11.0 * unit),
    ]
    return [
        Stroke(vector.curve_through(brow, 1.0), 4.2 * unit, 0.7, (0.25, 0.85)),
        Stroke(lid, 2.3 * unit, 1.0, (0.3, 0.2)),
        Stroke(crease, 0.8 * unit, 0.4, (0.5, 0.4)),
        Stroke(seen.lower, 0.9 * unit, 0.5, (0.6, 0.3)),
    ]


def _nose_strokes(wing: np.ndarray, unit: float) -> list[Stroke]:
    def at(*offsets: tuple[float, float]) -> np.ndarray:
        return vector.curve_through([wing + unit * np.array(offset) for offset in offsets], 0.7)

    return [
        # wing, nostril, base of the septum
        Stroke(at((0.6, 9.2), (3.2, 5.0), (3.3, 0.6), (0.9, -2.3)), 1.1 * unit, 0.55, (0.6, 0.25)),
        Stroke(at((0.4, -2.4), (-3.4, -0.8), (-7.4, -2.2)), 1.7 * unit, 0.85, (0.4, 0.4)),
        Stroke(
            np.maximum(at((-7.6, -3.2), (-10.6, -5.2), (-13.8, -5.7)), [0, 0]),
            1.0 * unit,
            0.5,
            (0.6, 0.0),
        ),
    ]


def _mouth_strokes(lips: float, unit: float) -> list[Stroke]:
    def at(*offsets: tuple[float, float]) -> np.ndarray:
        places = [np.array([0.0, lips]) + unit * np.array(offset) for offset in offsets]
        return vector.curve_through(places, 0.8)

    return [
        Stroke(at((0, -1.2), (6, 0.3), (14, -0.4), (22.5, 0.5)), 1.7 * unit, 0.9, (0.0, 0.6)),
        Stroke(at((0, 7.6), (6.3, 9.0), (13.5, 5.8), (20.5, 1.4)), 0.8 * unit, 0.34, (0.0, 0.5)),
        Stroke(at((0, -11.4), (7.5, -10.6), (14, -7.4)), 1.1 * unit, 0.5, (0.0, 0.8)),
        Stroke(at((0, -24), (6, -23.2)), 0.8 * unit, 0.2, (0.0, 0.9)),
    ]


def lips_shape(body: Body, points: Landmarks) -> Polygon:
    """The left half of the lips."""
    lips = float(body.vertices[LIP_SEAM_VERTEX, 1])
    unit = (points["eye"][1] - lips) / REFERENCE_FACE_MM
    upper = vector.curve_through([(0, 7.6), (6.3, 9.0), (13.5, 5.8), (22.5, 0.4)], 1.0)
    lower = vector.curve_through([(22.5, 0.4), (15, -7.0), (7.5, -10.6), (0, -11.4)], 1.0)
    return Polygon(np.vstack([upper, lower]) * unit + [0, lips])


def iris_shapes(seen: Eye) -> tuple[Polygon, Polygon]:
    """Iris and pupil, resting on the lower lid; the upper lid covers a little of them."""
    opening = seen.opening
    low, high = seen.lower[:, 1].min(), seen.upper[:, 1].max()
    radius = 0.62 * (high - low)
    middle = Point((seen.upper[0, 0] + seen.upper[-1, 0]) / 2, low + 0.94 * radius)
    iris, pupil = (middle.buffer(share * radius, quad_segs=24) for share in (1.0, 0.45))
    return iris.intersection(opening), pupil.intersection(opening)


def jaw_line(relief: Relief, points: Landmarks) -> np.ndarray:
    """From the chin along the lower edge of the jaw: where the depth drops most, going down."""
    chin, edge = points["chin"], points["neck narrowest"][0]
    pixel = relief.pixel_mm
    depth = ndimage.gaussian_filter(relief.depth_mm, 1.0)
    drop = np.gradient(depth, pixel, axis=0)
    xs = np.arange(0.0, edge - 3, 1.0)
    guess = chin[1] + 24 * (xs / edge) ** 2.2
    ys = []
    for x, expected in zip(xs, guess, strict=True):
        rows = np.arange(expected + 10, expected - 12, -pixel / 2)
        at = relief.to_pixels(np.c_[np.full(len(rows), x), rows])
        fall = ndimage.map_coordinates(drop, [at[:, 1], at[:, 0]], order=1)
        ys.append(rows[np.argmin(fall)])
    ys = ndimage.median_filter(np.array(ys), 9, mode="nearest")
    ys = ndimage.gaussian_filter1d(np.r_[ys[::-1], ys], 4.0)[len(ys) :]
    return np.c_[xs, ys]


def ear_strokes(body: Body, points: Landmarks, view: str) -> list[Stroke]:
    """Where the ear meets the head, and the rim inside its edge."""
    used = body.vertices[np.unique(body.skin)]
    beside = np.abs(used[:, 1] - points["eye"][1]) < 60
    outer = float(used[beside, 0].max())
    ear = used[beside & (used[:, 0] > outer - 10)]
    top, low = float(ear[:, 1].max()), float(ear[:, 1].min())

    def at(*shares: tuple[float, float]) -> np.ndarray:
        """Places by (mm inwards from the outer edge, share of the ear's height from the lobe)."""
        places = [(outer - inwards, low + (top - low) * share) for inwards, share in shares]
        return vector.curve_through(places, 0.8)

    if view == "back":
        return [Stroke(at((15, 0.92), (16.5, 0.6), (17.5, 0.3), (16, 0.02)), 1.1, 0.6, (0.3, 0.3))]
    return [
        Stroke(at((11.8, 0.97), (14.5, 0.7), (17.0, 0.35), (18.6, 0.02)), 1.0, 0.5, (0.3, 0.2)),
        Stroke(at((8, 0.93), (3.4, 0.86), (4.2, 0.55), (8.2, 0.24)), 0.9, 0.5, (0.5, 0.6)),
        Stroke(at((10, 0.72), (12, 0.5), (10, 0.34)), 0.9, 0.5, (0.6, 0.5)),
    ]


def hair(relief: Relief, points: Landmarks, view: str, body: Body) -> np.ndarray:
    """Share (0 to 1) of every pixel that is covered by short hair, the same for both sides.

    The hairline goes round the head by angle, so both views meet at the sides.
    """
    eyes, vertex = float(points["eye"][1]), body.stature_mm
    rows, columns = np.indices(relief.inside.shape)
    x = np.abs(columns - relief.middle) * relief.pixel_mm
    y = relief.top_mm - rows * relief.pixel_mm
    skull = body.vertices[np.unique(body.skin)]
    skull = skull[skull[:, 1] > eyes]
    axis_mm = (skull[:, 2].max() + skull[:, 2].min()) / 2
    forward = relief.depth_mm - axis_mm if view == "front" else -relief.depth_mm - axis_mm
    angle = np.degrees(np.arctan2(x, forward))
    line = eyes + (vertex - eyes) * PchipInterpolator(HAIRLINE_DEG, HAIRLINE)(angle)
    covered = np.clip((y - line) / 3.0 + 0.5, 0, 1) * relief.inside
    # Ears stick out of the hair.
    lobe_free = x < points["head side"][0] + 1.5
    return ndimage.gaussian_filter(np.where(lobe_free, covered, 0.0), 1.0)
