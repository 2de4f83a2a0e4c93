"""Record files: private, never begun afresh over something else, refused in one calm sentence."""

import os
import random
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from marking import operation

from bodymap.records import StoreError, open_store, sqlite_file
from bodymap.records.errors import (
    BusyError,
    DamagedRecordError,
    DiskFullError,
    ForeignFileError,
    NewerRecordError,
    ReadOnlyRecordError,
    UnreachableError,
)

ME = "local"


def opened(path):
    return open_store(f"sqlite:///{path}")


@pytest.fixture
def record(path):
    """A record file with 40 marks, and the marks."""
    marks = [operation(touched=number % 11) for number in range(40)]
    with opened(path) as store:
        store.apply(ME, marks)
    return path


def refuse(path, kind, words):
    """Open a file that must be refused; check the sentence, and that nothing there has changed."""
    before = contents(path.parent)
    with pytest.raises(kind) as refusal:
        opened(path)
    sentence = str(refusal.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert contents(path.parent) == before
    return sentence


def contents(folder):
    # An empty journal says nothing; SQLite may leave one.
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    return {name: data for name, data in files.items() if data or not name.endswith("-journal")}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


# Who may read it.


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_only_the_owner_can_read_a_record_its_journal_and_its_folder(record):
    assert mode(record) == 0o600
    assert mode(record.parent) == 0o700
    assert {mode(file) for file in record.parent.iterdir()} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_a_record_that_others_could_read_is_closed_to_them(record):
    for file in record.parent.iterdir():
        file.chmod(0o644)

    opened(record).close()

    assert {mode(file) for file in record.parent.iterdir()} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_a_folder_that_was_there_before_keeps_its_rights(tmp_path):
    tmp_path.chmod(0o755)

    opened(tmp_path / "record.sqlite").close()

    assert mode(tmp_path) == 0o755


def test_beside_a_new_record_nothing_is_left_lying(record):
    assert {file.name for file in record.parent.iterdir()} <= {
        record.name,
        f"{record.name}-journal",
    }


def test_opening_and_closing_leaves_no_file_open(record):
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("this system does not list open files in /proc")
    before = len(list(folder.iterdir()))

    for _ in range(50):
        with opened(record) as store:
            store.check_ins(ME)

    assert len(list(folder.iterdir())) <= before + 2


# How it is written.


def test_every_connection_has_the_settings_that_were_chosen(record):
    with closing(sqlite_file.connect(record)) as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                *("journal_mode", "synchronous", "secure_delete", "foreign_keys"),
                *("trusted_schema", "busy_timeout", "temp_store", "application_id"),
            )
        }

    assert settings == {
        "journal_mode": sqlite_file.journal_mode().lower(),
        "synchronous": 2,  # FULL
        "secure_delete": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 3_000,
        "temp_store": 2,  # MEMORY
        "application_id": 0x426F6479,
    }


@pytest.mark.parametrize(
    ("version", "journal"),
    [((3, 40, 1), "TRUNCATE"), ((3, 51, 2), "TRUNCATE"), ((3, 51, 3), "WAL"), ((4, 0, 0), "WAL")],
)
def test_the_write_ahead_log_is_used_only_where_its_bug_is_mended(version, journal):
    assert sqlite_file.journal_mode(version) == journal


def test_a_record_written_with_the_other_journal_opens_and_keeps_its_marks(record, monkeypatch):
    for journal in ("WAL", "TRUNCATE", "WAL"):
        monkeypatch.setattr(sqlite_file, "journal_mode", lambda journal=journal: journal)
        with opened(record) as store:
            store.apply(ME, [operation()])

    with opened(record) as store:
        assert len(store.record(ME).operations) == 43


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mark_operation SET touched_nrs = 11",
        "UPDATE mark_operation SET touched_nrs = -1",
        "UPDATE mark_operation SET touched_nrs = 5.5",
        "UPDATE mark_operation SET touched_nrs = 'five'",
        "UPDATE mark_operation SET side = 'both'",
        "UPDATE mark_operation SET target = ''",
        "UPDATE mark_operation SET person_id = 'nobody'",
        "UPDATE mark_operation SET seq = 1",
        "UPDATE mark_operation SET at = NULL",
        "DELETE FROM person",
    ],
)
def test_the_database_itself_refuses_what_no_mark_can_be(record, statement):
    with closing(sqlite_file.connect(record)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


# What is not a record.


def test_an_empty_file_is_damage_and_never_a_fresh_start(record):
    record.write_bytes(b"")

    refuse(record, DamagedRecordError, "is empty")


@pytest.mark.parametrize("data", [b"hello", b"{}", b"%PDF-1.7", b"\0" * 5000], ids=repr)
def test_something_else_is_left_alone(path, data):
    path.parent.mkdir()
    path.write_bytes(data)

    refuse(path, ForeignFileError, "is not a Bodymap record")


def test_another_programs_database_is_left_alone(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE person (name TEXT); INSERT INTO person VALUES ('x')")

    refuse(path, ForeignFileError, "belongs to another program")


@pytest.mark.parametrize("kept", [15, 16, 99, 100, 4096, 6000, 20_000])
def test_a_record_that_was_cut_short_is_refused(record, kept):
    record.write_bytes(record.read_bytes()[:kept])

    refuse(record, DamagedRecordError, "it was left as it is")


def test_a_damaged_record_names_its_last_backup(record):
    copy = sqlite_file.backup(record, "0001")
    record.write_bytes(record.read_bytes()[:5000])

    assert copy.name in refuse(record, DamagedRecordError, "is damaged")


def test_a_page_of_zeros_is_refused(record):
    data = bytearray(record.read_bytes())
    page = 4096
    data[3 * page : 4 * page] = bytes(page)
    record.write_bytes(data)

    refuse(record, DamagedRecordError, "is damaged")


def test_a_flipped_byte_anywhere_is_refused_or_harmless(record):
    """Whatever happens, it is a StoreError or a record that can be read, never anything else."""
    whole = record.read_bytes()
    dice = random.Random(3)
    refused = 0
    for position in [*range(0, 100, 2), *(dice.randrange(len(whole)) for _ in range(200))]:
        damaged = bytearray(whole)
        damaged[position] ^= 1 << dice.randrange(8)
        record.write_bytes(damaged)
        try:
            with opened(record) as store:
                store.record(ME)
        except StoreError:
            refused += 1

    assert refused > 20


def test_a_record_without_its_tables_is_refused(record):
    with closing(sqlite3.connect(record)) as connection:
        connection.executescript(
            "DROP TABLE mark_operation; DROP TABLE person; DROP TABLE alembic_version"
        )

    refuse(record, DamagedRecordError, "has lost its tables")


def test_a_record_of_a_newer_bodymap_is_refused_and_says_so(record):
    with closing(sqlite3.connect(record)) as connection:
        connection.executescript("UPDATE alembic_version SET version_num = '0099'")

    refuse(record, NewerRecordError, "newer Bodymap (its form is 0099, this one knows 0002)")


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER t AFTER INSERT ON mark_operation BEGIN DELETE FROM person; END",
        "CREATE VIEW v AS SELECT * FROM mark_operation",
    ],
)
def test_a_record_with_commands_planted_in_it_is_refused(record, planted):
    with closing(sqlite3.connect(record)) as connection:
        connection.executescript(planted)

    refuse(record, ForeignFileError, "commands that Bodymap did not put there")


