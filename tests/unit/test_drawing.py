"""A figure with layers and marks as one stand-alone SVG."""

import itertools
import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bodymap.atlas import BODIES, VIEWS, load, outlines
from bodymap.drawing import LAYERS, RAMP, DrawnMark, figure_svg
from bodymap.drawing.places import label_place, spread
from bodymap.drawing.ramp import COLOURS

ATLAS = load()
BACK, FRONT = ATLAS.figure("female", "back"), ATLAS.figure("female", "front")
SVG = "{http://www.w3.org/2000/svg}"
MARKS = (
    DrawnMark("rhomboid-major-upper", "left", 7),
    DrawnMark("lower-back", "midline", 0),
    DrawnMark("scalenes", "right", 10),
    DrawnMark("whole-body", "midline", 5),
)


def titles(svg):
    return [title.text for title in ElementTree.fromstring(svg).iter(f"{SVG}title")]


@pytest.mark.parametrize("theme", RAMP)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("body", BODIES)
def test_every_figure_is_drawn_with_all_layers_and_needs_nothing_else(body, view, theme):
    figure = ATLAS.figure(body, view)
    svg = figure_svg(figure, LAYERS, MARKS, theme)
    root = ElementTree.fromstring(svg)

    assert root.get("viewBox") == " ".join(f"{v:g}" for v in figure.view_box)
    assert "var(" not in svg
    assert not re.search(r"<(script|style|image)\b|url\((?!#)", svg)
    ids = {element.get("id") for element in root.iter()}
    assert {f"#{id_}" for id_ in ids if id_} >= set(re.findall(r'href="([^"]*)"', svg))


def test_a_mark_of_the_other_view_or_of_the_whole_body_is_left_out():
    assert titles(figure_svg(BACK, (), MARKS)) == [
        "Rhomboid, upper, left: 7 of 10",
        "Lower back, midline: 0 of 10",
    ]
    assert titles(figure_svg(FRONT, (), MARKS)) == ["Side neck muscles, right: 10 of 10"]


def test_the_picture_says_what_it_is():
    root = ElementTree.fromstring(figure_svg(BACK, (), MARKS[:1]))

    assert root.get("role") == "img"
    assert root.get("aria-label") == "Female body, back, 1 mark"


@pytest.mark.parametrize(("figure", "first"), [(BACK, "Your left"), (FRONT, "Your right")])
def test_left_and_right_are_always_written(figure, first):
    svg = figure_svg(figure)
    words = [
        (float(text.get("x")), text.text) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")
    ]

    assert {word for _, word in words} == {"Your left", "Your right"}
    assert min(words)[1] == first


@pytest.mark.parametrize("level", range(11))
@pytest.mark.parametrize("theme", RAMP)
def test_a_mark_shows_its_number_on_the_colour_of_its_level(theme, level):
    svg = figure_svg(BACK, (), [DrawnMark("piriformis-outer", "right", level)], theme)
    shade = RAMP[theme][level]

    assert f'fill="{shade.fill}"' in svg
    assert re.search(rf'fill="{shade.ink}">{level}</text>', svg)


def test_a_lone_mark_sits_on_its_point():
    svg = figure_svg(BACK, (), [DrawnMark("piriformis-outer", "right", 4)])
    x, y = BACK.to_drawing([BACK.place("piriformis-outer", "right")])[0]

    assert f'cx="{x:.1f}" cy="{y:.1f}"' in svg
    assert x > 0


def test_no_disc_moves_when_only_a_level_changes():
    everywhere = [DrawnMark(id_, s, 1) for id_, s in ATLAS.slots if id_ in BACK.points]
    worse = [DrawnMark(mark.target_id, mark.side, 9) for mark in everywhere]

    def places(marks):
        return re.findall(r'<circle cx="([^"]+)" cy="([^"]+)"', figure_svg(BACK, (), marks))

    assert places(everywhere) == places(worse)


def test_an_unknown_layer_is_refused():
    with pytest.raises(ValueError, match="there is no layer 'skin'; choose from body, deep"):
        figure_svg(BACK, ("skin",))


def test_layers_are_drawn_only_when_asked_for():
    plain, muscles = figure_svg(BACK), figure_svg(BACK, ("muscles",))

    assert "data-muscle" not in plain
    assert 'data-muscle="trapezius-upper"' in muscles
    assert "data-bone" in figure_svg(BACK, ("bones",))


@pytest.mark.parametrize(("id_", "side"), [s for s in ATLAS.slots if s[0] in ATLAS.areas])
def test_the_number_of_an_area_lies_inside_it(id_, side):
    figure = ATLAS.figure("larger", ATLAS.areas[id_].view)
    drawn = [figure.to_drawing(ring) for ring in figure.area_outlines_mm[id_, side]]

    assert outlines.depth(drawn, label_place(figure, id_, side))[0] > 5


places = st.lists(st.tuples(st.floats(-150, 150), st.floats(0, 400)), min_size=2, max_size=12).map(
    tuple
)


@given(places)
@example(((1e-300, 0.0), (-1e-300, 0.0)))  # one place, but not one side
def test_discs_are_moved_apart_and_stay_on_their_side(centres):
    moved = spread(centres, 30.0)

    for (x, _), (to_x, _) in zip(centres, moved, strict=True):
        assert x * to_x >= 0
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(moved, 2))
    assert nearest > 20


@given(places)
def test_discs_far_enough_apart_are_left_where_they_are(centres):
    spaced = tuple((x, 40.0 * index) for index, (x, _) in enumerate(centres))

    assert spread(spaced, 30.0) == spaced


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", RAMP)
def test_every_number_can_be_read_on_its_disc(theme):
    assert len(RAMP[theme]) == 11
    assert min(contrast(shade.fill, shade.ink) for shade in RAMP[theme]) >= 4.5


@pytest.mark.parametrize("theme", RAMP)
def test_every_disc_stands_out_from_one_of_its_rings(theme):
    rings = (COLOURS[theme]["ring-in"], COLOURS[theme]["ring-out"])

    for shade in RAMP[theme]:
        assert max(contrast(shade.fill, ring) for ring in rings) >= 3


@pytest.mark.parametrize(("theme", "darker_is_more"), [("light", True), ("dark", False)])
def test_more_pain_is_further_from_the_page(theme, darker_is_more):
    brightness = [luminance(shade.fill) for shade in RAMP[theme]]

    assert brightness == sorted(brightness, reverse=darker_is_more)
    assert len(set(brightness)) == 11
