"""The real server, a real Chromium.

Browser tests skip, with the reason, where no Chromium is found; under BODYMAP_REQUIRE_BROWSER=1 a
missing one is a failure.

One server and one browser window of each kind serve the whole run, because starting them takes most
of the time. Each test begins with an empty record, and in a tab of its own or in one of which
nothing is left but what it compiled.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from explorer import DESK, OUTBOX, PATIENCE_MS, PHONE, STILL, Explorer
from marking import ZONE
from playwright.sync_api import expect
from server import Server

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


@pytest.fixture(scope="session")
def the_server(tmp_path_factory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("shared") / "record.sqlite") as one:
        yield one


def open_to_others(folder: Path, **environment: str) -> Server:
    """Return a server, not started yet, that other people can reach: everybody is a guest."""
    return Server(
        folder / "record.sqlite",
        options=("--server.address", "0.0.0.0"),
        host="127.0.0.1",
        environment=environment,
    )


@pytest.fixture(scope="session")
def open_server(tmp_path_factory) -> Iterator[Server]:
    """A server on which everybody is a guest; a guest's record ends with the tab."""
    with open_to_others(tmp_path_factory.mktemp("open")) as one:
        yield one


@pytest.fixture
def shared_server(the_server) -> Server:
    """The server of the whole run, with an empty record."""
    the_server.forget()
    return the_server


@pytest.fixture(scope="session")
def windows(browser):
    """Return ``open_window(**options)``: a browser window, kept for the run, its files cached."""
    kept = {}

    def open_window(**options):
        key = repr(sorted(options.items()))
        if key not in kept:
            kept[key] = new_window(browser, **options)
        return kept[key]

    yield open_window
    for window in kept.values():
        window.close()


def new_window(browser, **options):
    window = browser.new_context(**(DESK | {"timezone_id": ZONE} | options))
    window.set_default_timeout(PATIENCE_MS)
    return window


@contextmanager
def exploring(
    window, url: str, *, is_calm: bool = True, size: tuple[int, int] | None = None
) -> Iterator[Explorer]:
    """Open a tab of its own; unless said otherwise it must not report one error of its script.

    size: width and height in px, if not the window's.
    """
    explorer = Explorer(window.new_page(), url)
    if size:
        explorer.page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        yield explorer
    finally:
        explorer.page.close()
    assert not (is_calm and explorer.errors), explorer.errors


@contextmanager
def exploring_again(window, tabs, url: str) -> Iterator[Explorer]:
    """As `exploring`, in a tab that was there before, of which storage and all else is emptied.

    A new tab is a process of its own, which compiles every script again; that takes as long as all
    else. Who changes a tab for good, as its connection is, opens one of their own.
    """
    page = tabs.pop(window, None) or window.new_page()
    explorer = Explorer(page, url)
    try:
        yield explorer
    except BaseException:
        page.close()
        raise
    # or what is sent as the page is left would come to the record of the next test
    explorer.until(
        lambda: not page.evaluate(f"{OUTBOX}?.pending.length"), "all that was said is saved"
    )
    explorer.stop_listening()
    page.goto(url + "/_stcore/health")
    page.evaluate("sessionStorage.clear()")
    page.emulate_media(media="null")
    tabs[window] = page
    assert not explorer.errors, explorer.errors


@pytest.fixture(scope="session")
def tabs():
    """Hold tabs that are not used at the moment, each by its window."""
    return {}


@pytest.fixture
def explorer(windows, tabs, shared_server) -> Iterator[Explorer]:
    """A person at a desk, 1280 px wide, with a mouse, an empty record and the wish for less motion.

    The person with a phone sees everything move.
    """
    with exploring_again(windows(**STILL), tabs, shared_server.url) as one:
        yield one


@pytest.fixture(scope="module")
def reader(windows, the_server) -> Iterator[Explorer]:
    """A person at a desk who only looks: one tab for all tests of a module that mark nothing."""
    the_server.forget()
    with exploring(windows(**STILL), the_server.url) as one:
        yield one


@pytest.fixture
def phone(windows, tabs, shared_server) -> Iterator[Explorer]:
    """A person with a phone, 390 px wide, touching, with an empty record."""
    with exploring_again(windows(**PHONE), tabs, shared_server.url) as one:
        yield one


@pytest.fixture
def another_person(browser) -> Iterator[Callable[..., Explorer]]:
    """Return ``visit(url)``: a fresh browser window that has never been there."""
    opened = []

    def visit(url: str, **options) -> Explorer:
        opened.append(new_window(browser, **options))
        return Explorer(opened[-1].new_page(), url)

    yield visit
    for window in opened:
        window.close()
