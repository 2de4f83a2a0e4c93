"""Deleting: not one byte of it remains, in the file, its journal or the backups."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from marking import NOON, answers, levels_of, operation, stroke

from bodymap.records import Details, InvalidValue, Tried, open_store, sqlite_file
from bodymap.records.errors import BusyError

ME = "canary-person"
CANARY = "canary-place"


@pytest.fixture(params=["TRUNCATE", "WAL"])
def journal(request, monkeypatch):
    monkeypatch.setattr(sqlite_file, "journal_mode", lambda: request.param)
    return request.param


def traces(folder, words):
    """Return where in a folder's files any of the words stands."""
    return {
        (file.name, word)
        for file in folder.rglob("*")
        if file.is_file()
        for word in words
        if word.encode() in file.read_bytes()
    }


@pytest.mark.usefixtures("journal")
def test_no_byte_of_an_erased_record_remains(path):
    marks = [
        operation(f"{CANARY}-{number}", touched=number % 11, at=NOON - timedelta(days=number))
        for number in range(300)
    ]
    words = [ME, CANARY, *(made.id for made in marks)]
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, marks)
        for number in range(4):
            store.copy_forward(
                ME, "2026-11-22", NOON + timedelta(days=9 + number), "Europe/Berlin", 60
            )
        sqlite_file.backup(path, "0001")
        assert {name for name, _ in traces(path.parent, words)} >= {path.name}
        assert len(sqlite_file.backups(path)) == 1

        store.erase(ME)

        assert traces(path.parent, words) == set()
        assert sqlite_file.backups(path) == []
        assert store.check_ins(ME) == ()


@pytest.mark.usefixtures("journal")
def test_what_belongs_to_someone_else_stays(path):
    theirs = [operation("their-place", touched=number % 11) for number in range(50)]
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [operation(CANARY) for _ in range(50)])
        store.apply("other", theirs)

        store.erase(ME)

        assert store.record("other").operations == tuple(theirs)
        assert traces(path.parent, [ME, CANARY]) == set()


@pytest.mark.usefixtures("journal")
def test_nothing_remains_in_the_folder_for_temporary_files(path, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(scratch))
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [operation(CANARY) for _ in range(2000)])
        store.check_ins(ME)
        store.erase(ME)

    assert traces(tmp_path, [ME, CANARY]) == set()


# A period, a mark.

TODAY = date(2026, 11, 22)


def a_day_of(word, day):
    """Return statements of every kind about one day, the word in each that can hold one."""
    at = NOON + timedelta(days=(day - TODAY).days)
    return [
        operation(f"{word}-place", at=at, details=Details(own_word=word, note=f"{word} note")),
        operation(f"{word}-place", touched=9, at=at),
        operation(f"{word}-late", day=day, at=NOON + timedelta(days=9)),
        stroke(*((n, n) for n in range(100)), at=at),
        answers(journal=f"{word} journal", tried=(Tried(f"{word} tea"),), at=at),
        answers(at=at),
    ]


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("days", [1, 3])
def test_no_byte_of_a_deleted_period_remains_and_the_days_around_it_stay(path, days):
    first, last = TODAY - timedelta(days=days - 1), TODAY
    gone = [
        made for number in range(days) for made in a_day_of(CANARY, TODAY - timedelta(days=number))
    ]
    stays = [
        *a_day_of("stays", first - timedelta(days=1)),
        *a_day_of("stays", TODAY + timedelta(1)),
    ]
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [*stays[:6], *gone, *stays[6:]])
        store.set_preference(ME, "country", "GB")
        sqlite_file.backup(path, "0002")

        store.delete_days(ME, first, last)

        words = [CANARY, *(made.id for made in gone)]
        assert traces(path.parent, words) == set()
        assert sqlite_file.backups(path) == []
        assert store.record(ME).operations == tuple(stays)
        assert store.preferences(ME) == {"country": "GB"}


@pytest.mark.usefixtures("journal")
def test_no_byte_of_a_deleted_mark_remains_and_everything_else_of_the_day_stays(path):
    gone = [
        operation(details=Details(note=f"{CANARY} {number}"), touched=number) for number in range(5)
    ]
    gone.append(operation(touched=4, is_again=True))
    stays = [
        operation(side="right"),
        operation("knee"),
        stroke(),
        answers(journal="x"),
        operation(at=NOON + timedelta(days=1)),
    ]
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [*gone, *stays])
        sqlite_file.backup(path, "0002")

        store.delete_mark(ME, TODAY, ("neck", "left"))

        assert traces(path.parent, [CANARY, *(made.id for made in gone)]) == set()
        assert store.record(ME).operations == tuple(stays)


def test_clearing_a_mark_keeps_its_earlier_value_and_deleting_it_does_not(store):
    store.apply(ME, [operation(touched=7), operation("knee"), operation(touched=None)])
    assert levels_of(store.check_in(ME, "2026-11-22")) == {("knee", "left"): (3, None)}
    assert len(store.record(ME).operations) == 3

    store.delete_mark(ME, TODAY, ("neck", "left"))

    assert levels_of(store.check_in(ME, "2026-11-22")) == {("knee", "left"): (3, None)}
    assert len(store.record(ME).operations) == 1


def test_what_comes_after_a_deletion_is_still_last(store):
    store.apply(ME, [operation(touched=1), stroke(), operation(touched=2, at=NOON + timedelta(1))])
    store.delete_days(ME, TODAY, TODAY)

    last = operation(touched=3, at=NOON + timedelta(days=1))
    store.apply(ME, [last, stroke(), answers(mood_nrs=1)])

    assert levels_of(store.check_in(ME, "2026-11-23")) == {("neck", "left"): (3, None)}
    assert [check_in.id for check_in in store.check_ins(ME)] == ["2026-11-22", "2026-11-23"]


def test_deleting_reaches_nobody_else(store):
    theirs = [operation(), stroke(), answers(journal="x")]
    store.apply("other", theirs)

    store.delete_days(ME, TODAY, TODAY)
    store.delete_mark(ME, TODAY, ("neck", "left"))

    assert store.record("other").operations == tuple(theirs)


def test_a_period_that_ends_before_it_begins_deletes_nothing(path):
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [operation()])
        sqlite_file.backup(path, "0002")

        with pytest.raises(InvalidValue, match="before the first"):
            store.delete_days(ME, TODAY, TODAY - timedelta(days=1))

        assert len(store.record(ME).operations) == 1
        assert len(sqlite_file.backups(path)) == 1


def test_traces_that_a_reader_holds_back_are_said_and_gone_the_next_time(path, monkeypatch):
    monkeypatch.setattr(sqlite_file, "journal_mode", lambda: "WAL")
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 20)
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, a_day_of(CANARY, TODAY))
        with closing(sqlite_file.connect(path)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM mark_operation").fetchone()
            with pytest.raises(BusyError, match="once more"):
                store.delete_days(ME, TODAY, TODAY)
            assert traces(path.parent, [CANARY]) != set()

        store.delete_days(ME, TODAY, TODAY)

        assert traces(path.parent, [CANARY]) == set()


def test_the_search_finds_what_an_ordinary_deletion_leaves(path):
    """The control: SQLite by itself only forgets where deleted rows were."""
    made = operation(CANARY)
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [made])

    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA secure_delete=OFF; DELETE FROM mark_operation")

    assert (path.name, made.id) in traces(path.parent, [CANARY, made.id])
