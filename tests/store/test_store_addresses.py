"""Where a record is: the address, the default, and names that must do no harm."""

import pytest
from marking import operation

from bodymap.records import default_url, open_store, sqlite_file
from bodymap.records.errors import AddressError

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
