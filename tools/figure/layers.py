"""Build the layers over the drawn bodies: areas, muscles, deep muscles and schematic bones.

Reads data/ only (the measured figures, landmarks, areas and muscles), never the body model, and
writes the same bytes every time:

* data/figures/<body>-shapes.json: areas and muscles as outlines in millimetres;
* static/figures/<body>-<view>-{muscles,deep,bones}.svg.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from tools.figure import areas, bones, muscles
from tools.figure.canvas import SIDES, VIEWS, Canvas, canvases, pieces, ring_of
from tools.figure.curves import line_cubics, path, ring_cubics

Array = NDArray[np.float64]

REPOSITORY = Path(__file__).resolve().parents[2]

_OUTLINE_ERROR_MM = 0.5
_FIBRE_ERROR_MM = 1.2

_MUSCLE_ROOT = (
    'fill="var(--mus,#b4624f)" fill-opacity=".3" stroke="var(--mus-line,#8a4336)" '
    'stroke-opacity=".6" stroke-width=".9" stroke-linejoin="round" stroke-linecap="round"'
)
_FIBRES = 'fill="none" stroke-opacity=".4" stroke-width=".6"'
_SHEET = 'fill="var(--bone,#fffaf0)" fill-opacity=".2" stroke-opacity=".42" stroke-width=".8"'
_SHEET_FIBRES = 'fill="none" stroke-opacity=".3" stroke-width=".55"'
_BEHIND_BONE = 'fill-opacity=".2" stroke-dasharray="5 3"'


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
            **{
                name: _muscle_layer(muscles.lay(every_muscle, canvas, depth), canvas, depth)
                for name, depth in (("muscles", "superficial"), ("deep", "deep"))
            },
            "bones": bones.layer(canvas),
        }
        for name, body in layers.items():
            target = drawn / f"{canvas.body}-{canvas.view}-{name}.svg"
            target.write_text(_svg(canvas, body), encoding="utf-8")
            written.append(target)
    for body, views in sorted(shapes.items()):
        target = data / "figures" / f"{body}-shapes.json"
        target.write_text(_shapes_text(views), encoding="utf-8")
        written.append(target)
    return written


def _svg(canvas: Canvas, body: str) -> str:
    box = " ".join(f"{number:g}" for number in canvas.view_box)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>\n'


def _muscle_layer(laid: list[muscles.Laid], canvas: Canvas, depth: str) -> str:
    """Draw one layer, deepest muscle first, so that outlines of upper ones lie on top.

    A muscle with points that others cover in part holds two drawings: what shows, and (hidden
    until the page shows it) the whole muscle.
    """
    groups = []
    for piece in reversed(laid):
        muscle = piece.muscle
        seen = _Drawing.of(piece, piece.seen)
        hides = piece.whole.area > piece.seen.area * 1.12 + 150
        whole = None
        if muscle.carries_points and muscle.depth == depth and hides:
            whole = _Drawing.of(piece, piece.whole.buffer(-0.6))
        style = f" {_SHEET}" if muscle.tissue != "muscle" else ""
        style += f" {_BEHIND_BONE}" if muscle.behind_bone else ""
        for side in SIDES:
            text = seen.text(canvas, side)
            if whole:
                shown = f'<g data-part="seen">{text}</g>' if text else ""
                hidden = whole.text(canvas, side)
                text = f'<g data-part="whole" display="none">{hidden}</g>{shown}'
            if text:
                groups.append(f'<g data-muscle="{muscle.id}" data-side="{side}"{style}>{text}</g>')
    return f"<g {_MUSCLE_ROOT}>\n" + "\n".join(groups) + "\n</g>"


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Outlines and fibres of one muscle as cubics, left side, figure millimetres."""

    rings: list[list[Array]]
    fibres: list[list[Array]]
    fibre_style: str

    @classmethod
    def of(cls, piece: muscles.Laid, shape: BaseGeometry) -> _Drawing:
        return cls(
            [ring_cubics(ring_of(part), _OUTLINE_ERROR_MM) for part in pieces(shape, 1.0)],
            [line_cubics(f, _FIBRE_ERROR_MM) for f in muscles.clipped_fibres(piece, shape)],
            _FIBRES if piece.muscle.tissue == "muscle" else _SHEET_FIBRES,
        )

    def text(self, canvas: Canvas, side: str) -> str:
        outline, fibres = (
            "".join(
                path([canvas.to_drawing(cubic, side) for cubic in cubics], closed=closed)
                for cubics in lines
            )
            for lines, closed in ((self.rings, True), (self.fibres, False))
        )
        if not outline:
            return ""
        text = f'<path d="{outline}"/>'
        return text + (f'<path d="{fibres}" {self.fibre_style}/>' if fibres else "")


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
