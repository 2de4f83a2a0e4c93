"""Writers that must lose something: what tells a measure that finds nothing from one that can't."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bodymap.records import rows, sqlite_file

CONTROLS = ("early", "no transaction", "no journal", "no sync")
"""Acknowledged before it is saved; each row by itself; no journal; ``synchronous=OFF``."""


@contextmanager
def weaken(control: str) -> Iterator[None]:
    """Weaken this process's store in one way, for a ``with`` block; "" and "early" leave it whole.

    "early" is for the writer itself to do: only it knows when it notes what.
    """
    append, connect, fsync = rows.append, sqlite_file.connect, os.fsync
    journal_mode = sqlite_file.journal_mode
    match control:
        case "no transaction":
            rows.append = _each_by_itself
        case "no journal":
            sqlite_file.journal_mode = lambda: "OFF"
        case "no sync":
            sqlite_file.connect = _without_syncs
            os.fsync = lambda handle: None
    try:
        yield
    finally:
        rows.append, sqlite_file.connect, os.fsync = append, connect, fsync
        sqlite_file.journal_mode = journal_mode


_append, _connect = rows.append, sqlite_file.connect


def _each_by_itself(connection, person_id, operations):
    for operation in operations:
        _append(connection, person_id, [operation])
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _without_syncs(path):
    connection = _connect(path)
    connection.execute("PRAGMA synchronous=OFF").close()
    return connection
