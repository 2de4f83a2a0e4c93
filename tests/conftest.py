"""No test may touch a person's own record: every test has a record address under its own folder."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import platformdirs
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from bodymap.records import default_url

# The same examples on every run, however slow the machine; `pytest --hypothesis-profile=default`
# tries new ones.
settings.register_profile("bodymap", derandomize=True, deadline=None)
settings.load_profile("bodymap")

# Asked before anything below changes the answer.
REAL_FOLDER = platformdirs.user_data_path("bodymap", appauthor=False)
_session = pytest.StashKey[Path]()


def pytest_configure(config):
    # For servers that a fixture starts for a whole session; each test gets its own below.
    folder = Path(tempfile.mkdtemp(prefix="bodymap-tests-"))
    config.stash[_session] = folder
    os.environ["BODYMAP_DATABASE_URL"] = f"sqlite:///{folder / 'record.sqlite'}"
    os.environ["XDG_DATA_HOME"] = str(folder)
    sys.addaudithook(_refuse_the_real_record)


def pytest_unconfigure(config):
    shutil.rmtree(config.stash[_session], ignore_errors=True)


@pytest.fixture(autouse=True)
def record_of_its_own(tmp_path, monkeypatch):
    path = tmp_path / "record.sqlite"
    monkeypatch.setenv("BODYMAP_DATABASE_URL", f"sqlite:///{path}")
    if make_url(default_url()).database != str(path):
        pytest.exit("The tests would use a real record. Nothing was run.", returncode=3)


def _refuse_the_real_record(event, arguments):
    if event == "sqlite3.connect" and str(REAL_FOLDER) in os.fsdecode(arguments[0]):
        raise RuntimeError(f"a test tried to open a record in {REAL_FOLDER}")
