"""How far two answers of the same day lie apart, against figures worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import NOON, any_operations, operation
from shading import ATLAS, line_mm, shaded

from bodymap.measures.repeatability import (
    FEWEST_PAIRS,
    PUBLISHED_SOURCES,
    LevelPair,
    agreement,
    agreement_said,
    median_overlap,
    overlap_summary,
    overlaps,
    pairs,
    pairs_summary,
    smallest_change,
    summary,
)
from bodymap.records import InvalidValue, check_ins_of

TODAY = NOON.date()
OTHER = {"left": "right", "right": "left", "midline": "midline"}


def made_pairs(*levels, days=4):
    """Return pairs of levels at places of their own, spread over some days."""
    return [
        LevelPair(f"place-{number}", "left", "touched", TODAY - timedelta(number % days), *pair)
        for number, pair in enumerate(levels)
    ]


def apart(differences):
    return made_pairs(*((5, 5 + difference) for difference in differences))


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


A_DAY = timedelta(days=1)


def again(target="neck", side="left", touched=3, by_itself=None, **more):
    return operation(target, side, touched, by_itself, is_again=True, **more)


def test_a_pair_is_a_place_and_scale_answered_both_times_on_one_date():
    check_ins = check_ins_of(
        [
            operation("neck", "left", 7, 3),
            again("neck", "left", 5, 4),
            operation("knee", "right", 2, None),
            again("knee", "right", 2, 1),  # by itself was not answered the first time
            operation("hip"),  # not marked again
            again("foot"),  # not marked first
            operation("calf", at=NOON - A_DAY),
            again("calf"),  # on another date
        ]
    )

    assert pairs(check_ins) == (
        LevelPair("neck", "left", "touched", TODAY, 7, 5),
        LevelPair("neck", "left", "by_itself", TODAY, 3, 4),
        LevelPair("knee", "right", "touched", TODAY, 2, 2),
    )


def test_of_several_answers_the_last_is_in_the_pair():
    stated = [operation(touched=7), again(touched=1), again(touched=5), operation(touched=6)]

    assert [(pair.first, pair.again) for pair in pairs(check_ins_of(stated))] == [(6, 5)]


def test_no_pain_is_an_answer_and_a_cleared_mark_is_none():
    nothing_hurts = [operation(touched=0), again(touched=0)]
    cleared = [operation("hip"), again("hip"), operation("hip", touched=None)]

    (pair,) = pairs(check_ins_of([*nothing_hurts, *cleared]))

    assert (pair.target, pair.difference) == ("neck", 0)


def mirrored(made):
    return replace(made, side=OTHER[made.side])


@given(any_operations())
def test_pairs_turn_with_the_body_and_none_comes_twice(operations):
    found = pairs(check_ins_of(operations))

    places = [(pair.day, pair.target, pair.side, pair.scale) for pair in found]
    assert len(set(places)) == len(places)
    assert pairs(check_ins_of(map(mirrored, operations))) == tuple(
        LevelPair(pair.target, OTHER[pair.side], pair.scale, pair.day, pair.first, pair.again)
        for pair in found
    )


@given(any_operations(), st.randoms())
def test_which_was_entered_first_changes_no_pair(operations, random):
    """A place is stated once each time, so that no order decides which statement is the last."""
    once = [*{(one.local_date, one.is_again, one.place): one for one in operations}.values()]
    shuffled = random.sample(once, len(once))

    assert set(pairs(check_ins_of(shuffled))) == set(pairs(check_ins_of(once)))


def test_the_answers_of_a_sitting_are_compared_in_words():
    assert pairs_summary(made_pairs((5, 5), (0, 0))) == "Your two answers were the same each time."
    assert pairs_summary(made_pairs((5, 5), (3, 1))) == "Your two answers were up to 2 apart."
    assert pairs_summary([]) == "No place has two answers yet."


def test_drawings_made_again_are_compared_where_both_shade_something():
    line = ((-40, 420), (-40, 560))
    twice = [line_mm(*line), line_mm(*line, is_again=True)]
    apart_ = [
        shaded("calf", "left", at=NOON - A_DAY),
        shaded("calf", "right", at=NOON - A_DAY, is_again=True),
    ]
    alone = [shaded("calf", "left", at=NOON - 2 * A_DAY)]
    off_the_map = [
        shaded("calf", "left", at=NOON - 3 * A_DAY),
        shaded("nowhere", "left", at=NOON - 3 * A_DAY, is_again=True),
    ]

    check_ins = check_ins_of([*twice, *apart_, *alone, *off_the_map])

    assert overlaps(ATLAS, check_ins) == (0, pytest.approx(1))


def test_how_much_two_drawings_overlap_is_said_with_what_is_usual():
    first, usual = overlap_summary(0.554)

    assert first == "Your two drawings overlap by 0.55: 0 is apart, 1 is the same."
    assert usual.endswith("0.42 to 0.76.")


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
    one_sitting = smallest_change(made_pairs(*[(5, 5)] * 30, days=2))

    assert (few.step, few.basis, few.pairs) == (3, "published", FEWEST_PAIRS - 1)
    assert (one_sitting.step, one_sitting.basis, one_sitting.days) == (3, "published", 2)
    assert smallest_change([]).farthest is None


def test_what_the_published_step_rests_on_is_a_known_source():
    assert set(PUBLISHED_SOURCES) <= set(ATLAS.sources)


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


def test_the_agreement_is_said_with_its_limits_and_how_rough_they_are():
    # mean 0, SD √(2/3), limits ± 1.96 SD, each off by 1.96 · √(3/4) · SD
    found = agreement(apart([0, 1, 0, -1]))

    assert agreement_said(found) == (
        "Your second answers were as high as the first ones, on the whole.",
        "Of 20 such differences 19 are expected between -1.6 and 1.6 (limits of agreement,"
        " from 4 pairs; each may be off by 1.4).",
    )


@pytest.mark.parametrize(("again", "word"), [((1, 2), "higher"), ((-1, -2), "lower")])
def test_the_agreement_says_which_answers_were_higher(again, word):
    found = agreement(apart(again))

    assert agreement_said(found)[0] == f"Your second answers were 1.5 steps {word} in the mean."
