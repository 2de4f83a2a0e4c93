"""The colours of the drawing, light and dark; above all the ramp "dusk" for the levels 0 to 10.

The ramp has equal steps in CAM02-UCS, and its lightness is strictly monotone also for
deuteranopia, protanopia and tritanopia. On a light page darker is more, on a dark page brighter is
more, so that little pain recedes in both. The number is always written, so colour is never alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]

INK, WHITE = "#1b1512", "#ffffff"


@dataclass(frozen=True, slots=True)
class Shade:
    """The colour of one level and of the number written on it (contrast at least 4.5 : 1)."""

    fill: str
    ink: str


RAMP: Mapping[Theme, tuple[Shade, ...]] = {
    "light": (
        Shade("#f5eaca", INK),
        Shade("#eccf9d", INK),
        Shade("#edb37c", INK),
        Shade("#ea956a", INK),
        Shade("#e07a66", INK),
        Shade("#cf636a", INK),
        Shade("#ba4f70", WHITE),
        Shade("#a23e75", WHITE),
        Shade("#883076", WHITE),
        Shade("#6b276e", WHITE),
        Shade("#4c2559", WHITE),
    ),
    "dark": (
        Shade("#4d434f", WHITE),
        Shade("#645064", WHITE),
        Shade("#7e5a6f", WHITE),
        Shade("#986273", WHITE),
        Shade("#b26d72", INK),
        Shade("#c97b6e", INK),
        Shade("#db8e6c", INK),
        Shade("#e6a571", INK),
        Shade("#ebbe81", INK),
        Shade("#efd89f", INK),
        Shade("#f9edc9", INK),
    ),
}

# What the drawn layers leave open as CSS variables, and the few colours drawn on top of them.
COLOURS: Mapping[Theme, Mapping[str, str]] = {
    "light": {
        "paper": "#fbf8f4",
        "ink-2": "#5f554c",
        "fig-skin": "#f9ecdf",
        "fig-shade": "#a5694a",
        "fig-shade-o": ".056",
        "fig-ink": "#6b4634",
        "fig-line-o": ".62",
        "fig-out": "#8b6551",
        "mus": "#b4624f",
        "mus-line": "#8a4336",
        "area-seam": "#7d5a46",
        "dot": "#8c4a39",
        "dot-edge": "#fff8f0",
        "ring-in": "#fffaf3",
        "ring-out": "#3a2a22",
    },
    "dark": {
        "paper": "#1b1816",
        "ink-2": "#bfb4a8",
        "fig-skin": "#806b5d",
        "fig-shade": "#150c07",
        "fig-shade-o": ".07",
        "fig-ink": "#150c07",
        "fig-line-o": ".6",
        "fig-out": "#c9b19c",
        "mus": "#c8705c",
        "mus-line": "#eab6a6",
        "area-seam": "#2c1f18",
        "dot": "#f7e3d3",
        "dot-edge": "#2a1e17",
        "ring-in": "#1b1512",
        "ring-out": "#f6ead9",
    },
}
