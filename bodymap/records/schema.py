"""The tables, and the migrations that bring a database to them.

``person`` holds one row for each record and its last sequence number. Statements have a table for
each kind: ``mark_operation``, ``stroke_operation``, ``day_operation``; all three number their rows
from the person's one sequence. Rows are added, never rewritten; only ``seq`` may change, when two
records of one day meet (``Store.merge``); and a person can delete theirs. ``preference`` holds what
a person set for themselves, such as the country whose emergency number is shown. Every row names
its person. What is empty is NULL.

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


def _statements(name: str, *own: Column | CheckConstraint) -> Table:
    """Return a table of statements: the columns that every kind has, and this kind's own."""
    table = Table(
        name,
        metadata,
        Column("person_id", Text, ForeignKey("person.person_id"), primary_key=True),
        Column("op_id", Text, primary_key=True),
        Column("seq", Integer, nullable=False),
        Column("local_date", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("zone", Text, nullable=False),
        Column("utc_offset_min", Integer, nullable=False),
        *own,
        UniqueConstraint("person_id", "seq"),
        CheckConstraint("length(op_id) = 36", name="op_id"),
        CheckConstraint("seq > 0", name="seq"),
        CheckConstraint("length(local_date) = 10", name="local_date"),
        CheckConstraint("length(at) = 24", name="at"),
        CheckConstraint("length(zone) BETWEEN 1 AND 64", name="zone"),
        CheckConstraint("utc_offset_min BETWEEN -1080 AND 1080", name="utc_offset_min"),
        sqlite_strict=True,
    )
    Index(None, table.c.person_id, table.c.local_date, table.c.seq)
    return table


mark_operation = _statements(
    "mark_operation",
    Column("target", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("touched_nrs", Integer),
    Column("by_itself_nrs", Integer),
    Column("qualities", Text),
    Column("own_word", Text),
    Column("course", Text),
    Column("depth", Text),
    Column("certainty", Text),
    Column("note", Text),
    Column("is_again", Integer),
    CheckConstraint("length(target) BETWEEN 1 AND 80", name="target"),
    CheckConstraint("side IN ('left', 'right', 'midline')", name="side"),
    CheckConstraint("touched_nrs BETWEEN 0 AND 10", name="touched_nrs"),
    CheckConstraint("by_itself_nrs BETWEEN 0 AND 10", name="by_itself_nrs"),
    # Which words there are is for qualities.py to say: more of them need no new tables.
    CheckConstraint("length(qualities) BETWEEN 1 AND 400", name="qualities"),
    CheckConstraint("length(own_word) BETWEEN 1 AND 60", name="own_word"),
    CheckConstraint("length(course) BETWEEN 1 AND 40", name="course"),
    CheckConstraint("length(depth) BETWEEN 1 AND 40", name="depth"),
    CheckConstraint("length(certainty) BETWEEN 1 AND 40", name="certainty"),
    CheckConstraint("length(note) BETWEEN 1 AND 500", name="note"),
    CheckConstraint("is_again = 1", name="is_again"),
)

stroke_operation = _statements(
    "stroke_operation",
    Column("stroke_id", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("points", Text),
    Column("width_mm", Integer),
    Column("area", Text),
    Column("side", Text),
    Column("quality", Text),
    Column("nrs", Integer),
    Column("is_there", Integer, nullable=False),
    Column("is_again", Integer),
    CheckConstraint("length(stroke_id) = 36", name="stroke_id"),
    CheckConstraint("view IN ('back', 'front')", name="view"),
    CheckConstraint("tool IN ('brush', 'eraser', 'area')", name="tool"),
    CheckConstraint("(tool = 'area') = (points IS NULL)", name="points"),
    CheckConstraint("(tool = 'area') = (width_mm IS NULL)", name="width_mm"),
    CheckConstraint("(tool = 'area') = (area IS NOT NULL)", name="area"),
    CheckConstraint("(tool = 'area') = (side IS NOT NULL)", name="has_side"),
    CheckConstraint("side IN ('left', 'right', 'midline')", name="side"),
    CheckConstraint("length(quality) BETWEEN 1 AND 40", name="quality"),
    CheckConstraint("nrs BETWEEN 0 AND 10", name="nrs"),
    CheckConstraint("is_there IN (0, 1)", name="is_there"),
    CheckConstraint("is_again = 1", name="is_again"),
)

day_operation = _statements(
    "day_operation",
    Column("worst_nrs", Integer),
    Column("least_nrs", Integer),
    Column("sleep_nrs", Integer),
    Column("fatigue_nrs", Integer),
    Column("mood_nrs", Integer),
    Column("tried", Text),
    Column("journal", Text),
    CheckConstraint("worst_nrs BETWEEN 0 AND 10", name="worst_nrs"),
    CheckConstraint("least_nrs BETWEEN 0 AND 10", name="least_nrs"),
    CheckConstraint("sleep_nrs BETWEEN 0 AND 10", name="sleep_nrs"),
    CheckConstraint("fatigue_nrs BETWEEN 0 AND 10", name="fatigue_nrs"),
    CheckConstraint("mood_nrs BETWEEN 0 AND 10", name="mood_nrs"),
    CheckConstraint("length(tried) BETWEEN 1 AND 8000", name="tried"),
    CheckConstraint("length(journal) BETWEEN 1 AND 2000", name="journal"),
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
