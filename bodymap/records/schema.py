"""The tables, and the migrations that bring a database to them.

``person`` holds one row for each record and its last sequence number; ``mark_operation`` holds the
operations. Rows are added, never rewritten; only ``seq`` may change, when two records of one
day meet (``Store.merge``). ``preference`` holds what a person set for themselves, such as the
country whose emergency number is shown. Every row names its person.

Types are those that mean the same in SQLite's STRICT tables and in PostgreSQL: text and integers.
Times are text too (ISO 8601, UTC, milliseconds, ``Z``), so that both databases sort and compare
them alike.
"""

import threading
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

MIGRATIONS = Path(__file__).parent / "migrations"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

person = Table(
    "person",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("last_seq", Integer, nullable=False),
    CheckConstraint("length(person_id) BETWEEN 1 AND 255", name="person_id"),
    sqlite_strict=True,
)

mark_operation = Table(
    "mark_operation",
    metadata,
    Column("person_id", Text, ForeignKey("person.person_id"), primary_key=True),
    Column("op_id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("local_date", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("touched_nrs", Integer),
    Column("by_itself_nrs", Integer),
    Column("at", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("utc_offset_min", Integer, nullable=False),
    UniqueConstraint("person_id", "seq"),
    CheckConstraint("length(op_id) = 36", name="op_id"),
    CheckConstraint("seq > 0", name="seq"),
    CheckConstraint("length(local_date) = 10", name="local_date"),
    CheckConstraint("length(target) BETWEEN 1 AND 80", name="target"),
    CheckConstraint("side IN ('left', 'right', 'midline')", name="side"),
    CheckConstraint("touched_nrs BETWEEN 0 AND 10", name="touched_nrs"),
    CheckConstraint("by_itself_nrs BETWEEN 0 AND 10", name="by_itself_nrs"),
    CheckConstraint("length(at) = 24", name="at"),
    CheckConstraint("length(zone) BETWEEN 1 AND 64", name="zone"),
    CheckConstraint("utc_offset_min BETWEEN -1080 AND 1080", name="utc_offset_min"),
    sqlite_strict=True,
)

preference = Table(
    "preference",
    metadata,
    Column("person_id", Text, ForeignKey("person.person_id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    CheckConstraint("length(name) BETWEEN 1 AND 40", name="name"),
    CheckConstraint("length(value) <= 200", name="value"),
    sqlite_strict=True,
)

Index(None, mark_operation.c.person_id, mark_operation.c.local_date, mark_operation.c.seq)

# Alembic keeps what it works on in module globals, and sessions open their stores in threads.
_one_at_a_time = threading.Lock()


def head() -> str:
    """Return the revision that this code works with, such as ``0001``."""
    found = _scripts(MIGRATIONS).get_current_head()
    assert found is not None, "the migrations folder came without its migrations"
    return found


def knows(revision: str) -> bool:
    """Tell whether a revision is one of ours, up to the head."""
    return revision in {script.revision for script in _scripts(MIGRATIONS).walk_revisions()}


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database, or None for one without our tables."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, inside the transaction that the connection is in."""
    config = _config(MIGRATIONS)
    config.attributes["connection"] = connection
    with _one_at_a_time:
        command.upgrade(config, "head")


def _config(folder: Path) -> Config:
    config = Config()
    # Alembic reads "%" as the start of a variable.
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@cache
def _scripts(folder: Path) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(folder))
