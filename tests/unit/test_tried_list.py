"""What is offered as tried: the first list, a person's own things, less what they took out."""

from datetime import timedelta

from marking import NOON, answers

from bodymap.records import Tried, open_store
from bodymap.records.day import TRIED
from bodymap.ui.access import Access
from bodymap.ui.session import PERSON, Session
from bodymap.ui.tried_list import NO_ROOM, keep, things

HEAT_PAD, TENS = "Heat pad at work", "TENS"


def record(*tried_by_day):
    """Return a session on a record in which each list of own words was tried, one a day."""
    store = open_store("sqlite://")
    store.apply(
        PERSON,
        [
            answers(tried=tuple(map(Tried, tried)), at=NOON + timedelta(days=number))
            for number, tried in enumerate(tried_by_day)
        ],
    )
    return Session(Access.LOCAL, store)


def offered(session):
    found = things(session.preferences(), session.check_ins())
    return [thing.what for thing in found if thing.is_offered]


def change(session, offered, taken_out):
    return keep(session, session.check_ins(), offered, taken_out)


def test_the_first_list_is_offered_at_first():
    assert offered(record()) == [*TRIED]


def test_an_own_thing_that_was_tried_is_offered_on_other_days():
    assert offered(record([HEAT_PAD, "heat"], [HEAT_PAD])) == [*TRIED, HEAT_PAD]


def test_what_is_taken_out_is_offered_no_more_until_it_is_put_back():
    session = record([HEAT_PAD])
    left = [what for what in TRIED if what != "acupuncture"]

    assert change(session, left, ["acupuncture", HEAT_PAD]) == ""
    assert offered(session) == left
    known = things(session.preferences(), session.check_ins())
    assert {thing.what for thing in known if not thing.is_offered} == {"acupuncture", HEAT_PAD}

    change(session, [*TRIED, HEAT_PAD], [])
    assert offered(session) == [*TRIED, HEAT_PAD]


def test_an_own_thing_can_be_added_before_it_is_tried_and_removed_without_a_trace():
    session = record()

    change(session, [*TRIED, TENS], [])
    assert offered(session) == [*TRIED, TENS]

    change(session, [*TRIED], [TENS])
    assert offered(session) == [*TRIED]
    assert set(session.preferences().values()) == {""}


def test_a_list_that_can_not_be_kept_is_refused_in_one_sentence_and_nothing_changes():
    session = record()
    change(session, [*TRIED, TENS], ["rest"])
    before = session.preferences()

    assert change(session, [f"{number:040}" for number in range(6)], []) == NO_ROOM

    assert session.preferences() == before


def test_all_of_the_first_list_can_be_taken_out():
    session = record()

    assert change(session, [], [*TRIED]) == ""

    assert offered(session) == []
