"""From an address to a working engine: SQLite file, SQLite in memory, or PostgreSQL."""

import os
import re
import sqlite3
from pathlib import Path
from urllib.parse import quote, unquote

import platformdirs
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool, StaticPool

from bodymap.records import journals, schema, sqlite_file
from bodymap.records.errors import (
    AddressError,
    DamagedRecordError,
    MissingRecordError,
    NewerRecordError,
    StoreError,
    UnreachableError,
)
from bodymap.records.failures import as_store_error, of_disk

READING = "bodymap_reading"
"""Execution option of a connection that will not write, so it need not wait for the write lock."""

WAIT_S = sqlite_file.BUSY_MS // 1000
"""How long a call waits for others before it gives up."""

_SQLITE = re.compile(r"sqlite(?:\+pysqlite)?://(?:/(?P<path>.*))?", re.DOTALL)
_OPTIONS = re.compile(r"\?\w+=[^/]*$")  # "?mode=ro": asked for, and not to be had
_NOTHING_ELSE = (
    "The address of an SQLite record is sqlite:/// and the path of the file, nothing else."
)
_MIGRATION_LOCK = 0x426F6479  # any number that all of us agree on


def default_url() -> str:
    """Return ``BODYMAP_DATABASE_URL``, or the file ``record.sqlite`` in the user's data folder."""
    given = os.environ.get("BODYMAP_DATABASE_URL", "").strip()
    if given:
        return given
    path = platformdirs.user_data_path("bodymap", appauthor=False) / "record.sqlite"
    return f"sqlite:///{quote(str(path))}"


def file_of(address: str) -> Path | None:
    """Return the file that an address names, None for one in memory or on a server.

    What stands after ``sqlite:///`` is a path: ``~`` at its beginning is the home folder, ``?`` and
    ``#`` are characters like others, and ``%20`` is a space as in any address.

    Raises:
        AddressError: the address of an SQLite record holds more than a path.
        UnreachableError: the path is a link to a file that is not there.
    """
    found = _SQLITE.fullmatch(address)
    if not found or found["path"] in (None, "", ":memory:"):
        return None
    if _OPTIONS.search(found["path"]):
        raise AddressError(_NOTHING_ELSE)
    try:
        path = Path(unquote(found["path"])).expanduser()
        # Resolved, because SQLite keeps a journal beside the file, not beside a link to it.
        file = path.resolve()
        leads_nowhere = path.is_symlink() and not file.exists()
    except (RuntimeError, ValueError):  # no such home, links in a circle, a NUL
        raise AddressError("The path of the record can't be followed.") from None
    except OSError as error:
        raise of_disk(error, f"{path} can't be reached") from None
    if leads_nowhere:
        raise UnreachableError(f"{path} leads to a file that is not there; nothing was begun.")
    return file


def open_engine(address: str) -> tuple[Engine, Path | None]:
    """Return an engine whose database is at the head revision, and its file if it has one.

    Raises:
        StoreError: one of its kinds; nothing was changed.
    """
    path = file_of(address) if isinstance(address, str) else None
    if path is not None:
        return _file(path), path
    url = _parsed(address)
    return (_memory() if url.get_backend_name() == "sqlite" else _postgresql(url)), None


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
    if backend == "sqlite" and not _SQLITE.fullmatch(address):
        raise AddressError(_NOTHING_ELSE)
    return url


def _memory() -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=sqlite_file.connect_memory,
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    bring_up_to_date(engine)
    return engine


def _file(path: Path) -> Engine:
    if not os.path.lexists(path):
        if sqlite_file.backups(path) or sqlite_file.asides(path) or journals.beside(path):
            raise MissingRecordError(
                f"{path} is gone, but copies or parts of it are still beside it; restore one of"
                " them, or begin a new record."
            )
        with sqlite_file.new_file(path) as passing:
            bring_up_to_date(file_engine(passing))
            sqlite_file.publish_file(passing, path)
    sqlite_file.examine(path)
    sqlite_file.keep_private(path)
    engine = file_engine(path)
    bring_up_to_date(engine, path)
    return engine


def file_engine(path: Path) -> Engine:
    """Return an engine on an existing file; it leaves a stamp in each change."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite_file.connect(path),
        # A connection for each transaction: none can be left open in a thread that has gone.
        poolclass=NullPool,
        # Errors would otherwise quote what was being saved.
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "begin", _stamp)
    return engine


def _begin(connection: Connection) -> None:
    # IMMEDIATE takes the write lock before anything is read. With SQLite's own choice, most of 20
    # writers fail at once with "database is locked", whatever the timeout.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _stamp(connection: Connection) -> None:
    if not connection.get_execution_options().get(READING, False):
        journals.stamp(_raw(connection))


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={
                # For each address that a name stands for, most often two.
                "connect_timeout": max(2, WAIT_S // 2),
                # A line that was cut says nothing, either.
                "tcp_user_timeout": WAIT_S * 1000,
                "options": f"-c lock_timeout={WAIT_S}s -c timezone=UTC",
            },
        )
    except (ImportError, SQLAlchemyError):
        raise AddressError(
            "PostgreSQL needs a driver that is not installed here: pip install 'psycopg[binary]'."
        ) from None
    try:
        bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def bring_up_to_date(engine: Engine, file: Path | None = None) -> None:
    """Bring a database to the head revision, a file that holds a record after a backup.

    Raises:
        StoreError: nothing was changed.
    """
    try:
        with engine.connect().execution_options(**{READING: True}) as connection:
            found = schema.revision_of(connection)
        if found == schema.head():
            return
        if file is not None and found is None:
            raise DamagedRecordError(f"{file} has lost its tables; it was left as it is.")
        if found is not None and not schema.knows(found):
            raise _newer(found)
        with engine.connect() as connection:
            _migrate(connection, file, found)
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError) as error:
        raise as_store_error(error, file) from None


def check_revision(connection: Connection) -> None:
    """Check that a database still has the tables that this code works with.

    Another Bodymap can have brought it up to date, or someone put an older file in its place, while
    this process went on.

    Raises:
        NewerRecordError, StoreError: it has others.
    """
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    if found == schema.head():
        return
    if not schema.knows(found):
        raise _newer(found)
    raise StoreError(
        "The record's file was exchanged for an older one while Bodymap was running; nothing was"
        " changed, so please start Bodymap again."
    )


def _newer(found: str) -> NewerRecordError:
    return NewerRecordError(
        f"The record was made by a newer Bodymap (its form is {found}, this one knows"
        f" {schema.head()}); please update Bodymap."
    )


def _migrate(connection: Connection, file: Path | None, found: str | None) -> None:
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        # Rebuilding a table drops the old one, which foreign keys would take for a deletion. The
        # setting has no effect inside a transaction, so it comes before BEGIN.
        _raw(connection).execute("PRAGMA foreign_keys=OFF").close()
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
        _raw(connection).execute("PRAGMA foreign_keys=ON").close()


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
