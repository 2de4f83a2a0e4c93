"""A database's complaint as one calm sentence.

What a driver says can quote what was being saved, so its words go no further; its code does.
"""

import errno
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bodymap.records import journals
from bodymap.records.errors import (
    BusyError,
    DamagedRecordError,
    DiskFullError,
    ReadOnlyRecordError,
    StoreError,
    UncertainError,
    UnreachableError,
)

Meaning = tuple[type[StoreError], str]

_BUSY = (BusyError, "Something else is using the record right now; try again in a moment.")
_FULL = (DiskFullError, "The disk is full; nothing was changed.")
_READ_ONLY = (ReadOnlyRecordError, "The record is read-only; nothing was changed.")
_DAMAGED = (DamagedRecordError, "The record's file is damaged; nothing was changed.")
_UNREACHABLE = (UnreachableError, "The record can't be reached right now; nothing was changed.")
_FAILING = (UnreachableError, "The disk reported an error with the record; nothing was changed.")

_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: _UNREACHABLE,
    sqlite3.SQLITE_IOERR: _FAILING,
    sqlite3.SQLITE_PERM: _UNREACHABLE,
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "55P03": _BUSY,  # lock_not_available
    "40001": _BUSY,  # serialization_failure
    "40P01": _BUSY,  # deadlock_detected
    "53100": _FULL,  # disk_full
    "25006": _READ_ONLY,  # read_only_sql_transaction
    "XX001": _DAMAGED,  # data_corrupted
    "XX002": _DAMAGED,  # index_corrupted
}


def as_store_error(error: Exception, file: Path | None = None) -> StoreError:
    """Return what a driver's or SQLAlchemy's error means, without its words.

    file: the SQLite file that it is about.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if file is not None and _looks_damaged(cause):
        # SQLite takes a page that the disk did not give for one that makes no sense: look again.
        try:
            is_sound = journals.is_sound(file.read_bytes())
        except OSError:
            is_sound = True
        if is_sound:
            kind, sentence = _FAILING
            return kind(sentence)
    if isinstance(cause, TimeoutError | NoConnectionFree):
        kind, sentence = _BUSY
    elif isinstance(cause, sqlite3.Error | UnicodeDecodeError):
        kind, sentence = _of_sqlite(cause)
    elif isinstance(error, DBAPIError) and error.connection_invalidated:
        kind, sentence = _UNREACHABLE
    elif isinstance(error, OperationalError) and not getattr(cause, "sqlstate", None):
        kind, sentence = _UNREACHABLE  # no server has answered that could have named a state
    else:
        kind, sentence = _of_postgresql(getattr(cause, "sqlstate", None) or "")
    return kind(sentence)


def of_commit(error: Exception) -> StoreError:
    """Return what an error of the COMMIT of a change means.

    Busy, full or read-only: the change was taken back. Anything else may have happened after its
    last page was written.
    """
    meant = as_store_error(error)
    if type(meant) not in (StoreError, UnreachableError):
        return meant
    return UncertainError(
        "The disk or the database failed at the last moment, so it is not known whether this was"
        " done; doing it again is safe."
    )


def _looks_damaged(cause: object) -> bool:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def of_disk(error: OSError, what: str) -> StoreError:
    """Return what an error of the operating system means for what was tried: "… can't be read"."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(f"{what}: the disk is full.")
    return UnreachableError(f"{what}: {reason(error)}.")


def reason(error: OSError) -> str:
    """Return why the operating system refused, in a few words."""
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return "a file is where a folder should be"
    return (error.strerror or type(error).__name__).lower()


def _of_sqlite(cause: sqlite3.Error | UnicodeDecodeError) -> Meaning:
    # Text in the file, or in SQLite's complaint about the file, that is not UTF-8.
    if isinstance(cause, UnicodeDecodeError) or str(cause).startswith("Could not decode to UTF-8"):
        return _DAMAGED
    # The low byte is the kind, the rest a detail. Errors of Python's own have no code.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return _SQLITE.get(code) or _unknown(getattr(cause, "sqlite_errorname", ""))


def _of_postgresql(state: str) -> Meaning:
    if state.startswith("08"):  # connection lost
        return _UNREACHABLE
    return _POSTGRESQL.get(state) or _unknown(state)


def _unknown(code: str) -> Meaning:
    return StoreError, f"The database refused{f' ({code})' if code else ''}; nothing was changed."
