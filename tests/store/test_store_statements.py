"""Marks, strokes and answers in one record: kept in one order, read together or without strokes."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import NOON, answers, any_statements, area_shaded, levels_of, operation, stroke
from sqlalchemy import event

from bodymap.records import (
    Details,
    PainDrawing,
    Record,
    StoreError,
    Tried,
    check_ins_of,
    open_store,
    values_of_answers,
    values_of_mark,
)
from bodymap.records.drawing import NO_DRAWING
from bodymap.records.errors import ConflictError

ME, OTHER = "local", "someone-else"
TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
A_DAY = timedelta(days=1)

EVERYTHING = Details(
    qualities=("burning", "numb"),
    own_word="like a belt",
    course="constant",
    depth="deep",
    certainty="about",
    note="on the stairs\nagain",
)


def test_everything_that_can_be_stated_is_still_there_when_the_record_is_opened_again(lasting_url):
    shape = stroke(nrs=7, quality="tight")
    made = (
        operation(touched=7, details=EVERYTHING),
        shape,
        answers(
            worst_nrs=8, mood_nrs=0, tried=(Tried("walk", "yes"), Tried('a "bath"')), journal="夜"
        ),
        stroke(tool="eraser", width_mm=60, view="front"),
        area_shaded("lower-back", "right", nrs=0),
        operation(touched=5, is_again=True),
        stroke(is_again=True),
        stroke(*shape.points, stroke_id=shape.stroke_id, nrs=7, quality="tight", is_there=False),
        answers(),
    )
    with open_store(lasting_url) as store:
        assert store.apply(ME, made) == tuple(each.id for each in made)

    with open_store(lasting_url) as store:
        assert store.record(ME).operations == made


@pytest.mark.parametrize("statement", [operation(), stroke(), answers(sleep_nrs=3)], ids=type)
def test_saving_any_statement_again_acknowledges_it_again_and_changes_nothing(store, statement):
    store.apply(ME, [statement])

    assert store.apply(ME, [statement, statement]) == (statement.id,)

    assert store.record(ME).operations == (statement,)


@pytest.mark.parametrize(
    "other",
    [lambda id_: operation(id=id_), lambda id_: stroke(id=id_), lambda id_: answers(id=id_)],
    ids=["a mark", "a stroke", "answers"],
)
@pytest.mark.parametrize(
    "first", [operation("knee"), stroke(nrs=1), answers(journal="x")], ids=type
)
def test_an_id_that_stands_for_a_statement_of_any_kind_is_refused_for_another(store, first, other):
    store.apply(ME, [first])

    with pytest.raises(ConflictError, match=first.id):
        store.apply(ME, [operation("foot"), other(first.id)])

    assert store.record(ME).operations == (first,)


def test_a_day_with_only_a_drawing_or_only_answers_is_a_check_in_and_counts_once(store):
    store.apply(ME, [stroke(), answers(sleep_nrs=2, at=NOON - A_DAY), stroke(), answers()])

    for read in (store.check_ins(ME), store.check_ins(ME, drawings=False)):
        assert [check_in.id for check_in in read] == ["2026-11-21", "2026-11-22"]
        assert [check_in.marks for check_in in read] == [(), ()]


def test_a_check_in_holds_marks_drawing_and_answers_as_they_are_now(store):
    kept, taken_back = stroke(), stroke()
    said = answers(worst_nrs=5)
    store.apply(ME, [kept, operation(), answers(worst_nrs=9), taken_back, said])
    store.apply(ME, [stroke(stroke_id=taken_back.stroke_id, is_there=False)])

    (check_in,) = store.check_ins(ME)

    assert check_in == store.check_in(ME, "2026-11-22")
    assert check_in.drawing == PainDrawing((kept,))
    assert check_in.answers == said
    assert levels_of(check_in) == {("neck", "left"): (3, None)}


def test_answers_that_were_all_taken_back_are_none(store):
    store.apply(ME, [answers(worst_nrs=5), answers()])

    assert store.check_in(ME, "2026-11-22").answers is None


def test_what_was_stated_first_begins_the_day_whatever_kind_it_is(store):
    first = stroke(zone="Asia/Kathmandu", utc_offset_min=345)
    store.apply(ME, [first, operation(at=NOON - timedelta(hours=3)), stroke()])

    for read in (store.check_ins(ME), store.check_ins(ME, drawings=False)):
        assert (read[0].started_at, read[0].zone) == (first.at, "Asia/Kathmandu")


# Leaving drawings unread.


def test_check_ins_without_drawings_are_the_same_but_for_strokes_nobody_read(store):
    store.apply(ME, [operation(at=NOON - A_DAY), answers(sleep_nrs=1, at=NOON - A_DAY)])
    store.apply(ME, [stroke(), operation(), stroke()])

    before, today = store.check_ins(ME, drawings=False)

    assert before == store.check_ins(ME)[0]
    assert before.drawing == PainDrawing()
    assert today.drawing is None
    assert today.marks == store.check_ins(ME)[1].marks


def test_reading_without_drawings_reads_no_points(store):
    store.apply(ME, [stroke(), operation(), answers(sleep_nrs=1)])
    asked = []
    event.listen(
        store._transactions.engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, *_: asked.append(statement),
    )

    store.check_ins(ME, last=3, drawings=False)
    assert not [words for words in asked if "points" in words]

    store.check_ins(ME, last=3)
    assert [words for words in asked if "points" in words]


def test_the_latest_days_are_the_latest_of_all_kinds(store):
    store.apply(ME, [operation(at=NOON - 4 * A_DAY), stroke(at=NOON - 3 * A_DAY), stroke()])
    store.apply(ME, [answers(mood_nrs=1, at=NOON - 2 * A_DAY), answers(mood_nrs=2)])
    store.apply(OTHER, [stroke(at=NOON + A_DAY)])

    for last in range(6):
        for drawings in (True, False):
            every = store.check_ins(ME, drawings=drawings)
            assert (
                store.check_ins(ME, last, drawings=drawings) == every[len(every) - min(last, 4) :]
            )


def test_the_record_of_a_period_holds_what_is_about_its_days(store):
    days = [operation(at=NOON - number * A_DAY) for number in range(4)]
    late = answers(journal="late", day=TODAY - 2 * A_DAY)
    store.apply(ME, [*days, late])

    assert store.record(ME, TODAY - 2 * A_DAY, YESTERDAY) == Record((days[2], late, days[1]))
    assert store.record(ME, first=YESTERDAY) == Record((days[1], days[0]))
    assert store.record(ME, last=TODAY - 3 * A_DAY) == Record((days[3],))


# Late entries and corrections.


def test_a_late_entry_belongs_to_its_day_and_says_that_it_is_late(store):
    store.apply(ME, [operation(touched=2)])
    late = operation("knee", touched=6, day=YESTERDAY)
    store.apply(ME, [late])

    assert [check_in.id for check_in in store.check_ins(ME)] == ["2026-11-21", "2026-11-22"]
    (kept,) = store.record(ME, YESTERDAY, YESTERDAY).operations
    assert (kept, kept.is_late, kept.day) == (late, True, YESTERDAY)
    assert [made.is_late for made in store.record(ME, TODAY, TODAY).operations] == [False]


def test_a_late_value_corrects_the_one_of_its_day_and_both_are_kept(store):
    first = operation(touched=7, at=NOON - A_DAY)
    late = operation(touched=3, day=YESTERDAY)
    store.apply(ME, [first, operation(touched=5), late])

    stated = store.record(ME, YESTERDAY, YESTERDAY).operations

    assert values_of_mark(stated, YESTERDAY, ("neck", "left")) == (first, late)
    assert [value.is_late for value in stated] == [False, True]
    assert levels_of(store.check_in(ME, "2026-11-21")) == {("neck", "left"): (3, None)}
    assert levels_of(store.check_in(ME, "2026-11-22")) == {("neck", "left"): (5, None)}


def test_ten_minutes_past_midnight_a_mark_can_still_be_about_the_evening(store):
    evening = operation("neck", at=NOON + timedelta(hours=10, minutes=50))
    past_midnight = NOON + timedelta(hours=11, minutes=10)
    store.apply(ME, [evening, operation("knee", at=past_midnight, day=TODAY)])

    (check_in,) = store.check_ins(ME)

    assert [mark.target for mark in check_in.marks] == ["neck", "knee"]
    assert check_in.id == "2026-11-22"


def test_every_answer_about_a_day_can_be_read_in_order(store):
    said = [answers(worst_nrs=8), answers(worst_nrs=6), answers(worst_nrs=6, journal="x")]
    for each in said:
        store.apply(ME, [each])

    assert values_of_answers(store.record(ME).operations, TODAY) == tuple(said)


# Anything at all.


@given(st.lists(any_statements(max_size=6), max_size=3))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_batches_of_statements_are_kept_exactly_and_in_order(store, batches):
    known, everything = set(), []
    for batch in batches:
        new = [made for made in batch if made.id not in known]
        known |= {made.id for made in new}
        everything += new
        store.apply(ME, new)

    assert store.record(ME) == Record(tuple(everything))
    assert store.check_ins(ME) == check_ins_of(everything)
    assert [day.id for day in store.check_ins(ME, drawings=False)] == sorted(
        {made.local_date.isoformat() for made in everything}
    )
    store.erase(ME)


@given(any_statements(), any_statements())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_two_records_hold_merging_loses_nothing(store, mine, theirs):
    store.apply(ME, mine)
    try:
        store.merge(ME, Record(tuple(theirs)))
        assert set(store.record(ME).operations) == {*mine, *theirs}
    except StoreError:
        assert {made.id for made in mine} & {made.id for made in theirs}
    store.erase(ME)


def test_days_marked_twice_are_read_with_their_marks_only(store):
    on = [NOON - timedelta(days=days) for days in (2, 1, 0)]
    first, _, last = (operation(touched=4, at=at) for at in on)
    again = operation(touched=6, is_again=True, at=on[2])
    elsewhere = operation("calf", touched=1, at=on[2])
    store.apply(ME, [first, last, again, elsewhere, stroke(at=on[2]), answers(at=on[2])])
    store.apply(OTHER, [operation(is_again=True, at=on[0])])

    (day,) = store.marked_twice(ME)

    assert day.local_date == on[2].date()
    assert levels_of(day) == {("neck", "left"): (4, None), ("calf", "left"): (1, None)}
    assert [mark.touched_nrs for mark in day.again] == [6]
    assert (day.drawing, day.answers) == (NO_DRAWING, None)


def test_check_ins_between_two_dates_hold_both_of_them_and_no_others(store):
    on = [NOON - timedelta(days=days) for days in range(5)]
    store.apply(ME, [operation(at=at) for at in on])

    found = store.check_ins(ME, between=(on[3].date(), on[1].date()))

    assert [day.local_date for day in found] == [on[3].date(), on[2].date(), on[1].date()]


def test_the_latest_check_ins_until_a_date_are_not_pushed_out_by_those_ahead(store):
    ahead = [NOON + timedelta(days=days) for days in range(1, 5)]
    on = [NOON - timedelta(days=days) for days in range(3)]
    store.apply(ME, [operation(at=at) for at in (*on, *ahead)])
    store.apply(ME, [stroke(at=ahead[-1]), answers(mood_nrs=2, at=ahead[0])])

    found = store.check_ins(ME, 2, until=NOON.date())
    assert [day.local_date for day in found] == [on[1].date(), on[0].date()]
    every = store.check_ins(ME, until=NOON.date())
    assert [day.local_date for day in every] == sorted(at.date() for at in on)
    some = store.check_ins(ME, between=(on[1].date(), ahead[1].date()), until=NOON.date())
    assert [day.local_date for day in some] == [on[1].date(), on[0].date()]
    assert store.check_ins(ME, 2, until=NOON.date() - timedelta(days=9)) == ()


def test_days_drawn_twice_are_read_with_both_drawings_only(store):
    yesterday = NOON - timedelta(days=1)
    first, again = stroke(), stroke(is_again=True)
    store.apply(ME, [stroke(at=yesterday), operation(), first, again, answers(worst_nrs=5)])

    (day,) = store.drawn_twice(ME)

    assert (day.marks, day.answers) == ((), None)
    assert day.drawing == PainDrawing((first,))
    assert day.drawing_again == PainDrawing((again,))
