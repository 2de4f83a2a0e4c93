"""A database's complaint as one calm sentence.

What a driver says can quote what was being saved, so its words go no further; its code does.
"""

import sqlite3

from sqlalchemy.exc import DBAPIError

from bodymap.records.errors import (
    BusyError,
    DamagedRecordError,
    DiskFullError,
    ReadOnlyRecordError,
    StoreError,
    UnreachableError,
)

_BUSY = (BusyError, "Something else is using the record right now; try again in a moment.")
_FULL = (DiskFullError, "The disk is full; nothing was changed.")
_READ_ONLY = (ReadOnlyRecordError, "The record is read-only; nothing was changed.")
_DAMAGED = (DamagedRecordError, "The record's file is damaged; nothing was changed.")
_UNREACHABLE = (UnreachableError, "The record can't be reached right now; nothing was changed.")

_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: _UNREACHABLE,
    sqlite3.SQLITE_IOERR: _UNREACHABLE,
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


def as_store_error(error: Exception) -> StoreError:
    """Return what a driver's or SQLAlchemy's error means, without its words."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind, the rest a detail. Errors of Python's own have no code.
        code = getattr(cause, "sqlite_errorcode", None)
        kind, sentence = _SQLITE.get((code or 0) & 0xFF, (StoreError, ""))
        name = getattr(cause, "sqlite_errorname", type(cause).__name__)
    else:
        name = getattr(cause, "sqlstate", None) or type(cause).__name__
        kind, sentence = _POSTGRESQL.get(name, (StoreError, ""))
        # psycopg names no state when it could not connect at all.
        invalidated = isinstance(error, DBAPIError) and error.connection_invalidated
        if invalidated or name.startswith("08") or name == "OperationalError":
            kind, sentence = _UNREACHABLE
    return kind(sentence or f"The database refused ({name}); nothing was changed.")
