"""Two records of one person meet: a file's own order holds; a clock decides only without one."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import NOON, answers, any_statements, operation, stroke

from bodymap.records import Difference, Record, open_store
from bodymap.records.errors import ConflictError
from bodymap.records.model import subject_of

ME, OTHER = "local", "someone-else"
TODAY = date(2026, 11, 22)
AN_HOUR = timedelta(hours=1)


def current(store, person=ME):
    """Return what counts: the last statement about each subject of each day, by id."""
    last = {}
    for made in store.record(person).operations:
        last[made.local_date, subject_of(made)] = made.id
    return last


def taking_back(drawn, **more):
    return replace(drawn, id=operation().id, is_there=False, **more)


DRAWN = stroke()
CORRECTED = {
    "a mark": [operation(touched=7), operation(touched=2, at=NOON - AN_HOUR)],
    "a mark made again": [
        operation(touched=7, is_again=True),
        operation(touched=2, is_again=True, at=NOON - AN_HOUR),
    ],
    "a stroke": [DRAWN, taking_back(DRAWN, at=NOON - AN_HOUR)],
    "answers": [answers(worst_nrs=7), answers(worst_nrs=2, at=NOON - AN_HOUR)],
}


@pytest.mark.parametrize("chain", CORRECTED.values(), ids=CORRECTED)
def test_a_correction_made_after_the_clock_was_set_back_still_counts_elsewhere(store, chain):
    """The device that corrected knows the order; the clock doesn't."""
    first, correction = chain
    store.apply(ME, [first])

    store.merge(ME, Record((first, correction)))
    assert store.record(ME).operations == (first, correction)

    store.merge(ME, Record((first, correction)))
    assert store.record(ME).operations == (first, correction)


@pytest.mark.parametrize("chain", CORRECTED.values(), ids=CORRECTED)
def test_a_correction_made_here_after_the_clock_was_set_back_outlives_an_old_file(store, chain):
    first, correction = chain
    store.apply(ME, chain)

    merged = store.merge(ME, Record((first,)))

    assert (merged.added, merged.known) == (0, 1)
    assert store.record(ME).operations == (first, correction)


def test_who_knew_the_others_last_word_and_went_on_has_the_last_word(store):
    """The other device heard of 7 and then said 2, its clock an hour behind."""
    mine, theirs = operation(touched=9), operation(touched=5, at=NOON - 3 * AN_HOUR)
    heard = operation(touched=7)
    store.apply(ME, [mine, heard])

    store.merge(ME, Record((theirs, heard, last := operation(touched=2, at=NOON - AN_HOUR))))

    assert [made.id for made in store.record(ME).operations] == [
        each.id for each in (mine, theirs, heard, last)
    ]


def test_between_two_devices_that_knew_nothing_of_each_other_the_later_chain_stands_last(store):
    """Each device's own order stays, whichever of the two is opened in the other."""
    mine = [operation(touched=1), operation(touched=2, at=NOON + 2 * AN_HOUR)]
    theirs = [operation(touched=3, at=NOON + 3 * AN_HOUR), operation(touched=4, at=NOON + AN_HOUR)]
    store.apply(ME, mine)
    store.apply(OTHER, theirs)
    my_file, their_file = store.record(ME), store.record(OTHER)

    store.merge(ME, their_file)
    store.merge(OTHER, my_file)

    assert store.record(ME).operations == store.record(OTHER).operations == (*theirs, *mine)


def test_two_statements_of_the_same_millisecond_end_alike_on_both_devices(store):
    mine, theirs = operation(touched=1), operation(touched=2)
    for person, own, other in ((ME, mine, theirs), (OTHER, theirs, mine)):
        store.apply(person, [own])
        store.merge(person, Record((other,)))

    assert store.record(ME) == store.record(OTHER)


def test_an_earlier_value_that_was_missing_takes_its_place_before_the_later_one(store):
    first, second, third = (operation(touched=level) for level in (1, 2, 3))
    store.apply(ME, [first, third])

    store.merge(ME, Record((first, second, third)))

    assert store.record(ME).operations == (first, second, third)


def test_the_clock_decides_nothing_about_what_only_one_device_stated(store):
    mine = operation("knee", touched=1, at=NOON + 5 * AN_HOUR)
    theirs = [operation(touched=7), operation(touched=2, at=NOON - AN_HOUR)]
    store.apply(ME, [mine])

    store.merge(ME, Record(tuple(theirs)))

    assert store.record(ME).operations == (mine, *theirs)


# Anything at all: two devices that state, correct, and open each other's files in any order.

PEOPLE, COPY = ("one", "two"), "copy of the source"
_states = st.tuples(
    st.just("states"), st.sampled_from(PEOPLE), st.integers(0, 1), st.integers(-600, 600)
)
_opens = st.tuples(st.just("opens"), st.permutations(PEOPLE).map(lambda order: tuple(order[:2])))
_PLACES = ["neck", "knee"]


