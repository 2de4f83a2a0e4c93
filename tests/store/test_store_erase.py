"""Erasing: not one byte of it remains, in the file, its journal or the backups."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from marking import NOON, operation

from bodymap.records import open_store, sqlite_file

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


def test_the_search_finds_what_an_ordinary_deletion_leaves(path):
    """The control: SQLite by itself only forgets where deleted rows were."""
    made = operation(CANARY)
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [made])

    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA secure_delete=OFF; DELETE FROM mark_operation")

    assert (path.name, made.id) in traces(path.parent, [CANARY, made.id])
