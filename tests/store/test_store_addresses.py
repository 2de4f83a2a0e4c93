"""Where a record is: the address, the default, and names that must do no harm."""

import socket
import time

import pytest
from marking import operation

from bodymap.records import default_url, open_store, opening, sqlite_file
from bodymap.records.errors import AddressError, UnreachableError

ME = "local"


@pytest.mark.parametrize(
    "address",
    [
        *("", "record.sqlite", "sqlite", "sqlite:/record", "://", "mysql://me:s3cret@host/db"),
        *("sqlite:///record?mode=ro", "sqlite://host/record", "sqlite+aiosqlite:///record"),
        *("postgresql://me:s3cret@host:port/db", "postgresql+nothing://me:s3cret@host/db", None, 5),
    ],
)
def test_a_malformed_address_is_refused_in_one_sentence_without_its_password(address):
    with pytest.raises(AddressError) as refusal:
        open_store(address)

    assert "s3cret" not in str(refusal.value)
    assert len(str(refusal.value)) <= 200


@pytest.mark.parametrize("name", ["a b", "ünï", "what?", "100%", "#1", "a@b:c", "[x]", "it's"])
def test_a_folder_may_have_any_name(tmp_path, name, monkeypatch):
    monkeypatch.delenv("BODYMAP_DATABASE_URL")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / name))
    made = operation()
    with open_store(default_url()) as store:
        assert store.path.is_relative_to(tmp_path / name)
        store.apply(ME, [made])

    sqlite_file.backup(store.path, "0001")
    with open_store(default_url()) as store:
        assert store.record(ME).operations == (made,)
        assert len(sqlite_file.backups(store.path)) == 1
        store.erase(ME)
        assert sqlite_file.backups(store.path) == []


@pytest.mark.parametrize(
    "name", ["what?", "a?b=c", "?", "#1", "a b", "100%", "100%zz", "~", "a~b", "ünï", "&x=1"]
)
def test_an_address_is_a_path_and_each_character_of_it_is_itself(tmp_path, name):
    with open_store(f"sqlite:///{tmp_path}/{name}/record.sqlite") as store:
        store.apply(ME, [operation()])
        assert store.path == tmp_path / name / "record.sqlite"

    assert (tmp_path / name / "record.sqlite").is_file()
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_tilde_is_the_home_folder_and_an_escaped_space_a_space(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    for address, path in (
        ("sqlite:///~/one/record.sqlite", "one/record.sqlite"),
        (f"sqlite:///{tmp_path}/a%20b/record.sqlite", "a b/record.sqlite"),
        ("sqlite:///here.sqlite", "here.sqlite"),
        ("sqlite+pysqlite:///there.sqlite", "there.sqlite"),
    ):
        open_store(address).close()
        assert (tmp_path / path).is_file()
    assert not (tmp_path / "~").exists()


def test_a_record_named_from_where_one_stands_stays_where_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_store("sqlite:///record.sqlite") as store:
        monkeypatch.chdir("/")

        store.apply(ME, [operation()])

        assert store.path == tmp_path / "record.sqlite"


def test_a_home_that_nobody_has_is_refused_in_one_sentence():
    with pytest.raises(AddressError, match="can't be followed"):
        open_store("sqlite:///~nobody-of-that-name/record.sqlite")


def test_a_record_behind_a_link_has_its_journal_where_the_file_is(tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "record.sqlite"
    open_store(f"sqlite:///{tmp_path / 'real' / 'file.sqlite'}").close()
    link.symlink_to(tmp_path / "real" / "file.sqlite")

    with open_store(f"sqlite:///{link}") as store:
        assert store.path == tmp_path / "real" / "file.sqlite"


# A server that never answers.


@pytest.fixture
def silent(monkeypatch):
    """The address of a listener that accepts and says nothing, and a wait of two seconds."""
    monkeypatch.setattr(opening, "WAIT_S", 2)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def full(monkeypatch):
    """The address of a listener that lets nobody in: to whoever knocks, a black hole."""
    monkeypatch.setattr(opening, "WAIT_S", 2)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = []
        for _ in range(3):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(address)
            waiting.append(one)
        yield f"127.0.0.1:{address[1]}"
        for one in waiting:
            one.close()


@pytest.mark.parametrize("kind", ["silent", "full", "closed"])
def test_a_server_that_never_answers_is_one_sentence_within_the_wait(request, kind):
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL is installed here")
    host = "127.0.0.1:1" if kind == "closed" else request.getfixturevalue(kind)
    began = time.monotonic()

    with pytest.raises(UnreachableError) as refusal:
        open_store(f"postgresql://me:s3cret@{host}/records")

    assert time.monotonic() - began < 4
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    for word in ("psycopg", "Timeout", "Operational", "s3cret", "127.0.0.1", "refused ("):
        assert word not in sentence


def test_the_address_comes_from_the_environment_if_it_is_there(monkeypatch):
    monkeypatch.setenv("BODYMAP_DATABASE_URL", " postgresql://clinic/bodymap ")
    assert default_url() == "postgresql://clinic/bodymap"

    monkeypatch.setenv("BODYMAP_DATABASE_URL", "")
    assert default_url().endswith("/bodymap/record.sqlite")


def test_a_record_in_memory_is_on_no_disk_and_each_is_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with open_store("sqlite://") as one, open_store("sqlite:///:memory:") as two:
        one.apply(ME, [operation()])
        assert one.path is None
        assert two.check_ins(ME) == ()

    assert list(tmp_path.iterdir()) == []
