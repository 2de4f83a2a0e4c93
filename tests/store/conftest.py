"""The same tests on each kind of database that a record can live in."""

import os

import pytest
from sqlalchemy import create_engine, make_url

from bodymap.records import open_store

POSTGRES_URL = os.environ.get("BODYMAP_TEST_POSTGRES_URL")
# Left out rather than skipped 50 times over: test_postgresql.py says once that it was.
SERVERS = ["postgresql"] if POSTGRES_URL else []


@pytest.fixture(params=["file", "memory", *SERVERS])
def url(request, tmp_path):
    """An address of an empty database of each kind."""
    return {
        "file": lambda: f"sqlite:///{tmp_path / 'records' / 'record.sqlite'}",
        "memory": lambda: "sqlite://",
        "postgresql": empty_postgres,
    }[request.param]()


@pytest.fixture(params=["file", *SERVERS])
def lasting_url(request, tmp_path):
    """An address of an empty database that outlives the store."""
    if request.param == "postgresql":
        return empty_postgres()
    return f"sqlite:///{tmp_path / 'records' / 'record.sqlite'}"


@pytest.fixture
def store(url):
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def path(tmp_path):
    """Where a record file will be, in a folder that is not there yet."""
    return tmp_path / "records" / "record.sqlite"


def empty_postgres():
    assert POSTGRES_URL is not None
    url = make_url(POSTGRES_URL)
    if not (url.database or "").endswith("_test"):
        pytest.exit("The PostgreSQL database for tests must have a name that ends in _test.", 3)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return POSTGRES_URL
