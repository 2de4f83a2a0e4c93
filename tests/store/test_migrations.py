"""Old records come up to date whole, or stay as they were; a backup lies beside them first."""

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from marking import operation
from sqlalchemy import create_engine, inspect

from bodymap.exchange.record_json import dump, parse
from bodymap.records import StoreError, open_store, schema, sqlite_file
from bodymap.records.errors import NewerRecordError

STORED = Path(__file__).parents[1] / "fixtures" / "db"
ROOT = Path(__file__).parents[2]
ME = "local"

NEXT_VERSION = '''
"""A version of tomorrow, for tests."""
import os
import signal
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

def upgrade():
    op.create_table("note", sa.Column("text", sa.Text(), nullable=False), sqlite_strict=True)
    op.execute("UPDATE mark_operation SET target = 'renamed-by-0003'")
    with op.batch_alter_table("person", table_kwargs={"sqlite_strict": True}) as person:
        person.add_column(sa.Column("since", sa.Text()))
    {then}
'''


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """Return a function that gives Bodymap a migration 0003, ending as told."""

    def write(then="pass"):
        folder = tmp_path / f"migrations-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(schema.MIGRATIONS, folder)
        (folder / "versions" / "0003_tomorrow.py").write_text(
            NEXT_VERSION.replace("{then}", then), "utf-8"
        )
        monkeypatch.setattr(schema, "MIGRATIONS", folder)
        return folder

    return write


@pytest.fixture
def record(path):
    """A record of today's version."""
    with open_store(f"sqlite:///{path}") as store:
        store.apply(ME, [operation(touched=number % 11) for number in range(30)])
    return path


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def versions():
    scripts = (schema.MIGRATIONS / "versions").glob("0*.py")
    return sorted(int(script.name.split("_")[0]) for script in scripts)


# Stored records of each version.


def test_every_version_has_its_stored_record():
    assert versions() == list(range(1, int(schema.head()) + 1))
    assert sorted(path.name for path in STORED.glob("v*.sqlite")) == [
        f"v{version}.sqlite" for version in versions()
    ]


@pytest.mark.parametrize("version", versions())
def test_a_record_of_each_version_is_read_to_the_last_mark(version, tmp_path):
    path = tmp_path / "record.sqlite"
    shutil.copy(STORED / f"v{version}.sqlite", path)
    expected = {
        person: parse(json.dumps(content).encode())
        for person, content in json.loads((STORED / f"v{version}.json").read_text("utf-8")).items()
    }

    with open_store(f"sqlite:///{path}") as store:
        read = {person: store.record(person) for person in expected}
        store.apply(ME, [operation()])

    assert read == expected
    assert dump(read[ME]) == dump(expected[ME])


@pytest.mark.parametrize("version", versions())
def test_bringing_a_record_up_to_date_changes_no_value_in_any_row(version, tmp_path):
    path = tmp_path / "record.sqlite"
    shutil.copy(STORED / f"v{version}.sqlite", path)
    before = values(path)

    open_store(f"sqlite:///{path}").close()

    after = values(path)
    for table, columns in before.items():
        assert {name: after[table][name] for name in columns} == columns
    added = {
        (table, name) for table in after for name in after[table].keys() - before.get(table, {})
    }
    assert all(value is None for table, name in added for value in after[table][name])


