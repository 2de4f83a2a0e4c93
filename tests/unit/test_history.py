"""Marks over time: what is drawn, what is left open, and what is said about it."""

from datetime import date, timedelta

from hypothesis import given
from marking import NOON, any_operations, operation

from bodymap.measures.history import (
    NOTHING_YET,
    ahead_said,
    history,
    line,
    line_said,
    summary,
)
from bodymap.records import check_ins_of

TODAY = NOON.date()


def on(days_ago, *marks):
    """Return the operations of a day; each mark is (target, side, touched, by itself)."""
    return [operation(*mark, at=NOON - timedelta(days=days_ago)) for mark in marks]


def history_of(*days):
    return history(check_ins_of(made for day in days for made in day))


def neck(level, by_itself=None):
    return ("neck", "left", level, by_itself)


def levels(seen, target="neck", side="left", scale="touched"):
    wanted = (target, side, scale)
    return next(
        series.levels
        for series in seen.series
        if (series.target, series.side, series.scale) == wanted
    )


def test_a_mark_is_a_series_over_the_dates_with_marks():
    seen = history_of(on(2, neck(7)), on(1, neck(6)), on(0, neck(4)))

    assert seen.dates == (TODAY - timedelta(days=2), TODAY - timedelta(days=1), TODAY)
    assert levels(seen) == (7, 6, 4)


def test_a_day_on_which_a_place_was_not_marked_stays_empty():
    seen = history_of(on(2, neck(7)), on(1, ("knee", "left", 2, None)), on(0, neck(4)))

    assert levels(seen) == (7, None, 4)
    assert levels(seen, "knee") == (None, 2, None)


def test_no_pain_here_is_a_zero_and_not_a_gap():
    assert levels(history_of(on(1, neck(7)), on(0, neck(0)))) == (7, 0)


def test_left_and_right_and_the_two_scales_are_series_of_their_own():
    seen = history_of(on(0, neck(7, 3), ("neck", "right", 2, None)))

    assert [(each.side, each.scale, each.levels) for each in seen.series] == [
        ("left", "touched", (7,)),
        ("left", "by_itself", (3,)),
        ("right", "touched", (2,)),
    ]


def test_a_day_on_which_everything_was_cleared_counts_as_a_day_without_marks():
    seen = history_of(on(3, neck(7)), on(1, neck(5), neck(None)))

    assert seen.dates == (TODAY - timedelta(days=3),)


def test_a_week_without_marks_is_a_gap():
    seen = history_of(on(16, neck(7)), on(8, neck(6)), on(7, neck(5)))

    (gap,) = seen.gaps
    assert (gap.first, gap.last) == (TODAY - timedelta(days=15), TODAY - timedelta(days=9))
    assert str(gap) == "7 days, no marks"


def test_six_days_without_marks_are_no_gap():
    seen = history_of(on(7, neck(7)), on(0, neck(6)))

    assert seen.gaps == ()


def test_nothing_marked_yet_says_what_to_do_next():
    assert summary(history([]), TODAY) == (NOTHING_YET,)


def test_one_day_is_told_as_one_day():
    assert summary(history_of(on(0, neck(7))), TODAY) == ("You marked on 1 day, 22 November 2026.",)


def test_few_marks_are_said_to_be_few_because_people_mark_on_bad_days():
    seen = history_of(on(9, neck(7)), on(4, neck(6)), on(0, neck(4)))

    assert summary(seen, TODAY) == (
        "You marked on 3 days, from 13 November 2026 to 22 November 2026.",
        "Only 3 marks in 30 days. "
        "People often mark on bad days, so this may look worse than it was.",
    )


def test_many_marks_on_few_days_are_counted_by_days():
    seen = history_of(
        on(8, neck(7), ("knee", "left", 2, None)), on(0, neck(4), ("knee", "left", 1, None))
    )

    assert "Only 2 days with marks in 30 days." in summary(seen, TODAY)[1]


def test_a_record_that_has_just_begun_is_not_called_few():
    seen = history_of(on(6, neck(7)), on(0, neck(4)))

    assert len(summary(seen, TODAY)) == 1


