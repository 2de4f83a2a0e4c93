"""What was tried, and the levels on the days around it, without a word about a cause."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import NOON, operation

from bodymap.measures.change import Period
from bodymap.measures.tried import NO_CAUSE, runs, things_tried, tried_said
from bodymap.records import check_ins_of
from bodymap.records.day import DayOperation, Tried

TODAY = NOON.date()


def day(number):
    return TODAY + timedelta(days=number)


def answers(number, *tried, **more):
    """Return the answers of a day, made at its noon."""
    values = {
        "id": f"00000000-0000-4000-8000-{abs(number):012d}",
        "at": NOON + timedelta(days=number),
        "zone": "Europe/Berlin",
        "utc_offset_min": 60,
        "tried": tuple(each if isinstance(each, Tried) else Tried(each) for each in tried),
    }
    made = DayOperation(**(values | more))
    return made.local_date, made


def whole(number, level):
    """Return the mark of the whole body by itself on a day."""
    at = NOON + timedelta(days=number)
    return operation("whole-body", "midline", None, level, at=at)


def heat_on(days, levels):
    """Return what was tried from days with heat and {day: overall level}."""
    marks = check_ins_of(whole(number, level) for number, level in levels.items())
    (thing,) = things_tried([answers(number, "heat") for number in days], marks)
    return thing


ONCE_A_WEEK = range(0, 42, 7)
AROUND = {start + off: 6 for start in ONCE_A_WEEK for off in (-2, -1)} | {
    start + off: 4 for start in ONCE_A_WEEK for off in (1, 2)
}


def test_the_levels_before_and_after_are_told_apart():
    thing = heat_on(ONCE_A_WEEK, AROUND)

    assert (thing.around.scale, thing.around.before.days, thing.around.after.days) == (
        "by_itself",
        12,
        12,
    )
    assert (thing.around.before.middle, thing.around.after.middle) == (6, 4)


def test_a_median_comes_with_quartiles_and_range():
    levels = {
        start - 1: level for start, level in zip(ONCE_A_WEEK, [2, 9, 4, 6, 5, 8], strict=True)
    }
    levels |= {start + 1: 5 for start in ONCE_A_WEEK}

    before = heat_on(ONCE_A_WEEK, levels).around.before

    assert (before.lowest, before.quarter, before.middle) == (2, 4.25, 5.5)
    assert (before.three_quarters, before.highest) == (7.5, 9)


def test_days_with_the_thing_are_neither_before_nor_after():
    thing = heat_on([0, 1, 2], {number: 5 for number in range(-3, 6)})

    assert thing.around is None
    assert thing.runs == (Period(day(0), day(2)),)


def test_a_day_between_two_runs_counts_for_the_nearer_one_and_never_for_both():
    # Days 1 and 4 are nearer to one run; day 9 lies in the middle between 7 and 11.
    with_it = [0, 5, 7, 11]
    levels = {1: 1, 4: 2, 6: 3, 8: 4, 9: 5, 10: 6}
    far = {number + 100 * times: level for times in range(6) for number, level in levels.items()}

    thing = heat_on([start + 100 * times for times in range(6) for start in with_it], far)

    assert thing.around.before.days == 6 * 2  # days 4 and 10
    assert thing.around.after.days == 6 * 2  # days 1 and 8; 6 and 9 lie in the middle
    assert {thing.around.before.lowest, thing.around.before.highest} == {2, 6}
    assert {thing.around.after.lowest, thing.around.after.highest} == {1, 4}


def test_too_few_days_show_no_levels():
    few = {start + off: 5 for start in ONCE_A_WEEK[:4] for off in (-1, 1)}

    thing = heat_on(ONCE_A_WEEK[:4], few)

    assert thing.around is None
    assert tried_said(thing, "Heat") == (
        "Heat: on 4 days.",
        "There are too few days before and after to show your levels around it.",
    )


def test_without_enough_marks_of_the_whole_body_the_worst_pain_stands_in():
    given = [answers(start, "heat") for start in ONCE_A_WEEK]
    given += [answers(start + off, worst_nrs=7) for start in ONCE_A_WEEK for off in (-1, 1)]

    (thing,) = things_tried(given, check_ins_of([whole(-1, 2), whole(1, 2)]))

    assert (thing.around.scale, thing.around.before.middle) == ("worst", 7)


def test_answers_on_whether_it_helped_are_counted():
    (thing,) = things_tried(
        [
            answers(0, Tried("heat", "yes")),
            answers(1, Tried("heat", "yes")),
            answers(2, Tried("heat", "no")),
            answers(3, Tried("heat")),
        ],
        (),
    )

    assert thing.helped == {"yes": 2, "a-little": 0, "no": 1, "": 1}
    assert tried_said(thing, "Heat")[0] == (
        'Heat: on 4 days. You said "it helped" on 2 days and "it did not help" on 1 day.'
    )


def test_what_is_said_names_days_and_spread_and_claims_no_cause():
    said = tried_said(heat_on(ONCE_A_WEEK, AROUND), "Heat")

    assert said == (
        "Heat: on 6 days.",
        "Your pain of the whole body, by itself: up to 3 days before, 6 in the middle of 12 days,"
        " each time 6; up to 3 days after, 4 in the middle of 12 days, each time 4.",
        NO_CAUSE,
    )
    for word in ("because", "due to", "effect", "works", "better", "worse", "improv", "reduc"):
        assert not any(word in sentence for sentence in said)


def test_things_come_by_number_of_days_and_in_a_persons_own_words():
    things = things_tried([answers(0, "heat", "my cat"), answers(1, "my cat")], ())

    assert [(thing.what, thing.days) for thing in things] == [("my cat", 2), ("heat", 1)]


def test_dates_in_a_row_are_one_run():
    assert runs([day(3), day(1), day(2), day(2), day(6)]) == (
        Period(day(1), day(3)),
        Period.of(day(6)),
    )


@pytest.mark.parametrize(
    ("zone", "times"),
    [
        ("Europe/Berlin", [("2026-10-25T00:30", 120), ("2026-10-25T01:30", 60)]),
        ("Pacific/Kiritimati", [("2026-10-25T09:00", 840), ("2026-10-26T05:00", -600)]),
    ],
    ids=["clocks go back", "a flight west"],
)
def test_a_day_lived_twice_over_is_one_day_with_it(zone, times):
    given = [
        answers(
            n,
            "heat",
            at=datetime.fromisoformat(at).replace(tzinfo=UTC),
            zone=zone,
            utc_offset_min=off,
        )
        for n, (at, off) in enumerate(times)
    ]

    (thing,) = things_tried(given, ())

    assert thing.days == 1


def test_a_late_entry_counts_for_its_day():
    (thing,) = things_tried([answers(0, "heat", day=day(-3)), answers(-2, "heat")], ())

    assert thing.runs == (Period(day(-3), day(-2)),)


some_days = st.dictionaries(
    st.integers(-30, 30),
    st.tuples(
        st.sets(st.sampled_from(["heat", "walk"])),
        st.none() | st.integers(0, 10),
        st.none() | st.integers(0, 10),
    ),
)


@given(some_days, st.randoms())
def test_order_and_repetition_change_nothing_and_no_day_counts_twice(made, random):
    given = [answers(n, *tried, worst_nrs=worst) for n, (tried, worst, _) in made.items()]
    marks = list(check_ins_of(whole(n, level) for n, (_, _, level) in made.items()))
    again, marks_again = [*given, *given], [*marks, *marks]
    random.shuffle(again)
    random.shuffle(marks_again)

    things = things_tried(given, marks)

    assert things_tried(again, marks_again) == things
    for thing in things:
        assert thing.days == sum(thing.helped.values()) == sum(run.days for run in thing.runs)
        if thing.around:
            counted = thing.around.before.days + thing.around.after.days
            assert counted + thing.days <= len(made) + thing.days
            assert counted <= sum(thing.what not in tried for tried, _, _ in made.values())


@given(some_days)
def test_time_turned_round_exchanges_before_and_after(made):
    def told(sign):
        given = [
            answers(sign * n, *tried, worst_nrs=worst) for n, (tried, worst, _) in made.items()
        ]
        return {thing.what: thing.around for thing in things_tried(given, ())}

    forth, back = told(1), told(-1)

    for what, around in forth.items():
        turned = back[what]
        assert (around is None) == (turned is None)
        if around:
            assert replace(around, before=around.after, after=around.before) == turned
