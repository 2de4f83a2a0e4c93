"""Disks that are full or fail, and files that another process changed: each its true sentence."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from marking import operation

from bodymap.records import open_store
from bodymap.records.errors import (
    DiskFullError,
    NewerRecordError,
    StoreError,
    UnreachableError,
)

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
ME = "local"


def everything_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# A first start where there is no room, or no way.


@pytest.fixture
def small_disk(tmp_path):
    """Return ``mount(kilobytes)``: a disk of its own of that size."""
    mounted = []

    def mount(kilobytes):
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        size = f"size={kilobytes}k,mode=0700"
        command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("only a superuser can mount a small disk")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("kilobytes", [4, 8, 12, 20, 40, 60])
def test_a_first_start_on_a_full_disk_is_one_sentence_and_leaves_nothing(small_disk, kilobytes):
    folder = small_disk(kilobytes)
    for _ in range(3):  # each load of the page tries again
        with pytest.raises(DiskFullError) as refusal:
            open_store(f"sqlite:///{folder / 'new' / 'bodymap' / 'record.sqlite'}")

        assert everything_in(folder) == []
    sentence = str(refusal.value)
    assert sentence == f"The record can't be kept in {folder}/new/bodymap: the disk is full."


def test_a_first_start_begins_as_soon_as_there_is_room(small_disk):
    folder = small_disk(200)
    filler = folder / "filler"
    filler.write_bytes(bytes(180 * 1024))
    with pytest.raises(DiskFullError):
        open_store(f"sqlite:///{folder / 'record.sqlite'}")
    assert everything_in(folder) == ["filler"]
    filler.unlink()

    with open_store(f"sqlite:///{folder / 'record.sqlite'}") as store:
        assert store.apply(ME, [operation()])


FIRST_START = """
import resource, sys
from bodymap.records import StoreError, open_store
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
for _ in range(2):
    try: open_store(sys.argv[1])
    except StoreError as error: print(error)
"""


@pytest.mark.parametrize("most", [0, 1, 4096, 20_000])
def test_a_first_start_where_files_may_not_grow_leaves_nothing(tmp_path, most):
    path = tmp_path / "new" / "record.sqlite"
    command = [sys.executable, "-c", FIRST_START, f"sqlite:///{path}", str(most)]

    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert run.stderr == ""
    first, second = run.stdout.splitlines()
    assert first == second
    assert first.endswith(".")
    assert everything_in(tmp_path) == []


@pytest.mark.parametrize(
    ("in_the_way", "path", "words"),
    [
        ("file", "file/record.sqlite", "can't be kept in {}/file: a file is where"),
        ("file", "file/deeper/record.sqlite", "can't be kept in {}/file/deeper: a file is where"),
    ],
)
def test_a_file_where_a_folder_should_be_is_named_and_stays(tmp_path, in_the_way, path, words):
    (tmp_path / in_the_way).write_text("mine")

    with pytest.raises(UnreachableError) as refusal:
        open_store(f"sqlite:///{tmp_path / path}")

    assert words.format(tmp_path) in str(refusal.value)
    assert everything_in(tmp_path) == [in_the_way]
    assert (tmp_path / in_the_way).read_text() == "mine"


AS_SOMEBODY = """
import os, sys
from bodymap.records import StoreError, open_store
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try: open_store(sys.argv[1])
except StoreError as error: print(error)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="only root can be another")
def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path):
    open_to_all(tmp_path)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    assert opened_by_somebody(tmp_path / "new" / "record.sqlite") == (
        f"The record can't be kept in {tmp_path}/new: permission denied.\n"
    )
    assert opened_by_somebody(closed / "record.sqlite") == (
        f"{closed}/record.sqlite can't be reached: permission denied.\n"
    )
    assert everything_in(tmp_path) == ["closed"]


def open_to_all(folder):
    """Let everybody look into this folder, and pass those of pytest that lie above it."""
    folder.chmod(0o755)
    for above in folder.parents:
        if not above.stat().st_mode & stat.S_IXOTH:
            above.chmod(0o711)