def test_ten_days_of_thirty_are_not_few():
    seen = history_of(*(on(3 * day, neck(5)) for day in range(10)))

    assert not any("Only" in sentence for sentence in summary(seen, TODAY))


def test_marks_before_the_last_thirty_days_do_not_count_as_recent():
    seen = history_of(on(200, neck(7)), on(30, neck(7)), on(29, neck(5)))

    assert "Only 1 mark in 30 days." in " ".join(summary(seen, TODAY))


def test_a_gap_is_told_with_its_dates():
    within_a_month = history_of(on(21, neck(7)), on(9, neck(6)))
    over_new_year = history(
        check_ins_of(
            operation(at=NOON.replace(year=year, month=month, day=day))
            for year, month, day in [(2025, 12, 28), (2026, 1, 9)]
        )
    )

    assert "2 to 12 November 2026: 11 days, no marks." in summary(within_a_month, TODAY)
    assert "29 December 2025 to 8 January 2026: 11 days, no marks." in summary(
        over_new_year, date(2026, 1, 9)
    )


def test_days_that_lie_ahead_are_named_in_one_sentence():
    days = [date(2031, 5, 3), date(2031, 5, 4), date(2032, 1, 1), date(2033, 1, 1)]

    assert ahead_said([]) == ""
    assert ahead_said(days[:1]) == "One day lies ahead: 3 May 2031. It is not counted."
    assert ahead_said(days[:3]) == (
        "3 days lie ahead: 3 May 2031, 4 May 2031 and 1 January 2032. They are not counted."
    )
    assert ahead_said(days) == (
        "4 days lie ahead, from 3 May 2031 to 1 January 2033. They are not counted."
    )


@given(any_operations())
def test_nothing_is_averaged_promised_or_called_better_or_worse(operations):
    check_ins = check_ins_of(operations)

    said = [*summary(history(check_ins), TODAY), line_said(line(check_ins, touched_neck), "Neck")]

    for word in ("average", "mean", "improv", "better", "trend", "should"):
        assert not any(word in sentence for sentence in said)


@given(any_operations())
def test_every_level_of_every_check_in_is_in_the_series_and_no_other(operations):
    check_ins = check_ins_of(operations)

    seen = history(check_ins)

    recorded = {
        (check_in.local_date, mark.target, mark.side, scale, level)
        for check_in in check_ins
        for mark in check_in.marks
        for scale, level in (("touched", mark.touched_nrs), ("by_itself", mark.by_itself_nrs))
        if level is not None
    }
    drawn = {
        (day, each.target, each.side, each.scale, level)
        for each in seen.series
        for day, level in zip(seen.dates, each.levels, strict=True)
        if level is not None
    }
    assert drawn == recorded


def touched_neck(check_in):
    return next((mark.touched_nrs for mark in check_in.marks if mark.target == "neck"), None)


def test_a_line_is_broken_where_nothing_was_given_and_in_a_long_gap():
    days = check_ins_of(
        [*on(20, neck(7)), *on(2, neck(5)), *on(1, ("calf", "left", 3, None)), *on(0, neck(0))]
    )

    drawn = line(reversed(days), touched_neck)

    ago = [(TODAY - day).days for day, _ in drawn]
    assert list(zip(ago, [level for _, level in drawn], strict=True)) == [
        (20, 7),
        (19, None),
        (2, 5),
        (1, None),
        (0, 0),
    ]


def test_a_line_is_said_with_how_often_and_how_far_apart():
    days = check_ins_of([*on(2, neck(7)), *on(1, ("calf", "left", 3, None)), *on(0, neck(4))])

    assert line_said(line(days, touched_neck), "Neck") == (
        "Neck: on 2 days, between 4 and 7 of 10; last 4 on 22 November 2026."
    )


def test_a_line_with_one_value_is_said_once_and_one_without_any_not_at_all():
    days = check_ins_of(on(0, neck(4)))

    assert line_said(line(days, touched_neck), "Neck") == (
        "Neck: on 1 day, 4 of 10; last on 22 November 2026."
    )
    assert line_said(line(days, lambda _: None), "Neck") == ""
