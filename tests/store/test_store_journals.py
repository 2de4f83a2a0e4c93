"""A record and the journal beside it: one that belongs to it mends it, any other touches nothing.

SQLite rolls a journal that a crash left back into whatever file has the right name. So here are
true pairs, as a crash leaves them at each step, and pairs that came together by copying files.
"""

import os
import shutil
import sqlite3
import struct
from contextlib import closing

import pytest
from marking import NOON, operation

from bodymap.records import journals, open_store, sqlite_file
from bodymap.records.errors import DamagedRecordError, LeftoverJournalError

ME = "local"
PAGE = 4096
MAGIC = bytes.fromhex("d9d505f920a163d7")


def opened(path):
    return open_store(f"sqlite:///{path}")


def journal_of(path):
    return path.with_name(f"{path.name}-journal")


def wal_of(path):
    return path.with_name(f"{path.name}-wal")


def files(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def targets(path):
    with opened(path) as store:
        return [made.target for made in store.record(ME).operations]


def apply(path, *names):
    with opened(path) as store:
        store.apply(ME, [operation(name) for name in names])


def pages(data):
    return [data[at : at + PAGE] for at in range(0, len(data), PAGE)]


def journal(before, after, synced=True):
    """Return the journal that SQLite holds while it takes a file from ``before`` to ``after``."""
    old, new = pages(before), pages(after)
    changed = [n for n, page in enumerate(old) if n >= len(new) or page != new[n]]
    nonce = 12345
    count = len(changed) if synced else 0
    written = bytearray(MAGIC + struct.pack(">5I", count, nonce, len(old), 512, PAGE))
    written += bytes(512 - len(written))
    for number in changed:
        page = old[number]
        total = (nonce + sum(page[at] for at in range(PAGE - 200, 0, -200))) & 0xFFFFFFFF
        written += struct.pack(">I", number + 1) + page + struct.pack(">I", total)
    return bytes(written)


def half_written(before, after, count):
    """Return the file after so many of the changed pages were written, the first ones first."""
    old, new = pages(before), pages(after)
    changed = [n for n, page in enumerate(new) if n >= len(old) or page != old[n]]
    now = list(old)
    for number in changed[:count]:
        now[number:] = [new[number], *now[number + 1 :]]
    return b"".join(now), len(changed)


@pytest.fixture
def change(path):
    """A record before and after one change, as bytes."""
    apply(path, *(f"before-{number}" for number in range(30)))
    before = path.read_bytes()
    apply(path, *(f"after-{number}" for number in range(30)))
    return before, path.read_bytes()


@pytest.fixture(autouse=True)
def rollback_journal(request, monkeypatch):
    mode = "WAL" if "wal" in request.node.name else "TRUNCATE"
    monkeypatch.setattr(sqlite_file, "journal_mode", lambda: mode)


# True pairs: what a crash leaves.


def test_a_crash_at_any_page_is_mended_by_the_files_own_journal(path, change):
    before, after = change
    _, changed = half_written(before, after, 0)
    assert changed > 4

    for written in range(changed + 1):
        now, _ = half_written(before, after, written)
        path.write_bytes(now)
        journal_of(path).write_bytes(journal(before, after))

        assert targets(path) == [f"before-{number}" for number in range(30)]
        assert journals.beside(path) == []


def test_a_crash_before_the_journal_was_whole_is_mended(path, change):
    before, after = change
    path.write_bytes(before)
    for end in (1, 28, 511, 512, 513, 5000, None):
        journal_of(path).write_bytes(journal(before, after, synced=False)[:end])

        assert targets(path) == [f"before-{number}" for number in range(30)]


def test_a_crash_in_a_long_change_that_went_to_disk_early_is_mended(path, monkeypatch, tmp_path):
    connect = sqlite_file.connect

    def with_a_small_cache(path):
        connection = connect(path)
        connection.execute("PRAGMA cache_size=5").close()
        return connection

    apply(path, "before")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    monkeypatch.setattr(sqlite_file, "connect", with_a_small_cache)

    class Crash(BaseException):
        pass

    with opened(path) as store, pytest.raises(Crash), store._transactions.writing(ME) as connection:
        for number in range(400):
            connection.exec_driver_sql(
                "INSERT INTO preference VALUES (?, ?, 'x')", (ME, f"name-{number}" + "y" * 20)
            )
        for file in (path, journal_of(path)):
            shutil.copy(file, crashed / file.name)
        raise Crash

    copy = crashed / path.name
    assert copy.read_bytes() != path.read_bytes()
    assert targets(copy) == ["before"]
    with opened(copy) as store:
        assert store.preferences(ME) == {}


def test_a_record_from_before_the_stamps_is_mended_by_its_journal(path, change):
    """Its files carry no stamp at all, so SQLite's own count of changes decides."""
    before, after = (unstamped(data) for data in change)
    for written in (0, 1, 3):
        path.write_bytes(half_written(before, after, written)[0])
        journal_of(path).write_bytes(journal(before, after))

        assert targets(path) == [f"before-{number}" for number in range(30)]


def unstamped(data):
    return data[:60] + bytes(4) + data[64:]


def test_a_crash_while_the_write_ahead_log_holds_marks_is_mended_wal(path, tmp_path):
    apply(path, "before")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with opened(path) as store, closing(sqlite3.connect(path)) as reader:
        reader.execute("SELECT count(*) FROM person").fetchone()
        for number in range(5):
            store.apply(ME, [operation(f"logged-{number}")])
        for file in (path, wal_of(path)):
            shutil.copy(file, crashed / file.name)

    copy = crashed / path.name
    assert wal_of(copy).stat().st_size > 0
    assert targets(copy) == ["before", *(f"logged-{number}" for number in range(5))]


# Pairs that came together by copying: neither file is touched.


def refuse(path, kind=LeftoverJournalError, words="belongs to another file"):
    before = files(path.parent)
    for _ in range(2):  # the next start finds the same
        with pytest.raises(kind) as refusal:
            opened(path)
        assert files(path.parent) == before
    sentence = str(refusal.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "restore a backup" in sentence or kind is DamagedRecordError
    return sentence


@pytest.mark.parametrize("written", [0, 1, 3])
def test_a_backup_put_in_place_is_not_overwritten_by_the_old_journal(path, change, written):
    before, after = change
    path.write_bytes(before)
    copy = sqlite_file.backup(path, "0002").read_bytes()
    path.write_bytes(half_written(before, after, written)[0])
    journal_of(path).write_bytes(journal(before, after))

    path.write_bytes(copy)

    refuse(path)


def test_an_older_copy_put_in_place_is_not_overwritten_by_the_old_journal(path):
    apply(path, "oldest")
    copy = path.read_bytes()
    apply(path, "later")
    before = path.read_bytes()
    apply(path, *(f"last-{number}" for number in range(30)))
    journal_of(path).write_bytes(journal(before, path.read_bytes()))

    path.write_bytes(copy)

    assert f"{path.name}-journal" in refuse(path)


def test_a_copy_that_went_its_own_way_is_not_overwritten_even_at_the_same_count(path, tmp_path):
    apply(path, "both")
    other = tmp_path / "other" / "record.sqlite"
    other.parent.mkdir()
    shutil.copy(path, other)
    for number in range(3):
        apply(path, f"here-{number}")
        apply(other, f"there-{number}")
    before = path.read_bytes()
    apply(path, "crashed")
    apply(other, "there-too")
    assert other.read_bytes()[24:28] == path.read_bytes()[24:28]
    journal_of(path).write_bytes(journal(before, path.read_bytes()))

    shutil.copy(other, path)

    refuse(path)


def test_another_persons_record_is_not_overwritten_by_a_journal(path, tmp_path):
    other = tmp_path / "other" / "record.sqlite"
    apply(other, "theirs")
    apply(path, "mine")
    before = path.read_bytes()
    apply(path, "more")
    journal_of(path).write_bytes(journal(before, path.read_bytes()))

    shutil.copy(other, path)

    refuse(path)


def test_a_journal_that_was_never_whole_cuts_nothing_off_another_file(path, change):
    before, after = change
    apply(path, *(f"longer-{number}" for number in range(100)))
    longer = path.read_bytes()
    assert len(longer) > len(before)
    path.write_bytes(longer)
    journal_of(path).write_bytes(journal(before, after, synced=False))

    refuse(path)


def test_a_write_ahead_log_of_another_file_is_left_alone_wal(path, tmp_path):
    other = tmp_path / "other" / "record.sqlite"
    apply(other, "theirs")
    apply(path, "mine")
    with opened(path) as store, closing(sqlite3.connect(path)) as reader:
        reader.execute("SELECT count(*) FROM person").fetchone()
        store.apply(ME, [operation("logged")])
        log = wal_of(path).read_bytes()
    shutil.copy(other, path)
    wal_of(path).write_bytes(log)

    refuse(path)


def test_a_backup_beside_the_old_write_ahead_log_is_left_alone_wal(path):
    apply(path, "mine")
    copy = sqlite_file.backup(path, "0002").read_bytes()
    with opened(path) as store, closing(sqlite3.connect(path)) as reader:
        reader.execute("SELECT count(*) FROM person").fetchone()
        store.apply(ME, [operation("logged")])
        log = wal_of(path).read_bytes()
    path.write_bytes(copy)
    wal_of(path).write_bytes(log)

    refuse(path)


def test_a_journal_that_cannot_mend_its_file_leaves_both_as_they_are(path, change):
    before, after = change
    untouched = next(
        number
        for number, (old, new) in enumerate(zip(pages(before), pages(after), strict=False))
        if old == new
    )
    broken = bytearray(after)
    broken[untouched * PAGE : (untouched + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(bytes(broken))
    journal_of(path).write_bytes(journal(before, after))

    refuse(path, DamagedRecordError, "is damaged")


# Copies of a record are told apart by their stamps.


def test_each_change_leaves_a_stamp_that_the_one_before_announced(path):
    stamps = []
    for number in range(5):
        apply(path, f"place-{number}")
        stamps.append(struct.unpack(">2H", path.read_bytes()[60:64]))

    assert [own for own, _ in stamps[1:]] == [coming for _, coming in stamps[:-1]]
    assert len(set(stamps)) == 5


def test_a_mark_sent_twice_is_written_again_so_that_its_acknowledgement_is_on_the_disk(path):
    made = operation(at=NOON)
    with opened(path) as store:
        store.apply(ME, [made])
        first = path.read_bytes()
        store.apply(ME, [made])

    assert path.read_bytes() != first


def test_someone_else_writing_all_the_time_does_not_keep_a_record_from_opening(path):
    """What is read while another process writes is looked at again, not told as a leftover."""
    apply(path, "before")
    script = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from marking import operation\n"
        "from bodymap.records import open_store\n"
        "with open_store(sys.argv[1]) as store:\n"
        "    print('ready', flush=True)\n"
        "    while True: store.apply('local', [operation() for _ in range(20)])\n"
    )
    import subprocess
    import sys
    from pathlib import Path

    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", script, f"sqlite:///{path}", str(root), str(root / "tests")]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, env=os.environ)
    try:
        assert writer.stdout.readline() == b"ready\n"
        for _ in range(40):
            opened(path).close()
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert "before" in targets(path)
