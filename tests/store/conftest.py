"""The same tests on each kind of database that a record can live in."""

import postgresql_server
import pytest

from bodymap.records import open_store

# Left out rather than skipped 50 times over: test_postgresql.py says once that it was.
SERVERS = [] if postgresql_server.missing() else ["postgresql"]


@pytest.fixture(scope="session")
def server_url():
    """The address of a PostgreSQL database that only this process of the tests uses."""
    with postgresql_server.database() as url:
        yield url


@pytest.fixture(params=["file", "memory", *SERVERS])
def url(request, tmp_path):
    """An address of an empty database of each kind."""
    return {
        "file": lambda: f"sqlite:///{tmp_path / 'records' / 'record.sqlite'}",
        "memory": lambda: "sqlite://",
        "postgresql": lambda: postgresql_server.empty(request.getfixturevalue("server_url")),
    }[request.param]()


@pytest.fixture(params=["file", *SERVERS])
def lasting_url(request, tmp_path):
    """An address of an empty database that outlives the store."""
    if request.param == "postgresql":
        return postgresql_server.empty(request.getfixturevalue("server_url"))
    return f"sqlite:///{tmp_path / 'records' / 'record.sqlite'}"


@pytest.fixture
def store(url):
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def path(tmp_path):
    """Where a record file will be, in a folder that is not there yet."""
    return tmp_path / "records" / "record.sqlite"
