"""From an address to a working engine: SQLite file, SQLite in memory, or PostgreSQL."""

import os
import sqlite3
from pathlib import Path

import platformdirs
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool, StaticPool

from bodymap.records import schema, sqlite_file
from bodymap.records.errors import AddressError, DamagedRecordError, NewerRecordError
from bodymap.records.failures import as_store_error

READING = "bodymap_reading"
"""Execution option of a connection that will not write, so it need not wait for the write lock."""

WAIT_S = sqlite_file.BUSY_MS // 1000
"""How long a call waits for others before it gives up."""

_SQLITE_DRIVERS = ("sqlite", "sqlite+pysqlite")
_MIGRATION_LOCK = 0x426F6479  # any number that all of us agree on


def default_url() -> str:
    """Return ``BODYMAP_DATABASE_URL``, or the file ``record.sqlite`` in the user's data folder."""
    given = os.environ.get("BODYMAP_DATABASE_URL", "").strip()
    if given:
        return given
    path = platformdirs.user_data_path("bodymap", appauthor=False) / "record.sqlite"
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def open_engine(address: str) -> tuple[Engine, Path | None]:
    """Return an engine whose database is at the head revision, and its file if it has one.

    Raises:
        StoreError: one of its kinds; nothing was changed.
    """
    url = _parsed(address)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url), None
    if url.database in (None, "", ":memory:"):
        return _memory(), None
    path = Path(url.database)
    return _file(path), path


def _parsed(address: str) -> URL:
    # The address may hold a password: no message repeats it.
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError, TypeError, AttributeError):
        raise AddressError(
            "The address of the record must look like sqlite:////folder/record.sqlite"
            " or postgresql://user@host/database."
        ) from None
    if backend not in ("sqlite", "postgresql"):
        raise AddressError("A record can be kept in SQLite or PostgreSQL, not in what was named.")
    if backend == "sqlite" and (url.query or url.host or url.drivername not in _SQLITE_DRIVERS):
        raise AddressError(
            "The address of an SQLite record is sqlite:/// and the path of the file, nothing else."
        )
    return url


def _memory() -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=sqlite_file.connect_memory,
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    _bring_up_to_date(engine)
    return engine


def _file(path: Path) -> Engine:
    if not os.path.lexists(path):
        passing = sqlite_file.begin_file(path)
        try:
            _bring_up_to_date(_file_engine(passing))
        except BaseException:
            sqlite_file.discard_file(passing)
            raise
        sqlite_file.publish_file(passing, path)
    sqlite_file.examine(path)
    sqlite_file.keep_private(path)
    engine = _file_engine(path)
    _bring_up_to_date(engine, path)
    return engine


def _file_engine(path: Path) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite_file.connect(path),
        # A connection for each transaction: none can be left open in a thread that has gone.
        poolclass=NullPool,
        # Errors would otherwise quote what was being saved.
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # IMMEDIATE takes the write lock before anything is read. With SQLite's own choice, most of 20
    # writers fail at once with "database is locked", whatever the timeout.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": WAIT_S,
                "options": f"-c lock_timeout={WAIT_S}s -c timezone=UTC",
            },
        )
    except (ImportError, SQLAlchemyError):
        raise AddressError(
            "PostgreSQL needs a driver that is not installed here: pip install 'psycopg[binary]'."
        ) from None
    try:
        _bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _bring_up_to_date(engine: Engine, file: Path | None = None) -> None:
    try:
        with engine.connect().execution_options(**{READING: True}) as connection:
            found = schema.revision_of(connection)
        if found == schema.head():
            return
        if file is not None and found is None:
            raise DamagedRecordError(f"{file} has lost its tables; it was left as it is.")
        if found is not None and not schema.knows(found):
            raise NewerRecordError(
                f"The record was made by a newer Bodymap (its form is {found}, this one knows"
                f" {schema.head()}); please update Bodymap."
            )
        with engine.connect() as connection:
            _migrate(connection, file, found)
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError) as error:
        raise as_store_error(error) from None


def _migrate(connection: Connection, file: Path | None, found: str | None) -> None:
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        # Rebuilding a table drops the old one, which foreign keys would take for a deletion. The
        # setting has no effect inside a transaction, so it comes before BEGIN.
        _raw(connection, "PRAGMA foreign_keys=OFF")
    with connection.begin():
        if not on_sqlite:  # there, BEGIN IMMEDIATE has done this
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        if schema.revision_of(connection) != found:
            return  # another process was faster
        if file is not None and found is not None:
            # Under the write lock, so that nothing is saved between the copy and the change.
            sqlite_file.backup(file, found)
        schema.upgrade(connection)
        if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise DamagedRecordError("Bringing the record up to date failed; it is as it was.")
    if on_sqlite:
        _raw(connection, "PRAGMA foreign_keys=ON")


def _raw(connection: Connection, statement: str) -> None:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute(statement).close()
