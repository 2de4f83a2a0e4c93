"""Strokes and drawings for tests: by hand, in millimetres on the neutral body, or any allowed."""

import uuid
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from marking import NOON

from bodymap import atlas
from bodymap.records.drawing import PER_UNIT, VIEWS, WIDTHS_MM, PainDrawing, StrokeOperation

ATLAS = atlas.load()


def stroke(points=((300, 300),), width=28, view="back", **more):
    """Return a brush stroke through places in thousandths of the frame, unless said otherwise."""
    values = {
        "id": str(uuid.uuid4()),
        "stroke_id": str(uuid.uuid4()),
        "at": NOON,
        "zone": "Europe/Berlin",
        "utc_offset_min": 60,
        "view": view,
        "tool": "brush",
        "points": tuple(points),
        "width_mm": width,
    }
    return StrokeOperation(**(values | more))


def line_mm(*places, **more):
    """Return a stroke of straight pieces through places in mm on the neutral body."""
    ends = np.array(places, dtype=float)
    steps = [np.linspace(a, b, 30)[:-1] for a, b in pairwise(ends)]
    figure = ATLAS.figure("neutral", more.get("view", "back"))
    frame = figure.warp.to_frame(np.vstack([*steps, ends[-1:]])) * PER_UNIT
    return stroke([(round(x), round(y)) for x, y in frame.tolist()], **more)


def eraser(points, width=28, **more):
    return stroke(points, width, tool="eraser", **more)


def shaded(area, side, view="back", **more):
    """Return the stroke that shades a whole area."""
    return stroke((), 0, view, tool="area", area=area, side=side, **more)


def drawing(*strokes):
    return PainDrawing(tuple(strokes))


def every_area():
    """Return the drawing in which each area of the map is shaded."""
    return drawing(
        *(shaded(area.id, side, area.view) for area in ATLAS.areas.values() for side in area.sides)
    )


OTHER_SIDE = {"left": "right", "right": "left", "midline": "midline", "": ""}


def mirrored(drawn):
    """Return a drawing with left and right exchanged."""
    return drawing(*(_mirrored(each) for each in drawn.strokes))


def _mirrored(of):
    return stroke(
        [(-x, y) for x, y in of.points],
        of.width_mm,
        of.view,
        tool=of.tool,
        area=of.area,
        side=OTHER_SIDE[of.side],
        quality=of.quality,
        nrs=of.nrs,
    )


_places = st.tuples(st.integers(-1200, 1200), st.integers(-350, 2250))
_areas = st.sampled_from(
    [(area.id, side, area.view) for area in ATLAS.areas.values() for side in area.sides]
)


@st.composite
def any_stroke(draw, tools=("brush", "brush", "eraser", "area")):
    """Any stroke on or near the body."""
    tool = draw(st.sampled_from(tools))
    layer = {
        "quality": draw(st.sampled_from(["", "burning", "numb"])),
        "nrs": draw(st.sampled_from([None, 0, 3, 7])),
    }
    if tool == "area":
        area, side, view = draw(_areas)
        return shaded(area, side, view, **layer)
    x, y = draw(_places)
    steps = st.tuples(st.integers(-150, 150), st.integers(-60, 60))
    points = [(x, y)]
    for dx, dy in draw(st.lists(steps, max_size=8)):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    layer = layer if tool == "brush" else {}
    view = draw(st.sampled_from(VIEWS))
    return stroke(points, draw(st.sampled_from(WIDTHS_MM)), view, tool=tool, **layer)


def any_drawing(max_size=6, **more):
    """Any drawing of a few strokes."""
    return st.lists(any_stroke(**more), max_size=max_size).map(lambda made: drawing(*made))
