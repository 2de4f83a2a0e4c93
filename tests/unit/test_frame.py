"""The warp between the frame and a figure: exact, symmetric, invertible."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.atlas.frame import Warp

FRAME = [(0, -0.35), (0, 0), (0, 0.5), (0, 1), (1, 0.1), (0.4, 0.3), (0.7, 0.5), (0.8, 0.9)]
FIGURE = [
    (0, 1660),
    (0, 1425),
    (0, 1110),
    (0, 790),
    (190, 1350),
    (85, 1230),
    (125, 1105),
    (150, 860),
]
WARP = Warp.through(FRAME, FIGURE)
# Everything falls on one line of the figure: its slopes have no inverse anywhere.
FLAT = np.array([[0.0, 1000.0], [500.0, 0.0], [0.0, 0.0]])

frame_points = st.lists(
    st.tuples(st.floats(-1.2, 1.2), st.floats(-0.35, 1.1)), min_size=1, max_size=20
)


def test_anchors_are_met_exactly_on_both_sides():
    np.testing.assert_allclose(WARP.to_figure(FRAME), FIGURE, atol=1e-8)
    right = np.array(FRAME) * [-1, 1]
    np.testing.assert_allclose(WARP.to_figure(right), np.array(FIGURE) * [-1, 1], atol=1e-8)


@given(frame_points)
def test_a_point_taken_to_the_figure_and_back_is_where_it_was(points):
    there_and_back = WARP.to_frame(WARP.to_figure(points))

    np.testing.assert_allclose(there_and_back, points, atol=1e-8)


@given(frame_points)
def test_left_and_right_are_mirror_images_to_the_last_bit(points):
    left = np.array(points)
    right = left * [-1, 1]

    np.testing.assert_array_equal(WARP.to_figure(right), WARP.to_figure(left) * [-1, 1])
    mm = WARP.to_figure(left)
    np.testing.assert_array_equal(WARP.to_frame(mm * [-1, 1]), WARP.to_frame(mm) * [-1, 1])


@given(frame_points)
def test_mirroring_twice_changes_nothing(points):
    mirror = np.array([-1, 1])
    once = WARP.to_frame(WARP.to_figure(np.array(points) * mirror))
    twice = once * mirror

    np.testing.assert_allclose(twice, points, atol=1e-8)


@given(st.floats(-0.35, 1.1))
def test_the_midline_stays_the_midline(y):
    assert WARP.to_figure([[0.0, y]])[0, 0] == 0


@given(st.floats(0.01, 1.2), st.floats(-0.35, 1.1))
def test_no_side_is_ever_swapped(x, y):
    assert WARP.to_figure([[x, y]])[0, 0] > 0
    assert WARP.to_figure([[-x, y]])[0, 0] < 0


def test_a_warp_that_only_scales_has_one_area_factor_everywhere():
    plain = Warp.through([(0, 0), (0, 1), (1, 0), (1, 1)], [(0, 10), (0, 0), (4, 10), (4, 0)])

    np.testing.assert_allclose(plain.area_factor([[0.2, 0.3], [-0.9, 0.8]]), 40, rtol=1e-9)


def test_a_fold_shows_as_an_area_factor_below_zero():
    crossed = Warp.through(
        [(0, 0), (0, 1), (1, 0), (1, 1), (0.45, 0.5), (0.55, 0.5)],
        [(0, 10), (0, 0), (10, 10), (10, 0), (7, 5), (3, 5)],
    )

    assert crossed.area_factor([[0.5, 0.5]])[0] < 0


def test_where_the_warp_is_flat_there_is_no_way_back_and_that_is_said():
    flat = replace(WARP, _forward=replace(WARP._forward, weights=np.zeros((12, 2)), affine=FLAT))

    with pytest.raises(ValueError, match="has no place in the frame"):
        flat.to_frame([[100, 1000]])


def test_no_points_give_no_points():
    assert WARP.to_figure(np.empty((0, 2))).shape == (0, 2)
    assert WARP.to_frame(np.empty((0, 2))).shape == (0, 2)


@pytest.mark.parametrize(
    ("frame", "figure", "complaint"),
    [
        (FRAME, FIGURE[:-1], "8 anchors in the frame, 7 on the figure"),
        (FRAME[:2], FIGURE[:2], "at least 3 anchors"),
        ([*FRAME, (-1, 0)], [*FIGURE, (-190, 1425)], "left side only"),
        ([*FRAME, (0, 0.2)], [*FIGURE, (3, 1300)], "on the midline"),
        ([*FRAME, FRAME[-1]], [*FIGURE, (1, 1)], r"frame share one place: \(0.8, 0.9\)"),
        ([*FRAME, (0.8, 0.9 + 1e-12)], [*FIGURE, (1, 1)], "frame share one place"),
        ([*FRAME, (0.8 + 1e-6, 0.9)], [*FIGURE, (1, 1)], "frame share one place"),
        ([*FRAME, (1e-9, 0.2)], [*FIGURE, (80, 1300)], r"frame share one place: \(.*, 0.2\)"),
        ([*FRAME, (0.9, 0.9)], [*FIGURE, FIGURE[-1]], r"figure share one place: \(150, 860\)"),
        ([*FRAME, (0.9, 0.9)], [*FIGURE, (150, 860.001)], "figure share one place"),
        ([*FRAME, (0.9, 0.9)], [*FIGURE, (0, 800)], r"figure share one place: \(0, 800\)"),
        (FRAME[:4], FIGURE[:4], "frame lie on one line"),
        ([(0, 0), (0.5, 0), (1, 0)], [(0, 9), (5, 7), (9, 3)], "frame lie on one line"),
        ([(0, 0), (0.5, 1e-9), (1, 0)], [(0, 9), (5, 7), (9, 3)], "frame lie on one line"),
        ([(0, 0), (0.5, 0.3), (1, 1)], [(0, 9), (5, 9), (9, 9)], "figure lie on one line"),
        ([*FRAME, (float("nan"), 0)], [*FIGURE, (1, 1)], "finite"),
    ],
)
def test_anchors_that_make_no_warp_are_refused(frame, figure, complaint):
    with pytest.raises(ValueError, match=complaint):
        Warp.through(frame, figure)
