"""Stage one of the build: the four bodies as data and as drawings ``<body>-<view>-body.svg``."""

import time
from pathlib import Path

import numpy as np
from scipy import ndimage
from shapely.geometry import Polygon

from bodymap.atlas.frame import Warp
from tools.figure import figures, head, mesh, outline, shading, vector
from tools.figure.bodies import RECIPES, Body, stand_body
from tools.figure.creases import hollowness, snapped
from tools.figure.cues import Cue, cues
from tools.figure.extremities import finger_strokes, toe_strokes
from tools.figure.figures import REPOSITORY, VIEWS, Measured
from tools.figure.raster import Relief, relief
from tools.figure.strokes import Stroke

STATIC_FOLDER = REPOSITORY / "static" / "figures"
PIXEL_MM = 0.7
# Of the darkest tone, where the theme says nothing else.
SHADING_OPACITY = ".54"
BROAD_BLUR_MM, SOFT_BLUR_MM, FINE_BLUR_MM, HAIR_BLUR_MM = 7.0, 3.6, 0.9, 1.6
# How far around the nipples the chest is smoothed, and how much (radius, sigma in mm).
CALM_CHEST = {"neutral": (95, 15), "female": (42, 9), "male": (60, 11), "larger": (150, 24)}


def build() -> list[Path]:
    """Build every body's data file and drawings; returns the files written."""
    written = []
    for body_id in RECIPES:
        started = time.perf_counter()
        body = stand_body(body_id)
        back = relief(body, "back", PIXEL_MM)
        measured = figures.measure(body, back)
        written.append(figures.write(measured))
        for view in VIEWS:
            seen = back if view == "back" else relief(body, view, PIXEL_MM)
            written.append(write_drawing(measured, view, seen))
        print(f"{body_id}: {time.perf_counter() - started:.0f} s")
    return written


def write_drawing(measured: Measured, view: str, seen: Relief) -> Path:
    """Draw one view and write it to ``static/figures``."""
    STATIC_FOLDER.mkdir(parents=True, exist_ok=True)
    path = STATIC_FOLDER / f"{measured.body.id}-{view}-body.svg"
    path.write_text(drawing(measured, view, seen), encoding="utf-8")
    return path


def drawing(measured: Measured, view: str, seen: Relief) -> str:
    """The SVG text of one view: silhouette, shading, hair, ink, outline.

    Only the half to the viewer's right is written; ``<use>`` mirrors it, so both sides are equal.
    """
    body, stature = measured.body, measured.body.stature_mm
    name = f"{body.id}-{view}"
    if view == "front":
        seen = calm_chest(body, seen)
    strokes, shades = drawn_cues(measured, view, seen)
    strokes += head.ear_strokes(body, measured.points, view)
    strokes += finger_strokes(body, measured.shape, view)
    eye = head.eye(body) if view == "front" else None
    if eye is not None:
        strokes += head.face_strokes(body, seen, measured.points, eye)
        strokes += toe_strokes(body)
    tone = shading.brushed(shading.tones(seen), seen, shades)
    broad, near = shading.soft_polygons(tone, seen, stature)
    fine = shading.fine_polygons(tone, seen, detail_zone(seen, measured), stature)
    cover = head.hair(seen, measured.points, view, body)
    hair = shading.above(cover, seen, 0.5, stature)

    x, y, width, height = measured.view_box
    rim = np.asarray(outline.left_half(measured.shape).exterior.coords)[:-1]
    outline_data = mirrored_outline(rim, stature)
    side = "".join(stroke.svg(stature) for stroke in strokes if not stroke.on_midline)
    middle = "".join(stroke.svg(stature) for stroke in strokes if stroke.on_midline)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}">',
            "<defs>",
            f'<path id="{name}-rim" d="{outline_data}"/>',
            f'<clipPath id="{name}-clip"><use href="#{name}-rim"/></clipPath>',
            _blur(f"{name}-broad", BROAD_BLUR_MM),
            _blur(f"{name}-soft", SOFT_BLUR_MM),
            _blur(f"{name}-fine", FINE_BLUR_MM),
            _blur(f"{name}-edge", HAIR_BLUR_MM),
            "</defs>",
            f'<g class="body" fill="var(--fig-skin,#f9ecdf)"><use href="#{name}-rim"/></g>',
            f'<g class="shading" clip-path="url(#{name}-clip)" fill="var(--fig-shade,#a5694a)"'
            ' fill-rule="evenodd">',
            f'<g opacity="var(--fig-shading,{SHADING_OPACITY})">',
            _both_sides(f"{name}-broad-tones", _layers(broad), f' filter="url(#{name}-broad)"'),
            _both_sides(f"{name}-tones", _layers(near, len(broad)), f' filter="url(#{name}-soft)"'),
            _both_sides(f"{name}-detail", _layers(fine), f' filter="url(#{name}-fine)"'),
            "</g>",
            _both_sides(
                f"{name}-hair", _paths([hair]), f' fill-opacity=".34" filter="url(#{name}-edge)"'
            ),
            "</g>",
            *(_eyes_and_lips(f"{name}-features", measured, eye) if eye is not None else ()),
            f'<g class="ink" clip-path="url(#{name}-clip)" fill="var(--fig-ink,#6b4634)">',
            _both_sides(f"{name}-lines", side),
            middle,
            "</g>",
            f'<use class="outline" href="#{name}-rim" fill="none" stroke="var(--fig-out,#8b6551)"'
            ' stroke-width="2" stroke-linejoin="round"/>',
            "</svg>\n",
        ]
    )