def test_text_that_is_no_text_is_told_as_damage(record):
    with closing(sqlite3.connect(record)) as connection:
        connection.executescript(
            "UPDATE mark_operation SET zone = CAST(x'ff41' AS TEXT) WHERE seq = 7"
        )

    with opened(record) as store, pytest.raises(DamagedRecordError, match="file is damaged"):
        store.check_ins(ME)


def test_a_mark_that_cannot_be_is_told_and_not_shown(record):
    with closing(sqlite3.connect(record)) as connection:
        connection.executescript(
            "UPDATE mark_operation SET at = 'the day before yesterday' WHERE seq = 7"
        )

    with opened(record) as store, pytest.raises(DamagedRecordError, match=r"number 7\)"):
        store.check_ins(ME)


# Where nothing can be written.


def test_a_read_only_record_is_refused_as_such(record):
    record.chmod(0o400)

    refuse(record, ReadOnlyRecordError, "is read-only")


def test_a_folder_instead_of_a_file_is_refused(tmp_path):
    with pytest.raises(ForeignFileError, match="not a file"):
        opened(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(UnreachableError, match="can't be kept in"):
        opened(tmp_path / "file" / "record.sqlite")


def test_a_record_that_vanished_while_in_use_is_not_begun_afresh(record):
    with opened(record) as store:
        record.unlink()
        with pytest.raises(UnreachableError):
            store.apply(ME, [operation()])

    assert not record.exists()


def test_someone_else_writing_for_too_long_is_told_calmly_and_changes_nothing(record, monkeypatch):
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 20)
    with opened(record) as store, closing(sqlite3.connect(record, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(BusyError, match="try again"):
            store.apply(ME, [operation()])

        other.execute("ROLLBACK")
        made = operation()
        assert store.apply(ME, [made]) == (made.id,)
        assert len(store.record(ME).operations) == 41


def test_a_full_disk_is_told_loses_nothing_and_saving_goes_on_when_there_is_room(
    record, monkeypatch
):
    connect, limit = sqlite_file.connect, {"pages": 14}

    def on_a_small_disk(path):
        connection = connect(path)
        connection.execute(f"PRAGMA max_page_count={limit['pages']}").close()
        return connection

    monkeypatch.setattr(sqlite_file, "connect", on_a_small_disk)
    many = [operation() for _ in range(400)]
    with opened(record) as store:
        before = store.record(ME)
        with pytest.raises(DiskFullError, match="The disk is full"):
            store.apply(ME, many)
        assert store.record(ME) == before

        limit["pages"] = 1000
        assert len(store.apply(ME, many)) == 400
        assert len(store.record(ME).operations) == 440


def test_an_interruption_between_begin_and_commit_leaves_nothing_behind(record):
    class Rerun(BaseException):
        """What Streamlit raises when a page is run again: no Exception, so easily missed."""

    with opened(record) as store:
        before = store.record(ME)

        class Marks(list):
            def __iter__(self):
                yield operation()
                raise Rerun

        with pytest.raises(Rerun):
            store.apply(ME, Marks())
        with pytest.raises(Rerun), store._transactions.writing(ME) as connection:
            connection.exec_driver_sql("DELETE FROM mark_operation")
            raise Rerun

        assert store.record(ME) == before
        assert store.apply(ME, [operation()])
