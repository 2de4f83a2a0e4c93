"""What changed between two dates or periods, and how often each place was marked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import NOON, any_operations, operation

from bodymap.measures.change import (
    DIRECTIONS,
    FEW,
    Period,
    change_said,
    changes,
    check_ins_said,
    heat_map,
    heat_said,
    start_and_now,
    summary,
)
from bodymap.measures.repeatability import SmallestChange
from bodymap.records import check_ins_of

TODAY = NOON.date()
THREE = SmallestChange(3, "published", 0, 0, None)
OTHER = {"left": "right", "right": "left", "midline": "midline"}


def days_ago(days):
    return TODAY - timedelta(days=days)


def on(days_ago, *marks):
    """Return the operations of a day; each mark is (target, side, touched, by itself)."""
    return [operation(*mark, at=NOON - timedelta(days=days_ago)) for mark in marks]


def neck(level, by_itself=None):
    return ("neck", "left", level, by_itself)


def check_ins(*days):
    return check_ins_of(made for day in days for made in day)


def necks(levels, first=0):
    """Return a check-in for each level, the last one so many days ago."""
    last = first + len(levels) - 1
    return check_ins(*(on(last - index, neck(level)) for index, level in enumerate(levels)))


def compare(made, before, after, step=THREE):
    return changes(made, Period(*before), Period(*after), step)


@pytest.mark.parametrize(
    ("levels", "direction"),
    [((7, 4), "less"), ((4, 7), "more"), ((7, 5), "same"), ((5, 7), "same"), ((0, 3), "more")],
)
def test_two_dates_differ_only_by_a_step_that_counts(levels, direction):
    made = necks(levels)

    (change,) = changes(made, Period.of(days_ago(1)), Period.of(TODAY), THREE)

    assert (change.direction, change.step) == (direction, levels[1] - levels[0])


def test_a_place_not_marked_both_times_can_not_be_compared():
    made = check_ins(on(1, neck(7)), on(0, ("calf", "right", 2, None)))

    compared = changes(made, Period.of(days_ago(1)), Period.of(TODAY), THREE)

    assert [(change.target, change.direction, change.step) for change in compared] == [
        ("neck", "unknown", None),
        ("calf", "unknown", None),
    ]


def test_no_pain_here_is_a_mark_and_can_be_compared():
    (change,) = changes(necks([6, 0]), Period.of(days_ago(1)), Period.of(TODAY), THREE)

    assert change.direction == "less"


def test_the_two_scales_and_the_two_sides_are_compared_by_themselves():
    made = check_ins(
        on(1, neck(7, 2), ("neck", "right", 1, None)), on(0, neck(2, 7), ("neck", "right", 1, None))
    )

    compared = changes(made, Period.of(days_ago(1)), Period.of(TODAY), THREE)

    assert [(change.side, change.scale, change.direction) for change in compared] == [
        ("left", "touched", "less"),
        ("left", "by_itself", "more"),
        ("right", "touched", "same"),
    ]


def test_a_period_stands_for_its_middle_day_with_count_and_range():
    made = necks([9, 8, 2, 8, 4, 4, 5, 3])

    (change,) = compare(made, (days_ago(7), days_ago(4)), (days_ago(3), TODAY))

    assert (change.before.middle, change.after.middle, change.step) == (8, 4, -4)
    assert (change.before.days, change.before.lowest, change.before.highest) == (4, 2, 9)
    assert change.direction == "less"


def test_days_without_marks_are_no_numbers():
    made = check_ins(on(9, neck(8)), on(5, neck(8)), on(4, neck(8)), on(0, neck(2)))

    (change,) = compare(made, (days_ago(9), days_ago(3)), (days_ago(2), TODAY))

    assert (change.before.days, change.before.of, change.before.middle) == (3, 7, 8)
    assert not change.before.is_few
    assert change.after.is_few


@pytest.mark.parametrize(
    ("marked", "of", "is_few"),
    [(1, 1, False), (2, 2, True), (3, 9, False), (3, 10, True), (10, 30, False), (9, 30, True)],
)
def test_fewer_than_three_days_or_one_in_three_are_few(marked, of, is_few):
    made = necks([5] * marked)

    period = Period(days_ago(of - 1), TODAY)
    (change,) = changes(made, period, period, THREE)

    assert change.after.is_few == is_few


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="can't end"):
        Period(TODAY, days_ago(1))


def test_a_change_is_said_in_words_without_a_verdict():
    dates = changes(necks([7, 4]), Period.of(days_ago(1)), Period.of(TODAY), THREE)
    made = necks([9, 8, 8, 4, 4, 3])
    (periods,) = compare(made, (days_ago(5), days_ago(3)), (days_ago(2), TODAY))
    (few,) = compare(made, (days_ago(5), days_ago(3)), (days_ago(20), days_ago(4)))
    (missing,) = compare(made, (days_ago(5), days_ago(3)), (days_ago(90), days_ago(80)))

    name = "Neck, left"
    assert change_said(dates[0], name) == "Neck, left, when touched: hurts less, from 7 to 4."
    assert change_said(periods, name) == (
        "Neck, left, when touched: hurts less, from 8 (middle of 3 of 3 days, between 8 and 9)"
        " to 4 (middle of 3 of 3 days, between 3 and 4)."
    )
    assert change_said(few, name).endswith(f"(middle of 2 of 17 days, between 8 and 9). {FEW}")
    assert change_said(missing, name) == (
        "Neck, left, when touched: can't compare: not marked both times."
    )


def test_all_changes_are_counted_by_scale():
    made = check_ins(
        on(1, neck(7, 2), ("neck", "right", 8, None), ("calf", "left", 3, None)),
        on(0, neck(2, 7), ("neck", "right", 1, None), ("knee", "left", 3, None)),
    )
    before, after = Period.of(days_ago(1)), Period.of(TODAY)

    assert summary(changes(made, before, after, THREE), before, after) == (
        "First 21 November 2026, then 22 November 2026.",
        "When touched: 2 places hurt less.",
        "When touched: 2 places can't be compared, not marked both times.",
        "By itself: 1 place hurts more.",
    )
    assert summary((), before, after) == ("Nothing was marked on these days.",)


def test_a_heat_map_counts_marked_days_of_days_with_a_check_in():
    made = check_ins(
        on(3, neck(7), ("calf", "left", 0, None)),
        on(2, neck(3)),
        on(1, ("calf", "left", 4, None)),
        on(0, neck(5), neck(None)),  # cleared again: a day with a check-in, nothing marked
    )

    heats = {heat.target: heat for heat in heat_map(made, Period(days_ago(6), TODAY))}

    assert (heats["neck"].value.days, heats["neck"].checked_in, heats["neck"].often) == (2, 4, 0.5)
    assert (heats["neck"].value.middle, heats["neck"].hurting) == (5, 2)
    assert (heats["calf"].value.days, heats["calf"].hurting) == (2, 1)
    assert heat_said(heats["neck"], "Neck, left") == (
        "Neck, left, when touched: marked on 2 of 4 days with a check-in, between 3 and 7 of 10,"
        " 5 in the middle."
    )


def test_a_heat_map_leaves_out_what_lies_outside_the_period():
    (heat,) = heat_map(necks([9, 3, 3, 9]), Period(days_ago(2), days_ago(1)))

    assert heat_said(heat, "Neck") == (
        "Neck, when touched: marked on 2 of 2 days with a check-in, each time 3 of 10."
    )


def test_few_check_ins_in_a_period_are_said_to_be_few():
    month = Period(days_ago(29), TODAY)

    assert check_ins_said(necks([5] * 4), month) == (
        f"24 October 2026 to 22 November 2026: 4 days of 30 with a check-in. {FEW}"
    )
    assert check_ins_said(necks([5] * 10), month).endswith("10 days of 30 with a check-in.")
    assert check_ins_said([], month).endswith("0 days of 30 with a check-in.")


@pytest.mark.parametrize(
    ("zone", "times"),
    [
        # Clocks go back: 02:30 twice on one night in Berlin, an hour apart.
        ("Europe/Berlin", [("2026-10-25T00:30", 120), ("2026-10-25T01:30", 60)]),
        # A flight west over midnight: the same date is lived twice as long.
        ("Pacific/Kiritimati", [("2026-10-25T09:00", 840), ("2026-10-26T05:00", -600)]),
    ],
)
def test_a_day_lived_twice_over_is_one_day(zone, times):
    made = check_ins_of(
        operation(at=datetime.fromisoformat(at).replace(tzinfo=UTC), zone=zone, utc_offset_min=off)
        for at, off in times
    )

    (heat,) = heat_map(made, Period(TODAY - timedelta(days=60), TODAY))

    assert (heat.checked_in, heat.value.days) == (1, 1)


def test_a_late_entry_counts_for_the_day_that_it_is_about():
    made = check_ins_of([operation(touched=7, day=days_ago(1)), operation(touched=2)])

    (change,) = changes(made, Period.of(days_ago(1)), Period.of(TODAY), THREE)

    assert (change.before.middle, change.after.middle) == (7, 2)


any_period = st.builds(
    lambda start, days: Period(TODAY + timedelta(start), TODAY + timedelta(start + days)),
    st.integers(-6, 3),
    st.integers(0, 5),
)


@given(any_operations(), any_period, any_period, st.randoms())
def test_order_and_repetition_of_check_ins_change_nothing(operations, before, after, random):
    made = list(check_ins_of(operations))
    shuffled = [*made, *made]
    random.shuffle(shuffled)

    assert changes(shuffled, before, after, THREE) == changes(made, before, after, THREE)
    assert heat_map(shuffled, before) == heat_map(made, before)


@given(any_operations(), any_period, any_period)
def test_mirrored_marks_change_alike_on_the_other_side(operations, before, after):
    mirrored = [replace(each, side=OTHER[each.side]) for each in operations]

    compared = changes(check_ins_of(operations), before, after, THREE)
    heats = heat_map(check_ins_of(operations), before)

    assert [replace(each, side=OTHER[each.side]) for each in compared] == list(
        changes(check_ins_of(mirrored), before, after, THREE)
    )
    assert [replace(each, side=OTHER[each.side]) for each in heats] == list(
        heat_map(check_ins_of(mirrored), before)
    )


@given(any_operations(), any_period, any_period)
def test_time_turned_round_exchanges_less_and_more(operations, before, after):
    made = check_ins_of(operations)
    turned = {"less": "more", "more": "less", "same": "same", "unknown": "unknown"}

    forth = {(c.target, c.side, c.scale): c for c in changes(made, before, after, THREE)}
    back = {(c.target, c.side, c.scale): c for c in changes(made, after, before, THREE)}

    assert {place: turned[change.direction] for place, change in forth.items()} == {
        place: change.direction for place, change in back.items()
    }


@given(any_operations(), any_period, any_period)
def test_nothing_said_is_a_verdict_or_a_promise(operations, before, after):
    compared = changes(check_ins_of(operations), before, after, THREE)
    said = [*summary(compared, before, after), *DIRECTIONS.values()]
    said += [change_said(change, "Neck").replace(FEW, "") for change in compared]
    said += [heat_said(heat, "Neck") for heat in heat_map(check_ins_of(operations), before)]

    for word in ("better", "worse", "improv", "average", "mean", "because", "trend"):
        assert not any(word in sentence.lower() for sentence in said)


def test_start_and_now_are_the_first_and_the_last_third_of_the_marked_days():
    marked = [days_ago(days) for days in (20, 19, 18, 8, 2, 1, 0)]

    assert start_and_now(marked) == (
        Period(days_ago(20), days_ago(19)),
        Period(days_ago(1), days_ago(0)),
    )


def test_start_and_now_are_a_week_of_marked_days_at_most():
    marked = [days_ago(days) for days in range(400)]

    start, now = start_and_now(marked)

    assert (start.days, now.days) == (7, 7)


def test_one_day_has_no_start_and_now():
    assert start_and_now([TODAY, TODAY]) is None


@given(st.lists(st.dates(), min_size=2, unique=True))
def test_start_comes_before_now_whatever_the_order_of_days(days):
    start, now = start_and_now(days)

    assert start.last < now.first
    assert start_and_now(sorted(days)) == (start, now)