def drawn_cues(
    measured: Measured, view: str, seen: Relief
) -> tuple[list[Stroke], list[shading.Shade]]:
    """The cues of a view carried to this body: what is inked and what is brushed."""
    warp = figures.warp_of(measured, view)
    hollow = hollowness(seen)
    strokes, shades = [], []
    for cue in cues(measured.body, view):
        line = _carried(cue, warp, measured)
        if cue.snap_mm:
            line = snapped(line, seen, hollow, cue.snap_mm)
        if cue.strength:
            strokes.append(Stroke(line, cue.ink_mm, cue.strength, cue.taper))
        if cue.shade:
            shades.append(shading.Shade(line, cue.shade_mm, cue.shade))
    return strokes, shades


def _carried(cue: Cue, warp: Warp, measured: Measured) -> np.ndarray:
    places = warp.to_figure(cue.line)
    if cue.start:
        places[0] = measured.points[cue.start]
    line = vector.curve_through(places)
    line[:, 0] = np.maximum(line[:, 0], 0)
    return line


def calm_chest(body: Body, seen: Relief) -> Relief:
    """Take the nipples, and folds that mixing sexes leaves on the chest, out of the relief."""
    moved = np.abs(mesh.target("breast/nipple-size-incr")).sum(axis=1) > 0
    centre = body.vertices[moved & (body.vertices[:, 0] > 0), :2].mean(axis=0)
    radius, sigma = CALM_CHEST[body.id]
    return shading.calmed(seen, centre, radius, sigma)


def detail_zone(seen: Relief, measured: Measured) -> np.ndarray:
    """Where fine detail is drawn, 0 to 1: face and ears, hands, feet; not at the very rim."""
    points = measured.points
    rows, columns = np.indices(seen.inside.shape)
    x = np.abs(columns - seen.middle) * seen.pixel_mm
    y = seen.top_mm - rows * seen.pixel_mm
    head_zone = np.clip((y - points["chin"][1] + 4) / 8, 0, 1)
    feet = np.clip((points["ankle"][1] + 12 - y) / 20, 0, 1)
    wrist, tip = points["wrist"], points["finger 3 tip"]
    along = (tip - wrist) / np.hypot(*(tip - wrist))
    hands = np.clip(((x - wrist[0]) * along[0] + (y - wrist[1]) * along[1]) / 15, 0, 1)
    hands = hands * (x > points["hip side 3"][0] + 10) * (y > points["knee"][1])
    rim = ndimage.distance_transform_edt(seen.inside) * seen.pixel_mm
    return np.maximum.reduce([head_zone, feet, hands]) * np.clip(rim / 2 - 0.5, 0, 1)


def mirrored_outline(half: np.ndarray, stature_mm: float) -> str:
    """Path data of the whole outline from the ring of its left half, exactly symmetric."""
    drawn = np.c_[half[:, 0], stature_mm - half[:, 1]]
    on_midline = np.flatnonzero(np.abs(drawn[:, 0]) < 1e-9)
    crown = on_midline[np.argmin(drawn[on_midline, 1])]
    drawn = np.roll(drawn, -crown, axis=0)
    crotch = int(np.flatnonzero(np.abs(drawn[1:, 0]) < 1e-9)[0]) + 1
    one_way = drawn[: crotch + 1]
    if one_way[:, 0].max() < 1:
        one_way = np.vstack([drawn[crotch:], drawn[:1]])[::-1]
    there = vector.fit_line(one_way, 0.2)
    back = [cubic[::-1] * [-1, 1] for cubic in reversed(there)]
    return vector.path_data([*there, *back], closed=True)


def _eyes_and_lips(group_id: str, measured: Measured, eye: head.Eye) -> list[str]:
    stature = measured.body.stature_mm
    white = _polygon(eye.opening, stature)
    iris, pupil = (_polygon(shape, stature) for shape in head.iris_shapes(eye))
    lips = _polygon(head.lips_shape(measured.body, measured.points), stature)
    parts = (
        f'<path d="{lips}" fill="var(--fig-shade,#a5694a)" fill-opacity=".16"/>'
        f'<path d="{white}" fill="var(--fig-skin,#f9ecdf)"/>'
        f'<g fill="var(--fig-ink,#6b4634)"><path d="{iris}" fill-opacity=".72"/>'
        f'<path d="{pupil}" fill-opacity=".9"/></g>'
    )
    return [f'<g class="features">{_both_sides(group_id, parts)}</g>']


def _polygon(shape: Polygon, stature_mm: float) -> str:
    ring = np.asarray(shape.exterior.coords)[:-1]
    drawn = np.c_[ring[:, 0], stature_mm - ring[:, 1]]
    return vector.path_data(vector.fit_ring(drawn, 0.1), closed=True)


def _both_sides(group_id: str, half: str, attributes: str = "") -> str:
    mirrored = f'<use href="#{group_id}" transform="scale(-1 1)"/>'
    return f'<g{attributes}><g id="{group_id}">{half}</g>{mirrored}</g>'


def _layers(data: list[str], below: int = 0) -> str:
    """Polygons over each other, and over some below, whose darkness grows in equal steps.

    The steps are of the whole group's opacity: a few strong layers under one group keep their
    colour, where many faint ones would be rounded off one by one.
    """
    steps = len(shading.BROAD_LEVELS) + len(shading.NEAR_LEVELS) - below
    return "".join(
        f'<path d="{one}" fill-opacity="{1 / (steps - number):.3g}"/>'
        for number, one in enumerate(data)
        if one
    )


def _paths(data: list[str]) -> str:
    return "".join(f'<path d="{one}"/>' for one in data if one)


def _blur(filter_id: str, sigma: float) -> str:
    # Linear light, the default, has too few steps for layers as thin as these.
    return (
        f'<filter id="{filter_id}" color-interpolation-filters="sRGB">'
        f'<feGaussianBlur stdDeviation="{sigma:g}"/></filter>'
    )
