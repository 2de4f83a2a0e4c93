"""What an older page says changes what was changed by hand there, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from marking import answers as any_answers
from marking import operation

from bodymap.records import Change, Details, InvalidValue, Tried
from bodymap.records.day import HELPED, LEVELS
from bodymap.records.qualities import QUALITIES

WALK, HEAT = Tried("walk", "yes"), Tried("heat")


ID = "5e0f3d52-9a0c-4e9e-8a41-2f6f4f1f9a22"


def mark(touched=7, by_itself=None, **details):
    return operation(id=ID, touched=touched, by_itself=by_itself, details=Details(**details))


def answers(**said):
    return any_answers(id=ID, **said)


def test_what_the_other_page_said_stays():
    before = answers(worst_nrs=5)
    other = replace(before, journal="slept badly", tried=(WALK,), sleep_nrs=8)
    stated = replace(before, mood_nrs=3)

    kept = Change(stated, {"mood_nrs": None}).onto(other)

    assert kept == replace(other, mood_nrs=3)


def test_of_one_thing_that_both_changed_the_later_hand_counts():
    assert Change(mark(4), {"touched_nrs": 7}).onto(mark(9, note="here")) == mark(4, note="here")


def test_what_is_taken_back_by_hand_goes_though_the_other_page_said_more():
    stated = answers(worst_nrs=None, journal="")
    other = answers(worst_nrs=6, journal="a", fatigue_nrs=2)

    kept = Change(stated, {"worst_nrs": 6, "journal": "a"}).onto(other)

    assert kept == answers(fatigue_nrs=2)


def test_qualities_are_put_in_and_taken_out_one_by_one():
    stated = mark(qualities=("burning", "sharp"))
    other = mark(qualities=("burning", "numb", "tight"))

    kept = Change(stated, {"qualities": ("burning", "tight")}).onto(other)

    assert kept == mark(qualities=("burning", "sharp", "numb"))


def test_things_tried_are_put_in_changed_and_taken_out_one_by_one():
    stated = answers(tried=(Tried("walk", "no"), Tried("hot bath")))
    other = answers(tried=(WALK, HEAT, Tried("rest")))

    kept = Change(stated, {"tried": (WALK, HEAT)}).onto(other)

    assert kept.tried == (Tried("walk", "no"), Tried("rest"), Tried("hot bath"))


@pytest.mark.parametrize(
    ("was", "stated", "other", "kept"),
    [
        ("", "mine", "", "mine"),
        ("old", "old and mine", "old", "old and mine"),
        ("old", "old and mine", "old. theirs", "old and mine. theirs"),
        ("", "mine", "theirs", "theirs\nmine"),
        ("mine", "mine longer", "theirs\nmine", "theirs\nmine longer"),
        ("old", "", "old", ""),
        ("old", "", "theirs", "theirs"),
        ("old", "new", "", "new"),
        ("old", "same", "same", "same"),
    ],
)
def test_words_of_both_pages_stay(was, stated, other, kept):
    assert Change(mark(note=stated), {"note": was}).onto(mark(note=other)) == mark(note=kept)
    day = Change(answers(journal=stated), {"journal": was}).onto(answers(journal=other))
    assert day == answers(journal=kept)


def test_words_that_are_too_long_together_are_refused_not_cut():
    change = Change(mark(note="b" * 300), {"note": ""})

    with pytest.raises(InvalidValue) as refused:
        change.onto(mark(note="a" * 300))

    assert refused.value.field == "note"


def test_clearing_clears_what_the_other_page_said_too():
    cleared = operation(id=ID, touched=None, by_itself=None)

    assert Change(cleared, {"touched_nrs": 7}).onto(mark(7, 3, note="theirs")) == cleared


def test_words_about_a_mark_that_was_cleared_meanwhile_bring_it_back_whole():
    stated = mark(7, note="it throbs")

    kept = Change(stated, {"note": ""}).onto(operation(id=ID, touched=None, by_itself=None))

    assert kept == stated


def test_where_nothing_is_there_yet_the_whole_is_stated():
    assert Change(mark(7, note="x"), {"note": ""}).onto(None) == mark(7, note="x")
    assert Change(mark(7, note="x")).onto(mark(3, 3, note="y")) == mark(7, note="x")


levels = some.none() | some.integers(0, 10)
things = some.lists(
    some.builds(Tried, some.sampled_from("abcd"), some.none() | some.sampled_from(list(HELPED))),
    unique_by=lambda one: one.what,
    max_size=4,
).map(tuple)
days = some.builds(
    lambda tried, journal, numbers: answers(tried=tried, journal=journal, **numbers),
    things,
    some.text("ab ", max_size=5),
    some.fixed_dictionaries({}, optional=dict.fromkeys(LEVELS, levels)),
)
marks = some.builds(
    lambda touched, qualities, note: mark(touched, qualities=qualities, note=note),
    some.integers(0, 10),
    some.lists(some.sampled_from(list(QUALITIES)), unique=True, max_size=4).map(tuple),
    some.text("ab ", max_size=5),
)
FIELDS = (*LEVELS, "tried", "journal")


@given(seen=days, stated=days, other=days)
def test_fields_that_the_hand_left_alone_are_the_other_pages(seen, stated, other):
    was = {
        name: getattr(seen, name) for name in FIELDS if getattr(seen, name) != getattr(stated, name)
    }
    told = replace(seen, **{name: getattr(stated, name) for name in was})

    kept = Change(told, was).onto(other)

    for name in FIELDS:
        if name not in was:
            assert getattr(kept, name) == getattr(other, name)
        elif name in LEVELS:
            assert getattr(kept, name) == getattr(stated, name)


@given(seen=days | marks, stated=days | marks)
def test_a_page_that_is_not_older_states_what_it_shows(seen, stated):
    if type(seen) is not type(stated):
        return
    names = FIELDS if hasattr(seen, "journal") else ()
    was = {name: getattr(seen, name) for name in names}
    if not names:
        was = {"touched_nrs": seen.touched_nrs, "by_itself_nrs": None} | {
            name: getattr(seen.details, name) for name in ("qualities", "note")
        }

    kept = Change(stated, was).onto(seen)

    if names:
        assert set(kept.tried) == set(stated.tried)
        kept = replace(kept, tried=stated.tried)
    assert kept == stated
