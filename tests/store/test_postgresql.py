"""The same code speaks PostgreSQL: checked by its words here, and on a server if one is there."""

import io
from contextlib import closing
from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location

import postgresql_server
import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from marking import NOON, answers, operation, stroke
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert
from sqlalchemy.schema import CreateTable

from bodymap.records import Record, open_store, schema

ONLY_SQLITE = ("AUTOINCREMENT", "STRICT", "PRAGMA", "INSERT OR", "ROWID", "DATETIME(", "IFNULL")
DIALECT = postgresql.dialect()


def test_the_store_tests_run_on_a_server_too():
    why = postgresql_server.missing()
    if why and not postgresql_server.IS_REQUIRED:
        pytest.skip(f"the store tests ran on SQLite only, {why}")
    assert why is None


def test_the_tables_compile_for_postgresql_without_a_word_of_sqlite():
    for table in schema.metadata.sorted_tables:
        text = str(CreateTable(table).compile(dialect=DIALECT))

        assert not [word for word in ONLY_SQLITE if word in text.upper()]
        assert f"CREATE TABLE {table.name}" in text


@pytest.mark.parametrize("script", sorted((schema.MIGRATIONS / "versions").glob("0*.py")))
def test_each_migration_compiles_for_postgresql_without_a_word_of_sqlite(script):
    spec = spec_from_file_location(script.stem, script)
    migration = module_from_spec(spec)
    spec.loader.exec_module(migration)
    written = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written}
    )

    with Operations.context(context):
        migration.upgrade()

    assert "CREATE TABLE" in written.getvalue()
    assert not [word for word in ONLY_SQLITE if word in written.getvalue().upper()]


def test_every_statement_of_the_store_compiles_for_postgresql():
    statements = []
    with closing(open_store("sqlite://")) as store:
        event.listen(
            store._transactions.engine,
            "before_execute",
            lambda connection, clause, *_: statements.append(clause),
        )
        yesterday = operation(at=NOON - timedelta(days=1))
        store.apply("local", [yesterday, operation(touched=1), stroke(), answers(mood_nrs=1)])
        store.copy_forward("local", "2026-11-21", NOON, "UTC", 0)
        store.merge("local", Record((operation(at=NOON - timedelta(hours=1)),)))
        store.check_in("local", "2026-11-21")
        store.check_ins("local", last=2)
        store.check_ins("local", last=2, drawings=False)
        store.delete_days("local", NOON.date(), NOON.date())
        store.delete_mark("local", NOON.date(), ("neck", "left"))
        store.erase("local")

    # The one statement that each dialect has its own class for; store.py picks it by name.
    own = [statement for statement in statements if isinstance(statement, SqliteInsert)]
    shared = [str(each.compile(dialect=DIALECT)) for each in statements if each not in own]

    kinds = {text.split()[0] for text in shared}
    assert kinds == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert any("FOR UPDATE" in text for text in shared)
    assert not [text for text in shared if any(word in text.upper() for word in ONLY_SQLITE)]
    assert {statement.table.name for statement in own} == {"person"}
