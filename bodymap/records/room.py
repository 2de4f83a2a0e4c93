"""How much the records in memory may hold: each of them, and all of them together.

SQLite itself keeps to the limit while it writes, so nothing has to be weighed or guessed before:
what does not fit fails at its first page too many, and the whole transaction is taken back.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bodymap.records.errors import RecordFullError
from bodymap.records.turns import Turns

_WAIT_S = 10
_NO_LIMIT = 2**30 - 1  # pages; the most that every SQLite knows

_FULL = "This record is as long as it can get here, so this was not added; save it as a file."
_ALL_FULL = (
    "There are too many records on this server just now, so this was not added;"
    " save yours as a file."
)


class Room:
    """Memory for records: at most ``each`` bytes for one, and ``together`` for all.

    A record counts until nobody holds its store any more. What is deleted makes room for what that
    record adds later, not for others.
    """

    def __init__(self, *, each: int, together: int):
        self.each = each
        self.together = together
        self._bytes: WeakKeyDictionary[object, int] = WeakKeyDictionary()
        self._turns = Turns()

    @contextmanager
    def growing(self, store: object, connection: Connection) -> Generator[None]:
        """Hold the room while a transaction makes the record of ``store`` longer.

        Raises:
            RecordFullError: there is no room for it.
        """
        with self._turns.turn(_WAIT_S):
            left = self.together - sum(
                size for other, size in self._bytes.items() if other is not store
            )
            page = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
            # A limit below what is there already is raised to that by SQLite.
            _limit(connection, max(1, min(self.each, left) // page))
            try:
                yield
            except OperationalError as error:
                if _is_full(error):
                    raise RecordFullError(_ALL_FULL if left < self.each else _FULL) from None
                raise
            finally:
                _limit(connection, _NO_LIMIT)
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
                self._bytes[store] = pages * page


def _limit(connection: Connection, pages: int) -> None:
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")


def _is_full(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
