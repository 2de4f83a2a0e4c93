"""The colours of the levels: one ramp in Python and in the page, readable, and never misleading."""

import re
from pathlib import Path

import pytest

from bodymap.drawing.ramp import COLOURS, RAMP

TOKENS = Path(__file__).parents[2] / "static" / "body_map" / "tokens.css"
THEMES = ("light", "dark")

# Simulated sight with one cone type missing (Machado 2009, severity 1), on linear RGB.
SIGHT = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def in_the_page(theme: str) -> dict[str, str]:
    light, dark = TOKENS.read_text("utf-8").split('.bm[data-theme="dark"] {', 1)
    block = {"light": light, "dark": dark.split("}", 1)[0]}[theme]
    return dict(re.findall(r"--([\w-]+): *([^;]+);", block))


def linear(colour: str) -> list[float]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str, sight: str = "usual") -> float:
    """Return the relative luminance of WCAG 2, seen with a kind of sight."""
    rgb = linear(colour)
    seen = [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in SIGHT[sight]]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), seen, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_and_the_drawing_use_the_same_ramp(theme):
    page = in_the_page(theme)

    for level, shade in enumerate(RAMP[theme]):
        assert page[f"lvl-{level}"] == shade.fill
        assert page[f"lvl-{level}-ink"] == shade.ink


@pytest.mark.parametrize("theme", THEMES)
def test_the_number_on_every_level_is_readable(theme):
    assert len(RAMP[theme]) == 11
    assert all(contrast(shade.fill, shade.ink) >= 4.5 for shade in RAMP[theme])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_more_pain_is_always_darker_on_light_and_brighter_on_dark(theme, sight):
    brightness = [luminance(shade.fill, sight) for shade in RAMP[theme]]

    assert brightness == sorted(brightness, reverse=theme == "light")
    assert len(set(brightness)) == 11


@pytest.mark.parametrize("theme", THEMES)
def test_every_level_stands_out_from_one_of_its_two_rings(theme):
    rings = (COLOURS[theme]["ring-in"], COLOURS[theme]["ring-out"])

    assert all(max(contrast(shade.fill, ring) for ring in rings) >= 3 for shade in RAMP[theme])
