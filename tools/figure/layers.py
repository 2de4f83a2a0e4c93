"""Build the layers over the drawn bodies: areas, muscles, deep muscles and schematic bones.

Reads data/ only (the measured figures, landmarks, areas and muscles), never the body model, and
writes the same bytes every time:

* data/figures/<body>-shapes.json: areas and muscles as outlines in millimetres;
* static/figures/<body>-<view>-{muscles,deep,bones}.svg.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from tools.figure import areas, bones, muscles
from tools.figure.canvas import SIDES, VIEWS, Canvas, canvases, pieces, ring_of
from tools.figure.curves import line_path, ring_path

Array = NDArray[np.float64]

REPOSITORY = Path(__file__).resolve().parents[2]

_OUTLINE_ERROR_MM = 0.3
_FIBRE_ERROR_MM = 0.45

_MUSCLE_ROOT = (
    'fill="var(--mus,#b4624f)" fill-opacity=".3" stroke="var(--mus-line,#8a4336)" '
    'stroke-opacity=".6" stroke-width=".9" stroke-linejoin="round" stroke-linecap="round"'
)
_FIBRES = 'fill="none" stroke-opacity=".4" stroke-width=".6"'
_SHEET = 'fill="var(--bone,#fffaf0)" fill-opacity=".5" stroke-opacity=".34" stroke-width=".8"'
_SHEET_FIBRES = 'fill="none" stroke-opacity=".2" stroke-width=".55"'
_BEHIND_BONE = 'stroke-dasharray="5 3"'


def build(repository: Path = REPOSITORY) -> list[Path]:
    """Build every layer of every measured body and return the files written, in order."""
    data, drawn = repository / "data", repository / "static" / "figures"
    drawn.mkdir(parents=True, exist_ok=True)
    every_muscle = muscles.read(data / "muscles.json")
    shapes: dict[str, dict[str, dict]] = {}
    written = []
    for canvas in canvases(data):
        shapes.setdefault(canvas.body, {})[canvas.view] = {
            "areas": areas.outlines(data / "areas.json", canvas),
            "muscles": muscles.outlines(every_muscle, canvas),
        }
        layers = {
            "muscles": _muscle_layer(muscles.lay(every_muscle, canvas, "superficial"), canvas),
            "deep": _muscle_layer(muscles.lay(every_muscle, canvas, "deep"), canvas),
            "bones": bones.layer(canvas),
        }
        for name, body in layers.items():
            path = drawn / f"{canvas.body}-{canvas.view}-{name}.svg"
            path.write_text(_svg(canvas, body), encoding="utf-8")
            written.append(path)
    for body, views in sorted(shapes.items()):
        path = data / "figures" / f"{body}-shapes.json"
        path.write_text(_shapes_text(views), encoding="utf-8")
        written.append(path)
    return written


def _svg(canvas: Canvas, body: str) -> str:
    box = " ".join(f"{number:g}" for number in canvas.view_box)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>\n'


def _muscle_layer(laid: list[muscles.Laid], canvas: Canvas) -> str:
    """Draw one layer, deepest muscle first, so that outlines of upper ones lie on top.

    A muscle that others cover in part holds two drawings: what shows, and (hidden until the page
    shows it) the whole muscle.
    """
    groups = []
    for piece in reversed(laid):
        for side in SIDES:
            seen = _drawing(piece, piece.seen, side, canvas)
            if piece.whole.area > piece.seen.area * 1.12 + 150:
                whole = _drawing(piece, piece.whole.buffer(-0.6), side, canvas)
                seen = f'<g data-part="whole" display="none">{whole}</g>' + (
                    f'<g data-part="seen">{seen}</g>' if seen else ""
                )
            style = f" {_SHEET}" if piece.muscle.tissue == "sheet" else ""
            style += f" {_BEHIND_BONE}" if piece.muscle.behind_bone else ""
            groups.append(
                f'<g data-muscle="{piece.muscle.id}" data-side="{side}"{style}>{seen}</g>'
            )
    return f"<g {_MUSCLE_ROOT}>\n" + "\n".join(groups) + "\n</g>"


def _drawing(piece: muscles.Laid, shape: BaseGeometry, side: str, canvas: Canvas) -> str:
    outline = _rings(shape, side, canvas)
    if not outline:
        return ""
    fibres = "".join(
        line_path(canvas.to_drawing(fibre, side), _FIBRE_ERROR_MM)
        for fibre in muscles.clipped_fibres(piece, shape)
    )
    style = _SHEET_FIBRES if piece.muscle.tissue == "sheet" else _FIBRES
    text = f'<path d="{outline}"/>'
    return text + (f'<path d="{fibres}" {style}/>' if fibres else "")


def _rings(shape: BaseGeometry, side: str, canvas: Canvas) -> str:
    return "".join(
        ring_path(canvas.to_drawing(ring_of(piece), side), _OUTLINE_ERROR_MM)
        for piece in pieces(shape, 1.0)
    )


def _shapes_text(views: dict[str, dict]) -> str:
    """Write one shape per line, so that a change of one muscle is one line of a diff."""
    parts = []
    for view in VIEWS:
        kinds = [
            f'"{kind}": [\n' + ",\n".join(_row(row) for row in views[view][kind]) + "\n]"
            for kind in ("areas", "muscles")
        ]
        parts.append(f'"{view}": {{' + ",\n".join(kinds) + "}")
    return "{" + ",\n".join(parts) + "}\n"


def _row(row: dict) -> str:
    return json.dumps(row, separators=(",", ":"))


if __name__ == "__main__":
    for file in build():
        print(f"{file.relative_to(REPOSITORY)}  {file.stat().st_size / 1024:.0f} KB")