def values(path):
    """Return {table: {column: values}} of a file, rows in the order of their keys."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        found = {}
        for table in (
            "person",
            "preference",
            "mark_operation",
            "stroke_operation",
            "day_operation",
        ):
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
                rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
                names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                found[table] = {name: [row[name] for row in rows] for name in names}
    return found


COUNTED = "SELECT count(*), count(DISTINCT person_id), count(DISTINCT side) FROM "


def test_the_stored_records_are_what_files_of_their_versions_must_be():
    """Statements of every kind, so that comparing them means something."""
    for version, table, counts in [
        ("0001", "mark_operation", (13, 2, 3)),
        ("0002", "mark_operation", (18, 2, 3)),
        ("0002", "stroke_operation", (7, 1, 1)),
    ]:
        stored = STORED / f"v{int(version)}.sqlite"
        with closing(sqlite3.connect(f"{stored.as_uri()}?mode=ro", uri=True)) as connection:
            assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(version,)]
            assert connection.execute(COUNTED + table).fetchone() == counts


def test_the_stored_record_of_version_2_uses_every_column():
    for columns in values(STORED / "v2.sqlite").values():
        assert not [name for name, column in columns.items() if set(column) == {None}]


# The migrations and the tables are the same thing.


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(lasting_url):
    open_store(lasting_url).close()

    engine = create_engine(lasting_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()


def test_the_migrations_make_the_same_sqlite_tables_to_the_letter(path, tmp_path):
    open_store(f"sqlite:///{path}").close()
    direct = tmp_path / "direct.sqlite"
    engine = create_engine(f"sqlite:///{direct}")
    schema.metadata.create_all(engine)
    engine.dispose()

    def tables(file):
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
            ).fetchall()
        # The order of columns and rules within a table means nothing, nor do line breaks.
        return {
            name: sorted(re.split(r",? (?=CONSTRAINT |[a-z_]+ (?:TEXT|INTEGER))", one_line(sql)))
            for name, sql in found
            if name != "alembic_version"
        }

    def one_line(sql):
        line = re.sub(r"\s+", " ", sql).strip()
        if line.endswith("STRICT"):
            line = line.removesuffix("STRICT").rstrip().removesuffix(")").rstrip()
        return line

    assert tables(path) == tables(direct)


def test_every_table_is_strict(record):
    with closing(sqlite3.connect(record)) as connection:
        tables = connection.execute("PRAGMA table_list").fetchall()

    strict = {name: flag for _, name, kind, _, _, flag in tables if kind == "table"}
    assert {name: strict[name] for name in schema.metadata.tables} == {
        "person": 1,
        "mark_operation": 1,
        "stroke_operation": 1,
        "day_operation": 1,
        "preference": 1,
    }


# Coming up to date.


def test_an_older_record_is_brought_up_to_date_after_a_backup(record, next_version):
    before = rows(record)
    next_version()

    with open_store(f"sqlite:///{record}") as store:
        assert {made.target for made in store.record(ME).operations} == {"renamed-by-0003"}

    (backup,) = sqlite_file.backups(record)
    assert "-from-0002" in backup.name
    assert rows(backup) == before
    assert backup.stat().st_mode & 0o077 == 0


def test_the_backup_opens_as_a_record_again(record, next_version, monkeypatch):
    today = schema.MIGRATIONS
    with open_store(f"sqlite:///{record}") as store:
        before = store.record(ME)
    next_version()
    open_store(f"sqlite:///{record}").close()
    (backup,) = sqlite_file.backups(record)
    monkeypatch.setattr(schema, "MIGRATIONS", today)

    with pytest.raises(NewerRecordError, match="0003"):
        open_store(f"sqlite:///{record}")
    shutil.copy(backup, record)

    with open_store(f"sqlite:///{record}") as store:
        assert store.record(ME) == before


def test_a_record_that_is_up_to_date_gets_no_backup(record):
    open_store(f"sqlite:///{record}").close()

    assert sqlite_file.backups(record) == []


def test_the_last_three_backups_are_kept(record):
    made = [sqlite_file.backup(record, f"{number:04}") for number in range(5)]

    assert sqlite_file.backups(record) == made[-3:]


def test_a_new_backup_is_kept_even_if_the_clock_went_back(record):
    for year in (2090, 2091, 2092):
        shutil.copy(
            record, record.with_name(f"record.backup-{year}0101T000000000000Z-from-0001.sqlite")
        )

    made = sqlite_file.backup(record, "0001")

    assert made in sqlite_file.backups(record)
    assert len(sqlite_file.backups(record)) == 3


def test_without_a_sound_backup_nothing_is_changed(record, next_version, monkeypatch):
    next_version()
    before = rows(record)
    monkeypatch.setattr(sqlite_file, "_row_counts", lambda connection: id(connection))

    with pytest.raises(StoreError, match="No sound backup"):
        open_store(f"sqlite:///{record}")

    assert rows(record) == before
    assert sqlite_file.backups(record) == []


@pytest.mark.parametrize(
    "then",
    [
        "op.execute('INSERT INTO nowhere VALUES (1)')",
        "op.execute('UPDATE mark_operation SET touched_nrs = 11')",
        "op.execute(\"INSERT INTO mark_operation SELECT 'nobody', op_id, seq, local_date, target, "
        "side, touched_nrs, by_itself_nrs, at, zone, utc_offset_min, NULL, NULL, NULL, NULL, NULL, "
        'NULL FROM mark_operation")',
    ],
    ids=["no such table", "a rule is broken", "rows without a person"],
)
def test_a_migration_that_fails_leaves_the_record_as_it_was(record, next_version, then):
    before = rows(record)
    next_version(then)

    with pytest.raises(StoreError):
        open_store(f"sqlite:///{record}")

    assert rows(record) == before


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_migration_that_is_killed_leaves_the_old_record_and_the_next_start_finishes(
    record, next_version
):
    before = rows(record)
    folder = next_version("os.kill(os.getpid(), signal.SIGKILL)")
    script = (
        "import pathlib, sys; from bodymap.records import open_store, schema;"
        "schema.MIGRATIONS = pathlib.Path(sys.argv[1]); open_store(sys.argv[2])"
    )

    killed = subprocess.run(
        [sys.executable, "-c", script, str(folder), f"sqlite:///{record}"], cwd=ROOT
    )
    assert killed.returncode == -signal.SIGKILL
    assert rows(record) == before

    next_version()
    with open_store(f"sqlite:///{record}") as store:
        assert {made.target for made in store.record(ME).operations} == {"renamed-by-0003"}


def test_a_rebuilt_table_keeps_its_rows_and_its_foreign_keys_hold_again(record, next_version):
    next_version()

    with open_store(f"sqlite:///{record}") as store:
        assert len(store.record(ME).operations) == 30

    with closing(sqlite_file.connect(record)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE mark_operation SET person_id = 'nobody'")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migration_works_on_a_server_too(lasting_url, next_version):
    with open_store(lasting_url) as store:
        store.apply(ME, [operation()])
    next_version()

    with open_store(lasting_url) as store:
        assert {made.target for made in store.record(ME).operations} == {"renamed-by-0003"}
        assert inspect(store._transactions.engine).has_table("note")
