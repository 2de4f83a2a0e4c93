"""Extent, areas, levels and overlap of drawings whose numbers are known beforehand."""

from math import pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shading import (
    ATLAS,
    OTHER_SIDE,
    any_drawing,
    drawing,
    eraser,
    every_area,
    line_mm,
    mirrored,
    shaded,
    stroke,
)

from bodymap.atlas import outlines
from bodymap.measures.extent import (
    Extent,
    Overlap,
    by_area,
    by_quality,
    extent,
    overlap,
    summary,
    weighted,
)
from bodymap.measures.shapes import shape_of

FEW = settings(max_examples=15)
NONE = Extent(0, 0, 0)
BACK_MM2 = outlines.area(ATLAS.figure("neutral", "back").silhouette_mm)


def of(*strokes):
    return shape_of(ATLAS, drawing(*strokes))


def touched(shape):
    return {(share.area, share.side) for share in by_area(shape) if share.is_touched}


def test_nothing_drawn_is_nothing_percent():
    assert extent(of()) == NONE
    assert by_area(of()) == ()
    assert overlap(of(), of()) == Overlap(None, None, None)
    assert summary(of()) == ("Nothing is shaded in this drawing.",)


def test_the_whole_figure_shaded_area_by_area_is_a_hundred_percent():
    whole = shape_of(ATLAS, every_area())

    assert extent(whole).both == pytest.approx(100, rel=0.005)
    assert all(share.share > 0.999 and share.is_touched for share in by_area(whole))
    assert len(by_area(whole)) == sum(len(area.sides) for area in ATLAS.areas.values())


def test_the_whole_back_shaded_by_hand_is_a_hundred_percent_of_it_and_half_of_both():
    rows = [stroke([(-2300, y), (2300, y)], 60) for y in range(-400, 2301, 80)]

    assert extent(of(*rows)) == Extent(
        pytest.approx(100, rel=0.005), 0, pytest.approx(50, rel=0.005)
    )


def test_a_band_is_its_surface_over_that_of_the_view():
    band = of(line_mm((-70, 1300), (70, 1300)))

    mm2 = 140 * 28 + pi * 14**2
    assert extent(band).back == pytest.approx(100 * mm2 / BACK_MM2, rel=0.005)
    assert extent(band).both == pytest.approx(extent(band).back / 2)


def test_an_area_shaded_whole_is_shaded_whole_and_its_neighbours_are_not_touched():
    (only,) = [share for share in by_area(of(shaded("calf", "right"))) if share.share > 1e-6]

    assert (only.area, only.side, only.is_touched) == ("calf", "right", True)
    assert only.share == pytest.approx(1)


def test_half_of_the_body_is_measured_against_that_half():
    rows = [stroke([(200, y), (2300, y)], 60) for y in range(-400, 2301, 80)]

    assert extent(of(*rows), "left").back > 85
    assert extent(of(*rows), "right").back == 0
    assert extent(of(*rows)).back == pytest.approx(extent(of(*rows), "left").back / 2)


def test_a_small_dot_in_a_large_area_counts_as_one_area_touched():
    (share,) = by_area(of(line_mm((30, 1330), (31, 1330), width=12)))

    assert share.share < 0.05
    assert share.is_touched


def test_a_dot_on_the_spine_is_one_patch_and_not_two():
    # Two thirds on the left of a border between a left and a right area, one third on the right.
    dot = line_mm((3, 1200), (3.1, 1200), width=12)

    assert len(touched(of(dot))) == 1


def test_the_rim_of_a_stroke_does_not_touch_the_next_area():
    outline = ATLAS.figure("neutral", "back").area_outlines_mm["buttock", "left"][0]
    _, bottom, _, _ = outlines.box([outline])
    across = of(line_mm((60, bottom + 12), (110, bottom + 12)))

    assert {share.area for share in by_area(across)} == {"buttock", "thigh-back"}
    assert touched(across) == {("buttock", "left")}


def test_qualities_are_told_apart_and_may_overlap():
    here = [(100, 400), (300, 400)]
    both = of(stroke(here, quality="burning", nrs=3), stroke(here, quality="numb"), stroke(here))
    alone = extent(of(stroke(here)))

    assert by_quality(both) == {"": alone, "burning": alone, "numb": alone}
    assert extent(both).back == pytest.approx(alone.back)


def test_each_place_counts_with_its_level_of_ten():
    here, there = [(100, 400), (300, 400)], [(-300, 400), (-100, 400)]
    found = weighted(of(stroke(here, nrs=10), stroke(there, nrs=5), stroke(here, view="front")))

    half = extent(of(stroke(here))).back
    assert found.weighted.back == pytest.approx(half * 1.5)
    assert found.levelled.back == pytest.approx(half * 2)
    assert found.unlevelled == Extent(
        0,
        pytest.approx(extent(of(stroke(here, view="front"))).front),
        pytest.approx(half / 2, rel=0.1),
    )


