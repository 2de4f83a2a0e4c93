"""Deleting: not one byte of it remains, in the file, its journal or the backups."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from marking import NOON, answers, levels_of, operation, stroke

from bodymap.records import Details, InvalidValue, Tried, open_store, sqlite_file
from bodymap.records.errors import BusyError, PartlyDeletedError

ME = "canary-person"
CANARY = "canary-place"
ROOT = Path(__file__).parents[2]


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


# What is said when only a part could be done.


def test_traces_that_a_reader_holds_back_are_said_and_gone_the_next_time(path, monkeypatch):
    monkeypatch.setattr(sqlite_file, "journal_mode", lambda: "WAL")
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 20)
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, a_day_of(CANARY, TODAY))
        sqlite_file.backup(path, "0002")
        with closing(sqlite_file.connect(path)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM mark_operation").fetchone()
            with pytest.raises(PartlyDeletedError) as partly:
                store.delete_days(ME, TODAY, TODAY)
            assert traces(path.parent, [CANARY]) != set()

        assert str(partly.value) == (
            "It is deleted from the record, but traces of it are left in the file (something else"
            " is using it); Bodymap tries again when it starts next."
        )
        assert sqlite_file.backups(path) == []
        store.delete_days(ME, TODAY, TODAY)

        assert traces(path.parent, [CANARY]) == set()


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("deletes", ["everything", "days", "mark"])
def test_a_backup_that_cannot_be_removed_is_named_and_the_next_start_tries_again(path, deletes):
    url = f"sqlite:///{path}"
    with open_store(url) as store:
        store.apply(ME, a_day_of(CANARY, TODAY))
        removable = sqlite_file.backup(path, "0002")
        # A folder of that name: nobody, not even a superuser, removes it as a file.
        stays = path.with_name("record.backup-20260101T000000000000Z-from-0002.sqlite")
        stays.mkdir()
        with pytest.raises(PartlyDeletedError) as partly:
            if deletes == "everything":
                store.erase(ME)
            elif deletes == "days":
                store.delete_days(ME, TODAY, TODAY)
            else:
                store.delete_mark(ME, TODAY, (f"{CANARY}-place", "left"))

        assert str(partly.value).startswith("It is deleted from the record, but ")
        assert f"{stays.name} still holds it and can't be removed (" in str(partly.value)
        assert not removable.exists()
        left = {made.id for made in store.record(ME).operations}
        assert not left & {made.id for made in a_day_of(CANARY, TODAY)}

    open_store(url).close()
    assert stays.exists()
    stays.rmdir()
    stays.write_bytes(CANARY.encode())
    open_store(url).close()
    assert traces(path.parent, [CANARY] if deletes != "mark" else [f"{CANARY}-place"]) == set()


def test_a_deletion_that_fails_in_the_record_leaves_the_record_and_its_backups(path, monkeypatch):
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 20)
    made = a_day_of(CANARY, TODAY)
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, made)
        kept = sqlite_file.backup(path, "0002")
        with closing(sqlite3.connect(path, isolation_level=None)) as someone_else:
            someone_else.execute("BEGIN IMMEDIATE")
            for delete in (
                lambda: store.erase(ME),
                lambda: store.delete_days(ME, TODAY, TODAY),
                lambda: store.delete_mark(ME, TODAY, ("neck", "left")),
            ):
                with pytest.raises(BusyError):
                    delete()

        assert sqlite_file.backups(path) == [kept]
        assert store.record(ME).operations == tuple(made)


KILLED = """
import os, signal, sys
from datetime import date
from bodymap.records import open_store, sqlite_file

def killed(path): os.kill(os.getpid(), signal.SIGKILL)

setattr(sqlite_file, sys.argv[2], killed)
open_store(sys.argv[1]).delete_days(sys.argv[3], date(2026, 11, 22), date(2026, 11, 22))
"""


@pytest.mark.usefixtures("journal")
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("moment", ["scrub", "remove_copies"])
def test_a_deletion_that_was_killed_is_finished_by_the_next_start(path, moment):
    url = f"sqlite:///{path}"
    gone, stays = a_day_of(CANARY, TODAY), a_day_of("stays", TODAY + timedelta(days=1))
    with open_store(url) as store:
        store.apply(ME, [*gone, *stays])
        sqlite_file.backup(path, "0002")

    killed = subprocess.run([sys.executable, "-c", KILLED, url, moment, ME], cwd=ROOT)

    assert killed.returncode == -signal.SIGKILL
    assert len(sqlite_file.backups(path)) == 1
    with open_store(url) as store:
        assert store.record(ME).operations == tuple(stays)
        assert sqlite_file.backups(path) == []
        assert traces(path.parent, [CANARY, *(made.id for made in gone)]) == set()
        kept = sqlite_file.backup(path, "0002")
    open_store(url).close()
    assert sqlite_file.backups(path) == [kept]  # done once, not at every start


def test_what_was_set_aside_and_what_a_kill_left_go_with_what_is_deleted(path):
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, a_day_of(CANARY, TODAY))
        for name in (
            "record.damaged-20260101T000000000000Z.sqlite",
            "record.set-aside-20260101T000000000000Z.sqlite",
            "record.set-aside-20260101T000000000000Z.sqlite-journal",
            ".record.sqlite.new-0123456789ab",
        ):
            shutil.copy(path, path.with_name(name))
        own = path.with_name("my-copy.sqlite")
        shutil.copy(path, own)

        store.erase(ME)

    assert {name for name, _ in traces(path.parent, [CANARY])} == {own.name}


def test_the_search_finds_what_an_ordinary_deletion_leaves(path):
    """The control: SQLite by itself only forgets where deleted rows were."""
    made = operation(CANARY)
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [made])

    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA secure_delete=OFF; DELETE FROM mark_operation")

    assert (path.name, made.id) in traces(path.parent, [CANARY, made.id])
