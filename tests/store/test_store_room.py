"""A record in memory, and all of them together, have a bound; what was taken before stays."""

import gc

import pytest
from marking import operation

from bodymap.records import Change, Details, MarkOperation, Record, Room, open_store
from bodymap.records.errors import RecordFullError

ME = "me"
KB = 1024
WORDS = "a b c " * 80


def wordy(count, first=0):
    """Marks with some 500 bytes of words each."""
    return [
        operation(f"place-{number}", touched=5, details=Details(note=WORDS))
        for number in range(first, first + count)
    ]


def filled(store):
    """Add marks until no more fit; return those that were taken."""
    taken = []
    with pytest.raises(RecordFullError):
        for start in range(0, 100_000, 20):
            taken += store.apply(ME, wordy(20, start))
    return taken


def test_a_record_in_memory_holds_so_much_and_keeps_what_it_took():
    with open_store("sqlite://", Room(each=400 * KB, together=10_000 * KB)) as store:
        taken = filled(store)

        assert len(taken) >= 200
        assert [each.id for each in store.record(ME).operations] == taken


def test_what_does_not_fit_is_taken_as_a_whole_or_not_at_all():
    with open_store("sqlite://", Room(each=400 * KB, together=10_000 * KB)) as store:
        store.apply(ME, wordy(20))
        before = store.record(ME)

        with pytest.raises(RecordFullError, match="save it as a file"):
            store.apply(ME, wordy(5000, 20))
        with pytest.raises(RecordFullError, match="save it as a file"):
            store.change(ME, map(Change, wordy(5000, 20)))
        with pytest.raises(RecordFullError, match="save it as a file"):
            store.merge(ME, Record(tuple(wordy(5000, 20))))

        assert store.record(ME) == before
        assert store.apply(ME, wordy(20, 20))


def test_copying_forward_keeps_to_the_bound_too():
    with open_store("sqlite://", Room(each=200 * KB, together=10_000 * KB)) as store:
        first = wordy(20)
        store.apply(ME, first)
        filled(store)
        source = store.check_ins(ME)[0]
        before = store.record(ME)

        later = first[0].at.replace(year=first[0].at.year + 1)
        with pytest.raises(RecordFullError):
            store.copy_forward(ME, source.id, later, "UTC", 0)

        assert store.record(ME) == before


def test_a_full_record_can_be_read_deleted_and_filled_again():
    with open_store("sqlite://", Room(each=400 * KB, together=10_000 * KB)) as store:
        taken = filled(store)
        store.set_preference(ME, "country", "DE")
        assert store.preferences(ME) == {"country": "DE"}

        store.erase(ME)

        assert store.record(ME).operations == ()
        assert len(filled(store)) >= len(taken)


def test_all_records_together_hold_so_much_and_one_that_goes_makes_room():
    room = Room(each=400 * KB, together=700 * KB)
    one, two = open_store("sqlite://", room), open_store("sqlite://", room)
    taken = filled(one)
    less = filled(two)
    assert len(less) < len(taken)
    with pytest.raises(RecordFullError, match="too many records on this server"):
        two.apply(ME, wordy(20))
    assert [each.id for each in two.record(ME).operations] == less

    one.close()
    del one
    gc.collect()

    assert two.apply(ME, wordy(20))
    two.close()


def test_a_record_without_a_room_has_no_bound(store):
    assert len(store.apply(ME, wordy(2000))) == 2000
    assert all(isinstance(each, MarkOperation) for each in store.record(ME).operations)
