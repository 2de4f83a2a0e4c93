"""Compose one figure, its layers and the marks on it into one stand-alone SVG text.

The drawn layers are the committed files of static/figures; their CSS variables are replaced by the
colours of the theme, so that the picture needs nothing but itself. One drawing unit is a
millimetre of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import hypot
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from bodymap.atlas import DataError, Figure
from bodymap.drawing.marks import DrawnMark
from bodymap.drawing.places import label_place, spread
from bodymap.drawing.ramp import COLOURS, RAMP, Theme

FIGURES = Path(__file__).resolve().parents[2] / "static" / "figures"

# In the order they are laid on each other; the body itself is always drawn.
LAYERS = ("body", "deep", "muscles", "bones", "areas", "points")
_FILES = ("body", "deep", "muscles", "bones")

DISC_RADIUS = 13.0
_INNER_RING, _OUTER_RING = 2.4, 2.0
_LEAST_MOVE_WITH_LEADER = 6.0
_FONT = "'Atkinson Hyperlegible Next','Atkinson Hyperlegible',Verdana,sans-serif"

_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)(?:,([^()]*))?\)")
_ROOT = re.compile(r"^.*?<svg\b[^>]*>(.*)</svg>\s*$", re.DOTALL)


def figure_svg(
    figure: Figure,
    layers: Iterable[str] = (),
    marks: Sequence[DrawnMark] = (),
    theme: Theme = "light",
) -> str:
    """Return the figure as SVG text.

    Args:
        figure: the body and view to draw.
        layers: any of LAYERS; the body is drawn in any case.
        marks: levels at areas and points; those of the other view are left out.
        theme: "light" or "dark".

    Raises:
        ValueError: a layer has no such name.
        DataError: a drawn layer is missing from static/figures.
    """
    wanted = frozenset(layers)
    unknown = sorted(wanted - set(LAYERS))
    if unknown:
        raise ValueError(f"there is no layer {unknown[0]!r}; choose from {', '.join(LAYERS)}")
    shown = tuple(layer for layer in LAYERS if layer == "body" or layer in wanted)
    here = [m for m in marks if m.target_id in figure.areas or m.target_id in figure.points]
    number = f"{len(here)} mark{'' if len(here) == 1 else 's'}"
    label = quoteattr(f"{figure.body_name}, {figure.view}, {number}")
    box = " ".join(f"{value:g}" for value in figure.view_box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" aria-label={label}>'
        f"{_backdrop(figure, shown, theme)}{_marks(figure, here, theme)}</svg>\n"
    )


@lru_cache(maxsize=64)
def _backdrop(figure: Figure, layers: tuple[str, ...], theme: Theme) -> str:
    """Return everything that doesn't depend on the marks."""
    colours = COLOURS[theme]
    x, y, width, height = figure.view_box
    parts = [f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" ']
    parts.append(f'fill="{colours["paper"]}"/>')
    parts += [_drawn_layer(figure, layer, theme) for layer in layers if layer in _FILES]
    if "areas" in layers:
        seams = "".join(_path_of_area(figure, id_, side) for id_, side in figure.area_outlines_mm)
        parts.append(
            f'<path d="{seams}" fill="none" stroke="{colours["area-seam"]}" '
            'stroke-width="1.6" stroke-opacity=".6" stroke-linejoin="round"/>'
        )
    if "points" in layers:
        parts.append(f'<g fill="{colours["dot"]}" stroke="{colours["dot-edge"]}" stroke-width="1">')
        for point in figure.points.values():
            for side in point.sides:
                at = _drawn(figure, point.id, side)
                parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="4"/>')
        parts.append("</g>")
    left_text, right_text = ("Your left", "Your right")
    if figure.view == "front":
        left_text, right_text = right_text, left_text
    parts.append(
        f'<g font-family="{_FONT}" font-size="30" fill="{colours["ink-2"]}">'
        f'<text x="{x + 18:g}" y="{y + 48:g}">{left_text}</text>'
        f'<text x="{x + width - 18:g}" y="{y + 48:g}" text-anchor="end">{right_text}</text></g>'
    )
    return "".join(parts)


def _marks(figure: Figure, marks: Sequence[DrawnMark], theme: Theme) -> str:
    """Return the tints of marked areas, then the numbered discs."""
    if not marks:
        return ""
    shades, colours = RAMP[theme], COLOURS[theme]
    tints = []
    for mark in marks:
        if mark.target_id in figure.areas:
            fill = shades[mark.level].fill
            tints.append(
                f'<path d="{_path_of_area(figure, mark.target_id, mark.side)}" fill="{fill}" '
                f'fill-opacity=".34" stroke="{fill}" stroke-width="2.4"/>'
            )
    # In the order given, not by level: then no disc moves when only a level changes.
    true = tuple(_place(figure, mark) for mark in marks)
    moved = spread(true, 2 * (DISC_RADIUS + _INNER_RING + _OUTER_RING))
    leaders = [
        f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
        for (x, y), (to_x, to_y) in zip(true, moved, strict=True)
        if hypot(to_x - x, to_y - y) > _LEAST_MOVE_WITH_LEADER
    ]
    discs = [_disc(figure, mark, at, theme) for mark, at in zip(marks, moved, strict=True)]
    return (
        f"<g>{''.join(tints)}</g>"
        f'<g stroke="{colours["ring-out"]}" fill="{colours["ring-out"]}" stroke-width="1.3">'
        f"{''.join(leaders)}</g>"
        f'<g font-family="{_FONT}" font-size="17" font-weight="700" text-anchor="middle">'
        f"{''.join(discs)}</g>"
    )


def _disc(figure: Figure, mark: DrawnMark, at: tuple[float, float], theme: Theme) -> str:
    """A disc of the level's colour, its number, and two rings that stand out from any skin."""
    x, y = at
    shade, colours = RAMP[theme][mark.level], COLOURS[theme]
    named = figure.points.get(mark.target_id) or figure.areas[mark.target_id]
    inner = DISC_RADIUS + _INNER_RING
    return (
        f"<g><title>{escape(named.name)}, {mark.side}: {mark.level} of 10</title>"
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{inner + _OUTER_RING:g}" '
        f'fill="{colours["ring-out"]}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{inner:g}" fill="{colours["ring-in"]}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DISC_RADIUS:g}" fill="{shade.fill}"/>'
        f'<text x="{x:.1f}" y="{y + 6:.1f}" fill="{shade.ink}">{mark.level}</text></g>'
    )


def _place(figure: Figure, mark: DrawnMark) -> tuple[float, float]:
    if mark.target_id in figure.points:
        return _drawn(figure, mark.target_id, mark.side)
    return label_place(figure, mark.target_id, mark.side)


@lru_cache(maxsize=4096)
def _drawn(figure: Figure, point_id: str, side) -> tuple[float, float]:
    x, y = figure.to_drawing([figure.place(point_id, side)])[0]
    return float(x), float(y)


@lru_cache(maxsize=1024)
def _path_of_area(figure: Figure, area_id: str, side) -> str:
    rings = figure.area_outlines_mm.get((area_id, side), ())
    drawn = (figure.to_drawing(ring) for ring in rings)
    return "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in ring)}Z" for ring in drawn)


def _drawn_layer(figure: Figure, layer: str, theme: Theme) -> str:
    """Return what a committed file holds, without its root and with literal colours."""
    name = f"{figure.body}-{figure.view}-{layer}.svg"
    path = FIGURES / name
    try:
        found = _ROOT.match(path.read_text(encoding="utf-8"))
    except OSError:
        raise DataError(f"static/figures/{name}: the file is missing or can't be read.") from None
    if not found:
        raise DataError(f"static/figures/{name}: is not an SVG file.")
    colours = COLOURS[theme]
    return _VARIABLE.sub(lambda use: colours.get(use[1], use[2] or "none"), found[1])
