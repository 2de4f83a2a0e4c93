"""How far two answers of the same day lie apart, against figures worked out by hand."""

from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import NOON

from bodymap.atlas import load
from bodymap.measures.repeatability import (
    FEWEST_PAIRS,
    PUBLISHED_SOURCES,
    LevelPair,
    agreement,
    median_overlap,
    smallest_change,
    summary,
)
from bodymap.records import InvalidValue

TODAY = NOON.date()
OTHER = {"left": "right", "right": "left", "midline": "midline"}


def pairs(*levels, days=4):
    """Return pairs of levels at places of their own, spread over some days."""
    return [
        LevelPair(f"place-{number}", "left", "touched", TODAY - timedelta(number % days), *pair)
        for number, pair in enumerate(levels)
    ]


def apart(differences):
    return pairs(*((5, 5 + difference) for difference in differences))


any_pairs = st.lists(
    st.builds(
        LevelPair,
        st.sampled_from(["neck", "calf"]),
        st.sampled_from(sorted(OTHER)),
        st.sampled_from(["touched", "by_itself"]),
        st.dates(date(2026, 1, 1), date(2026, 2, 1)),
        st.integers(0, 10),
        st.integers(0, 10),
    ),
    max_size=40,
)


def test_limits_of_agreement_are_the_mean_and_1_96_standard_deviations():
    found = agreement(apart([2, 0, -1, 1, 3]))

    sd = sqrt((1 + 1 + 4 + 0 + 4) / 4)
    assert (found.pairs, found.days, found.farthest) == (5, 4, 3)
    assert (found.mean, found.sd) == (1, pytest.approx(sd))
    assert (found.low, found.high) == (pytest.approx(1 - 1.96 * sd), pytest.approx(1 + 1.96 * sd))
    assert found.limit_error == pytest.approx(sqrt(3 / 5) * sd)


@pytest.mark.parametrize("given", [[], [1]])
def test_fewer_than_two_pairs_say_nothing(given):
    assert agreement(apart(given)) is None


@pytest.mark.parametrize(
    ("differences", "step"),
    [
        ([0] * 20, 1),
        ([1, -1] * 10, 3),  # sd 1.026, × 1.96 = 2.01
        ([1, -1] * 8 + [0] * 4, 2),
        ([2, -2] * 10, 5),
        ([5, -5] * 10, 10),
    ],
)
def test_the_smallest_change_is_rounded_up_to_a_whole_step(differences, step):
    found = smallest_change(apart(differences))

    assert (found.step, found.basis) == (step, "own")


def test_too_few_pairs_or_days_take_the_published_step():
    few = smallest_change(apart([0] * (FEWEST_PAIRS - 1)))
    one_sitting = smallest_change(pairs(*[(5, 5)] * 30, days=2))

    assert (few.step, few.basis, few.pairs) == (3, "published", FEWEST_PAIRS - 1)
    assert (one_sitting.step, one_sitting.basis, one_sitting.days) == (3, "published", 2)
    assert smallest_change([]).farthest is None


def test_what_the_published_step_rests_on_is_a_known_source():
    assert set(PUBLISHED_SOURCES) <= set(load().sources)


def test_what_counts_as_change_is_said_with_where_it_comes_from():
    assert summary(smallest_change(apart([1, -1] * 6 + [0] * 7 + [-2]))) == (
        "Only a step of more than 1 counts as change here.",
        "On 4 days you marked twice, and your two answers were up to 2 apart.",
    )
    assert summary(smallest_change([])) == (
        "Only a step of more than 2 counts as change here.",
        "That step comes from studies of other people. To find your own, mark again at least"
        " 20 times, on 3 days or more.",
    )
    assert summary(smallest_change(apart([0] * 20))) == (
        "Every step counts as change here.",
        "On 4 days you marked twice, and your two answers were the same each time.",
    )


def test_the_median_overlap_leaves_out_days_without_a_drawing():
    assert median_overlap([0.2, None, 0.9, 0.6]) == 0.6
    assert median_overlap([None]) is None


@pytest.mark.parametrize(
    "wrong", [{"first": 11}, {"again": None}, {"side": "both"}, {"scale": "pressed"}]
)
def test_a_pair_holds_two_answers_of_one_scale(wrong):
    values = {"target": "neck", "side": "left", "scale": "touched", "day": TODAY}

    with pytest.raises(InvalidValue):
        LevelPair(**(values | {"first": 3, "again": 4} | wrong))


@given(any_pairs, st.randoms())
def test_order_repetition_and_side_change_nothing(made, random):
    again = [*made, *made]
    random.shuffle(again)
    mirrored = [
        LevelPair(each.target, OTHER[each.side], each.scale, each.day, each.first, each.again)
        for each in made
    ]

    assert agreement(again) == agreement(made) == agreement(mirrored)
    assert smallest_change(again) == smallest_change(made) == smallest_change(mirrored)


@given(any_pairs)
def test_the_smallest_change_is_a_whole_step_from_one_to_ten(made):
    assert smallest_change(made).step in range(1, 11)
