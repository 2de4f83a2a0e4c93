"""The real server, a real Chromium.

Browser tests skip, with the reason, where no Chromium is found; under BODYMAP_REQUIRE_BROWSER=1 a
missing one is a failure.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser")) if p), None)
START_SECONDS = 60


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
        ],
    }


@dataclass
class Server:
    """`streamlit run app.py` on a record of its own, with options a test may add."""

    record: Path
    options: tuple[str, ...] = ()
    host: str = "localhost"
    port: int = field(default_factory=lambda: _free_port())
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> None:
        """Start and wait until the server answers, or raise with what it printed."""
        log = self.record.with_suffix(".log").open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")),
                *("--server.port", str(self.port), "--server.headless", "true"),
                *self.options,
            ],
            cwd=ROOT,
            env=os.environ | {"BODYMAP_DATABASE_URL": f"sqlite:///{self.record}"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except OSError:
                select_wait(0.1)
        raise RuntimeError(
            f"The server did not start:\n{self.record.with_suffix('.log').read_text()}"
        )

    def kill(self) -> None:
        """Kill at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()


def select_wait(seconds: float) -> None:
    """Wait between two polls of a starting server (there is no event to wait for)."""
    import select

    select.select([], [], [], seconds)


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    """A server of its own, with an empty record on disk."""
    one = Server(tmp_path / "record.sqlite")
    one.start()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory) -> Iterator[Server]:
    """One server for a module whose tests don't care what is already marked."""
    one = Server(tmp_path_factory.mktemp("shared") / "record.sqlite")
    one.start()
    yield one
    one.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
