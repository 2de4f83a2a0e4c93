"""A record that is gone or can't be opened comes back from a copy; what was there is kept."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from marking import NOON, operation
from test_store_journals import journal, journal_of

from bodymap.records import open_store, restoring, schema, sqlite_file
from bodymap.records.errors import (
    DamagedRecordError,
    ForeignFileError,
    LeftoverJournalError,
    MissingRecordError,
    NewerRecordError,
    StoreError,
)

ME = "local"


def url(path):
    return f"sqlite:///{path}"


def targets(path):
    with open_store(url(path)) as store:
        return {made.target for made in store.record(ME).operations}


@pytest.fixture
def record(path):
    """A record of three days with a backup of its first two."""
    with open_store(url(path)) as store:
        store.apply(ME, [operation("first"), operation("second", at=NOON + timedelta(days=1))])
        sqlite_file.backup(path, schema.head())
        store.apply(ME, [operation("third", at=NOON + timedelta(days=2))])
    return path


def files(path):
    return {
        file.name: file.read_bytes()
        for file in path.parent.iterdir()
        if file.stat().st_size or not file.name.endswith("-journal")
    }


# Gone.


def test_a_record_that_is_gone_beside_its_backups_is_never_begun_afresh_in_silence(record):
    record.unlink()
    before = files(record)

    for _ in range(2):
        with pytest.raises(MissingRecordError) as refusal:
            open_store(url(record))

        assert files(record) == before
    assert str(record) in str(refusal.value)
    assert "restore one of them, or begin a new record" in str(refusal.value)


@pytest.mark.parametrize("end", ["-journal", "-wal"])
def test_a_journal_left_alone_is_asked_about_and_never_rolled_into_a_new_record(path, end):
    path.parent.mkdir()
    alone = path.with_name(path.name + end)
    alone.write_bytes(b"left alone")
    for _ in range(2):
        with pytest.raises(MissingRecordError):
            open_store(url(path))
        assert files(path) == {alone.name: b"left alone"}

    restoring.start_afresh(path)

    assert targets(path) == set()
    (aside,) = sqlite_file.asides(path)
    assert aside.name.startswith("record.set-aside-")
    assert aside.name.endswith(f".sqlite{end}")
    assert aside.read_bytes() == b"left alone"


def test_a_fresh_start_keeps_the_backups(record):
    backups = sqlite_file.backups(record)
    record.unlink()

    restoring.start_afresh(record)

    assert targets(record) == set()
    assert sqlite_file.backups(record) == backups


def test_an_empty_journal_is_nothing_to_ask_about(record):
    for file in record.parent.iterdir():
        file.unlink()
    journal_of(record).touch()

    assert targets(record) == set()


def test_a_link_that_leads_nowhere_begins_nothing(tmp_path):
    (tmp_path / "record.sqlite").symlink_to(tmp_path / "away" / "record.sqlite")

    with pytest.raises(StoreError, match="leads to a file that is not there"):
        open_store(url(tmp_path / "record.sqlite"))

    assert not (tmp_path / "away").exists()


# Which copies there are.


def test_copies_are_told_with_their_days_the_newest_first(record):
    record.write_bytes(record.read_bytes()[:5000])
    with closing(
        sqlite3.connect(record.with_name("record.backup-20200101T101112000000Z-x.sqlite"))
    ):
        pass  # another program's empty file
    record.with_name("record.damaged-20260101T000000000000Z.sqlite").write_bytes(b"half")

    copy, empty = restoring.copies(record, ME)

    assert copy.path in sqlite_file.backups(record)
    assert [day.isoformat() for day in copy.days] == ["2026-11-22", "2026-11-23"]
    assert empty.days == ()
    assert f"{empty.made:%Y-%m-%d %H:%M:%S}" == "2020-01-01 10:11:12"


def test_looking_at_copies_changes_nothing(record):
    before = files(record)

    assert restoring.copies(record, ME)

    assert files(record) == before


def test_a_copy_of_an_older_form_tells_its_days_too(record):
    stored = "tests/fixtures/db/v1.sqlite"
    shutil.copy(stored, record.with_name("record.backup-20260101T000000000000Z-from-0001.sqlite"))

    assert all(copy.days for copy in restoring.copies(record, ME))


# Restoring in place of what can't be opened.


def test_a_damaged_record_is_replaced_by_a_copy_and_kept_beside(record):
    damaged = record.read_bytes()[:9000]
    record.write_bytes(damaged)
    with pytest.raises(DamagedRecordError):
        open_store(url(record))
    (copy,) = restoring.copies(record, ME)
    backup = copy.path.read_bytes()

    restoring.restore(copy.path, record)

    assert targets(record) == {"first", "second"}
    (aside,) = sqlite_file.asides(record)
    assert aside.name.startswith("record.damaged-")
    assert aside.read_bytes() == damaged
    assert copy.path.read_bytes() == backup
    assert {file.stat().st_mode & 0o077 for file in record.parent.iterdir()} == {0}
    assert not [file for file in files(record) if ".new-" in file]


def test_a_record_that_is_gone_is_restored(record):
    record.unlink()
    (copy,) = restoring.copies(record, ME)

    restoring.restore(copy.path, record)

    assert targets(record) == {"first", "second"}


@pytest.fixture
def leftover(record):
    """A backup that was put in place by hand, beside the journal of the file that was there."""
    before = record.read_bytes()
    with open_store(url(record)) as store:
        store.apply(ME, [operation(f"crashed-{number}") for number in range(30)])
    old = journal(before, record.read_bytes())
    (backup,) = sqlite_file.backups(record)
    shutil.copy(backup, record)
    journal_of(record).write_bytes(old)
    with pytest.raises(LeftoverJournalError):
        open_store(url(record))
    return record


def test_a_file_beside_anothers_journal_can_be_taken_as_it_is(leftover):
    pair = leftover.read_bytes(), journal_of(leftover).read_bytes()
    (in_place,) = restoring.file_itself(leftover, ME)
    (backup,) = restoring.copies(leftover, ME)
    assert (in_place.path, in_place.made) == (leftover, None)
    assert backup.made is not None

    restoring.restore(in_place.path, leftover)

    assert targets(leftover) == {"first", "second"}
    file, its_journal = sqlite_file.asides(leftover)
    assert file.name.startswith("record.set-aside-")
    assert its_journal.name == f"{file.name}-journal"
    assert (file.read_bytes(), its_journal.read_bytes()) == pair


def test_what_was_set_aside_and_is_whole_can_be_restored_again(record):
    with open_store(url(record)) as store:
        store.apply(ME, [operation("only-here")])
    sqlite_file.set_aside(record, "set-aside")
    record.unlink()
    newest, *_ = restoring.copies(record, ME)

    restoring.restore(newest.path, record)

    assert "only-here" in targets(record)


def test_a_restored_record_is_not_touched_by_a_journal_of_the_copy_it_came_from(record):
    """Its stamp is a new one: whatever the copy's own life was, this file's begins here."""
    record.unlink()
    (copy,) = restoring.copies(record, ME)
    restoring.restore(copy.path, record)

    assert record.read_bytes()[60:64] != copy.path.read_bytes()[60:64]


def test_a_copy_of_an_older_form_is_brought_up_to_date_before_it_is_in_place(path):
    path.parent.mkdir()
    old = path.with_name("record.backup-20260101T000000000000Z-from-0001.sqlite")
    shutil.copy("tests/fixtures/db/v1.sqlite", old)
    before = old.read_bytes()

    restoring.restore(old, path)

    with open_store(url(path)) as store:
        assert store.record(ME).operations
    assert old.read_bytes() == before
    assert sqlite_file.backups(path) == [old]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE alembic_version SET version_num = '0099'", NewerRecordError),
        ("PRAGMA application_id=7", ForeignFileError),
        ("CREATE VIEW v AS SELECT * FROM person", ForeignFileError),
    ],
)
def test_a_copy_that_is_no_record_of_ours_changes_nothing(record, change, kind):
    (copy,) = sqlite_file.backups(record)
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript(change)
    record.write_bytes(record.read_bytes()[:9000])
    before = files(record)

    with pytest.raises(kind):
        restoring.restore(copy, record)

    assert files(record) == before


def test_a_copy_that_is_damaged_too_changes_nothing(record):
    (copy,) = sqlite_file.backups(record)
    data = bytearray(copy.read_bytes())
    data[3 * 4096 : 4 * 4096] = bytes(4096)
    copy.write_bytes(data)
    record.write_bytes(record.read_bytes()[:9000])
    before = files(record)

    with pytest.raises(DamagedRecordError, match="nothing was changed"):
        restoring.restore(copy, record)

    assert files(record) == before


# Restoring a record that can be opened.


def test_a_record_in_use_is_restored_for_all_who_use_it_and_stays_as_a_backup(record):
    (backup,) = sqlite_file.backups(record)
    with open_store(url(record)) as store, open_store(url(record)) as another:
        store.set_preference(ME, "country", "GB")

        store.restore(backup)

        for each in (store, another):
            assert {made.target for made in each.record(ME).operations} == {"first", "second"}
            assert each.preferences(ME) == {}
        another.apply(ME, [operation("after")])
        assert "after" in {made.target for made in store.record(ME).operations}
        _, as_it_was = sqlite_file.backups(record)
        store.restore(as_it_was)
        assert {made.target for made in store.record(ME).operations} == {
            *("first", "second", "third")
        }
        assert store.preferences(ME) == {"country": "GB"}
    assert targets(record) == {"first", "second", "third"}


def test_a_restore_that_fails_changes_nothing(record):
    (backup,) = sqlite_file.backups(record)
    backup.write_bytes(backup.read_bytes()[:9000])
    with open_store(url(record)) as store:
        with pytest.raises(StoreError):
            store.restore(backup)

        assert len(store.record(ME).operations) == 3
    assert sqlite_file.backups(record) == [backup]