def opened_by_somebody(file):
    """Open the record as a user who owns nothing here, and return what they are told."""
    command = [sys.executable, "-c", AS_SOMEBODY, f"sqlite:///{file}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.stderr == ""
    return run.stdout


# A disk that fails: every call of one kind, one after another, until all goes well.


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    if not sys.platform.startswith("linux") or not (shutil.which("gcc") or shutil.which("cc")):
        pytest.skip("a disk that fails needs Linux and a C compiler")
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import disk
    finally:
        sys.path.remove(str(BENCHMARKS))
    return disk, disk.compiled(tmp_path_factory.mktemp("shim"))


FAILING = """
import json, os, sys
sys.path[:0] = sys.argv[4:]
from marking import operation
from bodymap.records import StoreError, open_store

url, doing, kind = sys.argv[1:4]
store = open_store(url)
went_on = []
for number in range(1, 200):
    made = [operation(f"{kind}-{number}-{n}") for n in range(6 if doing == "save" else 1)]
    os.environ["BODYMAP_SHIM_FAIL"] = f"{kind} {number} 5"
    said, name = "", ""
    try:
        if doing == "open": open_store(url).close()
        else: store.apply("local", made)
    except StoreError as error:
        said, name = str(error), type(error).__name__
    del os.environ["BODYMAP_SHIM_FAIL"]
    there = {one.id for one in store.record("local").operations}
    count = sum(one.id in there for one in made)
    again = store.apply("local", made) if doing == "save" else made
    went_on.append([said, name, count, len(again)])
    # SQLite can do without one or two of its calls.
    if not any(said for said, *_ in went_on[-3:]): break
print(json.dumps(went_on))
"""


def failing(shim, path, doing, kind):
    """Return, for the failure of each call, what was said, as what, and what was saved."""
    disk, library = shim
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [operation("before")])
    command = [sys.executable, "-c", FAILING, f"sqlite:///{path}", doing, kind]
    run = subprocess.run(
        [*command, str(ROOT), str(ROOT / "tests")],
        cwd=ROOT,
        env=disk.watched(library, path.parent),
        capture_output=True,
        text=True,
    )
    assert run.stderr == ""
    return json.loads(run.stdout)


@pytest.mark.parametrize("kind", ["r", "o"])
def test_a_disk_that_fails_at_opening_is_told_as_that_and_never_as_damage(shim, path, kind):
    failed = [each for each in failing(shim, path, "open", kind) if each[0]]

    assert failed
    for sentence, name, *_ in failed:
        assert name == "UnreachableError", sentence
        assert "damaged" not in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize("kind", ["w", "s", "t", "o"])
def test_a_disk_that_fails_while_saving_leaves_all_or_nothing_and_says_only_what_is_known(
    shim, path, kind
):
    tried = failing(shim, path, "save", kind)

    failed = [each for each in tried if each[0]]
    assert failed
    for sentence, name, saved, saved_afterwards in tried:
        assert saved == 6 if not sentence else saved in (0, 6)
        assert saved_afterwards == 6
        if not sentence:
            continue
        if "nothing was changed" in sentence:
            assert saved == 0
        else:
            assert name == "UncertainError"
            assert "it is not known whether" in sentence
    if kind == "s":
        assert "UncertainError" in [name for _, name, *_ in failed]


# Another process changed the file.


def test_a_process_that_is_older_than_the_record_stops_writing(path, tmp_path, monkeypatch):
    """A newer Bodymap brings the record up to date while an older one goes on."""
    url = f"sqlite:///{path}"
    with open_store(url) as older:
        older.apply(ME, [operation("before")])
        with closing(sqlite3.connect(path)) as newer:
            newer.executescript("UPDATE alembic_version SET version_num = '0099'")
        before = path.read_bytes()

        for use in (
            lambda: older.apply(ME, [operation("after")]),
            lambda: older.delete_days(ME, operation().local_date, operation().local_date),
            lambda: older.erase(ME),
            lambda: older.set_preference(ME, "country", "GB"),
            lambda: older.check_ins(ME),
        ):
            with pytest.raises(NewerRecordError, match="please update Bodymap"):
                use()

        assert path.read_bytes() == before


def test_a_record_that_was_exchanged_for_an_older_one_is_not_written_in_the_new_form(path):
    with open_store(f"sqlite:///{path}") as store:
        with closing(sqlite3.connect(path)) as other:
            other.executescript("UPDATE alembic_version SET version_num = '0001'")

        with pytest.raises(StoreError, match="start Bodymap again"):
            store.apply(ME, [operation()])
