"""The real server, a real Chromium.

Browser tests skip, with the reason, where no Chromium is found; under BODYMAP_REQUIRE_BROWSER=1 a
missing one is a failure.

One server and one browser window of each kind serve the whole run, because starting them takes most
of the time. Each test begins with an empty record and in an empty tab.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from explorer import PATIENCE_MS, PHONE, Explorer
from playwright.sync_api import expect
from server import Server
from windows import Windows, exploring, new_window

# The shell is the same engine without a browser around it, and takes less of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next((path for path in map(shutil.which, NAMES) if path), None)

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and os.environ.get("BODYMAP_REQUIRE_BROWSER") != "1":
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    assert CHROMIUM, "BODYMAP_REQUIRE_BROWSER=1, but there is no Chromium on this machine"
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--js-flags=--single-threaded",
        ],
    }


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    """A server of its own, with an empty record on disk."""
    with Server(tmp_path / "record.sqlite") as one:
        yield one


# Hundreds of tests are visits to one server, which looks through all that it knows of each visitor
# after every run: those who have left are forgotten soon.
SOON = ("--server.disconnectedSessionTTL", "5")


@pytest.fixture(scope="session")
def the_server(tmp_path_factory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("shared") / "record.sqlite", options=SOON) as one:
        yield one


def open_to_others(folder: Path, *options: str, **environment: str) -> Server:
    """Return a server, not started yet, that other people can reach: everybody is a guest."""
    return Server(
        folder / "record.sqlite",
        options=("--server.address", "0.0.0.0", *options),
        host="127.0.0.1",
        environment=environment,
    )


@pytest.fixture(scope="session")
def open_server(tmp_path_factory) -> Iterator[Server]:
    """A server on which everybody is a guest; a guest's record ends with the tab."""
    with open_to_others(tmp_path_factory.mktemp("open"), *SOON) as one:
        yield one


@pytest.fixture
def shared_server(the_server) -> Server:
    """The server of the whole run, with an empty record."""
    the_server.forget()
    return the_server


@pytest.fixture(scope="session")
def windows(browser) -> Windows:
    return Windows(browser)


@pytest.fixture(scope="module")
def device(browser):
    """A window whose clock and zone can be changed (devices.py)."""
    window = new_window(browser, timezone_id=None)
    yield window
    window.close()


@pytest.fixture
def explorer(windows, shared_server) -> Iterator[Explorer]:
    """A person at a desk, 1280 px wide, with a mouse and an empty record."""
    with exploring(windows(), shared_server.url) as one:
        yield one


@pytest.fixture(scope="module")
def reader(windows, the_server) -> Iterator[Explorer]:
    """A person at a desk who only looks: one tab for all tests of a module that mark nothing."""
    the_server.forget()
    with exploring(windows(), the_server.url) as one:
        yield one


@pytest.fixture
def phone(windows, shared_server) -> Iterator[Explorer]:
    """A person with a phone, 390 px wide, touching, with an empty record."""
    with exploring(windows(**PHONE), shared_server.url) as one:
        yield one


@pytest.fixture
def several() -> Iterator[Callable[..., Explorer]]:
    """Return ``open_tab(window, url)`` for tabs whose files or server may be missing."""
    with ExitStack() as leaving:

        def open_tab(window, url: str, **how) -> Explorer:
            return leaving.enter_context(exploring(window, url, is_calm=False, **how))

        yield open_tab


@pytest.fixture
def another_person(windows) -> Iterator[Callable[..., Explorer]]:
    """Return ``visit(url)``: somebody in a window of their own, who has never been there."""
    with ExitStack() as leaving:

        def visit(url: str, **options) -> Explorer:
            window = leaving.enter_context(windows.of_a_stranger(url, **options))
            return leaving.enter_context(exploring(window, url, is_calm=False))

        yield visit
