"""What the store keeps, gives back, refuses and forgets, on every kind of database."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import NOON, any_operations, levels_of, operation

from bodymap.records import InvalidValue, Record, StoreError, check_ins_of, open_store
from bodymap.records.errors import ConflictError, UnknownCheckInError

ME, OTHER = "local", "someone-else"
NOW = {"at": NOON, "zone": "Europe/Berlin", "utc_offset_min": 60}


def seen(store, person=ME):
    """Return {date: {(target, side): (touched, by itself)}}."""
    return {check_in.id: levels_of(check_in) for check_in in store.check_ins(person)}


def test_a_mark_is_still_there_when_the_record_is_opened_again(lasting_url):
    made = operation(touched=7, by_itself=3)
    with open_store(lasting_url) as store:
        store.apply(ME, [made])

    with open_store(lasting_url) as store:
        assert store.record(ME).operations == (made,)


def test_nothing_is_marked_in_a_new_record(store):
    assert store.check_ins(ME) == ()
    assert store.record(ME) == Record()
    assert store.check_in(ME, "2026-11-22") is None


def test_saving_acknowledges_every_id_in_the_order_given(store):
    made = [operation(touched=level) for level in range(11)]

    assert store.apply(ME, made) == tuple(each.id for each in made)


def test_saving_nothing_is_fine(store):
    assert store.apply(ME, []) == ()


def test_saving_the_same_again_acknowledges_again_and_changes_nothing(store):
    made = [operation(touched=7), operation(touched=5)]
    store.apply(ME, made)
    before = store.record(ME)

    assert store.apply(ME, [made[0]]) == (made[0].id,)
    assert store.apply(ME, made) == (made[0].id, made[1].id)

    assert store.record(ME) == before
    assert seen(store) == {"2026-11-22": {("neck", "left"): (5, None)}}


def test_one_operation_sent_twice_at_once_is_saved_once(store):
    made = operation()

    assert store.apply(ME, [made, made]) == (made.id,)
    assert store.record(ME).operations == (made,)


def test_one_id_for_two_marks_is_refused_and_neither_is_saved(store):
    first = operation(touched=7)
    other = operation(id=first.id, touched=2)

    with pytest.raises(ConflictError, match=first.id):
        store.apply(ME, [operation("knee"), first, other])

    assert store.record(ME) == Record()


def test_an_id_that_stands_for_another_mark_already_is_refused_and_nothing_is_saved(store):
    first = operation(touched=7)
    store.apply(ME, [first])

    with pytest.raises(ConflictError):
        store.apply(ME, [operation("knee"), operation(id=first.id, touched=2)])

    assert store.record(ME).operations == (first,)


def test_a_second_mark_on_a_place_replaces_the_first_that_day_and_the_first_is_kept(store):
    first, second = operation(touched=7), operation(touched=6, by_itself=2)
    store.apply(ME, [first])
    store.apply(ME, [second])

    assert seen(store) == {"2026-11-22": {("neck", "left"): (6, 2)}}
    assert store.record(ME).operations == (first, second)


def test_undo_is_one_more_operation_with_the_former_values(store):
    store.apply(ME, [operation(touched=7), operation(touched=2), operation(touched=7)])

    assert seen(store) == {"2026-11-22": {("neck", "left"): (7, None)}}
    assert len(store.record(ME).operations) == 3


def test_no_pain_here_no_answer_and_cleared_are_three_different_things(store):
    store.apply(
        ME,
        [
            operation("neck", touched=0, by_itself=0),
            operation("knee", touched=4, by_itself=None),
            operation("foot", touched=5),
            operation("foot", touched=None, by_itself=None),
        ],
    )

    assert seen(store) == {"2026-11-22": {("neck", "left"): (0, 0), ("knee", "left"): (4, None)}}


def test_left_right_and_midline_never_become_each_other(store):
    levels = {"left": 7, "right": 2, "midline": 5}
    store.apply(ME, [operation("lower-back", side, level) for side, level in levels.items()])

    assert seen(store)["2026-11-22"] == {
        ("lower-back", side): (level, None) for side, level in levels.items()
    }


def test_a_new_local_date_starts_a_new_check_in_although_the_utc_date_is_the_same(store):
    before_midnight = operation(touched=7, at=NOON + timedelta(hours=10, minutes=59))
    after_midnight = operation(touched=4, at=NOON + timedelta(hours=11, minutes=1))

    store.apply(ME, [before_midnight, after_midnight])

    assert seen(store) == {
        "2026-11-22": {("neck", "left"): (7, None)},
        "2026-11-23": {("neck", "left"): (4, None)},
    }


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3653)])
def test_a_clock_that_goes_backwards_loses_nothing_and_turns_nothing_around(store, back):
    first, second = operation(touched=7), operation(touched=5, at=NOON - back)
    store.apply(ME, [first])
    store.apply(ME, [second])

    assert {made.id for made in store.record(ME).operations} == {first.id, second.id}
    assert seen(store)[second.local_date.isoformat()] == {("neck", "left"): (5, None)}


def test_a_mark_of_ten_years_ahead_is_kept_and_today_goes_on(store):
    ahead = operation(touched=7, at=NOON + timedelta(days=3653))

    store.apply(ME, [ahead])
    store.apply(ME, [operation(touched=5)])

    assert list(seen(store)) == ["2026-11-22", "2036-11-22"]


def test_a_zone_that_is_not_known_here_is_kept_as_unknown_with_its_offset(store):
    made = operation(zone="America/Coyhaique-of-tomorrow", utc_offset_min=-180)

    assert store.apply(ME, [made]) == (made.id,)
    assert store.apply(ME, [made]) == (made.id,)

    (kept,) = store.record(ME).operations
    assert (kept.zone, kept.utc_offset_min) == ("Etc/Unknown", -180)


def test_one_check_in_can_be_asked_for_alone(store):
    store.apply(ME, [operation(touched=7), operation(touched=2, at=NOON - timedelta(days=1))])

    assert store.check_in(ME, "2026-11-21") == store.check_ins(ME)[0]
    assert store.check_in(ME, "2026-11-20") is None


def test_the_latest_check_ins_can_be_asked_for_alone(store):
    days = [3, 1, 0, 2]
    store.apply(ME, [operation(touched=day, at=NOON - timedelta(days=day)) for day in days])
    store.apply(OTHER, [operation(at=NOON + timedelta(days=5))])

    assert store.check_ins(ME, last=2) == store.check_ins(ME)[-2:]
    assert store.check_ins(ME, last=9) == store.check_ins(ME)
    assert store.check_ins("nobody", last=1) == ()


def test_more_marks_than_a_statement_can_name_are_saved_at_once(store):
    made = [operation(touched=number % 11) for number in range(3000)]

    store.apply(ME, made)

    assert store.apply(ME, made) == tuple(each.id for each in made)
    assert store.record(ME).operations == tuple(made)


# Other people's records.


def test_nobody_sees_or_touches_another_persons_record(store):
    mine, theirs = operation(touched=7), operation(touched=2)
    store.apply(ME, [mine])
    store.apply(OTHER, [theirs])

    assert store.record(ME).operations == (mine,)
    assert store.record(OTHER).operations == (theirs,)
    assert store.record("nobody") == Record()


def test_two_people_may_use_one_id_and_neither_learns_of_it(store):
    mine = operation(touched=7)
    theirs = operation(touched=2, id=mine.id)

    assert store.apply(ME, [mine]) == store.apply(OTHER, [theirs]) == (mine.id,)

    assert store.record(ME).operations == (mine,)
    assert store.record(OTHER).operations == (theirs,)


def test_another_persons_check_in_cannot_be_copied(store):
    store.apply(OTHER, [operation(at=NOON - timedelta(days=1))])

    with pytest.raises(UnknownCheckInError):
        store.copy_forward(ME, "2026-11-21", **NOW)

    assert store.record(ME) == Record()


def test_erasing_one_record_leaves_the_other(store):
    store.apply(ME, [operation()])
    theirs = operation()
    store.apply(OTHER, [theirs])

    store.erase(ME)

    assert store.record(ME) == Record()
    assert store.record(OTHER).operations == (theirs,)


def test_after_erasing_everything_marking_goes_on(store):
    store.apply(ME, [operation(touched=7)])
    store.erase(ME)
    store.erase(ME)

    store.apply(ME, [operation(touched=2)])

    assert seen(store) == {"2026-11-22": {("neck", "left"): (2, None)}}


@pytest.mark.parametrize("person", ["", "a" * 256, "a\0b", "a\nb", None, 5])
def test_a_person_has_an_id_that_can_be_written_down(store, person):
    for call in (
        lambda: store.apply(person, [operation()]),
        lambda: store.check_ins(person),
        lambda: store.record(person),
        lambda: store.merge(person, Record()),
        lambda: store.copy_forward(person, "2026-11-21", **NOW),
        lambda: store.erase(person),
        lambda: store.delete_days(person, NOON.date(), NOON.date()),
        lambda: store.delete_mark(person, NOON.date(), ("neck", "left")),
    ):
        with pytest.raises(InvalidValue, match="person_id"):
            call()


# Anything at all.


@given(st.lists(any_operations(max_size=8), max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_batches_of_marks_are_kept_exactly_and_in_order(store, batches):
    known, everything = set(), []
    for batch in batches:
        new = [made for made in batch if made.id not in known]
        known |= {made.id for made in new}
        everything += new
        assert store.apply(ME, new) == tuple(made.id for made in new)

    assert store.record(ME) == Record(tuple(everything))
    assert store.check_ins(ME) == check_ins_of(everything)
    store.erase(ME)


@given(any_operations(), any_operations())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_two_records_hold_merging_loses_nothing(store, mine, theirs):
    store.apply(ME, mine)
    try:
        store.merge(ME, Record(tuple(theirs)))
        assert set(store.record(ME).operations) == {*mine, *theirs}
    except StoreError:
        assert {made.id for made in mine} & {made.id for made in theirs}
    store.erase(ME)
