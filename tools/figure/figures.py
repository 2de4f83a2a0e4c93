"""Measure each body and write ``data/figures/<body>.json``: landmarks, anchors, silhouette."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from shapely import contains_xy
from shapely.geometry import Polygon

from bodymap.atlas.frame import Warp
from tools.figure.anchors import contour_anchors, frame_places, named_in
from tools.figure.bodies import Body
from tools.figure.landmarks import Landmarks, landmarks
from tools.figure.outline import left_half, rings_mm, silhouette
from tools.figure.raster import MARGIN_MM, Relief

REPOSITORY = Path(__file__).resolve().parents[2]
DATA_FOLDER = REPOSITORY / "data" / "figures"
LANDMARK_TABLE = REPOSITORY / "data" / "landmarks.csv"
VIEWS = ("back", "front")


@dataclass(frozen=True, slots=True)
class Measured:
    """A body with what is measured on it; ``points`` holds landmarks and contour anchors, in mm."""

    body: Body
    shape: Polygon
    points: Landmarks

    @property
    def view_box(self) -> list[int]:
        """Drawing units (mm): x, y, width, height; the same for both views."""
        half = int(np.ceil(self.shape.bounds[2] + MARGIN_MM))
        height = int(np.ceil(self.body.stature_mm + 2 * MARGIN_MM))
        return [-half, -int(MARGIN_MM), 2 * half, height]


def measure(body: Body, back: Relief) -> Measured:
    """Take the silhouette and all landmarks and anchors of a body."""
    shape = silhouette(back)
    found, scale = landmarks(body, shape, back)
    return Measured(body, shape, found | contour_anchors(body, shape, found, scale))


def write(measured: Measured) -> Path:
    """Write the data file of one body.

    Raises ``KeyError`` with the name of an anchor that ``data/landmarks.csv`` wants and nothing
    here measures.
    """
    body, points = measured.body, measured.points
    rings = rings_mm(measured.shape)
    anchors = named_in(LANDMARK_TABLE)
    data = {
        "body": body.id,
        "name": body.name,
        "stature_mm": round(body.stature_mm, 1),
        "landmarks_mm": {name: _rounded(points[name]) for name in sorted(points)},
        "views": {
            view: {
                "view_box": measured.view_box,
                "anchors_mm": {name: _rounded(points[name]) for name in sorted(anchors[view])},
                "silhouette_mm": rings,
            }
            for view in VIEWS
        },
    }
    text = json.dumps(data, indent=1, ensure_ascii=False)
    # A pair of coordinates stays on one line.
    text = re.sub(r"\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]", r"[\1, \2]", text)
    DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    path = DATA_FOLDER / f"{body.id}.json"
    path.write_text(text + "\n", encoding="utf-8")
    return path


def warp_of(measured: Measured, view: str) -> Warp:
    """The map from the frame to this body in one view.

    Raises ``ValueError`` when it folds anywhere inside the skin, because a place would then have
    no single address in the frame.
    """
    frame, figure = frame_places(LANDMARK_TABLE, view, measured.points)
    warp = Warp.through(frame, figure)
    left = left_half(measured.shape)
    x_low, y_low, x_high, y_high = left.bounds
    xs, ys = np.meshgrid(np.arange(x_low, x_high, 6.0), np.arange(y_low, y_high, 6.0))
    grid = np.c_[xs.ravel(), ys.ravel()]
    grid = grid[contains_xy(left, grid[:, 0], grid[:, 1])]
    folded = warp.area_factor(warp.to_frame(grid)) <= 0
    if folded.any():
        x, y = grid[np.argmax(folded)]
        raise ValueError(f"The warp of {measured.body.id}, {view}, folds at ({x:.0f}, {y:.0f}) mm.")
    return warp


def _rounded(point: np.ndarray) -> list[float]:
    return [round(float(point[0]), 1) + 0.0, round(float(point[1]), 1) + 0.0]
