"""Geometry on outlines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.atlas import outlines

SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
NEIGHBOUR = SQUARE + np.array([6.0, 0.0])
# A "U": its middle is outside although its box covers it.
CUP = np.array([[0, 0], [6, 0], [6, 6], [4, 6], [4, 2], [2, 2], [2, 6], [0, 6]], dtype=float)


def test_area_adds_up_whichever_way_round_a_ring_runs():
    assert outlines.area([SQUARE, NEIGHBOUR[::-1]]) == 32
    assert outlines.signed_area(SQUARE) == 16
    assert outlines.signed_area(SQUARE[::-1]) == -16


def test_a_point_is_inside_when_any_ring_holds_it():
    held = outlines.contains([SQUARE, NEIGHBOUR], [[2, 2], [5, 2], [7, 2], [20, 2]])

    assert held.tolist() == [True, False, True, False]


def test_a_hollow_is_outside():
    assert outlines.contains([CUP], [[3, 5], [3, 1], [1, 5]]).tolist() == [False, True, True]


def test_depth_is_positive_inside_and_negative_outside():
    depths = outlines.depth([SQUARE], [[1, 2], [2, 2], [-3, 2], [7, 8]])

    np.testing.assert_allclose(depths, [1, 2, -3, -5])


@given(st.floats(0.01, 3.99), st.floats(0.01, 3.99))
def test_depth_inside_a_square_is_the_nearest_side(x, y):
    depth = outlines.depth([SQUARE], [[x, y]])[0]

    assert depth == pytest.approx(min(x, y, 4 - x, 4 - y))


def test_many_points_get_the_same_answer_as_one_by_one():
    grid = np.column_stack([np.linspace(-2, 8, 70_000), np.linspace(-1, 7, 70_000)])
    together = outlines.depth([CUP], grid)

    for index in (0, 20_000, 41_003, 69_999):
        assert together[index] == outlines.depth([CUP], grid[index])[0]


def test_the_way_to_the_skin_stops_at_the_first_edge():
    assert outlines.distance_to_skin([CUP], (1, 5), (1, 0)) == pytest.approx(1)
    assert outlines.distance_to_skin([CUP], (1, 1), (1, 0)) == pytest.approx(5)


def test_no_skin_in_that_direction_is_an_error():
    with pytest.raises(ValueError, match="no edge of the outline"):
        outlines.distance_to_skin([SQUARE], (9, 2), (1, 0))


def test_the_box_covers_all_rings():
    assert outlines.box([SQUARE, NEIGHBOUR]) == (0, 0, 10, 4)
