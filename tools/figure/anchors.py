"""The anchors of the warp on one body: its landmarks, and points measured on its silhouette.

``data/landmarks.csv`` names them (column ``anchor``) and says where they lie in the frame. Bodies
differ most in their contour, so contour anchors at fixed levels and fixed fractions of each limb
make the skin of the frame land on the skin of the figure.
"""

import csv
from pathlib import Path

import numpy as np
from shapely.geometry import LineString, Point, Polygon

from tools.figure.bodies import Body
from tools.figure.landmarks import AXILLA_VERTEX, Landmarks, TrunkScale, upper_contour
from tools.figure.outline import half_width, rim_from

# Frame heights of the flank and hip anchors; fractions of the biacromial half-breadth.
FLANKS = {
    "flank 1": 0.40,
    "flank 2": 0.45,
    "flank 3": 0.50,
    "flank 4": 0.575,
    "flank 5": 0.635,
    "hip side 1": 0.70,
    "hip side 2": 0.78,
    "hip side 3": 0.88,
    "hip side 4": 0.97,
}
SHOULDER_LINE = {"shoulder line 1": 0.42, "shoulder line 2": 0.58, "shoulder line 3": 0.78}
# name, from joint, to joint, fraction, which edges
LIMB_EDGES = (
    ("deltoid top", "shoulder", "elbow", 0.0, ("outer",)),
    ("deltoid", "shoulder", "elbow", 0.22, ("outer",)),
    ("upper arm", "shoulder", "elbow", 0.50, ("outer", "inner")),
    ("lower upper arm", "shoulder", "elbow", 0.78, ("outer", "inner")),
    ("elbow", "shoulder", "elbow", 1.0, ("outer", "inner")),
    ("forearm", "elbow", "wrist", 0.3, ("outer", "inner")),
    ("lower forearm", "elbow", "wrist", 0.65, ("outer", "inner")),
    ("wrist", "elbow", "wrist", 1.0, ("outer", "inner")),
    ("thigh 1", "hip", "knee", 0.22, ("outer",)),
    ("thigh 2", "hip", "knee", 0.5, ("outer",)),
    ("thigh 3", "hip", "knee", 0.78, ("outer", "inner")),
    ("knee", "hip", "knee", 1.0, ("outer", "inner")),
    ("calf", "knee", "ankle", 0.3, ("outer", "inner")),
    ("shin", "knee", "ankle", 0.7, ("outer", "inner")),
    ("ankle", "knee", "ankle", 1.0, ("outer", "inner")),
)


def named_in(table: Path) -> dict[str, set[str]]:
    """Anchor names of ``data/landmarks.csv`` by view: ``{"back": …, "front": …}``."""
    names = {"back": set(), "front": set()}
    with table.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for view, of_view in names.items():
                if row["anchor"] and row["view"] in (view, "both"):
                    of_view.add(row["anchor"])
    return names


def frame_places(table: Path, view: str, points: Landmarks) -> tuple[np.ndarray, np.ndarray]:
    """Anchors of a view in the frame (n, 2) and on the figure (n, 2) in mm, for the warp."""
    with table.open(newline="", encoding="utf-8") as file:
        rows = [
            row for row in csv.DictReader(file) if row["anchor"] and row["view"] in (view, "both")
        ]
    frame = np.array([[float(row["x"]), float(row["y"])] for row in rows])
    return frame, np.array([points[row["anchor"]] for row in rows])


def contour_anchors(body: Body, shape: Polygon, found: Landmarks, scale: TrunkScale) -> Landmarks:
    """Anchors on the edge of the silhouette by name."""
    out = {"axilla": body.vertices[AXILLA_VERTEX, :2].copy()}
    out |= _neck_and_shoulder(shape, found, scale)
    out |= {
        name: np.array([half_width(shape, scale.y_mm(y)), scale.y_mm(y)])
        for name, y in FLANKS.items()
    }
    for name, start, end, share, edges in LIMB_EDGES:
        out |= _limb_edges(shape, found[start], found[end], share, name, edges)
    out |= _crotch_and_sole(shape, found, scale)
    out["armpit gap"] = armpit_gap(shape, out, scale)
    return out


def _neck_and_shoulder(shape: Polygon, found: Landmarks, scale: TrunkScale) -> Landmarks:
    c7, length = scale.c7_mm, scale.length_mm
    heights = np.arange(c7 + 0.02 * length, c7 + 0.12 * length)
    widths = [half_width(shape, y) for y in heights]
    narrowest = int(np.argmin(widths))
    base, head = c7 + 0.02 * length, scale.y_mm(-0.23)
    out = {
        "neck narrowest": np.array([widths[narrowest], heights[narrowest]]),
        "neck-shoulder junction": np.array([half_width(shape, base), base]),
        "head side": np.array([half_width(shape, head), head]),
    }
    for name, share in SHOULDER_LINE.items():
        x = share * found["acromion tip"][0]
        out[name] = np.array([x, upper_contour(shape, x, scale)])
    return out


def _limb_edges(
    shape: Polygon,
    start: np.ndarray,
    end: np.ndarray,
    share: float,
    name: str,
    edges: tuple[str, ...],
) -> Landmarks:
    """The skin on either side of a limb, across its axis; outer is away from the midline."""
    at = start + (end - start) * share
    along = (end - start) / np.hypot(*(end - start))
    outward = np.array([-along[1], along[0]])
    outward = outward if outward[0] > 0 else -outward
    directions = {"outer": outward, "inner": -outward}
    return {f"{name} {edge}": rim_from(shape, at, directions[edge]) for edge in edges}


def _crotch_and_sole(shape: Polygon, found: Landmarks, scale: TrunkScale) -> Landmarks:
    near_fold = np.arange(0.1, -0.1, -0.0008) * scale.length_mm + scale.fold_mm
    crotch = next(y for y in near_fold if not shape.contains(Point(0, y)))
    hip_x, ankle_x = found["hip"][0], found["ankle"][0]
    left, right = np.array([-1.0, 0.0]), np.array([1.0, 0.0])
    above_sole = np.array([ankle_x, 10.0])
    return {
        "crotch": np.array([0.0, crotch]),
        "thigh gap": rim_from(shape, np.array([hip_x, crotch - 0.06 * scale.length_mm]), left),
        "sole": np.array([ankle_x, 0.0]),
        "sole outer": rim_from(shape, above_sole, right) * (1, 0),
        "sole inner": rim_from(shape, above_sole, left) * (1, 0),
    }


def armpit_gap(shape: Polygon, found: Landmarks, scale: TrunkScale) -> np.ndarray:
    """Top of the gap between arm and trunk on the silhouette.

    Raises ``ValueError`` when the arm touches the trunk all the way down.
    """
    for y in np.arange(found["axilla"][1] + 0.1 * scale.length_mm, scale.fold_mm, -1.0):
        row = LineString([(0, y), (1e3, y)]).intersection(shape)
        parts = getattr(row, "geoms", [row])
        if len(parts) > 1:
            return np.array([parts[0].bounds[2], y])
    raise ValueError("The arm touches the trunk all the way down.")
