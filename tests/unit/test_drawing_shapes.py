"""What strokes shade on the neutral body, against shapes whose surface geometry knows."""

from math import pi

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shading import ATLAS, any_drawing, drawing, eraser, line_mm, mirrored, shaded, stroke

from bodymap.atlas import outlines
from bodymap.measures.shapes import PARTS, ground, shape_of

FEW = settings(max_examples=20)


def surface(*strokes, view="back", layer=None):
    """Return the mm² that strokes shade in a view."""
    return shape_of(ATLAS, drawing(*strokes)).on_body(view, layer).area


def surfaces(drawn):
    """Return the mm² of each layer and of everything, by half and view."""
    shape = shape_of(ATLAS, drawn)
    layers = {
        (layer, part): of.area
        for layer, parts in shape.layers.items()
        for part, of in parts.items()
    }
    return layers, {part: of.area for part, of in shape.whole.items()}


@pytest.mark.parametrize("width", [12, 28, 60])
@pytest.mark.parametrize(("x", "y"), [(90, 1300), (0, 1300), (-60, 1150)])
def test_a_dot_is_a_disc_as_wide_as_the_brush(width, x, y):
    figure = ATLAS.figure("neutral", "back")
    at = np.round(figure.warp.to_frame([[x, y]])[0] * 1000).astype(int).tolist()

    assert surface(stroke([tuple(at)], width)) == pytest.approx(pi * width**2 / 4, rel=0.005)


@pytest.mark.parametrize("width", [12, 28, 60])
def test_a_line_is_a_band_with_round_ends(width):
    band = line_mm((-70, 1300), (70, 1300), width=width)

    assert surface(band) == pytest.approx(140 * width + pi * width**2 / 4, rel=0.005)


def test_rows_of_strokes_are_a_rectangle_with_round_corners():
    rows = [line_mm((-60, y), (60, y), width=28) for y in range(1150, 1301, 5)]

    assert surface(*rows) == pytest.approx(148 * 178 - (4 - pi) * 14**2, rel=0.005)


def test_a_wide_cross_counts_its_middle_once():
    cross = [line_mm((-60, 1250), (60, 1250)), line_mm((0, 1190), (0, 1310))]

    assert surface(*cross) == pytest.approx(2 * (120 * 28 + pi * 14**2) - 28**2, rel=0.005)


@pytest.mark.parametrize(
    ("area", "side"), [("lower-back", "midline"), ("shoulder-blade", "left"), ("calf", "right")]
)
def test_a_shaded_area_is_its_outline(area, side):
    rings = ATLAS.figure("neutral", "back").area_outlines_mm[area, side]

    assert surface(shaded(area, side)) == pytest.approx(outlines.area(rings), rel=1e-4)


def test_what_lies_beside_the_body_counts_for_nothing():
    assert not shape_of(ATLAS, drawing(stroke([(3000, 300), (3900, 400)]))).whole
    half_off = line_mm((0, 1300), (600, 1300))
    inside = shapely.box(-14, 1286, 700, 1314).intersection(_skin())
    assert surface(half_off) == pytest.approx(inside.area, rel=0.02)


def test_an_eraser_takes_away_what_was_shaded_before_it_in_every_layer():
    line = [(-200, 400), (200, 400)]
    below = [stroke(line, quality="burning", nrs=3), stroke(line, quality="numb")]

    assert surface(*below, eraser(line, 60)) == 0
    assert surface(*below, eraser([(200, 400)], 60)) < surface(*below)


def test_an_eraser_leaves_what_is_shaded_after_it_and_the_other_view():
    line = [(100, 400), (300, 400)]
    drawn = [stroke(line), stroke(line, view="front"), eraser(line, 60), stroke(line, 12)]

    assert surface(*drawn) == pytest.approx(surface(stroke(line, 12)))
    assert surface(*drawn, view="front") == surface(stroke(line, view="front"), view="front")


def test_layers_keep_their_own_shape_where_they_overlap():
    one, two = stroke([(100, 400), (300, 400)], nrs=3), stroke([(200, 380), (200, 420)], nrs=7)

    assert surface(one, two, layer=("", 3)) == surface(one)
    assert surface(one, two, layer=("", 7)) == surface(two)
    assert max(surface(one), surface(two)) < surface(one, two) < surface(one) + surface(two)


def test_an_area_that_this_map_does_not_have_is_named_and_not_lost_in_silence():
    shape = shape_of(ATLAS, drawing(shaded("third-arm", "left"), shaded("chest", "left", "back")))

    assert shape.unknown_areas == (("third-arm", "left"), ("chest", "left"))
    assert not shape.whole


@pytest.mark.parametrize("view", ["back", "front"])
def test_a_place_is_read_from_the_table_as_the_warp_puts_it(view):
    random = np.random.default_rng(1)
    figure = ATLAS.figure("neutral", view)
    at = np.column_stack([random.uniform(-2.1, 2.1, 20000), random.uniform(-0.35, 2.25, 20000)])
    exact = figure.warp.to_figure(at)
    on_body = shapely.contains_xy(_skin(view), exact[:, 0], exact[:, 1])

    off = np.hypot(*(ground(ATLAS, view).placing.to_body(at) - exact).T)[on_body]

    assert off.max() < 0.6
    assert np.percentile(off, 99) < 0.15


def test_a_place_beyond_the_table_is_asked_of_the_warp_itself():
    far = np.array([[-3.9, 3.9], [0.5, -3.0], [3.9, 0.5]])
    figure = ATLAS.figure("neutral", "back")

    assert (ground(ATLAS, "back").placing.to_body(far) == figure.warp.to_figure(far)).all()


@FEW
@given(any_drawing())
def test_a_mirrored_drawing_has_the_same_shapes_with_left_and_right_exchanged(drawn):
    layers, whole = surfaces(drawn)
    layers_mirrored, whole_mirrored = surfaces(mirrored(drawn))

    swap = {part: (part[0], "left" if part[1] == "right" else "right") for part in PARTS}
    assert {swap[part]: mm2 for part, mm2 in whole.items()} == whole_mirrored
    assert {(layer, swap[part]): mm2 for (layer, part), mm2 in layers.items()} == layers_mirrored


@FEW
@given(any_drawing(tools=("brush", "area")), st.randoms())
def test_without_erasers_the_order_of_strokes_changes_nothing(drawn, random):
    shuffled = list(drawn.strokes)
    random.shuffle(shuffled)

    assert surfaces(drawing(*shuffled)) == surfaces(drawn)


@FEW
@given(any_drawing(tools=("brush", "area")))
def test_drawing_the_same_again_changes_nothing(drawn):
    assert surfaces(drawing(*drawn.strokes, *drawn.strokes)) == surfaces(drawn)


@FEW
@given(any_drawing())
def test_a_shape_lies_on_the_body_and_a_layer_within_the_whole(drawn):
    shape = shape_of(ATLAS, drawn)

    for view in ("back", "front"):
        whole = shape.on_body(view)
        assert whole.difference(_skin(view)).area < 1e-3
        for layer in shape.layers:
            assert shape.on_body(view, layer).difference(whole).area < 1e-3


def _skin(view="back"):
    (ring,) = ATLAS.figure("neutral", view).silhouette_mm
    return shapely.Polygon(ring)
