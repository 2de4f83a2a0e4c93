"""Everything special to SQLite: how a file is made, checked, opened, backed up and emptied.

The settings were chosen by killing writers and cutting the power in a simulator:
``synchronous=FULL`` with TRUNCATE or WAL lost nothing that was acknowledged. WAL only from SQLite
3.51.3 on, because earlier ones can, very rarely, damage a WAL database that two connections write
at once (https://sqlite.org/wal.html, "the WAL-reset bug").
"""

import os
import secrets
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from bodymap.records import journals
from bodymap.records.errors import (
    BusyError,
    DamagedRecordError,
    DiskFullError,
    ForeignFileError,
    LeftoverJournalError,
    ReadOnlyRecordError,
    StoreError,
    UnreachableError,
)
from bodymap.records.failures import as_store_error, of_disk, reason

APPLICATION_ID = 0x426F6479  # "Body", at byte 68 of the file: other programs' files are not ours
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
BUSY_MS = 3_000  # a page waits for this; the browser keeps what was said and sends it again
BACKUPS_KEPT = 3

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100


def journal_mode(sqlite_version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """Return the journal mode that is safe with a version of SQLite."""
    return "WAL" if sqlite_version >= (3, 51, 3) else "TRUNCATE"


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing file; never create one, so that a file that vanished is noticed."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
    )
    try:
        _settings(connection, journal_mode())
    except BaseException:
        connection.close()
        raise
    return connection


def connect_memory() -> sqlite3.Connection:
    """Open a database that lives as long as the connection, for the threads of one session."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _settings(connection, "MEMORY")
    return connection


def _settings(connection: sqlite3.Connection, journal: str) -> None:
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "secure_delete=ON",
        "temp_store=MEMORY",  # nothing of a record in the folder for temporary files
        f"journal_mode={journal}",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


@contextmanager
def new_file(path: Path) -> Generator[Path]:
    """Make an empty record file beside ``path``, under a passing name, for a ``with`` block.

    ``publish_file`` gives it its name once the tables stand, so that under its own name a record
    is whole from its first moment, and an empty file there means damage. Without that nothing is
    left afterwards, no folder either.

    Raises:
        DiskFullError, UnreachableError: there is no room for it, or no way.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(
            f"Bodymap needs SQLite {'.'.join(map(str, OLDEST_SQLITE))} or newer; "
            f"this Python has {sqlite3.sqlite_version}."
        )
    folder = path.parent
    made = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    passing = path.with_name(f".{path.name}.new-{secrets.token_hex(6)}")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(passing, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(passing, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}").close()
        yield passing
        for each in made:  # a new folder is only as lasting as its own name
            sync_folder(each.parent)
    except OSError as error:
        raise of_disk(error, f"The record can't be kept in {folder}") from None
    except sqlite3.Error as error:
        raise _no_room(as_store_error(error), folder) from None
    except DiskFullError as error:
        raise _no_room(error, folder) from None
    finally:
        discard_file(passing)
        for each in made:
            with suppress(OSError):  # unless it is in use by now
                each.rmdir()


def _no_room(error: StoreError, folder: Path) -> StoreError:
    if isinstance(error, DiskFullError):
        return DiskFullError(f"The record can't be kept in {folder}: the disk is full.")
    return error


def publish_file(passing: Path, path: Path) -> None:
    """Give a finished file its name; if someone else was faster, theirs stays."""
    try:
        os.link(passing, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            passing.rename(path)
    sync_folder(path.parent)


def discard_file(passing: Path) -> None:
    """Remove a file under a passing name, with what SQLite put beside it."""
    for leftover in passing.parent.glob(f"{escape(passing.name)}*"):
        with suppress(OSError):
            leftover.unlink(missing_ok=True)


def examine(path: Path) -> None:
    """Check that an existing file is ours, whole and writable; change nothing.

    Raises:
        ForeignFileError, LeftoverJournalError, DamagedRecordError, ReadOnlyRecordError,
        UnreachableError: it is not.
    """
    try:
        if not path.is_file():
            raise ForeignFileError(f"{path} is a folder or a device, not a file.")
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
        _examine_header(path, header)
        _examine_journals(path)
        _examine_rights(path)
        _examine_content(path)
    except OSError as error:
        raise of_disk(error, f"{path} can't be read") from None


def _examine_rights(path: Path) -> None:
    # Asked of the mode itself too: a superuser is allowed everything, yet someone locked the file.
    if not path.stat().st_mode & 0o200 or not os.access(path, os.W_OK):
        raise ReadOnlyRecordError(f"{path} is read-only, so nothing could be saved.")
    if not os.access(path.parent, os.W_OK):
        raise ReadOnlyRecordError(f"The folder of {path} is read-only, so nothing could be saved.")


def _examine_header(path: Path, header: bytes) -> None:
    # Read as bytes, before SQLite opens the file and tidies up after a crash: a stranger's file is
    # left untouched in every way.
    if not header:
        raise _damaged(path, "is empty")
    if not _MAGIC.startswith(header[: len(_MAGIC)]):
        raise ForeignFileError(f"{path} is not a Bodymap record; it was left as it is.")
    if len(header) < _HEADER_BYTES:
        raise _damaged(path, "is cut short")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ForeignFileError(f"{path} belongs to another program; it was left as it is.")


def _examine_journals(path: Path) -> None:
    found = journals.outcome(path, BUSY_MS / 1000)
    if found is None:
        return
    if found.leftover:
        raise LeftoverJournalError(
            f"{path.name}{found.leftover}, beside {path}, belongs to another file, so both were"
            " left as they are; restore a backup, or move it to another folder."
        )
    if not journals.is_sound(found.data):
        raise _damaged(path, "is damaged, and what a crash left beside it can't mend it")


def _examine_content(path: Path) -> None:
    try:
        with closing(connect(path)) as connection:
            # quick_check misses damage that integrity_check finds.
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            strangers = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
            ).fetchone()[0]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        failure = as_store_error(error, path)
        if not isinstance(failure, DamagedRecordError):
            raise failure from None
        sound, strangers = False, 0
    if not sound:
        # A page that the disk did not give looks like one that makes no sense: read it once more.
        if journals.is_sound(path.read_bytes()):
            raise UnreachableError(f"{path} can't be read: the disk reported an error.")
        raise _damaged(path, "is damaged")
    if strangers:
        raise ForeignFileError(f"{path} holds commands that Bodymap did not put there.")


def keep_private(path: Path) -> None:
    """Let only the owner read and write the file and what SQLite keeps beside it."""
    for part in (path, *(path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))):
        # Suppressed: a file that is not there, or someone else's, which is not ours to lock.
        with suppress(OSError):
            if part.stat().st_mode & 0o077:
                part.chmod(0o600)