@pytest.fixture(scope="module")
def devices():
    """Two devices, as two people of one store."""
    with open_store("sqlite://") as opened:
        yield opened


@given(st.lists(_states | _opens, max_size=14))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_devices_state_and_open_a_later_word_is_never_undone(devices, happened):
    """Whatever the clocks say, a statement never stands before one that its device knew then."""
    for person in PEOPLE:
        devices.erase(person)
    knew = {}
    for what, *details in happened:
        if what == "states":
            person, subject, minutes = details
            made = operation(_PLACES[subject], at=NOON + timedelta(minutes=minutes))
            knew[made.id] = current(devices, person).get((TODAY, subject_of(made)))
            devices.apply(person, [made])
        else:
            ((reader, source),) = details
            open_the_file(devices, reader, source)
    for reader, source in permutations(PEOPLE, 2):
        before = {person: set(devices.record(person).operations) for person in PEOPLE}
        open_the_file(devices, reader, source)
        assert set(devices.record(reader).operations) == before[reader] | before[source]

    for person in PEOPLE:
        for last in current(devices, person).values():
            assert last not in knew.values(), "a correction was undone"


def open_the_file(devices, reader, source):
    """Open a device's file three times. The other way round, the last words are the same."""
    record = devices.record(source)
    mine = devices.record(reader)
    devices.merge(reader, record)
    once = devices.record(reader)
    for _ in range(2):
        assert devices.merge(reader, record).added == 0
        assert devices.record(reader) == once
    devices.erase(COPY)
    devices.merge(COPY, record)
    assert devices.record(COPY) == record
    devices.merge(COPY, mine)
    assert current(devices, COPY) == current(devices, reader)


# What opening a file would do, told before it is done.


def test_a_record_is_compared_with_what_is_here_and_nothing_is_changed(store):
    known = operation(touched=7)
    mine = operation("knee", touched=1)
    store.apply(ME, [known, mine, answers(sleep_nrs=1)])
    before = store.record(ME)
    record = Record(
        (
            known,
            operation("knee", touched=4, at=NOON + AN_HOUR),
            operation("foot", at=NOON - timedelta(days=3)),
            answers(sleep_nrs=1, at=NOON + AN_HOUR),
        )
    )

    compared = store.compare(ME, record)

    assert (compared.first, compared.last, compared.days) == (TODAY - timedelta(days=3), TODAY, 2)
    assert (compared.new, compared.known, compared.taken) == (3, 1, ())
    # The answers say the same on both sides, so only the knee is told differently.
    knee = ("mark", False, "knee", "left")
    assert compared.differing == (Difference(TODAY, knee, arriving_counts=True),)
    assert store.record(ME) == before


def test_a_record_that_went_on_from_what_is_here_is_no_conflict(store):
    mine, heard = operation(touched=9), operation(touched=7)
    store.apply(ME, [mine, heard])

    for before in ((), (operation(touched=8),)):
        went_on = Record((*before, heard, operation(touched=5)))
        assert store.compare(ME, went_on).differing == ()


def test_comparing_with_a_record_that_holds_nothing_new_says_so(store):
    record = Record((operation(), stroke(), answers(mood_nrs=2)))
    store.merge(ME, record)

    compared = store.compare(ME, record)

    assert (compared.new, compared.known, compared.differing) == (0, 3, ())


def test_comparing_with_an_empty_record_has_no_period(store):
    compared = store.compare(ME, Record())

    assert (compared.first, compared.last, compared.days, compared.new) == (None, None, 0, 0)


def test_an_id_that_stands_for_another_statement_here_is_named_before_adding(store):
    mine = operation(touched=7)
    store.apply(ME, [mine])
    record = Record((operation("foot"), operation(id=mine.id, touched=1)))

    assert store.compare(ME, record).taken == (mine.id,)
    with pytest.raises(ConflictError):
        store.merge(ME, record)


@given(any_statements(), any_statements(), any_statements(max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_comparison_foretells_what_merging_does(devices, mine, theirs, shared):
    ids = {each.id for each in shared}
    mine = [*shared, *(each for each in mine if each.id not in ids)]
    theirs = [*shared, *(each for each in theirs if each.id not in ids | {m.id for m in mine})]
    devices.erase("one")
    devices.apply("one", mine)
    record = Record(tuple(theirs))

    compared = devices.compare("one", record)
    merged = devices.merge("one", record)

    assert (compared.new, compared.known) == (merged.added, merged.known)
    assert compared.days == len(record.check_ins)
    last_there = {(made.local_date, subject_of(made)): made.id for made in record.operations}
    counting = current(devices, "one")
    for told in compared.differing:
        subject = told.day, told.subject
        assert (counting[subject] == last_there[subject]) == told.arriving_counts
    again = devices.compare("one", record)
    assert (again.new, again.differing) == (0, ())
