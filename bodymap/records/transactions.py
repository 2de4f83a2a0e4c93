"""Transactions on one database: who waits for whom, and what becomes of an error.

Every transaction has a connection of its own and is left by COMMIT or ROLLBACK; every error of the
database leaves it as a StoreError.
"""

import sqlite3
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bodymap.records import rows
from bodymap.records.errors import InvalidValue
from bodymap.records.failures import as_store_error, of_commit
from bodymap.records.opening import READING, WAIT_S, check_revision, open_engine
from bodymap.records.room import Room
from bodymap.records.turns import Turns


class Transactions:
    """Transactions on the database of one address. Safe to share between threads.

    engine: the database. path: its file, None where it is none. room: how much one in memory may
    hold; None is no limit.

    Those for a person raise InvalidValue for an id that is none; see Store.
    """

    def __init__(self, url: str, room: Room | None = None):
        self.engine, self.path = open_engine(url)
        self._room = room
        self._on_sqlite = self.engine.dialect.name == "sqlite"
        self._turns = Turns()

    def close(self) -> None:
        """Let go of the database; one in memory is gone with that."""
        self.engine.dispose()

    @contextmanager
    def reading(self, person_id: str) -> Generator[Connection]:
        """Open one in which nothing is written."""
        _check_person(person_id)
        with self.for_all(reading=True) as connection:
            yield connection

    @contextmanager
    def writing(self, person_id: str) -> Generator[Connection]:
        """Open one that holds this person's row: one writer for each person at a time."""
        _check_person(person_id)
        with self.for_all() as connection:
            rows.hold(connection, person_id)
            yield connection

    @contextmanager
    def adding(self, person_id: str) -> Generator[Connection]:
        """Open one that makes the record longer, as far as there is room."""
        with (
            self.writing(person_id) as connection,
            self._room.growing(self, connection) if self._room else nullcontext(),
        ):
            yield connection

    @contextmanager
    def deleting(self, person_id: str) -> Generator[Connection]:
        """Open one that takes something out of the record."""
        _check_person(person_id)
        with self.for_all() as connection:
            yield connection

    @contextmanager
    def for_all(self, *, reading: bool = False) -> Generator[Connection]:
        """Open one for whatever the database holds."""
        try:
            with self._taking_turns(reading), self.engine.connect() as connection:
                connection.execution_options(**{READING: reading})
                if reading and not self._on_sqlite:
                    # Each kind of statement is a query of its own: all see the same moment, as they
                    # do on SQLite.
                    connection.execution_options(isolation_level="REPEATABLE READ")
                transaction = connection.begin()
                try:
                    check_revision(connection)
                    yield connection
                except BaseException:
                    transaction.rollback()
                    raise
                try:
                    transaction.commit()
                except (SQLAlchemyError, sqlite3.Error) as error:
                    raise (as_store_error if reading else of_commit)(error) from None
        except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError, TimeoutError) as error:
            raise as_store_error(error, self.path) from None

    def _taking_turns(self, reading: bool) -> AbstractContextManager[None]:
        """One thread at a time writes an SQLite file, or uses a database in memory at all."""
        if not self._on_sqlite or (reading and self.path is not None):
            return nullcontext()
        return self._turns.turn(WAIT_S)


def _check_person(person_id: str) -> None:
    if not isinstance(person_id, str) or not 1 <= len(person_id) <= 255:
        raise InvalidValue("person_id", "must be text of 1 to 255 characters")
    if not person_id.isprintable():
        raise InvalidValue("person_id", "must not hold control characters")