def backup(path: Path, revision: str) -> Path:
    """Copy the file beside itself, check the copy, keep the last three; return the copy's path.

    Raises:
        StoreError: the copy could not be made or is not whole.
    """
    copy = _named(path, "backup", f"-from-{revision}")
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        # SQLite's own copying: a plain copy of a live file can miss the last rows.
        with closing(connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            journals.stamp_afresh(target)
            target.execute("PRAGMA journal_mode=DELETE").close()
            whole = target.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and _row_counts(source) == _row_counts(target)
    except (OSError, sqlite3.Error):
        whole = False
    if not whole:
        copy.unlink(missing_ok=True)
        raise StoreError(
            f"No sound backup of {path} could be made, so the record was not brought up to date."
        )
    for old in [kept for kept in backups(path) if kept != copy][: -(BACKUPS_KEPT - 1)]:
        old.unlink(missing_ok=True)
    return copy


def backups(path: Path) -> list[Path]:
    """Return the backups beside a file, oldest first."""
    return sorted(path.parent.glob(f"{escape(path.stem)}.backup-*.sqlite"))


def scrub(path: Path) -> None:
    """Remove what deleted rows left behind: free pages and the journal.

    Raises:
        StoreError: something else holds the file, or it can't be written.
    """
    try:
        with closing(connect(path)) as connection:
            connection.execute("VACUUM").close()
            is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise as_store_error(error) from None
    if is_busy:  # said, not raised: someone still reads what the log held before
        raise BusyError("Something else is reading the record.")


def set_aside(path: Path, kind: str) -> None:
    """Keep a file and what lies beside it under a second name, byte for byte, as one pair.

    kind: a word for the name that says why, "damaged" or "set-aside". The parts keep their first
    names too, for ``put_in_place`` to give away.

    Raises:
        OSError: it could not be done; no second name is left.
    """
    aside = _named(path, kind)
    parts = [each for each in (path, *journals.beside(path)) if os.path.lexists(each)]
    names = [aside.with_name(aside.name + part.name.removeprefix(path.name)) for part in parts]
    try:
        for part, name in zip(parts, names, strict=True):
            _name_twice(part, name)
    except OSError:
        for name in names:
            name.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def put_in_place(passing: Path, path: Path) -> None:
    """Give a finished file the name of a record that was set aside, in one step.

    A crash before the old journal is gone leaves it beside a file that it does not belong to, which
    is found at the next start.
    """
    passing.replace(path)
    sync_folder(path.parent)
    for end in (journals.JOURNAL, journals.LOG, journals.INDEX):
        path.with_name(path.name + end).unlink(missing_ok=True)
    sync_folder(path.parent)


def asides(path: Path) -> list[Path]:
    """Return what was set aside of a record, oldest first."""
    kinds = (f"{escape(path.stem)}.{kind}-*.sqlite*" for kind in ("damaged", "set-aside"))
    return sorted(each for kind in kinds for each in path.parent.glob(kind))


def remove_copies(path: Path) -> list[tuple[Path, str]]:
    """Delete every copy of a record beside it; return those that can't be, each with the reason."""
    passing = path.parent.glob(f".{escape(path.name)}.new-*")
    left = []
    for copy in (*backups(path), *asides(path), *passing):
        try:
            copy.unlink(missing_ok=True)
        except OSError as error:
            left.append((copy, reason(error)))
    sync_folder(path.parent)
    return left


def _named(path: Path, kind: str, end: str = "") -> Path:
    return path.with_name(f"{path.stem}.{kind}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z{end}.sqlite")


def _name_twice(part: Path, name: Path) -> None:
    try:
        os.link(part, name)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as copy:
            copy.write(part.read_bytes())
            copy.flush()
            os.fsync(copy.fileno())


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names
    }


def _damaged(path: Path, how: str) -> DamagedRecordError:
    kept = backups(path)
    hint = f" (the last backup is {kept[-1].name})" if kept else ""
    return DamagedRecordError(f"{path} {how}; it was left as it is{hint}.")


def sync_folder(folder: Path) -> None:
    """Write a folder's names to the disk."""
    # So that the name itself survives a power cut. Windows can't, and need not, open a folder.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