def test_of_two_levels_on_one_place_the_higher_one_counts_once():
    here = [(100, 400), (300, 400)]
    found = weighted(of(stroke(here, nrs=2, quality="numb"), stroke(here, nrs=8), stroke(here)))

    assert found.weighted.back == pytest.approx(extent(of(stroke(here))).back * 0.8)
    assert found.unlevelled == NONE


def test_level_zero_is_a_level_and_adds_nothing():
    found = weighted(of(stroke([(100, 400), (300, 400)], nrs=0)))

    assert found.weighted == NONE
    assert found.levelled.back > 0
    assert found.unlevelled == NONE


def test_two_bands_that_share_a_third_overlap_by_a_third():
    # Bands of the same length: half of each lies in the other, so a third of both together.
    one = [line_mm((-60, y), (60, y)) for y in range(1150, 1251, 5)]
    other = [line_mm((-60, y), (60, y)) for y in range(1214, 1315, 5)]

    found = overlap(of(*one), of(*other))

    assert found.back == pytest.approx(1 / 3, abs=0.015)
    assert found.front is None
    assert found.both == found.back


def test_drawings_apart_do_not_overlap():
    assert overlap(of(stroke([(200, 400)])), of(stroke([(-200, 400)]))) == Overlap(0, None, 0)


@pytest.mark.parametrize(
    ("strokes", "sentences"),
    [
        (
            [shaded("calf", "left", nrs=10)],
            (
                "You shaded 5.8 % of the back of the drawn body.",
                "That is in 1 area of the map.",
                "Weighted by level, it is 2.9 % of both.",
            ),
        ),
        (
            [
                stroke([(200, 400)], 12),
                stroke([(200, 400)], 12, "front", nrs=5),
                shaded("tail", "left"),
            ],
            (
                "You shaded less than 0.1 % of the back and less than 0.1 % of the front"
                " of the drawn body.",
                "That is in 2 areas of the map.",
                "Weighted by level, it is less than 0.1 % of both.",
                "Less than 0.1 % of both has no level and is left out of that.",
                "1 shaded area is not on this map and left out.",
            ),
        ),
    ],
    ids=["an area", "two dots"],
)
def test_a_drawing_is_told_in_sentences(strokes, sentences):
    assert summary(of(*strokes)) == sentences


@FEW
@given(any_drawing())
def test_a_mirrored_drawing_gives_the_same_numbers_with_left_and_right_exchanged(drawn):
    shape, other = shape_of(ATLAS, drawn), shape_of(ATLAS, mirrored(drawn))

    assert extent(other) == extent(shape)
    assert extent(other, "right") == extent(shape, "left")
    assert extent(other, "left") == extent(shape, "right")
    assert by_quality(other) == by_quality(shape)
    assert weighted(other) == weighted(shape)
    assert {(each.area, OTHER_SIDE[each.side]): each.share for each in by_area(other)} == {
        (each.area, each.side): each.share for each in by_area(shape)
    }
    assert {(area, OTHER_SIDE[side]) for area, side in touched(other)} == touched(shape)


@FEW
@given(any_drawing(max_size=4), any_drawing(max_size=4))
def test_overlap_lies_between_apart_and_the_same_and_has_no_first(one, other):
    first, second = shape_of(ATLAS, one), shape_of(ATLAS, other)

    found = overlap(first, second)

    assert found == overlap(second, first)
    assert found == overlap(*(shape_of(ATLAS, mirrored(each)) for each in (one, other)))
    assert all(index is None or 0 <= index <= 1 for index in (found.back, found.front, found.both))
    if first.whole:
        assert overlap(first, first).both == pytest.approx(1)


@FEW
@given(any_drawing(), st.sampled_from(["back", "front"]))
def test_numbers_agree_with_each_other(drawn, view):
    shape = shape_of(ATLAS, drawn)
    whole, weights = extent(shape), weighted(shape)

    assert 0 <= whole.of(view) <= 100
    assert all(each.of(view) <= whole.of(view) + 1e-9 for each in by_quality(shape).values())
    assert weights.weighted.of(view) <= weights.levelled.of(view) + 1e-9
    assert weights.levelled.of(view) + weights.unlevelled.of(view) == pytest.approx(whole.of(view))
    assert all(0 < share.share <= 1 for share in by_area(shape))
    assert bool(touched(shape)) == bool(by_area(shape))


@settings(max_examples=4)
@given(any_drawing(max_size=4))
def test_an_eraser_over_everything_leaves_nothing(drawn):
    rows = [
        eraser([(-2300, y), (2300, y)], 60, view=view)
        for view in ("back", "front")
        for y in range(-400, 2301, 80)
    ]

    assert extent(of(*drawn.strokes, *rows)) == NONE
