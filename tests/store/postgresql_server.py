"""A PostgreSQL of the tests' own, from the programs on this machine, or one that is named.

Whoever runs the tests, the server is theirs alone: it listens on a socket in a folder that nobody
else may enter, and on no port. It ends with the process that started it, however that ends.
"""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url

NAMED = os.environ.get("BODYMAP_TEST_POSTGRES_URL")
IS_REQUIRED = os.environ.get("BODYMAP_REQUIRE_POSTGRES") == "1"

# The shell waits for its input to end, which also happens when the tests are killed.
KEEPER = """
initdb -D "$1/data" -U bodymap -A trust -E UTF8 --no-locale --no-sync >"$1/log" 2>&1 &&
pg_ctl -w -D "$1/data" -l "$1/log" start >>"$1/log" 2>&1 \
  -o "-c listen_addresses='' -c unix_socket_directories='$1' -c fsync=off" &&
echo ready
read -r _
pg_ctl -D "$1/data" -m immediate stop >>"$1/log" 2>&1
rm -r "$1"
"""


def _programs() -> Path | None:
    """Return the folder of initdb and pg_ctl: Debian's newest, which is not on the path."""
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    newest = max(debian, key=lambda path: int(path.parents[1].name), default=None)
    found = newest or (shutil.which("initdb") if os.name == "posix" else None)
    return Path(found).parent if found else None


def missing() -> str | None:
    """Return why the tests can't use a PostgreSQL here, or None if they can."""
    if find_spec("psycopg") is None:
        return "no driver for PostgreSQL: pip install 'psycopg[binary]'"
    if NAMED is None and _programs() is None:
        return "no PostgreSQL on this machine: apt-get install postgresql"
    return None


@contextmanager
def started() -> Iterator[URL]:
    """Run a server and give its address; nothing of it is left afterwards.

    Raises:
        RuntimeError: the server did not start; its own words tell why.
    """
    programs = _programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="bodymap-postgresql-"))
    someone_else = {}
    if os.geteuid() == 0:  # as whom PostgreSQL refuses to run
        user, group = _unprivileged()
        os.chown(folder, user, group)
        someone_else = {"user": user, "group": group, "extra_groups": []}
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, "sh", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"},
        cwd=folder,
        # Ctrl-C is for the tests, which then close the keeper's input.
        start_new_session=True,
        **someone_else,
    )
    try:
        assert keeper.stdin and keeper.stdout
        if keeper.stdout.readline() != b"ready\n":
            raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text('utf-8')}")
        yield URL.create(
            "postgresql", username="bodymap", database="postgres", query={"host": str(folder)}
        )
    finally:
        keeper.communicate()


@contextmanager
def own_database(server: URL) -> Iterator[URL]:
    """Make a database that nobody else has, and drop it afterwards; others are left alone."""
    name = f"bodymap_test_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        yield server.set(database=name)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        engine.dispose()


@contextmanager
def database() -> Iterator[URL]:
    """Give the address of a database for one process of the tests."""
    if NAMED:
        with own_database(make_url(NAMED)) as url:
            yield url
    else:
        with started() as server, own_database(server) as url:
            yield url


def empty(url: URL) -> str:
    """Return the address of a database after everything in it was dropped."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return url.render_as_string(hide_password=False)


def _unprivileged() -> tuple[int, int]:
    import pwd  # which only such systems have that have a root

    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    return user.pw_uid, user.pw_gid
